//! The organization of a case, made in an installation.

use std::collections::BTreeMap;

use doorward_conformance::cases::Case;
use doorward_directory::Refusal;
use doorward_directory::change::Draft;
use doorward_directory::change::organization::handshakes::{self, Invitation};
use doorward_directory::change::organization::policies::{self, NewControlPolicy};
use doorward_directory::change::organization::{self, units};
use doorward_directory::organization::{Features, PolicyId, PolicyKind};
use doorward_policy::request::{Attached, Guardrails};
use doorward_policy::resource::ResourceForm;
use doorward_policy::{AccountId, ActionClause, Effect, ResourceClause};

use crate::door::Door;
use crate::stage::Unfit;

/// The organization's policies in a case, by type.
pub fn rails(case: &Case) -> impl Iterator<Item = (PolicyKind, &Guardrails)> {
    let control = case.policies.service_control.iter().map(|rails| (PolicyKind::ServiceControl, rails));
    control.chain(case.policies.resource_control.iter().map(|rails| (PolicyKind::ResourceControl, rails)))
}

/// The account that manages the case's organization, if it has one.
pub fn management(case: &Case) -> Result<Option<String>, Unfit> {
    let mut accounts = rails(case).map(|(_, rails)| rails.management_account);
    let Some(first) = accounts.next() else { return Ok(None) };
    if accounts.any(|other| other != first) {
        return Err(Unfit("an installation has one organization"));
    }
    Ok(Some(first.to_string()))
}

/// Makes the organization, as far as the case has one.
pub fn make(door: &Door, case: &Case) -> Result<(), Unfit> {
    let Some((_, first)) = rails(case).next() else { return Ok(()) };
    let management = first.management_account;
    for (kind, rails) in rails(case) {
        fits(case, kind, rails)?;
    }
    let made = door.directory().change(door.now(), |draft| plan(draft, case, management));
    made.map(drop).map_err(|_| Unfit("an organization that cannot be stored"))
}

fn fits(case: &Case, kind: PolicyKind, rails: &Guardrails) -> Result<(), Unfit> {
    let bound = match kind {
        PolicyKind::ServiceControl => case.request.requester.account(),
        PolicyKind::ResourceControl => case.request.resource.account,
    };
    let last: Option<AccountId> = rails.levels.last().and_then(|level| level.target.parse().ok());
    if last.is_none() || last != bound {
        return Err(Unfit("the levels of an organization end with the account that is bound"));
    }
    let lacks = |policies: &[Attached]| match kind {
        PolicyKind::ServiceControl => policies.is_empty(),
        PolicyKind::ResourceControl => !policies.iter().any(is_full),
    };
    if rails.levels.iter().any(|level| lacks(&level.policies)) {
        return Err(Unfit("no level of an organization is without a policy that allows"));
    }
    Ok(())
}

/// Whether a policy allows everything, as those that AWS attaches everywhere.
fn is_full(policy: &Attached) -> bool {
    let [statement] = policy.document.statements.as_slice() else { return false };
    let any = |clause: &ActionClause| matches!(clause, ActionClause::Action(list) if list.iter().any(|one| one.folded() == "*"));
    let everywhere = |clause: &ResourceClause| matches!(clause, ResourceClause::Resource(list) if list.iter().any(|one| one.form == ResourceForm::Any));
    statement.effect == Effect::Allow
        && statement.conditions.is_empty()
        && any(&statement.action)
        && statement.resource.as_ref().is_some_and(everywhere)
}

fn plan(draft: &mut Draft<'_>, case: &Case, management: AccountId) -> Result<(), Refusal> {
    let root = organization::create(draft, management, Features::All)?.root.to_string();
    if case.policies.service_control.is_none() {
        policies::disable_type(draft, management, &root, PolicyKind::ServiceControl)?;
    }
    if case.policies.resource_control.is_some() {
        policies::enable_type(draft, management, &root, PolicyKind::ResourceControl)?;
    }
    let mut nodes: BTreeMap<&str, String> = BTreeMap::new();
    for (kind, rails) in rails(case) {
        let mut above = root.clone();
        for (depth, level) in rails.levels.iter().enumerate() {
            let target = level.target.as_str();
            let node = match nodes.get(target) {
                Some(node) => node.clone(),
                None if depth == 0 => root.clone(),
                None if depth + 1 == rails.levels.len() => joined(draft, management, target, &root, &above)?,
                None => units::create(draft, management, &above, target, &[])?.id.to_string(),
            };
            nodes.insert(target, node.clone());
            hang(draft, management, kind, &node, &level.policies)?;
            above = node;
        }
    }
    Ok(())
}

/// Lets an account join and stand in a place.
fn joined(
    draft: &mut Draft<'_>,
    management: AccountId,
    target: &str,
    root: &str,
    place: &str,
) -> Result<String, Refusal> {
    let account: AccountId = target.parse().unwrap();
    if account != management {
        let invitation = Invitation { account, notes: None, tags: &[] };
        let handshake = handshakes::invite(draft, management, &invitation)?;
        handshakes::accept(draft, account, &handshake.id)?;
    }
    if place != root {
        organization::accounts::relocate(draft, management, account, root, place)?;
    }
    Ok(target.to_owned())
}

/// Attaches policies in place of what AWS attaches everywhere; of resource control policies, beside it.
fn hang(
    draft: &mut Draft<'_>,
    management: AccountId,
    kind: PolicyKind,
    node: &str,
    all: &[Attached],
) -> Result<(), Refusal> {
    let stays = kind == PolicyKind::ResourceControl;
    for (number, policy) in all.iter().enumerate().filter(|(_, policy)| !stays || !is_full(policy)) {
        let name = format!("{node}-{number}");
        let content = &policy.document.text;
        let new = NewControlPolicy { kind, name: &name, description: "", content, tags: &[] };
        let made = policies::create(draft, management, &new)?;
        policies::attach(draft, management, &made.id, node)?;
    }
    if !stays {
        policies::detach(draft, management, &PolicyId::full_access(), node)?;
    }
    Ok(())
}
