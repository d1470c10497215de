//! Measures with a corpus of programs that is not part of the project.
//!
//! `corpus fidelity FILE URL`: FILE has a JSON object a line, `{id, code, stdin, stdout, stderr, exit_code}`; each
//! program is run by the service at URL and compared with what plain Python said.

use std::process::ExitCode;

use serde_json::{Value, json};
use tests::fidelity::{Outcome, difference};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [kind, file, url] = &args[..] else {
        eprintln!("usage: corpus fidelity FILE URL");
        return ExitCode::from(64);
    };
    if kind != "fidelity" {
        eprintln!("there is no corpus of the kind {kind}");
        return ExitCode::from(64);
    }
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(66);
        }
    };
    let items: Vec<Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let failures = tests::in_parallel(&items, 4, |item| {
        let string = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
        let request = json!({ "code": item["code"], "stdin": item["stdin"], "args": item.get("args").unwrap_or(&json!([])),
            "trim": false, "limits": { "timeoutMs": 10_000, "memoryMb": 512, "processes": 32 } });
        let sent = agent.post(format!("{url}/execute")).send_json(&request);
        let body: Value = match sent.map(|mut response| response.body_mut().read_json()) {
            Ok(Ok(body)) => body,
            other => return Some(format!("{}: no answer: {other:?}", string("id"))),
        };
        let plain = Outcome {
            stdout: string("stdout"),
            stderr: string("stderr"),
            exit: item["exit_code"].as_i64().unwrap_or(0),
        };
        let text = |key: &str| tests::fidelity::without_folder(body[key].as_str().unwrap_or_default());
        let exit = body["exitCode"].as_i64().unwrap_or_else(|| -body["signal"].as_i64().unwrap_or(0));
        let served = Outcome { stdout: text("output"), stderr: text("errors"), exit };
        difference(&plain, &served).map(|how| format!("{}: {} {how}", string("id"), body["status"]))
    });
    println!("{}", failures.join("\n"));
    println!("{} programs, {} differ", items.len(), failures.len());
    if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
