//! The administrative door: accounts, service principals and the installation's own keys, which AWS has other services for.
//!
//! It speaks the JSON 1.1 protocol on the same address, under the signing name `doorward` and targets such as
//! `Doorward.CreateAccount`.
//! Whoever asks must be allowed the action of that name, such as `doorward:CreateAccount`, on `*` in the management
//! account: its root user is, others by policy. The functions are also what the command uses when no server runs.
//!
//! Source: <https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>

use doorward_directory::access_key::NewAccessKey;
use doorward_directory::change::{accounts, keys as access_keys, services};
use doorward_directory::random::NoRandomness;
use doorward_directory::{Directory, Refusal, Revision, Snapshot};
use doorward_gate::{Caller, Gate, Question, Unauthenticated, Unauthorized};
use doorward_policy::AccountId;
use doorward_sigv4::SecretAccessKey;
use doorward_wire::answer::{Answer, json_failure};
use doorward_wire::shape::{ErrorShape, Fault};
use doorward_wire::{ApiError, errors, iam};
use http::{HeaderName, Method};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use self::keys::{
    AccessKeyRotated, HolderOfKey, KeyRing, KeyRings, KeyRow, KeysToRotate, MasterToKeep, WrappedKey,
    WrappedKeys, add_master_key, keep_master_key, key_rings, rotate_access_key, rotate_keys, wrapped_keys,
};
use crate::backup::{self, Stream};
use crate::received::Received;
use crate::reply::{Reply, errors as door_errors};
use crate::route::Place;

mod keys;

/// The header that names the operation.
pub const TARGET: HeaderName = HeaderName::from_static("x-amz-target");

/// What stands before the operation's name in it.
pub const TARGET_PREFIX: &str = "Doorward.";

/// The name that requests are signed for.
pub const SIGNING_NAME: &str = "doorward";

/// The content type of requests and answers.
pub const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// The content type of a backup.
const STREAM_TYPE: &str = "application/octet-stream";

/// An operation of this door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Makes an account and its root user's access key.
    CreateAccount,
    /// Lists the accounts.
    ListAccounts,
    /// Registers a service and makes its access key.
    CreateServicePrincipal,
    /// Lists the services.
    ListServicePrincipals,
    /// Lists the keys of the installation.
    ListKeys,
    /// Begins to rotate a ring of them.
    RotateKeys,
    /// Hands out the data keys as master keys wrap them.
    GetWrappedKeys,
    /// Has another master key open the data keys, too.
    AddMasterKey,
    /// Has one master key alone open the data keys.
    KeepMasterKey,
    /// Makes a new access key for a service or a root user.
    RotateAccessKey,
    /// Makes a backup, which is the answer's body.
    Backup,
}

/// Input of [`Operation::CreateAccount`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct NewAccount {
    /// What people call it, 1 to 50 characters.
    pub name: String,
    /// Its twelve digits; chosen at random where none are given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// Input of [`Operation::CreateServicePrincipal`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct NewServicePrincipal {
    /// What policies call it: a lower-case host name.
    pub name: String,
    /// The account its credentials belong to; the management account where none is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
}

/// Input of the operations that list.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoInput {}

/// An account, as this door shows it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AccountRow {
    /// Its twelve digits.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// When it was made, ISO 8601.
    pub created: String,
}

/// A service, as this door shows it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServiceRow {
    /// What policies call it.
    pub name: String,
    /// The account its credentials belong to.
    pub account: String,
    /// When it was registered, ISO 8601.
    pub created: String,
}

/// An access key just made. Shown this once.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct KeyShown {
    /// The id, `AKIA…`.
    pub access_key_id: String,
    /// The secret.
    #[serde(serialize_with = "expose", deserialize_with = "conceal")]
    pub secret_access_key: SecretAccessKey,
}

/// Output of [`Operation::CreateAccount`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AccountCreated {
    /// The account.
    pub account: AccountRow,
    /// The access key of its root user.
    pub root_access_key: KeyShown,
}

/// Output of [`Operation::CreateServicePrincipal`].
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServicePrincipalCreated {
    /// The service.
    pub service_principal: ServiceRow,
    /// Its access key.
    pub access_key: KeyShown,
}

/// Output of [`Operation::ListAccounts`]: every account, by id.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Accounts {
    /// The accounts.
    pub accounts: Vec<AccountRow>,
}

/// Output of [`Operation::ListServicePrincipals`]: every service, by name.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ServicePrincipals {
    /// The services.
    pub service_principals: Vec<ServiceRow>,
}

fn expose<S: serde::Serializer>(secret: &SecretAccessKey, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose())
}

fn conceal<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<SecretAccessKey, D::Error> {
    String::deserialize(deserializer).map(SecretAccessKey::new)
}

impl Operation {
    const ALL: [Self; 11] = [
        Self::CreateAccount,
        Self::ListAccounts,
        Self::CreateServicePrincipal,
        Self::ListServicePrincipals,
        Self::ListKeys,
        Self::RotateKeys,
        Self::GetWrappedKeys,
        Self::AddMasterKey,
        Self::KeepMasterKey,
        Self::RotateAccessKey,
        Self::Backup,
    ];

    /// Its name, such as `CreateAccount`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CreateAccount => "CreateAccount",
            Self::ListAccounts => "ListAccounts",
            Self::CreateServicePrincipal => "CreateServicePrincipal",
            Self::ListServicePrincipals => "ListServicePrincipals",
            Self::ListKeys => "ListKeys",
            Self::RotateKeys => "RotateKeys",
            Self::GetWrappedKeys => "GetWrappedKeys",
            Self::AddMasterKey => "AddMasterKey",
            Self::KeepMasterKey => "KeepMasterKey",
            Self::RotateAccessKey => "RotateAccessKey",
            Self::Backup => "Backup",
        }
    }

    const fn action(self) -> &'static str {
        match self {
            Self::CreateAccount => "doorward:CreateAccount",
            Self::ListAccounts => "doorward:ListAccounts",
            Self::CreateServicePrincipal => "doorward:CreateServicePrincipal",
            Self::ListServicePrincipals => "doorward:ListServicePrincipals",
            Self::ListKeys => "doorward:ListKeys",
            Self::RotateKeys => "doorward:RotateKeys",
            Self::GetWrappedKeys => "doorward:GetWrappedKeys",
            Self::AddMasterKey => "doorward:AddMasterKey",
            Self::KeepMasterKey => "doorward:KeepMasterKey",
            Self::RotateAccessKey => "doorward:RotateAccessKey",
            Self::Backup => "doorward:Backup",
        }
    }

    const fn place(self) -> Place {
        match self {
            Self::CreateAccount
            | Self::CreateServicePrincipal
            | Self::ListKeys
            | Self::RotateKeys
            | Self::AddMasterKey
            | Self::KeepMasterKey
            | Self::RotateAccessKey
            | Self::Backup => Place::Pool,
            Self::ListAccounts | Self::ListServicePrincipals | Self::GetWrappedKeys => Place::Loop,
        }
    }
}

/// Makes an account and its root user's access key, in one transaction.
///
/// # Errors
/// [`Refusal`]: there is an account of this id, the name or id is not possible, or the store failed.
pub fn create_account(
    directory: &Directory,
    random: &dyn Fn(&mut [u8]) -> Result<(), NoRandomness>,
    now: Timestamp,
    new: &NewAccount,
) -> Result<(AccountCreated, Revision), Refusal> {
    let given = new.id.as_deref().map(|id| account_id("id", id)).transpose()?;
    let ((account, key), revision) = directory.change(now, |draft| {
        let id = match given {
            Some(id) => id,
            None => random_account_id(random)?,
        };
        let account = accounts::create(draft, id, &new.name)?;
        Ok((account, access_keys::create(draft, id, access_keys::KeyHolder::Root)?))
    })?;
    let account = AccountRow {
        id: account.id.to_string(),
        name: account.name.to_string(),
        created: account.created.to_string(),
    };
    Ok((AccountCreated { account, root_access_key: KeyShown::of(key) }, revision))
}

/// Registers a service and makes its access key, in one transaction.
///
/// # Errors
/// [`Refusal`]: there is a service of this name, no such account, the name is not possible, or the store failed.
pub fn create_service_principal(
    directory: &Directory,
    now: Timestamp,
    new: &NewServicePrincipal,
) -> Result<(ServicePrincipalCreated, Revision), Refusal> {
    let given = new.account.as_deref().map(|id| account_id("account", id)).transpose()?;
    let ((service, key), revision) = directory.change(now, |draft| {
        let management = draft.snapshot().installation().map(|installation| installation.management_account);
        let account = given.or(management).ok_or_else(|| Refusal::NoSuchAccount("management".to_owned()))?;
        services::register(draft, account, &new.name)
    })?;
    let service_principal = ServiceRow {
        name: service.name.to_string(),
        account: service.account.to_string(),
        created: service.created.to_string(),
    };
    Ok((ServicePrincipalCreated { service_principal, access_key: KeyShown::of(key) }, revision))
}

/// Every account, by id.
#[must_use]
pub fn accounts(snapshot: &Snapshot) -> Accounts {
    let mut accounts: Vec<AccountRow> = snapshot
        .accounts()
        .map(|account| AccountRow {
            id: account.id.to_string(),
            name: account.name.to_string(),
            created: account.created.to_string(),
        })
        .collect();
    accounts.sort_by(|one, other| one.id.cmp(&other.id));
    Accounts { accounts }
}

/// Every service, by name.
#[must_use]
pub fn service_principals(snapshot: &Snapshot) -> ServicePrincipals {
    let mut service_principals: Vec<ServiceRow> = snapshot
        .services()
        .map(|service| ServiceRow {
            name: service.name.to_string(),
            account: service.account.to_string(),
            created: service.created.to_string(),
        })
        .collect();
    service_principals.sort_by(|one, other| one.name.cmp(&other.name));
    ServicePrincipals { service_principals }
}

/// A random account id of twelve digits, the first not zero, as AWS's are.
///
/// # Errors
/// [`NoRandomness`].
pub fn random_account_id(
    random: &dyn Fn(&mut [u8]) -> Result<(), NoRandomness>,
) -> Result<AccountId, NoRandomness> {
    /// How many ids there are whose first digit is not zero, and the smallest of them.
    const IDS: u64 = 900_000_000_000;
    const FIRST: u64 = 100_000_000_000;
    let mut bytes = [0; 8];
    random(&mut bytes)?;
    AccountId::new(FIRST + u64::from_be_bytes(bytes) % IDS)
        .ok_or_else(|| NoRandomness("an account id has twelve digits".to_owned()))
}

fn account_id(field: &'static str, text: &str) -> Result<AccountId, Refusal> {
    text.parse().map_err(|_| Refusal::InvalidValue { field, reason: "it must be twelve digits".to_owned() })
}

impl KeyShown {
    fn of(made: NewAccessKey) -> Self {
        Self { access_key_id: made.key.id.to_string(), secret_access_key: made.secret }
    }
}

/// Answers a request; `None` if it waits for the disk, and this is not the place to wait.
pub(crate) fn answer(gate: &Gate, received: &Received, place: Place) -> Option<Reply> {
    let operation = match operation(received) {
        Ok(operation) => operation,
        Err(error) => return Some(failed(&error)),
    };
    if operation.place() == Place::Pool && place == Place::Loop {
        return None;
    }
    let asked = received.arrive(SIGNING_NAME, operation.name(), |arrival| {
        tracing::trace_span!("authenticate").in_scope(|| gate.authenticate(&arrival, received.now))
    });
    let caller = match asked {
        Ok(caller) => caller,
        Err(refusal) => {
            return Some(named(operation, failed(&unauthenticated(&refusal))));
        }
    };
    let reply = match run(gate, &caller, operation, received) {
        Ok(Done::Written(body, revision)) => {
            let answer = Answer { http_status: 200, content_type: CONTENT_TYPE, body };
            Reply { revision, ..Reply::of(answer) }
        }
        Ok(Done::Streamed(stream, revision)) => {
            let answer = Answer { http_status: 200, content_type: STREAM_TYPE, body: String::new() };
            Reply { revision: Some(revision), stream: Some(stream), ..Reply::of(answer) }
        }
        Err(error) => failed(&error),
    };
    Some(named(operation, Reply { caller: caller.arn(), ..reply }))
}

fn named(operation: Operation, reply: Reply) -> Reply {
    Reply { service: Some(SIGNING_NAME), operation: Some(operation.name()), ..reply }
}

fn operation(received: &Received) -> Result<Operation, ApiError> {
    let unknown = || ApiError::new(&door_errors::UNKNOWN_OPERATION, "The target names no operation.");
    let target = received.header(TARGET.as_str()).ok_or_else(unknown)?;
    let name = target.strip_prefix(TARGET_PREFIX).ok_or_else(unknown)?;
    let operation = Operation::ALL.into_iter().find(|operation| operation.name() == name);
    let operation = operation.ok_or_else(unknown)?;
    if received.method != Method::POST || received.uri.query().is_some() {
        return Err(ApiError::new(
            &door_errors::UNKNOWN_OPERATION,
            "Operations are asked for by POST, without a query.",
        ));
    }
    received.check_body(CONTENT_TYPE).map_err(|fault| ApiError::serialization(fault.to_string()))?;
    Ok(operation)
}

/// What an operation comes to.
enum Done {
    Written(String, Option<Revision>),
    Streamed(Stream, Revision),
}

/// The right to run an operation of this door.
struct Administer;

fn run(gate: &Gate, caller: &Caller, operation: Operation, received: &Received) -> Result<Done, ApiError> {
    let management = caller.snapshot().installation().map(|installation| installation.management_account);
    let management = management.ok_or_else(ApiError::internal_failure)?;
    let question = Question::new(operation.action(), "*", management);
    let asked =
        tracing::trace_span!("decide").in_scope(|| gate.authorize::<Administer>(caller, vec![question]));
    let _permit = asked.map_err(|refusal| match refusal {
        Unauthorized::Denied(denied) => ApiError::access_denied(denied.message),
        Unauthorized::Undecidable(cause) => ApiError::internal_failure().caused_by(&cause),
        Unauthorized::NothingAsked => ApiError::internal_failure(),
    })?;
    let (directory, random) = (gate.directory(), |bytes: &mut [u8]| gate.fill_random(bytes));
    match operation {
        Operation::CreateAccount => {
            let made = create_account(directory, &random, received.now, &input(received)?);
            let (output, revision) = made.map_err(|refusal| refused(&refusal))?;
            Ok(Done::Written(written(&output)?, Some(revision)))
        }
        Operation::CreateServicePrincipal => {
            let made = create_service_principal(directory, received.now, &input(received)?);
            let (output, revision) = made.map_err(|refusal| refused(&refusal))?;
            Ok(Done::Written(written(&output)?, Some(revision)))
        }
        Operation::ListAccounts => {
            let NoInput {} = input(received)?;
            Ok(Done::Written(written(&accounts(caller.snapshot()))?, None))
        }
        Operation::ListServicePrincipals => {
            let NoInput {} = input(received)?;
            Ok(Done::Written(written(&service_principals(caller.snapshot()))?, None))
        }
        Operation::Backup => {
            let NoInput {} = input(received)?;
            let (revision, stream) = backup::begin(directory, received.now)?;
            Ok(Done::Streamed(stream, revision))
        }
        Operation::ListKeys => {
            let NoInput {} = input(received)?;
            Ok(Done::Written(written(&key_rings(caller.snapshot(), received.now))?, None))
        }
        Operation::GetWrappedKeys => {
            let NoInput {} = input(received)?;
            Ok(Done::Written(written(&wrapped_keys(caller.snapshot()))?, None))
        }
        Operation::RotateKeys => {
            let begun = rotate_keys(directory, received.now, &input(received)?);
            let (output, revision) = begun.map_err(|refusal| refused(&refusal))?;
            Ok(Done::Written(written(&output)?, Some(revision)))
        }
        Operation::AddMasterKey => {
            let added = add_master_key(directory, received.now, &input(received)?);
            Ok(Done::Written(written(&NoInput {})?, Some(added.map_err(|refusal| refused(&refusal))?)))
        }
        Operation::KeepMasterKey => {
            let kept = keep_master_key(directory, received.now, &input(received)?);
            Ok(Done::Written(written(&NoInput {})?, Some(kept.map_err(|refusal| refused(&refusal))?)))
        }
        Operation::RotateAccessKey => {
            let made = rotate_access_key(directory, received.now, &input(received)?);
            let (output, revision) = made.map_err(|refusal| refused(&refusal))?;
            Ok(Done::Written(written(&output)?, Some(revision)))
        }
    }
}

fn input<T: DeserializeOwned>(received: &Received) -> Result<T, ApiError> {
    serde_json::from_slice(&received.body).map_err(|error| ApiError::serialization(error.to_string()))
}

fn written(output: &impl Serialize) -> Result<String, ApiError> {
    serde_json::to_string(output).map_err(|_| ApiError::internal_failure())
}

fn failed(error: &ApiError) -> Reply {
    Reply { code: Some(error.code.clone()), cause: error.cause.clone(), ..Reply::of(json_failure(error)) }
}

/// The answer to a refusal, with the status that IAM's model gives its code.
fn refused(refusal: &Refusal) -> ApiError {
    let code = refusal.code();
    let modelled = iam::OPERATIONS.iter().flat_map(|operation| operation.errors.iter().copied());
    let common = [&errors::VALIDATION_ERROR, &errors::SERVICE_UNAVAILABLE];
    let shape: Option<&ErrorShape> = modelled.chain(common).find(|shape| shape.code == code);
    let error =
        shape.map_or_else(ApiError::internal_failure, |shape| ApiError::new(shape, refusal.to_string()));
    if error.fault == Fault::Receiver { error.caused_by(refusal) } else { error }
}

fn unauthenticated(refusal: &Unauthenticated) -> ApiError {
    let http_status = refusal.http_status();
    let fault = if http_status < 500 { Fault::Sender } else { Fault::Receiver };
    let error = ApiError::new(&ErrorShape { code: refusal.code(), http_status, fault }, refusal.to_string());
    if fault == Fault::Receiver { error.caused_by(refusal) } else { error }
}
