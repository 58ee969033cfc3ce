//! The door of the services that speak JSON 1.1: Organizations.
//!
//! They answer at the same address as the others. The operation is told by the header `x-amz-target`; whether the request was
//! signed for the service of that operation is for the gate to check.
//!
//! Source: <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>

use doorward_gate::Gate;
use doorward_services::row;
use doorward_services::table::{self, Parameters, Request};
use doorward_wire::answer::json_failure;
use doorward_wire::shape::OperationShape;
use doorward_wire::{ApiError, target};
use http::Method;

use crate::administration::{CONTENT_TYPE, TARGET};
use crate::query;
use crate::received::Received;
use crate::reply::{Reply, errors};
use crate::route::Place;

/// The operation that a request's target names; `None` for a target of no such service.
pub(crate) fn operation(received: &Received) -> Option<&'static OperationShape> {
    target::resolve_json(received.header(TARGET.as_str())?, &table::SERVICES)
}

/// Answers a request; `None` if it is for an operation that waits for the disk, and this is not the place to wait.
pub(crate) fn answer(
    gate: &Gate,
    received: &Received,
    place: Place,
    shape: &'static OperationShape,
) -> Option<Reply> {
    let parameters = Parameters::Json(&received.body);
    let waits = row(shape).is_some_and(|row| row.waits(parameters));
    if waits && place == Place::Loop {
        return None;
    }
    let reply = match check(received) {
        Err(error) => Reply { code: Some(error.code.clone()), ..Reply::of(json_failure(&error)) },
        Ok(()) => query::reply(received.arrive(shape.service.signing_name, shape.name, |arrival| {
            table::answer(gate, &Request { arrival, parameters, id: &received.id }, shape, received.now)
        })),
    };
    Some(Reply { service: Some(shape.service.signing_name), operation: Some(shape.name), ..reply })
}

fn check(received: &Received) -> Result<(), ApiError> {
    if received.method != Method::POST || received.uri.query().is_some() {
        let message = "Operations are asked for by POST, without a query.";
        return Err(ApiError::new(&errors::UNKNOWN_OPERATION, message));
    }
    received.check_body(CONTENT_TYPE).map_err(|fault| ApiError::serialization(fault.to_string()))
}
