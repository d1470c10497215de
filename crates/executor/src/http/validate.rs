//! The rules of `POST /execute`, in the order in which they are checked.

mod fields;
mod limits;

use std::borrow::Cow;

use api::Integrity;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use globset::GlobBuilder;

use super::json::{self, Json};
use super::paths::{self, Places};
use super::{Problem, json::shown};
use crate::config::Config;
use crate::job::{FileIn, Job, Tests};
pub use fields::Fields;
use limits::LimitRules;

const TEST_CODE_CHARS: usize = 200_000;
const EXERCISE_ID_CHARS: usize = 200;
const STDIN_BYTES: usize = 1 << 20;
const ARGS: usize = 256;
const ARGS_BYTES: usize = 64 << 10;
const FILES: usize = 100;
const GLOBS: usize = 32;
const GLOB_BYTES: usize = 255;
/// Alternatives within alternatives cost time to compile.
const GLOB_BRACES: usize = 8;

/// The fields of a request.
pub(super) const FIELDS: [&str; 13] = [
    "code",
    "testCode",
    "exerciseId",
    "runTests",
    "stdin",
    "args",
    "files",
    "collect",
    "limits",
    "python",
    "integrity",
    "hideTests",
    "trim",
];

/// What the rules depend on.
#[derive(Debug)]
pub(crate) struct Rules {
    code_chars: usize,
    limits: LimitRules,
    runtimes: Vec<String>,
}

/// A request that keeps every rule.
#[derive(Debug)]
pub(crate) struct Accepted {
    pub job: Job,
    pub exercise: Option<String>,
    pub trim: bool,
}

impl Rules {
    /// The rules under a configuration, for these runtimes.
    pub fn new(config: &Config, runtimes: Vec<String>) -> Rules {
        Rules { code_chars: config.requests.code_chars, limits: LimitRules::new(config), runtimes }
    }

    /// Checks a body against every rule.
    pub fn check(&self, body: &[u8]) -> Result<Accepted, Problem> {
        self.check_entries(json::object(json::parse(body)?)?)
    }

    /// Checks the fields of a body that was read.
    pub fn check_entries(&self, entries: Vec<(String, Json)>) -> Result<Accepted, Problem> {
        let mut fields = Fields::new("", entries, &FIELDS)?;
        let code = self.code(&mut fields)?;
        let test_code = fields.string("testCode")?;
        if test_code.as_ref().is_some_and(|text| exceeds(text, TEST_CODE_CHARS)) {
            return Err(too_long("testCode", "TEST_CODE_TOO_LONG", TEST_CODE_CHARS));
        }
        let exercise = fields.string("exerciseId")?;
        if exercise.as_ref().is_some_and(|id| exceeds(id, EXERCISE_ID_CHARS) || id.chars().any(char::is_control)) {
            let sentence = "exerciseId must be at most 200 characters without control characters";
            return Err(Problem::bad("INVALID_EXERCISE_ID", sentence).at("exerciseId"));
        }
        let run_tests = fields.boolean("runTests")?;
        let integrity = self.integrity(&mut fields)?;
        let hide = fields.boolean("hideTests")?.unwrap_or(false);
        let trim = fields.boolean("trim")?.unwrap_or(true);
        let tests = tests(run_tests, test_code, integrity, hide)?;
        let stdin = fields.string("stdin")?;
        if stdin.as_ref().is_some_and(|text| text.len() > STDIN_BYTES) {
            let sentence = format!("stdin is too long: at most {STDIN_BYTES} bytes are taken");
            return Err(Problem::too_large("STDIN_TOO_LONG", sentence).at("stdin"));
        }
        let args = args(&mut fields)?;
        let limits = self.limits.check(&mut fields)?;
        let files = files(&mut fields)?;
        let total = files.iter().map(|file| on_disk(file.content.len())).sum::<u64>() + on_disk(code.len());
        if total > limits.file_bytes {
            let sentence = format!("files do not fit: the run may have {} bytes of files", limits.file_bytes);
            return Err(Problem::too_large("FILES_TOO_LARGE", sentence).at("files"));
        }
        let collect = globs(&mut fields)?;
        let runtime = self.runtime(&mut fields)?;
        let stdin = stdin.map(String::into_bytes);
        let job = Job { code, stdin, args, files, collect, limits, runtime, tests };
        Ok(Accepted { job, exercise, trim })
    }

    fn code(&self, fields: &mut Fields) -> Result<String, Problem> {
        match fields.take("code") {
            Some(Json::String(code)) if exceeds(&code, self.code_chars) => {
                Err(too_long("Code", "CODE_TOO_LONG", self.code_chars).at("code"))
            }
            Some(Json::String(code)) if !code.is_empty() => Ok(code),
            _ => Err(Problem::bad("CODE_REQUIRED", "Code is required and must be a string").at("code")),
        }
    }

    fn integrity(&self, fields: &mut Fields) -> Result<Integrity, Problem> {
        match fields.string("integrity")?.as_deref() {
            None | Some("isolated") => Ok(Integrity::Isolated),
            Some("in_process") => Ok(Integrity::InProcess),
            Some(_) => {
                Err(Problem::bad("INVALID_INTEGRITY", "integrity must be \"isolated\" or \"in_process\"")
                    .at("integrity"))
            }
        }
    }

    fn runtime(&self, fields: &mut Fields) -> Result<usize, Problem> {
        let Some(name) = fields.string("python")? else { return Ok(0) };
        self.runtimes.iter().position(|known| *known == name).ok_or_else(|| {
            let sentence = format!("python must be one of: {}", self.runtimes.join(", "));
            Problem::bad("UNKNOWN_RUNTIME", sentence).at("python")
        })
    }
}

/// Longer than `max` characters; counts no further than it must.
fn exceeds(text: &str, max: usize) -> bool {
    text.len() > max && text.chars().nth(max).is_some()
}

fn too_long(field: &'static str, code: &'static str, max: usize) -> Problem {
    Problem::too_large(code, format!("{field} is too long: at most {max} characters are taken")).at(field)
}

/// Bytes that a file takes up: whole pages.
fn on_disk(bytes: usize) -> u64 {
    (bytes as u64).next_multiple_of(4096)
}

fn tests(
    wanted: Option<bool>,
    code: Option<String>,
    integrity: Integrity,
    hide: bool,
) -> Result<Option<Tests>, Problem> {
    match (wanted, code.filter(|text| !text.is_empty())) {
        (Some(true), None) => {
            Err(Problem::bad("TEST_CODE_REQUIRED", "testCode is required when runTests is true").at("testCode"))
        }
        (Some(false), _) | (None, None) => Ok(None),
        (_, Some(code)) => Ok(Some(Tests { code, integrity, hide })),
    }
}

fn args(fields: &mut Fields) -> Result<Vec<String>, Problem> {
    let args = fields.strings("args", ARGS)?;
    if args.iter().map(String::len).sum::<usize>() > ARGS_BYTES {
        let sentence = format!("args are too long: at most {ARGS_BYTES} bytes are taken");
        return Err(Problem::too_large("ARGS_TOO_LONG", sentence).at("args"));
    }
    match args.iter().position(|arg| arg.contains('\0')) {
        Some(index) => {
            let field = format!("args[{index}]");
            Err(Problem::bad("INVALID_ARGUMENT", format!("{field} must not hold a NUL character")).at(field))
        }
        None => Ok(args),
    }
}

fn files(fields: &mut Fields) -> Result<Vec<FileIn>, Problem> {
    let mut places = Places::default();
    let items = fields.array("files", FILES)?;
    items.into_iter().enumerate().map(|(index, item)| file(item, &format!("files[{index}]"), &mut places)).collect()
}

fn file(item: Json, at: &str, places: &mut Places) -> Result<FileIn, Problem> {
    let Json::Object(entries) = item else { return Err(fields::wrong_type(at, "an object")) };
    let mut fields = Fields::new(&format!("{at}."), entries, &["path", "content", "encoding"])?;
    let required = |fields: &mut Fields, name: &str| {
        let value = fields.string(name)?;
        value.ok_or_else(|| fields::wrong_type(&format!("{at}.{name}"), "a string"))
    };
    let path = required(&mut fields, "path")?;
    places.take(&path, &format!("{at}.path"))?;
    let content = required(&mut fields, "content")?;
    let content = match fields.string("encoding")?.as_deref() {
        None | Some("utf8") => content.into_bytes(),
        Some("base64") => BASE64.decode(content.as_bytes()).map_err(|error| {
            Problem::bad("INVALID_BASE64", format!("{at}.content is not valid base64: {error}"))
                .at(format!("{at}.content"))
        })?,
        Some(_) => {
            let field = format!("{at}.encoding");
            return Err(Problem::bad("INVALID_ENCODING", format!("{field} must be \"utf8\" or \"base64\"")).at(field));
        }
    };
    Ok(FileIn { path, content })
}

fn globs(fields: &mut Fields) -> Result<Vec<String>, Problem> {
    let globs = fields.strings("collect", GLOBS)?;
    for (index, glob) in globs.iter().enumerate() {
        let fault: Option<Cow<'static, str>> = match glob {
            _ if glob.len() > GLOB_BYTES => Some("must be at most 255 bytes long".into()),
            _ if glob.matches('{').count() > GLOB_BRACES => Some("has too many alternatives".into()),
            _ => paths::fault(glob).map(Cow::from).or_else(|| {
                let built = GlobBuilder::new(glob).literal_separator(true).build();
                built.err().map(|error| format!("is no glob: {}", shown(&error.kind().to_string())).into())
            }),
        };
        if let Some(fault) = fault {
            let field = format!("collect[{index}]");
            return Err(Problem::bad("INVALID_GLOB", format!("{field} {fault}")).at(field));
        }
    }
    Ok(globs)
}
