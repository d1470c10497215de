//! A program cannot tell the service from `python3 main.py`: every file of `fidelity/` is run both ways, at both
//! levels, and standard output, standard error and exit code are compared byte for byte.
//!
//! `docs/fidelity.md` lists the programs that may differ, with the reason; a listed one that does not differ is a
//! failure too.

use std::collections::BTreeMap;

use serde_json::Value;
use tests::fidelity::{Program, difference};
use tests::{Leftovers, Service, folder, in_parallel, interpreters, programs};

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
    let mut service = Service::start(&[("ISOLATION", level)]);
    let runtimes = service.get("/runtimes").expect("an answer").body;
    let runtimes: Vec<&Value> = runtimes["runtimes"].as_array().expect("a list").iter().collect();
    let allowed = allowed(level);
    let mut failures = Vec::new();
    for (python, runtime) in interpreters().iter().zip(&runtimes) {
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
            match (differs, allowed.get(&program.name)) {
                (Some(how), None) => Some(format!("{name} {level} {}: {how}", program.name)),
                (None, Some(reason)) => {
                    Some(format!("{name} {level} {}: does not differ, yet: {reason}", program.name))
                }
                _ => None,
            }
        }));
    }
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
