"""Virtual MFA devices and what they open, through boto3's library and the AWS CLI.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html
"""

from __future__ import annotations

import base64
import datetime
import zlib

import pytest

from factors import Device, with_device
from installation import Keys
from policies import allow, trust

NOW = datetime.datetime.now(datetime.timezone.utc)
MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
INVALID = "MultiFactorAuthentication failed with invalid MFA one time pass code."


def serials(answer: dict, list_name: str) -> list[str]:
    """The serial numbers in an answer, in order."""
    return [device["SerialNumber"] for device in answer[list_name]]


def chunks(png: bytes) -> dict[bytes, bytes]:
    """The chunks of a picture, their checksums checked."""
    found, at = {}, 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + content) == int.from_bytes(png[at + 8 + length : at + 12 + length], "big")
        found[kind] = content
        at += 12 + length
    return found


def test_a_device_from_start_to_end(server, iam):
    iam.create_user(UserName="Ada")
    made = iam.create_virtual_mfa_device(
        VirtualMFADeviceName="phone", Path="/eng/", Tags=[{"Key": "Team", "Value": "blue"}]
    )
    device = Device.of(made)
    assert device.serial == f"arn:aws:iam::{server.account}:mfa/eng/phone"
    assert len(device.seed) == 40
    picture = chunks(made["VirtualMFADevice"]["QRCodePNG"])
    side = int.from_bytes(picture[b"IHDR"][:4], "big")
    assert len(zlib.decompress(picture[b"IDAT"])) == side * (1 + (side + 7) // 8)
    assert made["VirtualMFADevice"]["Tags"] == [{"Key": "Team", "Value": "blue"}]
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException):
        iam.create_virtual_mfa_device(VirtualMFADeviceName="phone", Path="/eng/")
    enable = {"UserName": "Ada", "SerialNumber": device.serial}
    with pytest.raises(iam.exceptions.InvalidAuthenticationCodeException) as error:
        iam.enable_mfa_device(**enable, AuthenticationCode1=device.wrong(), AuthenticationCode2=device.wrong())
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    unassigned = iam.list_virtual_mfa_devices(AssignmentStatus="Unassigned")
    assert device.serial in serials(unassigned, "VirtualMFADevices")
    first, second = device.codes(-1, 0)
    iam.enable_mfa_device(**enable, AuthenticationCode1=first, AuthenticationCode2=second)
    (listed,) = iam.list_mfa_devices(UserName="Ada")["MFADevices"]
    assert abs((listed.pop("EnableDate") - NOW).total_seconds()) < 600
    assert listed == {"UserName": "Ada", "SerialNumber": device.serial}
    assigned = iam.list_virtual_mfa_devices(AssignmentStatus="Assigned")["VirtualMFADevices"]
    (shown,) = [one for one in assigned if one["SerialNumber"] == device.serial]
    assert shown["User"]["UserName"] == "Ada"
    first, second = device.codes(1, 2)
    iam.resync_mfa_device(**enable, AuthenticationCode1=first, AuthenticationCode2=second)
    with pytest.raises(iam.exceptions.DeleteConflictException):
        iam.delete_virtual_mfa_device(SerialNumber=device.serial)
    with pytest.raises(iam.exceptions.DeleteConflictException) as error:
        iam.delete_user(UserName="Ada")
    assert error.value.response["Error"]["Message"] == "Cannot delete entity, must delete MFA device first."
    iam.deactivate_mfa_device(**enable)
    iam.delete_virtual_mfa_device(SerialNumber=device.serial)
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        iam.delete_virtual_mfa_device(SerialNumber=device.serial)
    text = f"VirtualMFADevice with serial number {device.serial} doesn't exist."
    assert error.value.response["Error"]["Message"] == text
    iam.delete_user(UserName="Ada")


def test_tags(iam):
    serial = Device.of(iam.create_virtual_mfa_device(VirtualMFADeviceName="tagged")).serial
    iam.tag_mfa_device(SerialNumber=serial, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
    iam.untag_mfa_device(SerialNumber=serial, TagKeys=["a"])
    assert iam.list_mfa_device_tags(SerialNumber=serial)["Tags"] == [{"Key": "b", "Value": "2"}]


def test_a_session_with_a_second_factor(server, iam, call, refused):
    keys, device = with_device(server, "token")
    policy = allow("iam:ListUsers", "*", Condition=MFA)
    iam.put_user_policy(UserName="token", PolicyName="mfa", PolicyDocument=policy)
    plain = Keys.of(call(keys, "sts", "GetSessionToken"))
    text = "The security token included in the request is invalid."
    refused("InvalidClientTokenId", text, call, plain, "iam", "ListUsers")
    (code,) = device.codes(1)
    asked = {"SerialNumber": device.serial, "TokenCode": code}
    session = Keys.of(call(keys, "sts", "GetSessionToken", **asked))
    assert call(session, "iam", "ListUsers")["Users"]
    with pytest.raises(server.client("sts", keys).exceptions.ClientError) as error:
        server.client("sts", keys).get_session_token(**asked)
    assert error.value.response["Error"]["Code"] == "AccessDenied"
    assert error.value.response["Error"]["Message"].strip() == INVALID


def test_a_role_that_asks_for_a_second_factor(server, iam, each_client):
    name = f"role-{each_client.__class__.__name__}"
    keys, device = with_device(server, name)
    iam.put_user_policy(UserName=name, PolicyName="assume", PolicyDocument=allow("sts:AssumeRole", "*"))
    document = trust({"AWS": f"arn:aws:iam::{server.account}:root"}, Condition=MFA)
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
    asked = {"RoleArn": role, "RoleSessionName": "session"}
    with pytest.raises(Exception, match="AccessDenied|not authorized"):
        each_client(keys, "sts", "AssumeRole", **asked)
    (code,) = device.codes(1)
    answer = each_client(keys, "sts", "AssumeRole", **asked, SerialNumber=device.serial, TokenCode=code)
    assert answer["AssumedRoleUser"]["Arn"].endswith(f":assumed-role/{name}/session")


def test_the_seed_is_what_the_cli_writes(server, tmp_path):
    file = tmp_path / "seed"
    answer = server.aws(
        "iam", "create-virtual-mfa-device", "--virtual-mfa-device-name", "cli", "--outfile", str(file),
        "--bootstrap-method", "Base32StringSeed",
    ).json()
    assert answer["VirtualMFADevice"]["SerialNumber"].endswith(":mfa/cli")
    assert len(base64.b32decode(file.read_bytes())) == 40
