//! What needs single instructions: starting a process on a stack of its own, continuing in a copy of the zygote at
//! the place where the zygote waits, and sleeping without a stack.
//!
//! `clone` with `CLONE_VM` needs a child stack, so the child cannot return through the caller's frames; it calls a
//! function and never comes back. The cell, forked by the keeper, starts on a copy of the keeper's stack and has to
//! get back to where the zygote called [`enter`]: the zygote is blocked there, so the frames above are intact in the
//! copy.

#[cfg(target_arch = "x86_64")]
core::arch::global_asm!(
    // enter(saved: *mut usize, f: extern "C" fn(*mut u8) -> isize, arg: *mut u8) -> isize
    // Keeps what the System V ABI calls callee-saved, notes the stack pointer, calls f(arg).
    ".global cell_enter",
    ".hidden cell_enter",
    "cell_enter:",
    "push rbp",
    "push rbx",
    "push r12",
    "push r13",
    "push r14",
    "push r15",
    "sub rsp, 8",
    "mov [rdi], rsp",
    "mov rdi, rdx",
    "call rsi",
    "2:",
    "add rsp, 8",
    "pop r15",
    "pop r14",
    "pop r13",
    "pop r12",
    "pop rbx",
    "pop rbp",
    "ret",
    // resume(saved: usize, value: isize) -> !   Returns from the `enter` that noted `saved`, with `value`.
    ".global cell_resume",
    ".hidden cell_resume",
    "cell_resume:",
    "mov rsp, rdi",
    "mov rax, rsi",
    "add rsp, 8",
    "pop r15",
    "pop r14",
    "pop r13",
    "pop r12",
    "pop rbx",
    "pop rbp",
    "ret",
    // spawn(flags: usize, stack_top: usize, f: extern "C" fn(*mut u8) -> !, arg: *mut u8) -> isize
    ".global cell_spawn",
    ".hidden cell_spawn",
    "cell_spawn:",
    "mov [rsi - 16], rdx",
    "mov [rsi - 8], rcx",
    "sub rsi, 16",
    "xor edx, edx",
    "xor r10d, r10d",
    "xor r8d, r8d",
    "mov eax, 56", // clone(flags, stack, parent_tid, child_tid, tls)
    "syscall",
    "test rax, rax",
    "jnz 3f",
    "xor ebp, ebp",
    "pop rax",
    "pop rdi",
    "call rax",
    "ud2",
    "3:",
    "ret",
    // spawn3(args: *const CloneArgs, size: usize, f: extern "C" fn(*mut u8) -> !, arg: *mut u8) -> isize
    ".global cell_spawn3",
    ".hidden cell_spawn3",
    "cell_spawn3:",
    "mov r8, rdx", // the kernel leaves these alone, on both sides
    "mov r9, rcx",
    "mov eax, 435", // clone3(args, size)
    "syscall",
    "test rax, rax",
    "jnz 3f",
    "xor ebp, ebp",
    "mov rdi, r9",
    "call r8",
    "ud2",
    "3:",
    "ret",
    // hold(arg: *mut u8) -> !   Asks to die with its parent, prctl(PR_SET_PDEATHSIG, SIGKILL), then sleeps for ever
    // without touching any memory: ppoll(NULL, 0, NULL, NULL).
    ".global cell_hold",
    ".hidden cell_hold",
    "cell_hold:",
    "mov r12, rdi",
    "mov eax, 157", // prctl(PR_SET_PDEATHSIG, SIGKILL)
    "mov edi, 1",
    "mov esi, 9",
    "syscall",
    "mov eax, 110", // a parent that is gone by now sends no signal: getppid()
    "syscall",
    "cmp rax, r12",
    "je 4f",
    "mov eax, 231", // exit_group(0)
    "xor edi, edi",
    "syscall",
    "4:",
    "mov eax, 271",
    "xor edi, edi",
    "xor esi, esi",
    "xor edx, edx",
    "xor r10d, r10d",
    "syscall",
    "jmp 4b",
);

#[cfg(target_arch = "aarch64")]
core::arch::global_asm!(
    ".global cell_enter",
    ".hidden cell_enter",
    "cell_enter:",
    "stp x29, x30, [sp, #-160]!",
    "stp x19, x20, [sp, #16]",
    "stp x21, x22, [sp, #32]",
    "stp x23, x24, [sp, #48]",
    "stp x25, x26, [sp, #64]",
    "stp x27, x28, [sp, #80]",
    "stp d8, d9, [sp, #96]",
    "stp d10, d11, [sp, #112]",
    "stp d12, d13, [sp, #128]",
    "stp d14, d15, [sp, #144]",
    "mov x9, sp",
    "str x9, [x0]",
    "mov x0, x2",
    "blr x1",
    "2:",
    "ldp x19, x20, [sp, #16]",
    "ldp x21, x22, [sp, #32]",
    "ldp x23, x24, [sp, #48]",
    "ldp x25, x26, [sp, #64]",
    "ldp x27, x28, [sp, #80]",
    "ldp d8, d9, [sp, #96]",
    "ldp d10, d11, [sp, #112]",
    "ldp d12, d13, [sp, #128]",
    "ldp d14, d15, [sp, #144]",
    "ldp x29, x30, [sp], #160",
    "ret",
    ".global cell_resume",
    ".hidden cell_resume",
    "cell_resume:",
    "mov sp, x0",
    "mov x0, x1",
    "b 2b",
    ".global cell_spawn",
    ".hidden cell_spawn",
    "cell_spawn:",
    "stp x2, x3, [x1, #-16]!",
    "mov x2, #0",
    "mov x3, #0",
    "mov x4, #0",
    "mov x8, #220",
    "svc #0",
    "cbnz x0, 3f",
    "mov x29, #0",
    "ldp x1, x0, [sp], #16",
    "blr x1",
    "brk #1",
    "3:",
    "ret",
    ".global cell_spawn3",
    ".hidden cell_spawn3",
    "cell_spawn3:",
    "mov x8, #435",
    "svc #0",
    "cbnz x0, 3f",
    "mov x29, #0",
    "mov x0, x3",
    "blr x2",
    "brk #1",
    "3:",
    "ret",
    ".global cell_hold",
    ".hidden cell_hold",
    "cell_hold:",
    "mov x19, x0",
    "mov x8, #167",
    "mov x0, #1",
    "mov x1, #9",
    "svc #0",
    "mov x8, #173",
    "svc #0",
    "cmp x0, x19",
    "b.eq 4f",
    "mov x8, #94",
    "mov x0, #0",
    "svc #0",
    "4:",
    "mov x8, #73",
    "mov x0, #0",
    "mov x1, #0",
    "mov x2, #0",
    "mov x3, #0",
    "svc #0",
    "b 4b",
);

/// `struct clone_args`
#[repr(C)]
#[derive(Default)]
pub struct CloneArgs {
    /// `CLONE_…`
    pub flags: u64,
    /// Unused.
    pub pidfd: u64,
    /// Unused.
    pub child_tid: u64,
    /// Unused.
    pub parent_tid: u64,
    /// The signal that its end sends.
    pub exit_signal: u64,
    /// Lowest address of the child's stack, and how far above it the stack begins.
    pub stack: u64,
    /// See `stack`.
    pub stack_size: u64,
    /// Unused.
    pub tls: u64,
    /// Unused.
    pub set_tid: u64,
    /// Unused.
    pub set_tid_size: u64,
    /// With `CLONE_INTO_CGROUP`: a descriptor of the cgroup.
    pub cgroup: u64,
}

unsafe extern "C" {
    #[link_name = "cell_enter"]
    pub fn enter(saved: *mut usize, f: extern "C" fn(*mut u8) -> isize, arg: *mut u8) -> isize;
    #[link_name = "cell_resume"]
    pub fn resume(saved: usize, value: isize) -> !;
    #[link_name = "cell_hold"]
    pub fn hold(arg: *mut u8) -> !;
    #[link_name = "cell_spawn"]
    pub fn spawn(flags: usize, stack_top: usize, f: unsafe extern "C" fn(*mut u8) -> !, arg: *mut u8) -> isize;
    #[link_name = "cell_spawn3"]
    pub fn spawn3(args: *const CloneArgs, size: usize, f: unsafe extern "C" fn(*mut u8) -> !, arg: *mut u8) -> isize;
}
