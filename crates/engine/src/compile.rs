//! Policies made ready to be asked many times.

use std::sync::{Arc, OnceLock};

use doorward_policy::request::{Attached, Attachments, Guardrails, Source};
use doorward_policy::resource::ResourceForm;
use doorward_policy::{
    AccountId, ActionClause, Comparison, ConditionTest, ContextKey, Document, Effect, Part, Qualifier,
    ResourceClause, Statement, Template,
};

use crate::actions;
use crate::conditions::Test;
use crate::plans::is_principal_tag;
use crate::principals::Principals;
use crate::resources::Resources;

/// A policy document made ready to be asked: its statements indexed by the actions that they are about.
///
/// Immutable, and made once for each version of a document: keep it in an [`Arc`] beside the document and share it
/// among all to whom the document is attached. Costs 8 bytes for each action that a statement names, beside the document;
/// patterns and conditions are compiled when an action that they belong to is first asked for, and then for all policies
/// that bear on a request at once.
#[derive(Debug)]
pub struct CompiledDocument {
    document: Arc<Document>,
    /// By [`key`] of an action: the statements that name it; by that of a service's prefix: those that can be about other
    /// actions of the service. Key and statement [packed](pack), sorted, each pair once. Two actions may share a key: that
    /// costs a look, and no more.
    named: Box<[u64]>,
    /// The statements that can be about any service's actions.
    everywhere: Box<[u32]>,
    /// The principal tags that anything in the document depends on, sorted; found when they are first asked for.
    tags: OnceLock<Box<[ContextKey]>>,
    /// Whether anything in the document depends on a context key.
    reads_context: bool,
}

/// One statement, compiled.
#[derive(Debug)]
pub(crate) struct CompiledStatement {
    pub(crate) effect: Effect,
    pub(crate) principals: Principals,
    /// `None` in trust policies: their resource is their role.
    pub(crate) resources: Option<Resources>,
    pub(crate) tests: Box<[Test]>,
    /// Whether a test on `aws:PrincipalArn` narrows down whom it names.
    pub(crate) narrowed: bool,
}

/// Every policy that bears on a request, compiled: the counterpart of [`Attachments`], with the same rules of what is
/// absent and what is empty.
#[derive(Clone, Debug, Default)]
pub struct CompiledPolicies {
    /// The requester's identity-based policies.
    pub identity: Vec<CompiledAttached>,
    /// The permissions boundary.
    pub boundary: Option<CompiledAttached>,
    /// The session policies; `None` when none were passed.
    pub session: Option<Vec<CompiledAttached>>,
    /// The service control policies over the requester's account.
    pub service_control: Option<CompiledGuardrails>,
    /// The resource control policies over the resource's account.
    pub resource_control: Option<CompiledGuardrails>,
    /// The policy of the VPC endpoint.
    pub endpoint: Option<CompiledAttached>,
    /// The resource's own policy; for a role, its trust policy.
    pub resource: Option<CompiledAttached>,
}

/// An organization's policies of one type along the path from its root down to one account, compiled.
#[derive(Clone, Debug)]
pub struct CompiledGuardrails {
    /// The organization's management account, which they never bind.
    pub management_account: AccountId,
    /// The levels: root first, the account last.
    pub levels: Vec<CompiledLevel>,
}

/// What is attached to one node of an organization, compiled.
#[derive(Clone, Debug)]
pub struct CompiledLevel {
    /// The node: `r-…`, `ou-…`, or an account id.
    pub target: String,
    /// The policies attached there.
    pub policies: Vec<CompiledAttached>,
}

/// A compiled policy, and where it comes from. Cloning shares both.
#[derive(Clone, Debug)]
pub struct CompiledAttached {
    /// What it says.
    pub document: Arc<CompiledDocument>,
    /// What to call it in reasons.
    pub source: Arc<Source>,
}

impl CompiledDocument {
    /// Compiles a document. Takes time and memory in proportion to the actions that it names.
    #[must_use]
    pub fn new(document: Arc<Document>) -> Self {
        let patterns = |statement: &Statement| statement.action.patterns().len();
        let mut named = Vec::with_capacity(document.statements.iter().map(patterns).sum());
        let mut everywhere = Vec::new();
        for (place, statement) in (0u32..).zip(&document.statements) {
            let before = named.len();
            if name(&statement.action, place, &mut named).is_none() {
                named.truncate(before);
                everywhere.push(place);
            }
        }
        named.sort_unstable();
        named.dedup();
        let reads_context = reads_context(&document);
        let (named, everywhere) = (named.into(), everywhere.into());
        Self { document, named, everywhere, tags: OnceLock::new(), reads_context }
    }

    /// The document that was compiled.
    #[must_use]
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// About how many bytes this takes beside the document.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + size_of_val(&*self.named) + size_of_val(&*self.everywhere)
    }

    /// Whether anything in the document depends on a key of the request's context: a condition, or a variable.
    pub(crate) const fn reads_context(&self) -> bool {
        self.reads_context
    }

    /// The principal tags that anything in the document depends on, sorted.
    pub(crate) fn tags(&self) -> &[ContextKey] {
        self.tags.get_or_init(|| principal_tags(&self.document))
    }

    /// Puts the places of the statements about the action, given in lower case with its keys, into `into`, in their order.
    pub(crate) fn statements_about(&self, action: &str, keys: ActionKeys, into: &mut Vec<u32>) {
        into.clear();
        let named =
            self.under(keys.action).iter().chain(self.under(keys.service)).map(|pair| place_in(*pair));
        into.extend(named.chain(self.everywhere.iter().copied()).filter(|place| {
            let statement = self.document.statements.get(*place as usize);
            statement.is_some_and(|statement| actions::include(&statement.action, action))
        }));
        into.sort_unstable();
        into.dedup();
    }

    fn under(&self, key: u32) -> &[u64] {
        let from = self.named.partition_point(|pair| key_in(*pair) < key);
        let from = self.named.get(from..).unwrap_or_default();
        from.get(..from.partition_point(|pair| key_in(*pair) == key)).unwrap_or_default()
    }
}

/// Puts a statement under the actions that it can be about. `None` where it can be about any service's.
fn name(clause: &ActionClause, place: u32, named: &mut Vec<u64>) -> Option<()> {
    let ActionClause::Action(patterns) = clause else { return None };
    for pattern in patterns {
        named.push(pack(key(actions::reached(pattern)?), place));
    }
    Some(())
}

/// A key and the place of a statement as one number, which sorts by key and then by place.
fn pack(key: u32, place: u32) -> u64 {
    u64::from(key) << 32 | u64::from(place)
}

/// The key of a packed pair.
const fn key_in(pair: u64) -> u32 {
    (pair >> 32) as u32
}

/// The place of a packed pair.
const fn place_in(pair: u64) -> u32 {
    pair as u32
}

/// Whether a document tests anything of a context, or has variables that its values stand for.
fn reads_context(document: &Document) -> bool {
    document.statements.iter().any(|statement| !statement.conditions.is_empty())
        || tails(document).flat_map(Template::parts).any(|part| variable(part).is_some())
}

/// What is behind the account in each resource pattern: the only part of it that may have variables.
fn tails(document: &Document) -> impl Iterator<Item = &Template> {
    let clauses = document.statements.iter().filter_map(|statement| statement.resource.as_ref());
    clauses.flat_map(ResourceClause::patterns).filter_map(|pattern| match &pattern.form {
        ResourceForm::Arn { tail, .. } => Some(tail),
        ResourceForm::Any | ResourceForm::Short(_) | ResourceForm::Nothing => None,
    })
}

/// The key whose value stands for a part of a template.
const fn variable(part: &Part) -> Option<&ContextKey> {
    match part {
        Part::Text(_) | Part::Literal(_) => None,
        Part::Variable { key, .. } => Some(key),
    }
}

fn principal_tags(document: &Document) -> Box<[ContextKey]> {
    let tests = || document.statements.iter().flat_map(|statement| &statement.conditions);
    let values = tests().flat_map(|test| &test.values).map(|value| &value.template);
    let variables = tails(document).chain(values).flat_map(Template::parts).filter_map(variable);
    let keys = variables.chain(tests().map(|test| &test.key));
    let mut tags: Vec<ContextKey> = keys.filter(|key| is_principal_tag(key.folded())).cloned().collect();
    tags.sort_unstable();
    tags.dedup();
    tags.into()
}

/// The keys of an action and of its service, under which statements about it are found.
#[derive(Clone, Copy)]
pub(crate) struct ActionKeys {
    action: u32,
    service: u32,
}

impl ActionKeys {
    /// The keys of an action, given in lower case.
    pub(crate) fn new(action: &str) -> Self {
        Self { action: key(action), service: key(actions::service(action)) }
    }
}

/// A short stand-in for a text, made eight bytes at a time; the last eight may overlap with those before.
fn key(text: &str) -> u32 {
    let mix = |hash: u64, word: u64| (hash.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bytes = text.as_bytes();
    let (words, rest) = bytes.as_chunks::<8>();
    let last = match bytes.last_chunk::<8>() {
        Some(last) => u64::from_le_bytes(*last),
        None => rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    let hash = words.iter().fold(bytes.len() as u64, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    (mix(hash, last) >> 32) as u32
}

impl CompiledStatement {
    pub(crate) fn new(statement: &Statement, document: &Document) -> Self {
        Self {
            effect: statement.effect,
            principals: Principals::compile(statement.principal.as_ref()),
            resources: statement.resource.as_ref().map(|clause| Resources::compile(clause, document.kind)),
            tests: statement.conditions.iter().map(Test::compile).collect(),
            narrowed: statement.conditions.iter().any(narrows),
        }
    }
}

/// Whether a test narrows a statement's principals down by `aws:PrincipalArn`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
pub(crate) fn narrows(test: &ConditionTest) -> bool {
    let positive = matches!(
        test.operator.comparison,
        Comparison::StringEquals
            | Comparison::StringEqualsIgnoreCase
            | Comparison::StringLike
            | Comparison::ArnEquals
            | Comparison::ArnLike
    );
    positive
        && !test.operator.if_exists
        && test.operator.qualifier != Some(Qualifier::ForAllValues)
        && test.key.folded() == "aws:principalarn"
}

impl CompiledPolicies {
    /// Compiles every document of `policies`.
    #[must_use]
    pub fn new(policies: &Attachments) -> Self {
        Self::with(policies, |document| Arc::new(CompiledDocument::new(Arc::clone(document))))
    }

    /// Puts `policies` together from documents that `compiled` supplies: from a cache, where the caller has one.
    #[must_use]
    pub fn with(
        policies: &Attachments,
        mut compiled: impl FnMut(&Arc<Document>) -> Arc<CompiledDocument>,
    ) -> Self {
        let mut one = |attached: &Attached| CompiledAttached {
            document: compiled(&attached.document),
            source: Arc::new(attached.source.clone()),
        };
        Self {
            identity: policies.identity.iter().map(&mut one).collect(),
            boundary: policies.boundary.as_ref().map(&mut one),
            session: policies.session.as_ref().map(|several| several.iter().map(&mut one).collect()),
            service_control: policies.service_control.as_ref().map(|rails| guardrails(rails, &mut one)),
            resource_control: policies.resource_control.as_ref().map(|rails| guardrails(rails, &mut one)),
            endpoint: policies.endpoint.as_ref().map(&mut one),
            resource: policies.resource.as_ref().map(&mut one),
        }
    }
}

fn guardrails(rails: &Guardrails, one: &mut impl FnMut(&Attached) -> CompiledAttached) -> CompiledGuardrails {
    let levels = rails.levels.iter().map(|level| CompiledLevel {
        target: level.target.clone(),
        policies: level.policies.iter().map(&mut *one).collect(),
    });
    CompiledGuardrails { management_account: rails.management_account, levels: levels.collect() }
}
