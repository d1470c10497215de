//! An object's fields, taken one by one; `null` is the same as nothing.

use super::super::Problem;
use super::super::json::{Json, shown};

/// The fields of one object, all of them known.
#[derive(Debug)]
pub struct Fields {
    /// What stands before a field's name: `limits.`.
    at: String,
    entries: Vec<(String, Json)>,
}

impl Fields {
    /// Refuses what is not in `known`.
    pub fn new(at: &str, entries: Vec<(String, Json)>, known: &[&str]) -> Result<Fields, Problem> {
        match entries.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            None => Ok(Fields { at: at.to_owned(), entries }),
            Some((name, _)) => {
                let field = format!("{at}{}", shown(name));
                let near = nearest(name, known).map(|near| format!("; did you mean \"{at}{near}\"?"));
                let sentence = format!("Unknown field \"{field}\"{}", near.unwrap_or_default());
                Err(Problem::bad("UNKNOWN_FIELD", sentence).at(field))
            }
        }
    }

    /// A field's value, once.
    pub fn take(&mut self, name: &str) -> Option<Json> {
        let index = self.entries.iter().position(|(known, _)| known == name)?;
        let (_, value) = self.entries.swap_remove(index);
        (value != Json::Null).then_some(value)
    }

    /// The full name of a field.
    pub fn name(&self, name: &str) -> String {
        format!("{}{name}", self.at)
    }

    /// A string, if it is there.
    pub fn string(&mut self, name: &str) -> Result<Option<String>, Problem> {
        match self.take(name) {
            None => Ok(None),
            Some(Json::String(text)) => Ok(Some(text)),
            Some(_) => Err(wrong_type(&self.name(name), "a string")),
        }
    }

    /// A boolean, if it is there.
    pub fn boolean(&mut self, name: &str) -> Result<Option<bool>, Problem> {
        match self.take(name) {
            None => Ok(None),
            Some(Json::Bool(value)) => Ok(Some(value)),
            Some(_) => Err(wrong_type(&self.name(name), "true or false")),
        }
    }

    /// The items of an array of at most `max`; none if it is not there.
    pub fn array(&mut self, name: &str, max: usize) -> Result<Vec<Json>, Problem> {
        let field = self.name(name);
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Json::Array(items)) if items.len() > max => {
                Err(Problem::bad("TOO_MANY_ITEMS", format!("{field} must have at most {max} items")).at(field))
            }
            Some(Json::Array(items)) => Ok(items),
            Some(_) => Err(wrong_type(&field, "an array")),
        }
    }

    /// The same where every item is a string.
    pub fn strings(&mut self, name: &str, max: usize) -> Result<Vec<String>, Problem> {
        let items = self.array(name, max)?.into_iter().enumerate();
        items
            .map(|(index, item)| match item {
                Json::String(text) => Ok(text),
                _ => Err(wrong_type(&format!("{}[{index}]", self.name(name)), "a string")),
            })
            .collect()
    }
}

/// A value of the wrong type.
pub(in crate::http) fn wrong_type(field: &str, wanted: &str) -> Problem {
    Problem::bad("INVALID_TYPE", format!("{field} must be {wanted}")).at(field.to_owned())
}

/// The name that was probably meant.
fn nearest<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    if name.len() > 32 {
        return None;
    }
    let plain = |name: &str| name.replace(['_', '-', ' '], "").to_lowercase();
    let given = plain(name);
    let distance = |known: &str| strsim::damerau_levenshtein(&given, &plain(known));
    known
        .iter()
        .map(|known| (distance(known), *known))
        .filter(|(distance, known)| *distance <= 2 && *distance * 2 < known.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}
