//! A varied stream: requests on many actions and resources from many places, as a busy gateway sees them.

use doorward_engine::decide;
use doorward_policy::request::Choices;
use doorward_spec::judge;
use serde_json::{Map, Value, json};

use crate::generate::{ACCOUNT, SERVICES, Services};
use crate::twister::Twister;
use crate::ways;
use crate::workload::{Expected, Question, Unusable, Workload};

/// How many requests a stream has.
pub const LENGTH: usize = 4_096;

/// How many of the answers the reference model is asked for, where that takes long. The others are the engine's.
const MODELLED: usize = 512;

/// Adds a stream of requests, with their answers, to those of a workload.
///
/// # Errors
/// [`Unusable`], if the workload is.
pub fn add(workload: &mut Value, services: Services) -> Result<(), Unusable> {
    add_unanswered(workload, services);
    let answers = answers(&Workload::read(workload.clone())?);
    let requests = workload.get_mut("requests").and_then(Value::as_array_mut);
    let own = answers.len().saturating_sub(LENGTH);
    for (request, answer) in requests.into_iter().flatten().zip(answers).skip(own) {
        if let Some(expected) = request.get_mut("expected") {
            *expected = json!(format!("{answer:?}"));
        }
    }
    Ok(())
}

/// Adds the stream without answers: all say that they are to be denied. The first of the workload's requests gives the
/// context; what varies are action, resource, region, address, the age of the second factor, transport and client.
///
/// Nothing is asked of KMS: a key's own policy must take part there, and the workload has none.
pub fn add_unanswered(workload: &mut Value, services: Services) {
    let base = workload.pointer("/requests/0/context").and_then(Value::as_object).cloned();
    let base = base.unwrap_or_default();
    let mut twister = Twister::new(0x5eed);
    let stream = (0..LENGTH).map(|place| request(&mut twister, place, &base, services));
    if let Some(requests) = workload.get_mut("requests").and_then(Value::as_array_mut) {
        requests.extend(stream);
    }
}

/// What is to be answered.
fn answers(workload: &Workload) -> Vec<Expected> {
    let choices = Choices::default();
    let policies = ways::policies(workload);
    let step = if workload.statements > 1_000 { LENGTH / MODELLED } else { 1 };
    let answer = |(place, question): (usize, &Question)| {
        Expected::of(if place.is_multiple_of(step) {
            judge(&question.request, &workload.policies, &choices).decision
        } else {
            decide(&question.request, &policies)
        })
    };
    workload.questions.iter().enumerate().map(answer).collect()
}

fn request(twister: &mut Twister, place: usize, base: &Map<String, Value>, services: Services) -> Value {
    let (action, resource) = subject(twister, services);
    let mut context = base.clone();
    let mut put = |key: &str, value: String| context.insert(key.to_owned(), value.into());
    put("aws:RequestedRegion", often(twister, "eu-west-1", &["eu-central-1", "us-east-1", "us-west-2"]));
    let network = often(twister, "10.20", &["192.168", "203.0", "198.51"]);
    put("aws:SourceIp", format!("{network}.{}.{}", twister.below(256), twister.below(256)));
    put("aws:MultiFactorAuthAge", twister.below(4_000).to_string());
    put("aws:SecureTransport", (twister.below(100) < 98).to_string());
    put("s3:TlsVersion", often(twister, "1.3", &["1.2"]));
    put("aws:UserAgent", format!("client/{}", twister.below(50)));
    json!({
        "id": format!("S{place}"), "action": action, "resource": resource, "context": context,
        "expected": "ImplicitDeny",
    })
}

/// The usual value three times in four, else one of the others.
fn often(twister: &mut Twister, usual: &str, others: &[&str]) -> String {
    if twister.below(4) < 3 { usual.to_owned() } else { (*twister.pick(others)).to_owned() }
}

fn subject(twister: &mut Twister, services: Services) -> (String, String) {
    let [s3, ..] = &SERVICES;
    let mut service = s3;
    if services == Services::All && twister.below(10) >= 3 {
        service = twister.pick(&SERVICES);
        while service.prefix == "kms" {
            service = twister.pick(&SERVICES);
        }
    }
    let action = format!("{}:{}", service.prefix, twister.pick(service.actions));
    let resource = match (service.prefix, twister.below(10)) {
        ("s3", 0..3) => format!(
            "arn:aws:s3:::analytics-prod/reports/{}/summary-{}.parquet",
            twister.below(13),
            twister.below(1_000)
        ),
        ("s3", 3) => format!("arn:aws:s3:::home/{}/notes.txt", twister.pick(&["alice", "bob"])),
        ("iam", 0) => format!("arn:aws:iam::{ACCOUNT}:user/bob"),
        _ => {
            let pattern = (service.resource)(twister);
            filled(twister, &pattern)
        }
    };
    (action, resource)
}

/// A resource that a pattern matches.
fn filled(twister: &mut Twister, pattern: &str) -> String {
    let mut filled = String::new();
    for character in pattern.chars() {
        match character {
            '*' => filled.push_str(&format!("x{}", twister.below(1_000))),
            '?' => filled.push(*twister.pick(&['a', 'b', '1', '2'])),
            other => filled.push(other),
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate;

    #[test]
    fn a_stream_has_answers_of_every_kind() {
        let mut workload = generate::workload(500, Services::All);
        add(&mut workload, Services::All).unwrap();
        let workload = Workload::read(workload).unwrap();
        assert_eq!(workload.questions.len(), 6 + LENGTH);
        let stream = &workload.questions[6..];
        let count = |kind: Expected| stream.iter().filter(|question| question.expected == kind).count();
        for kind in [Expected::Allow, Expected::ExplicitDeny, Expected::ImplicitDeny] {
            assert!(count(kind) >= LENGTH / 20, "{kind:?}: {}", count(kind));
        }
    }
}
