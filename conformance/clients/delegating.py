"""A server with a product provider: temporary delegation in two accounts."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from pathlib import Path

from installation import Server

PROVIDER = "222222222222"
TOPIC = f"arn:aws:sns:us-east-1:{PROVIDER}:delegation"
TEMPLATE = "arn:aws:iam::aws:delegation-template/example.com/ReadBucket"
PATIENCE_S = 30

FILE = f"""
[[provider]]
account = "{PROVIDER}"
name = "Example Product"

[[provider.topic]]
arn = "{TOPIC}"
directory = "notices"

[[provider.template]]
arn = "{TEMPLATE}"
file = "template.json"
"""

POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "iam:GetUser", "Resource": "arn:aws:iam::*:user/@{userName}"},
        {"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*", "@Enabled": "isListing"},
    ],
}


class Delegating:
    """A server, its provider's keys, and the directory of the provider's topic."""

    def __init__(self, server: Server, product, notices: Path):
        self.server = server
        self.product = product
        self.notices = notices

    def request(self, workflow: str, **more) -> dict:
        """Creates a request for the management account."""
        parameters = {
            "OwnerAccountId": self.server.account,
            "Description": "Move your photos",
            "Permissions": {
                "PolicyTemplateArn": TEMPLATE,
                "Parameters": [
                    {"Name": "userName", "Type": "stringList", "Values": ["ana", "bob"]},
                    {"Name": "isListing", "Type": "string", "Values": ["False"]},
                ],
            },
            "RequestorWorkflowId": workflow,
            "NotificationChannel": TOPIC,
            "SessionDuration": 3600,
        }
        return self.server.client("iam", self.product).create_delegation_request(**{**parameters, **more})

    def told(self, request: str, count: int) -> list[dict]:
        """What the provider was told about a request, once there are so many notices."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            files = sorted(self.notices.glob(f"{request}-*.json"))
            if len(files) >= count:
                return [json.loads(file.read_text()) for file in files]
            self.server.client("sts").get_caller_identity()
        raise AssertionError(f"{request}: {len(files)} notices of {count}")


@contextmanager
def delegating(folder: Path):
    """Starts a server with a registered provider."""
    notices = folder / "notices"
    notices.mkdir()
    (folder / "providers.toml").write_text(FILE)
    (folder / "template.json").write_text(json.dumps(POLICY))
    environment = {"DOORWARD_DELEGATION_PROVIDERS": str(folder / "providers.toml")}
    with Server(folder, folder / "data", environment=environment) as server:
        yield Delegating(server, server.create_account("product", PROVIDER), notices)
