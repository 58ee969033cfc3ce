"""Servers are stopped and started while clients work, and no request fails by it."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from socket import create_connection

import botocore.config
import botocore.exceptions
import pytest

from balancer import Balancer, address, readiness
from etcd import Cluster, Sharing, free_ports, until
from installation import REGION, SESSION, Keys, Server, bare_environment, binary

CLIENTS = 4

# How long a server goes on after it was asked to stop, in seconds: longer than the balancer takes to notice.
DELAY_S = 1

# How many users each client makes between two restarts, at least.
BETWEEN = 10


class Load:
    """Clients that each make users and read them back, without pause and without a second try."""

    def __init__(self, endpoint: str, root: Keys):
        config = botocore.config.Config(retries={"total_max_attempts": 1}, connect_timeout=10, read_timeout=20)
        self.clients = [
            SESSION.create_client(
                "iam",
                region_name=REGION,
                endpoint_url=endpoint,
                aws_access_key_id=root.id,
                aws_secret_access_key=root.secret,
                config=config,
            )
            for _ in range(CLIENTS)
        ]
        self.made: list[list[str]] = [[] for _ in self.clients]
        self.failed: list[Exception] = []
        self.lost: list[str] = []
        self.refused = 0
        self.enough = threading.Event()
        self.pool = ThreadPoolExecutor(CLIENTS)

    def __enter__(self) -> Load:
        self.running = [self.pool.submit(self.run, number) for number in range(CLIENTS)]
        return self

    def __exit__(self, *_) -> None:
        self.enough.set()
        self.pool.shutdown()

    def run(self, number: int) -> None:
        """What one client does."""
        client, made = self.clients[number], self.made[number]
        while not self.enough.is_set():
            name = f"c{number}-{len(made)}"
            try:
                client.create_user(UserName=name)
                made.append(name)
                assert client.get_user(UserName=name)["User"]["UserName"] == name
            except botocore.exceptions.EndpointConnectionError:
                self.refused += 1
                return
            except Exception as error:  # Whatever a client may be told counts.
                self.failed.append(error)
                if len(made) == 0 or made[-1] != name:
                    self.lost.append(name)
                return

    def more(self) -> None:
        """Waits until each client has made some users more."""
        aims = [len(made) + BETWEEN for made in self.made]
        until(lambda: self.failed or all(len(made) >= aim for made, aim in zip(self.made, aims)), "users are made")

    def names(self) -> set[str]:
        """Everything that was acknowledged."""
        return {name for made in self.made for name in made}


def users(server: Server, root: Keys) -> set[str]:
    """Every user's name, as a server tells it."""
    pages = server.client("iam", root).get_paginator("list_users").paginate()
    return {user["UserName"] for page in pages for user in page["Users"]}


def test_a_rolling_restart_fails_no_request(tmp_path):
    """Two servers on one store behind a balancer: each is restarted in turn, twice."""
    with Cluster(tmp_path) as cluster:
        servers = [Sharing(tmp_path / name, cluster) for name in ("a", "b")]
        for server in servers:
            server.environment["DOORWARD_DRAIN_DELAY_S"] = str(DELAY_S)
        try:
            for server in servers:
                server.start()
            root = servers[0].root
            with Balancer(servers) as balancer, Load(balancer.endpoint, root) as load:
                for server in servers * 2:
                    load.more()
                    server.stop()
                    load.more()
                    server.start()
                    until(lambda server=server: server in balancer.ready, "the balancer has it back")
                load.more()
            assert not load.failed and not load.refused
            for server in servers:
                assert users(server, root) == load.names()
                assert "cut off" not in server.log.read_text()
        finally:
            for server in servers:
                server.stop()


def test_it_says_that_it_stops_and_goes_on_for_a_while(tmp_path):
    environment = {"DOORWARD_DRAIN_DELAY_S": "3600"}
    with Server(tmp_path, None, environment=environment) as server:
        assert readiness(server) == (200, "ready\n")
        iam, process, root = server.client("iam"), server.process, server.root
        process.send_signal(signal.SIGTERM)
        until(lambda: readiness(server) == (503, "not ready: stopping\n"), "it says that it stops")
        answer = iam.create_user(UserName="late")
        assert answer["ResponseMetadata"]["HTTPHeaders"]["connection"] == "close"
        assert users(server, root) == {"late"}
        # The second signal comes from `stop`, and is not waited for an hour.


def test_nothing_sent_before_the_end_is_lost(tmp_path):
    """One server, asked to stop under load: what it has read it answers, and what it has not read it has not done."""
    with Server(tmp_path, tmp_path / "data") as server:
        root = server.root
        for _ in range(3):
            with Load(server.endpoint, root) as load:
                load.more()
                begun = time.monotonic()
                server.stop()
                assert time.monotonic() - begun < 5
                for running in load.running:
                    running.result(10)
            server.start()
            there = users(server, root)
            assert load.names() <= there
            # A client may connect in the very moment in which the socket is closed, and be reset before it was heard.
            assert len(load.failed) <= 1 and load.refused >= CLIENTS - 1, load.failed
            assert there.isdisjoint(load.lost)
            for name in there:
                server.client("iam", root).delete_user(UserName=name)


@pytest.mark.parametrize("environment", [{}, {"DOORWARD_DRAIN_DELAY_S": "3600"}], ids=["at once", "in an hour"])
def test_a_second_signal_waits_for_nobody(tmp_path, environment):
    with Server(tmp_path, None, environment=environment) as server:
        process, server.process = server.process, None
        with create_connection(address(server)) as slow:
            slow.sendall(b"POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n")
            until(lambda: readiness(server)[0] == 200, "it has come by")
            process.send_signal(signal.SIGTERM)
            until(lambda: "stopping" in server.log.read_text(), "it says so")
            process.send_signal(signal.SIGINT)
            assert process.wait(8) == 0
        process.stdout.close()
        assert "stopping at once" in server.log.read_text()


def test_a_server_that_waits_for_its_store_ends_at_once(tmp_path):
    environment = {
        **bare_environment(tmp_path),
        "DOORWARD_ETCD_ENDPOINTS": f"http://127.0.0.1:{free_ports(1)[0]}",
        "DOORWARD_STATE": str(tmp_path / "state"),
    }
    log = tmp_path / "server.log"
    with log.open("wb") as err:
        command = [binary(), "serve", "--data", "etcd", "--listen", "127.0.0.1:0"]
        process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=err)
    try:
        # By then signals are caught.
        until((tmp_path / "state" / "lock").exists, "it has begun")
        process.send_signal(signal.SIGTERM)
        assert process.wait(8) == 0
    finally:
        process.kill()
    assert "stopping" in log.read_text()
