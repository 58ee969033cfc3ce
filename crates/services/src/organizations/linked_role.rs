//! The service-linked role of Organizations: accounts have it from when they join, the management account from when the
//! organization has all features. Whoever brings that about in an organization with all features needs the permission to
//! have it made.
//!
//! Whether the permission is asked for where the role is there already, and for which account when one is created, is
//! UNCONFIRMED (organizations-linked-role). It is asked for always, in the caller's account, which denies more.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services.html#orgs_integrate_services-using_slrs>
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html>

use doorward_directory::Refusal;
use doorward_directory::change::Draft;
use doorward_directory::change::linked_roles::{self, NewLinkedRole};
use doorward_directory::organization::Features;
use doorward_gate::Question;
use doorward_policy::AccountId;

use crate::call::Call;
use crate::iam::linked_roles as roles;

/// The role of `AWSServiceRoleForOrganizations`.
const ROLE: NewLinkedRole<'_> =
    NewLinkedRole { service: "organizations.amazonaws.com", suffix: None, description: None };

/// The question that goes with one about making an account join an organization with these features.
pub(super) fn question(call: &Call<'_>, features: Features) -> Option<Question> {
    match features {
        Features::All => Some(roles::about(call, &ROLE)),
        Features::ConsolidatedBilling => None,
    }
}

/// Makes the role, unless the account has it.
pub(super) fn ensure(draft: &mut Draft<'_>, account: AccountId) -> Result<(), Refusal> {
    match linked_roles::create(draft, account, &ROLE) {
        Ok(_) | Err(Refusal::LinkedRoleExists(_)) => Ok(()),
        Err(refusal) => Err(refusal),
    }
}
