"""The AWS SDK for Rust, in a process of its own.

Source: https://docs.aws.amazon.com/sdk-for-rust/latest/dg/welcome.html
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from installation import binary

HERE = Path(__file__).parent / "rust"


@pytest.fixture(scope="module")
def program() -> Path:
    """The client, built below the build's own folder."""
    folder = binary().parent.parent / "rust-client"
    build = [os.environ.get("CARGO", "cargo"), "build", "--locked", "--quiet", "--manifest-path", HERE / "Cargo.toml"]
    environment = {**os.environ, "CARGO_TARGET_DIR": str(folder)}
    # What `cargo xtask` runs with is meant for another workspace.
    environment.pop("RUSTFLAGS", None)
    ran = subprocess.run(build, env=environment, capture_output=True, text=True, timeout=1_200, check=False)
    assert ran.returncode == 0, ran.stderr
    return folder / "debug" / "doorward-client-rust"


def test_the_rust_sdk_gets_along(server, program):
    ran = subprocess.run(
        [program],
        env=server.client_environment(server.root),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found["root"] == f"arn:aws:iam::{server.account}:root"
    assert found["users"] == [["r1", "r2"], ["r3"]]
    assert abs(found["created_s"] - time.time()) < 3_600
    assert found["trust_is_encoded"] is True
    assert found["denied"] == {
        "code": "AccessDenied",
        "status": 403,
        "message": f"User: arn:aws:sts::{server.account}:assumed-role/rust/rs-1 is not authorized to perform:"
        f" iam:ListUsers on resource: arn:aws:iam::{server.account}:user/"
        " because no identity-based policy allows the iam:ListUsers action",
    }
    assert found["absent"] == {
        "message": "The role with name absent cannot be found.",
        "status": 404,
        "mapped": True,
    }
