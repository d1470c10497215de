//! What happened, in plain words, and what usually causes it.

use std::time::Duration;

use api::RunStatus;

use crate::job::{Ending, Limits};

/// For a program that tests have waited for in vain.
pub const OUT_OF_TIME: &str =
    "The program was stopped because its time was up. It may have a loop that never ends, or be waiting for input.";

/// One or two sentences for an ending that the program's own output does not explain.
pub fn explain(ending: Ending, status: RunStatus, limits: &Limits) -> Option<String> {
    let sentence = match ending {
        Ending::Exited(_) if status == RunStatus::MemoryLimit => memory(limits, "ran out of memory"),
        Ending::Exited(_) => return None,
        Ending::WallTime => format!(
            "The program was stopped after {}. It may have a loop that never ends, or be waiting for input.",
            time(limits.timeout)
        ),
        Ending::CpuTime => format!(
            "The program was stopped because it had used {} of processor time. It may have a loop that never ends, or \
             several processes or threads that compute at the same time.",
            time(limits.cpu)
        ),
        Ending::Output => format!(
            "The program was stopped because it wrote more than {}. It may print in a loop that never ends.",
            size(limits.output_bytes)
        ),
        Ending::Memory => memory(limits, "was stopped because it used too much memory"),
        Ending::Files => format!(
            "The program was stopped because its files took more than {}, or were too many. It may write files in a loop \
             that never ends.",
            size(limits.file_bytes)
        ),
        Ending::Garbled => {
            "The program was stopped because it sent the tests something that is not an answer. A value \
             that is very large or nested very deep does this, and so does writing to files that the program has not \
             opened itself."
                .into()
        }
        Ending::Signaled(number) => signal(number),
    };
    Some(sentence)
}

fn memory(limits: &Limits, what: &str) -> String {
    format!(
        "The program {what}: it may use {}. It may build a list or a string that grows without end, or read too much \
         at once.",
        size(limits.memory_bytes)
    )
}

fn signal(number: i32) -> String {
    let what = match number {
        4 => {
            "The interpreter crashed (signal 4, SIGILL). This happens when native code or the interpreter itself is broken."
        }
        6 => {
            "The program was aborted (signal 6, SIGABRT). os.abort() does this, and so does native code that gives up."
        }
        7 => {
            "The interpreter crashed (signal 7, SIGBUS). This happens when a memory-mapped file is cut short, or by ctypes."
        }
        8 => "The program was ended by an arithmetic fault in native code (signal 8, SIGFPE).",
        9 => "The program was killed (signal 9, SIGKILL). It may have killed itself, or run out of memory.",
        11 => {
            "The interpreter crashed (signal 11, SIGSEGV). Recursion that is too deep can do this, and so can ctypes and \
             other native code."
        }
        13 => "The program was ended because it wrote to a closed pipe (signal 13, SIGPIPE).",
        14 => "The program was ended by its own alarm (signal 14, SIGALRM).",
        15 => "The program was terminated (signal 15, SIGTERM). It may have sent the signal to itself.",
        25 => "The program was stopped because a file grew beyond the limit (signal 25, SIGXFSZ).",
        31 => {
            "The program was stopped because it asked the system for something that is not allowed (signal 31, SIGSYS)."
        }
        other => return format!("The program was ended by signal {other}."),
    };
    what.to_owned()
}

/// Why tests did not reach their end. `None` is for tests that were stopped for what they sent.
pub fn tests_ended(ending: Option<Ending>, limits: &Limits) -> String {
    let how = match ending {
        None | Some(Ending::Garbled) => "were stopped: they said something that the service does not understand".into(),
        Some(Ending::Exited(code)) => format!("ended before all had been run: their process exited with code {code}"),
        Some(Ending::Signaled(number)) => {
            format!("ended before all had been run: their process was ended by signal {number}")
        }
        Some(Ending::WallTime) => format!("were stopped after {}", time(limits.timeout)),
        Some(Ending::CpuTime) => format!("were stopped: they had used {} of processor time", time(limits.cpu)),
        Some(Ending::Output) => format!("were stopped: they wrote more than {}", size(limits.output_bytes)),
        Some(Ending::Memory) => "were stopped: they used too much memory".into(),
        Some(Ending::Files) => format!("were stopped: their files took more than {}", size(limits.file_bytes)),
    };
    format!("The tests {how}.")
}

/// A number of things.
pub fn number_of(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A time as a person would say it.
pub fn time(time: Duration) -> String {
    let millis = time.as_millis();
    match (millis / 1000, millis % 1000) {
        (0, 1) => "1 millisecond".into(),
        (0, millis) => format!("{millis} milliseconds"),
        (1, 0) => "1 second".into(),
        (seconds, 0) => format!("{seconds} seconds"),
        (seconds, rest) => format!("{} seconds", format!("{seconds}.{rest:03}").trim_end_matches('0')),
    }
}

/// A size in the largest unit that it is a whole number of.
pub fn size(bytes: u64) -> String {
    match bytes {
        b if b >= 1 << 30 && b % (1 << 30) == 0 => format!("{} GiB", b >> 30),
        b if b >= 1 << 20 && b % (1 << 20) == 0 => format!("{} MiB", b >> 20),
        b if b >= 1 << 10 && b % (1 << 10) == 0 => format!("{} KiB", b >> 10),
        1 => "1 byte".into(),
        b => format!("{b} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_a_person_would_say_them() {
        let said = [1, 500, 1000, 1500, 3000, 10_000, 2_345].map(|ms| time(Duration::from_millis(ms)));
        assert_eq!(
            said,
            [
                "1 millisecond",
                "500 milliseconds",
                "1 second",
                "1.5 seconds",
                "3 seconds",
                "10 seconds",
                "2.345 seconds"
            ]
        );
    }

    #[test]
    fn sizes_in_the_largest_whole_unit() {
        let said = [1, 1000, 512 << 10, 256 << 20, 1 << 30, (1 << 20) + 1].map(size);
        assert_eq!(said, ["1 byte", "1000 bytes", "512 KiB", "256 MiB", "1 GiB", "1048577 bytes"]);
    }
}
