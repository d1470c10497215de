//! A client of HTTP/1.1 that costs next to nothing: requests are bytes made ahead, one connection is kept.

use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;

/// A request made ahead, and what its answer must hold.
#[derive(Debug, Clone)]
pub struct Request {
    bytes: Vec<u8>,
    expected: Vec<u8>,
}

impl Request {
    /// `POST /execute` of this body; a good answer has `expected` in it.
    pub fn execute(body: &Value, expected: &str) -> Request {
        let body = body.to_string();
        let head = "POST /execute HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length:";
        let bytes = format!("{head} {}\r\n\r\n{body}", body.len()).into_bytes();
        Request { bytes, expected: expected.into() }
    }

    /// `print('Hello World')`.
    pub fn hello() -> Request {
        Request::execute(&serde_json::json!({ "code": "print('Hello World')" }), "\"output\":\"Hello World\"")
    }
}

/// An answer: its status, and its body.
pub struct Reply<'a> {
    /// HTTP status.
    pub status: u16,
    /// The body, as it came.
    pub body: &'a [u8],
}

/// One connection.
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    /// Connects to `http://HOST:PORT`.
    ///
    /// # Errors
    /// Nobody listens.
    pub fn try_connect(url: &str) -> Result<Client> {
        let stream = TcpStream::connect(url.trim_start_matches("http://"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        Ok(Client { stream, buffer: Vec::with_capacity(1 << 20) })
    }

    /// Connects to a service that is there.
    pub fn connect(url: &str) -> Client {
        Client::try_connect(url).expect("the service listens")
    }

    /// Sends a request and reads the answer.
    ///
    /// # Errors
    /// The connection ended, or what came is no answer.
    pub fn send(&mut self, request: &Request) -> Result<Reply<'_>> {
        self.stream.write_all(&request.bytes)?;
        self.buffer.clear();
        let head = loop {
            self.read()?;
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
        };
        let (status, length) = parse(&self.buffer[..head]).ok_or(ErrorKind::InvalidData)?;
        while self.buffer.len() < head + length {
            self.read()?;
        }
        Ok(Reply { status, body: &self.buffer[head..head + length] })
    }

    fn read(&mut self) -> Result<()> {
        let filled = self.buffer.len();
        self.buffer.resize(filled + (64 << 10), 0);
        let n = self.stream.read(&mut self.buffer[filled..])?;
        self.buffer.truncate(filled + n);
        if n == 0 { Err(Error::from(ErrorKind::UnexpectedEof)) } else { Ok(()) }
    }

    /// Sends one that has to succeed: how long it took.
    pub fn run(&mut self, request: &Request) -> Duration {
        let begun = Instant::now();
        let reply = self.send(request).expect("an answer");
        let took = begun.elapsed();
        let is_good = reply.status == 200 && find(reply.body, &request.expected).is_some();
        let shown = String::from_utf8_lossy(&reply.body[..reply.body.len().min(400)]);
        assert!(is_good, "HTTP {}: {shown}", reply.status);
        took
    }
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|part| part == wanted)
}

/// Status and length of the body.
fn parse(head: &[u8]) -> Option<(u16, usize)> {
    let text = std::str::from_utf8(head).ok()?;
    let status = text.get(9..12)?.parse().ok()?;
    let mut fields = text.lines().filter_map(|line| line.split_once(':'));
    let length = fields.find(|(name, _)| name.eq_ignore_ascii_case("content-length"))?.1.trim().parse().ok()?;
    Some((status, length))
}
