//! Looking things up.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::try_join;
use futures_util::stream::{StreamExt, TryStreamExt};
use tokio::time::{Instant, timeout_at};

use super::bucket::Kept;
use super::link::away;
use super::record::{Calling, Record, Roll, Tally, is_id, tally_key, time};
use super::{Inner, together};
use crate::{Batch, EngineError, Events, Job, Tenant};

/// Most events in one answer.
const EVENTS: usize = 100;
/// How long after a word of a change it is looked up: the word comes before the change is kept.
const PAUSE: Duration = Duration::from_millis(30);
/// How often it is looked up without a word.
const LOOK: Duration = Duration::from_secs(1);

impl Inner {
    pub async fn record(&self, tenant: &Tenant, id: &str) -> Result<Option<Kept<Record>>, EngineError> {
        if !is_id(id) {
            return Ok(None);
        }
        let kept: Option<Kept<Record>> = self.jobs.get(id).await?;
        Ok(kept.filter(|kept| kept.value.tenant == tenant.as_str()))
    }

    pub async fn job(&self, tenant: &Tenant, id: &str) -> Result<Option<Job>, EngineError> {
        match self.record(tenant, id).await? {
            Some(kept) => self.told(id, &kept.value).await.map(Some),
            None => Ok(None),
        }
    }

    /// A job as it is told, with its result.
    pub async fn told(&self, id: &str, record: &Record) -> Result<Job, EngineError> {
        let result = match &record.result {
            Some(blob) => self.read(blob).await?.ok_or_else(|| EngineError::Unreadable {
                what: "the result of a job",
                why: format!("pieces of that of {id} are gone"),
            })?,
            None => Vec::new(),
        };
        Ok(record.told(id, result))
    }

    /// A batch and how far it is, as long as both are there.
    async fn roll(&self, tenant: &Tenant, id: &str) -> Result<Option<(Roll, Tally)>, EngineError> {
        if !is_id(id) {
            return Ok(None);
        }
        let key = tally_key(id);
        let (roll, tally) = try_join(self.batches.get::<Roll>(id), self.batches.get::<Tally>(&key)).await?;
        let (Some(roll), Some(tally)) = (roll, tally) else { return Ok(None) };
        Ok(Some((roll.value, tally.value)).filter(|(roll, _)| roll.tenant == tenant.as_str()))
    }

    pub async fn batch(&self, tenant: &Tenant, id: &str) -> Result<Option<Batch>, EngineError> {
        let Some((roll, tally)) = self.roll(tenant, id).await? else { return Ok(None) };
        let mut batch = Batch {
            id: id.to_owned(),
            progress: Default::default(),
            created: time(roll.created),
            ended: tally.ended.map(time),
            jobs: roll.jobs,
            callback: tally.callback.as_ref().map(Calling::told),
        };
        let mut open = vec![true; batch.jobs.len()];
        for (place, status) in tally.ends() {
            if let Some(open) = open.get_mut(usize::from(place)) {
                *open = false;
                batch.progress.count(status);
            }
        }
        let rest: Vec<&String> = batch.jobs.iter().zip(&open).filter(|(_, open)| **open).map(|(id, _)| id).collect();
        let rest: Vec<Option<Kept<Record>>> =
            together(rest.into_iter().map(|id| self.jobs.get(id))).try_collect().await?;
        rest.into_iter().for_each(|kept| {
            batch.progress.count(kept.map_or(api::JobStatus::SetAside, |kept| kept.value.status));
        });
        Ok(Some(batch))
    }

    pub async fn events(
        self: &Arc<Self>,
        tenant: &Tenant,
        batch: &str,
        after: u64,
        patience: Duration,
    ) -> Result<Option<Events>, EngineError> {
        let until = Instant::now() + patience;
        let Some(found) = self.events_now(tenant, batch, after).await? else { return Ok(None) };
        if !found.events.is_empty() || found.complete {
            return Ok(Some(found));
        }
        let subject = self.batches.subject(&tally_key(batch));
        let mut words =
            self.link.client.subscribe(subject).await.map_err(|e| away("events cannot be waited for", e))?;
        loop {
            // Looked up after the subscription, and after each word.
            let Some(found) = self.events_now(tenant, batch, after).await? else { return Ok(None) };
            if !found.events.is_empty() || found.complete || Instant::now() >= until {
                return Ok(Some(found));
            }
            let look = until.min(Instant::now() + LOOK);
            if let Ok(Some(_)) = timeout_at(look, words.next()).await {
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    async fn events_now(&self, tenant: &Tenant, batch: &str, after: u64) -> Result<Option<Events>, EngineError> {
        let Some((roll, tally)) = self.roll(tenant, batch).await? else { return Ok(None) };
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        let places = tally.order.iter().enumerate().skip(after).take(EVENTS);
        let numbered = places.filter_map(|(n, place)| Some((n + 1, roll.jobs.get(usize::from(*place))?)));
        let events: Vec<Option<(u64, Job)>> = together(numbered.map(|(number, id)| async move {
            let Some(kept) = self.jobs.get::<Record>(id).await? else { return Ok::<_, EngineError>(None) };
            let number = u64::try_from(number).unwrap_or(u64::MAX);
            Ok(Some((number, self.told(id, &kept.value).await?)))
        }))
        .try_collect()
        .await?;
        let complete = tally.ended.is_some() && tally.order.len() <= after.saturating_add(EVENTS);
        Ok(Some(Events { events: events.into_iter().flatten().collect(), complete }))
    }
}
