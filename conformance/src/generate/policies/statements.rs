//! Random statements.

use doorward_policy::Kind;
use doorward_policy::request::{FederationIssuer, Request, Requester, SessionOrigin};
use serde_json::{Map, Value, json};

use super::super::Dice;
use super::super::patterns;
use super::super::words::{
    ACTION_PATTERNS, ARNS, CANONICAL_USER, HOME, PRINCIPALS, PROVIDERS, SERVICES, TRUST_ACTIONS, Type,
};
use super::conditions::{condition, operator, test};
use super::{Size, Theme, insert, list};

/// A random statement, which the grammar may yet refuse.
pub(super) fn statement(dice: &mut Dice, kind: Kind, theme: &Theme<'_>) -> Value {
    let allows = kind != Kind::ResourceControl && dice.percent(78);
    let mut statement = json!({"Effect": if allows { "Allow" } else { "Deny" }});
    put_action(dice, kind, theme, &mut statement);
    if kind != Kind::Trust {
        put_resource(dice, kind, theme, &mut statement);
    }
    match kind {
        Kind::ResourceControl => insert(&mut statement, "Principal", json!("*")),
        Kind::Resource | Kind::Endpoint | Kind::Trust => {
            let not = !allows && kind != Kind::Trust && dice.percent(40);
            let principals = principals(dice, kind, theme);
            insert(&mut statement, if not { "NotPrincipal" } else { "Principal" }, principals);
        }
        Kind::Managed | Kind::Inline | Kind::Session | Kind::ServiceControl => {}
    }
    if allows && matches!(kind, Kind::Resource | Kind::Trust) && dice.percent(12) {
        narrow(dice, theme, &mut statement);
        return statement;
    }
    // Denials without a condition would leave little to allow.
    let conditional = match (theme.size, allows) {
        (Size::Manifold, _) => 98,
        (Size::Few | Size::Crowded, true) => 40,
        (Size::Few | Size::Crowded, false) => 88,
    };
    if dice.percent(conditional) {
        insert(&mut statement, "Condition", condition(dice, theme));
    }
    statement
}

/// A statement made of another: the same again, or with one element other, or with something more.
pub(super) fn alike(dice: &mut Dice, kind: Kind, theme: &Theme<'_>, mut statement: Value) -> Value {
    match dice.below(6) {
        0 | 1 => {}
        2 => put_action(dice, kind, theme, &mut statement),
        3 if kind != Kind::Trust => put_resource(dice, kind, theme, &mut statement),
        4 => insert(&mut statement, "Condition", condition(dice, theme)),
        _ => double(&mut statement),
    }
    statement
}

/// Writes every pattern twice.
fn double(statement: &mut Value) {
    for element in ["Action", "NotAction", "Resource", "NotResource"] {
        let Some(written) = statement.get(element).cloned() else { continue };
        let mut patterns = written.as_array().cloned().unwrap_or_else(|| vec![written]);
        patterns.extend(patterns.clone());
        insert(statement, element, patterns.into());
    }
}

fn remove(object: &mut Value, name: &str) {
    if let Some(members) = object.as_object_mut() {
        members.remove(name);
    }
}

fn put_action(dice: &mut Dice, kind: Kind, theme: &Theme<'_>, statement: &mut Value) {
    remove(statement, "Action");
    remove(statement, "NotAction");
    let not = kind != Kind::ResourceControl && dice.percent(9);
    let patterns = list(dice, 3, |dice| action_pattern(dice, kind, theme));
    insert(statement, if not { "NotAction" } else { "Action" }, patterns);
}

fn action_pattern(dice: &mut Dice, kind: Kind, theme: &Theme<'_>) -> Value {
    let action = &theme.request(dice).action;
    if theme.size == Size::Manifold && dice.percent(60) {
        // A plan is made for each action: that alone must have more conditions than it remembers.
        let service = action.split(':').next().unwrap_or("s3").to_ascii_lowercase();
        return json!(format!("{service}:*"));
    }
    if dice.percent(50) {
        return json!(patterns::action(dice, action));
    }
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

fn put_resource(dice: &mut Dice, kind: Kind, theme: &Theme<'_>, statement: &mut Value) {
    remove(statement, "Resource");
    remove(statement, "NotResource");
    let element = if dice.percent(10) { "NotResource" } else { "Resource" };
    insert(statement, element, list(dice, 4, |dice| resource(dice, kind, theme)));
}

fn resource(dice: &mut Dice, kind: Kind, theme: &Theme<'_>) -> Value {
    let arn = &theme.request(dice).resource.arn;
    match dice.below(100) {
        0..30 => json!("*"),
        30 | 31 if kind == Kind::Inline => Value::Null,
        32..44 => json!(dice.pick(&theme.resources)),
        44..52 => {
            let shared = dice.pick(&theme.resources).clone();
            json!(patterns::respelt(dice, &shared))
        }
        52..58 => json!(dice.pick(&ARNS)),
        58..68 if !arn.contains('*') => json!(patterns::with_variable(dice, arn)),
        _ => json!(patterns::resource(dice, arn)),
    }
}

/// Names everyone, under a condition on who they are.
fn narrow(dice: &mut Dice, theme: &Theme<'_>, statement: &mut Value) {
    let found = [(); 12].map(|()| operator(dice)).into_iter().find(|(_, kind)| *kind == Type::Arn);
    let (operator, _) = found.unwrap_or_else(|| ("StringLike".to_owned(), Type::Arn));
    let values = list(dice, 2, |dice| match theme.request(dice).requester.principal_arn() {
        Some(arn) => json!(patterns::widen(dice, &arn)),
        None => json!("arn:aws:iam::111111111111:*"),
    });
    let key = *dice.pick(&["aws:PrincipalArn", "aws:PrincipalARN", "aws:principalarn", "aws:userid"]);
    let mut condition = json!({operator: {key: values}});
    if dice.percent(30) {
        let (operator, key, values) = test(dice, theme);
        insert(&mut condition, &operator, json!({key: values}));
    }
    insert(statement, "Principal", json!({"AWS": "*"}));
    insert(statement, "Condition", condition);
}

fn principals(dice: &mut Dice, kind: Kind, theme: &Theme<'_>) -> Value {
    if kind != Kind::Trust && dice.percent(10) {
        return json!("*");
    }
    let mut principals: Map<String, Value> = Map::new();
    for (key, percent, words) in
        [("AWS", 70, &PRINCIPALS[..]), ("Service", 15, &SERVICES[..]), ("Federated", 15, &PROVIDERS[..])]
    {
        if dice.percent(percent) {
            principals.insert(key.to_owned(), list(dice, 3, |dice| json!(dice.pick(words))));
        }
    }
    if kind != Kind::Trust && dice.percent(2) {
        principals.insert("CanonicalUser".to_owned(), json!(CANONICAL_USER));
    }
    // Lists that name all that a requester is are what exempts it.
    for _ in 0..*dice.pick(&[0, 1, 1, 2, 4]) {
        let request = theme.request(dice);
        if let Some((key, name)) = name(dice, request) {
            add(&mut principals, key, name);
        }
    }
    if principals.is_empty() { json!({"AWS": HOME}) } else { principals.into() }
}

fn add(principals: &mut Map<String, Value>, key: &str, name: String) {
    let before = principals.remove(key).unwrap_or_else(|| json!([]));
    let mut names = match before {
        Value::Array(names) => names,
        one @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => {
            vec![one]
        }
    };
    names.push(json!(name));
    principals.insert(key.to_owned(), names.into());
}

/// One of the names that a policy has for a requester.
fn name(dice: &mut Dice, request: &Request) -> Option<(&'static str, String)> {
    let account = request.requester.account().map(|account| account.to_string());
    let of_account = |dice: &mut Dice| {
        let account = account.clone().unwrap_or_default();
        let root = format!("arn:aws:iam::{account}:root");
        if dice.percent(50) { account } else { root }
    };
    let aws = |name: String| Some(("AWS", name));
    match &request.requester {
        Requester::Anonymous => aws("*".to_owned()),
        Requester::Root { .. } => aws(of_account(dice)),
        Requester::User { id, .. } => match dice.below(4) {
            0 | 1 => aws(of_account(dice)),
            2 => aws(id.clone()),
            _ => request.requester.arn().and_then(aws),
        },
        Requester::RoleSession { role_id, origin, .. } => match (dice.below(7), origin) {
            (0 | 1, _) => aws(of_account(dice)),
            (2 | 3, _) => request.requester.principal_arn().and_then(aws),
            (4, _) => aws(role_id.clone()),
            (5, SessionOrigin::Provider(provider)) => Some(("Federated", provider.clone())),
            _ => request.requester.arn().and_then(aws),
        },
        Requester::FederatedUser { account, issuer, .. } => match (dice.below(5), issuer) {
            (0 | 1, _) => aws(of_account(dice)),
            (2, FederationIssuer::User { id, .. }) => aws(id.clone()),
            (3, FederationIssuer::User { path, name, .. }) => {
                aws(format!("arn:aws:iam::{account}:user{path}{name}"))
            }
            _ => request.requester.arn().and_then(aws),
        },
        Requester::Service { names, .. } => names.last().map(|name| ("Service", name.clone())),
        Requester::Federated { provider } => Some(("Federated", provider.clone())),
    }
}
