//! `cargo xtask nightly`: engine and model on ten times as many random cases as in every run, other ones each day.

use crate::setup;
use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Seeds of one day are this far from those of the next.
const SEEDS_PER_DAY: u64 = 1 << 20;

/// What to compare.
#[derive(clap::Args)]
pub struct Options {
    /// How many cases.
    #[arg(long, default_value_t = 10_000_000)]
    cases: u64,
    /// The first seed; without it, one of the day's own.
    #[arg(long)]
    seed: Option<u64>,
}

/// Builds the comparison for speed and runs it; it prints how often each decision came up, and how fast.
///
/// # Errors
/// When engine and model part: the case is printed.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    let seed = match options.seed {
        Some(seed) => seed,
        None => seed_of(SystemTime::now())?,
    };
    println!("comparing {} cases from seed {seed}", options.cases);
    let mut cargo = setup::cargo(root);
    cargo.args(["run", "--release", "--locked", "--quiet", "--package", "doorward-conformance"]);
    cargo.args(["--bin", "differential", "--", &seed.to_string(), &options.cases.to_string()]);
    ensure!(
        cargo.status().context("cannot start cargo")?.success(),
        "engine and model part, from seed {seed}"
    );
    Ok(())
}

fn seed_of(now: SystemTime) -> Result<u64> {
    let days = now.duration_since(UNIX_EPOCH).context("the clock is before 1970")?.as_secs() / 86_400;
    Ok(days * SEEDS_PER_DAY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn each_day_has_seeds_of_its_own() {
        let seed = |seconds| seed_of(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
        assert_eq!(seed(0), seed(86_399));
        assert_eq!(seed(86_400) - seed(0), SEEDS_PER_DAY);
        // Threads take seeds 2^32 apart: the days of eleven years do not meet them.
        const { assert!(SEEDS_PER_DAY * 365 * 11 < 1 << 32) };
    }
}
