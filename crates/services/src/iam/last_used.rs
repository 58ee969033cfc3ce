//! When access keys and roles were last used.

use doorward_directory::access_key::{AccessKey, KeyOwner};
use doorward_directory::usage::Used;
use doorward_directory::{Refusal, UniqueId};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, iam};
use jiff::SignedDuration;

use super::ask;
use crate::call::Call;
use crate::operation::{Access, Operation};

/// How far back the use of a role is told.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html>
const ROLE_TRACKED: SignedDuration = SignedDuration::from_hours(400 * 24);

/// What stands for a service and a region when a key was never used.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html>
const NEVER: &str = "N/A";

/// The key of this id in the caller's account.
fn found<'c>(call: &Call<'c>, id: &str) -> Option<&'c AccessKey> {
    let key = call.snapshot().access_key(id.parse().ok()?)?;
    Some(key).filter(|key| key.account == call.account)
}

/// Asks about the user that owns the key. About a key that the account does not have it asks about everything, so that
/// nobody learns from the answer whether others have it.
///
/// A root user's key has no user name.
impl Operation for iam::GetAccessKeyLastUsed {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::GetAccessKeyLastUsedRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let action = "iam:GetAccessKeyLastUsed";
        let account = call.account;
        Ok(match found(call, &input.access_key_id).map(|key| &key.owner) {
            None => ask::about_account(call, action),
            Some(KeyOwner::Root(_)) => {
                vec![Question::new(action, format!("arn:aws:iam::{account}:root"), account)]
            }
            Some(KeyOwner::Service(name)) => {
                vec![Question::new(action, ask::unstored(account, "service", name), account)]
            }
            Some(KeyOwner::User(id)) => match call.snapshot().user_with_id(*id) {
                Some(user) => vec![ask::about_user(call, action, user.name.as_str())],
                None => ask::about_account(call, action),
            },
        })
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetAccessKeyLastUsedRequest,
    ) -> Result<iam::GetAccessKeyLastUsedResponse, ApiError> {
        let id = input.access_key_id;
        let key = found(call, &id).ok_or_else(|| call.refused(&Refusal::NoSuchAccessKey(id)))?;
        let user = match &key.owner {
            KeyOwner::User(id) => call.snapshot().user_with_id(*id),
            KeyOwner::Root(_) | KeyOwner::Service(_) => None,
        };
        let last = call.directory().last_use(call.snapshot(), Used::Key(key.id));
        let used = last.as_ref();
        let text = |text: Option<&str>| text.unwrap_or(NEVER).to_owned();
        Ok(iam::GetAccessKeyLastUsedResponse {
            user_name: user.map(|user| user.name.to_string()),
            access_key_last_used: Some(iam::AccessKeyLastUsed {
                last_used_date: used.map(|last| last.at),
                service_name: text(used.map(|last| &*last.service)),
                region: text(used.map(|last| &*last.region)),
            }),
        })
    }
}

/// When a role was last used; without members when it was not, or too long ago to be told.
pub(super) fn role(call: &Call<'_>, role: UniqueId) -> iam::RoleLastUsed {
    let last = call.directory().last_use(call.snapshot(), Used::Role(role));
    let told = last.filter(|last| call.now().duration_since(last.at) <= ROLE_TRACKED);
    told.map_or_else(iam::RoleLastUsed::default, |last| iam::RoleLastUsed {
        last_used_date: Some(last.at),
        region: Some(last.region.to_string()),
    })
}
