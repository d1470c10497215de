//! Instructions, counted by callgrind on `hotpath`.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::committed::{self, Bounds, Figures};

/// Counts are exact but for what the C library picks by the processor and for hash seeds.
pub const BOUNDS: Bounds = Bounds { above: 0.03, below: 0.10 };

const HOTPATH: &str = env!("CARGO_BIN_EXE_hotpath");
const YARDSTICK: &str = "yardstick";

/// Instructions of each case.
pub fn count() -> Figures {
    let names = Command::new(HOTPATH).arg("--names").output().expect("hotpath is built with the tests");
    let names = String::from_utf8(names.stdout).expect("names are text");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    let valgrind = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--dump-before=*mark_of_a_case*", "--combine-dumps=no"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(HOTPATH)
        .stdin(Stdio::null())
        .output()
        .expect("valgrind is there: `cargo xtask setup` brings it");
    assert!(valgrind.status.success(), "{}", String::from_utf8_lossy(&valgrind.stderr));
    // Two marks a case: what lies before the first is the start or the way to the next one.
    names
        .lines()
        .enumerate()
        .map(|(at, name)| (name.to_owned(), total(&folder.path().join(format!("out.{}", 2 * at + 2)))))
        .collect()
}

/// What a dump counted since the one before it.
fn total(dump: &Path) -> f64 {
    let text = std::fs::read_to_string(dump).unwrap_or_else(|e| panic!("{}: {e}", dump.display()));
    let line = text.lines().find_map(|line| line.strip_prefix("totals: ").or_else(|| line.strip_prefix("summary: ")));
    line.and_then(|count| count.trim().parse().ok()).unwrap_or_else(|| panic!("no total in {}", dump.display()))
}

/// The figures in the measure of the machine and compiler that the committed ones are from: another compiler makes
/// more or fewer instructions of everything, the yardstick included.
pub fn as_on_the_first_machine(mut counted: Figures) -> Figures {
    if committed::is_update() {
        return counted;
    }
    let there = committed::read("instructions.json")[YARDSTICK];
    let here = counted[YARDSTICK];
    counted.values_mut().for_each(|count| *count *= there / here);
    counted
}
