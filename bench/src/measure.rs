//! Measuring short things.

use std::hint::black_box;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// How long one batch is to take at least. The operating system counts a thread's time in steps of a few milliseconds.
const BATCH: Duration = Duration::from_millis(100);

/// How many batches are measured; the median counts.
const BATCHES: usize = 9;

/// How long `work` takes, in nanoseconds of the processor's time: the median over batches, after some to find their
/// size and warm the caches. Time that the operating system gives to others does not count, where it says so (Linux).
pub fn nanoseconds<T>(mut work: impl FnMut() -> T) -> f64 {
    let mut runs = 1u32;
    while batch(runs, &mut work) < BATCH {
        runs = runs.saturating_mul(2);
    }
    let mut times: Vec<Duration> = (0..BATCHES).map(|_| batch(runs, &mut work)).collect();
    times.sort();
    let median = times.get(BATCHES / 2).copied().unwrap_or_default();
    median.as_secs_f64() * 1e9 / f64::from(runs)
}

fn batch<T>(runs: u32, work: &mut impl FnMut() -> T) -> Duration {
    let start = now();
    for _ in 0..runs {
        black_box(work());
    }
    now().saturating_sub(start)
}

/// What the operating system says that this thread has used, or else what the clock says.
fn now() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = used.as_deref().and_then(|used| used.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
