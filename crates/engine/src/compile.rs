//! Policies made ready to be asked many times.

use std::collections::BTreeMap;
use std::sync::Arc;

use doorward_policy::request::{Attached, Guardrails, Policies, Source};
use doorward_policy::{AccountId, Comparison, ConditionTest, Document, Effect, Qualifier, Statement};

use crate::actions::{self, Actions, Services};
use crate::conditions::Test;
use crate::principals::Principals;
use crate::resources::Resources;

/// A policy document made ready to be asked: patterns compiled, condition values parsed, statements indexed by the
/// services that they are about.
///
/// Immutable, and made once for each version of a document: keep it in an [`Arc`] beside the document and share it
/// among all to whom the document is attached. Costs a small multiple of the document's text in memory.
#[derive(Debug)]
pub struct CompiledDocument {
    document: Arc<Document>,
    pub(crate) statements: Box<[CompiledStatement]>,
    /// By service prefix: the statements that can be about that service's actions only, or a few services'.
    services: BTreeMap<Box<str>, Postings>,
    /// The statements that can be about any service's actions.
    everywhere: Postings,
}

/// Statements by effect, as indices in the order of the document.
#[derive(Clone, Debug, Default)]
struct Postings {
    allow: Vec<u32>,
    deny: Vec<u32>,
}

/// One statement, compiled.
#[derive(Debug)]
pub(crate) struct CompiledStatement {
    pub(crate) effect: Effect,
    pub(crate) principals: Principals,
    pub(crate) actions: Actions,
    /// `None` in trust policies: their resource is their role.
    pub(crate) resources: Option<Resources>,
    pub(crate) tests: Box<[Test]>,
    /// Whether a test on `aws:PrincipalArn` narrows down whom it names.
    pub(crate) narrowed: bool,
}

/// Every policy that bears on a request, compiled: the counterpart of [`Policies`], with the same rules of what is
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
    /// Compiles a document. Takes time and memory in proportion to its text.
    #[must_use]
    pub fn new(document: Arc<Document>) -> Self {
        let statements = document
            .statements
            .iter()
            .map(|statement| CompiledStatement::new(statement, &document))
            .collect();
        let (services, everywhere) = index(&document.statements);
        Self { document, statements, services, everywhere }
    }

    /// The document that was compiled.
    #[must_use]
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// The statements with the given effect that can be about actions of the service, in no particular order.
    pub(crate) fn statements_about(
        &self,
        service: &str,
        effect: Effect,
    ) -> impl Iterator<Item = &CompiledStatement> {
        let named = self.services.get(service).map_or(&[][..], |postings| postings.of(effect));
        let indices = named.iter().chain(self.everywhere.of(effect));
        indices.filter_map(|index| self.statements.get(*index as usize))
    }
}

/// Sorts statements by the services that they can be about: by prefix, and apart those about all services.
fn index(statements: &[Statement]) -> (BTreeMap<Box<str>, Postings>, Postings) {
    let mut services: BTreeMap<Box<str>, Postings> = BTreeMap::new();
    let mut everywhere = Postings::default();
    for (index, statement) in (0u32..).zip(statements) {
        match actions::services(&statement.action) {
            Services::All => everywhere.add(index, statement.effect),
            Services::Only(prefixes) => {
                for prefix in prefixes {
                    services.entry(prefix.into()).or_default().add(index, statement.effect);
                }
            }
        }
    }
    (services, everywhere)
}

impl Postings {
    fn of(&self, effect: Effect) -> &[u32] {
        match effect {
            Effect::Allow => &self.allow,
            Effect::Deny => &self.deny,
        }
    }

    /// Adds a statement, once however many of its patterns are about the service.
    fn add(&mut self, index: u32, effect: Effect) {
        let indices = match effect {
            Effect::Allow => &mut self.allow,
            Effect::Deny => &mut self.deny,
        };
        if indices.last() != Some(&index) {
            indices.push(index);
        }
    }
}

impl CompiledStatement {
    fn new(statement: &Statement, document: &Document) -> Self {
        Self {
            effect: statement.effect,
            principals: Principals::compile(statement.principal.as_ref()),
            actions: Actions::compile(&statement.action),
            resources: statement.resource.as_ref().map(|clause| Resources::compile(clause, document.kind)),
            tests: statement.conditions.iter().map(Test::compile).collect(),
            narrowed: statement.conditions.iter().any(narrows),
        }
    }
}

/// Whether a test narrows a statement's principals down by `aws:PrincipalArn`.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
fn narrows(test: &ConditionTest) -> bool {
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
    pub fn new(policies: &Policies) -> Self {
        Self::with(policies, |document| Arc::new(CompiledDocument::new(Arc::clone(document))))
    }

    /// Puts `policies` together from documents that `compiled` supplies: from a cache, where the caller has one.
    #[must_use]
    pub fn with(
        policies: &Policies,
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
