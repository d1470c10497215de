//! Writes the wire types for TypeScript: `web/types/index.d.ts`.

use api::*;
use ts_rs::{Config, TS};

/// A type with its documentation.
fn declare<T: TS>(page: &mut String, config: &Config) {
    page.push('\n');
    page.push_str(&T::docs().unwrap_or_default());
    page.push_str("export ");
    let declaration = T::decl(config);
    // The last field shares its line with the end.
    let (body, end) = declaration.strip_suffix(" };").map_or((declaration.as_str(), ""), |body| (body, "};\n"));
    for (index, line) in body.lines().enumerate() {
        page.push_str(if index == 0 { "" } else { "  " });
        page.push_str(line.trim_end());
        page.push('\n');
    }
    page.push_str(end);
}

macro_rules! declare_all {
    ($($name:ty),* $(,)?) => {{
        let config = Config::new().with_large_int("number");
        let mut page = String::from(
            "// Generated from crates/api by `cargo xtask gen`. Times are milliseconds, sizes bytes unless the name says otherwise.\n",
        );
        $(declare::<$name>(&mut page, &config);)*
        page
    }};
}

fn main() {
    print!(
        "{}",
        declare_all!(
            // Both services
            Failure,
            HealthStatus,
            // The executor
            ExecuteRequest,
            RequestFile,
            Encoding,
            RequestLimits,
            Integrity,
            ExecuteResponse,
            RunStatus,
            Usage,
            Uncaught,
            Collected,
            TestResult,
            TestCase,
            TestStatus,
            Health,
            Isolation,
            JobsHealth,
            LayerState,
            Runtimes,
            RuntimeInfo,
            Pool,
            JobTerms,
            JobPriority,
            JobRequest,
            BatchRequest,
            JobsAccepted,
            JobStatus,
            JobInfo,
            BatchInfo,
            BatchProgress,
            CallbackInfo,
            CallbackStatus,
            // The portal
            Success<Exercise>,
            RunRequest,
            Exercise,
            Difficulty,
            Hint,
            SolutionRequest,
            Solution,
            SolutionLocked,
            Progress,
            ExerciseProgress,
            PortalHealth,
            DatabaseHealth,
            ExecutorHealth,
        )
    );
}
