//! How many jobs may be taken up now.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jobs::Priority;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use crate::http::App;

/// For so long after a `POST /execute` others are expected at any moment.
const CALLERS: Duration = Duration::from_secs(1);
/// And for so long now and then.
const SESSION: Duration = Duration::from_secs(60);

/// What runs for jobs, beside what runs for callers.
pub(super) struct Room {
    app: Arc<App>,
    interactive: AtomicUsize,
    bulk: AtomicUsize,
    freed: Notify,
}

/// What to ask an engine for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Whatever is next.
    Any,
    /// Interactive jobs alone.
    Interactive,
}

impl Room {
    pub fn new(app: Arc<App>) -> Room {
        Room { app, interactive: AtomicUsize::new(0), bulk: AtomicUsize::new(0), freed: Notify::new() }
    }

    /// How many to ask for.
    pub fn now(&self, what: Wanted) -> usize {
        let config = self.app.config();
        let (interactive, bulk) = (self.interactive.load(Ordering::Acquire), self.bulk.load(Ordering::Acquire));
        let load = Load {
            workers: config.jobs.workers.saturating_sub(interactive + bulk),
            // A job that was taken up and has no place yet has none that another could have.
            places: self.app.engine().room(),
            capacity: config.engine.capacity,
            bulk,
            callers: match () {
                () if self.app.was_asked_within(CALLERS) => Callers::Now,
                () if self.app.was_asked_within(SESSION) => Callers::NowAndThen,
                () => Callers::None,
            },
        };
        match what {
            Wanted::Any => load.any(),
            Wanted::Interactive => load.interactive(),
        }
    }

    /// Done when a job has left, from now on.
    pub fn freed(&self) -> Pin<Box<Notified<'_>>> {
        let mut freed = Box::pin(self.freed.notified());
        freed.as_mut().enable();
        freed
    }

    /// Counts a job for as long as the answer lives.
    pub fn enter(self: &Arc<Room>, priority: Priority) -> Entered {
        self.counter(priority).fetch_add(1, Ordering::AcqRel);
        Entered { room: self.clone(), priority }
    }

    fn counter(&self, priority: Priority) -> &AtomicUsize {
        match priority {
            Priority::Interactive => &self.interactive,
            Priority::Bulk => &self.bulk,
        }
    }
}

/// A job that runs.
pub(super) struct Entered {
    room: Arc<Room>,
    priority: Priority,
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.room.counter(self.priority).fetch_sub(1, Ordering::AcqRel);
        self.room.freed.notify_waiters();
    }
}

struct Load {
    /// Jobs that may still be taken up.
    workers: usize,
    /// Places that nobody has.
    places: usize,
    /// All places.
    capacity: usize,
    /// Bulk jobs that run.
    bulk: usize,
    callers: Callers,
}

/// Whether somebody asks `/execute`.
#[derive(Debug, Clone, Copy)]
enum Callers {
    None,
    NowAndThen,
    Now,
}

impl Load {
    /// Of whatever is next: bulk has a quarter of the places while callers come, not the last one while they come now and
    /// then, and all of them otherwise.
    fn any(&self) -> usize {
        let bulk = match self.callers {
            Callers::Now => self.capacity / 4,
            Callers::NowAndThen => self.capacity - 1,
            Callers::None => self.capacity,
        };
        let bulk = bulk.max(1);
        self.workers.min(self.places).min(bulk.saturating_sub(self.bulk))
    }

    /// One at a time: places may go to callers while the question waits.
    fn interactive(&self) -> usize {
        self.workers.min(self.places).min(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bulk_leaves_room() {
        let ask = |workers, places, bulk, callers| {
            let load = Load { workers, places, capacity: 8, bulk, callers };
            (load.any(), load.interactive())
        };
        assert_eq!(ask(8, 8, 0, Callers::None), (8, 1));
        assert_eq!(ask(8, 8, 0, Callers::NowAndThen), (7, 1));
        assert_eq!(ask(1, 1, 7, Callers::NowAndThen), (0, 1), "the last place");
        assert_eq!(ask(8, 8, 0, Callers::Now), (2, 1), "a quarter while callers come");
        assert_eq!(ask(6, 6, 2, Callers::Now), (0, 1));
        assert_eq!(ask(6, 6, 5, Callers::Now), (0, 1), "what runs already goes on");
        assert_eq!(ask(3, 8, 0, Callers::None), (3, 1));
        assert_eq!(ask(0, 8, 0, Callers::None), (0, 0));
        assert_eq!(ask(8, 0, 0, Callers::None), (0, 0));
        let one = Load { workers: 1, places: 1, capacity: 1, bulk: 0, callers: Callers::Now };
        assert_eq!(one.any(), 1, "bulk gets on with one place as well");
    }
}
