//! Where callbacks may go.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use ipnet::IpNet;
use reqwest::Url;

/// Why a callback does not go somewhere; each a sentence for whoever gave the address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is no URL.
    #[error("it must be a URL such as https://learn.example/graded")]
    NoUrl,
    /// It is longer than [`URL_MAX`](crate::URL_MAX).
    #[error("it must have at most 2048 bytes")]
    Long,
    /// Neither http nor https.
    #[error("it must begin with https:// or http://")]
    Scheme,
    /// It holds a user's name or password.
    #[error("it must not hold a user or a password; check the signature instead")]
    User,
    /// It names a fragment, which is never sent.
    #[error("it must not have a fragment (#)")]
    Fragment,
    /// An address that is not of the public Internet. It is not told: what names mean inside is nobody's business outside.
    #[error("it leads to an address that is not of the public Internet")]
    Address(IpAddr),
}

/// What an operator allows beside the public Internet: networks, and names whose addresses are not asked about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Allow {
    networks: Vec<IpNet>,
    hosts: Vec<String>,
}

impl Allow {
    /// Networks (`10.1.0.0/16`), addresses and host names.
    ///
    /// # Errors
    /// The entry that is none of these.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a str>) -> Result<Allow, String> {
        let mut allow = Allow::default();
        for entry in entries.into_iter().map(str::trim).filter(|entry| !entry.is_empty()) {
            let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.' || c == '_';
            if let Ok(network) = IpNet::from_str(entry) {
                allow.networks.push(network.trunc());
            } else if let Ok(address) = IpAddr::from_str(entry) {
                allow.networks.push(address.into());
            } else if entry.chars().all(is_name) && entry.chars().any(|c| c.is_ascii_alphabetic()) {
                allow.hosts.push(entry.trim_end_matches('.').to_ascii_lowercase());
            } else {
                return Err(format!("{entry:?} is no network, address or host name"));
            }
        }
        Ok(allow)
    }

    /// Judges all of a URL that is known before its name is resolved.
    ///
    /// # Errors
    /// No callback goes there.
    pub fn judge_url(&self, url: &Url) -> Result<(), Refused> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refused::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refused::User);
        }
        if url.fragment().is_some() {
            return Err(Refused::Fragment);
        }
        // Addresses in all their forms: the parser has made `0x7f.1` and `2130706433` what they are.
        let host = url.host_str().ok_or(Refused::NoUrl)?;
        match host.trim_start_matches('[').trim_end_matches(']').parse() {
            Ok(address) => self.judge(host, address),
            Err(_) => Ok(()),
        }
    }

    /// Judges an address that `host` stands for.
    ///
    /// # Errors
    /// No callback goes there.
    pub fn judge(&self, host: &str, address: IpAddr) -> Result<(), Refused> {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let is_allowed = self.hosts.contains(&host)
            || self
                .networks
                .iter()
                .any(|network| network.contains(&address) || network.contains(&address.to_canonical()));
        match is_allowed || is_public(address) {
            true => Ok(()),
            false => Err(Refused::Address(address)),
        }
    }
}

/// Whether an address is of the public Internet, by IANA's registries of special-purpose addresses.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        // Cloud metadata (169.254.169.254) among them.
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        // Reserved, and broadcast.
        || a >= 240
        // Shared between a provider and its customers.
        || (a == 100 && (64..128).contains(&b))
        // Benchmarks.
        || (a == 198 && (b == 18 || b == 19))
        // Protocol assignments, and the relays of 6to4.
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        // Azure's metadata and DNS, reachable from within alone.
        || address == Ipv4Addr::new(168, 63, 129, 16);
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    match (a, b) {
        // NAT64: what it leads to. Its local use is nobody's business.
        (0x64, 0xff9b) => [c, d, e, f] == [0; 4] && is_public_v4(v4(g, h)),
        // 6to4: the same.
        (0x2002, _) => is_public_v4(v4(b, c)),
        // Teredo, benchmarks, ORCHID and other assignments; documentation.
        (0x2001, 0..=0x1ff) | (0x2001, 0xdb8) | (0x3fff, 0..=0xfff) => false,
        // Only this has been given out.
        (0x2000..=0x3fff, _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_public_internet_and_others() {
        let public = [
            "1.1.1.1",
            "8.8.8.8",
            "93.184.216.34",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "192.0.1.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450:4001::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
            "2001:200::1",
        ];
        for address in public {
            assert!(is_public(address.parse().expect(address)), "{address}");
        }
        let special = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.1",
            "168.63.129.16",
            "169.254.169.254",
            "169.254.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::808:808",
            "64:ff9b:0:1::808:808",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "2002:a00:1::",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for address in special {
            assert!(!is_public(address.parse().expect(address)), "{address}");
        }
    }

    fn judge(allow: &Allow, url: &str) -> Result<(), Refused> {
        allow.judge_url(&Url::parse(url).map_err(|_| Refused::NoUrl)?)
    }

    #[test]
    fn urls() {
        let nobody = Allow::default();
        for fine in [
            "https://learn.example/x?y=1",
            "http://learn.example:8080/",
            "https://[2606:4700::1111]/",
            "http://1.1.1.1",
        ] {
            assert_eq!(judge(&nobody, fine), Ok(()), "{fine}");
        }
        let cases = [
            ("ftp://learn.example/", Refused::Scheme),
            ("file:///etc/passwd", Refused::Scheme),
            ("gopher://learn.example/", Refused::Scheme),
            ("https://user@learn.example/", Refused::User),
            ("https://:secret@learn.example/", Refused::User),
            ("https://learn.example/#x", Refused::Fragment),
            ("learn.example", Refused::NoUrl),
            ("", Refused::NoUrl),
        ];
        for (url, why) in cases {
            assert_eq!(judge(&nobody, url), Err(why), "{url}");
        }
        let loopbacks = [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://0x7f.0.0.1/",
            "http://2130706433/",
            "http://0177.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://127.0.0.1./",
            "http://①②⑦.0.0.1/",
        ];
        for url in loopbacks {
            assert!(matches!(judge(&nobody, url), Err(Refused::Address(_))), "{url}");
        }
    }

    #[test]
    fn what_the_operator_allows() {
        let allow = Allow::of(["10.1.0.0/16", "127.0.0.1", "fd00::/8", "Portal.internal", ""]).expect("usable");
        for fine in ["http://10.1.2.3/", "http://127.0.0.1:99/", "http://[fd00::1]/", "http://[::ffff:10.1.2.3]/"] {
            assert_eq!(judge(&allow, fine), Ok(()), "{fine}");
        }
        for other in ["http://10.2.0.1/", "http://127.0.0.2/", "http://[::1]/"] {
            assert!(judge(&allow, other).is_err(), "{other}");
        }
        let private = "192.168.0.7".parse().expect("an address");
        assert_eq!(allow.judge("portal.internal", private), Ok(()));
        assert_eq!(allow.judge("PORTAL.internal.", private), Ok(()));
        assert_eq!(allow.judge("other.internal", private), Err(Refused::Address(private)));
        for wrong in ["10.0.0.0/33", "a b", "http://x/", "*", "1.2.3"] {
            assert!(Allow::of([wrong]).is_err(), "{wrong}");
        }
    }
}
