"""Temporary credentials through boto3's library, and what they are good for.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
"""

from __future__ import annotations

import datetime
import json

import pytest

from installation import Keys
from policies import allow, document, statement, trust


@pytest.fixture(scope="module")
def user(call):
    """A user who may do everything."""
    call(None, "iam", "CreateUser", UserName="ada")
    call(None, "iam", "PutUserPolicy", UserName="ada", PolicyName="all", PolicyDocument=allow("*"))
    return Keys.of(call(None, "iam", "CreateAccessKey", UserName="ada"))


@pytest.fixture(scope="module")
def role(server, user, call):
    """A role that the user can assume, with everything allowed, for up to two hours."""
    call(
        None,
        "iam",
        "CreateRole",
        RoleName="worker",
        Path="/jobs/",
        AssumeRolePolicyDocument=trust({"AWS": f"arn:aws:iam::{server.account}:user/ada"}),
        MaxSessionDuration=7200,
    )
    call(None, "iam", "PutRolePolicy", RoleName="worker", PolicyName="all", PolicyDocument=allow("*"))
    return f"arn:aws:iam::{server.account}:role/jobs/worker"


def seconds_left(answer: dict) -> float:
    """How long the credentials in an answer last."""
    now = datetime.datetime.now(datetime.timezone.utc)
    return (answer["Credentials"]["Expiration"] - now).total_seconds()


def test_everybody_is_shown_who_they_are(server, user, role, call):
    account = server.account
    session = Keys.of(call(user, "sts", "GetSessionToken"))
    worker = Keys.of(call(user, "sts", "AssumeRole", RoleArn=role, RoleSessionName="Job-1"))
    guest = Keys.of(call(user, "sts", "GetFederationToken", Name="guest"))
    rows = [
        (None, f"arn:aws:iam::{account}:root", lambda id: id == account),
        (user, f"arn:aws:iam::{account}:user/ada", lambda id: id.startswith("AIDA") and len(id) == 21),
        (session, f"arn:aws:iam::{account}:user/ada", lambda id: id.startswith("AIDA")),
        (worker, f"arn:aws:sts::{account}:assumed-role/worker/Job-1", lambda id: id.endswith(":Job-1")),
        (guest, f"arn:aws:sts::{account}:federated-user/guest", lambda id: id == f"{account}:guest"),
    ]
    for keys, arn, fits in rows:
        who = call(keys, "sts", "GetCallerIdentity")
        assert (who["Account"], who["Arn"]) == (account, arn) and fits(who["UserId"])


@pytest.mark.parametrize("asked, given", [(None, 3600), (900, 900), (7200, 7200)])
def test_a_role_session_lasts_as_long_as_asked(user, role, call, asked, given):
    more = {"DurationSeconds": asked} if asked else {}
    got = call(user, "sts", "AssumeRole", RoleArn=role, RoleSessionName="x1", **more)
    assert given - 60 < seconds_left(got) <= given
    assert got["Credentials"]["AccessKeyId"].startswith("ASIA")


def test_longer_than_the_role_allows_is_too_long(user, role, call, refused):
    refused(
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        call,
        user,
        "sts",
        "AssumeRole",
        RoleArn=role,
        RoleSessionName="x1",
        DurationSeconds=7201,
    )


def test_session_policies_only_take_away(server, user, role, call, refused):
    """Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session"""
    managed = call(None, "iam", "CreatePolicy", PolicyName="see", PolicyDocument=allow("iam:ListRoles"))
    got = call(
        user,
        "sts",
        "AssumeRole",
        RoleArn=role,
        RoleSessionName="x1",
        Policy=allow("iam:ListUsers"),
        PolicyArns=[{"arn": managed["Policy"]["Arn"]}],
    )
    session = Keys.of(got)
    call(session, "iam", "ListUsers")
    call(session, "iam", "ListRoles")
    refused(
        "AccessDenied",
        f"User: arn:aws:sts::{server.account}:assumed-role/worker/x1 is not authorized to perform: iam:ListGroups"
        f" on resource: arn:aws:iam::{server.account}:group/"
        " because no session policy allows the iam:ListGroups action",
        call,
        session,
        "iam",
        "ListGroups",
    )


def test_a_federated_user_has_what_user_and_session_share(server, user, call):
    got = call(user, "sts", "GetFederationToken", Name="guest", Policy=allow("iam:ListUsers"), DurationSeconds=900)
    assert 840 < seconds_left(got) <= 900
    assert got["FederatedUser"] == {
        "FederatedUserId": f"{server.account}:guest",
        "Arn": f"arn:aws:sts::{server.account}:federated-user/guest",
    }
    # These credentials may not call IAM, whatever the policies say.
    iam = server.client("iam", Keys.of(got))
    with pytest.raises(iam.exceptions.ClientError) as error:
        iam.list_users()
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403


def test_a_user_session_is_for_sts_without_a_second_factor(server, user, role, call, refused):
    got = call(user, "sts", "GetSessionToken", DurationSeconds=900)
    session = Keys.of(got)
    assert 840 < seconds_left(got) <= 900
    call(session, "sts", "AssumeRole", RoleArn=role, RoleSessionName="x1")
    text = "The security token included in the request is invalid."
    refused("InvalidClientTokenId", text, call, session, "iam", "ListUsers")
    text = "Cannot call GetSessionToken with session credentials"
    refused("AccessDenied", text, call, session, "sts", "GetSessionToken")


def test_a_key_tells_its_account(server, user, call):
    """A key's id says it, whether or not the key is known here.

    Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html
    """
    for key, account in ((user.id, server.account), ("ASIAQNZGKIQY56JQ7WML", "029608264753")):
        assert call(user, "sts", "GetAccessKeyInfo", AccessKeyId=key) == {"Account": account}


def test_a_role_that_is_gone_takes_its_sessions_along(server, user, call, refused):
    made = call(
        None,
        "iam",
        "CreateRole",
        RoleName="short",
        AssumeRolePolicyDocument=trust({"AWS": f"arn:aws:iam::{server.account}:user/ada"}),
    )
    session = Keys.of(call(user, "sts", "AssumeRole", RoleArn=made["Role"]["Arn"], RoleSessionName="x1"))
    call(session, "sts", "GetCallerIdentity")
    call(None, "iam", "DeleteRole", RoleName="short")
    text = "The security token included in the request is invalid."
    refused("InvalidClientTokenId", text, call, session, "sts", "GetCallerIdentity")


def test_a_denial_can_be_decoded_where_it_may(server, call):
    """The sealed explanation of a denial comes in a header of ours, and `DecodeAuthorizationMessage` opens it.

    Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
    """
    call(None, "iam", "CreateUser", UserName="reader")
    policy = document(statement("sts:DecodeAuthorizationMessage"), statement("iam:DeleteUser", effect="Deny"))
    call(None, "iam", "PutUserPolicy", UserName="reader", PolicyName="p", PolicyDocument=policy)
    reader = Keys.of(call(None, "iam", "CreateAccessKey", UserName="reader"))
    iam = server.client("iam", reader)
    with pytest.raises(iam.exceptions.ClientError) as error:
        iam.delete_user(UserName="ada")
    headers = error.value.response["ResponseMetadata"]["HTTPHeaders"]
    message = headers["x-doorward-encoded-authorization-message"]
    decoded = call(reader, "sts", "DecodeAuthorizationMessage", EncodedMessage=message)
    decoded = json.loads(decoded["DecodedMessage"])
    assert (decoded["allowed"], decoded["explicitDeny"]) == (False, True)
    assert decoded["context"]["resource"] == f"arn:aws:iam::{server.account}:user/ada"
