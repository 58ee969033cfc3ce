"""The policy simulator, the context keys of policies, and what is known of their use.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
"""

from __future__ import annotations

import datetime
import json

import pytest

from installation import Keys, Server
from policies import allow, deny, document, statement, trust


def one(answer) -> dict:
    """The only result of a simulation."""
    (result,) = answer["EvaluationResults"]
    return result


def test_policies_as_texts(iam):
    policy = document(statement("s3:Get*"), statement("s3:*", "arn:aws:s3:::secret/*", "Deny"))
    arns = ["arn:aws:s3:::open/a", "arn:aws:s3:::secret/a"]
    answer = iam.simulate_custom_policy(
        PolicyInputList=[policy], ActionNames=["s3:GetObject", "s3:PutObject"], ResourceArns=arns
    )
    assert answer["IsTruncated"] is False
    get, put = answer["EvaluationResults"]
    assert (get["EvalActionName"], get["EvalDecision"]) == ("s3:GetObject", "explicitDeny")
    decided = {each["EvalResourceName"]: each["EvalResourceDecision"] for each in get["ResourceSpecificResults"]}
    assert decided == dict(zip(arns, ["allowed", "explicitDeny"]))
    decided = [each["EvalResourceDecision"] for each in put["ResourceSpecificResults"]]
    assert decided == ["implicitDeny", "explicitDeny"]
    (matched,) = get["ResourceSpecificResults"][0]["MatchedStatements"]
    assert matched["SourcePolicyId"] == "PolicyInputList.1"
    start, end = matched["StartPosition"], matched["EndPosition"]
    first = policy.index("{", policy.index("["))
    assert (start, end["Line"]) == ({"Line": 1, "Column": first + 2}, 1)
    assert policy[end["Column"] - 2] == "}"
    assert get["OrganizationsDecisionDetail"] == {"AllowedByOrganizations": True}


def test_context_boundary_and_organization(iam):
    policy = allow("s3:*", Condition={"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}})
    simulate = {"PolicyInputList": [policy], "ActionNames": ["s3:GetObject"]}
    result = one(iam.simulate_custom_policy(**simulate))
    assert (result["EvalDecision"], result["MissingContextValues"]) == ("implicitDeny", ["aws:SourceIp"])
    entry = {"ContextKeyName": "aws:SourceIp", "ContextKeyValues": ["10.1.2.3"], "ContextKeyType": "ip"}
    simulate["ContextEntries"] = [entry]
    assert one(iam.simulate_custom_policy(**simulate))["EvalDecision"] == "allowed"
    bounded = one(iam.simulate_custom_policy(**simulate, PermissionsBoundaryPolicyInputList=[allow("ec2:*")]))
    assert bounded["EvalDecision"] == "implicitDeny"
    assert bounded["PermissionsBoundaryDecisionDetail"] == {"AllowedByPermissionsBoundary": False}
    levels = [{"ServiceControlPolicyInputList": [allow("*")]}, {"ServiceControlPolicyInputList": [deny("s3:*")]}]
    barred = one(iam.simulate_custom_policy(**simulate, OrderedOrganizationPolicyInputList=levels))
    assert barred["EvalDecision"] == "explicitDeny"
    assert barred["OrganizationsDecisionDetail"] == {"AllowedByOrganizations": False}


def test_policies_of_principals(server, iam):
    iam.create_user(UserName="sim", Path="/sim/")
    iam.put_user_policy(UserName="sim", PolicyName="own", PolicyDocument=allow("s3:*", "arn:aws:s3:::${aws:username}/*"))
    iam.create_group(GroupName="sims")
    iam.put_group_policy(GroupName="sims", PolicyName="shared", PolicyDocument=allow("ec2:Stop*"))
    iam.add_user_to_group(GroupName="sims", UserName="sim")
    user = f"arn:aws:iam::{server.account}:user/sim/sim"
    own = iam.simulate_principal_policy(
        PolicySourceArn=user, ActionNames=["s3:GetObject"], ResourceArns=["arn:aws:s3:::sim/x"]
    )
    assert one(own)["EvalDecision"] == "allowed"
    assert one(own)["MatchedStatements"][0]["SourcePolicyId"] == "user_sim_own"
    for source in (user, f"arn:aws:iam::{server.account}:group/sims"):
        result = one(iam.simulate_principal_policy(PolicySourceArn=source, ActionNames=["ec2:StopInstances"]))
        assert result["MatchedStatements"][0]["SourcePolicyId"] == "group_sims_shared"
    excluded = iam.simulate_principal_policy(
        PolicySourceArn=user, ActionNames=["ec2:StopInstances"], PolicyExclusionList=[{"PolicyType": "inline"}]
    )
    assert one(excluded)["EvalDecision"] == "implicitDeny"
    assert iam.get_context_keys_for_principal_policy(PolicySourceArn=user)["ContextKeyNames"] == ["aws:username"]


def test_pages_of_actions(iam):
    actions = [f"s3:Get{number}" for number in range(7)]
    pages = iam.get_paginator("simulate_custom_policy").paginate(
        PolicyInputList=[allow("s3:*")], ActionNames=actions, PaginationConfig={"PageSize": 3}
    )
    sizes = [[result["EvalActionName"] for result in page["EvaluationResults"]] for page in pages]
    assert sizes == [actions[:3], actions[3:6], actions[6:]]


def test_context_keys_of_texts(iam):
    policy = allow("s3:*", "arn:aws:s3:::${aws:userid}/*", Condition={"Bool": {"aws:SecureTransport": "true"}})
    answer = iam.get_context_keys_for_custom_policy(PolicyInputList=[policy])
    assert answer["ContextKeyNames"] == ["aws:SecureTransport", "aws:userid"]


def test_what_is_refused(server, iam):
    for arguments, message in [
        ({"PolicyInputList": ["{}"]}, "PolicyInputList.1: Syntax errors in policy."),
        ({"ActionNames": ["s3:*"]}, "ActionNames: s3:* is not an action of the form service:Name."),
        ({"ResourcePolicy": allow("s3:*")}, "CallerArn is required when ResourcePolicy is specified."),
    ]:
        with pytest.raises(iam.exceptions.InvalidInputException) as error:
            base = {"PolicyInputList": [allow("s3:*")], "ActionNames": ["s3:GetObject"]}
            iam.simulate_custom_policy(**base | arguments)
        assert error.value.response["Error"]["Message"] == message
    absent = f"arn:aws:iam::{server.account}:role/absent"
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.simulate_principal_policy(PolicySourceArn=absent, ActionNames=["s3:GetObject"])
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.generate_service_last_accessed_details(Arn=absent)


def test_the_cli_simulates(server):
    policy = allow("dynamodb:*", Condition={"DateGreaterThan": {"aws:CurrentTime": "2018-08-16T12:00:00Z"}})
    entry = "ContextKeyName=aws:CurrentTime,ContextKeyValues=2019-04-25T11:00:00Z,ContextKeyType=date"
    ask = ["iam", "simulate-custom-policy", "--policy-input-list", policy, "--action-names", "dynamodb:CreateBackup"]
    ran = server.aws(*ask, "--context-entries", entry).json()
    assert one(ran)["EvalDecision"] == "allowed"
    keys = server.aws("iam", "get-context-keys-for-custom-policy", "--policy-input-list", policy).json()
    assert keys == {"ContextKeyNames": ["aws:CurrentTime"]}


def test_reports_of_last_access(server, iam):
    iam.create_role(RoleName="accessed", AssumeRolePolicyDocument=trust({"AWS": server.account}))
    iam.put_role_policy(RoleName="accessed", PolicyName="p", PolicyDocument=allow(["s3:*", "sqs:Send*"]))
    arn = f"arn:aws:iam::{server.account}:role/accessed"
    job = iam.generate_service_last_accessed_details(Arn=arn, Granularity="SERVICE_LEVEL")["JobId"]
    report = iam.get_service_last_accessed_details(JobId=job)
    assert (report["JobStatus"], report["JobType"]) == ("COMPLETED", "SERVICE_LEVEL")
    assert [service["ServiceNamespace"] for service in report["ServicesLastAccessed"]] == ["s3", "sqs"]
    entities = iam.get_service_last_accessed_details_with_entities(JobId=job, ServiceNamespace="s3")
    assert [each["EntityInfo"]["Arn"] for each in entities["EntityDetailsList"]] == [arn]
    iam.delete_role_policy(RoleName="accessed", PolicyName="p")
    iam.delete_role(RoleName="accessed")


def test_reports_over_an_organization(iam):
    job = iam.generate_organizations_access_report(EntityPath="o-abcdefghij/r-abcd")["JobId"]
    report = iam.get_organizations_access_report(JobId=job)
    assert report["JobStatus"] in ("FAILED", "COMPLETED")


def test_uses_outlive_a_restart(tmp_path):
    now = datetime.datetime.now(datetime.timezone.utc)
    with Server(tmp_path, tmp_path / "data") as server:
        iam = server.client("iam")
        iam.create_user(UserName="used")
        key = iam.create_access_key(UserName="used")
        keys = Keys.of(key)
        never = iam.get_access_key_last_used(AccessKeyId=keys.id)
        assert never["AccessKeyLastUsed"] == {"ServiceName": "N/A", "Region": "N/A"}
        server.client("sts", keys).get_caller_identity()
        first = iam.get_access_key_last_used(AccessKeyId=keys.id)
        server.stop()
        server.start()
        again = server.client("iam").get_access_key_last_used(AccessKeyId=keys.id)
    assert first["UserName"] == again["UserName"] == "used"
    used = again["AccessKeyLastUsed"]
    assert used == first["AccessKeyLastUsed"]
    assert abs((used["LastUsedDate"] - now).total_seconds()) < 600
    assert (used["ServiceName"], used["Region"]) == ("sts", "us-east-1")


def test_a_roles_use_is_shown(server, iam):
    iam.create_role(RoleName="worn", AssumeRolePolicyDocument=trust({"AWS": server.account}))
    iam.create_user(UserName="wearer")
    iam.put_user_policy(UserName="wearer", PolicyName="p", PolicyDocument=allow("sts:AssumeRole"))
    assert iam.get_role(RoleName="worn")["Role"]["RoleLastUsed"] == {}
    sts = server.client("sts", Keys.of(iam.create_access_key(UserName="wearer")))
    arn = f"arn:aws:iam::{server.account}:role/worn"
    session = Keys.of(sts.assume_role(RoleArn=arn, RoleSessionName="s1"))
    server.client("sts", session).get_caller_identity()
    used = iam.get_role(RoleName="worn")["Role"]["RoleLastUsed"]
    assert used["Region"] == "us-east-1" and "LastUsedDate" in used


def test_positions_follow_lines(iam):
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement("s3:*")]}, indent=2)
    (matched,) = one(iam.simulate_custom_policy(PolicyInputList=[policy], ActionNames=["s3:GetObject"]))[
        "MatchedStatements"
    ]
    lines = policy.split("\n")
    start, end = matched["StartPosition"], matched["EndPosition"]
    assert lines[start["Line"] - 1][: start["Column"] - 1] == "    {"
    assert lines[end["Line"] - 1][: end["Column"] - 1] == "    }"
