//! Random policies, as they stand in a case.

use doorward_policy::{Document, Kind};
use serde_json::{Map, Value, json};

use super::Dice;
use super::words::{
    ACTION_PATTERNS, ARNS, AWAY, BOUND, HOME, KEYS, MANAGEMENT, PRINCIPALS, PROVIDERS, RESOURCE_VARIABLES,
    SERVICES, TRUST_ACTIONS, Type, patterns, values,
};

/// Random policies of every kind, with ids and choices: the members `policies`, `principal_ids` and `choices` of a case.
///
/// # Panics
/// When the grammar refuses nearly everything that is generated.
#[must_use]
pub fn policies(dice: &mut Dice) -> Map<String, Value> {
    let mut policies = Map::new();
    let mut put = |name: &str, value: Value| policies.insert(name.to_owned(), value);
    put("identity", dice.some(0, 4, |dice| document(dice, Kind::Inline)).into());
    if dice.percent(25) {
        put("boundary", document(dice, Kind::Managed));
    }
    if dice.percent(45) {
        put("session", dice.some(0, 4, |dice| document(dice, Kind::Session)).into());
    }
    if dice.percent(30) {
        put("service_control", guardrails(dice, Kind::ServiceControl));
    }
    if dice.percent(30) {
        put("resource_control", guardrails(dice, Kind::ResourceControl));
    }
    if dice.percent(12) {
        put("endpoint", document(dice, Kind::Endpoint));
    }
    match dice.below(10) {
        0..6 => put("resource", document(dice, Kind::Resource)),
        6..9 => put("trust", document(dice, Kind::Trust)),
        _ => None,
    };
    let ids: Map<String, Value> = BOUND.iter().map(|(arn, id)| ((*arn).to_owned(), json!(id))).collect();
    let limit = |dice: &mut Dice| if dice.percent(70) { "limits" } else { "ignored" };
    let choices = json!({
        "trust_policy_boundary": limit(dice),
        "plain_everyone": limit(dice),
        "not_principal": if dice.percent(70) { "whole_chain" } else { "any_entry" },
    });
    [
        ("policies".to_owned(), policies.into()),
        ("principal_ids".to_owned(), ids.into()),
        ("choices".to_owned(), choices),
    ]
    .into_iter()
    .collect()
}

/// What is attached everywhere by default.
fn full_access(kind: Kind) -> Value {
    let mut statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    if kind == Kind::ResourceControl || kind == Kind::Endpoint {
        insert(&mut statement, "Principal", json!("*"));
    }
    json!({"Version": "2012-10-17", "Statement": [statement]})
}

fn guardrails(dice: &mut Dice, kind: Kind) -> Value {
    let level = |dice: &mut Dice| {
        let mut policies = dice.some(0, 1, |dice| document(dice, kind));
        if dice.percent(92) {
            policies.push(full_access(kind));
        }
        policies
    };
    let levels = dice.some(1, 3, level);
    let levels: Vec<Value> = levels
        .into_iter()
        .enumerate()
        .map(|(index, policies)| json!({"target": format!("ou-{index}"), "policies": policies}))
        .collect();
    let management = if dice.percent(80) { MANAGEMENT } else { *dice.pick(&[HOME, AWAY]) };
    let levels = if dice.percent(2) { Vec::new() } else { levels };
    json!({"management_account": management, "levels": levels})
}

/// How often a document is made anew because the grammar refuses it, before that counts as a fault.
const ATTEMPTS_MAX: usize = 100;

/// A random document that the grammar of its kind accepts.
fn document(dice: &mut Dice, kind: Kind) -> Value {
    let mut last = String::new();
    for _ in 0..ATTEMPTS_MAX {
        let document = draft(dice, kind);
        match Document::parse(&document.to_string(), kind) {
            Ok(_) => return document,
            Err(refused) => last = format!("{document}: {}", refused.detail),
        }
    }
    #[expect(
        clippy::panic,
        reason = "a generator that makes nothing must not pass for one that finds nothing"
    )]
    {
        panic!("the grammar of {kind:?} refuses whatever is generated; the last: {last}")
    }
}

fn draft(dice: &mut Dice, kind: Kind) -> Value {
    if kind == Kind::Endpoint && dice.percent(40) {
        return full_access(kind);
    }
    let statements = dice.some(1, 4, |dice| statement(dice, kind));
    let mut document = json!({"Statement": statements});
    let old = !matches!(kind, Kind::Managed | Kind::ResourceControl) && dice.percent(12);
    if !old {
        insert(&mut document, "Version", json!("2012-10-17"));
    } else if dice.percent(50) {
        insert(&mut document, "Version", json!("2008-10-17"));
    }
    document
}

fn insert(object: &mut Value, name: &str, value: Value) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

fn statement(dice: &mut Dice, kind: Kind) -> Value {
    let allows = kind != Kind::ResourceControl && dice.percent(78);
    let mut statement = json!({"Effect": if allows { "Allow" } else { "Deny" }});
    let rare = |dice: &mut Dice, name: &str, other: &str, percent| {
        if dice.percent(percent) { other.to_owned() } else { name.to_owned() }
    };
    let action = rare(dice, "Action", "NotAction", if kind == Kind::ResourceControl { 0 } else { 8 });
    insert(&mut statement, &action, list(dice, 2, |dice| action_pattern(dice, kind)));
    if kind != Kind::Trust {
        let element = rare(dice, "Resource", "NotResource", 10);
        insert(&mut statement, &element, list(dice, 3, |dice| resource(dice, kind)));
    }
    match kind {
        Kind::ResourceControl => insert(&mut statement, "Principal", json!("*")),
        Kind::Resource | Kind::Endpoint | Kind::Trust => {
            let not = !allows && kind != Kind::Trust && dice.percent(35);
            let principals = principals(dice, kind);
            insert(&mut statement, if not { "NotPrincipal" } else { "Principal" }, principals);
        }
        Kind::Managed | Kind::Inline | Kind::Session | Kind::ServiceControl => {}
    }
    if allows && matches!(kind, Kind::Resource | Kind::Trust) && dice.percent(12) {
        narrow(dice, &mut statement);
        return statement;
    }
    // Denials without a condition would leave little to allow.
    if dice.percent(if allows { 30 } else { 85 }) {
        insert(&mut statement, "Condition", condition(dice));
    }
    statement
}

/// Names everyone, under a condition on who they are.
fn narrow(dice: &mut Dice, statement: &mut Value) {
    let arns = [(); 12].map(|()| operator(dice)).into_iter().find(|(_, kind)| *kind == Type::Arn);
    let (operator, kind) = arns.unwrap_or_else(|| ("StringLike".to_owned(), Type::Arn));
    let condition = json!({operator: {"aws:PrincipalArn": list_or_none(dice, kind)}});
    insert(statement, "Principal", json!({"AWS": "*"}));
    insert(statement, "Condition", condition);
}

/// One value, or a list of a few.
fn list(dice: &mut Dice, most: usize, mut make: impl FnMut(&mut Dice) -> Value) -> Value {
    if dice.percent(60) { make(dice) } else { dice.some(1, most, make).into() }
}

fn action_pattern(dice: &mut Dice, kind: Kind) -> Value {
    match kind {
        Kind::Trust => json!(dice.pick(&TRUST_ACTIONS)),
        Kind::Managed
        | Kind::Inline
        | Kind::Session
        | Kind::Resource
        | Kind::ServiceControl
        | Kind::ResourceControl
        | Kind::Endpoint => json!(dice.pick(&ACTION_PATTERNS)),
    }
}

fn resource(dice: &mut Dice, kind: Kind) -> Value {
    if dice.percent(45) {
        return json!("*");
    }
    if kind == Kind::Inline && dice.percent(1) {
        return Value::Null;
    }
    let mut text = (*dice.pick(&ARNS)).to_owned();
    for _ in 0..dice.below(4) {
        text = blur(dice, &text);
    }
    json!(text)
}

/// Turns an ARN, or a pattern, into a pattern a little wider.
fn blur(dice: &mut Dice, text: &str) -> String {
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    let chosen = dice.below(fields.len());
    let field = fields.get(chosen).copied().unwrap_or("");
    let cut = cut(dice, field);
    let start = field.get(..cut).unwrap_or("");
    let rest = field.get(cut..).unwrap_or("");
    let replace = |with: String| {
        let with = [with];
        let before = fields.iter().take(chosen).map(|field| (*field).to_owned());
        let after = fields.iter().skip(chosen + 1).map(|field| (*field).to_owned());
        before.chain(with).chain(after).collect::<Vec<_>>().join(":")
    };
    match dice.below(8) {
        0 => replace("*".to_owned()),
        1 | 2 => replace(format!("{start}*")),
        3 => replace(format!("{start}?{}", rest.chars().skip(1).collect::<String>())),
        4 => replace(format!("{start}*{rest}")),
        5 => fields.iter().take(chosen + 1).copied().collect::<Vec<_>>().join(":"),
        6 => text.replace("alice", dice.pick::<&str>(&RESOURCE_VARIABLES)),
        _ => text.replace('*', dice.pick::<&str>(&["${*}", "?", "*", "${?}"])),
    }
}

/// A place to cut a text at, between characters.
fn cut(dice: &mut Dice, text: &str) -> usize {
    let cut = dice.below(text.len() + 1);
    (0..=cut).rev().find(|index| text.is_char_boundary(*index)).unwrap_or(0)
}

fn principals(dice: &mut Dice, kind: Kind) -> Value {
    if kind != Kind::Trust && dice.percent(10) {
        return json!("*");
    }
    let mut principals = Map::new();
    for (key, percent, words) in
        [("AWS", 85, &PRINCIPALS[..]), ("Service", 20, &SERVICES[..]), ("Federated", 20, &PROVIDERS[..])]
    {
        if dice.percent(percent) {
            principals.insert(key.to_owned(), list(dice, 3, |dice| json!(dice.pick(words))));
        }
    }
    if principals.is_empty() { json!({"AWS": HOME}) } else { principals.into() }
}

fn condition(dice: &mut Dice) -> Value {
    let mut condition = Map::new();
    for _ in 0..=dice.below(2) {
        let (operator, kind) = operator(dice);
        let keys: Map<String, Value> = dice
            .some(1, 2, |dice| {
                let key = key(dice, kind);
                (key.to_owned(), list_or_none(dice, kind))
            })
            .into_iter()
            .collect();
        condition.insert(operator, keys.into());
    }
    condition.into()
}

/// A key, mostly one whose values are of the type; seldom the same key in another case, which would be a second one.
fn key(dice: &mut Dice, kind: Type) -> &'static str {
    let mut chosen = dice.pick(&KEYS);
    for _ in 0..12 {
        if chosen.1 == kind {
            break;
        }
        chosen = dice.pick(&KEYS);
    }
    chosen.0
}

fn list_or_none(dice: &mut Dice, kind: Type) -> Value {
    if dice.percent(3) {
        return json!([]);
    }
    list(dice, 3, |dice| value(dice, kind))
}

fn value(dice: &mut Dice, kind: Type) -> Value {
    let kind = if dice.percent(4) { Type::Text } else { kind };
    let text = if dice.percent(50) { *dice.pick(values(kind)) } else { *dice.pick(patterns(kind)) };
    match (kind, text) {
        (Type::Truth, "true") if dice.percent(50) => json!(true),
        (Type::Number, "5") if dice.percent(50) => json!(5),
        (_, text) => json!(text),
    }
}

/// Operators without qualifier and suffix, with the type of what they compare.
const OPERATORS: [(&str, Type); 27] = [
    ("StringEquals", Type::Text),
    ("StringNotEquals", Type::Text),
    ("StringEqualsIgnoreCase", Type::Text),
    ("StringNotEqualsIgnoreCase", Type::Text),
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

fn operator(dice: &mut Dice) -> (String, Type) {
    let (name, kind) = *dice.pick(&OPERATORS);
    let qualifier = *dice.pick(&["", "", "", "ForAllValues:", "ForAnyValue:"]);
    let suffix = if name != "Null" && dice.percent(20) { "IfExists" } else { "" };
    let kind = if name == "Null" { *dice.pick(&[Type::Truth, Type::Text]) } else { kind };
    (format!("{qualifier}{name}{suffix}"), kind)
}
