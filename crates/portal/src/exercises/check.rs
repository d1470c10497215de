//! The proof of exercises in the real sandbox: solutions pass, starters do not, and each wrong answer gets the verdict
//! that its first lines say.

use std::collections::BTreeSet;
use std::sync::Arc;

use api::{ExecuteRequest, ExecuteResponse, RunStatus, TestCase};
use executor::config::Config;
use executor::service::Executor;
use executor::verdict::{self, Terms};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::{Lesson, Mistake, Wrong};

/// Fewest wrong answers of an exercise.
const WRONG_MIN: usize = 2;

/// An exercise, and what is wrong with it.
#[derive(Debug)]
pub struct Checked {
    /// Which.
    pub id: String,
    /// Programs that were run.
    pub runs: usize,
    /// What is wrong.
    pub mistakes: Vec<Mistake>,
}

/// Runs everything that exercises consist of, `jobs` at a time; the results in the exercises' order.
pub async fn check(executor: Arc<Executor>, config: Arc<Config>, lessons: Vec<Lesson>, jobs: usize) -> Vec<Checked> {
    let bench = Arc::new(Bench { executor, config, places: Semaphore::new(jobs) });
    let mut running = JoinSet::new();
    for (index, lesson) in lessons.into_iter().enumerate() {
        let bench = bench.clone();
        running.spawn(async move { (index, bench.lesson(&lesson).await) });
    }
    let mut checked = running.join_all().await;
    checked.sort_by_key(|(index, _)| *index);
    checked.into_iter().map(|(_, checked)| checked).collect()
}

struct Bench {
    executor: Arc<Executor>,
    config: Arc<Config>,
    places: Semaphore,
}

impl Bench {
    async fn lesson(&self, lesson: &Lesson) -> Checked {
        let mut mistakes = Vec::new();
        if lesson.wrong.len() < WRONG_MIN {
            let what = format!("there must be at least {WRONG_MIN} wrong answers");
            mistakes.push(Mistake::new(format!("{}/wrong", lesson.at), None, what));
        }
        let file = |name: &str| format!("{}/{name}", lesson.at);
        match self.run(lesson, &lesson.solution_code).await {
            Ok(answer) => mistakes.extend(solution(&answer, lesson)),
            Err(fault) => mistakes.push(Mistake::new(file("solution.py"), None, fault)),
        }
        match self.run(lesson, &lesson.seen.starter_code).await {
            Ok(answer) => mistakes.extend(starter(&answer, lesson)),
            Err(fault) => mistakes.push(Mistake::new(file("starter.py"), None, fault)),
        }
        for wrong in &lesson.wrong {
            match self.run(lesson, &wrong.code).await {
                Ok(answer) => mistakes.extend(verdict_of(&answer, wrong, &file(&wrong.file))),
                Err(fault) => mistakes.push(Mistake::new(file(&wrong.file), None, fault)),
            }
        }
        Checked { id: lesson.seen.id.clone(), runs: 2 + lesson.wrong.len(), mistakes }
    }

    /// One program with the exercise's tests, as the portal has it run.
    async fn run(&self, lesson: &Lesson, code: &str) -> Result<ExecuteResponse, String> {
        let request = ExecuteRequest {
            code: code.into(),
            test_code: Some(lesson.tests.code.clone()),
            run_tests: Some(true),
            integrity: Some(lesson.tests.integrity),
            ..ExecuteRequest::default()
        };
        let job = executor::http::job(&self.config, &request).map_err(|problem| problem.error.into_owned())?;
        let terms = Terms { limits: job.limits, trim: true, hide: false };
        let _place = self.places.acquire().await;
        let finished = self.executor.run(&job).await.map_err(|e| executor::pool::chain(&e))?;
        Ok(verdict::response(finished, &terms))
    }
}

fn cases(answer: &ExecuteResponse) -> &[TestCase] {
    answer.test_result.as_ref().map_or(&[], |result| &result.test_cases)
}

fn solution(answer: &ExecuteResponse, lesson: &Lesson) -> Option<Mistake> {
    if answer.success && answer.status == RunStatus::Ok {
        return None;
    }
    let said = |case: &TestCase| {
        let why = case.message.as_deref().or(case.error.as_deref()).unwrap_or_default();
        let what = format!("the solution does not pass {:?}: {why}", case.name);
        Mistake::new(format!("{}/tests.py", lesson.at), case.line.and_then(|line| usize::try_from(line).ok()), what)
    };
    let failed = cases(answer).iter().find(|case| !case.passed).map(said);
    Some(failed.unwrap_or_else(|| {
        let what = format!("the solution must pass, and got {}: {}", answer.status.name(), why(answer));
        Mistake::new(format!("{}/solution.py", lesson.at), line(answer), what)
    }))
}

fn starter(answer: &ExecuteResponse, lesson: &Lesson) -> Option<Mistake> {
    let fine = matches!(answer.status, RunStatus::TestsFailed | RunStatus::Error) && !answer.success;
    let what =
        || format!("the starter must get tests_failed or error, and got {}: {}", answer.status.name(), why(answer));
    (!fine).then(|| Mistake::new(format!("{}/starter.py", lesson.at), line(answer), what()))
}

fn verdict_of(answer: &ExecuteResponse, wrong: &Wrong, file: &str) -> Vec<Mistake> {
    let (status, at) = wrong.status;
    if answer.status != status || answer.success {
        let what = format!("it must get {}, and got {}: {}", status.name(), answer.status.name(), why(answer));
        return vec![Mistake::new(file, at, what)];
    }
    let Some((fails, at)) = &wrong.fails else { return Vec::new() };
    let wanted: BTreeSet<&str> = fails.iter().map(String::as_str).collect();
    let failed: BTreeSet<&str> =
        cases(answer).iter().filter(|case| !case.passed).map(|case| case.name.as_str()).collect();
    let known: BTreeSet<&str> = cases(answer).iter().map(|case| case.name.as_str()).collect();
    let mut mistakes = Vec::new();
    for name in wanted.difference(&failed) {
        let what = match known.contains(name) {
            true => format!("it must not pass {name:?}, and does"),
            false => format!(
                "there is no test case {name:?}; there are: {}",
                Vec::from_iter(known.iter().copied()).join(", ")
            ),
        };
        mistakes.push(Mistake::new(file, *at, what));
    }
    for name in failed.difference(&wanted) {
        mistakes.push(Mistake::new(file, *at, format!("it must pass {name:?}, and does not")));
    }
    mistakes
}

/// What an answer says about itself, in one line.
fn why(answer: &ExecuteResponse) -> String {
    let case = cases(answer).iter().find(|case| !case.passed);
    let text = match (&answer.error, case) {
        (Some(error), _) => format!("{}: {}", error.r#type, error.message),
        (None, Some(case)) => format!("{:?}: {}", case.name, case.message.as_deref().unwrap_or_default()),
        (None, None) if answer.success => "all tests passed".into(),
        (None, None) => answer.errors.clone().unwrap_or_default(),
    };
    text.lines().next().unwrap_or_default().chars().take(300).collect()
}

fn line(answer: &ExecuteResponse) -> Option<usize> {
    answer.error.as_ref().and_then(|error| error.line).and_then(|line| usize::try_from(line).ok())
}
