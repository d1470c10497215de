//! What a service must not leave behind.
//!
//! Each service of a test has a user for its runs, a process group and a temporary folder of its own, so that whatever
//! else goes on on the machine is not taken for its traces.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

/// Where one service's traces would be.
pub struct Traces {
    user: u32,
    folder: TempDir,
    mounts: BTreeSet<String>,
}

impl Traces {
    /// For a service whose runs have this user.
    ///
    /// # Panics
    /// There is no temporary folder.
    pub fn of(user: u32) -> Traces {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).expect("it is ours");
        Traces { user, folder, mounts: mounts() }
    }

    /// The service's temporary folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What is left of a service that has ended, once things have had time to end.
    pub fn left(&self, service: u32) -> Option<String> {
        let mut left = Vec::new();
        for _ in 0..60 {
            left = self.processes(service);
            left.extend(mounts().difference(&self.mounts).cloned());
            let files = fs::read_dir(self.folder()).expect("it is ours").flatten();
            left.extend(files.map(|entry| entry.path().display().to_string()));
            if left.is_empty() {
                return None;
            }
            std::thread::sleep(crate::patiently(Duration::from_millis(50)));
        }
        Some(left.join("; "))
    }

    /// Processes of the user or of the service's group.
    fn processes(&self, service: u32) -> Vec<String> {
        let entries = fs::read_dir("/proc").expect("/proc is mounted").flatten();
        let is_its = |path: &Path| {
            let user = path.metadata().map(|m| m.uid()).unwrap_or(0);
            let stat = fs::read_to_string(path.join("stat")).unwrap_or_default();
            let group = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(2)).unwrap_or_default();
            user == self.user || group == service.to_string()
        };
        entries
            .map(|entry| entry.path())
            .filter(|path| path.join("stat").exists() && is_its(path))
            .map(|path| {
                let line = fs::read(path.join("cmdline")).unwrap_or_default();
                format!("{}: {}", path.display(), String::from_utf8_lossy(&line).replace('\0', " "))
            })
            .collect()
    }
}

fn mounts() -> BTreeSet<String> {
    let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    mounts.lines().filter_map(|line| line.split(' ').nth(4)).map(Into::into).collect()
}
