"""Central root access, root sessions and reports over an organization through boto3's library and the AWS CLI.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
"""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from installation import Keys
from policies import allow, deny

AUDIT = "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"
DELETE = "arn:aws:iam::aws:policy/root-task/IAMDeleteRootUserCredentials"


@pytest.fixture(scope="module")
def organizations(server):
    """A client of Organizations for the management account's root user, and the organization made."""
    client = server.client("organizations")
    client.create_organization(FeatureSet="ALL")
    return client


@pytest.fixture(scope="module")
def member(organizations):
    """The number of a member account."""
    return organizations.create_account(Email="m@example.com", AccountName="m")["CreateAccountStatus"]["AccountId"]


@pytest.fixture(scope="module")
def operator(server, organizations):
    """A user of the management account that may do everything."""
    iam = server.client("iam")
    iam.create_user(UserName="operator")
    iam.put_user_policy(UserName="operator", PolicyName="all", PolicyDocument=allow("*"))
    return Keys.of(iam.create_access_key(UserName="operator"))


def refused(code: str, call, **parameters) -> str:
    """The text of a refusal with this code."""
    with pytest.raises(ClientError) as error:
        call(**parameters)
    assert error.value.response["Error"]["Code"] == code
    return error.value.response["Error"]["Message"]


def test_features_are_enabled_and_a_root_user_audited(server, organizations, operator, member):
    iam, sts = server.client("iam", operator), server.client("sts", operator)
    ask = {"TargetPrincipal": member, "TaskPolicyArn": {"arn": AUDIT}}
    refused("ServiceAccessNotEnabledException", iam.list_organizations_features)
    refused("AccessDenied", sts.assume_root, **ask)
    organizations.enable_aws_service_access(ServicePrincipal="iam.amazonaws.com")
    assert iam.list_organizations_features()["EnabledFeatures"] == []
    assert iam.enable_organizations_root_credentials_management()["EnabledFeatures"] == ["RootCredentialsManagement"]
    both = ["RootCredentialsManagement", "RootSessions"]
    assert iam.enable_organizations_root_sessions()["EnabledFeatures"] == both
    shown = server.aws("iam", "list-organizations-features", "--output", "json").json()
    own = organizations.describe_organization()["Organization"]["Id"]
    assert shown == {"OrganizationId": own, "EnabledFeatures": both}

    audit = Keys.of(sts.assume_root(**ask, DurationSeconds=300))
    there = server.client("iam", audit)
    assert there.get_user()["User"]["Arn"] == f"arn:aws:iam::{member}:root"
    assert there.list_access_keys()["AccessKeyMetadata"] == []
    assert there.list_mfa_devices()["MFADevices"] == []
    refused("NoSuchEntity", there.get_login_profile)
    assert "explicit deny" in refused("AccessDenied", there.create_access_key)
    refused("ValidationError", sts.assume_root, **ask, DurationSeconds=901)
    policy = {"arn": "arn:aws:iam::aws:policy/AdministratorAccess"}
    refused("ValidationError", sts.assume_root, TargetPrincipal=member, TaskPolicyArn=policy)
    refused("AccessDenied", server.client("sts").assume_root, **ask)

    target = f"arn:aws:iam::{member}:root"
    command = ["sts", "assume-root", "--target-principal", target, "--task-policy-arn", f"arn={DELETE}"]
    made = server.aws(*command, "--output", "json", keys=operator).json()
    delete = Keys.of(made)
    text = refused("NoSuchEntity", server.client("iam", delete).delete_access_key, AccessKeyId="AKIAIOSFODNN7EXAMPLE")
    assert "AKIAIOSFODNN7EXAMPLE" in text

    assert iam.disable_organizations_root_sessions()["EnabledFeatures"] == ["RootCredentialsManagement"]
    refused("InvalidClientTokenId", there.get_user)
    assert iam.disable_organizations_root_credentials_management()["EnabledFeatures"] == []


def test_what_the_organization_lets_through(server, organizations, operator, member):
    iam = server.client("iam", operator)
    own = organizations.describe_organization()["Organization"]["Id"]
    (root,) = organizations.list_roots()["Roots"]
    made = organizations.create_policy(
        Name="no-sts", Description="", Type="SERVICE_CONTROL_POLICY", Content=deny("sts:*")
    )
    policy = made["Policy"]["PolicySummary"]["Id"]
    organizations.attach_policy(PolicyId=policy, TargetId=member)
    seen = {}
    for path in [f"{own}/{root['Id']}", f"{own}/{root['Id']}/{member}", f"{own}/{root['Id']}/000000000001"]:
        job = iam.generate_organizations_access_report(EntityPath=path)["JobId"]
        report = iam.get_organizations_access_report(JobId=job, SortKey="SERVICE_NAMESPACE_DESCENDING")
        services = [service["ServiceNamespace"] for service in report.get("AccessDetails", [])]
        seen[path] = (report["JobStatus"], services)
    assert list(seen.values()) == [
        ("COMPLETED", ["sts", "organizations", "iam"]),
        ("COMPLETED", ["organizations", "iam"]),
        ("FAILED", []),
    ]
    organizations.detach_policy(PolicyId=policy, TargetId=member)


def test_a_simulation_knows_the_organization(server, organizations, operator):
    own = organizations.describe_organization()["Organization"]["Id"]
    policy = allow("s3:*", Condition={"StringEquals": {"aws:PrincipalOrgID": own}})
    answer = server.client("iam", operator).simulate_custom_policy(
        PolicyInputList=[policy], ActionNames=["s3:GetObject"]
    )
    (result,) = answer["EvaluationResults"]
    assert result["EvalDecision"] == "allowed"


def test_there_are_no_transfers(organizations):
    for call in [
        organizations.list_inbound_responsibility_transfers,
        organizations.list_outbound_responsibility_transfers,
    ]:
        assert call(Type="BILLING")["ResponsibilityTransfers"] == []
    refused(
        "ResponsibilityTransferNotFoundException", organizations.describe_responsibility_transfer, Id="rt-12345678"
    )
    refused(
        "EffectivePolicyNotFoundException",
        organizations.list_accounts_with_invalid_effective_policy,
        PolicyType="TAG_POLICY",
    )
