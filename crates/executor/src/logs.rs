//! The log: one line for each event, on standard error, as JSON or for people.
//!
//! Nothing that a learner wrote stands in it. Messages read alone; what varies is in the fields.

use std::io::IsTerminal;

use clap::ValueEnum;
use tracing_subscriber::filter::{FilterExt, FilterFn, LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt};

use crate::trace::Traces;

/// Form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// `pretty` on a terminal, `json` elsewhere.
    Auto,
    /// One JSON object a line.
    Json,
    /// For people.
    Pretty,
}

/// Starts logging, and whatever takes traces. Called once; a second call changes nothing.
pub fn start(level: &Targets, format: LogFormat, traces: Option<&Traces>) {
    let terminal = std::io::stderr().is_terminal();
    let json = match format {
        LogFormat::Auto => !terminal,
        LogFormat::Json => true,
        LogFormat::Pretty => false,
    };
    let layer = fmt::layer().with_writer(std::io::stderr);
    let layer = match json {
        true => layer.json().flatten_event(true).with_current_span(false).with_span_list(false).boxed(),
        false => layer.with_ansi(terminal).boxed(),
    };
    let layer = layer.with_filter(level.clone().and(events()));
    // Fails only when logging was started before.
    let _ = tracing_subscriber::registry().with(layer).with(traces.map(Traces::layer)).try_init();
}

/// No spans: none is made that only the log would take.
fn events() -> FilterFn {
    FilterFn::new(|metadata| !metadata.is_span())
}

/// A level, or a list of `target=level`, with nothing that would be taken for a target by mistake.
///
/// # Errors
/// Something in it is no level.
pub fn parse_level(text: &str) -> Result<Targets, String> {
    let mut targets = Targets::new();
    for part in text.split(',').map(str::trim) {
        let (target, level) = part.split_once('=').unwrap_or(("", part));
        let named = level.bytes().all(|b| b.is_ascii_alphabetic()) && !level.is_empty();
        let level: LevelFilter = level
            .parse()
            .ok()
            .filter(|_| named)
            .ok_or_else(|| format!("{level:?} is no level; off, error, warn, info, debug and trace are"))?;
        targets = match target {
            "" => targets.with_default(level),
            target => targets.with_target(target, level),
        };
    }
    Ok(targets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_makes_no_span() {
        let layer = fmt::layer().with_writer(std::io::sink);
        let layer = layer.with_filter(parse_level("trace").expect("a level").and(events()));
        let _guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(layer));
        assert!(tracing::info_span!("span").is_disabled() && tracing::enabled!(tracing::Level::TRACE));
    }

    #[test]
    fn levels_are_levels() {
        for good in ["info", "OFF", "warn,executor::http=debug"] {
            parse_level(good).expect(good);
        }
        for bad in ["", "loud", "executor", "info,", "executor=loud", "3"] {
            parse_level(bad).expect_err(bad);
        }
    }
}
