//! The errors of Organizations, version 2016-11-28.
//!
//! Written by `cargo xtask generate` from `botocore/data/organizations/2016-11-28` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::shape::{ErrorShape, Fault};

/// `AWSOrganizationsNotInUseException`, 400.
pub static AWS_ORGANIZATIONS_NOT_IN_USE: ErrorShape =
    ErrorShape { code: "AWSOrganizationsNotInUseException", http_status: 400, fault: Fault::Sender };

/// `AccessDeniedException`, 400.
pub static ACCESS_DENIED: ErrorShape =
    ErrorShape { code: "AccessDeniedException", http_status: 400, fault: Fault::Sender };

/// `AccessDeniedForDependencyException`, 400.
pub static ACCESS_DENIED_FOR_DEPENDENCY: ErrorShape =
    ErrorShape { code: "AccessDeniedForDependencyException", http_status: 400, fault: Fault::Sender };

/// `AccountAlreadyClosedException`, 400.
pub static ACCOUNT_ALREADY_CLOSED: ErrorShape =
    ErrorShape { code: "AccountAlreadyClosedException", http_status: 400, fault: Fault::Sender };

/// `AccountAlreadyRegisteredException`, 400.
pub static ACCOUNT_ALREADY_REGISTERED: ErrorShape =
    ErrorShape { code: "AccountAlreadyRegisteredException", http_status: 400, fault: Fault::Sender };

/// `AccountNotFoundException`, 400.
pub static ACCOUNT_NOT_FOUND: ErrorShape =
    ErrorShape { code: "AccountNotFoundException", http_status: 400, fault: Fault::Sender };

/// `AccountNotRegisteredException`, 400.
pub static ACCOUNT_NOT_REGISTERED: ErrorShape =
    ErrorShape { code: "AccountNotRegisteredException", http_status: 400, fault: Fault::Sender };

/// `AccountOwnerNotVerifiedException`, 400.
pub static ACCOUNT_OWNER_NOT_VERIFIED: ErrorShape =
    ErrorShape { code: "AccountOwnerNotVerifiedException", http_status: 400, fault: Fault::Sender };

/// `AlreadyInOrganizationException`, 400.
pub static ALREADY_IN_ORGANIZATION: ErrorShape =
    ErrorShape { code: "AlreadyInOrganizationException", http_status: 400, fault: Fault::Sender };

/// `ChildNotFoundException`, 400.
pub static CHILD_NOT_FOUND: ErrorShape =
    ErrorShape { code: "ChildNotFoundException", http_status: 400, fault: Fault::Sender };

/// `ConcurrentModificationException`, 400.
pub static CONCURRENT_MODIFICATION: ErrorShape =
    ErrorShape { code: "ConcurrentModificationException", http_status: 400, fault: Fault::Sender };

/// `ConflictException`, 400.
pub static CONFLICT: ErrorShape =
    ErrorShape { code: "ConflictException", http_status: 400, fault: Fault::Sender };

/// `ConstraintViolationException`, 400.
pub static CONSTRAINT_VIOLATION: ErrorShape =
    ErrorShape { code: "ConstraintViolationException", http_status: 400, fault: Fault::Sender };

/// `CreateAccountStatusNotFoundException`, 400.
pub static CREATE_ACCOUNT_STATUS_NOT_FOUND: ErrorShape =
    ErrorShape { code: "CreateAccountStatusNotFoundException", http_status: 400, fault: Fault::Sender };

/// `DestinationParentNotFoundException`, 400.
pub static DESTINATION_PARENT_NOT_FOUND: ErrorShape =
    ErrorShape { code: "DestinationParentNotFoundException", http_status: 400, fault: Fault::Sender };

/// `DuplicateAccountException`, 400.
pub static DUPLICATE_ACCOUNT: ErrorShape =
    ErrorShape { code: "DuplicateAccountException", http_status: 400, fault: Fault::Sender };

/// `DuplicateHandshakeException`, 400.
pub static DUPLICATE_HANDSHAKE: ErrorShape =
    ErrorShape { code: "DuplicateHandshakeException", http_status: 400, fault: Fault::Sender };

/// `DuplicateOrganizationalUnitException`, 400.
pub static DUPLICATE_ORGANIZATIONAL_UNIT: ErrorShape =
    ErrorShape { code: "DuplicateOrganizationalUnitException", http_status: 400, fault: Fault::Sender };

/// `DuplicatePolicyAttachmentException`, 400.
pub static DUPLICATE_POLICY_ATTACHMENT: ErrorShape =
    ErrorShape { code: "DuplicatePolicyAttachmentException", http_status: 400, fault: Fault::Sender };

/// `DuplicatePolicyException`, 400.
pub static DUPLICATE_POLICY: ErrorShape =
    ErrorShape { code: "DuplicatePolicyException", http_status: 400, fault: Fault::Sender };

/// `EffectivePolicyNotFoundException`, 400.
pub static EFFECTIVE_POLICY_NOT_FOUND: ErrorShape =
    ErrorShape { code: "EffectivePolicyNotFoundException", http_status: 400, fault: Fault::Sender };

/// `FinalizingOrganizationException`, 400.
pub static FINALIZING_ORGANIZATION: ErrorShape =
    ErrorShape { code: "FinalizingOrganizationException", http_status: 400, fault: Fault::Sender };

/// `HandshakeAlreadyInStateException`, 400.
pub static HANDSHAKE_ALREADY_IN_STATE: ErrorShape =
    ErrorShape { code: "HandshakeAlreadyInStateException", http_status: 400, fault: Fault::Sender };

/// `HandshakeConstraintViolationException`, 400.
pub static HANDSHAKE_CONSTRAINT_VIOLATION: ErrorShape =
    ErrorShape { code: "HandshakeConstraintViolationException", http_status: 400, fault: Fault::Sender };

/// `HandshakeNotFoundException`, 400.
pub static HANDSHAKE_NOT_FOUND: ErrorShape =
    ErrorShape { code: "HandshakeNotFoundException", http_status: 400, fault: Fault::Sender };

/// `InvalidHandshakeTransitionException`, 400.
pub static INVALID_HANDSHAKE_TRANSITION: ErrorShape =
    ErrorShape { code: "InvalidHandshakeTransitionException", http_status: 400, fault: Fault::Sender };

/// `InvalidInputException`, 400.
pub static INVALID_INPUT: ErrorShape =
    ErrorShape { code: "InvalidInputException", http_status: 400, fault: Fault::Sender };

/// `InvalidResponsibilityTransferTransitionException`, 400.
pub static INVALID_RESPONSIBILITY_TRANSFER_TRANSITION: ErrorShape =
    ErrorShape { code: "InvalidResponsibilityTransferTransitionException", http_status: 400, fault: Fault::Sender };

/// `MalformedPolicyDocumentException`, 400.
pub static MALFORMED_POLICY_DOCUMENT: ErrorShape =
    ErrorShape { code: "MalformedPolicyDocumentException", http_status: 400, fault: Fault::Sender };

/// `MasterCannotLeaveOrganizationException`, 400.
pub static MASTER_CANNOT_LEAVE_ORGANIZATION: ErrorShape =
    ErrorShape { code: "MasterCannotLeaveOrganizationException", http_status: 400, fault: Fault::Sender };

/// `OrganizationNotEmptyException`, 400.
pub static ORGANIZATION_NOT_EMPTY: ErrorShape =
    ErrorShape { code: "OrganizationNotEmptyException", http_status: 400, fault: Fault::Sender };

/// `OrganizationalUnitNotEmptyException`, 400.
pub static ORGANIZATIONAL_UNIT_NOT_EMPTY: ErrorShape =
    ErrorShape { code: "OrganizationalUnitNotEmptyException", http_status: 400, fault: Fault::Sender };

/// `OrganizationalUnitNotFoundException`, 400.
pub static ORGANIZATIONAL_UNIT_NOT_FOUND: ErrorShape =
    ErrorShape { code: "OrganizationalUnitNotFoundException", http_status: 400, fault: Fault::Sender };

/// `ParentNotFoundException`, 400.
pub static PARENT_NOT_FOUND: ErrorShape =
    ErrorShape { code: "ParentNotFoundException", http_status: 400, fault: Fault::Sender };

/// `PolicyChangesInProgressException`, 400.
pub static POLICY_CHANGES_IN_PROGRESS: ErrorShape =
    ErrorShape { code: "PolicyChangesInProgressException", http_status: 400, fault: Fault::Sender };

/// `PolicyInUseException`, 400.
pub static POLICY_IN_USE: ErrorShape =
    ErrorShape { code: "PolicyInUseException", http_status: 400, fault: Fault::Sender };

/// `PolicyNotAttachedException`, 400.
pub static POLICY_NOT_ATTACHED: ErrorShape =
    ErrorShape { code: "PolicyNotAttachedException", http_status: 400, fault: Fault::Sender };

/// `PolicyNotFoundException`, 400.
pub static POLICY_NOT_FOUND: ErrorShape =
    ErrorShape { code: "PolicyNotFoundException", http_status: 400, fault: Fault::Sender };

/// `PolicyTypeAlreadyEnabledException`, 400.
pub static POLICY_TYPE_ALREADY_ENABLED: ErrorShape =
    ErrorShape { code: "PolicyTypeAlreadyEnabledException", http_status: 400, fault: Fault::Sender };

/// `PolicyTypeNotAvailableForOrganizationException`, 400.
pub static POLICY_TYPE_NOT_AVAILABLE_FOR_ORGANIZATION: ErrorShape =
    ErrorShape { code: "PolicyTypeNotAvailableForOrganizationException", http_status: 400, fault: Fault::Sender };

/// `PolicyTypeNotEnabledException`, 400.
pub static POLICY_TYPE_NOT_ENABLED: ErrorShape =
    ErrorShape { code: "PolicyTypeNotEnabledException", http_status: 400, fault: Fault::Sender };

/// `ResourcePolicyNotFoundException`, 400.
pub static RESOURCE_POLICY_NOT_FOUND: ErrorShape =
    ErrorShape { code: "ResourcePolicyNotFoundException", http_status: 400, fault: Fault::Sender };

/// `ResponsibilityTransferAlreadyInStatusException`, 400.
pub static RESPONSIBILITY_TRANSFER_ALREADY_IN_STATUS: ErrorShape =
    ErrorShape { code: "ResponsibilityTransferAlreadyInStatusException", http_status: 400, fault: Fault::Sender };

/// `ResponsibilityTransferNotFoundException`, 400.
pub static RESPONSIBILITY_TRANSFER_NOT_FOUND: ErrorShape =
    ErrorShape { code: "ResponsibilityTransferNotFoundException", http_status: 400, fault: Fault::Sender };

/// `RootNotFoundException`, 400.
pub static ROOT_NOT_FOUND: ErrorShape =
    ErrorShape { code: "RootNotFoundException", http_status: 400, fault: Fault::Sender };

/// `ServiceException`, 400.
pub static SERVICE: ErrorShape =
    ErrorShape { code: "ServiceException", http_status: 400, fault: Fault::Sender };

/// `SourceParentNotFoundException`, 400.
pub static SOURCE_PARENT_NOT_FOUND: ErrorShape =
    ErrorShape { code: "SourceParentNotFoundException", http_status: 400, fault: Fault::Sender };

/// `TargetNotFoundException`, 400.
pub static TARGET_NOT_FOUND: ErrorShape =
    ErrorShape { code: "TargetNotFoundException", http_status: 400, fault: Fault::Sender };

/// `TooManyRequestsException`, 400.
pub static TOO_MANY_REQUESTS: ErrorShape =
    ErrorShape { code: "TooManyRequestsException", http_status: 400, fault: Fault::Sender };

/// `UnsupportedAPIEndpointException`, 400.
pub static UNSUPPORTED_API_ENDPOINT: ErrorShape =
    ErrorShape { code: "UnsupportedAPIEndpointException", http_status: 400, fault: Fault::Sender };
