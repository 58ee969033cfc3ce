//! STS.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html>

mod access_key_info;
mod assume_role;
mod assume_root;
mod authorization_message;
mod caller_identity;
mod delegated_access_token;
mod federation_token;
mod issue;
mod mfa;
mod passed;
mod proven;
mod session_token;
mod web_identity_token;

use doorward_wire::sts;

use crate::table::Row;

/// The operations of STS that this server has.
pub(crate) static ROWS: [Row; 11] = [
    Row::of::<sts::AssumeRole>(),
    Row::unsigned::<sts::AssumeRoleWithSAML>(),
    Row::unsigned::<sts::AssumeRoleWithWebIdentity>(),
    Row::of::<sts::AssumeRoot>(),
    Row::of::<sts::DecodeAuthorizationMessage>(),
    Row::of::<sts::GetAccessKeyInfo>(),
    Row::of::<sts::GetCallerIdentity>(),
    Row::of::<sts::GetDelegatedAccessToken>(),
    Row::of::<sts::GetFederationToken>(),
    Row::of::<sts::GetSessionToken>(),
    Row::of::<sts::GetWebIdentityToken>(),
];
