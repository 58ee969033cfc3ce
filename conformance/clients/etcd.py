"""A cluster of etcd on this machine, and servers that share it."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from pathlib import Path

from installation import PATIENCE_S, Server

# Between two looks, in seconds.
LOOK_S = 0.05

# The master key that all servers of a cluster have, in base64.
MASTER_KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="


def until(found, what: str):
    """Looks until something is found, which is anything but `None` and `False`."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        value = found()
        if value is not None and value is not False:
            return value
        time.sleep(LOOK_S)
    raise AssertionError(f"not in time: {what}")


def free_ports(count: int) -> list[int]:
    """Ports that nobody has."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for held in sockets:
            held.bind(("127.0.0.1", 0))
        return [held.getsockname()[1] for held in sockets]
    finally:
        for held in sockets:
            held.close()


class Cluster:
    """Three members of etcd, from start to stop."""

    def __init__(self, folder: Path):
        ports = free_ports(6)
        self.clients = [f"http://127.0.0.1:{port}" for port in ports[:3]]
        peers = [f"http://127.0.0.1:{port}" for port in ports[3:]]
        everybody = ",".join(f"m{n}={peer}" for n, peer in enumerate(peers))
        self.members: list[subprocess.Popen | None] = []
        for n in range(3):
            flags = {
                "name": f"m{n}",
                "data-dir": folder / f"m{n}",
                "listen-client-urls": self.clients[n],
                "advertise-client-urls": self.clients[n],
                "listen-peer-urls": peers[n],
                "initial-advertise-peer-urls": peers[n],
                "initial-cluster": everybody,
                "heartbeat-interval": 50,
                "election-timeout": 500,
            }
            with (folder / f"m{n}.log").open("wb") as log:
                command = ["etcd", *(f"--{flag}={value}" for flag, value in flags.items())]
                self.members.append(subprocess.Popen(command, stdout=log, stderr=log))

    def __enter__(self) -> Cluster:
        try:
            until(self.leader, "etcd has a leader")
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    def stop(self) -> None:
        """Kills every member."""
        for n in range(3):
            self.kill(n)

    def kill(self, n: int) -> None:
        """Kills a member at once."""
        member, self.members[n] = self.members[n], None
        if member:
            member.kill()
            member.wait(PATIENCE_S)

    def leader(self) -> int | None:
        """The member that leads; `None` if none does."""
        for n, client in enumerate(self.clients):
            command = ["etcdctl", "--endpoints", client, "--write-out=json", "endpoint", "status"]
            ran = subprocess.run(command, env={"ETCDCTL_API": "3", "PATH": "/usr/bin:/bin"}, capture_output=True)
            if ran.returncode == 0 and self.members[n]:
                status = json.loads(ran.stdout)[0]["Status"]
                if status["leader"] == status["header"]["member_id"]:
                    return n
        return None


class Sharing(Server):
    """A server whose installation is in a cluster; `folder / "state"` has what is its own."""

    place = "etcd"

    def __init__(self, folder: Path, cluster: Cluster):
        folder.mkdir()
        environment = {
            "DOORWARD_STATE": str(folder / "state"),
            "DOORWARD_ETCD_ENDPOINTS": ",".join(cluster.clients),
            "DOORWARD_MASTER_KEY": MASTER_KEY,
        }
        super().__init__(folder, folder / "state", environment=environment)
