//! What the service says to cells and keepers and what it hears, as bytes. Pure.
//!
//! One run in order. Out of order or malformed is an error: a keeper or cell that does not keep to it is given up.
//!
//! ```text
//! service -> zygote   MAKE_CELL with descriptors: stdin, stdout, stderr, cell's channel, keeper's channel [, folder]
//! keeper  -> service  KEEPER_HELLO
//! cell    -> service  CELL_READY                        (confined, rehearsed unless AT_ONCE was said, waiting)
//! service -> keeper   KEEPER_FILE_BYTES, KEEPER_PROCESSES, KEEPER_WANT_FOLDER     (where they apply)
//! service -> cell     job header, job                   (once, ever)
//! cell    -> service  frames: CELL_STARTED, then reports (from here on the program could write them: they are claims)
//! keeper  -> service  KEEPER_END                        (what the kernel said)
//! ```

use crate::abi::{CELL_READY, CELL_READY_LEN, END_LEN, JOB_HEADER_LEN, KEEPER_END};

/// How a program ended, as the kernel told its keeper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// Exit code or signal.
    pub status: Status,
    /// Processor time of all its processes, in microseconds.
    pub cpu_us: u64,
    /// Largest resident set of any of its processes, in bytes.
    pub max_rss: u64,
}

/// Exit code or signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Exit code, 0 to 255.
    Exited(i32),
    /// The signal that ended it.
    Signaled(i32),
}

/// Reads a keeper's last message.
pub fn parse_end(message: &[u8]) -> Option<End> {
    let message: &[u8; END_LEN] = message.try_into().ok()?;
    if message[0] != KEEPER_END {
        return None;
    }
    let raw = i32::from_le_bytes(message[1..5].try_into().ok()?);
    let status = match raw & 0x7f {
        0 => Status::Exited(raw >> 8 & 0xff),
        signal => Status::Signaled(signal),
    };
    Some(End {
        status,
        cpu_us: u64::from_le_bytes(message[5..13].try_into().ok()?),
        max_rss: u64::from_le_bytes(message[13..21].try_into().ok()?).saturating_mul(1024),
    })
}

/// Reads a cell's first message: the processor time that it has used so far, in microseconds, and the pid of the process that
/// holds its memory, or 0.
pub fn parse_ready(message: &[u8; CELL_READY_LEN]) -> Option<(u64, i32)> {
    let (tag, rest) = message.split_first()?;
    let (spent, holder) = rest.split_first_chunk()?;
    (*tag == CELL_READY).then_some((u64::from_le_bytes(*spent), i32::from_le_bytes(*holder.first_chunk()?)))
}

/// What a job's header says beside its length.
#[derive(Debug, Clone, Copy)]
pub struct JobLimits {
    /// Processes and threads of the program, and the one that holds its memory; its keeper is not counted.
    pub processes: u32,
    /// Memory, in bytes.
    pub memory_bytes: u64,
    /// Processor time of one process, in whole seconds: the kernel's own stop behind the watch of the tree.
    pub cpu_seconds: u32,
    /// The largest file, in bytes.
    pub file_bytes: u64,
}

/// A job: header and body, as the cell reads them. `kind` is made of `JOB_TEXT` and the like.
pub fn job(limits: JobLimits, kind: u32, body: &[u8]) -> Vec<u8> {
    /// It is one of the processes that the kernel counts.
    const KEEPER: u32 = 1;
    let mut bytes = Vec::with_capacity(JOB_HEADER_LEN + body.len());
    bytes.extend_from_slice(&(body.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&(limits.processes + KEEPER).to_le_bytes());
    bytes.extend_from_slice(&limits.memory_bytes.to_le_bytes());
    bytes.extend_from_slice(&limits.cpu_seconds.to_le_bytes());
    bytes.extend_from_slice(&u32::try_from(limits.file_bytes.div_ceil(1024)).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend_from_slice(&kind.to_le_bytes());
    bytes.extend_from_slice(body);
    bytes
}

/// A word to a keeper with a number.
pub fn keeper_word(tag: u8, number: u64) -> [u8; 9] {
    let mut word = [0; 9];
    word[0] = tag;
    word[1..].copy_from_slice(&number.to_le_bytes());
    word
}

/// Most frames that are read from one cell, and the longest of them, in bytes: beyond that nothing is believed.
pub const FRAMES_MAX: usize = 16;
/// See [`FRAMES_MAX`].
pub const FRAME_MAX: usize = 64 << 10;

/// The frames in what a cell wrote after its start: each a length (4 bytes, little endian) and that many bytes.
///
/// Stops without complaint at the first that is cut off or too long: the program may have written it.
pub fn frames(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (len, tail) = rest.split_first_chunk::<4>()?;
        let len = u32::from_le_bytes(*len) as usize;
        if len > FRAME_MAX || len > tail.len() {
            return None;
        }
        let (frame, tail) = tail.split_at(len);
        rest = tail;
        Some(frame)
    })
    .take(FRAMES_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(status: i32) -> Vec<u8> {
        let mut message = vec![KEEPER_END];
        message.extend(status.to_le_bytes());
        message.extend(1234u64.to_le_bytes());
        message.extend(10u64.to_le_bytes());
        message
    }

    #[test]
    fn an_end_is_an_exit_or_a_signal() {
        let expect = |raw, status| {
            let parsed = parse_end(&end(raw)).expect("well-formed");
            assert_eq!(parsed, End { status, cpu_us: 1234, max_rss: 10240 });
        };
        expect(0, Status::Exited(0));
        expect(3 << 8, Status::Exited(3));
        expect(255 << 8, Status::Exited(255));
        expect(9, Status::Signaled(9));
        expect(11 | 0x80, Status::Signaled(11));
    }

    #[test]
    fn an_end_may_claim_any_size() {
        let message = [&end(0)[..13], &u64::MAX.to_le_bytes()].concat();
        assert_eq!(parse_end(&message).expect("well-formed").max_rss, u64::MAX);
    }

    #[test]
    fn anything_else_is_no_end() {
        assert_eq!(parse_end(b""), None);
        assert_eq!(parse_end(&end(0)[..20]), None);
        let mut other = end(0);
        other[0] = b'H';
        assert_eq!(parse_end(&other), None);
    }

    #[test]
    fn frames_stop_at_what_is_cut_off_or_too_long() {
        let one = [&3u32.to_le_bytes()[..], b"abc"].concat();
        let many = one.repeat(FRAMES_MAX + 5);
        assert_eq!(frames(&one).collect::<Vec<_>>(), [b"abc"]);
        assert_eq!(frames(&many).count(), FRAMES_MAX);
        assert_eq!(frames(&one[..6]).count(), 0);
        assert_eq!(frames(&[one.clone(), vec![0xff; 40]].concat()).count(), 1);
        assert_eq!(frames(b"").count(), 0);
    }
}
