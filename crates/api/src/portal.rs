//! The portal.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Failure, HealthStatus};

/// What the portal answers when all is well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Success<T> {
    /// Always true.
    #[cfg_attr(feature = "typescript", ts(type = "true"))]
    pub success: bool,
    /// What was asked for.
    pub data: T,
}

impl<T> Success<T> {
    /// All is well.
    pub fn of(data: T) -> Success<T> {
        Success { success: true, data }
    }
}

/// A program to run, with an exercise's tests or without.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({ "code": "def greet(name):\n    return 'Hello'", "exerciseId": "E0_greet", "runTests": true }))]
pub struct RunRequest {
    /// The program.
    #[schema(min_length = 1, max_length = 50000)]
    pub code: String,
    /// The exercise that it is for; needed when `runTests` is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "E0_greet")]
    pub exercise_id: Option<String>,
    /// Whether to run the exercise's tests: an attempt, which is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = false)]
    pub run_tests: Option<bool>,
    /// Standard input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stdin: Option<String>,
}

/// An exercise as learners see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Exercise {
    /// Its name in addresses.
    #[schema(example = "E0_greet")]
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence.
    pub description: String,
    /// What is to be done, as CommonMark.
    pub instructions: String,
    /// What the editor starts with.
    pub starter_code: String,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// What it is about.
    pub topics: Vec<String>,
    /// Its place among the others.
    pub order: u32,
    /// Minutes that it usually takes.
    pub estimated_time: u32,
}

/// How hard an exercise is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Difficulty {
    /// For the first days.
    Beginner,
    /// For the first weeks.
    Easy,
    /// For those who have some practice.
    Medium,
    /// For those who want to think.
    Hard,
}

/// A hint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Hint {
    /// From 1, a nudge, upwards.
    pub level: u32,
    /// What it says, as CommonMark.
    pub text: String,
}

/// A wish to see the solution.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SolutionRequest {
    /// Now, whatever the number of attempts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = false)]
    pub give_up: Option<bool>,
}

/// An exercise's solution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Solution {
    /// Its code.
    pub solution_code: String,
}

/// Answer to a wish for the solution that comes too early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SolutionLocked {
    /// As always; `code` is `SOLUTION_LOCKED`.
    #[serde(flatten)]
    pub failure: Failure,
    /// Attempts made.
    pub attempts: u32,
    /// Attempts after which the solution is shown.
    pub attempts_needed: u32,
}

/// What a learner has done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Exercises completed, of those that there are.
    pub completed: u32,
    /// Exercises that there are.
    pub total: u32,
    /// Those that the learner has touched, in order.
    pub exercises: Vec<ExerciseProgress>,
}

/// What a learner has done with one exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ExerciseProgress {
    /// Which exercise.
    pub exercise_id: String,
    /// Runs with tests.
    pub attempts: u32,
    /// All tests have passed once.
    pub completed: bool,
    /// When that was first so, as RFC 3339.
    #[schema(required, format = DateTime)]
    pub completed_at: Option<String>,
    /// The shortest time of a run that passed, in milliseconds.
    #[schema(required)]
    pub best_time_ms: Option<u64>,
    /// The highest hint seen; 0 for none.
    pub hints_seen: u32,
    /// The solution was shown.
    pub solution_seen: bool,
    /// The shortest code that passed.
    #[schema(required)]
    pub best_solution: Option<String>,
    /// The code that was run last.
    #[schema(required)]
    pub last_code: Option<String>,
}

/// Answer of the portal's `GET /health` and `GET /ready`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PortalHealth {
    /// Whether learners can work: `degraded` when some executor is away, `unhealthy` (503) when all are, or the database.
    pub status: HealthStatus,
    /// Which service this is.
    #[schema(example = "portal")]
    pub service: String,
    /// Now, as RFC 3339 with milliseconds.
    #[schema(format = DateTime, example = "2025-08-30T20:27:40.780Z")]
    pub timestamp: String,
    /// The service's version.
    #[schema(example = "1.0.0")]
    pub version: String,
    /// The service takes no more work.
    pub stopping: bool,
    /// The database.
    pub database: DatabaseHealth,
    /// Every executor.
    pub executors: Vec<ExecutorHealth>,
}

/// How the database is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DatabaseHealth {
    /// Whether it answers.
    pub status: HealthStatus,
    /// `sqlite` or `postgres`.
    #[schema(example = "sqlite")]
    pub kind: String,
}

/// How an executor is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct ExecutorHealth {
    /// Where it is.
    #[schema(example = "http://127.0.0.1:3001")]
    pub url: String,
    /// Whether it takes work.
    pub status: HealthStatus,
    /// Requests of this portal that it works on.
    pub in_flight: u32,
    /// Why it takes none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
