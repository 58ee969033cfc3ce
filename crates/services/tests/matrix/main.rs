//! The golden matrix: every operation, asked for by every kind of caller. The answers stand in `conformance/matrix.tsv`;
//! `DOORWARD_BLESS=1` writes them anew, and whoever does should read what has changed.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect has failed"
)]

mod callers;
mod delegation;
#[path = "../door/mod.rs"]
mod door;
mod organization;
mod requests;

use std::path::Path;

use doorward_services::table::{self, row};

use crate::callers::CALLERS;
use crate::door::{Door, Keys};
use crate::requests::{REQUESTS, World};

/// How many installations are in use at once. Each takes a moment to close, and does nothing then.
const AT_ONCE: usize = 16;

/// The operations that are called with a proof in place of a signature.
const PROVEN: [&str; 2] = ["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"];

/// The operations that are there, as `iam:GetUser`.
fn operations() -> Vec<String> {
    let all = table::SERVICES.iter().flat_map(|service| service.operations.iter());
    let there = all.filter(|shape| row(shape).is_some());
    there.map(|shape| format!("{}:{}", shape.service.signing_name, shape.name)).collect()
}

/// One operation's line: what each kind of caller is answered, `ok` or a code. Each asks in a world of its own.
fn line(operation: &str) -> Vec<String> {
    let (_, parameters) = REQUESTS.iter().find(|(name, _)| name == &operation).unwrap();
    let answer = |caller: &callers::Caller| {
        let world = World::of(operation);
        let parameters = world.filled(parameters);
        let parameters: Vec<(&str, &str)> =
            parameters.iter().map(|(name, value)| (*name, &**value)).collect();
        let answer = caller.ask(&world.door, operation, &parameters);
        assert_eq!(answer.status == 200, answer.code.is_empty());
        answer.verdict().to_owned()
    };
    CALLERS.iter().map(answer).collect()
}

/// The operations that let their caller through and have nothing to answer here, and the code with which they say so.
const UNANSWERED: [(&str, &str); 9] = [
    ("organizations:CreateGovCloudAccount", "ConstraintViolationException"),
    ("organizations:DescribeEffectivePolicy", "EffectivePolicyNotFoundException"),
    ("organizations:DescribeResponsibilityTransfer", "ResponsibilityTransferNotFoundException"),
    ("organizations:InviteOrganizationToTransferResponsibility", "HandshakeConstraintViolationException"),
    ("organizations:LeaveOrganization", "MasterCannotLeaveOrganizationException"),
    ("organizations:ListAccountsWithInvalidEffectivePolicy", "EffectivePolicyNotFoundException"),
    ("organizations:ListEffectivePolicyValidationErrors", "EffectivePolicyNotFoundException"),
    ("organizations:TerminateResponsibilityTransfer", "ResponsibilityTransferNotFoundException"),
    ("organizations:UpdateResponsibilityTransfer", "ResponsibilityTransferNotFoundException"),
];

/// What the services of JSON call otherwise than the others.
fn plain<'v>(operation: &str, verdict: &'v str) -> &'v str {
    if UNANSWERED.contains(&(operation, verdict)) {
        return "ok";
    }
    match verdict {
        "AccessDeniedException" => "AccessDenied",
        "ExpiredTokenException" => "ExpiredToken",
        "MissingAuthenticationTokenException" => "MissingAuthenticationToken",
        "UnrecognizedClientException" => "InvalidClientTokenId",
        other => other,
    }
}

fn matrix(operations: &[String]) -> Vec<(String, Vec<String>)> {
    std::thread::scope(|scope| {
        let lines = |operations: &[String]| {
            operations.iter().map(|operation| (operation.clone(), line(operation))).collect::<Vec<_>>()
        };
        let shares = operations.chunks(operations.len().div_ceil(AT_ONCE));
        let threads: Vec<_> = shares.map(|share| scope.spawn(move || lines(share))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

#[test]
fn every_operation_has_a_line() {
    let named: Vec<&str> = REQUESTS.iter().map(|(operation, _)| *operation).collect();
    assert_eq!(
        named,
        operations(),
        "every operation that is there needs its request in REQUESTS, and no other does"
    );
}

/// The operations of the models that are answered with `NotImplemented`. A newer model may bring some.
const MISSING: [&str; 0] = [];

#[test]
fn every_operation_is_there_or_says_that_it_is_not() {
    let door = Door::new();
    let (root, stranger) = (door.root(), Keys { id: "AKIAIOSFODNN7EXAMPLE".to_owned(), ..door.root() });
    let all = table::SERVICES.iter().flat_map(|service| service.operations.iter());
    let missing = all.filter(|shape| row(shape).is_none());
    let missing = missing.map(|shape| format!("{}:{}", shape.service.signing_name, shape.name));
    let missing: Vec<String> = missing.collect();
    assert_eq!(missing, MISSING);
    for operation in &missing {
        let answer = door.call(&root, operation, &[]);
        assert_eq!((answer.status, answer.verdict()), (501, "NotImplemented"), "{operation}");
        let refused = door.call(&stranger, operation, &[]);
        assert_eq!(plain(operation, refused.verdict()), "InvalidClientTokenId", "{operation}");
    }
}

#[test]
fn the_matrix_is_as_it_was() {
    let lines = matrix(&operations());
    for (operation, verdicts) in &lines {
        // Nobody signs these, so that all callers are one.
        if PROVEN.contains(&operation.as_str()) {
            assert!(verdicts.iter().all(|verdict| *verdict == verdicts[0]), "{operation}: {verdicts:?}");
            continue;
        }
        for (caller, verdict) in CALLERS.iter().zip(verdicts) {
            (caller.must)(operation, plain(operation, verdict)).unwrap_or_else(|rule| {
                panic!("{operation} by {}: {verdict}, but {rule}", caller.name);
            });
        }
    }
    let names: Vec<&str> = CALLERS.iter().map(|caller| caller.name).collect();
    let mut text = format!("operation\t{}\n", names.join("\t"));
    for (operation, verdicts) in lines {
        text.push_str(&format!("{operation}\t{}\n", verdicts.join("\t")));
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/matrix.tsv");
    if std::env::var_os("DOORWARD_BLESS").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let golden = std::fs::read_to_string(&file).unwrap();
    let changed: Vec<&str> =
        text.lines().filter(|line| !golden.lines().any(|other| other == *line)).collect();
    assert!(text == golden, "conformance/matrix.tsv says otherwise of:\n{}", changed.join("\n"));
}
