//! The ways to ask the engine that are measured: each is one row, and one function here.

use doorward_engine::{CompiledPolicies, decide};
use doorward_policy::request::{Choices, Request};
use doorward_spec::judge;

use crate::measure::Contestant;
use crate::workload::{Expected, Question, Workload, context};

/// The row that the others are compared with.
pub const PREPARED: &str = "doorward";

/// All of them, the one that counts first.
#[must_use]
pub fn all(workload: &Workload) -> Vec<Contestant<'_>> {
    vec![prepared(workload), with_request(workload), cold(workload)]
}

/// The policies are compiled, the request is at hand.
#[must_use]
pub fn prepared(workload: &Workload) -> Contestant<'_> {
    let compiled = CompiledPolicies::new(&workload.policies);
    let choices = Choices::default();
    contestant(PREPARED, workload, move |question| {
        Expected::of(decide(&question.request, &compiled, &choices))
    })
}

/// The policies are compiled; the request is put together each time, from its context's names and values.
#[must_use]
pub fn with_request(workload: &Workload) -> Contestant<'_> {
    let compiled = CompiledPolicies::new(&workload.policies);
    let choices = Choices::default();
    contestant("doorward-request", workload, move |question| {
        Expected::of(decide(&request(question), &compiled, &choices))
    })
}

/// The documents are parsed; everything that is made of them is made for each decision.
#[must_use]
pub fn cold(workload: &Workload) -> Contestant<'_> {
    let choices = Choices::default();
    contestant("doorward-cold", workload, move |question| {
        let compiled = CompiledPolicies::new(&workload.policies);
        Expected::of(decide(&question.request, &compiled, &choices))
    })
}

/// The reference model, which is written to be read.
#[must_use]
pub fn model(workload: &Workload) -> Contestant<'_> {
    let choices = Choices::default();
    contestant("doorward-spec", workload, move |question| {
        Expected::of(judge(&question.request, &workload.policies, &choices).decision)
    })
}

fn contestant<'a>(
    name: &'static str,
    workload: &'a Workload,
    mut decide: impl FnMut(&Question) -> Expected + 'a,
) -> Contestant<'a> {
    Contestant::new(name, move |place| workload.questions.get(place).map(&mut decide))
}

fn request(question: &Question) -> Request {
    let Request { requester, action, resource, .. } = &question.request;
    let context = context(&question.context);
    Request { requester: requester.clone(), action: action.clone(), resource: resource.clone(), context }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{self, Services};

    #[test]
    fn every_way_answers_the_same() {
        let workload = Workload::read(generate::workload(50, Services::All)).unwrap();
        for mut way in all(&workload).into_iter().chain([model(&workload)]) {
            for (place, question) in workload.questions.iter().enumerate() {
                assert_eq!(way.judge.ask(place), Some(question.expected), "{}: {}", way.name, question.id);
            }
            assert_eq!(way.judge.ask(workload.questions.len()), None, "{}", way.name);
        }
    }
}
