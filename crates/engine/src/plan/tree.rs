//! A tree over the literal beginnings of patterns: one walk along a text finds every pattern that begins like it.

use std::collections::VecDeque;

use crate::bytes::begins;

/// Texts, each with something filed under it. A node is 40 bytes and what is filed there, a byte of text one byte.
#[derive(Debug, Default)]
pub(crate) struct Tree<T> {
    nodes: Box<[Node]>,
    /// The byte that leads to each node, so that a node's children are told apart without touching them.
    firsts: Box<[u8]>,
    filed: Box<[T]>,
    labels: Box<[u8]>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// The first bytes of the label, and the last, where it has so many.
    begins: [u8; WORD],
    ends: [u8; WORD],
    /// The bytes that lead to the children, where they are no more than this; the last of them also in the places left over.
    firsts: [u8; WORD],
    /// What follows the byte that leads here.
    label: u32,
    label_length: u32,
    /// The children stand one after another from here.
    children: u32,
    child_count: u16,
    is_filed: bool,
}

/// How many bytes are compared at once.
const WORD: usize = 8;

/// A word of ones.
const ONES: u64 = u64::from_le_bytes([1; WORD]);

impl<T: Copy + Default> Tree<T> {
    /// A tree of `sorted` texts, no two alike, each with what is filed under it.
    pub(crate) fn new(sorted: &[(&[u8], T)]) -> Self {
        let mut growing =
            Growing { nodes: Vec::new(), firsts: Vec::new(), filed: Vec::new(), labels: Vec::new() };
        growing.grow(sorted);
        Self {
            nodes: growing.nodes.into(),
            firsts: growing.firsts.into(),
            filed: growing.filed.into(),
            labels: growing.labels.into(),
        }
    }

    /// Calls `visit` for everything filed under a beginning of `text`, with what follows it: shorter beginnings first.
    #[inline]
    pub(crate) fn walk<'t>(&self, text: &'t [u8], mut visit: impl FnMut(&T, &'t [u8])) {
        let mut rest = text;
        let mut place = 0;
        while let Some(node) = self.nodes.get(place) {
            let Some(after) = self.after_label(node, rest) else { return };
            rest = after;
            if node.is_filed
                && let Some(filed) = self.filed.get(place)
            {
                visit(filed, rest);
            }
            let Some((byte, after)) = rest.split_first() else { return };
            let Some(index) = self.child(node, *byte) else { return };
            place = node.children as usize + index;
            rest = after;
        }
    }

    /// What follows the node's label in a text that begins with it.
    #[inline]
    fn after_label<'t>(&self, node: &Node, text: &'t [u8]) -> Option<&'t [u8]> {
        let length = node.label_length as usize;
        if length < WORD
            && let Some(word) = text.first_chunk()
        {
            let differing = u64::from_le_bytes(*word) ^ u64::from_le_bytes(node.begins);
            let counting = (1 << (8 * length)) - 1;
            return if differing & counting == 0 { text.get(length..) } else { None };
        }
        let (own, after) = text.split_at_checked(length)?;
        if let (Some(first), Some(last)) = (own.first_chunk(), own.last_chunk())
            && length <= 2 * WORD
        {
            return (*first == node.begins && *last == node.ends).then_some(after);
        }
        let label = self.labels.get(node.label as usize..)?.get(..length)?;
        begins(own, label).then_some(after)
    }

    /// Which of the node's children the byte leads to.
    #[inline]
    fn child(&self, node: &Node, byte: u8) -> Option<usize> {
        if usize::from(node.child_count) > WORD {
            let children = node.children as usize;
            return memchr::memchr(byte, self.firsts.get(children..)?.get(..usize::from(node.child_count))?);
        }
        // The lowest byte that is zero is the first that is the same.
        let differing = u64::from_le_bytes(node.firsts) ^ (ONES * u64::from(byte));
        let same = differing.wrapping_sub(ONES) & !differing & ONES << 7;
        (same != 0 && node.child_count != 0).then(|| same.trailing_zeros() as usize / 8)
    }

    /// The bytes that the tree takes.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.nodes) + size_of_val(&*self.filed) + self.firsts.len() + self.labels.len()
    }
}

struct Growing<T> {
    nodes: Vec<Node>,
    firsts: Vec<u8>,
    filed: Vec<T>,
    labels: Vec<u8>,
}

/// Texts that share their first bytes, and the node to be made of them.
struct Task<'s, T> {
    node: usize,
    sorted: &'s [(&'s [u8], T)],
    /// How many bytes the nodes above, and the byte that leads here, have used.
    depth: usize,
}

impl<T: Copy + Default> Growing<T> {
    /// Makes the nodes level by level, so that the children of one stand together.
    fn grow(&mut self, sorted: &[(&[u8], T)]) {
        if sorted.is_empty() {
            return;
        }
        self.add(0);
        let mut tasks = VecDeque::from([Task { node: 0, sorted, depth: 0 }]);
        while let Some(task) = tasks.pop_front() {
            self.grow_one(task, &mut tasks);
        }
    }

    fn add(&mut self, first: u8) {
        self.nodes.push(Node::default());
        self.firsts.push(first);
        self.filed.push(T::default());
    }

    fn grow_one<'s>(&mut self, task: Task<'s, T>, tasks: &mut VecDeque<Task<'s, T>>) {
        let Task { node: place, mut sorted, depth } = task;
        let (Some((first, filed)), Some((last, _))) = (sorted.first(), sorted.last()) else { return };
        // In sorted order, what the first and the last share all of them share.
        let shared = first.iter().zip(*last).take_while(|(one, other)| one == other).count();
        let label = first.get(depth..shared).unwrap_or_default();
        let mut node = Node {
            label: narrow(self.labels.len()),
            label_length: narrow(label.len()),
            children: narrow(self.nodes.len()),
            ..Node::default()
        };
        self.labels.extend_from_slice(label);
        for (kept, byte) in node.begins.iter_mut().zip(label) {
            *kept = *byte;
        }
        if let Some(last) = label.last_chunk() {
            node.ends = *last;
        }
        if first.len() == shared {
            node.is_filed = true;
            if let Some(own) = self.filed.get_mut(place) {
                *own = *filed;
            }
            sorted = sorted.get(1..).unwrap_or_default();
        }
        for group in sorted.chunk_by(|(one, _), (other, _)| one.get(shared) == other.get(shared)) {
            let byte = group.first().and_then(|(text, _)| text.get(shared)).copied().unwrap_or_default();
            // In the places behind it as well: nothing is found there, for it stands here.
            for first in node.firsts.iter_mut().skip(usize::from(node.child_count)) {
                *first = byte;
            }
            node.child_count += 1;
            tasks.push_back(Task { node: self.nodes.len(), sorted: group, depth: shared + 1 });
            self.add(byte);
        }
        if let Some(own) = self.nodes.get_mut(place) {
            *own = node;
        }
    }
}

/// A length as 32 bits. Plans hold the patterns of policies, which are far smaller than four gigabytes; of one that is
/// not, the rest is not found by any walk.
fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn check(texts: &[&str], along: &str, expected: &[&str]) {
        let places: BTreeMap<&[u8], usize> = texts.iter().map(|text| (text.as_bytes(), text.len())).collect();
        let sorted: Vec<(&[u8], usize)> = places.into_iter().collect();
        let tree = Tree::new(&sorted);
        let mut found = Vec::new();
        tree.walk(along.as_bytes(), |length, rest| {
            let (text, after) = along.split_at(*length);
            assert_eq!(after.as_bytes(), rest);
            found.push(text);
        });
        assert_eq!(found, expected, "{along}");
    }

    #[test]
    fn finds_every_beginning() {
        let texts = ["", "a", "ab", "abc", "abd", "b", "ba/x", "ba/y", "arn:aws:s3:::b", "arn:aws:s3:::b/x"];
        check(&texts, "", &[""]);
        check(&texts, "abcd", &["", "a", "ab", "abc"]);
        check(&texts, "ba/z", &["", "b"]);
        check(&texts, "ba/y", &["", "b", "ba/y"]);
        check(&texts, "arn:aws:s3:::b/xy", &["", "a", "arn:aws:s3:::b", "arn:aws:s3:::b/x"]);
        check(&texts, "c", &[""]);
        check(&["xyz"], "xy", &[]);
        check(&["xyz"], "xyz", &["xyz"]);
        check(&[], "x", &[]);
    }

    #[test]
    fn many_children() {
        let texts: Vec<String> = (0..2_000).map(|number| format!("p{number}")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        check(&texts, "p1234", &["p1", "p12", "p123", "p1234"]);
        check(&texts, "p2", &["p2"]);
        check(&texts, "p2999", &["p2", "p29", "p299"]);
    }
}
