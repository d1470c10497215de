//! Figures in files, and the comparison with them.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// By name.
pub type Figures = BTreeMap<String, f64>;

/// How far a figure may be from the committed one, as a share of it.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Above it: it has become dearer.
    pub above: f64,
    /// Below it: it has become cheaper, and the file would hide the next step back.
    pub below: f64,
}

fn file(name: &str) -> PathBuf {
    tests::folder().join("figures").join(name)
}

/// What is committed.
pub fn read(name: &str) -> Figures {
    let text = std::fs::read_to_string(file(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Whether the files are to be written anew.
pub fn is_update() -> bool {
    std::env::var_os("UPDATE_FIGURES").is_some_and(|value| value == "1")
}

/// Compares, or writes. Figures that are out of bounds are counted again, so often at most, and the least of each counts:
/// a busy machine adds to them and takes nothing away.
///
/// # Panics
/// A figure is out of bounds, or there are others than committed.
pub fn compare(name: &str, times: u32, count: impl Fn() -> Figures, bounds: &Bounds) {
    let mut now = count();
    if is_update() {
        let text = serde_json::to_string_pretty(&now).expect("figures can be written");
        std::fs::write(file(name), text + "\n").expect("the file can be written");
        return;
    }
    let before = read(name);
    let names = |figures: &Figures| figures.keys().cloned().collect::<Vec<_>>();
    let faults = |now: &Figures| -> Vec<String> {
        assert_eq!(names(now), names(&before), "{name} has other figures: write it anew (UPDATE_FIGURES=1)");
        now.iter().filter_map(|(what, now)| fault(what, before[what], *now, bounds)).collect()
    };
    for _ in 1..times {
        if faults(&now).is_empty() {
            return;
        }
        for (what, again) in count() {
            now.entry(what).and_modify(|least| *least = least.min(again)).or_insert(again);
        }
    }
    let faults = faults(&now);
    assert!(faults.is_empty(), "{name}:\n{}\n(UPDATE_FIGURES=1 writes the file anew)", faults.join("\n"));
}

fn fault(what: &str, before: f64, now: f64, bounds: &Bounds) -> Option<String> {
    let change = now / before - 1.0;
    let about = format!("{what}: {now:.1}, committed {before:.1} ({:+.1} %)", change * 100.0);
    match change {
        _ if now > before * (1.0 + bounds.above) => Some(format!("dearer   {about}")),
        _ if now < before * (1.0 - bounds.below) => Some(format!("cheaper, to be written down   {about}")),
        _ => None,
    }
}
