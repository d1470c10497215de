//! Where a service is, and the key that opens it.

use std::fmt;

use axum::http::{HeaderValue, Uri};

/// Where a service is: `http` or `https`, a host, perhaps a port and a path that stands before every route's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    base: String,
    encrypted: bool,
}

/// A text that is no address of a service. What it held is not repeated: it may be a password.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("it {0}; an address looks like http://127.0.0.1:3001 or https://grade.example")]
pub struct AddressError(&'static str);

impl Address {
    /// Reads one.
    ///
    /// # Errors
    /// It is none.
    pub fn read(text: &str) -> Result<Address, AddressError> {
        let base = text.trim().trim_end_matches('/');
        let uri: Uri = base.parse().map_err(|_| AddressError("cannot be read"))?;
        let encrypted = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(AddressError("begins with neither http:// nor https://")),
        };
        let authority = uri.authority().filter(|authority| !authority.host().is_empty());
        let authority = authority.ok_or(AddressError("names no host"))?;
        if authority.as_str().contains('@') {
            return Err(AddressError("holds a user or a password; a key is given by --key-file or API_KEY"));
        }
        if uri.query().is_some() || base.contains('#') {
            return Err(AddressError("has more than a host, a port and a path"));
        }
        Ok(Address { base: base.to_owned(), encrypted })
    }

    /// Whether what is said is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// The address of a route.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base)
    }
}

/// A text that is no key. It is not repeated.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("a key has visible ASCII characters only, without spaces, and at least one")]
pub struct KeyError;

/// A key as the header that is sent; never printed.
///
/// # Errors
/// It is none.
pub fn key(text: &str) -> Result<HeaderValue, KeyError> {
    let key = text.trim();
    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(KeyError);
    }
    let mut header = HeaderValue::try_from(format!("Bearer {key}")).map_err(|_| KeyError)?;
    header.set_sensitive(true);
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for (text, base, encrypted) in [
            ("http://127.0.0.1:3001", "http://127.0.0.1:3001", false),
            (" https://grade.example/ ", "https://grade.example", true),
            ("https://school.example/executor/", "https://school.example/executor", true),
            ("http://[::1]:3001", "http://[::1]:3001", false),
        ] {
            let address = Address::read(text).expect(text);
            assert_eq!((address.to_string().as_str(), address.is_encrypted()), (base, encrypted));
            assert_eq!(address.at("/jobs"), format!("{base}/jobs"));
        }
        for text in ["", "grade.example", "ftp://x", "http://", "/jobs", "http://x?a=b", "http://x y"] {
            Address::read(text).expect_err(text);
        }
        let secret = Address::read("http://me:secret@host").expect_err("a password").to_string();
        assert!(!secret.contains("secret"), "{secret}");
    }

    #[test]
    fn keys_are_not_shown() {
        let header = key(" abc\n").expect("a key");
        assert_eq!((header.as_bytes(), header.is_sensitive()), (&b"Bearer abc"[..], true));
        for text in ["", " ", "a b", "ä"] {
            assert_eq!(key(text), Err(KeyError), "{text}");
        }
    }
}
