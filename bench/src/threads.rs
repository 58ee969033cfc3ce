//! Several threads decide while another swaps the policies under them.

use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;
use doorward_engine::{Policies, decide};

use crate::measure::{allowed_cores, pin_to, processor_time};
use crate::ways::policies;
use crate::workload::Workload;

/// How long each number of threads decides.
const SPAN: Duration = Duration::from_millis(1_000);

/// How many decisions a thread makes between two looks at the clock; each takes the current policies anew.
const STRETCH: usize = 4_096;

/// How often the policies are swapped.
const SWAP_EVERY: Duration = Duration::from_millis(1);

/// What so many threads did.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Throughput {
    /// How many threads decided.
    pub threads: usize,
    /// How many decisions they made for each second of processor time that they used.
    pub per_processor_second: f64,
    /// How often the policies were swapped per second.
    pub swaps_per_second: f64,
}

/// Decides the workload's first request on 1, 2, … threads, each on a core of its own where there are enough, while the
/// policies are swapped a thousand times a second. The new ones have the plans of the old, as when documents stay.
#[must_use]
pub fn throughput(workload: &Workload, threads_max: usize) -> Vec<Throughput> {
    (1..=threads_max).map(|threads| with_threads(workload, threads)).collect()
}

fn with_threads(workload: &Workload, threads: usize) -> Throughput {
    let current = ArcSwap::from_pointee(policies(workload));
    let cores = allowed_cores();
    let (stop, decided, used) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    let start = Instant::now();
    let swaps = std::thread::scope(|scope| {
        for thread in 0..threads {
            let core = cores.get(thread % cores.len().max(1)).copied();
            let (current, stop, decided, used) = (&current, &stop, &decided, &used);
            scope.spawn(move || {
                // Without a core of its own it only runs less evenly.
                let _ = core.is_some_and(pin_to);
                let (count, time) = until(stop, || decide_stretch(workload, current));
                decided.fetch_add(count, Ordering::Relaxed);
                used.fetch_add(u64::try_from(time.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
            });
        }
        swap_until(start + SPAN, &current, &stop)
    });
    let seconds = start.elapsed().as_secs_f64();
    Throughput {
        threads,
        per_processor_second: decided.into_inner() as f64 * 1e9 / used.into_inner().max(1) as f64,
        swaps_per_second: f64::from(swaps) / seconds,
    }
}

/// Repeats `work` until told to stop; how many decisions that made, and in what processor time.
fn until(stop: &AtomicBool, mut work: impl FnMut()) -> (u64, Duration) {
    let (mut count, start) = (0, processor_time());
    while !stop.load(Ordering::Relaxed) {
        work();
        count += STRETCH as u64;
    }
    (count, processor_time().saturating_sub(start))
}

fn decide_stretch(workload: &Workload, current: &ArcSwap<Policies>) {
    let Some(question) = workload.questions.first() else { return };
    for _ in 0..STRETCH {
        let policies = current.load();
        black_box(decide(black_box(&question.request), &policies));
    }
}

/// Swaps the policies until the end, then tells the others to stop; how often.
fn swap_until(end: Instant, current: &ArcSwap<Policies>, stop: &AtomicBool) -> u32 {
    let mut swaps = 0;
    let mut next = Instant::now();
    while Instant::now() < end {
        let again = Policies::clone(&current.load());
        current.store(Arc::new(again));
        swaps += 1;
        next += SWAP_EVERY;
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
    }
    stop.store(true, Ordering::Relaxed);
    swaps
}
