//! Whether programs can be run, by experience: every run that ends as it should counts, and where none came by lately
//! a small one is made.

use std::sync::{Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use crate::engine::{Vital, Vitality};
use crate::job::{Ending, Finished, Job, Limits, RunError};
use crate::service::Executor;

/// Without a run for this long, one is made.
const PAUSE: Duration = Duration::from_secs(2);
/// Without a good run for this long, something is not as it should be.
const LATE: Duration = Duration::from_secs(8);
/// And for this long, nothing works.
const GONE: Duration = Duration::from_secs(20);

/// What is known of the last runs.
#[derive(Debug)]
pub struct Pulse(Mutex<Beat>);

#[derive(Debug)]
struct Beat {
    good: Instant,
    trouble: Option<String>,
}

impl Default for Pulse {
    /// At the start every runtime has just made its first cell.
    fn default() -> Pulse {
        Pulse(Mutex::new(Beat { good: Instant::now(), trouble: None }))
    }
}

impl Pulse {
    fn beat(&self) -> std::sync::MutexGuard<'_, Beat> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a run. Whatever the program did, Python ran it: only what is our fault speaks against us.
    pub fn note(&self, outcome: &Result<Finished, RunError>) {
        let mut beat = self.beat();
        match outcome {
            Ok(_) => *beat = Beat { good: Instant::now(), trouble: None },
            Err(RunError::Full { .. } | RunError::Stopping) => {}
            Err(error) => beat.trouble = Some(error.to_string()),
        }
    }

    /// In one word, with the reason.
    pub fn vitality(&self) -> Vitality {
        let beat = self.beat();
        let ago = beat.good.elapsed();
        let (state, reason) = match (&beat.trouble, ago) {
            (None, ago) if ago < LATE => (Vital::Healthy, None),
            (trouble, ago) if ago < GONE => {
                (Vital::Degraded, Some(trouble.clone().unwrap_or_else(|| "no program was run lately".into())))
            }
            (trouble, _) => (Vital::Unhealthy, Some(trouble.clone().unwrap_or_else(|| "no program can be run".into()))),
        };
        Vitality { state, reason, last_run: Some(ago) }
    }

    fn is_quiet(&self) -> bool {
        self.beat().good.elapsed() > PAUSE
    }
}

/// Makes a small run of the default runtime whenever there was none for a while; ends with the executor.
pub async fn keep_checking(executor: Weak<Executor>) {
    loop {
        tokio::time::sleep(PAUSE / 2).await;
        let Some(executor) = executor.upgrade() else { return };
        if executor.pulse().is_quiet() {
            check(&executor).await;
        }
    }
}

async fn check(executor: &Executor) {
    if let Err(trouble) = try_out(executor, 0).await {
        tracing::error!(trouble, "a small program did not run as it should");
        executor.pulse().beat().trouble = Some(trouble);
    }
}

/// Runs a small program.
///
/// # Errors
/// What kept it from running as it should.
pub async fn try_out(executor: &Executor, runtime: usize) -> Result<(), String> {
    let outcome = executor.run_unadmitted(&Job { runtime, ..probe() }).await;
    match &outcome {
        Ok(f) if f.ending == Ending::Exited(0) && f.stdout == b"42\n" => {
            executor.pulse().note(&outcome);
            Ok(())
        }
        Ok(f) => {
            Err(format!("a small program ended with {:?}: {}", f.ending, String::from_utf8_lossy(&f.stderr).trim()))
        }
        Err(error) => Err(crate::pool::chain(error)),
    }
}

fn probe() -> Job {
    Job {
        code: "print(6 * 7)\n".into(),
        stdin: Some(Vec::new()),
        args: Vec::new(),
        files: Vec::new(),
        collect: Vec::new(),
        limits: Limits {
            timeout: Duration::from_secs(5),
            cpu: Duration::from_secs(5),
            memory_bytes: 128 << 20,
            output_bytes: 1 << 10,
            processes: 4,
            file_bytes: 1 << 20,
        },
        runtime: 0,
        tests: None,
    }
}
