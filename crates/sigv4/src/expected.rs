//! What a server expects of the requests it is sent.

use crate::PathStyle;

/// What a server expects of a request before it looks at the signature. Nothing here comes from the client.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The signing name of the service that was asked, for instance `iam`.
    pub service: &'a str,
    /// The regions a credential may be scoped to.
    pub regions: Regions<'a>,
    /// By how many minutes the client's clock may differ, either way; a difference of exactly that much is
    /// accepted. AWS: 15 for IAM and STS, 5 for many JSON services.
    pub clock_skew_minutes: u16,
    /// What `X-Amz-Expires` of a presigned request means.
    pub presign_expiry: PresignExpiry,
    /// Whether the signature must cover the body.
    pub payload: PayloadRule,
    /// How the service writes paths into the canonical request.
    pub path_style: PathStyle,
}

impl<'a> Expected<'a> {
    /// What IAM and STS expect: clocks within 15 minutes, `X-Amz-Expires` without effect, signed bodies.
    pub const fn of(service: &'a str, regions: Regions<'a>) -> Self {
        Self {
            service,
            regions,
            clock_skew_minutes: CLOCK_SKEW_MINUTES,
            presign_expiry: PresignExpiry::Ignored,
            payload: PayloadRule::MustBeSigned,
            path_style: PathStyle::Standard,
        }
    }
}

/// By how many minutes clocks may differ for IAM and STS.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>
pub const CLOCK_SKEW_MINUTES: u16 = 15;

/// The longest lifetime of a presigned request, in seconds: seven days.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html>
pub const PRESIGN_SECONDS_MAX: u32 = 604_800;

/// The regions a credential may be scoped to.
#[derive(Clone, Copy, Debug)]
pub enum Regions<'a> {
    /// Any name made of lower-case letters, digits and hyphens, at most 32 characters.
    Any,
    /// These, and no others.
    Only(&'a [&'a str]),
}

impl Regions<'_> {
    pub(crate) fn accept(&self, region: &str) -> bool {
        match self {
            Self::Any => {
                (1..=32).contains(&region.len())
                    && region.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            }
            Self::Only(names) => names.contains(&region),
        }
    }
}

/// What `X-Amz-Expires` of a presigned request means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresignExpiry {
    /// Nothing: the request is good for as long as clocks may differ from its date. So do IAM and STS, and
    /// EKS relies on it: its tokens say 60 seconds and are used for 15 minutes.
    Ignored,
    /// The request is good from its date for that many seconds, 1 to [`PRESIGN_SECONDS_MAX`].
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
    Honoured,
}

/// Whether the signature must cover the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadRule {
    /// It must, as for every service but S3.
    MustBeSigned,
    /// `x-amz-content-sha256: UNSIGNED-PAYLOAD` is accepted, and a presigned request without that header is
    /// taken to be unsigned, as S3 does. [`Verified::payload`](crate::Verified::payload) tells.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
    MayBeUnsigned,
}
