"""What is different from AWS on purpose is written down in `differences.toml`, and can still be observed."""

from __future__ import annotations

import http.client
import sys
import urllib.parse
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from installation import Keys
from policies import allow
from raw import ask

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = Path(__file__).parent.parent / "differences.toml"
LISTED = tomllib.loads(FILE.read_text())["difference"]

# The check of each difference, by its id: it fails when the difference is gone.
CHECKS = {}


def difference(check):
    """Registers a check under its name."""
    CHECKS[check.__name__.replace("_", "-")] = check
    return check


@pytest.mark.parametrize("entry", LISTED, ids=[entry["id"] for entry in LISTED])
def test_it_can_be_observed(server, entry):
    CHECKS[entry["id"]](server)


def test_every_entry_is_whole_and_every_check_is_listed():
    for entry in LISTED:
        assert set(entry) == {"id", "aws", "ours", "reason", "source"} and all(entry.values())
        assert entry["source"].startswith("https://docs.aws.amazon.com/")
    assert [entry["id"] for entry in LISTED] == list(CHECKS)


@difference
def unknown_parameter(server):
    parameters = [("Action", "CreateRole"), ("RoleName", "r"), ("PermissionBoundary", "x")]
    answer = ask(server, "iam", parameters)
    assert (answer.status, *answer.error) == (
        400,
        "ValidationError",
        "CreateRole has no parameter `PermissionBoundary`.",
    )


@difference
def duplicate_parameter(server):
    answer = ask(server, "iam", [("Action", "CreateUser"), ("UserName", "a"), ("UserName", "b")])
    assert (answer.status, *answer.error) == (400, "MalformedInput", "parameter `UserName` is given twice")


@difference
def malformed_input_message(server):
    answer = ask(server, "iam", [("Action", "UntagUser"), ("UserName", "a"), ("TagKeys.member.x", "b")])
    assert (answer.status, *answer.error) == (
        400,
        "MalformedInput",
        "parameter `TagKeys.member.x`: `x` is not a list index",
    )


@difference
def not_implemented(server):
    with pytest.raises(ClientError) as error:
        server.client("iam").generate_credential_report()
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert error.value.response["Error"]["Code"] == "NotImplemented"
    assert error.value.response["Error"]["Message"] == "The operation GenerateCredentialReport is not implemented."


@difference
def unsigned_amz_header(server):
    answer = ask(server, "sts", [("Action", "GetCallerIdentity")], unsigned={"x-amz-source-arn": "arn:aws:s3:::b"})
    assert (answer.status, answer.error[0]) == (400, "IncompleteSignature") and "x-amz-source-arn" in answer.error[1]


@difference
def service_principal_identity(server):
    who = server.client("sts", server.create_service("ci.example.internal")).get_caller_identity()
    assert (who["Arn"], who["UserId"]) == (
        f"arn:aws:iam::{server.account}:service/ci.example.internal",
        "ci.example.internal",
    )


@difference
def malformed_variable(server):
    iam = server.client("iam")
    for text in ("arn:aws:s3:::b/${", "arn:aws:s3:::b/${aws:username", "arn:aws:s3:::b/${a b}"):
        with pytest.raises(iam.exceptions.MalformedPolicyDocumentException):
            iam.create_policy(PolicyName="variable", PolicyDocument=allow("s3:*", text))


@difference
def provided_contexts(server):
    iam = server.client("iam")
    iam.create_user(UserName="contexts")
    sts = server.client("sts", Keys.of(iam.create_access_key(UserName="contexts")))
    context = {"ProviderArn": "arn:aws:iam::aws:contextProvider/IdentityCenter", "ContextAssertion": "assertion"}
    role = f"arn:aws:iam::{server.account}:role/r"
    with pytest.raises(ClientError) as error:
        sts.assume_role(RoleArn=role, RoleSessionName="s1", ProvidedContexts=[context])
    assert error.value.response["Error"] == {
        "Type": "Receiver",
        "Code": "NotImplemented",
        "Message": "The parameter ProvidedContexts of AssumeRole is not implemented.",
    }


@difference
def revision_header(server):
    iam = server.client("iam")
    seen = []
    for name in ("r1", "r2"):
        answer = iam.create_user(UserName=name)
        iam.get_user(UserName=name)
        seen.append(int(answer["ResponseMetadata"]["HTTPHeaders"]["x-doorward-revision"]))
    assert seen[0] < seen[1]
    assert "x-doorward-revision" not in iam.get_user(UserName="r1")["ResponseMetadata"]["HTTPHeaders"]


@difference
def denial_header(server):
    iam = server.client("iam")
    iam.create_user(UserName="nothing")
    caller = server.client("iam", Keys.of(iam.create_access_key(UserName="nothing")))
    with pytest.raises(ClientError) as error:
        caller.list_users()
    headers = error.value.response["ResponseMetadata"]["HTTPHeaders"]
    message = headers["x-doorward-encoded-authorization-message"]
    assert server.client("sts").decode_authorization_message(EncodedMessage=message)["DecodedMessage"]


@difference
def any_region(server):
    for region in ("eu-central-1", "moon-base-1"):
        for service, action in (("iam", "ListUsers"), ("sts", "GetCallerIdentity")):
            assert ask(server, service, [("Action", action)], region=region).status == 200


@difference
def marker(server):
    iam = server.client("iam")
    for name in ("a", "b", "c"):
        iam.create_group(GroupName=name, Path="/marker/")
    first = iam.list_groups(PathPrefix="/marker/", MaxItems=2)
    iam.delete_group(GroupName="a")
    iam.create_group(GroupName="aa", Path="/marker/")
    rest = iam.list_groups(PathPrefix="/marker/", Marker=first["Marker"])
    seen = [group["GroupName"] for page in (first, rest) for group in page["Groups"]]
    assert seen == ["a", "b", "c"]


@difference
def page_without_action(server):
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(server.endpoint).netloc, timeout=60)
    connection.request("GET", "/")
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("content-type")) == (200, "text/plain; charset=utf-8")
    assert b"Doorward" in answer.read()
    connection.close()


@difference
def no_second_factor(server):
    serial = f"arn:aws:iam::{server.account}:mfa/root"
    with pytest.raises(ClientError) as error:
        server.client("sts").get_session_token(SerialNumber=serial, TokenCode="123456")
    assert error.value.response["Error"]["Code"] == "AccessDenied"
    assert error.value.response["Error"]["Message"] == (
        "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid"
        " and associated with this user."
    )


def organizations(server):
    """A client of Organizations, and the organization made."""
    client = server.client("organizations")
    try:
        client.create_organization()
    except client.exceptions.AlreadyInOrganizationException:
        pass
    return client


def reason(call, **parameters) -> tuple[str, str]:
    """Code and reason of a call that is refused."""
    with pytest.raises(ClientError) as error:
        call(**parameters)
    return error.value.response["Error"]["Code"], error.value.response.get("Reason")


@difference
def organization_account_at_once(server):
    client = organizations(server)
    made = client.create_account(Email="at-once@example.com", AccountName="at-once")["CreateAccountStatus"]
    assert made["State"] == "SUCCEEDED"
    client.close_account(AccountId=made["AccountId"])
    assert client.describe_account(AccountId=made["AccountId"])["Account"]["State"] == "SUSPENDED"


@difference
def organization_one(server):
    keys = server.create_account("alone", "555555555555")
    found = reason(server.client("organizations", keys).create_organization)
    assert found == ("AccessDeniedException", None)


@difference
def organization_invitation_by_id(server):
    target = {"Type": "EMAIL", "Id": "somebody@example.com"}
    found = reason(organizations(server).invite_account_to_organization, Target=target)
    assert found == ("InvalidInputException", "INVALID_PARTY_TYPE_TARGET")


@difference
def organization_policy_types(server):
    client = organizations(server)
    policy = {"Type": "TAG_POLICY", "Name": "tags", "Description": "", "Content": "{}"}
    assert reason(client.create_policy, **policy) == ("InvalidInputException", "INVALID_ENUM_POLICY_TYPE")
    assert client.list_policies(Filter="TAG_POLICY")["Policies"] == []


@difference
def organization_tag_case(server):
    client = organizations(server)
    (root,) = client.list_roots()["Roots"]
    tags = [{"Key": "a", "Value": ""}, {"Key": "A", "Value": ""}]
    found = reason(client.tag_resource, ResourceId=root["Id"], Tags=tags)
    assert found == ("InvalidInputException", "DUPLICATE_TAG_KEY")


@difference
def organization_delegates(server):
    user = f"arn:aws:iam::{server.account}:user/somebody"
    content = allow("organizations:ListRoots", "*", Principal={"AWS": user})
    found = reason(organizations(server).put_resource_policy, Content=content)
    assert found == ("InvalidInputException", "INVALID_PRINCIPAL")


@difference
def organization_billing(server):
    new = {"Email": "billing@example.com", "AccountName": "billing", "IamUserAccessToBilling": "DENY"}
    assert reason(organizations(server).create_account, **new) == ("InvalidInputException", "INVALID_ENUM")


@difference
def organization_access_role(server):
    client = organizations(server)
    made = client.create_account(Email="role@example.com", AccountName="role")["CreateAccountStatus"]
    iam = server.client("iam")
    iam.create_user(UserName="access-role")
    iam.put_user_policy(UserName="access-role", PolicyName="all", PolicyDocument=allow("*", "*"))
    keys = Keys.of(iam.create_access_key(UserName="access-role"))
    name = "OrganizationAccountAccessRole"
    entered = server.client("sts", keys).assume_role(
        RoleArn=f"arn:aws:iam::{made['AccountId']}:role/{name}", RoleSessionName="session"
    )
    there = server.client("iam", Keys.of(entered))
    assert there.list_role_policies(RoleName=name)["PolicyNames"] == ["AdministratorAccess"]
    assert there.list_attached_role_policies(RoleName=name)["AttachedPolicies"] == []
