//! The project's chores, the same on a developer's machine and in the pipelines: `cargo xtask help`.

mod deploy;
mod images;
mod install;
mod machines;
mod page;
mod sbom;
mod tools;
mod web;

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const HELP: &str = "\
cargo xtask test            everything: formats, lints, unit tests, the runner's tests, the whole stack
cargo xtask check           formats and lints alone
cargo xtask web             the page alone: types, lints, unit tests, and whether web/dist is what its sources build
cargo xtask gen [--check]   the generated files: openapi/, docs/configuration*.md, web/types/
cargo xtask setup           what the tests need beside a Rust toolchain and python3: Debian's packages, a venv
cargo xtask supply          what we build from: licences, sources, doubled packages; builds cargo-deny once, for minutes
cargo xtask sbom            what the programs are made of, as CycloneDX: target/sbom/
cargo xtask bench [--quick]  speed beside its floor and bare interpreters: docs/bench/, a quick look to target/bench/
cargo xtask schemathesis    the executor's interface against its description (also part of `test`)
cargo xtask fuzz [SECONDS]  each fuzzer for so long, 600 unless told
cargo xtask deploy-check    deploy/ and .github/ by the tools that they are written for: HAProxy, Prometheus, Kubernetes…
cargo xtask image-test         the image, and the hostile corpus in it at both levels; needs root
cargo xtask vm-test [WORD]…       the sandbox on kernels of Debian's in virtual machines: all, or what is named of
                                  bookworm, trixie; levels, cgroups, namespaces, landlock, apparmor, docker
cargo xtask vm SUITE SCRIPT       one script of sh in such a machine
";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match &words[..] {
        ["test"] => test(),
        ["check"] => check(),
        ["web"] => web::install(&root()).and_then(|()| web::check()),
        ["gen"] => generate(false),
        ["gen", "--check"] => generate(true),
        ["setup"] => install::everything(&root()).map(drop),
        ["supply"] => tools::supply(&root()),
        ["sbom"] => tools::bills_of_materials(&root()),
        ["bench", rest @ ..] => bench(rest),
        ["schemathesis"] => tools::interface(&root()),
        ["fuzz"] => tools::fuzz(&root(), "600"),
        ["fuzz", seconds] => tools::fuzz(&root(), seconds),
        ["deploy-check"] => deploy::check(&root()),
        ["image-test"] => images::test(&root()),
        ["vm-test", suites @ ..] => machines::test(&root(), suites),
        ["vm", suite, script] => machines::look(&root(), suite, script),
        ["help"] | [] => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("no such chore: {}\n{HELP}", other.join(" "))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("xtask: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace").to_owned()
}

/// Runs a command and shows what it is.
fn run(command: &mut Command) -> Result<(), String> {
    command.current_dir(root());
    let shown = format!("{command:?}").replace('"', "");
    eprintln!("$ {shown}");
    let status = command.status().map_err(|e| format!("{shown}: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("{shown}: {status}")) }
}

fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args);
    command
}

/// Formats and lints. The library for interpreters is compiled by a build script, so it is named by hand.
fn check() -> Result<(), String> {
    run(&mut cargo(&["fmt", "--all", "--check"]))?;
    run(Command::new("rustfmt").args(["--edition", "2024", "--check", "crates/sandbox/cell/lib.rs"]))?;
    run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))
}

/// Fast tests first: what can fail in a second must not wait for what takes minutes.
fn test() -> Result<(), String> {
    let python = install::everything(&root())?;
    check()?;
    run(&mut cargo(&["test", "--workspace", "--exclude", "tests", "--quiet"]))?;
    run(&mut cargo(&["test", "--package", "tests", "--test", "threat_model", "--quiet"]))?;
    web::check()?;
    generate(true)?;
    for python in python.plain.iter().chain([&python.venv]) {
        run(Command::new(python).args([
            "-W",
            "ignore::SyntaxWarning",
            "-m",
            "unittest",
            "discover",
            "-q",
            "-s",
            "runner/tests",
        ]))?;
    }
    run(&mut cargo(&["build", "--package", "executor", "--package", "portal"]))?;
    let list: Vec<String> = python.plain.iter().map(|p| p.display().to_string()).collect();
    // These take minutes each: whoever waits for them wants to hear of all that fails.
    let mut whole = cargo(&["test", "--package", "tests", "--no-fail-fast", "--", "--test-threads", "1"]);
    whole.env("TEST_PYTHON", list.join(",")).env("TEST_PYTHON_VENV", &python.venv);
    run(&mut whole)
}

/// Release builds, one beside the other: the bench finds the service next to itself.
fn bench(arguments: &[&str]) -> Result<(), String> {
    run(&mut cargo(&["build", "--release", "--quiet", "--package", "executor"]))?;
    run(cargo(&["run", "--release", "--quiet", "--package", "tests", "--bin", "bench", "--"]).args(arguments))
}

/// The generated files: written, or compared with what is committed.
fn generate(check: bool) -> Result<(), String> {
    run(&mut cargo(&["build", "--quiet", "--package", "executor", "--package", "portal"]))?;
    run(&mut cargo(&["build", "--quiet", "--package", "api", "--features", "typescript", "--bin", "typescript"]))?;
    let files = [
        ("openapi/executor.json", "python-executor", "openapi"),
        ("openapi/portal.json", "portal", "openapi"),
        ("docs/configuration.md", "python-executor", "configuration"),
        ("docs/configuration-portal.md", "portal", "configuration"),
        ("web/types/index.d.ts", "typescript", ""),
    ];
    for (file, program, word) in files {
        let mut command = Command::new(built().join(program));
        command.args(Some(word).filter(|word| !word.is_empty()));
        let output = command.output().map_err(|e| format!("{program} {word}: {e}"))?;
        if !output.status.success() {
            return Err(format!("{program} {word}: {}", output.status));
        }
        let path = root().join(file);
        if !check {
            std::fs::write(&path, &output.stdout).map_err(|e| format!("{file}: {e}"))?;
        } else if std::fs::read(&path).ok().as_deref() != Some(&output.stdout[..]) {
            return Err(format!("{file} is not what the sources say; run `cargo xtask gen`"));
        }
    }
    Ok(())
}

/// Where cargo puts programs.
fn built() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from).join("debug")
}
