//! From the interpreter's first instruction to a warm zygote, and from a job to the program's exit.

use core::ffi::{c_char, c_int, c_void};
use core::ptr::null_mut;

use crate::abi::{
    CELL_READY, CELL_READY_LEN, COMMAND_FD, JOB_HEADER_LEN, JOB_TEXT, MAGIC, PLAN_FD, Plan, ZYGOTE_READY,
};
use crate::heap;
use crate::pages::Libraries;
use crate::python::{self, Object, libc};
use crate::sys::{self, syscall};
use crate::zygote;

type Main = extern "C" fn(c_int, *const *const c_char, *const *const c_char) -> c_int;
type StartMain = unsafe extern "C" fn(Main, c_int, *const *const c_char, usize, usize, usize, *mut c_void) -> c_int;

/// Takes the place of the C library's function of this name: the same start, another `main`.
///
/// # Safety
/// Called by the executable's entry code with the C library's own contract.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn __libc_start_main(
    _main: Main,
    argc: c_int,
    argv: *const *const c_char,
    init: usize,
    fini: usize,
    rtld_fini: usize,
    stack_end: *mut c_void,
) -> c_int {
    const RTLD_NEXT: *mut c_void = usize::MAX as *mut c_void;
    // SAFETY: the next definition is the C library's, of exactly this signature; the arguments are passed on.
    unsafe {
        let real = libc::dlsym(RTLD_NEXT, c"__libc_start_main".as_ptr());
        if real.is_null() {
            sys::exit(72);
        }
        let real: StartMain = core::mem::transmute(real);
        real(main, argc, argv, init, fini, rtld_fini, stack_end)
    }
}

/// The functions of the runner.
struct Runner {
    rehearse: Object,
    /// For a program's text.
    text: Object,
    /// For anything else.
    prepare: Object,
    finish: Object,
}

extern "C" fn main(argc: c_int, argv: *const *const c_char, _: *const *const c_char) -> c_int {
    let plan = map_plan();
    for variable in [c"LD_PRELOAD", c"LD_BIND_NOW"] {
        // SAFETY: single-threaded, before anything reads the environment.
        unsafe { libc::unsetenv(variable.as_ptr()) };
    }
    let libraries = Libraries::at_start();
    heap::watch();
    initialise(argc, argv);
    let settle = boot(plan);
    heap::fill();
    let runner = load(settle);
    heap::close();
    libraries.settle();
    sys::send(COMMAND_FD, &[ZYGOTE_READY]).unwrap_or_else(|_| sys::exit(0));
    // SAFETY: the interpreter is initialised and this is its only thread.
    unsafe { python::PyOS_BeforeFork() };
    let (holder, rehearses) = zygote::serve(plan);
    // From here on this is a cell: confined, one of a kind, and about to run one job.
    // SAFETY: the counterpart of PyOS_BeforeFork in a forked child.
    unsafe { python::PyOS_AfterFork_Child() };
    run(plan, &runner, holder, rehearses)
}

/// Maps the plan and the texts behind it for good.
fn map_plan() -> &'static Plan {
    const PROT_READ: usize = 1;
    const MAP_PRIVATE: usize = 2;
    let map = |len: usize| {
        // SAFETY: a fresh read-only mapping at an address of the kernel's choice.
        unsafe { syscall!(MMAP, 0, len, PROT_READ, MAP_PRIVATE, PLAN_FD, 0) }.unwrap_or_else(|_| sys::exit(73))
    };
    let head = map(size_of::<Plan>()) as *const Plan;
    // SAFETY: the launcher wrote a whole plan; it is plain data for which every bit pattern is valid.
    let plan = unsafe { &*head };
    if plan.magic != MAGIC {
        sys::exit(74);
    }
    let len = size_of::<Plan>() + (plan.boot_len + plan.bundle_len + plan.settings_len) as usize + 3;
    let whole = map(len) as *const Plan;
    sys::close(PLAN_FD);
    // SAFETY: as above; the first mapping stays, unused.
    unsafe { &*whole }
}

fn fail(message: *const c_char) -> ! {
    if !message.is_null() {
        let mut len = 0;
        // SAFETY: a NUL-terminated text of CPython's.
        while unsafe { *message.add(len) } != 0 {
            len += 1;
        }
        // SAFETY: as measured.
        let _ = sys::write_all(2, unsafe { core::slice::from_raw_parts(message.cast(), len) });
        let _ = sys::write_all(2, b"\n");
    }
    sys::exit(75)
}

/// Initialises CPython as the `python3` executable does for these arguments, up to the point where it would run
/// the program.
fn initialise(argc: c_int, argv: *const *const c_char) {
    let mut config = python::Config([0; 4096]);
    // SAFETY: the order of calls that CPython documents for a configuration; the buffer outlives them.
    unsafe {
        python::PyConfig_InitPythonConfig(&mut config);
        let status = python::PyConfig_SetBytesArgv(&mut config, argc as isize, argv);
        if status.kind != 0 {
            fail(status.message);
        }
        let status = python::Py_InitializeFromConfig(&config);
        if status.kind != 0 {
            fail(status.message);
        }
        python::PyConfig_Clear(&mut config);
    }
}

/// Ends the process with Python's own account of what is wrong.
fn fail_with_python_error() -> ! {
    // SAFETY: an exception is set; the interpreter is initialised.
    unsafe {
        python::PyErr_Print();
        libc::fflush(null_mut());
    }
    sys::exit(76)
}

fn checked(object: Object) -> Object {
    if object.is_null() {
        fail_with_python_error()
    }
    object
}

/// Executes the runner's boot script and calls its `boot(bundle, settings)`: what is to be called for the rest.
fn boot(plan: &'static Plan) -> Object {
    // SAFETY: the texts stand behind the plan in this order, each followed by a NUL; objects are checked for null
    // before they are used, and this process never gives them up.
    unsafe {
        let text = (&raw const *plan).add(1).cast::<c_char>();
        let bundle = text.add(plan.boot_len as usize + 1);
        let settings = bundle.add(plan.bundle_len as usize + 1);
        let globals = checked(python::PyDict_New());
        python::PyDict_SetItemString(globals, c"__builtins__".as_ptr(), python::PyEval_GetBuiltins());
        let name = checked(python::PyUnicode_FromString(c"<runner/boot.py>".as_ptr()));
        python::PyDict_SetItemString(globals, c"__name__".as_ptr(), name);
        let code =
            python::Py_CompileStringExFlags(text, c"<runner/boot.py>".as_ptr(), python::FILE_INPUT, null_mut(), -1);
        checked(python::PyEval_EvalCode(checked(code), globals, globals));
        let function = checked(python::PyDict_GetItemString(globals, c"boot".as_ptr()));
        let bundle = checked(python::PyBytes_FromStringAndSize(bundle, plan.bundle_len as isize));
        let settings = checked(python::PyBytes_FromStringAndSize(settings, plan.settings_len as isize));
        let settle = checked(python::PyObject_CallFunctionObjArgs(function, bundle, settings, null_mut::<c_void>()));
        python::Py_DecRef(bundle);
        settle
    }
}

/// Loads the rest of the runner.
fn load(settle: Object) -> Runner {
    // SAFETY: the callable is alive, the argument list ends with null; the tuple is never given up.
    unsafe {
        let functions = checked(python::PyObject_CallFunctionObjArgs(settle, null_mut::<c_void>()));
        let function = |at| checked(python::PyTuple_GetItem(functions, at));
        Runner { rehearse: function(0), text: function(1), prepare: function(2), finish: function(3) }
    }
}

/// A cell's whole life after its confinement.
fn run(plan: &Plan, runner: &Runner, holder: i32, rehearses: bool) -> ! {
    if rehearses {
        // SAFETY: the callables are alive; the argument list ends with null.
        checked(unsafe { python::PyObject_CallFunctionObjArgs(runner.rehearse, null_mut::<c_void>()) });
    }
    let channel = plan.report_fd;
    let mut ready = [CELL_READY; CELL_READY_LEN];
    ready[9..].copy_from_slice(&holder.to_le_bytes());
    ready[1..9].copy_from_slice(&sys::own_usage().cpu_us().to_le_bytes());
    if sys::write_all(channel, &ready).is_err() {
        sys::exit(0);
    }
    let mut header = [0u8; JOB_HEADER_LEN];
    match sys::read_exact(channel, &mut header) {
        Ok(true) => {}
        _ => sys::exit(0), // the service gave this cell up
    }
    let word = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    let (len, kind) = (word(0) as usize, word(24));
    limit_run(plan, &header);
    let is_text = kind & JOB_TEXT != 0;
    // SAFETY: malloc answers null or a block of that length; the object copies it.
    let job = unsafe {
        let block = libc::malloc(len + 1);
        if block.is_null() {
            sys::exit(77);
        }
        let bytes = core::slice::from_raw_parts_mut(block, len);
        if sys::read_exact(channel, bytes) != Ok(true) {
            sys::exit(0);
        }
        let job = if is_text {
            write_program(bytes).unwrap_or_else(|_| sys::exit(80));
            python::PyUnicode_FromStringAndSize(block.cast(), len as isize)
        } else {
            python::PyBytes_FromStringAndSize(block.cast(), len as isize)
        };
        libc::free(block);
        checked(job)
    };
    let prepare = if is_text { runner.text } else { runner.prepare };
    // SAFETY: the callables are alive; the argument list ends with null; what is given up is not used again.
    let code = unsafe {
        let kind = checked(python::PyLong_FromLong(kind.into()));
        let code = checked(python::PyObject_CallFunctionObjArgs(prepare, job, kind, null_mut::<c_void>()));
        python::Py_DecRef(kind);
        python::Py_DecRef(job);
        code
    };
    let exception = run_main(code);
    // SAFETY: as above; `exception` is a live list.
    let status = unsafe {
        let answer = checked(python::PyObject_CallFunctionObjArgs(runner.finish, exception, null_mut::<c_void>()));
        let status = python::PyLong_AsLong(answer);
        libc::fflush(null_mut());
        status
    };
    end(status)
}

/// Writes `main.py` into the folder that the cell stands in, which is empty.
fn write_program(text: &[u8]) -> sys::Result<()> {
    const AT_FDCWD: isize = -100;
    const WRITE_NEW: usize = 0o1 | 0o100 | 0o200; // O_WRONLY, O_CREAT, O_EXCL
    // SAFETY: the name ends with a NUL.
    let fd = unsafe { syscall!(OPENAT, AT_FDCWD, c"main.py".as_ptr(), WRITE_NEW, 0o644) }? as i32;
    let written = sys::write_all(fd, text);
    sys::close(fd);
    written
}

/// Sets what this job may use: memory of each process, processes and threads, processor seconds of each process.
///
/// The service watches the whole tree; these are the kernel's own stops for a single process.
fn limit_run(plan: &Plan, header: &[u8; JOB_HEADER_LEN]) {
    const RLIMIT_CPU: u32 = 0;
    const RLIMIT_FSIZE: u32 = 1;
    const RLIMIT_DATA: u32 = 2;
    const RLIMIT_NPROC: u32 = 6;
    const RLIMIT_AS: u32 = 9;
    /// What the interpreter itself has mapped, and room for the watch to see a tree that is over its limit.
    const DATA_SLACK: u64 = 64 << 20;
    /// Maps that hold no memory: thread stacks, shared libraries, what linear algebra reserves.
    const ADDRESS_SLACK: u64 = 1 << 30;
    let word = |at: usize| u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]) as u64;
    let processes = word(4);
    let memory = word(8) | word(12) << 32;
    let seconds = word(16);
    let lower = |resource: u32, value: u64| {
        if sys::set_limit(0, resource, value, value).is_ok() {
            return;
        }
        // It is lower already, and cannot be raised.
        let Ok((_, hard)) = sys::limit(resource) else { sys::exit(78) };
        if hard > value || sys::set_limit(0, resource, hard, hard).is_err() {
            sys::exit(78);
        }
    };
    lower(RLIMIT_DATA, memory + DATA_SLACK);
    lower(RLIMIT_AS, memory + ADDRESS_SLACK);
    lower(RLIMIT_CPU, seconds);
    lower(RLIMIT_FSIZE, word(20) << 10);
    // Without a user namespace it would count every run of this user; there the keeper counts.
    if plan.supervise_forks == 0 {
        lower(RLIMIT_NPROC, processes);
    }
}

/// Runs `main.py`, or the code that was made of it, with no Python frame beneath; answers a list with the uncaught
/// exception or None. In a list the runner can let go of it before this side does: objects that it holds have to go
/// when a program would see them go.
fn run_main(code: Object) -> Object {
    // SAFETY: `__main__` exists; its dictionary is borrowed from a module that lives as long as the program.
    unsafe {
        let globals = python::PyModule_GetDict(checked(python::PyImport_AddModule(c"__main__".as_ptr())));
        python::Py_IncRef(globals);
        let result = if code == python::none() {
            let path = python::PyDict_GetItemString(globals, c"__file__".as_ptr());
            let path = checked(python::PyUnicode_AsUTF8(checked(path)).cast_mut().cast());
            let file = libc::fopen(path.cast(), c"rb".as_ptr());
            if file.is_null() {
                sys::exit(79);
            }
            python::PyRun_FileExFlags(file, path.cast(), python::FILE_INPUT, globals, globals, 1, null_mut())
        } else {
            python::PyEval_EvalCode(code, globals, globals)
        };
        python::Py_DecRef(globals);
        if !result.is_null() {
            python::Py_DecRef(result);
            python::Py_IncRef(python::none());
            let list = checked(python::PyList_New(1));
            python::PyList_SetItem(list, 0, python::none());
            return list;
        }
        let (mut kind, mut value, mut traceback) = (null_mut(), null_mut(), null_mut());
        python::PyErr_Fetch(&mut kind, &mut value, &mut traceback);
        python::PyErr_NormalizeException(&mut kind, &mut value, &mut traceback);
        if !traceback.is_null() {
            python::PyException_SetTraceback(value, traceback);
            python::Py_DecRef(traceback);
        }
        python::Py_DecRef(kind);
        let list = checked(python::PyList_New(1));
        python::PyList_SetItem(list, 0, value); // takes over the reference
        list
    }
}

/// Leaves as the runner says: with an exit code, or by a signal when it is negative.
fn end(status: core::ffi::c_long) -> ! {
    if status < 0 {
        let signal = -status as c_int;
        // SAFETY: restores the default action; takes no pointers.
        unsafe {
            libc::signal(signal, 0);
            let pid = syscall!(GETPID,).unwrap_or(0);
            let _ = sys::kill(pid as i32, signal);
        }
    }
    sys::exit((status & 0xff) as i32)
}
