//! Which resources a statement is about.

pub(crate) mod set;

use std::borrow::Cow;

use doorward_policy::request::Context;
use doorward_policy::resource::ResourceForm;
use doorward_policy::{Kind, ResourceClause, Template};

use crate::pattern::Pattern;
use crate::plan::set::TOGETHER_FROM;
use set::{LateResourceSet, ResourceSetBuilder};

/// A statement's `Resource` or `NotResource`, compiled.
#[derive(Debug)]
pub(crate) struct Resources {
    negated: bool,
    patterns: Patterns,
}

#[derive(Debug)]
enum Patterns {
    OneByOne(Box<[ResourceMatcher]>),
    Together(Box<LateResourceSet>),
}

/// One resource pattern, compiled.
#[derive(Debug)]
pub(crate) enum ResourceMatcher {
    Any,
    Nothing,
    Arn(Box<ArnMatcher>),
}

/// An ARN pattern. Field is matched against field; but a `*` that ends one of the first five fields may run past
/// colons, and then the rest of the pattern is matched against the rest of the resource as plain text.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
#[derive(Debug)]
pub(crate) struct ArnMatcher {
    fields: [Pattern; 6],
    /// For each of the first five fields that ends in `*`: its index, and the pattern from there to the end.
    crossings: Box<[(usize, Pattern)]>,
}

/// The resource of a request, split for matching.
pub(crate) struct AskedResource<'a> {
    text: &'a str,
    /// `None` where the text has fewer than six fields: only `*` matches that.
    split: Option<Split<'a>>,
}

/// A text of at least six fields, split at its first five colons.
struct Split<'a> {
    fields: [&'a str; 6],
    /// From the start of each field to the end of the text.
    rests: [&'a str; 6],
}

impl<'a> AskedResource<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, split: Split::new(text) }
    }
}

impl<'a> Split<'a> {
    fn new(text: &'a str) -> Option<Self> {
        let mut split = Self { fields: [text; 6], rests: [text; 6] };
        let mut rest = text;
        let [heads @ .., _] = &mut split.fields;
        let [_, later @ ..] = &mut split.rests;
        for (head, later) in heads.iter_mut().zip(later) {
            (*head, rest) = rest.split_once(':')?;
            *later = rest;
        }
        let [.., last] = &mut split.fields;
        *last = rest;
        Some(split)
    }
}

impl Resources {
    pub(crate) fn compile(clause: &ResourceClause, kind: Kind) -> Self {
        let negated = match clause {
            ResourceClause::Resource(_) => false,
            ResourceClause::NotResource(_) => true,
        };
        let written = clause.patterns();
        let together = || {
            let mut builder = ResourceSetBuilder::default();
            let mut all = written.iter().map(|pattern| builder.add(&pattern.form, &pattern.text, kind));
            all.all(|fits| fits).then_some(builder)
        };
        let one_by_one =
            || written.iter().map(|pattern| ResourceMatcher::compile(&pattern.form, &pattern.text, kind));
        let patterns = match Some(written).filter(|all| all.len() >= TOGETHER_FROM).and_then(|_| together()) {
            Some(patterns) => Patterns::Together(Box::new(patterns.into())),
            None => Patterns::OneByOne(one_by_one().collect()),
        };
        Self { negated, patterns }
    }

    /// About how many bytes the set takes, if there is one.
    pub(crate) fn bytes(&self) -> usize {
        match &self.patterns {
            Patterns::OneByOne(_) => 0,
            Patterns::Together(late) => late.bytes(),
        }
    }

    /// Whether the statement is about the resource. A pattern with a variable that cannot be resolved covers nothing,
    /// so under `NotResource` it excludes nothing.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
    pub(crate) fn cover(&self, asked: &AskedResource<'_>, context: &Context) -> bool {
        let covered = match &self.patterns {
            Patterns::OneByOne(patterns) => patterns.iter().any(|pattern| pattern.matches(asked, context)),
            Patterns::Together(late) => late.set().covers(asked, context),
        };
        covered != self.negated
    }
}

impl ResourceMatcher {
    pub(crate) fn compile(form: &ResourceForm, text: &str, kind: Kind) -> Self {
        match arn(form, text, kind) {
            Some((head, tail)) => Self::Arn(Box::new(ArnMatcher::compile(head, &tail))),
            None if matches!(form, ResourceForm::Any) => Self::Any,
            None => Self::Nothing,
        }
    }

    pub(crate) fn matches(&self, asked: &AskedResource<'_>, context: &Context) -> bool {
        match self {
            Self::Any => true,
            Self::Nothing => false,
            Self::Arn(arn) => asked.split.as_ref().is_some_and(|split| arn.matches(split, context)),
        }
    }
}

/// The first five fields of an ARN pattern, and what follows them; `None` for patterns of every resource, and of none.
fn arn<'f>(form: &'f ResourceForm, text: &str, kind: Kind) -> Option<([&'f str; 5], Cow<'f, Template>)> {
    match form {
        ResourceForm::Arn { head, tail } => Some((head.fields(), Cow::Borrowed(tail))),
        ResourceForm::Short(fields) if short_counts(text, kind) => {
            let mut head = ["*"; 5];
            for (place, field) in head.iter_mut().zip(fields) {
                *place = field;
            }
            Some((head, Cow::Owned(Template::plain("*"))))
        }
        ResourceForm::Any | ResourceForm::Nothing | ResourceForm::Short(_) => None,
    }
}

/// Whether the missing fields of an ARN pattern count as `*`: always in the policies of identities and sessions;
/// elsewhere only where the text has a wildcard. UNCONFIRMED (short-arn).
pub(crate) fn short_counts(text: &str, kind: Kind) -> bool {
    match kind {
        Kind::Managed | Kind::Inline | Kind::Session => true,
        Kind::Trust | Kind::Resource | Kind::ServiceControl | Kind::ResourceControl | Kind::Endpoint => {
            text.contains(['*', '?'])
        }
    }
}

impl ArnMatcher {
    fn compile(head: [&str; 5], tail: &Template) -> Self {
        let [arn, partition, service, region, account] = head;
        let wild = |field: &str| Pattern::wild(field);
        let crossings = (0..head.len())
            .filter(|&index| head.get(index).is_some_and(|field| field.ends_with('*')))
            .map(|index| (index, Pattern::joined(head.get(index..).unwrap_or_default(), tail)));
        Self {
            fields: [
                wild(arn),
                wild(partition),
                wild(service),
                wild(region),
                wild(account),
                Pattern::wild_template(tail),
            ],
            crossings: crossings.collect(),
        }
    }

    fn matches(&self, asked: &Split<'_>, context: &Context) -> bool {
        let fit = |(pattern, field): (&Pattern, &&str)| pattern.matches(field, context);
        // Most patterns of a service differ in their last fields: those are compared first.
        if self.fields.iter().zip(&asked.fields).rev().all(fit) {
            return true;
        }
        self.crossings.iter().any(|(index, rest)| {
            let before = self.fields.iter().zip(&asked.fields).take(*index);
            let text = asked.rests.get(*index);
            text.is_some_and(|text| rest.matches(text, context)) && before.into_iter().all(fit)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use doorward_policy::Version;

    fn form(text: &str) -> ResourceForm {
        ResourceForm::parse(text, Version::V2008).unwrap().unwrap()
    }

    fn check(kind: Kind, pattern: &str, resource: &str, covers: bool) {
        let matcher = ResourceMatcher::compile(&form(pattern), pattern, kind);
        let actual = matcher.matches(&AskedResource::new(resource), &Context::default());
        assert_eq!(actual, covers, "{kind:?} `{pattern}` on `{resource}`");
    }

    #[test]
    fn fields_colons_and_short_patterns() {
        for (pattern, resource, covers) in [
            ("*", "*", true),
            ("*", "arn:aws:s3:::b", true),
            ("arn:aws:s3:::*", "*", false),
            ("arn:aws:s3:::Bucket/*", "arn:aws:s3:::bucket/x", false),
            ("arn:aws:iam::*", "arn:aws:iam::123456789012:user/a", true),
            ("arn:aws:s3:::b/a?c", "arn:aws:s3:::b/a/c", true),
            ("arn:aws:s3:::b/a?c", "arn:aws:s3:::b/ac", false),
            ("arn:aws:sqs:*:1:q", "arn:aws:sqs:eu-west-1:1:q", true),
            ("arn:aws:sqs:*:1:q", "arn:aws:sqs:eu-west-1:2:q", false),
            ("arn:aws:sqs:*:1:q", "arn:aws:sqs:eu:2:x:1:q", true),
            ("arn:aws:iam::1*2:role/x", "arn:aws:iam::1:y2:role/x", false),
            ("arn:aws:iam::1*:role/x", "arn:aws:iam::1:y2:role/x", true),
            ("arn:aws:lambda:*:*:function:*", "arn:aws:lambda:r:1:function:f:7", true),
            ("arn:aws:s3", "arn:aws:s3:::b", true),
            ("arn:aws:s3", "arn:aws:s3", false),
            ("arn:aws:sns:eu", "arn:aws:sns:us:1:t", false),
        ] {
            check(Kind::Inline, pattern, resource, covers);
        }
        for kind in [Kind::Resource, Kind::Endpoint, Kind::ServiceControl] {
            check(kind, "arn:aws:s3", "arn:aws:s3:::b", false);
            check(kind, "arn:aws:iam::*", "arn:aws:iam::1:user/a", true);
        }
    }
}
