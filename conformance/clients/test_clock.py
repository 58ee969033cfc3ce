"""The clock of a server's machine jumps, and nothing is lost.

The server runs under libfaketime (Debian: `faketime`), which tells it the time that a file says; the clock that only counts
(`CLOCK_MONOTONIC`) stays, as it does when a machine's time is set.
"""

from __future__ import annotations

import datetime
import glob
import threading
from contextlib import ExitStack

import botocore.auth
import pytest

from etcd import Cluster, Sharing, until
from installation import Boto, Keys, Refused, Server

# How far the clock jumps, in seconds.
HOUR_S = 3600

# How many clients write meanwhile.
WRITERS = 4


class Clock:
    """What a server takes for the time, and its clients."""

    def __init__(self, folder):
        self.file = folder / "clock"
        self.ahead = 0
        self.set(0)

    def set(self, ahead: int) -> None:
        """Lets the clock be so many seconds ahead."""
        new = self.file.with_suffix(".new")
        new.write_text(f"{ahead:+d}s\n")
        new.rename(self.file)
        self.ahead = ahead

    def environment(self) -> dict[str, str]:
        """What the server is started with."""
        found = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        assert found, "libfaketime is missing: apt-get install -y faketime"
        return {
            "LD_PRELOAD": found[0],
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }

    def now(self, remove_tzinfo: bool = True) -> datetime.datetime:
        """The time, to sign with."""
        now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=self.ahead)
        return now.replace(tzinfo=None) if remove_tzinfo else now


@pytest.fixture
def clock(tmp_path, monkeypatch):
    """A clock that the clients in this process go by."""
    made = Clock(tmp_path)
    monkeypatch.setattr(botocore.auth, "get_current_datetime", made.now)
    return made


@pytest.fixture(params=["embedded", "etcd"])
def served(request, tmp_path, clock):
    """A server that goes by the clock, on either store."""
    with ExitStack() as stack:
        if request.param == "etcd":
            server = Sharing(tmp_path / "server", stack.enter_context(Cluster(tmp_path)))
        else:
            (tmp_path / "server").mkdir()
            server = Server(tmp_path / "server", tmp_path / "server" / "data")
        server.environment.update(clock.environment())
        yield stack.enter_context(server)


def write(server: Server, number: int, stop: threading.Event, made: list, failed: list) -> None:
    """Makes users one after the other, and notes each that was acknowledged, with its revision."""
    client = server.client("iam", Keys(server.root.id, server.root.secret, None))
    count = 0
    while not stop.is_set():
        name = f"u-{number}-{count}"
        count += 1
        try:
            answer = client.create_user(UserName=name)
        except client.exceptions.ClientError as error:
            # Signed by the time before the jump.
            code = error.response["Error"]["Code"]
            if code not in ("SignatureDoesNotMatch", "RequestExpired"):
                failed.append((name, code))
            continue
        headers = answer["ResponseMetadata"]["HTTPHeaders"]
        made.append((name, int(headers["x-doorward-revision"])))


def test_nothing_is_lost_when_the_clock_jumps(served, clock):
    served.client("iam", served.root)
    stop, made, failed = threading.Event(), [[] for _ in range(WRITERS)], []
    writers = [threading.Thread(target=write, args=(served, n, stop, made[n], failed)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for ahead in (0, HOUR_S, -HOUR_S, 0, -HOUR_S, HOUR_S, 0):
        clock.set(ahead)
        before = [len(one) for one in made]

        def written(before=before):
            return all(len(one) > was for one, was in zip(made, before))

        until(written, f"a write with the clock at {ahead:+d} s")
    stop.set()
    for writer in writers:
        writer.join()
    assert not failed, failed
    pages = served.client("iam").get_paginator("list_users").paginate()
    there = {user["UserName"] for page in pages for user in page["Users"]}
    assert {name for one in made for name, _ in one} <= there, "acknowledged, and gone"
    for one in made:
        revisions = [revision for _, revision in one]
        assert revisions == sorted(set(revisions)), "revisions grow, whatever the clock does"


def test_sessions_are_judged_by_the_clock_as_it_is(served, clock):
    call = Boto(served)

    def who(keys):
        return call(keys, "sts", "GetCallerIdentity")["Account"]

    user = call(served.root, "iam", "CreateUser", UserName="ada")["User"]["UserName"]
    keys = Keys.of(call(served.root, "iam", "CreateAccessKey", UserName=user))
    session = Keys.of(call(keys, "sts", "GetSessionToken", DurationSeconds=900))
    assert who(session) == served.account
    clock.set(HOUR_S)
    with pytest.raises(Refused) as refused:
        who(session)
    assert refused.value.code == "ExpiredToken"
    later = Keys.of(call(keys, "sts", "GetSessionToken", DurationSeconds=900))
    assert who(later) == served.account
    clock.set(0)
    assert who(session) == served.account, "it has not expired"
    assert who(later) == served.account, "one that was made by a clock that was ahead lasts until its expiry"
    clock.set(-HOUR_S)
    assert who(keys) == served.account, "long-term keys do not depend on the clock"
