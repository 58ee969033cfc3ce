//! `Resource` and `NotResource`.

use crate::document::Version;
use crate::span::Span;
use crate::swar;
use crate::template::{MalformedVariable, Template};
use crate::text::Text;

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
    pub text: Text,
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
        head: ArnHead,
        /// Everything after the fifth colon.
        tail: Template,
    },
    /// An ARN pattern with fewer than six fields, such as `arn:aws:s3` or `arn:aws:iam::*`: two to five of them.
    Short(Vec<Text>),
    /// A pattern that no request can match (`null` in a list, which AWS accepts when a policy is written).
    Nothing,
}

/// The first five fields of an ARN pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArnHead {
    /// The five fields with the colons between them.
    text: Text,
}

impl ArnHead {
    /// `arn`, partition, service, region, account, as they are written. Costs a pass over them.
    #[must_use]
    pub fn fields(&self) -> [&str; 5] {
        let text = self.text.as_str();
        let ([a, b, c, d, _], _) = swar::colons(text.as_bytes());
        let field = |start: usize, end: usize| text.get(start..end).unwrap_or("");
        [field(0, a), field(a + 1, b), field(b + 1, c), field(c + 1, d), field(d + 1, text.len())]
    }
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
        Self::of(&text.into(), &Fields::of(text), version)
    }

    /// As [`ResourceForm::parse`], sharing the text, which is split already.
    pub(crate) fn of(
        text: &Text,
        fields: &Fields<'_>,
        version: Version,
    ) -> Result<Option<Self>, MalformedVariable> {
        match (fields.bytes, fields.colon_count, fields.starts) {
            (b"*", _, _) => Ok(Some(Self::Any)),
            (_, 0, _) => Ok(None),
            (whole, 5, [.., last, _]) => {
                let tail = Template::of(&text.piece(last..whole.len()), version)?;
                Ok(Some(Self::Arn { head: ArnHead { text: text.piece(0..last - 1) }, tail }))
            }
            (_, _, _) => Ok(Some(Self::Short(pieces(text)))),
        }
    }
}

/// What stands between the first five colons of a text, as far as there are that many.
pub(crate) struct Fields<'t> {
    bytes: &'t [u8],
    /// Where each field begins, and one that would come after the last.
    starts: [usize; 7],
    colon_count: usize,
}

impl<'t> Fields<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ([a, b, c, d, e], colon_count) = swar::colons(bytes);
        let mut starts = [0, a + 1, b + 1, c + 1, d + 1, e + 1, 0];
        if let Some(after) = starts.get_mut(colon_count + 1) {
            *after = bytes.len() + 1;
        }
        Self { bytes, starts, colon_count }
    }

    /// How many colons there are, up to five.
    pub(crate) const fn colon_count(&self) -> usize {
        self.colon_count
    }

    /// The field at this place, 0 to 5.
    #[inline]
    pub(crate) fn at(&self, index: usize) -> Option<&'t [u8]> {
        if index > self.colon_count {
            return None;
        }
        self.bytes.get(*self.starts.get(index)?..*self.starts.get(index + 1)? - 1)
    }
}

/// What stands between the colons.
fn pieces(text: &Text) -> Vec<Text> {
    let mut start = 0;
    let piece = |field: &str| {
        let piece = text.piece(start..start + field.len());
        start += field.len() + 1;
        piece
    };
    text.split(':').map(piece).collect()
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
            let parsed = ArnHead { text: head.join(":").into() };
            assert_eq!(parsed.fields(), head);
            Some(ResourceForm::Arn { head: parsed, tail })
        };
        let short = |fields: &[&str]| Some(ResourceForm::Short(fields.iter().map(|f| (*f).into()).collect()));
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
