//! Wire types of both services: what travels, and nothing of what it means inside.
//!
//! JSON in camelCase; times in milliseconds, sizes in bytes unless the name says otherwise. Every type derives its
//! OpenAPI schema, from which the committed documents and the TypeScript types are generated.

mod execute;
mod failure;
mod health;
mod jobs;
mod portal;

pub use execute::{
    Collected, Encoding, ExecuteRequest, ExecuteResponse, Integrity, RequestFile, RequestLimits, RunStatus, TestCase,
    TestResult, TestStatus, Uncaught, Usage,
};
pub use failure::Failure;
pub use health::{Health, HealthStatus, Isolation, JobsHealth, LayerState, Pool, RuntimeInfo, Runtimes};
pub use jobs::{
    BATCH_MAX, BatchInfo, BatchProgress, BatchRequest, CallbackInfo, CallbackStatus, JobInfo, JobPriority, JobRequest,
    JobStatus, JobTerms, JobsAccepted,
};
pub use portal::{
    DatabaseHealth, Difficulty, ExecutorHealth, Exercise, ExerciseProgress, Hint, PortalHealth, Progress, RunRequest,
    Solution, SolutionLocked, SolutionRequest, Success,
};
