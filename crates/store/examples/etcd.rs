//! How many commits a second the store takes in etcd, beside puts of etcd itself, in turns on the same cluster.
//!
//! `cargo run --release -p doorward-store --features cluster --example etcd`

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement, for a person to read")]

use std::time::{Duration, Instant};

use doorward_store::conformance::cluster::{Cluster, Plan};
use doorward_store::etcd::Etcd;
use doorward_store::{Key, Store as _, Transaction, Value, Write};

/// How long each turn is.
const TURN: Duration = Duration::from_secs(2);

/// How many turns each has.
const TURNS: usize = 3;

/// A record's usual size.
const VALUE_BYTES: usize = 1000;

fn main() {
    let cluster = Cluster::start(&Plan::default());
    let store = Etcd::open(cluster.options("doorward/")).unwrap();
    let value = vec![b'v'; VALUE_BYTES];
    let put = |writer: usize, n: usize| store.put_raw(format!("raw/{writer}/{n}").as_bytes(), &value);
    let commit = |writer: usize, n: usize| {
        let key = Key::new(format!("{writer}/{n}")).unwrap();
        let write = (key, Write::Put(Value::new(&value).unwrap()));
        store.commit(Transaction::new(vec![], vec![write]).unwrap()).is_ok()
    };
    for writers in [1, 64] {
        let (mut puts, mut commits) = (0.0, 0.0);
        for _ in 0..TURNS {
            puts += rate(writers, &put);
            commits += rate(writers, &commit);
        }
        let (puts, commits) = (puts / TURNS as f64, commits / TURNS as f64);
        let share = 100.0 * commits / puts;
        println!("{writers:>3} writers: {puts:.0} puts/s, {commits:.0} commits/s, {share:.0} %");
    }
}

/// How often `write` was done in a second by so many writers.
fn rate(writers: usize, write: &(dyn Fn(usize, usize) -> bool + Sync)) -> f64 {
    let began = Instant::now();
    let done: usize = std::thread::scope(|scope| {
        let count =
            |writer| (0..).take_while(|_| began.elapsed() < TURN).filter(|n| write(writer, *n)).count();
        let threads: Vec<_> = (0..writers).map(|writer| scope.spawn(move || count(writer))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    done as f64 / began.elapsed().as_secs_f64()
}
