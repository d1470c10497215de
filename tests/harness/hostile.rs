//! Hostile programs and what they state of themselves. The grammar is in `hostile/README.md`.

use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value, json};

/// The service's limit where a program states none.
const TIMEOUT_MS: u64 = 3000;

/// A program with its stated outcome at one level.
#[derive(Debug, Clone)]
pub struct Hostile {
    /// File name without its ending.
    pub name: String,
    /// Its text.
    pub code: String,
    /// What must hold, after the letter and number of the line in the list of attacks.
    pub claim: String,
    /// Key and value of each stated outcome.
    expected: Vec<(String, String)>,
}

impl Hostile {
    /// Reads one; `None` if it is not for this level.
    ///
    /// # Panics
    /// It states no outcome, or no claim.
    pub fn read(path: &Path, level: &str) -> Option<Hostile> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let code = String::from_utf8(std::fs::read(path).expect("it can be read")).expect("programs travel as UTF-8");
        let (mut general, mut special, mut claim) = (None, None, None);
        for line in code.trim_start_matches('\u{feff}').lines().take_while(|line| line.starts_with('#')) {
            if let Some(text) = line.strip_prefix("# expect:") {
                general = Some(text);
            } else if let Some(text) = line.strip_prefix(&format!("# expect[{level}]:")) {
                special = Some(text);
            } else if let Some(text) = line.strip_prefix("# claim:") {
                claim = Some(text.trim().to_owned());
            }
        }
        let stated = special.or(general).unwrap_or_else(|| panic!("{name} states no outcome"));
        let expected: Vec<(String, String)> = stated
            .split_whitespace()
            .map(|word| word.split_once('=').unwrap_or_else(|| panic!("{name}: {word:?} is no key=value")))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        let only = expected.iter().find(|(key, _)| key == "level");
        if only.is_some_and(|(_, value)| value != level) {
            return None;
        }
        Some(Hostile { claim: claim.unwrap_or_else(|| panic!("{name} makes no claim")), name, code, expected })
    }

    fn stated(&self, key: &str) -> Option<&str> {
        self.expected.iter().find(|(k, _)| k == key).map(|(_, value)| value.as_str())
    }

    /// What is sent for it.
    pub fn request(&self) -> Value {
        let mut request = json!({ "code": self.code });
        let mut limits: Map<String, Value> = self
            .expected
            .iter()
            .filter_map(|(key, value)| {
                Some((key.strip_prefix("limits.")?.to_owned(), value.parse::<u64>().ok()?.into()))
            })
            .collect();
        if self.timeout_ms() != TIMEOUT_MS {
            limits.insert("timeoutMs".into(), self.timeout_ms().into());
        }
        if !limits.is_empty() {
            request["limits"] = limits.into();
        }
        if let Some(globs) = self.stated("collect") {
            request["collect"] = globs.split(',').collect::<Vec<_>>().into();
        }
        request
    }

    /// Its wall-time limit, in milliseconds. One that is not there to meet it has longer on a slow machine.
    pub fn timeout_ms(&self) -> u64 {
        let stated = self.stated("limits.timeoutMs").and_then(|v| v.parse().ok()).unwrap_or(TIMEOUT_MS);
        let meets_it = self.stated("status").is_some_and(|status| status.contains("timeout"));
        if meets_it { stated } else { crate::patiently(Duration::from_millis(stated)).as_millis() as u64 }
    }

    /// Whether it is to be run twice with two outputs that have no line in common.
    pub fn is_distinct(&self) -> bool {
        self.stated("distinct") == Some("true")
    }

    /// What an answer has of what it must not have; `None` if it is as stated.
    pub fn violation(&self, body: &Value) -> Option<String> {
        let output = body["output"].as_str().unwrap_or_default();
        let status = body["status"].as_str().unwrap_or_default();
        for (key, value) in &self.expected {
            let any = |actual: &str| value.split('|').any(|v| v == actual);
            let bad = match key.as_str() {
                "status" => !any(status),
                "output" => {
                    matches!(status, "ok" | "error")
                        && !any(output.trim_end().lines().last().unwrap_or_default().trim())
                }
                "contains" => !output.contains(value.as_str()),
                "lacks" => output.contains(&value.replace("@hostname", &hostname())),
                "signal" => (!body["signal"].is_null() || status == "killed") && !any(&body["signal"].to_string()),
                "exitCode" => !any(&body["exitCode"].to_string()),
                "truncated" => !any(&body["truncated"].to_string()),
                "collected" => value != "any" && !any(&collected(body)),
                "min.usage.cpuMs" => body["usage"]["cpuMs"].as_u64() < value.parse().ok(),
                "level" | "distinct" | "collect" => false,
                key if key.starts_with("limits.") => false,
                other => return Some(format!("{}: states {other}, which nobody knows", self.name)),
            };
            if bad {
                let mut shown = body.clone();
                for field in ["output", "errors"] {
                    let text = shown[field].as_str().unwrap_or_default().chars().take(600).collect::<String>();
                    shown[field] = text.into();
                }
                return Some(format!("{}: {key}={value} does not hold: {shown}", self.name));
            }
        }
        None
    }
}

fn hostname() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default().trim().to_owned()
}

fn collected(body: &Value) -> String {
    let files = body["files"].as_array();
    let mut paths: Vec<&str> = files.into_iter().flatten().filter_map(|file| file["path"].as_str()).collect();
    paths.sort_unstable();
    if paths.is_empty() { "none".into() } else { paths.join(",") }
}
