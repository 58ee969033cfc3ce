//! Groups: commits that wait for their turn are sent as one transaction of etcd.
//!
//! A lone commit is sent at once. While [`FLYING_MAX`] transactions are on their way, those that come wait, and the next
//! transaction takes as many of them as have nothing to do with each other: none writes what another writes or checks.
//! They then share a revision. Each has its own verdict: whoever conflicts is told so, and the rest is sent again.

use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::commit::{Ended, send};
use super::failure::Failure;
use super::layout::Token;
use super::link::Link;
use crate::{Key, OPERATIONS_MAX, Revision, Transaction, Write};

/// How many transactions of one store may be on their way.
const FLYING_MAX: usize = 4;

/// How many bytes a group may have, unless it is one commit: enough to be worth it, and quickly sent.
const GROUP_BYTES_MAX: usize = 256 * 1024;

/// A commit that waits for its outcome.
pub struct Member {
    pub transaction: Arc<Transaction>,
    /// A key that has to be there; without it the commit would change nothing.
    pub witness: Option<Key>,
    /// When it is too late to send it.
    pub deadline: Instant,
    reply: oneshot::Sender<Result<Revision, Ended>>,
}

impl Member {
    /// Tells whoever waits. If nobody does any more, nobody needs to know.
    pub fn answer(self, outcome: Result<Revision, Ended>) {
        self.reply.send(outcome).ok();
    }

    fn checks(&self) -> impl Iterator<Item = &Key> {
        self.transaction.checks().iter().map(|(key, _)| key).chain(&self.witness)
    }
}

/// The commits of one store that wait.
pub struct Line {
    /// Tells this store's transactions from all others', with a counter.
    name: [u8; 8],
    groups: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Member>,
    flying: usize,
}

impl Line {
    pub fn new(name: [u8; 8]) -> Self {
        Self { name, groups: AtomicU64::new(0), state: Mutex::default() }
    }

    /// A token that no other transaction has.
    pub fn token(&self) -> Token {
        let number = self.groups.fetch_add(1, Ordering::Relaxed);
        let mut token = Token::default();
        let (name, count) = token.split_at_mut(self.name.len());
        name.copy_from_slice(&self.name);
        count.copy_from_slice(&number.to_be_bytes());
        token
    }

    /// Nothing is done under the lock that could leave it half done.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a commit wait; whether somebody has to begin to send.
    fn enter(&self, member: Member) -> bool {
        let mut state = self.lock();
        state.waiting.push_back(member);
        let begins = state.flying < FLYING_MAX;
        state.flying += usize::from(begins);
        begins
    }

    /// The next group; `None` if nothing waits, and whoever asked is done with sending.
    fn next(&self) -> Option<Vec<Member>> {
        let mut state = self.lock();
        let group = take(&mut state.waiting);
        if group.is_empty() {
            state.flying -= 1;
            return None;
        }
        Some(group)
    }
}

/// Commits, in a transaction of its own or with others.
pub async fn enter(
    link: &Arc<Link>,
    transaction: &Arc<Transaction>,
    witness: Option<Key>,
) -> Result<Revision, Ended> {
    let (reply, answer) = oneshot::channel();
    let (transaction, deadline) = (Arc::clone(transaction), Instant::now() + link.patience);
    if link.line.enter(Member { transaction, witness, deadline, reply }) {
        tokio::spawn(fly(Arc::clone(link)));
    }
    answer.await.unwrap_or_else(|_| Err(Ended::Unknown(Arc::new(Failure::Ended))))
}

/// Sends group after group until nothing waits.
async fn fly(link: Arc<Link>) {
    while let Some(group) = link.line.next() {
        // A task of its own: should it panic, its commits end as unknown, and the next have their turn.
        tokio::spawn(send(Arc::clone(&link), group)).await.ok();
    }
}

/// Takes the commit that has waited longest, and those that can go with it.
fn take(waiting: &mut VecDeque<Member>) -> Vec<Member> {
    let mut room = Room::default();
    let (mut group, mut left) = (Vec::new(), VecDeque::new());
    for member in waiting.drain(..) {
        if room.admits(&member, group.is_empty()) { group.push(member) } else { left.push_back(member) }
    }
    *waiting = left;
    group
}

/// What a group has so far.
#[derive(Default)]
struct Room {
    checked: BTreeSet<Key>,
    written: BTreeSet<Key>,
    checks: usize,
    bytes: usize,
}

impl Room {
    /// Whether a commit may join; if so it has. The first may.
    fn admits(&mut self, member: &Member, first: bool) -> bool {
        let checks = self.checks + member.checks().count();
        let writes = self.written.len() + member.transaction.writes().len();
        let bytes = self.bytes + member.transaction.bytes();
        let fits = checks <= OPERATIONS_MAX && writes <= OPERATIONS_MAX && bytes <= GROUP_BYTES_MAX;
        if !(first || fits && self.is_apart(member)) {
            return false;
        }
        (self.checks, self.bytes) = (checks, bytes);
        self.checked.extend(member.checks().cloned());
        self.written.extend(member.transaction.writes().iter().map(|(key, _)| key.clone()));
        true
    }

    fn is_apart(&self, member: &Member) -> bool {
        let taken = |(key, _): &(Key, Write)| self.written.contains(key) || self.checked.contains(key);
        !member.transaction.writes().iter().any(taken)
            && !member.checks().any(|key| self.written.contains(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Expected, Value};

    /// A commit by words: `?a` checks a key, `=a` writes it, `!a` deletes it with a witness, `#` is a large value.
    fn member(words: &str) -> Member {
        let (mut checks, mut writes, mut witness) = (Vec::new(), Vec::new(), None);
        for word in words.split(' ') {
            let (kind, name) = word.split_at(1);
            let key = Key::new(name).unwrap();
            match kind {
                "?" => checks.push((key, Expected::Absent)),
                "=" => writes.push((key, Write::Put(Value::new("v").unwrap()))),
                "#" => writes.push((key, Write::Put(Value::new(vec![0; 200_000]).unwrap()))),
                _ => {
                    witness = Some(key.clone());
                    writes.push((key, Write::Delete));
                }
            }
        }
        let transaction = Arc::new(Transaction::new(checks, writes).unwrap());
        Member { transaction, witness, deadline: Instant::now(), reply: oneshot::channel().0 }
    }

    /// The groups that commits make, each named by its place.
    fn groups(commits: &[&str]) -> Vec<Vec<usize>> {
        let mut waiting: VecDeque<Member> = commits.iter().map(|words| member(words)).collect();
        let places: Vec<_> = waiting.iter().map(|member| Arc::clone(&member.transaction)).collect();
        let place = |member: &Member| {
            places.iter().position(|transaction| Arc::ptr_eq(transaction, &member.transaction)).unwrap()
        };
        let mut groups = Vec::new();
        while !waiting.is_empty() {
            groups.push(take(&mut waiting).iter().map(place).collect());
        }
        groups
    }

    #[test]
    fn only_those_go_together_that_have_nothing_to_do_with_each_other() {
        for (commits, expected) in [
            (&["=a", "=b", "=c"][..], &[&[0, 1, 2][..]][..]),
            (&["=a", "=a", "=b"], &[&[0, 2], &[1]]),
            (&["?a =b", "?a =c"], &[&[0, 1]]),
            (&["?a =b", "=a"], &[&[0], &[1]]),
            (&["=a", "?a =b", "?a =c"], &[&[0], &[1, 2]]),
            (&["!a", "?a =b"], &[&[0], &[1]]),
            (&["!a", "!b"], &[&[0, 1]]),
            (&["#a", "#b", "=c"], &[&[0, 2], &[1]]),
        ] {
            assert_eq!(groups(commits), expected, "{commits:?}");
        }
    }

    #[test]
    fn a_group_is_no_larger_than_a_transaction() {
        let words: Vec<String> = (0..200).map(|n| format!("?c{n} =w{n}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let sizes: Vec<usize> = groups(&words).iter().map(Vec::len).collect();
        assert_eq!(sizes, [OPERATIONS_MAX, 200 - OPERATIONS_MAX]);
        let many: Vec<String> = (0..OPERATIONS_MAX).map(|n| format!("=m{n}")).collect();
        assert_eq!(groups(&["=a", &many.join(" "), "=b"]), [vec![0, 2], vec![1]]);
    }

    #[test]
    fn tokens_differ() {
        let line = Line::new([1; 8]);
        assert_ne!(line.token(), line.token());
        assert_ne!(Line::new([2; 8]).token(), Line::new([1; 8]).token());
    }
}
