//! What sends traces to a collector: the SDK's thread waits, tokio works.

use std::pin::Pin;
use std::time::Duration;

use axum::http::{Request, Response};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use opentelemetry_http::{HttpClient, HttpError};
use tokio::runtime::Handle;

/// How long a collector may take to accept a connection.
const CONNECT: Duration = Duration::from_secs(1);
/// And over everything.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a connection is kept.
const IDLE: Duration = Duration::from_secs(30);
/// Largest answer that is read, in bytes.
const ANSWER_MAX: usize = 1 << 20;

/// Sends requests, from whatever thread.
#[derive(Debug)]
pub struct Sender {
    client: Client<HttpConnector, Full<Bytes>>,
    runtime: Handle,
}

impl Sender {
    /// One that works on the present runtime.
    pub fn new() -> Sender {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(CONNECT));
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE)
            .pool_timer(TokioTimer::new())
            .build(connector);
        Sender { client, runtime: Handle::current() }
    }
}

impl HttpClient for Sender {
    fn send_bytes<'a, 'f>(
        &'a self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'f>>
    where
        'a: 'f,
        Self: 'f,
    {
        let client = self.client.clone();
        let exchange = async move {
            let response = client.request(request.map(Full::new)).await?;
            let (parts, body) = response.into_parts();
            let body = Limited::new(body, ANSWER_MAX).collect().await?.to_bytes();
            Ok::<_, HttpError>(Response::from_parts(parts, body))
        };
        let sent = self.runtime.spawn(async move { tokio::time::timeout(PATIENCE, exchange).await });
        Box::pin(async move { sent.await?? })
    }
}
