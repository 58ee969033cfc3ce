//! Texts and text patterns of conditions.

use doorward_policy::ConditionValue;
use doorward_policy::request::Context;

use crate::bytes::Words;
use crate::pattern::Pattern;
use crate::plan::set::{LatePatternSet, PatternSetBuilder, Reads, Scratch, TOGETHER_FROM};

/// Texts, or text patterns, compared as they are.
#[derive(Debug)]
pub(crate) enum Texts {
    OneByOne(Box<[Pattern]>),
    Together(Box<LatePatternSet>),
}

impl Texts {
    pub(super) fn compile(values: &[ConditionValue], reads: Reads) -> Self {
        let together = if values.len() >= TOGETHER_FROM { together(values, reads) } else { None };
        together.map_or_else(
            || {
                let pattern = |value: &ConditionValue| match reads {
                    Reads::Wildcards => Pattern::wild_template(&value.template),
                    Reads::Characters => Pattern::exact_template(&value.template),
                };
                Self::OneByOne(values.iter().map(pattern).collect())
            },
            |patterns| Self::Together(Box::new(patterns.into())),
        )
    }

    /// About how many bytes the set takes, if there is one.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::OneByOne(_) => 0,
            Self::Together(late) => late.bytes(),
        }
    }

    /// Whether a value matches any of them.
    pub(super) fn has(&self, value: &str, context: &Context, scratch: &mut Option<Scratch>) -> bool {
        match self {
            Self::OneByOne(patterns) => patterns.iter().any(|pattern| pattern.matches(value, context)),
            Self::Together(late) => late.set().matches_any(value, context, scratch.get_or_insert_default()),
        }
    }
}

fn together(values: &[ConditionValue], reads: Reads) -> Option<PatternSetBuilder> {
    let mut builder = PatternSetBuilder::default();
    let fits = values.iter().all(|value| builder.add(&[], &value.template, reads));
    fits.then_some(builder)
}

/// Texts compared without regard to case.
#[derive(Debug)]
pub(crate) struct Folded {
    /// Those without variables, in lower case.
    words: Words,
    others: Box<[Pattern]>,
}

impl Folded {
    pub(super) fn compile(values: &[ConditionValue]) -> Self {
        let (mut words, mut others) = (Vec::new(), Vec::new());
        for value in values {
            let pattern = Pattern::exact_template(&value.template);
            match pattern.resolved(&Context::default()).filter(|_| !pattern.has_variables()) {
                Some(text) => words.push(folded(&text)),
                None => others.push(pattern),
            }
        }
        Self { words: Words::new(words), others: others.into() }
    }

    /// Whether a value is one of them.
    pub(super) fn has(&self, value: &str, context: &Context) -> bool {
        let is_word = match self.words.sorted() {
            [] => false,
            [only] => is_folded(value, only),
            _ => self.words.hold(&folded(value)),
        };
        is_word || self.others.iter().any(|other| other.equals_folded(value, context))
    }
}

/// The text in lower case, each character for itself.
fn folded(text: &str) -> Box<str> {
    if text.is_ascii() {
        return text.to_ascii_lowercase().into();
    }
    text.chars().flat_map(char::to_lowercase).collect::<String>().into()
}

/// Whether a text is this one in lower case.
fn is_folded(text: &str, folded: &str) -> bool {
    let folding = || text.chars().flat_map(char::to_lowercase).eq(folded.chars());
    text.eq_ignore_ascii_case(folded) || !text.is_ascii() && folding()
}
