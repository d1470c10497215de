//! New ground for what cells allocate.
//!
//! A zygote that has imported a hundred modules has freed much, too: every page of its heap has a few free places, and
//! both CPython and the C library give those out first. In a cell each of them is on a page that is shared with the zygote,
//! and the first write to it copies the page: a cell that allocates a thousand small objects paid for hundreds of pages.
//! So the free places are used up, for ever: once when everything has been imported, so that what each run goes through
//! lies side by side behind it, and once more before the first cell is forked. The places are lost in the zygote, once, and
//! shared by all. What is there then lies in large pages ([`pages`]).
//!
//! All of this is for speed alone: an interpreter that allocates in other ways (`PYTHONMALLOC`, a build without a lock) is
//! left as it is.

use core::ffi::c_void;
use core::ptr::null_mut;

use crate::pages::{self, LARGE};
use crate::python::{self, ArenaAllocator, libc};
use crate::sys::{self, syscall};

/// CPython's small objects: sizes from 16 to 512 bytes, each with pools of its own, cut from arenas.
const SMALL: usize = 512;
const STEP: usize = 16;
/// More free places than this are left alone.
const LIMIT: usize = 16 << 20;

/// Room for the arenas of a zygote, as addresses: what is not used is given back.
const ROOM: usize = 256 << 20;

/// Addresses for arenas, one behind the other; empty before [`watch`] and from [`close`] on.
///
/// Written and read by the interpreter's only thread until the first fork, and with its lock held in a cell.
static mut GROUND: Ground = Ground { begin: 0, next: 0, end: 0 };

/// Where the C library's heap begins. As [`GROUND`].
static mut HEAP: usize = 0;

/// A piece of the address space that begins with a large page.
#[derive(Clone, Copy)]
struct Ground {
    begin: usize,
    /// From here on nothing has been handed out.
    next: usize,
    end: usize,
}

impl Ground {
    fn reserve() -> Ground {
        const NOTHING: usize = 0;
        const PRIVATE_ANONYMOUS_NORESERVE: usize = 0x2 | 0x20 | 0x4000;
        let none = Ground { begin: 0, next: 0, end: 0 };
        // SAFETY: a fresh mapping at an address of the kernel's choice.
        let mapped = unsafe { syscall!(MMAP, 0, ROOM, NOTHING, PRIVATE_ANONYMOUS_NORESERVE, -1isize, 0) };
        let Ok(at) = mapped else { return none };
        let begin = at.next_multiple_of(LARGE);
        Ground { begin, next: begin, end: at + ROOM }
    }

    fn take(&mut self, size: usize) -> Option<usize> {
        const READ_WRITE: usize = 3;
        let at = self.next;
        if at + size > self.end {
            return None;
        }
        // SAFETY: nothing has been handed out of this part of our own mapping.
        unsafe { syscall!(MPROTECT, at, size, READ_WRITE) }.ok()?;
        self.next = at + size;
        Some(at)
    }

    /// What has been handed out, in whole large pages: what comes next begins with one.
    fn whole(&mut self) -> (usize, usize) {
        let rest = self.next.next_multiple_of(LARGE) - self.next;
        let is_whole = rest == 0 || self.take(rest).is_some();
        (self.begin, if is_whole { self.next } else { self.begin })
    }

    /// Ends the handing out.
    fn close(&mut self) {
        // SAFETY: as in `take`.
        let _ = unsafe { syscall!(MUNMAP, self.next, self.end - self.next) };
        self.end = self.next;
    }
}

/// Has the interpreter ask here for arenas, and the heap begin with a large page. To be called before it is initialised.
pub fn watch() {
    let allocator = ArenaAllocator { context: null_mut(), allocate, free };
    // SAFETY: there is no interpreter yet; CPython copies the structure. The C library's allocator copes with others
    // that move the end of the heap. For the statics see there.
    unsafe {
        GROUND = Ground::reserve();
        let end = libc::sbrk(0) as usize;
        HEAP = end.next_multiple_of(LARGE);
        libc::sbrk((HEAP - end) as isize);
        python::PyObject_SetArenaAllocator(&allocator);
    }
}

/// What has been allocated up to some moment, in whole large pages: begin and end of both parts.
struct Older {
    /// CPython's arenas.
    arenas: (usize, usize),
    /// The C library's heap.
    heap: (usize, usize),
}

/// Has what is allocated from here on lie behind what there is, side by side.
pub fn fill() {
    Older::now().fill();
}

/// The same, once more and for the last time, and all that there is lies in large pages from here on.
pub fn close() {
    let older = Older::now();
    // SAFETY: see `GROUND`.
    unsafe { (*(&raw mut GROUND)).close() };
    older.fill();
    for (begin, end) in [older.arenas, older.heap] {
        let _ = pages::join(begin, end);
    }
}

impl Older {
    fn now() -> Older {
        // SAFETY: see `GROUND`, `HEAP` and, for the end of the heap, `watch`.
        unsafe {
            let end = libc::sbrk(0) as usize;
            let whole = end.next_multiple_of(LARGE);
            libc::sbrk((whole - end) as isize);
            Older { arenas: (*(&raw mut GROUND)).whole(), heap: (HEAP, whole) }
        }
    }

    /// Uses up the free places. What is allocated for that is kept and never used.
    fn fill(&self) {
        self.fill_pools();
        self.fill_bins();
    }

    fn fill_pools(&self) {
        let mut taken = 0;
        for size in (STEP..=SMALL).step_by(STEP) {
            while taken < LIMIT {
                // SAFETY: the interpreter is initialised and this is its only thread.
                let at = unsafe { python::PyObject_Malloc(size) };
                if !is_within(at.cast(), self.arenas) {
                    break;
                }
                taken += size;
            }
        }
    }

    /// From large to small, so that what is left of a large one is used up by the small.
    fn fill_bins(&self) {
        const LARGEST: usize = 64 << 10;
        const SMALLEST: usize = 16;
        /// Below this the C library has a list for each multiple of 16.
        const LISTED: usize = 1 << 10;
        let mut taken = 0;
        let mut size = LARGEST;
        while size >= SMALLEST {
            while taken < LIMIT {
                // SAFETY: the C library's allocator, whose block is given back at once or kept.
                let at = unsafe { libc::malloc(size) };
                if !is_within(at, self.heap) {
                    // SAFETY: as above; nothing is at null.
                    unsafe { libc::free(at) };
                    break;
                }
                taken += size;
            }
            size = if size > LISTED { size / 2 } else { size - STEP };
        }
    }
}

fn is_within(at: *const u8, (begin, end): (usize, usize)) -> bool {
    (begin..end).contains(&(at as usize))
}

extern "C" fn allocate(_: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: see `GROUND`.
    let ground = unsafe { &mut *(&raw mut GROUND) };
    ground.take(size).map_or_else(|| map(size), Ok).unwrap_or(0) as *mut c_void
}

fn map(size: usize) -> sys::Result<usize> {
    const READ_WRITE: usize = 3;
    const PRIVATE_ANONYMOUS: usize = 0x2 | 0x20;
    // SAFETY: a fresh mapping at an address of the kernel's choice.
    unsafe { syscall!(MMAP, 0, size, READ_WRITE, PRIVATE_ANONYMOUS, -1isize, 0) }
}

extern "C" fn free(_: *mut c_void, at: *mut c_void, size: usize) {
    // SAFETY: CPython gives back what `allocate` gave it, and uses it no more.
    let _ = unsafe { syscall!(MUNMAP, at, size) };
}
