//! Grading again what learners handed in: after an exercise's tests were mended, for example.
//!
//! Theory of operation. Submissions whose stored result is not of the exercise's present tests go to an executor as jobs,
//! a page of them at a time, by the same client as `python-executor grade --server`. Each job's idempotency key is made of
//! the submission and of all that its result depends on, so that a regrade which is cut short, or rehearsed and then done,
//! has nothing run twice. Each result is stored as it arrives, with what it changes in the learner's progress.
//!
//! A result that now passes completes the exercise. One that does not pass any more takes nothing back: who was told that
//! an exercise is completed has it completed, unless the operator says otherwise (`--take-back`).

use api::{ExecuteRequest, ExecuteResponse, JobInfo, JobStatus, RunStatus};
use executor::client::{Batches, Program, Service, Stopped, Told};
use tokio::sync::mpsc;

use crate::db::{Completions, Db, DbError, Regrade, Regraded, Stored};
use crate::exercises::Tests;

/// Submissions that are looked after at the same time.
const PAGE: u32 = 1000;

/// Why a regrade does not go on. What it has stored stays, and the next one goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum RegradeError {
    /// The database.
    #[error("the database cannot be used")]
    Database(#[from] DbError),
    /// The executor.
    #[error("the executor does not grade")]
    Executor(#[from] Stopped),
    /// A request that cannot be written.
    #[error("a request cannot be written")]
    Request(#[from] serde_json::Error),
}

/// A submission that was graded again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number.
    pub id: i64,
    /// Whose it is: digest of a cookie.
    pub learner: String,
    /// When it was handed in, in milliseconds since 1970.
    pub created_at: i64,
    /// Whether it had passed.
    pub was: bool,
    /// Whether it passes now, or why it could not be graded.
    pub now: Result<bool, String>,
    /// The first test that it does not pass.
    pub fails: Option<String>,
}

/// What to do.
#[derive(Debug)]
pub struct Task<'a> {
    /// Where everything is kept.
    pub db: &'a Db,
    /// Who runs programs.
    pub service: &'a Service,
    /// The exercise's id.
    pub exercise: &'a str,
    /// Its tests.
    pub tests: Tests,
    /// Nothing is written.
    pub dry_run: bool,
    /// Completed exercises may be taken from learners.
    pub take_back: bool,
    /// Now, in milliseconds since 1970.
    pub at: i64,
}

impl Task<'_> {
    /// Does it, and tells of each submission as it is done, and of what it waits for.
    ///
    /// # Errors
    /// See [`RegradeError`].
    pub async fn run(
        &self,
        mut tell: impl FnMut(Change),
        mut waiting: impl FnMut(&str),
    ) -> Result<Completions, RegradeError> {
        let digest = self.tests.digest();
        let regrade = Regrade { exercise: self.exercise, digest: &digest, at: self.at };
        let batches = Batches { service: self.service, shared: self.request() };
        let (mut after, mut given, mut rehearsed) = (0, 0, Vec::new());
        loop {
            let page = self.db.to_regrade(regrade, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            let programs = page.iter().map(|stored| self.program(stored)).collect::<Result<Vec<_>, _>>()?;
            let (sender, mut told) = mpsc::unbounded_channel();
            let asked = async { batches.all(&programs, move |one| drop(sender.send(one))).await };
            let noted = async {
                while let Some(one) = told.recv().await {
                    let (stored, outcome) = match one {
                        Told::Waiting(why) => {
                            waiting(&why);
                            continue;
                        }
                        Told::Refused(number, why) => (&page[number], Err((why, false))),
                        Told::Ended(number, info) => (&page[number], regraded(&page[number], *info)),
                    };
                    let (change, now) = change(stored, outcome);
                    match now {
                        Ok(now) if self.dry_run => rehearsed.push(now),
                        Ok(now) => given += self.db.replace_result(regrade, &now).await?.unwrap_or_default(),
                        Err(lost) if lost && !self.dry_run => self.db.note_lost_job(stored.id).await?,
                        Err(_) => {}
                    }
                    tell(change);
                }
                Ok::<_, RegradeError>(())
            };
            // A database that is away ends it at once; an executor that is away, when all that was told is noted.
            let (asked, ()) = tokio::try_join!(async { Ok(asked.await) }, noted)?;
            asked?;
        }
        if self.dry_run {
            return Ok(self.db.rehearse(regrade, &rehearsed).await?);
        }
        let unfounded = match self.take_back {
            true => self.db.take_back(regrade).await?,
            false => self.db.unfounded(regrade).await?,
        };
        Ok(Completions { given, unfounded })
    }

    /// What all have, as a run with tests sends it. Standard input is not stored: there is none.
    fn request(&self) -> ExecuteRequest {
        ExecuteRequest {
            test_code: Some(self.tests.code.clone()),
            exercise_id: Some(self.exercise.to_owned()),
            run_tests: Some(true),
            integrity: Some(self.tests.integrity),
            hide_tests: Some(self.tests.hide),
            ..ExecuteRequest::default()
        }
    }

    fn program(&self, stored: &Stored) -> Result<Program, serde_json::Error> {
        let shared = serde_json::to_vec(&self.request())?;
        let own = format!("regrade {} {} {}\0", stored.id, stored.lost_jobs, stored.code.len());
        let key = jobs::digest(&[own.as_bytes(), stored.code.as_bytes(), &shared]);
        Ok(Program { key, code: stored.code.clone() })
    }
}

/// What is told, and what is written: whether a job was lost, where there is nothing to write.
fn change(
    stored: &Stored,
    outcome: Result<(Regraded, Option<String>), (String, bool)>,
) -> (Change, Result<Regraded, bool>) {
    let of = |now, fails| Change {
        id: stored.id,
        learner: stored.learner.clone(),
        created_at: stored.created_at,
        was: stored.passed,
        now,
        fails,
    };
    match outcome {
        Ok((now, fails)) => (of(Ok(now.passed), fails), Ok(now)),
        Err((why, lost)) => (of(Err(why), None), Err(lost)),
    }
}

/// What came of a job; else why there is no result, and that the job was lost.
fn regraded(stored: &Stored, info: JobInfo) -> Result<(Regraded, Option<String>), (String, bool)> {
    match (info.status, info.result) {
        (JobStatus::Done, Some(answer)) => Ok(of_answer(stored, &answer)),
        (JobStatus::Cancelled, _) => Err(("its job was cancelled".into(), true)),
        (_, _) => Err((info.reason.unwrap_or_else(|| "its job ended without a result".into()), true)),
    }
}

fn of_answer(stored: &Stored, answer: &ExecuteResponse) -> (Regraded, Option<String>) {
    let cases = answer.test_result.as_ref().map(|result| &result.test_cases[..]);
    let passed = answer.test_result.as_ref().is_some_and(|result| result.passed);
    let brief = |cases: &[api::TestCase]| {
        let list: Vec<_> =
            cases.iter().map(|case| serde_json::json!({"name": case.name, "status": case.status})).collect();
        serde_json::Value::from(list).to_string()
    };
    let now = Regraded {
        stored: stored.clone(),
        status: answer.status.name().into(),
        passed,
        completes: passed && answer.status == RunStatus::Ok,
        execution_ms: i64::try_from(answer.execution_time).unwrap_or(i64::MAX),
        test_cases: cases.map(brief),
    };
    let fails = cases.unwrap_or_default().iter().find(|case| !case.passed).map(|case| case.name.clone());
    (now, fails.or_else(|| (!passed).then(|| answer.status.name().into())))
}
