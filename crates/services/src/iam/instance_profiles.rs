//! Instance profiles and the roles in them.

use doorward_directory::change::profiles;
use doorward_directory::identity::InstanceProfile;
use doorward_directory::{Listing, Refusal, Stored};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::{ask, page, render, roles};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for iam::CreateInstanceProfile {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::CreateInstanceProfileRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let name = &input.instance_profile_name;
        let arn = ask::created(call.account, "instance-profile", input.path.as_deref(), name);
        let ask = |action| {
            let question = Question::new(action, arn.clone(), call.account);
            ask::with_request_tags(question, input.tags.as_deref())
        };
        let mut questions = vec![ask("iam:CreateInstanceProfile")];
        if input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
            questions.push(ask("iam:TagInstanceProfile"));
        }
        Ok(questions)
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::CreateInstanceProfileRequest,
    ) -> Result<iam::CreateInstanceProfileResponse, ApiError> {
        let name = ask::name(&input.instance_profile_name)?;
        let path = ask::path(input.path.as_deref())?;
        let tags = ask::tags(input.tags);
        let instance_profile = call.change(|draft| {
            let profile = profiles::create(draft, call.account, name.clone(), path.clone(), &tags)?;
            Ok(render::instance_profile(draft.snapshot(), &profile))
        })??;
        Ok(iam::CreateInstanceProfileResponse { instance_profile })
    }
}

/// The instance profile called `name`, as this call sees it.
pub(super) fn found<'c>(call: &Call<'c>, name: &str) -> Result<&'c Stored<InstanceProfile>, ApiError> {
    let profile = call.snapshot().profile(call.account, name);
    profile.ok_or_else(|| call.refused(&Refusal::NoSuchProfile(name.to_owned())))
}

impl Operation for iam::GetInstanceProfile {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::GetInstanceProfileRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_profile(call, "iam:GetInstanceProfile", &input.instance_profile_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::GetInstanceProfileRequest,
    ) -> Result<iam::GetInstanceProfileResponse, ApiError> {
        let profile = found(call, &input.instance_profile_name)?;
        let instance_profile = render::instance_profile(call.snapshot(), profile)?;
        Ok(iam::GetInstanceProfileResponse { instance_profile })
    }
}

impl Operation for iam::ListInstanceProfiles {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListInstanceProfilesRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(ask::about_list(
            call,
            "iam:ListInstanceProfiles",
            "instance-profile",
            input.path_prefix.as_deref(),
        ))
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListInstanceProfilesRequest,
    ) -> Result<iam::ListInstanceProfilesResponse, ApiError> {
        let after = page::after(input.marker.as_deref())?;
        let listing = Listing {
            path_prefix: input.path_prefix.as_deref().unwrap_or("/"),
            after: after.as_deref(),
            size: page::size(input.max_items),
        };
        let page = call.snapshot().profiles(call.account, &listing);
        let shown = page.items.iter().map(|item| render::instance_profile_in_list(call.snapshot(), item));
        Ok(iam::ListInstanceProfilesResponse {
            instance_profiles: shown.collect::<Result<_, _>>()?,
            is_truncated: Some(page.next.is_some()),
            marker: page.next.map(page::marker),
        })
    }
}

/// Shows the instance profiles page by page, in the order of their names.
impl Operation for iam::ListInstanceProfilesForRole {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListInstanceProfilesForRoleRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:ListInstanceProfilesForRole", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListInstanceProfilesForRoleRequest,
    ) -> Result<iam::ListInstanceProfilesForRoleResponse, ApiError> {
        let role = roles::found(call, &input.role_name)?;
        let mut profiles: Vec<&InstanceProfile> = call.snapshot().profiles_of(role.id).collect();
        profiles.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        let key = |profile: &&InstanceProfile| profile.name.folded().to_string();
        let (profiles, next) = page::of(profiles, key, input.marker.as_deref(), input.max_items)?;
        let shown =
            profiles.into_iter().map(|profile| render::instance_profile_in_list(call.snapshot(), profile));
        Ok(iam::ListInstanceProfilesForRoleResponse {
            instance_profiles: shown.collect::<Result<_, _>>()?,
            is_truncated: Some(next.is_some()),
            marker: next,
        })
    }
}

impl Operation for iam::DeleteInstanceProfile {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::DeleteInstanceProfileRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_profile(call, "iam:DeleteInstanceProfile", &input.instance_profile_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::DeleteInstanceProfileRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| profiles::delete(draft, call.account, &input.instance_profile_name))?;
        Ok(Nothing {})
    }
}

/// Needs `iam:PassRole` on the role as well: whoever fills an instance profile hands the role to Amazon EC2. Which
/// instances will use it is not known then, so `iam:AssociatedResourceArn` stands for all of the account.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html>
impl Operation for iam::AddRoleToInstanceProfile {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::AddRoleToInstanceProfileRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let instances = format!("arn:aws:ec2:*:{}:instance/*", call.account);
        let pass = ask::about_role(call, "iam:PassRole", &input.role_name)
            .with("iam:PassedToService", "ec2.amazonaws.com")
            .with("iam:AssociatedResourceArn", &instances);
        // Whichever service checks it, a role that may not be passed is shown as its ARN.
        let pass = Question { shown: None, ..pass };
        Ok(vec![ask::about_profile(call, "iam:AddRoleToInstanceProfile", &input.instance_profile_name), pass])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::AddRoleToInstanceProfileRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| {
            profiles::add_role(draft, call.account, &input.instance_profile_name, &input.role_name)
        })?;
        Ok(Nothing {})
    }
}

impl Operation for iam::RemoveRoleFromInstanceProfile {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::RemoveRoleFromInstanceProfileRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let profile = &input.instance_profile_name;
        Ok(vec![ask::about_profile(call, "iam:RemoveRoleFromInstanceProfile", profile)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::RemoveRoleFromInstanceProfileRequest,
    ) -> Result<Nothing, ApiError> {
        call.change(|draft| {
            profiles::remove_role(draft, call.account, &input.instance_profile_name, &input.role_name)
        })?;
        Ok(Nothing {})
    }
}
