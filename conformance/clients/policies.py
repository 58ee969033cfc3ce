"""Policy documents, as short as the tests want them."""

from __future__ import annotations

import json


def document(*statements: dict) -> str:
    """A policy of the current version."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def statement(actions, resources="*", effect="Allow", **members) -> dict:
    """A statement of a policy that is attached to an identity."""
    return {"Effect": effect, "Action": actions, "Resource": resources, **members}


def allow(actions, resources="*", **members) -> str:
    """A policy that allows actions on resources."""
    return document(statement(actions, resources, **members))


def deny(actions, resources="*", **members) -> str:
    """A policy that denies actions on resources."""
    return document(statement(actions, resources, "Deny", **members))


def trust(principal, actions="sts:AssumeRole", **members) -> str:
    """A role's trust policy: `principal` is a mapping such as `{"AWS": ARN}`."""
    return document({"Effect": "Allow", "Principal": principal, "Action": actions, **members})


def nobody() -> str:
    """A trust policy that lets nobody in."""
    return document({"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"})
