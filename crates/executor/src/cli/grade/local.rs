//! Grading on this machine, by an executor inside this process.

use std::pin::Pin;

use api::ExecuteRequest;

use super::super::{FAULT, environment};
use super::resume::{Fingerprint, Results};
use super::submissions::Submission;
use super::work::{Runs, Work};
use super::{GradeArgs, Stopped, Tally, request};
use crate::config::Config;
use crate::engine::Engine;
use crate::http;
use crate::job::Job;
use crate::pool::chain;
use crate::service::Executor;

/// What this machine grades with.
pub struct Local {
    config: Config,
    job: Job,
}

impl Local {
    /// What the command line and the environment say.
    pub fn of(args: &GradeArgs) -> Result<Local, String> {
        let config = settings(args)?;
        let job = job(args, &config)?;
        Ok(Local { config, job })
    }

    /// Grades all of them: an exit code if it is told to stop before.
    pub async fn grade(
        self,
        submissions: &[Submission],
        results: Option<&mut Results>,
        tally: &mut Tally,
        stop: &mut Pin<&mut impl Future<Output = u8>>,
    ) -> Result<Option<u8>, Stopped> {
        let Local { config, job } = self;
        let executor = tokio::select! {
            code = stop.as_mut() => return Ok(Some(code)),
            started = Executor::start(config.options()) => started.map_err(|error| (chain(&error), FAULT))?,
        };
        let work = Work {
            executor: &executor,
            print: print(&job, &executor),
            job,
            code_chars: config.requests.code_chars,
            side_by_side: config.engine.capacity,
        };
        let mut runs = Runs::new();
        let all = work.all(submissions, &mut runs, results, |place, outcome, known| tally.note(place, outcome, known));
        let stopped = tokio::select! {
            biased;
            code = stop.as_mut() => Some(code),
            () = all => None,
        };
        runs.shutdown().await;
        executor.close().await;
        Ok(stopped)
    }
}

/// The environment's settings with those of the command line, for one interpreter. Whoever sits at the command line is
/// the operator: ceilings, which are for callers, give way.
fn settings(args: &GradeArgs) -> Result<Config, String> {
    let mut settings = environment()?;
    if let Some(python) = &args.python {
        settings.python = vec![python.clone()];
    }
    settings.python.truncate(1);
    settings.isolation = args.isolation.unwrap_or(settings.isolation);
    if let Some(timeout) = args.timeout_ms {
        settings.timeout_ms = timeout;
        settings.max_timeout_ms = settings.max_timeout_ms.max(timeout);
    }
    if let Some(memory) = args.memory_mb {
        settings.memory_mb = memory;
        settings.max_memory_mb = settings.max_memory_mb.max(memory);
    }
    let mut config = settings.validate().map_err(|error| chain(&error))?;
    let jobs = args.jobs.unwrap_or(config.engine.capacity);
    // A submission takes one cell of each kind; a few more are in the making while it runs.
    config.engine.capacity = jobs;
    config.engine.queue = jobs;
    config.engine.pool.target = jobs;
    config.engine.tests = jobs;
    Ok(config)
}

/// What every submission's job has, checked by the service's rules.
fn job(args: &GradeArgs, config: &Config) -> Result<Job, String> {
    // Stands for any: a submission that is empty or too long is a result of its own.
    let request = ExecuteRequest { code: "pass".into(), ..request(args, config.ceilings.file_bytes)? };
    http::job(config, &request).map_err(|problem| problem.error.into_owned())
}

/// Everything that a result depends on beside its submission.
fn print(job: &Job, executor: &Executor) -> Fingerprint {
    let now = executor.snapshot();
    let runtime = &now.runtimes[job.runtime];
    let mut print = Fingerprint::default()
        .and(env!("CARGO_PKG_VERSION"))
        .and(now.level.name())
        .and(format!("{} {} {}", runtime.implementation, runtime.version, runtime.executable.display()))
        .and(format!("{:?} {:?}", job.limits, job.tests));
    for file in &job.files {
        print = print.and(&file.path).and(&file.content);
    }
    print
}
