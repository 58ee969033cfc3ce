//! From what the directory refuses to what goes out.

use doorward_directory::Refusal;
use doorward_directory::text::Unreadable;
use doorward_wire::shape::{ErrorShape, OperationShape};
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
    with_code(operation, refusal.code(), refusal.to_string())
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
