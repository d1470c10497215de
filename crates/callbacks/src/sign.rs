//! Signatures, as Standard Webhooks has them: `v1,` and the HMAC-SHA256 of `id.timestamp.body`, in base64.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Fewest bytes of a secret.
const SECRET_MIN: usize = 24;
const PREFIX: &str = "whsec_";

/// What callbacks are signed with. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// `whsec_` and base64, or any other text as it is; 24 bytes at least.
    ///
    /// # Errors
    /// Why it cannot be used; it is not repeated.
    pub fn of(text: &str) -> Result<Secret, &'static str> {
        let bytes = match text.strip_prefix(PREFIX) {
            Some(rest) => STANDARD.decode(rest).map_err(|_| "what follows whsec_ must be base64")?,
            None => text.as_bytes().to_vec(),
        };
        match bytes.len() {
            SECRET_MIN.. => Ok(Secret(bytes)),
            _ => Err("it must have at least 24 bytes, such as those of `echo whsec_$(openssl rand -base64 32)`"),
        }
    }

    fn sign(&self, id: &str, seconds: u64, body: &[u8]) -> Option<String> {
        // An HMAC takes a key of any length.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(format!("{id}.{seconds}.").as_bytes());
        mac.update(body);
        Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The headers that a callback is sent with.
pub fn headers(secrets: &[Secret], id: &str, now: SystemTime, body: &[u8]) -> [(&'static str, String); 3] {
    let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let signatures: Vec<String> = secrets.iter().filter_map(|secret| secret.sign(id, seconds, body)).collect();
    [
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signatures.join(" ")),
    ]
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// The example of the specification's own libraries.
    #[test]
    fn the_published_example() {
        let secret = Secret::of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").expect("usable");
        let then = UNIX_EPOCH + Duration::from_secs(1_614_265_330);
        let [id, timestamp, signature] =
            headers(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", then, br#"{"test": 2432232314}"#);
        assert_eq!(id, ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek".into()));
        assert_eq!(timestamp, ("webhook-timestamp", "1614265330".into()));
        assert_eq!(signature, ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=".into()));
    }

    #[test]
    fn everything_that_is_sent_is_signed_by_every_secret() {
        let secrets = ["a", "b"].map(|text| Secret::of(&text.repeat(24)).expect("usable"));
        let sign = |id, seconds, body: &[u8]| {
            headers(&secrets, id, UNIX_EPOCH + Duration::from_secs(seconds), body)[2].1.clone()
        };
        let first = sign("id", 1, b"body");
        assert_eq!(first.split(' ').count(), 2);
        for other in [sign("ie", 1, b"body"), sign("id", 2, b"body"), sign("id", 1, b"bodz")] {
            assert!(first.split(' ').zip(other.split(' ')).all(|(a, b)| a != b));
        }
    }

    #[test]
    fn secrets_that_are_none() {
        for short in ["", "whsec_", "whsec_AAAA", "secret", "whsec_not base64 at all, is it?"] {
            assert!(Secret::of(short).is_err(), "{short}");
        }
        assert_eq!(format!("{:?}", Secret::of(&"x".repeat(24)).expect("usable")), "Secret(…)");
    }
}
