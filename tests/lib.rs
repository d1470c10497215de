//! What the tests of the whole stack share: a service of their own, over HTTP, that must leave nothing behind.

#[path = "harness/apparmor.rs"]
pub mod apparmor;
#[path = "harness/cluster.rs"]
pub mod cluster;
#[path = "harness/faults.rs"]
pub mod faults;
#[path = "harness/fidelity.rs"]
pub mod fidelity;
#[path = "harness/grading.rs"]
pub mod grading;
#[path = "harness/hostile.rs"]
pub mod hostile;
#[path = "harness/jobs.rs"]
pub mod jobs;
#[path = "harness/leftovers.rs"]
mod leftovers;
#[path = "harness/machine.rs"]
pub mod machine;
#[path = "harness/portal.rs"]
pub mod portal;
#[path = "harness/service.rs"]
mod service;

pub use service::{Answer, NotStarted, Service, Who, binary, free_port};

use std::path::{Path, PathBuf};
use std::time::Duration;

/// The folder of this crate.
pub fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Interpreters to test with: those of `TEST_PYTHON` (comma separated), or the system's.
pub fn interpreters() -> Vec<PathBuf> {
    let named = std::env::var("TEST_PYTHON").unwrap_or_else(|_| "/usr/bin/python3".into());
    named.split(',').map(PathBuf::from).collect()
}

/// What a test waits for, or lets something take, where an ordinary machine needs `time`: `TEST_PATIENCE` times as long,
/// for machines whose processor is emulated.
pub fn patiently(time: Duration) -> Duration {
    time * std::env::var("TEST_PATIENCE").map_or(1, |factor| factor.parse().expect("TEST_PATIENCE is a whole number"))
}

/// Whether any user may execute this file: without a mount namespace a program runs as one who has no other rights.
pub fn is_for_everyone(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let Ok(file) = file.canonicalize() else { return false };
    file.ancestors().all(|path| path.metadata().is_ok_and(|m| m.permissions().mode() & 0o001 != 0))
}

/// Runs `work` for each item on several threads and collects what went wrong.
pub fn in_parallel<T: Sync>(items: &[T], threads: usize, work: impl Fn(&T) -> Option<String> + Sync) -> Vec<String> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let failures = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    if let Some(failure) = work(item) {
                        failures.lock().expect("no thread panics with it").push(failure);
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("no thread panics with it");
    failures.sort();
    failures
}

/// Every program in a folder, sorted.
pub fn programs(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of programs is there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|e| e == "py"))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "no programs in {}", folder.display());
    found
}
