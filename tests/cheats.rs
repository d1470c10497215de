//! Wrong solutions that try to be graded as passed: none may, in any style of tests that it is meant for. The honest
//! solution beside them must.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use tests::grading::{Cheat, Exercise, STYLES, leak, python_with_pytest, second_runtime};
use tests::{Service, folder, in_parallel, programs};

/// What a machine with two busy cores may take beyond the limit.
const CROWDED: Duration = Duration::from_millis(2000);
/// Cheats for the level without namespaces: those that reach for other processes, descriptors and files.
const AT_LANDLOCK: [&str; 16] =
    ["05f", "05g", "07d", "07e", "13b", "13d", "14a", "14b", "14d", "15c", "18a", "34c", "34e", "37a", "42c", "44a"];

fn start(level: &str) -> Service {
    let python = format!("{},{}", tests::interpreters()[0].display(), python_with_pytest());
    Service::start(&[("ISOLATION", level), ("PYTHON", &python), ("POOL_CAPACITY", "6")])
}

/// A request, with the interpreter that its style needs.
fn with_python(mut request: Value, style: &str, runtime: &str) -> Value {
    if style == "pytest" {
        request["python"] = runtime.into();
    }
    request
}

/// What one cheat got: what must never be, and what it gained.
fn attempt(
    service: &Service,
    runtime: &str,
    cheat: &Cheat,
    style: &str,
    integrity: &str,
) -> Result<Option<String>, String> {
    let answer = service.execute(&with_python(cheat.request(style, integrity), style, runtime));
    if answer.status != 200 {
        return Err(format!("HTTP status {}: {}", answer.status, answer.body));
    }
    if answer.took > Duration::from_millis(cheat.timeout_ms) + CROWDED {
        return Err(format!("the answer took {:?}", answer.took));
    }
    if answer.body["testResult"]["integrity"] != integrity {
        return Err(format!("no such test result: {}", answer.body));
    }
    Ok(cheat.gain(&answer.body))
}

fn cheats() -> Vec<Cheat> {
    // `ONLY=18` runs those whose names begin so.
    let only = std::env::var("ONLY").unwrap_or_default();
    let all = programs(&folder().join("cheats")).iter().map(|path| Cheat::read(path)).collect::<Vec<_>>();
    all.into_iter().filter(|cheat| cheat.name.starts_with(&only)).collect()
}

fn in_each_style(cheats: &[Cheat]) -> Vec<(&Cheat, &'static str)> {
    cheats.iter().flat_map(|cheat| cheat.styles.iter().map(move |style| (cheat, *style))).collect()
}

fn end(mut service: Service) {
    assert_eq!(service.stop(), Some(0), "{}", service.log());
    assert_eq!(service.left_behind(), None);
}

fn see_through(level: &str, chosen: &[(&Cheat, &'static str)]) {
    let service = start(level);
    assert_eq!(service.get("/health").expect("an answer").body["isolation"]["level"], level);
    let runtime = second_runtime(&service);
    let failures = in_parallel(chosen, 3, |(cheat, style)| {
        let failure = match attempt(&service, &runtime, cheat, style, "isolated") {
            Ok(gain) => gain?,
            Err(failure) => failure,
        };
        Some(format!("{} {style}: {failure}", cheat.name))
    });
    eprintln!("{level}: {} cheats", chosen.len());
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), chosen.len(), failures.join("\n"));
    end(service);
}

#[test]
fn no_cheat_passes() {
    let cheats = cheats();
    see_through("namespaces", &in_each_style(&cheats));
}

#[test]
fn no_cheat_passes_with_landlock_alone() {
    let cheats = cheats();
    let chosen: Vec<_> = in_each_style(&cheats)
        .into_iter()
        .filter(|(cheat, style)| AT_LANDLOCK.contains(&&cheat.name[..3]) && matches!(*style, "asserts" | "unittest"))
        .collect();
    see_through("landlock", &chosen);
}

#[test]
fn the_honest_pass() {
    let service = start("namespaces");
    let runtime = second_runtime(&service);
    let mut items = Vec::new();
    for exercise in Exercise::all() {
        for style in STYLES {
            items.extend(["isolated", "in_process"].map(|integrity| (exercise.clone(), style, integrity)));
        }
    }
    let failures = in_parallel(&items, 3, |(exercise, style, integrity)| {
        let is_hidden = exercise.name() == "secret";
        let request = json!({ "code": exercise.honest(), "testCode": exercise.tests(style), "integrity": integrity,
            "hideTests": is_hidden });
        let body = service.execute(&with_python(request, style, &runtime)).body;
        let result = &body["testResult"];
        let cases = result["testCases"].as_array().map(Vec::as_slice).unwrap_or_default();
        let all = !cases.is_empty() && cases.iter().all(|case| case["passed"] == true && case["status"] == "passed");
        let leak = if is_hidden { leak(&body.to_string()) } else { None };
        (leak.is_some() || !all || result["passed"] != true || body["success"] != true)
            .then(|| format!("{} {style} {integrity}: {leak:?} {body}", exercise.name()))
    });
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), items.len(), failures.join("\n"));
    end(service);
}

/// Beside the learner's code no test is safe. `cheats/in_process.txt` has the cheats that get through there, measured: it
/// is what the documentation rests on. `UPDATE_IN_PROCESS=1` writes it anew.
#[test]
fn what_in_process_cannot_stop() {
    let cheats = cheats();
    let items = in_each_style(&cheats);
    let service = start("namespaces");
    let runtime = second_runtime(&service);
    let gains = std::sync::Mutex::new(BTreeMap::new());
    let failures =
        in_parallel(&items, 3, |(cheat, style)| match attempt(&service, &runtime, cheat, style, "in_process") {
            Ok(Some(gain)) => {
                gains.lock().expect("no thread panics with it").insert(cheat.name.clone(), format!("{style}: {gain}"));
                None
            }
            Ok(None) => None,
            Err(failure) => Some(format!("{} {style}: {failure}", cheat.name)),
        });
    let gains = gains.into_inner().expect("no thread panics with it");
    let list = folder().join("cheats/in_process.txt");
    let text = std::fs::read_to_string(&list).unwrap_or_default();
    let comments: String = text.lines().filter(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    let doubtful: Vec<&str> = text.lines().filter_map(|line| line.strip_suffix(" ?")).collect();
    if std::env::var_os("UPDATE_IN_PROCESS").is_some() {
        let mut names: Vec<&str> = gains.keys().map(String::as_str).chain(doubtful.iter().copied()).collect();
        names.sort_unstable();
        names.dedup();
        let line = |name: &&str| format!("{name}{}\n", if doubtful.contains(name) { " ?" } else { "" });
        std::fs::write(&list, comments + &names.iter().map(line).collect::<String>()).expect("it can be written");
    } else {
        let listed: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let new: Vec<_> = gains
            .iter()
            .filter(|(name, _)| !listed.contains(&name.as_str()) && !doubtful.contains(&name.as_str()))
            .collect();
        let ran = |name: &str| cheats.iter().any(|cheat| cheat.name == name);
        let gone: Vec<_> = listed.iter().filter(|name| ran(name) && !gains.contains_key(**name)).collect();
        assert!(new.is_empty() && gone.is_empty(), "get through now: {new:?}; do no longer: {gone:?}");
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), items.len(), failures.join("\n"));
    end(service);
}
