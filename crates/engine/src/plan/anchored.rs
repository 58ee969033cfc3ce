//! Pieces that stand at the start of a text, or at its end: which of many do.

use std::collections::VecDeque;

use super::Run;
use super::text::{ONE, Symbol, Symbols, VARIABLE, literal};
use super::tree::Tree;

/// Numbered pieces. Their texts stand in trees; of pieces that go on alike with a `?` or a variable, what follows that
/// stands in a tree of its own.
#[derive(Debug)]
pub(super) struct Anchored {
    /// The first is where to begin.
    trees: Box<[Tree<Run>]>,
    branches: Box<[Branch]>,
    bytes: Box<[u8]>,
}

/// How a piece, or several, go on behind a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Branch {
    /// What must follow.
    rest: Run,
    then: Then,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Then {
    /// That is all of the piece with this number.
    Piece(u32),
    /// Several pieces go on in this tree.
    Tree(u32),
}

/// On which side of a text pieces are anchored, and from which they are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Start,
    End,
}

/// From how many pieces on they get a tree of their own.
const TREE_FROM: usize = 5;

impl Anchored {
    /// Pieces without `*`, numbered in order.
    pub(super) fn new<'p>(side: Side, pieces: impl Iterator<Item = &'p [u8]>) -> Self {
        let mut growing = Growing { side, trees: Vec::new(), branches: Vec::new(), bytes: Vec::new() };
        let mut tasks = VecDeque::from([pieces.zip(0..).collect::<Vec<_>>()]);
        // Trees are made in the order in which they are numbered.
        let mut numbered = 1;
        while let Some(pieces) = tasks.pop_front() {
            growing.grow(pieces, &mut numbered, &mut tasks);
        }
        Self { trees: growing.trees.into(), branches: growing.branches.into(), bytes: growing.bytes.into() }
    }

    /// Calls `visit` for each way on in a tree along `text`, backwards for pieces at the end: with what must follow, and how
    /// many bytes are left.
    pub(super) fn walk(&self, tree: u32, text: &[u8], mut visit: impl FnMut(&[u8], Then, usize)) {
        let Some(tree) = self.trees.get(tree as usize) else { return };
        tree.walk(text, |branches, rest| {
            for branch in branches.of(&self.branches) {
                visit(branch.rest.of(&self.bytes), branch.then, rest.len());
            }
        });
    }

    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        let trees = self.trees.iter().map(|tree| size_of::<Tree<Run>>() + tree.bytes());
        trees.sum::<usize>() + size_of_val(&*self.branches) + self.bytes.len()
    }
}

struct Growing {
    side: Side,
    trees: Vec<Tree<Run>>,
    branches: Vec<Branch>,
    bytes: Vec<u8>,
}

/// A piece, or what is left of it, with its number.
type Numbered<'p> = (&'p [u8], u32);

impl Growing {
    /// Makes the next tree, of `pieces`.
    fn grow<'p>(
        &mut self,
        pieces: Vec<Numbered<'p>>,
        numbered: &mut u32,
        tasks: &mut VecDeque<Vec<Numbered<'p>>>,
    ) {
        let mut split: Vec<(Vec<u8>, &[u8], Numbered<'p>)> = pieces
            .into_iter()
            .map(|(piece, number)| {
                let (text, rest) = self.text_and_rest(piece);
                (text, self.first(rest), (rest, number))
            })
            .collect();
        split.sort_unstable();
        let mut filed: Vec<(&[u8], Run)> = Vec::new();
        for alike in split.chunk_by(|(one, ..), (other, ..)| one == other) {
            let start = narrow(self.branches.len());
            for group in alike.chunk_by(|(_, one, _), (_, other, _)| one == other) {
                let Some((_, first, _)) = group.first() else { continue };
                if group.len() >= TREE_FROM && !first.is_empty() {
                    let behind = |(rest, number): Numbered<'p>| (self.without(rest, first.len()), number);
                    tasks.push_back(group.iter().map(|(.., piece)| behind(*piece)).collect());
                    self.branch(first, Then::Tree(*numbered));
                    *numbered += 1;
                } else {
                    group.iter().for_each(|(.., (rest, number))| self.branch(rest, Then::Piece(*number)));
                }
            }
            if let Some((text, ..)) = alike.first() {
                filed.push((text, Run { start, count: narrow(self.branches.len()) - start }));
            }
        }
        self.trees.push(Tree::new(&filed));
    }

    fn branch(&mut self, rest: &[u8], then: Then) {
        let rest_run = Run { start: narrow(self.bytes.len()), count: narrow(rest.len()) };
        self.bytes.extend_from_slice(rest);
        self.branches.push(Branch { rest: rest_run, then });
    }

    /// The text on the side where the piece is anchored, in the order of reading, and what is left.
    fn text_and_rest<'p>(&self, piece: &'p [u8]) -> (Vec<u8>, &'p [u8]) {
        match self.side {
            Side::Start => {
                let text = literal(piece);
                (text.to_vec(), self.without(piece, text.len()))
            }
            Side::End => match Symbols(piece).next_back() {
                Some(Symbol::Text(text)) => {
                    (text.iter().rev().copied().collect(), self.without(piece, text.len()))
                }
                Some(Symbol::One | Symbol::Variable(_)) | None => (Vec::new(), piece),
            },
        }
    }

    /// The `?` or variable with which the rest of a piece begins, as it is read.
    fn first<'p>(&self, rest: &'p [u8]) -> &'p [u8] {
        let length = |byte: Option<&u8>| match byte {
            Some(&ONE) => 1,
            Some(&VARIABLE) => 4,
            Some(_) | None => 0,
        };
        match self.side {
            Side::Start => rest.get(..length(rest.first())),
            Side::End => rest.get(rest.len() - length(rest.last())..),
        }
        .unwrap_or_default()
    }

    /// A piece without so many bytes on the side where it is anchored.
    fn without<'p>(&self, piece: &'p [u8], bytes: usize) -> &'p [u8] {
        match self.side {
            Side::Start => piece.get(bytes..),
            Side::End => piece.get(..piece.len() - bytes),
        }
        .unwrap_or_default()
    }
}

fn narrow(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
