//! What goes back to the client.

use std::borrow::Cow;

use bytes::Bytes;
use doorward_directory::Revision;
use doorward_policy::explain::Decision;
use doorward_wire::ApiError;
use doorward_wire::answer::{self, Answer, Format};
use doorward_wire::shape::{ErrorShape, Fault};
use http::header::{ALLOW, CACHE_CONTROL, CONNECTION, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};
use http::{Response, StatusCode};
use http_body_util::{Either, Full};

use crate::backup::Stream;

/// The header that names the request's id.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// The header that names an error's code in the protocols of JSON.
///
/// Source: <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html#operation-error-serialization>
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// After how many seconds those may ask again who come too early: a server that loads is ready within seconds.
const RETRY_AFTER_S: &str = "1";

/// The content type of those protocols.
const JSON: &str = "application/x-amz-json-1.1";

/// The header that tells the revision of a write. Ours.
const REVISION: HeaderName = HeaderName::from_static("x-doorward-revision");

/// The header that brings the sealed explanation of a denial. Ours: AWS appends such messages to the texts of some
/// services, and IAM's are not among them.
const DENIAL_MESSAGE: HeaderName = HeaderName::from_static("x-doorward-encoded-authorization-message");

/// An answer, and what the log says about it.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) answer: Answer,
    pub(crate) revision: Option<Revision>,
    /// The sealed explanation, when the request was denied.
    pub(crate) denial_message: Option<String>,
    /// The service that was asked, once that is known.
    pub(crate) service: Option<&'static str>,
    /// What was asked for, once that is known.
    pub(crate) operation: Option<&'static str>,
    /// The ARN of who asked, once that is known.
    pub(crate) caller: Option<String>,
    /// The judge's answer, if it was no to one of AWS's operations.
    pub(crate) denied: Option<Decision>,
    /// The error code, if it is one.
    pub(crate) code: Option<Cow<'static, str>>,
    /// What failed inside, if something did, for the log alone.
    pub(crate) cause: Option<String>,
    /// The methods that the path has, when the request's is not one of them.
    pub(crate) allowed: Option<&'static str>,
    /// For how many seconds anybody may keep the answer; `None` for nobody.
    pub(crate) cached_s: Option<u32>,
    /// What is sent instead of the answer's body, piece by piece.
    pub(crate) stream: Option<Stream>,
    /// Whether the connection can serve another request.
    pub(crate) connection: Connection,
}

/// The body of a response.
pub(crate) type ReplyBody = Either<Full<Bytes>, Stream>;

/// What becomes of a connection after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Connection {
    /// It serves the next request.
    Kept,
    /// It is closed: the rest of the request was not read, or the server is stopping.
    Closed,
}

/// Errors of the door itself.
pub(crate) mod errors {
    use super::{ErrorShape, Fault};

    const fn sender(code: &'static str, http_status: u16) -> ErrorShape {
        ErrorShape { code, http_status, fault: Fault::Sender }
    }

    /// The request names no operation.
    pub(crate) static MISSING_ACTION: ErrorShape = sender("MissingAction", 400);
    /// The HTTP method is not one of the protocol.
    pub(crate) static METHOD_NOT_ALLOWED: ErrorShape = sender("MethodNotAllowed", 405);
    /// The body is longer than the limit.
    pub(crate) static REQUEST_ENTITY_TOO_LARGE: ErrorShape = sender("RequestEntityTooLarge", 413);
    /// The body did not arrive in time, or not whole.
    pub(crate) static REQUEST_TIMEOUT: ErrorShape = sender("RequestTimeout", 408);
    /// The target names no operation.
    ///
    /// Source: <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>
    pub(crate) static UNKNOWN_OPERATION: ErrorShape = sender("UnknownOperationException", 404);
}

impl Reply {
    /// An answer as it stands.
    pub(crate) fn of(answer: Answer) -> Self {
        Self {
            answer,
            revision: None,
            denial_message: None,
            service: None,
            operation: None,
            denied: None,
            caller: None,
            code: None,
            cause: None,
            allowed: None,
            cached_s: None,
            stream: None,
            connection: Connection::Kept,
        }
    }

    /// An error, in the shape of the query protocol and of no service.
    pub(crate) fn failure(error: &ApiError, format: Format, id: &str) -> Self {
        let (code, cause) = (Some(error.code.clone()), error.cause.clone());
        Self { code, cause, ..Self::of(answer::failure(error, None, format, id)) }
    }

    /// A page that is not part of any protocol.
    pub(crate) fn text(http_status: u16, body: impl Into<String>) -> Self {
        Self::of(Answer { http_status, content_type: "text/plain; charset=utf-8", body: body.into() })
    }

    /// The HTTP response.
    pub(crate) fn into_response(self, id: &str) -> Response<ReplyBody> {
        let body = match self.stream {
            None => Either::Left(Full::from(self.answer.body)),
            Some(stream) => Either::Right(stream),
        };
        let mut response = Response::new(body);
        *response.status_mut() =
            StatusCode::from_u16(self.answer.http_status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.answer.content_type));
        if let Ok(id) = HeaderValue::from_str(id) {
            headers.insert(REQUEST_ID, id);
        }
        if self.answer.content_type == JSON
            && let Some(Ok(code)) = self.code.as_deref().map(HeaderValue::try_from)
        {
            headers.insert(ERROR_TYPE, code);
        }
        if let Some(revision) = self.revision {
            headers.insert(REVISION, HeaderValue::from(revision.0));
        }
        if let Some(Ok(message)) = self.denial_message.map(HeaderValue::try_from) {
            headers.insert(DENIAL_MESSAGE, message);
        }
        if let Some(seconds) = self.cached_s
            && let Ok(kept) = HeaderValue::try_from(format!("public, max-age={seconds}"))
        {
            headers.insert(CACHE_CONTROL, kept);
        }
        if let Some(methods) = self.allowed {
            headers.insert(ALLOW, HeaderValue::from_static(methods));
        }
        if self.answer.http_status == 503 {
            headers.insert(RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_S));
        }
        if self.connection == Connection::Closed {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}
