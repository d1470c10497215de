//! Folders on the host for runs that have no mount namespace, and taking files out of a run.
//!
//! What a program could write is never touched by path: everything goes through a descriptor of the run's folder,
//! beneath it, without following links, and only once every process of the run has gone.

use std::ffi::{CStr, OsStr};
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, ResolveFlags, openat, openat2, statat, unlinkat};
use rustix::io::Errno;

use crate::job::FileOut;

/// Where runs' folders are made: a folder that others may enter but not list.
#[derive(Debug, Clone)]
pub struct Base(Arc<BaseFolder>);

#[derive(Debug)]
struct BaseFolder {
    path: PathBuf,
    fd: OwnedFd,
    owner: Option<u32>,
}

/// One run's folder; removed with everything in it when it is dropped.
#[derive(Debug)]
pub struct Folder {
    base: Arc<BaseFolder>,
    name: String,
    fd: OwnedFd,
}

impl Base {
    /// Makes one in the system's temporary folder. `owner` is who owns the runs' folders when that is not us.
    ///
    /// # Errors
    /// The temporary folder cannot be written.
    pub fn make(owner: Option<u32>) -> io::Result<Base> {
        let path = std::env::temp_dir().join(format!("python-executor-{}", secret()?));
        rustix::fs::mkdir(&path, Mode::from_raw_mode(0o711))?;
        let fd = rustix::fs::open(
            &path,
            OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC,
            Mode::empty(),
        )?;
        Ok(Base(Arc::new(BaseFolder { path, fd, owner })))
    }

    /// Makes a folder for one run. Its name cannot be guessed by another.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn folder(&self) -> io::Result<Folder> {
        let name = secret()?;
        rustix::fs::mkdirat(&self.0.fd, &name, Mode::RWXU)?;
        let fd = openat(
            &self.0.fd,
            &name,
            OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC,
            Mode::empty(),
        )?;
        if let Some(owner) = self.0.owner {
            let (user, group) = (rustix::fs::Uid::from_raw(owner), rustix::fs::Gid::from_raw(owner));
            rustix::fs::fchown(&fd, Some(user), Some(group))?;
        }
        Ok(Folder { base: Arc::clone(&self.0), name, fd })
    }
}

impl Drop for BaseFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir(&self.path);
    }
}

impl AsFd for Folder {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = empty(self.fd.as_fd()) {
            tracing::error!(%error, "a run's folder could not be emptied");
        }
        let _ = unlinkat(&self.base.fd, &self.name, AtFlags::REMOVEDIR);
    }
}

fn secret() -> io::Result<String> {
    let mut bytes = [0; 16];
    std::fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// Removes everything in a folder. Goes down one level at a time with one descriptor open, so that neither depth nor
/// width can exhaust anything: a subfolder's content is moved up to the top before it is removed, under a name that the
/// program cannot have given to something of its own.
fn empty(top: BorrowedFd<'_>) -> io::Result<()> {
    let _ = rustix::fs::fchmod(top, Mode::RWXU);
    let removed = secret()?;
    let mut moved = 0u64;
    loop {
        let mut folders = Vec::new();
        for entry in Dir::read_from(top)? {
            let entry = entry?;
            let name = entry.file_name().to_bytes();
            if name == b"." || name == b".." {
                continue;
            }
            if unlinkat(top, entry.file_name(), AtFlags::empty()).is_err() {
                folders.push(name.to_vec());
            }
        }
        if folders.is_empty() {
            return Ok(());
        }
        for name in folders {
            let name = OsStr::from_bytes(&name);
            unlock(top, name);
            if let Ok(inner) = openat(
                top,
                name,
                OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC,
                Mode::empty(),
            ) {
                for entry in Dir::read_from(&inner)? {
                    let entry = entry?;
                    let inner_name = entry.file_name();
                    if matches!(inner_name.to_bytes(), b"." | b"..")
                        || unlinkat(&inner, inner_name, AtFlags::empty()).is_ok()
                    {
                        continue;
                    }
                    moved += 1;
                    unlock(inner.as_fd(), OsStr::from_bytes(inner_name.to_bytes()));
                    rustix::fs::renameat(&inner, inner_name, top, format!("{removed}-{moved}"))?;
                }
            }
            unlinkat(top, name, AtFlags::REMOVEDIR)?;
        }
    }
}

/// Lets us into a folder. The call would follow a link: nothing but a folder gets that far.
fn unlock(parent: BorrowedFd<'_>, name: &OsStr) {
    let stat = statat(parent, name, AtFlags::SYMLINK_NOFOLLOW);
    if stat.is_ok_and(|stat| FileType::from_raw_mode(stat.st_mode) == FileType::Directory) {
        let _ = rustix::fs::chmodat(parent, name, Mode::RWXU, AtFlags::empty());
    }
}

/// Deeper than any program's files are; a deeper tree counts as full, since each level makes a look at it slower.
const DEPTH_MAX: usize = 100;

/// What is in a folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contents {
    /// Bytes on disk.
    pub bytes: u64,
    /// Files and folders.
    pub files: u64,
    /// A folder went away or changed its name meanwhile: what was in it is not counted.
    pub is_torn: bool,
}

/// What is in a folder, as far as `most` files and folders, and as far as it is found by `deadline`. Each folder is opened
/// as soon as its name is seen: a program that renames them meanwhile has little time to hide one.
pub fn contents(top: BorrowedFd<'_>, most: u64, deadline: Instant) -> Contents {
    let mut seen = Contents::default();
    match open_folder(top, c".") {
        Ok(fd) => look_into(fd, 0, most, deadline, &mut seen),
        Err(_) => seen.files = most,
    }
    seen
}

fn open_folder(parent: impl AsFd, name: &CStr) -> rustix::io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_XDEV;
    openat2(parent, name, flags, Mode::empty(), resolve)
}

fn look_into(folder: OwnedFd, depth: usize, most: u64, deadline: Instant, seen: &mut Contents) {
    // What cannot be looked into may hold anything.
    let Ok(entries) = Dir::read_from(&folder).map_err(|_| seen.files = most) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if matches!(name.to_bytes(), b"." | b"..") {
            continue;
        }
        // A folder within may have been enough.
        if seen.files >= most || Instant::now() >= deadline {
            return;
        }
        seen.files += 1;
        let Ok(stat) = statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW) else {
            seen.is_torn = true;
            continue;
        };
        seen.bytes += u64::try_from(stat.st_blocks).unwrap_or(0) * 512;
        if FileType::from_raw_mode(stat.st_mode) != FileType::Directory {
            continue;
        }
        match open_folder(&folder, name) {
            Ok(inner) if depth < DEPTH_MAX => look_into(inner, depth + 1, most, deadline, seen),
            Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => seen.is_torn = true,
            _ => seen.files = most,
        }
    }
}

/// Most files that one run may bring back, and most folders that are looked into.
const FILES_MAX: usize = 256;

/// Takes the files that match out of a run's folder: regular files only, beneath it, no link followed, at most
/// `limit` bytes together.
///
/// # Errors
/// The folder cannot be read at all.
pub fn collect(folder: BorrowedFd<'_>, wanted: &globset::GlobSet, limit: u64) -> io::Result<Vec<FileOut>> {
    // The descriptor is for use as a starting point only; reading needs one of its own.
    let top = openat(folder, ".", OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    let mut found: Vec<PathBuf> = Vec::new();
    let mut todo = vec![PathBuf::new()];
    let mut visited = 0;
    while let Some(relative) = todo.pop() {
        visited += 1;
        if visited > FILES_MAX || found.len() > FILES_MAX {
            break;
        }
        let Ok(fd) = beneath(&top, &relative, OFlags::DIRECTORY) else { continue };
        for entry in Dir::read_from(&fd)?.flatten() {
            let name = entry.file_name();
            if matches!(name.to_bytes(), b"." | b"..") {
                continue;
            }
            let path = relative.join(OsStr::from_bytes(name.to_bytes()));
            match statat(&fd, name, AtFlags::SYMLINK_NOFOLLOW).map(|s| FileType::from_raw_mode(s.st_mode)) {
                Ok(FileType::Directory) => todo.push(path),
                Ok(FileType::RegularFile) if wanted.is_match(&path) => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found.truncate(FILES_MAX);
    let mut left = limit;
    let mut files = Vec::new();
    for path in found {
        let Ok(fd) = beneath(&top, &path, OFlags::NONBLOCK) else { continue };
        let Ok(stat) = rustix::fs::fstat(&fd) else { continue };
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile || stat.st_nlink > 1 {
            continue;
        }
        let mut content = Vec::new();
        std::fs::File::from(fd).take(left + 1).read_to_end(&mut content)?;
        let truncated = content.len() as u64 > left;
        content.truncate(left as usize);
        left -= content.len() as u64;
        files.push(FileOut { path: path.to_string_lossy().into_owned(), content, truncated });
    }
    Ok(files)
}

fn beneath(top: &OwnedFd, relative: &Path, flags: OFlags) -> rustix::io::Result<OwnedFd> {
    let relative = if relative.as_os_str().is_empty() { Path::new(".") } else { relative };
    let resolve =
        ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS | ResolveFlags::NO_XDEV;
    openat2(top, relative, OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | flags, Mode::empty(), resolve)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::fd::AsRawFd;

    use super::*;

    /// A folder for a run, and its path.
    fn folder(base: &Base) -> (Folder, PathBuf) {
        let folder = base.folder().expect("made");
        let path = fs::read_link(format!("/proc/self/fd/{}", folder.as_fd().as_raw_fd())).expect("its path");
        (folder, path)
    }

    #[test]
    fn nothing_is_left_of_a_folder_whatever_its_files_are_called() {
        let base = Base::make(None).expect("made");
        let (folder, path) = folder(&base);
        let moved =
            |number: u8| OsStr::from_bytes(b"\x01removed-").to_string_lossy().into_owned() + &number.to_string();
        for number in 0..9 {
            fs::create_dir_all(path.join(moved(number)).join("a/b/c")).expect("made");
            fs::create_dir_all(path.join(format!("d/e{number}/f"))).expect("made");
        }
        drop(folder);
        assert!(!path.exists());
    }
    #[test]
    fn counting_ends_at_the_most_however_deep_it_is_reached_and_at_the_deadline() {
        let base = Base::make(None).expect("made");
        let (folder, path) = folder(&base);
        for number in 0..5 {
            let inner = path.join(format!("a{number}/b"));
            fs::create_dir_all(&inner).expect("made");
            for file in ["../c", "d", "e"] {
                fs::write(inner.join(file), "x").expect("written");
            }
        }
        let later = Instant::now() + std::time::Duration::from_secs(60);
        let all = contents(folder.as_fd(), 100, later);
        assert_eq!((all.files, all.is_torn), (25, false));
        for most in 1..=25 {
            assert_eq!(contents(folder.as_fd(), most, later).files, most);
        }
        assert_eq!(contents(folder.as_fd(), 100, Instant::now()), Contents::default());
    }
}
