//! New ground for what cells allocate.
//!
//! A zygote that has imported a hundred modules has freed much, too: every page of its heap has a few free places, and
//! both CPython and the C library give those out first. In a cell each of them is on a page that is shared with the zygote,
//! and the first write to it copies the page: a cell that allocates a thousand small objects paid for hundreds of pages.
//! So before the first cell is forked the free places are used up, for ever, and cells begin on pages that have nothing
//! else in them. The places are lost once, in the zygote, and shared by all.
//!
//! All of this is for speed alone: an interpreter that allocates in other ways (`PYTHONMALLOC`, a build without a lock) is
//! left as it is.

use core::ffi::c_void;
use core::ptr::null_mut;

use crate::python::{self, ArenaAllocator, libc};
use crate::sys::syscall;

/// CPython's small objects: sizes from 16 to 512 bytes, each with pools of its own, cut from arenas.
const SMALL: usize = 512;
const STEP: usize = 16;
/// More free places than this are left alone.
const LIMIT: usize = 16 << 20;

/// The arena that CPython was given last: address and size; zero before the first.
///
/// Written and read by the interpreter's only thread until the first fork, and with its lock held in a cell.
static mut NEWEST: (usize, usize) = (0, 0);

/// Has the interpreter ask here for arenas. To be called before it is initialised.
pub fn watch() {
    let allocator = ArenaAllocator { context: null_mut(), allocate, free };
    // SAFETY: there is no interpreter yet; CPython copies the structure.
    unsafe { python::PyObject_SetArenaAllocator(&allocator) };
}

/// Uses up the free places. To be called once, before the first cell, when everything has been imported.
pub fn settle() {
    fill_pools();
    fill_bins();
}

fn fill_pools() {
    // SAFETY: see `NEWEST`.
    let newest = || unsafe { NEWEST };
    let before = newest();
    if before.0 == 0 {
        return;
    }
    let mut taken = 0;
    for size in (STEP..=SMALL).step_by(STEP) {
        while taken < LIMIT {
            // SAFETY: the interpreter is initialised and this is its only thread; the block is kept and not used.
            let at = unsafe { python::PyObject_Malloc(size) } as usize;
            let (arena, len) = newest();
            if at == 0 || (arena != before.0 && (arena..arena + len).contains(&at)) {
                break;
            }
            taken += size;
        }
    }
}

/// The C library's: from large to small, so that what is left of a large one is used up by the small.
fn fill_bins() {
    const LARGEST: usize = 64 << 10;
    const SMALLEST: usize = 16;
    /// Below this the C library has a list for each multiple of 16.
    const LISTED: usize = 1 << 10;
    // SAFETY: blocks are kept and not used, except for one that is given back at once. `sbrk(0)` only asks.
    unsafe {
        let end = libc::sbrk(0);
        let mut new = null_mut();
        let mut taken = 0;
        while libc::sbrk(0) == end && taken < LIMIT {
            new = libc::malloc(LARGEST);
            taken += LARGEST;
        }
        if libc::sbrk(0) == end {
            return;
        }
        libc::free(new);
        let mut size = LARGEST;
        while size >= SMALLEST {
            while taken < LIMIT {
                let at = libc::malloc(size);
                if at.is_null() || at >= new {
                    libc::free(at);
                    break;
                }
                taken += size;
            }
            size = if size > LISTED { size / 2 } else { size - STEP };
        }
    }
}

extern "C" fn allocate(_: *mut c_void, size: usize) -> *mut c_void {
    const READ_WRITE: usize = 3;
    const PRIVATE_ANONYMOUS: usize = 0x2 | 0x20;
    // SAFETY: a fresh mapping at an address of the kernel's choice; for the static see there.
    unsafe {
        match syscall!(MMAP, 0, size, READ_WRITE, PRIVATE_ANONYMOUS, -1isize, 0) {
            Ok(at) => {
                NEWEST = (at, size);
                at as *mut c_void
            }
            Err(_) => null_mut(),
        }
    }
}

extern "C" fn free(_: *mut c_void, at: *mut c_void, size: usize) {
    // SAFETY: CPython gives back what `allocate` gave it, and uses it no more.
    let _ = unsafe { syscall!(MUNMAP, at, size) };
}
