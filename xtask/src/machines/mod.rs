//! Virtual machines with Debian's kernels: what this machine's kernel does not show.

mod boot;
mod image;
mod kit;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use kit::{Kit, SUITES};
use serde_json::Value;

/// How much slower an emulated processor may be: ten times as a rule, twice that on a busy machine.
const PATIENCE: u32 = 20;

/// A group of tests that has a machine of its own.
struct Group {
    name: &'static str,
    /// The test program and its arguments.
    command: &'static str,
    limit: Duration,
}

const GROUPS: [Group; 6] = [
    Group { name: "levels", command: "vm --ignored landlock", limit: Duration::from_secs(900) },
    Group { name: "cgroups", command: "cgroup --ignored inside", limit: Duration::from_secs(1200) },
    Group { name: "namespaces", command: "hostile in_namespaces", limit: Duration::from_secs(3600) },
    Group { name: "landlock", command: "hostile with_landlock", limit: Duration::from_secs(3600) },
    Group { name: "apparmor", command: "vm --ignored apparmor", limit: Duration::from_secs(3600) },
    Group { name: "docker", command: "docker --ignored", limit: Duration::from_secs(1800) },
];

/// Runs every group in every suite's machine, or in those of `wanted`: names of suites, and of groups.
pub fn test(root: &Path, wanted: &[&str]) -> Result<(), String> {
    let known = |word: &&&str| SUITES.iter().any(|s| s.0 == **word) || GROUPS.iter().any(|g| g.name == **word);
    if let Some(stranger) = wanted.iter().find(|word| !known(word)) {
        return Err(format!("{stranger} is neither a suite nor a group of tests"));
    }
    let is_wanted = |name: &str, all: &[&str]| {
        let named: Vec<&&str> = wanted.iter().filter(|word| all.contains(word)).collect();
        named.is_empty() || named.contains(&&name)
    };
    let programs = root.join("target/machines/programs");
    stage(root, &programs)?;
    let image = programs.join("image.tar");
    image::make(root, &programs.join("python-executor"), &image)?;
    let mut failures = Vec::new();
    for (suite, landlock) in SUITES.iter().filter(|s| is_wanted(s.0, &SUITES.map(|s| s.0))) {
        let kit = Kit::of(root, suite)?;
        for group in GROUPS.iter().filter(|g| is_wanted(g.name, &GROUPS.map(|g| g.name))) {
            eprintln!("xtask: {suite}, {}", group.name);
            let only = std::env::var("ONLY").unwrap_or_default();
            let script = format!(
                "export CI=true RUST_BACKTRACE=0 TEST_PATIENCE={PATIENCE} LANDLOCK_ABI={landlock} ONLY={only} IMAGE={}\n\
                 target/machines/programs/{} --test-threads 1 --color never --nocapture",
                image.display(),
                group.command
            );
            match boot::run(&kit, root, &script, group.limit) {
                Ok(took) => eprintln!("xtask: {suite}, {}: passed in {took:.0?}", group.name),
                Err(problem) => failures.push(format!("{suite}, {}: {problem}", group.name)),
            }
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

/// Runs a script in a machine of a suite: to look around.
pub fn look(root: &Path, suite: &str, script: &str) -> Result<(), String> {
    let took = boot::run(&Kit::of(root, suite)?, root, script, Duration::from_secs(3600))?;
    eprintln!("xtask: {suite} took {took:.1?}");
    Ok(())
}

/// Builds the programs that run in the machines, and puts them where the machines find them.
fn stage(root: &Path, folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let builds: [&[&str]; 2] = [
        &["build", "--package", "executor"],
        &[
            "test",
            "--package",
            "tests",
            "--no-run",
            "--test",
            "vm",
            "--test",
            "cgroup",
            "--test",
            "hostile",
            "--test",
            "docker",
        ],
    ];
    for words in builds {
        let mut cargo = crate::cargo(words);
        let output = cargo
            .args(["--quiet", "--message-format", "json"])
            .current_dir(root)
            .stderr(Stdio::inherit())
            .output()
            .map_err(|e| format!("cargo: {e}"))?;
        if !output.status.success() {
            return Err(format!("cargo {}: {}", words.join(" "), output.status));
        }
        let messages = String::from_utf8_lossy(&output.stdout).into_owned();
        for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let (Some(program), Some(name)) = (message["executable"].as_str(), message["target"]["name"].as_str())
            else {
                continue;
            };
            let target = folder.join(name);
            // A new file: an old one may be in use.
            let _ = fs::remove_file(&target);
            fs::copy(program, &target).map_err(|e| format!("{}: {e}", target.display()))?;
        }
    }
    Ok(())
}
