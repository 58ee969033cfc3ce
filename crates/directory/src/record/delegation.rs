//! How delegation requests and their notices are stored.

use std::sync::Arc;

use doorward_policy::AccountId;
use jiff::Timestamp;
use minicbor::{Decode, Encode};

use super::{BadRecord, Reason, account_id, read, unique_id, write};
use crate::delegation::notice::{Event, Notice};
use crate::delegation::{
    Approval, Approver, DelegationRequest, Identity, Parameter, ParameterValue, Permission, Sender, State,
};
use crate::keys::Key;
use crate::keys::delegation::Place;

/// What one record of temporary delegation says.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum DelegationFact {
    Request(Box<DelegationRequest>),
    Notice(Notice),
}

impl DelegationFact {
    pub(crate) fn into_request(self) -> Option<DelegationRequest> {
        if let Self::Request(request) = self { Some(*request) } else { None }
    }

    pub(crate) fn into_notice(self) -> Option<Notice> {
        if let Self::Notice(notice) = self { Some(notice) } else { None }
    }
}

#[derive(Encode, Decode)]
struct RequestRecord<'b> {
    #[b(0)]
    id: &'b str,
    #[b(1)]
    requestor_name: &'b str,
    #[b(2)]
    workflow: &'b str,
    #[b(3)]
    description: &'b str,
    #[b(4)]
    message: Option<&'b str>,
    #[b(5)]
    template: &'b str,
    #[b(6)]
    parameters: Vec<ParameterRecord<'b>>,
    #[b(7)]
    policy: &'b str,
    #[b(8)]
    redirect_url: Option<&'b str>,
    #[b(9)]
    channel: &'b str,
    #[n(10)]
    session_s: u32,
    #[n(11)]
    only_send_by_owner: bool,
    #[n(12)]
    owner_account: Option<u64>,
    #[b(13)]
    owner: Option<IdentityRecord<'b>>,
    #[b(14)]
    approval: Option<ApprovalRecord<'b>>,
    #[b(15)]
    state: &'b str,
    #[n(16)]
    entered_ms: i64,
    #[n(17)]
    created_ms: i64,
    #[n(18)]
    updated_ms: i64,
    #[b(19)]
    notes: Option<&'b str>,
    #[b(20)]
    rejection: Option<&'b str>,
    #[n(21)]
    notices: u32,
}

#[derive(Encode, Decode)]
struct ParameterRecord<'b> {
    #[b(0)]
    name: &'b str,
    #[n(1)]
    list: bool,
    #[b(2)]
    values: Vec<&'b str>,
}

#[derive(Encode, Decode)]
struct IdentityRecord<'b> {
    #[b(0)]
    arn: &'b str,
    #[b(1)]
    id: &'b str,
}

#[derive(Encode, Decode)]
struct ApprovalRecord<'b> {
    #[b(0)]
    identity: IdentityRecord<'b>,
    #[b(1)]
    approver: ApproverRecord<'b>,
}

#[derive(Encode, Decode)]
enum ApproverRecord<'b> {
    #[n(0)]
    Root,
    #[n(1)]
    User(#[b(0)] &'b str),
    #[n(2)]
    Role {
        #[b(0)]
        role: &'b str,
        #[b(1)]
        session: &'b str,
        #[b(2)]
        tags: Vec<(&'b str, &'b str)>,
        #[b(3)]
        transitive: Vec<&'b str>,
        #[b(4)]
        source_identity: Option<&'b str>,
    },
}

#[derive(Encode, Decode)]
struct NoticeRecord<'b> {
    /// The state that it tells of; none where it carries the token.
    #[b(0)]
    state: Option<&'b str>,
    #[n(1)]
    at_ms: i64,
}

/// The bytes that say `fact`.
pub(super) fn encode(key: &Key, fact: &DelegationFact) -> Result<Vec<u8>, BadRecord> {
    match fact {
        DelegationFact::Request(request) => write(key, &request_record(request)),
        DelegationFact::Notice(notice) => {
            let state = match notice.event {
                Event::StateChange(state) => Some(state.name()),
                Event::ExchangeToken => None,
            };
            write(key, &NoticeRecord { state, at_ms: notice.at.as_millisecond() })
        }
    }
}

fn request_record(request: &DelegationRequest) -> RequestRecord<'_> {
    RequestRecord {
        id: &request.id,
        requestor_name: &request.requestor_name,
        workflow: &request.workflow,
        description: &request.description,
        message: request.message.as_deref(),
        template: &request.permission.template,
        parameters: request.permission.parameters.iter().map(parameter_record).collect(),
        policy: &request.permission.policy,
        redirect_url: request.redirect_url.as_deref(),
        channel: &request.channel,
        session_s: request.session_s,
        only_send_by_owner: request.sender == Sender::Owner,
        owner_account: request.owner_account.map(AccountId::number),
        owner: request.owner.as_ref().map(identity_record),
        approval: request.approval.as_ref().map(|approval| ApprovalRecord {
            identity: identity_record(&approval.identity),
            approver: approver_record(&approval.approver),
        }),
        state: request.state.name(),
        entered_ms: request.entered.as_millisecond(),
        created_ms: request.created.as_millisecond(),
        updated_ms: request.updated.as_millisecond(),
        notes: request.notes.as_deref(),
        rejection: request.rejection.as_deref(),
        notices: request.notices,
    }
}

fn parameter_record(parameter: &Parameter) -> ParameterRecord<'_> {
    let (list, values) = match &parameter.value {
        ParameterValue::One(value) => (false, vec![&**value]),
        ParameterValue::List(values) => (true, values.iter().map(|value| &**value).collect()),
    };
    ParameterRecord { name: &parameter.name, list, values }
}

fn identity_record(identity: &Identity) -> IdentityRecord<'_> {
    IdentityRecord { arn: &identity.arn, id: &identity.id }
}

fn approver_record(approver: &Approver) -> ApproverRecord<'_> {
    match approver {
        Approver::Root => ApproverRecord::Root,
        Approver::User(id) => ApproverRecord::User(id.as_str()),
        Approver::Role { role, session, tags, transitive, source_identity } => ApproverRecord::Role {
            role: role.as_str(),
            session,
            tags: tags.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect(),
            transitive: transitive.iter().map(String::as_str).collect(),
            source_identity: source_identity.as_deref(),
        },
    }
}

/// What the record at `place` says.
pub(super) fn fact(place: &Place, bytes: &[u8]) -> Result<DelegationFact, Reason> {
    match place {
        Place::Request(account, workflow) => {
            let request = request(*account, read(bytes)?)?;
            if request.place() != *workflow {
                return Err(format!("it is of the workflow `{}`", request.workflow));
            }
            Ok(DelegationFact::Request(Box::new(request)))
        }
        Place::Notice(request, number) => {
            let record: NoticeRecord<'_> = read(bytes)?;
            let event = record.state.map(state).transpose()?.map_or(Event::ExchangeToken, Event::StateChange);
            let (request, at) = (Arc::clone(request), time(record.at_ms)?);
            Ok(DelegationFact::Notice(Notice { request, number: *number, event, at }))
        }
    }
}

fn request(requestor: AccountId, record: RequestRecord<'_>) -> Result<DelegationRequest, Reason> {
    Ok(DelegationRequest {
        id: record.id.into(),
        requestor,
        requestor_name: record.requestor_name.into(),
        workflow: record.workflow.into(),
        description: record.description.into(),
        message: record.message.map(Into::into),
        permission: Permission {
            template: record.template.into(),
            parameters: record.parameters.iter().map(parameter).collect::<Result<_, _>>()?,
            policy: record.policy.into(),
        },
        redirect_url: record.redirect_url.map(Into::into),
        channel: record.channel.into(),
        session_s: record.session_s,
        sender: if record.only_send_by_owner { Sender::Owner } else { Sender::Anyone },
        owner_account: record.owner_account.map(account_id).transpose()?,
        owner: record.owner.map(|record| identity(&record)),
        approval: record.approval.map(approval).transpose()?,
        state: state(record.state)?,
        entered: time(record.entered_ms)?,
        created: time(record.created_ms)?,
        updated: time(record.updated_ms)?,
        notes: record.notes.map(Into::into),
        rejection: record.rejection.map(Into::into),
        notices: record.notices,
    })
}

fn parameter(record: &ParameterRecord<'_>) -> Result<Parameter, Reason> {
    let value = match (record.list, record.values.as_slice()) {
        (true, values) => ParameterValue::List(values.iter().map(|value| Box::from(*value)).collect()),
        (false, [value]) => ParameterValue::One((*value).into()),
        (false, values) => return Err(format!("a parameter has {} values, and is no list", values.len())),
    };
    Ok(Parameter { name: record.name.into(), value })
}

fn identity(record: &IdentityRecord<'_>) -> Identity {
    Identity { arn: record.arn.into(), id: record.id.into() }
}

fn approval(record: ApprovalRecord<'_>) -> Result<Approval, Reason> {
    let approver = match record.approver {
        ApproverRecord::Root => Approver::Root,
        ApproverRecord::User(id) => Approver::User(unique_id(id)?),
        ApproverRecord::Role { role, session, tags, transitive, source_identity } => Approver::Role {
            role: unique_id(role)?,
            session: session.into(),
            tags: tags.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
            transitive: transitive.into_iter().map(str::to_owned).collect(),
            source_identity: source_identity.map(Into::into),
        },
    };
    Ok(Approval { identity: identity(&record.identity), approver })
}

fn state(name: &str) -> Result<State, Reason> {
    let found = State::ALL.into_iter().find(|state| state.name() == name);
    found.ok_or_else(|| format!("`{name}` is no state of a delegation request"))
}

fn time(millisecond: i64) -> Result<Timestamp, Reason> {
    Timestamp::from_millisecond(millisecond).map_err(|error| error.to_string())
}
