//! `POST /execute`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A program to run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({ "code": "print('Hello World')" }))]
pub struct ExecuteRequest {
    /// The program: `main.py`.
    #[schema(min_length = 1, max_length = 50000, example = "print('Hello World')")]
    pub code: String,
    /// The tests; needed when `runTests` is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200000)]
    pub test_code: Option<String>,
    /// A label for logs and results.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub exercise_id: Option<String>,
    /// Whether to run the tests; by default when there are some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run_tests: Option<bool>,
    /// Standard input. When it is given, nothing is stripped from the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stdin: Option<String>,
    /// `sys.argv[1:]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 256)]
    pub args: Option<Vec<String>>,
    /// Files placed in the working directory before the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 100)]
    pub files: Option<Vec<RequestFile>>,
    /// Globs of files to return after the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 32)]
    pub collect: Option<Vec<String>>,
    /// What the run may use, within the operator's ceilings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<RequestLimits>,
    /// One of `GET /runtimes`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "python3.11")]
    pub python: Option<String>,
    /// Where the tests run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub integrity: Option<Integrity>,
    /// Keeps the tests' source, expected values and tracebacks out of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = false)]
    pub hide_tests: Option<bool>,
    /// Whether `output` and `errors` lose trailing white space.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(default = true)]
    pub trim: Option<bool>,
}

/// A file placed in the working directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestFile {
    /// Relative, with `/` between its parts, without `..`.
    #[schema(min_length = 1, max_length = 255, example = "data/words.txt")]
    pub path: String,
    /// Its content, encoded as `encoding` says.
    pub content: String,
    /// How `content` is encoded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
}

/// How bytes stand in JSON.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// As text.
    #[default]
    Utf8,
    /// As base64 with padding.
    Base64,
}

/// What a run may use; each is optional, and bounded by the operator's ceiling.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequestLimits {
    /// Wall time, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 3000)]
    pub timeout_ms: Option<u64>,
    /// Memory of all the run's processes, in MiB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 256)]
    pub memory_mb: Option<u64>,
    /// Standard output and standard error together, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 524288)]
    pub output_bytes: Option<u64>,
    /// Processes and threads alive at the same time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 16)]
    pub processes: Option<u64>,
    /// Files of the run together, in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = 16777216)]
    pub file_bytes: Option<u64>,
}

/// Where tests run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Integrity {
    /// In a process that the learner's code never enters.
    #[default]
    Isolated,
    /// Beside the learner's code.
    InProcess,
}

/// A program that was run, whatever it did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ExecuteResponse {
    /// Exit code 0, no limit hit and, when tests ran, all of them passed.
    pub success: bool,
    /// Standard output; what is not UTF-8 becomes U+FFFD.
    #[schema(example = "Hello World")]
    pub output: String,
    /// Standard error; a limit says here what happened and what usually causes it. Null when there is nothing to say.
    #[schema(required)]
    pub errors: Option<String>,
    /// Wall time of the run, in milliseconds: from the moment the program had the job to its end, or until it was killed.
    #[schema(example = 2)]
    pub execution_time: u64,
    /// What the tests found; null when none ran.
    #[schema(required)]
    pub test_result: Option<TestResult>,
    /// How it went, in one word.
    pub status: RunStatus,
    /// The exit code as the operating system saw it; null when a signal ended the program.
    #[schema(required)]
    pub exit_code: Option<i32>,
    /// The signal that ended the program, if one did.
    #[schema(required)]
    pub signal: Option<i32>,
    /// What the whole process tree used.
    pub usage: Usage,
    /// Output was cut at the limit; what came before the cut is there.
    pub truncated: bool,
    /// The uncaught exception.
    #[schema(required)]
    pub error: Option<Uncaught>,
    /// What the service did to the program, in sentences.
    pub notices: Vec<String>,
    /// What `collect` matched.
    pub files: Vec<Collected>,
}

/// How a run went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// It ended by itself with exit code 0.
    Ok,
    /// An uncaught exception, or an exit code other than 0.
    Error,
    /// The program could not be compiled.
    SyntaxError,
    /// The program ran; its tests did not all pass.
    TestsFailed,
    /// It reached a limit of time.
    Timeout,
    /// It wrote more than the output limit.
    OutputLimit,
    /// It needed more than the memory limit.
    MemoryLimit,
    /// A signal ended it that the service did not send.
    Killed,
}

impl RunStatus {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            RunStatus::Ok => "ok",
            RunStatus::Error => "error",
            RunStatus::SyntaxError => "syntax_error",
            RunStatus::TestsFailed => "tests_failed",
            RunStatus::Timeout => "timeout",
            RunStatus::OutputLimit => "output_limit",
            RunStatus::MemoryLimit => "memory_limit",
            RunStatus::Killed => "killed",
        }
    }
}

/// What a run used, all its processes together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Usage {
    /// Processor time, in milliseconds.
    pub cpu_ms: u64,
    /// Peak of memory, in bytes.
    pub peak_memory_bytes: u64,
}

/// An uncaught exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Uncaught {
    /// Its class.
    #[schema(example = "NameError")]
    pub r#type: String,
    /// What it says.
    #[schema(example = "name 'x' is not defined")]
    pub message: String,
    /// The line it stands for, from 1.
    #[schema(required)]
    pub line: Option<u32>,
    /// The column in that line, from 1.
    #[schema(required)]
    pub column: Option<u32>,
    /// That line's text.
    #[schema(required)]
    pub source: Option<String>,
    /// One sentence for a beginner, where there is one worth saying.
    #[schema(required)]
    pub hint: Option<String>,
}

/// A file brought back from the working directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Collected {
    /// Relative to the working directory.
    pub path: String,
    /// Its content, encoded as `encoding` says.
    pub content: String,
    /// `utf8` when the content is valid UTF-8, else `base64`.
    pub encoding: Encoding,
    /// It was cut at the limit on collected bytes.
    pub truncated: bool,
}

/// What the tests found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TestResult {
    /// There was at least one test that counts, and all of them passed.
    pub passed: bool,
    /// Standard output of the test phase.
    pub output: String,
    /// Standard error of the test phase.
    #[schema(required)]
    pub errors: Option<String>,
    /// Wall time of the test phase, in milliseconds.
    pub execution_time: u64,
    /// Where the tests ran.
    pub integrity: Integrity,
    /// Every test that was found, in order.
    pub test_cases: Vec<TestCase>,
}

/// One test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase")]
pub struct TestCase {
    /// Its name.
    #[schema(example = "Test 1")]
    pub name: String,
    /// Whether it passed.
    pub passed: bool,
    /// How it went.
    pub status: TestStatus,
    /// What should have come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<String>,
    /// What went wrong, as Python says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What went wrong, in plain words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The test's line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// That line's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What was printed during the test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    /// Its wall time, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution_time: Option<u64>,
}

/// How a test went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum TestStatus {
    /// It passed.
    Passed,
    /// What it checks is not so.
    Failed,
    /// It could not be carried out.
    Error,
    /// It said that it is to be skipped.
    Skipped,
    /// It did not report.
    NotRun,
}
