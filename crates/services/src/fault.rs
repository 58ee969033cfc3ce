//! From what the directory refuses to what goes out.

use doorward_directory::Refusal;
use doorward_directory::text::Unreadable;
use doorward_gate::Unauthenticated;
use doorward_wire::shape::{ErrorShape, Fault, OperationShape, Protocol};
use doorward_wire::{ApiError, errors, sts};

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
        Protocol::Query | Protocol::RestJson => {
            with_code(operation, query_code(operation, refusal), refusal.to_string())
        }
    };
    let error = ApiError { reason: refusal.reason(), ..error };
    if let Refusal::Failed(failure) | Refusal::Unavailable(failure) = refusal {
        return error.caused_by(failure);
    }
    error
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

/// What STS calls what IAM has other codes for. It has none for writes that came in each other's way: the common one asks
/// to be called again.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html#API_GetWebIdentityToken_Errors>
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html>
fn query_code(operation: &OperationShape, refusal: &Refusal) -> &'static str {
    match refusal.code() {
        code if operation.service.id != sts::SERVICE.id => code,
        "ConcurrentModification" => errors::SERVICE_UNAVAILABLE.code,
        "FeatureDisabled" => sts::errors::OUTBOUND_WEB_IDENTITY_FEDERATION_DISABLED.code,
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
        "ServiceUnavailable" => {
            return ApiError::new(&errors::SERVICE_UNAVAILABLE, refusal.to_string()).caused_by(refusal);
        }
        _ => return ApiError::internal_failure().caused_by(refusal),
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
    listed.or_else(of_service).or_else(common).map(|shape| ApiError::new(shape, message)).unwrap_or_else(
        || ApiError {
            cause: Some(format!("{} has no error `{code}`", operation.name)),
            ..ApiError::internal_failure()
        },
    )
}

/// The answer when a stored policy cannot be read.
pub(crate) fn unreadable(cause: &Unreadable) -> ApiError {
    ApiError::internal_failure().caused_by(cause)
}

#[cfg(test)]
mod tests {
    use doorward_directory::refusal::Failure;
    use doorward_wire::answer::{Format, failure, json_failure};
    use doorward_wire::{Operation as _, iam, organizations};

    use super::*;

    const INSIDE: &str =
        "The request processing has failed because of an unknown error, exception or failure.";

    /// What a refusal becomes in IAM, Organizations and STS: status, code and cause.
    #[test]
    fn refusals_in_every_service() {
        let operations = [
            iam::CreateUser::shape(),
            organizations::CreateAccount::shape(),
            sts::GetWebIdentityToken::shape(),
        ];
        let hash = Some("a password could not be hashed");
        for (refusal, expected) in [
            (
                || Refusal::Failed(Failure::Hash),
                [
                    (500, "ServiceFailure", hash),
                    (400, "ServiceException", hash),
                    (500, "InternalFailure", hash),
                ],
            ),
            (
                || Refusal::Unavailable(Failure::Hash),
                [
                    (503, "ServiceUnavailable", hash),
                    (503, "ServiceUnavailable", hash),
                    (503, "ServiceUnavailable", hash),
                ],
            ),
            (
                || Refusal::ConcurrentModification,
                [
                    (409, "ConcurrentModification", None),
                    (400, "ConcurrentModificationException", None),
                    (503, "ServiceUnavailable", None),
                ],
            ),
            (
                || Refusal::FeatureDisabled,
                [
                    (404, "FeatureDisabled", None),
                    (500, "InternalFailure", Some("CreateAccount has no error `FeatureDisabled`")),
                    (403, "OutboundWebIdentityFederationDisabledException", None),
                ],
            ),
        ] as [(fn() -> Refusal, _); 4]
        {
            for (operation, expected) in operations.into_iter().zip(expected) {
                let error = refused(operation, &refusal());
                let found = (error.http_status, &*error.code, error.cause.as_deref());
                assert_eq!(found, expected, "{}", operation.name);
            }
        }
    }

    /// Causes are for the log: no answer has them.
    #[test]
    fn causes_do_not_go_out() {
        let error = refused(iam::CreateUser::shape(), &Refusal::Failed(Failure::Hash));
        assert_eq!(error.message, INSIDE);
        let json = refused(organizations::CreateAccount::shape(), &Refusal::Failed(Failure::Hash));
        let answers = [
            failure(&error, Some(&iam::SERVICE), Format::Xml, "id"),
            failure(&error, Some(&iam::SERVICE), Format::Json, "id"),
            json_failure(&json),
        ];
        for answer in answers {
            assert!(!answer.body.contains("hashed"), "{}", answer.body);
        }
    }

    #[test]
    fn what_a_policy_cannot_be_read_for_is_told_the_log() {
        let cause = Unreadable::Unbound("arn:aws:iam::111111111111:user/ana".to_owned());
        let error = unreadable(&cause);
        assert_eq!((error.http_status, &*error.code), (500, "InternalFailure"));
        assert_eq!(error.cause, Some(cause.to_string()));
    }
}
