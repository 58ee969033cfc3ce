//! The engine and the reference model, asked the same random questions.
//!
//! Both must give the same decision, with the same layer or grant; and the engine's explanation must hold the same
//! checks with the same effects and the same matching statements as the model's judgement. Where they part, the case is
//! made as small as it gets while they still do, and is printed in the format of [`crate::cases`].
//!
//! One set of policies, made ready once, is asked a few dozen questions, and then all of them again in the opposite
//! order: an answer must not depend on what was asked before.

mod engine;
mod printing;
mod shrinking;
mod tally;

use std::sync::atomic::{AtomicBool, Ordering};

use doorward_engine::policy::request::{Attachments, Choices, Request};
use doorward_policy::explain::{Decision, Explanation};
use doorward_spec::{Judgement, judge};
use serde_json::Value;

use crate::generate::{self, Dice, REQUESTS, Scenario};

pub use engine::Engine;
pub use tally::Tally;

/// A case in which engine and model part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The seed that leads to it.
    pub seed: u64,
    /// What they say.
    pub answers: String,
    /// The smallest case found, as it stands in a file of cases; it expects what the model says. Where the engine errs
    /// only after other questions about the same policies, these come first.
    pub case: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "seed {}: {}\n{}", self.seed, self.answers, self.case)
    }
}

/// Seeds that one thread takes up are this far from those of the next.
const SEEDS_PER_THREAD: u64 = 1 << 32;

/// As [`compare`], on all processors. The cases are the same for the same number of processors.
///
/// # Errors
/// The first [`Difference`] of the first thread that has one.
///
/// # Panics
/// When the generator makes what cannot be read.
pub fn compare_in_parallel(seed: u64, cases: u64) -> Result<Tally, Box<Difference>> {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let share = cases.div_ceil(threads);
    let found = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let start = |thread: u64| {
            let seed = seed.wrapping_add(thread.wrapping_mul(SEEDS_PER_THREAD));
            let found = &found;
            scope.spawn(move || compare_until(seed, share, found))
        };
        let started: Vec<_> = (0..threads).map(start).collect();
        let mut all = Tally::default();
        for thread in started {
            #[expect(clippy::expect_used, reason = "a thread that panicked has compared nothing")]
            all.add(&thread.join().expect("the comparison does not panic")?);
        }
        Ok(all)
    })
}

/// Asks about as many cases as demanded, from the policies of `seed`, `seed + 1` and so on.
///
/// # Errors
/// The first [`Difference`].
///
/// # Panics
/// When the generator makes what cannot be read.
pub fn compare(seed: u64, cases: u64) -> Result<Tally, Box<Difference>> {
    compare_until(seed, cases, &AtomicBool::new(false))
}

/// Compares until a difference is found, here or elsewhere.
fn compare_until(seed: u64, cases: u64, found: &AtomicBool) -> Result<Tally, Box<Difference>> {
    let mut tally = Tally::default();
    let scenarios = usize::try_from(cases.div_ceil(REQUESTS as u64)).unwrap_or(usize::MAX);
    for seed in (0..).map(|step| seed.wrapping_add(step)).take(scenarios) {
        if found.load(Ordering::Relaxed) {
            break;
        }
        let scenario = generate::scenario(&mut Dice::new(seed));
        let decisions = compare_scenario(seed, &scenario);
        tally.count_all(&decisions.inspect_err(|_| found.store(true, Ordering::Relaxed))?);
    }
    Ok(tally)
}

/// Asks the requests of one scenario; `seed` is what a difference is reported under.
///
/// # Errors
/// The first [`Difference`].
///
/// # Panics
/// When the scenario's members cannot be read.
pub fn compare_scenario(seed: u64, scenario: &Scenario) -> Result<Vec<Decision>, Box<Difference>> {
    let (policies, choices) = printing::policies(&scenario.members);
    ask_all(&policies, &choices, &scenario.requests).map_err(|_| Box::new(difference(seed, scenario)))
}

/// The policies and choices of a scenario.
///
/// # Panics
/// When the scenario's members cannot be read.
#[must_use]
pub fn scenario_policies(scenario: &Scenario) -> (Attachments, Choices) {
    printing::policies(&scenario.members)
}

/// Up to how many questions are asked in every way.
const FEW: usize = 8;

/// Of many questions, every so many is explained as well: explaining costs more than everything else.
const EXPLAIN_STEP: usize = 2;

/// Which requests are looked at for keys that may matter: every so many.
const OPEN_STEP: usize = 7;

/// Asks about each request, and about each again. The error says what engine and model answer where they part.
fn ask_all(policies: &Attachments, choices: &Choices, requests: &[Request]) -> Result<Vec<Decision>, String> {
    let engine = Engine::new(policies, choices);
    // Of many questions, each is asked in one way besides the plain one, and in another when it is asked again.
    let decide = |place, request| {
        if requests.len() > FEW { engine.decide_also(request, place) } else { engine.decide(request) }
    };
    let mut decisions = Vec::with_capacity(requests.len());
    for (place, request) in requests.iter().enumerate() {
        let judged = judge(request, policies, choices);
        let decided = decide(place, request)?;
        if decided != judged.decision {
            return Err(format!("the engine decides {decided:?}, the model {:?}", judged.decision));
        }
        if place % EXPLAIN_STEP == 0 || requests.len() <= FEW {
            explains(decided, &engine.explain(request), &judged)?;
        }
        decisions.push(decided);
    }
    for ((place, request), first) in requests.iter().enumerate().zip(&decisions).rev() {
        let again = decide(place + 1, request)?;
        if again != *first {
            return Err(format!("asked again, the engine decides {again:?} instead of {first:?}"));
        }
    }
    for (place, request) in requests.iter().enumerate().step_by(OPEN_STEP) {
        engine.is_open(request, place)?;
    }
    Ok(decisions)
}

/// The smallest part of a scenario in which engine and model part.
fn difference(seed: u64, scenario: &Scenario) -> Difference {
    let whole = printing::questions(&scenario.members, &scenario.requests);
    let differs = |questions: &Value| answers(questions).is_some();
    // Mostly one question is enough, and then there is much less to take away.
    let single = scenario
        .requests
        .iter()
        .map(|request| printing::questions(&scenario.members, std::slice::from_ref(request)));
    let start = single.into_iter().find(differs).unwrap_or(whole);
    let smallest = shrinking::shrink(start, differs);
    let answers = answers(&smallest).unwrap_or_default();
    let mut cases = printing::cases(&smallest);
    for case in &mut cases {
        if let (Some(judged), Some(members)) = (judged(case), case.as_object_mut()) {
            members.insert("expect".to_owned(), printing::expect(&judged));
        }
    }
    let text = |case: &Value| serde_json::to_string_pretty(case).unwrap_or_default();
    Difference { seed, answers, case: cases.iter().map(text).collect::<Vec<_>>().join(",\n") }
}

/// What engine and model say where they part; `None` where they agree, and for what are no questions.
fn answers(questions: &Value) -> Option<String> {
    let cases: Vec<_> = printing::cases(questions).iter().map(printing::read).collect::<Option<_>>()?;
    let first = cases.first()?;
    let requests: Vec<Request> = cases.iter().map(|case| case.request.clone()).collect();
    ask_all(&first.policies, &first.choices, &requests).err()
}

fn judged(case: &Value) -> Option<Judgement> {
    let case = printing::read(case)?;
    Some(judge(&case.request, &case.policies, &case.choices))
}

/// Whether an explanation says what was decided, for the model's reasons. The error says what each answers.
fn explains(decided: Decision, explained: &Explanation, judged: &Judgement) -> Result<(), String> {
    if explained.decision != decided {
        return Err(format!("the engine decides {decided:?} and explains {:?}", explained.decision));
    }
    let (engine, model) = (engine::checks(explained), engine::judged_checks(judged));
    if engine == model {
        return Ok(());
    }
    let parts = (0..engine.len().max(model.len())).find(|place| engine.get(*place) != model.get(*place));
    let (engine, model) = parts.map_or((None, None), |place| (engine.get(place), model.get(place)));
    Err(format!("the engine checks {engine:?}, the model {model:?}"))
}
