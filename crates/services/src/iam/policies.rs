//! Managed policies: an account's own, and AWS's, which are the same in every account and which nobody changes.

use doorward_directory::change::policies::{self, NewPolicy};
use doorward_directory::managed::{ManagedPolicy, Owner};
use doorward_directory::{Listing, Refusal, Stored};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::{ask, page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for iam::CreatePolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::CreatePolicyRequest) -> Result<Vec<Question>, ApiError> {
        let arn = ask::created(call.account, "policy", input.path.as_deref(), &input.policy_name);
        let ask = |action| {
            let question = Question::new(action, arn.clone(), call.account);
            let question = question.shown_as(format!("policy {}", input.policy_name));
            ask::with_request_tags(question, input.tags.as_deref())
        };
        let tags = input.tags.as_ref().is_some_and(|tags| !tags.is_empty());
        Ok(if tags {
            vec![ask("iam:CreatePolicy"), ask("iam:TagPolicy")]
        } else {
            vec![ask("iam:CreatePolicy")]
        })
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreatePolicyRequest,
    ) -> Result<iam::CreatePolicyResponse, ApiError> {
        let tags = ask::tags(input.tags);
        let new = NewPolicy {
            name: ask::name(&input.policy_name)?,
            path: ask::path(input.path.as_deref())?,
            document: &input.policy_document,
            description: input.description.as_deref(),
            tags: &tags,
        };
        let policy = call.change(|draft| {
            let policy = policies::create(draft, call.account, &new)?;
            let tags = render::some_tags(&policy.tags);
            Ok(iam::Policy { tags, ..render::new_policy(&policy) })
        })?;
        Ok(iam::CreatePolicyResponse { policy: Some(policy) })
    }
}

/// The managed policy of this ARN that the caller's account may use, as this call sees it.
pub(super) fn found<'c>(call: &Call<'c>, arn: &str) -> Result<&'c Stored<ManagedPolicy>, ApiError> {
    let policy = call.snapshot().policy_with_arn(arn).filter(|policy| policy.is_for(call.account));
    policy.ok_or_else(|| call.refused(&Refusal::NoSuchPolicy(arn.to_owned())))
}

/// Where a managed policy stands in lists: by name, an account's own before AWS's of the same name.
pub(super) fn place(policy: &ManagedPolicy) -> String {
    match policy.owner {
        Owner::Account(_) => policy.name.folded().to_string(),
        // No name has a space, and every character of names comes after it.
        Owner::Aws => format!("{} aws", policy.name.folded()),
    }
}

impl Operation for iam::GetPolicy {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::GetPolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_policy(call, "iam:GetPolicy", &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetPolicyRequest,
    ) -> Result<iam::GetPolicyResponse, ApiError> {
        let policy = found(call, &input.policy_arn)?;
        Ok(iam::GetPolicyResponse { policy: Some(render::policy(call, policy)) })
    }
}

/// Which of an account's managed policies a `ListPolicies` wants.
struct Wanted {
    scope: Scope,
    attached: bool,
    usage: Usage,
}

/// Whose managed policies a `ListPolicies` wants.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    All,
    Aws,
    Local,
}

impl Scope {
    fn of(scope: Option<&str>) -> Result<Self, ApiError> {
        match scope {
            None | Some("All") => Ok(Self::All),
            Some("AWS") => Ok(Self::Aws),
            Some("Local") => Ok(Self::Local),
            // The model's constraints let nothing else through.
            Some(_) => Err(ApiError::internal_failure()),
        }
    }
}

/// How a managed policy is used, as `PolicyUsageFilter` has it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Usage {
    /// In whatever way.
    Either,
    /// It is attached.
    Permissions,
    /// It is a permissions boundary.
    Boundary,
}

impl Usage {
    pub(super) fn of(filter: Option<&str>) -> Result<Self, ApiError> {
        match filter {
            None => Ok(Self::Either),
            Some("PermissionsPolicy") => Ok(Self::Permissions),
            Some("PermissionsBoundary") => Ok(Self::Boundary),
            // The model's constraints let nothing else through.
            Some(_) => Err(ApiError::internal_failure()),
        }
    }
}

impl Wanted {
    /// With `OnlyAttached`, a policy that is only someone's boundary is left out: it is not attached. How that filter and
    /// `PolicyUsageFilter` go together is not published; both must hold.
    fn has(&self, call: &Call<'_>, policy: &ManagedPolicy) -> bool {
        let attached = call.snapshot().attachment_count(call.account, policy.id) > 0;
        let used = match self.usage {
            Usage::Either => true,
            Usage::Permissions => attached,
            Usage::Boundary => call.snapshot().bounded_count(call.account, policy.id) > 0,
        };
        used && (attached || !self.attached)
    }

    /// The policies of the wanted scope and path, each with its place in the list.
    fn list<'c>(&self, call: &Call<'c>, path_prefix: &str) -> Vec<(String, &'c Stored<ManagedPolicy>)> {
        let (snapshot, mut list) = (call.snapshot(), Vec::new());
        if self.scope != Scope::Aws {
            let own = snapshot.policies(call.account, &Listing { path_prefix, ..Listing::ALL }).items;
            list.extend(own.into_iter().map(|policy| (place(policy), policy)));
        }
        if self.scope != Scope::Local {
            let theirs =
                snapshot.aws_policies().filter(|policy| policy.path.as_str().starts_with(path_prefix));
            list.extend(theirs.map(|policy| (place(policy), policy)));
        }
        list.retain(|(_, policy)| self.has(call, policy));
        list.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        list
    }
}

/// Ordered by name. In what order AWS lists them is not published.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html>
impl Operation for iam::ListPolicies {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListPoliciesRequest) -> Result<Vec<Question>, ApiError> {
        let shown = format!("policy path {}", input.path_prefix.as_deref().unwrap_or("/"));
        Ok(vec![Question::new("iam:ListPolicies", "*", call.account).shown_as(shown)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListPoliciesRequest,
    ) -> Result<iam::ListPoliciesResponse, ApiError> {
        let wanted = Wanted {
            scope: Scope::of(input.scope.as_deref())?,
            attached: input.only_attached == Some(true),
            usage: Usage::of(input.policy_usage_filter.as_deref())?,
        };
        let path_prefix = input.path_prefix.as_deref().unwrap_or("/");
        let list = wanted.list(call, path_prefix);
        let (items, marker) =
            page::of(list, |(place, _)| place.clone(), input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListPoliciesResponse {
            policies: Some(items.into_iter().map(|(_, one)| render::policy_in_list(call, one)).collect()),
            is_truncated: Some(marker.is_some()),
            marker,
        })
    }
}

impl Operation for iam::DeletePolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DeletePolicyRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_policy(call, "iam:DeletePolicy", &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeletePolicyRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| policies::delete(draft, call.account, &input.policy_arn))?;
        Ok(Nothing {})
    }
}
