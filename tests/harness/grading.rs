//! Solutions with their tests and what must come of them: the cheats (`cheats/README.md`) and the graded programs
//! (`grading/README.md`).

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The kinds of tests that an exercise of `cheats/exercises` has.
pub const STYLES: [&str; 5] = ["asserts", "script", "unittest", "pytest", "doctest"];

/// What stands in the tests of the exercise `secret`, and nowhere else.
const SECRETS: [&str; 6] = ["kiwi-7391", "lime-2257", "date-9034", "fig-1123", "plum-4482", "pear-5163"];

/// The interpreter that has pytest.
///
/// # Panics
/// It is not named.
pub fn python_with_pytest() -> String {
    std::env::var("TEST_PYTHON_VENV").expect("`cargo xtask test` makes the environment and names it")
}

/// What a service calls its second interpreter.
///
/// # Panics
/// It has none.
pub fn second_runtime(service: &crate::Service) -> String {
    let runtimes = service.get("/runtimes").expect("an answer").body;
    runtimes["runtimes"][1]["name"].as_str().expect("a second runtime").to_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// An exercise: an honest solution, and its tests in each style.
#[derive(Debug, Clone)]
pub struct Exercise(PathBuf);

impl Exercise {
    /// One by its name.
    pub fn named(name: &str) -> Exercise {
        Exercise(crate::folder().join("cheats/exercises").join(name))
    }

    /// All of them.
    ///
    /// # Panics
    /// There are none.
    pub fn all() -> Vec<Exercise> {
        let folder = std::fs::read_dir(crate::folder().join("cheats/exercises")).expect("the exercises are there");
        let mut found: Vec<Exercise> = folder.map(|e| Exercise(e.expect("it can be listed").path())).collect();
        found.sort_by(|one, other| one.0.cmp(&other.0));
        found
    }

    /// Its name.
    pub fn name(&self) -> String {
        self.0.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The honest solution.
    pub fn honest(&self) -> String {
        read(&self.0.join("honest.py"))
    }

    /// The tests.
    pub fn tests(&self, style: &str) -> String {
        read(&self.0.join(format!("tests_{style}.py")))
    }
}

/// A cheat with what it states of itself.
#[derive(Debug, Clone)]
pub struct Cheat {
    /// File name without its ending.
    pub name: String,
    /// Its text.
    pub code: String,
    /// What it claims to solve.
    pub exercise: Exercise,
    /// The styles of tests that it is meant for.
    pub styles: Vec<&'static str>,
    /// It tries to carry out hidden tests.
    pub is_hidden: bool,
    /// Some cases hold; the whole must not.
    pub may_pass_some: bool,
    /// Its wall-time limit, in milliseconds.
    pub timeout_ms: u64,
}

impl Cheat {
    /// Reads one.
    ///
    /// # Panics
    /// Its header is not as `cheats/README.md` says.
    pub fn read(path: &Path) -> Cheat {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let code = read(path);
        let mut lines = code.lines();
        let number = name.trim_start_matches('0').split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let first = lines.next().unwrap_or_default();
        assert!(first.starts_with(&format!("# {number}. ")), "{name}: the first line names line {number} of the list");
        let header = lines.next().and_then(|line| line.strip_prefix("# ")).unwrap_or_default();
        let (mut exercise, mut styles, mut is_hidden, mut may_pass_some, mut timeout_ms) =
            (None, vec![], false, false, 3000);
        for part in header.split("; ") {
            match part.split_once(": ").unwrap_or((part, "")) {
                ("exercise", value) => exercise = Some(Exercise::named(value)),
                ("styles", "all") => styles = STYLES.to_vec(),
                ("styles", value) => styles = value.split(' ').map(|word| style(word, &name)).collect(),
                ("hide", _) => is_hidden = true,
                ("passes", "some") => may_pass_some = true,
                ("timeoutMs", value) => timeout_ms = value.parse().expect("a number of milliseconds"),
                (other, _) => panic!("{name}: states {other:?}, which nobody knows"),
            }
        }
        let exercise = exercise.unwrap_or_else(|| panic!("{name}: names no exercise"));
        assert!(!styles.is_empty(), "{name}: names no styles");
        Cheat { name, code, exercise, styles, is_hidden, may_pass_some, timeout_ms }
    }

    /// What is sent for it.
    pub fn request(&self, style: &str, integrity: &str) -> Value {
        json!({ "code": self.code, "testCode": self.exercise.tests(style), "integrity": integrity,
            "hideTests": self.is_hidden, "limits": { "timeoutMs": self.timeout_ms } })
    }

    /// How an answer lets it through; `None` if it does not.
    pub fn gain(&self, body: &Value) -> Option<String> {
        let result = &body["testResult"];
        if result["passed"] != false || body["success"] != false {
            return Some(format!("passed is {} and success is {}", result["passed"], body["success"]));
        }
        let cases = result["testCases"].as_array().map(Vec::as_slice).unwrap_or_default();
        if cases.is_empty() {
            return Some("there is no case".to_owned());
        }
        let passed: Vec<&str> =
            cases.iter().filter(|case| is_passed(case)).filter_map(|case| case["name"].as_str()).collect();
        if !passed.is_empty() && !self.may_pass_some {
            return Some(format!("passed: {}", passed.join(", ")));
        }
        if self.is_hidden { leak(&body.to_string()) } else { None }
    }
}

fn is_passed(case: &Value) -> bool {
    case["passed"] != false || case["status"] == "passed"
}

fn style(word: &str, name: &str) -> &'static str {
    STYLES.into_iter().find(|style| *style == word).unwrap_or_else(|| panic!("{name}: there is no style {word:?}"))
}

/// A secret of the tests that stands in a text, also turned around or as numbers.
pub fn leak(text: &str) -> Option<String> {
    let mut forms = SECRETS.iter().flat_map(|secret| {
        let hex = secret.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
        let stars = secret.chars().map(String::from).collect::<Vec<_>>().join("*");
        [(*secret).to_owned(), secret.chars().rev().collect(), secret.replace('-', "_"), hex, stars]
    });
    forms.find(|form| text.contains(form.as_str())).map(|form| format!("the answer tells {form}"))
}

/// A program with tests and their stated outcome. The grammar is in `grading/README.md`.
#[derive(Debug, Clone)]
pub struct Graded {
    /// File name without its ending.
    pub name: String,
    /// The learner's text.
    pub program: String,
    /// The tests.
    pub tests: String,
    /// Whether an interpreter with pytest is needed.
    pub needs_pytest: bool,
    /// The only integrity that it is for, if there is one.
    pub integrity: Option<String>,
    hide: bool,
    passed: Option<bool>,
    timeout_ms: u64,
    cases: Vec<(String, String, Value)>,
}

impl Graded {
    /// Reads one.
    ///
    /// # Panics
    /// It is not as `grading/README.md` says.
    pub fn read(path: &Path) -> Graded {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = read(path);
        let part = |title: &str, next: Option<&str>| -> String {
            let start = text.split_once(&format!("# %% {title}\n"));
            let rest = start.unwrap_or_else(|| panic!("{name} has no {title}")).1;
            next.and_then(|next| rest.split_once(&format!("# %% {next}\n"))).map_or(rest, |(part, _)| part).to_owned()
        };
        let mut graded = Graded {
            program: part("program", Some("tests")),
            tests: part("tests", Some("cases")),
            needs_pytest: false,
            integrity: None,
            hide: false,
            passed: None,
            timeout_ms: 5000,
            cases: part("cases", None).lines().map(|line| case(line, &name)).collect(),
            name: name.clone(),
        };
        for line in text.lines().skip(1).take_while(|line| !line.starts_with("# %%")) {
            match line.trim_start_matches("# ").split_once(": ") {
                Some(("needs", "pytest")) => graded.needs_pytest = true,
                Some(("integrity", value)) => graded.integrity = Some(value.to_owned()),
                Some(("hide", value)) => graded.hide = value == "true",
                Some(("passed", value)) => graded.passed = Some(value == "true"),
                Some(("timeoutMs", value)) => graded.timeout_ms = value.parse().expect("a number of milliseconds"),
                _ => panic!("{name}: {line:?} is not understood"),
            }
        }
        graded
    }

    /// What is sent for it.
    pub fn request(&self, integrity: &str) -> Value {
        json!({ "code": self.program, "testCode": self.tests, "integrity": integrity, "hideTests": self.hide,
            "limits": { "timeoutMs": self.timeout_ms } })
    }

    /// Its wall-time limit, in milliseconds.
    pub fn timeout_ms(&self) -> u64 {
        self.timeout_ms
    }

    /// How an answer differs from what is stated; `None` if it does not.
    pub fn difference(&self, body: &Value, integrity: &str) -> Option<String> {
        let result = &body["testResult"];
        let counts = |status: &str| self.cases.iter().filter(|case| case.1 == status).count();
        let passed =
            self.passed.unwrap_or(counts("passed") > 0 && counts("passed") + counts("skipped") == self.cases.len());
        let told: Vec<Value> = result["testCases"].as_array().cloned().unwrap_or_default();
        let why = || told.iter().find(|case| case["passed"] != true).map_or(Value::Null, Clone::clone);
        let heads: Vec<(&str, &str)> = told
            .iter()
            .map(|case| (case["name"].as_str().unwrap_or("?"), case["status"].as_str().unwrap_or("?")))
            .collect();
        let stated: Vec<(&str, &str)> = self.cases.iter().map(|case| (case.0.as_str(), case.1.as_str())).collect();
        if stated != heads {
            let missing =
                stated.iter().filter(|case| !heads.contains(case)).map(|case| format!("{} {}", case.0, case.1));
            let extra = told.iter().zip(&heads).filter(|(_, head)| !stated.contains(head)).map(|(case, head)| {
                format!("{} {} ({})", head.0, head.1, case["message"].as_str().unwrap_or_default())
            });
            let (missing, extra) = (missing.collect::<Vec<_>>().join(", "), extra.collect::<Vec<_>>().join(", "));
            return Some(format!("expected {missing}; found {extra} {}", body["errors"]));
        }
        if result["passed"] != passed {
            return Some(format!("testResult.passed is {}: {}", result["passed"], why()));
        }
        if passed && (body["success"] != true || body["status"] != "ok") {
            return Some(format!("success is {}, status is {}: {}", body["success"], body["status"], body["errors"]));
        }
        if result["integrity"] != integrity {
            return Some(format!("integrity is {}", result["integrity"]));
        }
        self.cases.iter().zip(&told).find_map(|((name, _, details), case)| {
            details.as_object()?.iter().find_map(|(key, wanted)| {
                let (key, holds) = match key.strip_suffix('~') {
                    Some(key) => (key, says(&case[key], wanted)),
                    None => (key.as_str(), case[key] == *wanted),
                };
                (!holds).then(|| format!("{name}: {key} is {}, expected {wanted}", case[key]))
            })
        })
    }
}

fn says(found: &Value, wanted: &Value) -> bool {
    found.as_str().unwrap_or_default().contains(wanted.as_str().expect("a text to look for"))
}

/// `# NAME: STATUS`, and JSON with what else must be told of it.
fn case(line: &str, file: &str) -> (String, String, Value) {
    let line = line.strip_prefix("# ").unwrap_or_else(|| panic!("{file}: {line:?} is no case"));
    let (head, details) =
        line.split_once(" {").map_or((line, String::new()), |(head, rest)| (head, format!("{{{rest}")));
    let (name, status) = head.rsplit_once(": ").unwrap_or_else(|| panic!("{file}: {line:?} has no status"));
    let details = if details.is_empty() { Value::Null } else { serde_json::from_str(&details).expect("JSON") };
    (name.to_owned(), status.to_owned(), details)
}
