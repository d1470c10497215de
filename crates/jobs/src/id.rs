//! Names of jobs and batches.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::Tenant;

/// The name of a job or a batch: 32 hexadecimal digits.
///
/// A random one, or, where its request has an idempotency key, one made of tenant and key: then the same request has the
/// same name wherever and whenever it arrives, and no table of keys is needed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(String);

impl Id {
    /// A name that nobody guesses.
    ///
    /// # Errors
    /// The system has no random numbers.
    pub fn random() -> Result<Id, getrandom::Error> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Id(hex(&bytes)))
    }

    /// The name that a key stands for. `kind` keeps jobs and batches apart.
    pub fn of_key(tenant: &Tenant, kind: &str, key: &str) -> Id {
        // None of the first two holds a NUL.
        let whole = digest(&[tenant.as_str().as_bytes(), b"\0", kind.as_bytes(), b"\0", key.as_bytes()]);
        Id(whole[..32].to_owned())
    }

    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text could be one.
    pub fn is_one(text: &str) -> bool {
        text.len() == 32 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    }
}

impl From<Id> for String {
    fn from(id: Id) -> String {
        id.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// SHA-256 of parts put together, as 64 hexadecimal digits.
pub fn digest(parts: &[&[u8]]) -> String {
    let mut sha = Sha256::new();
    parts.iter().for_each(|part| sha.update(part));
    hex(&sha.finalize())
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_one_thing_of_one_tenant() {
        let (a, b) = (Tenant::of_key("a"), Tenant::of_key("b"));
        assert_eq!(Id::of_key(&a, "job", "k"), Id::of_key(&a, "job", "k"));
        let others = [Id::of_key(&b, "job", "k"), Id::of_key(&a, "batch", "k"), Id::of_key(&a, "job", "l")];
        assert!(!others.contains(&Id::of_key(&a, "job", "k")));
        assert!(Id::is_one(others[0].as_str()) && Id::is_one(Id::random().expect("random").as_str()));
        assert!(!Id::is_one("") && !Id::is_one(&"g".repeat(32)) && !Id::is_one(&"A".repeat(32)));
    }
}
