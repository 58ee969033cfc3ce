//! The errors of STS, version 2011-06-15.
//!
//! Written by `cargo xtask generate` from `botocore/data/sts/2011-06-15` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::shape::{ErrorShape, Fault};

/// `ExpiredTokenException`, 400.
pub static EXPIRED_TOKEN: ErrorShape =
    ErrorShape { code: "ExpiredTokenException", http_status: 400, fault: Fault::Sender };

/// `ExpiredTradeInTokenException`, 400.
pub static EXPIRED_TRADE_IN_TOKEN: ErrorShape =
    ErrorShape { code: "ExpiredTradeInTokenException", http_status: 400, fault: Fault::Sender };

/// `IDPCommunicationError`, 400.
pub static IDP_COMMUNICATION_ERROR: ErrorShape =
    ErrorShape { code: "IDPCommunicationError", http_status: 400, fault: Fault::Sender };

/// `IDPRejectedClaim`, 403.
pub static IDP_REJECTED_CLAIM: ErrorShape =
    ErrorShape { code: "IDPRejectedClaim", http_status: 403, fault: Fault::Sender };

/// `InvalidAuthorizationMessageException`, 400.
pub static INVALID_AUTHORIZATION_MESSAGE: ErrorShape =
    ErrorShape { code: "InvalidAuthorizationMessageException", http_status: 400, fault: Fault::Sender };

/// `InvalidIdentityToken`, 400.
pub static INVALID_IDENTITY_TOKEN: ErrorShape =
    ErrorShape { code: "InvalidIdentityToken", http_status: 400, fault: Fault::Sender };

/// `JWTPayloadSizeExceededException`, 400.
pub static JWT_PAYLOAD_SIZE_EXCEEDED: ErrorShape =
    ErrorShape { code: "JWTPayloadSizeExceededException", http_status: 400, fault: Fault::Sender };

/// `MalformedPolicyDocument`, 400.
pub static MALFORMED_POLICY_DOCUMENT: ErrorShape =
    ErrorShape { code: "MalformedPolicyDocument", http_status: 400, fault: Fault::Sender };

/// `OutboundWebIdentityFederationDisabledException`, 403.
pub static OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED: ErrorShape =
    ErrorShape { code: "OutboundWebIdentityFederationDisabledException", http_status: 403, fault: Fault::Sender };

/// `PackedPolicyTooLarge`, 400.
pub static PACKED_POLICY_TOO_LARGE: ErrorShape =
    ErrorShape { code: "PackedPolicyTooLarge", http_status: 400, fault: Fault::Sender };

/// `RegionDisabledException`, 403.
pub static REGION_DISABLED: ErrorShape =
    ErrorShape { code: "RegionDisabledException", http_status: 403, fault: Fault::Sender };

/// `SessionDurationEscalationException`, 403.
pub static SESSION_DURATION_ESCALATION: ErrorShape =
    ErrorShape { code: "SessionDurationEscalationException", http_status: 403, fault: Fault::Sender };
