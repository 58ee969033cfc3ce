"""Figures of whole processes: how soon a second server decides by a write, how long backups take, what jumping clocks lose.

    DOORWARD_BINARY=target/release/doorward python conformance/clients/measure.py propagation
    DOORWARD_BINARY=target/release/doorward python conformance/clients/measure.py backup target/bench/directory-100000
    DOORWARD_BINARY=target/release/doorward python conformance/clients/measure.py clock

The second needs a store that `cargo xtask bench directory` has made; it works on a copy. Prints rows of JSON.
`cargo xtask reliability` runs all of them.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path

from etcd import Cluster, Sharing, until
from installation import Boto, Keys, Refused, Server, bare_environment, binary
from jumping import Clock, jumps, serving, signing_by
from policies import allow

# How many writes are followed from one server to the other.
ROUNDS = 300

# How many clients write meanwhile.
WRITERS = 8

# The master key and the management account of the stores that the bench makes.
BENCH_KEY = base64.b64encode(bytes([7] * 32)).decode()
BENCH_ACCOUNT = "111111111111"


def quantiles(seconds: list[float]) -> dict[str, float]:
    """Median, p99 and longest, in milliseconds."""
    ordered = sorted(seconds)

    def at(share: int) -> float:
        return round(ordered[min(len(ordered) * share // 100, len(ordered) - 1)] * 1000, 1)

    return {"times": len(ordered), "p50_ms": at(50), "p99_ms": at(99), "max_ms": at(100)}


def keep_writing(server: Server, stop: threading.Event, written: list[int]) -> None:
    """Gives a user of its own one policy after the other until told to stop."""
    client = server.client("iam", Keys(server.root.id, server.root.secret))
    name = f"busy-{uuid.uuid4()}"
    client.create_user(UserName=name)
    while not stop.is_set():
        client.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=allow(f"s3:Get{len(written)}"))
        written.append(1)


def while_writing(server: Server, work):
    """Does the work while clients write; what it answers, and how many writes a second there were."""
    server.client("iam", server.root)
    stop, written, began = threading.Event(), [], time.monotonic()
    writers = [threading.Thread(target=keep_writing, args=(server, stop, written)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        answer = work()
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    return answer, round(len(written) / (time.monotonic() - began))


def propagation(folder: Path) -> None:
    """Writes on one server, and asks the other until it decides anew."""
    with Cluster(folder) as cluster:
        servers = [Sharing(folder / name, cluster) for name in ("a", "b")]
        for server in servers:
            server.environment["DOORWARD_CONSISTENCY_READS"] = "any"
        with servers[0] as one, servers[1] as other:
            here, there, root = Boto(one), Boto(other), one.root
            here(root, "iam", "CreateUser", UserName="ada")
            ada = Keys.of(here(root, "iam", "CreateAccessKey", UserName="ada"))

            def allowed():
                try:
                    there(ada, "iam", "GetUser", UserName="ada")
                    return True
                except Refused:
                    return False

            def rounds():
                times = []
                for number in range(ROUNDS):
                    may = number % 2 == 0
                    action = "iam:GetUser" if may else "iam:ListUsers"
                    policy = {"UserName": "ada", "PolicyName": "p", "PolicyDocument": allow(action)}
                    here(root, "iam", "PutUserPolicy", **policy)
                    acknowledged = time.monotonic()
                    while allowed() != may:
                        assert time.monotonic() - acknowledged < 10, "the other server does not decide anew"
                    times.append(time.monotonic() - acknowledged)
                return times

            until(allowed_keys(there, ada), "the other server knows the key")
            times, writes = while_writing(one, rounds)
    told("etcd", "decision-of-another-process", writes_per_second=writes, **quantiles(times))


def told(backend: str, figure: str, **values) -> None:
    """Prints a row."""
    print(json.dumps({"backend": backend, "figure": figure, **values}), flush=True)


def allowed_keys(call, keys: Keys):
    """Whether a server knows the keys."""

    def known():
        try:
            return call(keys, "sts", "GetCallerIdentity")
        except Refused:
            return None

    return known


def ran(what: str, command: list[str], folder: Path, **extra) -> None:
    """Runs a command of Doorward, and prints how long it took and how much memory."""
    environment = {**bare_environment(folder), "DOORWARD_MASTER_KEY": BENCH_KEY}
    began = time.monotonic()
    # What it says goes where errors go: here are rows alone.
    apart = [(os.POSIX_SPAWN_DUP2, 2, 1)]
    process = os.posix_spawn(binary(), [str(binary()), *command], environment, file_actions=apart)
    _, status, usage = os.wait4(process, 0)
    assert status == 0, f"{command} ended with {status}"
    took = round(time.monotonic() - began, 2)
    told("embedded", what, seconds=took, peak_mib=usage.ru_maxrss // 1024, **extra)


def backup(folder: Path, store: Path) -> None:
    """Backs an installation up at rest and at work, checks it and restores it."""
    data, file = folder / "data", folder / "backup"
    shutil.copytree(store, data)
    ran("root-key", ["account", "rotate-key", BENCH_ACCOUNT, "--data", str(data)], folder)
    ran("backup", ["backup", str(file), "--data", str(data)], folder)
    ran("check", ["check", str(file)], folder, bytes=file.stat().st_size)
    ran("restore", ["restore", str(file), "--data", str(folder / "restored")], folder)
    (folder / "server").mkdir()
    began = time.monotonic()
    with Server(folder / "server", data, environment={"DOORWARD_MASTER_KEY": BENCH_KEY}) as server:
        told("embedded", "start", seconds=round(time.monotonic() - began, 2))
        command = ["backup", str(folder / "online"), "--data", str(data)]
        _, writes = while_writing(server, lambda: ran("online-backup", command, folder))
        told("embedded", "writes-during-online-backup", per_second=writes)
        _, alone = while_writing(server, lambda: threading.Event().wait(2))
        told("embedded", "writes-without", per_second=alone)
    ran("check-online", ["check", str(folder / "online")], folder)


def clock(folder: Path) -> None:
    """Lets the clocks of servers jump. Histories are not looked at: users are made, and nobody reads what another writes."""
    for backend in ("embedded", "etcd"):
        place = folder / backend
        place.mkdir()
        made = Clock(place)
        with signing_by(made), serving(backend, place, made) as server:
            row = jumps(server, made)
        print(json.dumps({"backend": backend, "fault": "clock-jump", **row}), flush=True)
        assert not row["lost"], row


def main() -> None:
    """Does what the words say."""
    with tempfile.TemporaryDirectory() as folder:
        match sys.argv[1:]:
            case ["propagation"]:
                propagation(Path(folder))
            case ["backup", store]:
                backup(Path(folder), Path(store))
            case ["clock"]:
                clock(Path(folder))
            case _:
                sys.exit(__doc__)


if __name__ == "__main__":
    main()
