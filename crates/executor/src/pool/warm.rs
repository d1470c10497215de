//! Cells kept waiting for one runtime.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sandbox::level::Layer;
use sandbox::spec::LaunchSpec;
use tokio::sync::{Notify, Semaphore};
use tokio::task::{JoinHandle, JoinSet};

use super::{Cell, LaunchError, Means, Zygote};
use crate::run::own_memory;

/// By how much a waiting cell may outgrow the pool's first one, in bytes: a run's memory is counted from what that one
/// had, so what is beyond would be taken from the program's.
const GROWTH_MAX: u64 = 16 << 20;
/// A zygote whose cells are too large is not replaced before this age: were they so from the start, a new one would
/// not help, and nothing but replacements would be done.
const ZYGOTE_MIN_AGE: Duration = Duration::from_secs(30);

/// How long a zygote's last words may be under way to the log: they say why there is no cell.
const LAST_WORDS: Duration = Duration::from_millis(100);

/// A run that has just begun has the processors for itself so long.
const REST: Duration = Duration::from_millis(10);
/// The same for the last of a crowd: most small runs are over by then.
const REST_AFTER_CROWD: Duration = Duration::from_millis(3);
/// So many who wait have come at once.
const CROWD: usize = 4;

/// So many cells in a row that could not be made are taken for the zygote's fault, and it is replaced.
const FAILURES_MAX: u32 = 3;
/// While cells cannot be made, nobody waits longer than this for one.
const TROUBLE_PATIENCE: Duration = Duration::from_secs(2);

/// How many cells, and how long things last.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Cells that wait.
    pub target: usize,
    /// A cell that has waited longer is replaced.
    pub cell_max_age: Duration,
    /// A zygote that is older is replaced.
    pub zygote_max_age: Duration,
    /// A zygote that has forked more often is replaced.
    pub zygote_max_forks: u64,
}

/// Cells of one runtime, with the task that makes them.
#[derive(Debug)]
pub struct Warm {
    shared: Arc<Shared>,
    gardener: JoinHandle<()>,
}

#[derive(Debug)]
struct Shared {
    spec: LaunchSpec,
    means: Means,
    settings: Settings,
    /// Memory of the first cell at its start.
    first_memory: u64,
    cells: Mutex<VecDeque<Cell>>,
    /// As many permits as there are cells; whoever takes a permit takes a cell.
    available: Semaphore,
    /// Those who wait for a cell.
    waiters: AtomicUsize,
    /// A cell was taken, or something else is to be looked at.
    taken: Notify,
    /// When that was last.
    last_taken: Mutex<Instant>,
    /// Since when no cell or zygote can be made, and why the last one could not.
    trouble: Mutex<Option<(Instant, String)>>,
}

/// Counts one who waits.
struct Waiter<'a>(&'a Shared);

impl<'a> Waiter<'a> {
    fn of(shared: &'a Shared) -> Waiter<'a> {
        shared.waiters.fetch_add(1, Ordering::Relaxed);
        Waiter(shared)
    }
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.0.waiters.fetch_sub(1, Ordering::Relaxed);
    }
}

/// No cell could be had in time.
#[derive(Debug, thiserror::Error)]
#[error("no interpreter was ready{}", .0.as_deref().map(|t| format!(": {t}")).unwrap_or_default())]
pub struct Unavailable(Option<String>);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Warm {
    /// Launches the zygote, makes the first cell (which shows that cells can be made), and starts the gardener.
    ///
    /// # Errors
    /// The zygote cannot be launched, or a cell cannot be made.
    pub async fn start(spec: LaunchSpec, means: Means, settings: Settings) -> Result<(Warm, Vec<Layer>), LaunchError> {
        let zygote = Arc::new(Zygote::launch(&spec).await?);
        let layers = zygote.layers().to_vec();
        let first = match Cell::make(Arc::clone(&zygote), &means, true).await {
            Ok(cell) => cell,
            Err(error) => {
                tokio::time::sleep(LAST_WORDS).await;
                return Err(LaunchError::Cell(error));
            }
        };
        let shared = Arc::new(Shared {
            spec,
            means,
            settings,
            first_memory: own_memory(first.keeper.pid, first.holder),
            cells: Mutex::new(VecDeque::from([first])),
            available: Semaphore::new(1),
            waiters: AtomicUsize::new(0),
            taken: Notify::new(),
            last_taken: Mutex::new(Instant::now()),
            trouble: Mutex::new(None),
        });
        let gardener = tokio::spawn(tend(Arc::clone(&shared), Some(zygote)));
        Ok((Warm { shared, gardener }, layers))
    }

    /// Takes the cell that has waited longest; waits for one if need be.
    ///
    /// # Errors
    /// None came within `patience`, or none can be made for some time already.
    pub async fn take(&self, patience: Duration) -> Result<Cell, Unavailable> {
        let _phase = crate::phase!("take cell");
        let _waiter = Waiter::of(&self.shared);
        let wait = async {
            loop {
                // The semaphore is never closed; an error would end the wait like a time-out.
                self.shared.available.acquire().await.ok()?.forget();
                let cell = lock(&self.shared.cells).pop_front();
                *lock(&self.shared.last_taken) = Instant::now();
                self.shared.taken.notify_one();
                match cell {
                    Some(cell) if !cell.zygote.is_dead() => return Some(cell),
                    _ => {}
                }
            }
        };
        let taken = tokio::select! {
            biased;
            cell = wait => cell,
            () = tokio::time::sleep(patience) => None,
            () = self.shared.lasting_trouble() => None,
        };
        taken.ok_or_else(|| Unavailable(lock(&self.shared.trouble).as_ref().map(|(_, why)| why.clone())))
    }

    /// Memory of a waiting cell of its own and of its zygote's, in bytes: none of it is a program's.
    pub fn baseline(&self) -> u64 {
        lock(&self.shared.cells)
            .front()
            .map_or(self.shared.first_memory, |cell| own_memory(cell.keeper.pid, cell.holder))
    }

    /// How many cells wait.
    pub fn waiting(&self) -> usize {
        lock(&self.shared.cells).len()
    }
}

impl Warm {
    /// Ends everything and waits until it is gone, within reason.
    pub async fn close(&self) {
        self.gardener.abort();
        let zygotes: Vec<Arc<Zygote>> = {
            let mut cells = lock(&self.shared.cells);
            cells.drain(..).map(|cell| Arc::clone(&cell.zygote)).collect()
        };
        let gone: Vec<_> = zygotes.iter().map(|zygote| zygote.gone()).collect();
        drop(zygotes);
        for gone in gone {
            gone.wait().await;
        }
    }
}

impl Drop for Warm {
    fn drop(&mut self) {
        self.gardener.abort();
        lock(&self.shared.cells).clear();
    }
}

/// The gardener: keeps the number of cells, lets go of old ones, replaces zygotes. Several cells are in the making at
/// once: while the zygote forks one, another rehearses.
async fn tend(shared: Arc<Shared>, mut zygote: Option<Arc<Zygote>>) {
    const LOOK_AROUND: Duration = Duration::from_secs(1);
    const LOOK_AROUND_MAX: Duration = Duration::from_secs(5);
    const BACKOFF: Duration = Duration::from_millis(20);
    const BACKOFF_MAX: Duration = Duration::from_secs(2);
    let side_by_side = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    let mut making = JoinSet::new();
    let mut backoff = BACKOFF;
    let mut failures = 0;
    let mut weighed = Instant::now();
    let mut crowd = None;
    loop {
        shared.weed();
        // It takes as long as a small run: not while one has just begun, unless that is always so.
        let since = weighed.elapsed();
        if since >= LOOK_AROUND && (shared.is_quiet() || since >= LOOK_AROUND_MAX) {
            shared.bury();
            shared.weigh();
            weighed = Instant::now();
        }
        let missing = shared.settings.target.saturating_sub(lock(&shared.cells).len() + making.len());
        let waiters = shared.waiters.load(Ordering::Relaxed);
        if waiters >= CROWD {
            crowd = Some(Instant::now());
        }
        let is_awaited = waiters > making.len();
        let rest = if is_awaited { Duration::ZERO } else { shared.rest(crowd) };
        let mut trouble = None;
        if missing > 0 && making.len() < side_by_side && rest.is_zero() {
            match shared.fit(&mut zygote).await {
                Ok(zygote) => {
                    let shared = Arc::clone(&shared);
                    // Somebody who waits would wait for the rehearsal, too, and it takes longer than what it spares.
                    making.spawn(async move { Cell::make(zygote, &shared.means, !is_awaited).await });
                }
                Err(error) => trouble = Some(chain(&error)),
            }
        } else {
            tokio::select! {
                Some(made) = making.join_next() => match made {
                    Ok(Ok(cell)) => {
                        lock(&shared.cells).push_back(cell);
                        shared.available.add_permits(1);
                        *lock(&shared.trouble) = None;
                        (backoff, failures) = (BACKOFF, 0);
                    }
                    Ok(Err(error)) => {
                        failures += 1;
                        let is_stuck = error.kind() == std::io::ErrorKind::TimedOut;
                        if let Some(zygote) = zygote.as_ref().filter(|_| is_stuck || failures % FAILURES_MAX == 0) {
                            zygote.wear_out();
                        }
                        trouble = Some(chain(&LaunchError::Cell(error)));
                    }
                    Err(panic) => trouble = Some(panic.to_string()),
                },
                () = shared.taken.notified() => {}
                () = tokio::time::sleep(if rest.is_zero() { LOOK_AROUND } else { rest }) => {}
            }
        }
        if let Some(trouble) = trouble {
            tracing::error!(interpreter = %shared.spec.interpreter.display(), %trouble, "no cell could be made");
            lock(&shared.trouble).get_or_insert_with(|| (Instant::now(), String::new())).1 = trouble;
            tokio::time::sleep(backoff).await;
            backoff = (backoff * 2).min(BACKOFF_MAX);
        }
    }
}

impl Shared {
    /// How long to wait before a cell is made that nobody waits for: one that was just taken has work to do, and making the
    /// next takes as much of a processor as a small run. Not while fewer than half are left, unless there was a `crowd` just now,
    /// whose last are still at it.
    fn rest(&self, crowd: Option<Instant>) -> Duration {
        let is_low = lock(&self.cells).len() * 2 < self.settings.target;
        if is_low && crowd.is_none_or(|at| at.elapsed() > REST) {
            return Duration::ZERO;
        }
        let rest = if is_low { REST_AFTER_CROWD } else { REST };
        rest.saturating_sub(lock(&self.last_taken).elapsed())
    }

    /// Whether no cell has been taken for a while.
    fn is_quiet(&self) -> bool {
        lock(&self.last_taken).elapsed() >= REST
    }

    /// Completes when no cell could be made for some time.
    async fn lasting_trouble(&self) {
        const LOOK: Duration = Duration::from_millis(50);
        let lasts = || lock(&self.trouble).as_ref().is_some_and(|(since, _)| since.elapsed() > TROUBLE_PATIENCE);
        while !lasts() {
            tokio::time::sleep(LOOK).await;
        }
    }

    /// A zygote that is fit for another cell: the present one, or a new one.
    async fn fit(&self, zygote: &mut Option<Arc<Zygote>>) -> Result<Arc<Zygote>, LaunchError> {
        let Settings { zygote_max_age, zygote_max_forks, .. } = self.settings;
        match zygote {
            Some(zygote) if !zygote.is_dead() && !zygote.is_worn(zygote_max_age, zygote_max_forks) => {
                Ok(Arc::clone(zygote))
            }
            _ => {
                let new = Arc::new(Zygote::launch(&self.spec).await?);
                tracing::info!(interpreter = %self.spec.interpreter.display(), "a new zygote took over");
                Ok(Arc::clone(zygote.insert(new)))
            }
        }
    }

    /// Lets go of cells that are too old or whose zygote has died.
    fn weed(&self) {
        let mut cells = lock(&self.cells);
        let gone = |cell: &Cell| cell.zygote.is_dead() || cell.age() > self.settings.cell_max_age;
        while cells.front().is_some_and(gone) {
            // Without a permit somebody is just about to take it.
            let Ok(permit) = self.available.try_acquire() else { return };
            permit.forget();
            cells.pop_front();
        }
    }

    /// Lets go of cells whose keepers have gone. Whoever takes such a one is given another, but not for ever.
    fn bury(&self) {
        let mut cells = lock(&self.cells);
        while let Some(at) = cells.iter().position(|cell| !cell.keeper.is_waiting()) {
            // As in `weed`.
            let Ok(permit) = self.available.try_acquire() else { return };
            permit.forget();
            cells.remove(at);
        }
    }

    /// Lets go of cells that have grown too large, and has their zygote replaced: what it has forked it would fork again.
    fn weigh(&self) {
        let waiting: Vec<(i32, i32)> = lock(&self.cells).iter().map(|cell| (cell.keeper.pid, cell.holder)).collect();
        // Not under the lock: whoever wants a cell would wait for it.
        let outgrown = |(keeper, holder): &(i32, i32)| has_outgrown(self.first_memory, own_memory(*keeper, *holder));
        for (keeper, _) in waiting.into_iter().filter(outgrown) {
            let mut cells = lock(&self.cells);
            let old = |cell: &Cell| cell.keeper.pid == keeper && cell.zygote.age() > ZYGOTE_MIN_AGE;
            let Some(at) = cells.iter().position(old) else { continue };
            // As in `weed`.
            let Ok(permit) = self.available.try_acquire() else { return };
            permit.forget();
            if let Some(cell) = cells.remove(at) {
                tracing::warn!(interpreter = %self.spec.interpreter.display(), "a waiting cell has grown too large");
                cell.zygote.wear_out();
            }
        }
    }
}

/// Whether a cell has grown too far beyond the pool's first one.
fn has_outgrown(first: u64, now: u64) -> bool {
    now > first.saturating_add(GROWTH_MAX)
}

/// An error with its causes, in one line.
pub fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_may_grow_by_the_bound_and_no_further() {
        let first = 20 << 20;
        assert!(!has_outgrown(first, 0));
        assert!(!has_outgrown(first, first + GROWTH_MAX));
        assert!(has_outgrown(first, first + GROWTH_MAX + 1));
        assert!(!has_outgrown(u64::MAX, u64::MAX));
    }
}
