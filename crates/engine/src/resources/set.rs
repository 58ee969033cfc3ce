//! Many resource patterns at once: which of them cover a resource.

use std::ops::ControlFlow;
use std::sync::OnceLock;

use doorward_policy::request::Context;
use doorward_policy::resource::ResourceForm;
use doorward_policy::{Kind, Template};

use super::{AskedResource, ResourceMatcher, arn};
use crate::pattern::Pattern;
use crate::plan::set::{Map, PatternSet, PatternSetBuilder, Reads, Scratch};
use crate::plan::text::RUN;

/// Resource patterns, numbered in the order in which they were added.
///
/// Nearly all can be matched as plain text: see [`Shape`](crate::plan::text::Shape). Where the first field with a wildcard
/// does not end in `*`, and no other does, field is matched against field: the first five by themselves, what follows them
/// together with that of the other patterns. What is left is matched as plain text first, which whatever it covers matches.
#[derive(Debug)]
pub(crate) struct ResourceSet {
    whole: PatternSet,
    /// The number of each pattern in `whole`, and what else must match.
    whole_numbers: Box<[(u32, Option<ResourceMatcher>)]>,
    tails: PatternSet,
    /// The number of each pattern in `tails`, and its head.
    tail_numbers: Box<[(u32, u32)]>,
    heads: Box<[[Pattern; 5]]>,
}

/// Resource patterns being gathered.
#[derive(Default, Debug)]
pub(crate) struct ResourceSetBuilder {
    count: u32,
    whole: PatternSetBuilder,
    whole_numbers: Vec<(u32, Option<Checked>)>,
    tails: PatternSetBuilder,
    tail_numbers: Vec<(u32, u32)>,
    heads: Vec<[Box<str>; 5]>,
    head_places: Map<[Box<str>; 5], u32>,
}

/// A pattern that must be matched in full.
#[derive(Debug)]
struct Checked {
    form: ResourceForm,
    text: Box<str>,
    kind: Kind,
}

/// How the first five fields of an ARN pattern let it be matched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Head {
    /// Nothing stops the wildcards.
    Plain,
    /// Colons stop all wildcards, but those of the sixth field.
    Stopped,
    /// Colons stop some.
    Mixed,
}

impl Head {
    fn of(fields: &[&str; 5]) -> Self {
        let ends = |field: &&&str| field.ends_with('*');
        match fields.iter().find(|field| field.contains(['*', '?'])) {
            Some(first) if ends(&first) => Self::Plain,
            None => Self::Plain,
            Some(_) if fields.iter().any(|field| ends(&field)) => Self::Mixed,
            Some(_) => Self::Stopped,
        }
    }
}

impl ResourceSetBuilder {
    /// Adds a pattern that is encoded as plain text, without variables.
    pub(crate) fn add_plain(&mut self, pattern: &[u8]) {
        self.whole.add_encoded(pattern);
        self.whole_numbers.push((self.count, None));
        self.count += 1;
    }

    /// Adds a pattern of a policy of the kind. Answers `false` where there are more variables than can be numbered.
    pub(crate) fn add(&mut self, form: &ResourceForm, text: &str, kind: Kind) -> bool {
        let number = self.count;
        self.count += 1;
        if matches!(form, ResourceForm::Any) {
            self.whole.add_encoded(&[RUN]);
            self.whole_numbers.push((number, None));
            return true;
        }
        let Some((head, tail)) = arn(form, text, kind) else { return true };
        let checked = match Head::of(&head) {
            Head::Stopped => return self.add_stopped(number, head, &tail),
            Head::Plain => None,
            Head::Mixed => Some(Checked { form: form.clone(), text: text.into(), kind }),
        };
        self.whole_numbers.push((number, checked));
        let [arn, partition, service, region, account] = head;
        let before = [arn, ":", partition, ":", service, ":", region, ":", account, ":"];
        self.whole.add(&before, &tail, Reads::Wildcards)
    }

    fn add_stopped(&mut self, number: u32, head: [&str; 5], tail: &Template) -> bool {
        let head = head.map(Box::from);
        let next = u32::try_from(self.heads.len()).unwrap_or(u32::MAX);
        let place = *self.head_places.entry(head).or_insert_with_key(|head| {
            self.heads.push(head.clone());
            next
        });
        self.tail_numbers.push((number, place));
        self.tails.add(&[], tail, Reads::Wildcards)
    }

    /// The set of the patterns.
    pub(crate) fn build(&self) -> ResourceSet {
        let checked =
            |checked: &Checked| ResourceMatcher::compile(&checked.form, &checked.text, checked.kind);
        let numbers = self.whole_numbers.iter().map(|(number, one)| (*number, one.as_ref().map(checked)));
        let wild = |fields: &[Box<str>; 5]| {
            let [arn, partition, service, region, account] = fields;
            [arn, partition, service, region, account].map(|field| Pattern::wild(field))
        };
        ResourceSet {
            whole: self.whole.build(),
            whole_numbers: numbers.collect(),
            tails: self.tails.build(),
            tail_numbers: self.tail_numbers.clone().into(),
            heads: self.heads.iter().map(wild).collect(),
        }
    }

    /// About how many bytes the patterns take here, and their set will take.
    pub(crate) const fn set_bytes(&self) -> usize {
        self.whole.set_bytes() + self.tails.set_bytes()
    }
}

impl ResourceSet {
    /// Calls `visit` with the number of each pattern that covers the resource, in no order, until it breaks off.
    pub(crate) fn each(
        &self,
        asked: &AskedResource<'_>,
        context: &Context,
        mut visit: impl FnMut(u32) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        self.whole.each(asked.text, context, &mut Scratch::default(), |place| {
            match self.whole_numbers.get(place as usize) {
                Some((number, None)) => visit(*number),
                Some((number, Some(matcher))) if matcher.matches(asked, context) => visit(*number),
                Some((_, Some(_))) | None => ControlFlow::Continue(()),
            }
        })?;
        let Some(split) = asked.split.as_ref().filter(|_| !self.heads.is_empty()) else {
            return ControlFlow::Continue(());
        };
        let fits = |head: &[Pattern; 5]| {
            head.iter().zip(&split.fields).all(|(pattern, field)| pattern.matches(field, context))
        };
        let heads: Vec<bool> = self.heads.iter().map(fits).collect();
        let [.., tail] = split.fields;
        self.tails.each(tail, context, &mut Scratch::default(), |place| {
            match self.tail_numbers.get(place as usize) {
                Some((number, head)) if heads.get(*head as usize) == Some(&true) => visit(*number),
                Some(_) | None => ControlFlow::Continue(()),
            }
        })
    }

    /// Whether any pattern covers the resource.
    pub(crate) fn covers(&self, asked: &AskedResource<'_>, context: &Context) -> bool {
        self.each(asked, context, |_| ControlFlow::Break(())).is_break()
    }
}

/// A set that is made when it is first asked.
#[derive(Debug)]
pub(crate) struct LateResourceSet {
    patterns: ResourceSetBuilder,
    set: OnceLock<Box<ResourceSet>>,
}

impl From<ResourceSetBuilder> for LateResourceSet {
    fn from(patterns: ResourceSetBuilder) -> Self {
        Self { patterns, set: OnceLock::new() }
    }
}

impl LateResourceSet {
    pub(crate) fn set(&self) -> &ResourceSet {
        self.set.get_or_init(|| Box::new(self.patterns.build()))
    }

    /// About how many bytes the set takes, or will take.
    pub(crate) const fn bytes(&self) -> usize {
        self.patterns.set_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use doorward_policy::Version;
    use proptest::prelude::*;

    fn check(patterns: &[String], resource: &str) {
        let mut context = Context::default();
        context.put("v", "a:b");
        let (mut builder, mut matchers) = (ResourceSetBuilder::default(), Vec::new());
        for pattern in patterns {
            let Ok(Some(form)) = ResourceForm::parse(pattern, Version::V2012) else { continue };
            assert!(builder.add(&form, pattern, Kind::Inline));
            matchers.push(ResourceMatcher::compile(&form, pattern, Kind::Inline));
        }
        let (set, asked) = (builder.build(), AskedResource::new(resource));
        let mut found = Vec::new();
        let flow = set.each(&asked, &context, |number| {
            found.push(number);
            ControlFlow::Continue(())
        });
        assert!(flow.is_continue());
        found.sort_unstable();
        let one_by_one = (0u32..).zip(&matchers).filter(|(_, matcher)| matcher.matches(&asked, &context));
        let expected: Vec<u32> = one_by_one.map(|(number, _)| number).collect();
        assert_eq!(found, expected, "{patterns:?} on `{resource}`");
        assert_eq!(set.covers(&asked, &context), !expected.is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn as_one_by_one(
            patterns in prop::collection::vec("\\*|arn:[a*]{0,2}(:[ab*?]{0,2}){0,2}|arn(:[ab*?]{0,2}){4}:([ab*?:]|\\$\\{v\\}){0,6}", 1..12),
            resource in "arn(:[ab]{0,2}){4}:[ab:]{0,6}|arn:[ab:]{0,5}",
        ) {
            check(&patterns, &resource);
        }

        /// Fields that mostly match, however their wildcards are stopped.
        #[test]
        fn field_by_field_as_one_by_one(
            patterns in prop::collection::vec("arn(:(a|a|\\?|\\*|a\\*|\\*a)){4}:[a*?]{0,3}", 1..40),
            resource in "arn(:a){4}:a{0,3}",
        ) {
            check(&patterns, &resource);
        }
    }

    #[test]
    fn wildcards_that_colons_stop() {
        let patterns =
            ["arn:?:b:c:d:x", "arn:?:b*:c:d:x", "arn:?:b*:c:d:*", "arn:a*:b:?:d:x", "arn:?:?*:?:d*:x"];
        for resource in
            ["arn:a:b:c:d:x", "arn:::b:c:d:x", "arn:a:b:q:c:d:x", "arn:a:b::d:x", "arn:a:q:b:c:d:x"]
        {
            check(&patterns.map(Into::into), resource);
        }
    }

    /// Heads none of whose fields are the same.
    #[test]
    fn heads_are_told_apart() {
        let patterns = ["arn:a?s:s3:r:1:x", "ar?:aws:s?:?:2:x", "a?n:?ws:?3:q:?:*"];
        for resource in ["arn:aws:s3:r:1:x", "arn:aws:s3:r:2:x", "arn:aws:s3:q:1:x"] {
            check(&patterns.map(Into::into), resource);
        }
    }
}
