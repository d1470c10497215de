//! The body of `POST /jobs`.

use std::collections::HashMap;

use ::jobs::{Id, NewBatch, NewJob, Submission, Tenant, digest};
use api::{BATCH_MAX, JobPriority, JobsAccepted};

use crate::http::json::{self, Json};
use crate::http::validate::{FIELDS, Fields};
use crate::http::{App, Problem};

/// How a job or a batch is to be done.
const TERMS: [&str; 3] = ["idempotencyKey", "priority", "callbackUrl"];
/// Longest idempotency key, in characters.
const KEY_CHARS: usize = 200;
/// Values that each job of a batch adds to what a body may hold.
const VALUES: usize = 64;

/// A body that keeps every rule.
pub(super) struct Asked {
    pub submission: Submission,
    /// The answer, once it is taken on.
    pub accepted: JobsAccepted,
}

/// How one thing is to be done.
#[derive(Debug, Default)]
struct Terms {
    key: Option<String>,
    priority: Option<JobPriority>,
    callback: Option<String>,
}

/// Reads a body.
pub(super) fn read(app: &App, tenant: Tenant, body: &[u8]) -> Result<Asked, Problem> {
    let mut entries = json::object(json::parse_within(json::VALUES_MAX + BATCH_MAX * VALUES, body)?)?;
    let Some(place) = entries.iter().position(|(name, _)| name == "jobs") else {
        let terms = terms(app, &mut entries)?;
        let id = id(&tenant, "job", terms.key.as_deref())?;
        let job = job(app, id, entries, terms, JobPriority::Interactive)?;
        let accepted = JobsAccepted { batch_id: None, job_ids: vec![job.id.to_string()] };
        return Ok(Asked { submission: Submission { tenant, batch: None, jobs: vec![job] }, accepted });
    };
    let (_, items) = entries.swap_remove(place);
    let batch_terms = terms(app, &mut entries)?;
    Fields::new("", entries, &["jobs", TERMS[0], TERMS[1], TERMS[2]])?;
    let Json::Array(items) = items else {
        return Err(Problem::bad("INVALID_TYPE", "jobs must be an array").at("jobs"));
    };
    if items.is_empty() || items.len() > BATCH_MAX {
        let sentence = format!("jobs must have 1 to {BATCH_MAX} items");
        return Err(Problem::bad("TOO_MANY_ITEMS", sentence).at("jobs"));
    }
    let otherwise = batch_terms.priority.unwrap_or(JobPriority::Bulk);
    let mut jobs = Vec::with_capacity(items.len());
    let mut keys = HashMap::new();
    for (place, item) in items.into_iter().enumerate() {
        let at = format!("jobs[{place}]");
        let read = || -> Result<NewJob, Problem> {
            let Json::Object(mut entries) = item else {
                return Err(Problem::bad("INVALID_TYPE", "must be an object"));
            };
            let terms = terms(app, &mut entries)?;
            if let Some(key) = &terms.key
                && keys.insert(key.clone(), place).is_some()
            {
                let sentence = "idempotencyKey is that of another job of this batch";
                return Err(Problem::bad("DUPLICATE_KEY", sentence).at("idempotencyKey"));
            }
            // A batch that is sent again names the same jobs.
            let id = match (&terms.key, &batch_terms.key) {
                (Some(key), _) => Id::of_key(&tenant, "job", key),
                (None, Some(key)) => Id::of_key(&tenant, "job of a batch", &format!("{place}\0{key}")),
                (None, None) => id(&tenant, "job", None)?,
            };
            job(app, id, entries, terms, otherwise)
        };
        jobs.push(read().map_err(|problem| within(&at, problem))?);
    }
    let parts: Vec<&[u8]> = jobs.iter().flat_map(|job| [job.id.as_str().as_bytes(), job.digest.as_bytes()]).collect();
    let whole = digest(&parts);
    let callback = batch_terms.callback.as_deref().unwrap_or_default();
    let id = id(&tenant, "batch", batch_terms.key.as_deref())?;
    let accepted =
        JobsAccepted { batch_id: Some(id.to_string()), job_ids: jobs.iter().map(|job| job.id.to_string()).collect() };
    // Ids of jobs without any key differ each time; they are no part of what was asked for.
    let whole = match batch_terms.key {
        Some(_) => digest(&[whole.as_bytes(), callback.as_bytes()]),
        None => whole,
    };
    let batch = NewBatch { id, digest: whole, callback: batch_terms.callback };
    Ok(Asked { submission: Submission { tenant, batch: Some(batch), jobs }, accepted })
}

fn id(tenant: &Tenant, kind: &str, key: Option<&str>) -> Result<Id, Problem> {
    match key {
        Some(key) => Ok(Id::of_key(tenant, kind, key)),
        None => Id::random().map_err(|error| Problem::internal(format!("no random numbers: {error}"))),
    }
}

/// Takes the terms out of an object's fields.
fn terms(app: &App, entries: &mut Vec<(String, Json)>) -> Result<Terms, Problem> {
    let (own, rest) = std::mem::take(entries).into_iter().partition(|(name, _)| TERMS.contains(&name.as_str()));
    *entries = rest;
    let mut fields = Fields::new("", own, &TERMS)?;
    let key = fields.string("idempotencyKey")?;
    let is_usable = |key: &String| (1..=KEY_CHARS).contains(&key.chars().count()) && !key.chars().any(char::is_control);
    if key.as_ref().is_some_and(|key| !is_usable(key)) {
        let sentence =
            format!("idempotencyKey must have 1 to {KEY_CHARS} characters, none of them a control character");
        return Err(Problem::bad("INVALID_KEY", sentence).at("idempotencyKey"));
    }
    let priority = match fields.string("priority")?.as_deref() {
        None => None,
        Some("interactive") => Some(JobPriority::Interactive),
        Some("bulk") => Some(JobPriority::Bulk),
        Some(_) => {
            return Err(Problem::bad("INVALID_PRIORITY", "priority must be \"interactive\" or \"bulk\"").at("priority"));
        }
    };
    let callback = fields.string("callbackUrl")?;
    if let Some(url) = &callback {
        app.check_callback(url)?;
    }
    Ok(Terms { key, priority, callback })
}

/// A job whose program keeps the rules of `POST /execute`.
fn job(
    app: &App,
    id: Id,
    entries: Vec<(String, Json)>,
    terms: Terms,
    otherwise: JobPriority,
) -> Result<NewJob, Problem> {
    // Named here, where all fields are known: the rules of `/execute` would not suggest a term.
    let known: Vec<&str> = FIELDS.into_iter().chain(TERMS).collect();
    Fields::new("", entries.iter().map(|(name, _)| (name.clone(), Json::Null)).collect(), &known)?;
    let program = Json::Object(entries);
    let body = serde_json::to_vec(&program).map_err(|error| Problem::internal(error.to_string()))?;
    let accepted = app.rules.check_entries(json::object(program)?)?;
    let priority = terms.priority.unwrap_or(otherwise);
    let line = if priority == JobPriority::Bulk { "bulk" } else { "interactive" };
    let callback = terms.callback.as_deref().unwrap_or_default();
    let digest = digest(&[line.as_bytes(), b"\0", callback.as_bytes(), b"\0", &body]);
    Ok(NewJob { id, digest, body, priority, exercise: accepted.exercise, callback: terms.callback })
}

/// A problem with one job of a batch.
fn within(at: &str, problem: Problem) -> Problem {
    let field = match &problem.field {
        Some(field) => format!("{at}.{field}"),
        None => at.to_owned(),
    };
    Problem { error: format!("{at}: {}", problem.error).into(), ..problem }.at(field)
}
