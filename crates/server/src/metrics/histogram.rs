//! Times, counted in buckets.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The upper bounds of the buckets but the last, in microseconds: from what a decision takes to what a client gives up at.
const BOUNDS_US: [u64; 15] = [
    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    5_000_000,
];

/// How many buckets there are.
const BUCKETS: usize = BOUNDS_US.len() + 1;

/// Counts times. Counting allocates nothing and waits for nobody.
#[derive(Debug, Default)]
pub(crate) struct Histogram {
    buckets: [AtomicU64; BUCKETS],
    sum_us: AtomicU64,
}

/// What was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    buckets: [u64; BUCKETS],
    sum_us: u64,
}

impl Histogram {
    pub(crate) fn note(&self, time: Duration) {
        let us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        let at = BOUNDS_US.partition_point(|bound| *bound < us);
        if let Some(bucket) = self.buckets.get(at) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.sum_us.fetch_add(us, Ordering::Relaxed);
    }

    pub(crate) fn counted(&self) -> Counted {
        let mut counted = Counted { sum_us: self.sum_us.load(Ordering::Relaxed), ..Counted::default() };
        for (own, bucket) in counted.buckets.iter_mut().zip(&self.buckets) {
            *own = bucket.load(Ordering::Relaxed);
        }
        counted
    }
}

impl Counted {
    pub(crate) fn add(&mut self, other: &Self) {
        for (own, others) in self.buckets.iter_mut().zip(other.buckets) {
            *own += others;
        }
        self.sum_us = self.sum_us.saturating_add(other.sum_us);
    }

    pub(crate) fn count(&self) -> u64 {
        self.buckets.iter().sum()
    }

    pub(crate) fn sum_s(&self) -> f64 {
        Duration::from_micros(self.sum_us).as_secs_f64()
    }

    /// Upper bounds in seconds, and how much is in each bucket; the last one has the greatest number for a bound.
    pub(crate) fn buckets(&self) -> Vec<(f64, u64)> {
        let bounds = BOUNDS_US.iter().map(|us| Duration::from_micros(*us).as_secs_f64());
        bounds.chain([f64::MAX]).zip(self.buckets).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_fall_into_their_buckets() {
        for (us, bound_s) in
            [(0, 0.000_05), (50, 0.000_05), (51, 0.000_1), (5_000_000, 5.0), (5_000_001, f64::MAX)]
        {
            let histogram = Histogram::default();
            histogram.note(Duration::from_micros(us));
            let counted = histogram.counted();
            let full: Vec<_> = counted.buckets().into_iter().filter(|(_, count)| *count > 0).collect();
            assert_eq!(full, [(bound_s, 1)], "{us}");
            let mut twice = counted;
            twice.add(&counted);
            assert_eq!(twice.count(), 2);
            assert!((twice.sum_s() - 2e-6 * us as f64).abs() < 1e-9);
        }
    }
}
