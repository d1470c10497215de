//! `python-executor grade`: many submissions, the same tests.

mod junit;
mod local;
pub mod outcome;
mod remote;
mod report;
mod resume;
mod submissions;
mod work;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use api::{ExecuteRequest, RequestFile};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{FAULT, IntegrityArg, USAGE, complain, plain};
use crate::config::IsolationArg;
use local::Local;
use outcome::Outcome;
use remote::Remote;
use report::{Format, Totals};
use resume::Results;

/// Grade many submissions with the same tests.
///
/// Each submission is run in a sandbox of its own, as many at a time as the machine can do; with --server, by a service.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  python-executor grade handed-in --tests test_add.py
  python-executor grade handed-in --tests test_add.py --output grades.csv
  python-executor grade ann.py bob.py --tests test_add.py --format junit --strict
  API_KEY=… python-executor grade handed-in --tests test_add.py --server https://grade.example

Submissions of a folder are its .py files, each called by its stem, and its subfolders, each called by its name: the \
program is main.py, solution.py or the only .py file in it. What is hidden, the tests and the folder of --files are none.

Results are kept in a file beside the tests, test_add.py.grades.jsonl, as each submission is done. When the command is \
started again, those whose code, tests, files and settings are unchanged are not run again; Ctrl-C loses nothing.

Exit code: 0 when all were graded, whatever the grades; 1 with --strict when one did not pass; 64 when this command was \
used wrongly; 125 when one could not be graded for a reason of ours; 130 after Ctrl-C. Further limits come from the \
environment, as for `run`.

With --server the submissions are jobs of a service (docs/jobs.md), under its limits. What it was sent it goes on with when \
this command is stopped or cut off; the same command fetches the results, and nothing is run twice. The key is that of \
--key-file, or of the variable API_KEY.")]
pub struct GradeArgs {
    /// A folder of submissions, or several files
    #[arg(required = true)]
    submissions: Vec<PathBuf>,
    /// The tests: plain asserts, a script, unittest, pytest or doctest
    #[arg(long, value_name = "FILE")]
    tests: PathBuf,
    /// Form of the results; by default what the ending of --output says (.json, .csv, .xml), else a table
    #[arg(long)]
    format: Option<Format>,
    /// Write the results to a file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Where the tests run
    #[arg(long, default_value = "isolated")]
    integrity: IntegrityArg,
    /// Keep the tests' source, expected values and tracebacks out of the results
    #[arg(long)]
    hide_tests: bool,
    /// Folder of files to place beside each submission; hidden ones are left out
    #[arg(long, value_name = "DIR")]
    files: Option<PathBuf>,
    /// Interpreter to use
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// Level of isolation to demand
    #[arg(long, value_name = "LEVEL")]
    isolation: Option<IsolationArg>,
    /// Wall time of a submission, in milliseconds
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=86_400_000))]
    timeout_ms: Option<u64>,
    /// Memory of a submission, in MiB
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(16..=1 << 20))]
    memory_mb: Option<u64>,
    /// Submissions at the same time; by default twice the number of processors
    #[arg(long, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=1000))]
    jobs: Option<usize>,
    /// Have a running service grade, such as https://grade.example
    #[arg(long, value_name = "URL", help_heading = "By a service")]
    server: Option<String>,
    /// File that holds its key; by default the variable API_KEY does
    #[arg(long, value_name = "FILE", requires = "server", help_heading = "By a service")]
    key_file: Option<PathBuf>,
    /// File in which results are kept for the next start
    #[arg(long, value_name = "FILE")]
    resume: Option<PathBuf>,
    /// Run all submissions, whatever is known of them
    #[arg(long)]
    fresh: bool,
    /// Exit with 1 when a submission did not pass
    #[arg(long)]
    strict: bool,
}

/// Does it: the exit code.
pub async fn grade(args: GradeArgs) -> ExitCode {
    match work_through(args).await {
        Ok(code) => ExitCode::from(code),
        Err((problem, code)) => complain(problem, code),
    }
}

type Stopped = (String, u8);

fn wrong(problem: impl ToString) -> Stopped {
    (problem.to_string(), USAGE)
}

async fn work_through(args: GradeArgs) -> Result<u8, Stopped> {
    let mut stop = std::pin::pin!(stopped());
    let by = match &args.server {
        Some(url) => By::Service(Box::new(Remote::of(&args, url).map_err(wrong)?)),
        None => By::Machine(Box::new(Local::of(&args).map_err(wrong)?)),
    };
    let besides: Vec<PathBuf> = [&args.tests].into_iter().chain(&args.files).cloned().collect();
    let submissions = submissions::find(&args.submissions, &besides).map_err(wrong)?;
    if submissions.is_empty() {
        return Err(wrong("there is no submission: no .py file and no subfolder"));
    }
    let format = args.format.unwrap_or_else(|| usual(args.output.as_deref()));
    let kept = args.resume.clone().unwrap_or_else(|| resume::beside(&args.tests));
    let mut results = match Results::open(&kept, args.fresh) {
        Ok(results) => Some(results),
        Err(error) if args.resume.is_some() => return Err(wrong(format!("{}: {error}", kept.display()))),
        Err(error) => {
            eprintln!("python-executor: results are not kept: {}: {error}", kept.display());
            None
        }
    };
    let mut tally = Tally::of(submissions.len());
    let goes_on = if results.is_some() { "; the same command goes on from there" } else { "" };
    let ended = match by {
        By::Machine(local) => local.grade(&submissions, results.as_mut(), &mut tally, &mut stop).await,
        By::Service(remote) => tokio::select! {
            biased;
            code = &mut stop => Ok(Some(code)),
            done = remote.grade(&submissions, results.as_mut(), &mut tally) => done.map(|()| None),
        },
    };
    tally.bar.finish_and_clear();
    let (known, outcomes) = (tally.known, tally.outcomes.into_iter().flatten().collect::<Vec<Outcome>>());
    let so_far = format!("{} of {} are graded{goes_on}", outcomes.len(), submissions.len());
    match ended {
        Ok(None) => {}
        Ok(Some(code)) => return Err((format!("stopped: {so_far}"), code)),
        Err((problem, code)) if args.server.is_some() => return Err((format!("{problem}; {so_far}"), code)),
        Err(other) => return Err(other),
    }
    if known > 0 {
        eprintln!("{known} of {} are unchanged and were not run again ({})", outcomes.len(), kept.display());
    }
    write(&outcomes, format, args.output.as_deref())?;
    let totals = Totals::of(&outcomes);
    Ok(match totals {
        Totals { not_graded: 1.., .. } => FAULT,
        Totals { failed: 1.., .. } if args.strict => 1,
        _ => 0,
    })
}

/// Who runs the submissions.
enum By {
    Machine(Box<Local>),
    Service(Box<Remote>),
}

/// What is done so far, and what is shown of it.
struct Tally {
    outcomes: Vec<Option<Outcome>>,
    known: usize,
    passed: usize,
    bar: ProgressBar,
}

impl Tally {
    fn of(number: usize) -> Tally {
        let bar = ProgressBar::new(number as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        Tally { outcomes: vec![None; number], known: 0, passed: 0, bar }
    }

    /// What came of the submission at a place.
    fn note(&mut self, place: usize, outcome: Outcome, is_known: bool) {
        self.known += usize::from(is_known);
        self.passed += usize::from(outcome.passed);
        self.outcomes[place] = Some(outcome);
        self.bar.inc(1);
        self.bar.set_message(format!("{} passed", self.passed));
    }

    /// Nothing goes on just now.
    fn wait(&self, why: &str) {
        self.bar.set_message(format!("{} passed; waiting: {}", self.passed, plain::one_line(why, 60)));
    }
}

/// What every submission's request has.
fn request(args: &GradeArgs, most: u64) -> Result<ExecuteRequest, String> {
    Ok(ExecuteRequest {
        test_code: Some(super::tests_of(&args.tests)?),
        integrity: Some(args.integrity.into()),
        hide_tests: Some(args.hide_tests),
        files: args.files.as_deref().map(|folder| beside(folder, most)).transpose()?,
        ..ExecuteRequest::default()
    })
}

/// The files of a folder.
fn beside(folder: &Path, most: u64) -> Result<Vec<RequestFile>, String> {
    let told = |path: &Path, error: std::io::Error| format!("--files {}: {error}", path.display());
    let (mut files, mut folders, mut total) = (Vec::new(), vec![folder.to_owned()], 0);
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(&at).map_err(|error| told(&at, error))? {
            let path = entry.map_err(|error| told(&at, error))?.path();
            let name = path.file_name().unwrap_or_default();
            if name.as_encoded_bytes().starts_with(b".") || name == "__pycache__" {
                continue;
            }
            let kind = std::fs::metadata(&path).map_err(|error| told(&path, error))?;
            if kind.is_dir() {
                folders.push(path);
                continue;
            }
            total += kind.len();
            if !kind.is_file() || total > most {
                return Err(format!(
                    "--files {}: no file, or one that makes them more than {most} bytes",
                    path.display()
                ));
            }
            let content = BASE64.encode(std::fs::read(&path).map_err(|error| told(&path, error))?);
            let path =
                path.strip_prefix(folder).unwrap_or(&path).to_str().ok_or("--files: a name is not UTF-8")?.into();
            files.push(RequestFile { path, content, encoding: Some(api::Encoding::Base64) });
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn usual(output: Option<&Path>) -> Format {
    match output.and_then(Path::extension).and_then(|ending| ending.to_str()) {
        Some("json") => Format::Json,
        Some("csv") => Format::Csv,
        Some("xml") => Format::Junit,
        _ => Format::Table,
    }
}

fn write(outcomes: &[Outcome], format: Format, output: Option<&Path>) -> Result<(), Stopped> {
    let width = if output.is_none() { plain::width() } else { None };
    let text = report::text(outcomes, format, width).map_err(|problem| (problem, FAULT))?;
    match output {
        Some(path) => {
            std::fs::write(path, text).map_err(|error| (format!("{}: {error}", path.display()), FAULT))?;
            eprintln!("{}", Totals::of(outcomes).sentence());
        }
        // A reader that has seen enough is no failure.
        None if format == Format::Table => drop(anstream::stdout().write_all(coloured(&text).as_bytes())),
        None => drop(std::io::stdout().write_all(text.as_bytes())),
    }
    Ok(())
}

/// The marks in colour. They stand at the beginning of a row; the rows' other lines begin with white space.
fn coloured(table: &str) -> String {
    let colour = |line: &str| match line.trim_start().chars().next() {
        Some(mark @ '✓') => line.replacen(mark, &super::learner::GOOD.mark(mark), 1),
        Some(mark @ ('✗' | '!')) => line.replacen(mark, &super::learner::BAD.mark(mark), 1),
        _ => line.to_owned(),
    };
    table.lines().map(|line| colour(line) + "\n").collect()
}

/// Completes on a signal to stop: the exit code that a shell would give for it.
async fn stopped() -> u8 {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => 143,
        _ = int.recv() => 130,
    }
}
