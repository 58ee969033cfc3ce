//! Whether the conditions of a statement hold.

use doorward_policy::request::{Context, ContextValue};
use doorward_policy::{Comparison, ConditionTest, ConditionValue, Operator, Qualifier};

use crate::comparisons::{Outcome, Wanted};
pub(crate) use crate::quick::Quick;
use crate::slots::{Reading, Slot};

/// One test of a `Condition`, compiled: its key folded, its values parsed.
#[derive(Debug)]
pub(crate) struct Test {
    key: Box<str>,
    key_hash: u64,
    qualifier: Option<Qualifier>,
    if_exists: bool,
    negated: bool,
    wanted: Asked,
}

/// How a key's values compare with a test's, as far as that can be told without the test.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict {
    /// Some value is a hit.
    pub(crate) any_hits: bool,
    /// Some value can be compared, and is none.
    pub(crate) any_misses: bool,
    /// All values can be compared.
    pub(crate) all_comparable: bool,
}

/// What a test asks of its key.
#[derive(Debug)]
enum Asked {
    /// `Null`: whether any value is `true`, and whether any is `false`.
    Presence { missing: bool, present: bool },
    /// Everything else: how the request's values compare with these.
    Values(Wanted),
}

impl Test {
    pub(crate) fn compile(test: &ConditionTest) -> Self {
        let Operator { qualifier, comparison, if_exists } = test.operator;
        let says = |text: &str| test.values.iter().any(|value: &ConditionValue| value.text == text);
        let wanted = if comparison == Comparison::Null {
            Asked::Presence { missing: says("true"), present: says("false") }
        } else {
            Asked::Values(Wanted::compile(comparison, &test.values))
        };
        Self {
            key: test.key.folded().into(),
            key_hash: test.key.hash(),
            qualifier,
            if_exists,
            negated: comparison.is_negated(),
            wanted,
        }
    }

    /// The key's folded name.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    pub(crate) const fn key_hash(&self) -> u64 {
        self.key_hash
    }

    /// How the test wants its key's value read.
    pub(crate) const fn reading(&self) -> Reading {
        match &self.wanted {
            Asked::Presence { .. } => Reading::Text,
            Asked::Values(wanted) => wanted.reading(),
        }
    }

    /// Whether the test holds, given what its key's value was read as. Same answer as [`Test::holds`].
    #[cold]
    pub(crate) fn holds_for(&self, slot: &Slot<'_>, context: &Context) -> bool {
        match (slot, &self.wanted) {
            (Slot::Missing, _) => self.holds_without(),
            (Slot::Text(value), Asked::Values(wanted)) => self.holds_with(wanted, value, context),
            (_, _) => self.holds(context),
        }
    }

    /// The quick form of the test.
    pub(crate) fn quick(&self) -> Quick {
        match &self.wanted {
            Asked::Presence { present, .. } => Quick::Always(*present),
            Asked::Values(wanted) => {
                let refuses_empty = self.qualifier != Some(Qualifier::ForAllValues);
                wanted.quick(self.negated, refuses_empty, |outcome| self.passes(outcome))
            }
        }
    }

    /// Whether the test holds where its key is missing.
    pub(crate) const fn holds_without(&self) -> bool {
        match (&self.wanted, self.qualifier) {
            (Asked::Presence { missing, .. }, _) => *missing,
            (Asked::Values(_), None) => self.if_exists || self.negated,
            (Asked::Values(_), Some(Qualifier::ForAllValues)) => true,
            (Asked::Values(_), Some(Qualifier::ForAnyValue)) => self.if_exists,
        }
    }

    /// Whether the test holds for a key with this one value.
    fn holds_with(&self, wanted: &Wanted, value: &str, context: &Context) -> bool {
        match self.qualifier {
            Some(Qualifier::ForAllValues) if value.is_empty() => true,
            Some(_) | None => self.passes(wanted.compare(value, context, &mut None)),
        }
    }

    /// Whether the test holds in `context`. A missing key is looked at first, then several values under a plain
    /// operator, which never match; then the values are compared.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
    pub(crate) fn holds(&self, context: &Context) -> bool {
        let values = Values::of(context.value_hashed(self.key_hash, &self.key));
        let wanted = match (&self.wanted, values) {
            (_, Values::Missing) => return self.holds_without(),
            (Asked::Presence { present, .. }, Values::One(_) | Values::Several(_)) => return *present,
            (Asked::Values(wanted), Values::One(_) | Values::Several(_)) => wanted,
        };
        let mut scratch = None;
        let mut passes = |value: &str| self.passes(wanted.compare(value, context, &mut scratch));
        match (self.qualifier, values) {
            (_, Values::Missing) => self.holds_without(),
            (_, Values::One(value)) => self.holds_with(wanted, value, context),
            (None, Values::Several(_)) => false,
            (Some(Qualifier::ForAllValues), Values::Several(values)) => {
                values.iter().all(|value| passes(value))
            }
            (Some(Qualifier::ForAnyValue), Values::Several(values)) => {
                values.iter().any(|value| passes(value))
            }
        }
    }

    /// Calls `visit` with each value of the key.
    pub(crate) fn each_value(&self, context: &Context, mut visit: impl FnMut(&str)) {
        match Values::of(context.value_hashed(self.key_hash, &self.key)) {
            Values::Missing => {}
            Values::One(value) => visit(value),
            Values::Several(values) => values.iter().for_each(|value| visit(value)),
        }
    }

    /// Whether the test, which is one of texts or ARNs, holds, given how the values compare. Same answer as [`Test::holds`].
    pub(crate) fn holds_by(&self, verdict: Verdict, context: &Context) -> bool {
        let Verdict { any_hits, any_misses, all_comparable } = verdict;
        let (any_passes, any_fails) =
            if self.negated { (any_misses, any_hits) } else { (any_hits, any_misses) };
        let all_pass = all_comparable && !any_fails;
        match (self.qualifier, Values::of(context.value_hashed(self.key_hash, &self.key))) {
            (_, Values::Missing) => self.holds_without(),
            (None, Values::Several(_)) => false,
            (Some(Qualifier::ForAllValues), Values::One("")) => true,
            (None, Values::One(_)) | (Some(Qualifier::ForAnyValue), _) => any_passes,
            (Some(Qualifier::ForAllValues), _) => all_pass,
        }
    }

    /// About how many bytes the test takes outside of itself, as far as that can be much.
    pub(crate) fn bytes(&self) -> usize {
        match &self.wanted {
            Asked::Presence { .. } => 0,
            Asked::Values(wanted) => wanted.bytes(),
        }
    }

    /// Whether a request's value that compares like this passes. A value that cannot be compared passes no operator,
    /// the negated ones included. UNCONFIRMED (value-type) for the negated.
    const fn passes(&self, outcome: Outcome) -> bool {
        if self.negated { !outcome.hit && !outcome.incomparable } else { outcome.hit }
    }
}

/// The values of a key in a request.
#[derive(Clone, Copy)]
enum Values<'a> {
    /// No such key, or an empty list.
    Missing,
    One(&'a str),
    Several(&'a [String]),
}

impl<'a> Values<'a> {
    fn of(value: Option<&'a ContextValue>) -> Self {
        match value {
            None => Self::Missing,
            Some(ContextValue::Single(value)) => Self::One(value),
            Some(ContextValue::Multiple(values)) if values.is_empty() => Self::Missing,
            Some(ContextValue::Multiple(values)) => Self::Several(values),
        }
    }
}
