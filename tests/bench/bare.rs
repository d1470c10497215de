//! What everybody else pays: a new interpreter for each run.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// `python3 -I -c CODE`: how long until it was gone. Its output is read, and has to have this in it.
pub fn once(python: &Path, code: &str, expected: &str) -> Duration {
    let begun = Instant::now();
    let output = Command::new(python).args(["-I", "-c", code]).stdin(Stdio::null()).output().expect("python starts");
    let took = begun.elapsed();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains(expected), "{text}{}", String::from_utf8_lossy(&output.stderr));
    took
}

/// Runs a second of `hello`, started as fast as possible by so many threads.
pub fn rate(python: &Path, code: &str, expected: &str, threads: usize, time: Duration) -> f64 {
    let runs = AtomicUsize::new(0);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while begun.elapsed() < time {
                    once(python, code, expected);
                    runs.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    runs.into_inner() as f64 / begun.elapsed().as_secs_f64()
}
