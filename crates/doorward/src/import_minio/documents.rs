//! Policies of MinIO's, which mean the same here or are refused.
//!
//! Source: <https://min.io/docs/minio/linux/administration/identity-access-management/policy-based-access-control.html>

use serde_json::{Map, Value};

/// The beginnings of actions that only MinIO has: they administer MinIO itself.
const OWN_ACTIONS: [&str; 2] = ["admin:", "kms:"];

/// The beginnings of condition keys that mean here what they mean there.
const SAME_KEYS: [&str; 2] = ["aws:", "s3:"];

/// Condition keys among those that have another value here, or none: for MinIO `aws:userid` is a name, and
/// `aws:principaltype` tells service accounts from users.
const OTHER_KEYS: [&str; 3] = ["aws:groups", "aws:userid", "aws:principaltype"];

/// The beginnings of variables that only MinIO has.
const OWN_VARIABLES: [&str; 3] = ["${jwt:", "${ldap:", "${svc:"];

/// The condition key that names who asks.
const NAME_KEY: &str = "aws:username";

/// How the resources begin that MinIO has.
const BUCKETS: &str = "arn:aws:s3:::";

/// A policy of MinIO's, as it is here.
#[derive(Debug, PartialEq, Eq)]
pub struct Converted {
    /// The document.
    pub text: String,
    /// How many statements were left out that allow only what MinIO alone has.
    pub left_out: usize,
    /// Whether it speaks of the name of whoever asks.
    pub names_user: bool,
}

/// A policy of MinIO's, as it must be written here.
///
/// Statements that allow nothing but administering MinIO are left out: they would allow nothing here. `None` where that is all.
///
/// # Errors
/// The reason why it would mean something else here.
pub fn converted(text: &str) -> Result<Option<Converted>, String> {
    let mut document: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| format!("it is no policy: {error}"))?;
    for found in texts(&document) {
        if let Some(own) = OWN_VARIABLES.iter().find(|own| found.to_ascii_lowercase().contains(*own)) {
            return Err(format!("it has a variable `{own}…}}` that only MinIO fills in"));
        }
        let has = |key: &&&str| found.to_ascii_lowercase().contains(&format!("${{{key}"));
        if let Some(key) = OTHER_KEYS.iter().find(has) {
            return Err(format!("it has a variable `${{{key}…}}` that has another value here"));
        }
    }
    let statements = match document.get("Statement") {
        Some(Value::Array(list)) => list.clone(),
        Some(one @ Value::Object(_)) => vec![one.clone()],
        _ => return Err("it has no statements".to_owned()),
    };
    let keys: Vec<String> = statements.iter().flat_map(condition_keys).collect();
    if let Some(key) = keys.iter().find(|key| !is_same(key)) {
        return Err(format!("it has the condition key `{key}`, which MinIO alone fills in so"));
    }
    if let Some(statement) = statements.iter().find(|statement| reaches_further(statement)) {
        return Err(format!(
            "its statement `{statement}` allows more than buckets here: write actions as `s3:*`, or resources as `{BUCKETS}*`"
        ));
    }
    let variable = format!("${{{NAME_KEY}");
    let names_user = texts(&document).iter().any(|text| text.to_ascii_lowercase().contains(&variable))
        || keys.iter().any(|key| key.eq_ignore_ascii_case(NAME_KEY));
    let kept: Vec<Value> = statements.iter().filter(|statement| !is_own(statement)).cloned().collect();
    let left_out = statements.len() - kept.len();
    let id = document.remove("ID");
    if left_out == 0 && id.is_none() {
        return Ok(Some(Converted { text: text.to_owned(), left_out, names_user }));
    }
    if kept.is_empty() {
        return Ok(None);
    }
    document.insert("Statement".to_owned(), Value::Array(kept));
    if let Some(id) = id.filter(|id| id != "") {
        document.insert("Id".to_owned(), id);
    }
    Ok(Some(Converted { text: Value::Object(document).to_string(), left_out, names_user }))
}

/// Whether a statement allows actions of whatever service on whatever resource. MinIO has no other than its own; here that
/// is managing identities.
///
/// Source: <https://github.com/minio/pkg>, `policy/action.go` and `policy/resource.go`
fn reaches_further(statement: &Value) -> bool {
    let of_any_service = |action: &str| action.split(':').next().unwrap_or(action).contains(['*', '?']);
    let of_buckets = |resource: &str| resource.starts_with(BUCKETS);
    let allows = statement.get("Effect").is_some_and(|effect| effect == "Allow");
    let any_action = statement.get("NotAction").is_some() || listed(statement, "Action").any(of_any_service);
    let any_resource =
        statement.get("NotResource").is_some() || !listed(statement, "Resource").all(of_buckets);
    allows && any_action && any_resource
}

/// The texts of an element that is one or a list of them.
fn listed<'a>(statement: &'a Value, name: &str) -> impl Iterator<Item = &'a str> {
    let found = statement.get(name);
    let list = found.and_then(Value::as_array).into_iter().flatten();
    found.into_iter().filter(|found| found.is_string()).chain(list).filter_map(Value::as_str)
}

/// Whether a statement allows only what MinIO alone has, on no resource.
fn is_own(statement: &Value) -> bool {
    let actions = match statement.get("Action") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(list)) => list.iter().map(|action| action.as_str().unwrap_or_default()).collect(),
        _ => return false,
    };
    let own = |action: &&str| OWN_ACTIONS.iter().any(|own| action.to_ascii_lowercase().starts_with(own));
    let bare = ["Resource", "NotResource"].iter().all(|name| statement.get(*name).is_none_or(is_empty));
    statement.get("Effect").is_some_and(|effect| effect == "Allow")
        && !actions.is_empty()
        && actions.iter().all(own)
        && bare
}

fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty)
}

fn condition_keys(statement: &Value) -> Vec<String> {
    let tests = statement.get("Condition").and_then(Value::as_object);
    let keys = tests.into_iter().flat_map(|tests| tests.values()).filter_map(Value::as_object);
    keys.flat_map(|keys| keys.keys().cloned()).collect()
}

fn is_same(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    SAME_KEYS.iter().any(|same| key.starts_with(same)) && !OTHER_KEYS.contains(&key.as_str())
}

/// All texts in a document.
fn texts(document: &Map<String, Value>) -> Vec<&str> {
    let (mut found, mut left): (Vec<&str>, Vec<&Value>) = (Vec::new(), document.values().collect());
    while let Some(value) = left.pop() {
        match value {
            Value::String(text) => found.push(text),
            Value::Array(list) => left.extend(list),
            Value::Object(map) => left.extend(map.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOW: &str = r#"{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::b/*"]}"#;

    fn policy(statements: &[&str]) -> String {
        format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","))
    }

    #[test]
    fn what_means_the_same_stays_as_it_is() {
        let conditioned = r#"{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringNotLike":{"s3:prefix":"${aws:username}/*"}}}"#;
        let named = r#"{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:UserName":"ada"}}}"#;
        for (statements, names_user) in
            [(vec![ALLOW], false), (vec![ALLOW, conditioned], true), (vec![ALLOW, named], true)]
        {
            let text = policy(&statements);
            let expected = Converted { text: text.clone(), left_out: 0, names_user };
            assert_eq!(converted(&text), Ok(Some(expected)));
        }
    }

    #[test]
    fn statements_that_allow_administering_minio_are_left_out() {
        let admin = r#"{"Effect":"Allow","Action":["admin:*"]}"#;
        let kms = r#"{"Effect":"Allow","Action":"kms:*","Resource":[]}"#;
        let read = converted(&policy(&[admin, ALLOW, kms])).unwrap().unwrap();
        assert_eq!(read.left_out, 2);
        let expected: Value = serde_json::from_str(&policy(&[ALLOW])).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&read.text).unwrap(), expected);
        assert_eq!(converted(&policy(&[admin])), Ok(None));
        // What denies, or names a resource, stays, and is judged by the rules for policies.
        for kept in [
            r#"{"Effect":"Deny","Action":["admin:*"]}"#,
            r#"{"Effect":"Allow","Action":["kms:Decrypt"],"Resource":["arn:aws:kms:::k"]}"#,
            r#"{"Effect":"Allow","Action":["admin:*","s3:*"]}"#,
            r#"{"Effect":"Allow","NotAction":["admin:*"]}"#,
        ] {
            assert_eq!(converted(&policy(&[kept])).unwrap().unwrap().left_out, 0, "{kept}");
        }
    }

    #[test]
    fn what_only_minio_fills_in_is_refused() {
        for (statement, expected) in [
            (
                r#"{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${JWT:preferred_username}"}"#,
                "it has a variable `${jwt:…}` that only MinIO fills in",
            ),
            (
                r#"{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"ldap:user":"x"}}}"#,
                "it has the condition key `ldap:user`, which MinIO alone fills in so",
            ),
            (
                r#"{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"ForAnyValue:StringEquals":{"aws:groups":["x"]}}}"#,
                "it has the condition key `aws:groups`, which MinIO alone fills in so",
            ),
            (
                r#"{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:UserId":"ada"}}}"#,
                "it has the condition key `aws:UserId`, which MinIO alone fills in so",
            ),
            (
                r#"{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::${aws:userid}/*"}"#,
                "it has a variable `${aws:userid…}` that has another value here",
            ),
        ] {
            assert_eq!(converted(&policy(&[statement])), Err(expected.to_owned()));
        }
        assert_eq!(converted("{}"), Err("it has no statements".to_owned()));
        assert!(converted("[]").unwrap_err().starts_with("it is no policy: "));
    }

    #[test]
    fn what_would_allow_more_than_buckets_is_refused() {
        for (elements, refused) in [
            (r#""Action":"*","Resource":"*""#, true),
            (r#""Action":["s3:Get*","?3:*"],"Resource":["arn:aws:s3:::b/*","*"]"#, true),
            (r#""Action":"*","NotResource":"arn:aws:s3:::b/*""#, true),
            (r#""NotAction":"s3:DeleteBucket","Resource":"*""#, true),
            (r#""Action":"*","Resource":"arn:aws:s3:::*""#, false),
            (r#""NotAction":"s3:DeleteBucket","Resource":["arn:aws:s3:::b/*"]"#, false),
            (r#""Action":"s3:*","Resource":"*""#, false),
        ] {
            let refuses = |effect: &str| {
                let read = converted(&policy(&[&format!(r#"{{"Effect":"{effect}",{elements}}}"#)]));
                read.is_err_and(|reason| reason.contains("allows more than buckets here"))
            };
            assert_eq!(refuses("Allow"), refused, "{elements}");
            assert!(!refuses("Deny"), "{elements}");
        }
    }

    #[test]
    fn the_id_is_written_as_aws_writes_it() {
        let with_id = |name: &str, id: &str| {
            format!(r#"{{"{name}":"{id}","Statement":[{ALLOW}],"Version":"2012-10-17"}}"#)
        };
        let read = converted(&with_id("ID", "mine")).unwrap().unwrap();
        let expected: Value = serde_json::from_str(&with_id("Id", "mine")).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&read.text).unwrap(), expected);
        let expected: Value = serde_json::from_str(&policy(&[ALLOW])).unwrap();
        assert_eq!(
            serde_json::from_str::<Value>(&converted(&with_id("ID", "")).unwrap().unwrap().text).unwrap(),
            expected
        );
    }
}
