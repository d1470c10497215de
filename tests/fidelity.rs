//! A program cannot tell the service from `python3 main.py`: every file of `fidelity/` is run both ways, at both
//! levels, and standard output, standard error and exit code are compared byte for byte.
//!
//! `docs/fidelity.md` lists the programs that may differ, with the reason; a listed one that does not differ is a
//! failure too.

use std::path::PathBuf;

use serde_json::Value;
use tests::fidelity::{Program, difference};
use tests::{Service, folder, in_parallel, interpreters, is_for_everyone, programs};

/// A row of the document's table: a program that may differ.
struct Difference {
    name: String,
    from: (u32, u32),
    reason: String,
}

/// The rows for a level.
fn documented(level: &str) -> Vec<Difference> {
    let text = std::fs::read_to_string(folder().join("../docs/fidelity.md")).expect("docs/fidelity.md is there");
    text.lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix("| `")?.trim_end_matches(" |").split(" | ").collect();
            let [name, levels, from, reason] = cells[..] else { return None };
            let minor = from.strip_prefix("3.")?.parse().ok()?;
            let name = name.trim_end_matches('`').to_owned();
            levels.contains(level).then(|| Difference { name, from: (3, minor), reason: reason.to_owned() })
        })
        .collect()
}

fn compare(level: &str) {
    let pythons: Vec<PathBuf> =
        interpreters().into_iter().filter(|python| level == "namespaces" || is_for_everyone(python)).collect();
    let list: Vec<String> = pythons.iter().map(|p| p.display().to_string()).collect();
    let mut service = Service::start(&[("ISOLATION", level), ("PYTHON", &list.join(","))]);
    let runtimes = service.get("/runtimes").expect("an answer").body;
    let runtimes: Vec<&Value> = runtimes["runtimes"].as_array().expect("a list").iter().collect();
    let documented = documented(level);
    let mut failures = Vec::new();
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
            let row = documented.iter().find(|row| row.name == program.name && row.from <= version);
            match (differs, row) {
                (Some(how), None) => Some(format!("{name} {level} {}: {how}", program.name)),
                (None, Some(row)) => Some(format!("{name} {level} {}: does not differ, yet: {}", row.name, row.reason)),
                _ => None,
            }
        }));
    }
    assert!(failures.is_empty(), "{} differ:\n{}", failures.len(), failures.join("\n"));
    service.stop();
    assert_eq!(service.left_behind(), None);
}

#[test]
fn programs_behave_as_under_plain_python_in_namespaces() {
    compare("namespaces");
}

#[test]
fn programs_behave_as_under_plain_python_with_landlock_alone() {
    compare("landlock");
}
