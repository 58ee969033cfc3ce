//! Signature Version 4, the way AWS requests are signed, from the server's side first.
//!
//! A server [`parse`]s a request into a [`Presented`] signature: complete, current, scoped to this service, but
//! not yet believed. It looks up the secret of [`Presented::access_key_id`], and [`Presented::verify`] makes
//! a [`Verified`] request of it. Each of these types is made by the step before and in no other way, so that
//! none can be left out. A refusal is a [`Rejection`], with AWS's code, status and words.
//!
//! A client uses [`sign()`] or [`presign()`].
//!
//! This crate does no I/O and reads no clock; `now` is an argument. It looks up no keys and opens no session tokens,
//! so whether a key is active and a token belongs to it is the caller's to decide, between the two steps. Bodies
//! signed in chunks, Signature Versions 2 and 4A, and S3's browser uploads are refused.
//!
//! # Example
//!
//! ```
//! use doorward_sigv4::{
//!     Credentials, Expected, Regions, Request, SecretAccessKey, Target, parse, sign,
//! };
//!
//! let now = "2026-11-22T04:30:00Z".parse()?;
//! let secret = SecretAccessKey::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
//!
//! // The client signs.
//! let mut headers: Vec<(&str, &[u8])> = vec![("host", b"iam.example.com")];
//! let body = b"Action=ListUsers&Version=2010-05-08";
//! let request = Request { method: "POST", path: "/", query: "", headers: &headers, body };
//! let credentials = Credentials {
//!     access_key_id: "AKIAIOSFODNN7EXAMPLE",
//!     secret_access_key: &secret,
//!     session_token: None,
//! };
//! let added = sign(&request, &credentials, &Target::of("iam", "us-east-1"), now)?;
//! headers.extend(added.iter().map(|(name, value)| (*name, value.as_bytes())));
//!
//! // The server verifies.
//! let received = Request { method: "POST", path: "/", query: "", headers: &headers, body };
//! let presented = parse(&received, &Expected::of("iam", Regions::Only(&["us-east-1"])), now)?;
//! assert_eq!(presented.access_key_id(), "AKIAIOSFODNN7EXAMPLE");
//! let key = presented.signing_key(&secret); // keep it for the day, by access key id and scope
//! presented.verify(&key)?;
//!
//! // Another body is another request.
//! let forged = Request { body: b"Action=DeleteUser&UserName=root", ..received };
//! let presented = parse(&forged, &Expected::of("iam", Regions::Only(&["us-east-1"])), now)?;
//! assert_eq!(presented.verify(&key).unwrap_err().code(), "SignatureDoesNotMatch");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Modules, in reading order
//!
//! `request`, `expected`: what comes in, and what is asked of it · `claims`: finding the signature, in either form ·
//! `presented`: the checks and the verification · `canonical`, `escape`, `stamp`: the texts that are signed ·
//! `secret`: keys · `rejection`: refusals · `sign`: the client · `access_key_id`: the ids of keys.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html>

mod access_key_id;
mod canonical;
mod claims;
mod escape;
mod expected;
mod presented;
mod rejection;
mod request;
mod secret;
mod sign;
mod stamp;

pub use access_key_id::{AccessKeyId, AccessKeyIdError, AccessKeyKind};
pub use canonical::PathStyle;
pub use expected::{CLOCK_SKEW_MINUTES, Expected, PRESIGN_SECONDS_MAX, PayloadRule, PresignExpiry, Regions};
pub use presented::{Payload, Presented, SignedTexts, Verified, parse};
pub use rejection::{Form, MissingPart, Rejection, ScopeFault};
pub use request::Request;
pub use secret::{Scope, SecretAccessKey, SigningKey};
pub use sign::{ContentHash, Credentials, SignError, Target, presign, sign};
