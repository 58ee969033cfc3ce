//! The operations of STS, version 2011-06-15.
//!
//! Written by `cargo xtask generate` from `botocore/data/sts/2011-06-15` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::macros::operation;
use crate::shape::Authentication;

operation! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
    AssumeRole ASSUME_ROLE (super::AssumeRoleRequest) -> super::AssumeRoleResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("AssumeRoleResult"),
        errors: &[&super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::PACKED_POLICY_TOO_LARGE, &super::errors::REGION_DISABLED, &super::errors::EXPIRED_TOKEN],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html>
    AssumeRoleWithSAML ASSUME_ROLE_WITH_SAML (super::AssumeRoleWithSAMLRequest) -> super::AssumeRoleWithSAMLResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("AssumeRoleWithSAMLResult"),
        errors: &[&super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::PACKED_POLICY_TOO_LARGE, &super::errors::IDP_REJECTED_CLAIM, &super::errors::INVALID_IDENTITY_TOKEN, &super::errors::EXPIRED_TOKEN, &super::errors::REGION_DISABLED],
        authentication: Authentication::Unsigned,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
    AssumeRoleWithWebIdentity ASSUME_ROLE_WITH_WEB_IDENTITY (super::AssumeRoleWithWebIdentityRequest) -> super::AssumeRoleWithWebIdentityResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("AssumeRoleWithWebIdentityResult"),
        errors: &[&super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::PACKED_POLICY_TOO_LARGE, &super::errors::IDP_REJECTED_CLAIM, &super::errors::IDP_COMMUNICATION_ERROR, &super::errors::INVALID_IDENTITY_TOKEN, &super::errors::EXPIRED_TOKEN, &super::errors::REGION_DISABLED],
        authentication: Authentication::Unsigned,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html>
    AssumeRoot ASSUME_ROOT (super::AssumeRootRequest) -> super::AssumeRootResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("AssumeRootResult"),
        errors: &[&super::errors::REGION_DISABLED, &super::errors::EXPIRED_TOKEN],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>
    DecodeAuthorizationMessage DECODE_AUTHORIZATION_MESSAGE (super::DecodeAuthorizationMessageRequest) -> super::DecodeAuthorizationMessageResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("DecodeAuthorizationMessageResult"),
        errors: &[&super::errors::INVALID_AUTHORIZATION_MESSAGE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html>
    GetAccessKeyInfo GET_ACCESS_KEY_INFO (super::GetAccessKeyInfoRequest) -> super::GetAccessKeyInfoResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetAccessKeyInfoResult"),
        errors: &[],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
    GetCallerIdentity GET_CALLER_IDENTITY (super::GetCallerIdentityRequest) -> super::GetCallerIdentityResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetCallerIdentityResult"),
        errors: &[],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetDelegatedAccessToken.html>
    GetDelegatedAccessToken GET_DELEGATED_ACCESS_TOKEN (super::GetDelegatedAccessTokenRequest) -> super::GetDelegatedAccessTokenResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetDelegatedAccessTokenResult"),
        errors: &[&super::errors::EXPIRED_TRADE_IN_TOKEN, &super::errors::REGION_DISABLED, &super::errors::PACKED_POLICY_TOO_LARGE],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetDelegatedAccessToken.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html>
    GetFederationToken GET_FEDERATION_TOKEN (super::GetFederationTokenRequest) -> super::GetFederationTokenResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetFederationTokenResult"),
        errors: &[&super::errors::MALFORMED_POLICY_DOCUMENT, &super::errors::PACKED_POLICY_TOO_LARGE, &super::errors::REGION_DISABLED],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>
    GetSessionToken GET_SESSION_TOKEN (super::GetSessionTokenRequest) -> super::GetSessionTokenResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetSessionTokenResult"),
        errors: &[&super::errors::REGION_DISABLED],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html",
    }
}

operation! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html>
    GetWebIdentityToken GET_WEB_IDENTITY_TOKEN (super::GetWebIdentityTokenRequest) -> super::GetWebIdentityTokenResponse {
        http_method: "POST",
        http_path: "/",
        result: Some("GetWebIdentityTokenResult"),
        errors: &[&super::errors::SESSION_DURATION_ESCALATION, &super::errors::OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED, &super::errors::JWT_PAYLOAD_SIZE_EXCEEDED],
        authentication: Authentication::Signed,
        pagination: None,
        documentation: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html",
    }
}
