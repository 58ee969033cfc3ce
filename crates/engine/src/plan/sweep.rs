//! One text on its way through a set of patterns.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::ControlFlow;

use doorward_policy::request::Context;

use super::anchored::Then;
use super::automaton::{NONE, ROOT};
use super::occurrences::{Occurrences, Rare, WantedAt, first_bit};
use super::set::{Loose, Node, PatternSet};
use super::text::{ONE, Symbol, Symbols, VARIABLE};
use crate::bytes::begins;

/// The memory that matching takes. It may be used again with the same set, which saves making it anew.
#[derive(Default, Debug)]
pub(crate) struct Scratch {
    /// For each node, where the text that led to it ended; [`NONE`] where nothing has.
    reached: Vec<u32>,
    /// The nodes that have been reached, in that order.
    order: Vec<u32>,
    /// For each text of the automaton, the children of reached nodes that wait for it, those whose parent was reached
    /// first before others; each node links to the next.
    waiting: Vec<Queue>,
    next: Vec<u32>,
    /// For each text a bit: whether it matters when it is met, because it is met for the first time or something waits.
    live: Vec<u64>,
    /// The texts that have been met.
    met: Vec<u32>,
    is_met: Vec<u64>,
    /// The nodes to be reached, by where.
    due: BinaryHeap<Reverse<(u32, u32)>>,
    /// The last pieces that stand at the end, in order, each with where it starts.
    tails: Vec<(u32, u32)>,
    backwards: Vec<u8>,
    /// The trees of first or last pieces to be walked, each with where in the text.
    trees: Vec<(u32, usize)>,
    /// For each loose piece where [`Scratch::places`] has all its places, or whether that is known.
    found: Vec<u32>,
    found_list: Vec<u32>,
    places: Vec<u64>,
    occurrences: Occurrences,
    has_occurrences: bool,
    wanted: Vec<WantedAt>,
    batch: Vec<(u32, u32)>,
}

#[derive(Clone, Copy, Debug)]
struct Queue {
    first: u32,
    last: u32,
}

impl Queue {
    const EMPTY: Self = Self { first: NONE, last: NONE };
}

/// In [`Scratch::found`]: not looked for yet; otherwise the piece is nowhere, or its places are kept somewhere.
const UNKNOWN: u32 = 0;
const NOWHERE: u32 = 1;
const KEPT: u32 = 2;

/// A text being matched.
pub(super) struct Sweep<'a, 'v, V> {
    set: &'a PatternSet,
    text: &'a str,
    context: &'a Context,
    scratch: &'a mut Scratch,
    visit: &'v mut V,
    /// The values of variables, as far as they have been asked for.
    values: Vec<Option<Option<&'a str>>>,
    /// How many children of reached nodes have not been reached yet, but may be when their key is met.
    hopes: usize,
}

type Flow = ControlFlow<()>;

impl<'a, 'v, V: FnMut(u32) -> Flow> Sweep<'a, 'v, V> {
    pub(super) fn new(
        set: &'a PatternSet,
        text: &'a str,
        context: &'a Context,
        scratch: &'a mut Scratch,
        visit: &'v mut V,
    ) -> Self {
        let values = vec![None; set.variables.len()];
        Self { set, text, context, scratch, visit, values, hopes: 0 }
    }

    pub(super) fn run(&mut self) -> Flow {
        self.find_starts()?;
        if self.scratch.due.is_empty() {
            return ControlFlow::Continue(());
        }
        self.find_tails();
        if !self.set.has_open && self.scratch.tails.is_empty() {
            return ControlFlow::Continue(());
        }
        self.make_room();
        self.sweep()
    }

    fn make_room(&mut self) {
        let (set, scratch) = (self.set, &mut *self.scratch);
        let (nodes, texts) = (set.nodes.len(), set.automaton.texts().len());
        if scratch.reached.len() < nodes {
            scratch.reached = vec![NONE; nodes];
            scratch.next = vec![NONE; nodes];
            scratch.waiting = vec![Queue::EMPTY; texts];
            scratch.live = vec![u64::MAX; texts.div_ceil(64)];
            scratch.is_met = vec![0; texts.div_ceil(64)];
            scratch.found = vec![UNKNOWN; set.loose.len()];
        }
    }

    /// Leaves the scratch as it was.
    pub(super) fn clear(self) {
        let scratch = self.scratch;
        for node in scratch.order.drain(..) {
            scratch.reached.get_mut(node as usize).into_iter().for_each(|reached| *reached = NONE);
        }
        for text in scratch.met.drain(..) {
            scratch.waiting.get_mut(text as usize).into_iter().for_each(|queue| *queue = Queue::EMPTY);
            set_bit(&mut scratch.live, text, true);
            set_bit(&mut scratch.is_met, text, false);
        }
        scratch.tails.clear();
        for loose in scratch.found_list.drain(..) {
            scratch.found.get_mut(loose as usize).into_iter().for_each(|found| *found = UNKNOWN);
        }
        scratch.due.clear();
        scratch.places.clear();
        scratch.has_occurrences = false;
    }

    /// Visits the patterns without a star that match, and finds where the others begin.
    fn find_starts(&mut self) -> Flow {
        let (set, text) = (self.set, self.text.as_bytes());
        let mut trees = std::mem::take(&mut self.scratch.trees);
        trees.push((0, 0));
        let mut flow = ControlFlow::Continue(());
        while let Some((tree, from)) = trees.pop().filter(|_| flow.is_continue()) {
            set.firsts.walk(tree, text.get(from..).unwrap_or_default(), |rest, then, left| {
                let Some(end) = self.after(rest, text.len() - left).filter(|_| flow.is_continue()) else {
                    return;
                };
                match then {
                    Then::Tree(tree) => trees.push((tree, end)),
                    Then::Piece(piece) => flow = self.start(piece, end),
                }
            });
        }
        trees.clear();
        self.scratch.trees = trees;
        flow
    }

    /// Takes down that a first piece ends here.
    fn start(&mut self, piece: u32, end: usize) -> Flow {
        let set = self.set;
        let Some(start) = set.starts.get(piece as usize) else { return ControlFlow::Continue(()) };
        if start.node != NONE {
            self.scratch.due.push(Reverse((number(end), start.node)));
        }
        if end < self.text.len() {
            return ControlFlow::Continue(());
        }
        start.whole.of(&set.whole).iter().try_for_each(|pattern| (self.visit)(*pattern))
    }

    /// Finds which last pieces stand at the end.
    fn find_tails(&mut self) {
        let (set, text) = (self.set, self.text.as_bytes());
        let mut backwards = std::mem::take(&mut self.scratch.backwards);
        backwards.clear();
        backwards.extend(text.iter().rev());
        let mut trees = std::mem::take(&mut self.scratch.trees);
        trees.push((0, text.len()));
        while let Some((tree, end)) = trees.pop() {
            set.lasts.walk(
                tree,
                backwards.get(text.len() - end..).unwrap_or_default(),
                |rest, then, left| {
                    let Some(start) = self.before(rest, left) else { return };
                    match then {
                        Then::Tree(tree) => trees.push((tree, start)),
                        // The number of the empty one, which stands everywhere, stands for a star at the end.
                        Then::Piece(0) => {}
                        Then::Piece(piece) => self.scratch.tails.push((piece, number(start))),
                    }
                },
            );
        }
        self.scratch.trees = trees;
        self.scratch.backwards = backwards;
        self.scratch.tails.sort_unstable();
    }

    /// Where a piece ends that starts at `from`, if it does.
    fn after(&mut self, piece: &[u8], from: usize) -> Option<usize> {
        let text = self.text.as_bytes();
        let mut at = from;
        for symbol in Symbols(piece) {
            let rest = text.get(at..)?;
            at += match symbol {
                Symbol::Text(wanted) => begins(rest, wanted).then_some(wanted.len())?,
                Symbol::One => character_length(*rest.first()?),
                Symbol::Variable(place) => {
                    let value = self.value(place)?.as_bytes();
                    rest.starts_with(value).then_some(value.len())?
                }
            };
        }
        Some(at)
    }

    /// Where a piece starts that ends at `end`, if it does.
    fn before(&mut self, piece: &[u8], end: usize) -> Option<usize> {
        let mut rest = self.text.as_bytes().get(..end)?;
        for symbol in Symbols(piece).rev() {
            rest = match symbol {
                Symbol::Text(wanted) => rest.strip_suffix(wanted)?,
                Symbol::One => {
                    let start = rest.iter().rposition(|byte| byte & 0xc0 != 0x80)?;
                    rest.get(..start)?
                }
                Symbol::Variable(place) => rest.strip_suffix(self.value(place)?.as_bytes())?,
            };
        }
        Some(rest.len())
    }

    fn value(&mut self, place: usize) -> Option<&'a str> {
        let (set, context) = (self.set, self.context);
        let variable = set.variables.get(place)?;
        *self.values.get_mut(place)?.get_or_insert_with(|| variable.resolve(context))
    }

    /// Goes through the text.
    fn sweep(&mut self) -> Flow {
        let (set, text) = (self.set, self.text.as_bytes());
        let (mut at, mut state) = (0, ROOT);
        loop {
            while let Some(Reverse((place, node))) = self.scratch.due.peek().copied() {
                if place as usize > at {
                    if self.hopes > 0 {
                        break;
                    }
                    // Nothing can be met on the way there.
                    (at, state) = (place as usize, ROOT);
                }
                self.scratch.due.pop();
                self.reach(node, number(at))?;
            }
            let Some(byte) = text.get(at).filter(|_| self.hopes > 0) else {
                return ControlFlow::Continue(());
            };
            let ending;
            (state, ending) = set.automaton.step(state, *byte);
            at += 1;
            if ending != NONE {
                self.meet_all(ending, number(at))?;
            }
        }
    }

    /// Meets the texts that end at `at` and matter, of which `text` is the longest.
    fn meet_all(&mut self, mut text: u32, at: u32) -> Flow {
        let set = self.set;
        while let Some(ending) = set.automaton.texts().get(text as usize) {
            text = match last_bit(&self.scratch.live, ending.last_of_run, text) {
                Some(live) => {
                    self.meet(live, at, at - ending_length(set, live))?;
                    if live > ending.last_of_run { live - 1 } else { ending.after_run }
                }
                None => ending.after_run,
            };
        }
        ControlFlow::Continue(())
    }

    /// Meets one text, which stands from `start` to `at`.
    fn meet(&mut self, text: u32, at: u32, start: u32) -> Flow {
        if !bit(&self.scratch.is_met, text) {
            return self.meet_first(text, at, start);
        }
        while let Some(queue) = self.scratch.waiting.get_mut(text as usize) {
            let node = queue.first;
            if node == NONE {
                set_bit(&mut self.scratch.live, text, false);
                break;
            }
            if self.parent_end(node) > start {
                break;
            }
            let next = self.scratch.next.get(node as usize).copied().unwrap_or(NONE);
            if let Some(queue) = self.scratch.waiting.get_mut(text as usize) {
                queue.first = next;
            }
            self.hopes -= 1;
            self.reach(node, at)?;
        }
        ControlFlow::Continue(())
    }

    /// Meets a text for the first time: only now it is looked up who waits for it.
    fn meet_first(&mut self, text: u32, at: u32, start: u32) -> Flow {
        let set = self.set;
        self.scratch.met.push(text);
        set_bit(&mut self.scratch.is_met, text, true);
        set_bit(&mut self.scratch.live, text, false);
        let mut batch = std::mem::take(&mut self.scratch.batch);
        batch.clear();
        let led = set.led_to.get(text as usize).map_or(&[][..], |led| led.of(&set.led));
        if led.len() <= self.scratch.order.len() {
            batch.extend(
                led.iter().map(|node| (self.parent_end(*node), *node)).filter(|(end, _)| *end != NONE),
            );
        } else {
            for parent in &self.scratch.order {
                let end = self.scratch.reached.get(*parent as usize).copied().unwrap_or(NONE);
                batch.extend(children_by(set, *parent, text).map(|node| (end, node)));
            }
        }
        // What waits is in the order of its parents, so what has to wait is put in line before anything else is reached.
        batch.sort_unstable();
        for (end, node) in &batch {
            if *end > start || is_loose(set, *node) {
                self.wait(*node, text, *end);
            }
        }
        let mut flow = ControlFlow::Continue(());
        for (_, node) in batch.iter().filter(|(end, node)| *end <= start && !is_loose(set, *node)) {
            self.hopes -= 1;
            flow = self.reach(*node, at);
            if flow.is_break() {
                break;
            }
        }
        self.scratch.batch = batch;
        flow
    }

    /// Lets a node wait for a text that has been met already, or looks for its loose piece, behind the end of its parent.
    fn wait(&mut self, node: u32, text: u32, end: u32) {
        let loose = self.set.nodes.get(node as usize).map_or(NONE, |node| node.loose);
        if loose != NONE {
            self.hopes -= 1;
            self.seek(node, loose, end);
            return;
        }
        self.scratch.next.get_mut(node as usize).into_iter().for_each(|next| *next = NONE);
        let Some(queue) = self.scratch.waiting.get_mut(text as usize) else { return };
        if queue.first == NONE {
            *queue = Queue { first: node, last: node };
        } else {
            self.scratch.next.get_mut(queue.last as usize).into_iter().for_each(|next| *next = node);
            queue.last = node;
        }
        set_bit(&mut self.scratch.live, text, true);
    }

    /// Where the text that led to the node's parent ended.
    fn parent_end(&self, node: u32) -> u32 {
        let parent = self.set.nodes.get(node as usize).map_or(NONE, |node| node.parent);
        self.scratch.reached.get(parent as usize).copied().unwrap_or(NONE)
    }

    /// Takes down that the text up to `at` leads to a node.
    fn reach(&mut self, place: u32, at: u32) -> Flow {
        let set = self.set;
        let Some(node) = set.nodes.get(place as usize) else { return ControlFlow::Continue(()) };
        self.scratch.reached.get_mut(place as usize).into_iter().for_each(|reached| *reached = at);
        self.scratch.order.push(place);
        self.end(node, at)?;
        let first = node.children.start;
        let keyed = first..first + node.keyed_children;
        for child in keyed.end..first + node.children.count {
            let loose = set.nodes.get(child as usize).map_or(NONE, |node| node.loose);
            self.seek(child, loose, at);
        }
        self.hopes += keyed.len();
        if keyed.len() <= self.scratch.met.len() {
            for child in keyed {
                let key = set.nodes.get(child as usize).map_or(NONE, |node| node.key);
                if bit(&self.scratch.is_met, key) {
                    self.wait(child, key, at);
                }
            }
        } else {
            for index in 0..self.scratch.met.len() {
                let text = self.scratch.met.get(index).copied().unwrap_or(NONE);
                children_by(set, place, text).for_each(|child| self.wait(child, text, at));
            }
        }
        ControlFlow::Continue(())
    }

    /// Visits the patterns that end behind a node, if their last piece stands behind `at`.
    fn end(&mut self, node: &Node, at: u32) -> Flow {
        let ends = node.ends.of(&self.set.ends);
        if ends.len() <= self.scratch.tails.len() + 1 {
            for end in ends {
                if end.last == 0 || self.tail_start(end.last).is_some_and(|start| start >= at) {
                    (self.visit)(end.pattern)?;
                }
            }
            return ControlFlow::Continue(());
        }
        for end in ends.iter().take_while(|end| end.last == 0) {
            (self.visit)(end.pattern)?;
        }
        for (last, _) in self.scratch.tails.iter().filter(|(_, start)| *start >= at) {
            let first = ends.partition_point(|end| end.last < *last);
            for end in ends.iter().skip(first).take_while(|end| end.last == *last) {
                (self.visit)(end.pattern)?;
            }
        }
        ControlFlow::Continue(())
    }

    /// Where a last piece starts, if it stands at the end.
    fn tail_start(&self, last: u32) -> Option<u32> {
        let tails = &self.scratch.tails;
        let place = tails.binary_search_by_key(&last, |(number, _)| *number).ok()?;
        tails.get(place).map(|(_, start)| *start)
    }

    /// Notes where a loose piece leads to a node, at the earliest behind `from`, if it does.
    fn seek(&mut self, node: u32, loose: u32, from: u32) {
        if let Some(end) =
            self.set.loose.get(loose as usize).and_then(|piece| self.find(loose, piece, from as usize))
        {
            self.scratch.due.push(Reverse((number(end), node)));
        }
    }

    /// Where the first occurrence of a loose piece ends that starts at `from` or later.
    fn find(&mut self, loose: u32, piece: &Loose, from: usize) -> Option<usize> {
        if !self.scratch.has_occurrences {
            self.scratch.occurrences.fill(self.text);
            self.scratch.has_occurrences = true;
        }
        let bytes = self.text.len();
        let known = self.scratch.found.get(loose as usize).copied().unwrap_or(NOWHERE);
        if known == NOWHERE {
            return None;
        }
        if piece.uses < 2 {
            return self.find_once(piece, from);
        }
        let words = self.scratch.occurrences.words();
        let Some(length) = self.want(piece) else {
            self.keep(loose, NOWHERE);
            return None;
        };
        let scratch = &mut *self.scratch;
        let start = match known {
            UNKNOWN => {
                let start = scratch.places.len();
                let found = scratch.occurrences.find_all(&scratch.wanted, length, &mut scratch.places);
                self.keep(loose, if found.is_some() { KEPT + number(start / words) } else { NOWHERE });
                found?;
                start
            }
            kept => (kept - KEPT) as usize * words,
        };
        let scratch = &*self.scratch;
        let from = scratch.occurrences.place_of(from);
        let place = first_bit(scratch.places.get(start..start + words)?, from)?;
        Some(scratch.occurrences.byte_of(place + length, bytes))
    }

    /// The same of a piece that leads to one node only, so that it is looked for once.
    fn find_once(&mut self, piece: &Loose, from: usize) -> Option<usize> {
        let (set, text) = (self.set, self.text.as_bytes());
        let bytes = piece.piece.of(&set.bytes);
        if self.scratch.occurrences.is_of_bytes() && !bytes.contains(&VARIABLE) {
            match self.scratch.occurrences.find_bytes(bytes, ONE, text, from) {
                Rare::Found(place) => return place.map(|place| place + bytes.len()),
                Rare::Not => {}
            }
        }
        let length = self.want(piece)?;
        let mut occurrences = std::mem::take(&mut self.scratch.occurrences);
        let wanted = std::mem::take(&mut self.scratch.wanted);
        let from = occurrences.place_of(from);
        let place = occurrences.find(&wanted, length, from, |start| self.after(bytes, start).is_some());
        let end = place.map(|place| occurrences.byte_of(place + length, text.len()));
        self.scratch.wanted = wanted;
        self.scratch.occurrences = occurrences;
        end
    }

    fn keep(&mut self, loose: u32, known: u32) {
        self.scratch.found.get_mut(loose as usize).into_iter().for_each(|found| *found = known);
        self.scratch.found_list.push(loose);
    }

    /// Works out which characters a loose piece wants, and how many it has; `None` where the text does not have them, or a
    /// variable cannot be resolved.
    fn want(&mut self, piece: &Loose) -> Option<usize> {
        let bytes = piece.piece.of(&self.set.bytes);
        let mut wanted = std::mem::take(&mut self.scratch.wanted);
        wanted.clear();
        let length = if self.scratch.occurrences.is_of_bytes() {
            self.want_bytes(bytes, &mut wanted)
        } else {
            self.want_characters(bytes, &mut wanted)
        };
        self.scratch.wanted = wanted;
        length
    }

    /// The same of a text that is ASCII: bytes beyond it are nowhere there.
    fn want_bytes(&mut self, piece: &[u8], wanted: &mut Vec<WantedAt>) -> Option<usize> {
        if !piece.contains(&VARIABLE) {
            for (offset, byte) in (0..).zip(piece).filter(|(_, byte)| **byte != ONE) {
                wanted.push((offset, self.scratch.occurrences.class_of_byte(*byte)?));
            }
            return Some(piece.len());
        }
        let mut length = 0;
        for symbol in Symbols(piece) {
            let text = match symbol {
                Symbol::One => {
                    length += 1;
                    continue;
                }
                Symbol::Text(text) => text,
                Symbol::Variable(place) => self.value(place)?.as_bytes(),
            };
            for byte in text {
                wanted.push((length, self.scratch.occurrences.class_of_byte(*byte)?));
                length += 1;
            }
        }
        Some(length as usize)
    }

    fn want_characters(&mut self, piece: &[u8], wanted: &mut Vec<WantedAt>) -> Option<usize> {
        let mut length = 0;
        for symbol in Symbols(piece) {
            let text = match symbol {
                Symbol::One => {
                    length += 1;
                    continue;
                }
                Symbol::Text(text) => std::str::from_utf8(text).ok()?,
                Symbol::Variable(place) => self.value(place)?,
            };
            for character in text.chars() {
                wanted.push((length, self.scratch.occurrences.class(character)?));
                length += 1;
            }
        }
        Some(length as usize)
    }
}

/// The children of a node to which a text may lead.
fn children_by(set: &PatternSet, node: u32, text: u32) -> impl Iterator<Item = u32> {
    let node = set.nodes.get(node as usize);
    let first = node.map_or(0, |node| node.children.start);
    let keyed = node.map_or(0, |node| node.keyed_children);
    let children = set.nodes.get(first as usize..(first + keyed) as usize).unwrap_or_default();
    let start = children.partition_point(|child| child.key < text);
    let alike = children.iter().skip(start).take_while(move |child| child.key == text);
    (first + number(start)..).zip(alike).map(|(place, _)| place)
}

fn is_loose(set: &PatternSet, node: u32) -> bool {
    set.nodes.get(node as usize).is_some_and(|node| node.loose != NONE)
}

fn ending_length(set: &PatternSet, text: u32) -> u32 {
    set.automaton.texts().get(text as usize).map_or(0, |text| text.length)
}

/// How many bytes a character has, given its first.
const fn character_length(first: u8) -> usize {
    match first {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0.. => 4,
    }
}

fn bit(bits: &[u64], place: u32) -> bool {
    bits.get(place as usize / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
}

fn set_bit(bits: &mut [u64], place: u32, is_set: bool) {
    if let Some(word) = bits.get_mut(place as usize / 64) {
        *word = *word & !(1 << (place % 64)) | u64::from(is_set) << (place % 64);
    }
}

/// The last bit that is set from `low` to `high`, both included.
fn last_bit(bits: &[u64], low: u32, high: u32) -> Option<u32> {
    let mut index = high / 64;
    let mut mask = u64::MAX >> (63 - high % 64);
    loop {
        let word = bits.get(index as usize)? & mask;
        if word != 0 {
            let place = index * 64 + 63 - word.leading_zeros();
            return (place >= low).then_some(place);
        }
        if index <= low / 64 {
            return None;
        }
        index -= 1;
        mask = u64::MAX;
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}
