//! The shapes of STS, version 2011-06-15.
//!
//! Written by `cargo xtask generate` from `botocore/data/sts/2011-06-15` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

pub mod errors;
mod members;
mod operations;
mod requests;
mod responses;
mod structures;

use crate::shape::{OperationShape, Protocol, ServiceShape};

pub use operations::{
    AssumeRole, AssumeRoleWithSAML, AssumeRoleWithWebIdentity, AssumeRoot, DecodeAuthorizationMessage,
    GetAccessKeyInfo, GetCallerIdentity, GetDelegatedAccessToken, GetFederationToken, GetSessionToken,
    GetWebIdentityToken,
};
pub use requests::{
    AssumeRoleRequest, AssumeRoleWithSAMLRequest, AssumeRoleWithWebIdentityRequest, AssumeRootRequest,
    DecodeAuthorizationMessageRequest, GetAccessKeyInfoRequest, GetCallerIdentityRequest,
    GetDelegatedAccessTokenRequest, GetFederationTokenRequest, GetSessionTokenRequest,
    GetWebIdentityTokenRequest,
};
pub use responses::{
    AssumeRoleResponse, AssumeRoleWithSAMLResponse, AssumeRoleWithWebIdentityResponse, AssumeRootResponse,
    DecodeAuthorizationMessageResponse, GetAccessKeyInfoResponse, GetCallerIdentityResponse,
    GetDelegatedAccessTokenResponse, GetFederationTokenResponse, GetSessionTokenResponse,
    GetWebIdentityTokenResponse,
};
pub use structures::{
    AssumedRoleUser, Credentials, FederatedUser, PolicyDescriptorType, ProvidedContext, Tag,
};

/// The service. <https://docs.aws.amazon.com/STS/latest/APIReference/Welcome.html>
pub static SERVICE: ServiceShape = ServiceShape {
    id: "STS",
    signing_name: "sts",
    api_version: "2011-06-15",
    protocol: Protocol::Query,
    namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    target_prefix: "",
    operations: OPERATIONS,
};

/// Every operation, sorted by name.
pub static OPERATIONS: &[&OperationShape] = &[
    &operations::ASSUME_ROLE,
    &operations::ASSUME_ROLE_WITH_SAML,
    &operations::ASSUME_ROLE_WITH_WEB_IDENTITY,
    &operations::ASSUME_ROOT,
    &operations::DECODE_AUTHORIZATION_MESSAGE,
    &operations::GET_ACCESS_KEY_INFO,
    &operations::GET_CALLER_IDENTITY,
    &operations::GET_DELEGATED_ACCESS_TOKEN,
    &operations::GET_FEDERATION_TOKEN,
    &operations::GET_SESSION_TOKEN,
    &operations::GET_WEB_IDENTITY_TOKEN,
];

/// Calls a macro with the names of all operations of [`sts`](crate::sts), separated by spaces.
#[macro_export]
macro_rules! every_sts_operation {
    ($call:ident) => {
        $call! {
            AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot DecodeAuthorizationMessage
            GetAccessKeyInfo GetCallerIdentity GetDelegatedAccessToken GetFederationToken GetSessionToken
            GetWebIdentityToken
        }
    };
}
