//! A run's folder with whatever a program can put there: what is collected comes from beneath it alone and is bounded,
//! and when the folder is dropped all of it has gone, and nothing outside was touched.

#![no_main]

use std::ffi::OsStr;
use std::fs;
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};

use executor::pool::{Base, collect, contents};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use libfuzzer_sys::fuzz_target;
use rustix::fs::{CWD, FileType, Mode, mknodat};

const LIMIT: u64 = 4096;
const SECRET: &[u8] = b"what lies outside";
const GLOBS: [&str; 8] = ["**", "*", "**/*", "*.txt", "a/**", "[a-c]*", "{a,b}/*", "a/b/c.txt"];

fn name(byte: u8) -> &'static OsStr {
    const LONG: [u8; 255] = [b'n'; 255];
    const NAMES: [&[u8]; 16] = [
        b"a",
        b"b",
        b"c.txt",
        b"main.py",
        b"\x01removed-1",
        b"\x01removed-2",
        b"\x01removed-3",
        b"...",
        b"\n",
        b"\xff\xfe",
        &LONG,
        b"-rf",
        b" ",
        b"*",
        b"{a",
        b"\xe2\x80\xae",
    ];
    OsStr::from_bytes(NAMES[usize::from(byte) % NAMES.len()])
}

/// One step of the program. Nothing here follows a link, so that the tree is built inside the folder alone.
fn step(here: &mut PathBuf, depth: &mut usize, outside: &Path, [what, a, b]: [u8; 3]) {
    let path = here.join(name(a));
    // Neither a symbolic link nor the other name of what lies outside: its mode is ours to change.
    let is_own = || fs::symlink_metadata(&path).is_ok_and(|m| m.is_dir() || (m.is_file() && m.nlink() == 1));
    match what % 12 {
        0 | 1 => {
            let _ = fs::create_dir(&path);
            if fs::symlink_metadata(&path).is_ok_and(|m| m.is_dir()) {
                *here = path;
                *depth += 1;
            }
        }
        2 if *depth > 0 => {
            here.pop();
            *depth -= 1;
        }
        3 | 4 => {
            if fs::File::create_new(&path).is_ok() {
                let _ = fs::write(&path, vec![b; usize::from(b) * 16]);
            }
        }
        5 => {
            let targets =
                [outside, Path::new("../outside"), Path::new(".."), Path::new("/proc/self/root"), Path::new("a")];
            let _ = symlink(targets[usize::from(b) % targets.len()], &path);
        }
        6 => drop(fs::hard_link(outside.join("file"), &path)),
        7 => drop(mknodat(CWD, &path, FileType::Fifo, Mode::RWXU, 0)),
        8 => drop(UnixListener::bind(&path)),
        9 if is_own() => drop(fs::set_permissions(&path, fs::Permissions::from_mode(u32::from(b & 0o7) << 6))),
        10 => drop(fs::rename(&path, here.join(name(b)))),
        11 => drop(fs::File::create_new(&path).map(|file| file.set_len(u64::from(b) << 32))),
        _ => {}
    }
}

fn wanted(choice: u8) -> GlobSet {
    let glob = GLOBS[usize::from(choice) % GLOBS.len()];
    let glob = GlobBuilder::new(glob).literal_separator(true).build().expect("a glob");
    GlobSetBuilder::new().add(glob).build().expect("globs")
}

fuzz_target!(|input: (u8, &[u8])| {
    let base = Base::make(None).expect("a temporary folder");
    let folder = base.folder().expect("a folder for the run");
    let own = fs::read_link(format!("/proc/self/fd/{}", folder.as_fd().as_raw_fd())).expect("its path");
    let above = own.parent().expect("the base").to_owned();
    let outside = above.join("outside");
    fs::create_dir(&outside).expect("a folder outside");
    fs::write(outside.join("file"), SECRET).expect("a file outside");

    let (mut here, mut depth) = (own, 0);
    for bytes in input.1.as_chunks::<3>().0 {
        step(&mut here, &mut depth, &outside, *bytes);
    }
    let files = collect(folder.as_fd(), &wanted(input.0), LIMIT).expect("the folder can be read");
    assert!(files.len() <= 256);
    assert!(files.iter().map(|file| file.content.len() as u64).sum::<u64>() <= LIMIT);
    assert!(files.iter().all(|file| file.content != SECRET && !file.path.starts_with('/')));
    assert!(contents(folder.as_fd(), 100).files <= 100);

    drop(folder);
    let left: Vec<_> = fs::read_dir(&above).expect("the base").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["outside"]);
    let file = fs::metadata(outside.join("file")).expect("the file outside");
    assert_eq!((file.nlink(), file.mode() & 0o777, file.len()), (1, 0o644, SECRET.len() as u64));
    assert_eq!(fs::read_dir(&outside).expect("the folder outside").count(), 1);
    fs::remove_dir_all(&outside).expect("removed");
    drop(base);
    assert!(!above.exists());
});
