//! What keepers and cells say: a message is an end or it is none, and frames are pieces of what came, in order.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sandbox::abi::{END_LEN, KEEPER_END};
use sandbox::protocol::{FRAME_MAX, FRAMES_MAX, Status, frames, parse_end};

fuzz_target!(|bytes: &[u8]| {
    match parse_end(bytes) {
        Some(end) => {
            assert!(bytes.len() == END_LEN && bytes[0] == KEEPER_END);
            match end.status {
                Status::Exited(code) => assert!((0..=255).contains(&code)),
                Status::Signaled(signal) => assert!((1..=127).contains(&signal)),
            }
        }
        None => assert!(bytes.len() != END_LEN || bytes[0] != KEEPER_END),
    }
    let mut rest = bytes;
    let mut count = 0;
    for frame in frames(bytes) {
        assert!(frame.len() <= FRAME_MAX);
        assert_eq!(rest[..4], (frame.len() as u32).to_le_bytes());
        assert_eq!(&rest[4..4 + frame.len()], frame);
        rest = &rest[4 + frame.len()..];
        count += 1;
    }
    assert!(count <= FRAMES_MAX);
});
