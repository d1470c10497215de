//! Programs and what plain Python printed.

use serde_json::{Value, json};
use tests::fidelity::{Outcome, difference};

/// Prints what differs; whether nothing does.
pub fn measure(items: &[Value], url: &str) -> bool {
    let agent = crate::agent();
    let failures = tests::in_parallel(items, 4, |item| {
        let string = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
        let request = json!({ "code": item["code"], "stdin": item["stdin"], "args": item.get("args").unwrap_or(&json!([])),
            "trim": false, "limits": { "timeoutMs": 10_000, "memoryMb": 512, "processes": 32 } });
        let body = match crate::execute(&agent, url, &request) {
            Ok(body) => body,
            Err(error) => return Some(format!("{}: {error}", string("id"))),
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
    failures.is_empty()
}
