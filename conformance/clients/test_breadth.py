"""Every operation that the server has was called with success by some test through boto3's library.

Runs last, and only when the whole suite runs.
"""

from __future__ import annotations

import pytest

from installation import CALLED, SESSION
from raw import ask, ask_json

# Nothing that these are shown can be verified yet: all that is checked before is, and nobody is let in.
UNPROVEN = {("sts", "AssumeRoleWithSAML"), ("sts", "AssumeRoleWithWebIdentity")}

# What no call can succeed in: see `differences.toml`, organization-policy-types and organization-elsewhere.
NEVER = {
    ("organizations", "CreateGovCloudAccount"),
    ("organizations", "DescribeEffectivePolicy"),
    ("organizations", "DescribeResponsibilityTransfer"),
    ("organizations", "InviteOrganizationToTransferResponsibility"),
    ("organizations", "ListAccountsWithInvalidEffectivePolicy"),
    ("organizations", "ListEffectivePolicyValidationErrors"),
    ("organizations", "TerminateResponsibilityTransfer"),
    ("organizations", "UpdateResponsibilityTransfer"),
}


@pytest.mark.parametrize("service", ["iam", "organizations", "sts"])
def test_no_operation_was_left_out(memory, service):
    """An operation that the server does not have says so before it looks at any parameter."""
    model = SESSION.get_service_model(service)
    there = set()
    for operation in model.operation_names:
        if service == "organizations":
            answer = ask_json(memory, service, operation, {})
        else:
            answer = ask(memory, service, [("Action", operation)])
        if answer.status != 501:
            there.add((service, operation))
        elif service == "organizations":
            assert answer.body["__type"] == answer.headers["x-amzn-errortype"] == "NotImplemented"
        else:
            assert answer.error == ("NotImplemented", f"The operation {operation} is not implemented.")
    called = {one for one in CALLED if one[0] == service}
    assert there - called == {one for one in UNPROVEN | NEVER if one[0] == service}, "no test calls these"
    assert called - there == set()
