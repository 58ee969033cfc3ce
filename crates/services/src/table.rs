//! The table of operations: what this server has, and how a request reaches it.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use doorward_directory::{Revision, Snapshot};
use doorward_gate::{Arrival, Caller, Denied, Gate, Stranger, Unauthenticated, Unauthorized};
use doorward_wire::answer::{self, Answer, Format};
use doorward_wire::form::Form;
use doorward_wire::shape::{ErrorShape, Fault, OperationShape, ServiceShape};
use doorward_wire::{ApiError, errors, iam, query, sts};
use jiff::Timestamp;

use crate::call::Call;
use crate::fault;
use crate::operation::{Access, Operation, Unsigned};

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
    Signed(fn(&Gate, &Caller, &Form<'_>, Format, &str) -> Served),
    /// From anybody.
    Unsigned(fn(&Stranger, &Form<'_>, Format, &str) -> Served),
}

/// A request that found its operation.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// The request as it arrived.
    pub arrival: Arrival<'r>,
    /// Its parameters.
    pub form: &'r Form<'r>,
    /// How it wants its answer.
    pub format: Format,
    /// The id under which it is answered.
    pub id: &'r str,
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
    /// Why it was denied, if it was: a message that only `DecodeAuthorizationMessage` opens, in the caller's account.
    pub denial: Option<String>,
}

/// The services that this server speaks for.
pub static SERVICES: [&ServiceShape; 2] = [&iam::SERVICE, &sts::SERVICE];

/// The row of an operation; `None` for one that the model has and this server does not.
#[must_use]
pub fn row(shape: &OperationShape) -> Option<&'static Row> {
    static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
        let mut rows: Vec<Row> = crate::iam::ROWS.iter().chain(&crate::sts::ROWS).copied().collect();
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
    pub fn waits(&self, form: &Form<'_>) -> bool {
        match self.access {
            Access::Read => false,
            Access::LongRead | Access::Write => true,
            // Whoever gives it twice is refused later.
            Access::WriteWith(parameter) => !matches!(form.value(parameter), Ok(None)),
        }
    }

    /// The row of an operation.
    pub(crate) const fn of<O: Operation>() -> Self {
        Self { shape: O::shape, access: O::ACCESS, serve: Serve::Signed(serve::<O>) }
    }

    /// The row of an operation that nobody signs.
    pub(crate) const fn unsigned<O: Unsigned>() -> Self {
        Self { shape: O::shape, access: Access::Read, serve: Serve::Unsigned(serve_unsigned::<O>) }
    }
}

/// Answers a request for an operation: authenticates, decodes, authorizes, runs, encodes.
#[must_use]
pub fn answer(gate: &Gate, request: &Request<'_>, shape: &'static OperationShape, now: Timestamp) -> Served {
    let refuse = |refusal| failed(&unauthenticated(&refusal), shape, request.format, request.id);
    let serve = row(shape).map(|row| row.serve);
    if let Some(Serve::Unsigned(serve)) = serve {
        return match gate.receive(now) {
            Ok(stranger) => serve(&stranger, request.form, request.format, request.id),
            Err(refusal) => refuse(refusal),
        };
    }
    let caller = match gate.authenticate(&request.arrival, now) {
        Ok(caller) => caller,
        Err(refusal) => return refuse(refusal),
    };
    match serve {
        Some(Serve::Signed(serve)) => {
            let served = serve(gate, &caller, request.form, request.format, request.id);
            Served { caller: caller.arn(), ..served }
        }
        Some(Serve::Unsigned(_)) | None => {
            failed(&ApiError::not_implemented(shape.name), shape, request.format, request.id)
        }
    }
}

fn serve<O: Operation>(gate: &Gate, caller: &Caller, form: &Form<'_>, format: Format, id: &str) -> Served {
    let mut denial = None;
    match run::<O>(gate, caller, form, &mut denial) {
        Ok((output, revision)) => {
            let answer = answer::success::<O>(&output, format, id);
            Served { answer, revision, code: None, caller: None, denial: None }
        }
        Err(error) => {
            let denial = denial.and_then(|denied| gate.encode_message(caller, &denied));
            Served { denial, ..failed(&error, O::shape(), format, id) }
        }
    }
}

fn serve_unsigned<O: Unsigned>(stranger: &Stranger, form: &Form<'_>, format: Format, id: &str) -> Served {
    match query::decode::<O>(form).and_then(|input| O::run(stranger, input)) {
        Ok(output) => {
            let answer = answer::success::<O>(&output, format, id);
            Served { answer, revision: None, code: None, caller: None, denial: None }
        }
        Err(error) => failed(&error, O::shape(), format, id),
    }
}

fn run<O: Operation>(
    gate: &Gate,
    caller: &Caller,
    form: &Form<'_>,
    denial: &mut Option<Denied>,
) -> Result<(O::Output, Option<Revision>), ApiError> {
    let again = |newest: &Snapshot| still_permitted::<O>(gate, caller, form, newest);
    let call = Call::new(gate, caller, O::shape(), &again)?;
    let input = query::decode::<O>(form)?;
    let questions = O::questions(&call, &input)?;
    let permit = gate.authorize::<O>(caller, questions).map_err(|refusal| match refusal {
        Unauthorized::Denied(denied) => {
            let error = ApiError::access_denied(denied.message.clone());
            *denial = Some(denied);
            error
        }
        Unauthorized::Undecidable(cause) => fault::unreadable(&cause),
        Unauthorized::NothingAsked => ApiError::internal_failure(),
    })?;
    let output = O::run(&call, &permit, input)?;
    Ok((output, call.revision()))
}

/// Whether a call that was permitted would be permitted on a newer snapshot as well.
fn still_permitted<O: Operation>(gate: &Gate, caller: &Caller, form: &Form<'_>, newest: &Snapshot) -> bool {
    let permitted = || {
        let caller = gate.renew(caller, Arc::new(newest.clone()))?;
        let call = Call::new(gate, &caller, O::shape(), &|_| false).ok()?;
        let input = query::decode::<O>(form).ok()?;
        let questions = O::questions(&call, &input).ok()?;
        gate.authorize::<O>(&caller, questions).ok().map(drop)
    };
    permitted().is_some()
}

/// The answer to a request that failed.
fn failed(error: &ApiError, shape: &OperationShape, format: Format, id: &str) -> Served {
    let answer = answer::failure(error, Some(shape.service), format, id);
    let code = Some(error.code.clone());
    Served { answer, revision: None, code, caller: None, denial: None }
}

fn unauthenticated(refusal: &Unauthenticated) -> ApiError {
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
    match shape {
        Some(shape) => {
            ApiError { http_status: refusal.http_status(), ..ApiError::new(shape, refusal.to_string()) }
        }
        None => ApiError { fault: Fault::Receiver, ..ApiError::internal_failure() },
    }
}
