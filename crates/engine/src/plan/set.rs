//! Many patterns at once: which of them a text matches.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::ops::{ControlFlow, Range};
use std::sync::OnceLock;

use doorward_policy::request::Context;
use doorward_policy::{Part, Template};

use super::Run;
use super::anchored::{Anchored, Side};
use super::automaton::{Automaton, NONE};
pub(crate) use super::sweep::Scratch;
use super::sweep::Sweep;
use super::text::{RUN, Symbol, Symbols, encode, encode_variable};
use crate::pattern::Variable;

/// From how many patterns on it pays to look at them together.
pub(crate) const TOGETHER_FROM: usize = 8;

/// A map whose order nobody sees, with a hash that needs no randomness.
pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<DefaultHasher>>;

/// Patterns, numbered in the order in which they were added, that are matched together.
///
/// A pattern is a first piece, which stands at the start of the text, pieces between stars, each as early as it can, and a
/// last piece, which stands at the end. All that is known of a text behind some pieces is where the last of them ended,
/// so patterns that begin with the same pieces share a *node* for them, and each node is reached once. One pass over the text,
/// with an automaton that knows the pieces of all patterns, finds what leads from node to node.
///
/// Pieces with `?` or variables are *loose*. They are looked for on their own, but only once the longest text in them, their
/// *key*, has been met, and only once for a text.
///
/// Matching takes time in proportion to the text and to the nodes that are reached; each loose piece that may be there
/// takes a sixty-fourth of text by piece.
#[derive(Debug)]
pub(crate) struct PatternSet {
    pub(super) firsts: Anchored,
    /// What comes of each first piece.
    pub(super) starts: Box<[Start]>,
    pub(super) lasts: Anchored,
    /// Whether some pattern ends with a star.
    pub(super) has_open: bool,
    pub(super) nodes: Box<[Node]>,
    pub(super) ends: Box<[End]>,
    /// The patterns without a star.
    pub(super) whole: Box<[u32]>,
    pub(super) automaton: Automaton,
    /// For each text of the automaton, the nodes that it may lead to.
    pub(super) led_to: Box<[Run]>,
    pub(super) led: Box<[u32]>,
    pub(super) loose: Box<[Loose]>,
    /// Pieces, and parts of pieces.
    pub(super) bytes: Box<[u8]>,
    pub(super) variables: Box<[Variable]>,
}

/// A first piece.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    /// Where patterns go on that have a star next; [`NONE`] if none has.
    pub(super) node: u32,
    /// The patterns that are nothing else.
    pub(super) whole: Run,
}

/// The patterns that begin with the same pieces, and have a star next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) parent: u32,
    /// The text that leads here, or must be met before it is worth looking for the loose piece that does; [`NONE`] for a
    /// loose piece without any.
    pub(super) key: u32,
    /// The loose piece that leads here, or [`NONE`].
    pub(super) loose: u32,
    /// By key; those without one last.
    pub(super) children: Run,
    pub(super) keyed_children: u32,
    /// By last piece.
    pub(super) ends: Run,
}

/// How a pattern ends behind a star.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    /// The number of its last piece; 0 where the star is the end.
    pub(super) last: u32,
    pub(super) pattern: u32,
}

/// A piece with wildcards or variables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Loose {
    pub(super) piece: Run,
    /// How many nodes it leads to.
    pub(super) uses: u32,
}

/// Patterns being gathered for a set.
#[derive(Default, Debug)]
pub(crate) struct PatternSetBuilder {
    bytes: Vec<u8>,
    patterns: Vec<Range<usize>>,
    variables: Vec<Variable>,
    variable_numbers: Map<Variable, usize>,
}

/// How many bytes a byte of a pattern comes to at worst: a state of the automaton and what belongs to it.
const SET_BYTES: usize = 48;

/// How the text of a template is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Reads {
    /// `*` and `?` are wildcards.
    Wildcards,
    /// Nothing is a wildcard.
    Characters,
}

impl PatternSetBuilder {
    /// Adds a pattern that is encoded, its variables by this builder.
    pub(crate) fn add_encoded(&mut self, pattern: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(pattern);
        self.patterns.push(start..self.bytes.len());
    }

    /// Adds a template behind a text with wildcards. Answers `false` where there are more variables than can be numbered.
    pub(crate) fn add(&mut self, before: &[&str], template: &Template, reads: Reads) -> bool {
        let start = self.bytes.len();
        // Stars in a row become one, but not with the pattern before.
        let mut own = Vec::new();
        for text in before {
            encode(text, &mut own);
        }
        let mut fits = true;
        for part in template.parts() {
            match part {
                Part::Text(text) if reads == Reads::Wildcards => encode(text, &mut own),
                Part::Text(text) => own.extend_from_slice(text.as_bytes()),
                Part::Literal(character) => {
                    own.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                }
                Part::Variable { key, default } => {
                    fits &= self.variable(Variable::new(key, default.as_deref()), &mut own);
                }
            }
        }
        self.bytes.extend_from_slice(&own);
        self.patterns.push(start..self.bytes.len());
        fits
    }

    /// Appends a variable to an encoded pattern that is going to be added. Answers `false` where there are too many.
    pub(crate) fn variable(&mut self, variable: Variable, into: &mut Vec<u8>) -> bool {
        let next = self.variables.len();
        let number = *self.variable_numbers.entry(variable.clone()).or_insert(next);
        if number == next {
            self.variables.push(variable);
        }
        encode_variable(number, into)
    }

    /// About how many bytes the patterns take here, and their set will take.
    pub(crate) const fn set_bytes(&self) -> usize {
        self.bytes.len() * SET_BYTES
    }

    /// The set of the patterns.
    pub(crate) fn build(&self) -> PatternSet {
        let patterns: Vec<Split<'_>> = self
            .patterns
            .iter()
            .map(|range| Split::of(self.bytes.get(range.clone()).unwrap_or_default()))
            .collect();
        Building::new(&patterns).build(&patterns, self.variables.clone().into())
    }
}

impl PatternSet {
    /// Calls `visit` with the number of each pattern that matches the whole of `text`, in no order, until it breaks off.
    pub(crate) fn each(
        &self,
        text: &str,
        context: &Context,
        scratch: &mut Scratch,
        mut visit: impl FnMut(u32) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut sweep = Sweep::new(self, text, context, scratch, &mut visit);
        let flow = sweep.run();
        sweep.clear();
        flow
    }

    /// Whether any pattern matches the whole of `text`.
    pub(crate) fn matches_any(&self, text: &str, context: &Context, scratch: &mut Scratch) -> bool {
        self.each(text, context, scratch, |_| ControlFlow::Break(())).is_break()
    }

    /// How many bytes the set takes, its variables left out.
    #[cfg(test)]
    fn bytes(&self) -> usize {
        size_of::<Self>()
            + self.firsts.bytes()
            + self.lasts.bytes()
            + self.automaton.bytes()
            + size_of_val(&*self.starts)
            + size_of_val(&*self.nodes)
            + size_of_val(&*self.ends)
            + size_of_val(&*self.whole)
            + size_of_val(&*self.led_to)
            + size_of_val(&*self.led)
            + size_of_val(&*self.loose)
            + self.bytes.len()
    }
}

/// A set that is made when it is first asked.
#[derive(Debug)]
pub(crate) struct LatePatternSet {
    patterns: PatternSetBuilder,
    set: OnceLock<Box<PatternSet>>,
}

impl From<PatternSetBuilder> for LatePatternSet {
    fn from(patterns: PatternSetBuilder) -> Self {
        Self { patterns, set: OnceLock::new() }
    }
}

impl LatePatternSet {
    pub(crate) fn set(&self) -> &PatternSet {
        self.set.get_or_init(|| Box::new(self.patterns.build()))
    }

    /// About how many bytes the set takes, or will take.
    pub(crate) const fn bytes(&self) -> usize {
        self.patterns.set_bytes()
    }
}

/// A pattern at its stars.
struct Split<'p> {
    first: &'p [u8],
    between: Vec<&'p [u8]>,
    /// `None` without a star.
    last: Option<&'p [u8]>,
}

impl<'p> Split<'p> {
    fn of(pattern: &'p [u8]) -> Self {
        let mut pieces: Vec<&[u8]> = pattern.split(|byte| *byte == RUN).collect();
        let last = if pieces.len() > 1 { pieces.pop() } else { None };
        let mut pieces = pieces.into_iter();
        let first = pieces.next().unwrap_or_default();
        Self { first, between: pieces.filter(|piece| !piece.is_empty()).collect(), last }
    }
}

/// The longest text in a piece.
fn key(piece: &[u8]) -> &[u8] {
    let texts = Symbols(piece).filter_map(|symbol| match symbol {
        Symbol::Text(text) => Some(text),
        Symbol::One | Symbol::Variable(_) => None,
    });
    texts.max_by_key(|text| text.len()).unwrap_or_default()
}

/// What leads from node to node: a text, or a loose piece with its key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
struct Step {
    key: u32,
    loose: u32,
}

/// A pattern with a star, as numbers.
struct Way {
    first: u32,
    steps: Range<usize>,
    last: u32,
    pattern: u32,
}

/// A set being put together.
struct Building<'p> {
    automaton: Automaton,
    /// The texts of the automaton, with their numbers.
    texts: Map<&'p [u8], u32>,
    loose_places: Map<&'p [u8], u32>,
    loose: Vec<Loose>,
    bytes: Vec<u8>,
}

impl<'p> Building<'p> {
    fn new(patterns: &[Split<'p>]) -> Self {
        let mut texts: Map<&[u8], u32> = Map::default();
        for piece in patterns.iter().flat_map(|pattern| &pattern.between) {
            texts.insert(key(piece), NONE);
        }
        let mut sorted: Vec<&[u8]> = texts.keys().copied().filter(|text| !text.is_empty()).collect();
        sorted.sort_unstable();
        let (automaton, numbers) = Automaton::new(&sorted);
        texts.extend(sorted.iter().copied().zip(numbers));
        Self { automaton, texts, loose_places: Map::default(), loose: Vec::new(), bytes: Vec::new() }
    }

    fn build(mut self, patterns: &[Split<'p>], variables: Box<[Variable]>) -> PatternSet {
        let firsts = Numbered::of(patterns.iter().map(|pattern| pattern.first));
        let lasts = Numbered::of(patterns.iter().filter_map(|pattern| pattern.last).chain([&[][..]]));
        let mut steps = Vec::new();
        let mut ways = Vec::new();
        let mut alone: Vec<(u32, u32)> = Vec::new();
        for (number, pattern) in (0u32..).zip(patterns) {
            let first = firsts.number(pattern.first);
            let Some(last) = pattern.last else {
                alone.push((first, number));
                continue;
            };
            let start = steps.len();
            for piece in &pattern.between {
                let step = self.step(piece);
                steps.push(step);
            }
            ways.push(Way { first, steps: start..steps.len(), last: lasts.number(last), pattern: number });
        }
        let of = |way: &Way| steps.get(way.steps.clone()).unwrap_or_default();
        ways.sort_unstable_by(|one, other| {
            (one.first, of(one), one.last).cmp(&(other.first, of(other), other.last))
        });
        alone.sort_unstable();
        let has_open = ways.iter().any(|way| way.last == 0);
        let grown = grow(&ways, &steps);
        let starts = starts(firsts.sorted.len(), &alone, &grown.roots);
        for node in &grown.nodes {
            self.loose.get_mut(node.loose as usize).into_iter().for_each(|loose| loose.uses += 1);
        }
        let (led_to, led) = led(&grown.nodes, self.automaton.texts().len());
        PatternSet {
            firsts: Anchored::new(Side::Start, firsts.sorted.iter().copied()),
            starts,
            lasts: Anchored::new(Side::End, lasts.sorted.iter().copied()),
            has_open,
            nodes: grown.nodes.into(),
            ends: grown.ends.into(),
            whole: alone.into_iter().map(|(_, pattern)| pattern).collect(),
            automaton: self.automaton,
            led_to,
            led,
            loose: self.loose.into(),
            bytes: self.bytes.into(),
            variables,
        }
    }

    fn step(&mut self, piece: &'p [u8]) -> Step {
        let own = key(piece);
        let key = self.texts.get(own).copied().unwrap_or(NONE);
        if own.len() == piece.len() {
            return Step { key, loose: NONE };
        }
        let loose = match self.loose_places.get(piece) {
            Some(known) => *known,
            None => {
                let number = number(self.loose.len());
                let kept = self.keep(piece);
                self.loose.push(Loose { piece: kept, uses: 0 });
                self.loose_places.insert(piece, number);
                number
            }
        };
        Step { key, loose }
    }

    fn keep(&mut self, bytes: &[u8]) -> Run {
        let run = Run { start: number(self.bytes.len()), count: number(bytes.len()) };
        self.bytes.extend_from_slice(bytes);
        run
    }
}

/// What comes of first pieces. `alone` are those of patterns without a star, each with its pattern; `roots` the nodes of
/// the others.
fn starts(count: usize, alone: &[(u32, u32)], roots: &[(u32, u32)]) -> Box<[Start]> {
    let mut starts = vec![Start { node: NONE, whole: Run::default() }; count];
    for (place, (first, _)) in (0u32..).zip(alone) {
        if let Some(start) = starts.get_mut(*first as usize) {
            start.whole = start.whole.longer(Run { start: place, count: 1 });
        }
    }
    for (first, node) in roots {
        starts.get_mut(*first as usize).into_iter().for_each(|start| start.node = *node);
    }
    starts.into()
}

/// Different texts in order, each with its place as its number.
struct Numbered<'p> {
    sorted: Vec<&'p [u8]>,
    numbers: Map<&'p [u8], u32>,
}

impl<'p> Numbered<'p> {
    fn of(texts: impl Iterator<Item = &'p [u8]>) -> Self {
        let mut numbers: Map<&[u8], u32> = texts.map(|text| (text, NONE)).collect();
        let mut sorted: Vec<&[u8]> = numbers.keys().copied().collect();
        sorted.sort_unstable();
        numbers.extend(sorted.iter().copied().zip(0..));
        Self { sorted, numbers }
    }

    fn number(&self, text: &[u8]) -> u32 {
        self.numbers.get(text).copied().unwrap_or(NONE)
    }
}

#[derive(Default)]
struct Grown {
    nodes: Vec<Node>,
    ends: Vec<End>,
    /// The first pieces that have a node, in order, each with it.
    roots: Vec<(u32, u32)>,
}

/// Makes the nodes of `ways`, which are in order, so that the children of one stand together.
fn grow(ways: &[Way], steps: &[Step]) -> Grown {
    let mut grown = Grown::default();
    let mut tasks = std::collections::VecDeque::new();
    for group in ways.chunk_by(|one, other| one.first == other.first) {
        if let Some(way) = group.first() {
            grown.roots.push((way.first, number(grown.nodes.len())));
        }
        tasks.push_back((grown.nodes.len(), group, 0));
        grown.nodes.push(Node::new(NONE, Step { key: NONE, loose: NONE }));
    }
    while let Some((place, group, depth)) = tasks.pop_front() {
        let step = |way: &Way| steps.get(way.steps.clone()).and_then(|own| own.get(depth)).copied();
        let ending = group.iter().take_while(|way| step(way).is_none()).count();
        let (ending, going) = group.split_at_checked(ending).unwrap_or_default();
        let children = number(grown.nodes.len());
        let mut keyed = 0;
        let ends = Run { start: number(grown.ends.len()), count: number(ending.len()) };
        grown.ends.extend(ending.iter().map(|way| End { last: way.last, pattern: way.pattern }));
        for group in going.chunk_by(|one, other| step(one) == step(other)) {
            let Some(step) = group.first().and_then(step) else { continue };
            tasks.push_back((grown.nodes.len(), group, depth + 1));
            keyed += u32::from(step.key != NONE);
            grown.nodes.push(Node::new(number(place), step));
        }
        let count = number(grown.nodes.len()) - children;
        if let Some(node) = grown.nodes.get_mut(place) {
            node.children = Run { start: children, count };
            node.keyed_children = keyed;
            node.ends = ends;
        }
    }
    grown
}

impl Node {
    const fn new(parent: u32, step: Step) -> Self {
        let none = Run { start: 0, count: 0 };
        Self { parent, key: step.key, loose: step.loose, children: none, keyed_children: 0, ends: none }
    }
}

/// For each text the nodes that it may lead to.
fn led(nodes: &[Node], texts: usize) -> (Box<[Run]>, Box<[u32]>) {
    let mut runs = vec![Run::default(); texts];
    for node in nodes {
        runs.get_mut(node.key as usize).into_iter().for_each(|run| run.count += 1);
    }
    let mut start = 0;
    for run in &mut runs {
        run.start = start;
        start += run.count;
        run.count = 0;
    }
    let mut led = vec![NONE; start as usize];
    for (place, node) in (0u32..).zip(nodes) {
        if let Some(run) = runs.get_mut(node.key as usize) {
            led.get_mut((run.start + run.count) as usize).into_iter().for_each(|led| *led = place);
            run.count += 1;
        }
    }
    (runs.into(), led.into())
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use doorward_policy::Version;
    use proptest::prelude::*;

    fn context() -> Context {
        let mut context = Context::default();
        context.put("v", "ab");
        context.put("w", "");
        context.put("u", "\u{e9}a?");
        context.put_all("many", vec!["a".into(), "b".into()]);
        context
    }

    /// The numbers of the patterns that match, found one by one and step by step.
    fn one_by_one(patterns: &[String], text: &str) -> Vec<u32> {
        let matches = |pattern: &String| {
            let replaced = ["v", "w", "u"].iter().zip(["ab", "", "\u{e9}a\u{1}"]);
            let pattern = replaced.fold(pattern.clone(), |pattern, (name, value)| {
                pattern.replace(&format!("${{{name}}}"), value)
            });
            let pattern: Vec<char> = pattern.replace("${d, 'b'}", "b").chars().collect();
            !pattern.contains(&'$') && matches_slowly(&pattern, &text.chars().collect::<Vec<char>>())
        };
        (0u32..).zip(patterns).filter(|(_, pattern)| matches(pattern)).map(|(number, _)| number).collect()
    }

    fn matches_slowly(pattern: &[char], text: &[char]) -> bool {
        let mut row = vec![false; text.len() + 1];
        row[0] = true;
        for wanted in pattern {
            let mut next = vec![false; text.len() + 1];
            for place in 0..=text.len() {
                next[place] = match wanted {
                    '*' => row[place] || place > 0 && next[place - 1],
                    '?' => place > 0 && row[place - 1],
                    '\u{1}' => place > 0 && row[place - 1] && text[place - 1] == '?',
                    _ => place > 0 && row[place - 1] && text[place - 1] == *wanted,
                };
            }
            row = next;
        }
        row[text.len()]
    }

    fn set(patterns: &[String]) -> PatternSet {
        let mut builder = PatternSetBuilder::default();
        for pattern in patterns {
            let template = Template::parse(pattern, Version::V2012).unwrap();
            assert!(builder.add(&[], &template, Reads::Wildcards));
        }
        builder.build()
    }

    fn check(patterns: &[String], texts: &[String]) {
        let (set, context, mut scratch) = (set(patterns), context(), Scratch::default());
        for text in texts {
            let mut found = Vec::new();
            let flow = set.each(text, &context, &mut scratch, |number| {
                found.push(number);
                ControlFlow::Continue(())
            });
            assert!(flow.is_continue());
            found.sort_unstable();
            assert_eq!(found, one_by_one(patterns, text), "{patterns:?} on `{text}`");
            assert_eq!(
                set.matches_any(text, &context, &mut scratch),
                !found.is_empty(),
                "{patterns:?} on `{text}`"
            );
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn as_one_by_one(
            patterns in prop::collection::vec("[ab*]{0,8}|[ab:/*?]{0,12}|(\\*[ab?]{1,3}){1,6}\\*?|([ab*?é]|\\$\\{(v|w|u|x|many|d, 'b')\\}){0,6}", 1..30),
            texts in prop::collection::vec("[ab]{0,20}|[ab:/?é€]{0,30}|[ab]{60,140}", 1..6),
        ) {
            check(&patterns, &texts);
        }
    }

    #[test]
    fn patterns_that_share_pieces() {
        let patterns =
            ["*a*b*", "*a*b", "*a*c*b", "a*b", "ab", "*", "", "a?", "?*?", "*ab*ab*", "*aab*", "*?b*", "*b?"];
        let texts = ["", "a", "b", "ab", "aab", "abab", "aabb", "acb", "caab", "ba"];
        check(&patterns.map(Into::into), &texts.map(Into::into));
    }

    /// Of pieces that go on alike, several groups have trees of their own.
    #[test]
    fn pieces_that_go_on_alike() {
        let ways = ["a?", "b?", "?", "${v}", "a${v}b?"];
        let of = |shape: fn(&str, usize) -> String| {
            ways.iter().flat_map(move |way| (0..7).map(move |number| shape(way, number)))
        };
        let starts = of(|way, number| format!("{way}{number}*"));
        let ends = of(|way, number| format!("*{number}{way}"));
        let patterns: Vec<String> = starts.chain(ends).collect();
        let texts = [
            "a_3", "b_5-", "b_9", "_0", "ab6", "aabb_2", "-4a_", "5b_", "1_", "2ab", "3aabb_", "a\u{e9}1",
            "9a_",
        ];
        check(&patterns, &texts.map(Into::into));
    }

    /// A piece is looked for behind the one before it, in characters as in bytes.
    #[test]
    fn pieces_behind_others() {
        let patterns = [
            "*\u{e9}*a?c*",
            "*\u{e9}*a?c*b",
            "*b*a?c*",
            "*b*a?c*b",
            "*b?*c?a*",
            "*\u{e9}?*c?a*",
            "*${v}?a*",
            "*c*${v}?a*",
        ];
        let texts = [
            "ab-a",
            "abab",
            "cabba",
            "abbac",
            "a-c\u{e9}b",
            "\u{e9}a-cb",
            "a-cb",
            "ba-cb",
            "b-c-a",
            "c-ab-",
            "\u{e9}-c-a",
            "c-a\u{e9}-",
        ];
        check(&patterns.map(Into::into), &texts.map(Into::into));
    }

    #[test]
    fn texts_without_wildcards() {
        let mut builder = PatternSetBuilder::default();
        for pattern in ["a*", "?", "a*${v}"] {
            let template = Template::parse(pattern, Version::V2012).unwrap();
            assert!(builder.add(&[], &template, Reads::Characters));
        }
        let set = builder.build();
        for (text, matches) in [("a*", true), ("a-", false), ("?", true), ("a*ab", true), ("a-ab", false)] {
            assert_eq!(set.matches_any(text, &context(), &mut Scratch::default()), matches, "{text}");
        }
    }

    #[test]
    fn more_variables_than_can_be_numbered_do_not_fit() {
        let mut builder = PatternSetBuilder::default();
        let mut add = |pattern: &str| {
            builder.add(&[], &Template::parse(pattern, Version::V2012).unwrap(), Reads::Wildcards)
        };
        for number in 0..1 << 14 {
            assert!(add(&format!("${{t{number}}}")), "{number}");
        }
        assert!(add("${t0}-${t16383}"));
        assert!(!add("${more}"));
        assert!(!add("${more}-${t0}"));
    }

    #[test]
    fn sets_take_no_more_than_is_said() {
        for pattern in ["*a{}*b{}*", "*{}", "{}*", "a{}b{}c{}", "*a?{}*b", "*abcabcabcabcabcabcabcabc{}"] {
            let patterns: Vec<String> =
                (0..1_000).map(|place| pattern.replace("{}", &place.to_string())).collect();
            let mut builder = PatternSetBuilder::default();
            patterns
                .iter()
                .for_each(|pattern| assert!(builder.add(&[], &Template::plain(pattern), Reads::Wildcards)));
            let (said, taken) = (builder.set_bytes(), builder.build().bytes());
            assert!(taken <= said, "{pattern}: {taken} bytes, not {said}");
        }
    }

    #[test]
    fn chains() {
        let chain =
            |text: &str| (1..40).map(|length| format!("*{}*b*", text.repeat(length))).collect::<Vec<_>>();
        let texts = ["a".repeat(100), format!("{}b{}", "a".repeat(20), "ab".repeat(30)), "ab".repeat(70)];
        for text in ["a", "ab", "a*", "a?", "?a*?"] {
            check(&chain(text), &texts);
        }
    }

    /// What waits for a short text is found among many longer ones that end where it does.
    #[test]
    fn long_chains() {
        let patterns: Vec<String> = (1..140).map(|length| format!("*{}*a*b*", "a".repeat(length))).collect();
        let texts = [64, 65, 100, 128, 129, 139, 200].map(|length| "a".repeat(length) + "b");
        check(&[patterns, vec!["*!*b*".into(), "*b*!*".into()]].concat(), &texts);
    }
}
