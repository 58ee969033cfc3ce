//! The directory as lines of JSON that people can read and compare, and back.
//!
//! A line is one record: its key without what all begin with, and its fields by name. Lines stand in the order of the keys.
//! Times are ISO 8601, accounts twelve digits, and secrets base64 of what is stored, which is sealed under the master key.
//!
//! ```text
//! {"key":"user/123456789012/bob","record":{"entity":{"created":"2026-11-22T10:00:00Z","id":"AIDA…",…},…}}
//! ```

use doorward_store::{LimitError, Value as StoredValue};
use serde_json::{Value, json};

use crate::keys::{Key, PREFIX};
use crate::record;
use crate::text::Texts;

mod bare;
mod convert;
mod shape;

pub use bare::{Bare, bare};

#[cfg(test)]
pub(crate) use bare::assert_bare;

/// Whether secrets are in what is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Secrets {
    /// They are, sealed as they are stored.
    Sealed,
    /// Nothing of them is. Fields that hold them are left out, and what is written is for reading only.
    Omitted,
}

/// A record that cannot be written as a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the record of the key `{key}` cannot be exported: {reason}")]
pub struct Unportable {
    /// Its key.
    pub key: String,
    /// What is wrong with it.
    pub reason: String,
}

/// A line that is no record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadLine {
    /// It is not JSON.
    #[error("it is not JSON: {0}")]
    Json(String),
    /// It is not an object with `key` and `record`, and nothing else.
    #[error("it must be an object with `key` (text) and `record`, and nothing else")]
    Form,
    /// Its key is none of the directory's.
    #[error("the key `{0}` is none that this version knows")]
    Key(String),
    /// Its record is not of its key's kind.
    #[error("the record of `{key}`: {reason}")]
    Record {
        /// The key.
        key: String,
        /// What is wrong.
        reason: String,
    },
    /// A store cannot hold it.
    #[error(transparent)]
    Limit(#[from] LimitError),
}

/// One record as a line, without its line break.
///
/// # Errors
/// [`Unportable`] if the record does not read back.
pub fn line(key: &[u8], value: &[u8], secrets: Secrets) -> Result<String, Unportable> {
    let shown = key.escape_ascii().to_string();
    let unportable = |reason: String| Unportable { key: shown.clone(), reason };
    let parsed = Key::read(key).map_err(|error| unportable(error.to_string()))?;
    // Whatever a server could not read is not exported either.
    record::decode(&parsed, value, &Texts::default()).map_err(|bad| unportable(bad.reason))?;
    let body = value.get(1..).unwrap_or_default();
    let record = convert::read(shape::of(&parsed), body, secrets).map_err(unportable)?;
    let short = shown.strip_prefix(PREFIX).unwrap_or(&shown);
    Ok(json!({ "key": short, "record": record }).to_string())
}

/// The key and value that a line of [`Secrets::Sealed`] says, read back as any server will read them.
///
/// # Errors
/// [`BadLine`]: what is wrong with it.
pub fn entry(line: &str) -> Result<(doorward_store::Key, StoredValue), BadLine> {
    let Said { key, parsed, record } = Said::read(line)?;
    encoded(&key, &parsed, &record)
}

/// What a line says, not yet read as a record.
struct Said {
    key: String,
    parsed: Key,
    record: Value,
}

impl Said {
    fn read(line: &str) -> Result<Self, BadLine> {
        let line: Value = serde_json::from_str(line).map_err(|error| BadLine::Json(error.to_string()))?;
        let Value::Object(mut object) = line else { return Err(BadLine::Form) };
        let (Some(Value::String(key)), Some(record), true) =
            (object.remove("key"), object.remove("record"), object.is_empty())
        else {
            return Err(BadLine::Form);
        };
        let parsed = Key::read(format!("{PREFIX}{key}").as_bytes()).map_err(|_| BadLine::Key(key.clone()))?;
        Ok(Self { key, parsed, record })
    }
}

/// The key and value of a record, read back as any server will read them.
fn encoded(key: &str, parsed: &Key, record: &Value) -> Result<(doorward_store::Key, StoredValue), BadLine> {
    let bad = |reason: String| BadLine::Record { key: key.to_owned(), reason };
    let mut bytes = vec![record::first_byte(parsed)];
    convert::write(shape::of(parsed), record, &mut bytes).map_err(bad)?;
    let fact = record::decode(parsed, &bytes, &Texts::default()).map_err(|error| bad(error.reason))?;
    let bytes = record::encode(parsed, &fact).map_err(|error| bad(error.reason))?;
    Ok((doorward_store::Key::new(parsed.bytes())?, StoredValue::new(bytes)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        assert_eq!(entry(line).unwrap_err().to_string(), expected, "{line}");
    }

    #[test]
    fn bad_lines_are_refused_with_the_field_and_the_rule() {
        check("{", "it is not JSON: EOF while parsing an object at line 1 column 1");
        let form = "it must be an object with `key` (text) and `record`, and nothing else";
        check("[]", form);
        check(r#"{"key":"alias/x"}"#, form);
        check(r#"{"key":"alias/x","record":"123456789012","more":1}"#, form);
        check(r#"{"key":"cat/x","record":1}"#, "the key `cat/x` is none that this version knows");
        let alias = |record: &str| format!(r#"{{"key":"alias/x","record":{record}}}"#);
        check(&alias("7"), "the record of `alias/x`: it must be the twelve digits of an account, not 7");
        let service = |record: &str| format!(r#"{{"key":"service/a.b","record":{record}}}"#);
        check(
            &service(r#"{"account":"123456789012"}"#),
            "the record of `service/a.b`: the field `created` is missing",
        );
        check(
            &service(r#"{"account":"123456789012","created":"2026-11-22T10:00:00Z","x":1}"#),
            "the record of `service/a.b`: there is no field `x`",
        );
        check(
            &service(r#"{"account":"123456789012","created":"yesterday"}"#),
            "the record of `service/a.b`: the field `created`: it must be a time such as `2026-11-22T10:00:00Z`, not \"yesterday\"",
        );
        let whole = service(r#"{"account":"123456789012","created":"2026-11-22T10:00:00Z"}"#);
        let (key, value) = entry(&whole).unwrap();
        assert_eq!(line(key.as_bytes(), value.as_bytes(), Secrets::Sealed).unwrap(), whole);
    }

    #[test]
    fn a_record_of_another_name_is_refused() {
        let user = r#"{"key":"user/123456789012/eve","record":{"attached":[],"entity":{"created":"2026-11-22T10:00:00Z",
            "id":"AIDACKCEVSQ6C2EXAMPLE","name":"Bob","path":"/","tags":[]},"groups":[]}}"#;
        check(&user.replace('\n', ""), "the record of `user/123456789012/eve`: it is of `Bob`");
    }
}
