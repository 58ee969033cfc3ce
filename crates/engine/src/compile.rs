//! Policies made ready to be asked many times.

use std::sync::Arc;

use doorward_policy::request::{Attached, Guardrails, Policies, Source};
use doorward_policy::{AccountId, Comparison, ConditionTest, Document, Effect, Qualifier, Statement};

use crate::actions::{self, Actions, Reached};
use crate::conditions::Test;
use crate::principals::Principals;
use crate::resources::Resources;

/// A policy document made ready to be asked: patterns compiled, condition values parsed, statements indexed by the
/// actions that they are about.
///
/// Immutable, and made once for each version of a document: keep it in an [`Arc`] beside the document and share it
/// among all to whom the document is attached. Costs a small multiple of the document's text in memory.
#[derive(Debug)]
pub struct CompiledDocument {
    document: Arc<Document>,
    pub(crate) statements: Box<[CompiledStatement]>,
    allowing: Index,
    denying: Index,
}

/// The statements of one effect by the actions that they can be about.
#[derive(Debug, Default)]
struct Index {
    /// By [`key`] of an action: the statements that name it; by that of a service's prefix: those that can be about other
    /// actions of the service. Sorted, each pair once. Two actions may share a key: that costs a look, and no more.
    named: Vec<(u64, u32)>,
    /// The statements that can be about any service's actions.
    everywhere: Vec<u32>,
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
        let allowing = Index::new(&document.statements, Effect::Allow);
        let denying = Index::new(&document.statements, Effect::Deny);
        Self { document, statements, allowing, denying }
    }

    /// The document that was compiled.
    #[must_use]
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// The statements with the given effect that can be about an action with these keys; in no particular order, and
    /// perhaps some of them twice.
    pub(crate) fn statements_about(
        &self,
        keys: ActionKeys,
        effect: Effect,
    ) -> impl Iterator<Item = &CompiledStatement> {
        let index = match effect {
            Effect::Allow => &self.allowing,
            Effect::Deny => &self.denying,
        };
        let named = index.under(keys.action).iter().chain(index.under(keys.service)).map(|(_, place)| place);
        named.chain(&index.everywhere).filter_map(|place| self.statements.get(*place as usize))
    }
}

/// The keys of an action and of its service, under which statements about it are found.
#[derive(Clone, Copy)]
pub(crate) struct ActionKeys {
    action: u64,
    service: u64,
}

impl ActionKeys {
    /// The keys of an action, given in lower case.
    pub(crate) fn new(action: &str) -> Self {
        Self { action: key(action), service: key(actions::service(action)) }
    }
}

/// A short stand-in for a text (FNV-1a).
fn key(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |key, byte| (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl Index {
    fn new(statements: &[Statement], effect: Effect) -> Self {
        let mut index = Self::default();
        for (place, statement) in (0u32..).zip(statements).filter(|(_, statement)| statement.effect == effect)
        {
            match actions::reached(&statement.action) {
                Reached::All => index.everywhere.push(place),
                Reached::Only(texts) => index.named.extend(texts.into_iter().map(|text| (key(text), place))),
            }
        }
        index.named.sort_unstable();
        index.named.dedup();
        index
    }

    fn under(&self, key: u64) -> &[(u64, u32)] {
        let from =
            self.named.get(self.named.partition_point(|(other, _)| *other < key)..).unwrap_or_default();
        from.get(..from.partition_point(|(other, _)| *other == key)).unwrap_or_default()
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
