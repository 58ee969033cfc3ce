//! What the records of the organization name, and whether it is there.

use super::links::parses;
use super::{Check, Faults, RESTORE};
use crate::keys::Key;
use crate::keys::organization::Place;
use crate::organization::{Attached, Listed, Parent, PolicyKind, UnitId};
use crate::record::Fact;
use crate::record::organization::OrganizationFact;
use crate::snapshot::UNIT_DEPTH_MAX;

/// What to do about a policy that is not there.
const DETACH: &str = "detach the policy through the API, or restore a backup";

impl Check {
    pub(super) fn organization(&self, fact: &OrganizationFact, faults: &mut Faults<'_>) {
        let itself = self.facts.contains_key(&Key::Organization(Place::Itself));
        faults.unless(itself, || "there is no organization".to_owned(), RESTORE);
        match fact {
            OrganizationFact::Itself(organization) => {
                let account = organization.management_account;
                let member = self.facts.contains_key(&Key::Organization(Place::Member(account)));
                faults.unless(member, || format!("its management account {account} is no member"), RESTORE);
                self.control(&organization.root_attached, faults);
                if let Some(policy) = &organization.resource_policy {
                    parses(&policy.text, faults);
                }
            }
            OrganizationFact::Unit(unit) => {
                self.parent(&unit.parent, faults);
                let circle = self.depth(&unit.id) >= UNIT_DEPTH_MAX;
                faults.unless(!circle, || "it stands in itself".to_owned(), RESTORE);
                self.control(&unit.attached, faults);
            }
            OrganizationFact::Member(member) => {
                let account = member.account;
                faults.unless(
                    self.has_account(account),
                    || format!("there is no account {account}"),
                    RESTORE,
                );
                self.parent(&member.parent, faults);
                self.control(&member.attached, faults);
            }
            OrganizationFact::Policy(policy) => parses(&policy.text, faults),
            OrganizationFact::Handshake(_) | OrganizationFact::Creation(_) => {}
        }
    }

    fn unit_parent(&self, id: &UnitId) -> Option<&Parent> {
        let found = self.facts.get(&Key::Organization(Place::Unit(id.clone())))?;
        if let Fact::Organization(OrganizationFact::Unit(unit)) = found { Some(&unit.parent) } else { None }
    }

    fn parent(&self, parent: &Parent, faults: &mut Faults<'_>) {
        if let Parent::Unit(unit) = parent {
            let found = self.unit_parent(unit).is_some();
            faults.unless(found, || format!("there is no unit `{unit}` that it is in"), RESTORE);
        }
    }

    /// In how many units a unit stands, itself included, and [`UNIT_DEPTH_MAX`] at most.
    fn depth(&self, id: &UnitId) -> usize {
        let mut at = id.clone();
        for depth in 1..UNIT_DEPTH_MAX {
            match self.unit_parent(&at) {
                Some(Parent::Unit(above)) => at = above.clone(),
                Some(Parent::Root) | None => return depth,
            }
        }
        UNIT_DEPTH_MAX
    }

    fn control(&self, attached: &Attached, faults: &mut Faults<'_>) {
        self.listed(PolicyKind::ServiceControl, &attached.service_control, faults);
        self.listed(PolicyKind::ResourceControl, &attached.resource_control, faults);
    }

    fn listed(&self, kind: PolicyKind, listed: &Listed, faults: &mut Faults<'_>) {
        // What is listed counts only while its type is enabled, and only if it was listed since: the rest may be gone.
        let itself = self.facts.get(&Key::Organization(Place::Itself));
        let Some(Fact::Organization(OrganizationFact::Itself(organization))) = itself else { return };
        let state = organization.types.of(kind);
        if !state.enabled || listed.times != state.times {
            return;
        }
        for id in listed.policies.iter().filter(|id| !id.is_managed()) {
            let stored = self.facts.get(&Key::Organization(Place::Policy(id.clone())));
            let found = matches!(
                stored,
                Some(Fact::Organization(OrganizationFact::Policy(policy))) if policy.kind == kind
            );
            faults.unless(found, || format!("there is no policy `{id}` of its type"), DETACH);
        }
    }
}
