//! Settings of jobs: where they are kept, and for how long.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use callbacks::guard::Allow;
use callbacks::sign::Secret;
use clap::Args;

use super::args::{DAY_MS, count, from_to};
use super::{ConfigError, SecretFile, wrong};

/// What jobs are kept by.
#[derive(Debug, Clone, Args)]
pub struct JobsArgs {
    /// What keeps the jobs of `POST /jobs`: a file of this service alone, `sqlite:///var/lib/python-executor/jobs.db`; NATS
    /// JetStream, `nats://host:4222,host:4222`, shared by many; or `off`. Default: jobs.db in STATE_DIRECTORY, or in the
    /// user's state folder; where that cannot be had there are no jobs, and `/health` says why.
    #[arg(long, env, hide_env_values = true, help_heading = "Jobs")]
    pub jobs_url: Option<String>,
    /// File that holds JOBS_URL, for one with a password in it.
    #[arg(long, env, help_heading = "Jobs")]
    pub jobs_url_file: Option<PathBuf>,
    /// Jobs of one key that may wait or run; further ones are answered with 429.
    #[arg(long, env, default_value = "100000", value_parser = count(1, 100_000_000), help_heading = "Jobs")]
    pub jobs_queue: usize,
    /// Jobs that run at the same time; 0: none, this service only takes them on. Default: POOL_CAPACITY.
    #[arg(long, env, value_parser = count(0, 10_000), help_heading = "Jobs")]
    pub jobs_workers: Option<usize>,
    /// How long jobs and their results are kept after their end, in hours.
    #[arg(long, env, default_value = "72", value_parser = from_to(1, 8_760), help_heading = "Jobs")]
    pub jobs_keep_hours: u64,
    /// How long a job is left with a service that is not heard of, in milliseconds; then another one gets it.
    #[arg(long, env, default_value = "30000", value_parser = from_to(1_000, DAY_MS), help_heading = "Jobs")]
    pub jobs_lease_ms: u64,
    /// What callbacks are signed with, as Standard Webhooks says: `whsec_` and base64, or any text of at least 24 bytes. Several,
    /// comma separated, while one is replaced. None: `callbackUrl` is refused.
    #[arg(long, env, value_delimiter = ',', hide_env_values = true, help_heading = "Jobs")]
    pub callback_secret: Vec<String>,
    /// File with further secrets, one a line; empty lines and lines that start with `#` are skipped.
    #[arg(long, env, help_heading = "Jobs")]
    pub callback_secret_file: Option<PathBuf>,
    /// Networks, addresses and host names that callbacks may reach though they are not of the public Internet, comma
    /// separated, such as `10.1.0.0/16,portal.internal`.
    #[arg(long, env, value_delimiter = ',', help_heading = "Jobs")]
    pub callback_allow: Vec<String>,
}

/// Where jobs are kept. The address of a server may hold a password, so it is never printed.
#[derive(Clone, PartialEq, Eq)]
pub enum JobsPlace {
    /// Nowhere.
    Off,
    /// In a file.
    File {
        /// Which.
        path: PathBuf,
        /// The operator named it: there is no start without it.
        named: bool,
    },
    /// By a NATS cluster.
    Nats(String),
}

impl fmt::Debug for JobsPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JobsPlace::Off => f.write_str("off"),
            JobsPlace::File { path, .. } => write!(f, "sqlite://{}", path.display()),
            JobsPlace::Nats(_) => f.write_str("nats://…"),
        }
    }
}

/// What is kept to be run later.
#[derive(Debug, Clone)]
pub struct JobsConfig {
    /// Where.
    pub place: JobsPlace,
    /// For how long, and how many.
    pub options: jobs::Options,
    /// How many run at the same time.
    pub workers: usize,
    /// What callbacks are made with, where there are any.
    pub callbacks: Option<callbacks::Settings>,
    /// The files that address and secrets came from.
    files: Vec<PathBuf>,
}

/// How long one callback may take.
const CALLBACK: Duration = Duration::from_secs(10);

impl JobsArgs {
    fn callbacks(&self) -> Result<Option<callbacks::Settings>, ConfigError> {
        let usable = |variable, text: &str| Secret::of(text).map_err(|why| wrong(variable, why));
        let given = self.callback_secret.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        let mut secrets = given.map(|text| usable("CALLBACK_SECRET", text)).collect::<Result<Vec<_>, _>>()?;
        if let Some(path) = &self.callback_secret_file {
            let file = SecretFile::read("CALLBACK_SECRET_FILE", path)?;
            for line in file.text().lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
                secrets.push(usable("CALLBACK_SECRET_FILE", line)?);
            }
            if secrets.is_empty() {
                return Err(wrong("CALLBACK_SECRET_FILE", format!("{} holds no secret", path.display())));
            }
        }
        let allow = Allow::of(self.callback_allow.iter().map(String::as_str));
        let allow = allow.map_err(|why| wrong("CALLBACK_ALLOW", why))?;
        Ok((!secrets.is_empty()).then_some(callbacks::Settings { secrets, allow, timeout: CALLBACK }))
    }

    pub(super) fn validate(self, capacity: usize) -> Result<JobsConfig, ConfigError> {
        let (variable, url) = match (&self.jobs_url, &self.jobs_url_file) {
            (Some(_), Some(_)) => return Err(wrong("JOBS_URL_FILE", "is one address too many beside JOBS_URL")),
            (Some(url), None) => ("JOBS_URL", Some(url.clone())),
            (None, Some(path)) => {
                ("JOBS_URL_FILE", Some(SecretFile::read("JOBS_URL_FILE", path)?.text().trim().to_owned()))
            }
            (None, None) => ("JOBS_URL", None),
        };
        let options = jobs::Options {
            lease: Duration::from_millis(self.jobs_lease_ms),
            queue: self.jobs_queue,
            keep: Duration::from_secs(self.jobs_keep_hours * 60 * 60),
            ..jobs::Options::default()
        };
        Ok(JobsConfig {
            place: place(variable, url.as_deref())?,
            options,
            workers: self.jobs_workers.unwrap_or(capacity),
            callbacks: self.callbacks()?,
            files: [self.jobs_url_file, self.callback_secret_file].into_iter().flatten().collect(),
        })
    }
}

impl JobsConfig {
    /// Files that no program may see.
    pub fn hidden(&self) -> Vec<PathBuf> {
        let mut hidden = self.files.clone();
        if let JobsPlace::File { path, .. } = &self.place {
            let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            hidden.extend(["", "-wal", "-shm"].map(|ending| PathBuf::from(format!("{}{ending}", path.display()))));
        }
        hidden
    }
}

/// What an address means. It is not repeated in errors.
fn place(variable: &'static str, url: Option<&str>) -> Result<JobsPlace, ConfigError> {
    let Some(url) = url else {
        let folder = state_folder();
        return Ok(
            folder.map_or(JobsPlace::Off, |folder| JobsPlace::File { path: folder.join("jobs.db"), named: false })
        );
    };
    if url == "off" {
        return Ok(JobsPlace::Off);
    }
    if url.starts_with("nats://") || url.starts_with("tls://") {
        return Ok(JobsPlace::Nats(url.to_owned()));
    }
    match url.strip_prefix("sqlite://") {
        Some("" | ":memory:") => Err(wrong(variable, "jobs without a file would be lost; name one: sqlite://PATH")),
        Some(path) if path.contains(['?', '#', '%']) => {
            Err(wrong(variable, "the path of a SQLite file is taken as it is, without ?, # or %"))
        }
        Some(path) => Ok(JobsPlace::File { path: path.into(), named: true }),
        None => Err(wrong(variable, "must be sqlite://PATH, nats://HOST:PORT or off")),
    }
}

/// What systemd gives, or what the desktop's convention says.
fn state_folder() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let own = Path::new("python-executor");
    folder("STATE_DIRECTORY")
        .or_else(|| folder("XDG_STATE_HOME").map(|path| path.join(own)))
        .or_else(|| folder("HOME").map(|path| path.join(".local/state").join(own)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let of = |url| place("JOBS_URL", Some(url));
        assert_eq!(of("off").expect("usable"), JobsPlace::Off);
        let file = JobsPlace::File { path: "/var/lib/x.db".into(), named: true };
        assert_eq!(of("sqlite:///var/lib/x.db").expect("usable"), file);
        assert_eq!(format!("{:?}", of("nats://me:secret@host:4222").expect("usable")), "nats://…");
        for wrong in
            ["", "sqlite://", "sqlite://:memory:", "sqlite://x?mode=ro", "postgres://x", "/var/lib/jobs.db", "OFF"]
        {
            assert_eq!(of(wrong).expect_err(wrong).variable, "JOBS_URL");
        }
        let secret = of("redis://me:secret@host").expect_err("no engine").to_string();
        assert!(!secret.contains("secret"), "{secret}");
    }
}
