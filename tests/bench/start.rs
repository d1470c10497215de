//! From the start of the service to its first answer.

use std::time::{Duration, Instant};

use tests::{Service, Who};

use crate::client::{Client, Request};
use crate::stats::Times;

/// So many starts: from `execve` of the service to the first program's answer.
pub fn measure(settings: &[(&str, &str)], starts: usize) -> Times {
    Times::of((0..starts).map(|_| once(settings)).collect())
}

fn once(settings: &[(&str, &str)]) -> Duration {
    let hello = Request::hello();
    let begun = Instant::now();
    let service = Service::spawn(&[], Who::Me, settings);
    loop {
        let answered = Client::try_connect(&service.url).and_then(|mut client| Ok(client.send(&hello)?.status == 200));
        if matches!(answered, Ok(true)) {
            return begun.elapsed();
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "no answer:\n{}", service.log());
        std::thread::sleep(Duration::from_millis(1));
    }
}
