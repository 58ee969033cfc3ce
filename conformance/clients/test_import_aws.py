"""`doorward import-aws`: what one installation tells of an account, another one takes in, and tells the same."""

from __future__ import annotations

import copy
import json

import pytest

from installation import Boto, Refused, Server
from policies import allow, trust

ACCOUNT, OTHER = "111122223333", "444455556666"


@pytest.fixture
def details(tmp_path):
    """An account with something of everything, as the AWS CLI tells it."""
    (tmp_path / "one").mkdir()
    with Server(tmp_path / "one", tmp_path / "one" / "data", ["--account", ACCOUNT]) as server:
        call = Boto(server)

        def do(operation: str, **parameters):
            return call(None, "iam", operation, **parameters)

        policy = do(
            "CreatePolicy",
            PolicyName="Readers",
            Path="/team/",
            Description="reads",
            PolicyDocument=allow("s3:GetObject"),
            Tags=[{"Key": "team", "Value": "a"}],
        )["Policy"]["Arn"]
        for action in ("s3:ListBucket", "s3:GetObjectTagging"):
            do("CreatePolicyVersion", PolicyArn=policy, PolicyDocument=allow(action), SetAsDefault=True)
        do("DeletePolicyVersion", PolicyArn=policy, VersionId="v1")
        do("SetDefaultPolicyVersion", PolicyArn=policy, VersionId="v2")
        do("CreateGroup", GroupName="readers", Path="/team/")
        do("AttachGroupPolicy", GroupName="readers", PolicyArn=policy)
        do("PutGroupPolicy", GroupName="readers", PolicyName="more", PolicyDocument=allow("s3:PutObject"))
        do("CreateUser", UserName="Ada", PermissionsBoundary=policy, Tags=[{"Key": "k", "Value": "v"}])
        do("AddUserToGroup", GroupName="readers", UserName="Ada")
        do("AttachUserPolicy", UserName="Ada", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
        do("PutUserPolicy", UserName="Ada", PolicyName="own", PolicyDocument=allow("iam:GetUser"))
        ada = f"arn:aws:iam::{ACCOUNT}:user/Ada"
        # Each trusts the other: neither can be made whole first.
        do("CreateRole", RoleName="app", AssumeRolePolicyDocument=trust({"Service": "ec2.amazonaws.com"}))
        app = f"arn:aws:iam::{ACCOUNT}:role/app"
        do("CreateRole", RoleName="web", AssumeRolePolicyDocument=trust({"AWS": [app, ada]}), Path="/x/")
        web = f"arn:aws:iam::{ACCOUNT}:role/x/web"
        do("UpdateAssumeRolePolicy", RoleName="app", PolicyDocument=trust({"AWS": web}))
        do("AttachRolePolicy", RoleName="app", PolicyArn=policy)
        do("PutRolePermissionsBoundary", RoleName="web", PermissionsBoundary=policy)
        do("CreateInstanceProfile", InstanceProfileName="hosts", Path="/h/")
        do("AddRoleToInstanceProfile", InstanceProfileName="hosts", RoleName="app")
        do("CreateServiceLinkedRole", AWSServiceName="autoscaling.amazonaws.com")
        return server.aws("iam", "get-account-authorization-details", "--output", "json").json()


def told(server: Server) -> dict:
    return server.aws("iam", "get-account-authorization-details", "--output", "json").json()


def comparable(details: dict) -> dict:
    """The details without what the file does not carry."""
    details = copy.deepcopy(details)
    for role in details["RoleDetailList"]:
        role.pop("RoleLastUsed", None)
    # Among the policies of AWS only those in use are told; when one was updated is told by its versions.
    for policy in details["Policies"]:
        policy.pop("UpdateDate")
    return {
        kind: sorted(entities, key=lambda entity: entity["Arn"])
        for kind, entities in details.items()
        if isinstance(entities, list)
    }


def imported(tmp_path, details: dict, *options: str, account: str = ACCOUNT):
    """A server that has taken the details in, stopped; and what the command said."""
    file = tmp_path / "account.json"
    file.write_text(json.dumps(details))
    server = Server(tmp_path, tmp_path / "data", ["--account", account])
    with server:
        pass
    return server, server.doorward("import-aws", str(file), *options)


def test_an_account_is_the_same_elsewhere(tmp_path, details):
    server, ran = imported(tmp_path, details)
    assert "0 were there already" in ran.ok()
    with server:
        assert comparable(told(server)) == comparable(details)
        simulate = {"PolicySourceArn": f"arn:aws:iam::{ACCOUNT}:user/Ada", "ActionNames": ["s3:ListBucket", "iam:GetUser"]}
        answer = Boto(server)(None, "iam", "SimulatePrincipalPolicy", **simulate)["EvaluationResults"]
        # The boundary came along: it allows the one, and not the other.
        assert [one["EvalDecision"] for one in answer] == ["allowed", "implicitDeny"]
    again = server.doorward("import-aws", str(tmp_path / "account.json"))
    assert "Imported 0 things" in again.ok()
    assert "Nothing is wrong" in server.doorward("check").ok()


def test_into_another_account(tmp_path, details):
    server, ran = imported(tmp_path, details, "--account", OTHER, account=OTHER)
    ran.ok()
    with server:
        mapped = json.loads(json.dumps(details).replace(ACCOUNT, OTHER))
        assert comparable(told(server)) == comparable(mapped)


def test_what_cannot_be_imported_is_told_and_nothing_is_done(tmp_path, details):
    stranger = copy.deepcopy(details)
    for role in stranger["RoleDetailList"]:
        if role["RoleName"] == "web":
            statement = role["AssumeRolePolicyDocument"]["Statement"]
            (statement[0] if isinstance(statement, list) else statement)["Principal"] = {"AWS": "999999999999"}
    stranger["UserDetailList"][0]["AttachedManagedPolicies"][0]["PolicyArn"] = "arn:aws:iam::aws:policy/NoSuchThing"
    report = tmp_path / "report.json"
    server, ran = imported(tmp_path, stranger, "--report", str(report))
    assert ran.code == 1 and "Nothing was imported" in ran.out, ran.out
    refused = {(one["kind"], one["name"]): one["reason"] for one in json.loads(report.read_text())["refused"]}
    assert set(refused) == {("user", "Ada"), ("trust policy of role", "web")}
    assert "NoSuchThing" in refused["user", "Ada"] and "999999999999" in refused["trust policy of role", "web"]
    with server:
        assert comparable(told(server))["UserDetailList"] == []

    ran = server.doorward("import-aws", str(tmp_path / "account.json"), "--skip-refused")
    assert ran.code == 1 and "Imported" in ran.out
    with server:
        call = Boto(server)
        with pytest.raises(Refused, match="Ada"):
            call(None, "iam", "GetUser", UserName="Ada")
        # Nobody gets in by a trust policy that could not be carried over.
        web = call(None, "iam", "GetRole", RoleName="web")["Role"]["AssumeRolePolicyDocument"]
        assert web["Statement"]["Effect"] == "Deny"


def test_somebody_else_of_that_name_gives_nothing(tmp_path, details):
    """Where something of the file is refused, what has its name here does not take its place."""
    file = tmp_path / "account.json"
    file.write_text(json.dumps(details))
    wide = allow("iam:*")
    with Server(tmp_path, tmp_path / "data", ["--account", ACCOUNT]) as server:
        call = Boto(server)
        call(None, "iam", "CreateGroup", GroupName="readers")
        call(None, "iam", "PutGroupPolicy", GroupName="readers", PolicyName="wide", PolicyDocument=wide)
        call(None, "iam", "CreateRole", RoleName="app", AssumeRolePolicyDocument=trust({"Service": "lambda.amazonaws.com"}))
    report = tmp_path / "report.json"
    ran = server.doorward("import-aws", str(file), "--skip-refused", "--report", str(report))
    assert ran.code == 1, ran
    refused = {(one["kind"], one["name"]): one["reason"] for one in json.loads(report.read_text())["refused"]}
    expected = {
        ("group", "readers"): "EntityAlreadyExists",
        ("role", "app"): "EntityAlreadyExists",
        ("user", "Ada"): "it needs the group `readers`",
        ("trust policy of role", "app"): "it needs the role `app`",
        ("trust policy of role", "web"): "it needs the role `app`",
        ("instance profile", "hosts"): "it needs the role `app`",
    }
    assert refused.keys() == expected.keys(), refused
    assert all(refused[what].startswith(reason) for what, reason in expected.items()), refused
    with server:
        principal = Boto(server)(None, "iam", "GetRole", RoleName="app")["Role"]["AssumeRolePolicyDocument"]
        assert principal["Statement"][0]["Principal"] == {"Service": "lambda.amazonaws.com"}


def test_files_that_are_something_else(tmp_path, details):
    for change, expected in [
        (lambda found: found.update(Leashes=[]), "unknown field `Leashes`"),
        (lambda found: found.update(IsTruncated=True), "one page of several"),
        (lambda found: found["UserDetailList"][0].update(UserId="AIDA"), "user `Ada`"),
        (lambda found: found["UserDetailList"][0].update(Arn="arn:aws:iam::999999999999:user/Ada"), "several accounts"),
    ]:
        wrong = copy.deepcopy(details)
        change(wrong)
        _, ran = imported(tmp_path, wrong)
        assert ran.code == 1 and expected in ran.err, ran.err
    file = tmp_path / "account.json"
    file.write_text(json.dumps(details))
    server = Server(tmp_path, tmp_path / "data", ["--account", ACCOUNT])
    with server:
        assert "stop it, import" in server.doorward("import-aws", str(file)).err
    ran = server.doorward("import-aws", str(file), "--account", OTHER)
    assert f"doorward account create --name NAME --id {OTHER}" in ran.err
