//! The structures inside inputs and outputs of STS, version 2011-06-15.
//!
//! Written by `cargo xtask generate` from `botocore/data/sts/2011-06-15` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::macros::structure;

structure! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumedRoleUser.html>
    Record AssumedRoleUser {
        assumed_role_id: String = required "AssumedRoleId" ASSUMED_ROLE_ID_TYPE;
        arn: String = required "Arn" ARN_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_Credentials.html>
    Record Credentials {
        access_key_id: String = required "AccessKeyId" ACCESS_KEY_ID_TYPE;
        secret_access_key: crate::Secret<String> = required "SecretAccessKey" ACCESS_KEY_SECRET_TYPE;
        session_token: crate::Secret<String> = required "SessionToken" TOKEN_TYPE;
        expiration: jiff::Timestamp = required "Expiration" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_FederatedUser.html>
    Record FederatedUser {
        federated_user_id: String = required "FederatedUserId" FEDERATED_ID_TYPE;
        arn: String = required "Arn" ARN_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_PolicyDescriptorType.html>
    #[derive(Default)]
    Record PolicyDescriptorType {
        arn: Option<String> = optional "arn" ARN_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_ProvidedContext.html>
    #[derive(Default)]
    Record ProvidedContext {
        provider_arn: Option<String> = optional "ProviderArn" ARN_TYPE;
        context_assertion: Option<String> = optional "ContextAssertion" CONTEXT_ASSERTION_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html>
    Record Tag {
        key: String = required "Key" TAG_KEY_TYPE;
        value: String = required "Value" TAG_VALUE_TYPE;
    }
}
