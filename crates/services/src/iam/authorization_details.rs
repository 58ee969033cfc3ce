//! Everything in the account that bears on permissions, in one list: `GetAccountAuthorizationDetails`.
//!
//! The list is the users, then the groups, the roles, the customer managed policies and those of AWS that the account uses,
//! each ordered by name. Pages run
//! through it as if it were of one kind. A page may be ten megabytes, so each entry is written into the answer as it is
//! found, and the answer is all that is held of the page.

use doorward_directory::identity::{Group, Role, User};
use doorward_directory::managed::{ManagedPolicy, PolicyVersion};
use doorward_directory::{Listing, Snapshot, Stored, UniqueId};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Members, Sink, iam, percent_encode_document};

use super::{ask, last_used, page, render};
use crate::call::Call;
use crate::operation::Gathered;

/// Of AWS's managed policies lists those that are attached. Whether one that is only a boundary counts is not published; it
/// is listed, because what it says bears on permissions too. A filter that names no kind is none.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html>
impl Gathered for iam::GetAccountAuthorizationDetails {
    fn questions(
        call: &Call<'_>,
        _: &iam::GetAccountAuthorizationDetailsRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_account(call, "iam:GetAccountAuthorizationDetails"))
    }

    fn write(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetAccountAuthorizationDetailsRequest,
        output: &mut dyn Sink,
    ) -> Result<(), ApiError> {
        let filter = input.filter.unwrap_or_default();
        let after = page::after(input.marker.as_deref())?;
        let after = after.as_deref().map(place).transpose()?;
        let (entries, next) = gather(call, &filter, after, page::size(input.max_items));
        let bytes = entries.iter().map(|entry| entry.bytes(call.snapshot())).sum();
        let mut members = Members::begin(output, bytes);
        let users = entries.iter().filter_map(Entry::user);
        members.list("UserDetailList", users.map(|entry| Ok(user(call.snapshot(), entry))))?;
        let groups = entries.iter().filter_map(Entry::group);
        members.list("GroupDetailList", groups.map(|entry| Ok(group(call.snapshot(), entry))))?;
        let roles = entries.iter().filter_map(Entry::role);
        members.list("RoleDetailList", roles.map(|entry| role(call, entry)))?;
        let policies = entries.iter().filter_map(Entry::policy);
        members.list("Policies", policies.map(|entry| Ok(policy(call, entry))))?;
        members.value("IsTruncated", Some(&next.is_some()));
        members.value("Marker", next.as_ref());
        members.end();
        Ok(())
    }
}

/// What its markers begin with, so that those of other lists are told apart: no name, id, path or tag has it.
const MARK: char = '!';

/// What the list holds, in its order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    User,
    Group,
    Role,
    Policy,
    AwsPolicy,
}

impl Kind {
    const ALL: [Self; 5] = [Self::User, Self::Group, Self::Role, Self::Policy, Self::AwsPolicy];

    /// The word in the filter.
    const fn name(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Group => "Group",
            Self::Role => "Role",
            Self::Policy => "LocalManagedPolicy",
            Self::AwsPolicy => "AWSManagedPolicy",
        }
    }

    /// What its markers have after [`MARK`].
    const fn letter(self) -> char {
        match self {
            Self::User => 'U',
            Self::Group => 'G',
            Self::Role => 'R',
            Self::Policy => 'P',
            Self::AwsPolicy => 'A',
        }
    }
}

/// About how many bytes an entry takes beside its policies, and how long a trust policy mostly is at most.
const ENTRY_BYTES: usize = 1_000;
const TRUST_BYTES: usize = 1_000;

/// An entry of the list.
enum Entry<'s> {
    User(&'s User),
    Group(&'s Group),
    Role(&'s Role),
    Policy(&'s ManagedPolicy),
    AwsPolicy(&'s ManagedPolicy),
}

impl<'s> Entry<'s> {
    fn user(&self) -> Option<&'s User> {
        match self {
            Self::User(user) => Some(user),
            Self::Group(_) | Self::Role(_) | Self::Policy(_) | Self::AwsPolicy(_) => None,
        }
    }

    fn group(&self) -> Option<&'s Group> {
        match self {
            Self::Group(group) => Some(group),
            Self::User(_) | Self::Role(_) | Self::Policy(_) | Self::AwsPolicy(_) => None,
        }
    }

    fn role(&self) -> Option<&'s Role> {
        match self {
            Self::Role(role) => Some(role),
            Self::User(_) | Self::Group(_) | Self::Policy(_) | Self::AwsPolicy(_) => None,
        }
    }

    fn policy(&self) -> Option<&'s ManagedPolicy> {
        match self {
            Self::Policy(policy) | Self::AwsPolicy(policy) => Some(policy),
            Self::User(_) | Self::Group(_) | Self::Role(_) => None,
        }
    }

    /// About how many bytes it takes in an answer, and seldom more: three for each of its policies' that is escaped.
    fn bytes(&self, snapshot: &Snapshot) -> usize {
        let inline = |id| snapshot.inline(id).map(|policy| policy.text.text().len()).sum::<usize>();
        let texts = match self {
            Self::User(user) => inline(user.id),
            Self::Group(group) => inline(group.id),
            Self::Role(role) => inline(role.id) + TRUST_BYTES,
            Self::Policy(policy) | Self::AwsPolicy(policy) => {
                snapshot.versions(policy.id).map(|version| version.text.text().len()).sum()
            }
        };
        ENTRY_BYTES + 3 * texts
    }

    /// What the marker of the page that ends here is made of.
    fn key(&self) -> String {
        let (kind, name) = match self {
            Self::User(user) => (Kind::User, &user.name),
            Self::Group(group) => (Kind::Group, &group.name),
            Self::Role(role) => (Kind::Role, &role.name),
            Self::Policy(policy) => (Kind::Policy, &policy.name),
            Self::AwsPolicy(policy) => (Kind::AwsPolicy, &policy.name),
        };
        format!("{MARK}{}{}", kind.letter(), name.folded())
    }
}

/// The place in the list that [`Entry::key`] names.
fn place(key: &str) -> Result<(Kind, &str), ApiError> {
    let read = || {
        let key = key.strip_prefix(MARK)?;
        Kind::ALL.into_iter().find_map(|kind| Some((kind, key.strip_prefix(kind.letter())?)))
    };
    read().ok_or_else(page::invalid)
}

/// One page of the list: at most `size` entries of the kinds in the filter, and the marker of the next page.
fn gather<'c>(
    call: &Call<'c>,
    filter: &[String],
    after: Option<(Kind, &str)>,
    size: usize,
) -> (Vec<Entry<'c>>, Option<String>) {
    let wanted = |kind: &Kind| filter.is_empty() || filter.iter().any(|name| name == kind.name());
    let left = |kind: &Kind| after.is_none_or(|(place, _)| *kind >= place);
    let mut entries = Vec::new();
    for kind in Kind::ALL.into_iter().filter(wanted).filter(left) {
        let after = after.filter(|(place, _)| *place == kind).map(|(_, name)| name);
        // One entry more than the page holds tells whether there is a next page.
        let listing = Listing { path_prefix: "/", after, size: size + 1 - entries.len() };
        entries.extend(listed(call, kind, &listing));
        if entries.len() > size {
            entries.truncate(size);
            let next = entries.last().map(|last: &Entry<'_>| page::marker(&last.key()));
            return (entries, next);
        }
    }
    (entries, None)
}

fn listed<'c>(call: &Call<'c>, kind: Kind, listing: &Listing<'_>) -> Vec<Entry<'c>> {
    let (snapshot, account) = (call.snapshot(), call.account);
    match kind {
        Kind::User => {
            snapshot.users(account, listing).items.into_iter().map(|one| Entry::User(one)).collect()
        }
        Kind::Group => {
            snapshot.groups(account, listing).items.into_iter().map(|one| Entry::Group(one)).collect()
        }
        Kind::Role => {
            snapshot.roles(account, listing).items.into_iter().map(|one| Entry::Role(one)).collect()
        }
        Kind::Policy => {
            snapshot.policies(account, listing).items.into_iter().map(|one| Entry::Policy(one)).collect()
        }
        Kind::AwsPolicy => {
            let left = |policy: &&Stored<ManagedPolicy>| {
                listing.after.is_none_or(|after| **policy.name.folded() > *after)
            };
            let used = |policy: &&Stored<ManagedPolicy>| {
                snapshot.attachment_count(account, policy.id) + snapshot.bounded_count(account, policy.id) > 0
            };
            let policies = snapshot.aws_policies().filter(left).filter(used).take(listing.size);
            policies.map(|one| Entry::AwsPolicy(one)).collect()
        }
    }
}

fn user(snapshot: &Snapshot, user: &User) -> iam::UserDetail {
    let groups = user.groups.iter().filter_map(|id| snapshot.group_with_id(*id));
    iam::UserDetail {
        path: Some(user.path.to_string()),
        user_name: Some(user.name.to_string()),
        user_id: Some(user.id.to_string()),
        arn: Some(user.arn()),
        create_date: Some(user.created),
        user_policy_list: Some(inline(snapshot, user.id)),
        group_list: Some(groups.map(|group| group.name.to_string()).collect()),
        attached_managed_policies: Some(attached(snapshot, &user.attached)),
        permissions_boundary: render::boundary(snapshot, user.boundary),
        tags: Some(render::tags(&user.tags)),
    }
}

fn group(snapshot: &Snapshot, group: &Group) -> iam::GroupDetail {
    iam::GroupDetail {
        path: Some(group.path.to_string()),
        group_name: Some(group.name.to_string()),
        group_id: Some(group.id.to_string()),
        arn: Some(group.arn()),
        create_date: Some(group.created),
        group_policy_list: Some(inline(snapshot, group.id)),
        attached_managed_policies: Some(attached(snapshot, &group.attached)),
    }
}

fn role(call: &Call<'_>, role: &Role) -> Result<iam::RoleDetail, ApiError> {
    let snapshot = call.snapshot();
    let profiles = snapshot.profiles_of(role.id);
    let profiles = profiles.map(|profile| render::instance_profile_in_list(snapshot, profile));
    let shown = render::role(snapshot, role)?;
    Ok(iam::RoleDetail {
        path: Some(shown.path),
        role_name: Some(shown.role_name),
        role_id: Some(shown.role_id),
        arn: Some(shown.arn),
        create_date: Some(shown.create_date),
        assume_role_policy_document: shown.assume_role_policy_document,
        instance_profile_list: Some(profiles.collect::<Result<_, _>>()?),
        role_policy_list: Some(inline(snapshot, role.id)),
        attached_managed_policies: Some(attached(snapshot, &role.attached)),
        permissions_boundary: shown.permissions_boundary,
        tags: Some(render::tags(&role.tags)),
        role_last_used: Some(last_used::role(call, role.id)),
    })
}

fn policy(call: &Call<'_>, policy: &ManagedPolicy) -> iam::ManagedPolicyDetail {
    let versions = call.snapshot().versions(policy.id).map(|version| self::version(policy, version));
    let shown = render::policy(call, policy);
    iam::ManagedPolicyDetail {
        policy_name: shown.policy_name,
        policy_id: shown.policy_id,
        arn: shown.arn,
        path: shown.path,
        default_version_id: shown.default_version_id,
        attachment_count: shown.attachment_count,
        permissions_boundary_usage_count: shown.permissions_boundary_usage_count,
        is_attachable: shown.is_attachable,
        description: shown.description,
        create_date: shown.create_date,
        update_date: shown.update_date,
        policy_version_list: Some(versions.collect()),
    }
}

fn version(policy: &ManagedPolicy, version: &PolicyVersion) -> iam::PolicyVersion {
    iam::PolicyVersion {
        document: Some(percent_encode_document(version.text.text())),
        version_id: Some(version.number.to_string()),
        is_default_version: Some(version.number == policy.default_version),
        create_date: Some(version.created),
    }
}

fn inline(snapshot: &Snapshot, holder: UniqueId) -> Vec<iam::PolicyDetail> {
    let shown = snapshot.inline(holder).map(|policy| iam::PolicyDetail {
        policy_name: Some(policy.name.to_string()),
        policy_document: Some(percent_encode_document(policy.text.text())),
    });
    shown.collect()
}

fn attached(snapshot: &Snapshot, policies: &[UniqueId]) -> Vec<iam::AttachedPolicy> {
    let policies = policies.iter().filter_map(|id| snapshot.policy_with_id(*id));
    let shown = policies.map(|policy| iam::AttachedPolicy {
        policy_name: Some(policy.name.to_string()),
        policy_arn: Some(policy.arn()),
    });
    shown.collect()
}
