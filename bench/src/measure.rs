//! Measuring short things fairly: processor time of this thread, on one core, contestants taking turns.

use std::hint::black_box;
use std::time::Duration;

use crate::workload::Expected;

/// How much processor time one batch is to take at least.
const BATCH: Duration = Duration::from_millis(8);

/// What one batch may take at most, as long as more than one question is asked in it.
const BATCH_MAX: Duration = Duration::from_millis(150);

/// How often each contestant has its turn; the median counts.
const ROUNDS: usize = 9;

/// Something that decides a workload's questions, by their places in the workload.
pub trait Ask {
    /// Answers one question; `None` when it refuses to.
    fn ask(&mut self, question: usize) -> Option<Expected>;

    /// The processor time of asking all of these questions, one after the other, so many times.
    fn time(&mut self, questions: &[usize], times: u32) -> Duration {
        let start = processor_time();
        for _ in 0..times {
            for question in questions {
                black_box(self.ask(black_box(*question)));
            }
        }
        processor_time().saturating_sub(start)
    }
}

impl<F: FnMut(usize) -> Option<Expected>> Ask for F {
    fn ask(&mut self, question: usize) -> Option<Expected> {
        self(question)
    }
}

/// One contestant, with its policies loaded and its requests at hand.
pub struct Contestant<'a> {
    /// What it is called in tables.
    pub name: &'static str,
    /// What answers.
    pub judge: Box<dyn Ask + 'a>,
}

impl<'a> Contestant<'a> {
    /// A contestant by the function that answers.
    pub fn new(name: &'static str, judge: impl Ask + 'a) -> Self {
        Self { name, judge: Box::new(judge) }
    }
}

/// Nanoseconds of processor time per decision, over the rounds.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Sample {
    /// Of the quickest round.
    pub min: f64,
    /// Of the round in the middle. This is what counts.
    pub median: f64,
    /// Of the slowest round.
    pub max: f64,
    /// How many of the questions were asked: slow contestants are spared the end of long lists.
    pub questions: usize,
}

/// How much of the questions a contestant is asked in one batch, and how often.
struct Batch {
    questions: usize,
    times: u32,
}

/// Measures contestants against each other: A, B, C, then A, B, C again, so that whatever else the machine does
/// befalls all of them.
pub fn rounds(contestants: &mut [Contestant<'_>], questions: &[usize]) -> Vec<Sample> {
    let batches: Vec<Batch> =
        contestants.iter_mut().map(|contestant| batch(contestant.judge.as_mut(), questions)).collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); contestants.len()];
    for _ in 0..ROUNDS {
        for ((contestant, batch), times) in contestants.iter_mut().zip(&batches).zip(&mut times) {
            let asked = questions.get(..batch.questions).unwrap_or(questions);
            let taken = contestant.judge.time(asked, batch.times);
            times.push(taken.as_secs_f64() * 1e9 / (f64::from(batch.times) * asked.len() as f64));
        }
    }
    batches.iter().zip(times).map(|(batch, times)| sample(times, batch.questions)).collect()
}

/// Finds how much makes a batch, which warms the caches too.
fn batch(judge: &mut dyn Ask, questions: &[usize]) -> Batch {
    let mut asked = questions.len().min(1);
    loop {
        let taken = judge.time(questions.get(..asked).unwrap_or(questions), 1);
        if asked >= questions.len() || taken > BATCH_MAX / 2 {
            break;
        }
        asked = (asked * 2).min(questions.len());
    }
    let questions = questions.get(..asked).unwrap_or(questions);
    let mut times = 1u32;
    while times < 1 << 24 && judge.time(questions, times) < BATCH {
        times *= 2;
    }
    Batch { questions: asked, times }
}

fn sample(mut times: Vec<f64>, questions: usize) -> Sample {
    times.sort_by(f64::total_cmp);
    let at = |place: usize| times.get(place).copied().unwrap_or_default();
    Sample { min: at(0), median: at(times.len() / 2), max: at(times.len().saturating_sub(1)), questions }
}

/// The nanoseconds of processor time that `work` takes: the median over rounds.
pub fn nanoseconds<T>(mut work: impl FnMut() -> T) -> f64 {
    let ask = |_| {
        black_box(work());
        None
    };
    let samples = rounds(&mut [Contestant::new("", ask)], &[0]);
    samples.first().map(|sample| sample.median).unwrap_or_default()
}

/// The processor time that this thread has used.
#[must_use]
pub fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::try_from(time).unwrap_or_default()
}

/// Keeps this thread, and what it starts from now on, on one core; says which. `None` where the system cannot do it.
#[cfg(target_os = "linux")]
#[must_use]
pub fn pin() -> Option<usize> {
    let allowed = allowed_cores();
    let core = *allowed.last()?;
    pin_to(core).then_some(core)
}

/// The cores that this thread may run on.
#[cfg(target_os = "linux")]
#[must_use]
pub fn allowed_cores() -> Vec<usize> {
    let allowed = rustix::thread::sched_getaffinity(None).unwrap_or_default();
    (0..rustix::thread::CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core)).collect()
}

/// Keeps this thread on a core; whether the system did it.
#[cfg(target_os = "linux")]
#[must_use]
pub fn pin_to(core: usize) -> bool {
    let mut one = rustix::thread::CpuSet::new();
    one.set(core);
    rustix::thread::sched_setaffinity(None, &one).is_ok()
}

/// Keeps this thread on one core; says which. `None` where the system cannot do it.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn pin() -> Option<usize> {
    None
}

/// The cores that this thread may run on: unknown here.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn allowed_cores() -> Vec<usize> {
    Vec::new()
}

/// Keeps this thread on a core; whether the system did it.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn pin_to(_core: usize) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A clock of its own: the first question costs 1 ms, every other 40 ms.
    struct Slow;

    impl Ask for Slow {
        fn ask(&mut self, _: usize) -> Option<Expected> {
            None
        }

        fn time(&mut self, questions: &[usize], times: u32) -> Duration {
            let cost = |question: &usize| Duration::from_millis(if *question == 0 { 1 } else { 40 });
            questions.iter().map(cost).sum::<Duration>() * times
        }
    }

    #[test]
    fn samples_are_per_decision() {
        let questions: Vec<usize> = (0..100).collect();
        let measured = rounds(&mut [Contestant::new("slow", Slow)], &questions);
        let [sample] = measured.as_slice() else { panic!("{measured:?}") };
        // One, two, and four questions: 1, 41 and 121 ms; eight would take too long.
        assert_eq!(sample.questions, 4);
        assert!((sample.median - 30.25e6).abs() < 1.0, "{sample:?}");
        let first = rounds(&mut [Contestant::new("slow", Slow)], &[0]);
        assert!((first[0].median - 1e6).abs() < 1.0, "{first:?}");
    }

    #[test]
    fn the_one_in_the_middle_counts() {
        let found = sample(vec![3.0, 1.0, 9.0], 1);
        assert_eq!(found, Sample { min: 1.0, median: 3.0, max: 9.0, questions: 1 });
    }
}
