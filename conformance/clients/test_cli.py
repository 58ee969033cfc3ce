"""The AWS CLI as people use it: profiles, roles in its configuration, pages, queries, errors.

Source: https://docs.aws.amazon.com/cli/latest/userguide/cli-chap-configure.html
"""

from __future__ import annotations

import json
import stat

import pytest

from installation import AWS, Keys, Server, bare_environment, run
from policies import allow, trust

# How version 1 of the CLI exits when the server answers with an error.
FAILED = 255


def test_the_first_lines_of_a_server_are_enough(server):
    """What the server prints, pasted into a shell, and the command that it names next."""
    lines = server.said.splitlines()
    exports = "\n".join(line for line in lines if line.startswith("export "))
    following = lines[-1].removeprefix("Next: ")
    ran = run(["sh", "-c", f"{exports}\n{following}"], with_aws(server))
    assert ran.json() == {
        "UserId": server.account,
        "Account": server.account,
        "Arn": f"arn:aws:iam::{server.account}:root",
    }
    assert stat.S_IMODE((server.data / "credentials").stat().st_mode) == 0o600


def test_a_server_in_memory_says_all_that_is_needed(memory):
    exports = "\n".join(line for line in memory.said.splitlines() if line.startswith("export "))
    ran = run(["sh", "-c", f"{exports}\naws iam list-users"], with_aws(memory))
    assert ran.json() == {"Users": []}
    assert not (memory.folder / "data").exists()


def test_the_first_root_key_and_the_account_can_be_fixed(tmp_path):
    keys = Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
    fixed = {"DOORWARD_ROOT_ACCESS_KEY_ID": keys.id, "DOORWARD_ROOT_SECRET_ACCESS_KEY": keys.secret}
    with Server(tmp_path, None, ["--account", "123456789012"], fixed) as server:
        assert keys.secret not in server.said
        who = server.aws("sts", "get-caller-identity", keys=keys).json()
        assert who["Arn"] == "arn:aws:iam::123456789012:root"


def with_aws(server) -> dict[str, str]:
    """A bare environment in which a shell finds the CLI."""
    environment = bare_environment(server.folder)
    return environment | {"PATH": f"{AWS.parent}:{environment['PATH']}", "AWS_EC2_METADATA_DISABLED": "true"}


def test_users_come_in_pages(server):
    for number in range(5):
        made = server.aws("iam", "create-user", "--user-name", f"u{number}", "--path", "/cli/").json()
        assert made["User"]["UserName"] == f"u{number}"
    listed = ["iam", "list-users", "--path-prefix", "/cli/"]
    names = ["--query", "Users[].UserName", "--output", "text"]
    assert server.aws(*listed, *names, "--page-size", "2").ok().split() == ["u0", "u1", "u2", "u3", "u4"]
    first = server.aws(*listed, "--max-items", "3", "--page-size", "2").json()
    assert [user["UserName"] for user in first["Users"]] == ["u0", "u1", "u2"]
    rest = server.aws(*listed, "--starting-token", first["NextToken"]).json()
    assert [user["UserName"] for user in rest["Users"]] == ["u3", "u4"] and "NextToken" not in rest
    single = server.aws(*listed, "--no-paginate", "--max-items", "1").json()
    assert (len(single["Users"]), single["IsTruncated"]) == (1, True)
    assert server.aws(*listed, "--no-paginate", "--marker", single["Marker"]).json()["IsTruncated"] is False
    table = server.aws(*listed, "--output", "table", "--query", "Users[0]").ok()
    assert f"arn:aws:iam::{server.account}:user/cli/u0" in table


def test_a_policy_comes_from_a_file(server, tmp_path):
    file = tmp_path / "policy.json"
    file.write_text(json.dumps(json.loads(allow("iam:GetUser")), indent=2))
    document = f"file://{file}"
    put = ["iam", "put-user-policy", "--user-name", "filed", "--policy-name", "p", "--policy-document", document]
    assert server.aws(*put).code == FAILED
    server.aws("iam", "create-user", "--user-name", "filed", "--tags", "Key=a,Value=b", "Key=c,Value=").ok()
    assert server.aws(*put).json() is None
    shown = server.aws("iam", "get-user-policy", "--user-name", "filed", "--policy-name", "p").json()
    assert shown["PolicyDocument"] == json.loads(file.read_text())
    tags = server.aws("iam", "list-user-tags", "--user-name", "filed", "--query", "Tags[].[Key,Value]").json()
    assert sorted(tags) == [["a", "b"], ["c", ""]]


def test_what_a_group_is_given_reaches_its_members(server):
    policy = f"arn:aws:iam::{server.account}:policy/see-groups"
    for command in [
        ["create-group", "--group-name", "seers"],
        ["create-user", "--user-name", "seer"],
        ["add-user-to-group", "--group-name", "seers", "--user-name", "seer"],
        ["create-policy", "--policy-name", "see-groups", "--policy-document", allow("iam:ListGroups")],
        ["put-group-policy", "--group-name", "seers", "--policy-name", "see", "--policy-document", allow("iam:ListRoles")],
    ]:
        server.aws("iam", *command).ok()
    made = server.aws("iam", "create-access-key", "--user-name", "seer").json()["AccessKey"]
    seer = Keys(made["AccessKeyId"], made["SecretAccessKey"])
    names = ["--query", "PolicyNames", "--output", "text"]
    assert server.aws("iam", "list-group-policies", "--group-name", "seers", *names).ok().strip() == "see"
    assert server.aws("iam", "list-user-policies", "--user-name", "seer", *names).ok().strip() == ""
    assert server.aws("iam", "list-roles", keys=seer).code == 0
    attachment = ["--group-name", "seers", "--policy-arn", policy]
    assert server.aws("iam", "list-groups", keys=seer).code == FAILED
    server.aws("iam", "attach-group-policy", *attachment).ok()
    assert server.aws("iam", "list-groups", keys=seer).code == 0
    server.aws("iam", "detach-group-policy", *attachment).ok()
    assert server.aws("iam", "list-groups", keys=seer).code == FAILED


def test_the_whole_account_is_shown(server):
    server.aws("iam", "create-role", "--role-name", "whole", "--assume-role-policy-document", ec2()).ok()
    whole = server.aws("iam", "get-account-authorization-details", "--filter", "Role", "User").json()
    shown = {role["RoleName"]: role["AssumeRolePolicyDocument"] for role in whole["RoleDetailList"]}
    assert shown["whole"] == json.loads(ec2())
    assert whole["GroupDetailList"] == []


def ec2() -> str:
    """The trust policy of a role for machines."""
    return trust({"Service": "ec2.amazonaws.com"})


def test_an_error_is_shown_with_code_operation_and_text(server):
    ran = server.aws("iam", "get-user", "--user-name", "nobody")
    assert (ran.code, ran.out) == (FAILED, "")
    expected = (
        "An error occurred (NoSuchEntity) when calling the GetUser operation: "
        "The user with name nobody cannot be found."
    )
    assert ran.err.strip().endswith(expected)


def test_access_keys_become_a_profile(server):
    server.aws("iam", "create-user", "--user-name", "dev").ok()
    made = server.aws("iam", "create-access-key", "--user-name", "dev").json()["AccessKey"]
    own = {"AWS_SHARED_CREDENTIALS_FILE": str(server.folder / "own"), "AWS_PROFILE": "dev"}
    for name, value in (
        ("aws_access_key_id", made["AccessKeyId"]),
        ("aws_secret_access_key", made["SecretAccessKey"]),
    ):
        server.aws("configure", "set", name, value, **own).ok()
    assert server.aws("sts", "get-caller-identity", **own).json()["Arn"].endswith(":user/dev")
    ran = server.aws("iam", "list-users", **own)
    assert "(AccessDenied)" in ran.err and "no identity-based policy allows the iam:ListUsers action" in ran.err


@pytest.fixture(scope="module")
def chain(server, call):
    """A configuration in which the CLI itself assumes roles: one, and another one through it."""
    call(None, "iam", "CreateUser", UserName="operator")
    keys = Keys.of(call(None, "iam", "CreateAccessKey", UserName="operator"))
    operator = f"arn:aws:iam::{server.account}:user/operator"
    condition = {"StringEquals": {"sts:ExternalId": "order-66"}}
    for name, caller, more in (("first", operator, {"Condition": condition}), ("second", "first", {})):
        arn = caller if ":" in caller else f"arn:aws:iam::{server.account}:role/{caller}"
        call(None, "iam", "CreateRole", RoleName=name, AssumeRolePolicyDocument=trust({"AWS": arn}, **more))
    call(None, "iam", "PutRolePolicy", RoleName="second", PolicyName="p", PolicyDocument=allow("iam:ListRoles"))
    role = f"role_arn = arn:aws:iam::{server.account}:role"
    (server.folder / "own-chain").write_text(
        f"[operator]\naws_access_key_id = {keys.id}\naws_secret_access_key = {keys.secret}\n"
    )
    (server.folder / "config").write_text(
        f"[profile first]\n{role}/first\nsource_profile = operator\nexternal_id = order-66\n"
        "role_session_name = shift-1\nduration_seconds = 1800\n\n"
        f"[profile second]\n{role}/second\nsource_profile = first\nrole_session_name = shift-2\n\n"
        f"[profile stranger]\n{role}/first\nsource_profile = operator\nexternal_id = wrong\n"
    )
    return {"AWS_SHARED_CREDENTIALS_FILE": str(server.folder / "own-chain")}


def test_the_cli_assumes_roles_by_itself(server, chain):
    first = server.aws("sts", "get-caller-identity", AWS_PROFILE="first", **chain).json()
    assert first["Arn"] == f"arn:aws:sts::{server.account}:assumed-role/first/shift-1"
    roles = server.aws("iam", "list-roles", "--query", "Roles[].RoleName", AWS_PROFILE="second", **chain)
    assert {"first", "second"} <= set(roles.json())
    ran = server.aws("sts", "get-caller-identity", AWS_PROFILE="stranger", **chain)
    assert "(AccessDenied) when calling the AssumeRole operation" in ran.err
    assert "because no role trust policy allows the sts:AssumeRole action" in ran.err


def test_the_cli_keeps_what_it_was_given(server, chain):
    """Credentials stay in the CLI's cache until they expire: a second run does not ask again."""
    assert server.aws("sts", "get-caller-identity", AWS_PROFILE="first", **chain).code == 0
    cached = list((server.folder / ".aws" / "cli" / "cache").glob("*.json"))
    kept = [json.loads(file.read_text()) for file in cached]
    arns = {one["AssumedRoleUser"]["Arn"] for one in kept}
    assert f"arn:aws:sts::{server.account}:assumed-role/first/shift-1" in arns
    asked = server.log.read_text().count("AssumeRole")
    assert server.aws("sts", "get-caller-identity", AWS_PROFILE="first", **chain).code == 0
    assert server.log.read_text().count("AssumeRole") == asked > 0


def test_credentials_of_a_role_go_into_the_environment(server):
    server.aws("iam", "create-user", "--user-name", "shell").ok()
    keys = Keys.of(server.aws("iam", "create-access-key", "--user-name", "shell").json())
    policy = trust({"AWS": f"arn:aws:iam::{server.account}:user/shell"})
    server.aws("iam", "create-role", "--role-name", "sh", "--assume-role-policy-document", policy).ok()
    role = f"arn:aws:iam::{server.account}:role/sh"
    assume = ["sts", "assume-role", "--role-arn", role, "--role-session-name", "s1"]
    words = server.aws(*assume, "--query", "Credentials.[AccessKeyId,SecretAccessKey,SessionToken]", keys=keys)
    session = Keys(*words.json())
    who = server.aws("sts", "get-caller-identity", keys=session).json()
    assert who["Arn"] == f"arn:aws:sts::{server.account}:assumed-role/sh/s1"


def test_waiters_wait(server):
    server.aws("iam", "wait", "role-exists", "--role-name", "whole").ok()
    server.aws("iam", "wait", "user-exists", "--user-name", "dev").ok()
