//! Policies that are written to be slow: what a tenant might attach to make everybody wait.
//!
//! Each family keeps to AWS's limits: ten managed policies of 6,144 characters without white space, an ARN of 2,048. None
//! of them grants: whatever is tried is tried in vain, to the end.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>

use serde_json::{Map, Value, json};

use crate::generate::ACCOUNT;

/// How many characters a managed policy may have, white space not counted.
pub const POLICY_CHARACTERS_MAX: usize = 6_144;

/// How many managed policies may be attached to a user.
pub const POLICIES_MAX: usize = 10;

/// How many characters an ARN may have.
pub const ARN_CHARACTERS_MAX: usize = 2_048;

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
    let a = "a".repeat(ARN_CHARACTERS_MAX - BUCKET.len());
    let ab = "ab".repeat((ARN_CHARACTERS_MAX - BUCKET.len()) / 2);
    let agent = json!({"aws:UserAgent": "a".repeat(1_000)});
    let tags: Vec<String> = (0..50).map(|tag| format!("{}{tag}", "a".repeat(100))).collect();
    let tags = json!({"aws:TagKeys": tags});
    let none = json!({});
    let resources = |pattern: &dyn Fn(usize) -> String| {
        packed(|count| {
            allow(json!((0..count).map(|place| format!("{BUCKET}{}", pattern(place))).collect::<Vec<_>>()))
        })
    };
    vec![
        adversary(
            "stars between letters: a*a*a*…b",
            resources(&|place| format!("{}b{place}", "a*".repeat(40))),
            &a,
            &none,
        ),
        adversary(
            "one star, then letters and any: *a?a?a?…b",
            resources(&|place| format!("*{}b{place}", "a?".repeat(40))),
            &a,
            &none,
        ),
        adversary(
            "halves that nearly match: *aaa…b*",
            resources(&|place| format!("*{}b*{place}", "a".repeat(60))),
            &a,
            &none,
        ),
        adversary(
            "periods: *abab…c*",
            resources(&|place| format!("*{}c*{place}", "ab".repeat(30))),
            &ab,
            &none,
        ),
        adversary(
            "shared chunks: *ab*ba*ab*…",
            resources(&|place| format!("*{}*x{place}", "ab*ba*".repeat(8))),
            &ab,
            &none,
        ),
        adversary(
            "short patterns by the thousand: *b1, *b2, …",
            resources(&|place| format!("*b{place}")),
            &a,
            &none,
        ),
        adversary("a chain of prefixes: a*, aa*, aaa*, …", prefixes(), &a, &none),
        adversary("only any: ????…", resources(&|place| "?".repeat(100 + place)), &a, &none),
        adversary("not one of many: NotResource", packed(not_resources), &a, &none),
        adversary("actions of stars: s3:*e*t*…", packed(actions), &a, &none),
        adversary(
            "many conditions on one text",
            packed(|count| {
                conditional(count, "StringLike", "aws:UserAgent", &|place| {
                    json!(format!("{}b{place}", "a*".repeat(20)))
                })
            }),
            &a,
            &agent,
        ),
        adversary(
            "long lists of values",
            packed(|count| listed("StringLike", "aws:UserAgent", count, &|place| format!("*a?a{place}"))),
            &a,
            &agent,
        ),
        adversary(
            "all values of a long list",
            packed(|count| {
                listed("ForAllValues:StringLike", "aws:TagKeys", count, &|place| format!("a*a*b{place}"))
            }),
            &a,
            &tags,
        ),
        adversary(
            "any value of a long list",
            packed(|count| {
                listed("ForAnyValue:StringLike", "aws:TagKeys", count, &|place| format!("*a?a*b{place}"))
            }),
            &a,
            &tags,
        ),
        adversary(
            "long lists of networks",
            packed(|count| {
                listed("IpAddress", "aws:SourceIp", count, &|place| {
                    format!("10.{}.{}.0/24", place / 250, place % 250)
                })
            }),
            &a,
            &json!({"aws:SourceIp": "203.0.113.9"}),
        ),
        adversary(
            "long lists of numbers",
            packed(|count| {
                listed("NumericEquals", "aws:MultiFactorAuthAge", count, &|place| place.to_string())
            }),
            &a,
            &json!({"aws:MultiFactorAuthAge": "999999"}),
        ),
        adversary(
            "ARNs in conditions",
            packed(|count| {
                listed("ArnLike", "aws:SourceArn", count, &|place| format!("arn:aws:sns:*:*:*a*a?{place}"))
            }),
            &a,
            &json!({"aws:SourceArn": format!("arn:aws:sns:eu-west-1:{ACCOUNT}:{}", "a".repeat(900))}),
        ),
        adversary("a condition of each key", packed(keys), &a, &none),
        adversary(
            "variables in patterns: ${aws:username}*…",
            resources(&|place| format!("*${{aws:username}}*a?a*b{place}")),
            &a,
            &json!({"aws:username": "a".repeat(64)}),
        ),
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

/// Ten documents, each as full as it may be: `document` makes one with so many of whatever it repeats. No two are the
/// same, so that none can stand for the others.
fn packed(document: impl Fn(usize) -> Value) -> Vec<Value> {
    let fits = |count: usize| characters(&document(count)) <= POLICY_CHARACTERS_MAX;
    let mut count = 1;
    while fits(count * 2) {
        count *= 2;
    }
    for step in std::iter::successors(Some(count / 2), |step| Some(step / 2)).take_while(|step| *step > 0) {
        if fits(count + step) {
            count += step;
        }
    }
    (0..POLICIES_MAX).map(|less| document(count.saturating_sub(less).max(1))).collect()
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
fn prefixes() -> Vec<Value> {
    packed(|count| {
        let statement = |place: usize| {
            json!({
                "Effect": "Deny", "Action": "s3:*", "Resource": format!("{BUCKET}{}*", "a".repeat(place)),
                "Condition": {"StringEquals": {"aws:UserAgent": place.to_string()}},
            })
        };
        document((0..count).map(statement).collect())
    })
}

fn not_resources(count: usize) -> Value {
    let mut resources: Vec<String> = (0..count).map(|place| format!("{BUCKET}*a?a*b{place}")).collect();
    // The only one that matches.
    resources.push(format!("{BUCKET}*aaaa*"));
    document(vec![json!({"Effect": "Allow", "Action": ACTION, "NotResource": resources})])
}

fn actions(count: usize) -> Value {
    let actions: Vec<String> = (0..count).map(|place| format!("s3:*e*t*?b*{place}")).collect();
    document(vec![json!({"Effect": "Allow", "Action": actions, "Resource": "*"})])
}

fn conditional(count: usize, operator: &str, key: &str, value: &dyn Fn(usize) -> Value) -> Value {
    let statement = |place: usize| {
        let mut condition = Map::new();
        condition.insert(operator.to_owned(), json!({key: value(place)}));
        json!({"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": condition})
    };
    document((0..count).map(statement).collect())
}

fn listed(operator: &str, key: &str, count: usize, value: &dyn Fn(usize) -> String) -> Value {
    let values: Vec<String> = (0..count).map(value).collect();
    let mut condition = Map::new();
    condition.insert(operator.to_owned(), json!({key: values}));
    document(vec![json!({"Effect": "Allow", "Action": ACTION, "Resource": "*", "Condition": condition})])
}

/// Conditions that hold, because their keys are missing, and one that does not.
fn keys(count: usize) -> Value {
    let tag = |place: usize| (format!("aws:RequestTag/{place}"), json!("a"));
    let missing: Map<String, Value> = (0..count).map(tag).collect();
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
