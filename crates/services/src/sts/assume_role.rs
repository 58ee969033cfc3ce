//! `AssumeRole`: one more authorization decision, in which the role is the resource and its trust policy the resource's
//! policy.

use doorward_directory::delegation::Approver;
use doorward_directory::identity::Role;
use doorward_directory::{Snapshot, Stored};
use doorward_gate::session::{DelegatedSession, RoleSession, SessionPolicies, Subject};
use doorward_gate::{Permit, Question};
use doorward_policy::request::Requester;
use doorward_wire::{ApiError, errors, sts};

use super::issue::{Issue, issue};
use super::{mfa, passed};
use crate::call::Call;
use crate::fault;
use crate::iam::ask;
use crate::operation::{Access, Operation};

/// How long a session lasts when the request says nothing, in seconds.
///
/// Source: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>, `DurationSeconds`
const SECONDS_DEFAULT: i64 = 3_600;

/// How long a session lasts at most that was made by temporary credentials, in seconds.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining>
const SECONDS_CHAINED_MAX: i64 = 3_600;

/// What a chain hands on from the calling session.
#[derive(Default)]
struct Inherited {
    tags: Vec<(String, String)>,
    source_identity: Option<String>,
}

/// What the request passes, checked.
struct Passed {
    tags: Vec<(String, String)>,
    transitive: Vec<String>,
}

impl Operation for sts::AssumeRole {
    const ACCESS: Access = Access::WriteWith("TokenCode");

    fn questions(call: &Call<'_>, input: &sts::AssumeRoleRequest) -> Result<Vec<Question>, ApiError> {
        if let Requester::Root { .. } = call.caller.requester() {
            return Err(ApiError::access_denied("Roles may not be assumed by root accounts."));
        }
        let account = passed::role_account(&input.role_arn)?;
        refuse_unbuilt(input)?;
        let factor = mfa::shown(call, input.serial_number.as_deref(), input.token_code.as_deref())?;
        let inherited = inherited(call);
        let passed = passed_tags(input, &inherited)?;
        keep_source_identity(call, input, &inherited)?;
        let role = found(call.snapshot(), &input.role_arn);
        let trust = role.map(|role| call.snapshot().trust(role)).transpose();
        let trust = trust.map_err(|cause| fault::unreadable(&cause))?;
        let ask = |action| {
            let mut question = Question::new(action, &*input.role_arn, account).with_policy(trust.clone());
            question = question.with("sts:RoleSessionName", &input.role_session_name);
            question = with_role_tags(question, role, &inherited);
            question = question.with_request_tags(ask_pairs(&passed.tags));
            if factor.is_some() {
                question = mfa::with_factor(question);
            }
            if let Some(id) = &input.external_id {
                question = question.with("sts:ExternalId", id);
            }
            if let Some(identity) = input.source_identity.as_ref().or(inherited.source_identity.as_ref()) {
                question = question.with("sts:SourceIdentity", identity);
            }
            if !passed.transitive.is_empty() {
                question.context.put_all("sts:TransitiveTagKeys", passed.transitive.clone());
            }
            question
        };
        let mut questions = vec![ask("sts:AssumeRole")];
        // That inherited tags need the permission too is UNCONFIRMED (inherited-tags); asking for it denies more.
        if !passed.tags.is_empty() || !inherited.tags.is_empty() {
            questions.push(ask("sts:TagSession"));
        }
        if input.source_identity.is_some() || inherited.source_identity.is_some() {
            questions.push(ask("sts:SetSourceIdentity"));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: sts::AssumeRoleRequest,
    ) -> Result<sts::AssumeRoleResponse, ApiError> {
        // The judge has allowed it, so the role and its trust policy exist in this snapshot.
        let role = found(call.snapshot(), &input.role_arn).ok_or_else(ApiError::internal_failure)?;
        let seconds = seconds(call, role, input.duration_seconds)?;
        let inherited = inherited(call);
        let passed = passed_tags(&input, &inherited)?;
        let policies = passed::policies(call, role.account, input.policy, input.policy_arns)?;
        let session =
            session(role, input.role_session_name, passed, inherited, input.source_identity, policies);
        let packed_policy_size = passed::packed_size(call, session.policies.as_ref(), &session.tags)?;
        let source_identity = session.source_identity.clone();
        let assumed_role_user = sts::AssumedRoleUser {
            assumed_role_id: format!("{}:{}", role.id, session.name),
            arn: format!("arn:aws:sts::{}:assumed-role/{}/{}", role.account, role.name, session.name),
        };
        // The last that can be refused: a code is used up for a session, and for nothing less.
        let factor = mfa::shown(call, input.serial_number.as_deref(), input.token_code.as_deref())?;
        let mfa = factor.map(|factor| factor.use_up(call)).transpose()?;
        let issued = issue(
            call,
            Issue {
                account: role.account,
                seconds,
                mfa,
                subject: Subject::Role(session),
                token_characters_min: input.minimum_session_token_size,
            },
        )?;
        Ok(sts::AssumeRoleResponse {
            credentials: Some(issued.credentials),
            assumed_role_user: Some(assumed_role_user),
            packed_policy_size,
            source_identity,
            session_token_utilization: issued.token_percent,
            session_token_size: issued.token_characters,
        })
    }
}

/// The role of this ARN. One in an account that its organization has closed is as one that is not there: its sessions would
/// not be let in. What AWS answers is not documented: UNCONFIRMED (closed-account).
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_close.html>
pub(super) fn found<'s>(snapshot: &'s Snapshot, arn: &str) -> Option<&'s Stored<Role>> {
    snapshot.role_with_arn(arn).filter(|role| !snapshot.is_closed(role.account))
}

/// Refuses what this server does not have yet, rather than ignore it.
fn refuse_unbuilt(input: &sts::AssumeRoleRequest) -> Result<(), ApiError> {
    if input.provided_contexts.is_some() {
        return Err(ApiError::new(
            &errors::NOT_IMPLEMENTED,
            "The parameter ProvidedContexts of AssumeRole is not implemented.",
        ));
    }
    Ok(())
}

/// What the calling session hands on; nothing for callers that are no role session.
fn inherited(call: &Call<'_>) -> Inherited {
    match call.caller.session().map(|session| &session.subject) {
        Some(Subject::Role(session)) => Inherited {
            tags: handed_on(&session.tags, &session.transitive),
            source_identity: session.source_identity.clone(),
        },
        Some(Subject::Delegated(DelegatedSession {
            approver: Approver::Role { tags, transitive, source_identity, .. },
            ..
        })) => Inherited {
            tags: handed_on(tags, transitive),
            source_identity: source_identity.as_deref().map(str::to_owned),
        },
        Some(
            Subject::Root
            | Subject::User(_)
            | Subject::Federated(_)
            | Subject::AssumedRoot(_)
            | Subject::Delegated(_),
        )
        | None => Inherited::default(),
    }
}

fn handed_on(tags: &[(String, String)], transitive: &[String]) -> Vec<(String, String)> {
    let hands_on = |key: &str| transitive.iter().any(|other| passed::same_key(other, key));
    tags.iter().filter(|(key, _)| hands_on(key)).cloned().collect()
}

fn passed_tags(input: &sts::AssumeRoleRequest, inherited: &Inherited) -> Result<Passed, ApiError> {
    let tags = passed::tags(input.tags.as_deref())?;
    passed::count(&tags, &inherited.tags)?;
    let transitive = passed::transitive_keys(input.transitive_tag_keys.as_deref(), &tags, &inherited.tags)?;
    Ok(Passed { tags, transitive })
}

/// A source identity, once set, stays for the whole chain.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html>
fn keep_source_identity(
    call: &Call<'_>,
    input: &sts::AssumeRoleRequest,
    inherited: &Inherited,
) -> Result<(), ApiError> {
    match (&input.source_identity, &inherited.source_identity) {
        (Some(asked), Some(set)) if asked != set => Err(ApiError::access_denied(format!(
            "User: {} is not authorized to perform: sts:SetSourceIdentity on resource: {}",
            call.caller.arn().unwrap_or_default(),
            input.role_arn
        ))),
        (Some(_) | None, Some(_) | None) => Ok(()),
    }
}

/// The role's tags; those that the calling session hands on take the place of its own.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining>
fn with_role_tags(question: Question, role: Option<&Stored<Role>>, inherited: &Inherited) -> Question {
    let own = role.into_iter().flat_map(|role| ask::pairs(role.tags.iter()));
    question.with_identity_tags(own.chain(ask_pairs(&inherited.tags)))
}

fn ask_pairs(tags: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    tags.iter().map(|(key, value)| (key.as_str(), value.as_str()))
}

/// How long the session lasts.
///
/// # Errors
/// AWS's `ValidationError` when the request asks for more than it can have.
fn seconds(call: &Call<'_>, role: &Role, asked: Option<i64>) -> Result<i64, ApiError> {
    let seconds = asked.unwrap_or(SECONDS_DEFAULT);
    if call.caller.session().is_some() && seconds > SECONDS_CHAINED_MAX {
        let text = "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.";
        return Err(ApiError::validation_error(text));
    }
    if seconds > i64::from(role.max_session_s) {
        let text = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.";
        return Err(ApiError::validation_error(text));
    }
    Ok(seconds)
}

fn session(
    role: &Role,
    name: String,
    passed: Passed,
    inherited: Inherited,
    source_identity: Option<String>,
    policies: Option<SessionPolicies>,
) -> RoleSession {
    let handed_on = inherited.tags.iter().map(|(key, _)| key.clone());
    RoleSession {
        role: role.id,
        name,
        transitive: passed.transitive.into_iter().chain(handed_on).collect(),
        tags: passed.tags.into_iter().chain(inherited.tags).collect(),
        source_identity: source_identity.or(inherited.source_identity),
        policies,
    }
}
