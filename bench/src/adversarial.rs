//! Policies that are written to be slow: what a tenant might attach to make everybody wait.
//!
//! Each family keeps to AWS's limits: ten managed policies of 6,144 characters without white space, an ARN of 2,048. None
//! of them grants: whatever is tried is tried in vain, to the end.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

use std::ops::Range;

use serde_json::{Map, Value, json};

use crate::generate::ACCOUNT;

/// How many characters a managed policy may have, white space not counted.
pub const POLICY_CHARACTERS_MAX: usize = 6_144;

/// How many managed policies may be attached to a user.
pub const POLICIES_MAX: usize = 10;

/// How many characters an ARN may have.
pub const ARN_CHARACTERS_MAX: usize = 2_048;

/// How far apart the numbers of two documents are: more than one has room for.
const APART: usize = 1_000;

const ACTION: &str = "s3:GetObject";
const BUCKET: &str = "arn:aws:s3:::b/";

/// Bad input of one sort.
#[derive(Clone, Debug)]
pub struct Adversary {
    /// What is bad about it.
    pub name: &'static str,
    /// The workload, with one request, which nothing allows.
    pub workload: Value,
}

/// All families.
#[must_use]
pub fn families() -> Vec<Adversary> {
    let mut families = patterns();
    families.extend(clauses());
    families.extend(values());
    families
}

/// Patterns of resources.
fn patterns() -> Vec<Adversary> {
    let a = "a".repeat(ARN_CHARACTERS_MAX - BUCKET.len());
    let ab = "ab".repeat((ARN_CHARACTERS_MAX - BUCKET.len()) / 2);
    let falling: String = (0..=500).rev().map(|number| format!("{number:03}.")).collect();
    let family = |name, object: &str, pattern: &dyn Fn(usize) -> String| {
        let resource = |place| format!("{BUCKET}{}", pattern(place));
        let documents = packed(|places| allow(json!(places.map(resource).collect::<Vec<_>>())));
        adversary(name, documents, object, &json!({}))
    };
    vec![
        family("stars between letters: a*a*a*…b", &a, &|place| format!("{}b{place}", "a*".repeat(40))),
        family("one star, then letters and any: *a?a?a?…b", &a, &|place| {
            format!("*{}b{place}", "a?".repeat(40))
        }),
        family("the same between two stars: *a?a?…b?*", &a, &|place| {
            format!("*{}b?*{place}*", "a?".repeat(40))
        }),
        family("halves that nearly match: *aaa…b*", &a, &|place| format!("*{}b*{place}", "a".repeat(60))),
        family("periods: *abab…c*", &ab, &|place| format!("*{}c*{place}", "ab".repeat(30))),
        family("shared chunks: *ab*ba*ab*…", &ab, &|place| format!("*{}*x{place}", "ab*ba*".repeat(8))),
        family("what is there, in the wrong order: *012.*013.*", &falling, &|place| {
            let first = place % 499;
            format!("*{first:03}.*{:03}.*", first + 1 + place / 499 % 2)
        }),
        family("short patterns by the thousand: *b1, *b2, …", &a, &|place| format!("*b{place}")),
        family("only any: *????…", &a, &|place| format!("*{}{place}", "?".repeat(100))),
    ]
}

/// Clauses other than resources, and prefixes with conditions.
fn clauses() -> Vec<Adversary> {
    let a = "a".repeat(ARN_CHARACTERS_MAX - BUCKET.len());
    let name = json!({"aws:username": "a".repeat(64)});
    let variables = packed(|places| {
        allow(json!(
            places.map(|place| format!("{BUCKET}*${{aws:username}}*a?a*b{place}")).collect::<Vec<_>>()
        ))
    });
    vec![
        adversary("a chain of prefixes: a*, aa*, aaa*, …", packed(prefixes), &a, &json!({})),
        adversary("not one of many: NotResource", packed(not_resources), &a, &json!({})),
        adversary("actions of stars: s3:*e*t*…", packed(actions), &a, &json!({})),
        adversary("a condition of each key", packed(keys), &a, &json!({})),
        adversary("variables in patterns: ${aws:username}*…", variables, &a, &name),
    ]
}

/// Values in conditions.
fn values() -> Vec<Adversary> {
    let agent = json!({"aws:UserAgent": "a".repeat(1_000)});
    let tags: Vec<String> = (0..50).map(|tag| format!("{}{tag}", "a".repeat(100))).collect();
    let tags = json!({"aws:TagKeys": tags});
    let source = format!("arn:aws:sns:eu-west-1:{ACCOUNT}:{}", "a".repeat(900));
    let family = |name, operator: &str, context: &Value, value: &dyn Fn(usize) -> String| {
        let key = context.as_object().and_then(|keys| keys.keys().next()).cloned().unwrap_or_default();
        adversary(name, packed(|places| listed(operator, &key, places, value)), "a", context)
    };
    let alone = packed(|places| alone("StringLike", "aws:UserAgent", places));
    vec![
        adversary("many conditions on one text", alone, "a", &agent),
        family("long lists of values", "StringLike", &agent, &|place| format!("*a?a{place}")),
        family("all values of a long list", "ForAllValues:StringLike", &tags, &|place| {
            format!("a*a*b{place}")
        }),
        family("any value of a long list", "ForAnyValue:StringLike", &tags, &|place| {
            format!("*a?a*b{place}")
        }),
        family("long lists of networks", "IpAddress", &json!({"aws:SourceIp": "203.0.113.9"}), &|place| {
            format!("10.{}.{}.0/24", place / 250 % 250, place % 250)
        }),
        family(
            "long lists of numbers",
            "NumericEquals",
            &json!({"aws:MultiFactorAuthAge": "999999"}),
            &|place| place.to_string(),
        ),
        family("ARNs in conditions", "ArnLike", &json!({"aws:SourceArn": source}), &|place| {
            format!("arn:aws:sns:*:*:*a*a?{place}")
        }),
    ]
}

/// A user with these ten documents, who asks for an object of this name.
#[must_use]
pub fn adversary(name: &'static str, documents: Vec<Value>, object: &str, context: &Value) -> Adversary {
    let policies = documents.into_iter().enumerate().map(|(place, document)| {
        json!({
            "PolicyName": format!("P{place}"),
            "PolicyArn": format!("arn:aws:iam::{ACCOUNT}:policy/P{place}"),
            "Document": document,
        })
    });
    let everything =
        json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]});
    let workload = json!({
        "account": ACCOUNT,
        "principal": {"username": "alice", "userid": "AIDAEXAMPLEALICE00001"},
        "resource_account": ACCOUNT,
        "identity_policies": policies.collect::<Vec<_>>(),
        "scps": [[everything]],
        "requests": [{
            "id": name, "action": ACTION, "resource": format!("{BUCKET}{object}"), "context": context,
            "expected": "ImplicitDeny",
        }],
    });
    Adversary { name, workload }
}

/// Ten documents, each as full as it may be: `document` makes one with so many of whatever it repeats, each with a number
/// of its own. No two documents are about the same numbers, so that none can stand for the others.
fn packed(document: impl Fn(Range<usize>) -> Value) -> Vec<Value> {
    let last = (POLICIES_MAX - 1) * APART;
    // The numbers of the last document are the longest.
    let fits = |count: usize| characters(&document(last..last + count)) <= POLICY_CHARACTERS_MAX;
    let mut count = 1;
    while fits(count * 2) {
        count *= 2;
    }
    for step in std::iter::successors(Some(count / 2), |step| Some(step / 2)).take_while(|step| *step > 0) {
        if fits(count + step) {
            count += step;
        }
    }
    (0..POLICIES_MAX).map(|place| document(place * APART..place * APART + count)).collect()
}

/// How many characters of a document count.
#[must_use]
pub fn characters(document: &Value) -> usize {
    document.to_string().chars().filter(|character| !character.is_whitespace()).count()
}

fn document(statements: Vec<Value>) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

fn allow(resources: Value) -> Value {
    document(vec![json!({"Effect": "Allow", "Action": ACTION, "Resource": resources})])
}

/// Prefixes that match, each with a condition that does not: the longer, the more of them there are to try.
fn prefixes(places: Range<usize>) -> Value {
    let statement = |place: usize| {
        json!({
            "Effect": "Deny", "Action": "s3:*", "Resource": format!("{BUCKET}{}*", "a".repeat(place % APART)),
            "Condition": {"StringEquals": {"aws:UserAgent": place.to_string()}},
        })
    };
    document(places.map(statement).collect())
}

fn not_resources(places: Range<usize>) -> Value {
    let mut resources: Vec<String> = places.map(|place| format!("{BUCKET}*a?a*b{place}")).collect();
    // The only one that matches.
    resources.push(format!("{BUCKET}*aaaa*"));
    document(vec![json!({"Effect": "Allow", "Action": ACTION, "NotResource": resources})])
}

fn actions(places: Range<usize>) -> Value {
    let actions: Vec<String> = places.map(|place| format!("s3:*e*t*?b*{place}")).collect();
    document(vec![json!({"Effect": "Allow", "Action": actions, "Resource": "*"})])
}

/// Statements of one condition each.
fn alone(operator: &str, key: &str, places: Range<usize>) -> Value {
    let statement = |place: usize| {
        let value = format!("{}b{place}", "a*".repeat(20));
        json!({"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {operator: {key: value}}})
    };
    document(places.map(statement).collect())
}

fn listed(operator: &str, key: &str, places: Range<usize>, value: &dyn Fn(usize) -> String) -> Value {
    let values: Vec<String> = places.map(value).collect();
    let condition = json!({operator: {key: values}});
    document(vec![json!({"Effect": "Allow", "Action": ACTION, "Resource": "*", "Condition": condition})])
}

/// Conditions that hold, because their keys are missing, and one that does not.
fn keys(places: Range<usize>) -> Value {
    let tag = |place: usize| (format!("aws:RequestTag/{place}"), json!("a"));
    let missing: Map<String, Value> = places.map(tag).collect();
    let condition = json!({"StringEqualsIfExists": missing, "StringLike": {"aws:username": "*a?b*"}});
    document(vec![json!({"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": condition})])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ways;
    use crate::workload::{Expected, Workload};

    #[test]
    fn families_keep_the_limits_and_grant_nothing() {
        for Adversary { name, workload } in families() {
            let request = &workload["requests"][0];
            assert!(request["resource"].as_str().unwrap().len() <= ARN_CHARACTERS_MAX, "{name}");
            let policies = workload["identity_policies"].as_array().unwrap().clone();
            assert_eq!(policies.len(), POLICIES_MAX, "{name}");
            for policy in policies {
                let characters = characters(&policy["Document"]);
                assert!((4_000..=POLICY_CHARACTERS_MAX).contains(&characters), "{name}: {characters}");
            }
            let workload = Workload::read(workload).unwrap_or_else(|error| panic!("{name}: {error}"));
            let answer = ways::prepared(&workload).judge.ask(0);
            assert_eq!(answer, Some(Expected::ImplicitDeny), "{name}");
        }
    }
}
