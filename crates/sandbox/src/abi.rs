//! What the launcher hands to the code inside the interpreter: one file, compiled into both.
//!
//! The launcher writes a [`Plan`] followed by three texts (the runner's boot script, its bundle of modules, its
//! settings) to an anonymous file; the library in the interpreter maps it. Nothing is interpreted twice: paths are
//! NUL-terminated, the system-call filter is ready-made BPF.

/// First eight bytes of a plan; changes with its layout.
pub const MAGIC: u64 = 0x5059_4345_4c4c_0004;

/// Descriptors that the zygote finds open beside 0, 1 and 2.
pub const COMMAND_FD: i32 = 3;
/// The plan.
pub const PLAN_FD: i32 = 4;
/// `/proc` of the outer namespace, as a directory.
pub const PROC_FD: i32 = 5;
/// Descriptors from here to [`FIRST_FREE_FD`] hold the Landlock rule set or the folders it is made of.
pub const LANDLOCK_FD: i32 = 6;

/// Most instructions in a system-call filter.
pub const FILTER_MAX: usize = 512;
/// Most resource limits.
pub const RLIMITS_MAX: usize = 16;
/// Most folders in a Landlock rule set that each cell builds for itself.
pub const RULES_MAX: usize = 40;

/// One BPF instruction (`struct sock_filter`).
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// Operation.
    pub code: u16,
    /// Jump if true.
    pub jt: u8,
    /// Jump if false.
    pub jf: u8,
    /// Operand.
    pub k: u32,
}

/// One resource limit, set for each cell before it is confined.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Rlimit {
    /// `RLIMIT_…`
    pub resource: u32,
    /// Keeps the layout free of padding.
    pub reserved: u32,
    /// Soft limit.
    pub soft: u64,
    /// Hard limit.
    pub hard: u64,
}

/// One folder or file and what Landlock grants beneath it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct PathGrant {
    /// Rights as the kernel counts them.
    pub access: u64,
    /// An `O_PATH` descriptor in the zygote.
    pub fd: i32,
    /// Keeps the layout free of padding.
    pub reserved: i32,
}

/// Everything that the code in the interpreter has to know.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// [`MAGIC`].
    pub magic: u64,
    /// Namespaces of each run: `CLONE_NEW…`; 0 at the level `landlock`.
    pub clone_flags: u64,
    /// Rights that Landlock handles: files, network, scopes.
    pub landlock_fs: u64,
    /// Network rights that Landlock handles (all of them denied).
    pub landlock_net: u64,
    /// Landlock scopes: signals and abstract sockets.
    pub landlock_scoped: u64,
    /// Rights in the run's own folder.
    pub landlock_workdir: u64,
    /// Length of `struct landlock_ruleset_attr` that this kernel knows.
    pub landlock_attr_len: u64,
    /// The rule set made ahead, or -1: each cell makes its own from `grants`.
    pub landlock_fd: i32,
    /// User and group inside the run and outside it.
    pub uid: u32,
    /// See `uid`.
    pub outer_uid: u32,
    /// See `uid`.
    pub outer_gid: u32,
    /// The descriptor of the channel to the service in a cell.
    pub report_fd: i32,
    /// Descriptors below this one may be the program's.
    pub nofile: u32,
    /// Highest capability that the kernel knows.
    pub last_cap: u32,
    /// How many of each are filled.
    pub rlimits_len: u32,
    /// See `rlimits_len`.
    pub grants_len: u32,
    /// See `rlimits_len`.
    pub filter_len: u32,
    /// Lengths of the texts behind the plan.
    pub boot_len: u32,
    /// See `boot_len`.
    pub bundle_len: u32,
    /// See `boot_len`.
    pub settings_len: u32,
    /// How many descriptors from [`LANDLOCK_FD`] on are Landlock's.
    pub landlock_descriptors: u32,
    /// See `rlimits_len`.
    pub zygote_filter_len: u32,
    /// 1 where clone and fork of a cell's program ask its keeper (no user namespace counts them).
    pub supervise_forks: u32,
    /// Where the run's own tmpfs goes, and its options.
    pub mountpoint: [u8; 64],
    /// See `mountpoint`.
    pub mount_options: [u8; 96],
    /// Folders to make in it; the first is the working directory.
    pub folders: [[u8; 64]; 3],
    /// Resource limits.
    pub rlimits: [Rlimit; RLIMITS_MAX],
    /// Landlock grants.
    pub grants: [PathGrant; RULES_MAX],
    /// The system-call filter that cells enter.
    pub filter: [Instruction; FILTER_MAX],
    /// And the one that zygotes enter, before.
    pub zygote_filter: [Instruction; FILTER_MAX],
}

/// Who failed while a cell was made, as told to the service in one message.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Descriptors did not arrive with the request.
    Receive = 1,
    /// The keeper could not be cloned into its namespaces.
    Namespaces = 2,
    /// The user map could not be written.
    UserMap = 3,
    /// The run's tmpfs could not be mounted.
    Mount = 4,
    /// Its folders could not be made or entered.
    Folder = 5,
    /// The keeper could not become the reaper of its run.
    Reaper = 6,
    /// The cell could not be forked.
    Fork = 7,
    /// Descriptors could not be arranged.
    Descriptors = 8,
    /// A resource limit could not be set.
    Limits = 9,
    /// Capabilities could not be dropped.
    Capabilities = 10,
    /// `no_new_privs` could not be set.
    NoNewPrivs = 11,
    /// Landlock could not be entered.
    Landlock = 12,
    /// The system-call filter could not be entered.
    Seccomp = 13,
    /// The keeper went away while it built the cell.
    KeeperDied = 14,
    /// The cell could not be started in its cgroup.
    Group = 15,
    /// The keeper or the cell could not ask to die with its parent.
    DeathSignal = 16,
}

/// Each step as a byte says it, with its layer.
const STEPS: [(Step, &str); 16] = [
    (Step::Receive, "process: receive the run's descriptors"),
    (Step::Namespaces, "namespaces: clone the keeper"),
    (Step::UserMap, "user namespace: write the run's map"),
    (Step::Mount, "mount namespace: mount the run's tmpfs"),
    (Step::Folder, "mount namespace: make and enter the run's folders"),
    (Step::Reaper, "process: become the reaper of the run"),
    (Step::Fork, "process: fork the cell"),
    (Step::Descriptors, "descriptors: put them in their places"),
    (Step::Limits, "limits: set them"),
    (Step::Capabilities, "capabilities: drop them"),
    (Step::NoNewPrivs, "no_new_privs: set it"),
    (Step::Landlock, "landlock: enter the rule set"),
    (Step::Seccomp, "seccomp: enter the filter"),
    (Step::KeeperDied, "process: wait for the keeper, which died"),
    (Step::Group, "cgroup: start the cell in it"),
    (Step::DeathSignal, "process: ask for a death signal"),
];

impl Step {
    /// Layer and step in words.
    pub fn words(self) -> &'static str {
        Step::of(self as u8).map_or("", |(_, words)| words)
    }
    /// The step that a byte stands for, with its words.
    pub fn of(byte: u8) -> Option<(Step, &'static str)> {
        STEPS.iter().find(|(step, _)| *step as u8 == byte).copied()
    }
}

/// What the service sends to the zygote: this byte and [`REHEARSED`] or [`AT_ONCE`], with the run's descriptors.
pub const MAKE_CELL: u8 = b'C';
/// The cell runs a throw-away program first: whoever uses it later does not wait for its page faults.
pub const REHEARSED: u8 = b'r';
/// It does not: somebody waits for it already.
pub const AT_ONCE: u8 = b'a';
/// The same; the last of the descriptors is the cgroup that the cell is to be started in.
pub const MAKE_CELL_IN_GROUP: u8 = b'G';
/// What the zygote answers once it is warm.
pub const ZYGOTE_READY: u8 = b'R';
/// What the zygote answers when a cell could not be made: this byte, the step, errno (4 bytes, little endian).
pub const CELL_FAILED: u8 = b'F';

/// What a keeper says when its cell exists.
pub const KEEPER_HELLO: u8 = b'H';
/// What a keeper says when its program has ended: this byte, then [`END_LEN`]-1 more.
pub const KEEPER_END: u8 = b'E';
/// Length of the last message: tag, wait status (4), processor time in us (8), largest resident set in KiB (8).
pub const END_LEN: usize = 21;
/// Ends the run.
pub const KEEPER_KILL: u8 = b'K';
/// Asks for the working directory with the last message.
pub const KEEPER_WANT_FOLDER: u8 = b'W';
/// Sets the size of the run's files: this byte, then the size in bytes (8).
pub const KEEPER_FILE_BYTES: u8 = b'B';
/// Sets the number of processes and threads where the keeper counts them: this byte, the number (8).
pub const KEEPER_PROCESSES: u8 = b'P';

/// What a cell says when it waits for a job, with the processor time it has used so far in microseconds (8) and
/// the pid of the process that holds its memory, as its namespace counts (4); 0 when there is none.
pub const CELL_READY: u8 = b'r';
/// See [`CELL_READY`].
pub const CELL_READY_LEN: usize = 13;
/// What the runner says, as a frame, when the job is in place and the program is next.
pub const CELL_STARTED: &[u8] = br#"{"started":true}"#;
/// Length of a job's header: length of what follows (4), processes (4), memory (8), processor seconds (4), KiB of a file (4),
/// what it is (4).
pub const JOB_HEADER_LEN: usize = 28;
/// What follows is a program's text, and all else is as the zygote has prepared it; without this, it is JSON.
pub const JOB_TEXT: u32 = 1;
/// What the program's objects do when they go may show.
pub const JOB_SHOWS_END: u32 = 2;
/// With [`JOB_TEXT`]: it is the program's side of a graded run.
pub const JOB_GRADED: u32 = 4;
