"""What clients get wrong, and what they are told.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
"""

from __future__ import annotations

import dataclasses
import datetime
import re

import botocore.auth
import botocore.config
import pytest
from botocore.exceptions import ClientError

from installation import SESSION, Keys
from policies import allow, document, statement, trust

INVALID_TOKEN = "The security token included in the request is invalid."
MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key"
    " and signing method. Consult the service documentation for details."
)


@pytest.fixture(scope="module")
def unchecked(server):
    """Calls operations as `call` does, without the library's own checks of parameters."""
    client = SESSION.create_client(
        "iam",
        region_name="us-east-1",
        endpoint_url=server.endpoint,
        aws_access_key_id=server.root.id,
        aws_secret_access_key=server.root.secret,
        config=botocore.config.Config(retries={"total_max_attempts": 1}, parameter_validation=False),
    )

    def error(operation: str, **parameters) -> tuple[int, str, str]:
        with pytest.raises(ClientError) as caught:
            getattr(client, operation)(**parameters)
        response = caught.value.response
        status = response["ResponseMetadata"]["HTTPStatusCode"]
        return status, response["Error"]["Code"], response["Error"]["Message"]

    return error


@pytest.fixture(scope="module")
def session(server, call):
    """Temporary keys."""
    call(None, "iam", "CreateUser", UserName="user")
    return Keys.of(call(Keys.of(call(None, "iam", "CreateAccessKey", UserName="user")), "sts", "GetSessionToken"))


def flipped(text: str, at: int) -> str:
    """The text with another letter at one place."""
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


def test_keys_that_are_not_right(server, session, call, refused):
    root = server.root
    rows = [
        (dataclasses.replace(root, secret=flipped(root.secret, 0)), "SignatureDoesNotMatch", MISMATCH),
        (dataclasses.replace(root, id=flipped(root.id, 19)), "InvalidClientTokenId", INVALID_TOKEN),
        (dataclasses.replace(root, id="AKIA"), "InvalidClientTokenId", INVALID_TOKEN),
        (dataclasses.replace(root, token=session.token), "InvalidClientTokenId", INVALID_TOKEN),
        (dataclasses.replace(session, token=None), "InvalidClientTokenId", INVALID_TOKEN),
        (dataclasses.replace(session, token=session.token[:-1]), "InvalidClientTokenId", INVALID_TOKEN),
        (dataclasses.replace(session, id=flipped(session.id, 19)), "InvalidClientTokenId", INVALID_TOKEN),
        (dataclasses.replace(session, secret=flipped(session.secret, 5)), "SignatureDoesNotMatch", MISMATCH),
    ]
    rows += [
        (dataclasses.replace(session, token=flipped(session.token, at)), "InvalidClientTokenId", INVALID_TOKEN)
        for at in range(0, len(session.token), 7)
    ]
    for keys, code, message in rows:
        refused(code, message, call, keys, "sts", "GetCallerIdentity")


@pytest.mark.parametrize(
    "minutes, text",
    [
        (-16, r"Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)"),
        (-14, None),
        (14, None),
        (16, r"Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 15 min\.\)"),
    ],
)
def test_clocks_may_differ_by_a_quarter_of_an_hour(server, monkeypatch, minutes, text):
    """Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/signing-elements.html"""
    skewed = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda *_, **__: skewed)
    sts = server.client("sts")
    if text is None:
        sts.get_caller_identity()
        return
    with pytest.raises(ClientError) as error:
        sts.get_caller_identity()
    found = error.value.response["Error"]
    assert found["Code"] == "SignatureDoesNotMatch" and re.fullmatch(text, found["Message"])
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_parameters_that_break_their_constraints(unchecked):
    rows = [
        ("list_users", {"MaxItems": 0}, "Value '0' at 'maxItems'", "Member must have value between 1 and 1000"),
        ("list_users", {"MaxItems": 1001}, "Value '1001' at 'maxItems'", "Member must have value between 1 and 1000"),
        ("create_role", {"RoleName": "r"}, "Value at 'assumeRolePolicyDocument'", "Member must not be null"),
        (
            "update_access_key",
            {"AccessKeyId": "AKIAIOSFODNN7EXAMPLE", "Status": "Off"},
            "Value at 'status'",
            "Member must satisfy enum value set: [Active, Inactive, Expired]",
        ),
    ]
    for operation, parameters, subject, rule in rows:
        text = f"1 validation error detected: {subject} failed to satisfy constraint: {rule}"
        assert unchecked(operation, **parameters) == (400, "ValidationError", text)
    text = "The request must contain the parameter RoleName."
    assert unchecked("get_role") == (400, "MissingParameter", text)
    assert unchecked("list_users", Marker="nonsense") == (400, "ValidationError", "Invalid Marker.")
    text = (
        "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the"
        " following: +=,.@_-"
    )
    assert unchecked("create_user", UserName="a b") == (400, "ValidationError", text)


def test_tags_that_are_the_same_but_for_case(server, unchecked, call, refused):
    tags = [{"Key": "Team", "Value": "a"}, {"Key": "team", "Value": "b"}]
    text = "Duplicate tag keys found. Please note that Tag keys are case insensitive."
    assert unchecked("create_user", UserName="tagged", Tags=tags) == (400, "InvalidInput", text)
    call(None, "iam", "CreateUser", UserName="caller")
    call(None, "iam", "PutUserPolicy", UserName="caller", PolicyName="p", PolicyDocument=allow("*"))
    caller = Keys.of(call(None, "iam", "CreateAccessKey", UserName="caller"))
    policy = trust({"AWS": server.account}, ["sts:AssumeRole", "sts:TagSession"])
    role = call(None, "iam", "CreateRole", RoleName="tagged", AssumeRolePolicyDocument=policy)["Role"]["Arn"]
    assume = {"RoleArn": role, "RoleSessionName": "s1"}
    refused("InvalidParameterValue", text, call, caller, "sts", "AssumeRole", Tags=tags, **assume)
    text = "The specified transitive tag key must be included in the requested tags."
    transitive = {"Tags": tags[:1], "TransitiveTagKeys": ["Unit"]}
    refused("InvalidParameterValue", text, call, caller, "sts", "AssumeRole", **transitive, **assume)


@pytest.mark.parametrize(
    "policy, text",
    [
        ("[]", "Syntax errors in policy."),
        ('{"Version":"2012-10-17","Statement":[]}', "Syntax errors in policy."),
        (document(statement("s3:*") | {"Efect": "Allow"}), "Syntax errors in policy."),
        (
            allow("s3:*", **{"Condition": {"StringEqual": {"aws:username": "a"}}}),
            "Syntax errors in policy.",
        ),
        (
            allow("s3:*").replace("2012-10-17", "2008-10-17"),
            "Policy document must be version 2012-10-17 or greater.",
        ),
        (allow("s3"), "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
        (allow("s3:*", "bucket"), 'Resource bucket must be in ARN format or "*".'),
        (allow("s3:*", "arn:oops:s3:::b"), 'Partition "oops" is not valid for resource "arn:oops:s3:::b".'),
        (
            document(statement("s3:*") | {"Principal": "*"}),
            "Policy document should not specify a principal.",
        ),
        (
            document(statement("s3:*", Sid="a"), statement("s3:*", Sid="a")),
            "Statement IDs (SID) in a single policy must be unique.",
        ),
    ],
)
def test_policies_that_are_none(unchecked, policy, text):
    """Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html"""
    found = unchecked("create_policy", PolicyName="bad", PolicyDocument=policy)
    assert found == (400, "MalformedPolicyDocument", text)


@pytest.mark.parametrize(
    "policy, text",
    [
        ("{", "This policy contains invalid Json"),
        (
            document({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:*"}),
            "AssumeRole policy may only specify STS AssumeRole actions.",
        ),
        (
            document({"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole", "Resource": "*"}),
            "Has prohibited field Resource",
        ),
        (document({"Effect": "Allow", "Action": "sts:AssumeRole"}), "Missing required field Principal"),
        (
            document({"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}),
            "Principal must be a JSON object.",
        ),
        (
            trust({"AWS": "arn:aws:iam::999999999999:user/nobody"}),
            'Invalid principal in policy: "AWS":"arn:aws:iam::999999999999:user/nobody"',
        ),
        (
            trust({"Service": "absent.example.internal"}),
            'Invalid principal in policy: "SERVICE":"absent.example.internal"',
        ),
    ],
)
def test_trust_policies_that_are_none(unchecked, policy, text):
    """Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"""
    found = unchecked("create_role", RoleName="bad", AssumeRolePolicyDocument=policy)
    assert found == (400, "MalformedPolicyDocument", text)


def test_roles_that_cannot_be_assumed(server, call, refused):
    call(None, "iam", "CreateUser", UserName="assumer")
    call(None, "iam", "PutUserPolicy", UserName="assumer", PolicyName="p", PolicyDocument=allow("*"))
    keys = Keys.of(call(None, "iam", "CreateAccessKey", UserName="assumer"))
    no_role = f"arn:aws:iam::{server.account}:user/assumer"
    rows = [
        (no_role, "ValidationError", f"{no_role} is invalid"),
        (
            f"arn:aws:iam::{server.account}:role/absent",
            "AccessDenied",
            f"User: {no_role} is not authorized to perform: sts:AssumeRole on resource:"
            f" arn:aws:iam::{server.account}:role/absent"
            " because no role trust policy allows the sts:AssumeRole action",
        ),
    ]
    for role, code, message in rows:
        refused(code, message, call, keys, "sts", "AssumeRole", RoleArn=role, RoleSessionName="s1")
