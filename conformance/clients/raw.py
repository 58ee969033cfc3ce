"""Requests signed by botocore and sent as they are, for what no client would send."""

from __future__ import annotations

import http.client
import json
import urllib.parse
from dataclasses import dataclass

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from installation import REGION, Keys, Server

VERSIONS = {"iam": "2010-05-08", "sts": "2011-06-15"}

# What stands before the operation's name in the targets of services that speak JSON.
TARGETS = {"organizations": "AWSOrganizationsV20161128"}


@dataclass
class Answer:
    """What came back, its body read as JSON."""

    status: int
    headers: dict[str, str]
    body: dict

    @property
    def error(self) -> tuple[str, str]:
        """Code and text of an error."""
        return self.body["Error"]["Code"], self.body["Error"]["Message"]


def ask(
    server: Server,
    service: str,
    parameters: list[tuple[str, str]],
    keys: Keys | None = None,
    region: str = REGION,
    unsigned: dict[str, str] | None = None,
) -> Answer:
    """Sends parameters, the action among them, in the order given; `unsigned` headers are added after signing."""
    body = urllib.parse.urlencode([("Version", VERSIONS[service]), *parameters])
    kind = "application/x-www-form-urlencoded; charset=utf-8"
    headers = {"Content-Type": kind, "Accept": "application/json"}
    return send(server, service, body, headers, keys, region, unsigned)


def ask_json(server: Server, service: str, operation: str, parameters: dict, keys: Keys | None = None) -> Answer:
    """Sends parameters to a service that speaks JSON."""
    target = f"{TARGETS[service]}.{operation}"
    headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": target}
    return send(server, service, json.dumps(parameters), headers, keys)


def send(
    server: Server,
    service: str,
    body: str,
    headers: dict[str, str],
    keys: Keys | None = None,
    region: str = REGION,
    unsigned: dict[str, str] | None = None,
) -> Answer:
    """Signs and sends a body."""
    keys = keys or server.root
    request = AWSRequest("POST", f"{server.endpoint}/", data=body, headers=headers)
    SigV4Auth(Credentials(keys.id, keys.secret, keys.token), service, region).add_auth(request)
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(server.endpoint).netloc, timeout=60)
    try:
        connection.request("POST", "/", body, {**dict(request.headers.items()), **(unsigned or {})})
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, headers, json.loads(answer.read()))
    finally:
        connection.close()
