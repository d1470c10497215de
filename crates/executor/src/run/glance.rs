//! What a glance at a program's text tells, without reading it as Python. Either answer is safe: what cannot be told apart is
//! taken for what takes more work.

/// What an object can do when it goes needs one of these somewhere in the text.
const SHOWS: [&str; 10] =
    ["__del__", "open", "yield", "async ", "File", "exec", "eval", "import_", "weakref", "finalize"];

/// What reads standard input has one of these.
const READS: [&str; 6] = ["input", "stdin", "open(0", "fileinput", "getpass", "/dev/stdin"];

/// Whether it can show when the program's objects are let go of at its end (`runner/finish.py`); for most it cannot.
pub fn shows_end(code: &str) -> bool {
    SHOWS.iter().any(|word| code.contains(word))
}

/// Whether it may have a main block that waits for somebody to type (`runner/interactive.py` reads it, then).
pub fn may_wait(code: &str) -> bool {
    code.contains("__main__") && READS.iter().any(|word| code.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_decide() {
        assert!(!shows_end("print('Hello')"));
        assert!(shows_end("class A:\n    def __del__(self): print('gone')"));
        assert!(shows_end("with open('a') as file: pass"));
        assert!(!may_wait("if __name__ == '__main__':\n    print(1)"));
        assert!(!may_wait("print(input())"));
        assert!(may_wait("if __name__ == '__main__':\n    print(input())"));
    }
}
