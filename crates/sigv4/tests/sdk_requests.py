#!/usr/bin/env python3
"""Writes sdk_requests.json: requests as the AWS SDK for Python signs them, at a fixed time.

    python3 -m venv venv && venv/bin/pip install botocore==1.44.5
    venv/bin/python sdk_requests.py > sdk_requests.json

Nothing is sent: every request is caught just before it would be.
"""

import base64
import datetime
import json
import sys
from unittest import mock
from urllib.parse import urlsplit

import botocore.auth
import botocore.awsrequest
import botocore.config
import botocore.credentials
import botocore.session

NOW = datetime.datetime(2026, 11, 22, 4, 30, 0)
ACCESS_KEY_ID = "AKIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
TEMPORARY_ID = "ASIAQNZGKIQY56JQ7WML"
TOKEN = "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJHMEUCIQD+/=="
# Not signed, and different in every run.
UNSIGNED = {"User-Agent", "amz-sdk-invocation-id"}


class Caught(Exception):
    pass


def client(service, region, token=None, **kwargs):
    return botocore.session.Session().create_client(
        service,
        region_name=region,
        aws_access_key_id=TEMPORARY_ID if token else ACCESS_KEY_ID,
        aws_secret_access_key=SECRET,
        aws_session_token=token,
        **kwargs,
    )


def wire(method, url, headers, body):
    """What the HTTP library would send. It adds Host from the URL."""
    parts = urlsplit(url)
    text = lambda value: value.decode("latin-1") if isinstance(value, bytes) else str(value)
    pairs = [["Host", parts.netloc]] + [[name, text(value)] for name, value in headers if name not in UNSIGNED]
    body = body.read() if hasattr(body, "read") else body
    body = body.encode() if isinstance(body, str) else body or b""
    return {
        "method": method,
        "path": parts.path or "/",
        "query": parts.query,
        "headers": pairs,
        "body_base64": base64.b64encode(body).decode(),
    }


def signed_directly(service, region, headers):
    """The SDK's signer alone: its clients cannot send a header twice."""
    credentials = botocore.credentials.Credentials(ACCESS_KEY_ID, SECRET)
    body = "Action=GetCallerIdentity&Version=2011-06-15"
    request = botocore.awsrequest.AWSRequest("POST", f"https://{service}.{region}.amazonaws.com/", data=body)
    for name, value in headers:
        request.headers.add_header(name, value)
    botocore.auth.SigV4Auth(credentials, service, region).add_auth(request)
    return wire("POST", request.url, request.headers.items(), body)


def called(client, operation, extra_headers=(), **parameters):
    """Catches a call signed in its header."""
    seen = []

    def before_sign(request, **_):
        for name, value in extra_headers:
            request.headers.add_header(name, value)

    def before_send(request, **_):
        seen.append(wire(request.method, request.url, request.headers.items(), request.body))
        raise Caught

    events = client.meta.events
    events.register("before-sign.*", before_sign)
    events.register("before-send.*", before_send)
    try:
        getattr(client, operation)(**parameters)
    except Caught:
        pass
    return seen[0]


def presigned(client, operation, expires, extra_headers=(), **parameters):
    """Catches a presigned call; its extra headers are signed, and sent by whoever uses the URL."""
    def before_sign(request, **_):
        for name, value in extra_headers:
            request.headers[name] = value

    client.meta.events.register("before-sign.*", before_sign)
    url = client.generate_presigned_url(operation, Params=parameters, ExpiresIn=expires, HttpMethod="GET")
    return wire("GET", url, extra_headers, b"")


def cases():
    trust = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                        "Principal": {"AWS": "arn:aws:iam::123456789012:root"}}]})
    s3_path = botocore.config.Config(
        s3={"addressing_style": "path"}, signature_version="s3v4", request_checksum_calculation="when_required")
    yield "iam-list-users", "iam", "us-east-1", called(client("iam", "us-east-1"), "list_users")
    yield "iam-create-role", "iam", "us-east-1", called(
        client("iam", "us-east-1"), "create_role", RoleName="app", AssumeRolePolicyDocument=trust)
    yield "iam-tag-unicode", "iam", "us-east-1", called(
        client("iam", "us-east-1"), "tag_user", UserName="zoë",
        Tags=[{"Key": "名前", "Value": "a+b c/d~e*f=g&h%i"}, {"Key": "empty", "Value": ""}])
    yield "iam-temporary", "iam", "us-east-1", called(client("iam", "us-east-1", TOKEN), "list_users")
    yield "iam-own-endpoint", "iam", "us-east-1", called(
        client("iam", "us-east-1", endpoint_url="http://127.0.0.1:4566"), "list_users")
    yield "sts-get-caller-identity", "sts", "eu-central-1", called(
        client("sts", "eu-central-1"), "get_caller_identity")
    yield "sts-assume-role", "sts", "eu-central-1", called(
        client("sts", "eu-central-1", TOKEN), "assume_role", RoleSessionName="me",
        RoleArn="arn:aws:iam::123456789012:role/app", Tags=[{"Key": "k", "Value": "v"}])
    yield "sts-vault-header", "sts", "us-east-1", called(
        client("sts", "us-east-1"), "get_caller_identity", [("X-Vault-AWS-IAM-Server-ID", "vault.example.com")])
    yield "sts-header-twice", "sts", "us-east-1", signed_directly(
        "sts", "us-east-1", [("X-Twice", "  b   c "), ("Between", "x"), ("X-Twice", "a")])
    yield "sts-presigned", "sts", "us-east-1", presigned(client("sts", "us-east-1"), "get_caller_identity", 60)
    yield "sts-presigned-temporary", "sts", "eu-central-1", presigned(
        client("sts", "eu-central-1", TOKEN), "get_caller_identity", 900)
    yield "sts-presigned-eks", "sts", "us-east-1", presigned(
        client("sts", "us-east-1", TOKEN), "get_caller_identity", 60, [("x-k8s-aws-id", "cluster one")])
    yield "sts-presigned-unicode", "sts", "us-east-1", presigned(
        client("sts", "us-east-1"), "assume_role", 60, RoleSessionName="a+b c~é",
        RoleArn="arn:aws:iam::123456789012:role/x y")
    yield "sts-date-header", "sts", "us-east-1", signed_directly("sts", "us-east-1", [("Date", "replaced")])
    yield "organizations-json", "organizations", "us-east-1", called(
        client("organizations", "us-east-1"), "list_accounts")
    yield "access-analyzer-path", "access-analyzer", "us-east-1", called(
        client("accessanalyzer", "us-east-1"), "get_analyzer", analyzerName="a b/ü")
    yield "s3-put", "s3", "us-east-1", called(
        client("s3", "us-east-1", config=s3_path), "put_object", Bucket="b", Key="a b//../ü+~/%41", Body=b"\x00body")
    yield "s3-get-presigned", "s3", "us-east-1", presigned(
        client("s3", "us-east-1", TOKEN, config=s3_path), "get_object", 604800, Bucket="b", Key="a b//../ü+~/%41")


def main():
    with mock.patch("botocore.auth.get_current_datetime", lambda *_, **__: NOW):
        requests = [
            {"name": name, "service": service, "region": region, "request": request}
            for name, service, region, request in cases()
        ]
    json.dump(
        {"sdk": f"botocore {botocore.__version__}", "timestamp": NOW.isoformat() + "Z", "secret_access_key": SECRET,
         "session_token": TOKEN, "requests": requests},
        sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


main()
