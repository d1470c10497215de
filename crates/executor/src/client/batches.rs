//! Many programs through `POST /jobs`: told one by one as they end, each once.

use std::collections::HashMap;
use std::time::Duration;

use api::{BATCH_MAX, ExecuteRequest, JobInfo, JobRequest, JobTerms};
use axum::http::StatusCode;
use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use jobs::digest;
use tokio::sync::mpsc;

use super::patience::Patience;
use super::turn::{Turn, turn};
use super::{Fault, Service};

/// Largest body that is sent, in bytes: a service takes 8 MiB unless it is told otherwise; some of it is ours.
const BODY_MAX: usize = (8 << 20) - 4096;
/// Batches under way at the same time: while one comes to its end the next has begun.
const SIDE_BY_SIDE: usize = 4;
/// How often a service may forget a batch without having told anything of it.
const FORGOTTEN: u32 = 3;

/// A program to be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its job's idempotency key: all that its result depends on is in it. No two programs have the same.
    pub key: String,
    /// Its text.
    pub code: String,
}

/// What is heard of a program, by its place.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// Its job has ended.
    Ended(usize, Box<JobInfo>),
    /// It was not taken on: a sentence of the service's.
    Refused(usize, String),
    /// Nothing goes on just now, and why: the service is full or away.
    Waiting(String),
}

/// Why not all programs were told of.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The service does not do it.
    #[error("the service refuses: {error} ({code})")]
    Refused {
        /// In a sentence.
        error: String,
        /// For programs.
        code: String,
        /// Who must act.
        status: StatusCode,
    },
    /// It was not heard of for ten minutes.
    #[error("the service was not heard of for ten minutes: {0}")]
    Away(String),
    /// It says what no service of ours would.
    #[error("{0}")]
    Strange(String),
}

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Stopped {
        match fault {
            Fault::Refused { status, failure, .. } => {
                Stopped::Refused { error: failure.error.into(), code: failure.code.into(), status }
            }
            Fault::Away(why) => Stopped::Away(why),
            Fault::Strange(why) => Stopped::Strange(why),
        }
    }
}

/// How programs are run.
#[derive(Debug)]
pub struct Batches<'a> {
    /// By whom.
    pub service: &'a Service,
    /// What all of them have: a request that lacks its code.
    pub shared: ExecuteRequest,
}

impl Batches<'_> {
    /// Runs all of them.
    ///
    /// # Errors
    /// See [`Stopped`]; what was told stays told, and the same keys go on from there.
    pub async fn all(&self, programs: &[Program], mut told: impl FnMut(Told)) -> Result<(), Stopped> {
        let (tell, mut heard) = mpsc::channel(64);
        let mut waiting = self.cut(programs)?.into_iter();
        let mut under_way = FuturesUnordered::new();
        loop {
            while under_way.len() < SIDE_BY_SIDE
                && let Some(batch) = waiting.next()
            {
                under_way.push(self.see_through(programs, batch, tell.clone()));
            }
            tokio::select! {
                // First what was heard: it is not lost when something fails.
                biased;
                Some(one) = heard.recv() => told(one),
                ended = under_way.next() => match ended {
                    Some(Ok(())) => {}
                    Some(Err(stopped)) => {
                        while let Ok(one) = heard.try_recv() {
                            told(one);
                        }
                        return Err(stopped);
                    }
                    None => break,
                }
            }
        }
        while let Ok(one) = heard.try_recv() {
            told(one);
        }
        Ok(())
    }

    /// Places of programs, in batches that a request can hold.
    fn cut(&self, programs: &[Program]) -> Result<Vec<Vec<usize>>, Stopped> {
        let (mut batches, mut batch, mut size) = (Vec::new(), Vec::new(), 0);
        for (place, program) in programs.iter().enumerate() {
            let more = self.job(program)?.len() + 1;
            if batch.len() == BATCH_MAX || (size + more > BODY_MAX && !batch.is_empty()) {
                batches.push(std::mem::take(&mut batch));
                size = 0;
            }
            size += more;
            batch.push(place);
        }
        batches.extend((!batch.is_empty()).then_some(batch));
        Ok(batches)
    }

    fn job(&self, program: &Program) -> Result<Vec<u8>, Stopped> {
        let request = JobRequest {
            program: ExecuteRequest { code: program.code.clone(), ..self.shared.clone() },
            terms: JobTerms { idempotency_key: Some(program.key.clone()), ..JobTerms::default() },
        };
        serde_json::to_vec(&request).map_err(|error| Stopped::Strange(error.to_string()))
    }

    /// A batch's body: its key is made of its jobs', so that the same batch is the same however often it is sent.
    fn body(&self, programs: &[Program], batch: &[usize]) -> Result<Bytes, Stopped> {
        let keys: Vec<&[u8]> = batch.iter().flat_map(|place| [programs[*place].key.as_bytes(), b"\0"]).collect();
        let mut body = format!("{{\"idempotencyKey\":\"{}\",\"jobs\":[", digest(&keys)).into_bytes();
        for (number, place) in batch.iter().enumerate() {
            if number > 0 {
                body.push(b',');
            }
            body.extend(self.job(&programs[*place])?);
        }
        body.extend(b"]}");
        Ok(body.into())
    }

    /// A batch from its submission to its last event, in parts where the service cannot take it whole.
    async fn see_through(
        &self,
        programs: &[Program],
        batch: Vec<usize>,
        tell: mpsc::Sender<Told>,
    ) -> Result<(), Stopped> {
        let (mut left, mut most, mut forgotten) = (vec![batch], BATCH_MAX, 0);
        let mut patience = Patience::new();
        while let Some(mut batch) = left.pop() {
            if batch.len() > most {
                left.push(batch.split_off(most));
            }
            match self.service.submit(self.body(programs, &batch)?).await {
                Ok(accepted) => {
                    patience.renew();
                    most = (most * 2).min(BATCH_MAX);
                    let Some(id) = accepted.batch_id.filter(|_| accepted.job_ids.len() == batch.len()) else {
                        return Err(Stopped::Strange("it took on another number of jobs than it was sent".into()));
                    };
                    let open = accepted.job_ids.into_iter().zip(batch.iter().copied()).collect();
                    let open = self.follow(&id, open, &tell, &mut patience).await?;
                    forgotten = if open.len() == batch.len() { forgotten + 1 } else { 0 };
                    if forgotten == FORGOTTEN {
                        return Err(Stopped::Strange("it forgets what it has taken on".into()));
                    }
                    left.extend((!open.is_empty()).then_some(open));
                }
                Err(Fault::Refused { status, failure, retry_after }) => {
                    match turn(status, &failure, retry_after, &mut patience) {
                        Turn::Without(place, why) if place < batch.len() => {
                            say(&tell, Told::Refused(batch.remove(place), why)).await;
                            left.extend((!batch.is_empty()).then_some(batch));
                        }
                        Turn::Smaller(why) if batch.len() == 1 => say(&tell, Told::Refused(batch[0], why)).await,
                        Turn::Smaller(_) => {
                            left.push(batch.split_off(batch.len() / 2));
                            left.push(batch);
                        }
                        Turn::Full(_) if batch.len() > 1 => {
                            most = batch.len() / 2;
                            left.push(batch);
                        }
                        Turn::Full(pause) | Turn::Wait(pause) => {
                            wait(&tell, &failure.error, pause).await;
                            left.push(batch);
                        }
                        Turn::Without(..) | Turn::Stop => {
                            return Err(Fault::Refused { status, failure, retry_after }.into());
                        }
                    }
                }
                Err(Fault::Away(why)) => {
                    let Some(pause) = patience.pause() else { return Err(Stopped::Away(why)) };
                    wait(&tell, &why, pause).await;
                    left.push(batch);
                }
                Err(strange) => return Err(strange.into()),
            }
        }
        Ok(())
    }

    /// Tells of a batch's jobs as they end: those that the service has nothing more to tell of.
    async fn follow(
        &self,
        id: &str,
        mut open: HashMap<String, usize>,
        tell: &mpsc::Sender<Told>,
        patience: &mut Patience,
    ) -> Result<Vec<usize>, Stopped> {
        let mut after: Option<String> = None;
        while !open.is_empty() {
            let (why, pause) = match self.service.events(id, after.as_deref()).await {
                Ok(mut stream) => {
                    patience.heard();
                    let why = loop {
                        let event = match stream.next().await {
                            Ok(Some(event)) => event,
                            Ok(None) => break "the connection was closed".to_owned(),
                            Err(why) => break why,
                        };
                        patience.renew();
                        match event.name.as_str() {
                            "job" => {
                                let info: JobInfo = serde_json::from_str(&event.data).map_err(|error| {
                                    Stopped::Strange(format!("an event cannot be understood: {error}"))
                                })?;
                                after = event.id;
                                if let Some(place) = open.remove(&info.id) {
                                    say(tell, Told::Ended(place, Box::new(info))).await;
                                }
                            }
                            "end" => return Ok(rest(open)),
                            _ => {}
                        }
                    };
                    (why, patience.pause().map(|pause| pause.max(stream.retry().unwrap_or_default())))
                }
                Err(Fault::Refused { status: StatusCode::NOT_FOUND, failure, .. })
                    if failure.code == "BATCH_NOT_FOUND" =>
                {
                    return Ok(rest(open));
                }
                Err(Fault::Refused { status, failure, retry_after }) => {
                    match turn(status, &failure, retry_after, patience) {
                        Turn::Wait(pause) | Turn::Full(pause) => (failure.error.to_string(), Some(pause)),
                        _ => return Err(Fault::Refused { status, failure, retry_after }.into()),
                    }
                }
                Err(Fault::Away(why)) => (why, patience.pause()),
                Err(strange) => return Err(strange.into()),
            };
            if open.is_empty() {
                break;
            }
            let Some(pause) = pause else { return Err(Stopped::Away(why)) };
            wait(tell, &why, pause).await;
        }
        Ok(Vec::new())
    }
}

fn rest(open: HashMap<String, usize>) -> Vec<usize> {
    let mut rest: Vec<usize> = open.into_values().collect();
    // In the same order as before: the same jobs make the same batch.
    rest.sort_unstable();
    rest
}

/// Nobody listens any more only when all of it is being dropped.
async fn say(tell: &mpsc::Sender<Told>, one: Told) {
    let _ = tell.send(one).await;
}

async fn wait(tell: &mpsc::Sender<Told>, why: &str, pause: Duration) {
    say(tell, Told::Waiting(why.to_owned())).await;
    tokio::time::sleep(pause).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Address;

    fn service() -> Service {
        Service::new(Address::read("http://127.0.0.1:9").expect("an address"), None).expect("a client")
    }

    fn programs(number: usize, code: &str) -> Vec<Program> {
        (0..number).map(|n| Program { key: format!("k{n}"), code: code.into() }).collect()
    }

    #[tokio::test]
    async fn batches_have_a_bound_in_number_and_in_size() {
        let service = service();
        let batches = Batches { service: &service, shared: ExecuteRequest::default() };
        let sizes =
            |programs: &[Program]| -> Vec<usize> { batches.cut(programs).expect("cut").iter().map(Vec::len).collect() };
        assert_eq!(sizes(&programs(2001, "x")), [1000, 1000, 1]);
        assert_eq!(sizes(&[]), [0; 0]);
        // A megabyte in code may be six in JSON.
        let large = programs(5, &"\u{1}".repeat(1 << 20));
        assert_eq!(sizes(&large), [1; 5]);
        let some = programs(16, &"x".repeat(1 << 20));
        for batch in batches.cut(&some).expect("cut") {
            assert!(batches.body(&some, &batch).expect("written").len() <= 8 << 20);
        }
        assert_eq!(sizes(&some), [7, 7, 2]);
    }

    #[tokio::test]
    async fn the_same_jobs_are_the_same_batch() {
        let service = service();
        let shared = ExecuteRequest { test_code: Some("assert 1".into()), ..ExecuteRequest::default() };
        let batches = Batches { service: &service, shared };
        let programs = programs(3, "print(1)");
        let body = |places: &[usize]| batches.body(&programs, places).expect("written");
        assert_eq!(body(&[0, 1]), body(&[0, 1]));
        let read = |body: &Bytes| serde_json::from_slice::<serde_json::Value>(body).expect("JSON");
        let [one, other] = [read(&body(&[0, 1])), read(&body(&[0, 2]))];
        assert_ne!(one["idempotencyKey"], other["idempotencyKey"]);
        let job = serde_json::json!({"code": "print(1)", "testCode": "assert 1", "idempotencyKey": "k1"});
        assert_eq!(one["jobs"][1], job);
    }
}
