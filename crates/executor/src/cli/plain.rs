//! Text of learners on its way to a terminal, or to a file that may be shown on one.
//!
//! What a learner wrote can hold sequences that move the cursor, recolour or rename a terminal, or turn text around. None
//! of them is passed on: they are shown as Python would write them.

use std::fmt::Write;

use serde::Serialize;

/// Text in lines: only line breaks and tabs stay what they are.
pub fn lines(text: &str) -> String {
    shown(text, |c| matches!(c, '\n' | '\t'), usize::MAX)
}

/// One line of at most `max` characters.
pub fn one_line(text: &str, max: usize) -> String {
    shown(text.trim_end(), |_| false, max)
}

fn shown(text: &str, stays: impl Fn(char) -> bool, max: usize) -> String {
    let mut out = String::with_capacity(text.len().min(4 * max.min(text.len())));
    // CR LF is one line break.
    for (count, c) in text.replace("\r\n", "\n").chars().enumerate() {
        if count >= max {
            out.push('…');
            break;
        }
        let written = match c {
            c if stays(c) => write!(out, "{c}"),
            '\n' => write!(out, "\\n"),
            '\r' => write!(out, "\\r"),
            '\t' => write!(out, "\\t"),
            c if c.is_control() => write!(out, "\\x{:02x}", u32::from(c)),
            c if turns(c) => write!(out, "\\u{:04x}", u32::from(c)),
            c => write!(out, "{c}"),
        };
        // Writing to a string does not fail.
        let _ = written;
    }
    out
}

/// What breaks lines or turns their direction around without being a control character.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// JSON for people and programs. The control characters that JSON lets stand as they are, a terminal may still obey.
pub fn json(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let text = serde_json::to_string_pretty(value)?;
    let mut out = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        match c {
            '\u{7f}'..='\u{9f}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('\n');
    Ok(out)
}

/// Width of the terminal on standard output, if that is one.
pub fn width() -> Option<u16> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    (size.ws_col >= 20).then_some(size.ws_col)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        let evil = "\x1b[31mred\x1b]0;title\x07\u{9b}2J\u{7f}\r\0\u{202e}a\u{85}";
        for shown in [lines(evil), one_line(evil, 100), json(&evil).expect("a string")] {
            assert!(!shown.trim_end().chars().any(|c| c.is_control()), "{shown:?}");
        }
        assert_eq!(lines("\x1b[1mx"), "\\x1b[1mx");
        let read: String = serde_json::from_str(&json(&evil).expect("a string")).expect("JSON");
        assert_eq!(read, evil);
    }

    #[test]
    fn lines_stay_lines_and_one_line_is_one() {
        assert_eq!(lines("a\r\n\tb\n"), "a\n\tb\n");
        assert_eq!(one_line("a\n\"b\"\tc\n", 100), "a\\n\"b\"\\tc");
        assert_eq!(one_line("äöü", 2), "äö…");
        assert_eq!(one_line("äöü", 3), "äöü");
    }
}
