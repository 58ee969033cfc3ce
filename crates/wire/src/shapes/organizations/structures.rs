//! The structures inside inputs and outputs of Organizations, version 2016-11-28.
//!
//! Written by `cargo xtask generate` from `botocore/data/organizations/2016-11-28` of botocore 1.44.5 (PyPI, Apache-2.0).
//! Do not edit.

use crate::macros::structure;

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html>
    #[derive(Default)]
    Record Account {
        id: Option<String> = optional "Id" ACCOUNT_ID;
        arn: Option<String> = optional "Arn" ACCOUNT_ARN;
        email: Option<crate::Secret<String>> = optional "Email" EMAIL;
        name: Option<crate::Secret<String>> = optional "Name" ACCOUNT_NAME;
        status: Option<String> = optional "Status" ACCOUNT_STATUS;
        state: Option<String> = optional "State" ACCOUNT_STATE;
        paths: Option<Vec<String>> = optional "Paths" PATHS;
        joined_method: Option<String> = optional "JoinedMethod" ACCOUNT_JOINED_METHOD;
        joined_timestamp: Option<jiff::Timestamp> = optional "JoinedTimestamp" TIMESTAMP;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Child.html>
    #[derive(Default)]
    Record Child {
        id: Option<String> = optional "Id" CHILD_ID;
        r#type: Option<String> = optional "Type" CHILD_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateAccountStatus.html>
    #[derive(Default)]
    Record CreateAccountStatus {
        id: Option<String> = optional "Id" CREATE_ACCOUNT_REQUEST_ID;
        account_name: Option<crate::Secret<String>> = optional "AccountName" CREATE_ACCOUNT_NAME;
        state: Option<String> = optional "State" CREATE_ACCOUNT_STATE;
        requested_timestamp: Option<jiff::Timestamp> = optional "RequestedTimestamp" TIMESTAMP;
        completed_timestamp: Option<jiff::Timestamp> = optional "CompletedTimestamp" TIMESTAMP;
        account_id: Option<String> = optional "AccountId" ACCOUNT_ID;
        gov_cloud_account_id: Option<String> = optional "GovCloudAccountId" ACCOUNT_ID;
        failure_reason: Option<String> = optional "FailureReason" CREATE_ACCOUNT_FAILURE_REASON;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DelegatedAdministrator.html>
    #[derive(Default)]
    Record DelegatedAdministrator {
        id: Option<String> = optional "Id" ACCOUNT_ID;
        arn: Option<String> = optional "Arn" ACCOUNT_ARN;
        email: Option<crate::Secret<String>> = optional "Email" EMAIL;
        name: Option<crate::Secret<String>> = optional "Name" ACCOUNT_NAME;
        status: Option<String> = optional "Status" ACCOUNT_STATUS;
        state: Option<String> = optional "State" ACCOUNT_STATE;
        joined_method: Option<String> = optional "JoinedMethod" ACCOUNT_JOINED_METHOD;
        joined_timestamp: Option<jiff::Timestamp> = optional "JoinedTimestamp" TIMESTAMP;
        delegation_enabled_date: Option<jiff::Timestamp> = optional "DelegationEnabledDate" TIMESTAMP;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DelegatedService.html>
    #[derive(Default)]
    Record DelegatedService {
        service_principal: Option<String> = optional "ServicePrincipal" SERVICE_PRINCIPAL;
        delegation_enabled_date: Option<jiff::Timestamp> = optional "DelegationEnabledDate" TIMESTAMP;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EffectivePolicy.html>
    #[derive(Default)]
    Record EffectivePolicy {
        policy_content: Option<String> = optional "PolicyContent" POLICY_CONTENT;
        last_updated_timestamp: Option<jiff::Timestamp> = optional "LastUpdatedTimestamp" TIMESTAMP;
        target_id: Option<String> = optional "TargetId" POLICY_TARGET_ID;
        policy_type: Option<String> = optional "PolicyType" EFFECTIVE_POLICY_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EffectivePolicyValidationError.html>
    #[derive(Default)]
    Record EffectivePolicyValidationError {
        error_code: Option<String> = optional "ErrorCode" ERROR_CODE;
        error_message: Option<String> = optional "ErrorMessage" ERROR_MESSAGE;
        path_to_error: Option<String> = optional "PathToError" PATH_TO_ERROR;
        contributing_policies: Option<Vec<String>> = optional "ContributingPolicies" POLICY_IDS;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_EnabledServicePrincipal.html>
    #[derive(Default)]
    Record EnabledServicePrincipal {
        service_principal: Option<String> = optional "ServicePrincipal" SERVICE_PRINCIPAL;
        date_enabled: Option<jiff::Timestamp> = optional "DateEnabled" TIMESTAMP;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Handshake.html>
    #[derive(Default)]
    Record Handshake {
        id: Option<String> = optional "Id" HANDSHAKE_ID;
        arn: Option<String> = optional "Arn" HANDSHAKE_ARN;
        parties: Option<Vec<HandshakeParty>> = optional "Parties" HANDSHAKE_PARTIES;
        state: Option<String> = optional "State" HANDSHAKE_STATE;
        requested_timestamp: Option<jiff::Timestamp> = optional "RequestedTimestamp" TIMESTAMP;
        expiration_timestamp: Option<jiff::Timestamp> = optional "ExpirationTimestamp" TIMESTAMP;
        action: Option<String> = optional "Action" ACTION_TYPE;
        resources: Option<Vec<HandshakeResource>> = optional "Resources" HANDSHAKE_RESOURCES;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_HandshakeFilter.html>
    #[derive(Default)]
    Record HandshakeFilter {
        action_type: Option<String> = optional "ActionType" ACTION_TYPE;
        parent_handshake_id: Option<String> = optional "ParentHandshakeId" HANDSHAKE_ID;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_HandshakeParty.html>
    Record HandshakeParty {
        id: crate::Secret<String> = required "Id" HANDSHAKE_PARTY_ID;
        r#type: String = required "Type" HANDSHAKE_PARTY_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_HandshakeResource.html>
    #[derive(Default)]
    Record HandshakeResource {
        value: Option<crate::Secret<String>> = optional "Value" HANDSHAKE_RESOURCE_VALUE;
        r#type: Option<String> = optional "Type" HANDSHAKE_RESOURCE_TYPE;
        resources: Option<Vec<HandshakeResource>> = optional "Resources" HANDSHAKE_RESOURCES;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html>
    #[derive(Default)]
    Record Organization {
        id: Option<String> = optional "Id" ORGANIZATION_ID;
        arn: Option<String> = optional "Arn" ORGANIZATION_ARN;
        feature_set: Option<String> = optional "FeatureSet" ORGANIZATION_FEATURE_SET;
        master_account_arn: Option<String> = optional "MasterAccountArn" ACCOUNT_ARN;
        master_account_id: Option<String> = optional "MasterAccountId" ACCOUNT_ID;
        master_account_email: Option<crate::Secret<String>> = optional "MasterAccountEmail" EMAIL;
        available_policy_types: Option<Vec<PolicyTypeSummary>> = optional "AvailablePolicyTypes" POLICY_TYPES;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html>
    #[derive(Default)]
    Record OrganizationalUnit {
        id: Option<String> = optional "Id" ORGANIZATIONAL_UNIT_ID;
        arn: Option<String> = optional "Arn" ORGANIZATIONAL_UNIT_ARN;
        name: Option<String> = optional "Name" ORGANIZATIONAL_UNIT_NAME;
        path: Option<String> = optional "Path" PATH;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Parent.html>
    #[derive(Default)]
    Record Parent {
        id: Option<String> = optional "Id" PARENT_ID;
        r#type: Option<String> = optional "Type" PARENT_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Policy.html>
    #[derive(Default)]
    Record Policy {
        policy_summary: Option<PolicySummary> = optional "PolicySummary" POLICY_SUMMARY;
        content: Option<String> = optional "Content" POLICY_CONTENT;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_PolicySummary.html>
    #[derive(Default)]
    Record PolicySummary {
        id: Option<String> = optional "Id" POLICY_ID;
        arn: Option<String> = optional "Arn" POLICY_ARN;
        name: Option<String> = optional "Name" POLICY_NAME;
        description: Option<String> = optional "Description" POLICY_DESCRIPTION;
        r#type: Option<String> = optional "Type" POLICY_TYPE;
        aws_managed: Option<bool> = optional "AwsManaged" AWS_MANAGED_POLICY;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_PolicyTargetSummary.html>
    #[derive(Default)]
    Record PolicyTargetSummary {
        target_id: Option<String> = optional "TargetId" POLICY_TARGET_ID;
        arn: Option<String> = optional "Arn" GENERIC_ARN;
        name: Option<String> = optional "Name" TARGET_NAME;
        r#type: Option<String> = optional "Type" TARGET_TYPE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_PolicyTypeSummary.html>
    #[derive(Default)]
    Record PolicyTypeSummary {
        r#type: Option<String> = optional "Type" POLICY_TYPE;
        status: Option<String> = optional "Status" POLICY_TYPE_STATUS;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ResourcePolicy.html>
    #[derive(Default)]
    Record ResourcePolicy {
        resource_policy_summary: Option<ResourcePolicySummary> = optional "ResourcePolicySummary" RESOURCE_POLICY_SUMMARY;
        content: Option<String> = optional "Content" RESOURCE_POLICY_CONTENT;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ResourcePolicySummary.html>
    #[derive(Default)]
    Record ResourcePolicySummary {
        id: Option<String> = optional "Id" RESOURCE_POLICY_ID;
        arn: Option<String> = optional "Arn" RESOURCE_POLICY_ARN;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_ResponsibilityTransfer.html>
    #[derive(Default)]
    Record ResponsibilityTransfer {
        arn: Option<String> = optional "Arn" RESPONSIBILITY_TRANSFER_ARN;
        name: Option<crate::Secret<String>> = optional "Name" RESPONSIBILITY_TRANSFER_NAME;
        id: Option<String> = optional "Id" RESPONSIBILITY_TRANSFER_ID;
        r#type: Option<String> = optional "Type" RESPONSIBILITY_TRANSFER_TYPE;
        status: Option<String> = optional "Status" RESPONSIBILITY_TRANSFER_STATUS;
        source: Option<TransferParticipant> = optional "Source" TRANSFER_PARTICIPANT;
        target: Option<TransferParticipant> = optional "Target" TRANSFER_PARTICIPANT;
        start_timestamp: Option<jiff::Timestamp> = optional "StartTimestamp" TIMESTAMP;
        end_timestamp: Option<jiff::Timestamp> = optional "EndTimestamp" TIMESTAMP;
        active_handshake_id: Option<String> = optional "ActiveHandshakeId" HANDSHAKE_ID;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Root.html>
    #[derive(Default)]
    Record Root {
        id: Option<String> = optional "Id" ROOT_ID;
        arn: Option<String> = optional "Arn" ROOT_ARN;
        name: Option<String> = optional "Name" ROOT_NAME;
        policy_types: Option<Vec<PolicyTypeSummary>> = optional "PolicyTypes" POLICY_TYPES;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_Tag.html>
    Record Tag {
        key: String = required "Key" TAG_KEY;
        value: String = required "Value" TAG_VALUE;
    }
}

structure! {
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_TransferParticipant.html>
    #[derive(Default)]
    Record TransferParticipant {
        management_account_id: Option<String> = optional "ManagementAccountId" ACCOUNT_ID;
        management_account_email: Option<crate::Secret<String>> = optional "ManagementAccountEmail" EMAIL;
    }
}
