"""One fresh server for each file of tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from installation import AWS, Boto, Cli, Refused, Server, binary

HERE = Path(__file__).parent

# Comes last, and only in a run of every file: it looks at what the others have called.
LAST = "test_breadth.py"


def pytest_configure():
    """Fails at once, and clearly, when something that every test needs is missing."""
    if not binary().is_file():
        raise pytest.UsageError(f"DOORWARD_BINARY: there is no `{binary()}`")
    if not AWS.is_file():
        raise pytest.UsageError(f"there is no `{AWS}`: pip install awscli boto3")
    # What this machine's user has set must not reach the clients that run in this process.
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull


def pytest_collection_modifyitems(config, items):
    """Puts the last file last, and leaves it out of runs of a part of the suite."""
    last = [item for item in items if item.path.name == LAST]
    others = [item for item in items if item.path.name != LAST]
    files = {path.name for path in HERE.glob("test_*.py")} - {LAST}
    whole = {item.path.name for item in others} == files and not config.getoption("keyword")
    items[:] = others + (last if whole or not others else [])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server with a data directory."""
    folder = tmp_path_factory.mktemp("server")
    with Server(folder, folder / "data") as started:
        yield started


@pytest.fixture(scope="module")
def memory(tmp_path_factory):
    """A server that keeps everything in memory."""
    with Server(tmp_path_factory.mktemp("memory"), None) as started:
        yield started


@pytest.fixture(scope="module")
def iam(server):
    """A client of IAM for the root user."""
    return server.client("iam")


@pytest.fixture(scope="module")
def call(server):
    """Calls operations through boto3's library: `call(keys, service, operation, Parameter=value)`."""
    return Boto(server)


@pytest.fixture(scope="module", params=[Boto, Cli], ids=["boto3", "aws"])
def each_client(request, server):
    """As `call`, once through boto3's library and once through the AWS CLI."""
    return request.param(server)


@pytest.fixture
def refused():
    """Checks that a call is refused with exactly a code and a text."""

    def check(code: str, message: str, call, *arguments, **parameters):
        with pytest.raises(Refused) as caught:
            call(*arguments, **parameters)
        assert (caught.value.code, caught.value.message) == (code, message)

    return check
