//! Who asks, and whether now: keys and rates.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::{Extensions, HeaderMap, StatusCode, header};
use jobs::Tenant;

use super::{App, Problem};

/// The address at the other end of a connection; put into each request by the server.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// Whose requests are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Caller {
    /// The holder of this key.
    Key(usize),
    /// An address; of IPv6, the network that one subscriber has.
    Address(IpAddr),
}

impl Caller {
    /// The other end of the connection.
    pub fn from_address(extensions: &Extensions) -> Caller {
        Caller::at(extensions.get::<Peer>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0))
    }

    /// An address, as it is counted.
    pub fn at(address: IpAddr) -> Caller {
        match address.to_canonical() {
            IpAddr::V4(address) => Caller::Address(address.into()),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Caller::Address(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into())
            }
        }
    }
}

/// Lets a request in, or says what is missing. A wrong key costs its address as much as a request does, so that keys
/// cannot be tried out quickly.
pub(super) fn admit(app: &App, headers: &HeaderMap, extensions: &Extensions) -> Result<(), Problem> {
    let (caller, identified) = match identify(app, headers) {
        Ok(Some(key)) => (Caller::Key(key), Ok(())),
        Ok(None) => (Caller::from_address(extensions), Ok(())),
        Err(problem) => (Caller::from_address(extensions), Err(problem)),
    };
    app.rate_limit.take(caller).map_err(|wait| {
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMITED", "Too many requests; slow down").retry(wait)
    })?;
    identified
}

/// Which key was sent; none is fine where none is needed.
fn identify(app: &App, headers: &HeaderMap) -> Result<Option<usize>, Problem> {
    let keys = &app.config.keys;
    if keys.is_empty() {
        return Ok(None);
    }
    let unauthorized = |code, error: &'static str| Problem::new(StatusCode::UNAUTHORIZED, code, error);
    let Some(key) = offered(headers) else {
        return Err(unauthorized("KEY_REQUIRED", "A key is needed, as Authorization: Bearer KEY"));
    };
    keys.find(key).map(Some).ok_or_else(|| unauthorized("KEY_UNKNOWN", "This key is not known"))
}

/// The key in a request's headers.
fn offered(headers: &HeaderMap) -> Option<&[u8]> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    let (scheme, key) = value.as_bytes().split_at_checked(7)?;
    scheme.eq_ignore_ascii_case(b"bearer ").then(|| key.trim_ascii())
}

/// Lets a request in, and says whose jobs it may speak of.
pub(super) fn admit_tenant(app: &App, headers: &HeaderMap, extensions: &Extensions) -> Result<Tenant, Problem> {
    admit(app, headers, extensions)?;
    if app.config.keys.is_empty() {
        return Ok(Tenant::anonymous());
    }
    let key = offered(headers).and_then(|key| std::str::from_utf8(key).ok());
    key.map(Tenant::of_key).ok_or_else(|| Problem::internal("a key that was let in is gone"))
}
