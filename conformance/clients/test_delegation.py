"""Temporary delegation through boto3's library and the AWS CLI: a request's way, its notices, and its credentials.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-temporary-delegation.html
"""

from __future__ import annotations

import datetime
import stat

import pytest
from botocore.exceptions import ClientError

from delegating import PROVIDER, TEMPLATE, TOPIC, delegating
from installation import Keys
from policies import allow


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A server with a provider, and the keys of a user of its management account who may associate requests."""
    with delegating(tmp_path_factory.mktemp("delegation")) as started:
        started.ana = user(started.server, "ana", allow("iam:AssociateDelegationRequest"))
        yield started


def user(server, name: str, policy: str) -> Keys:
    client = server.client("iam")
    client.create_user(UserName=name)
    client.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=policy)
    return Keys.of(client.create_access_key(UserName=name))


def refused(code: str, call, **parameters) -> str:
    """The text of a refusal with this code."""
    with pytest.raises(ClientError) as error:
        call(**parameters)
    assert error.value.response["Error"]["Code"] == code
    return error.value.response["Error"]["Message"]


def test_a_request_goes_all_its_way(world):
    server = world.server
    owner, admin = server.client("iam", world.ana), server.client("iam")
    made = world.request("order-4711", RequestMessage="again", RedirectUrl="https://example.com/back")
    one = {"DelegationRequestId": made["DelegationRequestId"]}

    owner.associate_delegation_request(**one)
    arn = f"arn:aws:iam::{server.account}:user/ana"
    listed = owner.list_delegation_requests(OwnerId=arn)
    assert [request["State"] for request in listed["DelegationRequests"]] == ["ASSIGNED"]
    assert listed["isTruncated"] is False
    entity = f"arn:aws:iam::{server.account}:delegation-request/{one['DelegationRequestId']}"
    summary = owner.get_human_readable_summary(EntityArn=entity)
    assert summary["SummaryState"] == "AVAILABLE" and "Allows iam:GetUser on" in summary["SummaryContent"]
    owner.update_delegation_request(**one, Notes="for the album")
    assert "iam:AcceptDelegationRequest" in refused("AccessDenied", owner.accept_delegation_request, **one)

    shown = admin.get_delegation_request(**one, DelegationPermissionCheck=True)
    assert (shown["PermissionCheckStatus"], shown["PermissionCheckResult"]) == ("COMPLETE", "ALLOWED")
    request = shown["DelegationRequest"]
    assert request["OwnerId"] == arn and request["OwnerAccountId"] == server.account
    assert request["RequestorId"] == PROVIDER and request["RequestorName"] == "Example Product"
    assert request["State"] == "PENDING_APPROVAL" and request["Notes"] == "for the album"
    assert request["Permissions"]["PolicyTemplateArn"] == TEMPLATE
    assert "user/ana" in request["PermissionPolicy"] and "@" not in request["PermissionPolicy"]
    age = request["ExpirationTime"] - request["UpdatedTime"]
    assert age == datetime.timedelta(days=7)

    admin.accept_delegation_request(**one)
    owner.send_delegation_token(**one)
    notices = world.told(one["DelegationRequestId"], 5)
    assert [notice["State"] for notice in notices] == [
        "ASSIGNED",
        "PENDING_APPROVAL",
        "ACCEPTED",
        "FINALIZED",
        "FINALIZED",
    ]
    assert [notice["Type"] for notice in notices] == ["StateChange"] * 4 + ["ExchangeToken"]
    assert {notice["RequestorWorkflowId"] for notice in notices} == {"order-4711"}
    for file in world.notices.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    token = notices[-1]["ExchangeToken"]
    for _ in range(2):
        traded = server.client("sts", world.product).get_delegated_access_token(TradeInToken=token)
        assert traded["AssumedPrincipal"] == f"arn:aws:iam::{server.account}:root"
        keys = Keys.of(traded)
        assert server.client("sts", keys).get_caller_identity()["Account"] == server.account
        assert server.client("iam", keys).get_user(UserName="ana")["User"]["Arn"] == arn
        refused("AccessDenied", server.client("iam", keys).list_users)
    refused("AccessDenied", server.client("sts").get_delegated_access_token, TradeInToken=token)
    assert token not in server.log.read_text()


def test_requests_are_rejected_and_stay_so(world):
    owner = world.server.client("iam", world.ana)
    one = {"DelegationRequestId": world.request("order-4712")["DelegationRequestId"]}
    owner.associate_delegation_request(**one)
    owner.reject_delegation_request(**one, Notes="not now")
    request = owner.get_delegation_request(**one)["DelegationRequest"]
    assert (request["State"], request["RejectionReason"]) == ("REJECTED", "not now")
    text = refused("InvalidInput", world.server.client("iam").accept_delegation_request, **one)
    assert text.startswith("A delegation request in the state REJECTED cannot be accepted")
    assert [notice["State"] for notice in world.told(one["DelegationRequestId"], 2)] == ["ASSIGNED", "REJECTED"]


def test_what_cannot_be_asked_for_is_refused(world):
    world.request("order-4713")
    for code, more in [
        ("EntityAlreadyExists", {}),
        ("InvalidInput", {"NotificationChannel": TOPIC + "2"}),
        ("InvalidInput", {"Permissions": {"PolicyTemplateArn": TEMPLATE + "2"}}),
        ("InvalidInput", {"Permissions": {"PolicyTemplateArn": TEMPLATE}}),
        ("InvalidInput", {"OwnerAccountId": "999999999999"}),
    ]:
        with pytest.raises(ClientError) as error:
            world.request("order-4713", **more)
        assert error.value.response["Error"]["Code"] == code
    client = world.server.client("iam")
    refused("NoSuchEntity", client.get_delegation_request, DelegationRequestId="0" * 16)


def test_notices_wait_for_the_next_start(world):
    server = world.server
    one = world.request("order-4714")["DelegationRequestId"]
    world.notices.rename(world.notices.with_name("away"))
    server.client("iam", world.ana).associate_delegation_request(DelegationRequestId=one)
    server.stop()
    world.notices.with_name("away").rename(world.notices)
    server.start()
    assert [notice["State"] for notice in world.told(one, 1)] == ["ASSIGNED"]


def test_the_command_line_does_the_same(world):
    one = ["--delegation-request-id", world.request("order-4715")["DelegationRequestId"]]
    aws = world.server.aws
    aws("iam", "associate-delegation-request", *one, keys=world.ana).ok()
    shown = aws("iam", "get-delegation-request", *one, "--delegation-permission-check", keys=world.ana).json()
    assert shown["DelegationRequest"]["State"] == "ASSIGNED" and shown["PermissionCheckResult"] == "DENIED"
    aws("iam", "accept-delegation-request", *one).ok()
    aws("iam", "send-delegation-token", *one, keys=world.ana).ok()
    token = world.told(one[1], 4)[-1]["ExchangeToken"]
    traded = aws("sts", "get-delegated-access-token", "--trade-in-token", token, keys=world.product).json()
    assert traded["AssumedPrincipal"].endswith(":root")
