"""A service assumes a role: both faces of the role count, and each failure says which one it was.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
"""

from __future__ import annotations

import pytest

from installation import Keys
from policies import allow, nobody, trust

SERVICE = "ci.example.internal"


@pytest.fixture(scope="module")
def runner(server):
    """The keys of the service."""
    return server.create_service(SERVICE)


def no_trust(server, role: str) -> str:
    """What the service is told when the role's trust policy does not let it in."""
    return (
        f"User: {SERVICE} is not authorized to perform: sts:AssumeRole on resource: {role}"
        " because no role trust policy allows the sts:AssumeRole action"
    )


def no_permission(server, name: str, action: str, resource: str) -> str:
    """What the role's session is told when no policy of the role allows what it does."""
    return (
        f"User: arn:aws:sts::{server.account}:assumed-role/{name}/build-17 is not authorized to perform: {action}"
        f" on resource: {resource} because no identity-based policy allows the {action} action"
    )


def test_both_faces_of_a_role_are_in_force(server, runner, each_client, refused):
    client, account = each_client, server.account
    name = f"builder-{type(client).__name__.lower()}"
    role = f"arn:aws:iam::{account}:role/ci/{name}"
    made = client(None, "iam", "CreatePolicy", PolicyName=name, PolicyDocument=allow("iam:GetRole", role), Path="/ci/")
    policy = made["Policy"]["Arn"]
    assert policy == f"arn:aws:iam::{account}:policy/ci/{name}"
    made = client(
        None,
        "iam",
        "CreateRole",
        RoleName=name,
        Path="/ci/",
        AssumeRolePolicyDocument=trust({"Service": SERVICE}),
        Description="What builds may do",
    )
    assert made["Role"]["Arn"] == role
    client(None, "iam", "AttachRolePolicy", RoleName=name, PolicyArn=policy)

    def assume() -> Keys:
        return Keys.of(client(runner, "sts", "AssumeRole", RoleArn=role, RoleSessionName="build-17"))

    session = assume()
    who = client(session, "sts", "GetCallerIdentity")
    assert who["Arn"] == f"arn:aws:sts::{account}:assumed-role/{name}/build-17"
    shown = client(session, "iam", "GetRole", RoleName=name)["Role"]
    assert shown["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"Service": SERVICE}
    text = no_permission(server, name, "iam:ListUsers", f"arn:aws:iam::{account}:user/")
    refused("AccessDenied", text, client, session, "iam", "ListUsers")
    refused(
        "AccessDenied",
        no_permission(server, name, "iam:DeleteRole", f"role {name}"),
        client,
        session,
        "iam",
        "DeleteRole",
        RoleName=name,
    )

    # Only the trust policy changes: nobody gets in any more; who is in, stays in.
    client(None, "iam", "UpdateAssumeRolePolicy", RoleName=name, PolicyDocument=nobody_named(account))
    refused("AccessDenied", no_trust(server, role), assume)
    client(session, "iam", "GetRole", RoleName=name)
    client(None, "iam", "UpdateAssumeRolePolicy", RoleName=name, PolicyDocument=trust({"Service": SERVICE}))
    session = assume()

    # Only the permissions policy changes: the service gets in, and may do nothing.
    made = client(
        None,
        "iam",
        "CreatePolicyVersion",
        PolicyArn=policy,
        PolicyDocument=allow("iam:GetUser"),
        SetAsDefault=True,
    )
    assert made["PolicyVersion"]["VersionId"] == "v2"
    for keys in (session, assume()):
        refused(
            "AccessDenied",
            no_permission(server, name, "iam:GetRole", f"role {name}"),
            client,
            keys,
            "iam",
            "GetRole",
            RoleName=name,
        )

    # The earlier version back in force, the session can do what it could.
    client(None, "iam", "SetDefaultPolicyVersion", PolicyArn=policy, VersionId="v1")
    client(session, "iam", "GetRole", RoleName=name)


def nobody_named(account: str) -> str:
    """A trust policy for another caller than the service."""
    return trust({"AWS": f"arn:aws:iam::{account}:root"})


def test_an_explicit_deny_in_the_trust_policy_is_told_as_one(server, runner, call, refused):
    role = call(None, "iam", "CreateRole", RoleName="closed", AssumeRolePolicyDocument=nobody())["Role"]["Arn"]
    refused(
        "AccessDenied",
        f"User: {SERVICE} is not authorized to perform: sts:AssumeRole on resource: {role}"
        " with an explicit deny in the role trust policy",
        call,
        runner,
        "sts",
        "AssumeRole",
        RoleArn=role,
        RoleSessionName="x1",
    )


def test_another_service_is_another_principal(server, call, refused):
    other = server.create_service("cd.example.internal")
    made = call(None, "iam", "CreateRole", RoleName="ci-only", AssumeRolePolicyDocument=trust({"Service": SERVICE}))
    role = made["Role"]["Arn"]
    refused(
        "AccessDenied",
        f"User: cd.example.internal is not authorized to perform: sts:AssumeRole on resource: {role}"
        " because no role trust policy allows the sts:AssumeRole action",
        call,
        other,
        "sts",
        "AssumeRole",
        RoleArn=role,
        RoleSessionName="x1",
    )


def test_a_service_acts_for_a_resource_and_says_for_which(server, runner, refused):
    """The confused deputy: the role lets the service in only for one account's resource.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    """
    condition = {"StringEquals": {"aws:SourceAccount": server.account}}
    made = server.client("iam").create_role(
        RoleName="deputy", AssumeRolePolicyDocument=trust({"Service": SERVICE}, Condition=condition)
    )
    role = made["Role"]["Arn"]
    for said, code in [(server.account, 200), ("999999999999", 403), (None, 403)]:

        def say(request, said=said, **_):
            if said:
                request.headers["x-amz-source-account"] = said

        sts = server.client("sts", runner)
        sts.meta.events.register("before-sign.sts.AssumeRole", say)
        try:
            answer = sts.assume_role(RoleArn=role, RoleSessionName="x1")
        except sts.exceptions.ClientError as error:
            answer = error.response
        finally:
            sts.meta.events.unregister("before-sign.sts.AssumeRole", say)
        assert answer["ResponseMetadata"]["HTTPStatusCode"] == code, said


def test_the_service_shows_itself(server, runner, call):
    who = call(runner, "sts", "GetCallerIdentity")
    assert who == {
        "UserId": SERVICE,
        "Account": server.account,
        "Arn": f"arn:aws:iam::{server.account}:service/{SERVICE}",
    }
    listed = [line.split() for line in server.doorward("service", "list").ok().splitlines()]
    assert [SERVICE, server.account] in [row[:2] for row in listed]
