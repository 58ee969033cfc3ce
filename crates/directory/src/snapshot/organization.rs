//! The organization in a snapshot, and what its policies say about an account.

use std::sync::Arc;

use doorward_engine::{CompiledAttached, CompiledGuardrails, CompiledLevel};
use doorward_policy::AccountId;
use doorward_policy::request::Source;
use doorward_store::Revision;
use imbl::OrdMap;

use super::{Snapshot, Stored};
use crate::keys::organization::Place;
use crate::organization::{
    Attached, ControlPolicy, Creation, CreationId, Handshake, HandshakeId, Member, Organization, Parent,
    PolicyId, PolicyKind, Standing, Target, Unit, UnitId,
};
use crate::record::organization::OrganizationFact;
use crate::text::Unreadable;

/// How many units may stand in each other whatever the quota says. A path that has more is taken to run in a circle.
pub const UNIT_DEPTH_MAX: usize = 64;

/// The records of the organization.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Records {
    itself: Option<Arc<Stored<Organization>>>,
    units: OrdMap<UnitId, Arc<Stored<Unit>>>,
    members: OrdMap<AccountId, Arc<Stored<Member>>>,
    policies: OrdMap<PolicyId, Arc<Stored<ControlPolicy>>>,
    handshakes: OrdMap<HandshakeId, Arc<Stored<Handshake>>>,
    creations: OrdMap<CreationId, Arc<Stored<Creation>>>,
}

impl Records {
    /// Sets what stands at a place.
    pub(super) fn set(&mut self, place: &Place, new: Option<(OrganizationFact, Revision)>) {
        match place {
            Place::Itself => {
                let itself = stored(new, OrganizationFact::into_itself);
                self.itself = itself.map(|stored| {
                    Arc::new(Stored { value: (*stored.value).clone(), revision: stored.revision })
                });
            }
            Place::Unit(id) => put(&mut self.units, id, stored(new, OrganizationFact::into_unit)),
            Place::Member(account) => {
                put(&mut self.members, account, stored(new, OrganizationFact::into_member));
            }
            Place::Policy(id) => put(&mut self.policies, id, stored(new, OrganizationFact::into_policy)),
            Place::Handshake(id) => {
                put(&mut self.handshakes, id, stored(new, OrganizationFact::into_handshake));
            }
            Place::Creation(id) => {
                put(&mut self.creations, id, stored(new, OrganizationFact::into_creation));
            }
        }
    }

    /// The revision that last wrote the record at a place.
    pub(super) fn revision_of(&self, place: &Place) -> Option<Revision> {
        match place {
            Place::Itself => self.itself.as_ref().map(|stored| stored.revision),
            Place::Unit(id) => self.units.get(id).map(|stored| stored.revision),
            Place::Member(account) => self.members.get(account).map(|stored| stored.revision),
            Place::Policy(id) => self.policies.get(id).map(|stored| stored.revision),
            Place::Handshake(id) => self.handshakes.get(id).map(|stored| stored.revision),
            Place::Creation(id) => self.creations.get(id).map(|stored| stored.revision),
        }
    }
}

fn stored<T>(
    new: Option<(OrganizationFact, Revision)>,
    kind: impl FnOnce(OrganizationFact) -> Option<T>,
) -> Option<Stored<T>> {
    let (fact, revision) = new?;
    kind(fact).map(|value| Stored { value, revision })
}

fn put<K: Clone + Ord, T>(map: &mut OrdMap<K, Arc<Stored<T>>>, key: &K, new: Option<Stored<T>>) {
    match new {
        Some(new) => map.insert(key.clone(), Arc::new(new)),
        None => map.remove(key),
    };
}

impl Snapshot {
    /// The organization; `None` where there is none.
    #[must_use]
    pub fn organization(&self) -> Option<&Organization> {
        self.organization.itself.as_ref().map(|stored| &stored.value)
    }

    /// A unit of the organization.
    #[must_use]
    pub fn unit(&self, id: &UnitId) -> Option<&Unit> {
        self.organization.units.get(id).map(|stored| &stored.value)
    }

    /// All units, ordered by id.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.organization.units.values().map(|stored| &stored.value)
    }

    /// The membership of an account; `None` for one that stands alone.
    #[must_use]
    pub fn member(&self, account: AccountId) -> Option<&Member> {
        self.organization.members.get(&account).map(|stored| &stored.value)
    }

    /// All members of the organization, its management account too, ordered by account.
    pub fn members_of_organization(&self) -> impl ExactSizeIterator<Item = &Member> {
        self.organization.members.values().map(|stored| &stored.value)
    }

    /// A policy of the organization, or one that AWS manages.
    #[must_use]
    pub fn control_policy(&self, id: &PolicyId) -> Option<&ControlPolicy> {
        let managed = PolicyKind::ALL.into_iter().map(PolicyKind::managed).find(|policy| policy.id == *id);
        managed.or_else(|| self.organization.policies.get(id).map(|stored| &stored.value))
    }

    /// The organization's own policies, ordered by id.
    pub fn control_policies(&self) -> impl ExactSizeIterator<Item = &ControlPolicy> {
        self.organization.policies.values().map(|stored| &stored.value)
    }

    /// A handshake that the organization sent.
    #[must_use]
    pub fn handshake(&self, id: &HandshakeId) -> Option<&Handshake> {
        self.organization.handshakes.get(id).map(|stored| &stored.value)
    }

    /// All handshakes that the organization sent, ordered by id.
    pub fn handshakes(&self) -> impl Iterator<Item = &Handshake> {
        self.organization.handshakes.values().map(|stored| &stored.value)
    }

    /// A request to create an account.
    #[must_use]
    pub fn creation(&self, id: &CreationId) -> Option<&Creation> {
        self.organization.creations.get(id).map(|stored| &stored.value)
    }

    /// All requests to create an account, ordered by id.
    pub fn creations(&self) -> impl Iterator<Item = &Creation> {
        self.organization.creations.values().map(|stored| &stored.value)
    }

    /// Whether an account is closed, so that nobody in it may be let in.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_close.html>
    #[must_use]
    pub fn is_closed(&self, account: AccountId) -> bool {
        self.member(account).is_some_and(|member| member.standing == Standing::Suspended)
    }

    /// The units from the root down to a place; `None` if one of them is missing.
    #[must_use]
    pub fn units_down_to(&self, parent: &Parent) -> Option<Vec<&Unit>> {
        let mut units = Vec::new();
        let mut parent = parent;
        while let Parent::Unit(id) = parent {
            if units.len() == UNIT_DEPTH_MAX {
                return None;
            }
            let unit = self.unit(id)?;
            units.push(unit);
            parent = &unit.parent;
        }
        units.reverse();
        Some(units)
    }

    /// The path of a place in the organization, `o-…/r-…/ou-…/`; `None` if there is no such place.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html#access_policies_last-accessed-viewing-orgs-entity-path>
    #[must_use]
    pub fn path_down_to(&self, parent: &Parent) -> Option<String> {
        let organization = self.organization()?;
        let mut path = format!("{}/{}/", organization.id, organization.root);
        for unit in self.units_down_to(parent)? {
            path.push_str(unit.id.as_str());
            path.push('/');
        }
        Some(path)
    }

    /// What is attached to a target; `None` if there is no such target.
    #[must_use]
    pub fn attached(&self, target: &Target) -> Option<&Attached> {
        Some(match target {
            Target::Root => &self.organization()?.root_attached,
            Target::Unit(id) => &self.unit(id)?.attached,
            Target::Account(account) => &self.member(*account)?.attached,
        })
    }

    /// The organization's policies of a type over an account, from the root down to the account; `None` for an account that
    /// stands alone, and where the type is not enabled. Allocates the lists and the names in them; documents are shared.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html>
    ///
    /// # Errors
    /// [`Unreadable`] if any of the policies, or a place on the way, cannot be used: the request must then be refused.
    pub fn guardrails(
        &self,
        account: AccountId,
        kind: PolicyKind,
    ) -> Result<Option<CompiledGuardrails>, Unreadable> {
        let Some((organization, member)) = self.organization().zip(self.member(account)) else {
            return Ok(None);
        };
        if !organization.types.of(kind).enabled {
            return Ok(None);
        }
        let missing = || Unreadable::MissingInOrganization(format!("the parent of {account}"));
        let units = self.units_down_to(&member.parent).ok_or_else(missing)?;
        let mut nodes = vec![(organization.root.to_string(), &organization.root_attached)];
        nodes.extend(units.into_iter().map(|unit| (unit.id.to_string(), &unit.attached)));
        nodes.push((account.to_string(), &member.attached));
        let levels: Result<Vec<CompiledLevel>, Unreadable> = nodes
            .into_iter()
            .map(|(target, attached)| self.level(organization, target, attached, kind))
            .collect();
        Ok(Some(CompiledGuardrails { management_account: organization.management_account, levels: levels? }))
    }

    fn level(
        &self,
        organization: &Organization,
        target: String,
        attached: &Attached,
        kind: PolicyKind,
    ) -> Result<CompiledLevel, Unreadable> {
        let mut policies = Vec::new();
        for id in attached.policies(&organization.types, kind) {
            let missing = || Unreadable::MissingInOrganization(id.to_string());
            let policy = self.control_policy(&id).filter(|policy| policy.kind == kind).ok_or_else(missing)?;
            let source = Source {
                name: policy.name.to_string(),
                arn: Some(organization.policy_arn(kind, &id)),
                attached_to: target.clone(),
            };
            policies.push(CompiledAttached { document: policy.text.compiled()?, source: Arc::new(source) });
        }
        Ok(CompiledLevel { target, policies })
    }

    /// The policy by which the organization delegates its administration.
    ///
    /// # Errors
    /// [`Unreadable`] if it cannot be used.
    pub fn delegation(&self) -> Result<Option<CompiledAttached>, Unreadable> {
        let Some(organization) = self.organization() else { return Ok(None) };
        let Some(policy) = &organization.resource_policy else { return Ok(None) };
        let source = Source {
            name: policy.id.to_string(),
            arn: Some(organization.resource_policy_arn(&policy.id)),
            attached_to: organization.arn(),
        };
        Ok(Some(CompiledAttached { document: policy.text.compiled()?, source: Arc::new(source) }))
    }
}
