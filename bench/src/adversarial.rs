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
    families.extend(distinct());
    families.extend(clauses());
    families.extend(values());
    families.extend(many_values());
    families.extend(statements());
    families
}

/// Patterns of resources.
fn patterns() -> Vec<Adversary> {
    let a = "a".repeat(ARN_CHARACTERS_MAX - BUCKET.len());
    let ab = "ab".repeat((ARN_CHARACTERS_MAX - BUCKET.len()) / 2);
    let falling = falling();
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

fn family(name: &'static str, object: &str, pattern: &dyn Fn(usize) -> String) -> Adversary {
    let resource = |place| format!("{BUCKET}{}", pattern(place));
    let documents = packed(|places| allow(json!(places.map(resource).collect::<Vec<_>>())));
    adversary(name, documents, object, &json!({}))
}

/// What `place` comes to in digits of two sorts, so many of them, which look like any others.
fn scrambled(place: usize, count: usize) -> impl Iterator<Item = bool> {
    let mut state = (place as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 63 == 1
    })
    .take(count)
}

/// Patterns of resources that share as little as they can, and of which a part is found.
fn distinct() -> Vec<Adversary> {
    let length = ARN_CHARACTERS_MAX - BUCKET.len();
    let a = "a".repeat(length);
    let letters = |place: usize, count: usize| -> String {
        scrambled(place, count).map(|is_b| if is_b { 'b' } else { 'a' }).collect()
    };
    let random = letters(APART * APART, length);
    let alphabet: String = ('!'..='~').filter(|letter| !"\"#$%&'*?\\<>".contains(*letter)).collect();
    let symbol = |place: usize| alphabet.chars().nth(place % alphabet.len()).unwrap_or('!');
    let cycle: String = alphabet.chars().cycle().take(length).collect();
    let spread: String = (0..length).map(|place| symbol(place * place / 7 + place)).collect();
    let accents = "\u{e9}".repeat(length);
    vec![
        family("letters and any, all different: *a?b?a?…*", &random, &|place| {
            let piece: Vec<String> = letters(place, 24).chars().map(String::from).collect();
            format!("*{}*", piece.join("?"))
        }),
        family(
            "long ones, nearly everywhere: *a?aa?a…b?*",
            &format!("{}b{}", "a".repeat(900), "a".repeat(900)),
            &|place| {
                let piece: Vec<&str> =
                    scrambled(place, 40).map(|both| if both { "a" } else { "?" }).collect();
                format!("*b{}b*", piece.concat())
            },
        ),
        family("short ones, all different: *x?y*", &spread, &|place| {
            let (first, second) = (symbol(place / alphabet.len()), symbol(place));
            format!("*{first}?{second}*\u{7f}").replace('\u{7f}', "~?~*")
        }),
        family("single letters, all different: *x*y*z*…", &cycle, &|place| {
            let letters: String =
                (0..40).map(|step| format!("*{}", symbol(place * 31 + step * (place % 83)))).collect();
            format!("{letters}*~~*")
        }),
        family("pairs, all different: *12*34*56*…", &falling(), &|place| {
            format!("*{:02}*{:02}*{:02}*x", place % 97, place * 7 % 89, place * 13 % 83)
        }),
        family("parts of each other: *a*aa*aaa*…", &a, &|place| {
            let lengths = (0..6).map(|step| (place * 7 + step * 5) % 23 + 1);
            let pieces: String = lengths.map(|length| format!("*{}", "a".repeat(length))).collect();
            format!("{pieces}*b*")
        }),
        family("characters of two bytes, and any: *?\u{e9}?…", &accents, &|place| {
            format!("*{}a?*{place}?*", "?\u{e9}".repeat(20))
        }),
        family("a prefix of each length, and any: a*?b", &a, &|place| {
            format!("{}*{}?b?*", "a".repeat(place % 40), "a?".repeat(place % 7))
        }),
    ]
}

fn falling() -> String {
    (0..=500).rev().map(|number| format!("{number:03}.")).collect()
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
        adversary("variables, each with something else: *${aws:username}x…*", followed(), &pairs(), &name),
        resources("field by field: arn:aws:logs:eu-west-?:…", &|place| {
            format!("arn:aws:logs:eu-west-?:111111111111:b/*{}b?*{place}*", "a?".repeat(30))
        }),
        resources("field by field and across: arn:aws:logs:eu-west-?:*:…", &|place| {
            format!("arn:aws:logs:eu-west-?:*:b/*{}b?*{place}*", "a?".repeat(30))
        }),
    ]
}

/// Patterns with a variable, of which what follows it is there, but not behind it.
fn followed() -> Vec<Value> {
    packed(|places| {
        let pattern = |place: usize| format!("{BUCKET}*${{aws:username}}{:03}*", place % 400);
        allow(json!(places.map(pattern).collect::<Vec<_>>()))
    })
}

/// An object's name with the numbers up to 400 in it, and as many `a`s as fit.
fn pairs() -> String {
    let numbers: String = (0..400).map(|number| format!("{number:03}.")).collect();
    let rest = ARN_CHARACTERS_MAX - BUCKET.len() - numbers.len();
    numbers + &"a".repeat(rest)
}

/// Patterns of resources in a region, with colons in their names.
fn resources(name: &'static str, pattern: &dyn Fn(usize) -> String) -> Adversary {
    let start = "arn:aws:logs:eu-west-1:111111111111:b/:";
    let resource = format!("{start}{}", "a".repeat(ARN_CHARACTERS_MAX - start.len()));
    let documents = packed(|places| allow(json!(places.map(pattern).collect::<Vec<_>>())));
    let mut made = adversary(name, documents, "", &json!({}));
    made.workload.pointer_mut("/requests/0/resource").into_iter().for_each(|asked| *asked = json!(resource));
    made
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

/// Conditions on keys with as many values as AWS lets a request have tags.
fn many_values() -> Vec<Adversary> {
    let fifty =
        |value: &dyn Fn(usize) -> String| json!({"aws:TagKeys": (0..50).map(value).collect::<Vec<_>>()});
    let tags = fifty(&|tag| format!("{}{tag}", "a".repeat(100)));
    let family = |name, operator: &str, context: &Value, value: &dyn Fn(usize) -> String| {
        adversary(name, packed(|places| listed(operator, "aws:TagKeys", places, value)), "a", context)
    };
    vec![
        family("any value, behind one letter: a*1*", "ForAnyValue:StringLike", &tags, &|place| {
            format!("a*{place}x*")
        }),
        family("any value, all different and any: *1?*", "ForAnyValue:StringLike", &tags, &|place| {
            format!("*{}?x*", place % 100)
        }),
        family("any of many words in either case", "ForAnyValue:StringEqualsIgnoreCase", &tags, &|place| {
            format!("{}b{place}", "A".repeat(20))
        }),
        family(
            "any of many ARNs",
            "ForAnyValue:ArnLike",
            &fifty(&|tag| format!("arn:a:a:a:a:{}:{tag}", "a".repeat(80))),
            &|place| format!("arn:*:a:*:a:*a?b{place}*"),
        ),
        family(
            "any of many numbers",
            "ForAnyValue:NumericEquals",
            &fifty(&|tag| (tag + 99_999).to_string()),
            &|place| place.to_string(),
        ),
        family(
            "any of many addresses",
            "ForAnyValue:IpAddress",
            &fifty(&|tag| format!("203.0.113.{tag}")),
            &|place| format!("10.{}.{}.0/24", place / 250 % 250, place % 250),
        ),
        family(
            "any of many dates",
            "ForAnyValue:DateEquals",
            &fifty(&|tag| format!("2026-01-01T00:00:{tag:02}Z")),
            &|place| format!("20{:02}-01-02", place % 100),
        ),
        family(
            "values from variables",
            "ForAnyValue:StringEquals",
            &fifty(&|tag| format!("{}{tag}", "a".repeat(100))),
            &|place| format!("${{aws:username}}{place}"),
        ),
    ]
}

/// Many statements, each with something of its own on the same text.
fn statements() -> Vec<Adversary> {
    let a = "a".repeat(ARN_CHARACTERS_MAX - BUCKET.len());
    let each =
        |places: Range<usize>, statement: &dyn Fn(usize) -> Value| document(places.map(statement).collect());
    let piece = |place: usize| format!("*{}b?*{place}*", "a?".repeat(20));
    let condition = |operator: &'static str,
                     key: &'static str,
                     context: Value,
                     value: &dyn Fn(usize) -> String| {
        let statement = |place: usize| json!({"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {operator: {key: value(place)}}});
        (packed(|places| each(places, &statement)), context)
    };
    let agent = json!({"aws:UserAgent": "a".repeat(1_000)});
    let source = json!({"aws:SourceArn": format!("arn:aws:sns:eu-west-1:{ACCOUNT}:{}", "a".repeat(900))});
    let outside = |place: usize| json!({"Effect": "Deny", "Action": "s3:*", "NotResource": [format!("{BUCKET}{}", piece(place)), format!("{BUCKET}a*")]});
    let tags: Map<String, Value> =
        (0..50).map(|tag| (format!("aws:RequestTag/{tag}"), json!("a".repeat(256)))).collect();
    let by_tag = |place: usize| {
        json!({
            "Effect": "Deny", "Action": "s3:*", "Resource": "*",
            "Condition": {"StringLike": {format!("aws:RequestTag/{}", place % 50): piece(place)}},
        })
    };
    let (like, agent) = condition("StringLike", "aws:UserAgent", agent, &piece);
    let (arns, source) =
        condition("ArnLike", "aws:SourceArn", source, &|place| format!("arn:aws:sns:*:*:{}", piece(place)));
    vec![
        adversary("many conditions with any on one text", like, "a", &agent),
        adversary("many conditions on one ARN", arns, "a", &source),
        adversary(
            "many conditions on many keys",
            packed(|places| each(places, &by_tag)),
            "a",
            &Value::Object(tags),
        ),
        adversary(
            "many statements with NotResource",
            packed(|places| each(places, &outside)),
            &a,
            &json!({}),
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
    let documents = |count| {
        (0..POLICIES_MAX).map(|place| document(place * APART..place * APART + count)).collect::<Vec<_>>()
    };
    // Where what is repeated is not always as long, some other document may be the longest.
    let all_fit = |count| documents(count).iter().all(|one| characters(one) <= POLICY_CHARACTERS_MAX);
    while count > 1 && !all_fit(count) {
        count -= 1;
    }
    documents(count)
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
            assert!(request["resource"].as_str().unwrap().chars().count() <= ARN_CHARACTERS_MAX, "{name}");
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
