//! CPython's C interface, as far as it is the same in every version from 3.9 on.
//!
//! The symbols are found in the executable (or its libpython) when this library is loaded into it.

use core::ffi::{c_char, c_int, c_long, c_void};

/// A Python object.
pub type Object = *mut c_void;

/// `PyStatus`: returned by value by the configuration calls. Its layout is the same in 3.8 to 3.14.
#[repr(C)]
pub struct Status {
    /// 0: fine.
    pub kind: c_int,
    function: *const c_char,
    /// What went wrong.
    pub message: *const c_char,
    exit_code: c_int,
}

/// `PyConfig` is initialised, filled and read by CPython alone; its layout differs by version and is never looked
/// at. The largest so far is below 600 bytes.
#[repr(C, align(16))]
pub struct Config(pub [u8; 4096]);

/// `PyObjectArenaAllocator`
#[repr(C)]
pub struct ArenaAllocator {
    /// Handed to both functions.
    pub context: *mut c_void,
    /// An arena of this size, or null.
    pub allocate: extern "C" fn(*mut c_void, usize) -> *mut c_void,
    /// Gives one back.
    pub free: extern "C" fn(*mut c_void, *mut c_void, usize),
}

/// `Py_file_input`
pub const FILE_INPUT: c_int = 257;

unsafe extern "C" {
    pub fn PyObject_SetArenaAllocator(allocator: *const ArenaAllocator);
    pub fn PyObject_Malloc(size: usize) -> *mut c_void;
    pub fn PyConfig_InitPythonConfig(config: *mut Config);
    pub fn PyConfig_SetBytesArgv(config: *mut Config, argc: isize, argv: *const *const c_char) -> Status;
    pub fn PyConfig_Clear(config: *mut Config);
    pub fn Py_InitializeFromConfig(config: *const Config) -> Status;
    pub fn PyOS_BeforeFork();
    pub fn PyOS_AfterFork_Child();
    pub fn PyDict_New() -> Object;
    pub fn PyDict_SetItemString(dict: Object, key: *const c_char, value: Object) -> c_int;
    pub fn PyDict_GetItemString(dict: Object, key: *const c_char) -> Object;
    pub fn PyEval_GetBuiltins() -> Object;
    pub fn PyEval_EvalCode(code: Object, globals: Object, locals: Object) -> Object;
    pub fn Py_CompileStringExFlags(
        text: *const c_char,
        name: *const c_char,
        start: c_int,
        flags: *mut c_void,
        optimize: c_int,
    ) -> Object;
    pub fn PyRun_FileExFlags(
        file: *mut c_void,
        name: *const c_char,
        start: c_int,
        globals: Object,
        locals: Object,
        close: c_int,
        flags: *mut c_void,
    ) -> Object;
    pub fn PyBytes_FromStringAndSize(bytes: *const c_char, len: isize) -> Object;
    pub fn PyUnicode_FromString(text: *const c_char) -> Object;
    pub fn PyUnicode_FromStringAndSize(text: *const c_char, len: isize) -> Object;
    pub fn PyLong_FromLong(number: c_long) -> Object;
    pub fn PyUnicode_AsUTF8(text: Object) -> *const c_char;
    pub fn PyList_New(len: isize) -> Object;
    pub fn PyList_SetItem(list: Object, index: isize, item: Object) -> c_int;
    pub fn PyTuple_GetItem(tuple: Object, index: isize) -> Object;
    pub fn PyObject_CallFunctionObjArgs(callable: Object, ...) -> Object;
    pub fn PyImport_AddModule(name: *const c_char) -> Object;
    pub fn PyModule_GetDict(module: Object) -> Object;
    pub fn PyLong_AsLong(object: Object) -> c_long;
    pub fn PyErr_Occurred() -> Object;
    pub fn PyErr_Print();
    pub fn PyErr_Fetch(kind: *mut Object, value: *mut Object, traceback: *mut Object);
    pub fn PyErr_NormalizeException(kind: *mut Object, value: *mut Object, traceback: *mut Object);
    pub fn PyException_SetTraceback(exception: Object, traceback: Object) -> c_int;
    pub fn Py_IncRef(object: Object);
    pub fn Py_DecRef(object: Object);
    static _Py_NoneStruct: c_void;
}

/// `None`, borrowed.
pub fn none() -> Object {
    (&raw const _Py_NoneStruct).cast_mut()
}

/// The C library, as far as Python's own start and end need it.
pub mod libc {
    use core::ffi::{c_char, c_int, c_void};
    unsafe extern "C" {
        pub fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void;
        pub fn unsetenv(name: *const c_char) -> c_int;
        pub fn fopen(path: *const c_char, mode: *const c_char) -> *mut c_void;
        pub fn fflush(file: *mut c_void) -> c_int;
        pub fn sbrk(increment: isize) -> *mut u8;
        pub fn malloc(size: usize) -> *mut u8;
        pub fn free(pointer: *mut u8);
        pub fn signal(number: c_int, handler: usize) -> usize;
    }
}
