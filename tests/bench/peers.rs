//! Other ways to run a program in a sandbox, where this machine has them: each starts an interpreter for each run.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::Scale;
use crate::stats::Times;

/// What was measured of one.
#[derive(Debug, Serialize)]
pub struct Peer {
    /// Its name.
    pub name: &'static str,
    /// From its start to its end.
    pub times: Times,
}

/// Programs of Debian's packages of the same name.
const PEERS: [(&str, &[&str]); 3] = [
    ("bwrap", &["--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--"]),
    ("firejail", &["--quiet", "--noprofile", "--net=none", "--private", "--"]),
    ("nsjail", &["--quiet", "--mode", "o", "--chroot", "/", "--"]),
];

/// Those that are there, in turn.
pub fn measure(python: &Path, scale: &Scale) -> Vec<Peer> {
    let there: Vec<_> = PEERS.iter().filter(|(name, args)| once(name, args, python).is_some()).collect();
    let mut times = vec![Vec::new(); there.len()];
    for _ in 0..scale.samples {
        for ((name, args), times) in there.iter().zip(&mut times) {
            times.extend(once(name, args, python));
        }
    }
    let measured = there.iter().zip(times).filter(|(_, times)| !times.is_empty());
    measured.map(|((name, _), times)| Peer { name, times: Times::of(times) }).collect()
}

/// Hello in it; nothing if it is not there or cannot do it here.
fn once(name: &str, args: &[&str], python: &Path) -> Option<Duration> {
    let begun = Instant::now();
    let mut command = Command::new(name);
    command.args(args).arg(python).args(["-I", "-c", "print('Hello World')"]).stdin(Stdio::null());
    let output = command.output().ok()?;
    (output.stdout == b"Hello World\n").then(|| begun.elapsed())
}
