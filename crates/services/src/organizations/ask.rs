//! Questions about the resources of an organization, and who may ask them.
//!
//! Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsorganizations.html>

use doorward_directory::change::organization::tags::Tagged;
use doorward_directory::organization::{
    HandshakeId, Organization, PolicyId, PolicyKind, Target, UnitId, is_delegable,
};
use doorward_directory::refusal::{InvalidInput, OrganizationFault};
use doorward_directory::{Refusal, Tag};
use doorward_gate::Question;
use doorward_policy::AccountId;
use doorward_wire::{ApiError, organizations as wire};

use crate::call::Call;
use crate::fault;

/// Who may ask, beside the management account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Audience {
    /// Every account, for what concerns itself.
    Everyone,
    /// Members that administer a service for the organization, and those that its resource policy lets.
    Readers,
    /// Those that its resource policy lets.
    Delegates,
    /// Nobody.
    Nobody,
}

/// What is asked about, with its tags.
pub(super) struct About<'t> {
    arn: String,
    tags: Vec<&'t Tag>,
}

/// A question about a resource, for this audience. A caller whose account is no member is asked about all the same: what it
/// is answered then is for the operation.
///
/// A member reads as delegated administrator by its own account's policies, as AWS documents. What the organization's
/// resource policy lets it do crosses accounts: that policy and the member's own must both allow it.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html>
///
/// # Errors
/// AWS's `AccessDeniedException` for a member that is not in the audience.
pub(super) fn question(
    call: &Call<'_>,
    action: &'static str,
    about: About<'_>,
    audience: Audience,
) -> Result<Question, ApiError> {
    let About { arn, tags } = about;
    let ask = |owner| {
        let question = Question::new(action, arn.clone(), owner);
        let question = if arn == "*" { question.shown_as("*") } else { question };
        question.with_resource_tags(tags.iter().map(|tag| (&*tag.key, &*tag.value)))
    };
    let snapshot = call.snapshot();
    let (Some(organization), Some(member)) = (snapshot.organization(), snapshot.member(call.account)) else {
        return Ok(ask(call.account));
    };
    let management = organization.management_account;
    let delegation = || snapshot.delegation().map_err(|cause| fault::unreadable(&cause));
    if call.account == management {
        return Ok(ask(management).with_policy(delegation()?));
    }
    let denied = || call.refused(&OrganizationFault::NotTheManagementAccount.into());
    match audience {
        Audience::Everyone => return Ok(ask(call.account)),
        Audience::Readers if !member.delegated.is_empty() => return Ok(ask(call.account)),
        Audience::Readers | Audience::Delegates => {}
        Audience::Nobody => return Err(denied()),
    }
    let policy = delegation()?.filter(|_| is_delegable(&action.to_ascii_lowercase()));
    let policy = policy.ok_or_else(denied)?;
    Ok(ask(management).with_policy(Some(policy)))
}

/// A question about no resource.
pub(super) fn about_nothing(
    call: &Call<'_>,
    action: &'static str,
    audience: Audience,
) -> Result<Question, ApiError> {
    question(call, action, About::arn("*".to_owned()), audience)
}

impl<'t> About<'t> {
    /// Something without tags.
    pub(super) fn arn(arn: String) -> Self {
        Self { arn, tags: Vec::new() }
    }

    /// What the caller's organization calls so; `*` where it has none: what others have is not for it to see.
    pub(super) fn of(call: &Call<'t>, arn: impl FnOnce(&Organization) -> String) -> Self {
        Self::arn(seen(call).map_or_else(|| "*".to_owned(), arn))
    }

    fn tagged(self, call: &Call<'t>, tagged: &Tagged) -> Self {
        let tags = seen(call).and_then(|_| tagged.tags(call.snapshot()));
        Self { tags: tags.into_iter().flat_map(doorward_directory::Tags::iter).collect(), ..self }
    }

    /// A member account, there or not.
    pub(super) fn account(call: &Call<'t>, account: AccountId) -> Self {
        let target = Target::Account(account);
        Self::of(call, |own| own.account_arn(account)).tagged(call, &Tagged::Target(target))
    }

    /// A unit, there or not.
    pub(super) fn unit(call: &Call<'t>, unit: &UnitId) -> Self {
        let target = Target::Unit(unit.clone());
        Self::of(call, |own| own.unit_arn(unit)).tagged(call, &Tagged::Target(target))
    }

    /// A root, unit or account that the model's constraints have let through.
    pub(super) fn target(call: &Call<'t>, id: &str) -> Result<Self, ApiError> {
        if let Ok(unit) = id.parse::<UnitId>() {
            return Ok(Self::unit(call, &unit));
        }
        if let Ok(account) = id.parse::<AccountId>() {
            return Ok(Self::account(call, account));
        }
        let own = |own: &Organization| {
            let known = own.root.as_str() == id;
            if known { own.root_arn() } else { own.root_arn().replace(own.root.as_str(), id) }
        };
        let root = Self::of(call, own);
        let known = seen(call).is_some_and(|own| own.root.as_str() == id);
        Ok(if known { root.tagged(call, &Tagged::Target(Target::Root)) } else { root })
    }

    /// A policy, there or not.
    pub(super) fn policy(call: &Call<'t>, id: &PolicyId) -> Self {
        let stored = call.snapshot().control_policy(id);
        // A type that nobody knows is asked about as the commoner one.
        let kind = stored.map_or(PolicyKind::ServiceControl, |policy| policy.kind);
        Self::of(call, |own| own.policy_arn(kind, id)).tagged(call, &Tagged::Policy(id.clone()))
    }

    /// The resource policy, there or not.
    pub(super) fn resource_policy(call: &Call<'t>) -> Self {
        let arn = |own: &Organization| match &own.resource_policy {
            Some(policy) => own.resource_policy_arn(&policy.id),
            // Its id is not known yet.
            None => "*".to_owned(),
        };
        Self::of(call, arn).tagged(call, &Tagged::ResourcePolicy)
    }

    /// A handshake; `*` for those to whom there is none of this id.
    pub(super) fn handshake(call: &Call<'t>, id: &HandshakeId) -> Self {
        let snapshot = call.snapshot();
        let stored = snapshot.organization().zip(snapshot.handshake(id));
        let mine = stored.filter(|(own, handshake)| {
            own.management_account == call.account || handshake.recipient == Some(call.account)
        });
        Self::arn(mine.map_or_else(|| "*".to_owned(), |(own, handshake)| own.handshake_arn(handshake)))
    }

    /// Whatever can have tags.
    pub(super) fn taggable(call: &Call<'t>, id: &str) -> Result<Self, ApiError> {
        if let Ok(policy) = id.parse::<PolicyId>() {
            return Ok(Self::policy(call, &policy));
        }
        if id.starts_with("rp-") {
            let own = seen(call).and_then(|_| Tagged::named(call.snapshot(), id));
            return Ok(match own {
                Some(Tagged::ResourcePolicy) => Self::resource_policy(call),
                Some(Tagged::Target(_) | Tagged::Policy(_)) | None => Self::arn("*".to_owned()),
            });
        }
        Self::target(call, id)
    }
}

/// The same question, with the type of the policy that it is about.
pub(super) fn with_type(question: Question, kind: &str) -> Question {
    question.with("organizations:PolicyType", kind)
}

/// The same question, with the type of a policy that is there.
pub(super) fn with_type_of(call: &Call<'_>, question: Question, id: &PolicyId) -> Question {
    match seen(call).and_then(|_| call.snapshot().control_policy(id)) {
        Some(policy) => with_type(question, policy.kind.name()),
        None => question,
    }
}

/// The same question, with the tags that the request passes.
pub(super) fn with_request_tags(question: Question, tags: Option<&[wire::Tag]>) -> Question {
    question
        .with_request_tags(tags.unwrap_or_default().iter().map(|tag| (tag.key.as_str(), tag.value.as_str())))
}

/// A question, and where the request passes tags the one whether it may: the tagging of something that has no id yet.
pub(super) fn tagging(
    call: &Call<'_>,
    question: Question,
    audience: Audience,
    tags: Option<&[wire::Tag]>,
) -> Result<Vec<Question>, ApiError> {
    let mut questions = vec![with_request_tags(question, tags)];
    if tags.is_some_and(|tags| !tags.is_empty()) {
        let tagging = about_nothing(call, "organizations:TagResource", audience)?;
        questions.push(with_request_tags(tagging, tags));
    }
    Ok(questions)
}

/// Tags as the directory takes them.
pub(super) fn tags(tags: Option<Vec<wire::Tag>>) -> Vec<Tag> {
    let tags = tags.unwrap_or_default().into_iter();
    tags.map(|tag| Tag { key: tag.key.into(), value: tag.value.into() }).collect()
}

/// An id that the model's constraints have let through; what they let through and no id is, AWS refuses by its pattern.
pub(super) fn id<T: std::str::FromStr>(call: &Call<'_>, text: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| call.refused(&InvalidInput::Pattern.into()))
}

/// The type of policy of this name.
///
/// # Errors
/// `InvalidInputException` for AWS's types that bind nobody.
pub(super) fn kind(call: &Call<'_>, name: &str) -> Result<PolicyKind, ApiError> {
    let refused = || call.refused(&InvalidInput::PolicyType(name.to_owned()).into());
    PolicyKind::of_name(name).ok_or_else(refused)
}

/// The organization that the caller's account belongs to, if it belongs to one.
fn seen<'c>(call: &Call<'c>) -> Option<&'c Organization> {
    let snapshot = call.snapshot();
    snapshot.organization().filter(|_| snapshot.member(call.account).is_some())
}

/// The organization that the caller's account belongs to.
///
/// # Errors
/// `AWSOrganizationsNotInUseException`.
pub(super) fn own<'c>(call: &Call<'c>) -> Result<&'c Organization, ApiError> {
    seen(call).ok_or_else(|| call.refused(&OrganizationFault::NotInUse.into()))
}

/// The answer to something that is wrong with the organization.
pub(super) fn refused(call: &Call<'_>, fault: impl Into<Refusal>) -> ApiError {
    call.refused(&fault.into())
}
