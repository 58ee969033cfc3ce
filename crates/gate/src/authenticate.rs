//! From a signature to a caller.

use std::sync::Arc;

use doorward_directory::access_key::{AccessKey, KeyOwner, KeyStatus};
use doorward_directory::delegation::Approver;
use doorward_directory::directory::NotFollowing;
use doorward_directory::identity::User;
use doorward_directory::seal::SealBroken;
use doorward_directory::usage::Used;
use doorward_directory::{Snapshot, UniqueId};
use doorward_policy::request::{Context, ContextValue, FederationIssuer, Requester, SessionOrigin};
use doorward_sigv4::{AccessKeyId, AccessKeyKind, Expected, Presented, Regions, Rejection, SecretAccessKey};
use jiff::Timestamp;

use crate::Gate;
use crate::arrival::{Arrival, Transport};
use crate::authorize::put_organization;
use crate::caller::{Caller, Credential, Maker, made_by};
use crate::session::{self, DelegatedSession, Session, Subject};

/// The region in which global services are asked.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion>
const GLOBAL_REGION: &str = "us-east-1";

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
    /// What its signature must have been made with; none where nothing is to be verified any more.
    secret: Option<SecretAccessKey>,
    /// The keys that the credentials bring: tags, times, second factor.
    context: Context,
}

impl Claimed {
    fn caller(self, snapshot: Arc<Snapshot>, arrived: Context, now: Timestamp) -> Caller {
        let mut context = self.requester.context();
        context.extend(arrived.clone());
        context.extend(self.context);
        if let Requester::Service { .. } = self.requester {
            let source = single(&arrived, "aws:sourceaccount").and_then(|id| id.parse().ok());
            if let Some(account) = source {
                put_organization(&mut context, &snapshot, account, "aws:Source");
            }
        } else if let Some(account) = self.requester.account() {
            put_organization(&mut context, &snapshot, account, "aws:Principal");
        }
        Caller { requester: self.requester, credential: self.credential, snapshot, context, arrived, now }
    }
}

/// The value of a single-valued key.
fn single<'c>(context: &'c Context, key: &str) -> Option<&'c str> {
    match context.value(key)? {
        ContextValue::Single(value) => Some(value),
        ContextValue::Multiple(_) => None,
    }
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
        let claimed = self.claimed(&snapshot, &presented, now)?;
        in_use(&snapshot, &claimed.requester)?;
        let secret = claimed.secret.as_ref().ok_or(Unauthenticated::InvalidToken)?;
        presented.verify(&presented.signing_key(secret))?;
        if let Some(used) = used(&claimed.credential) {
            self.directory.note_use(used, arrival.service, presented.scope().region, now);
        }
        admit(&claimed.credential, arrival)?;
        let mut arrived = arrival_context(arrival, presented.scope().region, now);
        if let Requester::Service { .. } = claimed.requester {
            // AWS takes the network's keys away from what services ask.
            arrived.remove("aws:SourceIp");
            arrived.extend(source_context(arrival));
        }
        Ok(claimed.caller(snapshot, arrived, now))
    }

    /// The same caller as a newer snapshot knows it: with the tags it has there. `None` when its key, its user or its role
    /// no longer lets it in, and for a user that has another name there: a request that names no user is about the one that
    /// has the caller's name, and by now that may be somebody else.
    #[must_use]
    pub fn renew(&self, caller: &Caller, newer: Arc<Snapshot>) -> Option<Caller> {
        let claimed = match &caller.credential {
            Credential::LongTerm(id) => self.long_term(&newer, newer.access_key(*id)?).ok()?,
            Credential::Session(session) => standing(&newer, session, caller.now)?,
        };
        in_use(&newer, &claimed.requester).ok()?;
        let renewed = claimed.caller(newer, caller.arrived.clone(), caller.now);
        (renewed.user_name() == caller.user_name()).then_some(renewed)
    }

    fn claimed(
        &self,
        snapshot: &Arc<Snapshot>,
        presented: &Presented<'_>,
        now: Timestamp,
    ) -> Result<Claimed, Unauthenticated> {
        let id: AccessKeyId = presented.access_key_id().parse().map_err(|_| Unauthenticated::InvalidToken)?;
        match (id.kind(), presented.session_token()) {
            (AccessKeyKind::LongTerm, None) => {
                let key = snapshot.access_key(id).ok_or(Unauthenticated::InvalidToken)?;
                self.long_term(snapshot, key)
            }
            (AccessKeyKind::Temporary, Some(token)) => self.temporary(snapshot, &id, token, now),
            _ => Err(Unauthenticated::InvalidToken),
        }
    }

    fn long_term(&self, snapshot: &Snapshot, key: &AccessKey) -> Result<Claimed, Unauthenticated> {
        if key.status != KeyStatus::Active {
            return Err(Unauthenticated::InvalidToken);
        }
        let mut context = Context::default();
        let requester = match &key.owner {
            KeyOwner::Root(account) => Requester::Root { account: *account },
            KeyOwner::User(id) => {
                let user = snapshot.user_with_id(*id).ok_or(Unauthenticated::InvalidToken)?;
                put_tags(&mut context, user.tags.iter().map(|tag| (&*tag.key, &*tag.value)));
                user_requester(user)
            }
            KeyOwner::Service(name) => {
                let service = snapshot.service(name).ok_or(Unauthenticated::InvalidToken)?;
                Requester::Service { names: vec![service.name.to_string()], account: Some(service.account) }
            }
        };
        let secret = key
            .secret(self.directory.sealer())
            .map_err(|cause| Unauthenticated::SecretUnreadable { id: key.id, cause })?;
        Ok(Claimed { requester, credential: Credential::LongTerm(key.id), secret: Some(secret), context })
    }

    fn temporary(
        &self,
        snapshot: &Snapshot,
        id: &AccessKeyId,
        token: &str,
        now: Timestamp,
    ) -> Result<Claimed, Unauthenticated> {
        let (session, secret) =
            session::open(&self.sessions, token).map_err(|_| Unauthenticated::InvalidToken)?;
        if session.access_key_id != *id {
            return Err(Unauthenticated::InvalidToken);
        }
        if session.expires <= now {
            return Err(Unauthenticated::ExpiredToken);
        }
        let claimed = standing(snapshot, &session, now).ok_or(Unauthenticated::InvalidToken)?;
        Ok(Claimed { secret: Some(secret), ..claimed })
    }
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
    let mut context = Context::default();
    let requester = session_requester(snapshot, session, &mut context)?;
    put_session(&mut context, session, now);
    Some(Claimed {
        requester,
        credential: Credential::Session(Box::new(session.clone())),
        secret: None,
        context,
    })
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

/// The keys that every request brings.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
fn arrival_context(arrival: &Arrival<'_>, region: &str, now: Timestamp) -> Context {
    let mut context = Context::default();
    let whole_second = Timestamp::from_second(now.as_second()).unwrap_or(now);
    context.put("aws:CurrentTime", &whole_second.to_string());
    context.put("aws:EpochTime", &now.as_second().to_string());
    context.put("aws:SourceIp", &arrival.source_ip.to_canonical().to_string());
    context.put("aws:SecureTransport", if arrival.transport == Transport::Tls { "true" } else { "false" });
    context.put("aws:ViaAWSService", "false");
    let global = matches!(arrival.service, "iam" | "organizations");
    context.put("aws:RequestedRegion", if global { GLOBAL_REGION } else { region });
    if let Some(agent) = arrival.header("user-agent") {
        context.put("aws:UserAgent", agent);
    }
    if let Some(referer) = arrival.header("referer") {
        context.put("aws:referer", referer);
    }
    context
}

/// For whom a service principal acts: the signed headers `x-amz-source-arn` and `x-amz-source-account`, which AWS's own
/// SDKs send for it. From anybody else they mean nothing.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>
fn source_context(arrival: &Arrival<'_>) -> Context {
    let mut context = Context::default();
    for (header, key) in
        [("x-amz-source-arn", "aws:SourceArn"), ("x-amz-source-account", "aws:SourceAccount")]
    {
        if let Some(value) = arrival.header(header) {
            context.put(key, value);
        }
    }
    context
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
