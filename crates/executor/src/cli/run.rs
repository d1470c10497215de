//! `python-executor run`: one program, in the service's sandbox.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{FAULT, IntegrityArg, USAGE, complain, environment, learner, plain, small, tests_of};
use crate::config::IsolationArg;
use crate::job::{Ending, Job, Tests};
use crate::pool::chain;
use crate::service::Executor;
use crate::verdict::{self, Terms};

/// Run one program in the sandbox; its exit code becomes this command's.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit code: the program's own; 128 and the signal's number when a signal ended it; 124 when it \
    reached its time limit, 137 at another limit; 125 when something on our side failed, 64 when this command was \
    used wrongly.

With --tests: the program's output and each test, and 0 when all have passed, 1 when not. The program is then the module \
    that the tests import or whose names they use, so its main block does not run:

  python-executor run add.py --tests test_add.py

Without --stdin a main block that waits for input is skipped, as in the service. Limits come from the environment: \
TIMEOUT_MS, MEMORY_MB, OUTPUT_BYTES, PROCESSES, FILE_BYTES (see `python-executor serve --help`)."
)]
pub struct RunArgs {
    /// The program
    file: PathBuf,
    /// Its arguments; those that start with a hyphen go after `--`
    args: Vec<String>,
    /// Standard input from a file; `-` for this command's own
    #[arg(long, value_name = "FILE")]
    stdin: Option<PathBuf>,
    /// Run these tests on it: plain asserts, a script, unittest, pytest or doctest
    #[arg(long, value_name = "FILE")]
    tests: Option<PathBuf>,
    /// Where the tests run
    #[arg(long, default_value = "isolated", requires = "tests")]
    integrity: IntegrityArg,
    /// Print what the service would answer, as JSON
    #[arg(long)]
    json: bool,
    /// Interpreter to use
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// Level of isolation to demand
    #[arg(long, value_name = "LEVEL")]
    isolation: Option<IsolationArg>,
}

#[cfg(test)]
impl RunArgs {
    fn bare() -> RunArgs {
        RunArgs {
            file: PathBuf::new(),
            args: Vec::new(),
            stdin: None,
            tests: None,
            integrity: IntegrityArg::Isolated,
            json: false,
            python: None,
            isolation: None,
        }
    }

    pub(super) fn of(file: &str, args: &[&str], stdin: Option<&str>, json: bool) -> RunArgs {
        let args = args.iter().map(ToString::to_string).collect();
        RunArgs { file: file.into(), args, stdin: stdin.map(Into::into), json, ..RunArgs::bare() }
    }
}

/// Does it: the exit code.
pub async fn run(args: RunArgs) -> ExitCode {
    let mut settings = match environment() {
        Ok(settings) => settings,
        Err(problem) => return complain(problem, USAGE),
    };
    if let Some(python) = args.python {
        settings.python = vec![python];
    }
    if let Some(isolation) = args.isolation {
        settings.isolation = isolation;
    }
    let config = match small(settings) {
        Ok(config) => config,
        Err(problem) => return complain(problem, USAGE),
    };
    let code = match std::fs::read_to_string(&args.file) {
        Ok(code) => code,
        Err(error) => return complain(format!("{}: {error}", args.file.display()), USAGE),
    };
    let stdin = match args.stdin.map(read_input).transpose() {
        Ok(stdin) => stdin,
        Err(problem) => return complain(problem, USAGE),
    };
    let tests = match args.tests.as_deref().map(tests_of).transpose() {
        Ok(tests) => tests.map(|code| Tests { code, integrity: args.integrity.into(), hide: false }),
        Err(problem) => return complain(problem, USAGE),
    };
    let job = Job {
        code,
        stdin,
        args: args.args,
        files: Vec::new(),
        collect: Vec::new(),
        limits: config.defaults,
        runtime: 0,
        tests,
    };
    let executor = match Executor::start(config.options()).await {
        Ok(executor) => executor,
        Err(error) => return complain(chain(&error), FAULT),
    };
    let outcome = executor.run(&job).await;
    executor.close().await;
    let finished = match outcome {
        Ok(finished) => finished,
        Err(error) => return complain(chain(&error), FAULT),
    };
    let exit = match finished.ending {
        Ending::Exited(code) => code,
        Ending::Signaled(signal) => 128 + signal,
        Ending::WallTime | Ending::CpuTime => 124,
        Ending::Output | Ending::Memory | Ending::Files | Ending::Garbled => 137,
    };
    if job.tests.is_some() {
        let answer = verdict::response(finished, &Terms { limits: job.limits, trim: true, hide: false });
        let text = if args.json { plain::json(&answer).unwrap_or_default() } else { learner::view(&answer) };
        // A reader that has seen enough is no failure.
        let _ = anstream::stdout().write_all(text.as_bytes());
        return ExitCode::from(u8::from(!answer.success));
    }
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
    // A reader that has seen enough is no failure.
    let _ = if args.json {
        let answer = verdict::response(finished, &Terms { limits: job.limits, trim: true, hide: false });
        out.write_all(plain::json(&answer).unwrap_or_default().as_bytes())
    } else {
        let written = out.write_all(&finished.stdout).and_then(|()| out.flush());
        let hint = finished.report.error.as_ref().and_then(|error| error.hint.clone());
        let notices = finished.report.notices.clone();
        let answer = verdict::response(finished, &Terms { limits: job.limits, trim: false, hide: false });
        let _ = err.write_all(answer.errors.unwrap_or_default().as_bytes());
        for line in notices.into_iter().chain(hint) {
            let _ = writeln!(err, "\n{line}");
        }
        written
    };
    ExitCode::from(u8::try_from(exit).unwrap_or(FAULT))
}

fn read_input(path: PathBuf) -> Result<Vec<u8>, String> {
    let mut text = Vec::new();
    let read = if path.as_os_str() == "-" {
        std::io::stdin().read_to_end(&mut text)
    } else {
        std::fs::File::open(&path).and_then(|mut file| file.read_to_end(&mut text))
    };
    read.map(|_| text).map_err(|error| format!("--stdin {}: {error}", path.display()))
}
