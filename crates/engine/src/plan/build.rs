//! From the statements about an action to a plan.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

use doorward_policy::explain::Layer;
use doorward_policy::request::Context;
use doorward_policy::resource::ResourceForm;
use doorward_policy::{
    ConditionTest, Document, Effect, Kind, Operator, Part, ResourceClause, ResourcePattern, Statement,
    Version,
};

use super::crowd::{CROWDED, Crowd, WILD_SHIFT};
use super::glob::{Glob, Marks};
use super::joint::JointBuilder;
use super::text::{ONE, RUN, Shape, literal};
use super::tree::Tree;
use super::{
    CarefulGlob, Characters, Cluster, Criterion, Ending, Head, Leaf, NAMED_MAX, NO_SLOT, Named, Plan, Rest,
    Rule, Run, SLOTS, Says, SlotKey, Whole,
};
use crate::compile::narrows;
use crate::conditions::{Quick, Test};
use crate::plans::is_principal_tag;
use crate::principals::{Claims, Principals};
use crate::resources::set::ResourceSetBuilder;
use crate::resources::{ResourceMatcher, Resources, short_counts};

/// A map whose order nobody sees, with a hash that needs no randomness.
type Map<K, V> = HashMap<K, V, BuildHasherDefault<DefaultHasher>>;

/// The criteria that are remembered while a request is decided.
const REMEMBERED: usize = 64;

/// From how many patterns with wildcards on it pays to look at a resource's marks first.
const MARKS_FROM: usize = 4;

/// A plan being put together.
#[derive(Default)]
pub(crate) struct Builder<'d> {
    /// The requester's tags, where they are known: what depends on nothing else is settled here.
    tags: Option<&'d Context>,
    drafts: Vec<Draft>,
    criteria: Vec<Candidate<'d>>,
    criterion_places: Map<CriterionKey<'d>, u32>,
    patterns: Vec<Pattern<'d>>,
    pattern_places: Map<PatternKey<'d>, u32>,
    named: Vec<Named>,
}

/// A statement, with its criteria and patterns by number.
struct Draft {
    head: Head,
    criteria: Vec<u32>,
    /// `None` for every resource.
    patterns: Option<Vec<u32>>,
}

/// A criterion, and how many statements ask for it.
struct Candidate<'d> {
    what: What<'d>,
    uses: u32,
}

#[derive(Clone, Copy)]
enum What<'d> {
    Test(&'d ConditionTest),
    Outside(&'d ResourceClause, Kind),
}

/// What makes two criteria the same.
#[derive(PartialEq, Eq, Hash)]
enum CriterionKey<'d> {
    Test { operator: Operator, key: &'d str, values: Vec<&'d str>, version: Version },
    Outside { patterns: Vec<&'d str>, version: Version, short: bool },
}

/// What makes two patterns the same.
#[derive(PartialEq, Eq, Hash)]
struct PatternKey<'d> {
    text: &'d str,
    version: Version,
    short: bool,
}

struct Pattern<'d> {
    written: &'d ResourcePattern,
    kind: Kind,
    shape: Shape,
}

impl<'d> Builder<'d> {
    pub(crate) fn new(tags: Option<&'d Context>) -> Self {
        Self { tags, ..Self::default() }
    }

    /// Adds a statement of a document, in a policy of the group.
    pub(crate) fn add(&mut self, group: u8, layer: Layer, document: &'d Document, statement: &'d Statement) {
        let Some(named) = self.named(layer, statement) else { return };
        let (patterns, outside) = match &statement.resource {
            None => (None, None),
            Some(clause @ ResourceClause::NotResource(_)) => (None, Some(clause)),
            Some(ResourceClause::Resource(patterns)) => match self.patterns(document, patterns) {
                Patterns::Any => (None, None),
                Patterns::Some(places) if places.is_empty() => return,
                Patterns::Some(places) => (Some(places), None),
            },
        };
        let mut criteria = Vec::new();
        for test in &statement.conditions {
            match self.settled(test) {
                Some(true) => {}
                Some(false) => return,
                None => criteria.push(self.test(document, test)),
            }
        }
        criteria.extend(outside.map(|clause| self.outside(document, clause)));
        criteria.sort_unstable();
        criteria.dedup();
        for place in &criteria {
            if let Some(candidate) = self.criteria.get_mut(*place as usize) {
                candidate.uses += 1;
            }
        }
        let effect = statement.effect;
        self.drafts.push(Draft { head: Head::new(group, effect, named), criteria, patterns });
    }

    /// The number of the principals that the statement names, 0 where everyone is meant and nothing depends on it;
    /// `None` where the statement can do nothing: a resource's policy must name whom it allows.
    fn named(&mut self, layer: Layer, statement: &Statement) -> Option<u32> {
        let grants = matches!(layer, Layer::Resource | Layer::Trust) && statement.effect == Effect::Allow;
        let principals = Principals::compile(statement.principal.as_ref());
        match &principals {
            Principals::Unsaid => return (!grants).then_some(0),
            Principals::Any(_) | Principals::AllBut(_) => {}
        }
        if !grants && principals.name_everyone() {
            return Some(0);
        }
        let narrowed = statement.conditions.iter().any(narrows);
        let kinds = principals.kinds();
        self.named.push(Named { principals, effect: statement.effect, grants, narrowed, kinds });
        Some(number(self.named.len()))
    }

    fn patterns(&mut self, document: &Document, patterns: &'d [ResourcePattern]) -> Patterns {
        let mut places = Vec::with_capacity(patterns.len());
        for pattern in patterns {
            let short =
                matches!(pattern.form, ResourceForm::Short(_)) && short_counts(&pattern.text, document.kind);
            let key =
                PatternKey { text: &pattern.text, version: version_of(document, &[&pattern.text]), short };
            let place = match self.pattern_places.get(&key) {
                Some(place) => *place,
                None => {
                    let shape = Shape::of(&pattern.form, &pattern.text, document.kind, self.tags);
                    let place = number(self.patterns.len());
                    self.patterns.push(Pattern { written: pattern, kind: document.kind, shape });
                    self.pattern_places.insert(key, place);
                    place
                }
            };
            match self.patterns.get(place as usize).map(|known| &known.shape) {
                Some(Shape::Any) => return Patterns::Any,
                Some(Shape::Plain(_) | Shape::Complex(_)) => places.push(place),
                Some(Shape::Nothing) | None => {}
            }
        }
        places.sort_unstable();
        places.dedup();
        Patterns::Some(places)
    }

    /// Whether a test holds, where that depends on nothing but the requester's tags, and they are known.
    fn settled(&self, test: &ConditionTest) -> Option<bool> {
        let tags = self.tags?;
        let by_tags = |part: &Part| match part {
            Part::Text(_) | Part::Literal(_) => true,
            Part::Variable { key, .. } => is_principal_tag(key.folded()),
        };
        let settled = is_principal_tag(test.key.folded())
            && test.values.iter().all(|value| value.template.parts().iter().all(by_tags));
        settled.then(|| Test::compile(test).holds(tags))
    }

    fn test(&mut self, document: &Document, test: &'d ConditionTest) -> u32 {
        let values: Vec<&str> = test.values.iter().map(|value| value.text.as_str()).collect();
        let key = CriterionKey::Test {
            operator: test.operator,
            key: test.key.folded(),
            version: version_of(document, &values),
            values,
        };
        self.criterion(key, What::Test(test))
    }

    fn outside(&mut self, document: &Document, clause: &'d ResourceClause) -> u32 {
        let patterns: Vec<&str> = clause.patterns().iter().map(|pattern| pattern.text.as_str()).collect();
        let key = CriterionKey::Outside {
            version: version_of(document, &patterns),
            patterns,
            short: short_counts("", document.kind),
        };
        self.criterion(key, What::Outside(clause, document.kind))
    }

    fn criterion(&mut self, key: CriterionKey<'d>, what: What<'d>) -> u32 {
        let criteria = &mut self.criteria;
        *self.criterion_places.entry(key).or_insert_with(|| {
            criteria.push(Candidate { what, uses: 0 });
            number(criteria.len() - 1)
        })
    }

    /// The plan; `None` where there are more principals or statements than a rule can count.
    pub(crate) fn finish(self) -> Option<Plan> {
        let all = [self.drafts.len(), self.criteria.len(), self.patterns.len(), self.named.len()];
        all.iter().all(|count| *count < NAMED_MAX).then(|| self.build())
    }

    fn build(self) -> Plan {
        let mut slots = Vec::new();
        let mut joint = JointBuilder::default();
        let (criteria, places) = order_criteria(&self.criteria, &mut slots, &mut joint);
        let joint = joint.build();
        let mut plan =
            Plan { criteria, joint, slots: slots.into(), named: self.named.into(), ..Plan::default() };
        let mut more = Vec::new();
        let mut everywhere = Vec::new();
        let mut by_pattern: Vec<Vec<Rule>> = vec![Vec::new(); self.patterns.len()];
        for draft in &self.drafts {
            let rule = draft.rule(&places, &mut more);
            match &draft.patterns {
                None => everywhere.push(rule),
                Some(patterns) => {
                    for place in patterns {
                        by_pattern.get_mut(*place as usize).into_iter().for_each(|rules| rules.push(rule));
                    }
                }
            }
        }
        thin(&mut everywhere);
        plan.always = always(&mut everywhere);
        plan.everywhere = everywhere.into();
        plan.more = more.into();
        let hung = by_pattern.into_iter().zip(&self.patterns).map(|(mut rules, pattern)| {
            rules.retain(|rule| !rule.is_said(plan.always));
            thin(&mut rules);
            (rules, pattern)
        });
        let hung = hung.filter(|(rules, _)| !rules.is_empty()).collect();
        hang(hung, plan)
    }
}

enum Patterns {
    Any,
    Some(Vec<u32>),
}

impl Draft {
    /// The statement as a rule, given where each of its criteria stands now.
    fn rule(&self, places: &[u32], more: &mut Vec<Box<[u32]>>) -> Rule {
        let mut needs = 0;
        let mut others = Vec::new();
        for place in self.criteria.iter().filter_map(|place| places.get(*place as usize)) {
            if (*place as usize) < REMEMBERED {
                needs |= 1 << place;
            } else {
                others.push(*place);
            }
        }
        let mut rule = Rule { head: self.head, more: 0, needs };
        if !others.is_empty() {
            more.push(others.into());
            rule.more = number(more.len());
        }
        rule
    }
}

impl Rule {
    /// Whether what the rule says is said already.
    const fn is_said(&self, always: Says) -> bool {
        let said = if self.head.denies() { always.deny } else { always.allow };
        let each_counts = !self.head.denies() && self.head.named() != 0;
        !each_counts && said & self.head.bit() != 0
    }

    /// Whether the rule says the same as another, and asks for no more.
    const fn covers(&self, other: &Self) -> bool {
        self.head.0 == other.head.0 && self.more == 0 && self.needs & !other.needs == 0
    }
}

/// Takes out rules that say nothing that another does not say as well. Looks a bounded way back from each.
fn thin(rules: &mut Vec<Rule>) {
    // Fewer needs first, within a group and effect.
    rules.sort_unstable_by_key(|rule| (rule.head, rule.more, rule.needs.count_ones(), rule.needs));
    let mut kept: Vec<Rule> = Vec::with_capacity(rules.len());
    for rule in rules.drain(..) {
        if !kept.iter().rev().take(COMPARED).any(|other| other.covers(&rule)) {
            kept.push(rule);
        }
    }
    *rules = kept;
}

/// With how many rules before it each rule is compared.
const COMPARED: usize = 32;

/// Takes out the rules that ask for nothing, and answers what they say.
fn always(everywhere: &mut Vec<Rule>) -> Says {
    let mut says = Says { allow: 0, deny: 0, granted: Claims::NONE };
    everywhere.retain(|rule| {
        let asks = rule.needs != 0 || rule.more != 0 || rule.head.named() != 0;
        if !asks && rule.head.denies() {
            says.deny |= rule.head.bit();
        } else if !asks {
            says.allow |= rule.head.bit();
        }
        asks
    });
    everywhere.retain(|rule| !rule.is_said(says));
    says
}

/// Puts the criteria in order: those that most statements ask for first, as far as they are remembered, and of these the
/// cheap ones first. Answers the criteria, and where each has gone.
fn order_criteria<'d>(
    candidates: &[Candidate<'d>],
    slots: &mut Vec<SlotKey>,
    joint: &mut JointBuilder<'d>,
) -> (Box<[Criterion]>, Vec<u32>) {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    let uses = |place: &usize| candidates.get(*place).map_or(0, |candidate| candidate.uses);
    order.sort_by_key(|place| std::cmp::Reverse(uses(place)));
    let cost = |place: &usize| candidates.get(*place).map_or(0, |candidate| candidate.what.cost());
    let remembered = order.len().min(REMEMBERED);
    if let Some(first) = order.get_mut(..remembered) {
        first.sort_by_key(cost);
    }
    let mut places = vec![0; candidates.len()];
    let mut criteria = Vec::with_capacity(candidates.len());
    for (index, place) in order.iter().enumerate() {
        if let (Some(candidate), Some(new)) = (candidates.get(*place), places.get_mut(*place)) {
            *new = number(index);
            criteria.push(candidate.what.compile(slots, joint));
        }
    }
    (criteria.into(), places)
}

impl<'d> What<'d> {
    /// About how much work it is, to look at the cheap first.
    fn cost(self) -> usize {
        match self {
            Self::Test(test) => test.values.iter().map(|value| 8 + value.text.len()).sum(),
            Self::Outside(clause, _) => 1_000 + clause.patterns().len(),
        }
    }

    fn compile(self, slots: &mut Vec<SlotKey>, joint: &mut JointBuilder<'d>) -> Criterion {
        match self {
            Self::Outside(clause, kind) => Criterion {
                quick: Quick::None,
                slot: NO_SLOT,
                without: false,
                whole: Whole::Outside(Resources::compile(clause, kind), joint.outside(clause, kind)),
            },
            Self::Test(test) => {
                let member = joint.test(test);
                let test = Test::compile(test);
                let slot = slot(slots, &test);
                let (quick, without) = (test.quick(), test.holds_without());
                Criterion { quick, slot, without, whole: Whole::Condition(Box::new(test), member) }
            }
        }
    }
}

/// Where the value that the test looks at is kept.
fn slot(slots: &mut Vec<SlotKey>, test: &Test) -> u8 {
    let same = |slot: &SlotKey| &*slot.key == test.key() && slot.reading == test.reading();
    let place = slots.iter().position(same).unwrap_or_else(|| {
        if slots.len() < SLOTS {
            slots.push(SlotKey { hash: test.key_hash(), key: test.key().into(), reading: test.reading() });
            slots.len() - 1
        } else {
            SLOTS
        }
    });
    u8::try_from(place).ok().filter(|_| place < SLOTS).unwrap_or(NO_SLOT)
}

/// Hangs patterns, each with its rules, into the plan's tree.
fn hang(mut hung: Vec<(Vec<Rule>, &Pattern<'_>)>, mut plan: Plan) -> Plan {
    hung.sort_by(|(_, one), (_, other)| one.order().cmp(&other.order()));
    let mut filed: Vec<(&[u8], Leaf)> = Vec::new();
    let mut hanging = Hanging { crowd: crowd(&hung), ..Hanging::default() };
    for (own, pattern) in &hung {
        let beginning = pattern.beginning();
        let mut leaf = match filed.pop_if(|(last, _)| *last == beginning) {
            Some((_, leaf)) => leaf,
            None => Leaf::default(),
        };
        let rules = Run { start: number(hanging.rules.len()), count: number(own.len()) };
        hanging.rules.extend(own.iter().copied());
        match pattern.rest() {
            Some([]) => leaf.whole = leaf.whole.longer(rules),
            Some([RUN]) => leaf.open = leaf.open.longer(rules),
            rest => {
                if leaf.clusters.count == 0 {
                    leaf.clusters.start = number(hanging.clusters.len());
                }
                leaf.clusters.count += hanging.end(pattern, rest, rules, leaf.clusters.count > 0);
            }
        }
        filed.push((beginning, leaf));
    }
    plan.tree = Tree::new(&filed);
    plan.clusters = hanging.clusters.iter().map(|(_, cluster)| *cluster).collect();
    plan.endings = hanging.endings.into();
    plan.rules = hanging.rules.into();
    plan.looks_at_marks = hanging.globs.len() >= MARKS_FROM;
    plan.globs = hanging.globs.into();
    plan.complex = hanging.complex.into();
    plan.crowd = hanging.crowd.map(|patterns| Box::new(Crowd::new(patterns, hanging.crowd_rules)));
    plan
}

/// All endings, where on some way through the tree there are so many of them that they may have to be looked at together.
fn crowd(hung: &[(Vec<Rule>, &Pattern<'_>)]) -> Option<ResourceSetBuilder> {
    if !is_crowded(hung) {
        return None;
    }
    let mut patterns = ResourceSetBuilder::default();
    let mut endings = hung.iter().map(|(_, pattern)| *pattern).filter(|pattern| pattern.shift().is_some());
    let add = |pattern: &Pattern<'_>| match &pattern.shape {
        Shape::Plain(bytes) => {
            patterns.add_plain(bytes);
            true
        }
        Shape::Any | Shape::Nothing | Shape::Complex(_) => {
            patterns.add(&pattern.written.form, &pattern.written.text, pattern.kind)
        }
    };
    endings.all(add).then_some(patterns)
}

/// Whether on some way through the tree there are many endings.
fn is_crowded(hung: &[(Vec<Rule>, &Pattern<'_>)]) -> bool {
    let mut way: Vec<(&[u8], u32)> = Vec::new();
    for (_, pattern) in hung {
        let beginning = pattern.beginning();
        while way.pop_if(|(above, _)| !beginning.starts_with(above)).is_some() {}
        let before = way.last().map_or(0, |(_, weight)| *weight);
        let weight = before + pattern.shift().map_or(0, |shift| 1 << shift);
        way.push((beginning, weight));
        if weight > CROWDED {
            return true;
        }
    }
    false
}

/// What hangs in a tree.
#[derive(Default)]
struct Hanging {
    /// Each with the text that all of its endings begin with, behind a `*`.
    clusters: Vec<(Vec<u8>, Cluster)>,
    endings: Vec<Ending>,
    rules: Vec<Rule>,
    globs: Vec<CarefulGlob>,
    complex: Vec<ResourceMatcher>,
    crowd: Option<ResourceSetBuilder>,
    /// The rules of each ending, where there is a crowd.
    crowd_rules: Vec<Run>,
}

/// The least text that the endings of a cluster share, in bytes: less is found in too many resources to tell anything.
const SHARED_MIN: usize = 8;

impl Hanging {
    /// Adds a pattern that goes on behind its beginning, encoded where that is the way to match it. Answers how many
    /// clusters that makes: none where it joins the last one, which it may if `continues`.
    fn end(&mut self, pattern: &Pattern<'_>, rest: Option<&[u8]>, rules: Run, continues: bool) -> u32 {
        let compiled =
            || ResourceMatcher::compile(&pattern.written.form, &pattern.written.text, pattern.kind);
        let shift = pattern.shift().unwrap_or(0);
        let has_crowd = self.crowd.is_some();
        if has_crowd {
            self.crowd_rules.push(rules);
        }
        let ending = number(self.endings.len());
        let (shared, marks) = match rest {
            None => {
                let rest = if has_crowd { Rest::Crowd } else { Rest::Complex(number(self.complex.len())) };
                if !has_crowd {
                    self.complex.push(compiled());
                }
                let marks = Marks::default();
                self.endings.push(Ending { rest, rules, shortest: 0, last: 0, shift, marks });
                (&[][..], marks)
            }
            Some(rest) => {
                let glob = Glob::new(rest);
                let marks = glob.marks();
                self.endings.push(Ending {
                    rest: Rest::Glob(number(self.globs.len())),
                    rules,
                    shortest: number(glob.shortest()),
                    last: glob.last_byte().unwrap_or(0),
                    shift,
                    marks,
                });
                let characters = match glob.has_one() {
                    false => Characters::Same,
                    true if has_crowd => Characters::Crowd,
                    true => Characters::Whole(compiled()),
                };
                self.globs.push(CarefulGlob { characters, glob });
                (rest.strip_prefix(&[RUN]).map(literal).unwrap_or_default(), marks)
            }
        };
        if let Some((text, cluster)) = self.clusters.last_mut().filter(|_| continues) {
            let common = text.iter().zip(shared).take_while(|(one, other)| one == other).count();
            if common >= SHARED_MIN {
                text.truncate(common);
                cluster.marks = Marks::wanted(text);
                cluster.endings.count += 1;
                return 0;
            }
        }
        self.clusters.push((shared.to_vec(), Cluster { marks, endings: Run { start: ending, count: 1 } }));
        1
    }
}

impl Pattern<'_> {
    fn bytes(&self) -> &[u8] {
        match &self.shape {
            Shape::Plain(bytes) | Shape::Complex(bytes) => bytes,
            Shape::Any | Shape::Nothing => &[],
        }
    }

    /// The text with which everything that matches begins.
    fn beginning(&self) -> &[u8] {
        literal(self.bytes())
    }

    /// The encoded pattern behind its beginning; `None` where that is not the way to match it.
    fn rest(&self) -> Option<&[u8]> {
        match &self.shape {
            Shape::Plain(bytes) => bytes.get(literal(bytes).len()..),
            Shape::Any | Shape::Nothing | Shape::Complex(_) => None,
        }
    }

    /// How much more than a text it costs to match it, as a power of two; `None` where it hangs at no ending.
    fn shift(&self) -> Option<u8> {
        match self.rest() {
            Some([] | [RUN]) => None,
            Some(rest) if !rest.contains(&ONE) => Some(0),
            Some(_) | None => Some(WILD_SHIFT),
        }
    }

    /// By beginning, and what is cheap to match first.
    fn order(&self) -> (&[u8], usize, &[u8]) {
        let cost = match self.rest() {
            Some([]) => 0,
            Some([RUN]) => 1,
            Some(_) => 2,
            None => 3,
        };
        (self.beginning(), cost, self.bytes())
    }
}

/// The version, where it makes a difference to texts like these.
fn version_of(document: &Document, texts: &[&str]) -> Version {
    if texts.iter().any(|text| text.contains("${")) { document.version } else { Version::V2012 }
}

/// A place as 32 bits. Policies of four thousand million statements do not fit the memory that they would be parsed in.
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
