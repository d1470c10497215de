//! Large pages for what all cells share.
//!
//! A fork copies the page tables of what a process has written, entry by entry, and a process that goes takes all its
//! entries out again: 150 ns for each page of 4 KiB, which makes half a millisecond for a warm zygote. Files' pages are not
//! copied, but each cell finds the interpreter's own code anew, by a page fault for 64 KiB of it, 3.5 us each. A large page
//! is one entry. A cell that writes to one gets entries for its small pages there and a copy of the one that it writes to.
//!
//! All of this is for speed alone: what the kernel cannot do is left as it was.

use core::ffi::{c_char, c_int, c_void};

use crate::python;
use crate::sys::{self, syscall};

/// A large page.
pub const LARGE: usize = 2 << 20;

/// Has what lies between two addresses in large pages, as far as these fit in there. The kernel can from Linux 6.1 on.
pub fn join(begin: usize, end: usize) -> sys::Result<()> {
    const MADV_COLLAPSE: usize = 25;
    let (begin, end) = (begin.next_multiple_of(LARGE), end / LARGE * LARGE);
    if begin >= end {
        return Ok(());
    }
    // SAFETY: the content stays as it is.
    unsafe { syscall!(MADVISE, begin, end - begin, MADV_COLLAPSE) }.map(drop)
}

/// Programs and libraries, in the order in which they were loaded.
pub struct Libraries {
    /// How many came with the program: each cell uses them.
    at_start: usize,
    /// How many have been seen to.
    seen: usize,
    /// Where the data of the others goes, and how much is there.
    file: sys::Result<i32>,
    filled: usize,
}

impl Libraries {
    /// Notes what is there when the program starts.
    pub fn at_start() -> Libraries {
        let mut at_start = 0usize;
        // SAFETY: `count` gets what the C library promises, and a number.
        unsafe { dl_iterate_phdr(count, (&raw mut at_start).cast()) };
        Libraries { at_start, seen: 0, file: Err(0), filled: 0 }
    }

    /// Makes forks cheaper. A fork copies each map, 0.7 us, or 3 us when something has been written to it. So what lies side by
    /// side and is not written to becomes one map, and data of libraries that few programs use a map of a file that has it as it
    /// is now. The interpreter's own code and constants go into large pages. To be called by the only thread, from
    /// outside of all that.
    pub fn settle(mut self) {
        // SAFETY: the name ends with a NUL.
        self.file = unsafe { syscall!(MEMFD_CREATE, c"data".as_ptr(), 0) }.map(|fd| fd as i32);
        // SAFETY: `visit` gets what the C library promises, and the Libraries.
        unsafe { dl_iterate_phdr(visit, (&raw mut self).cast()) };
        self.file.map_or((), sys::close);
    }

    fn visit(&mut self, base: usize, headers: &[Header]) -> sys::Result<()> {
        let (begin, end, parts) = text(base, headers);
        if parts > 1 {
            // SAFETY: who could read there can read there, and what is code stays code.
            unsafe { syscall!(MPROTECT, begin, end - begin, READ_EXECUTE) }?;
        }
        let interpreter = python::Py_InitializeFromConfig as *const () as usize;
        let (first, last) = (begin.next_multiple_of(LARGE), end / LARGE * LARGE);
        if (begin..end).contains(&interpreter) && first < last {
            replace(first, last - first)?;
        }
        self.seen += 1;
        if self.seen > self.at_start {
            let constant = headers.iter().find(|header| header.kind == RELRO).map(|header| header.pages(base));
            for data in headers.iter().filter(|header| header.kind == LOAD && header.flags & WRITE != 0) {
                let (from, to) = data.pages(base);
                let middle = constant.map_or(from, |(_, end)| (end / PAGE * PAGE).clamp(from, to));
                self.keep(from, middle, READ)?;
                self.keep(middle, to, READ | WRITE as usize)?;
            }
        }
        Ok(())
    }

    /// Puts a map of the file with the same content in the place of what is there.
    fn keep(&mut self, from: usize, to: usize, protection: usize) -> sys::Result<()> {
        const PRIVATE_FIXED: usize = 0x02 | 0x10;
        let (file, len) = (self.file?, to - from);
        if len == 0 {
            return Ok(());
        }
        // SAFETY: the range is mapped and can be read; then it has what it had.
        unsafe {
            sys::write_all(file, core::slice::from_raw_parts(from as *const u8, len))?;
            syscall!(MMAP, from, len, protection, PRIVATE_FIXED, file, self.filled)?;
        }
        self.filled += len;
        Ok(())
    }
}

fn replace(at: usize, len: usize) -> sys::Result<()> {
    const READ_WRITE: usize = 3;
    const PRIVATE_ANONYMOUS: usize = 0x2 | 0x20;
    const MAYMOVE_FIXED: usize = 1 | 2;
    // SAFETY: a fresh mapping at an address of the kernel's choice.
    let room = unsafe { syscall!(MMAP, 0, len + LARGE, READ_WRITE, PRIVATE_ANONYMOUS, -1isize, 0) }?;
    let copy = room.next_multiple_of(LARGE);
    // SAFETY: the source is mapped and can be read, all of it; the target is our own and as long.
    unsafe { core::ptr::copy_nonoverlapping(at as *const u8, copy as *mut u8, len) };
    // SAFETY: the copy has what stood there, and takes its place at once or not at all. What is executed meanwhile, and what
    // is on the stack, is not part of it.
    let moved = join(copy, copy + len).and_then(|()| unsafe {
        syscall!(MPROTECT, copy, len, READ_EXECUTE)?;
        syscall!(MREMAP, copy, len, len, MAYMOVE_FIXED, at)
    });
    // SAFETY: what is left of our own mapping.
    unsafe {
        let _ = syscall!(MUNMAP, room, copy - room);
        let _ = syscall!(MUNMAP, copy + len, room + LARGE - copy);
        if moved.is_err() {
            let _ = syscall!(MUNMAP, copy, len);
        }
    }
    moved.map(drop)
}

const PAGE: usize = 4096;
const READ: usize = 1;
const READ_EXECUTE: usize = 1 | 4;

/// The beginning of `struct dl_phdr_info`.
#[repr(C)]
struct Loaded {
    base: usize,
    name: *const c_char,
    headers: *const Header,
    headers_len: u16,
}

/// `Elf64_Phdr`
#[repr(C)]
struct Header {
    kind: u32,
    flags: u32,
    offset: u64,
    address: u64,
    physical: u64,
    file_len: u64,
    len: u64,
    align: u64,
}

/// Kinds and flags of headers: what is mapped, what becomes read-only when everything has been found, what can be written.
const LOAD: u32 = 1;
const RELRO: u32 = 0x6474_e552;
const WRITE: u32 = 2;

impl Header {
    /// First and last address, in whole pages.
    fn pages(&self, base: usize) -> (usize, usize) {
        let from = base + self.address as usize;
        (from / PAGE * PAGE, (from + self.len as usize).next_multiple_of(PAGE))
    }
}

/// What cannot be written of a program or library, up to the first gap: begin, end, and of how many parts it is made.
fn text(base: usize, headers: &[Header]) -> (usize, usize, u32) {
    let (mut begin, mut end, mut parts) = (0, 0, 0);
    for header in headers.iter().filter(|header| header.kind == LOAD) {
        let (from, to) = header.pages(base);
        if header.flags & WRITE != 0 || parts > 0 && from != end {
            break;
        }
        (begin, end) = (if parts == 0 { from } else { begin }, to);
        parts += 1;
    }
    (begin, end, parts)
}

type Visit = unsafe extern "C" fn(*const Loaded, usize, *mut c_void) -> c_int;

unsafe extern "C" {
    fn dl_iterate_phdr(each: Visit, data: *mut c_void) -> c_int;
}

/// # Safety
/// As `dl_iterate_phdr` calls it, with a `usize`.
unsafe extern "C" fn count(_: *const Loaded, _: usize, number: *mut c_void) -> c_int {
    // SAFETY: the caller's promise.
    unsafe { *number.cast::<usize>() += 1 };
    0
}

/// # Safety
/// As `dl_iterate_phdr` calls it, with a [`Libraries`].
unsafe extern "C" fn visit(loaded: *const Loaded, _: usize, libraries: *mut c_void) -> c_int {
    // SAFETY: the caller's promise; the headers of what is loaded stay where they are.
    let (loaded, libraries) = unsafe { (&*loaded, &mut *libraries.cast::<Libraries>()) };
    // SAFETY: as above.
    let headers = unsafe { core::slice::from_raw_parts(loaded.headers, loaded.headers_len as usize) };
    // What the kernel does not do is left as it is.
    let _ = libraries.visit(loaded.base, headers);
    0
}
