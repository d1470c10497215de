//! `portal regrade`.

use std::process::ExitCode;

use clap::Args;
use comfy_table::{Table, presets};
use executor::cli::plain;
use executor::client::{Address, Service};
use executor::pool::chain;
use jiff::Timestamp;

use super::{FAULT, USAGE, complain, print};
use crate::config::{Config, ServeArgs};
use crate::db::{Completions, Db};
use crate::exercises::is_id;
use crate::inside::Inside;
use crate::regrade::{Change, Task};
use crate::serve;

/// Grade again what learners handed in for an exercise, with its tests as they are now.
///
/// Submissions that were graded with these tests are left alone, so the command can be stopped, and started again, and does
/// nothing twice. Results that are replaced are kept in the table `replaced_results`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  portal exercises load my-exercises && portal regrade E3_lists --dry-run
  portal regrade E3_lists

A submission that passes now completes its learner's exercise. One that does not pass any more takes nothing back: a completed \
exercise stays completed, unless --take-back is given.

Programs are run by the first of EXECUTOR_SERVICE_URL, as jobs; without it, by an executor inside this process.

Exit code: 0 when all were graded; 64 when this command was used wrongly; 1 when the database cannot be had; 125 when a \
submission could not be graded for a reason of ours; 130 after Ctrl-C.")]
pub struct RegradeArgs {
    /// The exercise's id: `portal exercises list`
    exercise: String,
    /// Grade, and show what would change; nothing is written
    #[arg(long)]
    dry_run: bool,
    /// Take completion from learners none of whose submissions passes any more
    #[arg(long)]
    take_back: bool,
    #[command(flatten)]
    settings: ServeArgs,
}

/// Does it: the exit code.
pub async fn run(args: RegradeArgs) -> ExitCode {
    let done = regrade(&args).await;
    done.unwrap_or_else(|code| code)
}

async fn regrade(args: &RegradeArgs) -> Result<ExitCode, ExitCode> {
    let config = args.settings.clone().validate().map_err(|error| complain(chain(&error), USAGE))?;
    let of_database = |error| complain(chain(&error), 1);
    let db = serve::open(&config.data).await.map_err(of_database)?;
    let done = with(&db, &config, args).await;
    db.close().await;
    done
}

async fn with(db: &Db, config: &Config, args: &RegradeArgs) -> Result<ExitCode, ExitCode> {
    let tests = match is_id(&args.exercise) {
        true => db.tests(&args.exercise).await.map_err(|error| complain(chain(&error), 1))?,
        false => None,
    };
    let Some(tests) = tests else {
        let name = plain::one_line(&args.exercise, 64);
        return Err(complain(format_args!("there is no exercise {name}; `portal exercises list` shows them"), USAGE));
    };
    // A portal may run beside this, with its jobs in a file that is for one process.
    let folder = tempfile::tempdir().map_err(|error| complain(error, FAULT))?;
    let inside = match config.executors.urls[..] {
        [] => {
            let started = Inside::start_apart(config, &folder.path().join("jobs.db")).await;
            Some(started.map_err(|error| complain(chain(&error), FAULT))?)
        }
        _ => None,
    };
    let url = inside.as_ref().map_or_else(|| config.executors.urls[0].clone(), |inside| inside.url.clone());
    let service = Address::read(&url).map_err(|error| complain(format_args!("EXECUTOR_SERVICE_URL: {error}"), USAGE));
    let service = service.and_then(|address| {
        Service::new(address, config.executors.credential.header()).map_err(|error| complain(chain(&error), FAULT))
    });
    let code = match service {
        Ok(service) => {
            let at = Timestamp::now().as_millisecond();
            let (exercise, dry_run, take_back) = (&*args.exercise, args.dry_run, args.take_back);
            let task = Task { db, service: &service, exercise, tests, dry_run, take_back, at };
            Ok(work(&task, &url).await)
        }
        Err(code) => Err(code),
    };
    if let Some(inside) = inside {
        inside.close().await;
    }
    code
}

async fn work(task: &Task<'_>, url: &str) -> ExitCode {
    let (mut changes, mut told) = (Vec::new(), String::new());
    let done = {
        let waiting = |why: &str| {
            if told != why {
                eprintln!("portal: waiting: {}", plain::one_line(why, 200));
                why.clone_into(&mut told);
            }
        };
        let run = task.run(|change| changes.push(change), waiting);
        tokio::select! {
            biased;
            () = executor::cli::stop_signal() => None,
            done = run => Some(done),
        }
    };
    changes.sort_by_key(|change| change.id);
    print(&table(&changes));
    let stored = if task.dry_run { "nothing is written" } else { "the same command goes on from there" };
    match done {
        None => complain(format_args!("stopped: {} graded; {stored}", changes.len()), 130),
        Some(Err(error)) => {
            complain(format_args!("{url}: {}; {} graded; {stored}", chain(&error), changes.len()), FAULT)
        }
        Some(Ok(completions)) => {
            print(&sentences(&changes, &completions, task));
            ExitCode::from(if changes.iter().any(|change| change.now.is_err()) { FAULT } else { 0 })
        }
    }
}

/// Those that changed, or could not be graded.
fn table(changes: &[Change]) -> String {
    let mut table = Table::new();
    let head = ["submission", "learner", "handed in", "was", "is", ""];
    table.load_style(presets::NOTHING).set_header(head);
    let word = |passed: bool| if passed { "passed" } else { "failed" };
    let mut any = false;
    for change in changes.iter().filter(|change| change.now != Ok(change.was)) {
        any = true;
        let (is, why) = match &change.now {
            Ok(now) => (word(*now), change.fails.as_deref().unwrap_or_default()),
            Err(why) => ("not graded", why.as_str()),
        };
        let at = Timestamp::from_millisecond(change.created_at).map(|at| format!("{at:.0}")).unwrap_or_default();
        let learner = change.learner.get(..12).unwrap_or(&change.learner).to_owned();
        table.add_row([
            change.id.to_string(),
            learner,
            at,
            word(change.was).into(),
            is.into(),
            plain::one_line(why, 120),
        ]);
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    if any { format!("{}\n\n", lines.join("\n")) } else { String::new() }
}

/// How many went how, and what became of learners.
fn sentences(changes: &[Change], completions: &Completions, task: &Task<'_>) -> String {
    let count = |was: bool, now: bool| changes.iter().filter(|c| c.was == was && c.now == Ok(now)).count();
    let not = changes.iter().filter(|change| change.now.is_err()).count();
    let mut text = format!(
        "{} graded again: {} failed→passed, {} passed→failed, {} unchanged, {not} not graded\n",
        changes.len(),
        count(false, true),
        count(true, false),
        count(true, true) + count(false, false),
    );
    let would = if task.dry_run { "would be " } else { "" };
    let Completions { given, unfounded } = completions;
    if *given > 0 {
        text.push_str(&format!("completed now, and not before: {would}{given} of the learners\n"));
    }
    if *unfounded > 0 {
        text.push_str(&match task.take_back {
            true => format!("completed before, and not now: {would}{unfounded} of the learners\n"),
            false => format!("completed, though nothing passes: {would}{unfounded} of the learners (--take-back)\n"),
        });
    }
    if task.dry_run {
        text.push_str("nothing is written (--dry-run)\n");
    }
    text
}
