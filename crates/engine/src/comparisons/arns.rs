//! ARN patterns of conditions: fields compared with fields.

use std::ops::ControlFlow;
use std::sync::OnceLock;

use doorward_policy::request::Context;
use doorward_policy::{ConditionValue, Part, Template};

use super::Outcome;
use crate::pattern::Pattern;
use crate::plan::set::{LatePatternSet, PatternSetBuilder, Reads, Scratch, TOGETHER_FROM};

/// ARN patterns, none of whose wildcards crosses a colon, but for those of the sixth field.
#[derive(Debug)]
pub(crate) struct Arns {
    values: Box<[ArnValue]>,
    /// The values that can be compared with every ARN, as plain text: an ARN that matches none so matches none at all.
    together: Option<Box<Together>>,
}

#[derive(Debug)]
struct Together {
    patterns: LatePatternSet,
    /// The value of each pattern of the set.
    places: Box<[u32]>,
    /// The other values.
    apart: Box<[u32]>,
}

/// One ARN pattern.
#[derive(Debug)]
pub(crate) enum ArnValue {
    /// Without variables.
    Fields {
        template: Template,
        /// Split at the first five colons, when first compared so.
        fields: OnceLock<Box<[Pattern; 6]>>,
        /// Whether it has five colons, so that its wildcards cannot run past any in an ARN that has five as well.
        is_plain: bool,
    },
    /// With variables, whose values may hold colons: split for each request.
    Template(Template),
    /// Fewer than six fields: no ARN.
    Malformed,
}

impl Arns {
    pub(super) fn compile(values: &[ConditionValue]) -> Self {
        let compiled = values.iter().map(|value| ArnValue::compile(&value.template)).collect();
        let together = if values.len() >= TOGETHER_FROM { Together::compile(values) } else { None };
        Self { values: compiled, together: together.map(Box::new) }
    }

    /// About how many bytes the set takes, if there is one.
    pub(super) fn bytes(&self) -> usize {
        self.together.as_ref().map_or(0, |together| together.patterns.bytes())
    }

    pub(super) fn compare(&self, value: &str, context: &Context, scratch: &mut Option<Scratch>) -> Outcome {
        let found = Found::of(value);
        let over = |values: &mut dyn Iterator<Item = &ArnValue>| {
            Outcome::over(values.map(|one| one.compare(found.as_ref(), context)))
        };
        let (Some(together), Some(found)) = (&self.together, &found) else {
            return over(&mut self.values.iter());
        };
        let value_at = |place: &u32| self.values.get(*place as usize);
        let apart = over(&mut together.apart.iter().filter_map(value_at));
        let flow = together.patterns.set().each(value, context, scratch.get_or_insert_default(), |number| {
            let one = together.places.get(number as usize).and_then(value_at);
            if one.is_some_and(|one| one.is_hit(found, context)) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        Outcome { hit: apart.hit || flow.is_break(), incomparable: apart.incomparable }
    }
}

impl Together {
    fn compile(values: &[ConditionValue]) -> Option<Self> {
        let mut builder = PatternSetBuilder::default();
        let (mut places, mut apart) = (Vec::new(), Vec::new());
        for (place, value) in (0u32..).zip(values) {
            if colons(&value.template) < 5 {
                apart.push(place);
            } else if builder.add(&[], &value.template, Reads::Wildcards) {
                places.push(place);
            } else {
                return None;
            }
        }
        Some(Self { patterns: builder.into(), places: places.into(), apart: apart.into() })
    }
}

/// An ARN of a request.
pub(crate) struct Found<'a> {
    /// The six fields, split at the first five colons.
    fields: [&'a str; 6],
    /// Whether the sixth has no colon.
    is_plain: bool,
}

impl<'a> Found<'a> {
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        let mut split = text.splitn(6, ':');
        let mut fields = [""; 6];
        for field in &mut fields {
            *field = split.next()?;
        }
        let [.., last] = &fields;
        Some(Self { fields, is_plain: !last.contains(':') })
    }
}

/// How many colons there are whatever the request.
fn colons(template: &Template) -> usize {
    let of = |part: &Part| match part {
        Part::Text(text) => text.bytes().filter(|byte| *byte == b':').count(),
        Part::Literal(character) => usize::from(*character == ':'),
        Part::Variable { .. } => 0,
    };
    template.parts().iter().map(of).sum()
}

impl ArnValue {
    pub(crate) fn compile(template: &Template) -> Self {
        if template.has_variables() {
            return Self::Template(template.clone());
        }
        match colons(template) {
            0..5 => Self::Malformed,
            colons => {
                Self::Fields { template: template.clone(), fields: OnceLock::new(), is_plain: colons == 5 }
            }
        }
    }

    /// Whether this is an ARN, and without variables.
    pub(crate) const fn is_of_fields(&self) -> bool {
        matches!(self, Self::Fields { .. })
    }

    /// Whether an ARN that matches as plain text matches field by field as well.
    pub(crate) fn is_hit(&self, found: &Found<'_>, context: &Context) -> bool {
        match self {
            Self::Fields { is_plain: true, .. } if found.is_plain => true,
            Self::Fields { .. } | Self::Template(_) | Self::Malformed => {
                self.compare(Some(found), context).hit
            }
        }
    }

    fn compare(&self, found: Option<&Found<'_>>, context: &Context) -> Outcome {
        let whole;
        let fields = match self {
            Self::Malformed => return Outcome::INCOMPARABLE,
            Self::Fields { template, fields, .. } => {
                // There are six: that is how it came to be one of these.
                let compiled =
                    || split(template).unwrap_or_default().map(|field| Pattern::wild_template(&field));
                &**fields.get_or_init(|| Box::new(compiled()))
            }
            Self::Template(template) => {
                let Some(template) = resolve(template, context) else { return Outcome::MISS };
                let Some(fields) = split(&template) else { return Outcome::INCOMPARABLE };
                whole = fields.map(|field| Pattern::wild_template(&field));
                &whole
            }
        };
        let Some(found) = found else { return Outcome::INCOMPARABLE };
        Outcome::of(fields.iter().zip(found.fields).all(|(wanted, found)| wanted.matches(found, context)))
    }
}

/// The template with its variables replaced by literal characters; `None` where one cannot be resolved.
fn resolve(template: &Template, context: &Context) -> Option<Template> {
    let mut parts = Vec::new();
    for part in template.parts() {
        match part {
            Part::Text(_) | Part::Literal(_) => parts.push(part.clone()),
            Part::Variable { .. } => {
                let variable = Pattern::exact_template(&Template::from(vec![part.clone()]));
                parts.extend(variable.resolved(context)?.chars().map(Part::Literal));
            }
        }
    }
    Some(parts.into())
}

/// The template, which has no variables, split at its first five colons; `None` where it has fewer.
fn split(template: &Template) -> Option<[Template; 6]> {
    let mut fields: [Vec<Part>; 6] = Default::default();
    let mut colons = 0;
    for part in template.parts() {
        let mut put = |part: Part| {
            if let Some(field) = fields.get_mut(colons) {
                field.push(part);
            }
        };
        match part {
            Part::Literal(':') if colons < 5 => colons += 1,
            Part::Literal(_) | Part::Variable { .. } => put(part.clone()),
            Part::Text(text) => {
                let mut pieces = text.splitn(6 - colons, ':');
                if let Some(first) = pieces.next() {
                    put(Part::Text(first.into()));
                }
                for piece in pieces {
                    colons += 1;
                    if let Some(field) = fields.get_mut(colons) {
                        field.push(Part::Text(piece.into()));
                    }
                }
            }
        }
    }
    (colons == 5).then(|| fields.map(Template::from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use doorward_policy::{Span, Text, Version};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn together_as_one_by_one(
            patterns in prop::collection::vec("(a|\\*|[ab*?]{0,2})(:(a|\\*|[ab*?]{0,2}|\\$\\{v\\})){3,7}", TOGETHER_FROM..20),
            value in "[ab]{0,2}(:[ab]{0,2}){4,7}",
        ) {
            let mut context = Context::default();
            context.put("v", "a:b");
            let values: Vec<ConditionValue> = patterns
                .iter()
                .map(|pattern| ConditionValue {
                    text: Text::from(pattern.as_str()),
                    span: Span::default(),
                    template: Template::parse(pattern, Version::V2012).unwrap(),
                })
                .collect();
            let arns = Arns::compile(&values);
            prop_assert!(arns.together.is_some());
            let together = arns.compare(&value, &context, &mut None);
            let found = Found::of(&value);
            let one_by_one = Outcome::over(arns.values.iter().map(|one| one.compare(found.as_ref(), &context)));
            prop_assert_eq!((together.hit, together.incomparable), (one_by_one.hit, one_by_one.incomparable));
        }
    }
}
