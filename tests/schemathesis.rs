//! Requests made from the committed description of the interface, right ones and wrong ones: no fault of the service
//! (no 5xx), no answer that is not described.

use std::path::PathBuf;
use std::process::Command;

use tests::{Service, folder};

/// Installed by `cargo xtask setup`; `SCHEMATHESIS` names another.
fn tool() -> PathBuf {
    let installed = folder().join("../target/schemathesis-venv/bin/schemathesis");
    let tool = std::env::var_os("SCHEMATHESIS").map_or(installed, PathBuf::from);
    assert!(tool.is_file(), "{} is not there: `cargo xtask setup` installs it", tool.display());
    tool
}

#[test]
fn the_interface_is_as_described() {
    let tool = tool();
    let scratch = tempfile::tempdir().expect("made");
    let jobs = format!("sqlite://{}", scratch.path().join("jobs.db").display());
    let mut service = Service::start(&[("POOL_CAPACITY", "4"), ("API_KEYS_FILE", ""), ("JOBS_URL", &jobs)]);
    let output = Command::new("timeout")
        .args(["-k", "1", "480"])
        .arg(tool)
        .arg("--no-color")
        .arg("--config-file")
        .arg(folder().join("schemathesis.toml"))
        .arg("run")
        .arg(folder().join("../openapi/executor.json"))
        .args(["--url", &service.url, "--checks", "all", "--continue-on-failure"])
        .current_dir(scratch.path())
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}\n{}", String::from_utf8_lossy(&output.stderr), service.log());
    let made = |line: &str| line.trim().split_once(" generated")?.0.parse::<u32>().ok();
    let cases = said.lines().find_map(made).unwrap_or_default();
    assert!(cases > 300, "{cases} requests were made:\n{said}");
    eprintln!("{cases} requests");
    assert_eq!(service.run("print('still here')")["output"], "still here");
    assert_eq!(service.stop(), Some(0), "{}", service.log());
    assert_eq!(service.left_behind(), None);
}
