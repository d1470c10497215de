//! What the tests need beyond a Rust toolchain and python3, installed where it is missing.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Interpreters to test with.
pub struct Pythons {
    /// Plain ones; the system's first.
    pub plain: Vec<PathBuf>,
    /// A virtual environment with numpy and pytest.
    pub venv: PathBuf,
}

/// Installs what is missing, and says so.
pub fn everything(root: &Path) -> Result<Pythons, String> {
    let system = PathBuf::from("/usr/bin/python3");
    packages(&[("python3", &system), ("python3-venv", Path::new("/usr/share/doc/python3-venv"))])?;
    let venv = virtual_environment(root, &system)?;
    let mut plain = vec![system];
    plain.extend(others());
    Ok(Pythons { plain, venv })
}

/// Debian's packages, by a file that each brings.
fn packages(wanted: &[(&str, &Path)]) -> Result<(), String> {
    let missing: Vec<&str> = wanted.iter().filter(|(_, file)| !file.exists()).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("xtask: installing {} by apt-get", missing.join(", "));
    let apt = |args: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(["-qq", "-o", "DPkg::Lock::Timeout=120"]).args(args).env("DEBIAN_FRONTEND", "noninteractive");
        let status = command.status().map_err(|e| format!("apt-get: {e}"))?;
        if status.success() { Ok(()) } else { Err(format!("apt-get {}: {status} (as root?)", args.join(" "))) }
    };
    apt(&["update"])?;
    let install: Vec<&str> = ["install", "-y", "--no-install-recommends"].iter().chain(&missing).copied().collect();
    apt(&install)
}

/// A virtual environment with numpy and pytest, in the build folder.
fn virtual_environment(root: &Path, python: &Path) -> Result<PathBuf, String> {
    let folder = root.join("target/venv");
    let inside = folder.join("bin/python3");
    let has_packages = |python: &Path| {
        Command::new(python).args(["-c", "import numpy, pytest"]).output().is_ok_and(|o| o.status.success())
    };
    if !has_packages(&inside) {
        eprintln!("xtask: making a virtual environment with numpy and pytest in {}", folder.display());
        let ok = |command: &mut Command| command.status().is_ok_and(|s| s.success());
        if !ok(Command::new(python).args(["-m", "venv"]).arg(&folder))
            || !ok(Command::new(&inside).args(["-m", "pip", "install", "--quiet", "numpy", "pytest"]))
        {
            return Err("a virtual environment with numpy and pytest cannot be made".into());
        }
    }
    Ok(inside)
}

/// Other versions of CPython that this machine has: pyenv's, uv's, and those of /opt.
fn others() -> Vec<PathBuf> {
    let home = std::env::var("HOME").unwrap_or_default();
    let folders = [format!("{home}/.pyenv/versions"), format!("{home}/.local/share/uv/python"), "/opt".into()];
    let mut found: Vec<PathBuf> = folders
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flat_map(|entries| entries.flatten().map(|e| e.path().join("bin/python3")))
        .filter(|python| {
            let question =
                "import sys; sys.exit(not (sys.implementation.name == 'cpython' and sys.version_info >= (3, 9)))";
            Command::new(python).args(["-c", question]).output().is_ok_and(|o| o.status.success())
        })
        .collect();
    found.sort();
    found
}
