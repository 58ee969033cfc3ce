"""Users, groups, roles, instance profiles and access keys through boto3's library: what every operation answers.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
"""

from __future__ import annotations

import datetime
import json

import botocore.session
import pytest
from botocore.exceptions import WaiterError

from installation import Keys
from policies import allow, trust

NOW = datetime.datetime.now(datetime.timezone.utc)
EC2 = trust({"Service": "ec2.amazonaws.com"})


def recent(moment: datetime.datetime) -> bool:
    """Whether a time is about now: it has a zone, and whole seconds."""
    return abs((moment - NOW).total_seconds()) < 600 and moment.microsecond == 0


def names(items, member: str) -> list[str]:
    """One member of every item, in the order answered."""
    return [item[member] for item in items]


def test_a_user_from_start_to_end(server, iam):
    made = iam.create_user(UserName="Ada", Path="/eng/", Tags=[{"Key": "Team", "Value": "blau grün"}])["User"]
    assert recent(made.pop("CreateDate"))
    assert made.pop("UserId").startswith("AIDA")
    arn = f"arn:aws:iam::{server.account}:user/eng/Ada"
    tags = [{"Key": "Team", "Value": "blau grün"}]
    assert made == {"Path": "/eng/", "UserName": "Ada", "Arn": arn, "Tags": tags}
    # Names are kept as given, and found in any case.
    assert iam.get_user(UserName="ADA")["User"]["Arn"] == arn
    iam.tag_user(UserName="Ada", Tags=[{"Key": "team", "Value": "red"}, {"Key": "Unit", "Value": ""}])
    shown = {tag["Key"]: tag["Value"] for tag in iam.list_user_tags(UserName="Ada")["Tags"]}
    assert {key.lower(): value for key, value in shown.items()} == {"team": "red", "unit": ""}
    iam.untag_user(UserName="Ada", TagKeys=["Unit", "absent"])
    assert len(iam.list_user_tags(UserName="Ada")["Tags"]) == 1
    iam.update_user(UserName="Ada", NewUserName="Countess", NewPath="/")
    assert iam.get_user(UserName="Countess")["User"]["Arn"] == f"arn:aws:iam::{server.account}:user/Countess"
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        iam.get_user(UserName="Ada")
    assert error.value.response["Error"]["Message"] == "The user with name Ada cannot be found."
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException) as error:
        iam.create_user(UserName="countess")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409
    iam.delete_user(UserName="Countess")
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.delete_user(UserName="Countess")


def test_a_user_that_is_still_in_use_stays(iam):
    iam.create_user(UserName="busy")
    key = iam.create_access_key(UserName="busy")["AccessKey"]
    with pytest.raises(iam.exceptions.DeleteConflictException) as error:
        iam.delete_user(UserName="busy")
    assert error.value.response["Error"]["Message"] == "Cannot delete entity, must delete access keys first."
    iam.delete_access_key(UserName="busy", AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName="busy")


def test_access_keys(server, iam, call):
    iam.create_user(UserName="keys")
    policy = allow("iam:*AccessKey*", f"arn:aws:iam::{server.account}:user/${{aws:username}}")
    iam.put_user_policy(UserName="keys", PolicyName="own", PolicyDocument=policy)
    made = iam.create_access_key(UserName="keys")["AccessKey"]
    assert recent(made["CreateDate"]) and made["Status"] == "Active" and made["UserName"] == "keys"
    assert len(made["AccessKeyId"]) == 20 and made["AccessKeyId"].startswith("AKIA")
    assert len(made["SecretAccessKey"]) == 40
    own = server.client("iam", Keys.of({"AccessKey": made}))
    # Without a name, the caller's own.
    second = own.create_access_key()["AccessKey"]
    listed = own.list_access_keys()["AccessKeyMetadata"]
    assert set(names(listed, "AccessKeyId")) == {made["AccessKeyId"], second["AccessKeyId"]}
    with pytest.raises(iam.exceptions.LimitExceededException) as error:
        own.create_access_key()
    assert error.value.response["Error"]["Message"] == "Cannot exceed quota for AccessKeysPerUser: 2"
    other = Keys.of({"AccessKey": second})
    iam.update_access_key(UserName="keys", AccessKeyId=other.id, Status="Inactive")
    assert {key["AccessKeyId"]: key["Status"] for key in own.list_access_keys()["AccessKeyMetadata"]} == {
        made["AccessKeyId"]: "Active",
        other.id: "Inactive",
    }
    with pytest.raises(server.client("sts", other).exceptions.ClientError) as error:
        server.client("sts", other).get_caller_identity()
    assert error.value.response["Error"]["Code"] == "InvalidClientTokenId"
    iam.update_access_key(UserName="keys", AccessKeyId=other.id, Status="Active")
    assert call(other, "sts", "GetCallerIdentity")["Arn"].endswith(":user/keys")
    own.delete_access_key(AccessKeyId=other.id)
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        iam.delete_access_key(UserName="keys", AccessKeyId=other.id)
    assert error.value.response["Error"]["Message"] == f"The Access Key with id {other.id} cannot be found"


def test_the_root_user_has_keys_too(server, iam):
    assert server.root.id in names(iam.list_access_keys()["AccessKeyMetadata"], "AccessKeyId")
    made = iam.create_access_key()["AccessKey"]
    assert server.client("sts", Keys.of({"AccessKey": made})).get_caller_identity()["Arn"].endswith(":root")
    iam.delete_access_key(AccessKeyId=made["AccessKeyId"])
    root = iam.get_user()["User"]
    assert root["Arn"] == f"arn:aws:iam::{server.account}:root" and root["UserId"] == server.account
    assert "UserName" not in root


def test_a_group_from_start_to_end(server, iam):
    made = iam.create_group(GroupName="Readers", Path="/org/")["Group"]
    assert recent(made["CreateDate"]) and made["GroupId"].startswith("AGPA")
    assert made["Arn"] == f"arn:aws:iam::{server.account}:group/org/Readers"
    for user in ("g1", "g2", "g3"):
        iam.create_user(UserName=user)
        iam.add_user_to_group(GroupName="Readers", UserName=user)
    pages = iam.get_paginator("get_group").paginate(GroupName="Readers", PaginationConfig={"PageSize": 2})
    pages = list(pages)
    assert [names(page["Users"], "UserName") for page in pages] == [["g1", "g2"], ["g3"]]
    assert names(iam.list_groups_for_user(UserName="g1")["Groups"], "GroupName") == ["Readers"]
    assert names(iam.list_groups(PathPrefix="/org/")["Groups"], "GroupName") == ["Readers"]
    assert iam.list_groups(PathPrefix="/none/")["Groups"] == []
    # What a group may do, its members may do.
    iam.put_group_policy(GroupName="Readers", PolicyName="list", PolicyDocument=allow("iam:ListUsers"))
    member = server.client("iam", Keys.of(iam.create_access_key(UserName="g1")))
    member.list_users()
    iam.remove_user_from_group(GroupName="Readers", UserName="g1")
    with pytest.raises(member.exceptions.ClientError) as error:
        member.list_users()
    assert error.value.response["Error"]["Code"] == "AccessDenied"
    iam.update_group(GroupName="Readers", NewGroupName="Staff", NewPath="/")
    with pytest.raises(iam.exceptions.DeleteConflictException):
        iam.delete_group(GroupName="Staff")
    iam.delete_group_policy(GroupName="Staff", PolicyName="list")
    for user in ("g2", "g3"):
        iam.remove_user_from_group(GroupName="Staff", UserName=user)
    iam.delete_group(GroupName="Staff")
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        iam.get_group(GroupName="Staff")
    assert error.value.response["Error"]["Message"] == "The group with name Staff cannot be found."


def test_a_role_from_start_to_end(server, iam):
    made = iam.create_role(
        RoleName="Web",
        Path="/svc/",
        AssumeRolePolicyDocument=EC2,
        Description="first",
        MaxSessionDuration=7200,
        Tags=[{"Key": "a", "Value": "b"}],
    )["Role"]
    assert made["RoleId"].startswith("AROA") and made["Arn"] == f"arn:aws:iam::{server.account}:role/svc/Web"
    # Documents arrive percent-encoded; the library makes of them what was sent.
    assert made["AssumeRolePolicyDocument"] == json.loads(EC2)
    shown = iam.get_role(RoleName="Web")["Role"]
    assert (shown["MaxSessionDuration"], shown["RoleLastUsed"], shown["Description"]) == (7200, {}, "first")
    assert shown["Tags"] == [{"Key": "a", "Value": "b"}]
    iam.update_role(RoleName="Web", Description="second")
    assert iam.update_role_description(RoleName="Web", Description="third")["Role"]["Description"] == "third"
    both = trust({"Service": ["ec2.amazonaws.com", "lambda.amazonaws.com"]})
    iam.update_assume_role_policy(RoleName="Web", PolicyDocument=both)
    shown = iam.get_role(RoleName="Web")["Role"]
    assert shown["AssumeRolePolicyDocument"] == json.loads(both) and shown["MaxSessionDuration"] == 3600
    iam.tag_role(RoleName="Web", Tags=[{"Key": "c", "Value": "d"}])
    iam.untag_role(RoleName="Web", TagKeys=["a"])
    assert iam.list_role_tags(RoleName="Web")["Tags"] == [{"Key": "c", "Value": "d"}]
    assert "Tags" not in iam.list_roles(PathPrefix="/svc/")["Roles"][0]
    iam.delete_role(RoleName="Web")
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.get_role(RoleName="Web")


def test_an_instance_profile_from_start_to_end(server, iam):
    made = iam.create_instance_profile(InstanceProfileName="Machines", Path="/m/")["InstanceProfile"]
    assert made["InstanceProfileId"].startswith("AIPA") and made["Roles"] == []
    assert made["Arn"] == f"arn:aws:iam::{server.account}:instance-profile/m/Machines"
    iam.create_role(RoleName="Machine", AssumeRolePolicyDocument=EC2)
    iam.add_role_to_instance_profile(InstanceProfileName="Machines", RoleName="Machine")
    with pytest.raises(iam.exceptions.LimitExceededException) as error:
        iam.add_role_to_instance_profile(InstanceProfileName="Machines", RoleName="Machine")
    assert error.value.response["Error"]["Message"] == "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"
    shown = iam.get_instance_profile(InstanceProfileName="Machines")["InstanceProfile"]
    assert names(shown["Roles"], "RoleName") == ["Machine"]
    assert shown["Roles"][0]["AssumeRolePolicyDocument"] == json.loads(EC2)
    listed = iam.list_instance_profiles_for_role(RoleName="Machine")["InstanceProfiles"]
    assert names(listed, "InstanceProfileName") == ["Machines"]
    assert names(iam.list_instance_profiles()["InstanceProfiles"], "InstanceProfileName") == ["Machines"]
    iam.tag_instance_profile(InstanceProfileName="Machines", Tags=[{"Key": "a", "Value": "b"}])
    assert iam.list_instance_profile_tags(InstanceProfileName="Machines")["Tags"] == [{"Key": "a", "Value": "b"}]
    iam.untag_instance_profile(InstanceProfileName="Machines", TagKeys=["a"])
    assert iam.list_instance_profile_tags(InstanceProfileName="Machines")["Tags"] == []
    for delete in (
        lambda: iam.delete_role(RoleName="Machine"),
        lambda: iam.delete_instance_profile(InstanceProfileName="Machines"),
    ):
        with pytest.raises(iam.exceptions.DeleteConflictException) as error:
            delete()
        text = "Cannot delete entity, must remove roles from instance profile first."
        assert error.value.response["Error"]["Message"] == text
    iam.remove_role_from_instance_profile(InstanceProfileName="Machines", RoleName="Machine")
    iam.delete_instance_profile(InstanceProfileName="Machines")
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        iam.get_instance_profile(InstanceProfileName="Machines")
    assert error.value.response["Error"]["Message"] == "Instance Profile Machines cannot be found."


def test_waiters_see_what_is_there(iam):
    iam.create_user(UserName="w")
    iam.create_role(RoleName="w", AssumeRolePolicyDocument=EC2)
    policy = iam.create_policy(PolicyName="w", PolicyDocument=allow("iam:GetUser"))["Policy"]["Arn"]
    iam.create_instance_profile(InstanceProfileName="w")
    at_once = {"WaiterConfig": {"MaxAttempts": 1}}
    iam.get_waiter("user_exists").wait(UserName="w", **at_once)
    iam.get_waiter("role_exists").wait(RoleName="w", **at_once)
    iam.get_waiter("policy_exists").wait(PolicyArn=policy, **at_once)
    iam.get_waiter("instance_profile_exists").wait(InstanceProfileName="w", **at_once)
    with pytest.raises(WaiterError, match="Max attempts exceeded"):
        iam.get_waiter("user_exists").wait(UserName="nobody", **at_once)


def paginators() -> list[str]:
    """The names of boto3's paginators of lists that begin empty and are told apart by path."""
    return ["list_users", "list_roles", "list_groups", "list_policies", "list_instance_profiles"]


@pytest.mark.parametrize("paginator", paginators())
def test_pages_bring_every_item_once(iam, paginator):
    kind = paginator.removeprefix("list_")
    path = f"/pages-{kind.replace('_', '-')}/"
    expected = [f"p{number:02}" for number in range(7)]
    for name in reversed(expected):
        make(iam, kind, name, path)
    pages = list(iam.get_paginator(paginator).paginate(PathPrefix=path, PaginationConfig={"PageSize": 3}))
    key = next(name for name, value in pages[0].items() if isinstance(value, list))
    assert [len(page[key]) for page in pages] == [3, 3, 1]
    assert [page["IsTruncated"] for page in pages] == [True, True, False]
    assert "Marker" not in pages[-1]
    found = [next(v for k, v in item.items() if k.endswith("Name")) for page in pages for item in page[key]]
    assert found == expected


def make(iam, kind: str, name: str, path: str) -> None:
    """Makes something of a kind."""
    match kind:
        case "users":
            iam.create_user(UserName=name, Path=path)
        case "roles":
            iam.create_role(RoleName=name, Path=path, AssumeRolePolicyDocument=EC2)
        case "groups":
            iam.create_group(GroupName=name, Path=path)
        case "policies":
            iam.create_policy(PolicyName=name, Path=path, PolicyDocument=allow("iam:GetUser"))
        case "instance_profiles":
            iam.create_instance_profile(InstanceProfileName=name, Path=path)


def test_one_address_and_one_profile_in_the_environment_are_enough(server, monkeypatch):
    """The library finds the server and the keys where the server's first lines put them."""
    for name, value in server.exports.items():
        monkeypatch.setenv(name, value)
    session = botocore.session.Session()
    who = session.create_client("sts", region_name="us-east-1").get_caller_identity()
    assert who["Arn"] == f"arn:aws:iam::{server.account}:root"
    assert session.create_client("iam").list_users()["IsTruncated"] is False
