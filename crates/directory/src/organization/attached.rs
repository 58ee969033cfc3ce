//! Which types of policy an organization has in force, and which policies are attached where.

use super::{PolicyId, PolicyKind};

/// The types of policy that an organization has in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PolicyTypes {
    /// Service control policies.
    pub service_control: PolicyTypeState,
    /// Resource control policies.
    pub resource_control: PolicyTypeState,
}

/// Whether a type of policy is in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PolicyTypeState {
    /// Whether it is.
    pub enabled: bool,
    /// How often it was enabled. What was attached before the last time is attached no more.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/disable-policy-type.html>
    pub(crate) times: u32,
}

/// The policies that are attached to a root, unit or account.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Attached {
    pub(crate) service_control: Listed,
    pub(crate) resource_control: Listed,
}

/// Policies of one type, as they were attached after the type was enabled for so many times.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Listed {
    pub(crate) times: u32,
    pub(crate) policies: Vec<PolicyId>,
}

impl PolicyTypes {
    /// One of them.
    #[must_use]
    pub const fn of(&self, kind: PolicyKind) -> PolicyTypeState {
        match kind {
            PolicyKind::ServiceControl => self.service_control,
            PolicyKind::ResourceControl => self.resource_control,
        }
    }

    pub(crate) const fn of_mut(&mut self, kind: PolicyKind) -> &mut PolicyTypeState {
        match kind {
            PolicyKind::ServiceControl => &mut self.service_control,
            PolicyKind::ResourceControl => &mut self.resource_control,
        }
    }
}

impl Attached {
    /// The policies of a type, in the order in which they were attached; none unless the type is enabled. Where nobody has
    /// changed them since it was, the one that AWS attaches everywhere.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
    #[must_use]
    pub fn policies(&self, types: &PolicyTypes, kind: PolicyKind) -> Vec<PolicyId> {
        let state = types.of(kind);
        let listed = self.listed(kind);
        if !state.enabled {
            return Vec::new();
        }
        if listed.times == state.times { listed.policies.clone() } else { vec![kind.everywhere()] }
    }

    /// Whether a policy is one of the [`policies`](Self::policies) of its type, of which `everywhere` is the one that AWS
    /// attaches everywhere. Allocates nothing.
    pub(crate) fn holds(
        &self,
        types: &PolicyTypes,
        kind: PolicyKind,
        everywhere: &PolicyId,
        id: &PolicyId,
    ) -> bool {
        let (state, listed) = (types.of(kind), self.listed(kind));
        let attached =
            if listed.times == state.times { listed.policies.contains(id) } else { everywhere == id };
        state.enabled && attached
    }

    const fn listed(&self, kind: PolicyKind) -> &Listed {
        match kind {
            PolicyKind::ServiceControl => &self.service_control,
            PolicyKind::ResourceControl => &self.resource_control,
        }
    }

    pub(crate) fn set(&mut self, types: &PolicyTypes, kind: PolicyKind, policies: Vec<PolicyId>) {
        let listed = Listed { times: types.of(kind).times, policies };
        match kind {
            PolicyKind::ServiceControl => self.service_control = listed,
            PolicyKind::ResourceControl => self.resource_control = listed,
        }
    }
}
