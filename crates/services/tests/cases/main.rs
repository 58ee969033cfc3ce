//! The cases of `conformance/cases`, on a real installation: users, roles, policies, boundaries and sessions are made as a
//! case describes them, its requester signs, and the gate answers. What a case needs and an installation does not have
//! yet is counted by reason, and the counts are held: a case that becomes possible has to be let in.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

#[path = "../door/mod.rs"]
mod door;
mod organization;
mod stage;

use std::collections::BTreeMap;

use doorward_conformance::cases::{self, Case};
use doorward_gate::{Question, Unauthorized};
use doorward_policy::explain::Decision;

use crate::stage::{Stage, Unfit};

/// Why cases are not run, and how many.
const UNFIT: &[(&str, usize)] = &[
    ("a registered service has one name", 8),
    ("an empty list of session policies cannot be passed", 1),
    ("every signed request has the key that must be missing", 10),
    ("federated users cannot call IAM, nor much of STS", 1),
    ("identity providers are not in the directory", 30),
    ("no level of an organization is without a policy that allows", 7),
    ("only AWS's policies for tasks bind a root user", 3),
    ("service-linked roles cannot be created", 2),
    ("sessions of the root user cannot be passed policies", 4),
    ("the levels of an organization end with the account that is bound", 2),
    ("there are no VPC endpoints", 32),
    ("unique ids are made at random", 20),
    ("unsigned requests are not let in", 21),
];

/// How many are run through the gate, and how many of them through `AssumeRole` as well.
const RUN: (usize, usize) = (1324, 35);

/// How many installations are in use at once. Each takes a moment to close, and does nothing then.
const AT_ONCE: usize = 16;

/// What came of some cases.
#[derive(Default)]
struct Tally {
    wrong: Vec<String>,
    unfit: BTreeMap<&'static str, usize>,
    asked: usize,
    assumed: usize,
}

impl Tally {
    fn run(&mut self, case: &Case) {
        let stage = match Stage::set(case) {
            Ok(stage) => stage,
            Err(Unfit(reason)) => return *self.unfit.entry(reason).or_default() += 1,
        };
        self.asked += 1;
        self.wrong.extend(differs(case, ask(&stage, case)));
        if let Some(answer) = stage.assume(case) {
            self.assumed += 1;
            if (answer.status == 200) != case.expect.decision.is_allowed() {
                self.wrong.push(format!("{}: AssumeRole answered {}", case.id, answer.outcome()));
            }
        }
    }

    fn add(mut self, other: Self) -> Self {
        self.wrong.extend(other.wrong);
        for (reason, count) in other.unfit {
            *self.unfit.entry(reason).or_default() += count;
        }
        Self { asked: self.asked + other.asked, assumed: self.assumed + other.assumed, ..self }
    }
}

#[test]
fn on_an_installation() {
    let all = cases::all().unwrap();
    let tally = std::thread::scope(|scope| {
        let share = |cases: &[Case]| {
            let mut tally = Tally::default();
            cases.iter().for_each(|case| tally.run(case));
            tally
        };
        let shares = all.chunks(all.len().div_ceil(AT_ONCE));
        let threads: Vec<_> = shares.map(|cases: &[Case]| scope.spawn(move || share(cases))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).fold(Tally::default(), Tally::add)
    });
    assert!(tally.wrong.is_empty(), "{} cases:\n{}", tally.wrong.len(), tally.wrong.join("\n"));
    let unfit: Vec<(&str, usize)> = tally.unfit.into_iter().collect();
    assert_eq!((unfit.as_slice(), (tally.asked, tally.assumed)), (UNFIT, RUN));
}

/// What the gate answers: nothing where it lets the request through, else why it does not, and the text.
fn ask(stage: &Stage, case: &Case) -> Option<(Decision, String)> {
    let mut question = Question {
        action: case.request.action.clone().leak(),
        resource: case.request.resource.arn.clone(),
        account: case.request.resource.account,
        context: stage.context.clone(),
        shown: None,
        policy: None,
    };
    question = question.with_policy(stage.resource_policy(case));
    match stage.door.gate.authorize::<()>(&stage.caller, vec![question]) {
        Ok(_) => None,
        Err(Unauthorized::Denied(denied)) => Some((denied.explanation.decision, denied.message)),
        Err(other) => panic!("{}: {other:?}", case.id),
    }
}

fn differs(case: &Case, answer: Option<(Decision, String)>) -> Option<String> {
    let Case { id, title, expect, .. } = case;
    let Some((decision, message)) = answer else {
        return (!expect.decision.is_allowed()).then(|| format!("{id} ({title}): let through"));
    };
    if decision != expect.decision {
        return Some(format!("{id} ({title}): expected {:?}, got {decision:?}", expect.decision));
    }
    // A boundary is a managed policy here, whatever the case made of it, and is named in the text; an organization's
    // policies have ids of their own.
    let (message, suffix) = (plain(&message), plain(expect.message_suffix.as_deref().unwrap_or_default()));
    (!message.ends_with(suffix)).then(|| format!("{id} ({title}): `{message}` does not end with `{suffix}`"))
}

/// A denial's text without the policy that it names.
fn plain(text: &str) -> &str {
    let named = [": arn:aws:iam::111111111111:policy/", ": arn:aws:organizations::"];
    named.into_iter().fold(text, |text, name| text.split_once(name).map_or(text, |(text, _)| text))
}
