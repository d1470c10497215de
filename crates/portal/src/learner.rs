//! Who a learner is: whoever holds a cookie. The database has its digest only.

use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};

/// Name of the cookie.
const COOKIE: &str = "learner";
/// Hexadecimal digits of 128 bits.
const DIGITS: usize = 32;

/// A learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learner {
    /// Name in the database.
    pub id: String,
    /// The cookie to set, for one who comes for the first time.
    pub cookie: Option<HeaderValue>,
}

impl Learner {
    /// The one whose cookie came, if it is one.
    pub fn known(headers: &HeaderMap) -> Option<Learner> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let (_, token) = pairs.find(|(name, token)| *name == COOKIE && is_token(token))?;
        Some(Learner { id: digest(token), cookie: None })
    }

    /// The one whose cookie came, or a new one. `secure`: the cookie is for encrypted connections only.
    pub fn of(headers: &HeaderMap, secure: bool) -> Result<Learner, getrandom::Error> {
        match Learner::known(headers) {
            Some(learner) => Ok(learner),
            None => Learner::new(secure),
        }
    }

    fn new(secure: bool) -> Result<Learner, getrandom::Error> {
        let token = random_hex()?;
        let flag = if secure { "; Secure" } else { "" };
        let cookie = format!("{COOKIE}={token}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{flag}");
        Ok(Learner { id: digest(&token), cookie: HeaderValue::try_from(cookie).ok() })
    }
}

/// 128 random bits, in hexadecimal.
pub fn random_hex() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; DIGITS / 2];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

fn is_token(text: &str) -> bool {
    text.len() == DIGITS && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn digest(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes())[..DIGITS / 2])
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, HeaderValue::from_str(line).expect("a header"));
        }
        headers
    }

    #[test]
    fn the_cookie_that_was_set_is_known_again() {
        let new = Learner::of(&HeaderMap::new(), true).expect("random bits");
        let cookie = new.cookie.expect("a cookie");
        let cookie = cookie.to_str().expect("text");
        assert!(cookie.contains("HttpOnly; SameSite=Lax; Secure") && cookie.contains("Path=/"), "{cookie}");
        let (pair, _) = cookie.split_once(';').expect("attributes");
        assert!(!pair.contains(&new.id), "the database does not hold the cookie");
        for lines in [&[pair][..], &[&format!("a=b; {pair}; c=d")], &["x=y", pair]] {
            let again = Learner::known(&headers(lines)).expect("known");
            assert_eq!((again.id.as_str(), again.cookie), (new.id.as_str(), None));
        }
    }

    #[test]
    fn what_is_no_cookie_of_ours() {
        for line in ["learner=", "learner=abc", "learner=ABCDEF0123456789ABCDEF0123456789", "teacher=x", "learner", ""]
        {
            assert_eq!(Learner::known(&headers(&[line])), None, "{line}");
        }
    }
}
