//! STS.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html>

mod access_key_info;
mod assume_role;
mod authorization_message;
mod caller_identity;
mod federation_token;
mod issue;
mod passed;
mod proven;
mod session_token;
mod web_identity_token;

use doorward_wire::{ApiError, sts};

use crate::table::Row;

/// The operations of STS that this server has.
pub(crate) static ROWS: [Row; 9] = [
    Row::of::<sts::AssumeRole>(),
    Row::unsigned::<sts::AssumeRoleWithSAML>(),
    Row::unsigned::<sts::AssumeRoleWithWebIdentity>(),
    Row::of::<sts::DecodeAuthorizationMessage>(),
    Row::of::<sts::GetAccessKeyInfo>(),
    Row::of::<sts::GetCallerIdentity>(),
    Row::of::<sts::GetFederationToken>(),
    Row::of::<sts::GetSessionToken>(),
    Row::of::<sts::GetWebIdentityToken>(),
];

/// The second factor of a request. No device can be registered with this server yet, so none can be shown: AWS's words
/// for a device that is not the caller's.
///
/// # Errors
/// `AccessDenied` whenever one is shown.
fn mfa(serial_number: Option<&str>, token_code: Option<&str>) -> Result<(), ApiError> {
    let text = match (serial_number, token_code) {
        (None, None) => return Ok(()),
        (Some(_), Some(_)) => {
            "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is \
             valid and associated with this user."
        }
        (Some(_), None) | (None, Some(_)) => {
            "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."
        }
    };
    Err(ApiError::access_denied(text))
}
