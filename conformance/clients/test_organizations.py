"""Organizations through boto3's library and the AWS CLI: the tree, its policies, and what they do to the others' calls.

Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html
"""

from __future__ import annotations

import datetime
import json

import pytest
from botocore.exceptions import ClientError

from installation import Keys
from policies import allow, deny

SCP = "SERVICE_CONTROL_POLICY"
RCP = "RESOURCE_CONTROL_POLICY"


@pytest.fixture(scope="module")
def organizations(server):
    """A client of Organizations for the management account's root user, and the organization made."""
    client = server.client("organizations")
    made = client.create_organization(FeatureSet="ALL")["Organization"]
    assert made["MasterAccountId"] == server.account
    return client


@pytest.fixture(scope="module")
def root(organizations):
    """The id of the root."""
    (found,) = organizations.list_roots()["Roots"]
    return found["Id"]


def refused(code: str, call, **parameters) -> dict:
    """The error of a call that is refused with this code; the status is 400, as all of this service's."""
    with pytest.raises(ClientError) as error:
        call(**parameters)
    answer = error.value.response
    assert (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]) == (code, 400)
    return answer


def account(organizations, name: str) -> str:
    """A new account."""
    made = organizations.create_account(Email=f"{name}@example.com", AccountName=name)["CreateAccountStatus"]
    assert made["State"] == "SUCCEEDED"
    return made["AccountId"]


def enter(server, call, number: str) -> Keys:
    """Credentials of the role by which the management account enters an account."""
    name = "enter"
    iam = server.client("iam")
    try:
        iam.create_user(UserName=name)
        iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=allow("*", "*"))
    except iam.exceptions.EntityAlreadyExistsException:
        for key in iam.list_access_keys(UserName=name)["AccessKeyMetadata"]:
            iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
    keys = Keys.of(iam.create_access_key(UserName=name))
    role = f"arn:aws:iam::{number}:role/OrganizationAccountAccessRole"
    return Keys.of(call(keys, "sts", "AssumeRole", RoleArn=role, RoleSessionName="enter"))


def test_it_is_described(server, organizations, root):
    shown = organizations.describe_organization()["Organization"]
    assert shown["FeatureSet"] == "ALL"
    assert shown["Arn"] == f"arn:aws:organizations::{server.account}:organization/{shown['Id']}"
    cli = server.aws("organizations", "describe-organization", "--output", "json").json()["Organization"]
    assert cli["Id"] == shown["Id"]
    (found,) = organizations.list_roots()["Roots"]
    assert found == {
        "Id": root,
        "Arn": f"arn:aws:organizations::{server.account}:root/{shown['Id']}/{root}",
        "Name": "Root",
        "PolicyTypes": [{"Type": SCP, "Status": "ENABLED"}],
    }
    refused("AlreadyInOrganizationException", organizations.create_organization)


def test_units_and_accounts_stand_in_a_tree(organizations, root):
    outer = organizations.create_organizational_unit(ParentId=root, Name="outer")["OrganizationalUnit"]["Id"]
    inner = organizations.create_organizational_unit(ParentId=outer, Name="inner")["OrganizationalUnit"]["Id"]
    refused(
        "DuplicateOrganizationalUnitException",
        organizations.create_organizational_unit,
        ParentId=root,
        Name="outer",
    )
    renamed = organizations.update_organizational_unit(OrganizationalUnitId=inner, Name="deep")
    assert renamed["OrganizationalUnit"]["Name"] == "deep"
    assert organizations.describe_organizational_unit(OrganizationalUnitId=inner)["OrganizationalUnit"]["Name"] == "deep"
    number = account(organizations, "tree")
    shown = organizations.describe_account(AccountId=number)["Account"]
    now = datetime.datetime.now(datetime.timezone.utc)
    assert abs((shown["JoinedTimestamp"] - now).total_seconds()) < 600
    assert (shown["Email"], shown["Name"], shown["State"], shown["JoinedMethod"]) == (
        "tree@example.com",
        "tree",
        "ACTIVE",
        "CREATED",
    )
    organizations.move_account(AccountId=number, SourceParentId=root, DestinationParentId=inner)
    assert organizations.list_parents(ChildId=number)["Parents"] == [{"Id": inner, "Type": "ORGANIZATIONAL_UNIT"}]
    assert organizations.list_children(ParentId=inner, ChildType="ACCOUNT")["Children"] == [
        {"Id": number, "Type": "ACCOUNT"}
    ]
    (unit,) = organizations.list_organizational_units_for_parent(ParentId=outer)["OrganizationalUnits"]
    assert unit["Id"] == inner
    (found,) = organizations.list_accounts_for_parent(ParentId=inner)["Accounts"]
    assert found["Id"] == number
    pages = organizations.get_paginator("list_accounts").paginate(PaginationConfig={"PageSize": 1})
    assert number in [one["Id"] for page in pages for one in page["Accounts"]]
    statuses = organizations.list_create_account_status(States=["SUCCEEDED"])["CreateAccountStatuses"]
    status = next(status for status in statuses if status["AccountId"] == number)
    again = organizations.describe_create_account_status(CreateAccountRequestId=status["Id"])
    assert again["CreateAccountStatus"] == status
    refused("OrganizationalUnitNotEmptyException", organizations.delete_organizational_unit, OrganizationalUnitId=inner)
    organizations.move_account(AccountId=number, SourceParentId=inner, DestinationParentId=root)
    organizations.delete_organizational_unit(OrganizationalUnitId=inner)
    organizations.delete_organizational_unit(OrganizationalUnitId=outer)


def test_a_service_control_policy_binds_a_member_at_once(server, organizations, call, root):
    number = account(organizations, "bound")
    keys = enter(server, call, number)
    call(keys, "iam", "ListUsers")
    unit = organizations.create_organizational_unit(ParentId=root, Name="bound")["OrganizationalUnit"]["Id"]
    organizations.move_account(AccountId=number, SourceParentId=root, DestinationParentId=unit)
    made = organizations.create_policy(
        Type=SCP, Name="no-iam", Description="", Content=deny("iam:ListUsers", "*")
    )["Policy"]["PolicySummary"]
    policy = made["Id"]
    assert made["AwsManaged"] is False
    organizations.attach_policy(PolicyId=policy, TargetId=unit)
    with pytest.raises(Exception, match="with an explicit deny in a service control policy"):
        call(keys, "iam", "ListUsers")
    server.client("iam").list_users()
    targets = organizations.list_targets_for_policy(PolicyId=policy)["Targets"]
    assert [(target["TargetId"], target["Type"]) for target in targets] == [(unit, "ORGANIZATIONAL_UNIT")]
    attached = organizations.list_policies_for_target(TargetId=unit, Filter=SCP)["Policies"]
    assert {one["Name"] for one in attached} == {"no-iam", "FullAWSAccess"}
    refused("PolicyInUseException", organizations.delete_policy, PolicyId=policy)
    organizations.update_policy(PolicyId=policy, Content=deny("s3:*", "*"))
    call(keys, "iam", "ListUsers")
    assert json.loads(organizations.describe_policy(PolicyId=policy)["Policy"]["Content"])
    organizations.attach_policy(PolicyId=policy, TargetId=number)
    organizations.detach_policy(PolicyId="p-FullAWSAccess", TargetId=unit)
    with pytest.raises(Exception, match="because no service control policy allows the iam:ListUsers action"):
        call(keys, "iam", "ListUsers")
    answer = refused("ConstraintViolationException", organizations.detach_policy, PolicyId=policy, TargetId=unit)
    assert answer["Reason"] == "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED"
    organizations.attach_policy(PolicyId="p-FullAWSAccess", TargetId=unit)
    for target in (unit, number):
        organizations.detach_policy(PolicyId=policy, TargetId=target)
    call(keys, "iam", "ListUsers")
    organizations.delete_policy(PolicyId=policy)
    names = [one["Name"] for one in organizations.list_policies(Filter=SCP)["Policies"]]
    assert names == ["FullAWSAccess"]


def test_types_of_policy(organizations, root):
    enabled = organizations.enable_policy_type(RootId=root, PolicyType=RCP)["Root"]["PolicyTypes"]
    assert {one["Type"] for one in enabled} == {SCP, RCP}
    refused("PolicyTypeAlreadyEnabledException", organizations.enable_policy_type, RootId=root, PolicyType=RCP)
    disabled = organizations.disable_policy_type(RootId=root, PolicyType=RCP)["Root"]["PolicyTypes"]
    assert [one["Type"] for one in disabled] == [SCP]
    malformed = {"Type": SCP, "Name": "bad", "Description": "", "Content": "{}"}
    refused("MalformedPolicyDocumentException", organizations.create_policy, **malformed)
    answer = refused(
        "InvalidInputException", organizations.enable_policy_type, RootId=root, PolicyType="TAG_POLICY"
    )
    assert answer["Reason"] == "INVALID_ENUM_POLICY_TYPE"
    refused("EffectivePolicyNotFoundException", organizations.describe_effective_policy, PolicyType="TAG_POLICY")


def test_tags(organizations, root):
    organizations.tag_resource(ResourceId=root, Tags=[{"Key": "team", "Value": "red"}, {"Key": "cost", "Value": ""}])
    organizations.untag_resource(ResourceId=root, TagKeys=["cost"])
    assert organizations.list_tags_for_resource(ResourceId=root)["Tags"] == [{"Key": "team", "Value": "red"}]
    answer = refused(
        "InvalidInputException",
        organizations.tag_resource,
        ResourceId=root,
        Tags=[{"Key": "a", "Value": ""}, {"Key": "A", "Value": ""}],
    )
    assert answer["Reason"] == "DUPLICATE_TAG_KEY"


def test_members_are_invited_leave_and_are_removed(server, organizations, call, root):
    number = account(organizations, "leaver")
    keys = enter(server, call, number)
    call(keys, "organizations", "DescribeOrganization")
    with pytest.raises(Exception, match="You don't have permissions to access this resource"):
        call(keys, "organizations", "ListAccounts")
    call(keys, "organizations", "LeaveOrganization")
    with pytest.raises(Exception, match="Your account is not a member of an organization"):
        call(keys, "organizations", "DescribeOrganization")
    target = {"Type": "ACCOUNT", "Id": number}
    sent = organizations.invite_account_to_organization(Target=target, Notes="come back")["Handshake"]
    assert (sent["State"], sent["Action"]) == ("OPEN", "INVITE")
    organizations.cancel_handshake(HandshakeId=sent["Id"])
    sent = organizations.invite_account_to_organization(Target=target)["Handshake"]
    call(keys, "organizations", "DeclineHandshake", HandshakeId=sent["Id"])
    sent = organizations.invite_account_to_organization(Target=target)["Handshake"]
    assert organizations.describe_handshake(HandshakeId=sent["Id"])["Handshake"]["State"] == "OPEN"
    assert len(organizations.list_handshakes_for_organization()["Handshakes"]) == 3
    received = call(keys, "organizations", "ListHandshakesForAccount")["Handshakes"]
    assert sent["Id"] in [one["Id"] for one in received]
    accepted = call(keys, "organizations", "AcceptHandshake", HandshakeId=sent["Id"])["Handshake"]
    assert accepted["State"] == "ACCEPTED"
    organizations.remove_account_from_organization(AccountId=number)
    refused("AccountNotFoundException", organizations.describe_account, AccountId=number)


def test_nobody_enters_a_closed_account(server, organizations, call):
    number = account(organizations, "closed")
    keys = enter(server, call, number)
    organizations.close_account(AccountId=number)
    assert organizations.describe_account(AccountId=number)["Account"]["Status"] == "SUSPENDED"
    with pytest.raises(Exception, match="The security token included in the request is invalid"):
        call(keys, "sts", "GetCallerIdentity")


def test_administration_is_delegated(server, organizations, call):
    number = account(organizations, "delegate")
    keys = enter(server, call, number)
    service = "config.amazonaws.com"
    organizations.enable_aws_service_access(ServicePrincipal=service)
    (trusted,) = organizations.list_aws_service_access_for_organization()["EnabledServicePrincipals"]
    assert trusted["ServicePrincipal"] == service
    organizations.register_delegated_administrator(AccountId=number, ServicePrincipal=service)
    (found,) = organizations.list_delegated_administrators()["DelegatedAdministrators"]
    assert found["Id"] == number
    (delegated,) = organizations.list_delegated_services_for_account(AccountId=number)["DelegatedServices"]
    assert delegated["ServicePrincipal"] == service
    call(keys, "organizations", "ListAccounts")
    organizations.deregister_delegated_administrator(AccountId=number, ServicePrincipal=service)
    organizations.disable_aws_service_access(ServicePrincipal=service)
    with pytest.raises(Exception, match="You don't have permissions to access this resource"):
        call(keys, "organizations", "ListAccounts")
    content = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"AWS": number},
                    "Action": "organizations:List*",
                    "Resource": "*",
                }
            ],
        }
    )
    organizations.put_resource_policy(Content=content)
    assert organizations.describe_resource_policy()["ResourcePolicy"]["Content"] == content
    call(keys, "organizations", "ListAccounts")
    organizations.delete_resource_policy()


def test_the_command_line_speaks_it(server, organizations, root):
    made = server.aws(
        "organizations", "create-organizational-unit", "--parent-id", root, "--name", "by-cli", "--output", "json"
    ).json()["OrganizationalUnit"]
    listed = server.aws(
        "organizations", "list-organizational-units-for-parent", "--parent-id", root, "--output", "json"
    ).json()
    assert made["Id"] in [unit["Id"] for unit in listed["OrganizationalUnits"]]
    server.aws("organizations", "delete-organizational-unit", "--organizational-unit-id", made["Id"]).ok()
    ran = server.aws("organizations", "describe-organizational-unit", "--organizational-unit-id", made["Id"])
    assert ran.code != 0 and "(OrganizationalUnitNotFoundException)" in ran.err


def test_all_features_are_enabled(memory):
    client = memory.client("organizations")
    client.create_organization(FeatureSet="CONSOLIDATED_BILLING")
    (root,) = client.list_roots()["Roots"]
    refused(
        "PolicyTypeNotAvailableForOrganizationException",
        client.enable_policy_type,
        RootId=root["Id"],
        PolicyType=SCP,
    )
    handshake = client.enable_all_features()["Handshake"]
    client.accept_handshake(HandshakeId=handshake["Id"])
    assert client.describe_organization()["Organization"]["FeatureSet"] == "ALL"
    client.enable_policy_type(RootId=root["Id"], PolicyType=SCP)
    client.delete_organization()
    refused("AWSOrganizationsNotInUseException", client.describe_organization)


def test_the_management_account_may_do_everything_in_an_account_it_made(server, call, organizations):
    number = account(organizations, "entered")
    there = server.client("iam", enter(server, call, number))
    role = {"RoleName": "OrganizationAccountAccessRole"}
    administrator = {
        "PolicyName": "AdministratorAccess",
        "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess",
    }
    assert there.list_attached_role_policies(**role)["AttachedPolicies"] == [administrator]
    assert there.list_role_policies(**role)["PolicyNames"] == []
    there.create_user(UserName="somebody")
