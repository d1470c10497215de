//! Where the database is.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{ConfigError, wrong};

/// A database. The address of a server may hold a password, so it is never printed.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A file.
    Sqlite(PathBuf),
    /// A server.
    Postgres(String),
}

impl Place {
    /// [`Place::kind`] of a server.
    pub const POSTGRES: &str = "postgres";

    /// What `variable` says; without anything, a file in the user's data folder.
    ///
    /// # Errors
    /// It cannot be used; what it says is not repeated.
    pub fn of(variable: &'static str, url: Option<&str>) -> Result<Place, ConfigError> {
        let refuse = |why: &str| Err(wrong(variable, why));
        match url {
            None => Ok(Place::Sqlite(data_folder().join("portal.db"))),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                match url.parse::<sqlx::postgres::PgConnectOptions>() {
                    Ok(_) => Ok(Place::Postgres(url.to_owned())),
                    Err(error) => refuse(&format!("it is no address of a PostgreSQL database: {error}")),
                }
            }
            Some(url) => match url.strip_prefix("sqlite:").map(|rest| rest.strip_prefix("//").unwrap_or(rest)) {
                Some("" | ":memory:") => refuse("a database without a file would be lost; name one: sqlite://PATH"),
                Some(path) if path.contains(['?', '#', '%']) => {
                    refuse("the path of a SQLite file is taken as it is, without ?, # or %")
                }
                Some(path) => Ok(Place::Sqlite(path.into())),
                None => refuse("it must start with sqlite:// or postgres://"),
            },
        }
    }

    /// In one word.
    pub fn kind(&self) -> &'static str {
        match self {
            Place::Sqlite(_) => "sqlite",
            Place::Postgres(_) => Place::POSTGRES,
        }
    }

    /// Files that no program may see.
    pub fn files(&self) -> Vec<PathBuf> {
        let Place::Sqlite(path) = self else { return Vec::new() };
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        let beside = |ending: &str| {
            let mut name = path.clone().into_os_string();
            name.push(ending);
            PathBuf::from(name)
        };
        vec![beside(""), beside("-wal"), beside("-shm")]
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Sqlite(path) => write!(f, "sqlite://{}", path.display()),
            Place::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

/// What systemd gives, what the desktop's convention says, or the current folder.
fn data_folder() -> PathBuf {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    folder("STATE_DIRECTORY")
        .or_else(|| folder("XDG_DATA_HOME").map(|path| path.join("portal")))
        .or_else(|| folder("HOME").map(|path| path.join(".local/share/portal")))
        .unwrap_or_else(|| Path::new(".").into())
}
