//! Clients that write to a store and read from it while it is being broken.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use doorward_store::conformance::Random;
use doorward_store::{
    CommitError, Entry, Expected as Check, Key, KeyRange, ReadError, Revision, Scan, Store, Transaction,
    Value, Write,
};

use crate::history::{Event, Expected, Found, History, Outcome, Token, What};

/// How many registers are written to at a time, at least.
const REGISTERS_AT_ONCE: u64 = 4;

/// How many clients share a register, where there are many: the more do, the longer a history takes to be checked, and by far.
const CLIENTS_PER_REGISTER: u64 = 3;

/// After so many operations on a register another takes its place: histories stay short enough to be checked.
const OPERATIONS_PER_REGISTER: u64 = 300;

/// How long a client waits after an operation that failed.
const PAUSE: Duration = Duration::from_millis(2);

/// How many characters the value of a token's own key has beside the token, so that stores grow.
const FILLING: usize = 2_000;

/// How many bits of a token tell which of its client's writes it is.
const COUNT_BITS: u32 = 40;

/// A read that has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the store did not answer")]
pub struct Unanswered;

/// What clients talk to: a store, or a way to one.
pub trait Target: Sync {
    /// What is there for a key.
    ///
    /// # Errors
    /// The store does not answer.
    fn read(&self, key: &Key) -> Result<Option<Entry>, Unanswered>;

    /// Commits a transaction.
    ///
    /// # Errors
    /// As [`Store::commit`].
    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError>;
}

impl Target for dyn Store {
    fn read(&self, key: &Key) -> Result<Option<Entry>, Unanswered> {
        Store::read(self, key).map_err(|_| Unanswered)
    }

    fn commit(&self, transaction: Transaction) -> Result<Revision, CommitError> {
        Store::commit(self, transaction)
    }
}

/// Lets clients, one on each target, work until they are stopped.
pub fn work(targets: &[&dyn Target], seed: u64, stop: &AtomicBool) -> History {
    let operations = AtomicU64::new(0);
    let registers = REGISTERS_AT_ONCE.max(targets.len() as u64 / CLIENTS_PER_REGISTER);
    let events = std::thread::scope(|scope| {
        let clients: Vec<_> = targets
            .iter()
            .zip(0..)
            .map(|(target, number)| {
                let client = Client::new(*target, number, seed, (registers, &operations));
                scope.spawn(move || client.run(stop))
            })
            .collect();
        // A client that panicked has found a fault of this program, which ends it.
        clients.into_iter().flat_map(|client| client.join().unwrap_or_default()).collect()
    });
    History { events }
}

struct Client<'t> {
    target: &'t dyn Target,
    number: u64,
    random: Random,
    /// How many registers are written to at a time.
    registers: u64,
    /// How many operations all clients have done: tells which registers it is the turn of.
    operations: &'t AtomicU64,
    written: u64,
    /// What it last saw in each register.
    seen: BTreeMap<u64, Option<Found>>,
    events: Vec<Event>,
}

impl<'t> Client<'t> {
    fn new(
        target: &'t dyn Target,
        number: u64,
        seed: u64,
        (registers, operations): (u64, &'t AtomicU64),
    ) -> Self {
        let random = Random::new(seed.wrapping_mul(1_000_003).wrapping_add(number));
        let (seen, events) = (BTreeMap::new(), Vec::new());
        Self { target, number, random, registers, operations, written: 0, seen, events }
    }

    fn run(mut self, stop: &AtomicBool) -> Vec<Event> {
        while !stop.load(Ordering::Relaxed) {
            let done = self.operations.fetch_add(1, Ordering::Relaxed);
            let generation = done / (OPERATIONS_PER_REGISTER * self.registers);
            let register = generation * self.registers + self.random.below(self.registers);
            let answered = match self.random.below(10) {
                0..4 => self.read(register),
                4..6 => self.write(register, None),
                _ => {
                    let seen = self.seen.get(&register).copied().flatten();
                    self.write(register, Some(seen.map_or(Expected::Absent, Expected::Found)))
                }
            };
            if !answered {
                std::thread::sleep(PAUSE);
            }
        }
        self.events
    }

    /// Answers whether the store did.
    fn read(&mut self, register: u64) -> bool {
        let called = Instant::now();
        // A read that has no answer tells nothing, and changes nothing.
        let Ok(entry) = self.target.read(&name(register)) else { return false };
        let found = entry.map(|entry| Found { token: token_of(&entry.value), revision: entry.revision });
        self.note(register, called, What::Read(found));
        self.seen.insert(register, found);
        true
    }

    /// Answers whether the store said what came of it.
    fn write(&mut self, register: u64, expected: Option<Expected>) -> bool {
        self.written += 1;
        let token = self.number << COUNT_BITS | self.written;
        let transaction = transaction(register, token, expected);
        let called = Instant::now();
        let outcome = match self.target.commit(transaction) {
            Ok(revision) => Outcome::Acknowledged(revision),
            Err(CommitError::Conflict { .. }) => Outcome::Conflict,
            Err(CommitError::Unavailable { .. }) => Outcome::Refused,
            Err(_) => Outcome::Unknown,
        };
        self.note(register, called, What::Write { token, expected, outcome });
        match outcome {
            Outcome::Acknowledged(revision) => {
                self.seen.insert(register, Some(Found { token, revision }));
                true
            }
            // What is there now is learned by the next read.
            Outcome::Conflict => self.read(register),
            Outcome::Refused | Outcome::Unknown => false,
        }
    }

    fn note(&mut self, register: u64, called: Instant, what: What) {
        self.events.push(Event { register, called, returned: Instant::now(), what });
    }
}

/// Writes the token into the register, and a key of the token's own, which nothing overwrites.
fn transaction(register: u64, token: Token, expected: Option<Expected>) -> Transaction {
    let (name, own) = (name(register), key(&format!("token/{token:016x}")));
    let check = |expected| match expected {
        Expected::Absent => (name.clone(), Check::Absent),
        Expected::Found(found) => (name.clone(), Check::Revision(found.revision)),
    };
    let short = format!("{token:016x}");
    let long = format!("{short}{}", ".".repeat(FILLING));
    let put = |text: &str| Write::Put(value(text));
    let checks = expected.map(check).into_iter().collect();
    match Transaction::new(checks, vec![(name.clone(), put(&short)), (own, put(&long))]) {
        Ok(transaction) => transaction,
        Err(error) => unreachable!("two short writes: {error}"),
    }
}

fn name(register: u64) -> Key {
    key(&format!("register/{register:016x}"))
}

fn key(text: &str) -> Key {
    match Key::new(text) {
        Ok(key) => key,
        Err(error) => unreachable!("a short key: {error}"),
    }
}

fn value(text: &str) -> Value {
    match Value::new(text) {
        Ok(value) => value,
        Err(error) => unreachable!("a short value: {error}"),
    }
}

/// The token that a value is of; one that nobody wrote, if it is of none.
fn token_of(value: &Value) -> Token {
    let text = value.as_bytes().get(..16).and_then(|token| std::str::from_utf8(token).ok());
    text.and_then(|text| Token::from_str_radix(text, 16).ok()).unwrap_or(Token::MAX)
}

/// All tokens that a store holds, and the revisions that wrote them.
///
/// # Errors
/// The store cannot be read.
pub fn tokens(store: &dyn Store) -> Result<BTreeMap<Token, Revision>, ReadError> {
    let snapshot = store.snapshot()?;
    let entries = Scan::new(&*snapshot, KeyRange::prefix(b"token/"));
    entries.map(|item| item.map(|(_, entry)| (token_of(&entry.value), entry.revision))).collect()
}
