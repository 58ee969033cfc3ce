"""Certificates, SSH keys and credentials for services through boto3's library and the CLI: what every operation answers.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
"""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from installation import Keys, Server
from policies import allow

FOLDER = Path(__file__).parent.parent / "certificates"
NOW = datetime.datetime.now(datetime.timezone.utc)


def pem(*files: str) -> str:
    """Certificates and keys, one after the other."""
    return "".join((FOLDER / file).read_text() for file in files)


def recent(moment: datetime.datetime) -> bool:
    """Whether a time is about now."""
    return abs((moment - NOW).total_seconds()) < 600


def refused(error) -> tuple[int, str, str]:
    """The status, code and text of an error."""
    answer = error.value.response
    return (answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"], answer["Error"]["Message"])


def user_with_keys(server, iam, name: str, actions: str) -> Keys:
    """A user that may do these actions on itself."""
    iam.create_user(UserName=name)
    policy = allow(actions, f"arn:aws:iam::{server.account}:user/${{aws:username}}")
    iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=policy)
    return Keys.of(iam.create_access_key(UserName=name))


def test_signing_certificates(server, iam):
    own = server.client("iam", user_with_keys(server, iam, "signer", "iam:*SigningCertificate*"))
    made = own.upload_signing_certificate(CertificateBody=pem("leaf.pem"))["Certificate"]
    assert recent(made.pop("UploadDate")) and len(made["CertificateId"]) == 32
    number = made.pop("CertificateId")
    assert made == {"UserName": "signer", "CertificateBody": pem("leaf.pem"), "Status": "Active"}
    iam.update_signing_certificate(UserName="signer", CertificateId=number, Status="Inactive")
    assert own.list_signing_certificates()["Certificates"][0]["Status"] == "Inactive"
    with pytest.raises(iam.exceptions.DuplicateCertificateException) as error:
        iam.upload_signing_certificate(CertificateBody=pem("leaf.pem"))
    assert refused(error)[0] == 409
    with pytest.raises(iam.exceptions.MalformedCertificateException) as error:
        own.upload_signing_certificate(CertificateBody=pem("expired.pem"))
    assert refused(error)[0] == 400
    with pytest.raises(iam.exceptions.MalformedCertificateException) as error:
        own.upload_signing_certificate(CertificateBody="nonsense")
    assert refused(error)[2] == "Unable to parse certificate. Please ensure the certificate is in PEM format."
    with pytest.raises(iam.exceptions.InvalidCertificateException) as error:
        own.upload_signing_certificate(CertificateBody=pem("early.pem"))
    assert refused(error)[0] == 400
    own.upload_signing_certificate(CertificateBody=pem("curve.pem"))
    with pytest.raises(iam.exceptions.LimitExceededException) as error:
        own.upload_signing_certificate(CertificateBody=pem("root.pem"))
    assert refused(error) == (409, "LimitExceeded", "Cannot exceed quota for CertificatesPerUser: 2")
    assert len(list(own.get_paginator("list_signing_certificates").paginate().search("Certificates"))) == 2
    key = iam.list_access_keys(UserName="signer")["AccessKeyMetadata"][0]["AccessKeyId"]
    iam.delete_access_key(UserName="signer", AccessKeyId=key)
    iam.delete_user_policy(UserName="signer", PolicyName="own")
    with pytest.raises(iam.exceptions.DeleteConflictException) as error:
        iam.delete_user(UserName="signer")
    assert refused(error)[2] == "Cannot delete entity, must delete certificates first."
    for certificate in iam.list_signing_certificates(UserName="signer")["Certificates"]:
        iam.delete_signing_certificate(UserName="signer", CertificateId=certificate["CertificateId"])
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        iam.delete_signing_certificate(UserName="signer", CertificateId=number)
    assert refused(error)[2] == f"The Certificate with id {number} cannot be found."
    iam.delete_user(UserName="signer")


def test_the_root_users_signing_certificate(iam):
    made = iam.upload_signing_certificate(CertificateBody=pem("alone.pem"))["Certificate"]
    assert iam.get_account_summary()["SummaryMap"]["AccountSigningCertificatesPresent"] == 1
    iam.delete_signing_certificate(CertificateId=made["CertificateId"])
    assert iam.get_account_summary()["SummaryMap"]["AccountSigningCertificatesPresent"] == 0


def test_ssh_public_keys(server, iam):
    own = server.client("iam", user_with_keys(server, iam, "pusher", "iam:*SSHPublicKey*"))
    made = own.upload_ssh_public_key(UserName="pusher", SSHPublicKeyBody=pem("ssh.pub"))["SSHPublicKey"]
    assert recent(made["UploadDate"]) and made["SSHPublicKeyId"].startswith("APKA")
    assert (made["UserName"], made["Status"], made["SSHPublicKeyBody"]) == ("pusher", "Active", pem("ssh.pub"))
    assert len(made["Fingerprint"].split(":")) == 16
    name = {"UserName": "pusher", "SSHPublicKeyId": made["SSHPublicKeyId"]}
    for encoding, body in (("SSH", pem("ssh.pub")), ("PEM", pem("ssh.pem"))):
        shown = own.get_ssh_public_key(Encoding=encoding, **name)["SSHPublicKey"]
        assert shown == {**made, "SSHPublicKeyBody": body}
    own.update_ssh_public_key(Status="Inactive", **name)
    listed = own.list_ssh_public_keys()["SSHPublicKeys"]
    assert [(key["SSHPublicKeyId"], key["Status"]) for key in listed] == [(made["SSHPublicKeyId"], "Inactive")]
    with pytest.raises(iam.exceptions.DuplicateSSHPublicKeyException) as error:
        own.upload_ssh_public_key(UserName="pusher", SSHPublicKeyBody=pem("ssh.pem"))
    assert refused(error)[:2] == (400, "DuplicateSSHPublicKey")
    with pytest.raises(iam.exceptions.InvalidPublicKeyException) as error:
        own.upload_ssh_public_key(UserName="pusher", SSHPublicKeyBody=pem("ssh.short.pub"))
    assert refused(error)[:2] == (400, "InvalidPublicKey")
    with pytest.raises(iam.exceptions.UnrecognizedPublicKeyEncodingException) as error:
        own.upload_ssh_public_key(UserName="pusher", SSHPublicKeyBody=pem("ssh.edwards.pub"))
    assert refused(error)[:2] == (400, "UnrecognizedPublicKeyEncoding")
    own.delete_ssh_public_key(**name)
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        own.get_ssh_public_key(Encoding="SSH", **name)


def test_credentials_for_services(server, iam):
    own = server.client("iam", user_with_keys(server, iam, "git", "iam:*ServiceSpecificCredential*"))
    service = "codecommit.amazonaws.com"
    answer = own.create_service_specific_credential(UserName="git", ServiceName=service)
    made = answer["ServiceSpecificCredential"]
    number, password = made.pop("ServiceSpecificCredentialId"), made.pop("ServicePassword")
    assert recent(made.pop("CreateDate")) and number.startswith("ACCA") and len(password) == 60
    alias = f"git-at-{server.account}"
    shown = {"ServiceName": service, "ServiceUserName": alias, "UserName": "git", "Status": "Active"}
    assert made == shown
    again = own.reset_service_specific_credential(ServiceSpecificCredentialId=number)
    assert again["ServiceSpecificCredential"]["ServicePassword"] != password
    own.update_service_specific_credential(ServiceSpecificCredentialId=number, Status="Inactive")
    [listed] = own.list_service_specific_credentials()["ServiceSpecificCredentials"]
    assert recent(listed.pop("CreateDate"))
    assert listed == {**shown, "Status": "Inactive", "ServiceSpecificCredentialId": number}
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        own.create_service_specific_credential(UserName="git", ServiceName="none")
    assert refused(error)[2] == "No such service none is supported for Service Specific Credentials"
    with pytest.raises(iam.exceptions.LimitExceededException) as error:
        for _ in range(3):
            own.create_service_specific_credential(UserName="git", ServiceName=service)
    assert refused(error)[2] == "Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2"
    own.delete_service_specific_credential(ServiceSpecificCredentialId=number)
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        own.delete_service_specific_credential(ServiceSpecificCredentialId=number)
    assert refused(error)[2] == f"No such credential {number} exists"


def test_keys_for_services(server, iam):
    iam.create_user(UserName="model")
    answer = iam.create_service_specific_credential(
        UserName="model", ServiceName="bedrock.amazonaws.com", CredentialAgeDays=2
    )
    made = answer["ServiceSpecificCredential"]
    assert made["ExpirationDate"] - made["CreateDate"] == datetime.timedelta(days=2)
    assert made["ServiceCredentialAlias"] == f"model-at-{server.account}"
    assert made["ServiceCredentialSecret"].startswith("ABSK") and "ServicePassword" not in made
    listed = iam.list_service_specific_credentials(AllUsers=True, ServiceName="bedrock.amazonaws.com")
    [one] = listed["ServiceSpecificCredentials"]
    assert one["UserName"] == "model" and "ServiceCredentialSecret" not in one
    with pytest.raises(iam.exceptions.DeleteConflictException) as error:
        iam.delete_user(UserName="model")
    assert refused(error)[2] == "Cannot delete entity, must remove referenced objects first."


def test_server_certificates(server, iam):
    answer = iam.upload_server_certificate(
        Path="/web/",
        ServerCertificateName="Web",
        CertificateBody=pem("leaf.pem"),
        PrivateKey=pem("leaf.key.pem"),
        CertificateChain=pem("intermediate.pem", "root.pem"),
        Tags=[{"Key": "Team", "Value": "x"}],
    )
    made = answer["ServerCertificateMetadata"]
    assert answer["Tags"] == [{"Key": "Team", "Value": "x"}]
    assert recent(made["UploadDate"]) and made["Expiration"].year == 2099
    assert made["Arn"] == f"arn:aws:iam::{server.account}:server-certificate/web/Web"
    assert made["ServerCertificateId"].startswith("ASCA")
    shown = iam.get_server_certificate(ServerCertificateName="WEB")["ServerCertificate"]
    assert shown == {
        "ServerCertificateMetadata": made,
        "CertificateBody": pem("leaf.pem"),
        "CertificateChain": pem("intermediate.pem", "root.pem"),
        "Tags": [{"Key": "Team", "Value": "x"}],
    }
    assert iam.list_server_certificates(PathPrefix="/web/")["ServerCertificateMetadataList"] == [made]
    iam.tag_server_certificate(ServerCertificateName="Web", Tags=[{"Key": "Cost", "Value": "1"}])
    iam.untag_server_certificate(ServerCertificateName="Web", TagKeys=["Team"])
    tags = iam.list_server_certificate_tags(ServerCertificateName="Web")["Tags"]
    assert tags == [{"Key": "Cost", "Value": "1"}]
    iam.update_server_certificate(ServerCertificateName="Web", NewServerCertificateName="New", NewPath="/")
    moved = iam.get_server_certificate(ServerCertificateName="New")["ServerCertificate"]
    assert moved["ServerCertificateMetadata"]["Arn"] == f"arn:aws:iam::{server.account}:server-certificate/New"
    assert iam.get_account_summary()["SummaryMap"]["ServerCertificates"] == 1
    iam.delete_server_certificate(ServerCertificateName="New")
    with pytest.raises(iam.exceptions.NoSuchEntityException) as error:
        iam.get_server_certificate(ServerCertificateName="New")
    assert refused(error)[2] == "The Server Certificate with name New cannot be found."


def test_server_certificates_that_do_not_belong_together(iam):
    def upload(body: str, key: str, **more):
        names = {"ServerCertificateName": "broken", "CertificateBody": pem(body), "PrivateKey": pem(key)}
        return iam.upload_server_certificate(**names, **more)

    with pytest.raises(iam.exceptions.KeyPairMismatchException) as error:
        upload("leaf.pem", "other.key.pem")
    assert refused(error)[0] == 400
    with pytest.raises(iam.exceptions.MalformedCertificateException) as error:
        upload("leaf.pem", "leaf.key.pem", CertificateChain=pem("root.pem"))
    assert refused(error)[2].endswith("The index within the chain of the invalid certificate is: -1")
    upload("leaf.pem", "leaf.key.pem")
    with pytest.raises(iam.exceptions.EntityAlreadyExistsException) as error:
        upload("leaf.pem", "leaf.key.pem")
    assert refused(error)[0] == 409
    iam.delete_server_certificate(ServerCertificateName="broken")


def test_with_the_cli(server):
    """The files that people have, as they have them."""

    def file(name: str) -> str:
        return f"file://{FOLDER / name}"

    upload = ["--certificate-body", file("curve.pem"), "--private-key", file("curve.key.pem")]
    made = server.aws("iam", "upload-server-certificate", "--server-certificate-name", "cli", *upload).json()
    assert made["ServerCertificateMetadata"]["ServerCertificateName"] == "cli"
    server.aws("iam", "create-user", "--user-name", "cli").ok()
    key = ["--user-name", "cli", "--ssh-public-key-body", file("ssh.pub")]
    made = server.aws("iam", "upload-ssh-public-key", *key).json()
    assert made["SSHPublicKey"]["UserName"] == "cli"


def test_what_is_kept_survives_a_restart(tmp_path):
    def kept(iam):
        return [
            iam.get_server_certificate(ServerCertificateName="kept")["ServerCertificate"],
            iam.list_ssh_public_keys(UserName="kept")["SSHPublicKeys"],
            iam.list_service_specific_credentials(UserName="kept")["ServiceSpecificCredentials"],
            iam.list_signing_certificates(UserName="kept")["Certificates"],
        ]

    with Server(tmp_path, tmp_path / "data") as server:
        iam = server.client("iam")
        iam.upload_server_certificate(
            ServerCertificateName="kept", CertificateBody=pem("leaf.pem"), PrivateKey=pem("leaf.key.pem")
        )
        iam.create_user(UserName="kept")
        iam.upload_ssh_public_key(UserName="kept", SSHPublicKeyBody=pem("ssh.pub"))
        iam.create_service_specific_credential(UserName="kept", ServiceName="cassandra.amazonaws.com")
        iam.upload_signing_certificate(UserName="kept", CertificateBody=pem("curve.pem"))
        before = kept(iam)
        server.stop()
        server.start()
        assert kept(server.client("iam")) == before
    # The private key is kept sealed, and nothing else has it.
    secret = "".join(pem("leaf.key.pem").splitlines()[1:3]).encode()
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or secret[:48] not in path.read_bytes(), path
