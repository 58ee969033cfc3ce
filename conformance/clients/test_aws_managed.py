"""AWS's managed policies, service-linked roles and reports, through boto3's library and the AWS CLI.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
"""

from __future__ import annotations

import csv
import io

import pytest
from botocore.exceptions import ClientError

from installation import Keys, Server
from policies import allow

AWS_POLICY = "arn:aws:iam::aws:policy"
ADMINISTRATOR = f"{AWS_POLICY}/AdministratorAccess"
READ_ONLY = f"{AWS_POLICY}/ReadOnlyAccess"


def test_an_administrator_by_attachment(server, iam, each_client, refused):
    client = each_client
    user = f"admin-{type(client).__name__.lower()}"
    client(None, "iam", "CreateUser", UserName=user)
    keys = Keys.of(iam.create_access_key(UserName=user))
    text = (
        f"User: arn:aws:iam::{server.account}:user/{user} is not authorized to perform: iam:GetUser on resource:"
        f" user {user} because no identity-based policy allows the iam:GetUser action"
    )
    refused("AccessDenied", text, client, keys, "iam", "GetUser", UserName=user)
    client(None, "iam", "AttachUserPolicy", UserName=user, PolicyArn=ADMINISTRATOR)
    assert client(keys, "iam", "GetUser", UserName=user)["User"]["UserName"] == user
    client(keys, "iam", "CreateGroup", GroupName=user)
    # A boundary of AWS's leaves reading.
    client(None, "iam", "PutUserPermissionsBoundary", UserName=user, PermissionsBoundary=READ_ONLY)
    client(keys, "iam", "GetGroup", GroupName=user)
    denied = (
        f"User: arn:aws:iam::{server.account}:user/{user} is not authorized to perform: iam:DeleteGroup on resource:"
        f" group {user} because no permissions boundary allows the iam:DeleteGroup action"
    )
    refused("AccessDenied", denied, client, keys, "iam", "DeleteGroup", GroupName=user)
    client(None, "iam", "DetachUserPolicy", UserName=user, PolicyArn=ADMINISTRATOR)
    refused("AccessDenied", text, client, keys, "iam", "GetUser", UserName=user)


def test_listing_pages_through_all_of_them(iam):
    pages = iam.get_paginator("list_policies").paginate(Scope="AWS", PaginationConfig={"PageSize": 100})
    policies = [policy for page in pages for policy in page["Policies"]]
    assert len(policies) > 1500 and len({policy["Arn"] for policy in policies}) == len(policies)
    assert all(policy["Arn"].startswith(AWS_POLICY) and policy["IsAttachable"] for policy in policies)
    paths = {policy["Path"] for policy in policies}
    assert {"/", "/service-role/", "/job-function/", "/aws-service-role/"} <= paths
    local = iam.list_policies(Scope="Local")["Policies"]
    assert not [policy for policy in local if policy["Arn"].startswith(AWS_POLICY)]


def test_a_document_of_aws(iam):
    policy = iam.get_policy(PolicyArn=ADMINISTRATOR)["Policy"]
    version = iam.get_policy_version(PolicyArn=ADMINISTRATOR, VersionId=policy["DefaultVersionId"])["PolicyVersion"]
    assert version["IsDefaultVersion"]
    [statement] = version["Document"]["Statement"]
    assert statement == {"Effect": "Allow", "Action": "*", "Resource": "*"}


def test_nobody_changes_them(iam):
    for call, more in [
        (iam.delete_policy, {}),
        (iam.create_policy_version, {"PolicyDocument": allow("s3:*")}),
        (iam.tag_policy, {"Tags": [{"Key": "a", "Value": "b"}]}),
    ]:
        with pytest.raises(ClientError) as error:
            call(PolicyArn=READ_ONLY, **more)
        assert error.value.response["Error"]["Code"] == "AccessDenied"


def test_service_role_policies_are_for_service_linked_roles(iam):
    iam.create_user(UserName="no-service")
    with pytest.raises(iam.exceptions.PolicyNotAttachableException) as error:
        arn = f"{AWS_POLICY}/aws-service-role/AWSSupportServiceRolePolicy"
        iam.attach_user_policy(UserName="no-service", PolicyArn=arn)
    assert error.value.response["Error"]["Message"] == "Cannot attach a Service Role Policy to a Customer Role."


def test_a_service_linked_role_from_start_to_end(server, each_client, refused):
    client = each_client
    suffix = type(client).__name__.lower()
    service, name = "autoscaling.amazonaws.com", f"AWSServiceRoleForAutoScaling_{suffix}"
    wanted = {"AWSServiceName": service, "CustomSuffix": suffix}
    role = client(None, "iam", "CreateServiceLinkedRole", **wanted, Description="for tests")["Role"]
    assert role["Arn"] == f"arn:aws:iam::{server.account}:role/aws-service-role/{service}/{name}"
    [statement] = role["AssumeRolePolicyDocument"]["Statement"]
    assert statement["Principal"] == {"Service": [service]}
    [policy] = client(None, "iam", "ListAttachedRolePolicies", RoleName=name)["AttachedPolicies"]
    assert policy["PolicyArn"] == f"{AWS_POLICY}/aws-service-role/AutoScalingServiceRolePolicy"
    taken = f"Service role name {name} has been taken in this account, please try a different suffix."
    refused("InvalidInput", taken, client, None, "iam", "CreateServiceLinkedRole", **wanted)
    protected = f"Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS"
    refused("UnmodifiableEntity", protected, client, None, "iam", "DeleteRole", RoleName=name)
    task = client(None, "iam", "DeleteServiceLinkedRole", RoleName=name)["DeletionTaskId"]
    assert task.startswith(f"task/aws-service-role/{service}/{name}/")
    status = client(None, "iam", "GetServiceLinkedRoleDeletionStatus", DeletionTaskId=task)
    assert status["Status"] == "SUCCEEDED"


def test_what_was_made_is_there_after_a_restart(tmp_path):
    with Server(tmp_path, tmp_path / "data") as server:
        iam = server.client("iam")
        for service in ("ecs", "batch"):
            iam.create_service_linked_role(AWSServiceName=f"{service}.amazonaws.com")
        iam.create_user(UserName="before")
        iam.attach_user_policy(UserName="before", PolicyArn=ADMINISTRATOR)
        task = iam.delete_service_linked_role(RoleName="AWSServiceRoleForECS")["DeletionTaskId"]
        iam.generate_credential_report()
        report = iam.get_credential_report()
        server.stop()
        server.start()
        iam = server.client("iam")
        assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"
        roles = iam.list_roles(PathPrefix="/aws-service-role/")["Roles"]
        assert [role["RoleName"] for role in roles] == ["AWSServiceRoleForBatch"]
        [attached] = iam.list_attached_user_policies(UserName="before")["AttachedPolicies"]
        assert attached == {"PolicyName": "AdministratorAccess", "PolicyArn": ADMINISTRATOR}
        assert iam.get_credential_report()["Content"] == report["Content"]


def test_the_credential_report(memory):
    iam = memory.client("iam")
    with pytest.raises(iam.exceptions.CredentialReportNotPresentException):
        iam.get_credential_report()
    iam.create_user(UserName="reported")
    iam.create_access_key(UserName="reported")
    assert iam.generate_credential_report()["State"] == "STARTED"
    assert iam.generate_credential_report()["State"] == "COMPLETE"
    report = iam.get_credential_report()
    assert report["ReportFormat"] == "text/csv"
    rows = {row["user"]: row for row in csv.DictReader(io.StringIO(report["Content"].decode()))}
    assert rows["<root_account>"]["arn"] == f"arn:aws:iam::{memory.account}:root"
    assert rows["<root_account>"]["password_enabled"] == "not_supported"
    user = rows["reported"]
    assert (user["access_key_1_active"], user["access_key_2_active"], user["mfa_active"]) == ("true", "false", "false")


def test_policies_that_grant_access(server, iam, each_client):
    client = each_client
    user = f"granted-{type(client).__name__.lower()}"
    arn = iam.create_user(UserName=user)["User"]["Arn"]
    iam.attach_user_policy(UserName=user, PolicyArn=f"{AWS_POLICY}/AmazonS3ReadOnlyAccess")
    iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=allow("sqs:*"))
    asked = {"Arn": arn, "ServiceNamespaces": ["s3", "sqs", "ec2"]}
    answer = client(None, "iam", "ListPoliciesGrantingServiceAccess", **asked)["PoliciesGrantingServiceAccess"]
    assert [(entry["ServiceNamespace"], [one["PolicyName"] for one in entry["Policies"]]) for entry in answer] == [
        ("s3", ["AmazonS3ReadOnlyAccess"]),
        ("sqs", ["own"]),
        ("ec2", []),
    ]
