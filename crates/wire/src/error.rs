//! Errors as they go out: code, status, fault and message.

use std::borrow::Cow;
use std::error::Error;

use crate::shape::{ErrorShape, Fault};

/// Errors that every operation may answer.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>.
pub mod errors {
    use crate::shape::{ErrorShape, Fault};

    const fn sender(code: &'static str, http_status: u16) -> ErrorShape {
        ErrorShape { code, http_status, fault: Fault::Sender }
    }

    const fn receiver(code: &'static str, http_status: u16) -> ErrorShape {
        ErrorShape { code, http_status, fault: Fault::Receiver }
    }

    /// The caller may not do this.
    pub static ACCESS_DENIED: ErrorShape = sender("AccessDenied", 403);
    /// The session token has expired.
    pub static EXPIRED_TOKEN: ErrorShape = sender("ExpiredToken", 403);
    /// The signature lacks a part or has a malformed one.
    pub static INCOMPLETE_SIGNATURE: ErrorShape = sender("IncompleteSignature", 400);
    /// Something failed that is not the caller's fault.
    pub static INTERNAL_FAILURE: ErrorShape = receiver("InternalFailure", 500);
    /// No such operation, or not in this version.
    pub static INVALID_ACTION: ErrorShape = sender("InvalidAction", 400);
    /// The access key or the session token is not known.
    pub static INVALID_CLIENT_TOKEN_ID: ErrorShape = sender("InvalidClientTokenId", 403);
    /// A parameter has a value outside what is allowed.
    pub static INVALID_PARAMETER_VALUE: ErrorShape = sender("InvalidParameterValue", 400);
    /// The request cannot be read.
    pub static MALFORMED_INPUT: ErrorShape = sender("MalformedInput", 400);
    /// The request is not signed.
    pub static MISSING_AUTHENTICATION_TOKEN: ErrorShape = sender("MissingAuthenticationToken", 403);
    /// A required parameter is missing.
    pub static MISSING_PARAMETER: ErrorShape = sender("MissingParameter", 400);
    /// AWS has the operation, this server does not. Not an AWS code: AWS has none to say it with. The status is one
    /// that SDKs do not retry.
    pub static NOT_IMPLEMENTED: ErrorShape = receiver("NotImplemented", 501);
    /// The account is not subscribed to the service.
    pub static OPT_IN_REQUIRED: ErrorShape = sender("OptInRequired", 403);
    /// The request came too long after its date, or its date lies in the future.
    pub static REQUEST_EXPIRED: ErrorShape = sender("RequestExpired", 400);
    /// A JSON body cannot be read.
    pub static SERIALIZATION_EXCEPTION: ErrorShape = sender("SerializationException", 400);
    /// The service cannot answer now.
    pub static SERVICE_UNAVAILABLE: ErrorShape = receiver("ServiceUnavailable", 503);
    /// The signature is not the one computed from the request.
    pub static SIGNATURE_DOES_NOT_MATCH: ErrorShape = sender("SignatureDoesNotMatch", 403);
    /// Too many requests.
    pub static THROTTLING: ErrorShape = sender("Throttling", 400);
    /// The input breaks constraints.
    pub static VALIDATION_ERROR: ErrorShape = sender("ValidationError", 400);
    /// The input breaks constraints, as services that speak JSON say it.
    pub static VALIDATION_EXCEPTION: ErrorShape = sender("ValidationException", 400);
}

/// An error on its way to the caller.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct ApiError {
    /// The code, such as `NoSuchEntity`.
    pub code: Cow<'static, str>,
    /// The HTTP status, 400 to 599.
    pub http_status: u16,
    /// Whose fault it is.
    pub fault: Fault,
    /// The message, in AWS's words where AWS has some.
    pub message: String,
    /// Which part answers.
    pub origin: Origin,
    /// Which of its reasons it has, such as `OU_DEPTH_LIMIT_EXCEEDED`: the member `Reason` of errors in JSON.
    pub reason: Option<&'static str>,
    /// What failed inside, in one line, for the log of the server. It never goes out.
    pub cause: Option<String>,
}

/// Which part of AWS answers an error; it decides the XML namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The service: its own namespace.
    Service,
    /// What stands before the services: `http://webservices.amazon.com/AWSFault/2005-15-09`.
    Front,
}

impl ApiError {
    /// An error of a service's model, such as [`iam::errors::NO_SUCH_ENTITY`](crate::iam::errors::NO_SUCH_ENTITY), or
    /// one of the common [`errors`].
    pub fn new(shape: &ErrorShape, message: impl Into<String>) -> ApiError {
        ApiError {
            code: Cow::Borrowed(shape.code),
            http_status: shape.http_status,
            fault: shape.fault,
            message: message.into(),
            origin: Origin::Service,
            reason: None,
            cause: None,
        }
    }

    /// The same error, with one of its reasons.
    #[must_use]
    pub fn because(self, reason: &'static str) -> ApiError {
        ApiError { reason: Some(reason), ..self }
    }

    /// The same error, with what failed inside and with what that came of, for the log. No text of it may be secret.
    #[must_use]
    pub fn caused_by(self, failure: &dyn Error) -> ApiError {
        let mut texts = vec![failure.to_string()];
        let mut next = failure.source();
        while let Some(failure) = next {
            texts.push(failure.to_string());
            next = failure.source();
        }
        // An error that only passes another on says the same.
        texts.dedup();
        ApiError { cause: Some(texts.join(": ")), ..self }
    }

    /// `ValidationError` with a message as it stands.
    pub fn validation_error(message: impl Into<String>) -> ApiError {
        ApiError::new(&errors::VALIDATION_ERROR, message)
    }

    /// `ValidationException` with a message as it stands.
    pub fn validation_exception(message: impl Into<String>) -> ApiError {
        ApiError::new(&errors::VALIDATION_EXCEPTION, message)
    }

    /// `MissingParameter` for a parameter, such as `UserName`.
    pub fn missing_parameter(name: &str) -> ApiError {
        ApiError::new(&errors::MISSING_PARAMETER, format!("The request must contain the parameter {name}."))
    }

    /// `MalformedInput`, saying what is malformed.
    pub fn malformed_input(message: impl Into<String>) -> ApiError {
        ApiError::new(&errors::MALFORMED_INPUT, message)
    }

    /// `SerializationException` for a JSON body, saying what is wrong with it.
    pub fn serialization(message: impl Into<String>) -> ApiError {
        ApiError::new(&errors::SERIALIZATION_EXCEPTION, message)
    }

    /// `InvalidAction` for an operation that does not exist in `version`; `None` when the request names no version.
    pub fn invalid_action(action: &str, version: Option<&str>) -> ApiError {
        let version = version.unwrap_or("NO_VERSION_SPECIFIED");
        let message = format!("Could not find operation {action} for version {version}");
        ApiError { origin: Origin::Front, ..ApiError::new(&errors::INVALID_ACTION, message) }
    }

    /// `NotImplemented` for an operation of AWS that this server does not have.
    pub fn not_implemented(operation: &str) -> ApiError {
        ApiError::new(&errors::NOT_IMPLEMENTED, format!("The operation {operation} is not implemented."))
    }

    /// `AccessDenied` with a message as it stands.
    pub fn access_denied(message: impl Into<String>) -> ApiError {
        ApiError::new(&errors::ACCESS_DENIED, message)
    }

    /// `Throttling`.
    pub fn throttling() -> ApiError {
        ApiError::new(&errors::THROTTLING, "Rate exceeded.")
    }

    /// `InternalFailure`; it says nothing about the cause.
    pub fn internal_failure() -> ApiError {
        let message = "The request processing has failed because of an unknown error, exception or failure.";
        ApiError::new(&errors::INTERNAL_FAILURE, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("the change was not made")]
    struct Outer(#[source] Passing);

    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Passing(#[source] std::io::Error);

    #[test]
    fn causes_are_told_down_to_the_last() {
        let cause = Outer(Passing(std::io::Error::other("the disk is full")));
        let error = ApiError::internal_failure().caused_by(&cause);
        assert_eq!(error.cause.as_deref(), Some("the change was not made: the disk is full"));
        assert_eq!(ApiError { cause: None, ..error }, ApiError::internal_failure());
    }
}
