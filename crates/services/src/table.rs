//! The table of operations: what this server has, and how a request reaches it.

use std::borrow::Cow;
use std::convert::Infallible;
use std::sync::{Arc, LazyLock};

use doorward_directory::{Revision, Snapshot};
use doorward_gate::{
    Arrival, Caller, Denied, Gate, Permit, Question, Stranger, Unauthenticated, Unauthorized,
};
use doorward_policy::explain::Decision;
use doorward_wire::answer::{self, Answer, Format};
use doorward_wire::form::Form;
use doorward_wire::json::{self, Times};
use doorward_wire::shape::{ErrorShape, Fault, OperationShape, Protocol, ServiceShape};
use doorward_wire::{ApiError, Sink, Value as _, errors, iam, organizations, query, sts};
use jiff::Timestamp;

use crate::call::Call;
use crate::fault;
use crate::operation::{Access, Gathered, Operation, Unsigned};

/// One operation that this server has.
#[derive(Clone, Copy)]
pub struct Row {
    /// Its shape.
    pub shape: fn() -> &'static OperationShape,
    /// What it does to the store.
    pub access: Access,
    serve: Serve,
}

/// How a request reaches its operation.
#[derive(Clone, Copy)]
enum Serve {
    /// From a caller.
    Signed(fn(&Gate, &Caller, Parameters<'_>, &str) -> Served),
    /// From anybody.
    Unsigned(fn(&Stranger, Parameters<'_>, &str) -> Served),
}

/// A request that found its operation.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The request as it arrived.
    pub arrival: Arrival<'r>,
    /// Its parameters.
    pub parameters: Parameters<'r>,
    /// The id under which it is answered.
    pub id: &'r str,
}

/// The parameters of a request, in the protocol of its service, in which it is answered as well.
#[derive(Clone, Copy, Debug)]
pub enum Parameters<'r> {
    /// A form, and how the answer is wanted.
    Query {
        /// The form.
        form: &'r Form<'r>,
        /// How the answer is wanted.
        format: Format,
    },
    /// A body in JSON.
    Json(&'r [u8]),
}

/// What comes of a request.
#[derive(Debug)]
pub struct Served {
    /// The answer.
    pub answer: Answer,
    /// The revision of its write, if it wrote.
    pub revision: Option<Revision>,
    /// The code of the error, if it is one.
    pub code: Option<Cow<'static, str>>,
    /// The ARN of whoever called, once that is established.
    pub caller: Option<String>,
    /// The judge's answer, if it was no.
    pub denied: Option<Decision>,
    /// Why it was denied, if it was: a message that only `DecodeAuthorizationMessage` opens, in the caller's account.
    pub denial: Option<String>,
    /// What failed inside, if something did, for the log alone.
    pub cause: Option<String>,
}

/// The services that this server speaks for.
pub static SERVICES: [&ServiceShape; 3] = [&iam::SERVICE, &organizations::SERVICE, &sts::SERVICE];

/// The row of an operation; `None` for one that the model has and this server does not.
#[must_use]
pub fn row(shape: &OperationShape) -> Option<&'static Row> {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
        let rows = crate::iam::ROWS.iter().chain(&crate::organizations::ROWS).chain(&crate::sts::ROWS);
        let mut rows: Vec<Row> = rows.copied().collect();
        rows.sort_by_key(|row| key((row.shape)()));
        rows
    });
    let at = ROWS.binary_search_by_key(&key(shape), |row| key((row.shape)())).ok()?;
    ROWS.get(at)
}

fn key(shape: &OperationShape) -> (&'static str, &'static str) {
    (shape.service.id, shape.name)
}

impl Row {
    /// Whether a request for the operation may take long: it commits, and waits until that is durable, or reads much.
    #[must_use]
    pub fn waits(&self, parameters: Parameters<'_>) -> bool {
        match (self.access, parameters) {
            (Access::Read, _) => false,
            // Whoever gives it twice is refused later.
            (Access::WriteWith(parameter), Parameters::Query { form, .. }) => {
                !matches!(form.value(parameter), Ok(None))
            }
            (Access::WriteWith(_), Parameters::Json(_)) | (Access::LongRead | Access::Write, _) => true,
        }
    }

    /// The row of an operation.
    pub(crate) const fn of<O: Operation>() -> Self {
        Self { shape: O::shape, access: O::ACCESS, serve: Serve::Signed(serve::<O>) }
    }

    /// The row of an operation that writes down what it finds as it goes, which may be much.
    pub(crate) const fn gathered<O: Gathered>() -> Self {
        Self { shape: O::shape, access: Access::LongRead, serve: Serve::Signed(serve_gathered::<O>) }
    }

    /// The row of an operation that nobody signs.
    pub(crate) const fn unsigned<O: Unsigned>() -> Self {
        Self { shape: O::shape, access: Access::Read, serve: Serve::Unsigned(serve_unsigned::<O>) }
    }
}

/// Answers a request for an operation: authenticates, decodes, authorizes, runs, encodes.
#[must_use]
pub fn answer(gate: &Gate, request: &Request<'_>, shape: &'static OperationShape, now: Timestamp) -> Served {
    let (parameters, id) = (request.parameters, request.id);
    let refuse = |refusal| failed(&unauthenticated(&refusal, shape.service), shape, parameters, id);
    let serve = row(shape).map(|row| row.serve);
    if let Some(Serve::Unsigned(serve)) = serve {
        return match gate.receive(now) {
            Ok(stranger) => serve(&stranger, parameters, id),
            Err(refusal) => refuse(refusal),
        };
    }
    let authenticated =
        tracing::trace_span!("authenticate").in_scope(|| gate.authenticate(&request.arrival, now));
    let caller = match authenticated {
        Ok(caller) => caller,
        Err(refusal) => return refuse(refusal),
    };
    match serve {
        Some(Serve::Signed(serve)) => {
            let served = serve(gate, &caller, parameters, id);
            Served { caller: caller.arn(), ..served }
        }
        Some(Serve::Unsigned(_)) | None => {
            failed(&ApiError::not_implemented(shape.name), shape, parameters, id)
        }
    }
}

fn serve<O: Operation>(gate: &Gate, caller: &Caller, parameters: Parameters<'_>, id: &str) -> Served {
    let mut denial = None;
    match run::<O>(gate, caller, parameters, &mut denial) {
        Ok((output, revision)) => Served { revision, ..succeeded::<O>(&output, parameters, id) },
        Err(error) => refused::<O>(gate, caller, &error, denial, parameters, id),
    }
}

/// The answer to a request that failed, with the explanation if it was denied.
fn refused<O: doorward_wire::Operation>(
    gate: &Gate,
    caller: &Caller,
    error: &ApiError,
    denial: Option<Denied>,
    parameters: Parameters<'_>,
    id: &str,
) -> Served {
    let decision = denial.as_ref().map(|denied| denied.explanation.decision);
    let denial = denial.and_then(|denied| gate.encode_message(caller, &denied));
    Served { denied: decision, denial, ..failed(error, O::shape(), parameters, id) }
}

fn serve_gathered<O: Gathered>(gate: &Gate, caller: &Caller, parameters: Parameters<'_>, id: &str) -> Served {
    let mut denial = None;
    let mut write = || {
        // It changes nothing, so there is nothing to be permitted anew.
        let call = Call::new(gate, caller, O::shape(), &|_| false)?;
        let input = decode::<O>(parameters)?;
        let permit = permit::<O>(gate, caller, O::questions(&call, &input)?, &mut denial)?;
        succeeded_by::<O, ApiError>(parameters, id, |output| O::write(&call, &permit, input, output))
    };
    match write() {
        Ok(served) => served,
        Err(error) => refused::<O>(gate, caller, &error, denial, parameters, id),
    }
}

fn serve_unsigned<O: Unsigned>(stranger: &Stranger, parameters: Parameters<'_>, id: &str) -> Served {
    match decode::<O>(parameters).and_then(|input| O::run(stranger, input)) {
        Ok(output) => succeeded::<O>(&output, parameters, id),
        Err(error) => failed(&error, O::shape(), parameters, id),
    }
}

fn run<O: Operation>(
    gate: &Gate,
    caller: &Caller,
    parameters: Parameters<'_>,
    denial: &mut Option<Denied>,
) -> Result<(O::Output, Option<Revision>), ApiError> {
    let again = |newest: &Snapshot| still_permitted::<O>(gate, caller, parameters, newest);
    let call = Call::new(gate, caller, O::shape(), &again)?;
    let input = decode::<O>(parameters)?;
    let questions = O::questions(&call, &input)?;
    let permit = permit::<O>(gate, caller, questions, denial)?;
    let output = O::run(&call, &permit, input)?;
    Ok((output, call.revision()))
}

/// Asks for permission; a denial is left in `denial`.
fn permit<'c, O: doorward_wire::Operation>(
    gate: &Gate,
    caller: &'c Caller,
    questions: Vec<Question>,
    denial: &mut Option<Denied>,
) -> Result<Permit<'c, O>, ApiError> {
    let asked = tracing::trace_span!("decide").in_scope(|| gate.authorize::<O>(caller, questions));
    asked.map_err(|refusal| match refusal {
        Unauthorized::Denied(denied) => {
            let error = fault::access_denied(O::shape(), denied.message.clone());
            *denial = Some(denied);
            error
        }
        Unauthorized::Undecidable(cause) => fault::unreadable(&cause),
        Unauthorized::NothingAsked => ApiError::internal_failure(),
    })
}

/// Whether a call that was permitted would be permitted on a newer snapshot as well.
fn still_permitted<O: Operation>(
    gate: &Gate,
    caller: &Caller,
    parameters: Parameters<'_>,
    newest: &Snapshot,
) -> bool {
    let permitted = || {
        let caller = gate.renew(caller, Arc::new(newest.clone()))?;
        let call = Call::new(gate, &caller, O::shape(), &|_| false).ok()?;
        let input = decode::<O>(parameters).ok()?;
        let questions = O::questions(&call, &input).ok()?;
        gate.authorize::<O>(&caller, questions).ok().map(drop)
    };
    permitted().is_some()
}

fn decode<O: doorward_wire::Operation>(parameters: Parameters<'_>) -> Result<O::Input, ApiError> {
    match parameters {
        Parameters::Query { form, .. } => query::decode::<O>(form),
        Parameters::Json(body) => json::decode_operation::<O>(body),
    }
}

/// The answer to a request that succeeded.
fn succeeded<O: doorward_wire::Operation>(
    output: &O::Output,
    parameters: Parameters<'_>,
    id: &str,
) -> Served {
    let written = succeeded_by::<O, Infallible>(parameters, id, |sink| {
        output.write(sink);
        Ok(())
    });
    match written {
        Ok(served) => served,
        Err(never) => match never {},
    }
}

/// The same, with an output that `write` writes.
fn succeeded_by<O: doorward_wire::Operation, E>(
    parameters: Parameters<'_>,
    id: &str,
    write: impl FnOnce(&mut dyn Sink) -> Result<(), E>,
) -> Result<Served, E> {
    let answer = match parameters {
        Parameters::Query { format, .. } => answer::success_written::<O, E>(format, id, write)?,
        Parameters::Json(_) => answer::json_success_written(Times::EpochSeconds, write)?,
    };
    Ok(Served { answer, revision: None, code: None, caller: None, denied: None, denial: None, cause: None })
}

/// The answer to a request that failed.
fn failed(error: &ApiError, shape: &OperationShape, parameters: Parameters<'_>, id: &str) -> Served {
    let answer = match parameters {
        Parameters::Query { format, .. } => answer::failure(error, Some(shape.service), format, id),
        Parameters::Json(_) => answer::json_failure(error),
    };
    let (code, cause) = (Some(error.code.clone()), error.cause.clone());
    Served { answer, revision: None, code, caller: None, denied: None, denial: None, cause }
}

fn unauthenticated(refusal: &Unauthenticated, service: &ServiceShape) -> ApiError {
    if service.protocol == Protocol::Json11 {
        return fault::unauthenticated_in_json(refusal);
    }
    let known: [&ErrorShape; 8] = [
        &errors::ACCESS_DENIED,
        &errors::EXPIRED_TOKEN,
        &errors::INCOMPLETE_SIGNATURE,
        &errors::INVALID_CLIENT_TOKEN_ID,
        &errors::MISSING_AUTHENTICATION_TOKEN,
        &errors::REQUEST_EXPIRED,
        &errors::SERVICE_UNAVAILABLE,
        &errors::SIGNATURE_DOES_NOT_MATCH,
    ];
    let shape = known.into_iter().find(|shape| shape.code == refusal.code());
    let error = match shape {
        Some(shape) => {
            ApiError { http_status: refusal.http_status(), ..ApiError::new(shape, refusal.to_string()) }
        }
        None => ApiError::internal_failure(),
    };
    if error.fault == Fault::Receiver { error.caused_by(refusal) } else { error }
}
