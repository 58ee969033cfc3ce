//! The workload: policies and requests, as JSON and as what is judged.

use std::collections::BTreeMap;
use std::sync::Arc;

use doorward_engine::CompiledPolicies;
use doorward_policy::explain::Decision;
use doorward_policy::request::{
    Attached, Attachments, Choices, Context, ContextValue, Guardrails, Level, Request, Requester, Resource,
    Source,
};
use doorward_policy::{AccountId, Document, Kind, Malformed};
use serde::Deserialize;
use serde_json::Value;

/// The account that manages the organization, and is not the user's.
const MANAGEMENT_ACCOUNT: &str = "999999999999";

/// A workload as its file says it.
#[derive(Deserialize)]
pub struct WorkloadText {
    account: String,
    principal: PrincipalText,
    resource_account: String,
    identity_policies: Vec<IdentityText>,
    permissions_boundary: Option<Value>,
    scps: Vec<Vec<Value>>,
    resource_policy: Option<Value>,
    requests: Vec<RequestText>,
}

#[derive(Deserialize)]
struct PrincipalText {
    username: String,
    userid: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct IdentityText {
    policy_name: String,
    policy_arn: String,
    document: Value,
}

#[derive(Deserialize)]
struct RequestText {
    id: String,
    action: String,
    resource: String,
    context: BTreeMap<String, ValueText>,
    expected: Expected,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum ValueText {
    Single(String),
    Multiple(Vec<String>),
}

/// How a request is to be decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Expected {
    Allow,
    ExplicitDeny,
    ImplicitDeny,
}

impl Expected {
    /// The kind of a decision.
    #[must_use]
    pub const fn of(decision: Decision) -> Self {
        match decision {
            Decision::Allow(_) => Self::Allow,
            Decision::ExplicitDeny(_) => Self::ExplicitDeny,
            Decision::ImplicitDeny(_) => Self::ImplicitDeny,
        }
    }

    /// Whether the decision is of this kind.
    #[must_use]
    pub const fn is(self, decision: Decision) -> bool {
        matches!(
            (self, Self::of(decision)),
            (Self::Allow, Self::Allow)
                | (Self::ExplicitDeny, Self::ExplicitDeny)
                | (Self::ImplicitDeny, Self::ImplicitDeny)
        )
    }
}

/// A workload ready to be judged.
pub struct Workload {
    /// How many statements the user's identity-based policies have.
    pub statements: usize,
    /// The policies.
    pub policies: Attachments,
    /// The same, prepared for the tags of the first question's requester.
    pub prepared: doorward_engine::Policies,
    /// The questions.
    pub questions: Vec<Question>,
}

/// A request with its name and its answer.
pub struct Question {
    /// Its name, such as `R1-allow`.
    pub id: String,
    /// What is asked.
    pub request: Request,
    /// The context as it arrives: names and values.
    pub context: Vec<(String, ContextValue)>,
    /// What is to be answered.
    pub expected: Expected,
}

/// Why a workload cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Unusable {
    /// It is not of the format.
    #[error("not a workload: {0}")]
    Format(#[from] serde_json::Error),
    /// An account id is none.
    #[error(transparent)]
    Account(#[from] doorward_policy::account::NotAnAccountId),
    /// A policy is refused.
    #[error("policy `{name}` is refused: {}", refused.detail)]
    Policy {
        /// The policy.
        name: String,
        /// Why.
        refused: Malformed,
    },
}

impl Workload {
    /// Reads a workload.
    ///
    /// # Errors
    /// [`Unusable`].
    pub fn read(written: Value) -> Result<Self, Unusable> {
        let text: WorkloadText = serde_json::from_value(written)?;
        let account: AccountId = text.account.parse()?;
        let owner: AccountId = text.resource_account.parse()?;
        let requester = Requester::User {
            account,
            id: text.principal.userid,
            path: "/".to_owned(),
            name: text.principal.username,
        };
        let question = |written: RequestText| {
            let written_context = written.context.into_iter().map(|(key, value)| (key, value.read()));
            let raw: Vec<(String, ContextValue)> = written_context.collect();
            let context = context(&raw);
            let resource = Resource { arn: written.resource, account: Some(owner) };
            let request = Request { requester: requester.clone(), action: written.action, resource, context };
            Question { id: written.id, request, context: raw, expected: written.expected }
        };
        let questions: Vec<Question> = text.requests.into_iter().map(question).collect();
        let identity = text.identity_policies.into_iter().map(|policy| {
            attached(&policy.document, Kind::Managed, &policy.policy_name, Some(policy.policy_arn))
        });
        let identity = identity.collect::<Result<Vec<_>, _>>()?;
        let policies = Attachments {
            boundary: optional(text.permissions_boundary, Kind::Managed, "boundary")?,
            service_control: Some(Guardrails {
                management_account: MANAGEMENT_ACCOUNT.parse()?,
                levels: text.scps.iter().enumerate().map(level).collect::<Result<_, _>>()?,
            }),
            resource: optional(text.resource_policy, Kind::Resource, "bucket")?,
            identity,
            ..Attachments::default()
        };
        let statements = policies.identity.iter().map(|policy| policy.document.statements.len()).sum();
        let tags = questions.first().map(|question| question.request.context.clone()).unwrap_or_default();
        let compiled = CompiledPolicies::new(&policies);
        let prepared = doorward_engine::Policies::for_tags(compiled, Choices::default(), &tags);
        Ok(Self { statements, policies, prepared, questions })
    }
}

impl ValueText {
    fn read(self) -> ContextValue {
        match self {
            Self::Single(value) => ContextValue::Single(value),
            Self::Multiple(values) => ContextValue::Multiple(values),
        }
    }
}

/// Puts a context together from keys and values, as whoever receives a request has to.
#[must_use]
pub fn context(raw: &[(String, ContextValue)]) -> Context {
    let mut context = Context::default();
    for (key, value) in raw {
        match value {
            ContextValue::Single(value) => context.put(key, value),
            ContextValue::Multiple(values) => context.put_all(key, values.clone()),
        }
    }
    context
}

fn optional(document: Option<Value>, kind: Kind, name: &str) -> Result<Option<Attached>, Unusable> {
    document.map(|document| attached(&document, kind, name, None)).transpose()
}

fn level((index, policies): (usize, &Vec<Value>)) -> Result<Level, Unusable> {
    let target = format!("level-{index}");
    let policies = policies.iter().map(|policy| attached(policy, Kind::ServiceControl, &target, None));
    Ok(Level { policies: policies.collect::<Result<_, _>>()?, target })
}

fn attached(document: &Value, kind: Kind, name: &str, arn: Option<String>) -> Result<Attached, Unusable> {
    let document = Document::parse(&document.to_string(), kind)
        .map_err(|refused| Unusable::Policy { name: name.to_owned(), refused })?;
    let source = Source { name: name.to_owned(), arn, attached_to: "alice".to_owned() };
    Ok(Attached { document: Arc::new(document), source })
}
