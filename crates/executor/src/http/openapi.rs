//! The OpenAPI document, made from the handlers and the wire types.

use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{docs, execute, health, jobs};

/// The committed document, from the workspace's root.
pub const DOCUMENT: &str = "openapi/executor.json";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Python executor",
        description = "Runs learners' Python programs in warm, sandboxed interpreters, each of which is used once. \
                       Times are in milliseconds, sizes in bytes unless the name says otherwise.",
        license(name = "MIT", identifier = "MIT"),
    ),
    paths(
        execute::execute,
        jobs::submit,
        jobs::job,
        jobs::cancel,
        jobs::batch,
        jobs::cancel_batch,
        jobs::events,
        health::health,
        health::ready,
        health::metrics,
        health::runtimes,
        docs::document,
        docs::page
    ),
    tags(
        (name = "Programs", description = "Running them."),
        (name = "Jobs", description = "Running them later, many at a time."),
        (name = "Service", description = "How it is."),
        (name = "Documents", description = "About this interface.")
    ),
    modifiers(&Keys)
)]
struct Document;

struct Keys;

impl Modify for Keys {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.description = Some("One of the operator's API_KEYS, where there are some.".into());
        document.components.get_or_insert_default().add_security_scheme("key", SecurityScheme::Http(scheme));
    }
}

/// The document.
pub fn document() -> utoipa::openapi::OpenApi {
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
    use serde_json::Value;

    use super::*;
    use crate::http::validate::FIELDS;

    /// `UPDATE=1 cargo test -p executor` writes the document instead.
    #[test]
    fn the_committed_document_is_current() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(DOCUMENT);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(&path, text()).expect("written");
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == text(), "{DOCUMENT} is out of date; UPDATE=1 cargo test -p executor writes it");
    }

    #[test]
    fn the_documented_fields_are_the_ones_that_are_taken() {
        let document: Value = serde_json::from_str(&text()).expect("valid JSON");
        let names = |schema: &str| {
            let properties = document["components"]["schemas"][schema]["properties"].as_object().expect("an object");
            let mut names: Vec<String> = properties.keys().cloned().collect();
            names.sort();
            names
        };
        let mut taken = FIELDS.map(String::from);
        taken.sort();
        assert_eq!(names("ExecuteRequest"), taken);
        assert_eq!(names("RequestLimits"), ["fileBytes", "memoryMb", "outputBytes", "processes", "timeoutMs"]);
        assert_eq!(names("RequestFile"), ["content", "encoding", "path"]);
    }
}
