"""What is different from AWS on purpose is written down in `differences.toml`, and can still be observed."""

from __future__ import annotations

import http.client
import sys
import tempfile
import urllib.parse
from pathlib import Path

import jwt
import pytest
from botocore.exceptions import ClientError

from delegating import TEMPLATE, TOPIC, delegating
from factors import Device, with_device
from installation import Keys
from policies import allow, document, statement, trust
from raw import ask

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = Path(__file__).parent.parent / "differences.toml"
METADATA = (FILE.parent / "saml" / "metadata.xml").read_text()
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
        assert set(entry) == {"id", "aws", "ours", "reason", "source", "operations"} and all(entry.values())
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
def token_version(server):
    iam, shown = server.client("iam"), []
    for version in ("v1Token", "v2Token"):
        iam.set_security_token_service_preferences(GlobalEndpointTokenVersion=version)
        shown.append(iam.get_account_summary()["SummaryMap"]["GlobalEndpointTokenVersion"])
        user = f"version-{version.lower()}"
        iam.create_user(UserName=user)
        policy = allow("sts:GetCallerIdentity")
        iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=policy)
        keys = Keys.of(iam.create_access_key(UserName=user))
        session = Keys.of(server.client("sts", keys).get_session_token())
        for region in ("us-east-1", "ap-east-1", "moon-base-1"):
            assert ask(server, "sts", [("Action", "GetCallerIdentity")], keys=session, region=region).status == 200
    assert shown == [1, 2]


@difference
def no_fetched_thumbprint(server):
    iam = server.client("iam")
    arn = iam.create_open_id_connect_provider(Url="https://thumbprints.example")["OpenIDConnectProviderArn"]
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ThumbprintList"] == []


@difference
def saml_metadata_size(server):
    iam = server.client("iam")
    with pytest.raises(ClientError) as error:
        iam.create_saml_provider(Name="large", SAMLMetadataDocument=METADATA + "<!--" + "x" * 900_000 + "-->")
    assert error.value.response["Error"]["Message"].endswith("bytes, 900000 are allowed")
    with pytest.raises(ClientError) as error:
        iam.create_saml_provider(Name="larger", SAMLMetadataDocument="x" * 2_000_000)
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413


@difference
def web_identity_issuer(server):
    issuer = server.client("iam").enable_outbound_web_identity_federation()["IssuerIdentifier"]
    assert issuer.startswith(f"{server.endpoint}/web-identity/")


@difference
def proofs_not_verified(server):
    iam = server.client("iam")
    arn = iam.create_open_id_connect_provider(Url="https://proofs.example")["OpenIDConnectProviderArn"]
    document = trust({"Federated": arn}, "sts:AssumeRoleWithWebIdentity")
    role = iam.create_role(RoleName="proven", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    token = jwt.encode({"iss": "https://proofs.example", "aud": "a", "sub": "b"}, "secret" * 8, algorithm="HS256")
    with pytest.raises(ClientError) as error:
        server.client("sts").assume_role_with_web_identity(
            RoleArn=role, RoleSessionName="session", WebIdentityToken=token
        )
    assert error.value.response["Error"]["Code"] == "NotImplemented"


@difference
def aws_policy_id(server):
    policy = server.client("iam").get_policy(PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")["Policy"]
    assert policy["PolicyId"] == "ANPA5IIMV5ODH3GDY4NK5"


@difference
def aws_policy_versions(server):
    iam = server.client("iam")
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    default = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
    versions = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    assert [version["VersionId"] for version in versions] == [default] and default != "v1"


@difference
def aws_policy_description(server):
    policy = server.client("iam").get_policy(PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")["Policy"]
    assert "Description" not in policy


@difference
def linked_role_deletion(server):
    iam = server.client("iam")
    iam.create_service_linked_role(AWSServiceName="backup.amazonaws.com")
    task = iam.delete_service_linked_role(RoleName="AWSServiceRoleForBackup")["DeletionTaskId"]
    assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"


@difference
def credential_report_at_once(server):
    iam = server.client("iam")
    assert iam.generate_credential_report()["State"] == "STARTED"
    assert iam.get_credential_report()["Content"].startswith(b"user,arn,")


@difference
def simulated_role_resource_policy(server):
    role = f"arn:aws:iam::{server.account}:role/simulated"
    target = f"arn:aws:iam::{server.account}:role/target"
    queue = f"arn:aws:sqs:eu-west-1:{server.account}:q"
    send = document({"Effect": "Allow", "Principal": {"AWS": role}, "Action": "sqs:*", "Resource": "*"})
    for action, resource, policy in (
        ("sqs:SendMessage", queue, send),
        ("sts:AssumeRole", target, trust({"AWS": role})),
    ):
        answer = server.client("iam").simulate_custom_policy(
            PolicyInputList=[allow("ec2:*")],
            ActionNames=[action],
            ResourceArns=[resource],
            ResourcePolicy=policy,
            CallerArn=role,
        )
        (result,) = answer["EvaluationResults"]
        assert (result["EvalDecision"], result["MatchedStatements"][0]["SourcePolicyId"]) == (
            "allowed",
            "ResourcePolicy",
        )


@difference
def simulated_resource_template(server):
    arn = "arn:aws:s3:::bucket/key"
    answer = server.client("iam").simulate_custom_policy(
        PolicyInputList=[allow("s3:*")], ActionNames=["s3:GetObject"], ResourceArns=[arn]
    )
    (result,) = answer["EvaluationResults"]
    assert (result["EvalResourceName"], result["ResourceSpecificResults"][0]["EvalResourceName"]) == ("*", arn)


@difference
def last_accessed_services(server):
    iam = server.client("iam")
    made = iam.create_policy(PolicyName="lists", PolicyDocument=document(statement("*"), statement("s3:Get*")))
    iam.list_users()
    job = iam.generate_service_last_accessed_details(Arn=made["Policy"]["Arn"])["JobId"]
    services = iam.get_service_last_accessed_details(JobId=job)["ServicesLastAccessed"]
    names = {service["ServiceNamespace"]: service["ServiceName"] for service in services}
    assert {"iam", "s3", "sts"} <= set(names) and len(names) < 20
    assert (names["iam"], names["s3"]) == ("AWS Identity and Access Management", "s3")
    assert all("LastAuthenticated" not in service for service in services)


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


def root_session(server, name: str, task: str) -> Keys:
    """Credentials of a new member's root user for a task."""
    client = organizations(server)
    member = client.create_account(Email=f"{name}@example.com", AccountName=name)["CreateAccountStatus"]["AccountId"]
    client.enable_aws_service_access(ServicePrincipal="iam.amazonaws.com")
    iam = server.client("iam")
    iam.enable_organizations_root_sessions()
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName="all", PolicyDocument=allow("*"))
    # The one endpoint stands for AWS's global one as well.
    sts = server.client("sts", Keys.of(iam.create_access_key(UserName=name)))
    policy = {"arn": f"arn:aws:iam::aws:policy/root-task/{task}"}
    return Keys.of(sts.assume_root(TargetPrincipal=member, TaskPolicyArn=policy))


@difference
def root_password(server):
    keys = root_session(server, "root-password", "IAMCreateRootUserPassword")
    with pytest.raises(ClientError) as error:
        server.client("iam", keys).create_login_profile()
    assert error.value.response["Error"]["Code"] == "NotImplemented"


@difference
def assume_root_endpoint(server):
    keys = root_session(server, "root-endpoint", "IAMAuditRootUserCredentials")
    assert server.client("sts", keys).get_caller_identity()["Arn"].endswith(":root")


@difference
def organization_elsewhere(server):
    client = organizations(server)
    new = {"Email": "gov@example.com", "AccountName": "gov"}
    refused = reason(client.create_gov_cloud_account, **new)
    assert refused == ("ConstraintViolationException", "MASTER_ACCOUNT_NOT_GOVCLOUD_ENABLED")
    refused = reason(
        client.invite_organization_to_transfer_responsibility,
        Type="BILLING",
        Target={"Id": "444444444444", "Type": "ACCOUNT"},
        StartTimestamp=1798761600,
        SourceName="transfer",
    )
    assert refused == ("HandshakeConstraintViolationException", "TARGET_ACCOUNT_VALIDATION_FAILURE")


@difference
def account_property_unknown(server):
    properties = {"RoleManager/Enabled": "false", "RoleManager/Other": "x"}
    with pytest.raises(ClientError) as error:
        server.client("iam").put_account_properties(Properties=properties)
    assert error.value.response["Error"]["Message"] == "Unsupported property: RoleManager/Other"


@difference
def delegation_providers(server):
    call = server.client("iam").create_delegation_request
    with pytest.raises(ClientError) as error:
        call(
            Description="to look",
            Permissions={"PolicyTemplateArn": TEMPLATE},
            RequestorWorkflowId="workflow",
            NotificationChannel=TOPIC,
            SessionDuration=3600,
        )
    text = f"Account {server.account} is not registered as a product provider."
    assert error.value.response["Error"]["Message"] == text


@difference
def delegation_notices(_):
    with tempfile.TemporaryDirectory() as folder, delegating(Path(folder)) as world:
        one = world.request("workflow")["DelegationRequestId"]
        world.server.client("iam").associate_delegation_request(DelegationRequestId=one)
        assert [notice["State"] for notice in world.told(one, 1)] == ["ASSIGNED"]


@difference
def delegation_console_link(_):
    with tempfile.TemporaryDirectory() as folder, delegating(Path(folder)) as world:
        assert "ConsoleDeepLink" not in world.request("workflow")


@difference
def delegation_summary(_):
    with tempfile.TemporaryDirectory() as folder, delegating(Path(folder)) as world:
        one = world.request("workflow")["DelegationRequestId"]
        arn = f"arn:aws:iam::{world.server.account}:delegation-request/{one}"
        read = world.server.client("iam").get_human_readable_summary
        assert "Allows iam:GetUser" in read(EntityArn=arn)["SummaryContent"]
        assert read(EntityArn=arn, Locale="fr")["SummaryState"] == "NOT_SUPPORTED"
