//! The query protocol's door: IAM and STS.
//!
//! Both answer at the same address. The operation is told by `Action` and `Version`, which no two services share; whether
//! the request was signed for the service of that operation is for the gate to check.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html>

use doorward_gate::Gate;
use doorward_services::row;
use doorward_services::table::{self, Parameters, Request, Served};
use doorward_wire::ApiError;
use doorward_wire::answer::Format;
use doorward_wire::form::Form;
use doorward_wire::shape::OperationShape;
use doorward_wire::target::{self, TargetError};
use http::Method;

use crate::received::Received;
use crate::reply::{Reply, errors};
use crate::route::Place;

/// The only content type that the query protocol has.
const FORM: &str = "application/x-www-form-urlencoded";

/// What is shown to whoever looks at the address with a browser.
const ABOUT: &str = "This is Doorward, which speaks the AWS IAM, STS and Organizations APIs at this address.\n\n\
    export AWS_ENDPOINT_URL to this address and use the AWS CLI or any AWS SDK.\n\
    What it does and how to run it: https://github.com/doorward/doorward\n";

/// The format a request wants its answer in.
pub(crate) fn format(received: &Received) -> Format {
    Format::of_accept(received.header("accept"))
}

/// Answers a request; `None` if it is for an operation that waits for the disk or takes long, and this is not the
/// place for it.
pub(crate) fn answer(gate: &Gate, received: &Received, place: Place) -> Option<Reply> {
    let format = format(received);
    match form(received).and_then(|form| Ok((target::resolve(&form, &table::SERVICES)?, form))) {
        Ok((shape, form)) => {
            let waits = row(shape).is_some_and(|row| row.waits(Parameters::Query { form: &form, format }));
            if waits && place == Place::Loop {
                return None;
            }
            let reply = ask(gate, received, &form, format, shape);
            Some(Reply { service: Some(shape.service.signing_name), operation: Some(shape.name), ..reply })
        }
        Err(TargetError::NoAction) if received.method == Method::GET => Some(about()),
        Err(TargetError::NoAction) => {
            let message = "The request is missing an action.";
            Some(Reply::failure(&ApiError::new(&errors::MISSING_ACTION, message), format, &received.id))
        }
        Err(TargetError::Refused(error)) => Some(Reply::failure(&error, format, &received.id)),
    }
}

/// The page for people.
pub(crate) fn about() -> Reply {
    Reply::text(200, ABOUT)
}

/// The parameters of a request.
fn form(received: &Received) -> Result<Form<'_>, TargetError> {
    received.check_body(FORM).map_err(|fault| ApiError::malformed_input(fault.to_string()))?;
    Ok(Form::parse(received.query(), &received.body)?)
}

/// Hands a request to its operation.
fn ask(
    gate: &Gate,
    received: &Received,
    form: &Form<'_>,
    format: Format,
    shape: &'static OperationShape,
) -> Reply {
    let served = received.arrive(shape.service.signing_name, shape.name, |arrival| {
        let parameters = Parameters::Query { form, format };
        table::answer(gate, &Request { arrival, parameters, id: &received.id }, shape, received.now)
    });
    reply(served)
}

/// The reply of a request that found its operation.
pub(crate) fn reply(served: Served) -> Reply {
    let Served { answer, revision, code, caller, denied, denial, cause } = served;
    Reply { revision, code, caller, denied, denial_message: denial, cause, ..Reply::of(answer) }
}
