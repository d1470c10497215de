//! API keys.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use subtle::{Choice, ConstantTimeEq};

use super::{ConfigError, wrong};

/// The keys that open the service. Their text is never printed.
#[derive(Clone, Default)]
pub struct Keys(Arc<[String]>);

impl Keys {
    /// Those of the variable and those of the file.
    pub(super) fn read(given: &[String], file: Option<&Path>) -> Result<Keys, ConfigError> {
        let mut keys = Vec::new();
        for key in given.iter().map(|key| key.trim()).filter(|key| !key.is_empty()) {
            keys.push(usable("API_KEYS", key)?);
        }
        if let Some(path) = file {
            let text = std::fs::read_to_string(path).map_err(|source| ConfigError {
                variable: "API_KEYS_FILE",
                problem: format!("{} cannot be read", path.display()),
                source: Some(source),
            })?;
            let before = keys.len();
            for key in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
                keys.push(usable("API_KEYS_FILE", key)?);
            }
            if keys.len() == before {
                return Err(wrong("API_KEYS_FILE", format!("{} holds no key", path.display())));
            }
        }
        Ok(Keys(keys.into()))
    }

    /// Nobody needs a key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Which key this is. Takes the same time for every wrong one of a length.
    pub fn find(&self, offered: &[u8]) -> Option<usize> {
        let mut found = None;
        for (index, key) in self.0.iter().enumerate() {
            let equal: Choice = key.as_bytes().ct_eq(offered);
            if equal.into() {
                found = Some(index);
            }
        }
        found
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} keys", self.0.len())
    }
}

/// What a header can carry. The key itself is not repeated in the error.
fn usable(variable: &'static str, key: &str) -> Result<String, ConfigError> {
    match key.bytes().all(|b| b.is_ascii_graphic()) {
        true => Ok(key.to_owned()),
        false => Err(wrong(variable, "a key may have visible ASCII characters only, without spaces")),
    }
}
