"""The page of denials, made from the answers of a running server.

Each cause is set up through stock API calls on a fresh server, one call is denied, and the message that came with the
denial is decoded and explained. `test_explanations.py` holds the page to it; this writes it anew:

    DOORWARD_BINARY=target/debug/doorward target/venv/bin/python conformance/clients/explanations.py
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import botocore.exceptions

from installation import Keys, Server, bare_environment, binary, run

PAGE = Path(__file__).parents[2] / "docs" / "explanations.md"

ACCOUNT = "111122223333"
OTHER = "222222222222"
SERVICE = "ci.example.internal"

HEADER = "x-doorward-encoded-authorization-message"

INTRODUCTION = f"""\
# Denials, explained

AWS says in one line why a request is denied, and names one cause. A denial of this server comes with all of it: every
check, the statements that matched and those that nearly did, what they failed on, and what would turn the decision. The
explanation travels sealed in the header `{HEADER}`; whoever may call
`sts:DecodeAuthorizationMessage` in the account of the caller opens it:

```sh
aws sts decode-authorization-message --encoded-message "$MESSAGE" | doorward explain --decoded -
```

What belongs to another account stays hidden: its policies, their conditions, and its tags. `doorward explain` also
decides by itself, from policies in files, without a server: `doorward help explain`. Then it shows the statements with
carets under what counts, as in the last sections.

The answers on this page are those of a running server, word for word, with unique ids replaced. A test asks again and
compares; `conformance/clients/explanations.py` writes the page.

Source: [access denied error messages](https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html)
"""

OFFLINE = """\
## From files

The server attaches the policies of an organization through the Organizations API, and has none for those of a VPC endpoint or
of resources other than roles. The same judge decides, and the same text explains, from files.
"""


def written(*statements: dict) -> str:
    """A policy as people write it: what a statement does on one line, its condition on the next."""
    shown = ",\n".join(f"    {{{members(statement)}}}" for statement in statements)
    return f'{{\n  "Version": "2012-10-17",\n  "Statement": [\n{shown}\n  ]\n}}'


def members(statement: dict) -> str:
    """The members of a statement, the condition on a line of its own."""
    pairs = {name: f'"{name}": {json.dumps(value)}' for name, value in statement.items()}
    condition = pairs.pop("Condition", None)
    first = ", ".join(pairs.values())
    return f"{first},\n     {condition}" if condition else first


def allow(actions, resources="*", **members) -> dict:
    return {"Sid": members.pop("Sid", "Allow"), "Effect": "Allow", "Action": actions, "Resource": resources, **members}


def deny(actions, resources="*", **members) -> dict:
    return {**allow(actions, resources, **members), "Effect": "Deny"}


def trust(principal: dict, **members) -> dict:
    sid = members.pop("Sid", "Trust")
    return {"Sid": sid, "Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole", **members}


@dataclass
class Section:
    """A cause: its title, what one should know of it, the policies that are shown, and the call."""

    title: str
    text: str
    policies: dict[str, str]
    command: str
    output: str = ""


@dataclass
class Stage:
    """A server and those who were made on it."""

    server: Server
    other: Keys
    runner: Keys
    sections: list[Section] = field(default_factory=list)

    @property
    def iam(self):
        return self.server.client("iam")

    def user(self, name: str, **policies: str) -> Keys:
        """A user with inline policies of these names."""
        self.iam.create_user(UserName=name)
        for policy, document in policies.items():
            self.iam.put_user_policy(UserName=name, PolicyName=policy, PolicyDocument=document)
        return Keys.of(self.iam.create_access_key(UserName=name))

    def session(self, name: str, permissions: str, **parameters: str) -> Keys:
        """A session of a role that the service may assume."""
        made = self.iam.create_role(
            RoleName=name, AssumeRolePolicyDocument=written(trust({"Service": SERVICE}))
        )
        self.iam.put_role_policy(RoleName=name, PolicyName="permissions", PolicyDocument=permissions)
        sts = self.server.client("sts", self.runner)
        return Keys.of(sts.assume_role(RoleArn=made["Role"]["Arn"], RoleSessionName="build-17", **parameters))

    def denied(self, section: Section, keys: Keys, service: str, operation: str, **parameters) -> None:
        """Calls, and keeps what the denial says. The message is decoded by `decoder`, root of its account."""
        decoder = parameters.pop("decoder", None)
        try:
            getattr(self.server.client(service, keys), operation)(**parameters)
        except botocore.exceptions.ClientError as error:
            headers = error.response["ResponseMetadata"]["HTTPHeaders"]
            said = f"{error}\n".replace(" (reached max retries: 0)", "")
        else:
            raise AssertionError(f"{section.title}: {operation} was not denied")
        sts = self.server.client("sts", decoder)
        decoded = sts.decode_authorization_message(EncodedMessage=headers[HEADER])["DecodedMessage"]
        place = self.server.folder / "decoded.json"
        place.write_text(decoded)
        ran = run([binary(), "explain", "--decoded", str(place)], bare_environment(self.server.folder))
        assert ran.code == 1, ran.err
        section.output = f"$ {section.command}\n{said}\n$ doorward explain --decoded decoded.json\n{ran.out}"
        self.sections.append(section)


CAUSES: list[Callable[[Stage], None]] = []


def cause(make):
    """One more section of the page."""
    CAUSES.append(make)
    return make


@cause
def no_grant(stage: Stage) -> None:
    policy = written(allow("iam:GetUser", Sid="Look"))
    section = Section(
        "No identity-based policy allows it",
        "Nothing denies, and nothing of the user's allows. The statement that is missing is written out.",
        {"inline policy `look` of ana": policy},
        "aws iam list-users",
    )
    stage.denied(section, stage.user("ana", look=policy), "iam", "list_users")


@cause
def explicit_deny(stage: Stage) -> None:
    guard = written(deny("iam:Delete*", Sid="KeepAll"))
    everything = written(allow("iam:*", Sid="Everything"))
    keys = stage.user("ben", everything=everything)
    arn = stage.iam.create_policy(PolicyName="guard", PolicyDocument=guard)["Policy"]["Arn"]
    stage.iam.attach_user_policy(UserName="ben", PolicyArn=arn)
    section = Section(
        "An identity-based policy denies it",
        "A matching `Deny` counts before everything else. Where a managed policy denies, its ARN ends the message.",
        {"inline policy `everything` of ben": everything, "managed policy `guard`, attached to ben": guard},
        "aws iam delete-user --user-name ana",
    )
    stage.denied(section, keys, "iam", "delete_user", UserName="ana")


@cause
def several_denials(stage: Stage) -> None:
    own = written(deny("iam:DeleteUser", Sid="NotAlone"))
    groups = written(deny("iam:*", Sid="Frozen", Condition={"Bool": {"aws:SecureTransport": "false"}}))
    keys = stage.user("cal", own=own)
    stage.iam.create_group(GroupName="freeze")
    stage.iam.put_group_policy(GroupName="freeze", PolicyName="freeze", PolicyDocument=groups)
    stage.iam.add_user_to_group(GroupName="freeze", UserName="cal")
    section = Section(
        "Several statements deny it, and none allows",
        "AWS names one cause. Removing that one would lead to the next; here are all of them.",
        {"inline policy `own` of cal": own, "inline policy `freeze` of the group freeze, which cal is in": groups},
        "aws iam delete-user --user-name ana",
    )
    stage.denied(section, keys, "iam", "delete_user", UserName="ana")


@cause
def mfa(stage: Stage) -> None:
    condition = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
    policy = written(allow("iam:*", Sid="WithMfa", Condition=condition))
    section = Section(
        "A condition is not met: MFA",
        "The statement would allow; long-term keys carry no `aws:MultiFactorAuthPresent`.",
        {"inline policy `mfa` of dora": policy},
        "aws iam list-users",
    )
    stage.denied(section, stage.user("dora", mfa=policy), "iam", "list_users")


@cause
def address(stage: Stage) -> None:
    condition = {"NotIpAddress": {"aws:SourceIp": ["192.0.2.0/24", "203.0.113.0/24"]}}
    policy = written(allow("*", Sid="All"), deny("*", Sid="OfficeOnly", Condition=condition))
    section = Section(
        "A condition is met that denies: the address",
        "The `Deny` applies to every address but the office's.",
        {"inline policy `office` of eli": policy},
        "aws iam list-users",
    )
    stage.denied(section, stage.user("eli", office=policy), "iam", "list_users")


@cause
def tag(stage: Stage) -> None:
    condition = {"StringEquals": {"aws:RequestTag/team": ["red", "blue"]}}
    policy = written(allow("iam:CreateUser", Sid="TaggedOnly", Condition=condition))
    section = Section(
        "A condition is not met: a tag of the request",
        "What may be made must carry one of these tags.",
        {"inline policy `tags` of fay": policy},
        "aws iam create-user --user-name new --tags Key=team,Value=green",
    )
    keys = stage.user("fay", tags=policy)
    stage.denied(section, keys, "iam", "create_user", UserName="new", Tags=[{"Key": "team", "Value": "green"}])


@cause
def boundary(stage: Stage) -> None:
    limit = written(allow(["iam:Get*", "iam:List*"], Sid="ReadOnly"))
    policy = written(allow("iam:*", Sid="Everything"))
    keys = stage.user("gus", everything=policy)
    arn = stage.iam.create_policy(PolicyName="limit", PolicyDocument=limit)["Policy"]["Arn"]
    stage.iam.put_user_permissions_boundary(UserName="gus", PermissionsBoundary=arn)
    section = Section(
        "The permissions boundary does not allow it",
        "The user's own policy allows; the boundary grants nothing, but what it leaves out is denied.",
        {"inline policy `everything` of gus": policy, "permissions boundary `limit`": limit},
        "aws iam create-user --user-name new",
    )
    stage.denied(section, keys, "iam", "create_user", UserName="new")


@cause
def session_policy(stage: Stage) -> None:
    passed = written(allow("iam:GetRole", f"arn:aws:iam::{ACCOUNT}:role/app-*", Sid="OwnRoles"))
    permissions = written(allow("iam:*", Sid="Everything"))
    section = Section(
        "The session policy does not allow it",
        "Whoever assumed the role asked for less than the role has.",
        {"inline policy `permissions` of the role builder": permissions, "session policy": passed},
        "aws iam get-role --role-name builder",
    )
    keys = stage.session("builder", permissions, Policy=passed)
    stage.denied(section, keys, "iam", "get_role", RoleName="builder")


@cause
def resource_tag(stage: Stage) -> None:
    condition = {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
    policy = written(allow("iam:GetUser", Sid="OwnTeam", Condition=condition))
    keys = stage.user("hal", team=policy)
    stage.iam.tag_user(UserName="hal", Tags=[{"Key": "team", "Value": "red"}])
    stage.iam.create_user(UserName="mia", Tags=[{"Key": "team", "Value": "blue"}])
    section = Section(
        "A condition is not met: a tag of the resource",
        "hal, of team red, may look at users of the same team; mia is of team blue.",
        {"inline policy `team` of hal": policy},
        "aws iam get-user --user-name mia",
    )
    stage.denied(section, keys, "iam", "get_user", UserName="mia")


@cause
def trust_names_another(stage: Stage) -> None:
    policy = written(allow("sts:AssumeRole", Sid="Assume"))
    trusted = written(trust({"AWS": f"arn:aws:iam::{ACCOUNT}:user/ana"}, Sid="AnaOnly"))
    made = stage.iam.create_role(RoleName="admin", AssumeRolePolicyDocument=trusted)
    section = Section(
        "The role's trust policy does not name the caller",
        "A role has two faces: the caller's policy allows, and the role does not let the caller in.",
        {"inline policy `assume` of ida": policy, "trust policy of the role admin": trusted},
        f"aws sts assume-role --role-arn {made['Role']['Arn']} --role-session-name x1",
    )
    keys = stage.user("ida", assume=policy)
    stage.denied(section, keys, "sts", "assume_role", RoleArn=made["Role"]["Arn"], RoleSessionName="x1")


@cause
def trust_condition(stage: Stage) -> None:
    condition = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    trusted = written(trust({"Service": SERVICE}, Sid="Deputy", Condition=condition))
    made = stage.iam.create_role(RoleName="deputy", AssumeRolePolicyDocument=trusted)
    section = Section(
        "The role's trust policy has a condition that is not met",
        "The service is named, but must say for which account it acts.",
        {"trust policy of the role deputy": trusted},
        f"aws sts assume-role --role-arn {made['Role']['Arn']} --role-session-name x1",
    )
    # The service is of this account, whose root user may read why.
    stage.denied(section, stage.runner, "sts", "assume_role", RoleArn=made["Role"]["Arn"], RoleSessionName="x1")


@cause
def trust_denies(stage: Stage) -> None:
    denial = {"Sid": "Closed", "Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    trusted = written(trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, Sid="Account"), denial)
    policy = written(allow("sts:AssumeRole", Sid="Assume"))
    made = stage.iam.create_role(RoleName="closed", AssumeRolePolicyDocument=trusted)
    section = Section(
        "The role's trust policy denies it",
        "The account is trusted, and a `Deny` keeps everybody out.",
        {"inline policy `assume` of jo": policy, "trust policy of the role closed": trusted},
        f"aws sts assume-role --role-arn {made['Role']['Arn']} --role-session-name x1",
    )
    keys = stage.user("jo", assume=policy)
    stage.denied(section, keys, "sts", "assume_role", RoleArn=made["Role"]["Arn"], RoleSessionName="x1")


@cause
def across_accounts_own_side(stage: Stage) -> None:
    trusted = written(trust({"AWS": f"arn:aws:iam::{OTHER}:root"}, Sid="Partner"))
    made = stage.iam.create_role(RoleName="shared", AssumeRolePolicyDocument=trusted)
    root = stage.server.client("iam", stage.other)
    root.create_user(UserName="kim")
    keys = Keys.of(root.create_access_key(UserName="kim"))
    section = Section(
        "Across accounts: the caller's own side does not allow it",
        "Both accounts have to agree. The role's account does; of its policies, the caller's account reads nothing.",
        {f"trust policy of the role shared in account {ACCOUNT}": trusted},
        f"aws sts assume-role --role-arn {made['Role']['Arn']} --role-session-name x1",
    )
    parameters = {"RoleArn": made["Role"]["Arn"], "RoleSessionName": "x1", "decoder": stage.other}
    stage.denied(section, keys, "sts", "assume_role", **parameters)


@cause
def across_accounts_other_side(stage: Stage) -> None:
    trusted = written(trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, Sid="OwnAccountOnly"))
    made = stage.iam.create_role(RoleName="private", AssumeRolePolicyDocument=trusted)
    root = stage.server.client("iam", stage.other)
    policy = written(allow("sts:AssumeRole", Sid="Assume"))
    root.create_user(UserName="lea")
    root.put_user_policy(UserName="lea", PolicyName="assume", PolicyDocument=policy)
    keys = Keys.of(root.create_access_key(UserName="lea"))
    section = Section(
        "Across accounts: the other side does not allow it",
        "The caller's account is told that the role's trust policy does not allow, and nothing of what it says.",
        {
            "inline policy `assume` of lea": policy,
            f"trust policy of the role private in account {ACCOUNT}, which lea's account is not shown": trusted,
        },
        f"aws sts assume-role --role-arn {made['Role']['Arn']} --role-session-name x1",
    )
    parameters = {"RoleArn": made["Role"]["Arn"], "RoleSessionName": "x1", "decoder": stage.other}
    stage.denied(section, keys, "sts", "assume_role", **parameters)


FULL = written({"Effect": "Allow", "Action": "*", "Resource": "*"})
FULL_FOR_RESOURCES = written({"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"})
READ = "--action s3:GetObject --resource arn:aws:s3:::reports/2026"
ANA = f"--principal arn:aws:iam::{ACCOUNT}:user/ana"

FILES = [
    (
        "A service control policy denies it",
        {
            "full.json": FULL,
            "region.json": written(
                deny("*", Sid="EuOnly", Condition={"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}})
            ),
        },
        f"--policy full.json --scp r-1=full.json --scp ou-1=full.json --scp ou-1=region.json {ANA} {READ}"
        " --context aws:RequestedRegion=us-east-1",
    ),
    (
        "A resource control policy denies it",
        {
            "full.json": FULL,
            "rcp-full.json": FULL_FOR_RESOURCES,
            "perimeter.json": written(
                {
                    "Sid": "OurPeopleOnly",
                    "Effect": "Deny",
                    "Principal": "*",
                    "Action": "s3:*",
                    "Resource": "*",
                    "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-example"}},
                }
            ),
        },
        f"--policy full.json --rcp r-1=rcp-full.json --rcp r-1=perimeter.json {ANA} {READ}"
        " --context aws:PrincipalOrgID=o-other",
    ),
    (
        "The VPC endpoint's policy does not allow it",
        {
            "full.json": FULL,
            "endpoint.json": written(
                {
                    "Sid": "OurBuckets",
                    "Effect": "Allow",
                    "Principal": "*",
                    "Action": "s3:*",
                    "Resource": ["arn:aws:s3:::ours", "arn:aws:s3:::ours/*"],
                }
            ),
        },
        f"--policy full.json --endpoint endpoint.json {ANA} {READ}",
    ),
    (
        "A resource-based policy denies it",
        {
            "full.json": FULL,
            "bucket.json": written(
                {
                    "Sid": "TlsOnly",
                    "Effect": "Deny",
                    "Principal": "*",
                    "Action": "s3:*",
                    "Resource": "*",
                    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
                }
            ),
        },
        f"--policy full.json --resource-policy bucket.json {ANA} {READ} --context aws:SecureTransport=false",
    ),
    (
        "Across accounts, neither side allows it",
        {},
        f"{ANA} {READ} --resource-account {OTHER}",
    ),
]


def page(folder: Path) -> str:
    """The whole page, from a fresh server that keeps its data in `folder`."""
    with Server(folder, folder / "data", ["--account", ACCOUNT]) as server:
        stage = Stage(server, server.create_account("other", OTHER), server.create_service(SERVICE))
        for make in CAUSES:
            make(stage)
    parts = [INTRODUCTION, *(shown(section) for section in stage.sections), OFFLINE]
    parts.extend(from_files(folder, *row) for row in FILES)
    return normal("\n".join(parts))


def shown(section: Section) -> str:
    """A section as it stands on the page."""
    policies = "".join(f"{name[0].upper()}{name[1:]}:\n\n{fenced('json', text)}\n" for name, text in section.policies.items())
    return f"## {section.title}\n\n{section.text}\n\n{policies}{fenced('console', section.output)}"


def from_files(folder: Path, title: str, files: dict[str, str], arguments: str) -> str:
    """A section that needs no server."""
    place = folder / "files"
    place.mkdir(exist_ok=True)
    for name, text in files.items():
        (place / name).write_text(text)
    words = [str(place / word) if word in files else word for word in arguments.split()]
    words = [re.sub(r"=(.*\.json)$", lambda found: f"={place / found[1]}", word) for word in words]
    ran = run([binary(), "explain", *words], bare_environment(folder))
    assert ran.code == 1, ran.err
    output = ran.out.replace(f"{place}/", "")
    command = arguments.replace(" --", " \\\n    --")
    policies = "".join(f"`{name}`:\n\n{fenced('json', text)}\n" for name, text in files.items() if text is not FULL)
    console = fenced("console", f"$ doorward explain {command}\n{output}")
    return f"### {title}\n\n{policies}{console}"


def fenced(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```\n"


def normal(text: str) -> str:
    """The text without what differs from one run to the next: unique ids."""
    return re.sub(r"\b(AIDA|AROA|ANPA|AGPA|ASIA|AKIA)[A-Z0-9]{16,}\b", r"\1EXAMPLE", text)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        PAGE.write_text(page(Path(temporary)))
    sys.stdout.write(f"wrote {PAGE}\n")
