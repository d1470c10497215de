//! NATS: the promises, and what only a cluster can do.

use std::sync::Arc;

use jobs::nats::Nats;
use jobs::{Engine, Options};

use crate::contract::Fresh;
use crate::servers::Servers;

async fn fresh(options: Options) -> Fresh {
    let servers = Servers::one();
    let engine = open(&servers, options).await;
    (engine, Box::new(servers))
}

async fn open(servers: &Servers, options: Options) -> Arc<dyn Engine> {
    Arc::new(Nats::open(&servers.url(), options).await.expect("it opens"))
}

crate::every_promise!(fresh);
