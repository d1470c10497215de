//! Writes the wire types for TypeScript: `web/types/index.d.ts`.

use api::*;
use ts_rs::{Config, TS};

/// A type with its documentation.
fn declare<T: TS>(page: &mut String, config: &Config) {
    page.push('\n');
    page.push_str(&T::docs().unwrap_or_default());
    page.push_str("export ");
    page.push_str(&T::decl(config));
    page.push('\n');
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
            LayerState,
            Runtimes,
            RuntimeInfo,
            Pool,
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
