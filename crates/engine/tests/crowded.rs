//! More of everything than what is put together about an action has room for: layers, conditions, keys. Nothing of it may
//! be forgotten, wherever it stands.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use doorward_engine::policy::explain::{Decision, Grant, Layer};
use doorward_engine::policy::request::{
    Attached, Attachments, Choices, Guardrails, Level, Request, Requester, Resource, Source,
};
use doorward_engine::policy::{Document, Kind};
use doorward_engine::{Policies, decide, explain};

const ALLOWED: Decision = Decision::Allow(Grant::Identity);

fn attached(kind: Kind, statements: &str) -> Attached {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
    let document = Arc::new(Document::parse(&text, kind).unwrap());
    Attached { document, source: Source { name: "P".into(), arn: None, attached_to: "ana".into() } }
}

fn request(keys: &[(String, &str)]) -> Request {
    let account = "111111111111".parse().unwrap();
    let requester = Requester::User { account, id: "AIDAANA".into(), path: "/".into(), name: "ana".into() };
    let mut context = requester.context();
    for (key, value) in keys {
        context.put(key, value);
    }
    let resource = Resource { arn: "arn:aws:s3:::b/k".into(), account: Some(account) };
    Request { context, requester, action: "s3:GetObject".into(), resource }
}

fn check(what: &str, policies: &Policies, request: &Request, expected: Decision) {
    let Request { requester, action, resource, context } = request;
    let asked = policies.asking(requester, action, context).decide(resource);
    let answers = [decide(request, policies), asked, explain(request, policies).decision];
    assert_eq!(answers, [expected; 3], "{what}");
}

const ALLOW: &str = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
const DENY: &str = r#"{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}"#;
const OTHER: &str = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::other/*"}"#;

/// What the last level of so many says, and the identity-based policies.
fn organization(levels: usize, last: &str, identity: &[&str]) -> Attachments {
    let level = |place: usize| Level {
        target: format!("ou-{place}"),
        policies: vec![attached(Kind::ServiceControl, if place + 1 == levels { last } else { ALLOW })],
    };
    Attachments {
        identity: identity.iter().map(|statement| attached(Kind::Inline, statement)).collect(),
        service_control: Some(Guardrails {
            management_account: "999999999999".parse().unwrap(),
            levels: (0..levels).map(level).collect(),
        }),
        ..Attachments::default()
    }
}

#[test]
fn every_level_of_a_deep_organization_binds() {
    for levels in [1, 2, 31, 32, 33, 61, 62, 63, 64, 65, 66, 127, 128, 129, 300] {
        for (last, identity, expected) in [
            (ALLOW, &[ALLOW][..], ALLOWED),
            (DENY, &[ALLOW], Decision::ExplicitDeny(Layer::ServiceControl)),
            (OTHER, &[ALLOW], Decision::ImplicitDeny(Layer::ServiceControl)),
            (ALLOW, &[], Decision::ImplicitDeny(Layer::Identity)),
            (ALLOW, &[OTHER], Decision::ImplicitDeny(Layer::Identity)),
            (ALLOW, &[ALLOW, DENY], Decision::ExplicitDeny(Layer::Identity)),
        ] {
            let all = organization(levels, last, identity);
            let what = format!("{levels} levels, {last}, {identity:?}");
            check(&what, &Policies::compile(&all, Choices::default()), &request(&[]), expected);
            let boundary = Some(attached(Kind::Managed, OTHER));
            let bounded = Attachments { boundary, ..all };
            let expected =
                if expected == ALLOWED { Decision::ImplicitDeny(Layer::Boundary) } else { expected };
            check(&what, &Policies::compile(&bounded, Choices::default()), &request(&[]), expected);
        }
    }
}

/// A statement that denies where all of these keys have the value `v`.
fn deny_where(keys: &[usize]) -> String {
    let tests: Vec<String> = keys.iter().map(|key| format!(r#""k{key}":"v""#)).collect();
    format!(
        r#"{{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{{"StringEquals":{{{}}}}}}}"#,
        tests.join(",")
    )
}

fn identity(statements: &[String]) -> Policies {
    let identity = vec![attached(Kind::Inline, &format!("{ALLOW},{}", statements.join(",")))];
    Policies::compile(&Attachments { identity, ..Attachments::default() }, Choices::default())
}

#[test]
fn every_one_of_many_conditions_counts() {
    let denied = Decision::ExplicitDeny(Layer::Identity);
    for count in [2, 7, 8, 9, 63, 64, 65, 66, 67, 130] {
        // One statement for each key, and one for each key and the next.
        let each: Vec<String> = (0..count).map(|key| deny_where(&[key])).collect();
        let pairs: Vec<String> = (0..count - 1).map(|key| deny_where(&[key, key + 1])).collect();
        let (each, pairs) = (identity(&each), identity(&pairs));
        for place in 0..count {
            let values: Vec<(String, &str)> =
                (0..count).map(|key| (format!("k{key}"), if key == place { "v" } else { "w" })).collect();
            let what = format!("key {place} of {count}");
            check(&what, &each, &request(&values), denied);
            check(&what, &pairs, &request(&values), ALLOWED);
            let next: Vec<(String, &str)> = [place, place + 1].map(|key| (format!("k{key}"), "v")).into();
            check(&what, &each, &request(&next), denied);
            check(&what, &pairs, &request(&next), if place + 1 < count { denied } else { ALLOWED });
        }
        check("none", &each, &request(&[]), ALLOWED);
    }
}

/// One key, read as what each of several tests wants it to be, beside more keys than are kept.
#[test]
fn a_key_is_read_as_each_test_wants_it() {
    let tests = [
        (r#""NumericEquals":{"k":"5"}"#, "5.0", "6"),
        (r#""StringEquals":{"k":"5.0"}"#, "5.0", "5"),
        (r#""DateEquals":{"k":"1970-01-01T00:00:05Z"}"#, "5", "6"),
        (r#""Bool":{"k":"true"}"#, "true", "false"),
        (r#""IpAddress":{"k":"10.0.0.0/8"}"#, "10.1.1.1", "11.1.1.1"),
        (r#""StringLike":{"k":"x?z"}"#, "xyz", "xz"),
        (r#""Null":{"k":"false"}"#, "", "-"),
    ];
    for crowd in [0, 7, 8, 100] {
        let crowd: Vec<String> = (0..crowd).map(|key| deny_where(&[key])).collect();
        for (condition, passing, failing) in &tests {
            let denial = format!(
                r#"{{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{{{condition}}}}}"#
            );
            for statements in [
                [&crowd[..], std::slice::from_ref(&denial)].concat(),
                [std::slice::from_ref(&denial), &crowd[..]].concat(),
            ] {
                let policies = identity(&statements);
                let denied = Decision::ExplicitDeny(Layer::Identity);
                check(condition, &policies, &request(&[("k".into(), passing)]), denied);
                let other = if *failing == "-" { vec![] } else { vec![("k".into(), *failing)] };
                check(condition, &policies, &request(&other), ALLOWED);
            }
        }
    }
}

/// How many statements there are of which each wants something else.
const STATEMENTS: usize = 60;

/// A text with all of these words, with the words of no others, and too long to be looked at by one statement at a time.
fn words(of: impl Iterator<Item = usize>) -> String {
    let filler = "-filler".repeat(300);
    of.map(|word| format!("{filler}/w{word}x/")).collect::<String>() + &filler
}

/// What is decided about all statements together is what is decided about each alone: a word is about one statement.
#[test]
fn long_values_are_compared_with_many_statements_as_with_one() {
    let denied = Decision::ExplicitDeny(Layer::Identity);
    let with = |condition: &dyn Fn(usize) -> String| {
        let statement = |word| {
            let condition = condition(word);
            format!(r#"{{"Effect":"Deny","Action":"*","Resource":"*","Condition":{{{condition}}}}}"#)
        };
        identity(&(0..STATEMENTS).map(statement).collect::<Vec<_>>())
    };
    let ask = |what: &str, policies: &Policies, values: Option<Vec<String>>, expected: Decision| {
        let mut asked = request(&[]);
        match values.as_deref() {
            None => {}
            Some([only]) => asked.context.put("k", only),
            Some(several) => asked.context.put_all("k", several.to_vec()),
        }
        let decisions = [decide(&asked, policies), explain(&asked, policies).decision];
        assert_eq!(decisions, [expected; 2], "{what} with {} values", values.map_or(0, |some| some.len()));
    };
    let (all, none) = (|| words(0..STATEMENTS), || words(std::iter::empty()));
    for word in [0, 1, STATEMENTS / 2, STATEMENTS - 1] {
        let (one, others) =
            (words(std::iter::once(word)), words((0..STATEMENTS).filter(|other| *other != word)));
        for (operator, hit, missing) in [
            ("StringLike", denied, ALLOWED),
            ("StringLikeIfExists", denied, denied),
            ("ForAnyValue:StringLike", denied, ALLOWED),
            ("ForAllValues:StringLike", denied, denied),
        ] {
            let policies = with(&|word| {
                format!(r#""{operator}":{{"k":["*/w{word}x/*","never?{word}","*/n?ver{word}*"]}}"#)
            });
            ask(operator, &policies, Some(vec![one.clone()]), hit);
            ask(operator, &policies, Some(vec![none()]), ALLOWED);
            ask(operator, &policies, None, missing);
            let any = operator == "ForAnyValue:StringLike";
            ask(operator, &policies, Some(vec![none(), one.clone()]), if any { denied } else { ALLOWED });
            let each = operator.starts_with("For");
            ask(
                operator,
                &policies,
                Some(vec![one.clone(), one.clone()]),
                if each { denied } else { ALLOWED },
            );
        }
        for (operator, missing) in [
            ("StringNotLike", denied),
            ("ForAnyValue:StringNotLike", ALLOWED),
            ("ForAllValues:StringNotLike", denied),
        ] {
            let policies = with(&|word| {
                format!(r#""{operator}":{{"k":["*/w{word}x/*","never?{word}","*/n?ver{word}*"]}}"#)
            });
            ask(operator, &policies, Some(vec![others.clone()]), denied);
            ask(operator, &policies, Some(vec![all()]), ALLOWED);
            ask(operator, &policies, None, missing);
            let expected = match operator {
                "ForAnyValue:StringNotLike" => denied,
                _ => ALLOWED,
            };
            ask(operator, &policies, Some(vec![all(), others.clone()]), expected);
        }
    }
}

#[test]
fn long_resources_are_compared_with_many_exceptions_as_with_one() {
    let statement = |word: usize| {
        format!(
            r#"{{"Effect":"Deny","Action":"*","NotResource":["arn:aws:s3:::*/w{word}x/*","arn:aws:s3:::never?{word}","arn:aws:s3:::${{aws:username}}/*/n?ver{word}*"]}}"#
        )
    };
    let policies = identity(&(0..STATEMENTS).map(statement).collect::<Vec<_>>());
    let ask = |name: String, expected: Decision| {
        let mut asked = request(&[]);
        asked.resource.arn = format!("arn:aws:s3:::{name}");
        let decisions = [decide(&asked, &policies), explain(&asked, &policies).decision];
        assert_eq!(decisions, [expected; 2], "{} bytes", name.len());
    };
    let denied = Decision::ExplicitDeny(Layer::Identity);
    ask(words(0..STATEMENTS), ALLOWED);
    ask(words(std::iter::empty()), denied);
    for word in [0, 1, STATEMENTS / 2, STATEMENTS - 1] {
        ask(words((0..STATEMENTS).filter(|other| *other != word)), denied);
        ask(words(std::iter::once(word)), denied);
    }
}

/// Every variable of many stands for its own key.
#[test]
fn every_one_of_many_variables_is_read() {
    let denied = Decision::ExplicitDeny(Layer::Identity);
    for count in [2, 8, 127, 128, 129, 300] {
        let keys: Vec<(String, String)> =
            (0..count).map(|key| (format!("v{key}"), format!("<{key}>"))).collect();
        let values: Vec<String> = keys.iter().map(|(key, _)| format!(r#""x${{{key}}}*""#)).collect();
        let resources: Vec<String> =
            keys.iter().map(|(key, _)| format!(r#""arn:aws:s3:::b/?${{{key}}}*""#)).collect();
        let by_value = identity(&[format!(
            r#"{{"Effect":"Deny","Action":"*","Resource":"*","Condition":{{"StringLike":{{"k":[{}]}}}}}}"#,
            values.join(",")
        )]);
        let by_resource =
            identity(&[format!(r#"{{"Effect":"Deny","Action":"*","Resource":[{}]}}"#, resources.join(","))]);
        for place in [0, 1, count / 2, count - 2, count - 1, count] {
            let mut told: Vec<(String, &str)> =
                keys.iter().map(|(key, value)| (key.clone(), value.as_str())).collect();
            let value = format!("x<{place}>y");
            told.push(("k".into(), &value));
            let expected = if place < count { denied } else { ALLOWED };
            let mut asked = request(&told);
            check(&format!("value {place} of {count}"), &by_value, &asked, expected);
            for filler in ["", &"-long".repeat(2_000)] {
                asked.resource.arn = format!("arn:aws:s3:::b/q<{place}>{filler}");
                check(&format!("resource {place} of {count}"), &by_resource, &asked, expected);
            }
        }
    }
}
