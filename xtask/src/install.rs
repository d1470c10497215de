//! What the tests need beyond a Rust toolchain and python3, installed where it is missing.

use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
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
    packages(&[
        ("python3", &system),
        ("python3-venv", Path::new("/usr/share/doc/python3-venv")),
        ("strace", Path::new("/usr/bin/strace")), // makes system calls fail, and counts them
        ("valgrind", Path::new("/usr/bin/valgrind")), // counts instructions
        ("haproxy", Path::new("/usr/sbin/haproxy")), // the balancer
        ("iproute2", Path::new("/usr/sbin/ip")),  // hosts of the tests' own, with a network between them
        ("prometheus", Path::new("/usr/bin/promtool")), // what watches
        ("postgresql", Path::new("/usr/share/doc/postgresql")), // servers of the portal's tests' own
        ("nats-server", Path::new("/usr/sbin/nats-server")), // the cluster that executors share
        ("openssl", Path::new("/usr/bin/openssl")), // certificates for tests of https
        ("chromium", Path::new("/usr/bin/chromium")), // opens the page
    ])?;
    crate::web::install(root)?;
    user_mode_linux(root)?;
    let venv = virtual_environment(root, &system)?;
    schemathesis(root, &system)?;
    let mut plain = vec![system];
    plain.extend(others());
    Ok(Pythons { plain, venv })
}

/// Debian's packages, by a file that each brings.
pub fn packages(wanted: &[(&str, &Path)]) -> Result<(), String> {
    let missing: Vec<&str> = wanted.iter().filter(|(_, file)| !file.exists()).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("xtask: installing {} by apt-get", missing.join(", "));
    apt(&["update"], Path::new("/"))?;
    let install: Vec<&str> = ["install", "-y", "--no-install-recommends"].iter().chain(&missing).copied().collect();
    apt(&install, Path::new("/"))
}

/// Calls `apt-get` in a folder.
pub fn apt(args: &[&str], folder: &Path) -> Result<(), String> {
    let mut command = Command::new("apt-get");
    command.args(["-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "APT::Sandbox::User=root"]).args(args);
    command.env("DEBIAN_FRONTEND", "noninteractive").current_dir(folder);
    let status = command.status().map_err(|e| format!("apt-get: {e}"))?;
    if status.success() { Ok(()) } else { Err(format!("apt-get {}: {status} (as root?)", args.join(" "))) }
}

/// A kernel that is an ordinary program, in the build folder: tests of control groups have a machine of their own.
fn user_mode_linux(root: &Path) -> Result<(), String> {
    let folder = root.join("target/machines/uml");
    if folder.join("usr/bin/linux.uml").is_file() {
        return Ok(());
    }
    eprintln!("xtask: unpacking Debian's user-mode-linux in {}", folder.display());
    std::fs::create_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    apt(&["download", "user-mode-linux"], &folder)
        .or_else(|_| apt(&["update"], &folder).and_then(|()| apt(&["download", "user-mode-linux"], &folder)))?;
    unpack(&folder, &folder)
}

/// Unpacks every package of a folder, and removes it.
pub fn unpack(packages: &Path, into: &Path) -> Result<(), String> {
    let entries = std::fs::read_dir(packages).map_err(|e| format!("{}: {e}", packages.display()))?;
    for package in entries.flatten().map(|entry| entry.path()).filter(|p| p.extension().is_some_and(|e| e == "deb")) {
        let status = Command::new("dpkg").arg("-x").arg(&package).arg(into).status();
        if !status.map_err(|e| format!("dpkg: {e}"))?.success() {
            return Err(format!("{} cannot be unpacked", package.display()));
        }
        std::fs::remove_file(&package).map_err(|e| format!("{}: {e}", package.display()))?;
    }
    Ok(())
}

/// Where the interpreter of the tests' own goes: in the build folder, unless that lies beneath `/tmp`. Programs have a
/// `/tmp` of their own, and none of them could be run by an interpreter that is in the host's.
fn place_for_environment(root: &Path) -> Result<PathBuf, String> {
    if !root.starts_with("/tmp") {
        return Ok(root.join("target/venv"));
    }
    let me = std::fs::metadata("/proc/self").map_err(|error| format!("/proc/self: {error}"))?.uid();
    let folder = PathBuf::from(format!("/var/tmp/python-executor-tests-{me}"));
    let problem = |why: String| format!("{}: {why}", folder.display());
    match std::fs::DirBuilder::new().mode(0o755).create(&folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(problem(error.to_string())),
        _ => {}
    }
    // Anybody can make one of that name.
    let there = std::fs::symlink_metadata(&folder).map_err(|error| problem(error.to_string()))?;
    if !there.is_dir() || there.uid() != me {
        return Err(problem("belongs to somebody else".into()));
    }
    Ok(folder.join("venv"))
}

/// A virtual environment with numpy and pytest.
fn virtual_environment(root: &Path, python: &Path) -> Result<PathBuf, String> {
    let folder = place_for_environment(root)?;
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

/// The tool that makes requests from the description of the interface, in an environment of its own.
pub fn schemathesis(root: &Path, python: &Path) -> Result<(), String> {
    const PACKAGE: &str = "schemathesis>=4.32,<5";
    let folder = root.join("target/schemathesis-venv");
    let works = || {
        let tool = Command::new(folder.join("bin/schemathesis")).arg("--version").output();
        tool.is_ok_and(|output| output.status.success())
    };
    if works() {
        return Ok(());
    }
    eprintln!("xtask: installing {PACKAGE} in {}", folder.display());
    let ok = |command: &mut Command| command.status().is_ok_and(|s| s.success());
    if ok(Command::new(python).args(["-m", "venv"]).arg(&folder))
        && ok(Command::new(folder.join("bin/python3")).args(["-m", "pip", "install", "--quiet", PACKAGE]))
        && works()
    {
        Ok(())
    } else {
        Err("schemathesis cannot be installed".into())
    }
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
