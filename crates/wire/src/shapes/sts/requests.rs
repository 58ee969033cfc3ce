//! The inputs of STS, version 2011-06-15.
//!
//! Written by `cargo xtask generate` from `botocore/data/sts/2011-06-15` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::macros::structure;

structure! {
    /// The input of `AssumeRole`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
    Record AssumeRoleRequest {
        role_arn: String = required "RoleArn" ARN_TYPE;
        role_session_name: String = required "RoleSessionName" ROLE_SESSION_NAME_TYPE;
        policy_arns: Option<Vec<super::PolicyDescriptorType>> = optional "PolicyArns" POLICY_DESCRIPTOR_LIST_TYPE;
        policy: Option<String> = optional "Policy" UNRESTRICTED_SESSION_POLICY_DOCUMENT_TYPE;
        duration_seconds: Option<i64> = optional "DurationSeconds" ROLE_DURATION_SECONDS_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
        transitive_tag_keys: Option<Vec<String>> = optional "TransitiveTagKeys" TAG_KEY_LIST_TYPE;
        external_id: Option<String> = optional "ExternalId" EXTERNAL_ID_TYPE;
        serial_number: Option<String> = optional "SerialNumber" SERIAL_NUMBER_TYPE;
        token_code: Option<String> = optional "TokenCode" TOKEN_CODE_TYPE;
        source_identity: Option<String> = optional "SourceIdentity" SOURCE_IDENTITY_TYPE;
        provided_contexts: Option<Vec<super::ProvidedContext>> = optional "ProvidedContexts" PROVIDED_CONTEXTS_LIST_TYPE;
        minimum_session_token_size: Option<i64> = optional "MinimumSessionTokenSize" MINIMUM_SESSION_TOKEN_SIZE_TYPE;
    }
}

structure! {
    /// The input of `AssumeRoleWithSAML`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html>
    Record AssumeRoleWithSAMLRequest {
        role_arn: String = required "RoleArn" ARN_TYPE;
        principal_arn: String = required "PrincipalArn" ARN_TYPE;
        saml_assertion: crate::Secret<String> = required "SAMLAssertion" SAML_ASSERTION_TYPE;
        policy_arns: Option<Vec<super::PolicyDescriptorType>> = optional "PolicyArns" POLICY_DESCRIPTOR_LIST_TYPE;
        policy: Option<String> = optional "Policy" SESSION_POLICY_DOCUMENT_TYPE;
        duration_seconds: Option<i64> = optional "DurationSeconds" ROLE_DURATION_SECONDS_TYPE;
        minimum_session_token_size: Option<i64> = optional "MinimumSessionTokenSize" MINIMUM_SESSION_TOKEN_SIZE_TYPE;
    }
}

structure! {
    /// The input of `AssumeRoleWithWebIdentity`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html>
    Record AssumeRoleWithWebIdentityRequest {
        role_arn: String = required "RoleArn" ARN_TYPE;
        role_session_name: String = required "RoleSessionName" ROLE_SESSION_NAME_TYPE;
        web_identity_token: crate::Secret<String> = required "WebIdentityToken" CLIENT_TOKEN_TYPE;
        provider_id: Option<String> = optional "ProviderId" URL_TYPE;
        policy_arns: Option<Vec<super::PolicyDescriptorType>> = optional "PolicyArns" POLICY_DESCRIPTOR_LIST_TYPE;
        policy: Option<String> = optional "Policy" SESSION_POLICY_DOCUMENT_TYPE;
        duration_seconds: Option<i64> = optional "DurationSeconds" ROLE_DURATION_SECONDS_TYPE;
        minimum_session_token_size: Option<i64> = optional "MinimumSessionTokenSize" MINIMUM_SESSION_TOKEN_SIZE_TYPE;
    }
}

structure! {
    /// The input of `AssumeRoot`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html>
    Record AssumeRootRequest {
        target_principal: String = required "TargetPrincipal" TARGET_PRINCIPAL_TYPE;
        task_policy_arn: super::PolicyDescriptorType = required "TaskPolicyArn" POLICY_DESCRIPTOR_TYPE;
        duration_seconds: Option<i64> = optional "DurationSeconds" ROOT_DURATION_SECONDS_TYPE;
        minimum_session_token_size: Option<i64> = optional "MinimumSessionTokenSize" MINIMUM_SESSION_TOKEN_SIZE_TYPE;
    }
}

structure! {
    /// The input of `DecodeAuthorizationMessage`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html>
    Record DecodeAuthorizationMessageRequest {
        encoded_message: String = required "EncodedMessage" ENCODED_MESSAGE_TYPE;
    }
}

structure! {
    /// The input of `GetAccessKeyInfo`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html>
    Record GetAccessKeyInfoRequest {
        access_key_id: String = required "AccessKeyId" ACCESS_KEY_ID_TYPE;
    }
}

structure! {
    /// The input of `GetCallerIdentity`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html>
    #[derive(Default)]
    Record GetCallerIdentityRequest {
    }
}

structure! {
    /// The input of `GetDelegatedAccessToken`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetDelegatedAccessToken.html>
    Record GetDelegatedAccessTokenRequest {
        trade_in_token: crate::Secret<String> = required "TradeInToken" TRADE_IN_TOKEN_TYPE;
    }
}

structure! {
    /// The input of `GetFederationToken`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html>
    Record GetFederationTokenRequest {
        name: String = required "Name" USER_NAME_TYPE;
        policy: Option<String> = optional "Policy" SESSION_POLICY_DOCUMENT_TYPE;
        policy_arns: Option<Vec<super::PolicyDescriptorType>> = optional "PolicyArns" POLICY_DESCRIPTOR_LIST_TYPE;
        duration_seconds: Option<i64> = optional "DurationSeconds" DURATION_SECONDS_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
        minimum_session_token_size: Option<i64> = optional "MinimumSessionTokenSize" MINIMUM_SESSION_TOKEN_SIZE_TYPE;
    }
}

structure! {
    /// The input of `GetSessionToken`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html>
    #[derive(Default)]
    Record GetSessionTokenRequest {
        duration_seconds: Option<i64> = optional "DurationSeconds" DURATION_SECONDS_TYPE;
        serial_number: Option<String> = optional "SerialNumber" SERIAL_NUMBER_TYPE;
        token_code: Option<String> = optional "TokenCode" TOKEN_CODE_TYPE;
        minimum_session_token_size: Option<i64> = optional "MinimumSessionTokenSize" MINIMUM_SESSION_TOKEN_SIZE_TYPE;
    }
}

structure! {
    /// The input of `GetWebIdentityToken`. <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html>
    Record GetWebIdentityTokenRequest {
        audience: Vec<String> = required "Audience" WEB_IDENTITY_TOKEN_AUDIENCE_LIST_TYPE;
        duration_seconds: Option<i64> = optional "DurationSeconds" WEB_IDENTITY_TOKEN_DURATION_SECONDS_TYPE;
        signing_algorithm: String = required "SigningAlgorithm" JWT_ALGORITHM_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}
