//! Server-sent events as they arrive, as <https://html.spec.whatwg.org/multipage/server-sent-events.html> has it: bytes
//! in, events out, whatever the pieces they come in.

use std::time::Duration;

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// `event:`; `message` where there was none.
    pub name: String,
    /// The lines of `data:`, with line breaks between them.
    pub data: String,
    /// The last `id:` so far: what to go on after.
    pub id: Option<String>,
}

/// More than this in one event is nothing that a service says, in bytes.
const EVENT_MAX: usize = 256 << 20;

/// An event that never ends.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("an event of more than {EVENT_MAX} bytes")]
pub struct TooLong;

/// Makes events of bytes.
#[derive(Debug, Default)]
pub struct Parser {
    line: Vec<u8>,
    /// The last byte was a CR: an LF that follows belongs to it.
    after_cr: bool,
    /// A first line was seen: what looks like a byte order mark is text from now on.
    begun: bool,
    name: String,
    data: String,
    id: Option<String>,
    retry: Option<Duration>,
}

impl Parser {
    /// One for a stream that goes on after an event.
    pub fn after(id: Option<String>) -> Parser {
        Parser { id, ..Parser::default() }
    }

    /// Takes the next bytes: the events that they complete.
    ///
    /// # Errors
    /// An event is too long.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<Event>, TooLong> {
        let mut events = Vec::new();
        let mut rest = bytes;
        if self.after_cr && !rest.is_empty() {
            self.after_cr = false;
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
            self.line.extend_from_slice(&rest[..end]);
            let is_cr = rest[end] == b'\r';
            rest = &rest[end + 1..];
            if is_cr {
                match rest {
                    [] => self.after_cr = true,
                    [b'\n', after @ ..] => rest = after,
                    _ => {}
                }
            }
            let line = std::mem::take(&mut self.line);
            events.extend(self.take(&line));
        }
        self.line.extend_from_slice(rest);
        if self.line.len() + self.data.len() > EVENT_MAX { Err(TooLong) } else { Ok(events) }
    }

    /// What to go on after.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// How long the service wants to be left alone after a broken connection.
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }

    /// A whole line: the event that it ends.
    fn take(&mut self, line: &[u8]) -> Option<Event> {
        let line = match std::mem::replace(&mut self.begun, true) {
            false => line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line),
            true => line,
        };
        if line.is_empty() {
            let (name, mut data) = (std::mem::take(&mut self.name), std::mem::take(&mut self.data));
            // Every line of data left a line break.
            data.pop()?;
            let name = if name.is_empty() { "message".into() } else { name };
            return Some(Event { name, data, id: self.id.clone() });
        }
        let line = String::from_utf8_lossy(line);
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => self.name = value.to_owned(),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            // A comment begins with a colon: its field is empty.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(name: &str, data: &str, id: Option<&str>) -> Event {
        Event { name: name.into(), data: data.into(), id: id.map(Into::into) }
    }

    /// All of it at once.
    fn of(text: &str) -> Vec<Event> {
        Parser::default().push(text.as_bytes()).expect("short")
    }

    const STREAM: &str = "\u{feff}: hello\n\nid: 1\nevent: job\ndata: {\"é\": 1}\n\ndata:a\ndata\ndata:  b\n\n\
                          event: lost\n\nid\ndata: c\n\nid: 7\nunknown: x\n: alive\nevent: end\ndata: d\n\ndata: half";

    fn told() -> Vec<Event> {
        vec![
            event("job", "{\"é\": 1}", Some("1")),
            event("message", "a\n\n b", Some("1")),
            event("message", "c", Some("")),
            event("end", "d", Some("7")),
        ]
    }

    #[test]
    fn fields_comments_and_lines_of_data() {
        assert_eq!(of(STREAM), told());
    }

    #[test]
    fn the_pieces_make_no_difference() {
        for text in [STREAM.to_owned(), STREAM.replace('\n', "\r\n"), STREAM.replace('\n', "\r")] {
            for size in 1..=text.len() {
                let mut parser = Parser::default();
                let pieces = text.as_bytes().chunks(size);
                let events: Vec<Event> = pieces.flat_map(|piece| parser.push(piece).expect("short")).collect();
                assert_eq!(events, told(), "in pieces of {size}: {text:?}");
                assert_eq!(parser.id(), Some("7"));
            }
        }
    }

    #[test]
    fn retry_is_a_number_of_milliseconds() {
        for (text, wait) in
            [("retry: 1500\n", Some(1500)), ("retry: soon\n", None), ("retry:\n", None), ("retry: -1\n", None)]
        {
            let mut parser = Parser::default();
            parser.push(text.as_bytes()).expect("short");
            assert_eq!(parser.retry(), wait.map(Duration::from_millis), "{text:?}");
        }
    }

    #[test]
    fn an_id_stays_until_there_is_another() {
        let mut parser = Parser::after(Some("4".into()));
        assert_eq!(parser.push(b"data: x\n\n").expect("short"), [event("message", "x", Some("4"))]);
        parser.push(b"id: a\0b\n\n").expect("short");
        assert_eq!(parser.id(), Some("4"));
        // What was not ended is not told, and what was told is not told again.
        assert_eq!(parser.push(b"\n\n\n").expect("short"), []);
    }

    #[test]
    fn bytes_that_are_no_text_do_no_harm() {
        assert_eq!(Parser::default().push(b"data: \xff\n\n").expect("short"), [event("message", "\u{fffd}", None)]);
    }
}
