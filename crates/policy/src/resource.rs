//! `Resource` and `NotResource`.

use crate::document::Version;
use crate::span::Span;
use crate::template::{MalformedVariable, Template};

/// What a statement says about resources.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ResourceClause {
    /// The statement is about the resources that match any of these.
    Resource(Vec<ResourcePattern>),
    /// The statement is about all resources that match none of these.
    NotResource(Vec<ResourcePattern>),
}

/// One resource pattern.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResourcePattern {
    /// The pattern as written.
    pub text: String,
    /// Where it stands, quotes included.
    pub span: Span,
    /// The pattern taken apart.
    pub form: ResourceForm,
}

/// The forms that a resource pattern can take.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ResourceForm {
    /// `*` alone: every resource, and requests that name none.
    Any,
    /// All six fields of an ARN pattern, split at the first five colons.
    /// Variables are read in the last field only; elsewhere `${…}` is plain text and matches nothing real.
    Arn {
        /// `arn`, partition, service, region, account: text in which `*` and `?` are wildcards.
        head: [String; 5],
        /// Everything after the fifth colon.
        tail: Template,
    },
    /// An ARN pattern with fewer than six fields, such as `arn:aws:s3` or `arn:aws:iam::*`: two to five of them.
    Short(Vec<String>),
    /// A pattern that no request can match (`null` in a list, which AWS accepts when a policy is written).
    Nothing,
}

impl ResourceClause {
    /// The patterns, whichever way they are meant.
    #[must_use]
    pub fn patterns(&self) -> &[ResourcePattern] {
        match self {
            Self::Resource(patterns) | Self::NotResource(patterns) => patterns,
        }
    }
}

impl ResourceForm {
    /// Takes a pattern apart: `*` alone, or fields split at the first five colons. Variables are read under version
    /// `2012-10-17`, in the last of six fields only. `None` for a text with fewer than two fields.
    ///
    /// # Errors
    /// [`MalformedVariable`] for a `${` in the last field that begins no variable.
    pub fn parse(text: &str, version: Version) -> Result<Option<Self>, MalformedVariable> {
        if text == "*" {
            return Ok(Some(Self::Any));
        }
        let fields: Vec<&str> = text.splitn(6, ':').collect();
        match fields[..] {
            [_] | [] => Ok(None),
            [a, b, c, d, e, tail] => {
                let tail = Template::parse(tail, version)?;
                Ok(Some(Self::Arn { head: [a, b, c, d, e].map(str::to_owned), tail }))
            }
            _ => Ok(Some(Self::Short(fields.into_iter().map(str::to_owned).collect()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<ResourceForm>) {
        assert_eq!(ResourceForm::parse(text, Version::V2012).unwrap(), expected, "{text}");
    }

    #[test]
    fn splits_at_the_first_five_colons() {
        let arn = |head: [&str; 5], tail: &str| {
            let tail = Template::parse(tail, Version::V2012).unwrap();
            Some(ResourceForm::Arn { head: head.map(str::to_owned), tail })
        };
        let short =
            |fields: &[&str]| Some(ResourceForm::Short(fields.iter().map(|f| (*f).to_owned()).collect()));
        check("*", Some(ResourceForm::Any));
        check("bucket", None);
        check("", None);
        check("arn:aws", short(&["arn", "aws"]));
        check("arn:aws:s3", short(&["arn", "aws", "s3"]));
        check("arn:aws:iam::*", short(&["arn", "aws", "iam", "", "*"]));
        check("arn:aws:s3:::b/*", arn(["arn", "aws", "s3", "", ""], "b/*"));
        check("arn:aws:sns:*:1:t:sub", arn(["arn", "aws", "sns", "*", "1"], "t:sub"));
        check("arn:aws:s3:::b/${aws:username}", arn(["arn", "aws", "s3", "", ""], "b/${aws:username}"));
        // Variables are read in the last field only: the colon inside this one ends a field.
        check("arn:aws:sns:${a:b}:1:t", arn(["arn", "aws", "sns", "${a", "b}"], "1:t"));
    }
}
