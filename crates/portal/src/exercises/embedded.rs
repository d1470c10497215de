//! The exercises and the page that were built in.

use super::Files;

/// A file of the page.
#[derive(Debug)]
pub struct Asset {
    /// Its path, without a slash at its beginning.
    pub path: &'static str,
    /// Its content.
    pub bytes: &'static [u8],
    /// Its content compressed by gzip, where that is worth it.
    pub gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The exercises.
pub fn files() -> Files {
    let mut files = Files { at: "exercises".into(), ..Files::default() };
    EXERCISES.iter().for_each(|(path, text)| files.add(path, text));
    files
}
