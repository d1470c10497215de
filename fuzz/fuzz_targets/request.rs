//! The body of `POST /execute`, as bytes: never a panic; refused with 400 or 413, or a job that keeps every rule.

#![no_main]

use std::sync::OnceLock;

use clap::{Args, Command, FromArgMatches};
use executor::config::{Config, ServeArgs};
use executor::http::decode;
use executor::job::Job;
use globset::{GlobBuilder, GlobSetBuilder};
use libfuzzer_sys::fuzz_target;

fn config() -> &'static Config {
    static CONFIG: OnceLock<Config> = OnceLock::new();
    CONFIG.get_or_init(|| {
        let matches = ServeArgs::augment_args(Command::new("serve")).get_matches_from(["serve"]);
        let args = ServeArgs::from_arg_matches(&matches).expect("the defaults can be parsed");
        args.validate().expect("the defaults can be used")
    })
}

fn keeps_the_rules(job: &Job) {
    let (limits, most) = (&job.limits, &config().ceilings);
    assert!(limits.timeout <= most.timeout && !limits.timeout.is_zero());
    assert!(limits.memory_bytes <= most.memory_bytes && limits.output_bytes <= most.output_bytes);
    assert!(limits.processes <= most.processes && limits.file_bytes <= most.file_bytes);
    assert!(!job.code.is_empty() && job.code.chars().count() <= config().requests.code_chars);
    assert!(job.args.iter().all(|arg| !arg.contains('\0')));
    assert_eq!(job.runtime, 0);
    for path in job.files.iter().map(|file| &file.path).chain(&job.collect) {
        assert!(!path.is_empty() && path.len() <= 255 && !path.contains(['\0', '\n', '\\']), "{path:?}");
        assert!(path.split('/').all(|part| !matches!(part, "" | "." | "..")), "{path:?}");
    }
    let mut wanted = GlobSetBuilder::new();
    for glob in &job.collect {
        wanted.add(GlobBuilder::new(glob).literal_separator(true).build().expect("it was checked"));
    }
    wanted.build().expect("what was accepted one by one can be used together").is_match("a/b.txt");
}

fuzz_target!(|body: &[u8]| {
    match decode(config(), body) {
        Ok(job) => {
            assert!(serde_json::from_slice::<serde_json::Value>(body).is_ok());
            keeps_the_rules(&job);
        }
        Err(problem) => {
            assert!(matches!(problem.status.as_u16(), 400 | 413), "{problem:?}");
            assert!(problem.error.len() < 1000, "{problem:?}");
            assert!(!problem.error.chars().any(|c| c == '\0'), "{problem:?}");
        }
    }
});
