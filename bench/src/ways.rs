//! The ways to ask the engine that are measured: each is one row, and one function here.

use doorward_engine::{Asking, CompiledPolicies, Listing, Policies, Shelf, decide};
use doorward_policy::request::{Choices, Request};
use doorward_spec::judge;

use crate::measure::Contestant;
use crate::workload::{Expected, Question, Workload, context};

/// The row that the others are compared with.
pub const PREPARED: &str = "doorward";

/// Room enough for the plans of every workload.
const SHELF_BYTES: usize = 1 << 28;

/// All of them, the one that counts first.
#[must_use]
pub fn all(workload: &Workload) -> Vec<Contestant<'_>> {
    vec![
        prepared(workload),
        with_request(workload),
        with_context(workload),
        shelved(workload),
        gathered(workload),
        untagged(workload),
        cold(workload),
    ]
}

/// The workload's policies, prepared for a requester with its tags; each plan is made when it is first asked for.
#[must_use]
pub fn policies(workload: &Workload) -> Policies {
    let compiled = workload.prepared.attached().clone();
    tagged(workload, compiled)
}

fn tagged(workload: &Workload, compiled: CompiledPolicies) -> Policies {
    match workload.questions.first() {
        Some(question) => Policies::for_tags(compiled, Choices::default(), &question.request.context),
        None => Policies::new(compiled, Choices::default()),
    }
}

/// The policies are prepared for the requester's tags, and the values that they ask for have been read from the request.
#[must_use]
pub fn prepared(workload: &Workload) -> Contestant<'_> {
    let asked = workload.questions.iter().map(|question| {
        let Request { requester, action, context, .. } = &question.request;
        workload.prepared.asking(requester, action, context)
    });
    let mut asked: Vec<Asking<'_>> = asked.collect();
    Contestant::new(PREPARED, move |place: usize| {
        let (question, asking) = (workload.questions.get(place)?, asked.get_mut(place)?);
        Some(Expected::of(asking.decide(&question.request.resource)))
    })
}

/// The policies are prepared; the values that they ask for are read from the request each time.
#[must_use]
pub fn with_request(workload: &Workload) -> Contestant<'_> {
    let policies = policies(workload);
    contestant("doorward-request", workload, move |question| {
        Expected::of(decide(&question.request, &policies))
    })
}

/// As [`with_request`]; the context is put together each time as well, from its names and values, and asked about where it
/// stands, as a server does.
#[must_use]
pub fn with_context(workload: &Workload) -> Contestant<'_> {
    let policies = policies(workload);
    contestant("doorward-context", workload, move |question| {
        let Request { requester, action, resource, .. } = &question.request;
        let context = context(&question.context);
        Expected::of(policies.asking(requester, action, &context).decide(resource))
    })
}

/// The policies are taken from a shelf each time, as a server does that keeps plans for many requesters, and a listing of
/// the policies for each.
#[must_use]
pub fn shelved(workload: &Workload) -> Contestant<'_> {
    let listing = Listing::new(CompiledPolicies::new(&workload.policies));
    let shelf = Shelf::new(SHELF_BYTES);
    contestant("doorward-shelf", workload, move |question| {
        let policies = shelf.prepare_listed(&listing, Choices::default(), &question.request.context);
        Expected::of(decide(&question.request, &policies))
    })
}

/// The policies are gathered and taken from a shelf each time, as a server does when they may have changed.
#[must_use]
pub fn gathered(workload: &Workload) -> Contestant<'_> {
    let compiled = CompiledPolicies::new(&workload.policies);
    let shelf = Shelf::new(SHELF_BYTES);
    contestant("doorward-gathered", workload, move |question| {
        let policies = shelf.prepare(compiled.clone(), Choices::default(), &question.request.context);
        Expected::of(decide(&question.request, &policies))
    })
}

/// As [`prepared`], but for requesters with any tags.
#[must_use]
pub fn untagged(workload: &Workload) -> Contestant<'_> {
    let policies = Policies::new(CompiledPolicies::new(&workload.policies), Choices::default());
    contestant("doorward-any-tags", workload, move |question| {
        Expected::of(decide(&question.request, &policies))
    })
}

/// The documents are compiled; the plan of the request's action is made for each decision.
#[must_use]
pub fn cold(workload: &Workload) -> Contestant<'_> {
    let compiled = CompiledPolicies::new(&workload.policies);
    contestant("doorward-cold", workload, move |question| {
        Expected::of(decide(&question.request, &tagged(workload, compiled.clone())))
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
