//! `portal exercises`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand};
use executor::pool::chain;
use executor::service::Executor;

use super::{FAULT, USAGE, complain, print};
use crate::config::DataArgs;
use crate::db::{DbError, Origin};
use crate::exercises::{self, Files, Lesson, Mistake, embedded};
use crate::{inside, serve};

#[derive(Debug, Subcommand)]
pub enum ExercisesCommand {
    /// Prove exercises in the sandbox: solutions pass, starters do not, wrong answers get the verdict that they name
    Check(CheckArgs),
    /// Put a folder of exercises into the database
    Load(LoadArgs),
    /// List the exercises in the database
    List(ListArgs),
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A folder of exercises' folders, or the folder of one. Default: `exercises`, else those that were built in
    dir: Option<PathBuf>,
    /// Programs at the same time. Default: the number of processors
    #[arg(long, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=1024))]
    jobs: Option<usize>,
}

#[derive(Debug, Args)]
pub struct LoadArgs {
    /// A folder of exercises' folders, or the folder of one
    dir: PathBuf,
    #[command(flatten)]
    data: DataArgs,
}

#[derive(Debug, Args)]
pub struct ListArgs {
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    data: DataArgs,
}

pub async fn run(command: ExercisesCommand) -> ExitCode {
    let done = match command {
        ExercisesCommand::Check(args) => check(args).await,
        ExercisesCommand::Load(args) => load(args).await,
        ExercisesCommand::List(args) => list(args).await,
    };
    done.unwrap_or_else(|code| code)
}

fn read(dir: Option<&Path>) -> Result<Vec<Lesson>, ExitCode> {
    let files = match dir {
        Some(dir) => Files::of(dir).map_err(|error| complain(chain(&error), USAGE))?,
        None => embedded::files(),
    };
    exercises::read(&files).map_err(|mistakes| report(&mistakes))
}

/// Mistakes, one a line, as compilers write them.
fn report(mistakes: &[Mistake]) -> ExitCode {
    eprintln!("{}", serve::list(mistakes));
    complain(counted(mistakes.len(), "mistake"), 1)
}

fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

async fn check(args: CheckArgs) -> Result<ExitCode, ExitCode> {
    let usual = Path::new("exercises");
    let dir = args.dir.as_deref().or(usual.is_dir().then_some(usual));
    let lessons = read(dir)?;
    let jobs = args.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let mut config = inside::settings()
        .and_then(|settings| Ok(settings.validate()?))
        .map_err(|error| complain(chain(&error), USAGE))?;
    config.engine.capacity = jobs;
    let executor = Executor::start(config.options()).await.map_err(|error| complain(chain(&error), FAULT))?;
    let checked = exercises::check(executor.clone(), Arc::new(config), lessons, jobs).await;
    executor.close().await;
    let mut mistakes = Vec::new();
    for exercise in &checked {
        let mark = if exercise.mistakes.is_empty() { "✓" } else { "✗" };
        print(&format!("{mark} {}: {}\n", exercise.id, counted(exercise.runs, "program")));
        mistakes.extend(exercise.mistakes.iter().cloned());
    }
    if !mistakes.is_empty() {
        return Err(report(&mistakes));
    }
    print(&format!("{}, each as it should be\n", counted(checked.len(), "exercise")));
    Ok(ExitCode::SUCCESS)
}

fn of_database(error: DbError) -> ExitCode {
    complain(chain(&error), 1)
}

async fn load(args: LoadArgs) -> Result<ExitCode, ExitCode> {
    let lessons = read(Some(&args.dir))?;
    let data = args.data.validate().map_err(|error| complain(chain(&error), USAGE))?;
    let db = serve::open(&data).await.map_err(of_database)?;
    let done = db.put_exercises(&lessons, Origin::Loaded).await;
    db.close().await;
    done.map_err(of_database)?;
    Ok(print(&format!("{} loaded into {:?}\n", counted(lessons.len(), "exercise"), data.place)))
}

async fn list(args: ListArgs) -> Result<ExitCode, ExitCode> {
    let data = args.data.validate().map_err(|error| complain(chain(&error), USAGE))?;
    let db = serve::open(&data).await.map_err(of_database)?;
    let exercises = db.exercises().await;
    db.close().await;
    let exercises = exercises.map_err(of_database)?;
    if args.json {
        let text = serde_json::to_string_pretty(&exercises).map_err(|error| complain(error, FAULT))?;
        return Ok(print(&format!("{text}\n")));
    }
    for exercise in &exercises {
        print(&format!("{:<24} {}\n", exercise.id, exercise.title));
    }
    Ok(ExitCode::SUCCESS)
}
