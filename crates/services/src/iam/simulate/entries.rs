//! Context entries: the condition keys that a simulated request has.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use doorward_policy::key;
use doorward_policy::request::{Context, ContextValue};
use doorward_policy::value::{Instant, Network, Number, boolean};
use doorward_wire::{ApiError, iam};

use super::invalid;
use crate::call::Call;

/// Whether a text is a value of a type.
type IsOfType = fn(&str) -> bool;

/// The types of values, by the word for one value; for several, the word ends in `List`.
const TYPES: [(&str, IsOfType); 6] = [
    ("string", |_| true),
    ("numeric", |text| Number::parse(text).is_some()),
    ("boolean", |text| boolean(text).is_some()),
    ("ip", |text| Network::parse(text).is_some()),
    ("binary", |text| STANDARD.decode(text).is_ok()),
    ("date", |text| Instant::parse(text).is_some()),
];

/// The keys that a request passes. An entry must be whole: a name, a type, and values of that type, exactly one unless the
/// type is a list.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ContextEntry.html>. What of an entry may be left out is
/// UNCONFIRMED (simulator-entry); here nothing may.
///
/// # Errors
/// `InvalidInput`, naming the entry and what is wrong with it.
pub(super) fn context(call: &Call<'_>, entries: &[iam::ContextEntry]) -> Result<Context, ApiError> {
    let mut context = Context::default();
    for (at, entry) in entries.iter().enumerate() {
        let at = at + 1;
        let name = entry.context_key_name.as_deref().ok_or_else(|| missing(call, at, "ContextKeyName"))?;
        let kind = entry.context_key_type.as_deref().ok_or_else(|| missing(call, at, "ContextKeyType"))?;
        let values = entry.context_key_values.clone().unwrap_or_default();
        if context.value(&key::fold(name)).is_some() {
            return Err(invalid(
                call,
                format!("ContextEntries: the key {name} is specified more than once."),
            ));
        }
        context.insert(name, value(call, name, kind, values)?);
    }
    Ok(context)
}

fn missing(call: &Call<'_>, at: usize, member: &str) -> ApiError {
    invalid(call, format!("ContextEntries: entry {at} has no {member}."))
}

fn value(call: &Call<'_>, name: &str, kind: &str, values: Vec<String>) -> Result<ContextValue, ApiError> {
    let (one, is_list) = kind.strip_suffix("List").map_or((kind, false), |one| (one, true));
    let known = TYPES.iter().find(|(word, _)| *word == one);
    // The model's constraints let no other type through.
    let (_, is_of_type) = known.ok_or_else(ApiError::internal_failure)?;
    if let Some(bad) = values.iter().find(|value| !is_of_type(value)) {
        let message = format!("ContextEntries: the value {bad} of the key {name} is not of type {kind}.");
        return Err(invalid(call, message));
    }
    if is_list {
        return Ok(ContextValue::Multiple(values));
    }
    <[String; 1]>::try_from(values).map(|[value]| ContextValue::Single(value)).map_err(|_| {
        invalid(call, format!("ContextEntries: the key {name} of type {kind} must have exactly one value."))
    })
}
