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
    keys = keys or server.root
    body = urllib.parse.urlencode([("Version", VERSIONS[service]), *parameters])
    kind = "application/x-www-form-urlencoded; charset=utf-8"
    headers = {"Content-Type": kind, "Accept": "application/json"}
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
