//! One simulation: who calls under which policies, and what is asked of the judge.

use doorward_engine::{CompiledAttached, CompiledPolicies, Policies, checks, open_keys};
use doorward_gate::put_organization;
use doorward_policy::explain::{Check, Decision};
use doorward_policy::request::{Choices, Context, Request, Requester, Resource};
use doorward_policy::{AccountId, Arn};
use doorward_wire::{ApiError, iam};

use super::source::Simulated;
use super::{entries, given, handling, invalid, shown};
use crate::call::Call;
use crate::iam::page;

/// How many statements a page of results may look at, over all its actions and resources, before it ends early. The
/// slowest statements take some tens of microseconds each.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html>, which says that a page may
/// hold fewer results than asked for
const PAGE_STATEMENTS_MAX: usize = 50_000;

/// How many statements a single action may look at, over all resources: what comes to more is refused.
const ACTION_STATEMENTS_MAX: usize = 100_000;

/// What a request says about resources.
pub(super) struct Resources {
    /// `ResourceArns`.
    pub(super) arns: Option<Vec<String>>,
    /// `ResourceOwner`.
    pub(super) owner: Option<String>,
    /// `ResourcePolicy`.
    pub(super) policy: Option<String>,
    /// `ResourceHandlingOption`.
    pub(super) handling: Option<String>,
}

/// A simulation.
pub(super) struct Scenario {
    requester: Requester,
    account: AccountId,
    context: Context,
    /// The resources, and what is known of each beside what the request says.
    resources: Vec<(Resource, Context)>,
    /// Whether resources were named.
    is_specific: bool,
    /// For the resources of the caller's account.
    own: Prepared,
    /// For those of other accounts.
    foreign: Prepared,
    /// How many statements all policies have.
    statements: usize,
}

/// Policies, with and without those of the organization, whose keys and statements answers leave out.
struct Prepared {
    all: Policies,
    shown: Policies,
}

impl Prepared {
    fn new(policies: &CompiledPolicies, resource: Option<CompiledAttached>, choices: Choices) -> Self {
        let all = CompiledPolicies { resource, ..policies.clone() };
        let shown = CompiledPolicies { service_control: None, resource_control: None, ..all.clone() };
        Self { all: Policies::new(all, choices), shown: Policies::new(shown, choices) }
    }
}

/// What the judge says of one action on one resource.
pub(super) struct Judged {
    pub(super) resource: String,
    pub(super) decision: Decision,
    pub(super) checks: Vec<Check>,
    pub(super) missing: Vec<String>,
    pub(super) is_foreign: bool,
}

impl Scenario {
    /// A simulation of a caller under `policies`.
    ///
    /// Where no policy of the resources is given, those of the caller's account leave it to the account's own policies.
    /// Those of other accounts then allow nobody: AWS's answer is UNCONFIRMED (simulator-foreign-resource).
    ///
    /// # Errors
    /// `InvalidInput` for what cannot be simulated.
    pub(super) fn new(
        call: &Call<'_>,
        caller: Simulated,
        policies: &CompiledPolicies,
        asked: &Resources,
        actions: &[String],
        entries: &[iam::ContextEntry],
    ) -> Result<Self, ApiError> {
        let Simulated { requester, account, mut context } = caller;
        put_place(call, &mut context, account, "aws:Principal");
        context.extend(entries::context(call, entries)?);
        let arns = asked.arns.as_deref().unwrap_or_default();
        handling::check(call, asked.handling.as_deref(), arns)?;
        check_actions(call, actions)?;
        let owner = asked.owner.as_deref().map(|owner| read_owner(call, owner)).transpose()?;
        let is_specific = arns.iter().any(|arn| arn != "*");
        let resources: Vec<Resource> = if arns.is_empty() {
            vec![Resource { arn: "*".to_owned(), account: Some(account) }]
        } else {
            let each = arns.iter().map(|arn| resource(call, arn, owner, account));
            each.collect::<Result<_, _>>()?
        };
        let about_roles = actions.iter().all(|action| is_of_sts(action)) && resources.iter().all(is_role);
        let policy = asked.policy.as_deref();
        let policy = policy.map(|text| given::resource(call, text, about_roles)).transpose()?;
        let choices = call.gate.choices();
        let delegation = policy.clone().map_or_else(|| given::delegation(account), Ok)?;
        let own = Prepared::new(policies, Some(delegation), choices);
        let rails = policies.service_control.iter().chain(&policies.resource_control);
        let organization = rails.flat_map(|rails| &rails.levels).flat_map(|level| &level.policies);
        let statements = shown::policies(own.all.attached()).chain(organization).map(count).sum();
        let foreign = Prepared::new(policies, policy, choices);
        let resources = resources.into_iter().map(|resource| owned(call, resource)).collect();
        Ok(Self { requester, account, context, resources, is_specific, own, foreign, statements })
    }

    /// One page of results, one result for each action.
    ///
    /// # Errors
    /// `InvalidInput` when there is too much to look at for any action, `ValidationError` for a marker that is none.
    pub(super) fn page(
        &self,
        call: &Call<'_>,
        actions: &[String],
        marker: Option<&str>,
        items_max: Option<i64>,
    ) -> Result<iam::SimulatePolicyResponse, ApiError> {
        let each = self.statements.max(1).saturating_mul(self.resources.len());
        if each > ACTION_STATEMENTS_MAX {
            let message = format!(
                "The policies have {} statements, which is too many to simulate with {} resources.",
                self.statements,
                self.resources.len()
            );
            return Err(invalid(call, message));
        }
        let first = match page::after(marker)? {
            None => 0,
            Some(text) => text.parse().ok().filter(|at| *at < actions.len()).ok_or_else(page::invalid)?,
        };
        let size = page::size(items_max).min((PAGE_STATEMENTS_MAX / each).max(1));
        let results = actions.iter().skip(first).take(size).map(|action| self.result(action)).collect();
        let next = Some(first + size).filter(|next| *next < actions.len());
        Ok(iam::SimulatePolicyResponse {
            evaluation_results: Some(results),
            is_truncated: Some(next.is_some()),
            marker: next.map(|next| page::marker(&next.to_string())),
        })
    }

    fn result(&self, action: &str) -> iam::EvaluationResult {
        let judged: Vec<Judged> =
            self.resources.iter().map(|(resource, known)| self.judge(action, resource, known)).collect();
        shown::result(action, &judged, self.is_specific, self.own.all.attached())
    }

    fn judge(&self, action: &str, resource: &Resource, known: &Context) -> Judged {
        let is_foreign = resource.account != Some(self.account);
        let prepared = if is_foreign { &self.foreign } else { &self.own };
        let mut context = known.clone();
        context.extend(self.context.clone());
        let request = Request {
            requester: self.requester.clone(),
            action: action.to_owned(),
            resource: resource.clone(),
            context,
        };
        let (decision, checks) = checks(&request, &prepared.all);
        let missing = open_keys(&request, &prepared.shown).iter().map(ToString::to_string).collect();
        Judged { resource: resource.arn.clone(), decision, checks, missing, is_foreign }
    }
}

/// A resource, and the keys that its owner brings. What the request says of them comes first.
fn owned(call: &Call<'_>, resource: Resource) -> (Resource, Context) {
    let mut known = Context::default();
    if let Some(owner) = resource.account {
        known.put("aws:ResourceAccount", &owner.to_string());
        put_place(call, &mut known, owner, "aws:Resource");
    }
    (resource, known)
}

/// Where an account stands in the organization, as requests have it. A member sees its own place alone: where the others
/// stand is not for it to read.
fn put_place(call: &Call<'_>, context: &mut Context, account: AccountId, prefix: &str) {
    let organization = call.snapshot().organization();
    let manages = organization.is_some_and(|own| own.management_account == call.account);
    if account == call.account || manages {
        put_organization(context, call.snapshot(), account, prefix);
    }
}

fn count(policy: &CompiledAttached) -> usize {
    policy.document.document().statements.len()
}

/// An action is `service:Name`, without wildcards.
fn check_actions(call: &Call<'_>, actions: &[String]) -> Result<(), ApiError> {
    let is_whole = |action: &&String| {
        let parts = action.split_once(':');
        let sound = |text: &str| {
            !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        };
        parts.is_some_and(|(service, name)| sound(service) && sound(name))
    };
    if actions.is_empty() {
        return Err(invalid(call, "ActionNames must name at least one action."));
    }
    match actions.iter().find(|action| !is_whole(action)) {
        None => Ok(()),
        Some(bad) => {
            Err(invalid(call, format!("ActionNames: {bad} is not an action of the form service:Name.")))
        }
    }
}

/// The account that `ResourceOwner` names: by its id, or by its root's ARN.
fn read_owner(call: &Call<'_>, owner: &str) -> Result<AccountId, ApiError> {
    let of_root = || {
        let arn: Arn = owner.parse().ok()?;
        (arn.service() == "iam" && arn.resource() == "root").then(|| arn.account().parse().ok())?
    };
    owner.parse().ok().or_else(of_root).ok_or_else(|| {
        invalid(call, format!("ResourceOwner: {owner} is neither an account id nor the ARN of an account."))
    })
}

/// A resource, and whose it is: as its ARN says, or else as `ResourceOwner` does, or else the caller's. What belongs to
/// AWS, such as a managed policy, is used within one's own account.
fn resource(
    call: &Call<'_>,
    text: &str,
    owner: Option<AccountId>,
    caller: AccountId,
) -> Result<Resource, ApiError> {
    let resource = |account| Resource { arn: text.to_owned(), account: Some(account) };
    if text == "*" {
        return Ok(resource(caller));
    }
    let bad = || invalid(call, format!("ResourceArns: {text} is not the ARN of a resource."));
    let arn: Arn = text.parse().map_err(|_| bad())?;
    match arn.account() {
        "" => Ok(resource(owner.unwrap_or(caller))),
        "aws" => Ok(resource(caller)),
        account => account.parse().map(resource).map_err(|_| bad()),
    }
}

fn is_of_sts(action: &str) -> bool {
    action.split_once(':').is_some_and(|(service, _)| service.eq_ignore_ascii_case("sts"))
}

fn is_role(resource: &Resource) -> bool {
    let arn: Option<Arn> = resource.arn.parse().ok();
    arn.is_some_and(|arn| arn.service() == "iam" && arn.resource().starts_with("role/"))
}
