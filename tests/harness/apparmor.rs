//! The project's AppArmor profile, loaded into the kernel of the machine that a test has to itself.

use std::path::Path;
use std::process::Command;

/// Loads a profile, with what the host's version needs beside it, as the profile's head says.
///
/// # Panics
/// This machine has no AppArmor, or does not take the profile.
pub fn load(profile: &Path) {
    let text = std::fs::read_to_string(profile).expect("the profile is there");
    let version = Command::new("apparmor_parser").arg("--version").output().expect("AppArmor is installed");
    let restricts_namespaces = !String::from_utf8_lossy(&version.stdout).contains("version 3.");
    let text = if restricts_namespaces { text.replace("  pivot_root,\n", "  pivot_root,\n  userns,\n") } else { text };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let changed = folder.path().join("profile");
    std::fs::write(&changed, text).expect("it can be written");
    let parser = Command::new("apparmor_parser").args(["--replace", "--skip-cache"]).arg(&changed).output();
    let parser = parser.expect("AppArmor is installed");
    assert!(parser.status.success(), "{}", String::from_utf8_lossy(&parser.stderr));
}
