//! Submissions side by side through one executor.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::task::{Id, JoinSet};

use super::outcome::{Outcome, Refused};
use super::resume::{Fingerprint, Results};
use super::submissions::Submission;
use crate::job::{Job, RunError};
use crate::pool::chain;
use crate::service::Executor;
use crate::verdict::{self, Terms};

/// What all submissions share.
pub struct Work<'a> {
    pub executor: &'a Arc<Executor>,
    /// A job that lacks its code.
    pub job: Job,
    /// Of everything but the submission.
    pub print: Fingerprint,
    pub code_chars: usize,
    pub side_by_side: usize,
}

/// The runs that are under way.
pub type Runs = JoinSet<Result<api::ExecuteResponse, RunError>>;

impl Work<'_> {
    /// Does all of them and tells each as it is done, with its place and whether it was known before.
    pub async fn all(
        &self,
        submissions: &[Submission],
        runs: &mut Runs,
        mut results: Option<&mut Results>,
        mut done: impl FnMut(usize, Outcome, bool),
    ) {
        let mut whose: HashMap<Id, (usize, String)> = HashMap::new();
        let mut left = submissions.iter().enumerate();
        loop {
            while runs.len() < self.side_by_side {
                let Some((place, submission)) = left.next() else { break };
                let code = match submission.text(self.code_chars) {
                    Ok(code) => code,
                    Err((why, message)) => {
                        done(place, Outcome::refused(submission, why, message), false);
                        continue;
                    }
                };
                let key = self.print.clone().and(&submission.name).and(&code).hex();
                if let Some(known) = results.as_mut().and_then(|results| results.take(&key)) {
                    // The same submission may lie elsewhere by now.
                    done(place, Outcome { path: submission.path.display().to_string(), ..known }, true);
                    continue;
                }
                let run = graded(Arc::clone(self.executor), Job { code, ..self.job.clone() });
                whose.insert(runs.spawn(run).id(), (place, key));
            }
            let Some(ended) = runs.join_next_with_id().await else { return };
            let (id, ended) = match ended {
                Ok((id, Ok(answer))) => (id, Ok(answer)),
                Ok((id, Err(error))) => (id, Err(chain(&error))),
                Err(panic) => (panic.id(), Err(panic.to_string())),
            };
            let Some((place, key)) = whose.remove(&id) else { continue };
            let outcome = match ended {
                Ok(answer) => Outcome::ran(&submissions[place], answer),
                Err(problem) => Outcome::refused(&submissions[place], Refused::NotGraded, problem),
            };
            if !outcome.is_our_fault()
                && let Some(Err(error)) = results.as_mut().map(|results| results.note(key, &outcome))
            {
                eprintln!("python-executor: results are no longer kept: {error}");
                results = None;
            }
            done(place, outcome, false);
        }
    }
}

/// One submission. What fails on our side is tried once more.
async fn graded(executor: Arc<Executor>, job: Job) -> Result<api::ExecuteResponse, RunError> {
    let finished = match executor.run(&job).await {
        Ok(finished) => finished,
        Err(_) => executor.run(&job).await?,
    };
    let hide = job.tests.as_ref().is_some_and(|tests| tests.hide);
    Ok(verdict::response(finished, &Terms { limits: job.limits, trim: true, hide }))
}
