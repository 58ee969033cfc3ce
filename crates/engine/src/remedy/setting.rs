//! The keys of a request's context that would turn a denial.

use doorward_policy::condition::Family;
use doorward_policy::explain::{Layer, Setting};
use doorward_policy::request::{Context, ContextValue};
use doorward_policy::{ConditionTest, Effect, Part, Template};

use crate::actions;
use crate::compile::CompiledStatement;
use crate::conditions::Test;
use crate::decide::needs_session;
use crate::explain::Said;
use crate::principals::{Claims, Reach};
use crate::question::{Group, Question};

/// The most keys that a way to turn a denial may change.
const KEYS_MAX: usize = 3;

/// The most settings that are tried: with [`KEYS_MAX`], 92 decisions.
const TRIED_MAX: usize = 8;

/// The fewest settings with which the request is allowed under the same policies; none where there is no such way, or
/// none of few keys. Each way that is found has been decided again; fewer settings were tried before more.
pub(super) fn settings(question: &Question<'_>) -> Vec<Setting> {
    let groups = groups(question);
    let Some(mut tried) = tried(question, &groups) else { return Vec::new() };
    tried.truncate(TRIED_MAX);
    let ways = (1..=KEYS_MAX).flat_map(|size| subsets(tried.len(), size));
    let chosen = |way: Vec<usize>| way.into_iter().filter_map(|place| tried.get(place)).collect::<Vec<_>>();
    let found = ways.map(chosen).find(|way| turns(question, &groups, way));
    found.unwrap_or_default().into_iter().cloned().collect()
}

/// The statements of one group of policies that can match under some context.
struct Statements<'a> {
    layer: Layer,
    statements: Vec<(&'a [ConditionTest], CompiledStatement)>,
}

/// The statements about the action that reach the requester, by the groups of their policies.
fn groups<'a>(question: &Question<'a>) -> Vec<Statements<'a>> {
    let of_group = |group: Group<'a>| {
        let documents = group.policies.iter().map(|policy| policy.document.document());
        let written = documents
            .flat_map(|document| document.statements.iter().map(move |statement| (statement, &**document)));
        let about =
            written.filter(|(statement, _)| actions::include(&statement.action, question.action.as_str()));
        let compiled = about.map(|(statement, document)| {
            (&statement.conditions[..], CompiledStatement::new(statement, document))
        });
        let reaching =
            compiled.filter(|(_, statement)| !matches!(question.reach(statement, group.layer), Reach::No));
        Statements { layer: group.layer, statements: reaching.collect() }
    };
    question.groups().map(of_group).collect()
}

/// Every set of `size` places of `count`, in order.
fn subsets(count: usize, size: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for _ in 0..size {
        let longer = |set: Vec<usize>| {
            let from = set.last().map_or(0, |last| last + 1);
            (from..count).map(move |next| set.iter().copied().chain([next]).collect::<Vec<_>>())
        };
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}

/// Whether the request would be allowed with these settings. Settings of one key do not go together.
fn turns(question: &Question<'_>, groups: &[Statements<'_>], way: &[&Setting]) -> bool {
    let mut request = question.request.clone();
    for (place, setting) in way.iter().enumerate() {
        if way.iter().take(place).any(|other| other.key.eq_ignore_ascii_case(&setting.key)) {
            return false;
        }
        apply(&mut request.context, setting);
    }
    let changed = Question::new(&request, question.policies, question.choices);
    let mut said = Vec::new();
    for group in groups {
        let mut of_group = Said { layer: group.layer, allows: false, granted: Claims::NONE };
        for (_, statement) in group.statements.iter().filter(|(_, statement)| matches(&changed, statement)) {
            match statement.effect {
                Effect::Deny => return false,
                Effect::Allow => of_group.allows = true,
            }
            if let Reach::Claimed(claims) = changed.reach(statement, group.layer) {
                of_group.granted = of_group.granted.with(claims);
            }
        }
        said.push(of_group);
    }
    if question.policies.session.is_none() && needs_session(&request.requester) {
        said.push(Said { layer: Layer::Session, allows: false, granted: Claims::NONE });
    }
    super::is_allowed(&changed, &said)
}

/// Whether a statement matches that is about the action and reaches the requester.
fn matches(question: &Question<'_>, statement: &CompiledStatement) -> bool {
    question.is_about_resource(statement)
        && statement.tests.iter().all(|test| test.holds(&question.request.context))
}

fn apply(context: &mut Context, setting: &Setting) {
    match &setting.value {
        Some(value) => context.put(&setting.key, value),
        None => context.remove(&setting.key),
    }
}

/// The settings by which one condition each would hold that does not, or would no longer hold; `None` where some statement
/// denies whatever the context.
fn tried(question: &Question<'_>, groups: &[Statements<'_>]) -> Option<Vec<Setting>> {
    let mut all: Vec<Setting> = Vec::new();
    let statements = groups.iter().flat_map(|group| &group.statements);
    for (tests, statement) in statements.filter(|(_, statement)| question.is_about_resource(statement)) {
        let holds = |test: &Test| test.holds(&question.request.context);
        let found = |wanted: bool| {
            let pairs = tests.iter().zip(&statement.tests).filter(|(_, test)| holds(test) != wanted);
            pairs.filter_map(|(written, test)| setting(question, written, test, wanted)).collect::<Vec<_>>()
        };
        let found = match statement.effect {
            Effect::Deny if statement.tests.iter().all(holds) => {
                let found = found(false);
                if found.is_empty() {
                    return None;
                }
                found
            }
            Effect::Deny => Vec::new(),
            Effect::Allow => found(true),
        };
        for setting in found {
            if !all.contains(&setting) {
                all.push(setting);
            }
        }
    }
    Some(all)
}

/// A setting of the test's key with which the test holds, or no longer holds; `None` where the key says who asks, or
/// where no value is found.
fn setting(question: &Question<'_>, written: &ConditionTest, test: &Test, wanted: bool) -> Option<Setting> {
    if is_fixed(question, written.key.folded()) {
        return None;
    }
    let context = &question.request.context;
    let is_range = written.operator.comparison.family() == Family::IpAddress;
    let own = written.values.iter().filter(|_| !is_range);
    let own = own.filter_map(|value| resolved(&value.template, context));
    let values: Vec<String> = own.chain(examples(written)).collect();
    let settings = values.into_iter().map(Some).chain([None]);
    let mut settings = settings.map(|value| Setting { key: written.key.to_string(), value });
    settings.find(|setting| {
        let mut changed = context.clone();
        apply(&mut changed, setting);
        test.holds(&changed) == wanted
    })
}

/// Whether a key is beyond the request: it says who asks, or whose the resource is.
fn is_fixed(question: &Question<'_>, folded: &str) -> bool {
    let who = folded.starts_with("aws:principal") && !folded.starts_with("aws:principaltag/");
    let whose = folded == "aws:resourceaccount" || folded.starts_with("aws:resourceorg");
    who || whose || question.request.requester.context().value(folded).is_some()
}

/// A text that the template matches: its variables resolved, `*` standing for nothing and `?` for one character. `None`
/// where a variable cannot be resolved.
fn resolved(template: &Template, context: &Context) -> Option<String> {
    let mut text = String::new();
    for part in template.parts() {
        match part {
            Part::Text(piece) => text.push_str(&piece.replace('*', "").replace('?', "x")),
            Part::Literal(character) => text.push(*character),
            Part::Variable { key, default } => match (context.value(key.folded()), default) {
                (Some(ContextValue::Single(value)), _) => text.push_str(value),
                (None, Some(default)) => text.push_str(default),
                (Some(ContextValue::Multiple(_)), _) | (None, None) => return None,
            },
        }
    }
    Some(text)
}

/// Texts of the kind that the test compares: above, below and beside its own; of a range of addresses the first.
fn examples(written: &ConditionTest) -> Vec<String> {
    let fixed = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let each = |change: fn(&str) -> Vec<String>| {
        written.values.iter().flat_map(|value| change(&value.text)).collect::<Vec<_>>()
    };
    match written.operator.comparison.family() {
        Family::String => fixed(&["other"]),
        Family::Numeric => each(neighbours),
        Family::Date => fixed(&["1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]),
        Family::Bool | Family::Null => fixed(&["true", "false"]),
        Family::Binary => fixed(&["AA=="]),
        Family::IpAddress => {
            let mut first = each(|range| vec![range.split('/').next().unwrap_or(range).to_owned()]);
            first.extend(["192.0.2.1", "198.51.100.1", "2001:db8::1"].map(str::to_owned));
            first
        }
        Family::Arn => fixed(&["arn:aws:iam::000000000000:role/other"]),
    }
}

/// The numbers one below and one above.
fn neighbours(number: &str) -> Vec<String> {
    let Ok(number) = number.parse::<i64>() else { return Vec::new() };
    [number.checked_sub(1), number.checked_add(1)]
        .into_iter()
        .flatten()
        .map(|number| number.to_string())
        .collect()
}
