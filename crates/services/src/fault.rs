//! From what the directory refuses to what goes out.

use doorward_directory::Refusal;
use doorward_directory::text::Unreadable;
use doorward_gate::Unauthenticated;
use doorward_wire::shape::{ErrorShape, Fault, OperationShape, Protocol};
use doorward_wire::{ApiError, errors};

/// The common errors that a refusal of the directory may carry beside those the operation's model lists.
static COMMON: [&ErrorShape; 4] = [
    &errors::VALIDATION_ERROR,
    &errors::INVALID_PARAMETER_VALUE,
    &errors::ACCESS_DENIED,
    &errors::SERVICE_UNAVAILABLE,
];

/// The answer to a refusal: its code and text, with the status that the operation's model gives the code.
pub(crate) fn refused(operation: &OperationShape, refusal: &Refusal) -> ApiError {
    let error = match operation.service.protocol {
        Protocol::Json11 => with_code(operation, json_code(refusal), refusal.to_string()),
        Protocol::Query | Protocol::RestJson => with_code(operation, refusal.code(), refusal.to_string()),
    };
    ApiError { reason: refusal.reason(), ..error }
}

/// How the services of JSON call what every operation may be refused for.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html#API_CreatePolicy_Errors>
fn json_code(refusal: &Refusal) -> &'static str {
    match refusal.code() {
        "ConcurrentModification" => "ConcurrentModificationException",
        "ServiceFailure" => "ServiceException",
        "LimitExceeded" => "ConstraintViolationException",
        code => code,
    }
}

/// The answer to a caller that is not allowed.
pub(crate) fn access_denied(operation: &OperationShape, message: String) -> ApiError {
    match operation.service.protocol {
        Protocol::Json11 => with_code(operation, "AccessDeniedException", message),
        Protocol::Query | Protocol::RestJson => ApiError::access_denied(message),
    }
}

/// The answer of a service of JSON to a request of which nobody is known to have sent it. The codes are those that such
/// services of AWS answer, with 400.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/CommonErrors.html>
pub(crate) fn unauthenticated_in_json(refusal: &Unauthenticated) -> ApiError {
    const fn sender(code: &'static str) -> ErrorShape {
        ErrorShape { code, http_status: 400, fault: Fault::Sender }
    }
    let shape = match refusal.code() {
        "AccessDenied" => sender("AccessDeniedException"),
        "ExpiredToken" => sender("ExpiredTokenException"),
        "IncompleteSignature" => sender("IncompleteSignatureException"),
        "InvalidClientTokenId" => sender("UnrecognizedClientException"),
        "MissingAuthenticationToken" => sender("MissingAuthenticationTokenException"),
        "RequestExpired" => sender("RequestExpired"),
        "SignatureDoesNotMatch" => sender("InvalidSignatureException"),
        "ServiceUnavailable" => return ApiError::new(&errors::SERVICE_UNAVAILABLE, refusal.to_string()),
        _ => return ApiError { fault: Fault::Receiver, ..ApiError::internal_failure() },
    };
    ApiError::new(&shape, refusal.to_string())
}

/// An error by its code. A code that neither the operation nor the service knows is a fault of ours.
pub(crate) fn with_code(operation: &OperationShape, code: &str, message: String) -> ApiError {
    let listed = operation.errors.iter().copied().find(|shape| shape.code == code);
    let of_service = || {
        let operations = operation.service.operations.iter();
        operations.flat_map(|other| other.errors.iter().copied()).find(|shape| shape.code == code)
    };
    let common = || COMMON.iter().copied().find(|shape| shape.code == code);
    listed
        .or_else(of_service)
        .or_else(common)
        .map_or_else(ApiError::internal_failure, |shape| ApiError::new(shape, message))
}

/// The answer when a stored policy cannot be read.
pub(crate) fn unreadable(_: &Unreadable) -> ApiError {
    ApiError::internal_failure()
}
