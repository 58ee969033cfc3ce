//! From a signature to a caller.

use std::sync::{Arc, OnceLock};

use doorward_directory::access_key::{AccessKey, KeyOwner, KeyStatus};
use doorward_directory::delegation::Approver;
use doorward_directory::directory::NotFollowing;
use doorward_directory::identity::User;
use doorward_directory::seal::SealBroken;
use doorward_directory::usage::Used;
use doorward_directory::{Snapshot, UniqueId};
use doorward_policy::request::{Context, FederationIssuer, Requester, SessionOrigin};
use doorward_sigv4::{AccessKeyId, AccessKeyKind, Expected, Presented, Regions, Rejection, SecretAccessKey};
use jiff::Timestamp;

use crate::Gate;
use crate::arrival::Arrival;
use crate::arrived::Arrived;
use crate::caller::{Caller, Credential, Maker, made_by};
use crate::session::{self, DelegatedSession, Session, Subject};

/// Why nobody is known to have sent a request.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Unauthenticated {
    /// The signature is missing, malformed, out of time or wrong.
    #[error(transparent)]
    Signature(#[from] Rejection),
    /// The access key is unknown, inactive or without its owner; or the token is not one of ours, or not this key's;
    /// or the credentials are of a kind that the service does not take.
    #[error("The security token included in the request is invalid.")]
    InvalidToken,
    /// The temporary credentials have ended.
    #[error("The security token included in the request is expired")]
    ExpiredToken,
    /// STS does not take temporary credentials for this operation. (Text: ours.)
    #[error("Cannot call {operation} with session credentials")]
    SessionCredentials {
        /// The operation.
        operation: &'static str,
    },
    /// The directory no longer follows its store: what it knows may be old, and nothing is decided on it.
    #[error("The service is unavailable: its policy state may be out of date.")]
    StateUnknown(#[source] NotFollowing),
    /// A stored secret cannot be unsealed: the master key is not the one it was sealed under.
    #[error("the secret of the access key `{id}` cannot be unsealed")]
    SecretUnreadable {
        /// The access key.
        id: AccessKeyId,
        /// Why.
        #[source]
        cause: SealBroken,
    },
}

impl Unauthenticated {
    /// AWS's error code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Signature(rejection) => rejection.code(),
            Self::InvalidToken => "InvalidClientTokenId",
            Self::ExpiredToken => "ExpiredToken",
            Self::SessionCredentials { .. } => "AccessDenied",
            Self::StateUnknown(_) => "ServiceUnavailable",
            Self::SecretUnreadable { .. } => "InternalFailure",
        }
    }

    /// The HTTP status that goes with it.
    #[must_use]
    pub fn http_status(&self) -> u16 {
        match self {
            Self::Signature(rejection) => rejection.http_status(),
            Self::InvalidToken | Self::ExpiredToken | Self::SessionCredentials { .. } => 403,
            Self::StateUnknown(_) => 503,
            Self::SecretUnreadable { .. } => 500,
        }
    }
}

/// A key that was looked up, before its signature is verified.
struct Claimed {
    requester: Requester,
    credential: Credential,
    /// The keys that the credentials bring: tags, times, second factor.
    brought: Context,
}

impl Claimed {
    fn caller(self, snapshot: Arc<Snapshot>, arrived: Arc<Arrived>, now: Timestamp) -> Caller {
        let Self { requester, credential, brought } = self;
        Caller { requester, credential, snapshot, brought, arrived, context: OnceLock::new(), now }
    }
}

/// Where the secret comes from that a signature must have been made with.
enum Secret<'s> {
    /// A stored key, which has it sealed.
    Stored(&'s AccessKey),
    /// The session's token, from which it was taken.
    Token(SecretAccessKey),
}

impl Gate {
    /// Establishes who sent a request: parses its signature, finds the key, checks the token, verifies.
    /// Takes the one snapshot that the whole request will see.
    ///
    /// # Errors
    /// [`Unauthenticated`], the first check that fails in AWS's order.
    pub fn authenticate(&self, arrival: &Arrival<'_>, now: Timestamp) -> Result<Caller, Unauthenticated> {
        let expected = expected(arrival.service);
        let presented = doorward_sigv4::parse(&arrival.request, &expected, now)?;
        self.directory.health().map_err(Unauthenticated::StateUnknown)?;
        let snapshot = self.directory.snapshot();
        let (claimed, secret) = self.claimed(&snapshot, &presented, now)?;
        in_use(&snapshot, &claimed.requester)?;
        self.verify(&presented, secret)?;
        if let Some(used) = used(&claimed.credential) {
            self.directory.note_use(used, arrival.service, presented.scope().region, now);
        }
        admit(&claimed.credential, arrival)?;
        let arrived = Arrived::of(arrival, presented.scope().region, &claimed.requester);
        Ok(claimed.caller(snapshot, Arc::new(arrived), now))
    }

    /// Verifies a signature. The signing keys of stored secrets are kept once they have proved right.
    fn verify(&self, presented: &Presented<'_>, secret: Secret<'_>) -> Result<(), Unauthenticated> {
        let stored = match secret {
            Secret::Token(secret) => {
                presented.verify(&presented.signing_key(&secret))?;
                return Ok(());
            }
            Secret::Stored(stored) => stored,
        };
        if let Some(key) = self.signing_keys.find(stored.id, stored.sealed_secret(), &presented.scope()) {
            presented.verify(&key)?;
            return Ok(());
        }
        let secret = stored
            .secret(self.directory.sealer())
            .map_err(|cause| Unauthenticated::SecretUnreadable { id: stored.id, cause })?;
        let key = presented.signing_key(&secret);
        presented.verify(&key)?;
        self.signing_keys.keep(stored.id, stored.sealed_secret(), &presented.scope(), key);
        Ok(())
    }

    /// The same caller as a newer snapshot knows it: with the tags it has there. `None` when its key, its user or its role
    /// no longer lets it in, and for a user that has another name there: a request that names no user is about the one that
    /// has the caller's name, and by now that may be somebody else.
    #[must_use]
    pub fn renew(&self, caller: &Caller, newer: Arc<Snapshot>) -> Option<Caller> {
        let claimed = match &caller.credential {
            Credential::LongTerm(id) => long_term(&newer, newer.access_key(*id)?).ok()?,
            Credential::Session(session) => standing(&newer, session, caller.now)?,
        };
        in_use(&newer, &claimed.requester).ok()?;
        let renewed = claimed.caller(newer, Arc::clone(&caller.arrived), caller.now);
        (renewed.user_name() == caller.user_name()).then_some(renewed)
    }

    fn claimed<'s>(
        &self,
        snapshot: &'s Snapshot,
        presented: &Presented<'_>,
        now: Timestamp,
    ) -> Result<(Claimed, Secret<'s>), Unauthenticated> {
        let id: AccessKeyId = presented.access_key_id().parse().map_err(|_| Unauthenticated::InvalidToken)?;
        match (id.kind(), presented.session_token()) {
            (AccessKeyKind::LongTerm, None) => {
                let key = snapshot.access_key(id).ok_or(Unauthenticated::InvalidToken)?;
                Ok((long_term(snapshot, key)?, Secret::Stored(key)))
            }
            (AccessKeyKind::Temporary, Some(token)) => self.temporary(snapshot, &id, token, now),
            _ => Err(Unauthenticated::InvalidToken),
        }
    }

    fn temporary(
        &self,
        snapshot: &Snapshot,
        id: &AccessKeyId,
        token: &str,
        now: Timestamp,
    ) -> Result<(Claimed, Secret<'static>), Unauthenticated> {
        let (session, secret) =
            session::open(self.directory.sealer(), token).map_err(|_| Unauthenticated::InvalidToken)?;
        if session.access_key_id != *id {
            return Err(Unauthenticated::InvalidToken);
        }
        if session.expires <= now {
            return Err(Unauthenticated::ExpiredToken);
        }
        let claimed = standing(snapshot, &session, now).ok_or(Unauthenticated::InvalidToken)?;
        Ok((claimed, Secret::Token(secret)))
    }
}

/// A long-term key as the snapshot knows it.
fn long_term(snapshot: &Snapshot, key: &AccessKey) -> Result<Claimed, Unauthenticated> {
    if key.status != KeyStatus::Active {
        return Err(Unauthenticated::InvalidToken);
    }
    let mut brought = Context::default();
    let requester = match &key.owner {
        KeyOwner::Root(account) => Requester::Root { account: *account },
        KeyOwner::User(id) => {
            let user = snapshot.user_with_id(*id).ok_or(Unauthenticated::InvalidToken)?;
            put_tags(&mut brought, user.tags.iter().map(|tag| (&*tag.key, &*tag.value)));
            user_requester(user)
        }
        KeyOwner::Service(name) => {
            let service = snapshot.service(name).ok_or(Unauthenticated::InvalidToken)?;
            Requester::Service { names: vec![service.name.to_string()], account: Some(service.account) }
        }
    };
    Ok(Claimed { requester, credential: Credential::LongTerm(key.id), brought })
}

/// What a request uses, where its last use is known: a long-term key, or the role of a session. Whether the request is
/// allowed does not matter.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html>
fn used(credential: &Credential) -> Option<Used> {
    match credential {
        Credential::LongTerm(id) => Some(Used::Key(*id)),
        Credential::Session(session) => match &session.subject {
            Subject::Role(role) => Some(Used::Role(role.role)),
            Subject::Delegated(DelegatedSession { approver: Approver::Role { role, .. }, .. }) => {
                Some(Used::Role(*role))
            }
            Subject::Root
            | Subject::User(_)
            | Subject::Federated(_)
            | Subject::AssumedRoot(_)
            | Subject::Delegated(_) => None,
        },
    }
}

/// By how many minutes clocks may differ for the services of JSON.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>
const JSON_CLOCK_SKEW_MINUTES: u16 = 5;

/// What a service expects of signatures.
fn expected(service: &str) -> Expected<'_> {
    let common = Expected::of(service, Regions::Any);
    match service {
        "organizations" => Expected { clock_skew_minutes: JSON_CLOCK_SKEW_MINUTES, ..common },
        _ => common,
    }
}

/// Refuses whoever belongs to an account that its organization has closed. What AWS answers is not documented, and its root
/// user may still come in for billing: UNCONFIRMED (closed-account).
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_close.html>
fn in_use(snapshot: &Snapshot, requester: &Requester) -> Result<(), Unauthenticated> {
    let closed = requester.account().is_some_and(|account| snapshot.is_closed(account));
    if closed { Err(Unauthenticated::InvalidToken) } else { Ok(()) }
}

/// A session as the snapshot knows it; `None` when what it stands on is gone.
fn standing(snapshot: &Snapshot, session: &Session, now: Timestamp) -> Option<Claimed> {
    let mut brought = Context::default();
    let requester = session_requester(snapshot, session, &mut brought)?;
    put_session(&mut brought, session, now);
    Some(Claimed { requester, credential: Credential::Session(Box::new(session.clone())), brought })
}

/// Who a session makes of its holder; `None` when that user, role or account is gone.
fn session_requester(snapshot: &Snapshot, session: &Session, context: &mut Context) -> Option<Requester> {
    let account = session.account;
    snapshot.account(account)?;
    // Without one of its policies nobody knows what it must not do.
    if session.managed_policies().iter().any(|id| snapshot.policy_with_id(*id).is_none()) {
        return None;
    }
    match &session.subject {
        Subject::Root => Some(Requester::Root { account }),
        Subject::AssumedRoot(_) => snapshot.has_root_sessions(account).then_some(Requester::Root { account }),
        Subject::User(id) => session_of_user(snapshot, *id, context),
        Subject::Delegated(delegated) => match &delegated.approver {
            Approver::Root => Some(Requester::Root { account }),
            Approver::User(id) => session_of_user(snapshot, *id, context),
            Approver::Role { role, session, tags, .. } => {
                session_of_role(snapshot, *role, session, tags, context)
            }
        },
        Subject::Federated(federated) => {
            let issuer = match federated.issuer {
                None => FederationIssuer::Root,
                Some(id) => {
                    let user = snapshot.user_with_id(id)?;
                    put_tags(context, user.tags.iter().map(|tag| (&*tag.key, &*tag.value)));
                    FederationIssuer::User {
                        id: id.to_string(),
                        path: user.path.as_str().to_owned(),
                        name: user.name.as_str().to_owned(),
                    }
                }
            };
            put_tags(context, federated.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())));
            Some(Requester::FederatedUser { account, name: federated.name.clone(), issuer })
        }
        Subject::Role(assumed) => {
            session_of_role(snapshot, assumed.role, &assumed.name, &assumed.tags, context)
        }
    }
}

fn session_of_user(snapshot: &Snapshot, id: UniqueId, context: &mut Context) -> Option<Requester> {
    let user = snapshot.user_with_id(id)?;
    put_tags(context, user.tags.iter().map(|tag| (&*tag.key, &*tag.value)));
    Some(user_requester(user))
}

fn session_of_role(
    snapshot: &Snapshot,
    id: UniqueId,
    session_name: &str,
    session_tags: &[(String, String)],
    context: &mut Context,
) -> Option<Requester> {
    let role = snapshot.role_with_id(id)?;
    put_tags(context, role.tags.iter().map(|tag| (&*tag.key, &*tag.value)));
    put_tags(context, session_tags.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    Some(Requester::RoleSession {
        account: role.account,
        role_id: role.id.to_string(),
        role_path: role.path.as_str().to_owned(),
        role_name: role.name.as_str().to_owned(),
        session_name: session_name.to_owned(),
        origin: SessionOrigin::AssumeRole,
    })
}

fn user_requester(user: &User) -> Requester {
    Requester::User {
        account: user.account,
        id: user.id.to_string(),
        path: user.path.as_str().to_owned(),
        name: user.name.as_str().to_owned(),
    }
}

/// `aws:PrincipalTag/…`. Later tags replace earlier ones, whatever the case of their keys: session tags come last.
fn put_tags<'t>(context: &mut Context, tags: impl Iterator<Item = (&'t str, &'t str)>) {
    for (key, value) in tags {
        context.put(&format!("aws:PrincipalTag/{key}"), value);
    }
}

/// The keys that only temporary credentials bring.
///
/// A role's session says nothing of a second factor, also where one was shown to assume the role. Whether
/// `aws:MultiFactorAuthPresent` is false in it or missing is UNCONFIRMED (role-session-mfa); false denies more.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-role-properties>
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-assumedroot>
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html>
fn put_session(context: &mut Context, session: &Session, now: Timestamp) {
    let shown = session.mfa.filter(|_| made_by(session) == Maker::GetSessionToken);
    context.put("aws:TokenIssueTime", &session.issued.to_string());
    if made_by(session) != Maker::GetFederationToken {
        context.put("aws:MultiFactorAuthPresent", if shown.is_some() { "true" } else { "false" });
    }
    if let Some(mfa) = shown {
        let age = now.as_second().saturating_sub(mfa.as_second()).max(0);
        context.put("aws:MultiFactorAuthAge", &age.to_string());
    }
    let source_identity = match &session.subject {
        Subject::Role(role) => role.source_identity.as_deref(),
        Subject::AssumedRoot(root) => {
            context.put("aws:AssumedRoot", "true");
            root.source_identity.as_deref()
        }
        Subject::Delegated(DelegatedSession { approver: Approver::Role { source_identity, .. }, .. }) => {
            source_identity.as_deref()
        }
        Subject::Root | Subject::User(_) | Subject::Federated(_) | Subject::Delegated(_) => None,
    };
    if let Some(identity) = source_identity {
        context.put("aws:SourceIdentity", identity);
    }
}

/// Refuses credentials of a kind that the service does not take. What makes accounts and service principals is as guarded
/// as IAM is.
///
/// A root session of `AssumeRoot` does its task; it makes no other sessions and administers no installation.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html>
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html>. With which code AWS refuses
/// IAM calls is UNCONFIRMED (session-token-code); ours is that of an invalid token. What AWS refuses to delegated sessions is
/// UNCONFIRMED (delegated-session); ours are refused what those of roles are, and the administration of the installation.
fn admit(credential: &Credential, arrival: &Arrival<'_>) -> Result<(), Unauthenticated> {
    let Credential::Session(session) = credential else { return Ok(()) };
    let operation = arrival.operation;
    let refused = Err(Unauthenticated::SessionCredentials { operation });
    match (made_by(session), arrival.service) {
        (Maker::GetFederationToken, "iam" | "doorward")
        | (Maker::AssumeRoot | Maker::GetDelegatedAccessToken, "doorward") => {
            Err(Unauthenticated::InvalidToken)
        }
        (Maker::GetSessionToken, "iam" | "doorward") if session.mfa.is_none() => {
            Err(Unauthenticated::InvalidToken)
        }
        (Maker::GetFederationToken | Maker::AssumeRoot, "sts") if operation != "GetCallerIdentity" => refused,
        (Maker::GetSessionToken, "sts") if !matches!(operation, "AssumeRole" | "GetCallerIdentity") => {
            refused
        }
        (Maker::AssumeRole | Maker::GetDelegatedAccessToken, "sts")
            if matches!(operation, "GetFederationToken" | "GetSessionToken") =>
        {
            refused
        }
        (
            Maker::GetSessionToken
            | Maker::GetFederationToken
            | Maker::AssumeRole
            | Maker::AssumeRoot
            | Maker::GetDelegatedAccessToken,
            _,
        ) => Ok(()),
    }
}
