"""`doorward import-minio`: what a MinIO cluster exported works on here, with the access keys that its users have."""

from __future__ import annotations

import configparser
import json
import zipfile

import pytest

from installation import Boto, Keys, Refused, Server
from policies import document, statement

SECRET = "minio-secret-of-"
# Ids as MinIO makes them are kept.
ADA, KEPT, THIRD, NARROW, ENDED, ENDING, OFF, OF_PLAIN = (
    f"{name:Z<20}" for name in ("ADA1", "KEPT1", "THIRD", "NARR0W", "ENDED", "ENDING", "OFF0", "PLAIN")
)
LOOK = statement(["iam:GetUser", "iam:ListUsers"])
# What `sts:GetCallerIdentity` answers needs no permission, so IAM's own reads show what somebody may do.
GROUPS = statement(["iam:ListGroups"])


def mapping(*policies: str) -> dict:
    return {"version": 1, "policy": ",".join(policies), "updatedAt": "2026-01-02T03:04:05Z"}


def service_account(parent: str, key: str, **more) -> dict:
    return {
        "parent": parent,
        "accessKey": key,
        "secretKey": SECRET + key,
        "groups": None,
        "claims": {"accessKey": key, "parent": parent, "sa-policy": "inherited-policy"},
        "status": "on",
        "name": "",
        "description": "",
        "expiration": "1970-01-01T00:00:00Z",
        **more,
    }


def restricted(parent: str, key: str, *statements: dict, **more) -> dict:
    account = service_account(parent, key, sessionPolicy=json.loads(document(*statements)), **more)
    account["claims"]["sa-policy"] = "embedded-policy"
    return account


def assets() -> dict[str, dict]:
    """Something of everything that can be imported."""
    return {
        "policies": {
            "look": json.loads(document(LOOK)),
            "groups": json.loads(document(GROUPS)),
            "own": json.loads(document(statement(["iam:ListAccessKeys"], "arn:aws:iam::*:user/${aws:username}"))),
            "consoleAdmin": {
                "Version": "2012-10-17",
                "Statement": [
                    {"Effect": "Allow", "Action": ["admin:*"]},
                    {"Effect": "Allow", "Action": ["s3:*"], "Resource": ["arn:aws:s3:::*"]},
                ],
            },
            "diagnostics": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["admin:Profiling"]}]},
        },
        "users": {
            ADA: {"secretKey": SECRET + ADA, "status": "enabled"},
            "backup-app": {"secretKey": "a-secret-that-is-not-kept", "status": "enabled"},
            OFF: {"secretKey": SECRET + OFF, "status": "disabled"},
        },
        "groups": {
            "lookers": {"version": 1, "status": "enabled", "members": [ADA, "gone"], "updatedAt": "2026-01-02T03:04:05Z"},
            "closed": {"version": 1, "status": "disabled", "members": [ADA]},
        },
        "svcaccts": {
            KEPT: service_account(ADA, KEPT),
            THIRD: service_account(ADA, THIRD),
            NARROW: restricted(ADA, NARROW, GROUPS),
            ENDED: service_account(ADA, ENDED, expiration="2026-01-02T03:04:05Z"),
            ENDING: service_account(ADA, ENDING, expiration="2999-01-02T03:04:05Z"),
        },
        "user_mappings": {ADA: mapping("groups", "diagnostics"), "backup-app": mapping("own"), OFF: mapping("look")},
        "group_mappings": {"lookers": mapping("look"), "closed": mapping("consoleAdmin")},
        "stsuser_mappings": {},
        "stsgroup_mappings": {},
    }


def imported(tmp_path, assets: dict, *options: str):
    """A server that has taken the export in, stopped; and what the command said."""
    file = tmp_path / "minio-iam-info.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in assets.items():
            text = content if isinstance(content, str) else json.dumps(content)
            archive.writestr(f"iam-assets/{name}.json", text)
    server = Server(tmp_path, tmp_path / "data")
    with server:
        pass
    return server, server.doorward("import-minio", str(file), *options)


def may(server: Server, keys: Keys, operation: str, **parameters) -> bool:
    try:
        Boto(server)(keys, "iam", operation, **parameters)
    except Refused as refused:
        assert refused.code == "AccessDenied", refused
        return False
    return True


def kept(key: str) -> Keys:
    return Keys(key, SECRET + key)


def test_access_keys_work_on(tmp_path):
    new = tmp_path / "new-keys"
    server, ran = imported(tmp_path, assets(), "--new-keys", str(new))
    assert "0 were there already" in ran.ok()
    profiles = configparser.RawConfigParser()
    profiles.read_string(new.read_text())
    assert profiles.sections() == ["backup-app"] and new.stat().st_mode & 0o777 == 0o600
    backup = Keys(profiles["backup-app"]["aws_access_key_id"], profiles["backup-app"]["aws_secret_access_key"])
    with server:
        whom = lambda keys: Boto(server)(keys, "sts", "GetCallerIdentity")["Arn"].split(":user")[1]
        assert [whom(keys) for keys in (kept(ADA), kept(KEPT), backup)] == [f"/{ADA}", f"/{ADA}", "/backup-app"]
        own = f"/service-accounts/{ADA}/"
        assert [whom(kept(key)) for key in (THIRD, NARROW, ENDED)] == [own + THIRD, own + NARROW, own + ENDED]
        allowed = {
            # Its own policies and those of its group, not those of the disabled one.
            ADA: (True, True),
            KEPT: (True, True),
            THIRD: (True, True),
            # No more than its session policy.
            NARROW: (False, True),
            # It has ended.
            ENDED: (False, False),
            ENDING: (True, True),
        }
        for key, expected in allowed.items():
            assert (may(server, kept(key), "ListUsers"), may(server, kept(key), "ListGroups")) == expected, key
        assert may(server, backup, "ListAccessKeys", UserName="backup-app")
        assert not may(server, backup, "ListAccessKeys", UserName=ADA)
        with pytest.raises(Refused, match="InvalidClientTokenId"):
            Boto(server)(kept(OFF), "sts", "GetCallerIdentity")
        keys = Boto(server)(None, "iam", "ListAccessKeys", UserName=OFF)["AccessKeyMetadata"]
        assert [(key["AccessKeyId"], key["Status"]) for key in keys] == [(OFF, "Inactive")]
        # Keys from elsewhere are keys like others.
        Boto(server)(None, "iam", "UpdateAccessKey", UserName=ADA, AccessKeyId=KEPT, Status="Inactive")
        with pytest.raises(Refused, match="InvalidClientTokenId"):
            Boto(server)(kept(KEPT), "sts", "GetCallerIdentity")
    again = server.doorward("import-minio", str(tmp_path / "minio-iam-info.zip"), "--new-keys", str(new))
    assert "Imported 0 things" in again.ok()
    assert "Nothing is wrong" in server.doorward("check").ok()


WIDE = document(statement("iam:*"))


def group_that_may_all(call: Boto) -> None:
    call(None, "iam", "CreateGroup", GroupName="lookers")
    call(None, "iam", "PutGroupPolicy", GroupName="lookers", PolicyName="wide", PolicyDocument=WIDE)


def user_that_may_all(name: str):
    def make(call: Boto) -> None:
        call(None, "iam", "CreateUser", UserName=name)
        call(None, "iam", "PutUserPolicy", UserName=name, PolicyName="wide", PolicyDocument=WIDE)

    return make


@pytest.mark.parametrize(
    ("before", "without", "refused"),
    [
        (
            lambda call: call(None, "iam", "CreatePolicy", PolicyName="groups", PolicyDocument=WIDE),
            None,
            {"groups": "EntityAlreadyExists", ADA: "it needs the policy `groups`", KEPT: f"it needs the user `{ADA}`"},
        ),
        # One that the file does not have is not whatever has its name here.
        (
            lambda call: call(None, "iam", "CreatePolicy", PolicyName="groups", PolicyDocument=WIDE),
            "groups",
            {ADA: "it needs the policy `groups`", KEPT: f"it needs the user `{ADA}`"},
        ),
        (
            group_that_may_all,
            None,
            {"lookers": "EntityAlreadyExists", ADA: "it needs the group `lookers`", KEPT: f"it needs the user `{ADA}`"},
        ),
        (user_that_may_all(ADA), None, {ADA: "EntityAlreadyExists", KEPT: f"it needs the user `{ADA}`"}),
        (user_that_may_all("backup-app"), None, {"backup-app": "EntityAlreadyExists"}),
        (user_that_may_all("plain"), None, {"plain": "EntityAlreadyExists", OF_PLAIN: "it needs the user `plain`"}),
    ],
    ids=["policy", "policy-not-in-the-file", "group", "user", "user-without-key", "user-without-policies"],
)
def test_somebody_else_of_that_name_gives_nothing(tmp_path, before, without, refused):
    told = assets()
    told["svcaccts"] = {KEPT: service_account(ADA, KEPT), OF_PLAIN: service_account("plain", OF_PLAIN)}
    told["users"]["plain"] = {"secretKey": "a-secret-that-is-not-kept", "status": "enabled"}
    told["policies"].pop(without, None)
    server, _ = imported(tmp_path, {})
    with server:
        before(Boto(server))
    report = tmp_path / "report.json"
    server, ran = imported(tmp_path, told, "--skip-refused", "--report", str(report))
    assert ran.code == 1, ran
    reasons = {entry["name"]: entry["reason"] for entry in json.loads(report.read_text())["refused"]}
    assert reasons.keys() == refused.keys(), reasons
    assert all(reasons[name].startswith(reason) for name, reason in refused.items()), reasons
    with server:
        for key in refused.keys() & {ADA, KEPT, OF_PLAIN}:
            with pytest.raises(Refused, match="InvalidClientTokenId"):
                Boto(server)(kept(key), "sts", "GetCallerIdentity")


def test_an_access_key_of_somebody_else_is_refused(tmp_path):
    held = {"users": {KEPT: {"secretKey": SECRET + KEPT, "status": "enabled"}}}
    _, ran = imported(tmp_path, held)
    ran.ok()
    told = assets()
    told["svcaccts"] = {KEPT: service_account(ADA, KEPT)}
    server, ran = imported(tmp_path, told)
    assert ran.code == 1 and "Nothing was imported" in ran.out
    assert any(KEPT in line and "EntityAlreadyExists" in line for line in ran.out.splitlines()), ran.out


def test_a_denial_by_name_is_not_lost(tmp_path):
    told = assets()
    denial = {"Effect": "Deny", "Action": "iam:ListGroups", "Resource": "*", "Condition": {"StringEquals": {"aws:username": ADA}}}
    told["policies"]["groups"] = json.loads(document(GROUPS, denial))
    server, ran = imported(tmp_path, told, "--skip-refused")
    with server:
        assert may(server, kept(ADA), "ListUsers") and not may(server, kept(ADA), "ListGroups")
        with pytest.raises(Refused, match="InvalidClientTokenId"):
            Boto(server)(kept(THIRD), "sts", "GetCallerIdentity")


def test_what_would_mean_something_else_is_refused(tmp_path):
    told = assets()
    told["policies"]["claims"] = json.loads(document(statement("s3:*", "arn:aws:s3:::${jwt:sub}/*")))
    told["user_mappings"]["backup-app"] = mapping("own", "no-such-policy")
    told["svcaccts"] = {
        "own-name": service_account("backup-app", "own-name"),
        "of-root": service_account("minioadmin", "of-root"),
    }
    told["stsuser_mappings"] = {"uid=ada,dc=example": mapping("look")}
    report = tmp_path / "report.json"
    server, ran = imported(tmp_path, told, "--report", str(report))
    assert ran.code == 1 and "Nothing was imported" in ran.out, ran.out
    refused = {entry["name"]: entry["reason"] for entry in json.loads(report.read_text())["refused"]}
    expected = {
        "claims": "it has a variable `${jwt:…}` that only MinIO fills in",
        "backup-app": "it needs the policy `no-such-policy`, which is refused or is not in the file",
        "own-name": "it would be a user with a name of its own, and its policies speak of `${aws:username}`",
        "of-root": "its parent `minioadmin` is no user of the file",
        "uid=ada,dc=example": "it is of an identity provider: make a role that trusts the provider, with the policies look",
    }
    assert refused.keys() == expected.keys(), refused
    for name, reason in expected.items():
        assert refused[name].startswith(reason), refused[name]
    assert SECRET not in report.read_text() + ran.out + ran.err
    with server:
        assert not Boto(server)(None, "iam", "ListUsers")["Users"]
    rest = server.doorward("import-minio", str(tmp_path / "minio-iam-info.zip"), "--skip-refused")
    assert rest.code == 1
    with server:
        users = {user["UserName"] for user in Boto(server)(None, "iam", "ListUsers")["Users"]}
        assert users == {ADA, OFF}
        assert may(server, kept(ADA), "ListUsers")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("users", {"a": {"secretKey": "x", "status": "enabled", "leash": 1}}, "unknown field `leash`"),
        ("users", '{"a": {"status": "enabled"}, "a": {"status": "enabled"}}', "`a` stands twice"),
        ("users", {"a": {"secretKey": "x", "status": "asleep"}}, "unknown variant `asleep`"),
        ("groups", "[]", "expected an object"),
        ("svcaccts", {"a": {"secretKey": "x", "status": "on"}}, "missing field `parent`"),
        ("policies", "{", "EOF while parsing"),
    ],
)
def test_a_file_that_is_not_understood_is_named(tmp_path, name, content, expected):
    _, ran = imported(tmp_path, {name: content})
    assert ran.code == 1, ran
    assert f"`iam-assets/{name}.json` in it is not understood" in ran.err and expected in ran.err, ran.err


def test_other_files_are_refused(tmp_path):
    server, ran = imported(tmp_path, {})
    assert "it has no directory `iam-assets`" in ran.err, ran.err
    broken = tmp_path / "minio-iam-info.zip"
    broken.write_bytes(b"PK\x03\x04" + bytes(100))
    ran = server.doorward("import-minio", str(broken))
    assert "is not what `mc admin cluster iam export` writes" in ran.err, ran.err
    ran = server.doorward("import-minio", str(tmp_path / "missing.zip"))
    assert ran.code and "No such file" in ran.err, ran.err
