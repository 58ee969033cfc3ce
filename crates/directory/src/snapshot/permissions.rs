//! Which policies bear on a principal.

use std::sync::Arc;

use doorward_engine::CompiledAttached;
use doorward_policy::request::Source;

use super::Snapshot;
use crate::managed::ManagedPolicy;
use crate::text::Unreadable;
use crate::unique_id::UniqueId;

/// The policies of one principal: what may be granted, and within what.
#[derive(Clone, Debug, Default)]
pub struct Permissions {
    /// The identity-based policies: its own inline and managed ones, then those of a user's groups in the order of
    /// joining.
    pub identity: Vec<CompiledAttached>,
    /// The permissions boundary.
    pub boundary: Option<CompiledAttached>,
}

impl Snapshot {
    /// The policies of a user; `None` if there is no such user. Allocates the list and the names in it; documents are
    /// shared.
    ///
    /// # Errors
    /// [`Unreadable`] if any of the policies cannot be used: the request must then be refused.
    pub fn user_permissions(&self, id: UniqueId) -> Option<Result<Permissions, Unreadable>> {
        let user = self.user_with_id(id)?;
        Some((|| {
            let arn = user.arn();
            let mut identity = Vec::new();
            self.gather(id, &user.attached, &arn, &mut identity)?;
            for group in &user.groups {
                let group = self.group_with_id(*group).ok_or(Unreadable::Missing(*group))?;
                self.gather(group.id, &group.attached, &group.arn(), &mut identity)?;
            }
            let boundary = user.boundary.map(|policy| self.managed(policy, &arn)).transpose()?;
            Ok(Permissions { identity, boundary })
        })())
    }

    /// The policies of a role; `None` if there is no such role. Costs as [`user_permissions`](Self::user_permissions).
    ///
    /// # Errors
    /// [`Unreadable`] if any of the policies cannot be used: the request must then be refused.
    pub fn role_permissions(&self, id: UniqueId) -> Option<Result<Permissions, Unreadable>> {
        let role = self.role_with_id(id)?;
        Some((|| {
            let arn = role.arn();
            let mut identity = Vec::new();
            self.gather(id, &role.attached, &arn, &mut identity)?;
            let boundary = role.boundary.map(|policy| self.managed(policy, &arn)).transpose()?;
            Ok(Permissions { identity, boundary })
        })())
    }

    /// The policies of a group, which has no boundary; `None` if there is no such group. Costs as
    /// [`user_permissions`](Self::user_permissions).
    ///
    /// # Errors
    /// [`Unreadable`] if any of the policies cannot be used.
    pub fn group_permissions(&self, id: UniqueId) -> Option<Result<Permissions, Unreadable>> {
        let group = self.group_with_id(id)?;
        let mut identity = Vec::new();
        let gathered = self.gather(id, &group.attached, &group.arn(), &mut identity);
        Some(gathered.map(|()| Permissions { identity, boundary: None }))
    }

    /// The policies of the user, role or group with this id; `None` if there is none.
    ///
    /// # Errors
    /// [`Unreadable`] if any of the policies cannot be used: the request must then be refused.
    pub fn permissions(&self, id: UniqueId) -> Option<Result<Permissions, Unreadable>> {
        let other = || self.role_permissions(id).or_else(|| self.group_permissions(id));
        self.user_permissions(id).or_else(other)
    }

    /// The default version of a managed policy, as attached to `attached_to`.
    ///
    /// # Errors
    /// [`Unreadable`] if there is no such policy, or it cannot be used.
    pub fn managed(&self, id: UniqueId, attached_to: &str) -> Result<CompiledAttached, Unreadable> {
        let policy: &ManagedPolicy = self.policy_with_id(id).ok_or(Unreadable::Missing(id))?;
        let version = self.version(id, policy.default_version).ok_or(Unreadable::Missing(id))?;
        let source = Source {
            name: policy.name.as_str().to_owned(),
            arn: Some(policy.arn()),
            attached_to: attached_to.to_owned(),
        };
        Ok(CompiledAttached { document: version.text.compiled()?, source: Arc::new(source) })
    }

    /// Adds the inline and managed policies of one holder.
    fn gather(
        &self,
        holder: UniqueId,
        attached: &[UniqueId],
        arn: &str,
        into: &mut Vec<CompiledAttached>,
    ) -> Result<(), Unreadable> {
        for inline in self.inline(holder) {
            let source = Source { name: inline.name.to_string(), arn: None, attached_to: arn.to_owned() };
            into.push(CompiledAttached { document: inline.text.compiled()?, source: Arc::new(source) });
        }
        for policy in attached {
            into.push(self.managed(*policy, arn)?);
        }
        Ok(())
    }
}
