//! The errors of IAM, version 2010-05-08.
//!
//! Written by `cargo xtask generate` from `botocore/data/iam/2010-05-08` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::shape::{ErrorShape, Fault};

/// `AccountNotManagementOrDelegatedAdministratorException`, 400.
pub static ACCOUNT_NOT_MANAGEMENT_OR_DELEGATED_ADMINISTRATOR: ErrorShape =
    ErrorShape { code: "AccountNotManagementOrDelegatedAdministratorException", http_status: 400, fault: Fault::Sender };

/// `CallerIsNotManagementAccountException`, 400.
pub static CALLER_IS_NOT_MANAGEMENT_ACCOUNT: ErrorShape =
    ErrorShape { code: "CallerIsNotManagementAccountException", http_status: 400, fault: Fault::Sender };

/// `ConcurrentModification`, 409.
pub static CONCURRENT_MODIFICATION: ErrorShape =
    ErrorShape { code: "ConcurrentModification", http_status: 409, fault: Fault::Sender };

/// `ReportExpired`, 410.
pub static REPORT_EXPIRED: ErrorShape =
    ErrorShape { code: "ReportExpired", http_status: 410, fault: Fault::Sender };

/// `ReportNotPresent`, 410.
pub static REPORT_NOT_PRESENT: ErrorShape =
    ErrorShape { code: "ReportNotPresent", http_status: 410, fault: Fault::Sender };

/// `ReportInProgress`, 404.
pub static REPORT_IN_PROGRESS: ErrorShape =
    ErrorShape { code: "ReportInProgress", http_status: 404, fault: Fault::Sender };

/// `DeleteConflict`, 409.
pub static DELETE_CONFLICT: ErrorShape =
    ErrorShape { code: "DeleteConflict", http_status: 409, fault: Fault::Sender };

/// `DuplicateCertificate`, 409.
pub static DUPLICATE_CERTIFICATE: ErrorShape =
    ErrorShape { code: "DuplicateCertificate", http_status: 409, fault: Fault::Sender };

/// `DuplicateSSHPublicKey`, 400.
pub static DUPLICATE_SSH_PUBLIC_KEY: ErrorShape =
    ErrorShape { code: "DuplicateSSHPublicKey", http_status: 400, fault: Fault::Sender };

/// `EntityAlreadyExists`, 409.
pub static ENTITY_ALREADY_EXISTS: ErrorShape =
    ErrorShape { code: "EntityAlreadyExists", http_status: 409, fault: Fault::Sender };

/// `EntityTemporarilyUnmodifiable`, 409.
pub static ENTITY_TEMPORARILY_UNMODIFIABLE: ErrorShape =
    ErrorShape { code: "EntityTemporarilyUnmodifiable", http_status: 409, fault: Fault::Sender };

/// `FeatureDisabled`, 404.
pub static FEATURE_DISABLED: ErrorShape =
    ErrorShape { code: "FeatureDisabled", http_status: 404, fault: Fault::Sender };

/// `FeatureEnabled`, 409.
pub static FEATURE_ENABLED: ErrorShape =
    ErrorShape { code: "FeatureEnabled", http_status: 409, fault: Fault::Sender };

/// `InvalidAuthenticationCode`, 403.
pub static INVALID_AUTHENTICATION_CODE: ErrorShape =
    ErrorShape { code: "InvalidAuthenticationCode", http_status: 403, fault: Fault::Sender };

/// `InvalidCertificate`, 400.
pub static INVALID_CERTIFICATE: ErrorShape =
    ErrorShape { code: "InvalidCertificate", http_status: 400, fault: Fault::Sender };

/// `InvalidInput`, 400.
pub static INVALID_INPUT: ErrorShape =
    ErrorShape { code: "InvalidInput", http_status: 400, fault: Fault::Sender };

/// `InvalidPublicKey`, 400.
pub static INVALID_PUBLIC_KEY: ErrorShape =
    ErrorShape { code: "InvalidPublicKey", http_status: 400, fault: Fault::Sender };

/// `InvalidUserType`, 400.
pub static INVALID_USER_TYPE: ErrorShape =
    ErrorShape { code: "InvalidUserType", http_status: 400, fault: Fault::Sender };

/// `KeyPairMismatch`, 400.
pub static KEY_PAIR_MISMATCH: ErrorShape =
    ErrorShape { code: "KeyPairMismatch", http_status: 400, fault: Fault::Sender };

/// `LimitExceeded`, 409.
pub static LIMIT_EXCEEDED: ErrorShape =
    ErrorShape { code: "LimitExceeded", http_status: 409, fault: Fault::Sender };

/// `MalformedCertificate`, 400.
pub static MALFORMED_CERTIFICATE: ErrorShape =
    ErrorShape { code: "MalformedCertificate", http_status: 400, fault: Fault::Sender };

/// `MalformedPolicyDocument`, 400.
pub static MALFORMED_POLICY_DOCUMENT: ErrorShape =
    ErrorShape { code: "MalformedPolicyDocument", http_status: 400, fault: Fault::Sender };

/// `NameConflict`, 409.
pub static NAME_CONFLICT: ErrorShape =
    ErrorShape { code: "NameConflict", http_status: 409, fault: Fault::Sender };

/// `NoSuchEntity`, 404.
pub static NO_SUCH_ENTITY: ErrorShape =
    ErrorShape { code: "NoSuchEntity", http_status: 404, fault: Fault::Sender };

/// `OpenIdIdpCommunicationError`, 400.
pub static OPEN_ID_IDP_COMMUNICATION_ERROR: ErrorShape =
    ErrorShape { code: "OpenIdIdpCommunicationError", http_status: 400, fault: Fault::Sender };

/// `OrganizationNotFoundException`, 400.
pub static ORGANIZATION_NOT_FOUND: ErrorShape =
    ErrorShape { code: "OrganizationNotFoundException", http_status: 400, fault: Fault::Sender };

/// `OrganizationNotInAllFeaturesModeException`, 400.
pub static ORGANIZATION_NOT_IN_ALL_FEATURES_MODE: ErrorShape =
    ErrorShape { code: "OrganizationNotInAllFeaturesModeException", http_status: 400, fault: Fault::Sender };

/// `PasswordPolicyViolation`, 400.
pub static PASSWORD_POLICY_VIOLATION: ErrorShape =
    ErrorShape { code: "PasswordPolicyViolation", http_status: 400, fault: Fault::Sender };

/// `PolicyEvaluation`, 500.
pub static POLICY_EVALUATION: ErrorShape =
    ErrorShape { code: "PolicyEvaluation", http_status: 500, fault: Fault::Receiver };

/// `PolicyNotAttachable`, 400.
pub static POLICY_NOT_ATTACHABLE: ErrorShape =
    ErrorShape { code: "PolicyNotAttachable", http_status: 400, fault: Fault::Sender };

/// `ReportGenerationLimitExceeded`, 409.
pub static REPORT_GENERATION_LIMIT_EXCEEDED: ErrorShape =
    ErrorShape { code: "ReportGenerationLimitExceeded", http_status: 409, fault: Fault::Sender };

/// `RoleModified`, 409.
pub static ROLE_MODIFIED: ErrorShape =
    ErrorShape { code: "RoleModified", http_status: 409, fault: Fault::Sender };

/// `RoleTemplateDisabled`, 400.
pub static ROLE_TEMPLATE_DISABLED: ErrorShape =
    ErrorShape { code: "RoleTemplateDisabled", http_status: 400, fault: Fault::Sender };

/// `ServiceAccessNotEnabledException`, 400.
pub static SERVICE_ACCESS_NOT_ENABLED: ErrorShape =
    ErrorShape { code: "ServiceAccessNotEnabledException", http_status: 400, fault: Fault::Sender };

/// `ServiceFailure`, 500.
pub static SERVICE_FAILURE: ErrorShape =
    ErrorShape { code: "ServiceFailure", http_status: 500, fault: Fault::Receiver };

/// `NotSupportedService`, 404.
pub static NOT_SUPPORTED_SERVICE: ErrorShape =
    ErrorShape { code: "NotSupportedService", http_status: 404, fault: Fault::Sender };

/// `UnmodifiableEntity`, 400.
pub static UNMODIFIABLE_ENTITY: ErrorShape =
    ErrorShape { code: "UnmodifiableEntity", http_status: 400, fault: Fault::Sender };

/// `UnrecognizedPublicKeyEncoding`, 400.
pub static UNRECOGNIZED_PUBLIC_KEY_ENCODING: ErrorShape =
    ErrorShape { code: "UnrecognizedPublicKeyEncoding", http_status: 400, fault: Fault::Sender };
