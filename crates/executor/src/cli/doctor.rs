//! `python-executor doctor`: what the sandbox is made of on this machine, found by building it.

use std::process::ExitCode;

use clap::Args;
use sandbox::level::{Layer, Level};
use serde_json::{Value, json};

use super::{FAULT, USAGE, complain, environment, small};
use crate::config::Config;
use crate::engine::Engine;
use crate::pool::{LaunchError, chain};
use crate::service::{Demand, Executor, StartError};

/// Show each layer of the sandbox: on or off, why, and what would turn it on.
#[derive(Debug, Args)]
#[command(
    after_help = "Each level is built for real, with the interpreters of PYTHON, and a program is run in it. Exit \
    code: 0 when the level that ISOLATION demands can be had, 1 when not."
)]
pub struct DoctorArgs {
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

/// What building one level showed.
struct Finding {
    level: Level,
    layers: Vec<Layer>,
    problem: Option<String>,
}

/// Does it: the exit code.
pub async fn doctor(args: DoctorArgs) -> ExitCode {
    let config = match environment().and_then(small) {
        Ok(config) => config,
        Err(problem) => return complain(problem, USAGE),
    };
    let findings = [look(&config, Level::Namespaces).await, look(&config, Level::Landlock).await];
    let best = findings.iter().find(|finding| finding.problem.is_none()).map(|finding| finding.level);
    let enough = match config.engine.isolation {
        Demand::Best => best.is_some(),
        Demand::Exactly(level) => findings.iter().any(|f| f.level == level && f.problem.is_none()),
    };
    if args.json {
        let levels: Vec<Value> = findings
            .iter()
            .map(|f| json!({ "level": f.level, "available": f.problem.is_none(), "problem": f.problem, "layers": f.layers }))
            .collect();
        println!("{}", json!({ "best": best, "levels": levels }));
    } else {
        findings.iter().for_each(show);
        match best {
            Some(level) => println!("The best level here is {}.", level.name()),
            None => println!("No level can be had here: the service will not start."),
        }
    }
    if enough {
        ExitCode::SUCCESS
    } else if best.is_none() {
        ExitCode::from(FAULT)
    } else {
        ExitCode::FAILURE
    }
}

/// Builds one level and runs a program in it.
async fn look(config: &Config, level: Level) -> Finding {
    let mut options = config.options();
    options.isolation = Demand::Exactly(level);
    match Executor::start(options).await {
        Ok(executor) => {
            let problem = executor.try_out().await.err();
            let layers = executor.snapshot().layers;
            executor.close().await;
            Finding { level, layers, problem }
        }
        Err(error) => {
            let layers = match &error {
                StartError::Level { source: LaunchError::Layer(failure), .. } => vec![Layer {
                    name: failure.layer.clone(),
                    on: false,
                    why: format!("{}: {}", failure.step, failure.reason),
                    hint: failure.hint.clone(),
                }],
                _ => Vec::new(),
            };
            Finding { level, layers, problem: Some(chain(&error)) }
        }
    }
}

fn show(finding: &Finding) {
    let word = if finding.problem.is_none() { "available" } else { "not available" };
    println!("{}: {word}", finding.level.name());
    for layer in &finding.layers {
        println!("  {:3}  {:32} {}", if layer.on { "on" } else { "off" }, layer.name, layer.why);
        if let Some(hint) = &layer.hint {
            println!("       {:32} to turn it on: {hint}", "");
        }
    }
    if let Some(problem) = &finding.problem {
        println!("  {problem}");
    }
    println!();
}
