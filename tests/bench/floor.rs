//! The floor: a warmed interpreter that does nothing but fork (`floor.py`).

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

const WARM: &str = include_str!("../../runner/warm.py");

/// One warmed interpreter, waiting to be told.
pub struct Floor {
    child: Child,
    words: ChildStdin,
    replies: BufReader<ChildStdout>,
}

/// The modules that the service imports ahead.
fn preloaded() -> Vec<&'static str> {
    let list = WARM.split_once("DEFAULT = \"\"\"").and_then(|(_, rest)| rest.split_once("\"\"\""));
    list.expect("runner/warm.py has the list").0.split_whitespace().collect()
}

impl Floor {
    /// Starts one, with the namespaces of a run for each fork or without.
    pub fn start(python: &Path, with_namespaces: bool) -> Floor {
        let mode = if with_namespaces { "namespaces" } else { "bare" };
        let script = tests::folder().join("bench/floor.py");
        let mut command = Command::new(python);
        command.arg("-I").arg(script).arg(mode).args(preloaded()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("python starts");
        let (words, replies) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        let mut floor = Floor { child, words, replies: BufReader::new(replies) };
        assert_eq!(floor.reply(), "ready");
        floor.times(20);
        floor
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Does so many runs, one after the other: how long each took.
    pub fn times(&mut self, runs: usize) -> Vec<Duration> {
        self.begin_times(runs);
        self.finish_times()
    }

    /// Has it begin with so many runs.
    pub fn begin_times(&mut self, runs: usize) {
        self.say(&format!("times {runs}"));
    }

    /// How long each took of those that it has begun with.
    pub fn finish_times(&mut self) -> Vec<Duration> {
        let micros = |word: &str| word.parse::<f64>().expect("a number of microseconds");
        self.reply().split(' ').map(|word| Duration::from_secs_f64(micros(word) / 1e6)).collect()
    }

    fn say(&mut self, line: &str) {
        writeln!(self.words, "{line}").expect("the floor listens");
    }

    fn reply(&mut self) -> String {
        let mut line = String::new();
        self.replies.read_line(&mut line).expect("the floor answers");
        assert!(!line.is_empty(), "the floor ended");
        line.trim_end().to_owned()
    }
}

/// Runs a second of several at the same time, each on its own: so that one's fork does not wait for another's.
pub fn rate(mut floors: Vec<&mut Floor>, time: Duration) -> f64 {
    floors.iter_mut().for_each(|floor| floor.say(&format!("rate {}", time.as_secs_f64())));
    let each = floors.iter_mut().map(|floor| {
        let reply = floor.reply();
        let (runs, seconds) = reply.split_once(' ').expect("runs and seconds");
        runs.parse::<f64>().expect("a number") / seconds.parse::<f64>().expect("a number")
    });
    each.sum()
}

impl Drop for Floor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
