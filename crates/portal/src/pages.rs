//! The page: `index.html` for people's addresses, and the files that it loads.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use executor::http::Problem;
use sha2::{Digest, Sha256};

use crate::exercises::embedded::{Asset, PAGE};
use crate::learner::{hex, random_hex};

/// What stands in `index.html` where the nonce belongs.
const NONCE: &str = "__CSP_NONCE__";

const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

struct Served {
    asset: &'static Asset,
    kind: &'static str,
    etag: HeaderValue,
}

static FILES: LazyLock<HashMap<&'static str, Served>> = LazyLock::new(|| {
    let files = PAGE.iter().filter(|asset| asset.path != "index.html");
    files.map(|asset| (asset.path, Served { asset, kind: kind(asset.path), etag: etag(asset.bytes) })).collect()
});

static INDEX: LazyLock<String> = LazyLock::new(|| {
    let index = PAGE.iter().find(|asset| asset.path == "index.html");
    index.map(|asset| String::from_utf8_lossy(asset.bytes).into_owned()).unwrap_or_default()
});

/// Whatever is not the interface for programs.
pub async fn page(request: Request) -> Response {
    let path = request.uri().path();
    if is_for_programs(path) {
        return Problem::no_endpoint().into_response();
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return Problem::wrong_method().into_response();
    }
    match FILES.get(path.trim_start_matches('/')) {
        Some(file) => served(file, request.headers()),
        None if is_page(path) => index(StatusCode::OK),
        // Somebody followed a wrong link, or a program asks for what is not there.
        None if wants_html(request.headers()) => index(StatusCode::NOT_FOUND),
        None => Problem::no_endpoint().into_response(),
    }
}

fn is_for_programs(path: &str) -> bool {
    ["/api", "/health", "/ready", "/metrics", "/openapi.json", "/docs"]
        .iter()
        .any(|own| path.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Addresses that the page knows.
fn is_page(path: &str) -> bool {
    let exercise = path.strip_prefix("/exercises/").map(|id| id.trim_end_matches('/'));
    matches!(path, "/" | "/index.html" | "/playground" | "/exercises") || exercise.is_some_and(crate::exercises::is_id)
}

fn wants_html(headers: &HeaderMap) -> bool {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accepts.is_some_and(|kinds| kinds.contains("text/html"))
}

/// The page itself, under a policy of its own that is good for one answer.
fn index(status: StatusCode) -> Response {
    let nonce = match random_hex() {
        Ok(nonce) => nonce,
        Err(error) => return Problem::internal(error.to_string()).into_response(),
    };
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; \
         connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    let Ok(policy) = HeaderValue::try_from(policy) else {
        return Problem::internal("the page's policy").into_response();
    };
    let mut response = Response::new(INDEX.replace(NONCE, &nonce).into());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    headers.insert(OPENER, HeaderValue::from_static("same-origin"));
    response
}

/// A file. What has a digest in its name never changes; the rest is asked for again.
fn served(file: &Served, asked: &HeaderMap) -> Response {
    let is_known = asked.get_all(header::IF_NONE_MATCH).iter().any(|tags| {
        let tags = tags.to_str().unwrap_or_default();
        tags.split(',').any(|tag| tag.trim().trim_start_matches("W/").as_bytes() == file.etag.as_bytes())
    });
    let zipped = file.asset.gzip.filter(|_| takes_gzip(asked));
    let mut response = match (is_known, zipped) {
        (true, _) => StatusCode::NOT_MODIFIED.into_response(),
        (false, Some(zipped)) => Response::new(Bytes::from_static(zipped).into()),
        (false, None) => Response::new(Bytes::from_static(file.asset.bytes).into()),
    };
    let immutable = file.asset.path.starts_with("assets/");
    let caching = if immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = response.headers_mut();
    if !is_known {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.kind));
        if zipped.is_some() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(header::ETAG, file.etag.clone());
    response
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepts = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepts.flat_map(|line| line.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

fn etag(bytes: &[u8]) -> HeaderValue {
    let tag = format!("\"{}\"", hex(&Sha256::digest(bytes)[..16]));
    HeaderValue::try_from(tag).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use executor::http::outer::dress;

    use super::*;

    fn file(path: &'static str, gzip: Option<&'static [u8]>) -> Served {
        let asset: &'static Asset = Box::leak(Box::new(Asset { path, bytes: b"plain", gzip }));
        Served { asset, kind: kind(path), etag: etag(asset.bytes) }
    }

    fn asked(headers: &[(HeaderName, &str)]) -> HeaderMap {
        headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).expect("a header"))).collect()
    }

    /// Status and some headers, as they leave the portal.
    fn answer(file: &Served, headers: &[(HeaderName, &str)]) -> (u16, Vec<String>) {
        let mut response = served(file, &asked(headers));
        dress(response.headers_mut(), &HeaderValue::from_static("id"), false);
        let of = |name: HeaderName| {
            let value = response.headers().get(name).map(|value| value.to_str().expect("text").to_owned());
            value.unwrap_or_default()
        };
        let names = [header::CACHE_CONTROL, header::CONTENT_TYPE, header::CONTENT_ENCODING];
        (response.status().as_u16(), names.map(of).to_vec())
    }

    #[test]
    fn what_has_a_digest_in_its_name_is_kept_for_ever() {
        let for_ever = "public, max-age=31536000, immutable";
        let script = file("assets/index-a1b2.js", Some(b"zipped"));
        let plain = answer(&script, &[]);
        assert_eq!(plain, (200, vec![for_ever.into(), "text/javascript; charset=utf-8".into(), String::new()]));
        let icon = file("favicon.svg", None);
        assert_eq!(answer(&icon, &[(header::ACCEPT_ENCODING, "gzip")]).1, ["no-cache", "image/svg+xml", ""]);
    }

    #[test]
    fn compressed_for_those_who_say_so() {
        let script = file("assets/index-a1b2.js", Some(b"zipped"));
        for (accepts, encoding) in
            [("br, gzip", "gzip"), ("GZIP;q=0.5", "gzip"), ("gzip;q=0", ""), ("br", ""), ("", "")]
        {
            assert_eq!(answer(&script, &[(header::ACCEPT_ENCODING, accepts)]).1[2], encoding, "{accepts}");
        }
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let icon = file("favicon.svg", None);
        let tag = icon.etag.to_str().expect("text").to_owned();
        for tags in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}")] {
            assert_eq!(answer(&icon, &[(header::IF_NONE_MATCH, &tags)]).0, 304, "{tags}");
        }
        assert_eq!(answer(&icon, &[(header::IF_NONE_MATCH, "\"other\"")]).0, 200);
    }
}
