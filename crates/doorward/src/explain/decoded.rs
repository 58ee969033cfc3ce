//! What `DecodeAuthorizationMessage` answers.

use serde_json::Value;

use super::bad_input::BadInput;

/// The explanation in a decoded authorization message: as the AWS CLI prints the answer, or the message in it, or the
/// explanation alone.
///
/// # Errors
/// [`BadInput`] for what is none of these, and for messages without an explanation.
pub fn evaluation(text: &str, place: &str) -> Result<Value, BadInput> {
    let parse = |text: &str| {
        serde_json::from_str::<Value>(text).map_err(|source| BadInput::Form {
            place: place.to_owned(),
            wanted: "a decoded authorization message",
            source,
        })
    };
    let mut found = parse(text)?;
    if let Some(inner) = found.get("DecodedMessage").and_then(Value::as_str) {
        found = parse(inner)?;
    }
    if let Some(evaluation) = found.get_mut("evaluation") {
        return Ok(evaluation.take());
    }
    if found.get("evaluatedEffect").is_some() {
        return Ok(found);
    }
    let why = match found.get("matchedStatements") {
        Some(_) => "it is a message of AWS, or was too long to carry one",
        None => "it is no decoded authorization message",
    };
    Err(BadInput::NoEvaluation { place: place.to_owned(), why })
}
