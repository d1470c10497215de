//! What a service must not leave behind.

use std::collections::BTreeSet;
use std::fs;

/// Processes, mounts and folders at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftovers {
    processes: BTreeSet<String>,
    mounts: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Leftovers {
    /// Looks around. Only what could be the service's is looked at: other processes come and go.
    pub fn look() -> Leftovers {
        let mut processes = BTreeSet::new();
        for entry in fs::read_dir("/proc").expect("/proc is mounted").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.bytes().all(|b| b.is_ascii_digit()) {
                let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
                let line = String::from_utf8_lossy(&line).replace('\0', " ");
                if line.contains("python-executor") || line.ends_with(" main.py ") {
                    processes.insert(format!("{name}: {line}"));
                }
            }
        }
        let mounts = fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
        let folders = fs::read_dir(std::env::temp_dir()).expect("the temporary folder is there").flatten();
        Leftovers {
            processes,
            mounts: mounts.lines().filter_map(|l| l.split(' ').nth(4)).map(Into::into).collect(),
            folders: folders
                .map(|e| e.file_name().to_string_lossy().into_owned())
                .filter(|name| name.starts_with("python-executor"))
                .collect(),
        }
    }

    /// What is there now and was not then, once things have had time to end.
    pub fn since(&self) -> Option<String> {
        for _ in 0..60 {
            let now = Leftovers::look();
            let left: Vec<&String> = now
                .processes
                .difference(&self.processes)
                .chain(now.mounts.difference(&self.mounts))
                .chain(now.folders.difference(&self.folders))
                .collect();
            if left.is_empty() {
                return None;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        let now = Leftovers::look();
        Some(format!("left behind: {:?} after {self:?}", now))
    }
}
