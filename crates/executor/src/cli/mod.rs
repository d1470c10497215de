//! The command line.

mod doctor;
mod grade;
mod health;
mod learner;
pub mod plain;
mod run;

use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::config::{self, Config, ServeArgs};
use crate::engine::Engine;
use crate::pool::chain;
use crate::service::Executor;
use crate::trace::Traces;
use crate::workers::Jobs;
use crate::{http, logs};

/// Exit code of a command whose arguments or settings cannot be used, as `sysexits.h` has it.
const USAGE: u8 = 64;
/// Exit code when something on our side fails.
const FAULT: u8 = 125;

/// Runs other people's Python: warm, confined, exact.
///
/// `serve` answers `POST /execute`; `run` does the same for a file on this machine, in the same sandbox, and `grade` for
/// many; `doctor` says which layers of the sandbox this machine allows. Settings are environment variables, or options of `serve`.
#[derive(Debug, Parser)]
#[command(name = "python-executor", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "Examples:
  python-executor serve --port 3001
  python-executor run program.py one two
  python-executor run program.py --tests test_program.py
  python-executor grade handed-in --tests test_program.py
  echo 'print(input())' > ask.py; echo hello | python-executor run ask.py --stdin -
  python-executor doctor")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the service
    Serve(Box<ServeArgs>),
    /// Run one program in the sandbox; its exit code becomes this command's
    Run(run::RunArgs),
    /// Grade many submissions with the same tests
    Grade(Box<grade::GradeArgs>),
    /// Show each layer of the sandbox: on or off, why, and what would turn it on
    Doctor(doctor::DoctorArgs),
    /// Ask a running service how it is
    Health(health::HealthArgs),
    /// Print the OpenAPI document
    Openapi,
    /// Print the reference of all settings, as Markdown
    Configuration,
    /// Print a completion script for a shell
    Completions {
        /// For this shell
        shell: Shell,
    },
    /// Part of the service: builds the sandbox
    #[command(hide = true)]
    Launcher,
}

/// Where tests run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum IntegrityArg {
    /// In a process that the program never enters.
    Isolated,
    /// Beside the program: faster, and for programs whose author is trusted.
    InProcess,
}

impl From<IntegrityArg> for api::Integrity {
    fn from(given: IntegrityArg) -> api::Integrity {
        match given {
            IntegrityArg::Isolated => api::Integrity::Isolated,
            IntegrityArg::InProcess => api::Integrity::InProcess,
        }
    }
}

/// The text of `--tests`.
fn tests_of(path: &std::path::Path) -> Result<String, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("--tests {}: {error}", path.display()))?;
    if text.trim().is_empty() {
        return Err(format!("--tests {}: there is nothing in it", path.display()));
    }
    Ok(text)
}

/// Settings from the environment alone, for commands that do not serve.
#[derive(Debug, Parser)]
struct Environment {
    #[command(flatten)]
    settings: ServeArgs,
}

/// The settings as the environment has them.
fn environment() -> Result<ServeArgs, String> {
    let command = config::ignoring_empty_variables(Environment::command());
    let matches = command.try_get_matches_from(["python-executor"]).map_err(|e| e.to_string())?;
    Environment::from_arg_matches(&matches).map(|e| e.settings).map_err(|e| e.to_string())
}

/// The whole program: its exit code.
pub fn main() -> ExitCode {
    let matches = config::ignoring_empty_variables(Cli::command()).try_get_matches();
    let cli = match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            // A reader that has seen enough is no failure.
            let _ = error.print();
            // `--help` and `--version` are errors, too, of a kind.
            return if error.use_stderr() { ExitCode::from(USAGE) } else { ExitCode::SUCCESS };
        }
    };
    match cli.command {
        // First of all: it must stay a process with one thread.
        Command::Launcher => ExitCode::from(u8::try_from(sandbox::launcher::main()).unwrap_or(FAULT)),
        Command::Openapi => print(&http::openapi()),
        Command::Configuration => print(&config::reference()),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "python-executor", &mut std::io::stdout());
            ExitCode::SUCCESS
        }
        Command::Serve(args) => with_runtime(serve(*args)),
        Command::Run(args) => with_runtime(run::run(args)),
        Command::Grade(args) => with_runtime(grade::grade(*args)),
        Command::Doctor(args) => with_runtime(doctor::doctor(args)),
        Command::Health(args) => health::health(&args),
    }
}

fn print(text: &str) -> ExitCode {
    use std::io::Write;
    // A reader that has seen enough is no failure.
    let _ = std::io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn complain(problem: impl std::fmt::Display, code: u8) -> ExitCode {
    eprintln!("python-executor: {problem}");
    ExitCode::from(code)
}

fn with_runtime(work: impl Future<Output = ExitCode>) -> ExitCode {
    // The programs need the processors more than we do. A second thread where there are few would cost each request a
    // wake-up: whoever takes up work wakes another one to look for more.
    let workers = std::thread::available_parallelism().map_or(1, usize::from).div_ceil(4);
    match tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build() {
        Ok(runtime) => {
            let code = runtime.block_on(work);
            // What is left are clean-ups of runs: they may end what they began.
            runtime.shutdown_timeout(std::time::Duration::from_secs(5));
            code
        }
        Err(error) => complain(error, FAULT),
    }
}

async fn serve(args: ServeArgs) -> ExitCode {
    let config = match args.validate() {
        Ok(config) => config,
        Err(error) => return complain(chain(&error), USAGE),
    };
    let traces = config.traces.as_ref().map(|settings| Traces::start(settings, "python-executor")).transpose();
    let traces = match traces {
        Ok(traces) => traces,
        Err(error) => return complain(chain(&error), USAGE),
    };
    logs::start(&config.log_level, config.log_format, traces.as_ref());
    let code = serve_logged(config).await;
    if let Some(traces) = traces {
        traces.close().await;
    }
    code
}

async fn serve_logged(config: Config) -> ExitCode {
    // First: its files are hidden from programs, which they can only be when they are there.
    let jobs = match Jobs::open(&config.jobs).await {
        Ok(jobs) => jobs,
        Err(error) => return complain(format_args!("JOBS_URL: {}", chain(&error)), 1),
    };
    let executor = match Executor::start(config.options()).await {
        Ok(executor) => executor,
        Err(error) => return complain(chain(&error), 1),
    };
    report(&executor);
    let engine: Arc<dyn Engine> = executor.clone();
    let served = http::serve(config, engine, jobs, stop_signal()).await;
    executor.close().await;
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(chain(&error), 1),
    }
}

/// The log's first lines: what stands, and what does not.
pub fn report(executor: &Executor) {
    let now = executor.snapshot();
    tracing::info!(isolation = now.level.name(), "the sandbox stands");
    for layer in &now.layers {
        if layer.on {
            tracing::info!(layer = layer.name, why = layer.why, "on");
        } else {
            tracing::warn!(layer = layer.name, why = layer.why, hint = layer.hint, "off");
        }
    }
    for runtime in &now.runtimes {
        tracing::info!(name = runtime.name, version = runtime.version, path = %runtime.executable.display(), "runtime");
    }
}

/// Completes on SIGTERM or SIGINT.
pub async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}

/// The settings for one run or one look: the environment's, with one waiting cell and quiet.
fn small(settings: ServeArgs) -> Result<Config, String> {
    let mut config = settings.validate().map_err(|e| chain(&e))?;
    config.engine.pool.target = 1;
    config.engine.tests = 1;
    config.engine.capacity = 1;
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_run_stand_before_and_after_the_program() {
        let parse = |line: &str| Cli::try_parse_from(line.split(' ')).expect("it parses");
        for line in ["x run f.py a b --stdin in --json", "x run --stdin in --json f.py a b"] {
            let Command::Run(args) = parse(line).command else { panic!("it is `run`") };
            assert_eq!(format!("{args:?}"), format!("{:?}", run::RunArgs::of("f.py", &["a", "b"], Some("in"), true)));
        }
        let Command::Run(args) = parse("x run f.py -- --json --stdin").command else { panic!("it is `run`") };
        let expected = run::RunArgs::of("f.py", &["--json", "--stdin"], None, false);
        assert_eq!(format!("{args:?}"), format!("{expected:?}"));
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }
}
