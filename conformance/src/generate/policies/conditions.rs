//! Random conditions.

use doorward_policy::request::{ContextValue, Request};
use serde_json::{Map, Value, json};

use super::super::Dice;
use super::super::patterns::with_variable;
use super::super::values::{near, written_value};
use super::super::words::{KEYS, Type};
use super::{Size, Theme, list};

/// A statement's conditions: one operator or several, each with a key or several, new or shared with others.
pub(super) fn condition(dice: &mut Dice, theme: &Theme<'_>) -> Value {
    let mut condition: Map<String, Value> = Map::new();
    let shared = if theme.size == Size::Manifold { 5 } else { 35 };
    // One condition each, and most of them false: then what is said hangs on the one that is not.
    let counts = if theme.size == Size::Manifold { [1, 1, 1, 1, 1, 1, 2] } else { [1, 1, 1, 2, 2, 3, 6] };
    let count = *dice.pick(&counts);
    for _ in 0..count {
        let (operator, key, values) = if dice.percent(shared) && !theme.tests.is_empty() {
            dice.pick(&theme.tests).clone()
        } else {
            test(dice, theme)
        };
        let keys = condition.entry(operator).or_insert_with(|| json!({}));
        if let Some(keys) = keys.as_object_mut() {
            keys.insert(key, values);
        }
    }
    condition.into()
}

/// One test: an operator, a key, values; mostly about a key that a request has, and values that meet or just miss.
pub(super) fn test(dice: &mut Dice, theme: &Theme<'_>) -> (String, String, Value) {
    let (mut operator, kind) = operator(dice);
    let (key, of_key) = key(dice, kind);
    if theme.size == Size::Manifold && dice.percent(75) {
        let numbers = [dice.below(100_000), dice.below(100_000)];
        operator = (*dice.pick(&["StringEquals", "StringLike", "ForAnyValue:StringEquals"])).to_owned();
        return (operator, key.to_owned(), json!(numbers.map(|number| format!("n{number}"))));
    }
    let kind = if dice.percent(5) { of_key } else { kind };
    let request = theme.request(dice);
    if dice.percent(3) {
        return (operator, key.to_owned(), json!([]));
    }
    if operator.contains("Null") {
        return (operator, key.to_owned(), list(dice, 2, null));
    }
    let values = list(dice, 3, |dice| {
        let text = match found(dice, request, key) {
            Some(found) if dice.percent(65) => near(dice, &found, kind),
            Some(_) | None => written_value(dice, kind),
        };
        let text = if kind == Type::Text && dice.percent(8) { with_variable(dice, &text) } else { text };
        bare(dice, kind, text)
    });
    (operator, key.to_owned(), values)
}

/// What a request has under a key.
fn found(dice: &mut Dice, request: &Request, key: &str) -> Option<String> {
    match request.context.value(&key.to_lowercase())? {
        ContextValue::Single(value) => Some(value.clone()),
        ContextValue::Multiple(values) if values.is_empty() => None,
        ContextValue::Multiple(values) => Some(dice.pick(values).clone()),
    }
}

/// Truths and numbers may be written without quotes.
fn bare(dice: &mut Dice, kind: Type, text: String) -> Value {
    let quoted = dice.percent(60);
    match (kind, &*text) {
        (Type::Truth, "true") if !quoted => json!(true),
        (Type::Truth, "false") if !quoted => json!(false),
        (Type::Number, _) if !quoted => {
            text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number))
        }
        _ => json!(text),
    }
}

/// What `Null` compares with.
fn null(dice: &mut Dice) -> Value {
    match dice.below(8) {
        0..3 => json!("true"),
        3..5 => json!("false"),
        5 => json!(true),
        6 => json!(false),
        _ => json!(*dice.pick(&["True", "", "yes", "${aws:SecureTransport}"])),
    }
}

/// A key, mostly one whose values are of the type, with that type. Some differ from others in case alone.
fn key(dice: &mut Dice, kind: Type) -> (&'static str, Type) {
    let mut chosen = dice.pick(&KEYS);
    for _ in 0..12 {
        if chosen.1 == kind {
            break;
        }
        chosen = dice.pick(&KEYS);
    }
    *chosen
}

/// Operators without qualifier and suffix, with the type of what they compare.
const OPERATORS: [(&str, Type); 28] = [
    ("StringEquals", Type::Text),
    ("StringNotEquals", Type::Text),
    ("StringEqualsIgnoreCase", Type::Text),
    ("StringNotEqualsIgnoreCase", Type::Text),
    ("StringLike", Type::Text),
    ("StringLike", Type::Text),
    ("StringNotLike", Type::Text),
    ("NumericEquals", Type::Number),
    ("NumericNotEquals", Type::Number),
    ("NumericLessThan", Type::Number),
    ("NumericLessThanEquals", Type::Number),
    ("NumericGreaterThan", Type::Number),
    ("NumericGreaterThanEquals", Type::Number),
    ("DateEquals", Type::Date),
    ("DateNotEquals", Type::Date),
    ("DateLessThan", Type::Date),
    ("DateLessThanEquals", Type::Date),
    ("DateGreaterThan", Type::Date),
    ("DateGreaterThanEquals", Type::Date),
    ("Bool", Type::Truth),
    ("BinaryEquals", Type::Binary),
    ("IpAddress", Type::Address),
    ("NotIpAddress", Type::Address),
    ("ArnEquals", Type::Arn),
    ("ArnNotEquals", Type::Arn),
    ("ArnLike", Type::Arn),
    ("ArnNotLike", Type::Arn),
    ("Null", Type::Truth),
];

pub(super) fn operator(dice: &mut Dice) -> (String, Type) {
    let (name, kind) = *dice.pick(&OPERATORS);
    let qualifier = *dice.pick(&["", "", "", "ForAllValues:", "ForAnyValue:"]);
    let suffix = if name != "Null" && dice.percent(20) { "IfExists" } else { "" };
    let kind = if name == "Null" { *dice.pick(&[Type::Truth, Type::Text]) } else { kind };
    (format!("{qualifier}{name}{suffix}"), kind)
}
