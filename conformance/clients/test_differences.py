"""What is different from AWS on purpose is written down in `differences.toml`, and can still be observed."""

from __future__ import annotations

import http.client
import sys
import urllib.parse
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from factors import Device, with_device
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
def root_mfa_user_name(server):
    iam = server.client("iam")
    device = Device.of(iam.create_virtual_mfa_device(VirtualMFADeviceName="root-account-mfa-device"))
    first, second = device.codes(-1, 0)
    iam.enable_mfa_device(
        UserName=server.account, SerialNumber=device.serial, AuthenticationCode1=first, AuthenticationCode2=second
    )
    assert iam.get_account_summary()["SummaryMap"]["AccountMFAEnabled"] == 1
    iam.deactivate_mfa_device(UserName=server.account, SerialNumber=device.serial)
    iam.delete_virtual_mfa_device(SerialNumber=device.serial)


@difference
def get_mfa_device_virtual(server):
    _, device = with_device(server, "virtual")
    shown = server.client("iam").get_mfa_device(UserName="virtual", SerialNumber=device.serial)
    assert (shown["UserName"], shown["SerialNumber"]) == ("virtual", device.serial)


@difference
def wrong_codes(server):
    keys, device = with_device(server, "guessed")
    sts = server.client("sts", keys)
    for _ in range(5):
        with pytest.raises(ClientError):
            sts.get_session_token(SerialNumber=device.serial, TokenCode=device.wrong())
    with pytest.raises(ClientError) as error:
        sts.get_session_token(SerialNumber=device.serial, TokenCode=device.codes(1)[0])
    assert error.value.response["Error"]["Code"] == "AccessDenied"
