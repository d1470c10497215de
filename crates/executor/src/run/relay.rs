//! The rules of the conversation of tests and program, as far as the service keeps them. Pure.
//!
//! The tests ask; the program answers, or asks back and is answered, and so on: they take turns. With the question to load
//! the program, the tests can ask for some calls at once: then the program answers in a row, and says with each answer
//! whether the next one follows. What the program prints meanwhile goes along and changes nothing. What a frame means is the
//! tests' business.

use super::frames::HEADER;

/// Most frames of programs in one run.
pub const FRAMES_MAX: u32 = 500_000;
/// Most bytes of programs in one run that go nowhere: words to the service, text and answers that nobody waits for.
/// Reading them costs us time, and no honest program sends many.
pub const WASTE_MAX: usize = 16 << 20;

/// Whose turn it is, and how much has been said.
#[derive(Debug, Clone, Copy)]
pub struct Relay {
    /// The tests wait for the program.
    waiting: bool,
    /// How many answers more they have asked for.
    more: u32,
    left: u32,
    /// The tests have asked for something beside the module's loading.
    asked: bool,
    /// Bytes of text that programs have printed through the conversation.
    printed: u64,
    wasted: usize,
}

/// What becomes of a program's frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It goes to the tests.
    Pass,
    /// Text that nobody waits for: a thread of the program's may print at any time.
    Drop,
    /// The program is ended.
    Violation,
}

impl Default for Relay {
    fn default() -> Relay {
        Relay { waiting: false, more: 0, left: FRAMES_MAX, asked: false, printed: 0, wasted: 0 }
    }
}

impl Relay {
    /// The tests say something, length included.
    pub fn tests_say(&mut self, frame: &[u8]) {
        self.waiting = true;
        self.more = calls(frame).unwrap_or(self.more);
        self.asked |= !is_loading(frame);
    }

    /// The program says something, length included.
    pub fn program_says(&mut self, frame: &[u8]) -> Fate {
        let body = &frame[HEADER..];
        let is = |verb: &str| body.starts_with(verb.as_bytes());
        match (self.waiting, is(r#"["out""#)) {
            (true, true) => self.printed += text_len(body),
            (true, false) if is(r#"["cb""#) => self.waiting = false,
            (true, false) if is(r#"["and""#) => match self.more.checked_sub(1) {
                Some(more) => self.more = more,
                None => return Fate::Violation,
            },
            (true, false) => (self.waiting, self.more) = (false, 0),
            (false, true) => return self.waste(frame.len()),
            (false, false) => return Fate::Violation,
        }
        self.counted(Fate::Pass)
    }

    /// The program sends so many bytes that go nowhere.
    pub fn waste(&mut self, len: usize) -> Fate {
        self.wasted += len;
        if self.wasted > WASTE_MAX {
            return Fate::Violation;
        }
        self.counted(Fate::Drop)
    }

    /// Counts a frame.
    fn counted(&mut self, fate: Fate) -> Fate {
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                fate
            }
            None => Fate::Violation,
        }
    }

    /// A program that has said nothing yet takes the place of the present one.
    pub fn restart(&mut self) {
        (self.waiting, self.more) = (false, 0);
    }

    /// Whether the tests wait for the program.
    pub fn is_waiting(&self) -> bool {
        self.waiting
    }

    /// Bytes of text that programs have printed through the conversation, all together.
    pub fn printed(&self) -> u64 {
        self.printed
    }

    /// Whether the tests have asked for something beside the module's loading.
    pub fn has_asked(&self) -> bool {
        self.asked
    }
}

/// Whether a frame of the tests, length included, is to load the learner's module.
pub fn is_loading(frame: &[u8]) -> bool {
    frame[HEADER..].starts_with(br#"["load""#)
}

/// How many calls a frame of the tests, length included, asks for beside the module's loading, if it does.
fn calls(frame: &[u8]) -> Option<u32> {
    let rest = frame[HEADER..].strip_prefix(br#"["calls","#)?;
    let digits = rest.iter().take(9).take_while(|byte| byte.is_ascii_digit());
    Some(digits.fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
}

/// How many bytes of text there are in a frame, nearly: characters stand escaped in it.
fn text_len(json: &[u8]) -> u64 {
    let mut bytes = json.iter();
    let mut len = 0;
    while let Some(byte) = bytes.next() {
        if *byte == b'\\' && bytes.next() == Some(&b'u') {
            // Two or three bytes; each half of a pair stands for two of four.
            let is_three = bytes
                .as_slice()
                .first_chunk::<2>()
                .is_some_and(|head| head > b"07" && !(b"d8"..=b"df").contains(&head));
            len += u64::from(is_three);
            bytes.nth(3);
            len += 1;
        }
        len += 1;
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(relay: &mut Relay, body: &str) -> Fate {
        relay.program_says(&[&[0; HEADER][..], body.as_bytes()].concat())
    }

    fn asks(relay: &mut Relay, body: &str) {
        relay.tests_say(&[&[0; HEADER][..], body.as_bytes()].concat());
    }

    #[test]
    fn they_take_turns() {
        let mut relay = Relay::default();
        assert_eq!(says(&mut relay, "[1]"), Fate::Violation, "nobody has asked");
        asks(&mut relay, r#"["do",1]"#);
        assert_eq!(says(&mut relay, r#"["cb",1]"#), Fate::Pass);
        assert_eq!(says(&mut relay, r#"["ret",1]"#), Fate::Violation, "it is the tests' turn");
        asks(&mut relay, r#"["ret",1]"#);
        assert_eq!(says(&mut relay, r#"["ret",1]"#), Fate::Pass);
    }

    #[test]
    fn calls_that_were_asked_for_are_answered_in_a_row() {
        let mut relay = Relay::default();
        asks(&mut relay, r#"["calls",2,1,{},[],[["f",[1],{}],["f",[2],{}]]]"#);
        assert!(relay.has_asked(), "the program knows what it is called with");
        assert_eq!(says(&mut relay, r#"["and",1]"#), Fate::Pass, "it is loaded");
        assert_eq!(says(&mut relay, r#"["out",1,"x"]"#), Fate::Pass);
        assert_eq!(says(&mut relay, r#"["cb",1]"#), Fate::Pass);
        assert!(!relay.is_waiting());
        asks(&mut relay, r#"["ret",1]"#);
        assert_eq!(says(&mut relay, r#"["and",2]"#), Fate::Pass);
        assert_eq!(says(&mut { relay }, r#"["and",3]"#), Fate::Violation, "so many were not asked for");
        assert_eq!(says(&mut relay, r#"["ret",3]"#), Fate::Pass);
        assert!(!relay.is_waiting());
        assert_eq!(says(&mut relay, r#"["ret",4]"#), Fate::Violation);
    }

    #[test]
    fn the_program_may_stop_before_it_has_answered_all() {
        let mut relay = Relay::default();
        asks(&mut relay, r#"["calls",20,1,{},[],[]]"#);
        assert_eq!(says(&mut relay, r#"["and",1]"#), Fate::Pass);
        assert_eq!(says(&mut relay, r#"["exc",2]"#), Fate::Pass);
        assert!(!relay.is_waiting());
        asks(&mut relay, r#"["do",22]"#);
        assert_eq!(says(&mut relay, r#"["and",22]"#), Fate::Violation, "this question stands alone");
    }

    #[test]
    fn text_keeps_the_turn_and_is_dropped_when_nobody_waits() {
        let mut relay = Relay::default();
        assert_eq!(says(&mut relay, r#"["out",1,"x"]"#), Fate::Drop);
        asks(&mut relay, r#"["do",1]"#);
        assert_eq!(says(&mut relay, r#"["out",1,"x"]"#), Fate::Pass);
        assert_eq!(says(&mut relay, r#"["out", 1]"#), Fate::Pass);
        assert_eq!(says(&mut relay, r#"["ret",1]"#), Fate::Pass);
        assert_eq!(says(&mut relay, r#"["out",1,"x"]"#), Fate::Drop);
    }

    #[test]
    fn a_new_program_is_not_waited_for() {
        let mut relay = Relay::default();
        asks(&mut relay, r#"["load",1]"#);
        relay.restart();
        assert_eq!(says(&mut relay, "[1]"), Fate::Violation);
        asks(&mut relay, r#"["load",2]"#);
        assert_eq!(says(&mut relay, "[1]"), Fate::Pass);
    }

    #[test]
    fn loading_alone_is_no_question() {
        let mut relay = Relay::default();
        asks(&mut relay, r#"["load",1,{}]"#);
        assert!(!relay.has_asked());
        asks(&mut relay, r#"["do",2]"#);
        assert!(relay.has_asked());
        relay.restart();
        assert!(relay.has_asked(), "what has been asked stays asked");
    }

    #[test]
    fn text_is_counted_as_it_will_be_written() {
        for text in ["", "abc", "é", "→", "😀x", "a\nb\\", "é→😀", "\u{ffee}"] {
            let escaped: String = text
                .encode_utf16()
                .map(|unit| match u8::try_from(unit) {
                    Ok(b'\n') => "\\n".into(),
                    Ok(b'\\') => "\\\\".into(),
                    Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
                    _ => format!("\\u{unit:04x}"),
                })
                .collect();
            assert_eq!(text_len(escaped.as_bytes()), text.len() as u64, "{escaped}");
        }
        assert_eq!(text_len(br"\u00"), 2, "cut off");
    }

    #[test]
    fn what_is_printed_adds_up() {
        let mut relay = Relay::default();
        asks(&mut relay, r#"["do",1]"#);
        says(&mut relay, r#"["out",1,"x"]"#);
        assert_eq!(relay.printed(), 13);
        says(&mut relay, r#"["ret",1]"#);
        assert_eq!(relay.printed(), 13);
    }

    #[test]
    fn there_is_an_end_to_what_goes_nowhere() {
        let mut relay = Relay::default();
        assert_eq!(relay.waste(WASTE_MAX - 20), Fate::Drop);
        assert_eq!(says(&mut relay, r#"["out",1]"#), Fate::Drop);
        assert_eq!(says(&mut relay, r#"["out",1]"#), Fate::Violation);
    }

    #[test]
    fn there_is_an_end_to_talking() {
        let mut relay = Relay { waiting: true, left: 2, ..Relay::default() };
        let said = [(); 3].map(|()| says(&mut relay, r#"["out",1,"x"]"#));
        assert_eq!(said, [Fate::Pass, Fate::Pass, Fate::Violation]);
    }
}
