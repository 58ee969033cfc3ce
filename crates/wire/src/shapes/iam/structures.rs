//! The structures inside inputs and outputs of IAM, version 2010-05-08.
//!
//! Written by `cargo xtask generate` from `botocore/data/iam/2010-05-08` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::macros::structure;

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessDetail.html>
    Record AccessDetail {
        service_name: String = required "ServiceName" SERVICE_NAME_TYPE;
        service_namespace: String = required "ServiceNamespace" SERVICE_NAMESPACE_TYPE;
        region: Option<String> = optional "Region" STRING_TYPE;
        entity_path: Option<String> = optional "EntityPath" ORGANIZATIONS_ENTITY_PATH_TYPE;
        last_authenticated_time: Option<jiff::Timestamp> = optional "LastAuthenticatedTime" DATE_TYPE;
        total_authenticated_entities: Option<i64> = optional "TotalAuthenticatedEntities" INTEGER_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html>
    Record AccessKey {
        user_name: String = required "UserName" USER_NAME_TYPE;
        access_key_id: String = required "AccessKeyId" ACCESS_KEY_ID_TYPE;
        status: String = required "Status" STATUS_TYPE;
        secret_access_key: crate::Secret<String> = required "SecretAccessKey" ACCESS_KEY_SECRET_TYPE;
        create_date: Option<jiff::Timestamp> = optional "CreateDate" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html>
    Record AccessKeyLastUsed {
        last_used_date: Option<jiff::Timestamp> = optional "LastUsedDate" DATE_TYPE;
        service_name: String = required "ServiceName" STRING_TYPE;
        region: String = required "Region" STRING_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyMetadata.html>
    #[derive(Default)]
    Record AccessKeyMetadata {
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
        access_key_id: Option<String> = optional "AccessKeyId" ACCESS_KEY_ID_TYPE;
        status: Option<String> = optional "Status" STATUS_TYPE;
        create_date: Option<jiff::Timestamp> = optional "CreateDate" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachedPermissionsBoundary.html>
    #[derive(Default)]
    Record AttachedPermissionsBoundary {
        permissions_boundary_type: Option<String> = optional "PermissionsBoundaryType" PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE;
        permissions_boundary_arn: Option<String> = optional "PermissionsBoundaryArn" ARN_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachedPolicy.html>
    #[derive(Default)]
    Record AttachedPolicy {
        policy_name: Option<String> = optional "PolicyName" POLICY_NAME_TYPE;
        policy_arn: Option<String> = optional "PolicyArn" ARN_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ContextEntry.html>
    #[derive(Default)]
    Record ContextEntry {
        context_key_name: Option<String> = optional "ContextKeyName" CONTEXT_KEY_NAME_TYPE;
        context_key_values: Option<Vec<String>> = optional "ContextKeyValues" CONTEXT_KEY_VALUE_LIST_TYPE;
        context_key_type: Option<String> = optional "ContextKeyType" CONTEXT_KEY_TYPE_ENUM;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DelegationPermission.html>
    #[derive(Default)]
    Record DelegationPermission {
        policy_template_arn: Option<String> = optional "PolicyTemplateArn" ARN_TYPE;
        parameters: Option<Vec<PolicyParameter>> = optional "Parameters" POLICY_PARAMETER_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DelegationRequest.html>
    #[derive(Default)]
    Record DelegationRequest {
        delegation_request_id: Option<String> = optional "DelegationRequestId" DELEGATION_REQUEST_ID_TYPE;
        owner_account_id: Option<String> = optional "OwnerAccountId" ACCOUNT_ID_TYPE;
        description: Option<String> = optional "Description" DELEGATION_REQUEST_DESCRIPTION_TYPE;
        request_message: Option<String> = optional "RequestMessage" REQUEST_MESSAGE_TYPE;
        permissions: Option<DelegationPermission> = optional "Permissions" DELEGATION_PERMISSION;
        permission_policy: Option<String> = optional "PermissionPolicy" PERMISSION_TYPE;
        role_permission_restriction_arns: Option<Vec<String>> = optional "RolePermissionRestrictionArns" ROLE_PERMISSION_RESTRICTION_ARN_LIST_TYPE;
        owner_id: Option<String> = optional "OwnerId" OWNER_ID_TYPE;
        approver_id: Option<String> = optional "ApproverId" ARN_TYPE;
        state: Option<String> = optional "State" STATE_TYPE;
        expiration_time: Option<jiff::Timestamp> = optional "ExpirationTime" DATE_TYPE;
        requestor_id: Option<String> = optional "RequestorId" ACCOUNT_ID_TYPE;
        requestor_name: Option<String> = optional "RequestorName" REQUESTOR_NAME_TYPE;
        create_date: Option<jiff::Timestamp> = optional "CreateDate" DATE_TYPE;
        session_duration: Option<i64> = optional "SessionDuration" SESSION_DURATION_TYPE;
        redirect_url: Option<String> = optional "RedirectUrl" REDIRECT_URL_TYPE;
        notes: Option<String> = optional "Notes" NOTES_TYPE;
        rejection_reason: Option<String> = optional "RejectionReason" NOTES_TYPE;
        only_send_by_owner: Option<bool> = optional "OnlySendByOwner" BOOLEAN_TYPE;
        updated_time: Option<jiff::Timestamp> = optional "UpdatedTime" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletionTaskFailureReasonType.html>
    #[derive(Default)]
    Record DeletionTaskFailureReasonType {
        reason: Option<String> = optional "Reason" REASON_TYPE;
        role_usage_list: Option<Vec<RoleUsageType>> = optional "RoleUsageList" ROLE_USAGE_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EntityDetails.html>
    Record EntityDetails {
        entity_info: EntityInfo = required "EntityInfo" ENTITY_INFO;
        last_authenticated: Option<jiff::Timestamp> = optional "LastAuthenticated" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EntityInfo.html>
    Record EntityInfo {
        arn: String = required "Arn" ARN_TYPE;
        name: String = required "Name" USER_NAME_TYPE;
        r#type: String = required "Type" POLICY_OWNER_ENTITY_TYPE;
        id: String = required "Id" ID_TYPE;
        path: Option<String> = optional "Path" PATH_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ErrorDetails.html>
    Record ErrorDetails {
        message: String = required "Message" STRING_TYPE;
        code: String = required "Code" STRING_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html>
    Record EvaluationResult {
        eval_action_name: String = required "EvalActionName" ACTION_NAME_TYPE;
        eval_resource_name: Option<String> = optional "EvalResourceName" RESOURCE_NAME_TYPE;
        eval_decision: String = required "EvalDecision" POLICY_EVALUATION_DECISION_TYPE;
        matched_statements: Option<Vec<Statement>> = optional "MatchedStatements" STATEMENT_LIST_TYPE;
        missing_context_values: Option<Vec<String>> = optional "MissingContextValues" CONTEXT_KEY_NAMES_RESULT_LIST_TYPE;
        organizations_decision_detail: Option<OrganizationsDecisionDetail> = optional "OrganizationsDecisionDetail" ORGANIZATIONS_DECISION_DETAIL;
        permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail> = optional "PermissionsBoundaryDecisionDetail" PERMISSIONS_BOUNDARY_DECISION_DETAIL;
        eval_decision_details: Option<std::collections::BTreeMap<String, String>> = optional "EvalDecisionDetails" EVAL_DECISION_DETAILS_TYPE;
        resource_specific_results: Option<Vec<ResourceSpecificResult>> = optional "ResourceSpecificResults" RESOURCE_SPECIFIC_RESULT_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Group.html>
    Record Group {
        path: String = required "Path" PATH_TYPE;
        group_name: String = required "GroupName" GROUP_NAME_TYPE;
        group_id: String = required "GroupId" ID_TYPE;
        arn: String = required "Arn" ARN_TYPE;
        create_date: jiff::Timestamp = required "CreateDate" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GroupDetail.html>
    #[derive(Default)]
    Record GroupDetail {
        path: Option<String> = optional "Path" PATH_TYPE;
        group_name: Option<String> = optional "GroupName" GROUP_NAME_TYPE;
        group_id: Option<String> = optional "GroupId" ID_TYPE;
        arn: Option<String> = optional "Arn" ARN_TYPE;
        create_date: Option<jiff::Timestamp> = optional "CreateDate" DATE_TYPE;
        group_policy_list: Option<Vec<PolicyDetail>> = optional "GroupPolicyList" POLICY_DETAIL_LIST_TYPE;
        attached_managed_policies: Option<Vec<AttachedPolicy>> = optional "AttachedManagedPolicies" ATTACHED_POLICIES_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_InlinePolicy.html>
    Record InlinePolicy {
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
        policy_document: String = required "PolicyDocument" POLICY_DOCUMENT_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_InlinePolicyIdentifierType.html>
    Record InlinePolicyIdentifierType {
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
        attachment_type: String = required "AttachmentType" ATTACHMENT_TYPE;
        attachment_name: String = required "AttachmentName" ATTACHMENT_NAME;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_InstanceProfile.html>
    Record InstanceProfile {
        path: String = required "Path" PATH_TYPE;
        instance_profile_name: String = required "InstanceProfileName" INSTANCE_PROFILE_NAME_TYPE;
        instance_profile_id: String = required "InstanceProfileId" ID_TYPE;
        arn: String = required "Arn" ARN_TYPE;
        create_date: jiff::Timestamp = required "CreateDate" DATE_TYPE;
        roles: Vec<Role> = required "Roles" ROLE_LIST_TYPE;
        tags: Option<Vec<Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPoliciesGrantingServiceAccessEntry.html>
    #[derive(Default)]
    Record ListPoliciesGrantingServiceAccessEntry {
        service_namespace: Option<String> = optional "ServiceNamespace" SERVICE_NAMESPACE_TYPE;
        policies: Option<Vec<PolicyGrantingServiceAccess>> = optional "Policies" POLICY_GRANTING_SERVICE_ACCESS_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_LoginProfile.html>
    Record LoginProfile {
        user_name: String = required "UserName" USER_NAME_TYPE;
        create_date: jiff::Timestamp = required "CreateDate" DATE_TYPE;
        password_reset_required: Option<bool> = optional "PasswordResetRequired" BOOLEAN_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_MFADevice.html>
    Record MFADevice {
        user_name: String = required "UserName" USER_NAME_TYPE;
        serial_number: String = required "SerialNumber" SERIAL_NUMBER_TYPE;
        enable_date: jiff::Timestamp = required "EnableDate" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ManagedPolicyDetail.html>
    #[derive(Default)]
    Record ManagedPolicyDetail {
        policy_name: Option<String> = optional "PolicyName" POLICY_NAME_TYPE;
        policy_id: Option<String> = optional "PolicyId" ID_TYPE;
        arn: Option<String> = optional "Arn" ARN_TYPE;
        path: Option<String> = optional "Path" POLICY_PATH_TYPE;
        default_version_id: Option<String> = optional "DefaultVersionId" POLICY_VERSION_ID_TYPE;
        attachment_count: Option<i64> = optional "AttachmentCount" ATTACHMENT_COUNT_TYPE;
        permissions_boundary_usage_count: Option<i64> = optional "PermissionsBoundaryUsageCount" ATTACHMENT_COUNT_TYPE;
        is_attachable: Option<bool> = optional "IsAttachable" BOOLEAN_TYPE;
        description: Option<String> = optional "Description" POLICY_DESCRIPTION_TYPE;
        create_date: Option<jiff::Timestamp> = optional "CreateDate" DATE_TYPE;
        update_date: Option<jiff::Timestamp> = optional "UpdateDate" DATE_TYPE;
        policy_version_list: Option<Vec<PolicyVersion>> = optional "PolicyVersionList" POLICY_DOCUMENT_VERSION_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_OpenIDConnectProviderListEntry.html>
    #[derive(Default)]
    Record OpenIDConnectProviderListEntry {
        arn: Option<String> = optional "Arn" ARN_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_OrderedOrganizationPolicyType.html>
    #[derive(Default)]
    Record OrderedOrganizationPolicyType {
        service_control_policy_input_list: Option<Vec<String>> = optional "ServiceControlPolicyInputList" SIMULATION_POLICY_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_OrganizationsDecisionDetail.html>
    #[derive(Default)]
    Record OrganizationsDecisionDetail {
        allowed_by_organizations: Option<bool> = optional "AllowedByOrganizations" BOOLEAN_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ParameterDefinition.html>
    Record ParameterDefinition {
        name: String = required "Name" PARAMETER_NAME_TYPE;
        r#type: String = required "Type" PARAMETER_TYPE_TYPE;
        sub_type: Option<String> = optional "SubType" PARAMETER_SUB_TYPE_TYPE;
        description: Option<String> = optional "Description" PARAMETER_DESCRIPTION_TYPE;
        is_required: Option<bool> = optional "IsRequired" BOOLEAN_TYPE;
        default_value: Option<String> = optional "DefaultValue" PARAMETER_DEFAULT_VALUE_TYPE;
        immutable: Option<bool> = optional "Immutable" BOOLEAN_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PasswordPolicy.html>
    #[derive(Default)]
    Record PasswordPolicy {
        minimum_password_length: Option<i64> = optional "MinimumPasswordLength" MINIMUM_PASSWORD_LENGTH_TYPE;
        require_symbols: Option<bool> = optional "RequireSymbols" BOOLEAN_TYPE;
        require_numbers: Option<bool> = optional "RequireNumbers" BOOLEAN_TYPE;
        require_uppercase_characters: Option<bool> = optional "RequireUppercaseCharacters" BOOLEAN_TYPE;
        require_lowercase_characters: Option<bool> = optional "RequireLowercaseCharacters" BOOLEAN_TYPE;
        allow_users_to_change_password: Option<bool> = optional "AllowUsersToChangePassword" BOOLEAN_TYPE;
        expire_passwords: Option<bool> = optional "ExpirePasswords" BOOLEAN_TYPE;
        max_password_age: Option<i64> = optional "MaxPasswordAge" MAX_PASSWORD_AGE_TYPE;
        password_reuse_prevention: Option<i64> = optional "PasswordReusePrevention" PASSWORD_REUSE_PREVENTION_TYPE;
        hard_expiry: Option<bool> = optional "HardExpiry" BOOLEAN_OBJECT_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PermissionsBoundaryDecisionDetail.html>
    #[derive(Default)]
    Record PermissionsBoundaryDecisionDetail {
        allowed_by_permissions_boundary: Option<bool> = optional "AllowedByPermissionsBoundary" BOOLEAN_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html>
    #[derive(Default)]
    Record Policy {
        policy_name: Option<String> = optional "PolicyName" POLICY_NAME_TYPE;
        policy_id: Option<String> = optional "PolicyId" ID_TYPE;
        arn: Option<String> = optional "Arn" ARN_TYPE;
        path: Option<String> = optional "Path" POLICY_PATH_TYPE;
        default_version_id: Option<String> = optional "DefaultVersionId" POLICY_VERSION_ID_TYPE;
        attachment_count: Option<i64> = optional "AttachmentCount" ATTACHMENT_COUNT_TYPE;
        permissions_boundary_usage_count: Option<i64> = optional "PermissionsBoundaryUsageCount" ATTACHMENT_COUNT_TYPE;
        is_attachable: Option<bool> = optional "IsAttachable" BOOLEAN_TYPE;
        description: Option<String> = optional "Description" POLICY_DESCRIPTION_TYPE;
        create_date: Option<jiff::Timestamp> = optional "CreateDate" DATE_TYPE;
        update_date: Option<jiff::Timestamp> = optional "UpdateDate" DATE_TYPE;
        tags: Option<Vec<Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyDetail.html>
    #[derive(Default)]
    Record PolicyDetail {
        policy_name: Option<String> = optional "PolicyName" POLICY_NAME_TYPE;
        policy_document: Option<String> = optional "PolicyDocument" POLICY_DOCUMENT_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyGrantingServiceAccess.html>
    Record PolicyGrantingServiceAccess {
        policy_name: String = required "PolicyName" POLICY_NAME_TYPE;
        policy_type: String = required "PolicyType" POLICY_TYPE;
        policy_arn: Option<String> = optional "PolicyArn" ARN_TYPE;
        entity_type: Option<String> = optional "EntityType" POLICY_OWNER_ENTITY_TYPE;
        entity_name: Option<String> = optional "EntityName" ENTITY_NAME_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyGroup.html>
    #[derive(Default)]
    Record PolicyGroup {
        group_name: Option<String> = optional "GroupName" GROUP_NAME_TYPE;
        group_id: Option<String> = optional "GroupId" ID_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyIdentifier.html>
    #[derive(Default)]
    Union PolicyIdentifier {
        policy_type: Option<String> = optional "PolicyType" POLICY_IDENTIFIER_POLICY_TYPE;
        policy_arn: Option<String> = optional "PolicyArn" ARN_TYPE;
        inline_policy_identifier: Option<InlinePolicyIdentifierType> = optional "InlinePolicyIdentifier" INLINE_POLICY_IDENTIFIER_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyParameter.html>
    #[derive(Default)]
    Record PolicyParameter {
        name: Option<String> = optional "Name" POLICY_PARAMETER_NAME_TYPE;
        values: Option<Vec<String>> = optional "Values" POLICY_PARAMETER_VALUES_LIST_TYPE;
        r#type: Option<String> = optional "Type" POLICY_PARAMETER_TYPE_ENUM;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyRole.html>
    #[derive(Default)]
    Record PolicyRole {
        role_name: Option<String> = optional "RoleName" ROLE_NAME_TYPE;
        role_id: Option<String> = optional "RoleId" ID_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyUser.html>
    #[derive(Default)]
    Record PolicyUser {
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
        user_id: Option<String> = optional "UserId" ID_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyVersion.html>
    #[derive(Default)]
    Record PolicyVersion {
        document: Option<String> = optional "Document" POLICY_DOCUMENT_TYPE;
        version_id: Option<String> = optional "VersionId" POLICY_VERSION_ID_TYPE;
        is_default_version: Option<bool> = optional "IsDefaultVersion" BOOLEAN_TYPE;
        create_date: Option<jiff::Timestamp> = optional "CreateDate" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Position.html>
    #[derive(Default)]
    Record Position {
        line: Option<i64> = optional "Line" LINE_NUMBER;
        column: Option<i64> = optional "Column" COLUMN_NUMBER;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ReplacementValueEntry.html>
    Record ReplacementValueEntry {
        values: Vec<String> = required "Values" REPLACEMENT_VALUE_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResourceSpecificResult.html>
    Record ResourceSpecificResult {
        eval_resource_name: String = required "EvalResourceName" RESOURCE_NAME_TYPE;
        eval_resource_decision: String = required "EvalResourceDecision" POLICY_EVALUATION_DECISION_TYPE;
        matched_statements: Option<Vec<Statement>> = optional "MatchedStatements" STATEMENT_LIST_TYPE;
        missing_context_values: Option<Vec<String>> = optional "MissingContextValues" CONTEXT_KEY_NAMES_RESULT_LIST_TYPE;
        eval_decision_details: Option<std::collections::BTreeMap<String, String>> = optional "EvalDecisionDetails" EVAL_DECISION_DETAILS_TYPE;
        permissions_boundary_decision_detail: Option<PermissionsBoundaryDecisionDetail> = optional "PermissionsBoundaryDecisionDetail" PERMISSIONS_BOUNDARY_DECISION_DETAIL;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html>
    Record Role {
        path: String = required "Path" PATH_TYPE;
        role_name: String = required "RoleName" ROLE_NAME_TYPE;
        role_id: String = required "RoleId" ID_TYPE;
        arn: String = required "Arn" ARN_TYPE;
        create_date: jiff::Timestamp = required "CreateDate" DATE_TYPE;
        assume_role_policy_document: Option<String> = optional "AssumeRolePolicyDocument" POLICY_DOCUMENT_TYPE;
        description: Option<String> = optional "Description" ROLE_DESCRIPTION_TYPE;
        max_session_duration: Option<i64> = optional "MaxSessionDuration" ROLE_MAX_SESSION_DURATION_TYPE;
        permissions_boundary: Option<AttachedPermissionsBoundary> = optional "PermissionsBoundary" ATTACHED_PERMISSIONS_BOUNDARY;
        tags: Option<Vec<Tag>> = optional "Tags" TAG_LIST_TYPE;
        role_last_used: Option<RoleLastUsed> = optional "RoleLastUsed" ROLE_LAST_USED;
        source_role_template: Option<SourceRoleTemplate> = optional "SourceRoleTemplate" SOURCE_ROLE_TEMPLATE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleDetail.html>
    #[derive(Default)]
    Record RoleDetail {
        path: Option<String> = optional "Path" PATH_TYPE;
        role_name: Option<String> = optional "RoleName" ROLE_NAME_TYPE;
        role_id: Option<String> = optional "RoleId" ID_TYPE;
        arn: Option<String> = optional "Arn" ARN_TYPE;
        create_date: Option<jiff::Timestamp> = optional "CreateDate" DATE_TYPE;
        assume_role_policy_document: Option<String> = optional "AssumeRolePolicyDocument" POLICY_DOCUMENT_TYPE;
        instance_profile_list: Option<Vec<InstanceProfile>> = optional "InstanceProfileList" INSTANCE_PROFILE_LIST_TYPE;
        role_policy_list: Option<Vec<PolicyDetail>> = optional "RolePolicyList" POLICY_DETAIL_LIST_TYPE;
        attached_managed_policies: Option<Vec<AttachedPolicy>> = optional "AttachedManagedPolicies" ATTACHED_POLICIES_LIST_TYPE;
        permissions_boundary: Option<AttachedPermissionsBoundary> = optional "PermissionsBoundary" ATTACHED_PERMISSIONS_BOUNDARY;
        tags: Option<Vec<Tag>> = optional "Tags" TAG_LIST_TYPE;
        role_last_used: Option<RoleLastUsed> = optional "RoleLastUsed" ROLE_LAST_USED;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleLastUsed.html>
    #[derive(Default)]
    Record RoleLastUsed {
        last_used_date: Option<jiff::Timestamp> = optional "LastUsedDate" DATE_TYPE;
        region: Option<String> = optional "Region" STRING_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleTemplateVersion.html>
    #[derive(Default)]
    Record RoleTemplateVersion {
        template_arn: Option<String> = optional "TemplateArn" ARN_TYPE;
        template_name: Option<String> = optional "TemplateName" ROLE_TEMPLATE_NAME_TYPE;
        template_version_id: Option<String> = optional "TemplateVersionId" ID_TYPE;
        description: Option<String> = optional "Description" ROLE_TEMPLATE_DESCRIPTION_TYPE;
        major_version: Option<i64> = optional "MajorVersion" INTEGER_TYPE;
        default_minor_version: Option<i64> = optional "DefaultMinorVersion" MINOR_VERSION_TYPE;
        managed_by_type: Option<String> = optional "ManagedByType" MANAGED_BY_TYPE_TYPE;
        managed_by_value: Option<String> = optional "ManagedByValue" MANAGED_BY_VALUE_TYPE;
        enabled: Option<bool> = optional "Enabled" BOOLEAN_TYPE;
        minor_version: Option<i64> = optional "MinorVersion" MINOR_VERSION_TYPE;
        role_name_pattern: Option<String> = optional "RoleNamePattern" ROLE_NAME_PATTERN_TYPE;
        role_path_pattern: Option<String> = optional "RolePathPattern" ROLE_PATH_PATTERN_TYPE;
        role_description_pattern: Option<String> = optional "RoleDescriptionPattern" ROLE_DESCRIPTION_PATTERN_TYPE;
        assume_role_policy_document_template: Option<String> = optional "AssumeRolePolicyDocumentTemplate" POLICY_DOCUMENT_TYPE;
        inline_policy_templates: Option<Vec<InlinePolicy>> = optional "InlinePolicyTemplates" INLINE_POLICY_TEMPLATE_LIST_TYPE;
        managed_policy_arns: Option<Vec<String>> = optional "ManagedPolicyArns" MANAGED_POLICY_ARN_LIST_TYPE;
        permission_boundary_arn: Option<String> = optional "PermissionBoundaryArn" ARN_TYPE;
        parameters_definition: Option<Vec<ParameterDefinition>> = optional "ParametersDefinition" PARAMETERS_DEFINITION_LIST_TYPE;
        role_tags_template: Option<Vec<TagTemplate>> = optional "RoleTagsTemplate" TAG_TEMPLATE_LIST_TYPE;
        max_session_duration: Option<i64> = optional "MaxSessionDuration" ROLE_MAX_SESSION_DURATION_TYPE;
        version_enabled: Option<bool> = optional "VersionEnabled" BOOLEAN_TYPE;
        create_timestamp: Option<jiff::Timestamp> = optional "CreateTimestamp" DATE_TYPE;
        update_timestamp: Option<jiff::Timestamp> = optional "UpdateTimestamp" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_RoleUsageType.html>
    #[derive(Default)]
    Record RoleUsageType {
        region: Option<String> = optional "Region" REGION_NAME_TYPE;
        resources: Option<Vec<String>> = optional "Resources" ARN_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SAMLPrivateKey.html>
    #[derive(Default)]
    Record SAMLPrivateKey {
        key_id: Option<String> = optional "KeyId" PRIVATE_KEY_ID_TYPE;
        timestamp: Option<jiff::Timestamp> = optional "Timestamp" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SAMLProviderListEntry.html>
    #[derive(Default)]
    Record SAMLProviderListEntry {
        arn: Option<String> = optional "Arn" ARN_TYPE;
        valid_until: Option<jiff::Timestamp> = optional "ValidUntil" DATE_TYPE;
        create_date: Option<jiff::Timestamp> = optional "CreateDate" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SSHPublicKey.html>
    Record SSHPublicKey {
        user_name: String = required "UserName" USER_NAME_TYPE;
        ssh_public_key_id: String = required "SSHPublicKeyId" PUBLIC_KEY_ID_TYPE;
        fingerprint: String = required "Fingerprint" PUBLIC_KEY_FINGERPRINT_TYPE;
        ssh_public_key_body: String = required "SSHPublicKeyBody" PUBLIC_KEY_MATERIAL_TYPE;
        status: String = required "Status" STATUS_TYPE;
        upload_date: Option<jiff::Timestamp> = optional "UploadDate" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SSHPublicKeyMetadata.html>
    Record SSHPublicKeyMetadata {
        user_name: String = required "UserName" USER_NAME_TYPE;
        ssh_public_key_id: String = required "SSHPublicKeyId" PUBLIC_KEY_ID_TYPE;
        status: String = required "Status" STATUS_TYPE;
        upload_date: jiff::Timestamp = required "UploadDate" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServerCertificate.html>
    Record ServerCertificate {
        server_certificate_metadata: ServerCertificateMetadata = required "ServerCertificateMetadata" SERVER_CERTIFICATE_METADATA;
        certificate_body: String = required "CertificateBody" CERTIFICATE_BODY_TYPE;
        certificate_chain: Option<String> = optional "CertificateChain" CERTIFICATE_CHAIN_TYPE;
        tags: Option<Vec<Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServerCertificateMetadata.html>
    Record ServerCertificateMetadata {
        path: String = required "Path" PATH_TYPE;
        server_certificate_name: String = required "ServerCertificateName" SERVER_CERTIFICATE_NAME_TYPE;
        server_certificate_id: String = required "ServerCertificateId" ID_TYPE;
        arn: String = required "Arn" ARN_TYPE;
        upload_date: Option<jiff::Timestamp> = optional "UploadDate" DATE_TYPE;
        expiration: Option<jiff::Timestamp> = optional "Expiration" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServiceLastAccessed.html>
    Record ServiceLastAccessed {
        service_name: String = required "ServiceName" SERVICE_NAME_TYPE;
        last_authenticated: Option<jiff::Timestamp> = optional "LastAuthenticated" DATE_TYPE;
        service_namespace: String = required "ServiceNamespace" SERVICE_NAMESPACE_TYPE;
        last_authenticated_entity: Option<String> = optional "LastAuthenticatedEntity" ARN_TYPE;
        last_authenticated_region: Option<String> = optional "LastAuthenticatedRegion" STRING_TYPE;
        total_authenticated_entities: Option<i64> = optional "TotalAuthenticatedEntities" INTEGER_TYPE;
        tracked_actions_last_accessed: Option<Vec<TrackedActionLastAccessed>> = optional "TrackedActionsLastAccessed" TRACKED_ACTIONS_LAST_ACCESSED;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServiceSpecificCredential.html>
    Record ServiceSpecificCredential {
        create_date: jiff::Timestamp = required "CreateDate" DATE_TYPE;
        expiration_date: Option<jiff::Timestamp> = optional "ExpirationDate" DATE_TYPE;
        service_name: String = required "ServiceName" SERVICE_NAME;
        service_user_name: Option<String> = optional "ServiceUserName" SERVICE_USER_NAME;
        service_password: Option<crate::Secret<String>> = optional "ServicePassword" SERVICE_PASSWORD;
        service_credential_alias: Option<String> = optional "ServiceCredentialAlias" SERVICE_CREDENTIAL_ALIAS;
        service_credential_secret: Option<crate::Secret<String>> = optional "ServiceCredentialSecret" SERVICE_CREDENTIAL_SECRET;
        service_specific_credential_id: String = required "ServiceSpecificCredentialId" SERVICE_SPECIFIC_CREDENTIAL_ID;
        user_name: String = required "UserName" USER_NAME_TYPE;
        status: String = required "Status" STATUS_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ServiceSpecificCredentialMetadata.html>
    Record ServiceSpecificCredentialMetadata {
        user_name: String = required "UserName" USER_NAME_TYPE;
        status: String = required "Status" STATUS_TYPE;
        service_user_name: Option<String> = optional "ServiceUserName" SERVICE_USER_NAME;
        service_credential_alias: Option<String> = optional "ServiceCredentialAlias" SERVICE_CREDENTIAL_ALIAS;
        create_date: jiff::Timestamp = required "CreateDate" DATE_TYPE;
        expiration_date: Option<jiff::Timestamp> = optional "ExpirationDate" DATE_TYPE;
        service_specific_credential_id: String = required "ServiceSpecificCredentialId" SERVICE_SPECIFIC_CREDENTIAL_ID;
        service_name: String = required "ServiceName" SERVICE_NAME;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SigningCertificate.html>
    Record SigningCertificate {
        user_name: String = required "UserName" USER_NAME_TYPE;
        certificate_id: String = required "CertificateId" CERTIFICATE_ID_TYPE;
        certificate_body: String = required "CertificateBody" CERTIFICATE_BODY_TYPE;
        status: String = required "Status" STATUS_TYPE;
        upload_date: Option<jiff::Timestamp> = optional "UploadDate" DATE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_SourceRoleTemplate.html>
    Record SourceRoleTemplate {
        template_arn: String = required "TemplateArn" ARN_TYPE;
        template_minor_version: i64 = required "TemplateMinorVersion" INTEGER_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Statement.html>
    #[derive(Default)]
    Record Statement {
        source_policy_id: Option<String> = optional "SourcePolicyId" POLICY_IDENTIFIER_TYPE;
        source_policy_type: Option<String> = optional "SourcePolicyType" POLICY_SOURCE_TYPE;
        start_position: Option<Position> = optional "StartPosition" POSITION;
        end_position: Option<Position> = optional "EndPosition" POSITION;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html>
    Record Tag {
        key: String = required "Key" TAG_KEY_TYPE;
        value: String = required "Value" TAG_VALUE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagTemplate.html>
    Record TagTemplate {
        key: String = required "Key" TAG_TEMPLATE_KEY_TYPE;
        value: String = required "Value" TAG_TEMPLATE_VALUE_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_TrackedActionLastAccessed.html>
    #[derive(Default)]
    Record TrackedActionLastAccessed {
        action_name: Option<String> = optional "ActionName" STRING_TYPE;
        last_accessed_entity: Option<String> = optional "LastAccessedEntity" ARN_TYPE;
        last_accessed_time: Option<jiff::Timestamp> = optional "LastAccessedTime" DATE_TYPE;
        last_accessed_region: Option<String> = optional "LastAccessedRegion" STRING_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_User.html>
    Record User {
        path: String = required "Path" PATH_TYPE;
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
        user_id: String = required "UserId" ID_TYPE;
        arn: String = required "Arn" ARN_TYPE;
        create_date: jiff::Timestamp = required "CreateDate" DATE_TYPE;
        password_last_used: Option<jiff::Timestamp> = optional "PasswordLastUsed" DATE_TYPE;
        permissions_boundary: Option<AttachedPermissionsBoundary> = optional "PermissionsBoundary" ATTACHED_PERMISSIONS_BOUNDARY;
        tags: Option<Vec<Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UserDetail.html>
    #[derive(Default)]
    Record UserDetail {
        path: Option<String> = optional "Path" PATH_TYPE;
        user_name: Option<String> = optional "UserName" USER_NAME_TYPE;
        user_id: Option<String> = optional "UserId" ID_TYPE;
        arn: Option<String> = optional "Arn" ARN_TYPE;
        create_date: Option<jiff::Timestamp> = optional "CreateDate" DATE_TYPE;
        user_policy_list: Option<Vec<PolicyDetail>> = optional "UserPolicyList" POLICY_DETAIL_LIST_TYPE;
        group_list: Option<Vec<String>> = optional "GroupList" GROUP_NAME_LIST_TYPE;
        attached_managed_policies: Option<Vec<AttachedPolicy>> = optional "AttachedManagedPolicies" ATTACHED_POLICIES_LIST_TYPE;
        permissions_boundary: Option<AttachedPermissionsBoundary> = optional "PermissionsBoundary" ATTACHED_PERMISSIONS_BOUNDARY;
        tags: Option<Vec<Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_VirtualMFADevice.html>
    Record VirtualMFADevice {
        serial_number: String = required "SerialNumber" SERIAL_NUMBER_TYPE;
        base32_string_seed: Option<crate::Secret<Vec<u8>>> = optional "Base32StringSeed" BOOTSTRAP_DATUM;
        qr_code_png: Option<crate::Secret<Vec<u8>>> = optional "QRCodePNG" BOOTSTRAP_DATUM;
        user: Option<User> = optional "User" USER;
        enable_date: Option<jiff::Timestamp> = optional "EnableDate" DATE_TYPE;
        tags: Option<Vec<Tag>> = optional "Tags" TAG_LIST_TYPE;
    }
}
