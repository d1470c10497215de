//! Measures with a corpus of programs that is not part of the project.
//!
//! `corpus fidelity FILE URL`: FILE has a JSON object a line, `{id, code, stdin, stdout, stderr, exit_code}`; each
//! program is run by the service at URL and compared with what plain Python said.
//!
//! `corpus grading FILE URL [isolated|in_process] [PYTHON]`: the objects are `{id, style, code, testCode, expect_pass,
//! needs?, expect_kind?}`; each solution is graded by the service, and the verdict compared with plain Python's. PYTHON
//! is one of `GET /runtimes`.

#[path = "corpus/fidelity.rs"]
mod fidelity;
#[path = "corpus/grading.rs"]
mod grading;

use std::process::ExitCode;

use serde_json::Value;

const USAGE: &str = "usage: corpus fidelity FILE URL\n       corpus grading FILE URL [isolated|in_process] [PYTHON]";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let (kind, file, url, integrity, python) = match words[..] {
        [kind @ ("fidelity" | "grading"), file, url] => (kind, file, url, "isolated", None),
        ["grading", file, url, integrity @ ("isolated" | "in_process")] => ("grading", file, url, integrity, None),
        ["grading", file, url, integrity @ ("isolated" | "in_process"), python] => {
            ("grading", file, url, integrity, Some(python))
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(64);
        }
    };
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(66);
        }
    };
    let items: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let agrees = match kind {
        "fidelity" => fidelity::measure(&items, url),
        _ => grading::measure(&items, url, integrity, python),
    };
    if agrees { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}

/// `POST /execute`; an answer other than 200 is none.
fn execute(agent: &ureq::Agent, url: &str, request: &Value) -> Result<Value, String> {
    let mut response = agent.post(format!("{url}/execute")).send_json(request).map_err(|error| error.to_string())?;
    let body: Value = response.body_mut().read_json().map_err(|error| error.to_string())?;
    if response.status() == 200 { Ok(body) } else { Err(format!("HTTP status {}: {body}", response.status())) }
}
