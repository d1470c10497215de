//! Limits of a request: whole numbers between the least that makes sense and the operator's ceiling.

use std::time::Duration;

use super::super::Problem;
use super::super::json::{Json, Number};
use super::fields::{Fields, wrong_type};
use crate::config::Config;
use crate::job::Limits;

/// Least memory that an interpreter does something in, in MiB.
const MEMORY_MB_MIN: u64 = 16;
/// Least room for files: a size of 0 is no limit to the kernel.
const FILE_BYTES_MIN: u64 = 64 << 10;

const FIELDS: [&str; 5] = ["timeoutMs", "memoryMb", "outputBytes", "processes", "fileBytes"];

/// What is given by default, and at most.
#[derive(Debug)]
pub(super) struct LimitRules {
    defaults: Limits,
    ceilings: Limits,
    cpu_factor: u32,
}

impl LimitRules {
    /// Those of a configuration.
    pub fn new(config: &Config) -> LimitRules {
        LimitRules { defaults: config.defaults, ceilings: config.ceilings, cpu_factor: config.cpu_factor }
    }

    /// A request's limits.
    pub fn check(&self, fields: &mut Fields) -> Result<Limits, Problem> {
        let mut limits = self.defaults;
        let entries = match fields.take("limits") {
            None => return Ok(limits),
            Some(Json::Object(entries)) => entries,
            Some(_) => return Err(wrong_type("limits", "an object")),
        };
        let most = &self.ceilings;
        let mut fields = Fields::new("limits.", entries, &FIELDS)?;
        let timeout_most = u64::try_from(most.timeout.as_millis()).unwrap_or(u64::MAX);
        if let Some(millis) = number(&mut fields, "timeoutMs", 1, timeout_most)? {
            limits.timeout = Duration::from_millis(millis);
            limits.cpu = limits.timeout * self.cpu_factor;
        }
        if let Some(mb) = number(&mut fields, "memoryMb", MEMORY_MB_MIN, most.memory_bytes >> 20)? {
            limits.memory_bytes = mb << 20;
        }
        if let Some(bytes) = number(&mut fields, "outputBytes", 1, most.output_bytes)? {
            limits.output_bytes = bytes;
        }
        if let Some(count) = number(&mut fields, "processes", 1, most.processes.into())? {
            limits.processes = u32::try_from(count).unwrap_or(most.processes);
        }
        if let Some(bytes) = number(&mut fields, "fileBytes", FILE_BYTES_MIN, most.file_bytes)? {
            limits.file_bytes = bytes;
        }
        Ok(limits)
    }
}

/// A whole number within bounds, if it is there. 3000.0 is one: some languages know no other numbers.
fn number(fields: &mut Fields, name: &str, least: u64, most: u64) -> Result<Option<u64>, Problem> {
    let whole = match fields.take(name) {
        None => return Ok(None),
        Some(Json::Number(Number::Whole(n))) => Some(n),
        Some(Json::Number(Number::Negative(_))) => None,
        Some(Json::Number(Number::Real(x))) if x.fract() == 0.0 && (0.0..1e15).contains(&x) => Some(x as u64),
        Some(Json::Number(Number::Real(x))) if x.fract() == 0.0 => None,
        Some(_) => return Err(wrong_type(&fields.name(name), "a whole number")),
    };
    match whole.filter(|n| (least..=most).contains(n)) {
        Some(n) => Ok(Some(n)),
        None => {
            let field = fields.name(name);
            let sentence = format!("{field} must be between {least} and {most}");
            Err(Problem::bad("LIMIT_OUT_OF_RANGE", sentence).at(field))
        }
    }
}
