//! Whether random scenarios have in them what engines get wrong: each of it often enough to be seen in every run.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};

use doorward_conformance::generate::{Dice, Scenario, scenario};
use doorward_policy::request::{ContextValue, FederationIssuer, Request, Requester, SessionOrigin};
use doorward_policy::{Comparison, Operator, Qualifier};
use serde_json::Value;

/// How many scenarios are looked at.
const SCENARIOS: u64 = 2_000;

/// In how many of a thousand scenarios something comes up at least.
const PER_MILLE: [(usize, &[&str]); 4] = [
    (
        100,
        &[
            "a wildcard beside a colon",
            "a question mark beside a colon",
            "two fields end in a star",
            "a short ARN",
            "three chunks",
            "a long shared prefix",
            "a pattern twice",
            "a resource in three statements",
            "beyond ASCII: resource",
            "beyond ASCII: action",
            "beyond ASCII: key",
            "beyond ASCII: value",
            "beyond ASCII: request",
            "a variable in a resource",
            "a variable in a condition",
            "a variable with a default",
            "a variable of several values",
            "an escaped wildcard",
            "version 2008",
            "no version",
            "a key of several values",
            "a key of no values",
            "a key written in capitals",
            "two tests on one key",
            "a test without values",
            "a number with an exponent",
            "IPv4",
            "IPv6",
            "IPv4 in IPv6",
            "NotPrincipal",
            "NotAction in identity",
            "NotResource in identity",
            "NotAction in resource",
            "NotResource in resource",
            "asked again",
            "asked with other tags only",
            "asked in other case only",
            "asked in another context only",
            "asked by another only",
            "user",
            "role session",
            "session of a provider",
            "service-linked",
            "federated by a user",
            "federated by root",
            "root",
            "root with session policies",
            "service",
            "anonymous",
            "proof of a provider",
            "no known owner",
            "a resource longer than 100 bytes",
            "an action longer than 96 bytes",
            "a KMS key",
            "a role assumed",
            "a requester of the management account",
            "a resource of the management account",
            "an endpoint policy",
            "a boundary",
            "session policies",
            "principal: everyone",
            "principal: everyone, as an object",
            "principal: account",
            "principal: root",
            "principal: user",
            "principal: bound user",
            "principal: role",
            "principal: bound role",
            "principal: assumed role",
            "principal: federated user",
            "principal: unique id",
            "principal: service",
            "principal: provider",
            "choices: limits, limits, whole_chain",
        ],
    ),
    (
        20,
        &[
            "a statement twice",
            "a number of 20 digits",
            "a power out of range",
            "an end of time",
            "a leap day",
            "an offset from UTC",
            "NotAction in boundary",
            "NotResource in boundary",
            "NotAction in session",
            "NotResource in session",
            "NotAction in service_control",
            "NotResource in service_control",
            "NotResource in resource_control",
            "NotAction in endpoint",
            "NotResource in endpoint",
            "NotAction in trust",
            "principal: canonical user",
            "more than 64 tests",
            "a level without policies",
            "choices: limits, limits, any_entry",
            "choices: ignored, ignored, any_entry",
            "choices: limits, ignored, whole_chain",
            "choices: limits, ignored, any_entry",
            "choices: ignored, limits, whole_chain",
            "choices: ignored, limits, any_entry",
            "choices: ignored, ignored, whole_chain",
            "levels: 1",
            "levels: 2",
            "levels: 3",
            "an empty session",
            "asked of a resource with the name of a pattern",
        ],
    ),
    (1, &["more layers than bits"]),
    (8, &["levels: 0", "levels: 4", "levels: 5", "levels: 6", "levels: 7", "levels: 8", "a null resource"]),
];

/// How often every operator, with every qualifier and suffix, comes up at least.
const OPERATOR_TIMES_MIN: usize = 8;

#[test]
fn everything_comes_up() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut operators: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..SCENARIOS {
        let scenario = scenario(&mut Dice::new(seed));
        let mut features = BTreeSet::new();
        of_policies(&scenario, &mut features, &mut operators);
        of_requests(&scenario, &mut features);
        for feature in features {
            *seen.entry(feature).or_default() += 1;
        }
    }
    let rare: Vec<_> = PER_MILLE
        .iter()
        .flat_map(|(least, features)| features.iter().map(move |feature| (*least, *feature)))
        .filter(|(least, feature)| {
            seen.get(*feature).copied().unwrap_or(0) * 1000 < least * SCENARIOS as usize
        })
        .collect();
    assert_eq!(rare, [], "too rare");
    for name in every_operator() {
        let count = operators.get(&name).copied().unwrap_or(0);
        assert!(count >= OPERATOR_TIMES_MIN, "{name} comes up {count} times");
    }
}

fn every_operator() -> Vec<String> {
    let mut names = Vec::new();
    for (comparison, _) in Comparison::ALL {
        for qualifier in [None, Some(Qualifier::ForAllValues), Some(Qualifier::ForAnyValue)] {
            for if_exists in [false, true] {
                if comparison != Comparison::Null || !if_exists {
                    names.push(Operator { qualifier, comparison, if_exists }.to_string());
                }
            }
        }
    }
    names
}

/// The texts of an element that is one or a list.
fn texts(value: &Value) -> Vec<&str> {
    let one = std::slice::from_ref(value);
    value.as_array().map_or(one, Vec::as_slice).iter().filter_map(Value::as_str).collect()
}

fn of_policies(
    scenario: &Scenario,
    features: &mut BTreeSet<String>,
    operators: &mut BTreeMap<String, usize>,
) {
    let members = &scenario.members;
    let choice = |name: &str| members["choices"][name].as_str().unwrap().to_owned();
    features.insert(format!(
        "choices: {}, {}, {}",
        choice("trust_policy_boundary"),
        choice("plain_everyone"),
        choice("not_principal"),
    ));
    let mut tests = BTreeSet::new();
    let mut resources = Vec::new();
    for (layer, policies) in members["policies"].as_object().unwrap() {
        let mut documents: Vec<&Value> = Vec::new();
        match (layer.as_str(), policies) {
            ("service_control" | "resource_control", rails) => {
                let levels = rails["levels"].as_array().unwrap();
                features.insert(format!("levels: {}", levels.len()));
                if levels.len() > 60 {
                    features.insert("more layers than bits".to_owned());
                }
                for level in levels {
                    let policies = level["policies"].as_array().unwrap();
                    if policies.is_empty() {
                        features.insert("a level without policies".to_owned());
                    }
                    documents.extend(policies);
                }
            }
            ("session", Value::Array(policies)) => {
                features.insert("session policies".to_owned());
                if policies.is_empty() {
                    features.insert("an empty session".to_owned());
                }
                documents.extend(policies);
            }
            (_, Value::Array(policies)) => documents.extend(policies),
            (_, policy) => documents.push(policy),
        }
        match layer.as_str() {
            "endpoint" => features.insert("an endpoint policy".to_owned()),
            "boundary" => features.insert("a boundary".to_owned()),
            _ => false,
        };
        for document in documents {
            of_document(document, layer, features, operators, &mut tests, &mut resources);
        }
    }
    if tests.len() > 64 {
        features.insert("more than 64 tests".to_owned());
    }
    resources.sort();
    let shared = |pair: &[String]| {
        pair[0] != pair[1] && pair[0].chars().zip(pair[1].chars()).take_while(|(a, b)| a == b).count() > 24
    };
    if resources.windows(2).any(shared) {
        features.insert("a long shared prefix".to_owned());
    }
}

fn of_document(
    document: &Value,
    layer: &str,
    features: &mut BTreeSet<String>,
    operators: &mut BTreeMap<String, usize>,
    tests: &mut BTreeSet<String>,
    resources: &mut Vec<String>,
) {
    match document["Version"].as_str() {
        Some("2008-10-17") => features.insert("version 2008".to_owned()),
        None => features.insert("no version".to_owned()),
        Some(_) => false,
    };
    let statements = match &document["Statement"] {
        Value::Array(statements) => statements.clone(),
        Value::Null => Vec::new(),
        one @ (Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => vec![one.clone()],
    };
    let mut bodies = BTreeSet::new();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for statement in &statements {
        let mut body = statement.clone();
        body.as_object_mut().unwrap().remove("Sid");
        if !bodies.insert(body.to_string()) {
            features.insert("a statement twice".to_owned());
        }
        for element in ["Action", "NotAction", "Resource", "NotResource"] {
            let Some(value) = statement.get(element) else { continue };
            if element.starts_with("Not") {
                features.insert(format!("{element} in {layer}"));
            }
            let patterns = texts(value);
            if patterns.iter().collect::<BTreeSet<_>>().len() < patterns.len() {
                features.insert("a pattern twice".to_owned());
            }
            if value.as_array().is_some_and(|patterns| patterns.contains(&Value::Null)) {
                features.insert("a null resource".to_owned());
            }
            for pattern in patterns {
                match element {
                    "Resource" | "NotResource" => {
                        of_resource(pattern, features);
                        resources.push(pattern.to_owned());
                        *times.entry(pattern.to_owned()).or_default() += usize::from(pattern != "*");
                    }
                    _ if pattern.is_ascii() => {}
                    _ => {
                        features.insert("beyond ASCII: action".to_owned());
                    }
                }
            }
        }
        for element in ["Principal", "NotPrincipal"] {
            let Some(value) = statement.get(element) else { continue };
            if element == "NotPrincipal" {
                features.insert("NotPrincipal".to_owned());
            }
            of_principal(value, features);
        }
        let mut keys = BTreeSet::new();
        for (operator, compared) in statement["Condition"].as_object().into_iter().flatten() {
            *operators.entry(operator.clone()).or_default() += 1;
            for (key, values) in compared.as_object().unwrap() {
                tests.insert(format!("{operator} {key} {values}"));
                if !keys.insert(key.to_lowercase()) {
                    features.insert("two tests on one key".to_owned());
                }
                if !key.is_ascii() {
                    features.insert("beyond ASCII: key".to_owned());
                }
                if values.as_array().is_some_and(Vec::is_empty) {
                    features.insert("a test without values".to_owned());
                }
                texts(values).into_iter().for_each(|value| of_value(operator, value, features));
            }
        }
    }
    if times.values().any(|times| *times >= 3) {
        features.insert("a resource in three statements".to_owned());
    }
}

fn of_resource(pattern: &str, features: &mut BTreeSet<String>) {
    let mut when = |holds: bool, feature: &str| {
        if holds {
            features.insert(feature.to_owned());
        }
    };
    let fields: Vec<&str> = pattern.splitn(6, ':').collect();
    when([":*", "*:", ":?", "?:"].iter().any(|near| pattern.contains(near)), "a wildcard beside a colon");
    when([":?", "?:"].iter().any(|near| pattern.contains(near)), "a question mark beside a colon");
    when(fields.iter().filter(|field| field.ends_with('*')).count() > 1, "two fields end in a star");
    when(fields.len() > 1 && fields.len() < 6, "a short ARN");
    when(pattern.split('*').filter(|chunk| !chunk.is_empty()).count() > 2, "three chunks");
    when(!pattern.is_ascii(), "beyond ASCII: resource");
    when(pattern.contains("${a"), "a variable in a resource");
    when(pattern.contains(", '"), "a variable with a default");
    when(pattern.contains("${aws:TagKeys"), "a variable of several values");
    when(["${*}", "${?}", "${$}"].iter().any(|escape| pattern.contains(escape)), "an escaped wildcard");
}

fn of_value(operator: &str, value: &str, features: &mut BTreeSet<String>) {
    let mut when = |holds: bool, feature: &str| {
        if holds {
            features.insert(feature.to_owned());
        }
    };
    let digits = value.chars().filter(char::is_ascii_digit).count();
    when(!value.is_ascii(), "beyond ASCII: value");
    when(value.contains("${a"), "a variable in a condition");
    when(operator.contains("Numeric") && value.contains(['e', 'E']), "a number with an exponent");
    when(operator.contains("Numeric") && digits >= 20, "a number of 20 digits");
    when(operator.contains("Numeric") && value.contains("2147483648"), "a power out of range");
    when(operator.contains("Date") && value.contains("29227"), "an end of time");
    when(operator.contains("Date") && value.contains("02-29"), "a leap day");
    when(operator.contains("Date") && value.contains('T') && value.contains('+'), "an offset from UTC");
    when(operator.contains("IpAddress") && value.contains('.') && !value.contains(':'), "IPv4");
    when(operator.contains("IpAddress") && value.contains(':'), "IPv6");
    when(operator.contains("IpAddress") && value.starts_with("::ffff:"), "IPv4 in IPv6");
}

fn of_principal(value: &Value, features: &mut BTreeSet<String>) {
    let mut add = |name: &str| {
        features.insert(format!("principal: {name}"));
    };
    let Some(members) = value.as_object() else { return add("everyone") };
    for (key, values) in members {
        for text in texts(values) {
            match (&**key, text) {
                ("AWS", "*") => add("everyone, as an object"),
                ("AWS", text) if text.ends_with(":root") => add("root"),
                ("AWS", text) if text.ends_with(":user/bob") => add("bound user"),
                ("AWS", text) if text.ends_with(":role/bob") => add("bound role"),
                ("AWS", text) if text.contains(":user/") => add("user"),
                ("AWS", text) if text.contains(":role/") => add("role"),
                ("AWS", text) if text.contains(":assumed-role/") => add("assumed role"),
                ("AWS", text) if text.contains(":federated-user/") => add("federated user"),
                ("AWS", text) if text.starts_with('A') => add("unique id"),
                ("AWS", _) => add("account"),
                ("Service", _) => add("service"),
                ("Federated", _) => add("provider"),
                ("CanonicalUser", _) => add("canonical user"),
                _ => panic!("{key}"),
            }
        }
    }
}

fn of_requests(scenario: &Scenario, features: &mut BTreeSet<String>) {
    let has_session = scenario.members["policies"].get("session").is_some();
    for (index, request) in scenario.requests.iter().enumerate() {
        of_request(request, has_session, features);
        for before in &scenario.requests[..index] {
            if let Some(feature) = relation(before, request) {
                features.insert(feature.to_owned());
            }
        }
    }
}

fn of_request(request: &Request, has_session: bool, features: &mut BTreeSet<String>) {
    let mut add = |feature: &str| {
        features.insert(feature.to_owned());
    };
    match &request.requester {
        Requester::Anonymous => add("anonymous"),
        Requester::Root { .. } if has_session => add("root with session policies"),
        Requester::Root { .. } => add("root"),
        Requester::User { .. } => add("user"),
        Requester::RoleSession { .. } if request.requester.is_service_linked() => add("service-linked"),
        Requester::RoleSession { origin: SessionOrigin::AssumeRole, .. } => add("role session"),
        Requester::RoleSession { origin: SessionOrigin::Provider(_), .. } => add("session of a provider"),
        Requester::FederatedUser { issuer: FederationIssuer::Root, .. } => add("federated by root"),
        Requester::FederatedUser { issuer: FederationIssuer::User { .. }, .. } => add("federated by a user"),
        Requester::Service { .. } => add("service"),
        Requester::Federated { .. } => add("proof of a provider"),
    }
    let management = Some("999999999999".parse().unwrap());
    if request.requester.account() == management {
        add("a requester of the management account");
    }
    if request.resource.account == management {
        add("a resource of the management account");
    }
    let arn = &request.resource.arn;
    if arn.contains(":kms:") && arn.contains(":key/") {
        add("a KMS key");
    }
    if arn.contains(":role/") && request.action.to_lowercase().starts_with("sts:assumerole") {
        add("a role assumed");
    }
    if arn.len() > 100 {
        add("a resource longer than 100 bytes");
    }
    if request.action.len() > 96 {
        add("an action longer than 96 bytes");
    }
    if request.resource.account.is_none() {
        add("no known owner");
    }
    if arn.contains('*') && arn.len() > 1 {
        add("asked of a resource with the name of a pattern");
    }
    if !arn.is_ascii() || !request.action.is_ascii() {
        add("beyond ASCII: request");
    }
    for (key, value) in request.context.iter() {
        match value {
            ContextValue::Multiple(values) if values.is_empty() => add("a key of no values"),
            ContextValue::Multiple(values) if values.len() > 1 => add("a key of several values"),
            ContextValue::Multiple(_) | ContextValue::Single(_) => {}
        }
        if key.len() > 3 && key.to_uppercase() == key {
            add("a key written in capitals");
        }
    }
}

/// In what a request differs from an earlier one, if in one respect at most.
fn relation(before: &Request, request: &Request) -> Option<&'static str> {
    let same = [
        before.requester == request.requester,
        before.action == request.action,
        before.resource == request.resource,
        before.context == request.context,
    ];
    match same {
        [true, true, true, true] => Some("asked again"),
        [true, false, true, true] => (before.action.to_lowercase() == request.action.to_lowercase())
            .then_some("asked in other case only"),
        [true, true, true, false] => {
            let differs = |one: &Request, other: &Request| {
                let other = other.context.clone();
                let changed =
                    one.context.iter().filter(|(key, value)| other.value(&key.to_lowercase()) != Some(value));
                changed.map(|(key, _)| key.to_lowercase()).collect::<Vec<_>>()
            };
            let keys = [differs(before, request), differs(request, before)].concat();
            if keys.iter().all(|key| key.starts_with("aws:principaltag/")) {
                (!keys.is_empty()).then_some("asked with other tags only")
            } else {
                Some("asked in another context only")
            }
        }
        [false, true, true, _] => Some("asked by another only"),
        _ => None,
    }
}
