//! Sockets: taking connections, leaving those that waste our time, and ending in good order.
//!
//! The end. After the signal the service still listens, so that whoever asks is told (`/ready` and `POST /execute`
//! answer 503): for a pause, since a connection that waits to be taken at the very end is lost without a word; then for as
//! long as something runs, which has the grace period. Then connections are closed, and what still runs is dropped, which
//! kills it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};
use tower::ServiceExt;

use super::admission::Peer;
use super::in_flight::InFlight;
use super::io::{Busy, Patience, Timed};
use super::{App, router};
use crate::config::{Config, RequestBounds};
use crate::engine::Engine;
use crate::metrics::ConnectionGuard;
use crate::workers::{Jobs, Workers};

/// Largest headers of a request, in bytes.
const HEADERS_MAX: usize = 32 << 10;
/// Most headers of a request.
const HEADER_COUNT_MAX: usize = 64;
/// What a connection may take to deliver an answer that is already made.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// What a connection is told for which there is no room.
const NO_ROOM: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: application/json\r\nretry-after: 1\r\n\
    content-length: 87\r\nconnection: close\r\n\r\n\
    {\"success\":false,\"error\":\"Too many connections\",\"code\":\"FULL\",\"requestId\":\"connection\"}";

/// Why the service does not start.
#[derive(Debug, thiserror::Error)]
#[error("HOST, PORT: cannot listen on {address}")]
pub struct ListenError {
    /// The address.
    pub address: SocketAddr,
    /// What the system said.
    #[source]
    pub source: io::Error,
}

/// What is served.
pub trait Site: Send + Sync + 'static {
    /// Answers requests.
    fn router(self: Arc<Self>) -> Router;
    /// What requests may carry, and how long they may take.
    fn bounds(&self) -> RequestBounds;
    /// How long to go on answering after the signal to stop, whether or not something runs.
    fn pause(&self) -> Duration {
        Duration::ZERO
    }
    /// How long requests may go on after that.
    fn grace(&self) -> Duration;
    /// What must end before the service may.
    fn in_flight(&self) -> &InFlight;
    /// Takes no more work.
    fn stop(&self);
    /// Counts a connection.
    fn connection(&self) -> ConnectionGuard;
    /// Counts a connection that was refused for want of room.
    fn no_room(&self);
}

impl Site for App {
    fn router(self: Arc<Self>) -> Router {
        router(self)
    }

    fn bounds(&self) -> RequestBounds {
        self.config.requests
    }

    fn pause(&self) -> Duration {
        self.config.shutdown_pause
    }

    fn grace(&self) -> Duration {
        self.config.shutdown_grace
    }

    fn in_flight(&self) -> &InFlight {
        &self.in_flight
    }

    fn stop(&self) {
        App::stop(self);
    }

    fn connection(&self) -> ConnectionGuard {
        self.metrics.connection()
    }

    fn no_room(&self) {
        self.metrics.refused("CONNECTIONS");
    }
}

/// Listens where the configuration says and serves until `shutdown` is done.
///
/// # Errors
/// The address cannot be had.
pub async fn serve(
    config: Config,
    engine: Arc<dyn Engine>,
    jobs: Jobs,
    shutdown: impl Future<Output = ()> + Send,
) -> Result<(), ListenError> {
    let address = config.address;
    let listener = listen(address).await?;
    serve_with_jobs(listener, App::new(config, engine, jobs), shutdown).await;
    Ok(())
}

/// Serves as [`serve_on`] does, and works on jobs meanwhile.
pub async fn serve_with_jobs(listener: TcpListener, app: Arc<App>, shutdown: impl Future<Output = ()> + Send) {
    let workers = Workers::start(&app);
    serve_on(listener, app, shutdown).await;
    if let Some(workers) = workers {
        workers.close().await;
    }
}

/// Listens on an address, and says so.
///
/// # Errors
/// It cannot be had.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, ListenError> {
    let listener = TcpListener::bind(address).await.map_err(|source| ListenError { address, source })?;
    let address = listener.local_addr().unwrap_or(address);
    tracing::info!(%address, "listening");
    Ok(listener)
}

/// Serves on a socket that listens already, until `shutdown` is done and what was running has ended.
pub async fn serve_on<S: Site>(listener: TcpListener, site: Arc<S>, shutdown: impl Future<Output = ()> + Send) {
    let mut server = Server {
        room: Arc::new(Semaphore::new(site.bounds().connections)),
        router: site.clone().router(),
        connections: JoinSet::new(),
        closing: watch::Sender::new(false),
        site,
    };
    server.accept(&listener, shutdown).await;
    server.site.stop();
    let (pause, grace) = (server.site.pause(), server.site.grace());
    tracing::info!(running = server.site.in_flight().count(), ?pause, ?grace, "stopping");
    server.accept(&listener, tokio::time::sleep(pause)).await;
    let deadline = Instant::now() + grace;
    let site = server.site.clone();
    if timeout_at(deadline, server.accept(&listener, site.in_flight().none())).await.is_err() {
        tracing::warn!(running = site.in_flight().count(), "the grace period is over; what still runs is killed");
    }
    drop(listener);
    server.close().await;
    tracing::info!("stopped");
}

struct Server<S> {
    site: Arc<S>,
    router: Router,
    room: Arc<Semaphore>,
    connections: JoinSet<()>,
    closing: watch::Sender<bool>,
}

impl<S: Site> Server<S> {
    /// Takes connections until `done`.
    async fn accept(&mut self, listener: &TcpListener, done: impl Future<Output = ()>) {
        tokio::pin!(done);
        loop {
            tokio::select! {
                accepted = listener.accept() => match accepted {
                    Ok((stream, peer)) => self.take(stream, peer),
                    Err(error) if is_the_clients(&error) => {}
                    Err(error) => {
                        // Out of descriptors, most likely: connections that end will free some.
                        tracing::error!(%error, "a connection could not be taken");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                },
                Some(_) = self.connections.join_next() => {}
                () = &mut done => return,
            }
        }
    }

    fn take(&mut self, stream: TcpStream, peer: SocketAddr) {
        let _ = stream.set_nodelay(true);
        let Ok(room) = self.room.clone().try_acquire_owned() else {
            let _ = stream.try_write(NO_ROOM);
            self.site.no_room();
            return;
        };
        let open = self.site.connection();
        let bounds = self.site.bounds();
        let patience = Patience { headers: bounds.header_timeout, idle: bounds.idle_timeout };
        let connection = connection(stream, Peer(peer.ip()), patience, self.router.clone(), self.closing.subscribe());
        self.connections.spawn(async move {
            connection.await;
            drop((room, open));
        });
    }

    /// Lets answers that are made already go out, and drops the rest.
    async fn close(&mut self) {
        self.closing.send_replace(true);
        let all = async { while self.connections.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(LAST_WORDS, all).await;
        self.connections.shutdown().await;
    }
}

/// One connection, to its end. Everything that its requests do happens in here: dropping it drops their runs.
async fn connection(
    stream: TcpStream,
    peer: Peer,
    patience: Patience,
    router: Router,
    mut closing: watch::Receiver<bool>,
) {
    let busy = Busy::default();
    let stream = TokioIo::new(Timed::new(stream, patience, busy.clone()));
    let service = service_fn(move |mut request: Request<Incoming>| {
        let guard = busy.begin();
        request.extensions_mut().insert(peer);
        let answer = router.clone().oneshot(request);
        async move {
            let answer = answer.await;
            drop(guard);
            answer
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.idle + patience.headers)
        .max_headers(HEADER_COUNT_MAX)
        .max_header_size(HEADERS_MAX)
        .serve_connection(stream, service);
    tokio::pin!(connection);
    // What goes wrong on a connection is the client's business: it went away, was too slow, or spoke no HTTP.
    let is_closing = tokio::select! {
        _ = connection.as_mut() => false,
        _ = closing.wait_for(|closing| *closing) => true,
    };
    if is_closing {
        connection.as_mut().graceful_shutdown();
        drop(connection.await);
    }
}

/// Errors of a connection that was gone before it was taken.
fn is_the_clients(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_refusal_for_want_of_room_is_as_long_as_it_says() {
        let text = std::str::from_utf8(super::NO_ROOM).expect("ASCII");
        let (head, body) = text.split_once("\r\n\r\n").expect("a body");
        assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{}", body.len());
        serde_json::from_str::<api::Failure>(body).expect("a failure");
    }
}
