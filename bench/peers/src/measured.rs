//! Loading the engines, checking what they answer, and measuring how long it takes.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use doorward_bench::adversarial;
use doorward_bench::generate::{self, Services};
use doorward_bench::measure::{Ask, Contestant, Sample, rounds};
use doorward_bench::workload::{Question, Workload};
use doorward_bench::{stream, ways};
use serde_json::Value;

use crate::allocations::counted;
use crate::{cedar, iam_rs, rego, simulate};

/// The workloads: a name, how many statements, and in which services.
pub const WORKLOADS: [(&str, u32, Services); 6] = [
    ("w50", 50, Services::All),
    ("w500", 500, Services::All),
    ("w5000", 5_000, Services::All),
    ("s3_50", 50, Services::S3),
    ("s3_500", 500, Services::S3),
    ("s3_5000", 5_000, Services::S3),
];

/// How long the answers to a stream are checked at most.
const CHECKING_MAX: Duration = Duration::from_secs(5);

/// One engine on one workload.
pub struct Measured {
    /// The workload's name.
    pub workload: String,
    /// How many statements it has.
    pub statements: usize,
    /// The engine's name.
    pub engine: &'static str,
    /// Each of the workload's own requests, in order.
    pub own: Vec<OneRequest>,
    /// The stream, if there is one.
    pub stream: Option<Sample>,
    /// How the answers were.
    pub answers: Answers,
    /// Why there is nothing, or what is to be known about it.
    pub note: Option<String>,
}

/// One request.
pub struct OneRequest {
    /// Its id.
    pub id: String,
    /// How long it takes.
    pub sample: Sample,
    /// How often deciding it asks for memory; `None` where another process does it.
    pub allocations: Option<u64>,
}

/// How many answers were right, of how many that were checked.
#[derive(Clone, Default)]
pub struct Answers {
    /// Of the workload's own requests.
    pub own: (usize, usize),
    /// Of the stream.
    pub stream: (usize, usize),
    /// The ids of the first that were wrong.
    pub wrong: Vec<String>,
}

type Load = Box<dyn for<'a> Fn(&'a Workload, &Value) -> Result<Contestant<'a>>>;

/// The engines: a name, and how to load a workload. The ways to ask Doorward come first.
fn engines(node: Option<&Path>) -> Vec<(&'static str, Load)> {
    let mut engines: Vec<(&'static str, Load)> = vec![
        ("doorward", Box::new(|workload, _| Ok(ways::prepared(workload)))),
        ("doorward-request", Box::new(|workload, _| Ok(ways::with_request(workload)))),
        ("doorward-context", Box::new(|workload, _| Ok(ways::with_context(workload)))),
        ("doorward-shelf", Box::new(|workload, _| Ok(ways::shelved(workload)))),
        ("doorward-gathered", Box::new(|workload, _| Ok(ways::gathered(workload)))),
        ("doorward-any-tags", Box::new(|workload, _| Ok(ways::untagged(workload)))),
        ("doorward-cold", Box::new(|workload, _| Ok(ways::cold(workload)))),
        ("doorward-spec", Box::new(|workload, _| Ok(ways::model(workload)))),
        ("iam-rs", Box::new(|_, text| iam_rs::contestant(text))),
        ("regorus", Box::new(|_, text| rego::contestant(text))),
        ("cedar-policy", Box::new(|_, text| cedar::contestant(text))),
    ];
    #[cfg(feature = "fakecloud")]
    engines.push(("fakecloud-iam", Box::new(|_, text| crate::fakecloud::contestant(text))));
    if let Some(node) = node.map(Path::to_owned) {
        engines.push(("iam-simulate", Box::new(move |_, text| simulate::contestant(&node, text))));
    }
    engines
}

/// Measures every engine on every workload, and Doorward on what is made to be slow.
pub fn everything(node: &Option<PathBuf>, only: Option<&[String]>) -> Result<Vec<Measured>> {
    let mut engines = engines(node.as_deref());
    engines.retain(|(name, _)| only.is_none_or(|only| only.iter().any(|wanted| wanted == name)));
    let mut all = Vec::new();
    for (name, statements, services) in WORKLOADS {
        let mut text = generate::workload(statements, services);
        stream::add(&mut text, services)?;
        all.extend(one_workload(name, &text, &engines)?);
    }
    let ours: Vec<_> = engines.into_iter().filter(|(name, _)| *name == ways::PREPARED).collect();
    for family in adversarial::families() {
        all.extend(one_workload(&format!("adversarial: {}", family.name), &family.workload, &ours)?);
    }
    Ok(all)
}

fn one_workload(name: &str, text: &Value, engines: &[(&'static str, Load)]) -> Result<Vec<Measured>> {
    let workload = Workload::read(text.clone())?;
    let own = workload.questions.iter().filter(|question| !is_streamed(question)).count();
    let (mut contestants, mut measured) = (Vec::new(), Vec::new());
    for (engine, load) in engines {
        let mut row = Measured {
            workload: name.to_owned(),
            statements: workload.statements,
            engine,
            own: Vec::new(),
            stream: None,
            answers: Answers::default(),
            note: None,
        };
        match load(&workload, text) {
            Ok(mut contestant) => {
                row.answers = check(&workload, own, contestant.judge.as_mut());
                // A quick wrong answer of our own is not worth measuring.
                let wrong = &row.answers.wrong;
                ensure!(
                    wrong.is_empty() || !engine.starts_with("doorward"),
                    "{engine} on {name} is wrong on {wrong:?}"
                );
                contestants.push(contestant);
                measured.push(row);
            }
            Err(error) => {
                let reason = error.to_string();
                row.note = Some(format!("cannot load it: {}", reason.lines().next().unwrap_or_default()));
                measured.push(row);
            }
        }
    }
    measure(&workload, own, &mut contestants, &mut measured);
    Ok(measured)
}

fn is_streamed(question: &Question) -> bool {
    question.id.strip_prefix('S').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn measure(workload: &Workload, own: usize, contestants: &mut [Contestant<'_>], measured: &mut [Measured]) {
    let mut rows: Vec<&mut Measured> = measured.iter_mut().filter(|row| row.note.is_none()).collect();
    for (place, question) in workload.questions.iter().enumerate().take(own) {
        let samples = rounds(contestants, &[place]);
        for ((row, contestant), sample) in rows.iter_mut().zip(contestants.iter_mut()).zip(samples) {
            let here = row.engine != "iam-simulate";
            let allocations = here.then(|| counted(|| contestant.judge.ask(place)).1.calls);
            row.own.push(OneRequest { id: question.id.clone(), sample, allocations });
        }
    }
    let streamed: Vec<usize> = (own..workload.questions.len()).collect();
    if !streamed.is_empty() {
        for (row, sample) in rows.iter_mut().zip(rounds(contestants, &streamed)) {
            row.stream = Some(sample);
        }
    }
}

/// Asks everything once; of a stream as much as there is time for.
fn check(workload: &Workload, own: usize, judge: &mut dyn Ask) -> Answers {
    let mut answers = Answers::default();
    let end = Instant::now() + CHECKING_MAX;
    for (place, question) in workload.questions.iter().enumerate() {
        let count = if place < own { &mut answers.own } else { &mut answers.stream };
        let right = judge.ask(place) == Some(question.expected);
        count.1 += 1;
        count.0 += usize::from(right);
        if !right && answers.wrong.len() < 3 {
            answers.wrong.push(question.id.clone());
        }
        if place >= own && Instant::now() > end {
            break;
        }
    }
    answers
}
