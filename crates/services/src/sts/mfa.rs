//! Second factors, shown by serial number and code.
//!
//! A code is tried on the call's own snapshot, so that the policies can be asked with it; then it is used up in a change of
//! its own, and only who succeeds in that gets a session. A code counts once, whoever shows it at the same time.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html>

use doorward_directory::Refusal;
use doorward_directory::mfa::MfaOwner;
use doorward_gate::{Credential, Question};
use doorward_policy::request::Requester;
use doorward_wire::ApiError;
use jiff::Timestamp;

use crate::call::Call;

/// A second factor that counts now and has not been used up.
pub(super) struct Factor<'i> {
    owner: MfaOwner,
    serial_number: &'i str,
    code: &'i str,
}

/// The second factor of a request; `None` when none is shown. Only long-term credentials of a user or the root user have
/// devices: a session can show none.
///
/// # Errors
/// AWS's `AccessDenied` for half a factor, a device that is not the caller's, and a code that is not the device's.
pub(super) fn shown<'i>(
    call: &Call<'_>,
    serial_number: Option<&'i str>,
    code: Option<&'i str>,
) -> Result<Option<Factor<'i>>, ApiError> {
    let (serial_number, code) = match (serial_number, code) {
        (None, None) => return Ok(None),
        (Some(serial_number), Some(code)) => (serial_number, code),
        (Some(_), None) | (None, Some(_)) => {
            return Err(ApiError::access_denied(
                "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
            ));
        }
    };
    let owner = owner(call).ok_or(Refusal::MfaDeviceNotTheirs);
    let checked = owner.and_then(|owner| {
        call.directory().check_code(call.snapshot(), owner, serial_number, code, call.now()).map(|()| owner)
    });
    let owner = checked.map_err(|refusal| call.refused(&refusal))?;
    Ok(Some(Factor { owner, serial_number, code }))
}

/// Whose devices the caller may show.
fn owner(call: &Call<'_>) -> Option<MfaOwner> {
    match call.caller.credential() {
        Credential::LongTerm(_) => {}
        Credential::Session(_) => return None,
    }
    match call.caller.requester() {
        Requester::Root { account } => Some(MfaOwner::Root(*account)),
        Requester::User { id, .. } => id.parse().ok().map(MfaOwner::User),
        Requester::Anonymous
        | Requester::RoleSession { .. }
        | Requester::FederatedUser { .. }
        | Requester::Service { .. }
        | Requester::Federated { .. } => None,
    }
}

/// The same question, asked with a second factor that was shown just now.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthage>
pub(super) fn with_factor(question: Question) -> Question {
    question.with("aws:MultiFactorAuthPresent", "true").with("aws:MultiFactorAuthAge", "0")
}

impl Factor<'_> {
    /// Uses the code up, durable when this returns, and says when it was shown. If somebody else was faster it does not
    /// count any more.
    ///
    /// # Errors
    /// AWS's `AccessDenied` for a code that does not count.
    pub(super) fn use_up(self, call: &Call<'_>) -> Result<Timestamp, ApiError> {
        let used = call.directory().use_code(self.owner, self.serial_number, self.code, call.now());
        // Too many show this device's codes at once. STS has no word for it, and this code has not been used up.
        let crowded = |refusal: &Refusal| matches!(refusal, Refusal::ConcurrentModification);
        let used = used.map_err(|refusal| if crowded(&refusal) { Refusal::WrongCode } else { refusal });
        call.wrote(used.map_err(|refusal| call.refused(&refusal))?);
        Ok(call.now())
    }
}
