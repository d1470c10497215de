//! The key that opens executors.

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use axum::http::HeaderValue;
use executor::config::{Following, SecretFile};

use super::{ConfigError, wrong};

/// What is sent to executors as `Authorization`, if anything. Never printed. Clones share it: a change is all of them's.
#[derive(Debug, Clone, Default)]
pub struct Credential {
    header: Arc<RwLock<Option<HeaderValue>>>,
    file: Option<SecretFile>,
}

impl Credential {
    /// That of the variable, or of the file.
    pub(super) fn read(key: Option<&str>, file: Option<&Path>) -> Result<Credential, ConfigError> {
        let header = key.map(|key| authorization("EXECUTOR_API_KEY", key)).transpose()?;
        let file = file.map(|path| SecretFile::read("EXECUTOR_API_KEY_FILE", path)).transpose()?;
        let credential = Credential { header: Arc::new(RwLock::new(header)), file };
        if let Some(file) = &credential.file {
            credential.take(file.text())?;
        }
        Ok(credential)
    }

    /// Follows the file, if there is one, for as long as the answer lives.
    pub fn follow(&self) -> Option<Following> {
        let credential = self.clone();
        self.file.clone().map(|file| file.follow(move |text| credential.take(text)))
    }

    fn take(&self, text: &str) -> Result<(), ConfigError> {
        let header = authorization("EXECUTOR_API_KEY_FILE", text)?;
        *self.header.write().unwrap_or_else(PoisonError::into_inner) = Some(header);
        Ok(())
    }

    /// The header of a request that is sent now.
    pub fn header(&self) -> Option<HeaderValue> {
        self.header.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The key as it is now.
    pub fn key(&self) -> Option<Vec<u8>> {
        self.header().map(|header| header.as_bytes()[SCHEME.len()..].to_vec())
    }

    /// The file that holds it.
    pub fn path(&self) -> Option<PathBuf> {
        self.file.as_ref().map(|file| file.path().to_owned())
    }
}

const SCHEME: &str = "Bearer ";

/// The key as a header. It is not repeated in the error.
fn authorization(variable: &'static str, key: &str) -> Result<HeaderValue, ConfigError> {
    let key = key.trim();
    if key.is_empty() || !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(wrong(variable, "a key has visible ASCII characters only, without spaces, and at least one"));
    }
    let mut header = HeaderValue::try_from(format!("{SCHEME}{key}")).map_err(|e| wrong(variable, e.to_string()))?;
    header.set_sensitive(true);
    Ok(header)
}
