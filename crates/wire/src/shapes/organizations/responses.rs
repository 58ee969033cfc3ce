//! The outputs of Organizations, version 2016-11-28.
//!
//! Written by `cargo xtask generate` from `botocore/data/organizations/2016-11-28` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::macros::structure;

structure! {
    /// The output of `AcceptHandshake`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_AcceptHandshake.html>
    #[derive(Default)]
    Record AcceptHandshakeResponse {
        handshake: Option<super::Handshake> = optional "Handshake" HANDSHAKE;
    }
}

structure! {
    /// The output of `CancelHandshake`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CancelHandshake.html>
    #[derive(Default)]
    Record CancelHandshakeResponse {
        handshake: Option<super::Handshake> = optional "Handshake" HANDSHAKE;
    }
}

structure! {
    /// The output of `CreateAccount`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccount.html>
    #[derive(Default)]
    Record CreateAccountResponse {
        create_account_status: Option<super::CreateAccountStatus> = optional "CreateAccountStatus" CREATE_ACCOUNT_STATUS;
    }
}

structure! {
    /// The output of `CreateGovCloudAccount`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateGovCloudAccount.html>
    #[derive(Default)]
    Record CreateGovCloudAccountResponse {
        create_account_status: Option<super::CreateAccountStatus> = optional "CreateAccountStatus" CREATE_ACCOUNT_STATUS;
    }
}

structure! {
    /// The output of `CreateOrganization`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html>
    #[derive(Default)]
    Record CreateOrganizationResponse {
        organization: Option<super::Organization> = optional "Organization" ORGANIZATION;
    }
}

structure! {
    /// The output of `CreateOrganizationalUnit`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganizationalUnit.html>
    #[derive(Default)]
    Record CreateOrganizationalUnitResponse {
        organizational_unit: Option<super::OrganizationalUnit> = optional "OrganizationalUnit" ORGANIZATIONAL_UNIT;
    }
}

structure! {
    /// The output of `CreatePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html>
    #[derive(Default)]
    Record CreatePolicyResponse {
        policy: Option<super::Policy> = optional "Policy" POLICY;
    }
}

structure! {
    /// The output of `DeclineHandshake`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DeclineHandshake.html>
    #[derive(Default)]
    Record DeclineHandshakeResponse {
        handshake: Option<super::Handshake> = optional "Handshake" HANDSHAKE;
    }
}

structure! {
    /// The output of `DescribeAccount`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeAccount.html>
    #[derive(Default)]
    Record DescribeAccountResponse {
        account: Option<super::Account> = optional "Account" ACCOUNT;
    }
}

structure! {
    /// The output of `DescribeCreateAccountStatus`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeCreateAccountStatus.html>
    #[derive(Default)]
    Record DescribeCreateAccountStatusResponse {
        create_account_status: Option<super::CreateAccountStatus> = optional "CreateAccountStatus" CREATE_ACCOUNT_STATUS;
    }
}

structure! {
    /// The output of `DescribeEffectivePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeEffectivePolicy.html>
    #[derive(Default)]
    Record DescribeEffectivePolicyResponse {
        effective_policy: Option<super::EffectivePolicy> = optional "EffectivePolicy" EFFECTIVE_POLICY;
    }
}

structure! {
    /// The output of `DescribeHandshake`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeHandshake.html>
    #[derive(Default)]
    Record DescribeHandshakeResponse {
        handshake: Option<super::Handshake> = optional "Handshake" HANDSHAKE;
    }
}

structure! {
    /// The output of `DescribeOrganization`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html>
    #[derive(Default)]
    Record DescribeOrganizationResponse {
        organization: Option<super::Organization> = optional "Organization" ORGANIZATION;
    }
}

structure! {
    /// The output of `DescribeOrganizationalUnit`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganizationalUnit.html>
    #[derive(Default)]
    Record DescribeOrganizationalUnitResponse {
        organizational_unit: Option<super::OrganizationalUnit> = optional "OrganizationalUnit" ORGANIZATIONAL_UNIT;
    }
}

structure! {
    /// The output of `DescribePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html>
    #[derive(Default)]
    Record DescribePolicyResponse {
        policy: Option<super::Policy> = optional "Policy" POLICY;
    }
}

structure! {
    /// The output of `DescribeResourcePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeResourcePolicy.html>
    #[derive(Default)]
    Record DescribeResourcePolicyResponse {
        resource_policy: Option<super::ResourcePolicy> = optional "ResourcePolicy" RESOURCE_POLICY;
    }
}

structure! {
    /// The output of `DescribeResponsibilityTransfer`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeResponsibilityTransfer.html>
    #[derive(Default)]
    Record DescribeResponsibilityTransferResponse {
        responsibility_transfer: Option<super::ResponsibilityTransfer> = optional "ResponsibilityTransfer" RESPONSIBILITY_TRANSFER;
    }
}

structure! {
    /// The output of `DisablePolicyType`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DisablePolicyType.html>
    #[derive(Default)]
    Record DisablePolicyTypeResponse {
        root: Option<super::Root> = optional "Root" ROOT;
    }
}

structure! {
    /// The output of `EnableAllFeatures`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnableAllFeatures.html>
    #[derive(Default)]
    Record EnableAllFeaturesResponse {
        handshake: Option<super::Handshake> = optional "Handshake" HANDSHAKE;
    }
}

structure! {
    /// The output of `EnablePolicyType`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnablePolicyType.html>
    #[derive(Default)]
    Record EnablePolicyTypeResponse {
        root: Option<super::Root> = optional "Root" ROOT;
    }
}

structure! {
    /// The output of `InviteAccountToOrganization`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteAccountToOrganization.html>
    #[derive(Default)]
    Record InviteAccountToOrganizationResponse {
        handshake: Option<super::Handshake> = optional "Handshake" HANDSHAKE;
    }
}

structure! {
    /// The output of `InviteOrganizationToTransferResponsibility`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_InviteOrganizationToTransferResponsibility.html>
    #[derive(Default)]
    Record InviteOrganizationToTransferResponsibilityResponse {
        handshake: Option<super::Handshake> = optional "Handshake" HANDSHAKE;
    }
}

structure! {
    /// The output of `ListAWSServiceAccessForOrganization`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAWSServiceAccessForOrganization.html>
    #[derive(Default)]
    Record ListAWSServiceAccessForOrganizationResponse {
        enabled_service_principals: Option<Vec<super::EnabledServicePrincipal>> = optional "EnabledServicePrincipals" ENABLED_SERVICE_PRINCIPALS;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListAccountsForParent`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html>
    #[derive(Default)]
    Record ListAccountsForParentResponse {
        accounts: Option<Vec<super::Account>> = optional "Accounts" ACCOUNTS;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListAccounts`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html>
    #[derive(Default)]
    Record ListAccountsResponse {
        accounts: Option<Vec<super::Account>> = optional "Accounts" ACCOUNTS;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListAccountsWithInvalidEffectivePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsWithInvalidEffectivePolicy.html>
    #[derive(Default)]
    Record ListAccountsWithInvalidEffectivePolicyResponse {
        accounts: Option<Vec<super::Account>> = optional "Accounts" ACCOUNTS;
        policy_type: Option<String> = optional "PolicyType" EFFECTIVE_POLICY_TYPE;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListChildren`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListChildren.html>
    #[derive(Default)]
    Record ListChildrenResponse {
        children: Option<Vec<super::Child>> = optional "Children" CHILDREN;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListCreateAccountStatus`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListCreateAccountStatus.html>
    #[derive(Default)]
    Record ListCreateAccountStatusResponse {
        create_account_statuses: Option<Vec<super::CreateAccountStatus>> = optional "CreateAccountStatuses" CREATE_ACCOUNT_STATUSES;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListDelegatedAdministrators`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedAdministrators.html>
    #[derive(Default)]
    Record ListDelegatedAdministratorsResponse {
        delegated_administrators: Option<Vec<super::DelegatedAdministrator>> = optional "DelegatedAdministrators" DELEGATED_ADMINISTRATORS;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListDelegatedServicesForAccount`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedServicesForAccount.html>
    #[derive(Default)]
    Record ListDelegatedServicesForAccountResponse {
        delegated_services: Option<Vec<super::DelegatedService>> = optional "DelegatedServices" DELEGATED_SERVICES;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListEffectivePolicyValidationErrors`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListEffectivePolicyValidationErrors.html>
    #[derive(Default)]
    Record ListEffectivePolicyValidationErrorsResponse {
        account_id: Option<String> = optional "AccountId" ACCOUNT_ID;
        policy_type: Option<String> = optional "PolicyType" EFFECTIVE_POLICY_TYPE;
        path: Option<String> = optional "Path" PATH;
        evaluation_timestamp: Option<jiff::Timestamp> = optional "EvaluationTimestamp" TIMESTAMP;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
        effective_policy_validation_errors: Option<Vec<super::EffectivePolicyValidationError>> = optional "EffectivePolicyValidationErrors" EFFECTIVE_POLICY_VALIDATION_ERRORS;
    }
}

structure! {
    /// The output of `ListHandshakesForAccount`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListHandshakesForAccount.html>
    #[derive(Default)]
    Record ListHandshakesForAccountResponse {
        handshakes: Option<Vec<super::Handshake>> = optional "Handshakes" HANDSHAKES;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListHandshakesForOrganization`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListHandshakesForOrganization.html>
    #[derive(Default)]
    Record ListHandshakesForOrganizationResponse {
        handshakes: Option<Vec<super::Handshake>> = optional "Handshakes" HANDSHAKES;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListInboundResponsibilityTransfers`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListInboundResponsibilityTransfers.html>
    #[derive(Default)]
    Record ListInboundResponsibilityTransfersResponse {
        responsibility_transfers: Option<Vec<super::ResponsibilityTransfer>> = optional "ResponsibilityTransfers" RESPONSIBILITY_TRANSFERS;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListOrganizationalUnitsForParent`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html>
    #[derive(Default)]
    Record ListOrganizationalUnitsForParentResponse {
        organizational_units: Option<Vec<super::OrganizationalUnit>> = optional "OrganizationalUnits" ORGANIZATIONAL_UNITS;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListOutboundResponsibilityTransfers`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOutboundResponsibilityTransfers.html>
    #[derive(Default)]
    Record ListOutboundResponsibilityTransfersResponse {
        responsibility_transfers: Option<Vec<super::ResponsibilityTransfer>> = optional "ResponsibilityTransfers" RESPONSIBILITY_TRANSFERS;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListParents`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html>
    #[derive(Default)]
    Record ListParentsResponse {
        parents: Option<Vec<super::Parent>> = optional "Parents" PARENTS;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListPoliciesForTarget`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPoliciesForTarget.html>
    #[derive(Default)]
    Record ListPoliciesForTargetResponse {
        policies: Option<Vec<super::PolicySummary>> = optional "Policies" POLICIES;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListPolicies`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html>
    #[derive(Default)]
    Record ListPoliciesResponse {
        policies: Option<Vec<super::PolicySummary>> = optional "Policies" POLICIES;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListRoots`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListRoots.html>
    #[derive(Default)]
    Record ListRootsResponse {
        roots: Option<Vec<super::Root>> = optional "Roots" ROOTS;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListTagsForResource`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTagsForResource.html>
    #[derive(Default)]
    Record ListTagsForResourceResponse {
        tags: Option<Vec<super::Tag>> = optional "Tags" TAGS;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `ListTargetsForPolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTargetsForPolicy.html>
    #[derive(Default)]
    Record ListTargetsForPolicyResponse {
        targets: Option<Vec<super::PolicyTargetSummary>> = optional "Targets" POLICY_TARGETS;
        next_token: Option<String> = optional "NextToken" NEXT_TOKEN;
    }
}

structure! {
    /// The output of `PutResourcePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_PutResourcePolicy.html>
    #[derive(Default)]
    Record PutResourcePolicyResponse {
        resource_policy: Option<super::ResourcePolicy> = optional "ResourcePolicy" RESOURCE_POLICY;
    }
}

structure! {
    /// The output of `TerminateResponsibilityTransfer`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_TerminateResponsibilityTransfer.html>
    #[derive(Default)]
    Record TerminateResponsibilityTransferResponse {
        responsibility_transfer: Option<super::ResponsibilityTransfer> = optional "ResponsibilityTransfer" RESPONSIBILITY_TRANSFER;
    }
}

structure! {
    /// The output of `UpdateOrganizationalUnit`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdateOrganizationalUnit.html>
    #[derive(Default)]
    Record UpdateOrganizationalUnitResponse {
        organizational_unit: Option<super::OrganizationalUnit> = optional "OrganizationalUnit" ORGANIZATIONAL_UNIT;
    }
}

structure! {
    /// The output of `UpdatePolicy`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdatePolicy.html>
    #[derive(Default)]
    Record UpdatePolicyResponse {
        policy: Option<super::Policy> = optional "Policy" POLICY;
    }
}

structure! {
    /// The output of `UpdateResponsibilityTransfer`. <https://docs.aws.amazon.com/organizations/latest/APIReference/API_UpdateResponsibilityTransfer.html>
    #[derive(Default)]
    Record UpdateResponsibilityTransferResponse {
        responsibility_transfer: Option<super::ResponsibilityTransfer> = optional "ResponsibilityTransfer" RESPONSIBILITY_TRANSFER;
    }
}
