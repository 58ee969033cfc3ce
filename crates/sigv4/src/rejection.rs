//! Why a request is refused, in AWS's codes and words.

use jiff::{SignedDuration, Timestamp};

use crate::secret::TERMINATOR;
use crate::stamp::Stamp;

/// Where a signature stands in a request.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// In the `Authorization` header.
    Header,
    /// In the query string: a presigned request.
    Query,
}

/// One thing wrong with a credential scope. AWS lists all of them in one message, in this order.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScopeFault {
    /// The region is none of those accepted.
    #[error("Credential should be scoped to a valid region. ")]
    Region,
    /// The service is another one.
    #[error("Credential should be scoped to correct service: '{expected}'. ")]
    Service {
        /// The signing name of the service that was asked.
        expected: String,
    },
    /// The last part is not `aws4_request`.
    #[error("Credential should be scoped with a valid terminator: '{TERMINATOR}'.")]
    Terminator,
    /// The day is not that of the request's date.
    #[error(
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
         '{scoped}' != '{requested}', from '{date}'."
    )]
    Date {
        /// The day of the scope, as sent.
        scoped: String,
        /// The day of the request.
        requested: String,
        /// The date of the request, as sent.
        date: String,
    },
}

/// Why a request is refused. `Display` is the message for the wire, [`code`](Self::code) and
/// [`http_status`](Self::http_status) go with it.
///
/// Texts are AWS's wherever AWS's are known; where ours is stricter than AWS, or AWS's answer is unknown,
/// the variant says so and the text is ours. The codes are those of the query protocol (IAM, STS); JSON
/// services add `Exception` to them.
///
/// No variant carries a secret or a session token. Those that show what the client sent show what AWS shows.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html>,
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// There is no signature in the request.
    #[error("Request is missing Authentication Token")]
    MissingAuthentication,
    /// The signature is of a kind other than `AWS4-HMAC-SHA256`: another scheme such as `Bearer`, an older
    /// signature version, or Signature Version 4A (`AWS4-ECDSA-P256-SHA256`).
    #[error("{}", match form { Form::Header => "Request is missing Authentication Token",
                               Form::Query => "Missing Authentication Token" })]
    UnknownAlgorithm {
        /// The scheme or algorithm, as sent; not part of the message.
        algorithm: String,
        /// Where it was given.
        form: Form,
    },
    /// The query string is signed with Signature Version 2, which Doorward does not speak. Whether IAM still
    /// accepts it is unconfirmed; the text is ours.
    #[error("AWS Signature Version 2 is not supported.")]
    SignatureVersion2,
    /// There is a signature in the header and one in the query string.
    #[error("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.")]
    BothForms,
    /// Something that must be single is given twice. AWS takes one of the two; so that nobody can put another
    /// one first, Doorward takes neither. The text is ours.
    #[error("The request signature does not conform to AWS standards. '{name}' is given more than once.")]
    Repeated {
        /// The header, query parameter or part of the `Authorization` header.
        name: String,
    },
    /// A part of the signature stands where it would be ignored: an unknown part of the `Authorization`
    /// header, or a session token in the header of a presigned request. The text is ours.
    #[error("The request signature does not conform to AWS standards. '{name}' is not expected there.")]
    Misplaced {
        /// The header, query parameter or part of the `Authorization` header.
        name: String,
    },
    /// A header or query parameter of the signature is not UTF-8. The text is ours.
    #[error("The request signature does not conform to AWS standards. '{name}' is not text.")]
    NotText {
        /// The header or query parameter.
        name: String,
    },
    /// A part of the `Authorization` header is not `name=value`.
    #[error(
        "Invalid key=value pair (missing equal-sign) in Authorization header \
         (hashed with SHA-256 and encoded with Base64): '{authorization_hash}'."
    )]
    NotKeyValue {
        /// The hash of the whole header; the header itself may hold someone's password.
        authorization_hash: String,
    },
    /// The `Authorization` header lacks parts, or the request has no date.
    #[error("{}(Hashed with SHA-256 and encoded with Base64) Authorization={authorization_hash}",
            missing.iter().map(|part| part.sentence()).collect::<String>())]
    IncompleteHeader {
        /// What is missing, in AWS's order.
        missing: Vec<MissingPart>,
        /// The hash of the whole header.
        authorization_hash: String,
    },
    /// The query string lacks parts of a signature.
    #[error("{}Re-examine the query-string parameters.",
            missing.iter().map(|name| format!("AWS query-string parameters must include '{name}'. "))
                .collect::<String>())]
    IncompleteQuery {
        /// The parameters that are missing, in AWS's order.
        missing: Vec<&'static str>,
    },
    /// The date is not `YYYYMMDD'T'HHMMSS'Z'`.
    #[error(
        "Date must be in ISO-8601 'basic format'. Got '{got}'. \
         See http://en.wikipedia.org/wiki/ISO_8601"
    )]
    DateFormat {
        /// The date, as sent.
        got: String,
    },
    /// The date lies further back than clocks may differ.
    #[error("Signature expired: {} is now earlier than {} ({} - {skew_minutes} min.)",
            Stamp(*date), Stamp(minutes_after(*now, -i64::from(*skew_minutes))), Stamp(*now))]
    Expired {
        /// The date of the request.
        date: Timestamp,
        /// The server's clock.
        now: Timestamp,
        /// By how much clocks may differ.
        skew_minutes: u16,
    },
    /// The date lies further ahead than clocks may differ.
    #[error("Signature not yet current: {} is still later than {} ({} + {skew_minutes} min.)",
            Stamp(*date), Stamp(minutes_after(*now, i64::from(*skew_minutes))), Stamp(*now))]
    NotYetCurrent {
        /// The date of the request.
        date: Timestamp,
        /// The server's clock.
        now: Timestamp,
        /// By how much clocks may differ.
        skew_minutes: u16,
    },
    /// `X-Amz-Expires` is missing or no number of seconds from 1 to 604,800, where it is honoured. The code
    /// is S3's; the text is ours.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
    #[error("X-Amz-Expires must be a number of seconds from 1 to 604800")]
    PresignLifetime {
        /// The value, as sent; `None` if there was none.
        got: Option<String>,
    },
    /// The lifetime that `X-Amz-Expires` gave has passed. Code and text are S3's, unconfirmed for others.
    #[error("Request has expired")]
    PresignExpired {
        /// When it ended.
        at: Timestamp,
    },
    /// Neither `host` nor `:authority` is signed: the request could be sent to another server.
    #[error("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")]
    HostNotSigned,
    /// The list of signed headers is not lower-case names in ascending order, joined by `;`. Every AWS SDK
    /// writes it so; AWS may accept others. The text is ours.
    #[error(
        "The request signature does not conform to AWS standards. \
         SignedHeaders must be lower case and sorted. Got '{got}'."
    )]
    SignedHeadersForm {
        /// The list, as sent.
        got: String,
    },
    /// Headers that change what AWS does (`x-amz-*`) are not covered by the signature.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html>
    #[error(
        "The request signature does not conform to AWS standards. Header(s) not signed: {}.",
        names.join(", ")
    )]
    HeadersNotSigned {
        /// Their names, lower case, in the order received.
        names: Vec<String>,
    },
    /// A header in the list of signed headers is not in the request. The text is ours.
    #[error("The request signature does not conform to AWS standards. Signed header is absent: {name}.")]
    SignedHeaderAbsent {
        /// Its name.
        name: String,
    },
    /// The credential does not have five parts.
    #[error(
        "Credential must have exactly 5 slash-delimited elements, \
         e.g. keyid/date/region/service/term, got '{got}'"
    )]
    CredentialParts {
        /// The credential, as sent.
        got: String,
    },
    /// The credential is scoped to something else than this request.
    #[error("{}", scope_text(faults))]
    ScopeMismatch {
        /// Everything that is wrong, in AWS's order; never empty.
        faults: Vec<ScopeFault>,
    },
    /// The query string ends within an escape.
    #[error("Incomplete trailing escape % sequence")]
    EscapeCut,
    /// An escape in the query string is not hexadecimal.
    #[error("Illegal hex character in escape % pattern: %{digits}")]
    EscapeNotHex {
        /// The two characters after `%`.
        digits: String,
    },
    /// The path does not begin with `/`, leads above the root, or has a broken escape. AWS answers with a bare
    /// 400; the text is ours.
    #[error("The request signature does not conform to AWS standards. Got the path '{path}'.")]
    Path {
        /// The path, as sent.
        path: String,
    },
    /// The body is not the one whose hash `x-amz-content-sha256` gives. Code and text are S3's.
    #[error("The provided 'x-amz-content-sha256' header does not match what was computed.")]
    PayloadHashMismatch,
    /// The signature does not cover the body where it must: `UNSIGNED-PAYLOAD`, or a body signed in chunks,
    /// which is not supported. The text is ours.
    #[error("The request signature does not conform to AWS standards. The payload is not signed: {value}.")]
    PayloadNotSigned {
        /// The value of `x-amz-content-sha256`.
        value: String,
    },
    /// The signature is wrong: another secret, or another request than the one that was signed.
    #[error(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
         Access Key and signing method. Consult the service documentation for details."
    )]
    SignatureMismatch,
    /// The access key id is unknown, inactive or deleted, or the session token is not the one of this key.
    ///
    /// For the caller, who looks keys up: nothing in this crate answers it.
    #[error("The security token included in the request is invalid.")]
    InvalidKey,
    /// The session of these temporary credentials has ended.
    ///
    /// For the caller, who opens session tokens: nothing in this crate answers it.
    #[error("The security token included in the request is expired")]
    ExpiredToken,
}

impl Rejection {
    /// AWS's error code.
    pub fn code(&self) -> &'static str {
        self.code_and_status().0
    }

    /// The HTTP status that goes with the code.
    pub fn http_status(&self) -> u16 {
        self.code_and_status().1
    }

    fn code_and_status(&self) -> (&'static str, u16) {
        match self {
            Self::MissingAuthentication | Self::UnknownAlgorithm { .. } => {
                ("MissingAuthenticationToken", 403)
            }
            Self::SignatureVersion2
            | Self::Repeated { .. }
            | Self::Misplaced { .. }
            | Self::NotText { .. }
            | Self::NotKeyValue { .. }
            | Self::IncompleteHeader { .. }
            | Self::IncompleteQuery { .. }
            | Self::DateFormat { .. }
            | Self::SignedHeadersForm { .. }
            | Self::HeadersNotSigned { .. }
            | Self::SignedHeaderAbsent { .. }
            | Self::CredentialParts { .. }
            | Self::Path { .. }
            | Self::PayloadNotSigned { .. } => ("IncompleteSignature", 400),
            Self::BothForms
            | Self::HostNotSigned
            | Self::Expired { .. }
            | Self::NotYetCurrent { .. }
            | Self::ScopeMismatch { .. }
            | Self::SignatureMismatch => ("SignatureDoesNotMatch", 403),
            Self::PresignLifetime { .. } => ("AuthorizationQueryParametersError", 400),
            Self::PresignExpired { .. } => ("AccessDenied", 403),
            Self::EscapeCut | Self::EscapeNotHex { .. } => ("MalformedQueryString", 404),
            Self::PayloadHashMismatch => ("XAmzContentSHA256Mismatch", 400),
            Self::InvalidKey => ("InvalidClientTokenId", 403),
            Self::ExpiredToken => ("ExpiredToken", 403),
        }
    }
}

/// A part that a request signed in the header must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingPart {
    /// `Credential=` in the `Authorization` header.
    Credential,
    /// `Signature=` in the `Authorization` header.
    Signature,
    /// `SignedHeaders=` in the `Authorization` header.
    SignedHeaders,
    /// An `X-Amz-Date` or a `Date` header.
    Date,
}

impl MissingPart {
    fn sentence(self) -> &'static str {
        match self {
            Self::Credential => "Authorization header requires 'Credential' parameter. ",
            Self::Signature => "Authorization header requires 'Signature' parameter. ",
            Self::SignedHeaders => "Authorization header requires 'SignedHeaders' parameter. ",
            Self::Date => {
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
            }
        }
    }
}

pub(crate) fn minutes_after(at: Timestamp, minutes: i64) -> Timestamp {
    let span = SignedDuration::from_secs(minutes * 60);
    let end = if minutes < 0 { Timestamp::MIN } else { Timestamp::MAX };
    at.checked_add(span).unwrap_or(end)
}

/// Each fault is a sentence of its own; AWS ends region and service with a space, whatever follows.
fn scope_text(faults: &[ScopeFault]) -> String {
    let mut text = String::new();
    for fault in faults {
        if !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
        text.push_str(&fault.to_string());
    }
    text
}
