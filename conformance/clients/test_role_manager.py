"""Account properties and role templates through boto3's library. The stock AWS CLI does not know them yet.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_role-template.html
"""

from __future__ import annotations

import json
import subprocess

import pytest

from installation import Server, bare_environment, binary
from policies import trust

POWER = "arn:aws:iam::aws:role-template/iam.amazonaws.com/PowerUserRoleTemplate:1"
LINKED = "AWSServiceRoleForIAMRoleManager"
OWN = "arn:aws:iam::aws:role-template/ci.example.internal/Runner:1"
TEMPLATE = {
    "RoleTemplateVersion": {
        "TemplateArn": OWN,
        "TemplateName": "Runner",
        "MajorVersion": 1,
        "DefaultMinorVersion": 0,
        "ManagedByType": "Service",
        "ManagedByValue": "ci.example.internal",
        "Enabled": True,
        "MinorVersion": 0,
        "RoleNamePattern": "runner-@{team}",
        "RolePathPattern": "/runners/",
        "AssumeRolePolicyDocumentTemplate": json.loads(trust({"Service": "ec2.amazonaws.com"})),
        "InlinePolicyTemplates": [
            {
                "PolicyName": "buckets",
                "PolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [
                        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::@{buckets}/*"},
                        {"@Enabled": "writes", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"},
                    ],
                },
            }
        ],
        "ParametersDefinition": [
            {"Name": "team", "Type": "String", "IsRequired": True},
            {"Name": "buckets", "Type": "StringList", "IsRequired": True},
            {"Name": "writes", "Type": "String", "IsRequired": False, "DefaultValue": "False"},
        ],
        "RoleTagsTemplate": [{"Key": "team", "Value": "@{team}"}],
        "VersionEnabled": True,
    }
}


def values(**given: str | list[str]) -> dict:
    """Replacement values as the API takes them."""
    lists = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    return {name: {"Values": value} for name, value in lists.items()}


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    """A server with a template of its own."""
    folder = tmp_path_factory.mktemp("templates")
    (folder / "templates").mkdir()
    (folder / "templates" / "runner.json").write_text(json.dumps(TEMPLATE))
    environment = {"DOORWARD_ROLE_TEMPLATES": str(folder / "templates")}
    with Server(folder, folder / "data", environment=environment) as started:
        yield started


def test_the_role_manager_is_enabled_and_disabled(iam):
    assert iam.get_account_properties()["Properties"] == {"RoleManager/Enabled": "false"}
    iam.put_account_properties(Properties={"RoleManager/Enabled": "true"})
    assert iam.get_account_properties()["Properties"] == {"RoleManager/Enabled": "true"}
    assert iam.get_role(RoleName=LINKED)["Role"]["Path"] == "/aws-service-role/role-manager.iam.amazonaws.com/"
    task = iam.delete_service_linked_role(RoleName=LINKED)["DeletionTaskId"]
    failed = iam.get_service_linked_role_deletion_status(DeletionTaskId=task)
    assert failed["Status"] == "FAILED" and failed["Reason"]["Reason"]
    iam.put_account_properties(Properties={"RoleManager/Enabled": "false"})
    task = iam.delete_service_linked_role(RoleName=LINKED)["DeletionTaskId"]
    assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({"Enabled": "true"}, "Property key must be in format Namespace/PropertyName: Enabled"),
        ({"A/Enabled": "true", "B/Enabled": "true"}, "All properties must belong to the same namespace"),
        ({"Other/Enabled": "true"}, "Unsupported namespace: Other"),
        ({"RoleManager/Other": "true"}, "RoleManager namespace requires Enabled property"),
        ({"RoleManager/Enabled": "yes"}, "Enabled must be 'true' or 'false'"),
    ],
)
def test_properties_are_checked(iam, properties, message):
    with pytest.raises(iam.exceptions.InvalidInputException) as error:
        iam.put_account_properties(Properties=properties)
    assert error.value.response["Error"]["Message"] == message


def test_a_role_for_power_users(iam):
    version = iam.get_role_template_version(TemplateArn=POWER)["RoleTemplateVersion"]
    assert version["RoleNamePattern"] == "@{RoleName}" and version["Enabled"]
    document = version["AssumeRolePolicyDocumentTemplate"]
    assert document["Statement"][0]["Principal"] == {"Service": "@{AWSServiceName}"}
    given = values(RoleName="power", AWSServiceName="ec2.amazonaws.com")
    made = iam.acquire_role(TemplateArn=POWER, ReplacementValues=given)["Role"]
    assert made["SourceRoleTemplate"]["TemplateArn"] == POWER
    assert iam.acquire_role(TemplateArn=POWER, ReplacementValues=given)["Role"]["RoleId"] == made["RoleId"]
    (policy,) = iam.list_attached_role_policies(RoleName="power")["AttachedPolicies"]
    assert policy["PolicyArn"] == "arn:aws:iam::aws:policy/PowerUserAccess"
    iam.tag_role(RoleName="power", Tags=[{"Key": "a", "Value": "b"}])
    with pytest.raises(iam.exceptions.RoleModifiedException):
        iam.acquire_role(TemplateArn=POWER, ReplacementValues=given)
    other = values(RoleName="power", AWSServiceName="ecs.amazonaws.com")
    with pytest.raises(iam.exceptions.NameConflictException):
        iam.acquire_role(TemplateArn=POWER, ReplacementValues=other)
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.acquire_role(TemplateArn=POWER.replace("Power", "No"), ReplacementValues=given)
    with pytest.raises(iam.exceptions.InvalidInputException) as error:
        iam.acquire_role(TemplateArn=POWER, ReplacementValues=values(RoleName="x"))
    assert "AWSServiceName" in error.value.response["Error"]["Message"]


def test_a_template_of_ones_own(templates):
    iam = templates.client("iam")
    shown = iam.get_role_template_version(TemplateArn=OWN)
    assert shown["RoleTemplateVersion"] == TEMPLATE["RoleTemplateVersion"]
    given = values(team="web", buckets=["photos", "films"])
    made = iam.acquire_role(TemplateArn=OWN, ReplacementValues=given)["Role"]
    assert made["Arn"] == f"arn:aws:iam::{templates.account}:role/runners/runner-web"
    assert made["Tags"] == [{"Key": "team", "Value": "web"}]
    inline = iam.get_role_policy(RoleName="runner-web", PolicyName="buckets")["PolicyDocument"]
    assert inline["Statement"] == [
        {
            "Effect": "Allow",
            "Action": "s3:GetObject",
            "Resource": ["arn:aws:s3:::photos/*", "arn:aws:s3:::films/*"],
        }
    ]
    templates.stop()
    templates.start()
    again = templates.client("iam").acquire_role(TemplateArn=OWN, ReplacementValues=given)["Role"]
    assert again["RoleId"] == made["RoleId"]


def test_a_bad_template_keeps_the_server_from_starting(tmp_path):
    bad = {"RoleTemplateVersion": {**TEMPLATE["RoleTemplateVersion"], "RoleNamePattern": "@{nobody}"}}
    (tmp_path / "bad.json").write_text(json.dumps(bad))
    environment = {**bare_environment(tmp_path), "DOORWARD_ROLE_TEMPLATES": str(tmp_path)}
    command = [binary(), "serve", "--data", "memory", "--listen", "127.0.0.1:0"]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert ran.returncode != 0
    for part in ("bad.json", "RoleNamePattern", "`nobody`, which is not defined"):
        assert part in ran.stderr
