//! `cedar-policy`: each statement is translated to one policy, each layer is a policy set.
//!
//! Actions are entities, and the patterns that match them are their ancestors, found beforehand: `Action` is a look into a
//! set. `?` in a pattern becomes `*`, and `${aws:username}` the user's name: Cedar's patterns have neither.

use std::collections::{HashMap, HashSet};
use std::str::FromStr as _;

use anyhow::{Context as _, Result, bail};
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet, Request, RestrictedExpression,
};
use doorward_bench::measure::Contestant;
use serde_json::Value;

use crate::layers::{self, Layers, Verdict};

/// What is asked, with the entities that it is about.
struct Question {
    request: Request,
    entities: Entities,
}

/// Loads the policies and the requests.
pub fn contestant(workload: &Value) -> Result<Contestant<'static>> {
    let mut patterns = HashSet::new();
    let name = layers::text(workload.get("principal").context("principal")?, "username")?;
    let layers = Layers::load(workload, |_, documents| {
        let mut text = String::new();
        for statement in layers::statements(documents)? {
            text.push_str(&policy(statement, name, &mut patterns)?);
        }
        Ok(PolicySet::from_str(&text)?)
    })?;
    let questions: Vec<Question> = layers::requests(workload)?
        .iter()
        .map(|request| question(workload, request, &patterns))
        .collect::<Result<_>>()?;
    let authorizer = Authorizer::new();
    Ok(Contestant::new("cedar-policy", move |place: usize| {
        let Question { request, entities } = questions.get(place)?;
        layers.decide(|policies| {
            let response = authorizer.is_authorized(request, policies, entities);
            if response.diagnostics().errors().next().is_some() {
                return None;
            }
            Some(match (response.decision(), response.diagnostics().reason().next()) {
                (Decision::Allow, _) => Verdict::Allow,
                (Decision::Deny, Some(_)) => Verdict::Deny,
                (Decision::Deny, None) => Verdict::Silent,
            })
        })
    }))
}

fn policy(statement: &Value, name: &str, patterns: &mut HashSet<String>) -> Result<String> {
    let mut tests = Vec::new();
    if let Some(named) = layers::principals(statement)? {
        tests.push(format!("({})", named.iter().map(|arn| principal(arn)).collect::<Vec<_>>().join(" || ")));
    }
    let mut among = |clause: &str| {
        let actions = layers::texts(statement.get(clause))?;
        patterns.extend(actions.iter().map(|&action| action.to_owned()));
        let actions: Vec<String> = actions.iter().map(|action| format!("Action::{action:?}")).collect();
        Ok::<_, anyhow::Error>(format!("action in [{}]", actions.join(", ")))
    };
    let mut action = "action".to_owned();
    if statement.get("NotAction").is_some() {
        tests.push(format!("!({})", among("NotAction")?));
    } else if layers::texts(statement.get("Action"))? != ["*"] {
        action = among("Action")?;
    }
    let resources = layers::texts(statement.get("Resource"))?;
    if !resources.contains(&"*") {
        let matched =
            resources.iter().map(|pattern| like("resource.arn", &pattern.replace("${aws:username}", name)));
        tests.push(format!("({})", matched.collect::<Vec<_>>().join(" || ")));
    }
    for (operator, key, values) in layers::conditions(statement)? {
        tests.push(condition(operator, key, &values)?);
    }
    let effect = if layers::text(statement, "Effect")? == "Allow" { "permit" } else { "forbid" };
    let when = if tests.is_empty() { String::new() } else { format!(" when {{ {} }}", tests.join(" && ")) };
    Ok(format!("{effect}(principal, {action}, resource){when};\n"))
}

fn principal(arn: &str) -> String {
    match arn.strip_prefix("arn:aws:iam::").and_then(|rest| rest.strip_suffix(":root")) {
        Some(account) => format!("principal.account == {account:?}"),
        None => format!("principal.arn == {arn:?}"),
    }
}

fn like(attribute: &str, pattern: &str) -> String {
    if pattern.contains(['*', '?']) {
        format!("{attribute} like {:?}", pattern.replace('?', "*"))
    } else {
        format!("{attribute} == {pattern:?}")
    }
}

fn condition(operator: &str, key: &str, values: &[&str]) -> Result<String> {
    let attribute = match key {
        "aws:RequestedRegion" => "context.region",
        "aws:SourceIp" => "context.address",
        "aws:MultiFactorAuthAge" => "context.age",
        "aws:SecureTransport" => "context.secure",
        "s3:TlsVersion" => "context.tls",
        "aws:PrincipalTag/team" => "principal.tags.team",
        other => bail!("the condition key `{other}` is not translated"),
    };
    let any = |tests: Vec<String>| format!("({})", tests.join(" || "));
    let number = |sign: &str| {
        let tests = values.iter().map(|value| Ok(format!("{attribute} {sign} {}", long(key, value)?)));
        Ok::<_, anyhow::Error>(any(tests.collect::<Result<_>>()?))
    };
    Ok(match operator {
        "StringEquals" => format!("{values:?}.contains({attribute})"),
        "StringNotEquals" => format!("!({values:?}.contains({attribute}))"),
        "StringLike" => any(values.iter().map(|value| like(attribute, value)).collect()),
        "IpAddress" => {
            any(values.iter().map(|value| format!("{attribute}.isInRange(ip({value:?}))")).collect())
        }
        "NumericLessThan" => number("<")?,
        "NumericGreaterThan" => number(">")?,
        "Bool" => format!("{attribute} == {}", values.first().context("no value")?),
        other => bail!("the condition operator `{other}` is not translated"),
    })
}

/// A number as Cedar has them. Versions of TLS are counted in tenths.
fn long(key: &str, value: &str) -> Result<i64> {
    let digits = if key == "s3:TlsVersion" { value.replace('.', "") } else { value.to_owned() };
    digits.parse().with_context(|| format!("`{value}` is not a number"))
}

fn question(workload: &Value, request: &Value, patterns: &HashSet<String>) -> Result<Question> {
    let (action, resource) = (layers::text(request, "action")?, layers::text(request, "resource")?);
    let principal = workload.get("principal").context("principal")?;
    let arn = layers::text(principal, "arn")?;
    let tags = principal.get("tags").and_then(Value::as_object).context("tags")?;
    let tags = tags.iter().filter_map(|(name, value)| Some((name.clone(), string(value.as_str()?))));
    let [who, what, on] = [("Principal", arn), ("Action", action), ("Resource", resource)].map(uid);
    let (who, what, on) = (who?, what?, on?);
    let matching = patterns.iter().filter(|pattern| matches(pattern, action) && *pattern != action);
    let matching = matching.map(|pattern| uid(("Action", pattern))).collect::<Result<HashSet<_>>>()?;
    let who_is = HashMap::from([
        ("arn".to_owned(), string(arn)),
        ("account".to_owned(), string(layers::text(workload, "account")?)),
        ("tags".to_owned(), RestrictedExpression::new_record(tags)?),
    ]);
    let entities = Entities::from_entities(
        [
            Entity::new(who.clone(), who_is, HashSet::new())?,
            Entity::new(what.clone(), HashMap::new(), matching)?,
            Entity::new(on.clone(), HashMap::from([("arn".to_owned(), string(resource))]), HashSet::new())?,
        ],
        None,
    )?;
    Ok(Question { request: Request::new(who, what, on, context(request)?, None)?, entities })
}

fn context(request: &Value) -> Result<Context> {
    let mut pairs = Vec::new();
    for (key, value) in layers::context(request)? {
        pairs.push(match key {
            "aws:RequestedRegion" => ("region".to_owned(), string(value)),
            "aws:SourceIp" => ("address".to_owned(), RestrictedExpression::new_ip(value)),
            "aws:MultiFactorAuthAge" => ("age".to_owned(), RestrictedExpression::new_long(long(key, value)?)),
            "aws:SecureTransport" => ("secure".to_owned(), RestrictedExpression::new_bool(value == "true")),
            "s3:TlsVersion" => ("tls".to_owned(), RestrictedExpression::new_long(long(key, value)?)),
            other => (other.to_owned(), string(value)),
        });
    }
    Ok(Context::from_pairs(pairs)?)
}

fn string(text: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(text.to_owned())
}

fn uid((kind, id): (&str, &str)) -> Result<EntityUid> {
    Ok(EntityUid::from_type_name_and_id(kind.parse()?, cedar_policy::EntityId::new(id)))
}

/// Whether a pattern with `*` and `?` matches an action, without regard to case.
fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.to_ascii_lowercase(), text.to_ascii_lowercase());
    let mut rows = vec![true];
    rows.resize(text.len() + 1, false);
    for sign in pattern.bytes() {
        let mut next = vec![sign == b'*' && rows.first() == Some(&true)];
        for (place, byte) in text.bytes().enumerate() {
            let before = rows.get(place) == Some(&true);
            let here = rows.get(place + 1) == Some(&true) || next.last() == Some(&true);
            next.push(if sign == b'*' { before || here } else { before && (sign == b'?' || sign == byte) });
        }
        rows = next;
    }
    rows.last() == Some(&true)
}
