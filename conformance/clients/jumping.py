"""A clock that jumps under a server, and clients that write meanwhile.

The server runs under libfaketime (Debian: `faketime`), which tells it the time that a file says; the clock that only counts
(`CLOCK_MONOTONIC`) stays, as it does when a machine's time is set.
"""

from __future__ import annotations

import datetime
import glob
import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path

import botocore.auth

from etcd import Cluster, Sharing, until
from installation import Keys, Server

# How far the clock jumps, in seconds.
HOUR_S = 3600

# How far ahead it is, one after the other, in seconds.
JUMPS = (0, HOUR_S, -HOUR_S, 0, -HOUR_S, HOUR_S, 0)

# How many clients write meanwhile.
WRITERS = 4


class Clock:
    """What a server takes for the time, and its clients."""

    def __init__(self, folder: Path):
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


@contextmanager
def signing_by(clock: Clock):
    """Lets the clients in this process go by the clock."""
    real = botocore.auth.get_current_datetime
    botocore.auth.get_current_datetime = clock.now
    try:
        yield
    finally:
        botocore.auth.get_current_datetime = real


@contextmanager
def serving(backend: str, folder: Path, clock: Clock):
    """A server that goes by the clock, on either store."""
    with ExitStack() as stack:
        if backend == "etcd":
            server = Sharing(folder / "server", stack.enter_context(Cluster(folder)))
        else:
            (folder / "server").mkdir()
            server = Server(folder / "server", folder / "server" / "data")
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


def jumps(server: Server, clock: Clock) -> dict[str, int]:
    """Lets the clock jump while clients write; how often, and how many writes were acknowledged, and how many of those are lost."""
    server.client("iam", server.root)
    stop, made, failed = threading.Event(), [[] for _ in range(WRITERS)], []
    writers = [threading.Thread(target=write, args=(server, n, stop, made[n], failed)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    for ahead in JUMPS:
        clock.set(ahead)
        before = [len(one) for one in made]

        def written(before=before):
            return all(len(one) > was for one, was in zip(made, before))

        until(written, f"a write with the clock at {ahead:+d} s")
    stop.set()
    for writer in writers:
        writer.join()
    assert not failed, failed
    pages = server.client("iam").get_paginator("list_users").paginate()
    there = {user["UserName"] for page in pages for user in page["Users"]}
    acknowledged = {name for one in made for name, _ in one}
    for one in made:
        revisions = [revision for _, revision in one]
        assert revisions == sorted(set(revisions)), "revisions grow, whatever the clock does"
    return {"faults": len(JUMPS), "acknowledged": len(acknowledged), "lost": len(acknowledged - there)}
