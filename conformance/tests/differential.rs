//! Engine and reference model on random input, on all cores.

use std::thread;

use doorward_conformance::differential::{Tally, compare};

/// The cases that every run compares.
const CASES: u64 = 1_000_000;

/// The first seed. Every case of a run follows from it.
const SEED: u64 = 1;

/// Seeds that one thread takes up are this far from those of the next.
const SEEDS_PER_THREAD: u64 = 1 << 32;

#[test]
fn engine_and_model_agree() {
    let threads = thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let tally = thread::scope(|scope| {
        let share = CASES.div_ceil(threads);
        let start = |thread: u64| scope.spawn(move || compare(SEED + thread * SEEDS_PER_THREAD, share));
        let started: Vec<_> = (0..threads).map(start).collect();
        started.into_iter().fold(Tally::default(), |all, one| {
            all.plus(one.join().unwrap().unwrap_or_else(|difference| panic!("{difference}")))
        })
    });
    assert!(tally.cases() >= CASES, "{tally:?}");
    for share in [tally.allowed, tally.implicitly_denied, tally.explicitly_denied] {
        assert!(share * 10 >= tally.cases(), "each decision is a tenth of the cases or more: {tally:?}");
    }
}
