//! Finding the signature in a request, in either of its forms.

use std::borrow::Cow;

use crate::escape::{pieces, unescape};
use crate::rejection::{Form, MissingPart};
use crate::secret::sha256_base64;
use crate::{Rejection, Request};

/// The only algorithm accepted.
pub(crate) const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// The parts of a signature, as sent: complete, but not looked at.
pub(crate) struct Claims<'r> {
    pub(crate) form: Form,
    pub(crate) credential: Cow<'r, str>,
    pub(crate) signed_headers: Cow<'r, str>,
    pub(crate) signature: Cow<'r, str>,
    pub(crate) date: Cow<'r, str>,
    pub(crate) expires: Option<Cow<'r, str>>,
    pub(crate) session_token: Option<Cow<'r, str>>,
}

/// Finds the signature.
pub(crate) fn claims<'r>(request: &Request<'r>) -> Result<Claims<'r>, Rejection> {
    let query = QueryClaims::find(request.query)?;
    let authorization = request.single_header("authorization")?.filter(|text| !text.is_empty());
    match (authorization, &query.algorithm) {
        (Some(_), Some(_)) => Err(Rejection::BothForms),
        (Some(authorization), None) => from_header(request, authorization, &query),
        (None, Some(_)) => from_query(request, query),
        (None, None) if query.version_2 => Err(Rejection::SignatureVersion2),
        (None, None) => Err(Rejection::MissingAuthentication),
    }
}

fn from_header<'r>(
    request: &Request<'r>,
    authorization: &'r str,
    query: &QueryClaims<'r>,
) -> Result<Claims<'r>, Rejection> {
    let (algorithm, rest) = authorization.split_once([' ', '\t']).unwrap_or((authorization, ""));
    if algorithm != ALGORITHM {
        return Err(Rejection::UnknownAlgorithm { algorithm: algorithm.to_owned(), form: Form::Header });
    }
    if let Some(name) = query.first_name() {
        return Err(Rejection::Misplaced { name: name.to_owned() });
    }
    let authorization_hash = || sha256_base64(authorization.as_bytes());
    let parts = HeaderParts::split(rest, authorization_hash)?;
    let date = match request.single_header("x-amz-date")?.filter(|text| !text.is_empty()) {
        Some(date) => Some(date),
        None => request.single_header("date")?.filter(|text| !text.is_empty()),
    };
    let session_token = request.single_header("x-amz-security-token")?.map(Cow::Borrowed);

    let signature = parts.signature.filter(|text| !text.is_empty());
    let credential = parts.credential.filter(|text| !text.is_empty());
    match (credential, parts.signed_headers, signature, date) {
        (Some(credential), Some(signed_headers), Some(signature), Some(date)) => Ok(Claims {
            form: Form::Header,
            credential: Cow::Borrowed(credential),
            signed_headers: Cow::Borrowed(signed_headers),
            signature: Cow::Borrowed(signature),
            date: Cow::Borrowed(date),
            expires: None,
            session_token,
        }),
        (credential, signed_headers, signature, date) => Err(Rejection::IncompleteHeader {
            missing: [
                credential.is_none().then_some(MissingPart::Credential),
                signature.is_none().then_some(MissingPart::Signature),
                signed_headers.is_none().then_some(MissingPart::SignedHeaders),
                date.is_none().then_some(MissingPart::Date),
            ]
            .into_iter()
            .flatten()
            .collect(),
            authorization_hash: authorization_hash(),
        }),
    }
}

/// The `name=value` parts of an `Authorization` header.
#[derive(Default)]
struct HeaderParts<'r> {
    credential: Option<&'r str>,
    signed_headers: Option<&'r str>,
    signature: Option<&'r str>,
}

impl<'r> HeaderParts<'r> {
    /// Commas and white space both separate, as for AWS: some SDKs write one, some the other, some both.
    fn split(text: &'r str, authorization_hash: impl Fn() -> String) -> Result<Self, Rejection> {
        let mut parts = Self::default();
        for pair in pieces(text, |byte| matches!(byte, b',' | b' ' | b'\t')).filter(|pair| !pair.is_empty()) {
            let Some((name, value)) = pair.split_once('=') else {
                return Err(Rejection::NotKeyValue { authorization_hash: authorization_hash() });
            };
            let slot = match name {
                "Credential" => &mut parts.credential,
                "SignedHeaders" => &mut parts.signed_headers,
                "Signature" => &mut parts.signature,
                _ => return Err(Rejection::Misplaced { name: name.to_owned() }),
            };
            if slot.replace(value).is_some() {
                return Err(Rejection::Repeated { name: name.to_owned() });
            }
        }
        Ok(parts)
    }
}

fn from_query<'r>(request: &Request<'r>, query: QueryClaims<'r>) -> Result<Claims<'r>, Rejection> {
    let algorithm = query.algorithm.filter(|text| !text.is_empty());
    if let Some(other) = algorithm.as_deref().filter(|algorithm| *algorithm != ALGORITHM) {
        return Err(Rejection::UnknownAlgorithm { algorithm: other.to_owned(), form: Form::Query });
    }
    if request.single_header("x-amz-security-token")?.is_some() {
        return Err(Rejection::Misplaced { name: "x-amz-security-token".to_owned() });
    }
    let credential = query.credential.filter(|text| !text.is_empty());
    let signature = query.signature.filter(|text| !text.is_empty());
    let date = query.date.filter(|text| !text.is_empty());
    match (algorithm, credential, signature, query.signed_headers, date) {
        (Some(_), Some(credential), Some(signature), Some(signed_headers), Some(date)) => Ok(Claims {
            form: Form::Query,
            credential,
            signed_headers,
            signature,
            date,
            expires: query.expires,
            session_token: query.session_token,
        }),
        (algorithm, credential, signature, signed_headers, date) => Err(Rejection::IncompleteQuery {
            missing: [
                algorithm.is_none().then_some("X-Amz-Algorithm"),
                credential.is_none().then_some("X-Amz-Credential"),
                signature.is_none().then_some("X-Amz-Signature"),
                signed_headers.is_none().then_some("X-Amz-SignedHeaders"),
                date.is_none().then_some("X-Amz-Date"),
            ]
            .into_iter()
            .flatten()
            .collect(),
        }),
    }
}

/// What a query string holds of a signature.
#[derive(Default)]
struct QueryClaims<'r> {
    algorithm: Option<Cow<'r, str>>,
    credential: Option<Cow<'r, str>>,
    date: Option<Cow<'r, str>>,
    expires: Option<Cow<'r, str>>,
    signed_headers: Option<Cow<'r, str>>,
    signature: Option<Cow<'r, str>>,
    session_token: Option<Cow<'r, str>>,
    version_2: bool,
}

impl<'r> QueryClaims<'r> {
    fn find(query: &'r str) -> Result<Self, Rejection> {
        let mut claims = Self::default();
        for raw in pieces(query, |byte| byte == b'&').filter(|raw| !raw.is_empty()) {
            let (raw_name, raw_value) = raw.split_once('=').unwrap_or((raw, ""));
            // A name that is not UTF-8 is none of ours; the canonical request still covers it.
            let Some(name) = unescape(raw_name)? else { continue };
            claims.version_2 |= matches!(&*name, "AWSAccessKeyId" | "SignatureVersion");
            let Some(slot) = claims.slot(&name) else { continue };
            let Some(value) = unescape(raw_value)? else {
                return Err(Rejection::NotText { name: name.into_owned() });
            };
            if slot.replace(value).is_some() {
                return Err(Rejection::Repeated { name: name.into_owned() });
            }
        }
        Ok(claims)
    }

    fn slot(&mut self, name: &str) -> Option<&mut Option<Cow<'r, str>>> {
        match name {
            "X-Amz-Algorithm" => Some(&mut self.algorithm),
            "X-Amz-Credential" => Some(&mut self.credential),
            "X-Amz-Date" => Some(&mut self.date),
            "X-Amz-Expires" => Some(&mut self.expires),
            "X-Amz-SignedHeaders" => Some(&mut self.signed_headers),
            "X-Amz-Signature" => Some(&mut self.signature),
            "X-Amz-Security-Token" => Some(&mut self.session_token),
            _ => None,
        }
    }

    fn first_name(&self) -> Option<&'static str> {
        [
            (&self.credential, "X-Amz-Credential"),
            (&self.date, "X-Amz-Date"),
            (&self.expires, "X-Amz-Expires"),
            (&self.signed_headers, "X-Amz-SignedHeaders"),
            (&self.signature, "X-Amz-Signature"),
            (&self.session_token, "X-Amz-Security-Token"),
        ]
        .into_iter()
        .find_map(|(claim, name)| claim.is_some().then_some(name))
    }
}
