//! Running a program both ways and comparing what came out.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::Service;

/// A program and what it is given.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// Its name, for messages.
    pub name: String,
    /// Its text.
    pub code: String,
    /// Standard input.
    pub stdin: String,
    /// Arguments.
    pub args: Vec<String>,
    /// The first version of Python that it is for.
    pub requires: (u32, u32),
}

/// What came out of it, with the working directory's path replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// Exit code, or minus the signal.
    pub exit: i64,
}

impl Program {
    /// Reads one with the comments at its top, or the JSON beside it.
    ///
    /// # Panics
    /// The file cannot be read.
    pub fn read(path: &Path) -> Program {
        let code = String::from_utf8(std::fs::read(path).expect("it can be read")).expect("programs travel as UTF-8");
        let mut program = Program {
            name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            code,
            requires: (3, 9),
            ..Program::default()
        };
        for line in program.code.clone().trim_start_matches('\u{feff}').lines().take_while(|l| l.starts_with('#')) {
            let Some((key, value)) = line.trim_start_matches('#').split_once(':') else { continue };
            match key.trim() {
                "stdin" => program.stdin = unescape(value.strip_prefix(' ').unwrap_or(value)),
                "args" => program.args = words(value),
                "requires" => {
                    if let Some((major, minor)) = value.trim().split_once('.') {
                        program.requires = (major.parse().unwrap_or(3), minor.parse().unwrap_or(9));
                    }
                }
                _ => {}
            }
        }
        if let Ok(text) = std::fs::read_to_string(path.with_extension("json")) {
            let beside: Value = serde_json::from_str(&text).expect("the JSON beside a program is JSON");
            if let Some(stdin) = beside["stdin"].as_str() {
                program.stdin = stdin.into();
            }
            if let Some(args) = beside["args"].as_array() {
                program.args = args.iter().filter_map(|a| a.as_str().map(Into::into)).collect();
            }
        }
        program
    }

    /// What plain Python makes of it, in an empty folder, with nothing in the environment but the locale.
    ///
    /// # Panics
    /// Python cannot be started.
    pub fn plainly(&self, python: &Path) -> Outcome {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("main.py"), &self.code).expect("it can be written");
        let mut child = Command::new(python)
            .arg("main.py")
            .args(&self.args)
            .env_clear()
            .env("LANG", "C.UTF-8")
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("python starts");
        let mut stdin = child.stdin.take().expect("it is piped");
        let text = self.stdin.clone();
        let feeder = std::thread::spawn(move || {
            let _ = stdin.write_all(text.as_bytes());
        });
        let output = child.wait_with_output().expect("python ends");
        let _ = feeder.join();
        use std::os::unix::process::ExitStatusExt;
        let exit = output.status.code().map_or_else(|| -i64::from(output.status.signal().unwrap_or(0)), i64::from);
        let folder = folder.path().to_string_lossy().into_owned();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).replace(&folder, "{DIR}");
        Outcome { stdout: text(output.stdout), stderr: text(output.stderr), exit }
    }

    /// What the service makes of it.
    ///
    /// # Errors
    /// It answers with anything but a result.
    pub fn served(&self, service: &Service, runtime: Option<&str>) -> Result<Outcome, String> {
        let mut request = json!({ "code": self.code, "stdin": self.stdin, "args": self.args, "trim": false,
            "limits": { "timeoutMs": 10_000, "memoryMb": 512, "processes": 32 } });
        if let Some(runtime) = runtime {
            request["python"] = runtime.into();
        }
        let answer = service.execute(&request);
        if answer.status != 200 {
            return Err(format!("{}: {}", answer.status, answer.body));
        }
        let body = answer.body;
        let text = |value: &Value| without_folder(value.as_str().unwrap_or_default());
        Ok(Outcome {
            stdout: text(&body["output"]),
            stderr: text(&body["errors"]),
            exit: body["exitCode"].as_i64().unwrap_or_else(|| -body["signal"].as_i64().unwrap_or(0)),
        })
    }
}

/// Replaces the run's folder, at either level, by `{DIR}`.
pub fn without_folder(text: &str) -> String {
    let text = text.replace("/home/learner/work", "{DIR}");
    let Some(at) = text.find("/python-executor-") else { return text };
    let start = text[..at].rfind(|c: char| !(c.is_alphanumeric() || "/._-".contains(c))).map_or(0, |n| n + 1);
    let end = at + "/python-executor-".len() + 32 + 1 + 32;
    if end > text.len() { text } else { text.replace(&text[start..end].to_owned(), "{DIR}") }
}

/// `\n`, `\t`, `\\` and the like as they are written in a comment.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            (c, false) => out.push(c),
        }
    }
    out
}

/// Words as a shell would split them, as far as double quotes go.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (n, part) in text.trim().split('"').enumerate() {
        if n % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(Into::into));
        }
    }
    words
}

/// The first difference, shown; `None` if there is none.
pub fn difference(plain: &Outcome, served: &Outcome) -> Option<String> {
    let parts = [("stdout", &plain.stdout, &served.stdout), ("stderr", &plain.stderr, &served.stderr)];
    for (what, plain, served) in parts {
        if plain != served {
            let pair = plain.lines().zip(served.lines()).find(|(a, b)| a != b);
            let (a, b) = pair.unwrap_or((tail(plain), tail(served)));
            return Some(format!("{what}: plain {a:?}, served {b:?}"));
        }
    }
    (plain.exit != served.exit).then(|| format!("exit: plain {}, served {}", plain.exit, served.exit))
}

fn tail(text: &str) -> &str {
    let at = text.len().saturating_sub(200);
    &text[(at..=text.len()).find(|n| text.is_char_boundary(*n)).unwrap_or(0)..]
}
