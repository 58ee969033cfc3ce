"""Identity providers and web identity tokens through real clients; the tokens verified by a library of others.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html
"""

from __future__ import annotations

import base64
import datetime
import http.client
import json
import urllib.parse
from pathlib import Path

import jwt
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from installation import REGION, SESSION, Keys
from policies import allow, trust

SAML = Path(__file__).parent.parent / "saml"
METADATA = (SAML / "metadata.xml").read_text()
PRIVATE_KEY = (SAML / "private-key.pem").read_text()


def test_an_openid_connect_provider(server, each_client, refused):
    def call(operation, **parameters):
        return each_client(None, "iam", operation, **parameters)

    name = type(each_client).__name__
    arn = f"arn:aws:iam::{server.account}:oidc-provider/{name}.idp.example/realm"
    made = call(
        "CreateOpenIDConnectProvider",
        Url=f"https://{name}.idp.example/realm",
        ClientIDList=["app"],
        ThumbprintList=["AB" * 20],
        Tags=[{"Key": "Team", "Value": "blue"}],
    )
    assert made == {"OpenIDConnectProviderArn": arn, "Tags": [{"Key": "Team", "Value": "blue"}]}
    which = {"OpenIDConnectProviderArn": arn}
    call("AddClientIDToOpenIDConnectProvider", **which, ClientID="more")
    call("AddClientIDToOpenIDConnectProvider", **which, ClientID="more")
    call("RemoveClientIDFromOpenIDConnectProvider", **which, ClientID="app")
    call("RemoveClientIDFromOpenIDConnectProvider", **which, ClientID="app")
    shown = call("GetOpenIDConnectProvider", **which)
    shown.pop("CreateDate")
    assert shown == {
        "Url": f"{name}.idp.example/realm",
        "ClientIDList": ["more"],
        "ThumbprintList": ["ab" * 20],
        "Tags": [{"Key": "Team", "Value": "blue"}],
    }
    call("UpdateOpenIDConnectProviderThumbprint", **which, ThumbprintList=["c" * 40])
    call("TagOpenIDConnectProvider", **which, Tags=[{"Key": "Unit", "Value": "x"}])
    call("UntagOpenIDConnectProvider", **which, TagKeys=["TEAM"])
    assert call("ListOpenIDConnectProviderTags", **which)["Tags"] == [{"Key": "Unit", "Value": "x"}]
    assert {"Arn": arn} in call("ListOpenIDConnectProviders")["OpenIDConnectProviderList"]
    taken = f"Provider with url https://{name}.idp.example/realm already exists."
    url = {"Url": f"https://{name}.idp.example/realm"}
    refused("EntityAlreadyExists", taken, call, "CreateOpenIDConnectProvider", **url)
    for _ in range(2):
        call("DeleteOpenIDConnectProvider", **which)
    gone = f"OpenIDConnect Provider not found for arn {arn}"
    refused("NoSuchEntity", gone, call, "GetOpenIDConnectProvider", **which)


def test_a_saml_provider(server, iam):
    arn = f"arn:aws:iam::{server.account}:saml-provider/Adfs"
    made = iam.create_saml_provider(
        Name="Adfs",
        SAMLMetadataDocument=METADATA,
        AddPrivateKey=PRIVATE_KEY,
        AssertionEncryptionMode="Required",
        Tags=[{"Key": "Team", "Value": "blue"}],
    )
    assert made["SAMLProviderArn"] == arn
    shown = iam.get_saml_provider(SAMLProviderArn=arn)
    assert (shown["SAMLMetadataDocument"], shown["AssertionEncryptionMode"]) == (METADATA, "Required")
    century = shown["ValidUntil"] - shown["CreateDate"]
    assert datetime.timedelta(days=36_520) < century < datetime.timedelta(days=36_530)
    [key] = shown["PrivateKeyList"]
    iam.update_saml_provider(SAMLProviderArn=arn, AddPrivateKey=PRIVATE_KEY)
    iam.update_saml_provider(SAMLProviderArn=arn, RemovePrivateKey=key["KeyId"])
    [left] = iam.get_saml_provider(SAMLProviderArn=arn)["PrivateKeyList"]
    assert left["KeyId"] != key["KeyId"]
    iam.tag_saml_provider(SAMLProviderArn=arn, Tags=[{"Key": "Unit", "Value": "x"}])
    iam.untag_saml_provider(SAMLProviderArn=arn, TagKeys=["team"])
    assert iam.list_saml_provider_tags(SAMLProviderArn=arn)["Tags"] == [{"Key": "Unit", "Value": "x"}]
    [listed] = iam.list_saml_providers()["SAMLProviderList"]
    assert (listed["Arn"], listed["ValidUntil"]) == (arn, shown["ValidUntil"])
    with pytest.raises(iam.exceptions.InvalidInputException) as error:
        iam.update_saml_provider(SAMLProviderArn=arn, SAMLMetadataDocument=" " * 1000)
    assert error.value.response["Error"]["Message"].startswith("Could not parse metadata: ")
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException) as error:
        iam.create_saml_provider(Name="adfs", SAMLMetadataDocument=METADATA)
    assert error.value.response["Error"]["Message"] == "Provider with name Adfs already exists."
    iam.create_role(RoleName="federated", AssumeRolePolicyDocument=trust({"Federated": arn}, "sts:AssumeRoleWithSAML"))
    iam.delete_saml_provider(SAMLProviderArn=arn)
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.get_saml_provider(SAMLProviderArn=arn)
    assert "saml-provider/Adfs" in json.dumps(iam.get_role(RoleName="federated")["Role"]["AssumeRolePolicyDocument"])


def fetch(address: str) -> tuple[int, dict[str, str], dict]:
    """A page, fetched by nobody in particular."""
    parts = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=60)
    try:
        connection.request("GET", parts.path)
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return answer.status, headers, json.loads(answer.read())
    finally:
        connection.close()


def test_a_web_identity_token_is_verified_by_others(server, iam):
    with pytest.raises(iam.exceptions.FeatureDisabledException):
        iam.get_outbound_web_identity_federation_info()
    issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
    assert issuer.startswith(f"{server.endpoint}/web-identity/") and server.account not in issuer
    info = iam.get_outbound_web_identity_federation_info()
    assert (info["IssuerIdentifier"], info["JwtVendingEnabled"]) == (issuer, True)
    with pytest.raises(iam.exceptions.FeatureEnabledException):
        iam.enable_outbound_web_identity_federation()

    status, headers, metadata = fetch(f"{issuer}/.well-known/openid-configuration")
    assert (status, headers["content-type"], metadata["issuer"]) == (200, "application/json", issuer)
    assert headers["cache-control"] == "public, max-age=3600"
    assert fetch(metadata["jwks_uri"])[0] == 200
    for absent in (f"{issuer}/", f"{issuer}x/.well-known/jwks.json", f"{issuer}/.well-known/other"):
        assert fetch(absent)[0] == 404

    iam.create_user(UserName="prover", Tags=[{"Key": "Team", "Value": "blue"}])
    iam.put_user_policy(UserName="prover", PolicyName="own", PolicyDocument=allow("sts:*WebIdentityToken"))
    sts = server.client("sts", Keys.of(iam.create_access_key(UserName="prover")))
    keys = jwt.PyJWKClient(metadata["jwks_uri"])
    for algorithm in ("RS256", "ES384"):
        answer = sts.get_web_identity_token(
            Audience=["https://api.example"], SigningAlgorithm=algorithm, Tags=[{"Key": "Run", "Value": "7"}]
        )
        token = answer["WebIdentityToken"]
        claims = jwt.decode(
            token,
            keys.get_signing_key_from_jwt(token).key,
            algorithms=metadata["id_token_signing_alg_values_supported"],
            audience="https://api.example",
            issuer=issuer,
            options={"require": ["iss", "aud", "sub", "iat", "exp", "jti"]},
        )
        assert claims["sub"] == f"arn:aws:iam::{server.account}:user/prover"
        assert claims["exp"] == answer["Expiration"].timestamp() == claims["iat"] + 300
        details = claims["https://sts.amazonaws.com/"]
        assert (details["aws_account"], details["source_region"]) == (server.account, REGION)
        assert (details["principal_tags"], details["request_tags"]) == ({"Team": "blue"}, {"Run": "7"})
        with pytest.raises(jwt.InvalidSignatureError):
            forged = token.rsplit(".", 1)[0] + "." + base64.urlsafe_b64encode(b"\1" * 256).decode().rstrip("=")
            jwt.decode(forged, keys.get_signing_key_from_jwt(token).key, algorithms=[algorithm], audience="https://api.example")

    iam.disable_outbound_web_identity_federation()
    with pytest.raises(ClientError) as error:
        sts.get_web_identity_token(Audience=["a"], SigningAlgorithm="RS256")
    assert error.value.response["Error"]["Code"] == "OutboundWebIdentityFederationDisabledException"
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert fetch(metadata["jwks_uri"])[0] == 200, "what was issued before is still verified"


def test_proofs_of_others_are_not_taken_yet(server, iam):
    url = "https://proofs.example"
    arn = iam.create_open_id_connect_provider(Url=url)["OpenIDConnectProviderArn"]
    document = trust({"Federated": arn}, "sts:AssumeRoleWithWebIdentity")
    role = iam.create_role(RoleName="proven", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    sts = SESSION.create_client(
        "sts", region_name=REGION, endpoint_url=server.endpoint, config=Config(signature_version=UNSIGNED)
    )

    def refused(issuer: str) -> tuple[str, str]:
        token = jwt.encode({"iss": issuer, "aud": "a", "sub": "b"}, "secret" * 8, algorithm="HS256")
        with pytest.raises(ClientError) as error:
            sts.assume_role_with_web_identity(RoleArn=role, RoleSessionName="session", WebIdentityToken=token)
        return error.value.response["Error"]["Code"], error.value.response["Error"]["Message"]

    assert refused(url) == ("NotImplemented", "Verifying web identity tokens is not implemented.")
    unknown = "No OpenIDConnect provider found in your account for https://other.example"
    assert refused("https://other.example") == ("InvalidIdentityToken", unknown)
    response = base64.b64encode(b'<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>').decode()
    with pytest.raises(sts.exceptions.InvalidIdentityTokenException) as error:
        sts.assume_role_with_saml(
            RoleArn=role, PrincipalArn=f"arn:aws:iam::{server.account}:saml-provider/none", SAMLAssertion=response
        )
    assert error.value.response["Error"]["Message"] == "Specified provider doesn't exist."
