//! System calls without the C library.
//!
//! A keeper shares the zygote's memory, thread-local `errno` included, so nothing here may touch the C library's
//! state: each call goes to the kernel directly and answers `Err(errno)`.

use core::arch::asm;

use crate::abi::Instruction;

/// An errno.
pub type Errno = i32;
/// A call's answer.
pub type Result<T> = core::result::Result<T, Errno>;

macro_rules! numbers {
    ($($name:ident = $x86:literal / $arm:literal),* $(,)?) => {
        /// System-call numbers.
        pub mod nr {
            $(#[cfg(target_arch = "x86_64")] pub const $name: usize = $x86;
              #[cfg(target_arch = "aarch64")] pub const $name: usize = $arm;)*
        }
    };
}

numbers! {
    READ = 0 / 63, WRITE = 1 / 64, CLOSE = 3 / 57, MMAP = 9 / 222, MPROTECT = 10 / 226, MUNMAP = 11 / 215, MREMAP = 25 / 216, MEMFD_CREATE = 319 / 279, MADVISE = 28 / 233, RT_SIGACTION = 13 / 134,
    RT_SIGPROCMASK = 14 / 135, PREAD64 = 17 / 67, SENDMSG = 46 / 211, RECVMSG = 47 / 212, CLONE = 56 / 220, EXIT = 60 / 93,
    WAIT4 = 61 / 260, KILL = 62 / 129, FCHDIR = 81 / 50, CHDIR = 80 / 49, CAPSET = 126 / 91,
    PRCTL = 157 / 167, MOUNT = 165 / 40, GETTID = 186 / 178, FUTEX = 202 / 98, GETDENTS64 = 217 / 61,
    EXIT_GROUP = 231 / 94, OPENAT = 257 / 56, MKDIRAT = 258 / 34, DUP3 = 292 / 24, SIGNALFD4 = 289 / 74,
    PPOLL = 271 / 73, PRLIMIT64 = 302 / 261, SECCOMP = 317 / 277, GETPID = 39 / 172, GETPPID = 110 / 173, SETSID = 112 / 157, SETPGID = 109 / 154, UMASK = 95 / 166, IOCTL = 16 / 29,
    LANDLOCK_CREATE_RULESET = 444 / 444, LANDLOCK_ADD_RULE = 445 / 445, LANDLOCK_RESTRICT_SELF = 446 / 446,
    CLOSE_RANGE = 436 / 436, SENDTO = 44 / 206, SOCKETPAIR = 53 / 199, GETRUSAGE = 98 / 165,
}

/// # Safety
/// The arguments must be what the call with this number expects; pointers must be valid for it.
#[cfg(target_arch = "x86_64")]
pub unsafe fn call(n: usize, a: [usize; 6]) -> Result<usize> {
    let r: isize;
    // SAFETY: the `syscall` instruction clobbers rcx and r11 only; the rest is the caller's promise.
    unsafe {
        asm!("syscall", inlateout("rax") n as isize => r, in("rdi") a[0], in("rsi") a[1], in("rdx") a[2],
             in("r10") a[3], in("r8") a[4], in("r9") a[5], lateout("rcx") _, lateout("r11") _, options(nostack));
    }
    if (-4095..0).contains(&r) { Err(-r as Errno) } else { Ok(r as usize) }
}

/// # Safety
/// The arguments must be what the call with this number expects; pointers must be valid for it.
#[cfg(target_arch = "aarch64")]
pub unsafe fn call(n: usize, a: [usize; 6]) -> Result<usize> {
    let r: isize;
    // SAFETY: `svc 0` clobbers x0 only; the rest is the caller's promise.
    unsafe {
        asm!("svc 0", in("x8") n, inlateout("x0") a[0] as isize => r, in("x1") a[1], in("x2") a[2], in("x3") a[3],
             in("x4") a[4], in("x5") a[5], options(nostack));
    }
    if (-4095..0).contains(&r) { Err(-r as Errno) } else { Ok(r as usize) }
}

macro_rules! syscall {
    ($n:ident $(, $a:expr)* $(,)?) => {{
        let mut args = [0usize; 6];
        let given = [$($a as usize),*];
        args[..given.len()].copy_from_slice(&given);
        $crate::sys::call($crate::sys::nr::$n, args)
    }};
}
pub(crate) use syscall;

/// Errnos that are looked at.
pub const EINTR: Errno = 4;
/// See [`EINTR`].
pub const EAGAIN: Errno = 11;
/// See [`EINTR`].
pub const EINVAL: Errno = 22;

/// Ends this process (not a thread group of the zygote: a keeper is a process of its own).
pub fn exit(code: i32) -> ! {
    loop {
        // SAFETY: takes no pointers and does not return.
        let _ = unsafe { syscall!(EXIT_GROUP, code) };
    }
}

/// Closes a descriptor.
pub fn close(fd: i32) {
    // SAFETY: descriptors are not memory; closing one that is not open answers EBADF.
    let _ = unsafe { syscall!(CLOSE, fd) };
}

/// Writes all bytes; a peer that went away is not our concern.
pub fn write_all(fd: i32, mut bytes: &[u8]) -> Result<()> {
    while !bytes.is_empty() {
        // SAFETY: the slice is valid for its length.
        match unsafe { syscall!(WRITE, fd, bytes.as_ptr(), bytes.len()) } {
            Ok(n) => bytes = &bytes[n..],
            Err(EINTR) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

/// Reads exactly as much as the slice holds; `Ok(false)` at the end of the stream.
pub fn read_exact(fd: i32, mut into: &mut [u8]) -> Result<bool> {
    while !into.is_empty() {
        // SAFETY: the slice is valid and exclusive for its length.
        match unsafe { syscall!(READ, fd, into.as_mut_ptr(), into.len()) } {
            Ok(0) => return Ok(false),
            Ok(n) => into = &mut into[n..],
            Err(EINTR) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(true)
}

/// Sends one datagram without raising SIGPIPE.
pub fn send(fd: i32, bytes: &[u8]) -> Result<()> {
    const MSG_NOSIGNAL: usize = 0x4000;
    loop {
        // SAFETY: the slice is valid for its length; no address is given.
        match unsafe { syscall!(SENDTO, fd, bytes.as_ptr(), bytes.len(), MSG_NOSIGNAL, 0, 0) } {
            Ok(_) => return Ok(()),
            Err(EINTR) => {}
            Err(e) => return Err(e),
        }
    }
}

/// `struct iovec`
#[repr(C)]
struct Iovec {
    base: *mut u8,
    len: usize,
}

/// `struct msghdr`
#[repr(C)]
struct Message {
    name: *mut u8,
    name_len: u32,
    iov: *mut Iovec,
    iov_len: usize,
    control: *mut u8,
    control_len: usize,
    flags: i32,
}

const SOL_SOCKET: i32 = 1;
const SCM_RIGHTS: i32 = 1;
/// Most descriptors in one message.
pub const FDS_MAX: usize = 8;

/// Space for one control message with descriptors, aligned as the kernel wants it.
#[repr(C, align(8))]
struct Control {
    len: usize,
    level: i32,
    kind: i32,
    fds: [i32; FDS_MAX],
}

/// Receives one datagram with up to [`FDS_MAX`] descriptors: (bytes, descriptors).
pub fn receive(fd: i32, into: &mut [u8], fds: &mut [i32; FDS_MAX]) -> Result<(usize, usize)> {
    const MSG_CMSG_CLOEXEC: usize = 0x4000_0000;
    let mut control = Control { len: 0, level: 0, kind: 0, fds: [-1; FDS_MAX] };
    let mut iov = Iovec { base: into.as_mut_ptr(), len: into.len() };
    let mut message = Message {
        name: core::ptr::null_mut(),
        name_len: 0,
        iov: &mut iov,
        iov_len: 1,
        control: (&raw mut control).cast(),
        control_len: size_of::<Control>(),
        flags: 0,
    };
    // SAFETY: every pointer in the message refers to a live local of the stated length.
    let n = unsafe { syscall!(RECVMSG, fd, &raw mut message, MSG_CMSG_CLOEXEC) }?;
    let mut count = 0;
    if message.control_len >= 16 && control.level == SOL_SOCKET && control.kind == SCM_RIGHTS {
        count = ((control.len - 16) / 4).min(FDS_MAX);
        fds[..count].copy_from_slice(&control.fds[..count]);
    }
    Ok((n, count))
}

/// Sends one datagram with one descriptor.
pub fn send_with_fd(socket: i32, bytes: &[u8], fd: i32) -> Result<()> {
    const MSG_NOSIGNAL: usize = 0x4000;
    let mut control = Control { len: 20, level: SOL_SOCKET, kind: SCM_RIGHTS, fds: [fd; FDS_MAX] };
    let mut iov = Iovec { base: bytes.as_ptr().cast_mut(), len: bytes.len() };
    let message = Message {
        name: core::ptr::null_mut(),
        name_len: 0,
        iov: &mut iov,
        iov_len: 1,
        control: (&raw mut control).cast(),
        control_len: 24,
        flags: 0,
    };
    // SAFETY: every pointer in the message refers to a live local of the stated length; the kernel only reads.
    unsafe { syscall!(SENDMSG, socket, &raw const message, MSG_NOSIGNAL) }.map(drop)
}

/// Two connected sockets that keep message borders.
pub fn socket_pair() -> Result<(i32, i32)> {
    const UNIX: usize = 1;
    const SEQPACKET_CLOEXEC: usize = 5 | 0o2000000;
    let mut pair = [-1i32; 2];
    // SAFETY: the kernel writes two descriptors.
    unsafe { syscall!(SOCKETPAIR, UNIX, SEQPACKET_CLOEXEC, 0, pair.as_mut_ptr()) }?;
    Ok((pair[0], pair[1]))
}

/// `struct pollfd`
#[repr(C)]
pub struct Poll {
    /// Descriptor, or -1 to leave the entry out.
    pub fd: i32,
    /// What to wait for.
    pub events: i16,
    /// What came.
    pub revents: i16,
}

/// Something to read.
pub const POLLIN: i16 = 1;

/// Waits for any of the entries, at most this many milliseconds (for ever when negative).
pub fn poll(entries: &mut [Poll], milliseconds: i64) -> Result<usize> {
    let time = [milliseconds / 1000, (milliseconds % 1000) * 1_000_000];
    let pointer = if milliseconds < 0 { core::ptr::null() } else { time.as_ptr() };
    // SAFETY: entries and time are valid for the call; no signal mask is given.
    match unsafe { syscall!(PPOLL, entries.as_mut_ptr(), entries.len(), pointer, 0, 8) } {
        Err(EINTR) => Ok(0),
        other => other,
    }
}

/// Sleeps for this many nanoseconds, less than a second.
pub fn pause(nanoseconds: i64) {
    let time = [0i64, nanoseconds];
    // SAFETY: no entries, and the time is valid for reads.
    let _ = unsafe { syscall!(PPOLL, 0, 0, time.as_ptr(), 0, 8) };
}

/// `struct rusage`, as far as it is looked at.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Usage {
    /// Seconds and microseconds in user mode, then in the kernel.
    pub times: [i64; 4],
    /// Largest resident set, KiB.
    pub max_rss: i64,
    rest: [i64; 13], // the structure has 18 words
}

impl Usage {
    /// Nothing used.
    pub const ZERO: Usage = Usage { times: [0; 4], max_rss: 0, rest: [0; 13] };

    /// Processor time in microseconds.
    pub fn cpu_us(&self) -> u64 {
        ((self.times[0] + self.times[2]) * 1_000_000 + self.times[1] + self.times[3]) as u64
    }
}

/// What this process has used.
pub fn own_usage() -> Usage {
    let mut usage = Usage::ZERO;
    // SAFETY: the structure is the kernel's `struct rusage`; 0 is RUSAGE_SELF.
    let _ = unsafe { syscall!(GETRUSAGE, 0, &raw mut usage) };
    usage
}

/// Any child, also one that does not send SIGCHLD.
pub const WALL: usize = 0x4000_0000;
/// Do not wait.
pub const NOHANG: usize = 1;

/// Reaps a child: `Ok((pid, wait status))`, pid 0 when none is ready.
pub fn wait(pid: i32, flags: usize, usage: &mut Usage) -> Result<(i32, i32)> {
    let mut status = 0i32;
    loop {
        // SAFETY: both pointers are valid for writes.
        match unsafe { syscall!(WAIT4, pid as isize, &raw mut status, flags, &raw mut *usage) } {
            Ok(p) => return Ok((p as i32, status)),
            Err(EINTR) => {}
            Err(e) => return Err(e),
        }
    }
}

/// Sends a signal.
pub fn kill(pid: i32, signal: i32) -> Result<()> {
    // SAFETY: takes no pointers.
    unsafe { syscall!(KILL, pid as isize, signal) }.map(drop)
}

/// Sets a resource limit of a process (0: this one).
pub fn set_limit(pid: i32, resource: u32, soft: u64, hard: u64) -> Result<()> {
    let limit = [soft, hard];
    // SAFETY: the new limit is valid for reads; no old one is asked for.
    unsafe { syscall!(PRLIMIT64, pid, resource, limit.as_ptr(), 0) }.map(drop)
}

/// Enters a system-call filter; answers a descriptor, if the flags ask for one.
pub fn enter_filter(filter: &[Instruction], flags: usize) -> Result<i32> {
    /// `struct sock_fprog`
    #[repr(C)]
    struct Program {
        len: u16,
        filter: *const Instruction,
    }
    const SET_MODE_FILTER: usize = 1;
    let program = Program { len: filter.len() as u16, filter: filter.as_ptr() };
    // SAFETY: the program and its instructions are valid for reads.
    unsafe { syscall!(SECCOMP, SET_MODE_FILTER, flags, &raw const program) }.map(|answer| answer as i32)
}

/// The limits in force: (soft, hard).
pub fn limit(resource: u32) -> Result<(u64, u64)> {
    let mut limit = [0u64; 2];
    // SAFETY: the old limit is valid for writes; no new one is given.
    unsafe { syscall!(PRLIMIT64, 0, resource, 0, limit.as_mut_ptr()) }?;
    Ok((limit[0], limit[1]))
}

/// Blocks (or unblocks) every signal for this thread.
pub fn block_signals(block: bool) {
    let mask: u64 = if block { !0 } else { 0 };
    const SIG_SETMASK: usize = 2;
    // SAFETY: the mask is valid for reads and of the stated size.
    let _ = unsafe { syscall!(RT_SIGPROCMASK, SIG_SETMASK, &raw const mask, 0, 8) };
}
