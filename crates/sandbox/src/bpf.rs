//! Compiles the system-call policy to BPF: two filters, each of which can only take away.
//!
//! The kernel takes a filter in anew for each process that enters it, at 0.7 us for each instruction, translated to machine
//! code and back to nothing at its end. So most of the policy is in the filter that a zygote enters once and that all of its
//! keepers and cells inherit; a cell enters a short one, which takes away what it took to build its sandbox.
//!
//! Numbers are found by binary search over ranges, so that a call costs eight comparisons and the kernel's cache of
//! decisions is built quickly; a linear list of the same policy takes the kernel three times as long to take in.

use std::collections::{BTreeMap, BTreeSet};

use crate::abi::Instruction;
use crate::level::Level;
use crate::policy::guarded::{GUARDED, GUARDED_HERE};
use crate::policy::setup::SETUP;
use crate::policy::syscalls::{ALLOWED, ALLOWED_HERE, Check, GAP, Guarded, LAST_KNOWN, SIGNALLING, SUPERVISED};

const LOAD: u16 = 0x20; // BPF_LD | BPF_W | BPF_ABS
const JUMP: u16 = 0x05; // BPF_JMP | BPF_JA
const EQUAL: u16 = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const GREATER_EQUAL: u16 = 0x35; // BPF_JMP | BPF_JGE | BPF_K
const BITS_SET: u16 = 0x45; // BPF_JMP | BPF_JSET | BPF_K
const AND: u16 = 0x54; // BPF_ALU | BPF_AND | BPF_K
const RETURN: u16 = 0x06; // BPF_RET | BPF_K

const ALLOW: u32 = 0x7fff_0000;
const ERRNO: u32 = 0x0005_0000;
const ASK: u32 = 0x7fc0_0000; // SECCOMP_RET_USER_NOTIF
const KILL: u32 = 0x8000_0000;

const NUMBER_AT: u32 = 0;
const ARCHITECTURE_AT: u32 = 4;

#[cfg(target_arch = "x86_64")]
const ARCHITECTURE: u32 = 0xc000_003e;
#[cfg(target_arch = "aarch64")]
const ARCHITECTURE: u32 = 0xc000_00b7;

/// Where the low half of an argument lies in `struct seccomp_data` (both machines are little-endian).
fn argument_at(arg: u8) -> u32 {
    16 + 8 * u32::from(arg)
}

/// What happens to one number.
#[derive(Debug, Clone, Copy)]
enum Action {
    Return(u32),
    Check { check: Check, otherwise: u32, then: u32 },
}

impl Action {
    fn is_plain(self, value: u32) -> bool {
        matches!(self, Action::Return(v) if v == value)
    }
}

/// What the filter depends on beside the policy.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The level.
    pub level: Level,
    /// Signals cannot leave the run: it has a pid namespace, or Landlock scopes them (ABI 6).
    pub signals_scoped: bool,
    /// Clones and forks ask the keeper.
    pub supervise_forks: bool,
}

/// What a program's calls answer: the two filters together.
fn actions(settings: Settings) -> BTreeMap<u32, Action> {
    let mut actions = BTreeMap::new();
    for (_, number) in ALLOWED.iter().chain(ALLOWED_HERE).flat_map(|g| g.calls) {
        actions.insert(*number as u32, Action::Return(ALLOW));
    }
    let guarded = || GUARDED.iter().chain(GUARDED_HERE);
    for Guarded { number, .. } in guarded() {
        actions.insert(*number as u32, Action::Return(ALLOW));
    }
    for Guarded { number, check, errno, .. } in guarded().filter(|g| g.at.contains(&settings.level)) {
        let otherwise = ERRNO | *errno as u32;
        let action = match check {
            Check::Never => Action::Return(otherwise),
            check => Action::Check { check: *check, otherwise, then: ALLOW },
        };
        actions.insert(*number as u32, action);
    }
    if !settings.signals_scoped {
        for number in SIGNALLING {
            actions.insert(*number as u32, Action::Return(ERRNO | libc::EPERM as u32));
        }
    }
    if settings.supervise_forks {
        for number in SUPERVISED {
            actions.entry(*number as u32).and_modify(|action| {
                *action = match *action {
                    Action::Return(ALLOW) => Action::Return(ASK),
                    Action::Check { check, otherwise, then: ALLOW } => Action::Check { check, otherwise, then: ASK },
                    other => other,
                }
            });
        }
    }
    actions
}

/// The two filters.
#[derive(Debug, Clone)]
pub struct Filters {
    /// Of zygotes, and of all that they start.
    pub zygote: Vec<Instruction>,
    /// Of cells, beside the first.
    pub cell: Vec<Instruction>,
}

/// The calls that are left to the second filter: what it takes to build a sandbox, or to keep one.
fn left_to_cells(settings: Settings) -> BTreeSet<u32> {
    let setup = SETUP.iter().filter(|setup| setup.at.contains(&settings.level)).map(|setup| setup.number);
    // Keepers kill, and their forks ask nobody.
    let signalling = SIGNALLING.iter().copied().filter(|_| !settings.signals_scoped);
    let supervised = SUPERVISED.iter().copied().filter(|_| settings.supervise_forks);
    setup.chain(signalling).chain(supervised).map(|number| number as u32).collect()
}

/// The filters for these settings.
pub fn compile(settings: Settings) -> Filters {
    let actions = actions(settings);
    let left = left_to_cells(settings);
    let denied = Action::Return(ERRNO | libc::EPERM as u32);
    let unknown = Action::Return(ERRNO | libc::ENOSYS as u32);
    let allowed = Action::Return(ALLOW);
    let stated = |number: u32| {
        let unlisted = if GAP.contains(&i64::from(number)) { unknown } else { denied };
        actions.get(&number).copied().unwrap_or(unlisted)
    };
    Filters {
        zygote: filter(|number| if left.contains(&number) { allowed } else { stated(number) }, unknown),
        cell: filter(|number| if left.contains(&number) { stated(number) } else { allowed }, allowed),
    }
}

/// A filter that answers so to each known number, and `beyond` to those above.
fn filter(answer: impl Fn(u32) -> Action, beyond: Action) -> Vec<Instruction> {
    // Ranges of numbers with the same plain answer; a checked number is a range of its own.
    let mut ranges: Vec<(u32, Action)> = Vec::new();
    let known = (0..=LAST_KNOWN as u32).map(|number| (number, answer(number)));
    for (number, action) in known.chain([(LAST_KNOWN as u32 + 1, beyond)]) {
        let same = match (ranges.last(), action) {
            (Some((_, last)), Action::Return(value)) => last.is_plain(value),
            _ => false,
        };
        if !same {
            ranges.push((number, action));
        }
    }
    let mut code = Code(Vec::new());
    let found = code.search(&ranges);
    let loaded = code.push(LOAD, NUMBER_AT, found);
    let killed = code.answer(KILL);
    let known = code.jump(EQUAL, ARCHITECTURE, loaded, killed);
    code.push(LOAD, ARCHITECTURE_AT, known);
    code.0.into_iter().rev().collect()
}

/// A filter under construction, from its last instruction to its first: jumps lead forward only, so where they lead is
/// there before they are, and an answer can be shared by all that come before it.
struct Code(Vec<Instruction>);

/// An instruction, by how many there were when it was added.
type Label = usize;

impl Code {
    fn add(&mut self, code: u16, jt: u8, jf: u8, k: u32) -> Label {
        self.0.push(Instruction { code, jt, jf, k });
        self.0.len() - 1
    }

    /// How many instructions lie between the next one and that.
    fn distance(&self, to: Label) -> usize {
        self.0.len() - to - 1
    }

    /// Adds an instruction that goes on at `next`.
    fn push(&mut self, code: u16, k: u32, next: Label) -> Label {
        if self.distance(next) > 0 {
            self.add(JUMP, 0, 0, self.distance(next) as u32);
        }
        self.add(code, 0, 0, k)
    }

    /// An answer: the nearest of its kind, or a new one.
    fn answer(&mut self, value: u32) -> Label {
        /// Well below what a jump can span: the instructions in between are still to come.
        const NEAR: usize = 160;
        let shared = self.0.iter().rposition(|i| i.code == RETURN && i.k == value);
        shared.filter(|at| self.distance(*at) < NEAR).unwrap_or_else(|| self.add(RETURN, 0, 0, value))
    }

    /// A condition; by way of plain jumps where its own do not reach.
    fn jump(&mut self, code: u16, k: u32, yes: Label, no: Label) -> Label {
        let within = |code: &mut Self, label: Label, more: usize| {
            let far = code.distance(label) + more > usize::from(u8::MAX);
            if far { code.add(JUMP, 0, 0, code.distance(label) as u32) } else { label }
        };
        let yes = within(self, yes, 1);
        let no = within(self, no, 0);
        let span = |label| u8::try_from(self.distance(label)).expect("brought within reach");
        let (jt, jf) = (span(yes), span(no));
        self.add(code, jt, jf, k)
    }

    /// A binary search over sorted ranges; the number is in the accumulator.
    fn search(&mut self, ranges: &[(u32, Action)]) -> Label {
        if let [(_, action)] = ranges {
            return match *action {
                Action::Return(value) => self.answer(value),
                Action::Check { check, otherwise, then } => {
                    let then = self.answer(then);
                    self.require(check, otherwise, then)
                }
            };
        }
        let (lower, upper) = ranges.split_at(ranges.len() / 2);
        let above = self.search(upper);
        let below = self.search(lower);
        self.jump(GREATER_EQUAL, upper[0].0, above, below)
    }

    /// Goes on at `then` where the check holds, and answers `otherwise` where it does not.
    fn require(&mut self, check: Check, otherwise: u32, then: Label) -> Label {
        let refused = self.answer(otherwise);
        let one_of = |code: &mut Self, values: &[u32]| {
            values.iter().rev().fold(refused, |next, value| code.jump(EQUAL, *value, then, next))
        };
        match check {
            Check::Never => refused,
            Check::NoBits { arg, bits } => {
                let looked = self.jump(BITS_SET, bits, refused, then);
                self.push(LOAD, argument_at(arg), looked)
            }
            Check::OneOf { arg, values } => {
                let looked = one_of(self, values);
                self.push(LOAD, argument_at(arg), looked)
            }
            Check::BitsOneOf { arg, bits, values } => {
                let looked = one_of(self, values);
                let masked = self.push(AND, bits, looked);
                self.push(LOAD, argument_at(arg), masked)
            }
            Check::All(checks) => checks.iter().rev().fold(then, |next, check| self.require(*check, otherwise, next)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asks both filters, as the kernel does: the stricter answer holds.
    fn run(filters: &Filters, architecture: u32, number: u32, args: [u64; 6]) -> u32 {
        let strictness =
            |answer: &u32| [KILL, ERRNO, ASK, ALLOW].iter().position(|kind| kind == &(answer & 0xffff_0000));
        let answers = [&filters.zygote, &filters.cell].map(|code| ask(code, architecture, number, args));
        answers.into_iter().min_by_key(strictness).expect("two")
    }

    /// Runs a filter as the kernel would.
    fn ask(code: &[Instruction], architecture: u32, number: u32, args: [u64; 6]) -> u32 {
        let load = |at: u32| match at {
            NUMBER_AT => number,
            ARCHITECTURE_AT => architecture,
            at => {
                let arg = args[(at as usize - 16) / 8];
                if (at as usize - 16).is_multiple_of(8) { arg as u32 } else { (arg >> 32) as u32 }
            }
        };
        let (mut at, mut accumulator) = (0usize, 0u32);
        loop {
            let Instruction { code: operation, jt, jf, k } = code[at];
            at += 1;
            let branch = |yes: bool| if yes { jt as usize } else { jf as usize };
            match operation {
                LOAD => accumulator = load(k),
                JUMP => at += k as usize,
                EQUAL => at += branch(accumulator == k),
                GREATER_EQUAL => at += branch(accumulator >= k),
                BITS_SET => at += branch(accumulator & k != 0),
                AND => accumulator &= k,
                RETURN => return k,
                other => panic!("no such operation: {other:#x}"),
            }
        }
    }

    /// Whether a condition holds, as its documentation says.
    fn holds(check: Check, args: [u64; 6]) -> bool {
        let low = |arg: u8| args[usize::from(arg)] as u32;
        match check {
            Check::Never => false,
            Check::NoBits { arg, bits } => low(arg) & bits == 0,
            Check::OneOf { arg, values } => values.contains(&low(arg)),
            Check::BitsOneOf { arg, bits, values } => values.contains(&(low(arg) & bits)),
            Check::All(checks) => checks.iter().all(|check| holds(*check, args)),
        }
    }

    /// Each argument of a call in turn is each value that some condition names, alone and with its neighbours.
    #[test]
    fn every_condition_is_the_one_that_the_policy_states() {
        let mut values: Vec<u64> = (0..64).map(|bit| 1 << bit).chain(0..64).chain([u64::MAX]).collect();
        let mut named = |check: &Check| match check {
            Check::OneOf { values: list, .. } | Check::BitsOneOf { values: list, .. } => {
                values.extend(list.iter().flat_map(|v| [u64::from(*v), u64::from(*v) + 1, u64::from(*v) | 1 << 32]))
            }
            Check::NoBits { bits, .. } => values.push(u64::from(*bits)),
            Check::Never | Check::All(_) => {}
        };
        GUARDED.iter().chain(GUARDED_HERE).for_each(|guarded| match guarded.check {
            Check::All(checks) => checks.iter().for_each(&mut named),
            check => named(&check),
        });
        for settings in [NAMESPACES, LANDLOCK] {
            let code = compile(settings);
            for (number, action) in actions(settings) {
                let Action::Check { check, otherwise, then } = action else { continue };
                for (first, second) in values.iter().flat_map(|value| [(*value, 1), (1, *value), (0, *value)]) {
                    for args in [[first, second, 0, 0, 0, 0], [first, 0, second, 0, 0, 0]] {
                        let expected = if holds(check, args) { then } else { otherwise };
                        assert_eq!(run(&code, ARCHITECTURE, number, args), expected, "{number} {args:x?}");
                    }
                }
            }
        }
    }

    const NAMESPACES: Settings = Settings { level: Level::Namespaces, signals_scoped: true, supervise_forks: false };
    const LANDLOCK: Settings = Settings { level: Level::Landlock, signals_scoped: true, supervise_forks: true };

    #[test]
    fn every_number_gets_the_answer_that_the_policy_states() {
        for settings in [NAMESPACES, LANDLOCK] {
            let code = compile(settings);
            let stated = actions(settings);
            for number in 0..=LAST_KNOWN as u32 {
                let answer = run(&code, ARCHITECTURE, number, [0; 6]);
                match stated.get(&number) {
                    None if GAP.contains(&i64::from(number)) => {
                        assert_eq!(answer, ERRNO | libc::ENOSYS as u32, "{number}")
                    }
                    None => assert_eq!(answer, ERRNO | libc::EPERM as u32, "{number}"),
                    Some(Action::Return(value)) => assert_eq!(answer, *value, "{number}"),
                    Some(Action::Check { .. }) => {}
                }
            }
            for unknown in [LAST_KNOWN as u32 + 1, 600, 0x4000_0000, u32::MAX] {
                assert_eq!(run(&code, ARCHITECTURE, unknown, [0; 6]), ERRNO | libc::ENOSYS as u32);
            }
            assert_eq!(run(&code, 0x4000_0003, 0, [0; 6]), KILL, "a call of another architecture");
            assert!(code.cell.len() < 70, "{} instructions", code.cell.len());
        }
    }

    #[test]
    fn zygotes_and_keepers_may_do_what_they_have_to_and_little_more() {
        for settings in [NAMESPACES, LANDLOCK, Settings { signals_scoped: false, ..LANDLOCK }] {
            let Filters { zygote, .. } = compile(settings);
            let answer = |number: i64| ask(&zygote, ARCHITECTURE, number as u32, [u64::MAX; 6]);
            for setup in SETUP.iter().filter(|setup| setup.at.contains(&settings.level)) {
                assert_eq!(answer(setup.number), ALLOW, "{}", setup.name);
            }
            assert_eq!(answer(libc::SYS_kill), ALLOW);
            for number in [libc::SYS_socket, libc::SYS_ptrace, libc::SYS_bpf, libc::SYS_unshare, libc::SYS_setns] {
                assert_ne!(answer(number), ALLOW, "{number}");
            }
        }
    }

    #[test]
    fn conditions_look_at_their_arguments() {
        let code = compile(NAMESPACES);
        let answer = |number: i64, args: [u64; 6]| run(&code, ARCHITECTURE, number as u32, args);
        let errno = |e: i32| ERRNO | e as u32;
        assert_eq!(answer(libc::SYS_clone, [17, 0, 0, 0, 0, 0]), ALLOW);
        assert_eq!(answer(libc::SYS_clone, [17 | libc::CLONE_NEWUSER as u64, 0, 0, 0, 0, 0]), errno(libc::EPERM));
        assert_eq!(answer(libc::SYS_clone3, [0; 6]), errno(libc::ENOSYS));
        for family in 0..64 {
            assert_eq!(answer(libc::SYS_socket, [family, 1, 0, 0, 0, 0]), errno(libc::EACCES), "family {family}");
        }
        assert_eq!(answer(libc::SYS_ioctl, [0, 0x5401, 0, 0, 0, 0]), ALLOW);
        assert_eq!(answer(libc::SYS_ioctl, [0, 0x5412, 0, 0, 0, 0]), errno(libc::ENOTTY), "TIOCSTI");
        assert_eq!(answer(libc::SYS_ioctl, [0, 0x1_0000_5412, 0, 0, 0, 0]), errno(libc::ENOTTY));
        assert_eq!(answer(libc::SYS_utimensat, [0, 1 << 40, 0, 0, 0, 0]), ALLOW);
        let code = compile(LANDLOCK);
        let answer = |number: i64, args: [u64; 6]| run(&code, ARCHITECTURE, number as u32, args);
        assert_eq!(answer(libc::SYS_clone, [17, 0, 0, 0, 0, 0]), ASK);
        assert_eq!(answer(libc::SYS_socket, [libc::AF_UNIX as u64, 1, 0, 0, 0, 0]), errno(libc::EACCES));
        assert_eq!(answer(libc::SYS_utimensat, [0, 1 << 40, 0, 0, 0, 0]), errno(libc::EPERM), "high half of a pointer");
        assert_eq!(answer(libc::SYS_setpriority, [0; 6]), ALLOW);
        assert_eq!(answer(libc::SYS_setpriority, [2, 0, 0, 0, 0, 0]), errno(libc::EPERM), "PRIO_USER");
        let pair = |kind: i32| answer(libc::SYS_socketpair, [libc::AF_UNIX as u64, kind as u64, 0, 0, 0, 0]);
        assert_eq!(pair(libc::SOCK_STREAM | libc::SOCK_CLOEXEC), ALLOW);
        assert_eq!(pair(libc::SOCK_DGRAM | libc::SOCK_CLOEXEC), errno(libc::EAFNOSUPPORT));
    }
}
