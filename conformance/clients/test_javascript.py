"""The AWS SDK for JavaScript, version 3, in a process of Node's.

Source: https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/welcome.html
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from installation import binary

HERE = Path(__file__).parent / "node"
PINS = ["package.json", "package-lock.json"]


@pytest.fixture(scope="module")
def folder() -> Path:
    """A folder below the build's own in which the pinned packages are installed."""
    for tool in ("node", "npm"):
        assert shutil.which(tool), f"{tool} is missing: apt-get install -y nodejs npm"
    place = binary().parent.parent / "node-clients"
    place.mkdir(exist_ok=True)
    pins = "".join((HERE / name).read_text() for name in PINS)
    stamp = place / "pins"
    if not stamp.is_file() or stamp.read_text() != pins:
        for name in PINS:
            shutil.copy(HERE / name, place)
        install = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        ran = subprocess.run(install, cwd=place, capture_output=True, text=True, timeout=300, check=False)
        assert ran.returncode == 0, f"`{' '.join(install)}` failed in {place}:\n{ran.stderr}"
        stamp.write_text(pins)
    shutil.copy(HERE / "smoke.mjs", place)
    return place


def test_the_javascript_sdk_gets_along(server, folder):
    ran = subprocess.run(
        ["node", "smoke.mjs"],
        cwd=folder,
        env=server.client_environment(server.root),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["root"] == f"arn:aws:iam::{server.account}:root"
    assert found["users"] == [["n1", "n2"], ["n3"]]
    assert found["created"] is True
    assert found["trust"] == found["trusted"]
    assert found["denied"] == {
        "name": "AccessDenied",
        "status": 403,
        "message": f"User: arn:aws:sts::{server.account}:assumed-role/node/js-1 is not authorized to perform:"
        f" iam:ListUsers on resource: arn:aws:iam::{server.account}:user/"
        " because no identity-based policy allows the iam:ListUsers action",
    }
    assert (found["absent"]["status"], found["absent"]["message"]) == (
        404,
        "The role with name absent cannot be found.",
    )
    assert found["mapped"] is True
