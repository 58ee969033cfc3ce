"""A role in one account, assumed from another: both accounts have to agree.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/tutorial_cross-account-with-roles.html
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from installation import Keys
from policies import allow, document, nobody, statement, trust

OTHER = "222222222222"
EXTERNAL = {"StringEquals": {"sts:ExternalId": "order-66"}}


@dataclass
class Visitor:
    """A user of the other account, and that account's root user."""

    name: str
    keys: Keys
    root: Keys

    @property
    def arn(self) -> str:
        return f"arn:aws:iam::{OTHER}:user/{self.name}"


@pytest.fixture(scope="module")
def other(server):
    """The root user of the other account."""
    return server.create_account("other", OTHER)


@pytest.fixture
def visitor(server, other, call, request):
    """A user of the other account who may do nothing yet; another one for each test."""
    name = f"visitor-{len(call(other, 'iam', 'ListUsers')['Users'])}"
    call(other, "iam", "CreateUser", UserName=name)
    return Visitor(name, Keys.of(call(other, "iam", "CreateAccessKey", UserName=name)), other)


@pytest.fixture
def role(server, call):
    """A role of the management account that lets nobody in; another one for each test."""
    name = f"role-{len(call(None, 'iam', 'ListRoles')['Roles'])}"
    return call(None, "iam", "CreateRole", RoleName=name, AssumeRolePolicyDocument=nobody())["Role"]


def set_trust(call, role, policy: str) -> None:
    """Replaces the role's trust policy."""
    call(None, "iam", "UpdateAssumeRolePolicy", RoleName=role["RoleName"], PolicyDocument=policy)


def permit(call, visitor: Visitor, policy: str) -> None:
    """Replaces what the visitor may do."""
    call(visitor.root, "iam", "PutUserPolicy", UserName=visitor.name, PolicyName="all", PolicyDocument=policy)


def denied(arn: str, action: str, role: dict, missing: str) -> tuple[str, str]:
    """The code and the text of a denial, by the kind of policy that does not allow it."""
    return (
        "AccessDenied",
        f"User: {arn} is not authorized to perform: {action} on resource: {role['Arn']}"
        f" because no {missing} allows the {action} action",
    )


def test_both_accounts_have_to_agree(server, visitor, role, each_client, refused):
    client = each_client

    def assume():
        return client(visitor.keys, "sts", "AssumeRole", RoleArn=role["Arn"], RoleSessionName="visit")

    set_trust(client, role, trust({"AWS": f"arn:aws:iam::{OTHER}:root"}))
    refused(*denied(visitor.arn, "sts:AssumeRole", role, "identity-based policy"), assume)
    # That the trust policy names the user itself changes nothing between accounts.
    set_trust(client, role, trust({"AWS": visitor.arn}))
    refused(*denied(visitor.arn, "sts:AssumeRole", role, "identity-based policy"), assume)

    set_trust(client, role, trust({"AWS": f"arn:aws:iam::{server.account}:root"}))
    permit(client, visitor, allow("sts:AssumeRole", role["Arn"]))
    refused(*denied(visitor.arn, "sts:AssumeRole", role, "role trust policy"), assume)

    set_trust(client, role, trust({"AWS": OTHER}))
    got = assume()
    assert got["AssumedRoleUser"] == {
        "AssumedRoleId": f"{role['RoleId']}:visit",
        "Arn": f"arn:aws:sts::{server.account}:assumed-role/{role['RoleName']}/visit",
    }
    assert client(Keys.of(got), "sts", "GetCallerIdentity")["Account"] == server.account
    # The account is shown as AWS keeps it: as its root user's ARN.
    shown = client(None, "iam", "GetRole", RoleName=role["RoleName"])["Role"]["AssumeRolePolicyDocument"]
    assert shown["Statement"][0]["Principal"] == {"AWS": f"arn:aws:iam::{OTHER}:root"}


def test_what_is_allowed_in_one_account_is_not_in_the_other(server, visitor, role, call, refused):
    set_trust(call, role, trust({"AWS": OTHER}))
    permit(call, visitor, allow("*"))
    call(visitor.keys, "iam", "ListUsers")
    session = Keys.of(call(visitor.keys, "sts", "AssumeRole", RoleArn=role["Arn"], RoleSessionName="visit"))
    refused(
        "AccessDenied",
        f"User: arn:aws:sts::{server.account}:assumed-role/{role['RoleName']}/visit is not authorized to perform:"
        f" iam:GetRole on resource: role {role['RoleName']}"
        " because no identity-based policy allows the iam:GetRole action",
        call,
        session,
        "iam",
        "GetRole",
        RoleName=role["RoleName"],
    )
    # The visitor's own credentials act in the other account, where there is no such role.
    refused(
        "NoSuchEntity",
        f"The role with name {role['RoleName']} cannot be found.",
        call,
        visitor.keys,
        "iam",
        "GetRole",
        RoleName=role["RoleName"],
    )


@pytest.mark.parametrize("given, fits", [(None, False), ("order-67", False), ("Order-66", False), ("order-66", True)])
def test_the_external_id_has_to_be_the_right_one(visitor, role, call, refused, given, fits):
    """Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html"""
    set_trust(call, role, trust({"AWS": OTHER}, Condition=EXTERNAL))
    permit(call, visitor, allow("sts:AssumeRole", role["Arn"]))
    parameters = {"RoleArn": role["Arn"], "RoleSessionName": "visit"} | ({"ExternalId": given} if given else {})
    if fits:
        call(visitor.keys, "sts", "AssumeRole", **parameters)
    else:
        expected = denied(visitor.arn, "sts:AssumeRole", role, "role trust policy")
        refused(*expected, call, visitor.keys, "sts", "AssumeRole", **parameters)


TAGS = [{"Key": "Team", "Value": "blue"}]
BOTH = ["sts:AssumeRole", "sts:TagSession"]


@pytest.mark.parametrize(
    "trusted, permitted, missing",
    [
        ("sts:AssumeRole", BOTH, "role trust policy"),
        (BOTH, "sts:AssumeRole", "identity-based policy"),
        (BOTH, BOTH, None),
    ],
)
def test_tags_need_permission_on_both_sides(visitor, role, call, refused, trusted, permitted, missing):
    """Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html"""
    set_trust(call, role, trust({"AWS": OTHER}, trusted))
    permit(call, visitor, allow(permitted, role["Arn"]))
    parameters = {"RoleArn": role["Arn"], "RoleSessionName": "visit", "Tags": TAGS}
    if missing:
        expected = denied(visitor.arn, "sts:TagSession", role, missing)
        refused(*expected, call, visitor.keys, "sts", "AssumeRole", **parameters)
    else:
        assert call(visitor.keys, "sts", "AssumeRole", **parameters)["PackedPolicySize"] >= 1


def test_the_trust_policy_can_ask_for_a_tag(visitor, role, call, refused):
    condition = {"StringEquals": {"aws:RequestTag/Team": ["blue", "green"]}}
    set_trust(call, role, trust({"AWS": OTHER}, BOTH, Condition=condition))
    permit(call, visitor, allow(BOTH, role["Arn"]))
    parameters = {"RoleArn": role["Arn"], "RoleSessionName": "visit"}
    expected = denied(visitor.arn, "sts:AssumeRole", role, "role trust policy")
    for tags in ([], [{"Key": "Team", "Value": "red"}], [{"Key": "Unit", "Value": "blue"}]):
        refused(*expected, call, visitor.keys, "sts", "AssumeRole", Tags=tags, **parameters)
    call(visitor.keys, "sts", "AssumeRole", Tags=TAGS, **parameters)


def test_a_permissions_policy_can_ask_for_a_session_tag(server, visitor, role, call, refused):
    set_trust(call, role, trust({"AWS": OTHER}, BOTH))
    permit(call, visitor, allow(BOTH, role["Arn"]))
    template = f"arn:aws:iam::{server.account}:user/${{aws:PrincipalTag/team}}/*"
    call(
        None,
        "iam",
        "PutRolePolicy",
        RoleName=role["RoleName"],
        PolicyName="team",
        PolicyDocument=allow("iam:GetUser", template),
    )
    users = {}
    for team in ("blue", "red"):
        users[team] = f"{team}-{role['RoleName']}"
        call(None, "iam", "CreateUser", UserName=users[team], Path=f"/{team}/")
    got = call(visitor.keys, "sts", "AssumeRole", RoleArn=role["Arn"], RoleSessionName="visit", Tags=TAGS)
    session = Keys.of(got)
    assert call(session, "iam", "GetUser", UserName=users["blue"])["User"]["Path"] == "/blue/"
    refused(
        "AccessDenied",
        f"User: arn:aws:sts::{server.account}:assumed-role/{role['RoleName']}/visit is not authorized to perform:"
        f" iam:GetUser on resource: user {users['red']}"
        " because no identity-based policy allows the iam:GetUser action",
        call,
        session,
        "iam",
        "GetUser",
        UserName=users["red"],
    )


def test_transitive_tags_go_down_the_chain(server, visitor, role, call, refused):
    """The first role hands one of its two tags to the second, and the second to the third.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
    """
    first, account = role["RoleName"], server.account
    second, third = f"{first}-2", f"{first}-3"
    arn = {name: f"arn:aws:iam::{account}:role/{name}" for name in (first, second, third)}
    set_trust(call, role, trust({"AWS": OTHER}, BOTH))
    permit(call, visitor, allow(BOTH, arn[first]))
    blue = {"StringEquals": {"aws:PrincipalTag/Team": "blue"}}
    for name, before in ((second, first), (third, second)):
        policy = trust({"AWS": arn[before]}, BOTH, Condition=blue)
        # The role's own tag gives way to the one that is handed on.
        call(
            None,
            "iam",
            "CreateRole",
            RoleName=name,
            AssumeRolePolicyDocument=policy,
            Tags=[{"Key": "team", "Value": "grey"}],
        )
    see = document(
        statement("iam:ListUsers", Condition=blue),
        statement("iam:ListRoles", Condition={"StringEquals": {"aws:PrincipalTag/Stage": "test"}}),
    )
    for name in (first, third):
        call(None, "iam", "PutRolePolicy", RoleName=name, PolicyName="see", PolicyDocument=see)

    tags = [*TAGS, {"Key": "Stage", "Value": "test"}]
    session = Keys.of(
        call(
            visitor.keys,
            "sts",
            "AssumeRole",
            RoleArn=arn[first],
            RoleSessionName="one",
            Tags=tags,
            TransitiveTagKeys=["Team"],
        )
    )
    call(session, "iam", "ListRoles")
    chained = call(session, "sts", "AssumeRole", RoleArn=arn[second], RoleSessionName="two")
    refused(
        "InvalidParameterValue",
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from"
        " the calling session.",
        call,
        Keys.of(chained),
        "sts",
        "AssumeRole",
        RoleArn=arn[third],
        RoleSessionName="three",
        Tags=[{"Key": "team", "Value": "red"}],
    )
    last = Keys.of(call(Keys.of(chained), "sts", "AssumeRole", RoleArn=arn[third], RoleSessionName="three"))
    call(last, "iam", "ListUsers")
    refused(
        "AccessDenied",
        f"User: arn:aws:sts::{account}:assumed-role/{third}/three is not authorized to perform: iam:ListRoles"
        f" on resource: arn:aws:iam::{account}:role/ because no identity-based policy allows the iam:ListRoles action",
        call,
        last,
        "iam",
        "ListRoles",
    )
    call(None, "iam", "UpdateRole", RoleName=second, MaxSessionDuration=7200)
    refused(
        "ValidationError",
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
        call,
        session,
        "sts",
        "AssumeRole",
        RoleArn=arn[second],
        RoleSessionName="two",
        DurationSeconds=3601,
    )


def test_the_source_identity_stays_for_the_whole_chain(server, visitor, role, call, refused):
    """Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html"""
    both = ["sts:AssumeRole", "sts:SetSourceIdentity"]
    set_trust(call, role, trust({"AWS": OTHER}, both))
    permit(call, visitor, allow("sts:AssumeRole", role["Arn"]))
    parameters = {"RoleArn": role["Arn"], "RoleSessionName": "one", "SourceIdentity": "ada"}
    expected = denied(visitor.arn, "sts:SetSourceIdentity", role, "identity-based policy")
    refused(*expected, call, visitor.keys, "sts", "AssumeRole", **parameters)
    permit(call, visitor, allow(both, role["Arn"]))
    got = call(visitor.keys, "sts", "AssumeRole", **parameters)
    assert got["SourceIdentity"] == "ada"
    condition = {"StringEquals": {"aws:SourceIdentity": "ada"}}
    made = call(
        None,
        "iam",
        "CreateRole",
        RoleName=f"{role['RoleName']}-next",
        AssumeRolePolicyDocument=trust({"AWS": role["Arn"]}, both, Condition=condition),
    )
    session, following = Keys.of(got), made["Role"]["Arn"]
    chained = call(session, "sts", "AssumeRole", RoleArn=following, RoleSessionName="two")
    assert chained["SourceIdentity"] == "ada"
    refused(
        "AccessDenied",
        f"User: arn:aws:sts::{server.account}:assumed-role/{role['RoleName']}/one is not authorized to perform:"
        f" sts:SetSourceIdentity on resource: {following}",
        call,
        session,
        "sts",
        "AssumeRole",
        RoleArn=following,
        RoleSessionName="two",
        SourceIdentity="eve",
    )


def test_a_root_user_assumes_no_role(server, other, role, call, refused):
    set_trust(call, role, trust({"AWS": OTHER}))
    for root in (None, other):
        refused(
            "AccessDenied",
            "Roles may not be assumed by root accounts.",
            call,
            root,
            "sts",
            "AssumeRole",
            RoleArn=role["Arn"],
            RoleSessionName="visit",
        )


def test_accounts_are_listed(server, other):
    rows = [line.split()[:2] for line in server.doorward("account", "list").ok().splitlines()[1:]]
    assert [OTHER, "other"] in rows and len(rows) == 2
