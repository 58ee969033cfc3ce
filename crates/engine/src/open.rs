//! What is still open about a request whose context is not all known.

use std::collections::BTreeSet;

use doorward_policy::request::{Context, Request};
use doorward_policy::resource::ResourceForm;
use doorward_policy::{ContextKey, Part, ResourceClause, ResourcePattern, Statement, Template};

use crate::actions;
use crate::compile::CompiledStatement;
use crate::policies::Policies;
use crate::principals::Reach;
use crate::question::Question;

/// The keys that the request does not say and on which its decision may depend; sorted.
///
/// Answers what else must be known before deciding for good: where there is no such key, [`decide`](crate::decide()) gives
/// the same answer whatever is added to the context. So a service can decide early, and fetch the tags of a resource only
/// if a policy asks for them. Keys are named that might matter, not only those that do: a statement that another outweighs
/// is looked at as well.
///
/// Reads every statement about the action; compiles them anew each time.
///
/// ```
/// use std::sync::Arc;
/// use doorward_engine::policy::request::{Attached, Attachments, Choices, Request, Requester, Resource, Source};
/// use doorward_engine::policy::{Document, Kind};
/// use doorward_engine::{Policies, open_keys};
///
/// let text = r#"{"Version": "2012-10-17", "Statement": {
///   "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::photos/*",
///   "Condition": {"StringEquals": {"s3:ExistingObjectTag/public": "yes", "aws:PrincipalTag/team": "web"}}
/// }}"#;
/// let document = Arc::new(Document::parse(text, Kind::Managed)?);
/// let source = Source { name: "Photos".into(), arn: None, attached_to: "ana".into() };
/// let attachments = Attachments { identity: vec![Attached { document, source }], ..Attachments::default() };
/// let policies = Policies::compile(&attachments, Choices::default());
///
/// let account = "111122223333".parse()?;
/// let requester = Requester::User { account, id: "AIDAEXAMPLE".into(), path: "/".into(), name: "ana".into() };
/// let mut request = Request {
///     context: requester.context(),
///     requester,
///     action: "s3:GetObject".into(),
///     resource: Resource { arn: "arn:aws:s3:::photos/1.jpg".into(), account: Some(account) },
/// };
/// request.context.put("aws:PrincipalTag/team", "web");
/// let open: Vec<String> = open_keys(&request, &policies).iter().map(ToString::to_string).collect();
/// assert_eq!(open, ["s3:ExistingObjectTag/public"]);
///
/// // Another team is refused whatever the object's tags are: no need to fetch them.
/// request.context.put("aws:PrincipalTag/team", "ops");
/// assert!(open_keys(&request, &policies).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn open_keys(request: &Request, policies: &Policies) -> Vec<ContextKey> {
    let question = Question::new(request, policies.attached(), policies.choices());
    let mut open = BTreeSet::new();
    if question.is_always_allowed() {
        return Vec::new();
    }
    for group in question.groups() {
        for document in group.policies.iter().map(|policy| policy.document.document()) {
            for statement in &document.statements {
                if actions::include(&statement.action, question.action.as_str()) {
                    let compiled = CompiledStatement::new(statement, document);
                    let reached = !matches!(question.reach(&compiled, group.layer), Reach::No);
                    if reached {
                        open.extend(open_in(&question, statement, &compiled));
                    }
                }
            }
        }
    }
    open.into_iter().collect()
}

/// The keys that decide whether the statement matches, as far as what is known does not decide it already.
fn open_in(
    question: &Question<'_>,
    statement: &Statement,
    compiled: &CompiledStatement,
) -> BTreeSet<ContextKey> {
    let context = &question.request.context;
    let patterns = statement.resource.iter().flat_map(ResourceClause::patterns);
    let in_resource: BTreeSet<ContextKey> =
        patterns.filter_map(tail).flat_map(variables).filter(|key| is_open(key, context)).collect();
    if in_resource.is_empty() && !question.is_about_resource(compiled) {
        return BTreeSet::new();
    }
    let mut open = in_resource;
    for (written, test) in statement.conditions.iter().zip(&compiled.tests) {
        let values = written.values.iter().flat_map(|value| variables(&value.template));
        let mut keys = values.chain([written.key.clone()]).filter(|key| is_open(key, context)).peekable();
        if keys.peek().is_none() && !test.holds(context) {
            return BTreeSet::new();
        }
        open.extend(keys);
    }
    open
}

fn tail(pattern: &ResourcePattern) -> Option<&Template> {
    match &pattern.form {
        ResourceForm::Arn { tail, .. } => Some(tail),
        ResourceForm::Any | ResourceForm::Short(_) | ResourceForm::Nothing => None,
    }
}

fn variables(template: &Template) -> impl Iterator<Item = ContextKey> {
    template.parts().iter().filter_map(|part| match part {
        Part::Variable { key, .. } => Some(key.clone()),
        Part::Text(_) | Part::Literal(_) => None,
    })
}

/// Whether the context does not say what the key's value is.
fn is_open(key: &ContextKey, context: &Context) -> bool {
    context.value_hashed(key.hash(), key.folded()).is_none()
}
