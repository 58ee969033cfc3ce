//! `AssumeRoot`: a member account's root user, for one task.

use std::sync::Arc;

use doorward_directory::delegation::Approver;
use doorward_directory::managed::{ManagedPolicy, Owner, ROOT_TASK_PATH};
use doorward_engine::{CompiledAttached, CompiledDocument};
use doorward_gate::session::{DelegatedSession, RootSession, SessionPolicies, Subject};
use doorward_gate::{Permit, Question};
use doorward_policy::request::{Requester, Source};
use doorward_policy::{AccountId, Arn, Document, Kind};
use doorward_wire::{ApiError, sts};

use super::issue::{Issue, issue};
use crate::call::Call;
use crate::operation::{Access, Operation};

/// How long a session lasts at most, and when the request says nothing, in seconds.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html>, `DurationSeconds`
const SECONDS_MAX: i64 = 900;

/// Needs `sts:AssumeRoot` on the member's root user, `arn:aws:iam::ACCOUNT:root`, from the caller's own policies: the root
/// user has no policy of its own that could grant it. The organization's side of it is central root access, looked at once
/// the caller is known to be allowed.
///
/// What AWS answers where that is missing is UNCONFIRMED (assume-root-refused); here `AccessDenied`, saying what is.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html>
impl Operation for sts::AssumeRoot {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &sts::AssumeRootRequest) -> Result<Vec<Question>, ApiError> {
        if let Requester::Root { .. } = call.caller.requester() {
            return Err(ApiError::access_denied("AssumeRoot may not be called by root accounts."));
        }
        let target = target(&input.target_principal)?;
        let task = task(call, input)?;
        let arn = format!("arn:aws:iam::{target}:root");
        let question = Question::new("sts:AssumeRoot", arn, target).with("sts:TaskPolicyArn", &task.arn());
        Ok(vec![question.with_policy(Some(granted(call, target)?))])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: sts::AssumeRootRequest,
    ) -> Result<sts::AssumeRootResponse, ApiError> {
        let target = target(&input.target_principal)?;
        governed(call, target)?;
        let source_identity = source_identity(call);
        let task = SessionPolicies { inline: None, managed: vec![task(call, &input)?.id] };
        let subject = Subject::AssumedRoot(RootSession { task, source_identity: source_identity.clone() });
        let issued = issue(
            call,
            Issue {
                account: target,
                seconds: input.duration_seconds.unwrap_or(SECONDS_MAX),
                mfa: None,
                subject,
                token_characters_min: input.minimum_session_token_size,
            },
        )?;
        Ok(sts::AssumeRootResponse {
            credentials: Some(issued.credentials),
            source_identity,
            session_token_utilization: issued.token_percent,
            session_token_size: issued.token_characters,
        })
    }
}

/// The account whose root user is asked for: by its id, or by its root user's ARN.
///
/// # Errors
/// `ValidationError` for a text that is neither. (Text: ours.)
fn target(principal: &str) -> Result<AccountId, ApiError> {
    let of_root = || {
        let arn: Arn = principal.parse().ok()?;
        let is_root = arn.service() == "iam" && arn.region().is_empty() && arn.resource() == "root";
        if is_root { arn.account().parse().ok() } else { None }
    };
    principal.parse().ok().or_else(of_root).ok_or_else(|| {
        ApiError::validation_error(format!(
            "TargetPrincipal: {principal} is neither an account id nor the ARN of an account's root user."
        ))
    })
}

/// The policy of the task: one of AWS's for tasks of root users.
///
/// # Errors
/// `ValidationError` for any other. (Text: ours.)
fn task<'c>(call: &Call<'c>, input: &sts::AssumeRootRequest) -> Result<&'c ManagedPolicy, ApiError> {
    let arn = input.task_policy_arn.arn.as_deref().unwrap_or_default();
    let policy = call.snapshot().policy_with_arn(arn);
    let of_task =
        |policy: &&ManagedPolicy| policy.owner == Owner::Aws && policy.path.as_str() == ROOT_TASK_PATH;
    policy.map(|stored| &**stored).filter(of_task).ok_or_else(|| {
        ApiError::validation_error(format!(
            "TaskPolicyArn: {arn} is not the ARN of a policy for tasks of root users."
        ))
    })
}

/// What the organization grants to the accounts that manage its central root access, as a policy of the member's root user:
/// that the caller's own policies decide.
fn granted(call: &Call<'_>, target: AccountId) -> Result<CompiledAttached, ApiError> {
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":"{}"}},"Action":"sts:AssumeRoot","Resource":"*"}}}}"#,
        call.account
    );
    let document = Document::parse(&text, Kind::Resource).map_err(|_| ApiError::internal_failure())?;
    let attached_to = format!("arn:aws:iam::{target}:root");
    let source = Source { name: "central root access".to_owned(), arn: None, attached_to };
    Ok(CompiledAttached {
        document: Arc::new(CompiledDocument::new(Arc::new(document))),
        source: Arc::new(source),
    })
}

/// Checks that the caller's account manages central root access of an organization that has root sessions, and that the
/// target is a member of it that there can be some of.
///
/// # Errors
/// `AccessDenied`. (Texts: ours.)
fn governed(call: &Call<'_>, target: AccountId) -> Result<(), ApiError> {
    let snapshot = call.snapshot();
    let organization = snapshot.root_access(call.account);
    let organization = organization.map_err(|refusal| ApiError::access_denied(refusal.to_string()))?;
    if !organization.root_access.sessions {
        return Err(ApiError::access_denied("The organization has not enabled root sessions."));
    }
    if snapshot.is_closed(target) || !snapshot.has_root_sessions(target) {
        return Err(ApiError::access_denied(format!(
            "The account {target} is not an active member account of the organization."
        )));
    }
    Ok(())
}

/// The source identity of the calling session, which the new one keeps.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html>, `SourceIdentity`
fn source_identity(call: &Call<'_>) -> Option<String> {
    match call.caller.session().map(|session| &session.subject) {
        Some(Subject::Role(session)) => session.source_identity.clone(),
        Some(Subject::AssumedRoot(session)) => session.source_identity.clone(),
        Some(Subject::Delegated(DelegatedSession {
            approver: Approver::Role { source_identity, .. },
            ..
        })) => source_identity.as_deref().map(str::to_owned),
        Some(Subject::Root | Subject::User(_) | Subject::Federated(_) | Subject::Delegated(_)) | None => None,
    }
}
