"""What Terraform's provider for AWS relies on, asked for with the calls that it makes.

The provider itself is no package of the registries that the build may use. What it calls, and what it takes answers for, is
public: it waits until what it made can be read, takes `NoSuchEntity` for gone, tries again on some errors, and shows a
difference wherever what it reads back is not what it wrote. It undoes the encoding of documents with Go's `url.QueryUnescape`,
to which a `+` is a space.

Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role
"""

from __future__ import annotations

import concurrent.futures
import json
import re
import urllib.parse

import pytest

from installation import Server

# Documents as people and `jsonencode` write them. What is written must be read back byte by byte.
DOCUMENTS = {
    "compact": '{"Statement":[{"Action":["s3:GetObject"],"Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}',
    "lines": '{\n  "Version": "2012-10-17",\r\n\t"Statement": [\n    {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}\n  ]\n}\n',
    "plus": '{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Allow","Action":"s3:GetObject",'
    '"Resource":"arn:aws:s3:::bucket/a+b c%20d&e=f;g#h?i/j~k*l"}]}',
    "characters": '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*",'
    '"Condition":{"StringEquals":{"aws:PrincipalTag/Team":["\\u00e9\\"\\\\","é","<&>"]}}}]}',
    "variables": '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*",'
    '"Resource":"arn:aws:s3:::bucket/${aws:username}/${*}"}}',
}
TRUSTS = {
    "compact": '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"}}],'
    '"Version":"2012-10-17"}',
    "lines": '{\n  "Version": "2012-10-17",\n  "Statement": [{\n    "Effect": "Allow",\n    "Principal": {"AWS": "*"},\n'
    '    "Action": ["sts:AssumeRole", "sts:TagSession"],\n'
    '    "Condition": {"StringEquals": {"sts:ExternalId": "a+b c%20d"}}\n  }]\n}\n',
}
TRUST = TRUSTS["compact"]


def go_query_unescape(encoded: str) -> str:
    """Go's `url.QueryUnescape`."""
    return urllib.parse.unquote_plus(encoded, errors="strict")


def as_sent(server: Server, operation: str, member: str, **parameters) -> str:
    """A document as it stands in the answer's XML, which boto3 would decode."""
    client = server.client("iam")
    texts = []

    def keep(http_response, **_):
        texts.append(http_response.text)

    client.meta.events.register("after-call", keep)
    try:
        getattr(client, operation)(**parameters)
    finally:
        client.meta.events.unregister("after-call", keep)
    return re.search(f"<{member}>(.*?)</{member}>", texts[0], re.DOTALL)[1]


@pytest.fixture(scope="module")
def iam(server):
    return server.client("iam")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_permissions_are_read_back_as_written(server, iam, name):
    document = DOCUMENTS[name]
    iam.create_user(UserName=f"doc-{name}")
    iam.put_user_policy(UserName=f"doc-{name}", PolicyName="p", PolicyDocument=document)
    iam.create_group(GroupName=f"doc-{name}")
    iam.put_group_policy(GroupName=f"doc-{name}", PolicyName="p", PolicyDocument=document)
    iam.create_role(RoleName=f"doc-{name}", AssumeRolePolicyDocument=TRUST)
    iam.put_role_policy(RoleName=f"doc-{name}", PolicyName="p", PolicyDocument=document)
    arn = iam.create_policy(PolicyName=f"doc-{name}", PolicyDocument=document)["Policy"]["Arn"]
    for operation, member, parameters in [
        ("get_user_policy", "PolicyDocument", {"UserName": f"doc-{name}", "PolicyName": "p"}),
        ("get_group_policy", "PolicyDocument", {"GroupName": f"doc-{name}", "PolicyName": "p"}),
        ("get_role_policy", "PolicyDocument", {"RoleName": f"doc-{name}", "PolicyName": "p"}),
        ("get_policy_version", "Document", {"PolicyArn": arn, "VersionId": "v1"}),
    ]:
        encoded = as_sent(server, operation, member, **parameters)
        assert go_query_unescape(encoded) == document, operation
        assert urllib.parse.unquote(encoded) == document, operation


@pytest.mark.parametrize("name", TRUSTS)
def test_trust_is_read_back_as_written(server, iam, name):
    iam.create_role(RoleName=f"trust-{name}", AssumeRolePolicyDocument=TRUSTS[name])
    encoded = as_sent(server, "get_role", "AssumeRolePolicyDocument", RoleName=f"trust-{name}")
    assert go_query_unescape(encoded) == TRUSTS[name]
    iam.update_assume_role_policy(RoleName=f"trust-{name}", PolicyDocument=TRUST)
    encoded = as_sent(server, "get_role", "AssumeRolePolicyDocument", RoleName=f"trust-{name}")
    assert go_query_unescape(encoded) == TRUST


def test_what_was_made_is_there_at_once(server, iam):
    """The waiters of the SDKs succeed with the first question."""
    once = {"Delay": 1, "MaxAttempts": 1}
    iam.create_user(UserName="at-once")
    iam.get_waiter("user_exists").wait(UserName="at-once", WaiterConfig=once)
    iam.create_role(RoleName="at-once", AssumeRolePolicyDocument=TRUST)
    iam.get_waiter("role_exists").wait(RoleName="at-once", WaiterConfig=once)
    arn = iam.create_policy(PolicyName="at-once", PolicyDocument=DOCUMENTS["compact"])["Policy"]["Arn"]
    iam.get_waiter("policy_exists").wait(PolicyArn=arn, WaiterConfig=once)
    iam.create_instance_profile(InstanceProfileName="at-once")
    iam.get_waiter("instance_profile_exists").wait(InstanceProfileName="at-once", WaiterConfig=once)


GONE = [
    ("get_role", {"RoleName": "gone"}),
    ("get_user", {"UserName": "gone"}),
    ("get_group", {"GroupName": "gone"}),
    ("get_instance_profile", {"InstanceProfileName": "gone"}),
    ("get_role_policy", {"RoleName": "gone", "PolicyName": "p"}),
    ("get_user_policy", {"UserName": "gone", "PolicyName": "p"}),
    ("get_group_policy", {"GroupName": "gone", "PolicyName": "p"}),
    ("list_attached_role_policies", {"RoleName": "gone"}),
    ("list_attached_user_policies", {"UserName": "gone"}),
    ("list_attached_group_policies", {"GroupName": "gone"}),
    ("list_groups_for_user", {"UserName": "gone"}),
    ("list_access_keys", {"UserName": "gone"}),
    ("list_role_tags", {"RoleName": "gone"}),
    ("delete_role", {"RoleName": "gone"}),
    ("delete_user", {"UserName": "gone"}),
    ("delete_group", {"GroupName": "gone"}),
    ("delete_instance_profile", {"InstanceProfileName": "gone"}),
    ("detach_role_policy", {"RoleName": "gone", "PolicyArn": "arn:aws:iam::123456789012:policy/gone"}),
]


@pytest.mark.parametrize(("operation", "parameters"), GONE, ids=[operation for operation, _ in GONE])
def test_what_is_gone_says_so(iam, operation, parameters):
    """A refresh takes `NoSuchEntity`, status 404, for gone, and plans to make it anew."""
    with pytest.raises(iam.exceptions.NoSuchEntityException) as caught:
        getattr(iam, operation)(**parameters)
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404


def test_a_policy_that_is_gone_says_so(server, iam):
    arn = f"arn:aws:iam::{server.account}:policy/gone"
    for operation in ["get_policy", "list_policy_versions", "list_entities_for_policy", "delete_policy"]:
        with pytest.raises(iam.exceptions.NoSuchEntityException):
            getattr(iam, operation)(PolicyArn=arn)


def test_deleting_what_is_in_use_is_a_conflict(iam):
    """`force_detach_policies` and `force_destroy` count on the code, not on the text."""
    iam.create_role(RoleName="used", AssumeRolePolicyDocument=TRUST)
    iam.put_role_policy(RoleName="used", PolicyName="p", PolicyDocument=DOCUMENTS["compact"])
    iam.create_instance_profile(InstanceProfileName="used")
    iam.add_role_to_instance_profile(InstanceProfileName="used", RoleName="used")
    with pytest.raises(iam.exceptions.DeleteConflictException) as caught:
        iam.delete_role(RoleName="used")
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 409
    profiles = iam.list_instance_profiles_for_role(RoleName="used")["InstanceProfiles"]
    for profile in profiles:
        iam.remove_role_from_instance_profile(
            InstanceProfileName=profile["InstanceProfileName"], RoleName="used"
        )
    for policy in iam.list_role_policies(RoleName="used")["PolicyNames"]:
        iam.delete_role_policy(RoleName="used", PolicyName=policy)
    iam.delete_role(RoleName="used")


def test_a_principal_that_is_not_there_yet_can_be_tried_again(server, iam):
    """A role is retried on `MalformedPolicyDocument` while its text says that a principal is invalid."""
    trust = json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": "sts:AssumeRole",
                    "Principal": {"AWS": f"arn:aws:iam::{server.account}:user/later"},
                }
            ],
        }
    )
    with pytest.raises(iam.exceptions.MalformedPolicyDocumentException) as caught:
        iam.create_role(RoleName="trusts-later", AssumeRolePolicyDocument=trust)
    assert "Invalid principal in policy" in caught.value.response["Error"]["Message"]
    iam.create_user(UserName="later")
    iam.create_role(RoleName="trusts-later", AssumeRolePolicyDocument=trust)
    encoded = as_sent(server, "get_role", "AssumeRolePolicyDocument", RoleName="trusts-later")
    assert go_query_unescape(encoded) == trust


def test_tags_come_back_the_same_each_time(iam):
    tags = [{"Key": key, "Value": value} for key, value in [("b", "2"), ("A", ""), ("a b", "+é/=@"), ("c", "3")]]
    role = iam.create_role(RoleName="tagged", AssumeRolePolicyDocument=TRUST, Tags=tags)["Role"]
    shown = iam.get_role(RoleName="tagged")["Role"]
    assert role["Tags"] == shown["Tags"] == tags
    assert iam.list_role_tags(RoleName="tagged")["Tags"] == sorted(tags, key=lambda tag: tag["Key"])
    iam.untag_role(RoleName="tagged", TagKeys=["c"])
    iam.tag_role(RoleName="tagged", Tags=[{"Key": "c", "Value": "4"}])
    assert {tag["Key"]: tag["Value"] for tag in iam.get_role(RoleName="tagged")["Role"]["Tags"]} == {
        "b": "2",
        "A": "",
        "a b": "+é/=@",
        "c": "4",
    }


def test_a_policy_is_updated_by_versions(iam):
    """Before a sixth version the oldest that is not the default is deleted."""
    arn = iam.create_policy(PolicyName="versions", PolicyDocument=DOCUMENTS["compact"])["Policy"]["Arn"]
    for round in range(7):
        versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
        if len(versions) == 5:
            oldest = min((one for one in versions if not one["IsDefaultVersion"]), key=lambda one: one["CreateDate"])
            iam.delete_policy_version(PolicyArn=arn, VersionId=oldest["VersionId"])
        document = DOCUMENTS["compact"].replace("GetObject", f"GetObject{round}")
        made = iam.create_policy_version(PolicyArn=arn, PolicyDocument=document, SetAsDefault=True)["PolicyVersion"]
        policy = iam.get_policy(PolicyArn=arn)["Policy"]
        assert policy["DefaultVersionId"] == made["VersionId"] == f"v{round + 2}"
        shown = iam.get_policy_version(PolicyArn=arn, VersionId=made["VersionId"])["PolicyVersion"]["Document"]
        assert shown == json.loads(document)


def test_ten_at_a_time(server):
    """Terraform makes ten resources at once: none is lost, and none needs a second try."""
    iam = server.client("iam")
    iam.create_group(GroupName="crowd")
    arn = iam.create_policy(PolicyName="crowd", PolicyDocument=DOCUMENTS["compact"])["Policy"]["Arn"]

    def make(number: int) -> None:
        name = f"crowd-{number}"
        iam.create_user(UserName=name, Path="/crowd/")
        iam.add_user_to_group(GroupName="crowd", UserName=name)
        iam.attach_user_policy(UserName=name, PolicyArn=arn)
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
        iam.attach_role_policy(RoleName=name, PolicyArn=arn)

    with concurrent.futures.ThreadPoolExecutor(10) as workers:
        list(workers.map(make, range(40)))
    assert len(iam.get_group(GroupName="crowd")["Users"]) == 40
    assert iam.get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"] == 80


def test_optional_members_that_were_not_given_are_left_out(iam):
    """An empty description would be a difference to none."""
    role = iam.create_role(RoleName="plain", AssumeRolePolicyDocument=TRUST)["Role"]
    assert "Description" not in role and "PermissionsBoundary" not in role and "Tags" not in role
    shown = iam.get_role(RoleName="plain")["Role"]
    assert shown["MaxSessionDuration"] == 3600
    assert "Description" not in shown and "PermissionsBoundary" not in shown
    assert "Description" not in iam.create_policy(PolicyName="plain", PolicyDocument=DOCUMENTS["compact"])["Policy"]
