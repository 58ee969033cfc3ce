//! Amazon Resource Names that name one thing. Patterns over them are in [`crate::resource`].

use std::fmt;
use std::str::FromStr;

/// A complete ARN: `arn:partition:service:region:account:resource`, split at its first five colons.
/// Region and account may be empty; the resource keeps its own colons and slashes.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arn {
    text: Box<str>,
    /// Offsets of the five colons.
    colons: [u32; 5],
}

/// The partitions that AWS has.
///
/// Source: <https://docs.aws.amazon.com/general/latest/gr/rande.html>
pub const PARTITIONS: [&str; 8] =
    ["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];

/// Why a text is not an ARN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an ARN: it must read arn:partition:service:region:account:resource")]
pub struct NotAnArn(pub String);

impl Arn {
    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The partition, `aws` in most.
    #[must_use]
    pub fn partition(&self) -> &str {
        self.between(0, 1)
    }

    /// The service's prefix, such as `iam`.
    #[must_use]
    pub fn service(&self) -> &str {
        self.between(1, 2)
    }

    /// The region; empty for global services.
    #[must_use]
    pub fn region(&self) -> &str {
        self.between(2, 3)
    }

    /// The account's text; empty where a service leaves it out (S3 buckets).
    #[must_use]
    pub fn account(&self) -> &str {
        self.between(3, 4)
    }

    /// Everything after the fifth colon.
    #[must_use]
    pub fn resource(&self) -> &str {
        let [.., last] = self.colons;
        self.text.get(last as usize + 1..).unwrap_or("")
    }

    fn between(&self, left: usize, right: usize) -> &str {
        let at = |index: usize| self.colons.get(index).map_or(0, |&colon| colon as usize);
        self.text.get(at(left) + 1..at(right)).unwrap_or("")
    }
}

impl FromStr for Arn {
    type Err = NotAnArn;

    fn from_str(text: &str) -> Result<Self, NotAnArn> {
        let refuse = || NotAnArn(text.to_owned());
        let mut colons = [0u32; 5];
        let mut found = text.bytes().enumerate().filter(|(_, byte)| *byte == b':').map(|(index, _)| index);
        for colon in &mut colons {
            let index = found.next().ok_or_else(refuse)?;
            *colon = u32::try_from(index).map_err(|_| refuse())?;
        }
        let arn = Self { text: text.into(), colons };
        let complete = text.starts_with("arn:")
            && !arn.partition().is_empty()
            && !arn.service().is_empty()
            && !arn.resource().is_empty();
        if complete { Ok(arn) } else { Err(refuse()) }
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, fields: Option<[&str; 5]>) {
        let arn = text.parse::<Arn>().ok();
        let actual =
            arn.as_ref().map(|a| [a.partition(), a.service(), a.region(), a.account(), a.resource()]);
        assert_eq!(actual, fields, "{text}");
    }

    #[test]
    fn splits_at_the_first_five_colons() {
        check("arn:aws:iam::123456789012:role/a/b", Some(["aws", "iam", "", "123456789012", "role/a/b"]));
        check("arn:aws:s3:::bucket", Some(["aws", "s3", "", "", "bucket"]));
        check("arn:aws:sns:us-east-1:1:t:sub", Some(["aws", "sns", "us-east-1", "1", "t:sub"]));
        check("arn:aws:s3::bucket", None);
        check("arn:aws:s3:::", None);
        check("arn:::::x", None);
        check("urn:aws:s3:::b", None);
        check("*", None);
    }
}
