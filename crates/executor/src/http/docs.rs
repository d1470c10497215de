//! `/openapi.json`, and `/docs`: the same for people. One page, made here, that loads nothing but its style sheet.

mod page;

use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;

use super::openapi;

static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| openapi::text().into());
static PAGE: LazyLock<Bytes> = LazyLock::new(|| render(&openapi::document()).into());

/// An OpenAPI document as a page for people, which loads nothing but `/docs/style.css`.
pub fn render(document: &utoipa::openapi::OpenApi) -> String {
    page::render(&serde_json::json!(document))
}

/// That page under its policy.
pub fn page_of(html: Bytes) -> Response {
    let mut response = typed("text/html; charset=utf-8", html);
    let policy = "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

/// This interface as an OpenAPI document.
#[utoipa::path(
    get, path = "/openapi.json", tag = "Documents",
    responses((status = 200, description = "The document.", body = Object))
)]
pub(super) async fn document() -> Response {
    typed("application/json", DOCUMENT.clone())
}

/// This interface as a page for people.
#[utoipa::path(
    get, path = "/docs", tag = "Documents",
    responses((status = 200, description = "The page.", body = String, content_type = "text/html"))
)]
pub(super) async fn page() -> Response {
    page_of(PAGE.clone())
}

/// The page's style sheet.
pub async fn style() -> Response {
    typed("text/css; charset=utf-8", Bytes::from_static(include_bytes!("docs/style.css")))
}

/// A body of one type.
pub fn typed(kind: &'static str, body: Bytes) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
