//! The inputs of Organizations, version 2016-11-28.
//!
//! Written by `cargo xtask generate` from `botocore/data/organizations/2016-11-28` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::macros::structure;

structure! {
    /// The input of `AcceptHandshake`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html>
    Record AcceptHandshakeRequest {
        handshake_id: String = required "HandshakeId" HANDSHAKE_ID;
    }
}

structure! {
    /// The input of `AttachPolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AttachPolicy.html>
    Record AttachPolicyRequest {
        policy_id: String = required "PolicyId" POLICY_ID;
        target_id: String = required "TargetId" POLICY_TARGET_ID;
    }
}

structure! {
    /// The input of `CancelHandshake`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CancelHandshake.html>
    Record CancelHandshakeRequest {
        handshake_id: String = required "HandshakeId" HANDSHAKE_ID;
    }
}

structure! {
    /// The input of `CloseAccount`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CloseAccount.html>
    Record CloseAccountRequest {
        account_id: String = required "AccountId" ACCOUNT_ID;
    }
}

structure! {
    /// The input of `CreateAccount`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html>
    Record CreateAccountRequest {
        email: crate::Secret<String> = required "Email" EMAIL;
        account_name: crate::Secret<String> = required "AccountName" CREATE_ACCOUNT_NAME;
        role_name: Option<String> = optional "RoleName" ROLE_NAME;
        iam_user_access_to_billing: Option<String> = optional "IamUserAccessToBilling" IAM_USER_ACCESS_TO_BILLING;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAGS;
    }
}

structure! {
    /// The input of `CreateGovCloudAccount`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateGovCloudAccount.html>
    Record CreateGovCloudAccountRequest {
        email: crate::Secret<String> = required "Email" EMAIL;
        account_name: crate::Secret<String> = required "AccountName" CREATE_ACCOUNT_NAME;
        role_name: Option<String> = optional "RoleName" ROLE_NAME;
        iam_user_access_to_billing: Option<String> = optional "IamUserAccessToBilling" IAM_USER_ACCESS_TO_BILLING;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAGS;
    }
}

structure! {
    /// The input of `CreateOrganization`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html>
    #[derive(Default)]
    Record CreateOrganizationRequest {
        feature_set: Option<String> = optional "FeatureSet" ORGANIZATION_FEATURE_SET;
    }
}

structure! {
    /// The input of `CreateOrganizationalUnit`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganizationalUnit.html>
    Record CreateOrganizationalUnitRequest {
        parent_id: String = required "ParentId" PARENT_ID;
        name: String = required "Name" ORGANIZATIONAL_UNIT_NAME;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAGS;
    }
}

structure! {
    /// The input of `CreatePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html>
    Record CreatePolicyRequest {
        content: String = required "Content" POLICY_CONTENT;
        description: String = required "Description" POLICY_DESCRIPTION;
        name: String = required "Name" POLICY_NAME;
        r#type: String = required "Type" POLICY_TYPE;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAGS;
    }
}

structure! {
    /// The input of `DeclineHandshake`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeclineHandshake.html>
    Record DeclineHandshakeRequest {
        handshake_id: String = required "HandshakeId" HANDSHAKE_ID;
    }
}

structure! {
    /// The input of `DeleteOrganizationalUnit`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeleteOrganizationalUnit.html>
    Record DeleteOrganizationalUnitRequest {
        organizational_unit_id: String = required "OrganizationalUnitId" ORGANIZATIONAL_UNIT_ID;
    }
}

structure! {
    /// The input of `DeletePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeletePolicy.html>
    Record DeletePolicyRequest {
        policy_id: String = required "PolicyId" POLICY_ID;
    }
}

structure! {
    /// The input of `DeregisterDelegatedAdministrator`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeregisterDelegatedAdministrator.html>
    Record DeregisterDelegatedAdministratorRequest {
        account_id: String = required "AccountId" ACCOUNT_ID;
        service_principal: String = required "ServicePrincipal" SERVICE_PRINCIPAL;
    }
}

structure! {
    /// The input of `DescribeAccount`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html>
    Record DescribeAccountRequest {
        account_id: String = required "AccountId" ACCOUNT_ID;
    }
}

structure! {
    /// The input of `DescribeCreateAccountStatus`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeCreateAccountStatus.html>
    Record DescribeCreateAccountStatusRequest {
        create_account_request_id: String = required "CreateAccountRequestId" CREATE_ACCOUNT_REQUEST_ID;
    }
}

structure! {
    /// The input of `DescribeEffectivePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeEffectivePolicy.html>
    Record DescribeEffectivePolicyRequest {
        policy_type: String = required "PolicyType" EFFECTIVE_POLICY_TYPE;
        target_id: Option<String> = optional "TargetId" POLICY_TARGET_ID;
    }
}

structure! {
    /// The input of `DescribeHandshake`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeHandshake.html>
    Record DescribeHandshakeRequest {
        handshake_id: String = required "HandshakeId" HANDSHAKE_ID;
    }
}

structure! {
    /// The input of `DescribeOrganizationalUnit`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganizationalUnit.html>
    Record DescribeOrganizationalUnitRequest {
        organizational_unit_id: String = required "OrganizationalUnitId" ORGANIZATIONAL_UNIT_ID;
    }
}

structure! {
    /// The input of `DescribePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html>
    Record DescribePolicyRequest {
        policy_id: String = required "PolicyId" POLICY_ID;
    }
}

structure! {
    /// The input of `DescribeResponsibilityTransfer`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeResponsibilityTransfer.html>
    Record DescribeResponsibilityTransferRequest {
        id: String = required "Id" RESPONSIBILITY_TRANSFER_ID;
    }
}

structure! {
    /// The input of `DetachPolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DetachPolicy.html>
    Record DetachPolicyRequest {
        policy_id: String = required "PolicyId" POLICY_ID;
        target_id: String = required "TargetId" POLICY_TARGET_ID;
    }
}

structure! {
    /// The input of `DisableAWSServiceAccess`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisableAWSServiceAccess.html>
    Record DisableAWSServiceAccessRequest {
        service_principal: String = required "ServicePrincipal" SERVICE_PRINCIPAL;
    }
}

structure! {
    /// The input of `DisablePolicyType`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisablePolicyType.html>
    Record DisablePolicyTypeRequest {
        root_id: String = required "RootId" ROOT_ID;
        policy_type: String = required "PolicyType" POLICY_TYPE;
    }
}

structure! {
    /// The input of `EnableAWSServiceAccess`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAWSServiceAccess.html>
    Record EnableAWSServiceAccessRequest {
        service_principal: String = required "ServicePrincipal" SERVICE_PRINCIPAL;
    }
}

structure! {
    /// The input of `EnableAllFeatures`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAllFeatures.html>
    #[derive(Default)]
    Record EnableAllFeaturesRequest {
    }
}

structure! {
    /// The input of `EnablePolicyType`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnablePolicyType.html>
    Record EnablePolicyTypeRequest {
        root_id: String = required "RootId" ROOT_ID;
        policy_type: String = required "PolicyType" POLICY_TYPE;
    }
}

structure! {
    /// The input of `InviteAccountToOrganization`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html>
    Record InviteAccountToOrganizationRequest {
        target: super::HandshakeParty = required "Target" HANDSHAKE_PARTY;
        notes: Option<crate::Secret<String>> = optional "Notes" HANDSHAKE_NOTES;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAGS;
    }
}

structure! {
    /// The input of `InviteOrganizationToTransferResponsibility`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteOrganizationToTransferResponsibility.html>
    Record InviteOrganizationToTransferResponsibilityRequest {
        r#type: String = required "Type" RESPONSIBILITY_TRANSFER_TYPE;
        target: super::HandshakeParty = required "Target" HANDSHAKE_PARTY;
        notes: Option<crate::Secret<String>> = optional "Notes" HANDSHAKE_NOTES;
        start_timestamp: jiff::Timestamp = required "StartTimestamp" TIMESTAMP;
        source_name: crate::Secret<String> = required "SourceName" RESPONSIBILITY_TRANSFER_NAME;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAGS;
    }
}

structure! {
    /// The input of `ListAWSServiceAccessForOrganization`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAWSServiceAccessForOrganization.html>
    #[derive(Default)]
    Record ListAWSServiceAccessForOrganizationRequest {
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListAccountsForParent`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html>
    Record ListAccountsForParentRequest {
        parent_id: String = required "ParentId" PARENT_ID;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListAccounts`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html>
    #[derive(Default)]
    Record ListAccountsRequest {
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListAccountsWithInvalidEffectivePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsWithInvalidEffectivePolicy.html>
    Record ListAccountsWithInvalidEffectivePolicyRequest {
        policy_type: String = required "PolicyType" EFFECTIVE_POLICY_TYPE;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListChildren`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListChildren.html>
    Record ListChildrenRequest {
        parent_id: String = required "ParentId" PARENT_ID;
        child_type: String = required "ChildType" CHILD_TYPE;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListCreateAccountStatus`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListCreateAccountStatus.html>
    #[derive(Default)]
    Record ListCreateAccountStatusRequest {
        states: Option<Vec<String>> = optional "States" CREATE_ACCOUNT_STATES;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListDelegatedAdministrators`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedAdministrators.html>
    #[derive(Default)]
    Record ListDelegatedAdministratorsRequest {
        service_principal: Option<String> = optional "ServicePrincipal" SERVICE_PRINCIPAL;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListDelegatedServicesForAccount`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedServicesForAccount.html>
    Record ListDelegatedServicesForAccountRequest {
        account_id: String = required "AccountId" ACCOUNT_ID;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListEffectivePolicyValidationErrors`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListEffectivePolicyValidationErrors.html>
    Record ListEffectivePolicyValidationErrorsRequest {
        account_id: String = required "AccountId" ACCOUNT_ID;
        policy_type: String = required "PolicyType" EFFECTIVE_POLICY_TYPE;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListHandshakesForAccount`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListHandshakesForAccount.html>
    #[derive(Default)]
    Record ListHandshakesForAccountRequest {
        filter: Option<super::HandshakeFilter> = optional "Filter" HANDSHAKE_FILTER;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListHandshakesForOrganization`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListHandshakesForOrganization.html>
    #[derive(Default)]
    Record ListHandshakesForOrganizationRequest {
        filter: Option<super::HandshakeFilter> = optional "Filter" HANDSHAKE_FILTER;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListInboundResponsibilityTransfers`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListInboundResponsibilityTransfers.html>
    Record ListInboundResponsibilityTransfersRequest {
        r#type: String = required "Type" RESPONSIBILITY_TRANSFER_TYPE;
        id: Option<String> = optional "Id" RESPONSIBILITY_TRANSFER_ID;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListOrganizationalUnitsForParent`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html>
    Record ListOrganizationalUnitsForParentRequest {
        parent_id: String = required "ParentId" PARENT_ID;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListOutboundResponsibilityTransfers`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOutboundResponsibilityTransfers.html>
    Record ListOutboundResponsibilityTransfersRequest {
        r#type: String = required "Type" RESPONSIBILITY_TRANSFER_TYPE;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListParents`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html>
    Record ListParentsRequest {
        child_id: String = required "ChildId" CHILD_ID;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListPoliciesForTarget`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html>
    Record ListPoliciesForTargetRequest {
        target_id: String = required "TargetId" POLICY_TARGET_ID;
        filter: String = required "Filter" POLICY_TYPE;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListPolicies`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html>
    Record ListPoliciesRequest {
        filter: String = required "Filter" POLICY_TYPE;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListRoots`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html>
    #[derive(Default)]
    Record ListRootsRequest {
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `ListTagsForResource`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTagsForResource.html>
    Record ListTagsForResourceRequest {
        resource_id: String = required "ResourceId" TAGGABLE_RESOURCE_ID;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The input of `ListTargetsForPolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTargetsForPolicy.html>
    Record ListTargetsForPolicyRequest {
        policy_id: String = required "PolicyId" POLICY_ID;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        max_results: Option<i64> = optional "MaxResults" MAX_RESULTS;
    }
}

structure! {
    /// The input of `MoveAccount`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_MoveAccount.html>
    Record MoveAccountRequest {
        account_id: String = required "AccountId" ACCOUNT_ID;
        source_parent_id: String = required "SourceParentId" PARENT_ID;
        destination_parent_id: String = required "DestinationParentId" PARENT_ID;
    }
}

structure! {
    /// The input of `PutResourcePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_PutResourcePolicy.html>
    Record PutResourcePolicyRequest {
        content: String = required "Content" RESOURCE_POLICY_CONTENT;
        tags: Option<Vec<super::Tag>> = optional "Tags" TAGS;
    }
}

structure! {
    /// The input of `RegisterDelegatedAdministrator`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html>
    Record RegisterDelegatedAdministratorRequest {
        account_id: String = required "AccountId" ACCOUNT_ID;
        service_principal: String = required "ServicePrincipal" SERVICE_PRINCIPAL;
    }
}

structure! {
    /// The input of `RemoveAccountFromOrganization`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_RemoveAccountFromOrganization.html>
    Record RemoveAccountFromOrganizationRequest {
        account_id: String = required "AccountId" ACCOUNT_ID;
    }
}

structure! {
    /// The input of `TagResource`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_TagResource.html>
    Record TagResourceRequest {
        resource_id: String = required "ResourceId" TAGGABLE_RESOURCE_ID;
        tags: Vec<super::Tag> = required "Tags" TAGS;
    }
}

structure! {
    /// The input of `TerminateResponsibilityTransfer`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_TerminateResponsibilityTransfer.html>
    Record TerminateResponsibilityTransferRequest {
        id: String = required "Id" RESPONSIBILITY_TRANSFER_ID;
        end_timestamp: Option<jiff::Timestamp> = optional "EndTimestamp" TIMESTAMP;
    }
}

structure! {
    /// The input of `UntagResource`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UntagResource.html>
    Record UntagResourceRequest {
        resource_id: String = required "ResourceId" TAGGABLE_RESOURCE_ID;
        tag_keys: Vec<String> = required "TagKeys" TAG_KEYS;
    }
}

structure! {
    /// The input of `UpdateOrganizationalUnit`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdateOrganizationalUnit.html>
    Record UpdateOrganizationalUnitRequest {
        organizational_unit_id: String = required "OrganizationalUnitId" ORGANIZATIONAL_UNIT_ID;
        name: Option<String> = optional "Name" ORGANIZATIONAL_UNIT_NAME;
    }
}

structure! {
    /// The input of `UpdatePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdatePolicy.html>
    Record UpdatePolicyRequest {
        policy_id: String = required "PolicyId" POLICY_ID;
        name: Option<String> = optional "Name" POLICY_NAME;
        description: Option<String> = optional "Description" POLICY_DESCRIPTION;
        content: Option<String> = optional "Content" POLICY_CONTENT;
    }
}

structure! {
    /// The input of `UpdateResponsibilityTransfer`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdateResponsibilityTransfer.html>
    Record UpdateResponsibilityTransferRequest {
        id: String = required "Id" RESPONSIBILITY_TRANSFER_ID;
        name: crate::Secret<String> = required "Name" RESPONSIBILITY_TRANSFER_NAME;
    }
}
