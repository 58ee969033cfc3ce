//! The client's side: signing a request, in its header or in its query string.

use std::borrow::Cow;

use jiff::Timestamp;

use crate::canonical::{PathStyle, Signing, canonical_request};
use crate::claims::ALGORITHM;
use crate::escape::{escape, unescape};
use crate::expected::PRESIGN_SECONDS_MAX;
use crate::presented::{CONTENT_HASH_HEADER, SIGNATURE_PARAMETER, UNSIGNED_PAYLOAD, string_to_sign};
use crate::secret::{Scope, SecretAccessKey, SigningKey, TERMINATOR, sha256_hex};
use crate::stamp::Stamp;
use crate::{Rejection, Request};

/// Who signs.
#[derive(Clone, Copy, Debug)]
pub struct Credentials<'a> {
    /// The access key id.
    pub access_key_id: &'a str,
    /// Its secret.
    pub secret_access_key: &'a SecretAccessKey,
    /// The session token, if the credentials are temporary.
    pub session_token: Option<&'a str>,
}

/// For whom a request is signed.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// The region, for instance `us-east-1`.
    pub region: &'a str,
    /// The signing name of the service, for instance `iam`.
    pub service: &'a str,
    /// How the service writes paths into the canonical request.
    pub path_style: PathStyle,
    /// What the signature says of the body.
    pub content_hash: ContentHash,
}

impl<'a> Target<'a> {
    /// A service other than S3.
    pub const fn of(service: &'a str, region: &'a str) -> Self {
        Self { region, service, path_style: PathStyle::Standard, content_hash: ContentHash::Omitted }
    }
}

/// What a signature says of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentHash {
    /// It covers the body; the hash is not sent along. Enough for IAM and STS.
    Omitted,
    /// It covers the body; `x-amz-content-sha256` carries the hash, if the request is signed in its header.
    Sent,
    /// It does not cover the body (`UNSIGNED-PAYLOAD`). Only S3 accepts that, and its presigned requests ask for it.
    Unsigned,
}

impl ContentHash {
    fn of(self, body: &[u8]) -> Cow<'static, str> {
        match self {
            Self::Omitted | Self::Sent => Cow::Owned(String::from_utf8_lossy(&sha256_hex(body)).into_owned()),
            Self::Unsigned => Cow::Borrowed(UNSIGNED_PAYLOAD),
        }
    }
}

/// Why a request cannot be signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// The request has no `host` header, which every signature covers.
    #[error("header `host` is missing, which every signature covers")]
    HostMissing,
    /// The request already has what signing adds.
    #[error("`{name}` is in the request already, and signing adds it")]
    AlreadyPresent {
        /// The header or query parameter.
        name: String,
    },
    /// A presigned request lives 1 to 604,800 seconds.
    #[error("a presigned request lives 1 to {PRESIGN_SECONDS_MAX} seconds, got `{seconds}`")]
    Lifetime {
        /// The seconds asked for.
        seconds: u32,
    },
    /// The request has no canonical form.
    #[error("the request has no canonical form")]
    Request(#[from] Rejection),
}

/// Signs a request in its header; returns the headers to add to it, names in lower case.
///
/// Every header is signed except those that proxies rewrite (`connection`, `user-agent`, …).
///
/// Cost: derives the signing key each time.
///
/// # Errors
///
/// [`SignError`], never for what the secret is.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>
pub fn sign(
    request: &Request<'_>,
    credentials: &Credentials<'_>,
    target: &Target<'_>,
    now: Timestamp,
) -> Result<Vec<(&'static str, String)>, SignError> {
    let date = Stamp(now).to_string();
    let payload_hash = target.content_hash.of(request.body);
    let mut added = vec![("x-amz-date", date.clone())];
    if let Some(token) = credentials.session_token {
        added.push(("x-amz-security-token", token.to_owned()));
    }
    match target.content_hash {
        ContentHash::Omitted => {}
        ContentHash::Sent | ContentHash::Unsigned => {
            added.push((CONTENT_HASH_HEADER, payload_hash.clone().into_owned()));
        }
    }
    refuse_headers(request, added.iter().map(|(name, _)| *name).chain(["authorization"]))?;

    let mut headers = request.headers.to_vec();
    headers.extend(added.iter().map(|(name, value)| (*name, value.as_bytes())));
    let whole = Request { headers: &headers, ..*request };
    let signed_headers = signed_headers(&headers)?;
    let signing = Signing {
        path_style: target.path_style,
        left_out: None,
        signed_headers: &signed_headers,
        payload_hash: payload_hash.as_bytes(),
    };
    let signature = signature(&whole, &signing, credentials, target, &date)?;
    let credential = credential(credentials, target, &date);
    added.push((
        "authorization",
        format!("{ALGORITHM} Credential={credential}, SignedHeaders={signed_headers}, Signature={signature}"),
    ));
    Ok(added)
}

/// Signs a request in its query string; returns the whole new query string, without `?`.
///
/// Whoever has the URL can send the request as long as it lives. IAM and STS ignore `seconds` and take it for
/// 15 minutes.
///
/// Cost: derives the signing key each time.
///
/// # Errors
///
/// [`SignError`], never for what the secret is.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html>
pub fn presign(
    request: &Request<'_>,
    credentials: &Credentials<'_>,
    target: &Target<'_>,
    now: Timestamp,
    seconds: u32,
) -> Result<String, SignError> {
    if !(1..=PRESIGN_SECONDS_MAX).contains(&seconds) {
        return Err(SignError::Lifetime { seconds });
    }
    refuse_headers(request, ["authorization", "x-amz-security-token"])?;
    refuse_parameters(request.query)?;

    let date = Stamp(now).to_string();
    let signed_headers = signed_headers(request.headers)?;
    let credential = credential(credentials, target, &date);
    let mut parameters = vec![
        ("X-Amz-Algorithm", ALGORITHM.to_owned()),
        ("X-Amz-Credential", credential),
        ("X-Amz-Date", date.clone()),
        ("X-Amz-Expires", seconds.to_string()),
        ("X-Amz-SignedHeaders", signed_headers.clone()),
    ];
    if let Some(token) = credentials.session_token {
        parameters.push(("X-Amz-Security-Token", token.to_owned()));
    }
    let mut query = request.query.to_owned();
    for (name, value) in &parameters {
        push_parameter(&mut query, name, value);
    }
    let payload_hash = target.content_hash.of(request.body);
    let whole = Request { query: &query, ..*request };
    let signing = Signing {
        path_style: target.path_style,
        left_out: None,
        signed_headers: &signed_headers,
        payload_hash: payload_hash.as_bytes(),
    };
    let signature = signature(&whole, &signing, credentials, target, &date)?;
    push_parameter(&mut query, SIGNATURE_PARAMETER, &signature);
    Ok(query)
}

fn signature(
    request: &Request<'_>,
    signing: &Signing<'_>,
    credentials: &Credentials<'_>,
    target: &Target<'_>,
    date: &str,
) -> Result<String, SignError> {
    let scope = scope(target, date);
    let hash = sha256_hex(&canonical_request(request, signing)?);
    let key = SigningKey::derive(credentials.secret_access_key, &scope);
    let signature = key.sign(&string_to_sign(date, &scope, &hash));
    Ok(String::from_utf8_lossy(&signature).into_owned())
}

fn scope<'a>(target: &Target<'a>, date: &'a str) -> Scope<'a> {
    Scope { date: date.get(..8).unwrap_or(date), region: target.region, service: target.service }
}

fn credential(credentials: &Credentials<'_>, target: &Target<'_>, date: &str) -> String {
    let Scope { date, region, service } = scope(target, date);
    format!("{}/{date}/{region}/{service}/{TERMINATOR}", credentials.access_key_id)
}

fn push_parameter(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.push_str(name);
    query.push('=');
    query.push_str(&escape(value));
}

/// Lower case, sorted, joined by `;`.
fn signed_headers(headers: &[(&str, &[u8])]) -> Result<String, SignError> {
    let mut names: Vec<String> = headers
        .iter()
        .map(|(name, _)| name.to_ascii_lowercase())
        .filter(|name| !is_rewritten(name))
        .collect();
    names.sort_unstable();
    names.dedup();
    if !names.iter().any(|name| matches!(name.as_str(), "host" | ":authority")) {
        return Err(SignError::HostMissing);
    }
    Ok(names.join(";"))
}

/// Headers that are added, dropped or rewritten between client and server, and so cannot be signed.
fn is_rewritten(name: &str) -> bool {
    matches!(
        name,
        "connection"
            | "expect"
            | "keep-alive"
            | "te"
            | "trailer"
            | "transfer-encoding"
            | "upgrade"
            | "user-agent"
            | "x-amzn-trace-id"
    )
}

fn refuse_headers<'n>(
    request: &Request<'_>,
    names: impl IntoIterator<Item = &'n str>,
) -> Result<(), SignError> {
    match names.into_iter().find(|name| request.header_values(name).next().is_some()) {
        Some(name) => Err(SignError::AlreadyPresent { name: name.to_owned() }),
        None => Ok(()),
    }
}

fn refuse_parameters(query: &str) -> Result<(), SignError> {
    const ADDED: [&str; 7] = [
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
        "X-Amz-Security-Token",
        SIGNATURE_PARAMETER,
    ];
    for raw in query.split('&') {
        let raw_name = raw.split_once('=').map_or(raw, |(name, _)| name);
        let Some(name) = unescape(raw_name)? else { continue };
        if ADDED.contains(&&*name) {
            return Err(SignError::AlreadyPresent { name: name.into_owned() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: (&str, &[u8]) = ("Host", b"iam.example.com");

    /// Why a request cannot be signed, in its header and in its query string.
    fn check(
        headers: &[(&str, &[u8])],
        (path, query): (&str, &str),
        seconds: u32,
    ) -> (Option<String>, Option<String>) {
        let secret = SecretAccessKey::new("secret");
        let credentials =
            Credentials { access_key_id: "AKIA", secret_access_key: &secret, session_token: Some("token") };
        let request = Request { method: "GET", path, query, headers, body: b"" };
        let (target, now) = (Target::of("iam", "us-east-1"), Timestamp::UNIX_EPOCH);
        let text = |error: SignError| error.to_string();
        (
            sign(&request, &credentials, &target, now).err().map(text),
            presign(&request, &credentials, &target, now, seconds).err().map(text),
        )
    }

    fn both(text: &str) -> (Option<String>, Option<String>) {
        (Some(text.to_owned()), Some(text.to_owned()))
    }

    #[test]
    fn what_cannot_be_signed() {
        assert_eq!(check(&[HOST], ("/", ""), 1), (None, None));
        assert_eq!(check(&[HOST], ("/", "a=b"), PRESIGN_SECONDS_MAX), (None, None));

        assert_eq!(check(&[], ("/", ""), 1), both("header `host` is missing, which every signature covers"));
        for path in ["x", "/.."] {
            assert_eq!(check(&[HOST], (path, ""), 1), both("the request has no canonical form"));
        }
        assert_eq!(check(&[HOST], ("/", "a=%"), 1), both("the request has no canonical form"));

        let present = |name: &str| format!("`{name}` is in the request already, and signing adds it");
        for name in ["authorization", "x-amz-security-token"] {
            assert_eq!(check(&[HOST, (name, b"x")], ("/", ""), 1), both(&present(name)));
        }
        let (in_header, in_query) = check(&[HOST, ("X-Amz-Date", b"x")], ("/", ""), 1);
        assert_eq!((in_header, in_query), (Some(present("x-amz-date")), None));
        let (in_header, in_query) = check(&[HOST], ("/", "X%2DAmz-Date=x"), 1);
        assert_eq!((in_header, in_query), (None, Some(present("X-Amz-Date"))));

        for seconds in [0, PRESIGN_SECONDS_MAX + 1] {
            let text = format!("a presigned request lives 1 to 604800 seconds, got `{seconds}`");
            assert_eq!(check(&[HOST], ("/", ""), seconds).1, Some(text));
        }
    }

    #[test]
    fn headers_that_proxies_rewrite_are_not_signed() {
        let headers: [(&str, &[u8]); 4] =
            [("User-Agent", b"x"), HOST, ("Connection", b"close"), ("Accept", b"*/*")];
        assert_eq!(signed_headers(&headers).as_deref(), Ok("accept;host"));
    }
}
