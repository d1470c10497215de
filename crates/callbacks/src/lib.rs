//! Telling a caller's own server that a job has ended.
//!
//! Theory of operation. This is the one part of the service that opens connections to addresses which callers chose, so
//! everything here is about where it may go. An address is judged *after* its name was resolved, by the resolver of the
//! very client that then connects to it ([`guard`]): what a name means cannot change in between. Addresses in the URL
//! itself never see a resolver and are judged in the URL. Redirects are followed by hand, each judged as the first was,
//! three at most, never from https to http. No proxy of the environment is used, nothing of the answer but its status is
//! read, and no connection is kept.
//!
//! Each callback is signed as [Standard Webhooks](https://www.standardwebhooks.com) says ([`sign`]): who receives one can
//! tell that it is ours, and when it was sent. There are no callbacks without a secret.

pub mod guard;
pub mod sign;

use std::error::Error as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, HeaderValue, LOCATION, USER_AGENT};
use reqwest::{StatusCode, Url};

use guard::{Allow, Refused};
use sign::Secret;

/// Longest URL, in bytes.
pub const URL_MAX: usize = 2048;
/// Most redirects of one callback.
const REDIRECTS: usize = 3;
/// How long it may take to connect.
const CONNECT: Duration = Duration::from_secs(5);
/// When a callback that failed is tried again; after the last it is given up. Just under a day, all together.
const PAUSES: [Duration; 7] = [
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_secs(2 * 60),
    Duration::from_secs(10 * 60),
    Duration::from_secs(60 * 60),
    Duration::from_secs(6 * 60 * 60),
    Duration::from_secs(15 * 60 * 60),
];

/// What callbacks are made with.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What they are signed with; several while one is replaced by another.
    pub secrets: Vec<Secret>,
    /// Where they may go that would be refused otherwise.
    pub allow: Allow,
    /// How long one may take, redirects included.
    pub timeout: Duration,
}

/// Why no callbacks can be made at all.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// There is nothing to sign with.
    #[error("callbacks need a secret to be signed with")]
    NoSecret,
    /// TLS cannot be had.
    #[error("callbacks need TLS: {0}")]
    Tls(String),
}

/// Why a callback was not taken.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// It may not go there.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The other side answered something else than 2xx.
    #[error("it answered {0}")]
    Status(u16),
    /// The other side sent it on, to where it cannot go.
    #[error("it was redirected: {0}")]
    Redirect(&'static str),
    /// The other side could not be reached.
    #[error("it could not be reached: {0}")]
    Away(String),
    /// It took too long.
    #[error("it did not answer in time")]
    Late,
}

impl CallError {
    /// Whether another try would be of no use.
    pub fn is_final(&self) -> bool {
        match self {
            // What a name means may be a mistake that is mended.
            CallError::Refused(refused) => !matches!(refused, Refused::Address(_)),
            CallError::Status(status) => *status == StatusCode::GONE.as_u16(),
            CallError::Redirect(_) | CallError::Away(_) | CallError::Late => false,
        }
    }
}

/// How long to wait after so many tries; `None`: give it up. A fifth more or less, so that what failed together is not
/// tried together again.
pub fn pause(tries: u32) -> Option<Duration> {
    let pause = *PAUSES.get(usize::try_from(tries).ok()?.checked_sub(1)?)?;
    let mut byte = [128];
    // Without random numbers all of them wait alike.
    let _ = getrandom::fill(&mut byte);
    Some(pause.mul_f64(0.8 + 0.4 * f64::from(byte[0]) / 255.0))
}

/// Makes callbacks.
#[derive(Debug, Clone)]
pub struct Caller {
    client: reqwest::Client,
    settings: Arc<Settings>,
}

impl Caller {
    /// One that asks the system what names mean.
    ///
    /// # Errors
    /// See [`SetupError`].
    pub fn new(settings: Settings) -> Result<Caller, SetupError> {
        Caller::asking(settings, System)
    }

    /// One that asks somebody else what names mean; what it says is judged all the same.
    ///
    /// # Errors
    /// See [`SetupError`].
    pub fn asking(settings: Settings, names: impl Resolve + 'static) -> Result<Caller, SetupError> {
        if settings.secrets.is_empty() {
            return Err(SetupError::NoSecret);
        }
        let settings = Arc::new(settings);
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls()?)
            .dns_resolver(Guarded { names: Arc::new(names), settings: settings.clone() })
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .http1_only()
            .referer(false)
            .pool_max_idle_per_host(0)
            .connect_timeout(CONNECT)
            .timeout(settings.timeout)
            .build()
            .map_err(|error| SetupError::Tls(error.to_string()))?;
        Ok(Caller { client, settings })
    }

    /// What can be said of an address before anything is sent: so that whoever gives one hears of it.
    ///
    /// # Errors
    /// No callback would ever go there.
    pub fn check(&self, url: &str) -> Result<(), Refused> {
        self.parse(url).map(drop)
    }

    fn parse(&self, url: &str) -> Result<Url, Refused> {
        if url.len() > URL_MAX {
            return Err(Refused::Long);
        }
        let url = Url::parse(url).map_err(|_| Refused::NoUrl)?;
        self.settings.allow.judge_url(&url)?;
        Ok(url)
    }

    /// Sends `body`, JSON, under an id that is the same in every try.
    ///
    /// # Errors
    /// It was not taken.
    pub async fn tell(&self, url: &str, id: &str, body: Bytes) -> Result<(), CallError> {
        let whole = self.follow(url, id, body);
        tokio::time::timeout(self.settings.timeout, whole).await.unwrap_or(Err(CallError::Late))
    }

    async fn follow(&self, url: &str, id: &str, body: Bytes) -> Result<(), CallError> {
        let mut url = self.parse(url)?;
        for _ in 0..=REDIRECTS {
            let answer = self.post(&url, id, body.clone()).await?;
            let status = answer.status();
            if status.is_success() {
                return Ok(());
            }
            // The others would make a GET of it.
            if !matches!(status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT) {
                return Err(CallError::Status(status.as_u16()));
            }
            let place = answer.headers().get(LOCATION).and_then(|place| place.to_str().ok());
            url = self.parse(redirected(&url, place)?.as_str())?;
        }
        Err(CallError::Redirect("too often"))
    }

    async fn post(&self, url: &Url, id: &str, body: Bytes) -> Result<reqwest::Response, CallError> {
        let headers = sign::headers(&self.settings.secrets, id, SystemTime::now(), &body);
        let mut request = self.client.post(url.clone()).body(body);
        request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        request = request.header(USER_AGENT, concat!("python-executor/", env!("CARGO_PKG_VERSION")));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        request.send().await.map_err(failure)
    }
}

/// Where an answer sends a callback on to, from `url`.
fn redirected(url: &Url, place: Option<&str>) -> Result<Url, CallError> {
    let mut next = place.and_then(|place| url.join(place).ok()).ok_or(CallError::Redirect("to no URL"))?;
    if url.scheme() == "https" && next.scheme() != "https" {
        return Err(CallError::Redirect("from https to http"));
    }
    // It is never sent.
    next.set_fragment(None);
    Ok(next)
}

/// What a client's error means.
fn failure(error: reqwest::Error) -> CallError {
    let mut cause = error.source();
    let mut last = None;
    while let Some(inner) = cause {
        if let Some(refused) = inner.downcast_ref::<Refused>() {
            return CallError::Refused(refused.clone());
        }
        last = Some(inner.to_string());
        cause = inner.source();
    }
    match error.is_timeout() {
        true => CallError::Late,
        false => CallError::Away(last.unwrap_or_else(|| error.to_string())),
    }
}

fn tls() -> Result<rustls::ClientConfig, SetupError> {
    let mut roots = rustls::RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        tracing::warn!("this machine trusts no authority (ca-certificates): callbacks by https will fail");
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.map_err(|error| SetupError::Tls(error.to_string()))?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// The system's own resolver.
struct System;

impl Resolve for System {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(Box::new(found.collect::<Vec<_>>().into_iter()) as Addrs)
        })
    }
}

/// A resolver that keeps what may not be reached to itself.
struct Guarded {
    names: Arc<dyn Resolve>,
    settings: Arc<Settings>,
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let settings = self.settings.clone();
        let host = name.as_str().to_owned();
        let resolving = self.names.resolve(name);
        Box::pin(async move {
            let found: Vec<SocketAddr> = resolving.await?.collect();
            let (fine, refused): (Vec<_>, Vec<_>) =
                found.into_iter().partition(|address| settings.allow.judge(&host, address.ip()).is_ok());
            match (fine.is_empty(), refused.first()) {
                (true, Some(address)) => Err(Refused::Address(address.ip()).into()),
                _ => Ok(Box::new(fine.into_iter()) as Addrs),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        assert_eq!(pause(0), None);
        for (tries, about) in (1..).zip(PAUSES) {
            let now = pause(tries).expect("there is another");
            assert!(now >= about.mul_f64(0.79) && now <= about.mul_f64(1.21), "{tries}: {now:?}");
        }
        assert!(PAUSES.is_sorted());
        assert_eq!(pause(8), None);
    }

    #[test]
    fn redirects_lead_somewhere_and_stay_encrypted() {
        let to = |from: &str, place| redirected(&Url::parse(from).expect("a URL"), place).map(String::from).ok();
        assert_eq!(to("https://a.example/x", Some("/y#z")).as_deref(), Some("https://a.example/y"));
        assert_eq!(to("http://a.example/x", Some("https://b.example/")).as_deref(), Some("https://b.example/"));
        assert_eq!(to("https://a.example/x", Some("//b.example/")).as_deref(), Some("https://b.example/"));
        assert_eq!(to("https://a.example/x", Some("http://a.example/x")), None);
        assert_eq!(to("https://a.example/x", Some("https://[")), None);
        assert_eq!(to("https://a.example/x", None), None);
    }

    #[test]
    fn what_cannot_be_mended_is_not_tried_again() {
        assert!(CallError::Status(410).is_final() && CallError::Refused(Refused::Scheme).is_final());
        let address = Refused::Address(std::net::Ipv4Addr::LOCALHOST.into());
        for other in [CallError::Status(500), CallError::Status(404), CallError::Late, CallError::Refused(address)] {
            assert!(!other.is_final(), "{other}");
        }
    }
}
