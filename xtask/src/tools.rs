//! Chores that need a tool of their own, built once in `target/tools`: cargo-deny, cargo-fuzz.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{cargo, install, page, run, sbom};

/// What is shipped runs on this.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";
/// What is shipped: package and program.
const SHIPPED: [(&str, &str); 2] = [("executor", "python-executor"), ("portal", "portal")];
const CARGO_DENY: &str = "0.20.2";
const CARGO_FUZZ: &str = "0.13.2";
/// The fuzzers, each a file of `fuzz/fuzz_targets`.
const TARGETS: [&str; 4] = ["request", "collect", "protocol", "frames"];

/// A tool of cargo's. Building one takes minutes.
fn tool(root: &Path, name: &str, version: &str) -> Result<PathBuf, String> {
    let folder = root.join("target/tools").join(format!("{name}-{version}"));
    let program = folder.join("bin").join(name);
    if !program.is_file() {
        eprintln!("xtask: building {name} in {}", folder.display());
        run(cargo(&["install", "--locked", "--version", version, name, "--root"]).arg(&folder))?;
    }
    Ok(program)
}

/// Licences, sources and doubled packages: Rust's by `deny.toml`, the page's by a list of our own.
pub fn supply(root: &Path) -> Result<(), String> {
    page::check(root)?;
    let deny = tool(root, "cargo-deny", CARGO_DENY)?;
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        let mut command = Command::new(&deny);
        command.args([
            "--config",
            "deny.toml",
            "--manifest-path",
            manifest,
            "--locked",
            "check",
            "--hide-inclusion-graph",
        ]);
        run(command.args(["licenses", "bans", "sources"]))?;
    }
    Ok(())
}

/// Writes `target/sbom/PROGRAM.cdx.json`, for each program that is shipped.
pub fn bills_of_materials(root: &Path) -> Result<(), String> {
    let folder = root.join("target/sbom");
    fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for (package, program) in SHIPPED {
        let path = folder.join(format!("{program}.cdx.json"));
        fs::write(&path, sbom::bill(root, package, PLATFORM)?).map_err(|e| format!("{}: {e}", path.display()))?;
        eprintln!("xtask: {}", path.display());
    }
    Ok(())
}

/// The interface against its description, by requests made from it.
pub fn interface(root: &Path) -> Result<(), String> {
    install::schemathesis(root, Path::new("/usr/bin/python3"))?;
    run(&mut cargo(&["build", "--package", "executor"]))?;
    run(&mut cargo(&["test", "--package", "tests", "--test", "schemathesis", "--", "--nocapture"]))
}

/// Each fuzzer for so many seconds. What they find stays in `fuzz/artifacts`, what they learn in `fuzz/corpus`.
pub fn fuzz(root: &Path, seconds: &str) -> Result<(), String> {
    let seconds: u32 = seconds.parse().map_err(|_| format!("{seconds} is no number of seconds"))?;
    let program = tool(root, "cargo-fuzz", CARGO_FUZZ)?;
    // Folders are made and removed all the time: in memory, where there is a place for it.
    let memory = PathBuf::from("/dev/shm");
    let above = if memory.is_dir() { memory } else { root.join("target") };
    let scratch = above.join(format!("fuzz-{}", std::process::id()));
    fs::create_dir(&scratch).map_err(|e| format!("{}: {e}", scratch.display()))?;
    let ran = TARGETS.iter().try_for_each(|target| fuzz_one(root, &program, &scratch, target, seconds));
    let _ = fs::remove_dir_all(&scratch);
    ran
}

fn fuzz_one(root: &Path, program: &Path, scratch: &Path, target: &str, seconds: u32) -> Result<(), String> {
    let corpus = root.join("fuzz/corpus").join(target);
    fs::create_dir_all(&corpus).map_err(|e| format!("{}: {e}", corpus.display()))?;
    let mut command = Command::new(program);
    // What is fuzzed has no unsafe code: no sanitizer.
    command.args(["fuzz", "run", "--sanitizer", "none", target]).arg(corpus).arg(root.join("fuzz/seeds").join(target));
    command.args([
        "--",
        &format!("-max_total_time={seconds}"),
        "-max_len=16384",
        "-timeout=20",
        "-print_final_stats=1",
    ]);
    // Instrumentation is not stable yet; everything else is built by the stable compiler.
    run(command.env("RUSTC_BOOTSTRAP", "1").env("TMPDIR", scratch))
}
