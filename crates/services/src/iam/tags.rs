//! Tags of users, roles, customer managed policies, instance profiles, server certificates and virtual MFA devices.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_iam-tags.html>

use doorward_directory::Tags;
use doorward_directory::change::tags::{self, Tagged};
use doorward_gate::{Permit, Question};
use doorward_wire::{ApiError, Nothing, iam};

use super::{ask, instance_profiles, mfa_listing, page, policies, render, roles, server_certificates, users};
use crate::call::Call;
use crate::operation::{Access, Operation};

impl Operation for iam::TagUser {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::TagUserRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_user(call, "iam:TagUser", &input.user_name);
        Ok(vec![ask::with_request_tags(question, Some(&input.tags))])
    }

    fn run(call: &Call<'_>, _: &Permit<'_, Self>, input: iam::TagUserRequest) -> Result<Nothing, ApiError> {
        put(call, Tagged::User(&input.user_name), input.tags)
    }
}

impl Operation for iam::TagRole {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::TagRoleRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_role(call, "iam:TagRole", &input.role_name);
        Ok(vec![ask::with_request_tags(question, Some(&input.tags))])
    }

    fn run(call: &Call<'_>, _: &Permit<'_, Self>, input: iam::TagRoleRequest) -> Result<Nothing, ApiError> {
        put(call, Tagged::Role(&input.role_name), input.tags)
    }
}

impl Operation for iam::TagPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::TagPolicyRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_policy(call, "iam:TagPolicy", &input.policy_arn)?;
        Ok(vec![ask::with_request_tags(question, Some(&input.tags))])
    }

    fn run(call: &Call<'_>, _: &Permit<'_, Self>, input: iam::TagPolicyRequest) -> Result<Nothing, ApiError> {
        put(call, Tagged::Policy(&input.policy_arn), input.tags)
    }
}

impl Operation for iam::TagInstanceProfile {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::TagInstanceProfileRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_profile(call, "iam:TagInstanceProfile", &input.instance_profile_name);
        Ok(vec![ask::with_request_tags(question, Some(&input.tags))])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::TagInstanceProfileRequest,
    ) -> Result<Nothing, ApiError> {
        put(call, Tagged::Profile(&input.instance_profile_name), input.tags)
    }
}

impl Operation for iam::TagServerCertificate {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::TagServerCertificateRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let name = &input.server_certificate_name;
        let question = ask::about_server_certificate(call, "iam:TagServerCertificate", name);
        Ok(vec![ask::with_request_tags(question, Some(&input.tags))])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::TagServerCertificateRequest,
    ) -> Result<Nothing, ApiError> {
        put(call, Tagged::ServerCertificate(&input.server_certificate_name), input.tags)
    }
}

impl Operation for iam::TagMFADevice {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::TagMFADeviceRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_mfa_device(call, "iam:TagMFADevice", &input.serial_number);
        Ok(vec![ask::with_request_tags(question, Some(&input.tags))])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::TagMFADeviceRequest,
    ) -> Result<Nothing, ApiError> {
        put(call, Tagged::MfaDevice(&input.serial_number), input.tags)
    }
}

pub(super) fn put(call: &Call<'_>, tagged: Tagged<'_>, tags: Vec<iam::Tag>) -> Result<Nothing, ApiError> {
    let tags = ask::tags(Some(tags));
    call.change(|draft| tags::put(draft, call.account, tagged, &tags))?;
    Ok(Nothing {})
}

impl Operation for iam::UntagUser {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::UntagUserRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_user(call, "iam:UntagUser", &input.user_name);
        Ok(vec![question.with_tag_keys(input.tag_keys.clone())])
    }

    fn run(call: &Call<'_>, _: &Permit<'_, Self>, input: iam::UntagUserRequest) -> Result<Nothing, ApiError> {
        remove(call, Tagged::User(&input.user_name), &input.tag_keys)
    }
}

impl Operation for iam::UntagRole {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::UntagRoleRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_role(call, "iam:UntagRole", &input.role_name);
        Ok(vec![question.with_tag_keys(input.tag_keys.clone())])
    }

    fn run(call: &Call<'_>, _: &Permit<'_, Self>, input: iam::UntagRoleRequest) -> Result<Nothing, ApiError> {
        remove(call, Tagged::Role(&input.role_name), &input.tag_keys)
    }
}

impl Operation for iam::UntagPolicy {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::UntagPolicyRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_policy(call, "iam:UntagPolicy", &input.policy_arn)?;
        Ok(vec![question.with_tag_keys(input.tag_keys.clone())])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UntagPolicyRequest,
    ) -> Result<Nothing, ApiError> {
        remove(call, Tagged::Policy(&input.policy_arn), &input.tag_keys)
    }
}

impl Operation for iam::UntagInstanceProfile {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::UntagInstanceProfileRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_profile(call, "iam:UntagInstanceProfile", &input.instance_profile_name);
        Ok(vec![question.with_tag_keys(input.tag_keys.clone())])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UntagInstanceProfileRequest,
    ) -> Result<Nothing, ApiError> {
        remove(call, Tagged::Profile(&input.instance_profile_name), &input.tag_keys)
    }
}

impl Operation for iam::UntagServerCertificate {
    const ACCESS: Access = Access::Write;

    fn questions(
        call: &Call<'_>,
        input: &iam::UntagServerCertificateRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let name = &input.server_certificate_name;
        let question = ask::about_server_certificate(call, "iam:UntagServerCertificate", name);
        Ok(vec![question.with_tag_keys(input.tag_keys.clone())])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UntagServerCertificateRequest,
    ) -> Result<Nothing, ApiError> {
        remove(call, Tagged::ServerCertificate(&input.server_certificate_name), &input.tag_keys)
    }
}

impl Operation for iam::UntagMFADevice {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &iam::UntagMFADeviceRequest) -> Result<Vec<Question>, ApiError> {
        let question = ask::about_mfa_device(call, "iam:UntagMFADevice", &input.serial_number);
        Ok(vec![question.with_tag_keys(input.tag_keys.clone())])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::UntagMFADeviceRequest,
    ) -> Result<Nothing, ApiError> {
        remove(call, Tagged::MfaDevice(&input.serial_number), &input.tag_keys)
    }
}

pub(super) fn remove(call: &Call<'_>, tagged: Tagged<'_>, keys: &[String]) -> Result<Nothing, ApiError> {
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    call.change(|draft| tags::remove(draft, call.account, tagged, &keys))?;
    Ok(Nothing {})
}

impl Operation for iam::ListUserTags {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListUserTagsRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_user(call, "iam:ListUserTags", &input.user_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListUserTagsRequest,
    ) -> Result<iam::ListUserTagsResponse, ApiError> {
        let user = users::found(call, &input.user_name)?;
        let (tags, marker) = list(&user.tags, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListUserTagsResponse { tags, is_truncated: Some(marker.is_some()), marker })
    }
}

impl Operation for iam::ListRoleTags {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListRoleTagsRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_role(call, "iam:ListRoleTags", &input.role_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListRoleTagsRequest,
    ) -> Result<iam::ListRoleTagsResponse, ApiError> {
        let role = roles::found(call, &input.role_name)?;
        let (tags, marker) = list(&role.tags, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListRoleTagsResponse { tags, is_truncated: Some(marker.is_some()), marker })
    }
}

impl Operation for iam::ListPolicyTags {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListPolicyTagsRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_policy(call, "iam:ListPolicyTags", &input.policy_arn)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListPolicyTagsRequest,
    ) -> Result<iam::ListPolicyTagsResponse, ApiError> {
        let policy = policies::found(call, &input.policy_arn)?;
        let (tags, marker) = list(&policy.tags, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListPolicyTagsResponse { tags, is_truncated: Some(marker.is_some()), marker })
    }
}

impl Operation for iam::ListInstanceProfileTags {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListInstanceProfileTagsRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_profile(call, "iam:ListInstanceProfileTags", &input.instance_profile_name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListInstanceProfileTagsRequest,
    ) -> Result<iam::ListInstanceProfileTagsResponse, ApiError> {
        let profile = instance_profiles::found(call, &input.instance_profile_name)?;
        let (tags, marker) = list(&profile.tags, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListInstanceProfileTagsResponse { tags, is_truncated: Some(marker.is_some()), marker })
    }
}

impl Operation for iam::ListServerCertificateTags {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &iam::ListServerCertificateTagsRequest,
    ) -> Result<Vec<Question>, ApiError> {
        let name = &input.server_certificate_name;
        Ok(vec![ask::about_server_certificate(call, "iam:ListServerCertificateTags", name)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListServerCertificateTagsRequest,
    ) -> Result<iam::ListServerCertificateTagsResponse, ApiError> {
        let certificate = server_certificates::found(call, &input.server_certificate_name)?;
        let (tags, marker) = list(&certificate.tags, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListServerCertificateTagsResponse { tags, is_truncated: Some(marker.is_some()), marker })
    }
}

impl Operation for iam::ListMFADeviceTags {
    const ACCESS: Access = Access::Read;

    fn questions(call: &Call<'_>, input: &iam::ListMFADeviceTagsRequest) -> Result<Vec<Question>, ApiError> {
        Ok(vec![ask::about_mfa_device(call, "iam:ListMFADeviceTags", &input.serial_number)])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: iam::ListMFADeviceTagsRequest,
    ) -> Result<iam::ListMFADeviceTagsResponse, ApiError> {
        let device = mfa_listing::found(call, &input.serial_number)?;
        let (tags, marker) = list(&device.tags, input.marker.as_deref(), input.max_items)?;
        Ok(iam::ListMFADeviceTagsResponse { tags, is_truncated: Some(marker.is_some()), marker })
    }
}

/// One page of tags, ordered by key.
pub(super) fn list(
    tags: &Tags,
    marker: Option<&str>,
    items_max: Option<i64>,
) -> Result<(Vec<iam::Tag>, Option<String>), ApiError> {
    let mut tags = render::tags(tags);
    tags.sort_by_cached_key(|tag| page::short(&tag.key));
    page::of(tags, |tag| page::short(&tag.key), marker, items_max)
}
