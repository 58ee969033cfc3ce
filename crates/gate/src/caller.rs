//! Who is calling, established.

use std::sync::{Arc, OnceLock};

use doorward_directory::Snapshot;
use doorward_policy::AccountId;
use doorward_policy::request::{Context, ContextValue, Requester};
use doorward_sigv4::AccessKeyId;
use jiff::Timestamp;

use crate::arrived::Arrived;
use crate::authorize::put_organization;
use crate::session::{Session, Subject};

/// A caller whose signature was verified. Carries the one snapshot of the directory that its whole request sees.
#[derive(Clone)]
pub struct Caller {
    pub(crate) requester: Requester,
    pub(crate) credential: Credential,
    pub(crate) snapshot: Arc<Snapshot>,
    /// The condition keys that the credentials bring.
    pub(crate) brought: Context,
    /// What the request brought.
    pub(crate) arrived: Arc<Arrived>,
    /// All condition keys, put together when they are first asked for.
    pub(crate) context: OnceLock<Context>,
    pub(crate) now: Timestamp,
}

/// What a request was signed with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Credential {
    /// A long-term access key, `AKIA…`.
    LongTerm(AccessKeyId),
    /// Temporary credentials.
    Session(Box<Session>),
}

impl Caller {
    /// Who is calling, as policies see it.
    #[must_use]
    pub fn requester(&self) -> &Requester {
        &self.requester
    }

    /// What the request was signed with.
    #[must_use]
    pub fn credential(&self) -> &Credential {
        &self.credential
    }

    /// The directory as this request sees it.
    #[must_use]
    pub fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// The condition keys that are the same for everything the request asks. Put together when they are first asked for:
    /// where no policy depends on any, nobody does.
    #[must_use]
    pub fn context(&self) -> &Context {
        self.context.get_or_init(|| self.all_keys())
    }

    fn all_keys(&self) -> Context {
        let mut context = self.requester.context();
        context.extend(self.arrived.context(self.now));
        context.extend(self.brought.clone());
        if let Requester::Service { .. } = self.requester {
            let source = single(&context, "aws:sourceaccount").and_then(|id| id.parse().ok());
            if let Some(account) = source {
                put_organization(&mut context, &self.snapshot, account, "aws:Source");
            }
        } else if let Some(account) = self.requester.account() {
            put_organization(&mut context, &self.snapshot, account, "aws:Principal");
        }
        context
    }

    /// When the request arrived.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The account in which the caller acts: its own. A service principal acts in the account it was registered
    /// for, in the management account when for none.
    #[must_use]
    pub fn account(&self) -> Option<AccountId> {
        let management = || self.snapshot.installation().map(|installation| installation.management_account);
        self.requester.account().or_else(management)
    }

    /// The caller's ARN, as `GetCallerIdentity` answers it. AWS has no ARN for a service that calls with credentials of
    /// its own; ours is `arn:aws:iam::ACCOUNT:service/NAME`.
    #[must_use]
    pub fn arn(&self) -> Option<String> {
        match &self.requester {
            Requester::Service { names, .. } => {
                Some(format!("arn:aws:iam::{}:service/{}", self.account()?, names.first()?))
            }
            Requester::Anonymous
            | Requester::Root { .. }
            | Requester::User { .. }
            | Requester::RoleSession { .. }
            | Requester::FederatedUser { .. }
            | Requester::Federated { .. } => self.requester.arn(),
        }
    }

    /// Whether the credentials are a session that began with another session: role chaining, which AWS limits to one
    /// hour. Credentials of `GetSessionToken` count.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html>
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        match &self.credential {
            Credential::LongTerm(_) => None,
            Credential::Session(session) => Some(session),
        }
    }

    /// Whether the root user of a member account is calling, through `AssumeRoot`.
    #[must_use]
    pub fn is_root_session(&self) -> bool {
        self.session().is_some_and(|session| made_by(session) == Maker::AssumeRoot)
    }

    /// The name of the IAM user that is calling, with long-term credentials or those of `GetSessionToken`.
    #[must_use]
    pub fn user_name(&self) -> Option<&str> {
        match &self.requester {
            Requester::User { name, .. } => Some(name),
            Requester::Anonymous
            | Requester::Root { .. }
            | Requester::RoleSession { .. }
            | Requester::FederatedUser { .. }
            | Requester::Service { .. }
            | Requester::Federated { .. } => None,
        }
    }
}

/// The value of a single-valued key.
fn single<'c>(context: &'c Context, key: &str) -> Option<&'c str> {
    match context.value(key)? {
        ContextValue::Single(value) => Some(value),
        ContextValue::Multiple(_) => None,
    }
}

/// What a session was made by, where rules depend on it.
pub(crate) fn made_by(session: &Session) -> Maker {
    match session.subject {
        Subject::Root | Subject::User(_) => Maker::GetSessionToken,
        Subject::Federated(_) => Maker::GetFederationToken,
        Subject::Role(_) => Maker::AssumeRole,
        Subject::AssumedRoot(_) => Maker::AssumeRoot,
        Subject::Delegated(_) => Maker::GetDelegatedAccessToken,
    }
}

/// The operations that make sessions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Maker {
    /// `GetSessionToken`.
    GetSessionToken,
    /// `GetFederationToken`.
    GetFederationToken,
    /// `AssumeRole` and its kin.
    AssumeRole,
    /// `AssumeRoot`.
    AssumeRoot,
    /// `GetDelegatedAccessToken`.
    GetDelegatedAccessToken,
}
