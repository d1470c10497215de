//! `nats://…` taken apart.

use crate::EngineError;

/// What a URL says.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Address {
    /// Each `nats://host:port` or `tls://host:port`, without credentials.
    pub servers: Vec<String>,
    pub credentials: Credentials,
    pub tls: bool,
    /// Of everything that is kept, where the operator says so.
    pub replicas: Option<usize>,
}

/// Never shown: `Address` has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Credentials {
    None,
    Password { user: String, password: String },
    Token(String),
}

impl Address {
    /// Reads `nats://[user:password@|token@]host[:port][,host[:port]…][?replicas=n]`.
    pub fn of(url: &str) -> Result<Address, EngineError> {
        let (scheme, rest) = url.split_once("://").ok_or_else(|| wrong("it has no scheme"))?;
        let tls = match scheme {
            "nats" => false,
            "tls" => true,
            _ => return Err(wrong("its scheme is neither nats nor tls")),
        };
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (userinfo, hosts) = match rest.rsplit_once('@') {
            Some((userinfo, hosts)) => (Some(userinfo), hosts),
            None => (None, rest),
        };
        let credentials = match userinfo.map(|text| text.split_once(':').ok_or(text)) {
            None => Credentials::None,
            Some(Ok((user, password))) => Credentials::Password { user: decoded(user)?, password: decoded(password)? },
            Some(Err(token)) => Credentials::Token(decoded(token)?),
        };
        let plain = |host: &&str| !host.is_empty() && !host.contains(|c: char| c == '/' || c.is_whitespace());
        let servers: Vec<&str> = hosts.split(',').collect();
        if !servers.iter().all(plain) {
            return Err(wrong("its list of hosts cannot be read"));
        }
        let servers = servers.into_iter().map(|host| format!("{scheme}://{host}")).collect();
        Ok(Address { servers, credentials, tls, replicas: replicas(query)? })
    }
}

fn replicas(query: &str) -> Result<Option<usize>, EngineError> {
    let mut replicas = None;
    for (name, value) in
        query.split('&').filter(|part| !part.is_empty()).map(|part| part.split_once('=').unwrap_or((part, "")))
    {
        match (name, value) {
            ("replicas", "1" | "3" | "5") => replicas = value.parse().ok(),
            ("replicas", _) => return Err(wrong("replicas is 1, 3 or 5")),
            _ => return Err(wrong("after ? it knows `replicas` alone")),
        }
    }
    Ok(replicas)
}

/// `%3A` and the like.
fn decoded(text: &str) -> Result<String, EngineError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(byte.ok_or_else(|| wrong("its credentials have a % that no two hexadecimal digits follow"))?);
        rest = &after[2..];
    }
    String::from_utf8(bytes).map_err(|_| wrong("its credentials are not UTF-8"))
}

/// Without the URL: it may hold a password.
fn wrong(what: &str) -> EngineError {
    EngineError::Address(format!(
        "the address of the NATS servers cannot be used: {what}; it is like nats://user:password@host:4222,host:4222?replicas=3"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Address {
        Address::of(url).unwrap_or_else(|error| panic!("{url}: {error}"))
    }

    #[test]
    fn every_part_is_read() {
        let plain = of("nats://127.0.0.1:4222");
        assert_eq!(plain.servers, ["nats://127.0.0.1:4222"]);
        assert!(!plain.tls && plain.replicas.is_none() && plain.credentials == Credentials::None);
        let whole = of("tls://ada:p%40ss%3A@a:1,b,[::1]:3/?replicas=3");
        assert_eq!(whole.servers, ["tls://a:1", "tls://b", "tls://[::1]:3"]);
        let password = Credentials::Password { user: "ada".into(), password: "p@ss:".into() };
        assert!(whole.tls && whole.replicas == Some(3) && whole.credentials == password);
        assert!(of("nats://s3cr3t@a").credentials == Credentials::Token("s3cr3t".into()));
    }

    #[test]
    fn what_cannot_be_read_is_refused_without_its_secrets() {
        for url in [
            "a:4222",
            "http://a",
            "nats://",
            "nats://a,,b",
            "nats://s3cr3t@",
            "nats://u:s3cr3t%4@a",
            "nats://u:s3cr3t%zz@a",
            "nats://s3cr3t@a/b",
            "nats://s3cr3t@a?replicas=2",
            "nats://s3cr3t@a?replica=3",
        ] {
            let Err(error) = Address::of(url) else { panic!("{url} is read") };
            assert!(matches!(error, EngineError::Address(_)), "{url}");
            assert!(!error.to_string().contains("s3cr3t"), "{error}");
        }
    }
}
