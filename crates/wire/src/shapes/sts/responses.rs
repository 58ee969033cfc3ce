//! The outputs of STS, version 2011-06-15.
//!
//! Written by `cargo xtask generate` from `botocore/data/sts/2011-06-15` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::macros::structure;

structure! {
    /// The output of `AssumeRole`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
    #[derive(Default)]
    Record AssumeRoleResponse {
        credentials: Option<super::Credentials> = optional "Credentials" CREDENTIALS;
        assumed_role_user: Option<super::AssumedRoleUser> = optional "AssumedRoleUser" ASSUMED_ROLE_USER;
        packed_policy_size: Option<i64> = optional "PackedPolicySize" NON_NEGATIVE_INTEGER_TYPE;
        source_identity: Option<String> = optional "SourceIdentity" SOURCE_IDENTITY_TYPE;
        session_token_utilization: Option<i64> = optional "SessionTokenUtilization" SESSION_TOKEN_UTILIZATION_TYPE;
        session_token_size: Option<i64> = optional "SessionTokenSize" SESSION_TOKEN_SIZE_TYPE;
    }
}

structure! {
    /// The output of `AssumeRoleWithSAML`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html>
    #[derive(Default)]
    Record AssumeRoleWithSAMLResponse {
        credentials: Option<super::Credentials> = optional "Credentials" CREDENTIALS;
        assumed_role_user: Option<super::AssumedRoleUser> = optional "AssumedRoleUser" ASSUMED_ROLE_USER;
        packed_policy_size: Option<i64> = optional "PackedPolicySize" NON_NEGATIVE_INTEGER_TYPE;
        subject: Option<String> = optional "Subject" SUBJECT;
        subject_type: Option<String> = optional "SubjectType" SUBJECT_TYPE;
        issuer: Option<String> = optional "Issuer" ISSUER;
        audience: Option<String> = optional "Audience" AUDIENCE;
        name_qualifier: Option<String> = optional "NameQualifier" NAME_QUALIFIER;
        source_identity: Option<String> = optional "SourceIdentity" SOURCE_IDENTITY_TYPE;
        session_token_utilization: Option<i64> = optional "SessionTokenUtilization" SESSION_TOKEN_UTILIZATION_TYPE;
        session_token_size: Option<i64> = optional "SessionTokenSize" SESSION_TOKEN_SIZE_TYPE;
    }
}

structure! {
    /// The output of `AssumeRoleWithWebIdentity`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
    #[derive(Default)]
    Record AssumeRoleWithWebIdentityResponse {
        credentials: Option<super::Credentials> = optional "Credentials" CREDENTIALS;
        subject_from_web_identity_token: Option<String> = optional "SubjectFromWebIdentityToken" WEB_IDENTITY_SUBJECT_TYPE;
        assumed_role_user: Option<super::AssumedRoleUser> = optional "AssumedRoleUser" ASSUMED_ROLE_USER;
        packed_policy_size: Option<i64> = optional "PackedPolicySize" NON_NEGATIVE_INTEGER_TYPE;
        provider: Option<String> = optional "Provider" ISSUER;
        audience: Option<String> = optional "Audience" AUDIENCE;
        source_identity: Option<String> = optional "SourceIdentity" SOURCE_IDENTITY_TYPE;
        session_token_utilization: Option<i64> = optional "SessionTokenUtilization" SESSION_TOKEN_UTILIZATION_TYPE;
        session_token_size: Option<i64> = optional "SessionTokenSize" SESSION_TOKEN_SIZE_TYPE;
    }
}

structure! {
    /// The output of `AssumeRoot`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html>
    #[derive(Default)]
    Record AssumeRootResponse {
        credentials: Option<super::Credentials> = optional "Credentials" CREDENTIALS;
        source_identity: Option<String> = optional "SourceIdentity" SOURCE_IDENTITY_TYPE;
        session_token_utilization: Option<i64> = optional "SessionTokenUtilization" SESSION_TOKEN_UTILIZATION_TYPE;
        session_token_size: Option<i64> = optional "SessionTokenSize" SESSION_TOKEN_SIZE_TYPE;
    }
}

structure! {
    /// The output of `DecodeAuthorizationMessage`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>
    #[derive(Default)]
    Record DecodeAuthorizationMessageResponse {
        decoded_message: Option<String> = optional "DecodedMessage" DECODED_MESSAGE_TYPE;
    }
}

structure! {
    /// The output of `GetAccessKeyInfo`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html>
    #[derive(Default)]
    Record GetAccessKeyInfoResponse {
        account: Option<String> = optional "Account" ACCOUNT_TYPE;
    }
}

structure! {
    /// The output of `GetCallerIdentity`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
    #[derive(Default)]
    Record GetCallerIdentityResponse {
        user_id: Option<String> = optional "UserId" USER_ID_TYPE;
        account: Option<String> = optional "Account" ACCOUNT_TYPE;
        arn: Option<String> = optional "Arn" ARN_TYPE;
    }
}

structure! {
    /// The output of `GetDelegatedAccessToken`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetDelegatedAccessToken.html>
    #[derive(Default)]
    Record GetDelegatedAccessTokenResponse {
        credentials: Option<super::Credentials> = optional "Credentials" CREDENTIALS;
        packed_policy_size: Option<i64> = optional "PackedPolicySize" NON_NEGATIVE_INTEGER_TYPE;
        assumed_principal: Option<String> = optional "AssumedPrincipal" ARN_TYPE;
    }
}

structure! {
    /// The output of `GetFederationToken`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html>
    #[derive(Default)]
    Record GetFederationTokenResponse {
        credentials: Option<super::Credentials> = optional "Credentials" CREDENTIALS;
        federated_user: Option<super::FederatedUser> = optional "FederatedUser" FEDERATED_USER;
        packed_policy_size: Option<i64> = optional "PackedPolicySize" NON_NEGATIVE_INTEGER_TYPE;
        session_token_utilization: Option<i64> = optional "SessionTokenUtilization" SESSION_TOKEN_UTILIZATION_TYPE;
        session_token_size: Option<i64> = optional "SessionTokenSize" SESSION_TOKEN_SIZE_TYPE;
    }
}

structure! {
    /// The output of `GetSessionToken`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>
    #[derive(Default)]
    Record GetSessionTokenResponse {
        credentials: Option<super::Credentials> = optional "Credentials" CREDENTIALS;
        session_token_utilization: Option<i64> = optional "SessionTokenUtilization" SESSION_TOKEN_UTILIZATION_TYPE;
        session_token_size: Option<i64> = optional "SessionTokenSize" SESSION_TOKEN_SIZE_TYPE;
    }
}

structure! {
    /// The output of `GetWebIdentityToken`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html>
    #[derive(Default)]
    Record GetWebIdentityTokenResponse {
        web_identity_token: Option<crate::Secret<String>> = optional "WebIdentityToken" WEB_IDENTITY_TOKEN_TYPE;
        expiration: Option<jiff::Timestamp> = optional "Expiration" DATE_TYPE;
    }
}
