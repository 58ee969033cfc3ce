//! Trust policies: as the judge reads them, and as people read them back.

use std::sync::Arc;

use doorward_engine::CompiledAttached;
use doorward_policy::request::Source;

use super::{Entity, Snapshot};
use crate::identity::Role;
use crate::text::Unreadable;

/// What a role's trust policy is called in reasons.
const NAME: &str = "trust policy";

impl Snapshot {
    /// A role's trust policy for the judge. The users and roles that it names are named by their unique ids, so that it
    /// follows a rename, and never means another entity that took a deleted one's name.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
    ///
    /// # Errors
    /// [`Unreadable`] if the stored policy cannot be used: nobody may then assume the role.
    pub fn trust(&self, role: &Role) -> Result<CompiledAttached, Unreadable> {
        let source = Source { name: NAME.to_owned(), arn: None, attached_to: role.arn() };
        Ok(CompiledAttached { document: role.trust.compiled()?, source: Arc::new(source) })
    }

    /// A role's trust policy as it is read back: as stored, but with the present ARN of each user and role that it
    /// names, the raw unique id where that is gone, and accounts by their root ARN.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
    ///
    /// # Errors
    /// [`Unreadable`] if the stored policy does not parse.
    pub fn trust_text(&self, role: &Role) -> Result<String, Unreadable> {
        let arn_of = |id: &str| self.entity(id.parse().ok()?).map(Entity::arn);
        Ok(role.trust.document()?.rendered("aws", arn_of))
    }
}
