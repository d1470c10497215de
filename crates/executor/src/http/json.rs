//! JSON as strictly as a request deserves: no doubled keys, no more values than any request needs.
//!
//! A request becomes a small tree first and is checked field by field then, so that every complaint can name its field.
//! The number of values is bounded while they are read: a body of a few MiB must not become hundreds in memory.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

use super::Problem;

/// Most values in a request for one program.
pub const VALUES_MAX: usize = 4096;
/// Most fields of one object.
const FIELDS_MAX: usize = 64;

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(Number),
    /// Text.
    String(String),
    /// Values in order.
    Array(Vec<Json>),
    /// Fields in the order in which they were given; each name once.
    Object(Vec<(String, Json)>),
}

/// A number, as exact as JSON has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// From 0.
    Whole(u64),
    /// Below 0.
    Negative(i64),
    /// With a fraction, or beyond the others.
    Real(f64),
}

/// Reads a whole text.
///
/// # Errors
/// It is no JSON, names a field twice, or holds more values than any request needs.
pub fn parse(text: &[u8]) -> Result<Json, Problem> {
    parse_within(VALUES_MAX, text)
}

/// The same for a text that may hold more values.
///
/// # Errors
/// As [`parse`].
pub fn parse_within(values: usize, text: &[u8]) -> Result<Json, Problem> {
    let mut reader = Reader { left: values, fault: None };
    let mut source = serde_json::Deserializer::from_slice(text);
    let value = reader.deserialize(&mut source).and_then(|value| source.end().map(|()| value));
    value.map_err(|error| {
        reader.fault.unwrap_or_else(|| Problem::bad("INVALID_JSON", format!("The body is not valid JSON: {error}")))
    })
}

/// The fields of a body.
///
/// # Errors
/// It is no object.
pub fn object(body: Json) -> Result<Vec<(String, Json)>, Problem> {
    match body {
        Json::Object(entries) => Ok(entries),
        _ => Err(Problem::bad("INVALID_BODY", "The body must be a JSON object")),
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => to.serialize_unit(),
            Json::Bool(value) => to.serialize_bool(*value),
            Json::Number(Number::Whole(value)) => to.serialize_u64(*value),
            Json::Number(Number::Negative(value)) => to.serialize_i64(*value),
            Json::Number(Number::Real(value)) => to.serialize_f64(*value),
            Json::String(text) => to.serialize_str(text),
            Json::Array(items) => to.collect_seq(items),
            Json::Object(entries) => to.collect_map(entries.iter().map(|(name, value)| (name, value))),
        }
    }
}

struct Reader {
    left: usize,
    /// What is wrong, when it is not the syntax.
    fault: Option<Problem>,
}

impl Reader {
    fn refuse<E: serde::de::Error>(&mut self, problem: Problem) -> E {
        self.fault = Some(problem);
        E::custom("refused")
    }
}

impl<'de> DeserializeSeed<'de> for &mut Reader {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Json, D::Error> {
        source.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Reader {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(Number::Whole(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(Number::Negative(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(Number::Real(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(self.one()?)? {
            all.push(item);
        }
        Ok(Json::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Json, A::Error> {
        let mut all: Vec<(String, Json)> = Vec::new();
        while let Some(name) = fields.next_key::<String>()? {
            if all.iter().any(|(known, _)| *known == name) {
                let name = shown(&name);
                let problem = Problem::bad("DUPLICATE_FIELD", format!("The field {name:?} is given twice"));
                return Err(self.refuse(problem.at(name)));
            }
            if all.len() == FIELDS_MAX {
                return Err(self.refuse(Problem::bad("TOO_MANY_VALUES", "An object in the body has too many fields")));
            }
            let value = fields.next_value_seed(self.one()?)?;
            all.push((name, value));
        }
        Ok(Json::Object(all))
    }
}

impl Reader {
    /// Room for one more value.
    fn one<E: serde::de::Error>(&mut self) -> Result<&mut Reader, E> {
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                Ok(self)
            }
            None => Err(self.refuse(Problem::bad("TOO_MANY_VALUES", "The body holds too many values"))),
        }
    }
}

/// A caller's name for a field, short and plain enough to be repeated.
pub(super) fn shown(name: &str) -> String {
    let plain = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    name.chars().take(40).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> &'static str {
        parse(text.as_bytes()).expect_err(&text[..text.len().min(60)]).code
    }

    #[test]
    fn values_are_kept_as_they_are() {
        let value = parse(br#" {"a": [null, true, 1, -1, 1.5, "\u00e9\ud83d\ude00"], "b": {}} "#).expect("valid");
        let items = vec![
            Json::Null,
            Json::Bool(true),
            Json::Number(Number::Whole(1)),
            Json::Number(Number::Negative(-1)),
            Json::Number(Number::Real(1.5)),
            Json::String("é😀".into()),
        ];
        assert_eq!(value, Json::Object(vec![("a".into(), Json::Array(items)), ("b".into(), Json::Object(vec![]))]));
        let written = serde_json::to_vec(&value).expect("it is JSON");
        assert_eq!(parse(&written).expect("valid"), value);
    }

    #[test]
    fn names_are_repeated_without_control_characters() {
        assert_eq!(shown("con\0te\nnt"), "con\u{fffd}te\u{fffd}nt");
        assert_eq!(shown(&"é".repeat(50)), "é".repeat(40));
    }

    #[test]
    fn what_is_not_json() {
        for text in ["", " ", "{", "{}x", "{} {}", "nul", "NaN", "Infinity", "1e999", "01", "'a'", "{a: 1}", "[1,]"] {
            assert_eq!(code(text), "INVALID_JSON", "{text}");
        }
        for text in [r#""\ud800""#, r#""\udc00""#, r#""\ud800\u0041""#, "\"\u{1}\"", "\u{feff}{}"] {
            assert_eq!(code(text), "INVALID_JSON", "{text}");
        }
        assert_eq!(parse(b"\"\xff\"").expect_err("not UTF-8").code, "INVALID_JSON");
    }

    #[test]
    fn depth_and_numbers_of_values_are_bounded() {
        assert_eq!(code(&"[".repeat(100_000)), "INVALID_JSON");
        assert_eq!(code(&"{\"a\":".repeat(100_000)), "INVALID_JSON");
        assert_eq!(code(&format!("[{}1]", "1,".repeat(VALUES_MAX))), "TOO_MANY_VALUES");
        let fields: Vec<_> = (0..=FIELDS_MAX).map(|n| format!("\"{n}\":1")).collect();
        assert_eq!(code(&format!("{{{}}}", fields.join(","))), "TOO_MANY_VALUES");
    }

    #[test]
    fn doubled_keys_are_seen_however_they_are_written() {
        assert_eq!(code(r#"{"code": "a", "code": "b"}"#), "DUPLICATE_FIELD");
        assert_eq!(code(r#"{"code": "a", "c\u006fde": "b"}"#), "DUPLICATE_FIELD");
        assert_eq!(code(r#"{"a": [{"b": 1, "b": 1}]}"#), "DUPLICATE_FIELD");
    }
}
