"""What systemd hears from a server, and what it makes of the unit."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from balancer import readiness
from etcd import until
from installation import PATIENCE_S, Server, binary

UNIT = Path(__file__).parents[2] / "packaging/systemd/doorward.service"

# What `systemd-analyze security` may find, at most, in tenths of its scale from 0 to 10. docs/running.md names it.
EXPOSURE_MAX = 12


class Systemd:
    """The socket at which systemd listens to a service."""

    def __init__(self, folder: Path):
        self.path = folder / "notify"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(self.path))
        self.heard: list[str] = []
        # What the server says of itself on `/readyz` when it tells systemd that it is ready.
        self.ready_then = None
        self.server: Server | None = None
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        """Keeps what is said, and looks at once whether it is true."""
        while True:
            lines = self.socket.recv(65536).decode().splitlines()
            if "READY=1" in lines:
                address = next(line for line in lines if line.startswith("STATUS=")).split(" at ")[1]
                self.server.exports = {"AWS_ENDPOINT_URL": address}
                self.ready_then = readiness(self.server)
            self.heard += lines

    def hears(self, line: str):
        """Waits until something is said."""
        until(lambda: line in self.heard, f"`{line}` among {self.heard}")


@pytest.fixture
def systemd(tmp_path):
    """One that listens."""
    return Systemd(tmp_path)


def started(tmp_path, systemd, **environment) -> Server:
    """A server that talks to it."""
    environment["NOTIFY_SOCKET"] = str(systemd.path)
    systemd.server = Server(tmp_path, tmp_path / "data", environment=environment)
    return systemd.server


def test_it_is_ready_when_it_says_so_and_says_that_it_stops(tmp_path, systemd):
    with started(tmp_path, systemd, DOORWARD_DRAIN_DELAY_S="3600") as server:
        systemd.hears("READY=1")
        until(lambda: systemd.ready_then == (200, "ready\n"), "it was ready when it said so")
        assert f"STATUS=serving at {server.endpoint}" in systemd.heard
        assert "STOPPING=1" not in systemd.heard and "WATCHDOG=1" not in systemd.heard
        server.process.send_signal(signal.SIGTERM)
        systemd.hears("STOPPING=1")
        systemd.hears("STATUS=stopping")
        # An hour, the time for requests in flight, and that for the store.
        systemd.hears(f"EXTEND_TIMEOUT_USEC={(3600 + 10 + 10) * 1_000_000}")


def test_the_watchdog_hears_of_it_as_long_as_it_lives(tmp_path, systemd):
    with started(tmp_path, systemd, WATCHDOG_USEC="200000"):
        until(lambda: systemd.heard.count("WATCHDOG=1") > 5, "the watchdog hears of it")


def test_a_server_whose_socket_is_gone_serves(tmp_path, systemd):
    with started(tmp_path, systemd) as server:
        systemd.path.unlink()
        assert readiness(server)[0] == 200
    assert "systemd cannot be told" in server.log.read_text()


@pytest.fixture
def unit(tmp_path):
    """The unit, on the server under test."""
    copy = tmp_path / "doorward.service"
    copy.write_text(UNIT.read_text().replace("/usr/bin/doorward", str(binary())))
    return copy


needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")


def analyze(*arguments) -> subprocess.CompletedProcess:
    """Runs `systemd-analyze`."""
    command = ["systemd-analyze", *map(str, arguments)]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "SYSTEMD_PAGER": "cat"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE_S)


@needs_systemd
def test_the_unit_is_sound(unit):
    ran = analyze("verify", "--man=no", unit)
    about = [line for line in ran.stderr.splitlines() if unit.name in line]
    assert ran.returncode == 0 and not about, ran.stderr


@needs_systemd
def test_the_unit_is_confined(unit):
    ran = analyze("security", "--offline=true", f"--threshold={EXPOSURE_MAX}", unit)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    found = re.search(r"Overall exposure level for doorward.service: ([\d.]+)", ran.stdout)
    said = re.search(r"exposure level of ([\d.]+)", (UNIT.parents[2] / "docs/running.md").read_text())
    assert found and said and found[1] == said[1], ran.stdout
