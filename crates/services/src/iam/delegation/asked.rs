//! What a filled-in policy says, as far as it is told or checked.

use serde_json::{Map, Value};

/// One statement of a policy that a request asks for.
pub(super) struct Asked {
    /// Whether it denies.
    pub(super) denies: bool,
    /// Which actions it is about.
    pub(super) actions: Listed,
    /// Which resources it is about.
    pub(super) resources: Listed,
    /// Under which conditions: operator, key, values.
    pub(super) conditions: Vec<(String, String, Vec<String>)>,
}

/// What an element lists.
pub(super) enum Listed {
    /// These.
    These(Vec<String>),
    /// All but these.
    AllBut(Vec<String>),
}

/// The statements of a policy, which has been read before as one; none of a text that is none.
pub(super) fn statements(policy: &str) -> Vec<Asked> {
    let document: Value = serde_json::from_str(policy).unwrap_or_default();
    let statements = document.get("Statement").map(several).unwrap_or_default();
    statements.into_iter().filter_map(Value::as_object).map(statement).collect()
}

/// The permissions boundaries that a policy demands of the roles that it lets be made: what conditions on
/// `iam:PermissionsBoundary` say.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DelegationRequest.html>,
/// `RolePermissionRestrictionArns`
pub(super) fn boundaries(policy: &str) -> Vec<String> {
    let conditions = statements(policy).into_iter().flat_map(|statement| statement.conditions);
    let of_boundary = conditions.filter(|(_, key, _)| key.eq_ignore_ascii_case("iam:PermissionsBoundary"));
    let mut arns: Vec<String> = of_boundary.flat_map(|(_, _, values)| values).collect();
    arns.sort_unstable();
    arns.dedup();
    arns
}

fn statement(members: &Map<String, Value>) -> Asked {
    let listed = |name: &str, negated: &str| match members.get(name) {
        Some(these) => Listed::These(texts(these)),
        None => Listed::AllBut(members.get(negated).map(texts).unwrap_or_default()),
    };
    let operators = members.get("Condition").and_then(Value::as_object).into_iter().flatten();
    let conditions = operators.flat_map(|(operator, keys)| {
        let keys = keys.as_object().into_iter().flatten();
        keys.map(|(key, values)| (operator.clone(), key.clone(), texts(values)))
    });
    Asked {
        denies: members.get("Effect").and_then(Value::as_str) != Some("Allow"),
        actions: listed("Action", "NotAction"),
        resources: listed("Resource", "NotResource"),
        conditions: conditions.collect(),
    }
}

fn several(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => vec![value],
    }
}

fn texts(value: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    several(value).into_iter().map(text).collect()
}
