//! A program cannot tell the service from `python3 main.py`: every file of `fidelity/` is run both ways, at both
//! levels, and standard output, standard error and exit code are compared byte for byte.
//!
//! `docs/fidelity.md` lists the programs that may differ, with the reason; a listed one that does not differ is a
//! failure too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;
use tests::fidelity::{Program, difference};
use tests::{Leftovers, Service, folder, in_parallel, interpreters, is_for_everyone, programs};

/// Programs that may differ at a level: name to reason, from the table rows of the document.
fn allowed(level: &str) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(folder().join("../docs/fidelity.md")).expect("docs/fidelity.md is there");
    text.lines()
        .filter_map(|line| {
            let mut cells = line.strip_prefix("| `")?.split(" | ");
            let name = cells.next()?.trim_end_matches('`');
            let levels = cells.next()?;
            let reason = cells.next()?.trim_end_matches(" |");
            levels.contains(level).then(|| (name.to_owned(), reason.to_owned()))
        })
        .collect()
}

fn compare(level: &str) {
    let before = Leftovers::look();
    let pythons: Vec<PathBuf> =
        interpreters().into_iter().filter(|python| level == "namespaces" || is_for_everyone(python)).collect();
    let list: Vec<String> = pythons.iter().map(|p| p.display().to_string()).collect();
    let mut service = Service::start(&[("ISOLATION", level), ("PYTHON", &list.join(","))]);
    let runtimes = service.get("/runtimes").expect("an answer").body;
    let runtimes: Vec<&Value> = runtimes["runtimes"].as_array().expect("a list").iter().collect();
    let allowed = allowed(level);
    let mut failures = Vec::new();
    let differing = std::sync::Mutex::new(BTreeSet::new());
    for (python, runtime) in pythons.iter().zip(&runtimes) {
        let name = runtime["name"].as_str().expect("a name");
        let minor = runtime["version"].as_str().and_then(|v| v.split('.').nth(1)).and_then(|v| v.parse().ok());
        let version = (3, minor.expect("a version"));
        let programs: Vec<Program> = programs(&folder().join("fidelity"))
            .iter()
            .map(|path| Program::read(path))
            .filter(|program| program.requires <= version)
            .collect();
        failures.extend(in_parallel(&programs, 4, |program| {
            let plain = program.plainly(python);
            let differs = match program.served(&service, Some(name)) {
                Ok(served) => difference(&plain, &served),
                Err(error) => Some(error),
            };
            let how = differs?;
            differing.lock().expect("no thread panics with it").insert(program.name.clone());
            (!allowed.contains_key(&program.name)).then(|| format!("{name} {level} {}: {how}", program.name))
        }));
    }
    // Some differ in some versions only; one that differs in none must go from the document.
    let differing = differing.into_inner().expect("no thread panics with it");
    let stale = allowed.iter().filter(|(name, _)| !differing.contains(*name));
    failures.extend(stale.map(|(name, reason)| format!("{level} {name}: does not differ, yet: {reason}")));
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
    service.stop();
    assert_eq!(before.since(), None);
}

#[test]
fn programs_behave_as_under_plain_python_in_namespaces() {
    compare("namespaces");
}

#[test]
fn programs_behave_as_under_plain_python_with_landlock_alone() {
    compare("landlock");
}
