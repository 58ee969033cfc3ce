//! Temporary delegation: a product provider asks an account for access for a while, and someone there grants it.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html>

pub mod notice;
pub mod provider;
pub mod token;

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use doorward_policy::AccountId;
use jiff::{SignedDuration, Timestamp};

use crate::unique_id::UniqueId;

/// How long a request waits for somebody to associate it.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html>
pub const UNASSIGNED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// How long a request stays in any other state before it expires; and how long one that has ended can be read.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html>. How long AWS shows
/// those that were finalized or have expired is UNCONFIRMED (delegation-kept).
pub const ASSIGNED_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The longest session that a root user may approve, in seconds.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html>
pub const ROOT_SESSION_S_MAX: u32 = 4 * 3600;

/// A delegation request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DelegationRequest {
    /// Its id: a UUID.
    pub id: Arc<str>,
    /// The account of the provider that asks.
    pub requestor: AccountId,
    /// What the provider is called.
    pub requestor_name: Box<str>,
    /// What the provider calls the request; no other of its requests is called so.
    pub workflow: Box<str>,
    /// What it is for.
    pub description: Box<str>,
    /// What the provider says about this one.
    pub message: Option<Box<str>>,
    /// What is asked for.
    pub permission: Permission,
    /// Where the provider's own page is.
    pub redirect_url: Option<Box<str>>,
    /// The topic that the provider is told of changes at: an ARN.
    pub channel: Box<str>,
    /// How long the session lasts, in seconds, from the release of the token on.
    pub session_s: u32,
    /// Who may release the token.
    pub sender: Sender,
    /// The account that it is for; `None` before anybody has associated a request for any account.
    pub owner_account: Option<AccountId>,
    /// Who associated it.
    pub owner: Option<Identity>,
    /// Who accepted it.
    pub approval: Option<Approval>,
    /// The state that was stored. See [`state_at`](Self::state_at).
    pub state: State,
    /// When it came into that state.
    pub entered: Timestamp,
    /// When it was created.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// What was noted when it was put before an administrator.
    pub notes: Option<Box<str>>,
    /// Why it was rejected.
    pub rejection: Option<Box<str>>,
    /// How many notices the provider was sent about it.
    pub notices: u32,
}

/// What a delegation request asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Permission {
    /// The ARN of the provider's template.
    pub template: Box<str>,
    /// What was put into it.
    pub parameters: Vec<Parameter>,
    /// What came of it: a policy.
    pub policy: Box<str>,
}

/// What a provider puts into a place of its template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameter {
    /// The name of the place.
    pub name: Box<str>,
    /// The text, or the texts.
    pub value: ParameterValue,
}

/// The value of a parameter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ParameterValue {
    /// One text: `string`.
    One(Box<str>),
    /// Any number of texts: `stringList`.
    List(Vec<Box<str>>),
}

/// Who may release the token of an accepted request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sender {
    /// Whoever is permitted.
    Anyone,
    /// Its owner alone.
    Owner,
}

/// Who did something: a user, a root user, or one session of a role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Identity {
    /// Its ARN at that time.
    pub arn: Box<str>,
    /// What tells it from others that had or will have the ARN, as `aws:userid` says.
    pub id: Box<str>,
}

/// Who accepted a request: the delegated session can do what it can, and no more than the request asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Approval {
    /// Who.
    pub identity: Identity,
    /// How it is found again.
    pub approver: Approver,
}

/// An identity that accepted a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Approver {
    /// The root user of the owner's account.
    Root,
    /// A user.
    User(UniqueId),
    /// A session of a role. That it may have ended since does not matter.
    Role {
        /// The role.
        role: UniqueId,
        /// The session's name.
        session: Box<str>,
        /// Session tags: those passed and those inherited.
        tags: Vec<(String, String)>,
        /// The keys of the tags that the next session of a chain inherits.
        transitive: Vec<String>,
        /// The source identity, once set.
        source_identity: Option<Box<str>>,
    },
}

/// Where a request is on its way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Nobody has associated it.
    Unassigned,
    /// It has an owner.
    Assigned,
    /// Its owner has put it before an administrator.
    PendingApproval,
    /// Somebody has accepted it.
    Accepted,
    /// The token was released.
    Finalized,
    /// Somebody has rejected it.
    Rejected,
    /// Nothing happened for too long.
    Expired,
}

impl State {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Unassigned,
        Self::Assigned,
        Self::PendingApproval,
        Self::Accepted,
        Self::Finalized,
        Self::Rejected,
        Self::Expired,
    ];

    /// The word in answers and notices.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unassigned => "UNASSIGNED",
            Self::Assigned => "ASSIGNED",
            Self::PendingApproval => "PENDING_APPROVAL",
            Self::Accepted => "ACCEPTED",
            Self::Finalized => "FINALIZED",
            Self::Rejected => "REJECTED",
            Self::Expired => "EXPIRED",
        }
    }

    /// Whether nothing comes after it.
    #[must_use]
    pub const fn is_final(self) -> bool {
        match self {
            Self::Unassigned | Self::Assigned | Self::PendingApproval | Self::Accepted => false,
            Self::Finalized | Self::Rejected | Self::Expired => true,
        }
    }

    const fn lasts(self) -> SignedDuration {
        match self {
            Self::Unassigned => UNASSIGNED_FOR,
            Self::Assigned
            | Self::PendingApproval
            | Self::Accepted
            | Self::Finalized
            | Self::Rejected
            | Self::Expired => ASSIGNED_FOR,
        }
    }
}

impl DelegationRequest {
    /// The state that it is in: one that nothing happened to for too long has expired, whether or not that is stored yet.
    #[must_use]
    pub fn state_at(&self, now: Timestamp) -> State {
        if !self.state.is_final() && now >= self.ends() { State::Expired } else { self.state }
    }

    /// When it expires, or did; of one that has ended otherwise, until when it can be read.
    #[must_use]
    pub fn expires(&self) -> Timestamp {
        match self.state {
            State::Expired => self.entered,
            State::Unassigned
            | State::Assigned
            | State::PendingApproval
            | State::Accepted
            | State::Finalized
            | State::Rejected => self.ends(),
        }
    }

    /// Whether it can be read no more.
    #[must_use]
    pub fn is_forgotten(&self, now: Timestamp) -> bool {
        let last = if self.state.is_final() { self.ends() } else { later(self.ends(), ASSIGNED_FOR) };
        now >= last
    }

    /// Whether an account can see it: the one that it is for, and any as long as it is for none.
    #[must_use]
    pub fn is_shown_to(&self, account: AccountId) -> bool {
        self.owner_account.is_none_or(|owner| owner == account)
    }

    /// When the session that it grants ends, once its token was released.
    #[must_use]
    pub fn session_ends(&self) -> Option<Timestamp> {
        let released = (self.state == State::Finalized).then_some(self.entered)?;
        let released = Timestamp::from_second(released.as_second()).ok()?;
        Some(later(released, SignedDuration::from_secs(i64::from(self.session_s))))
    }

    /// When its state ends.
    fn ends(&self) -> Timestamp {
        later(self.entered, self.state.lasts())
    }

    /// Where it stands among its provider's requests.
    pub(crate) fn place(&self) -> Arc<str> {
        workflow_digest(&self.workflow)
    }
}

/// What stands for a workflow's id in a key, which does not take every character: SHA-256, in hexadecimal.
pub(crate) fn workflow_digest(workflow: &str) -> Arc<str> {
    let bytes = digest(&SHA256, workflow.as_bytes());
    bytes.as_ref().iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()
}

fn later(time: Timestamp, by: SignedDuration) -> Timestamp {
    time.checked_add(by).unwrap_or(Timestamp::MAX)
}
