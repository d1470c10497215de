//! Whatever a program cell writes: it comes in pieces, must not panic, and must give the same frames in any pieces.

#![no_main]

use executor::run::frames::{Bounds, Broken, Frame, Frames};
use libfuzzer_sys::fuzz_target;

/// Small enough for the fuzzer to reach.
const BOUNDS: Bounds = Bounds { len: 64, depth: 5 };

fn cut<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> (Vec<(bool, Vec<u8>)>, Option<Broken>) {
    let mut frames = Frames::new(BOUNDS);
    let mut out = Vec::new();
    for piece in pieces {
        frames.push(piece);
        loop {
            match frames.take() {
                Ok(Some(Frame::Talk(frame))) => out.push((true, frame.to_vec())),
                Ok(Some(Frame::Word(word))) => out.push((false, word.to_vec())),
                Ok(None) => break,
                Err(broken) => return (out, Some(broken)),
            }
        }
    }
    (out, None)
}

fuzz_target!(|input: (u8, &[u8])| {
    let (size, bytes) = input;
    let whole = cut(std::iter::once(bytes));
    assert!(whole.0.iter().all(|(_, frame)| frame.len() <= BOUNDS.len + 4));
    assert_eq!(cut(bytes.chunks(usize::from(size) + 1)), whole);
});
