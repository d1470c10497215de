//! The streams, made where they are not there yet.

use std::time::Duration;

use async_nats::jetstream::stream::{Config, DiscardPolicy, Info, RetentionPolicy, StorageType};
use tokio::time::{Instant, sleep};

use super::link::{Bare, Link, away};
use super::{
    CALL_SUBJECTS, CALLS, END_SUBJECTS, ENDS, GUARD_SUBJECTS, GUARDS, INTAKE, INTAKE_SUBJECT, QUEUE, QUEUE_SUBJECTS,
};
use crate::EngineError;

/// Where there are several servers: what one of them has, two others have as well.
const SEVERAL: usize = 3;
/// How long a cluster that has just been started is waited for.
const PATIENCE: Duration = Duration::from_secs(8);
/// The servers' word for: there is none of this name.
const NOT_FOUND: u64 = 10059;
/// And for: there is one, and it is another.
const IN_USE: u64 = 10058;

/// What a stream is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// What is acknowledged is gone.
    Queue,
    /// What is removed is gone.
    Notes,
    /// The last message of each subject stays.
    Bucket,
}

/// A stream's name, its subjects, and what it is for.
const STREAMS: [(&str, &str, Kind); 5] = [
    (QUEUE, QUEUE_SUBJECTS, Kind::Queue),
    (CALLS, CALL_SUBJECTS, Kind::Queue),
    (ENDS, END_SUBJECTS, Kind::Notes),
    (INTAKE, INTAKE_SUBJECT, Kind::Notes),
    (GUARDS, GUARD_SUBJECTS, Kind::Notes),
];

impl Link {
    /// Makes what is missing. `replicas` is the operator's word; without it, what a cluster of this size can keep.
    /// Answers whether there is more than one.
    pub async fn prepare(&self, replicas: Option<usize>, buckets: &[&'static str]) -> Result<bool, EngineError> {
        for (name, subjects, kind) in STREAMS {
            let subjects = match kind {
                Kind::Notes if name == INTAKE => subjects.to_owned(),
                _ => format!("{subjects}.>"),
            };
            self.make_stream(config(name.to_owned(), subjects, kind), replicas).await?;
        }
        let mut are_copied = false;
        for bucket in buckets {
            let config = config(format!("KV_{bucket}"), format!("$KV.{bucket}.>"), Kind::Bucket);
            are_copied |= self.make_stream(config, replicas).await? > 1;
        }
        Ok(are_copied)
    }

    async fn make_stream(&self, mut config: Config, replicas: Option<usize>) -> Result<usize, EngineError> {
        let what = "the streams of jobs cannot be made";
        let is_cluster = self.client.server_info().cluster.is_some();
        if !is_cluster && replicas.is_some_and(|wanted| wanted > 1) {
            let why = "this server is alone and can keep one copy; leave ?replicas out of JOBS_URL";
            return Err(EngineError::Address(why.into()));
        }
        config.num_replicas = replicas.unwrap_or(if is_cluster { SEVERAL } else { 1 });
        let name = config.name.clone();
        let until = Instant::now() + PATIENCE;
        loop {
            match self.ask::<Info>(what, format!("STREAM.INFO.{name}"), &serde_json::json!({})).await? {
                Ok(found) if replicas.is_none_or(|wanted| wanted == found.config.num_replicas) => {
                    return Ok(found.config.num_replicas);
                }
                Ok(found) => {
                    let changed = Config { num_replicas: config.num_replicas, ..found.config };
                    let changed = self.ask::<Info>(what, format!("STREAM.UPDATE.{name}"), &changed).await?;
                    return changed
                        .map(|changed| changed.config.num_replicas)
                        .map_err(|error| away(what, format!("{name}: {error}")));
                }
                Err(error) if error.error_code().0 == NOT_FOUND => {}
                Err(error) => return Err(away(what, format!("{name}: {error}"))),
            }
            match self.ask::<Info>(what, format!("STREAM.CREATE.{name}"), &config).await? {
                Ok(made) => return Ok(made.config.num_replicas),
                // Another engine was faster.
                Err(error) if error.error_code().0 == IN_USE => {}
                // A cluster whose servers have not all met yet.
                Err(_) if is_cluster && Instant::now() < until => {}
                Err(error) => {
                    let copies = config.num_replicas;
                    let why = format!("{name} with {copies} copies: {error}; JOBS_URL can end in ?replicas=1");
                    return Err(away(what, why));
                }
            }
            sleep(Duration::from_millis(250)).await;
        }
    }

    /// A stream that was prepared.
    pub async fn prepared(&self, name: impl AsRef<str>) -> Result<Bare, EngineError> {
        let stream = self.js.get_stream_no_info(name).await;
        stream.map_err(|error| away("a stream of jobs cannot be had", error))
    }
}

/// Nothing here goes by age alone: what waits would go as well. A sweep forgets what has ended.
fn config(name: String, subjects: String, kind: Kind) -> Config {
    let is_bucket = matches!(kind, Kind::Bucket);
    Config {
        name,
        subjects: vec![subjects],
        retention: if matches!(kind, Kind::Queue) { RetentionPolicy::WorkQueue } else { RetentionPolicy::Limits },
        discard: DiscardPolicy::New,
        storage: StorageType::File,
        max_messages: -1,
        max_bytes: -1,
        max_messages_per_subject: if is_bucket { 1 } else { -1 },
        allow_rollup: is_bucket,
        // Copies that are late would answer: what was just taken on would not be there.
        allow_direct: false,
        ..Default::default()
    }
}
