//! API keys.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use subtle::{Choice, ConstantTimeEq};

use super::{ConfigError, Following, SecretFile, wrong};

/// The keys that open the service. Their text is never printed. Clones share them: a change is all of them's.
#[derive(Clone, Default)]
pub struct Keys {
    ring: Arc<RwLock<Ring>>,
    /// Those of the variable, which never change.
    given: Arc<[String]>,
    file: Option<SecretFile>,
}

#[derive(Default)]
struct Ring {
    keys: Vec<Key>,
    /// The next one's number.
    next: usize,
}

/// A key, and the number that it keeps for as long as it is in the ring: what is counted for it is not another's.
struct Key {
    number: usize,
    text: String,
}

impl Keys {
    /// Those of the variable and those of the file.
    pub(super) fn read(given: &[String], file: Option<&Path>) -> Result<Keys, ConfigError> {
        let given = given.iter().map(|key| key.trim()).filter(|key| !key.is_empty());
        let given = given.map(|key| usable("API_KEYS", key)).collect::<Result<Arc<[String]>, _>>()?;
        let file = file.map(|path| SecretFile::read("API_KEYS_FILE", path)).transpose()?;
        let keys = Keys { ring: Arc::default(), given, file };
        keys.take(keys.file.as_ref().map(SecretFile::text))?;
        Ok(keys)
    }

    /// Follows the file, if there is one, for as long as the answer lives.
    pub fn follow(&self) -> Option<Following> {
        let keys = self.clone();
        self.file.clone().map(|file| file.follow(move |text| keys.take(Some(text))))
    }

    /// Makes the keys those of the variable and those in the file's text.
    fn take(&self, text: Option<&str>) -> Result<(), ConfigError> {
        let mut texts = self.given.to_vec();
        if let Some(text) = text {
            let before = texts.len();
            for key in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
                texts.push(usable("API_KEYS_FILE", key)?);
            }
            if texts.len() == before {
                let path = self.file.as_ref().map(|file| file.path().display().to_string()).unwrap_or_default();
                return Err(wrong("API_KEYS_FILE", format!("{path} holds no key")));
            }
        }
        self.ring.write().unwrap_or_else(PoisonError::into_inner).set(texts);
        Ok(())
    }

    /// Nobody needs a key.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ring.read().unwrap_or_else(PoisonError::into_inner).keys.len()
    }

    /// The number of this key. Takes the same time for every wrong one of a length.
    pub fn find(&self, offered: &[u8]) -> Option<usize> {
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        let mut found = None;
        for key in &ring.keys {
            let equal: Choice = key.text.as_bytes().ct_eq(offered);
            if equal.into() {
                found = Some(key.number);
            }
        }
        found
    }
}

impl Ring {
    fn set(&mut self, texts: Vec<String>) {
        let mut before = std::mem::take(&mut self.keys);
        for text in texts {
            if self.keys.iter().any(|key| key.text == text) {
                continue;
            }
            let known = before.iter().position(|key| key.text == text);
            let key = known.map(|index| before.swap_remove(index)).unwrap_or_else(|| {
                self.next += 1;
                Key { number: self.next - 1, text }
            });
            self.keys.push(key);
        }
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} keys", self.len())
    }
}

/// What a header can carry. The key itself is not repeated in the error.
fn usable(variable: &'static str, key: &str) -> Result<String, ConfigError> {
    match key.bytes().all(|b| b.is_ascii_graphic()) {
        true => Ok(key.to_owned()),
        false => Err(wrong(variable, "a key may have visible ASCII characters only, without spaces")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_keeps_its_number_and_no_other_gets_it() {
        let keys = Keys::read(&["given".into()], None).expect("usable");
        keys.take(Some("a\nb\n# c\n")).expect("usable");
        assert_eq!(["given", "a", "b", "c"].map(|key| keys.find(key.as_bytes())), [Some(0), Some(1), Some(2), None]);
        keys.take(Some("c\nb\nb\n")).expect("usable");
        assert_eq!(["given", "a", "b", "c"].map(|key| keys.find(key.as_bytes())), [Some(0), None, Some(2), Some(3)]);
        assert_eq!(keys.len(), 3);
        keys.take(Some("# none\n")).expect_err("no key opens nothing, and closes nothing");
        keys.take(Some("two words\n")).expect_err("no header carries it");
        assert_eq!((keys.len(), keys.find(b"c")), (3, Some(3)));
    }
}
