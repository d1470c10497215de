//! The command line.

mod exercises;
mod health;
mod regrade;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;
use executor::pool::chain;
use executor::trace::Traces;

use crate::config::{self, ServeArgs};
use crate::{http, serve};

/// Exit code of a command whose arguments or settings cannot be used, as `sysexits.h` has it.
const USAGE: u8 = 64;
/// Exit code when something on our side fails.
const FAULT: u8 = 125;

/// Exercises in Python: a page for learners, and the service behind it.
///
/// Without a command it serves, with an executor inside, its data in a file, and its exercises built in: the page is at
/// http://127.0.0.1:3000. Settings are environment variables, or options.
#[derive(Debug, Parser)]
#[command(name = "portal", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  portal
  portal serve --port 8080 --database-url postgres://portal@db/portal --executor-service-url http://10.0.0.5:3001
  portal exercises check my-exercises
  portal exercises load my-exercises
  portal regrade E3_lists --dry-run")]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the portal
    Serve(Box<ServeArgs>),
    /// Look after exercises
    #[command(subcommand)]
    Exercises(exercises::ExercisesCommand),
    /// Grade again what learners handed in for an exercise
    Regrade(Box<regrade::RegradeArgs>),
    /// Ask a running portal how it is; exit code 0 when learners can work
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
}

/// The whole program: its exit code.
pub fn main() -> ExitCode {
    // The executor inside starts this program anew to build its sandbox: a process that must stay one thread.
    if std::env::args_os().nth(1).is_some_and(|word| word == "launcher") {
        return ExitCode::from(u8::try_from(sandbox::launcher::main()).unwrap_or(FAULT));
    }
    let matches = executor::config::ignoring_empty_variables(Cli::command()).try_get_matches();
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
        None => with_runtime(serve(cli.serve)),
        Some(Command::Serve(args)) => with_runtime(serve(*args)),
        Some(Command::Exercises(command)) => with_runtime(exercises::run(command)),
        Some(Command::Regrade(args)) => with_runtime(regrade::run(*args)),
        Some(Command::Health(args)) => with_runtime(health::ask(args)),
        Some(Command::Openapi) => print(&http::openapi()),
        Some(Command::Configuration) => print(&config::reference()),
        Some(Command::Completions { shell }) => {
            clap_complete::generate(shell, &mut Cli::command(), "portal", &mut std::io::stdout());
            ExitCode::SUCCESS
        }
    }
}

fn print(text: &str) -> ExitCode {
    use std::io::Write;
    // A reader that has seen enough is no failure.
    let _ = std::io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn complain(problem: impl std::fmt::Display, code: u8) -> ExitCode {
    eprintln!("portal: {problem}");
    ExitCode::from(code)
}

fn with_runtime(work: impl Future<Output = ExitCode>) -> ExitCode {
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
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
    let traces = match config.traces.as_ref().map(|settings| Traces::start(settings, "portal")).transpose() {
        Ok(traces) => traces,
        Err(error) => return complain(chain(&error), USAGE),
    };
    executor::logs::start(&config.log_level, config.log_format, traces.as_ref());
    let served = serve::serve(config, executor::cli::stop_signal()).await;
    if let Some(traces) = traces {
        traces.close().await;
    }
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(chain(&error), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn without_a_command_it_serves() {
        let cli = Cli::try_parse_from(["portal", "--port", "1234"]).expect("it parses");
        assert!(cli.command.is_none() && cli.serve.port == 1234);
        let cli = Cli::try_parse_from(["portal", "serve", "--port", "1234"]).expect("it parses");
        assert!(matches!(cli.command, Some(Command::Serve(args)) if args.port == 1234));
    }
}
