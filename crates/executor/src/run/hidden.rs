//! What a tree holds that is in no process's size: shared maps, sockets' buffers, files without a name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::os::fd::{AsRawFd, BorrowedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::proc::proc_file;

/// Most text of one process's list of maps, in bytes.
const MAPS_MAX: u64 = 1 << 20;
/// Sockets of a run that are free: what asyncio, `subprocess` and a pool of workers need.
const SOCKETS_FREE: u64 = 64;

/// The lines of a process's maps; `None` where there are some ten thousand: no program has so many for a good reason,
/// and reading them takes long.
fn maps(pid: i32) -> Option<String> {
    let mut bytes = Vec::new();
    if let Ok(file) = fs::File::open(proc_file(pid, "maps")) {
        // A file's name may be anything but UTF-8.
        let _ = file.take(MAPS_MAX).read_to_end(&mut bytes);
    }
    (bytes.len() as u64 != MAPS_MAX).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

/// One line of a list of maps.
struct Map<'a> {
    /// `start-end`, as `/proc/PID/map_files` names it.
    range: &'a str,
    /// Its size in bytes.
    size: u64,
    /// Where in the file it begins.
    offset: u64,
    /// Device and inode.
    file: (&'a str, &'a str),
}

fn map(line: &str) -> Option<Map<'_>> {
    let number = |text| u64::from_str_radix(text, 16).ok();
    let mut words = line.split_ascii_whitespace();
    let range = words.next()?;
    let (start, end) = range.split_once('-')?;
    let offset = number(words.nth(1)?)?;
    let file = (words.next()?, words.next()?);
    Some(Map { range, size: number(end)?.saturating_sub(number(start)?), offset, file })
}

/// Shared anonymous maps of a tree, each counted once and in full: pages that a process has filled and that none has
/// in its tables are in no other sum.
pub fn shared_maps(tree: &[i32]) -> u64 {
    let mut sizes = BTreeMap::new();
    for pid in tree {
        let Some(text) = maps(*pid) else { return u64::MAX };
        let lines = text.lines().filter(|line| line.contains("/dev/zero (deleted)") || line.contains("/memfd:"));
        for map in lines.filter_map(map) {
            let size: &mut u64 = sizes.entry(map.file.1.to_owned()).or_default();
            *size = (*size).max(map.size);
        }
    }
    sizes.values().sum()
}

/// What the sockets of a tree may hold in the kernel, in bytes, beyond those that are free. Each counts once, however
/// many processes have it, with what the kernel lets a sender leave in it.
pub fn sockets(tree: &[i32]) -> u64 {
    let held: Vec<u64> = tree.iter().map(|pid| descriptors(*pid)).collect();
    if held.iter().sum::<u64>() <= SOCKETS_FREE {
        return 0;
    }
    let mut distinct = BTreeSet::new();
    let mut unseen = 0;
    for (pid, held) in tree.iter().zip(held) {
        let Ok(entries) = fs::read_dir(proc_file(*pid, "fd")) else {
            unseen += held; // a process that hides them may have sockets alone
            continue;
        };
        let links = entries.flatten().filter_map(|entry| fs::read_link(entry.path()).ok());
        distinct.extend(links.filter(|link| link.as_os_str().as_bytes().starts_with(b"socket:")));
    }
    (distinct.len() as u64 + unseen).saturating_sub(SOCKETS_FREE) * socket_bytes()
}

/// How many descriptors a process has. Since Linux 6.2 this is the size of the folder; before, it is counted.
fn descriptors(pid: i32) -> u64 {
    let folder = proc_file(pid, "fd");
    match fs::metadata(&folder).map(|folder| folder.size()) {
        Ok(0) => fs::read_dir(folder).map_or(0, |entries| entries.count() as u64),
        Ok(count) => count,
        Err(_) => 0,
    }
}

/// What a sender may leave in one socket. Programs cannot change it: the filter denies `SO_SNDBUF`.
fn socket_bytes() -> u64 {
    static BYTES: OnceLock<u64> = OnceLock::new();
    const USUAL: u64 = 212_992;
    *BYTES.get_or_init(|| {
        let text = fs::read_to_string("/proc/sys/net/core/wmem_default").unwrap_or_default();
        text.trim().parse().unwrap_or(USUAL)
    })
}

/// Files of a run that have no name any more, in bytes: open ones, and mapped ones whose descriptor is closed.
/// `folder` is the run's, the only place where it can write; `file_max` is how large one file may be.
pub fn deleted_files(tree: &[i32], folder: BorrowedFd<'_>, file_max: u64) -> u64 {
    let path = fs::read_link(PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd()))).unwrap_or_default();
    let path = path.to_string_lossy().into_owned();
    let mut files: BTreeMap<u64, u64> = BTreeMap::new();
    let mut unknown: BTreeMap<u64, u64> = BTreeMap::new();
    let mut note = |file: &fs::Metadata| {
        if file.is_file() && file.nlink() == 0 {
            files.insert(file.ino(), file.blocks() * 512);
        }
    };
    for pid in tree {
        if let Ok(entries) = fs::read_dir(proc_file(*pid, "fd")) {
            entries.flatten().filter_map(|entry| fs::metadata(entry.path()).ok()).for_each(|file| note(&file));
        }
        let Some(text) = maps(*pid) else { return u64::MAX };
        // The library's files stay out, though the host may have replaced them.
        for line in text.lines().filter(|line| line.ends_with(" (deleted)") && line.contains(&path)) {
            let Some(map) = map(line) else { continue };
            match fs::metadata(proc_file(*pid, "map_files").join(map.range)) {
                Ok(file) => note(&file),
                // Only root may look behind a map. Its file may be larger than what is mapped of it.
                Err(_) => {
                    let size = unknown.entry(map.file.1.parse().unwrap_or(0)).or_default();
                    *size = (*size).max(map.offset + map.size).max(file_max / UNKNOWN_FILES);
                }
            }
        }
    }
    unknown.retain(|inode, _| !files.contains_key(inode));
    files.values().chain(unknown.values()).fold(0, |sum, size| sum.saturating_add(*size))
}

/// How many mapped files without a name and of unknown size a run may have.
const UNKNOWN_FILES: u64 = 8;

#[cfg(test)]
mod tests {
    use std::os::fd::AsFd;

    use super::*;

    #[test]
    fn a_line_of_maps_is_taken_apart() {
        let line = "7f00a000-7f00c000 rw-s 00001000 fe:00 4711                  /tmp/a b (deleted)";
        let map = map(line).expect("it is one");
        assert_eq!(
            (map.range, map.size, map.offset, map.file),
            ("7f00a000-7f00c000", 0x2000, 0x1000, ("fe:00", "4711"))
        );
    }

    #[test]
    fn sockets_count_beyond_those_that_are_free() {
        let me = std::process::id() as i32;
        let before = sockets(&[me]);
        let pairs: Vec<_> = (0..50).map(|_| std::os::unix::net::UnixStream::pair().expect("a pair")).collect();
        assert!(sockets(&[me, me]) >= before + 36 * socket_bytes());
        drop(pairs);
    }

    #[test]
    fn a_file_that_is_deleted_while_it_is_open_counts_once() {
        let folder = std::env::temp_dir().join(format!("hidden-{}", std::process::id()));
        fs::create_dir(&folder).expect("it can be made");
        let fd = fs::File::open(&folder).expect("it is a folder");
        let path = folder.join("file");
        fs::write(&path, vec![1; 1 << 20]).expect("it can be written");
        let open = fs::File::open(&path).expect("it is there");
        let me = std::process::id() as i32;
        let before = deleted_files(&[me], fd.as_fd(), 1 << 20);
        fs::remove_file(&path).expect("it is there");
        let after = deleted_files(&[me, me], fd.as_fd(), 1 << 20);
        assert!((1 << 20..2 << 20).contains(&(after - before)), "{before} {after}");
        drop(open);
        fs::remove_dir(&folder).expect("it is empty");
    }
}
