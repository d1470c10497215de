//! Grading by the jobs of a running service.
//!
//! Each submission's job has an idempotency key made of all that its result depends on and of a name that stands in the
//! file of results. So a command that is started again, whatever ended the one before, asks for the very same jobs: what
//! has ended is told at once, what runs is waited for, and nothing is run twice.

use std::path::Path;

use api::{ExecuteRequest, JobInfo, JobStatus, RequestLimits};
use axum::http::{HeaderValue, StatusCode};

use super::super::{FAULT, USAGE};
use super::outcome::{Outcome, Refused};
use super::resume::{Fingerprint, Results};
use super::submissions::Submission;
use super::{GradeArgs, Stopped, Tally, request};
use crate::client::{self, Address, Batches, Program, Service, Told};
use crate::pool::chain;

/// Most of a submission's text that is read, in characters; the service has a bound of its own.
const CODE_MAX: usize = 8 << 20;
/// Most of `--files`, in bytes: in base64 it has to fit into a request.
const FILES_MAX: u64 = 5 << 20;

/// What a service grades with.
pub struct Remote {
    service: Service,
    shared: ExecuteRequest,
}

/// A submission that is asked for.
struct Asked {
    place: usize,
    key: String,
}

impl Remote {
    /// What the command line and the environment say.
    pub fn of(args: &GradeArgs, url: &str) -> Result<Remote, String> {
        let own = [
            (args.python.is_some(), "--python names an interpreter of this machine"),
            (args.isolation.is_some(), "--isolation is for the sandbox of this machine"),
            (args.jobs.is_some(), "--jobs is for the processors of this machine"),
        ];
        if let Some((_, what)) = own.into_iter().find(|(given, _)| *given) {
            return Err(format!("{what}; with --server the service decides"));
        }
        let address = Address::read(url).map_err(|error| format!("--server: {error}"))?;
        let service = Service::new(address, key(args.key_file.as_deref())?);
        let service = service.map_err(|error| format!("--server: {}", chain(&error)))?;
        let limits =
            RequestLimits { timeout_ms: args.timeout_ms, memory_mb: args.memory_mb, ..RequestLimits::default() };
        let limits = (limits != RequestLimits::default()).then_some(limits);
        Ok(Remote { service, shared: ExecuteRequest { limits, ..request(args, FILES_MAX)? } })
    }

    /// Grades all of them.
    pub async fn grade(
        &self,
        submissions: &[Submission],
        mut results: Option<&mut Results>,
        tally: &mut Tally,
    ) -> Result<(), Stopped> {
        let print = self.print().await?;
        let new = jobs::Id::random().map_err(|error| (format!("there are no random numbers: {error}"), FAULT))?;
        let round = match results.as_mut() {
            Some(results) => results.round(new.to_string()).map_err(|error| (kept_no_longer(&error), FAULT))?,
            None => new.to_string(),
        };
        let (mut asked, mut programs) = (Vec::new(), Vec::new());
        for (place, submission) in submissions.iter().enumerate() {
            let code = match submission.text(CODE_MAX) {
                Ok(code) => code,
                Err((why, message)) => {
                    tally.note(place, Outcome::refused(submission, why, message), false);
                    continue;
                }
            };
            let key = print.clone().and(&submission.name).and(&code).hex();
            if let Some(known) = results.as_mut().and_then(|results| results.take(&key)) {
                // The same submission may lie elsewhere by now.
                tally.note(place, Outcome { path: submission.path.display().to_string(), ..known }, true);
                continue;
            }
            let lost = results.as_ref().map_or(0, |results| results.lost(&key));
            let name = Fingerprint::default().and(&round).and(&key).and(lost.to_string()).hex();
            programs.push(Program { key: name, code });
            asked.push(Asked { place, key });
        }
        let batches = Batches { service: &self.service, shared: self.shared.clone() };
        let done = batches.all(&programs, |told| {
            let noted = match told {
                Told::Waiting(why) => {
                    tally.wait(&why);
                    return;
                }
                Told::Refused(number, why) => {
                    let Asked { place, .. } = asked[number];
                    tally.note(place, Outcome::refused(&submissions[place], Refused::TooLong, why), false);
                    return;
                }
                Told::Ended(number, info) => {
                    let Asked { place, key } = &asked[number];
                    let outcome = ended(&submissions[*place], *info);
                    let noted = results.as_mut().map(|results| match outcome.is_our_fault() {
                        true => results.note_lost(key.clone()),
                        false => results.note(key.clone(), &outcome),
                    });
                    tally.note(*place, outcome, false);
                    noted
                }
            };
            if let Some(Err(error)) = noted {
                tally.bar.suspend(|| eprintln!("python-executor: {}", kept_no_longer(&error)));
                results = None;
            }
        });
        done.await.map_err(|stopped| self.stopped(stopped))
    }

    /// Everything that a result depends on beside its submission.
    async fn print(&self) -> Result<Fingerprint, Stopped> {
        let health = self.service.health().await.map_err(|fault| self.stopped(fault.into()))?;
        if !health.jobs.on {
            let why = health.jobs.why.unwrap_or_default();
            return Err((format!("{} takes no jobs: {why}", self.service.address()), FAULT));
        }
        let runtime = health.runtimes.iter().find(|runtime| runtime.default);
        let runtime = runtime.map(|runtime| format!("{} {} {}", runtime.implementation, runtime.version, runtime.name));
        let shared = serde_json::to_vec(&self.shared).map_err(|error| (error.to_string(), FAULT))?;
        Ok(Fingerprint::default()
            .and("service")
            .and(health.version)
            .and(health.isolation.level)
            .and(runtime.unwrap_or_default())
            .and(shared))
    }

    fn stopped(&self, why: client::Stopped) -> Stopped {
        let (hint, code) = match &why {
            client::Stopped::Refused { status: StatusCode::UNAUTHORIZED, .. } => {
                ("; --key-file or API_KEY gives the key", USAGE)
            }
            client::Stopped::Refused { status: StatusCode::CONFLICT, .. } => ("; --fresh asks for all anew", FAULT),
            client::Stopped::Refused { status, .. } if status.is_client_error() => ("", USAGE),
            _ => ("", FAULT),
        };
        (format!("{}: {}{hint}", self.service.address(), chain(&why)), code)
    }
}

fn kept_no_longer(error: &std::io::Error) -> String {
    format!("results are no longer kept: {error}")
}

/// What came of a job that has ended.
fn ended(submission: &Submission, info: JobInfo) -> Outcome {
    let not = |why: String| Outcome::refused(submission, Refused::NotGraded, why);
    match (info.status, info.result) {
        (JobStatus::Done, Some(answer)) => Outcome::ran(submission, answer),
        (JobStatus::Cancelled, _) => not("its job was cancelled; the same command asks for another".into()),
        (_, _) => not(info.reason.unwrap_or_else(|| "its job ended without a result".into())),
    }
}

/// The key of the file, or of the variable.
fn key(file: Option<&Path>) -> Result<Option<HeaderValue>, String> {
    let (from, text) = match file {
        Some(path) => {
            let from = format!("--key-file {}", path.display());
            let text = std::fs::read_to_string(path).map_err(|error| format!("{from}: {error}"))?;
            (from, Some(text))
        }
        None => ("API_KEY".into(), std::env::var("API_KEY").ok().filter(|text| !text.is_empty())),
    };
    text.map(|text| client::key(&text).map_err(|error| format!("{from}: {error}"))).transpose()
}
