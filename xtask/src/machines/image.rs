//! What a container of the service has for a file system: Debian, python3, and the service.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::kit;

/// Makes it, as a tar archive that `docker import` reads.
pub fn make(root: &Path, service: &Path, target: &Path) -> Result<(), String> {
    let base = root.join("target/machines/debian.tar");
    if !base.is_file() {
        kit::bootstrap()?;
        let unfinished = base.with_extension("unfinished.tar");
        let mut bootstrap = Command::new("mmdebstrap");
        bootstrap.args(["--quiet", "--variant=minbase", "--include=python3", "bookworm"]).arg(&unfinished);
        kit::run(&mut bootstrap)?;
        fs::rename(&unfinished, &base).map_err(|e| format!("{}: {e}", base.display()))?;
    }
    // A machine may be reading the one that is there.
    let unfinished = target.with_extension("unfinished.tar");
    fs::copy(&base, &unfinished).map_err(|e| format!("{}: {e}", unfinished.display()))?;
    let mut tar = Command::new("tar");
    tar.arg("--append").arg("--file").arg(&unfinished).args([
        "--owner=0",
        "--group=0",
        "--mode=755",
        "--absolute-names",
    ]);
    tar.arg("--transform=s,.*,./usr/local/bin/python-executor,").arg(service);
    kit::run(&mut tar)?;
    fs::rename(&unfinished, target).map_err(|e| format!("{}: {e}", target.display()))
}
