//! The page's own tools: npm's packages as the lock files have them, its checks, and whether what is committed is what
//! its sources build.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::run;

/// Where packages are installed: the page, and the test that opens it in a browser.
const FOLDERS: [&str; 2] = ["web", "tests/browser"];

/// Installs exactly what the lock files name, where they have changed since.
pub fn install(root: &Path) -> Result<(), String> {
    for folder in FOLDERS {
        let lock = read(&root.join(folder).join("package-lock.json"))?;
        let installed = root.join(folder).join("node_modules/.installed-from");
        if fs::read(&installed).ok().as_ref() == Some(&lock) {
            continue;
        }
        run(&mut npm(&["ci", "--no-audit", "--no-fund", "--loglevel=error"], folder))?;
        fs::write(&installed, lock).map_err(|e| format!("{}: {e}", installed.display()))?;
    }
    Ok(())
}

/// Types, lints and unit tests; the committed page against its sources.
pub fn check() -> Result<(), String> {
    for chore in ["check", "test", "verify-dist"] {
        run(&mut npm(&["run", "--silent", chore], "web"))?;
    }
    Ok(())
}

fn npm(args: &[&str], folder: &str) -> Command {
    let mut command = Command::new("npm");
    command.args(["--prefix", folder]).args(args);
    command
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|e| format!("{}: {e}", file.display()))
}
