//! Frames on a cell's channel: a length (4 bytes, little endian) and that many bytes of ASCII JSON.
//!
//! What comes from a program cell may have been written by the learner's code. It is cut into frames here, whatever
//! it is, in pieces of any size; nothing is kept beyond the longest frame that is allowed, and a frame is looked at
//! once, as it comes.

/// Longest frame of a program, in bytes.
pub const PROGRAM_FRAME_MAX: usize = 8 << 20;
/// How deep brackets may stand within each other in a program's frame: the reader on the other side calls itself.
pub const PROGRAM_DEPTH_MAX: u32 = 200;
/// Longest frame of the tests, in bytes.
pub const TESTS_FRAME_MAX: usize = 16 << 20;

/// What frames may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The longest, in bytes.
    pub len: usize,
    /// How deep brackets may stand within each other.
    pub depth: u32,
}

impl Bounds {
    /// Those of a program cell.
    pub const PROGRAM: Bounds = Bounds { len: PROGRAM_FRAME_MAX, depth: PROGRAM_DEPTH_MAX };
    /// Those of a tests cell.
    pub const TESTS: Bounds = Bounds { len: TESTS_FRAME_MAX, depth: u32::MAX };
}

/// What is wrong with what came. Nothing that comes after it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// Longer than it may be.
    #[error("a frame is too long")]
    TooLong,
    /// Deeper than it may be.
    #[error("a frame is nested too deep")]
    TooDeep,
    /// It begins with neither `[` nor `{`.
    #[error("a frame is neither a word nor a part of the conversation")]
    Unknown,
}

/// A whole frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame<'a> {
    /// Of the conversation of tests and program: the frame with its length, as it is passed on.
    Talk(&'a [u8]),
    /// A word to the service: the JSON.
    Word(&'a [u8]),
}

/// The bytes of a frame's length.
pub const HEADER: usize = 4;

/// Cuts bytes into frames.
#[derive(Debug)]
pub struct Frames {
    bounds: Bounds,
    bytes: Vec<u8>,
    /// Where the present frame begins.
    at: usize,
    /// Up to where its brackets have been counted.
    counted: usize,
    brackets: Brackets,
    broken: Option<Broken>,
}

/// How deep a text of JSON stands after what was read of it.
#[derive(Debug, Clone, Copy, Default)]
struct Brackets {
    depth: u32,
    in_string: bool,
    escaped: bool,
}

impl Brackets {
    /// Reads on; false if it went deeper than `most`.
    fn read(&mut self, text: &[u8], most: u32) -> bool {
        for byte in text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_string => self.escaped = true,
                b'"' => self.in_string = !self.in_string,
                _ if self.in_string => {}
                b'[' | b'{' => {
                    self.depth += 1;
                    if self.depth > most {
                        return false;
                    }
                }
                b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        true
    }
}

impl Frames {
    /// Nothing yet.
    pub fn new(bounds: Bounds) -> Frames {
        Frames { bounds, bytes: Vec::new(), at: 0, counted: 0, brackets: Brackets::default(), broken: None }
    }

    /// Takes more bytes; what was broken once stays so, and takes no more.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.broken.is_some() {
            return;
        }
        // What has been handed out goes, at the latest when the rest has to move anyway.
        if self.at == self.bytes.len() {
            self.bytes.clear();
            self.counted = 0;
            self.at = 0;
        } else if self.at > 0 {
            self.bytes.drain(..self.at);
            self.counted = self.counted.saturating_sub(self.at);
            self.at = 0;
        }
        // A long frame must not leave its room behind for the rest of the run.
        const KEPT: usize = 1 << 20;
        if self.bytes.is_empty() && self.bytes.capacity() > KEPT {
            self.bytes = Vec::new();
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole frame, if it is there.
    ///
    /// # Errors
    /// What is there, or begins there, is no frame that is allowed.
    pub fn take(&mut self) -> Result<Option<Frame<'_>>, Broken> {
        if let Some(broken) = self.broken {
            return Err(broken);
        }
        match self.look() {
            Ok(None) => Ok(None),
            Ok(Some((is_talk, end))) => {
                let begin = std::mem::replace(&mut self.at, end);
                let frame = &self.bytes[begin..end];
                Ok(Some(if is_talk { Frame::Talk(frame) } else { Frame::Word(&frame[HEADER..]) }))
            }
            Err(broken) => {
                self.broken = Some(broken);
                self.bytes = Vec::new();
                Err(broken)
            }
        }
    }

    /// Whether the frame that begins here is of the conversation, and where it ends, once it is whole.
    fn look(&mut self) -> Result<Option<(bool, usize)>, Broken> {
        let Some((len, rest)) = self.bytes[self.at..].split_first_chunk::<HEADER>() else { return Ok(None) };
        let len = u32::from_le_bytes(*len) as usize;
        if len > self.bounds.len {
            return Err(Broken::TooLong);
        }
        let is_talk = match rest.first() {
            _ if len == 0 => return Err(Broken::Unknown),
            None => return Ok(None),
            Some(b'[') => true,
            Some(b'{') => false,
            Some(_) => return Err(Broken::Unknown),
        };
        let body = self.at + HEADER;
        let there = (body + len).min(self.bytes.len());
        if self.bounds.depth != u32::MAX {
            let from = self.counted.max(body);
            if !self.brackets.read(&self.bytes[from..there], self.bounds.depth) {
                return Err(Broken::TooDeep);
            }
            self.counted = there;
        }
        if there < body + len {
            return Ok(None);
        }
        self.brackets = Brackets::default();
        Ok(Some((is_talk, there)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn framed(body: &[u8]) -> Vec<u8> {
        [&(body.len() as u32).to_le_bytes()[..], body].concat()
    }

    /// Everything that comes of pieces, and what was broken.
    fn cut(bounds: Bounds, pieces: &[&[u8]]) -> (Vec<Vec<u8>>, Option<Broken>) {
        let mut frames = Frames::new(bounds);
        let mut out = Vec::new();
        for piece in pieces {
            frames.push(piece);
            loop {
                match frames.take() {
                    Ok(Some(Frame::Talk(frame))) => out.push(frame[HEADER..].to_vec()),
                    Ok(Some(Frame::Word(word))) => out.push(word.to_vec()),
                    Ok(None) => break,
                    Err(broken) => return (out, Some(broken)),
                }
            }
        }
        (out, None)
    }

    #[test]
    fn words_and_talk_are_told_apart() {
        let mut frames = Frames::new(Bounds::PROGRAM);
        frames.push(&[framed(b"[1]"), framed(b"{}")].concat());
        assert_eq!(frames.take(), Ok(Some(Frame::Talk(b"\x03\0\0\0[1]"))));
        assert_eq!(frames.take(), Ok(Some(Frame::Word(b"{}"))));
        assert_eq!(frames.take(), Ok(None));
    }

    #[test]
    fn what_is_too_long_is_known_by_its_length_alone() {
        let (out, broken) = cut(Bounds { len: 8, depth: 9 }, &[&framed(b"[1,2,34]"), &[9, 0, 0, 0]]);
        assert_eq!((out.len(), broken), (1, Some(Broken::TooLong)));
        assert_eq!(cut(Bounds::PROGRAM, &[&[0xff; 4]]).1, Some(Broken::TooLong));
    }

    #[test]
    fn what_is_neither_is_known_by_its_first_byte() {
        for head in [&b"\x05\0\0\0x"[..], b"\x05\0\0\0 ", b"\0\0\0\0", b"\x01\0\0\0\""] {
            assert_eq!(cut(Bounds::PROGRAM, &[head]).1, Some(Broken::Unknown), "{head:?}");
        }
    }

    #[test]
    fn depth_is_counted_outside_of_strings() {
        let bounds = Bounds { len: 100, depth: 3 };
        for fine in [&b"[[[]]]"[..], br#"["[[[[[["]"#, br#"["\"[[[["]"#, br#"[{"[":[]},[[]],"\\",[[]]]"#, b"[]]]][[[]]"]
        {
            assert_eq!(cut(bounds, &[&framed(fine)]), (vec![fine.to_vec()], None));
        }
        for deep in [&b"[[[[]]]]"[..], b"{{{{", br#"["\\",[[["#, br#"["",[[["#] {
            assert_eq!(cut(bounds, &[&framed(deep)]).1, Some(Broken::TooDeep), "{}", String::from_utf8_lossy(deep));
        }
    }

    #[test]
    fn what_is_broken_stays_broken() {
        let mut frames = Frames::new(Bounds::PROGRAM);
        frames.push(b"\x01\0\0\0x");
        assert_eq!(frames.take(), Err(Broken::Unknown));
        frames.push(&framed(b"[]"));
        assert_eq!(frames.take(), Err(Broken::Unknown));
    }

    /// Texts that are nearly frames.
    fn body() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            "[\\[{][\\[\\]{}\"\\\\a,]{0,40}".prop_map(String::into_bytes),
            proptest::collection::vec(any::<u8>(), 0..20),
        ]
    }

    fn pieces<'a>(bytes: &'a [u8], cuts: &[usize]) -> Vec<&'a [u8]> {
        let mut rest = bytes;
        let mut out = Vec::new();
        for cut in cuts {
            let (piece, tail) = rest.split_at((*cut).min(rest.len()));
            out.push(piece);
            rest = tail;
        }
        out.push(rest);
        out
    }

    proptest! {
        #[test]
        fn any_split_gives_the_same(
            bodies in proptest::collection::vec(body(), 0..8),
            cuts in proptest::collection::vec(0usize..12, 0..40),
        ) {
            let bounds = Bounds { len: 32, depth: 6 };
            let bytes: Vec<u8> = bodies.iter().flat_map(|body| framed(body)).collect();
            let whole = cut(bounds, &[&bytes]);
            prop_assert_eq!(&cut(bounds, &pieces(&bytes, &cuts)), &whole);
            let one_by_one: Vec<&[u8]> = bytes.chunks(1).collect();
            prop_assert_eq!(&cut(bounds, &one_by_one), &whole);
            // What came out is what went in, up to the first that is not allowed.
            prop_assert_eq!(&whole.0[..], &bodies[..whole.0.len()]);
            prop_assert_eq!(whole.0.len() == bodies.len(), whole.1.is_none());
        }

        #[test]
        fn garbage_is_taken(bytes in proptest::collection::vec(any::<u8>(), 0..300), len in 0usize..64, depth in 0u32..9) {
            let bounds = Bounds { len, depth };
            for frame in cut(bounds, &[&bytes]).0 {
                let begins = b"[{".contains(&frame[0]);
                prop_assert!(begins && frame.len() <= len);
                prop_assert!(Brackets::default().read(&frame, depth));
            }
        }
    }
}
