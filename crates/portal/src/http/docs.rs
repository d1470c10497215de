//! `/openapi.json`, and `/docs`: the same for people.

use std::sync::LazyLock;

use axum::response::Response;
use bytes::Bytes;
use executor::http::docs::{page_of, render, typed};

use super::openapi;

static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| openapi::text().into());
static PAGE: LazyLock<Bytes> = LazyLock::new(|| render(&openapi::document()).into());

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
