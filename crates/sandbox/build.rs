//! Compiles the library that is loaded into interpreters (`cell/`) and embeds it.
//!
//! It is a library of its own because it lives in another process than the service: no standard library, no
//! unwinding, a few pages. One `rustc` call makes it; it has no dependencies.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=cell");
    println!("cargo::rerun-if-changed=src/abi.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let target = env::var("TARGET").expect("cargo sets TARGET");
    let mut rustc = Command::new(env::var_os("RUSTC").expect("cargo sets RUSTC"));
    rustc.args(["--edition", "2024", "--crate-name", "cell", "--crate-type", "cdylib", "--target", &target]);
    rustc.args([
        "-C",
        "panic=abort",
        "-C",
        "opt-level=2",
        "-C",
        "strip=symbols",
        "-C",
        "link-arg=-Wl,-z,noseparate-code",
    ]);
    rustc.args(["-C", "relocation-model=pic", "-l", "c"]);
    if let Some(linker) = env::var_os("RUSTC_LINKER") {
        rustc.arg("-C").arg(format!("linker={}", linker.to_string_lossy()));
    }
    bundle(&out);
    let status = rustc.arg("-o").arg(out.join("cell.so")).arg("cell/lib.rs").status().expect("rustc starts");
    assert!(status.success(), "the cell library does not compile");
}

/// Puts the runner's modules, all but its boot script, into one JSON object: name to text. A module in a folder is
/// named `folder.module`.
fn bundle(out: &Path) {
    let runner = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../runner");
    println!("cargo::rerun-if-changed={}", runner.display());
    let mut modules = BTreeMap::new();
    for (folder, prefix) in [(runner.clone(), ""), (runner.join("grading"), "grading.")] {
        for entry in fs::read_dir(&folder).expect("the runner's folder is there") {
            let path = entry.expect("it can be listed").path();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if path.extension().is_some_and(|e| e == "py") && name != "boot" && name != "__init__" {
                modules.insert(format!("{prefix}{name}"), fs::read_to_string(&path).expect("a module is text"));
            }
        }
    }
    let json = serde_json::to_string(&modules).expect("texts are JSON");
    fs::write(out.join("bundle.json"), json).expect("the build folder can be written");
}
