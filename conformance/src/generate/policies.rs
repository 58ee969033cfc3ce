//! Random policies, as they stand in a case.

mod conditions;
mod statements;

use doorward_policy::request::Request;
use doorward_policy::{Document, Kind};
use serde_json::{Map, Value, json};

use super::words::{AWAY, BOUND, HOME, MANAGEMENT};
use super::{Dice, patterns};

/// What the statements of a set of policies have in common, so that they meet, and meet the requests.
pub(super) struct Theme<'a> {
    /// The requests that policies are about.
    pub(super) requests: &'a [Request],
    /// How many statements a document has.
    pub(super) size: Size,
    /// Resources to which several statements are tied.
    pub(super) resources: Vec<String>,
    /// Conditions that several statements share: an operator, a key, values.
    pub(super) tests: Vec<(String, String, Value)>,
}

/// How many statements a set of policies has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// As many as people write: up to four in a document.
    Few,
    /// Up to two dozen in a document, about the same few resources, under the same few conditions.
    Crowded,
    /// Dozens in a document, under conditions that all differ: more than 64 in all.
    Manifold,
}

impl<'a> Theme<'a> {
    pub(super) fn new(dice: &mut Dice, requests: &'a [Request]) -> Self {
        let size = match dice.below(100) {
            0..83 => Size::Few,
            83..97 => Size::Crowded,
            _ => Size::Manifold,
        };
        let mut theme = Self { requests, size, resources: Vec::new(), tests: Vec::new() };
        theme.resources = dice.some(1, 4, |dice| {
            let arn = &dice.pick(requests).resource.arn;
            if dice.percent(30) && !arn.contains('*') { arn.clone() } else { patterns::resource(dice, arn) }
        });
        // Where the requester's tags are known, a pattern with one and the same pattern written out are one.
        for place in 0..theme.resources.len() {
            let name = *dice.pick(&["alice", "Alice", "bob", "Dev"]);
            if let Some(written) = theme.resources.get(place).filter(|text| text.contains(name)) {
                let tagged = written.replacen(name, "${aws:PrincipalTag/team}", 1);
                theme.resources.push(tagged);
            }
        }
        theme.tests = dice.some(1, 4, |dice| conditions::test(dice, &theme));
        theme
    }

    /// One of the requests.
    pub(super) fn request(&self, dice: &mut Dice) -> &'a Request {
        dice.pick(self.requests)
    }
}

/// The members `policies`, `principal_ids` and `choices` of a case, with policies of every kind.
///
/// # Panics
/// When the grammar refuses nearly everything that is generated.
pub(super) fn policies(dice: &mut Dice, theme: &Theme<'_>) -> Map<String, Value> {
    let mut policies = Map::new();
    let mut put = |name: &str, value: Value| policies.insert(name.to_owned(), value);
    put("identity", dice.some(0, 4, |dice| document(dice, Kind::Inline, theme)).into());
    if dice.percent(25) {
        put("boundary", document(dice, Kind::Managed, theme));
    }
    if dice.percent(40) {
        put("session", dice.some(0, 3, |dice| document(dice, Kind::Session, theme)).into());
    }
    if dice.percent(30) {
        put("service_control", guardrails(dice, Kind::ServiceControl, theme));
    }
    if dice.percent(30) {
        put("resource_control", guardrails(dice, Kind::ResourceControl, theme));
    }
    if dice.percent(15) {
        put("endpoint", document(dice, Kind::Endpoint, theme));
    }
    let assumes = theme.requests.iter().any(|request| request.resource.arn.contains(":role/"));
    match dice.below(10) {
        0..2 => None,
        _ if assumes == dice.percent(90) => put("trust", document(dice, Kind::Trust, theme)),
        _ => put("resource", document(dice, Kind::Resource, theme)),
    };
    let ids: Map<String, Value> = BOUND.iter().map(|(arn, id)| ((*arn).to_owned(), json!(id))).collect();
    let limit = |dice: &mut Dice| if dice.percent(60) { "limits" } else { "ignored" };
    let choices = json!({
        "trust_policy_boundary": limit(dice),
        "plain_everyone": limit(dice),
        "not_principal": if dice.percent(60) { "whole_chain" } else { "any_entry" },
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

/// Policies on a path of an organization: up to eight levels, some of them without a policy.
fn guardrails(dice: &mut Dice, kind: Kind, theme: &Theme<'_>) -> Value {
    let levels = match dice.below(400) {
        0..10 => 0,
        10..30 => 8,
        30..80 => 4 + dice.below(4),
        // No organization has so many, but what counts layers in 64 bits must do without.
        80..84 => *dice.pick(&[62, 63, 64, 65, 70]),
        _ => 1 + dice.below(3),
    };
    // Each level may forbid: on a long path each has to do so less often.
    let full = if levels > 3 { 99 } else { 94 };
    let level = |dice: &mut Dice| {
        let most = usize::from(levels <= 8 || dice.percent(3));
        let mut policies = dice.some(0, most, |dice| document(dice, kind, theme));
        if dice.percent(full) {
            policies.insert(dice.below(policies.len() + 1), full_access(kind));
        }
        policies
    };
    let levels: Vec<Value> =
        (0..levels).map(|index| json!({"target": format!("ou-{index}"), "policies": level(dice)})).collect();
    let management = if dice.percent(80) { MANAGEMENT } else { *dice.pick(&[HOME, AWAY]) };
    json!({"management_account": management, "levels": levels})
}

/// How often a statement is made anew because the grammar refuses it, before that counts as a fault.
const ATTEMPTS_MAX: usize = 200;

/// A random document that the grammar of its kind accepts.
pub(super) fn document(dice: &mut Dice, kind: Kind, theme: &Theme<'_>) -> Value {
    if kind == Kind::Endpoint && dice.percent(40) {
        return full_access(kind);
    }
    let old = !matches!(kind, Kind::Managed | Kind::ResourceControl) && dice.percent(12);
    let version = match old {
        false => Some("2012-10-17"),
        true => dice.percent(50).then_some("2008-10-17"),
    };
    let (from, to) = match (theme.size, kind) {
        (Size::Few, _) => (1, 4),
        (Size::Crowded, _) => (2, 24),
        (Size::Manifold, Kind::Inline | Kind::Resource | Kind::Trust) => (24, 40),
        (Size::Manifold, _) => (1, 8),
    };
    let mut made: Vec<Value> = Vec::new();
    for _ in 0..from + dice.below(to + 1 - from) {
        let next = accepted(dice, kind, theme, version, &made);
        made.push(next);
    }
    for (index, statement) in made.iter_mut().enumerate() {
        if dice.percent(20) {
            insert(statement, "Sid", json!(format!("S{index}")));
        }
    }
    let statements = if made.len() == 1 && dice.percent(50) { made.remove(0) } else { made.into() };
    wrapped(statements, version)
}

fn wrapped(statements: Value, version: Option<&str>) -> Value {
    let mut document = json!({"Statement": statements});
    if let Some(version) = version {
        insert(&mut document, "Version", json!(version));
    }
    document
}

/// A random statement that the grammar accepts: new, or made of one of those that are there.
fn accepted(dice: &mut Dice, kind: Kind, theme: &Theme<'_>, version: Option<&str>, made: &[Value]) -> Value {
    let mut last = String::new();
    for _ in 0..ATTEMPTS_MAX {
        let again = !made.is_empty() && theme.size != Size::Manifold && dice.percent(15);
        let statement = match again {
            true => {
                let of = dice.pick(made).clone();
                statements::alike(dice, kind, theme, of)
            }
            false => statements::statement(dice, kind, theme),
        };
        let document = wrapped(statement.clone(), version);
        match Document::parse(&document.to_string(), kind) {
            Ok(_) => return statement,
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

fn insert(object: &mut Value, name: &str, value: Value) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
}

/// One value, or a list of a few.
fn list(dice: &mut Dice, most: usize, mut make: impl FnMut(&mut Dice) -> Value) -> Value {
    if dice.percent(60) { make(dice) } else { dice.some(1, most, make).into() }
}
