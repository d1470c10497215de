//! The configuration's reference page, made from its definition.

use clap::{Args, Command};

use super::ServeArgs;

/// The committed page, from the workspace's root.
pub const DOCUMENT: &str = "docs/configuration-portal.md";

const HEAD: &str = "\
# Configuration of the portal

Generated from the definition in `crates/portal/src/config/args.rs`; a test says when it is out of date.

Every setting is an environment variable and an option of `portal serve`; the option wins. An empty variable is an unset
one. A value that cannot be used stops the start and names the variable. Times and sizes are whole numbers in the unit
that the description names. The executor inside the portal takes the settings of [configuration.md](configuration.md)
from the environment, all but `HOST`, `PORT`, `RATE_LIMIT` and the bounds of requests, which are the portal's.
";

/// The page as markdown.
pub fn reference() -> String {
    format!("{HEAD}{}", executor::config::tables(&ServeArgs::augment_args(Command::new("serve"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE=1 cargo test -p portal` writes the page instead.
    #[test]
    fn the_committed_page_is_current() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(DOCUMENT);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, reference()).expect("written");
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == reference(), "{DOCUMENT} is out of date; UPDATE=1 cargo test -p portal writes it");
    }

    #[test]
    fn every_setting_is_a_variable_an_option_and_explained() {
        for arg in ServeArgs::augment_args(Command::new("serve")).get_arguments() {
            let option = arg.get_long().expect("an option").replace('-', "_").to_uppercase();
            assert_eq!(arg.get_env().and_then(|name| name.to_str()), Some(option.as_str()));
            assert!(arg.get_help().is_some() && arg.get_help_heading().is_some(), "{option}");
        }
    }
}
