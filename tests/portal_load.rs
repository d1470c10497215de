//! A class that hands in without a pause: every answer is checked, every submission is looked for in the database, and
//! what the portal adds to its executor is measured. `portal-load [SECONDS [LEARNERS [DATABASE_URL]]]`.

use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::portal::{Browser, Portal};

const TESTED: &str = "/api/execution/run";
const ANSWERS: [(&str, bool); 3] = [
    ("def greet(name):\n    return f'Hello, {name}!'\n", true),
    ("def greet(name):\n    return 'Hello ' + name\n", false),
    ("def greet(name):\n    print(f'Hello, {name}!')\n", false),
];
/// Pairs of requests that the overhead is measured by.
const PAIRS: usize = 400;
/// From the beginning of one to that of the next, the same for both: a pause after the answer would leave whoever answers
/// sooner less time to make the cells that were used anew, and the next one would pay for it.
const PACE: Duration = Duration::from_millis(40);
/// What the portal may add to the executor's median.
const ADDED_MAX: Duration = Duration::from_millis(2);

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, default: u64| args.get(at).map_or(Some(default), |word| word.parse().ok());
    let (Some(seconds), Some(learners)) = (number(0, 300), number(1, 8)) else {
        eprintln!("usage: portal-load [SECONDS [LEARNERS [DATABASE_URL]]]");
        return ExitCode::from(64);
    };
    let mut settings = vec![("QUEUE", "64"), ("QUEUE_TIMEOUT_MS", "30000")];
    settings.extend(args.get(2).map(|url| ("DATABASE_URL", url.as_str())));
    let portal = Portal::start(&settings);
    let wrong = Mutex::new(Vec::new());
    let begun = Instant::now();
    let until = begun + Duration::from_secs(seconds);
    let (answered, stored) = std::thread::scope(|scope| {
        let all: Vec<_> = (0..learners).map(|_| scope.spawn(|| learner(&portal.browser(), until, &wrong))).collect();
        all.into_iter().fold((0, 0), |sum, one| {
            let one = one.join().expect("it does not panic");
            (sum.0 + one.0, sum.1 + one.1)
        })
    });
    let (took, wrong) = (begun.elapsed().as_secs_f64(), wrong.into_inner().expect("no thread panics with it"));
    println!("{answered} submissions in {took:.0} s by {learners} learners, {:.0} a second", answered as f64 / took);
    println!("{stored} of them in the database; {} wrong answers", wrong.len());
    wrong.iter().take(10).for_each(|problem| println!("{problem}"));
    let (through, directly) = overhead(&portal);
    let added = through.saturating_sub(directly);
    println!(
        "median: {directly:?} at the executor, {through:?} through the portal: it adds {added:?}, wanted {ADDED_MAX:?} at most"
    );
    let is_well = wrong.is_empty() && answered == stored && added < ADDED_MAX;
    if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Hands in until it is time: how many answers came, and how many attempts the portal remembers.
fn learner(browser: &Browser, until: Instant, wrong: &Mutex<Vec<String>>) -> (u64, u64) {
    let mut answered = 0;
    while Instant::now() < until {
        let (code, is_right) = ANSWERS[answered as usize % ANSWERS.len()];
        let reply = browser.post(TESTED, &json!({ "code": code, "exerciseId": "E0_greet", "runTests": true }));
        if reply.status == 200 && reply.body["data"]["testResult"]["passed"] == is_right {
            answered += 1;
        } else {
            wrong.lock().expect("no thread panics with it").push(format!("{reply:?}"));
        }
    }
    let progress = browser.get("/api/progress").body;
    let exercises = progress["data"]["exercises"].as_array().cloned().unwrap_or_default();
    (answered, exercises.iter().filter_map(|exercise| exercise["attempts"].as_u64()).sum())
}

/// The medians of a tested run through the portal and of the same at its executor, one after the other.
fn overhead(portal: &Portal) -> (Duration, Duration) {
    let tests = include_str!("../exercises/E0_greet/tests.py");
    let through = json!({ "code": ANSWERS[0].0, "exerciseId": "E0_greet", "runTests": true });
    let directly = json!({ "code": ANSWERS[0].0, "testCode": tests });
    let (learner, executor) = (portal.browser(), portal.of_executor());
    let mut next = Instant::now();
    let mut timed = |browser: &Browser, path: &str, body: &Value| {
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
        let begun = Instant::now();
        next = begun + PACE;
        assert_eq!(browser.post(path, body).status, 200);
        begun.elapsed()
    };
    let (mut one, mut other): (Vec<_>, Vec<_>) =
        (0..PAIRS).map(|_| (timed(&learner, TESTED, &through), timed(&executor, "/execute", &directly))).unzip();
    one.sort();
    other.sort();
    (one[PAIRS / 2], other[PAIRS / 2])
}
