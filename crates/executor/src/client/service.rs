//! The routes of a service, one call each: nothing is tried twice here.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use api::{Failure, Health, JobsAccepted};
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::Address;
use super::events::{Event, Parser};
use crate::pool::chain;

/// How long a service may take to accept a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// And over an answer; a batch has megabytes to send first.
const ANSWER: Duration = Duration::from_secs(60);
/// A stream of events says something every fifteen seconds: one that is silent for so long is broken.
const SILENCE: Duration = Duration::from_secs(60);
/// How long a connection is kept: shorter than services do by default, so that none is used that was just closed.
const IDLE: Duration = Duration::from_secs(30);
/// Largest answer that is read, in bytes. Events have a bound of their own.
const ANSWER_MAX: usize = 64 << 20;

/// Why nothing can be asked at all.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// This machine trusts nobody.
    #[error(
        "this machine's certificates cannot be had, without which https can trust nobody; SSL_CERT_FILE names others"
    )]
    Roots(#[source] std::io::Error),
    /// The library of TLS.
    #[error("TLS cannot be had")]
    Tls(#[source] rustls::Error),
}

/// Why a call has no answer of the kind that was asked for.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The service says no, and why.
    #[error("{}", .failure.error)]
    Refused {
        /// Who must act.
        status: StatusCode,
        /// Its words.
        failure: Box<Failure>,
        /// When to try again.
        retry_after: Option<Duration>,
    },
    /// It was not reached, or not heard to the end: it may be another time.
    #[error("{0}")]
    Away(String),
    /// It is not a service that we know how to speak to.
    #[error("{0}")]
    Strange(String),
}

/// A service, and the connections to it. Needs tokio around it.
#[derive(Debug, Clone)]
pub struct Service {
    address: Address,
    authorization: Option<HeaderValue>,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

impl Service {
    /// One at this address, opened by this key ([`super::key`]).
    ///
    /// # Errors
    /// The address is of `https`, and this machine has no certificates to trust.
    pub fn new(address: Address, authorization: Option<HeaderValue>) -> Result<Service, ClientError> {
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(ClientError::Tls)?;
        let tls = match address.is_encrypted() {
            true => tls.with_native_roots().map_err(ClientError::Roots)?,
            false => tls.with_root_certificates(RootCertStore::empty()),
        };
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_connect_timeout(Some(CONNECT));
        connector.set_nodelay(true);
        let connector = HttpsConnectorBuilder::new()
            .with_tls_config(tls.with_no_client_auth())
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE)
            .pool_timer(TokioTimer::new())
            .build(connector);
        Ok(Service { address, authorization, client })
    }

    /// Where it is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// `GET /health`: how it is, well or not.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn health(&self) -> Result<Health, Fault> {
        let (parts, body) = whole(self.send(Method::GET, "/health", HeaderMap::new(), Bytes::new()).await?).await?;
        serde_json::from_slice(&body).map_err(|_| refusal(parts.status, &parts.headers, &body))
    }

    /// `POST /jobs`.
    ///
    /// # Errors
    /// See [`Fault`]. After [`Fault::Away`] the jobs may have been taken on.
    pub async fn submit(&self, body: Bytes) -> Result<JobsAccepted, Fault> {
        let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))].into_iter().collect();
        answer(self.send(Method::POST, "/jobs", json, body).await?).await
    }

    /// `GET /batches/{id}/events`, from the first event or after this one.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn events(&self, batch: &str, after: Option<&str>) -> Result<Follow, Fault> {
        let mut headers = HeaderMap::new();
        if let Some(after) = after.and_then(|after| HeaderValue::try_from(after).ok()) {
            headers.insert("last-event-id", after);
        }
        let path = format!("/batches/{batch}/events");
        let response = self.send(Method::GET, &path, headers, Bytes::new()).await?;
        if response.status() != StatusCode::OK {
            let (parts, body) = whole(response).await?;
            return Err(refusal(parts.status, &parts.headers, &body));
        }
        let is_stream = |kind: &HeaderValue| kind.as_bytes().starts_with(b"text/event-stream");
        if !response.headers().get(header::CONTENT_TYPE).is_some_and(is_stream) {
            return Err(Fault::Strange("what it answers is no stream of events".into()));
        }
        let parser = Parser::after(after.map(Into::into));
        Ok(Follow { body: response.into_body(), parser, told: VecDeque::new() })
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Response<Incoming>, Fault> {
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = method;
        let uri = self.address.at(path).parse();
        *request.uri_mut() = uri.map_err(|error| Fault::Strange(format!("its address cannot be used: {error}")))?;
        *request.headers_mut() = headers;
        if let Some(authorization) = &self.authorization {
            request.headers_mut().insert(header::AUTHORIZATION, authorization.clone());
        }
        let sent = timeout(ANSWER, self.client.request(request)).await;
        sent.map_err(|_| late())?.map_err(|error| Fault::Away(chain(&error)))
    }
}

/// The events of a batch as they come.
#[derive(Debug)]
pub struct Follow {
    body: Incoming,
    parser: Parser,
    told: VecDeque<Event>,
}

impl Follow {
    /// The next event; `None` when the stream has ended, which a batch that has ended says before with an event.
    ///
    /// # Errors
    /// The stream broke, in a sentence.
    pub async fn next(&mut self) -> Result<Option<Event>, String> {
        loop {
            if let Some(event) = self.told.pop_front() {
                return Ok(Some(event));
            }
            let frame = timeout(SILENCE, self.body.frame()).await.map_err(|_| "it has fallen silent".to_owned())?;
            let Some(frame) = frame else { return Ok(None) };
            if let Ok(bytes) = frame.map_err(|error| chain(&error))?.into_data() {
                self.told.extend(self.parser.push(&bytes).map_err(|error| error.to_string())?);
            }
        }
    }

    /// How long the service wants to be left alone when the stream breaks.
    pub fn retry(&self) -> Option<Duration> {
        self.parser.retry()
    }
}

fn late() -> Fault {
    Fault::Away("it takes too long to answer".into())
}

async fn whole(response: Response<Incoming>) -> Result<(axum::http::response::Parts, Bytes), Fault> {
    let (parts, body) = response.into_parts();
    let read = timeout(ANSWER, Limited::new(body, ANSWER_MAX).collect()).await.map_err(|_| late())?;
    let body = read.map_err(|error| Fault::Away(error.to_string()))?.to_bytes();
    Ok((parts, body))
}

async fn answer<T: DeserializeOwned>(response: Response<Incoming>) -> Result<T, Fault> {
    let (parts, body) = whole(response).await?;
    if !parts.status.is_success() {
        return Err(refusal(parts.status, &parts.headers, &body));
    }
    serde_json::from_slice(&body).map_err(|error| Fault::Strange(format!("its answer cannot be understood: {error}")))
}

/// What an answer that is no success means.
fn refusal(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Fault {
    let retry_after = headers.get(header::RETRY_AFTER).and_then(|value| value.to_str().ok()?.trim().parse().ok());
    match serde_json::from_slice::<Failure>(body) {
        Ok(failure) => {
            Fault::Refused { status, failure: Box::new(failure), retry_after: retry_after.map(Duration::from_secs) }
        }
        // A balancer's own words: behind it there may be somebody again soon.
        Err(_) if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
            Fault::Away(format!("somebody on the way answered {status}"))
        }
        Err(_) => Fault::Strange(format!("it answered {status} without saying why: is it a python-executor?")),
    }
}
