//! A signature as presented, and its verification.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use jiff::{SignedDuration, Timestamp};
use subtle::ConstantTimeEq as _;

use crate::canonical::{Signing, canonical_request};
use crate::claims::{ALGORITHM, Claims, claims};
use crate::escape::pieces;
use crate::expected::{Expected, PRESIGN_SECONDS_MAX, PayloadRule, PresignExpiry};
use crate::rejection::{Form, Rejection, ScopeFault, minutes_after};
use crate::secret::{Hex256, Scope, SecretAccessKey, SigningKey, TERMINATOR, sha256_hex};
use crate::stamp;
use crate::{PathStyle, Request};

/// The query parameter that holds the signature, and so cannot be part of what is signed.
pub(crate) const SIGNATURE_PARAMETER: &str = "X-Amz-Signature";
/// The header that holds the hash of the body, where a client sends it.
pub(crate) const CONTENT_HASH_HEADER: &str = "x-amz-content-sha256";
/// What stands for the hash of a body that is not signed.
pub(crate) const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// A signature that is complete, current and scoped to this service, but **not yet verified**: everything it
/// says is a claim. From it the caller learns whose secret to look up, and then calls
/// [`verify`](Self::verify).
///
/// `Debug` shows neither the signature nor the session token.
pub struct Presented<'r> {
    request: Request<'r>,
    form: Form,
    credential: Credential<'r>,
    signed_headers: Cow<'r, str>,
    signature: Cow<'r, str>,
    date: Cow<'r, str>,
    timestamp: Timestamp,
    session_token: Option<Cow<'r, str>>,
    content_hash: Option<&'r str>,
    payload_rule: PayloadRule,
    path_style: PathStyle,
}

/// A request whose signature is right: it was made by someone who has the secret, and it is what was signed.
///
/// Only [`Presented::verify`] makes one.
#[derive(Clone, Copy, Debug)]
pub struct Verified<'p> {
    presented: &'p Presented<'p>,
    payload: Payload,
}

/// Whether the signature covers the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload {
    /// The body is what the client signed.
    Signed,
    /// Anyone between the client and here may have changed the body. Only where
    /// [`PayloadRule::MayBeUnsigned`] was asked for.
    Unsigned,
}

/// Finds the signature of a request, and makes every check that needs no secret.
///
/// The checks, in AWS's order: one signature, complete; the format of the date; how old it is; that `host` is
/// signed; the credential's five parts; its scope; that every `x-amz-*` header is signed.
/// A request dated exactly [`clock_skew_minutes`](Expected::clock_skew_minutes) ago or ahead is accepted; the
/// clock is read in whole seconds, as AWS's messages print it.
///
/// Cost: no allocation for a request signed in its header; for a presigned one, one for each of its parameters
/// that has escapes. The body is not touched.
///
/// # Errors
///
/// The first check that fails.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>,
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html>
pub fn parse<'r>(
    request: &Request<'r>,
    expected: &Expected<'_>,
    now: Timestamp,
) -> Result<Presented<'r>, Rejection> {
    let Claims { form, credential, signed_headers, signature, date, expires, session_token } =
        claims(request)?;
    let Some(timestamp) = stamp::parse(&date) else {
        return Err(Rejection::DateFormat { got: date.into_owned() });
    };
    let now = Timestamp::from_second(now.as_second()).unwrap_or(now);
    check_age(form, timestamp, expires.as_deref(), expected, now)?;
    check_signed_headers(request, &signed_headers)?;
    let credential = Credential::parse(credential)?;
    check_scope(&credential, expected, &date)?;
    check_unsigned_headers(request, &signed_headers)?;
    Ok(Presented {
        request: *request,
        form,
        credential,
        signed_headers,
        signature,
        date,
        timestamp,
        session_token,
        content_hash: request.single_header(CONTENT_HASH_HEADER)?,
        payload_rule: expected.payload,
        path_style: expected.path_style,
    })
}

impl<'r> Presented<'r> {
    /// The access key id, as sent: any text, also an empty one.
    pub fn access_key_id(&self) -> &str {
        self.credential.key_id()
    }

    /// What the signing key must have been derived for. The date is that of
    /// [`timestamp`](Self::timestamp), region and service are among those expected.
    pub fn scope(&self) -> Scope<'_> {
        self.credential.scope()
    }

    /// The session token, if the credentials are temporary.
    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_deref()
    }

    /// Where the signature stands.
    pub fn form(&self) -> Form {
        self.form
    }

    /// When the request was signed, in whole seconds.
    pub fn timestamp(&self) -> Timestamp {
        self.timestamp
    }

    /// The names of the headers that are signed: lower case, sorted, joined by `;`.
    pub fn signed_headers(&self) -> &str {
        &self.signed_headers
    }

    /// Derives the key that verifies this request from the secret of its access key.
    pub fn signing_key(&self, secret: &SecretAccessKey) -> SigningKey {
        SigningKey::derive(secret, &self.scope())
    }

    /// Checks the signature, in time that does not depend on where it differs.
    ///
    /// Cost: one allocation, for the canonical request; two more if there is a query string. One pass of
    /// SHA-256 over the body, one over the canonical request (about 400 bytes for IAM), one HMAC of about
    /// 150 bytes.
    ///
    /// # Errors
    ///
    /// [`Rejection::SignatureMismatch`]; or what keeps the request from having a canonical form:
    /// [`Rejection::Path`], [`Rejection::SignedHeaderAbsent`], [`Rejection::PayloadNotSigned`],
    /// [`Rejection::PayloadHashMismatch`].
    pub fn verify(&self, key: &SigningKey) -> Result<Verified<'_>, Rejection> {
        let (canonical, payload) = self.canonical()?;
        let hash = sha256_hex(&canonical);
        let signature = key.sign(&string_to_sign(&self.date, &self.scope(), &hash));
        if bool::from(signature.as_slice().ct_eq(self.signature.as_bytes())) {
            Ok(Verified { presented: self, payload })
        } else {
            Err(Rejection::SignatureMismatch)
        }
    }

    /// The canonical request and the string to sign, as this side makes them: to be shown to someone whose
    /// signature does not match. They contain the signed headers, and so the session token.
    ///
    /// # Errors
    ///
    /// As for [`verify`](Self::verify), except that no signature is compared.
    pub fn texts(&self) -> Result<SignedTexts, Rejection> {
        let (canonical, _) = self.canonical()?;
        let hash = sha256_hex(&canonical);
        let pieces = string_to_sign(&self.date, &self.scope(), &hash).concat();
        Ok(SignedTexts {
            canonical_request: String::from_utf8_lossy(&canonical).into_owned(),
            string_to_sign: String::from_utf8_lossy(&pieces).into_owned(),
        })
    }

    fn canonical(&self) -> Result<(Vec<u8>, Payload), Rejection> {
        let body_hash = sha256_hex(self.request.body);
        let (payload_hash, payload) = self.payload_hash(&body_hash)?;
        let signing = Signing {
            path_style: self.path_style,
            left_out: match self.form {
                Form::Header => None,
                Form::Query => Some(SIGNATURE_PARAMETER),
            },
            signed_headers: &self.signed_headers,
            payload_hash,
        };
        Ok((canonical_request(&self.request, &signing)?, payload))
    }

    fn payload_hash<'h>(&self, body_hash: &'h Hex256) -> Result<(&'h [u8], Payload), Rejection> {
        let may_be_unsigned = match self.payload_rule {
            PayloadRule::MustBeSigned => false,
            PayloadRule::MayBeUnsigned => true,
        };
        match self.content_hash {
            None if may_be_unsigned && self.form == Form::Query => {
                Ok((UNSIGNED_PAYLOAD.as_bytes(), Payload::Unsigned))
            }
            None => Ok((body_hash, Payload::Signed)),
            Some(hash) if hash.as_bytes() == body_hash => Ok((body_hash, Payload::Signed)),
            Some(UNSIGNED_PAYLOAD) if may_be_unsigned => Ok((UNSIGNED_PAYLOAD.as_bytes(), Payload::Unsigned)),
            Some(value) if value == UNSIGNED_PAYLOAD || value.starts_with("STREAMING-") => {
                Err(Rejection::PayloadNotSigned { value: value.to_owned() })
            }
            Some(_) => Err(Rejection::PayloadHashMismatch),
        }
    }
}

impl fmt::Debug for Presented<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Presented")
            .field("request", &self.request)
            .field("form", &self.form)
            .field("credential", &self.credential.text)
            .field("signed_headers", &self.signed_headers)
            .field("timestamp", &self.timestamp)
            .finish_non_exhaustive()
    }
}

impl<'p> Verified<'p> {
    /// What was presented, now known to be true.
    pub fn presented(&self) -> &'p Presented<'p> {
        self.presented
    }

    /// Whether the signature covers the body too.
    pub fn payload(&self) -> Payload {
        self.payload
    }
}

/// The two texts a signature is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedTexts {
    /// The canonical request.
    pub canonical_request: String,
    /// Algorithm, date, scope, and the hash of the canonical request: what the key signs.
    pub string_to_sign: String,
}

/// `keyid/date/region/service/terminator`, exactly five parts.
struct Credential<'r> {
    text: Cow<'r, str>,
    /// Where the four slashes are.
    slashes: [usize; 4],
}

impl<'r> Credential<'r> {
    fn parse(text: Cow<'r, str>) -> Result<Self, Rejection> {
        let mut found = text.bytes().enumerate().filter(|(_, byte)| *byte == b'/').map(|(at, _)| at);
        match (found.next(), found.next(), found.next(), found.next(), found.next()) {
            (Some(one), Some(two), Some(three), Some(four), None) => {
                drop(found);
                Ok(Self { text, slashes: [one, two, three, four] })
            }
            _ => {
                drop(found);
                Err(Rejection::CredentialParts { got: text.into_owned() })
            }
        }
    }

    fn key_id(&self) -> &str {
        let [end, ..] = self.slashes;
        self.part(0..end)
    }

    fn scope(&self) -> Scope<'_> {
        let [one, two, three, four] = self.slashes;
        Scope {
            date: self.part(one + 1..two),
            region: self.part(two + 1..three),
            service: self.part(three + 1..four),
        }
    }

    fn terminator(&self) -> &str {
        let [.., last] = self.slashes;
        self.part(last + 1..self.text.len())
    }

    /// A part between slashes; the fallback is never taken, and no check accepts it.
    fn part(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }
}

/// The pieces of the string to sign, so that it need not be put together.
pub(crate) fn string_to_sign<'a>(date: &'a str, scope: &Scope<'a>, hash: &'a [u8]) -> [&'a [u8]; 13] {
    [
        ALGORITHM.as_bytes(),
        b"\n",
        date.as_bytes(),
        b"\n",
        scope.date.as_bytes(),
        b"/",
        scope.region.as_bytes(),
        b"/",
        scope.service.as_bytes(),
        b"/",
        TERMINATOR.as_bytes(),
        b"\n",
        hash,
    ]
}

fn check_age(
    form: Form,
    date: Timestamp,
    expires: Option<&str>,
    expected: &Expected<'_>,
    now: Timestamp,
) -> Result<(), Rejection> {
    let skew_minutes = expected.clock_skew_minutes;
    if date > minutes_after(now, skew_minutes.into()) {
        return Err(Rejection::NotYetCurrent { date, now, skew_minutes });
    }
    match (form, expected.presign_expiry) {
        (Form::Query, PresignExpiry::Honoured) => {
            let at = end_of_life(date, expires)?;
            if now > at { Err(Rejection::PresignExpired { at }) } else { Ok(()) }
        }
        (Form::Header, _) | (Form::Query, PresignExpiry::Ignored) => {
            if date < minutes_after(now, -i64::from(skew_minutes)) {
                return Err(Rejection::Expired { date, now, skew_minutes });
            }
            Ok(())
        }
    }
}

fn end_of_life(date: Timestamp, expires: Option<&str>) -> Result<Timestamp, Rejection> {
    expires
        .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|text| text.parse::<u32>().ok())
        .filter(|seconds| (1..=PRESIGN_SECONDS_MAX).contains(seconds))
        .and_then(|seconds| date.checked_add(SignedDuration::from_secs(seconds.into())).ok())
        .ok_or_else(|| Rejection::PresignLifetime { got: expires.map(str::to_owned) })
}

/// Names must be lower case, sorted and single, so that one set of headers has one canonical form; and `host`
/// must be among them and mean one thing.
fn check_signed_headers(request: &Request<'_>, list: &str) -> Result<(), Rejection> {
    if list.is_empty() {
        return Err(Rejection::HostNotSigned);
    }
    let (mut previous, mut host_is_signed) = ("", false);
    for name in pieces(list, |byte| byte == b';') {
        let plain = name.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase());
        // The empty name is not after the empty text before the first, and so refused too.
        if !plain || name <= previous {
            return Err(Rejection::SignedHeadersForm { got: list.to_owned() });
        }
        host_is_signed |= matches!(name, "host" | ":authority");
        previous = name;
    }
    if !host_is_signed {
        return Err(Rejection::HostNotSigned);
    }
    let (host, authority) = (request.single_header("host")?, request.single_header(":authority")?);
    if host != authority {
        return Err(Rejection::Repeated { name: "host".to_owned() });
    }
    Ok(())
}

fn check_scope(credential: &Credential<'_>, expected: &Expected<'_>, date: &str) -> Result<(), Rejection> {
    let Scope { date: scoped, region, service } = credential.scope();
    let requested = date.get(..8).unwrap_or(date);
    let region_fault = (!expected.regions.accept(region)).then_some(ScopeFault::Region);
    let service_fault =
        (service != expected.service).then(|| ScopeFault::Service { expected: expected.service.to_owned() });
    let terminator_fault = (credential.terminator() != TERMINATOR).then_some(ScopeFault::Terminator);
    let date_fault = (scoped != requested).then(|| ScopeFault::Date {
        scoped: scoped.to_owned(),
        requested: requested.to_owned(),
        date: date.to_owned(),
    });
    let faults: Vec<ScopeFault> =
        [region_fault, service_fault, terminator_fault, date_fault].into_iter().flatten().collect();
    if faults.is_empty() { Ok(()) } else { Err(Rejection::ScopeMismatch { faults }) }
}

/// AWS asks for every `x-amz-*` header to be signed. Some of its services let some of them pass; none does
/// here, because such a header changes what the request means.
fn check_unsigned_headers(request: &Request<'_>, signed: &str) -> Result<(), Rejection> {
    let mut names: Vec<String> = Vec::new();
    for (name, _) in request.headers {
        let prefixed = name.get(..6).is_some_and(|prefix| prefix.eq_ignore_ascii_case("x-amz-"));
        if prefixed && !pieces(signed, |byte| byte == b';').any(|one| one.eq_ignore_ascii_case(name)) {
            names.push(name.to_ascii_lowercase());
        }
    }
    if names.is_empty() { Ok(()) } else { Err(Rejection::HeadersNotSigned { names }) }
}
