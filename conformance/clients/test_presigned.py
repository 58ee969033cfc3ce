"""Requests that one party signs and another one sends: proofs of identity.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
"""

from __future__ import annotations

import base64
import json
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree

import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from installation import REGION, Keys
from policies import trust

STS = "{https://sts.amazonaws.com/doc/2011-06-15/}"
QUERY = "Action=GetCallerIdentity&Version=2011-06-15"


@pytest.fixture(scope="module")
def session(server, call):
    """The keys of a role's session, as a node of a cluster holds them."""
    call(None, "iam", "CreateUser", UserName="node")
    user = Keys.of(call(None, "iam", "CreateAccessKey", UserName="node"))
    arn = f"arn:aws:iam::{server.account}:user/node"
    made = call(None, "iam", "CreateRole", RoleName="node", AssumeRolePolicyDocument=trust({"AWS": arn}))
    return Keys.of(call(user, "sts", "AssumeRole", RoleArn=made["Role"]["Arn"], RoleSessionName="n-1"))


def send(request: urllib.request.Request) -> tuple[int, str]:
    """Status and body of the answer."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def cluster_token(server, keys: Keys, cluster: str) -> str:
    """A token as `aws eks get-token` makes it: a presigned request that names the cluster in a signed header."""
    request = AWSRequest("GET", f"{server.endpoint}/?{QUERY}", headers={"x-k8s-aws-id": cluster})
    signer = SigV4QueryAuth(Credentials(keys.id, keys.secret, keys.token), "sts", REGION, expires=60)
    signer.add_auth(request)
    return "k8s-aws-v1." + base64.urlsafe_b64encode(request.url.encode()).decode().rstrip("=")


def redeem(token: str, cluster: str) -> tuple[int, str]:
    """Asks who made a token, as the authenticator of a cluster does."""
    encoded = token.removeprefix("k8s-aws-v1.")
    url = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    return send(urllib.request.Request(url, headers={"x-k8s-aws-id": cluster, "Accept": "application/json"}))


def test_a_cluster_learns_who_made_a_token(server, session):
    """Source: https://docs.aws.amazon.com/eks/latest/userguide/cluster-auth.html"""
    status, body = redeem(cluster_token(server, session, "prod"), "prod")
    assert status == 200
    who = json.loads(body)["GetCallerIdentityResponse"]["GetCallerIdentityResult"]
    assert (who["Account"], who["Arn"]) == (
        server.account,
        f"arn:aws:sts::{server.account}:assumed-role/node/n-1",
    )
    assert who["UserId"].startswith("AROA") and who["UserId"].endswith(":n-1")


def test_a_token_is_for_one_cluster_alone(server, session):
    status, body = redeem(cluster_token(server, session, "test"), "prod")
    assert (status, json.loads(body)["Error"]["Code"]) == (403, "SignatureDoesNotMatch")


def test_a_token_grants_nothing_but_who(server, session):
    """The signature holds for what was signed: another action, or one parameter more, breaks it."""
    token = cluster_token(server, session, "prod")
    url = base64.urlsafe_b64decode(token.removeprefix("k8s-aws-v1.") + "==").decode()
    for changed in (url.replace("GetCallerIdentity", "GetSessionToken"), f"{url}&DurationSeconds=900"):
        status, body = send(urllib.request.Request(changed, headers={"x-k8s-aws-id": "prod"}))
        assert (status, "SignatureDoesNotMatch" in body) == (403, True)


def vault_login(server, keys: Keys, vault: str) -> dict:
    """What a client hands to HashiCorp Vault to log in: a signed POST, taken apart."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        "X-Vault-AWS-IAM-Server-ID": vault,
    }
    request = AWSRequest("POST", f"{server.endpoint}/", data=QUERY, headers=headers)
    SigV4Auth(Credentials(keys.id, keys.secret, keys.token), "sts", REGION).add_auth(request)
    return {
        "iam_http_request_method": "POST",
        "iam_request_url": base64.b64encode(request.url.encode()).decode(),
        "iam_request_body": base64.b64encode(QUERY.encode()).decode(),
        "iam_request_headers": base64.b64encode(json.dumps(dict(request.headers.items())).encode()).decode(),
    }


def test_a_signed_request_logs_in_elsewhere(server, session):
    """Source: https://developer.hashicorp.com/vault/docs/auth/aws"""
    login = vault_login(server, session, "vault.example.com")
    for vault, expected in (("vault.example.com", 200), ("other.example.com", 403)):
        headers = json.loads(base64.b64decode(login["iam_request_headers"]))
        headers["X-Vault-AWS-IAM-Server-ID"] = vault
        status, body = send(
            urllib.request.Request(
                base64.b64decode(login["iam_request_url"]).decode(),
                data=base64.b64decode(login["iam_request_body"]),
                headers=headers,
                method=login["iam_http_request_method"],
            )
        )
        assert status == expected
        if status == 200:
            result = ElementTree.fromstring(body).find(f"{STS}GetCallerIdentityResult")
            assert result.find(f"{STS}Arn").text == f"arn:aws:sts::{server.account}:assumed-role/node/n-1"


def test_the_library_presigns_too(server, session):
    sts = server.client("sts", session)
    for method in ("GET", "POST"):
        url = sts.generate_presigned_url("get_caller_identity", ExpiresIn=60, HttpMethod=method)
        status, body = send(urllib.request.Request(url, method=method))
        assert (status, ElementTree.fromstring(body).tag) == (200, f"{STS}GetCallerIdentityResponse")
