//! Text that is put together without an allocator.

/// A short text put together without allocation.
pub struct Line {
    bytes: [u8; 80],
    len: usize,
}

impl Line {
    /// An empty one.
    pub fn new() -> Line {
        Line { bytes: [0; 80], len: 0 }
    }
    /// Adds text, as much as there is room for.
    pub fn text(&mut self, text: &[u8]) -> &mut Line {
        let n = text.len().min(self.bytes.len() - self.len);
        self.bytes[self.len..self.len + n].copy_from_slice(&text[..n]);
        self.len += n;
        self
    }
    /// Adds a decimal number.
    pub fn number(&mut self, mut value: u64) -> &mut Line {
        let mut digits = [0u8; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b'0' + (value % 10) as u8;
            value /= 10;
            if value == 0 {
                break;
            }
        }
        self.text(&digits[at..])
    }
    /// What was put together.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}
