//! The configuration's reference page, made from its definition.

use std::fmt::Write;

use clap::{Arg, Args, Command};

use super::ServeArgs;

/// The committed page, from the workspace's root.
pub const DOCUMENT: &str = "docs/configuration.md";

const HEAD: &str = "\
# Configuration of the executor

Generated from the definition in `crates/executor/src/config/args.rs`; a test says when it is out of date.

Every setting is an environment variable and an option of `python-executor serve`; the option wins. An empty variable
is an unset one. A value that cannot be used stops the start and names the variable. Times and sizes are whole numbers
in the unit that the description names.
";

/// The page as markdown.
pub fn reference() -> String {
    format!("{HEAD}{}", tables(&ServeArgs::augment_args(Command::new("serve"))))
}

/// The options of a command: a table for each heading.
pub fn tables(command: &Command) -> String {
    let mut page = String::new();
    let mut heading = None;
    for arg in command.get_arguments() {
        if arg.get_help_heading() != heading {
            heading = arg.get_help_heading();
            let title = heading.unwrap_or("Others");
            let _ =
                write!(page, "\n## {title}\n\n| variable | option | default | meaning |\n| --- | --- | --- | --- |\n");
        }
        page.push_str(&row(arg));
    }
    page
}

fn row(arg: &Arg) -> String {
    let variable = arg.get_env().unwrap_or_default().to_string_lossy();
    let option = arg.get_long().unwrap_or_default();
    let default = match arg.get_default_values() {
        [] => String::new(),
        values => {
            let values: Vec<_> = values.iter().map(|value| value.to_string_lossy()).collect();
            format!("`{}`", values.join(","))
        }
    };
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let mut meaning = help.trim().to_owned();
    if !meaning.ends_with('.') {
        meaning.push('.');
    }
    let choices: Vec<_> = arg
        .get_possible_values()
        .iter()
        .filter(|_| !arg.get_value_parser().type_id().eq(&std::any::TypeId::of::<bool>()))
        .map(|choice| {
            let about = choice.get_help().map(|help| format!(": {}", lower(help.to_string().trim_end_matches('.'))));
            format!("`{}`{}", choice.get_name(), about.unwrap_or_default())
        })
        .collect();
    if !choices.is_empty() {
        let _ = write!(meaning, " {}.", choices.join("; "));
    }
    format!("| `{variable}` | `--{option}` | {default} | {} |\n", meaning.replace('|', "\\|"))
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE=1 cargo test -p executor` writes the page instead.
    #[test]
    fn the_committed_page_is_current() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(DOCUMENT);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, reference()).expect("written");
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(committed == reference(), "{DOCUMENT} is out of date; UPDATE=1 cargo test -p executor writes it");
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
