"""Policies and what they are attached to, and the account as a whole, through boto3's library.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
"""

from __future__ import annotations

import contextlib
import json

import pytest
from botocore.exceptions import ClientError

from installation import Keys
from policies import allow, deny, document, statement, trust

# How IAM calls what policies are attached to.
KINDS = ["User", "Group", "Role"]


@pytest.fixture(scope="module")
def arn(server, iam):
    """The ARN of a managed policy of the tests' own, by its name; made when first asked for."""

    def policy(name: str) -> str:
        with contextlib.suppress(iam.exceptions.EntityAlreadyExistsException):
            iam.create_policy(PolicyName=name, PolicyDocument=allow("iam:GetUser"))
        return f"arn:aws:iam::{server.account}:policy/{name}"

    return policy


@pytest.fixture(params=KINDS)
def holder(iam, request):
    """Something to attach policies to: its kind, its name, and its name as a parameter."""
    kind = request.param
    name = f"holder-{kind.lower()}-{request.function.__name__}"[:64]
    more = {"AssumeRolePolicyDocument": trust({"Service": "ec2.amazonaws.com"})} if kind == "Role" else {}
    parameter = {f"{kind}Name": name}
    getattr(iam, f"create_{kind.lower()}")(**parameter, **more)
    return kind, name, parameter


def test_a_managed_policy_from_start_to_end(server, iam):
    first = allow("s3:GetObject", "arn:aws:s3:::bucket/*")
    made = iam.create_policy(
        PolicyName="Docs",
        Path="/team/",
        PolicyDocument=first,
        Description="what",
        Tags=[{"Key": "a", "Value": "b"}],
    )["Policy"]
    policy = f"arn:aws:iam::{server.account}:policy/team/Docs"
    assert made["Arn"] == policy and made["PolicyId"].startswith("ANPA")
    assert (made["DefaultVersionId"], made["AttachmentCount"], made["IsAttachable"]) == ("v1", 0, True)
    shown = iam.get_policy(PolicyArn=policy)["Policy"]
    assert (shown["Description"], shown["Tags"]) == ("what", [{"Key": "a", "Value": "b"}])
    # Not a document of JSON's shortest form: text comes back as it was sent.
    second = '{\n  "Version" : "2012-10-17",\n  "Statement" : ' + json.dumps([statement("s3:*")]) + "\n}"
    version = iam.create_policy_version(PolicyArn=policy, PolicyDocument=second)["PolicyVersion"]
    assert (version["VersionId"], version["IsDefaultVersion"]) == ("v2", False)
    for number, sent in (("v1", first), ("v2", second)):
        version = iam.get_policy_version(PolicyArn=policy, VersionId=number)["PolicyVersion"]
        assert version["Document"] == json.loads(sent) and version["IsDefaultVersion"] == (number == "v1")
    iam.set_default_policy_version(PolicyArn=policy, VersionId="v2")
    listed = iam.list_policy_versions(PolicyArn=policy)["Versions"]
    assert {one["VersionId"]: one["IsDefaultVersion"] for one in listed} == {"v1": False, "v2": True}
    with pytest.raises(iam.exceptions.DeleteConflictException) as error:
        iam.delete_policy_version(PolicyArn=policy, VersionId="v2")
    assert error.value.response["Error"]["Message"] == "Cannot delete the default version of a policy."
    iam.delete_policy_version(PolicyArn=policy, VersionId="v1")
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        iam.get_policy_version(PolicyArn=policy, VersionId="v1")
    text = f"Policy {policy} version v1 does not exist or is not attachable."
    assert error.value.response["Error"]["Message"] == text
    for _ in range(4):
        iam.create_policy_version(PolicyArn=policy, PolicyDocument=first)
    with pytest.raises(iam.exceptions.LimitExceededException):
        iam.create_policy_version(PolicyArn=policy, PolicyDocument=first)
    iam.tag_policy(PolicyArn=policy, Tags=[{"Key": "c", "Value": "d"}])
    iam.untag_policy(PolicyArn=policy, TagKeys=["a"])
    assert iam.list_policy_tags(PolicyArn=policy)["Tags"] == [{"Key": "c", "Value": "d"}]
    with pytest.raises(iam.exceptions.DeleteConflictException):
        iam.delete_policy(PolicyArn=policy)
    for version in iam.list_policy_versions(PolicyArn=policy)["Versions"]:
        if not version["IsDefaultVersion"]:
            iam.delete_policy_version(PolicyArn=policy, VersionId=version["VersionId"])
    iam.delete_policy(PolicyArn=policy)
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        iam.get_policy(PolicyArn=policy)
    assert error.value.response["Error"]["Message"] == f"Policy {policy} was not found."


def test_policies_are_attached_and_detached(iam, arn, holder):
    kind, name, parameter = holder
    low = kind.lower()
    policy = arn(f"attached-{low}")
    for _ in range(2):
        getattr(iam, f"attach_{low}_policy")(PolicyArn=policy, **parameter)
    listed = getattr(iam, f"list_attached_{low}_policies")(**parameter)["AttachedPolicies"]
    assert listed == [{"PolicyName": f"attached-{low}", "PolicyArn": policy}]
    assert iam.get_policy(PolicyArn=policy)["Policy"]["AttachmentCount"] == 1
    entities = iam.list_entities_for_policy(PolicyArn=policy, EntityFilter=kind)
    assert [entity[f"{kind}Name"] for entity in entities[f"Policy{kind}s"]] == [name]
    others = [entities[f"Policy{other}s"] for other in KINDS if other != kind]
    assert others == [[], []]
    attached = iam.list_policies(OnlyAttached=True, Scope="Local")["Policies"]
    assert policy in [one["Arn"] for one in attached]
    with pytest.raises(iam.exceptions.DeleteConflictException):
        iam.delete_policy(PolicyArn=policy)
    with pytest.raises(iam.exceptions.DeleteConflictException) as error:
        getattr(iam, f"delete_{low}")(**parameter)
    assert error.value.response["Error"]["Message"] == "Cannot delete entity, must detach all policies first."
    getattr(iam, f"detach_{low}_policy")(PolicyArn=policy, **parameter)
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        getattr(iam, f"detach_{low}_policy")(PolicyArn=policy, **parameter)
    assert iam.list_entities_for_policy(PolicyArn=policy)[f"Policy{kind}s"] == []
    absent = f"{policy}-absent"
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        getattr(iam, f"attach_{low}_policy")(PolicyArn=absent, **parameter)
    text = f"Policy {absent} does not exist or is not attachable."
    assert error.value.response["Error"]["Message"] == text


def test_inline_policies_are_put_and_deleted(iam, holder):
    kind, name, parameter = holder
    low = kind.lower()
    for policy in ("one", "two", "three"):
        sent = allow("iam:GetUser", Sid=policy)
        getattr(iam, f"put_{low}_policy")(PolicyName=policy, PolicyDocument=sent, **parameter)
    shown = getattr(iam, f"get_{low}_policy")(PolicyName="two", **parameter)
    assert shown["PolicyDocument"] == json.loads(allow("iam:GetUser", Sid="two"))
    assert shown[f"{kind}Name"] == name
    pages = iam.get_paginator(f"list_{low}_policies").paginate(**parameter, PaginationConfig={"PageSize": 2})
    assert [page["PolicyNames"] for page in pages] == [["one", "three"], ["two"]]
    getattr(iam, f"delete_{low}_policy")(PolicyName="two", **parameter)
    for operation in ("get", "delete"):
        with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
            getattr(iam, f"{operation}_{low}_policy")(PolicyName="two", **parameter)
        text = f"The {low} policy with name two cannot be found."
        assert error.value.response["Error"]["Message"] == text
    with pytest.raises(iam.exceptions.MalformedPolicyDocumentException) as error:
        getattr(iam, f"put_{low}_policy")(PolicyName="bad", PolicyDocument="{}", **parameter)
    assert error.value.response["Error"]["Message"] == "Syntax errors in policy."


def test_a_boundary_takes_away(server, iam):
    """Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html"""
    sent = document(statement("iam:ListUsers"), statement("sts:AssumeRole"))
    boundary = iam.create_policy(PolicyName="Boundary", PolicyDocument=sent)["Policy"]["Arn"]
    user = iam.create_user(UserName="bounded", PermissionsBoundary=boundary)["User"]
    shown = {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": boundary}
    assert user["PermissionsBoundary"] == iam.get_user(UserName="bounded")["User"]["PermissionsBoundary"] == shown
    iam.put_user_policy(UserName="bounded", PolicyName="all", PolicyDocument=allow("*"))
    bounded = server.client("iam", Keys.of(iam.create_access_key(UserName="bounded")))
    bounded.list_users()
    with pytest.raises(ClientError) as error:
        bounded.list_roles()
    assert error.value.response["Error"]["Message"] == (
        f"User: {user['Arn']} is not authorized to perform: iam:ListRoles"
        f" on resource: arn:aws:iam::{server.account}:role/"
        " because no permissions boundary allows the iam:ListRoles action"
    )
    assert iam.get_policy(PolicyArn=boundary)["Policy"]["PermissionsBoundaryUsageCount"] == 1
    used = iam.list_entities_for_policy(PolicyArn=boundary, PolicyUsageFilter="PermissionsBoundary")
    assert [entity["UserName"] for entity in used["PolicyUsers"]] == ["bounded"]
    iam.delete_user_permissions_boundary(UserName="bounded")
    bounded.list_roles()
    iam.put_user_permissions_boundary(UserName="bounded", PermissionsBoundary=boundary)
    with pytest.raises(ClientError):
        bounded.list_roles()
    iam.create_role(RoleName="bounded", AssumeRolePolicyDocument=trust({"AWS": user["Arn"]}))
    iam.put_role_permissions_boundary(RoleName="bounded", PermissionsBoundary=boundary)
    assert iam.get_role(RoleName="bounded")["Role"]["PermissionsBoundary"] == shown
    iam.delete_role_permissions_boundary(RoleName="bounded")
    assert "PermissionsBoundary" not in iam.get_role(RoleName="bounded")["Role"]


def test_an_explicit_deny_names_its_policy(server, iam):
    """Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"""
    user = iam.create_user(UserName="denied")["User"]["Arn"]
    never = iam.create_policy(PolicyName="Never", PolicyDocument=deny("iam:ListRoles"))["Policy"]["Arn"]
    iam.attach_user_policy(UserName="denied", PolicyArn=never)
    iam.put_user_policy(UserName="denied", PolicyName="all", PolicyDocument=allow("*"))
    caller = server.client("iam", Keys.of(iam.create_access_key(UserName="denied")))
    caller.list_users()
    with pytest.raises(ClientError) as error:
        caller.list_roles()
    assert error.value.response["Error"]["Message"] == (
        f"User: {user} is not authorized to perform: iam:ListRoles"
        f" on resource: arn:aws:iam::{server.account}:role/ with an explicit deny in an identity-based policy: {never}"
    )


def test_aliases(iam):
    iam.create_account_alias(AccountAlias="example-corp")
    assert iam.list_account_aliases()["AccountAliases"] == ["example-corp"]
    iam.delete_account_alias(AccountAlias="example-corp")
    assert iam.list_account_aliases()["AccountAliases"] == []
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.delete_account_alias(AccountAlias="example-corp")


def test_the_summary_counts(iam):
    before = iam.get_account_summary()["SummaryMap"]
    iam.create_user(UserName="counted")
    iam.create_group(GroupName="counted")
    after = iam.get_account_summary()["SummaryMap"]
    assert {key: after[key] - before[key] for key in ("Users", "Groups", "Roles")} == {
        "Users": 1,
        "Groups": 1,
        "Roles": 0,
    }
    assert (after["AccessKeysPerUserQuota"], after["PolicySizeQuota"]) == (2, 6144)


def test_the_account_as_a_whole(server, iam):
    """Everything once, over pages that cross from one kind to the next."""
    iam.create_group(GroupName="Whole")
    iam.create_user(UserName="whole", Tags=[{"Key": "a", "Value": "b"}])
    iam.add_user_to_group(GroupName="Whole", UserName="whole")
    iam.put_user_policy(UserName="whole", PolicyName="in", PolicyDocument=allow("iam:GetUser"))
    iam.create_role(RoleName="Whole", AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}))
    iam.create_instance_profile(InstanceProfileName="Whole")
    iam.add_role_to_instance_profile(InstanceProfileName="Whole", RoleName="Whole")
    policy = iam.create_policy(PolicyName="Whole", PolicyDocument=allow("iam:GetRole"))["Policy"]["Arn"]
    iam.attach_role_policy(RoleName="Whole", PolicyArn=policy)

    paginate = iam.get_paginator("get_account_authorization_details").paginate
    pages = list(paginate(PaginationConfig={"PageSize": 2}))
    sizes = [
        sum(len(page.get(key, [])) for key in ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"))
        for page in pages
    ]
    assert all(size == 2 for size in sizes[:-1]) and 1 <= sizes[-1] <= 2 and len(sizes) > 3
    whole = {key: [one for page in pages for one in page.get(key, [])] for key in pages[0] if key.endswith("List")}
    users = {user["UserName"]: user for user in whole["UserDetailList"]}
    assert users["whole"]["GroupList"] == ["Whole"] and users["whole"]["Tags"] == [{"Key": "a", "Value": "b"}]
    assert users["whole"]["UserPolicyList"] == [
        {"PolicyName": "in", "PolicyDocument": json.loads(allow("iam:GetUser"))}
    ]
    roles = {role["RoleName"]: role for role in whole["RoleDetailList"]}
    assert roles["Whole"]["AttachedManagedPolicies"] == [{"PolicyName": "Whole", "PolicyArn": policy}]
    assert [one["InstanceProfileName"] for one in roles["Whole"]["InstanceProfileList"]] == ["Whole"]
    managed = {one["PolicyName"]: one for page in pages for one in page.get("Policies", [])}
    versions = managed["Whole"]["PolicyVersionList"]
    assert [version["Document"] for version in versions] == [json.loads(allow("iam:GetRole"))]
    assert set(users) == {user["UserName"] for user in iam.list_users()["Users"]}

    only = iam.get_account_authorization_details(Filter=["Group"])
    assert [group["GroupName"] for group in only["GroupDetailList"]].count("Whole") == 1
    assert (only["UserDetailList"], only["RoleDetailList"], only["Policies"]) == ([], [], [])
