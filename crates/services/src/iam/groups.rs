//! Groups and their members.

use doorward_directory::change::groups::{self, GroupUpdate};
use doorward_directory::identity::Group;
use doorward_directory::{Listing, Refusal, Stored};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::{ask, page, render, users};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for iam::CreateGroup {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::CreateGroupRequest) -> Result<Vec<Question>, ApiError> {
        let arn = ask::created(call.account, "group", input.path.as_deref(), &input.group_name);
        Ok(vec![Question::new("iam:CreateGroup", arn, call.account)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreateGroupRequest,
    ) -> Result<iam::CreateGroupResponse, ApiError> {
        let name = ask::name(&input.group_name)?;
        let path = ask::path(input.path.as_deref())?;
        let group = call.change(|draft| groups::create(draft, call.account, name.clone(), path.clone()))?;
        Ok(iam::CreateGroupResponse { group: render::group(&group) })
    }
}

/// The group called `name`, as this call sees it.
pub(super) fn found<'c>(call: &Call<'c>, name: &str) -> Result<&'c Stored<Group>, ApiError> {
    let group = call.snapshot().group(call.account, name);
    group.ok_or_else(|| call.refused(&Refusal::NoSuchGroup(name.to_owned())))
}

/// Shows the members page by page, in the order of their names.
impl Operation for iam::GetGroup {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::GetGroupRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_group(call, "iam:GetGroup", &input.group_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetGroupRequest,
    ) -> Result<iam::GetGroupResponse, ApiError> {
        let group = found(call, &input.group_name)?;
        let after = page::after(input.marker.as_deref())?;
        let size = page::size(input.max_items);
        let listing = Listing { after: after.as_deref(), size, ..Listing::ALL };
        let page = call.snapshot().members_listed(group.id, &listing);
        Ok(iam::GetGroupResponse {
            group: render::group(group),
            users: page.items.iter().map(|user| render::user_in_list(user)).collect(),
            is_truncated: Some(page.next.is_some()),
            marker: page.next.map(page::marker),
        })
    }
}

impl Operation for iam::ListGroups {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListGroupsRequest) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_list(call, "iam:ListGroups", "group", input.path_prefix.as_deref()))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListGroupsRequest,
    ) -> Result<iam::ListGroupsResponse, ApiError> {
        let after = page::after(input.marker.as_deref())?;
        let listing = Listing {
            path_prefix: input.path_prefix.as_deref().unwrap_or("/"),
            after: after.as_deref(),
            size: page::size(input.max_items),
        };
        let page = call.snapshot().groups(call.account, &listing);
        Ok(iam::ListGroupsResponse {
            groups: page.items.iter().map(|group| render::group(group)).collect(),
            is_truncated: Some(page.next.is_some()),
            marker: page.next.map(page::marker),
        })
    }
}

/// Shows the groups page by page, in the order of their names.
impl Operation for iam::ListGroupsForUser {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListGroupsForUserRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_user(call, "iam:ListGroupsForUser", &input.user_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListGroupsForUserRequest,
    ) -> Result<iam::ListGroupsForUserResponse, ApiError> {
        let user = users::found(call, &input.user_name)?;
        let groups = user.groups.iter().filter_map(|id| call.snapshot().group_with_id(*id));
        let mut groups: Vec<&Group> = groups.map(|group| &**group).collect();
        groups.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        let key = |group: &&Group| group.name.folded().to_string();
        let (groups, next) = page::of(groups, key, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListGroupsForUserResponse {
            groups: groups.into_iter().map(render::group).collect(),
            is_truncated: Some(next.is_some()),
            marker: next,
        })
    }
}

/// Needs permission on the group as it is and, where it is renamed or moved, on the group as it will be.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html>
impl Operation for iam::UpdateGroup {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::UpdateGroupRequest) -> Result<Vec<Question>, ApiError> {
        let mut questions = vec![ask::about_group(call, "iam:UpdateGroup", &input.group_name)];
        if input.new_group_name.is_some() || input.new_path.is_some() {
            let stored = call.snapshot().group(call.account, &input.group_name);
            let path = input.new_path.as_deref().or_else(|| stored.map(|group| group.path.as_str()));
            let kept = stored.map_or(input.group_name.as_str(), |group| group.name.as_str());
            let name = input.new_group_name.as_deref().unwrap_or(kept);
            let arn = ask::created(call.account, "group", path, name);
            questions.push(Question::new("iam:UpdateGroup", arn, call.account));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UpdateGroupRequest,
    ) -> Result<Nothing, ApiError> {
        let update = GroupUpdate {
            name: input.new_group_name.as_deref().map(ask::name).transpose()?,
            path: input.new_path.as_deref().map(|path| ask::path(Some(path))).transpose()?,
        };
        call.change(|draft| groups::update(draft, call.account, &input.group_name, &update))?;
        Ok(Nothing {})
    }
}

impl Operation for iam::DeleteGroup {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::DeleteGroupRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_group(call, "iam:DeleteGroup", &input.group_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteGroupRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| groups::delete(draft, call.account, &input.group_name))?;
        Ok(Nothing {})
    }
}

/// Asks about the group alone: the user is no resource of this action.
impl Operation for iam::AddUserToGroup {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::AddUserToGroupRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_group(call, "iam:AddUserToGroup", &input.group_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::AddUserToGroupRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| groups::add_member(draft, call.account, &input.group_name, &input.user_name))?;
        Ok(Nothing {})
    }
}

/// Asks about the group alone, as [`AddUserToGroup`](iam::AddUserToGroup).
impl Operation for iam::RemoveUserFromGroup {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::RemoveUserFromGroupRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_group(call, "iam:RemoveUserFromGroup", &input.group_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::RemoveUserFromGroupRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| groups::remove_member(draft, call.account, &input.group_name, &input.user_name))?;
        Ok(Nothing {})
    }
}
