//! Criteria of a plan that are about the same text, to be looked at together where one by one takes long.

use std::ops::ControlFlow;

use doorward_policy::request::Context;
use doorward_policy::{Comparison, ConditionTest, ConditionValue, Kind, ResourceClause};

use super::crowd::{CROWDED, WILD_SHIFT};
use super::set::{LatePatternSet, Map, PatternSetBuilder, Reads, Scratch};
use crate::comparisons::arns::{ArnValue, Found as FoundArn};
use crate::conditions::{Test, Verdict};
use crate::resources::AskedResource;
use crate::resources::set::{LateResourceSet, ResourceSetBuilder};

/// The criteria of a plan that can be looked at together.
#[derive(Default, Debug)]
pub(super) struct Joint {
    /// Tests on the text of a key: for each such key.
    tests: Box<[Option<Tests>]>,
    outsides: Option<Outsides>,
}

/// Where a criterion stands among those that can be looked at together, and how much looking at it alone counts, by byte of
/// text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    group: u32,
    place: u32,
    pub(super) weight: u32,
}

impl Member {
    pub(super) const NONE: Self = Self { group: u32::MAX, place: 0, weight: 0 };
}

/// Tests on one key.
#[derive(Debug)]
struct Tests {
    patterns: LatePatternSet,
    /// The place of the test that each pattern is of, and how many there are.
    owners: Box<[u32]>,
    count: u32,
    /// Each pattern as it is to be compared field by field, where they are those of ARNs.
    arns: Box<[ArnValue]>,
}

/// Every `NotResource`.
#[derive(Debug)]
struct Outsides {
    patterns: LateResourceSet,
    owners: Box<[u32]>,
    count: u32,
}

/// What came of looking at criteria together.
#[derive(Default, Debug)]
pub(super) struct Verdicts {
    tests: Vec<Option<Compared>>,
    outsides: Option<Bits>,
}

/// How the values of a key compare with each of some tests.
#[derive(Clone, Debug)]
struct Compared {
    any_hits: Bits,
    any_misses: Bits,
    all_comparable: bool,
}

#[derive(Clone, Debug)]
struct Bits(Box<[u64]>);

impl Bits {
    fn new(count: u32) -> Self {
        Self(vec![0; count.div_ceil(64) as usize].into())
    }

    fn set(&mut self, place: u32) {
        self.0.get_mut(place as usize / 64).into_iter().for_each(|word| *word |= 1 << (place % 64));
    }

    fn has(&self, place: u32) -> bool {
        self.0.get(place as usize / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    fn combine(&mut self, other: &Self, with: impl Fn(u64, u64) -> u64) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word = with(*word, *other));
    }
}

impl Joint {
    /// What a test says of the request's values, found out together with all tests on its key; `None` where there is nothing
    /// to look at it with.
    pub(super) fn verdict(
        &self,
        member: Member,
        test: &Test,
        context: &Context,
        verdicts: &mut Verdicts,
    ) -> Option<Verdict> {
        let tests = self.tests.get(member.group as usize)?.as_ref()?;
        verdicts.tests.resize(self.tests.len(), None);
        let known = verdicts.tests.get_mut(member.group as usize)?;
        let compared = known.get_or_insert_with(|| tests.look(test, context));
        Some(Verdict {
            any_hits: compared.any_hits.has(member.place),
            any_misses: compared.any_misses.has(member.place),
            all_comparable: compared.all_comparable,
        })
    }

    /// Whether the patterns of a `NotResource` cover a resource, found out together with all others; `None` where there is
    /// nothing to look at it with.
    pub(super) fn covers(
        &self,
        member: Member,
        asked: &AskedResource<'_>,
        context: &Context,
        verdicts: &mut Verdicts,
    ) -> Option<bool> {
        let outsides = self.outsides.as_ref()?;
        let covered = verdicts.outsides.get_or_insert_with(|| outsides.look(asked, context));
        Some(covered.has(member.place))
    }

    /// About how many bytes this takes, with the sets.
    pub(super) fn bytes(&self) -> usize {
        let tests =
            self.tests.iter().flatten().map(|tests| tests.patterns.bytes() + size_of_val(&*tests.owners));
        let outsides = self.outsides.iter().map(|all| all.patterns.bytes() + size_of_val(&*all.owners));
        tests.chain(outsides).sum()
    }
}

impl Tests {
    fn look(&self, test: &Test, context: &Context) -> Compared {
        let set = self.patterns.set();
        let nothing = Bits::new(self.count);
        let mut compared =
            Compared { any_hits: nothing.clone(), any_misses: nothing.clone(), all_comparable: true };
        let mut scratch = Scratch::default();
        let mut hits = nothing;
        test.each_value(context, |value| {
            let found = if self.arns.is_empty() { None } else { FoundArn::of(value) };
            if found.is_none() && !self.arns.is_empty() {
                compared.all_comparable = false;
                return;
            }
            hits.0.fill(0);
            let flow = set.each(value, context, &mut scratch, |pattern| {
                let arn = self.arns.get(pattern as usize).zip(found.as_ref());
                if arn.is_none_or(|(arn, found)| arn.is_hit(found, context)) {
                    self.owners.get(pattern as usize).into_iter().for_each(|owner| hits.set(*owner));
                }
                ControlFlow::Continue(())
            });
            debug_assert!(flow.is_continue());
            compared.any_hits.combine(&hits, |one, other| one | other);
            compared.any_misses.combine(&hits, |one, other| one | !other);
        });
        compared
    }
}

impl Outsides {
    fn look(&self, asked: &AskedResource<'_>, context: &Context) -> Bits {
        let set = self.patterns.set();
        let mut covered = Bits::new(self.count);
        let flow = set.each(asked, context, |pattern| {
            self.owners.get(pattern as usize).into_iter().for_each(|owner| covered.set(*owner));
            ControlFlow::Continue(())
        });
        debug_assert!(flow.is_continue());
        covered
    }
}

/// Criteria being gathered.
#[derive(Default)]
pub(super) struct JointBuilder<'d> {
    /// By key, and whether they are of ARNs.
    groups: Map<(&'d str, bool), u32>,
    tests: Vec<Gathering<PatternSetBuilder>>,
    outsides: Gathering<ResourceSetBuilder>,
}

/// Patterns, with the place of the criterion that each is of.
#[derive(Default)]
struct Gathering<B> {
    patterns: B,
    owners: Vec<u32>,
    arns: Vec<ArnValue>,
    count: u32,
    weight: u32,
    /// More variables than can be numbered.
    overflows: bool,
}

impl<B> Gathering<B> {
    fn join(&mut self, group: u32, weight: u32) -> Member {
        self.weight = self.weight.saturating_add(weight);
        self.count += 1;
        Member { group, place: self.count - 1, weight: weight.min(TOGETHER_WEIGHT) }
    }

    fn put(&mut self, add: impl FnOnce(&mut B) -> bool) {
        // What overflows is never made: each further variable would be looked for among all the others, for nothing.
        self.overflows = self.overflows || !add(&mut self.patterns);
        self.owners.push(self.count - 1);
    }

    /// Whether there may be so much to look at that it is worth it.
    const fn is_heavy(&self) -> bool {
        self.count > 1 && self.weight > CROWDED && !self.overflows
    }
}

/// What a set counts, however many patterns it has.
const TOGETHER_WEIGHT: u32 = 64;

impl<'d> JointBuilder<'d> {
    /// Takes in a test, if it is one that takes text patterns.
    pub(super) fn test(&mut self, test: &'d ConditionTest) -> Member {
        // Nothing is compared with, so that nothing is incomparable either, whatever the other tests on the key make of a value.
        if test.values.is_empty() {
            return Member::NONE;
        }
        let is_plain = |value: &ConditionValue| value.template.plain_text().is_some();
        let mut is_of_arns = false;
        let reads = match test.operator.comparison {
            Comparison::StringLike | Comparison::StringNotLike => Reads::Wildcards,
            Comparison::StringEquals | Comparison::StringNotEquals if !test.values.iter().all(is_plain) => {
                Reads::Characters
            }
            Comparison::ArnEquals
            | Comparison::ArnNotEquals
            | Comparison::ArnLike
            | Comparison::ArnNotLike
                if test.values.iter().all(|value| ArnValue::compile(&value.template).is_of_fields()) =>
            {
                is_of_arns = true;
                Reads::Wildcards
            }
            Comparison::StringEquals
            | Comparison::StringNotEquals
            | Comparison::StringEqualsIgnoreCase
            | Comparison::StringNotEqualsIgnoreCase
            | Comparison::NumericEquals
            | Comparison::NumericNotEquals
            | Comparison::NumericLessThan
            | Comparison::NumericLessThanEquals
            | Comparison::NumericGreaterThan
            | Comparison::NumericGreaterThanEquals
            | Comparison::DateEquals
            | Comparison::DateNotEquals
            | Comparison::DateLessThan
            | Comparison::DateLessThanEquals
            | Comparison::DateGreaterThan
            | Comparison::DateGreaterThanEquals
            | Comparison::Bool
            | Comparison::BinaryEquals
            | Comparison::IpAddress
            | Comparison::NotIpAddress
            | Comparison::ArnEquals
            | Comparison::ArnNotEquals
            | Comparison::ArnLike
            | Comparison::ArnNotLike
            | Comparison::Null => return Member::NONE,
        };
        let next = u32::try_from(self.tests.len()).unwrap_or(u32::MAX);
        let group = *self.groups.entry((test.key.folded(), is_of_arns)).or_insert(next);
        if group == next {
            self.tests.push(Gathering::default());
        }
        let weight = test.values.iter().map(|value| weight(&value.text)).fold(0, u32::saturating_add);
        let Some(tests) = self.tests.get_mut(group as usize) else { return Member::NONE };
        let member = tests.join(group, weight);
        for value in &test.values {
            tests.put(|patterns| patterns.add(&[], &value.template, reads));
            tests.arns.extend(is_of_arns.then(|| ArnValue::compile(&value.template)));
        }
        member
    }

    /// Takes in a `NotResource`.
    pub(super) fn outside(&mut self, clause: &ResourceClause, kind: Kind) -> Member {
        let patterns = clause.patterns();
        let weight = patterns.iter().map(|pattern| weight(&pattern.text)).fold(0, u32::saturating_add);
        let member = self.outsides.join(0, weight);
        for pattern in patterns {
            self.outsides.put(|builder| builder.add(&pattern.form, &pattern.text, kind));
        }
        member
    }

    pub(super) fn build(self) -> Joint {
        let tests = |tests: Gathering<PatternSetBuilder>| {
            tests.is_heavy().then(|| Tests {
                patterns: tests.patterns.into(),
                owners: tests.owners.into(),
                count: tests.count,
                arns: tests.arns.into(),
            })
        };
        let outsides = self.outsides;
        Joint {
            tests: self.tests.into_iter().map(tests).collect(),
            outsides: outsides.is_heavy().then(|| Outsides {
                patterns: outsides.patterns.into(),
                owners: outsides.owners.into(),
                count: outsides.count,
            }),
        }
    }
}

/// How much a pattern counts.
fn weight(text: &str) -> u32 {
    if text.contains(['?', '$']) { 1 << WILD_SHIFT } else { 1 }
}
