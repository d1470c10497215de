//! The OpenAPI document, made from the handlers and the wire types.

use utoipa::OpenApi;

use super::{docs, exercises, health, hints, progress, run, solution};

/// The committed document, from the workspace's root.
pub const DOCUMENT: &str = "openapi/portal.json";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Portal",
        description = "Exercises in Python: what learners read, run and have done. Who a learner is, a cookie says, which \
                       the first call that needs it sets. Times are in milliseconds.",
        license(name = "MIT", identifier = "MIT"),
    ),
    paths(
        run::run,
        exercises::list,
        exercises::one,
        hints::list,
        hints::reveal,
        solution::show,
        progress::progress,
        health::health,
        health::ready,
        health::metrics,
        docs::document,
        docs::page
    ),
    tags(
        (name = "Programs", description = "Running them."),
        (name = "Exercises", description = "Reading them, with hints and solutions."),
        (name = "Progress", description = "What a learner has done."),
        (name = "Service", description = "How it is."),
        (name = "Documents", description = "About this interface.")
    )
)]
struct Document;

/// The document.
pub(super) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The document as it is committed.
pub fn text() -> String {
    let mut text = document().to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE=1 cargo test -p portal` writes the document instead.
    #[test]
    fn the_committed_document_is_current() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(DOCUMENT);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, text()).expect("written");
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == text(), "{DOCUMENT} is out of date; UPDATE=1 cargo test -p portal writes it");
    }
}
