"""A balancer as simple as they come: it asks each server whether it is ready, and joins each client to one that is."""

from __future__ import annotations

import http.client
import itertools
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from installation import Server

# How often a server is asked whether it is ready, in seconds.
LOOK_S = 0.1

# How long a server may take to answer that, or to accept a connection.
ANSWER_S = 2


def address(server: Server) -> tuple[str, int]:
    """Where a server listens, or did when it last ran."""
    host, port = server.endpoint.removeprefix("http://").split(":")
    return host, int(port)


def readiness(server: Server) -> tuple[int, str]:
    """What a server says on `/readyz`, status and text; status 0 if it does not answer."""
    asking = http.client.HTTPConnection(*address(server), timeout=ANSWER_S)
    try:
        asking.request("GET", "/readyz")
        answer = asking.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error)
    finally:
        asking.close()


class Balancer:
    """Listens on loopback, and passes bytes on."""

    def __init__(self, servers: list[Server]):
        self.servers = servers
        self.ready: list[Server] = list(servers)
        self.turns = itertools.count()
        self.stopping = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.endpoint = "http://{}:{}".format(*self.listener.getsockname())
        self.pool = ThreadPoolExecutor(128)

    def __enter__(self) -> Balancer:
        self.pool.submit(self.look)
        self.pool.submit(self.accept)
        return self

    def __exit__(self, *_) -> None:
        self.stopping.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.pool.shutdown(wait=False, cancel_futures=True)

    def look(self) -> None:
        """Keeps finding out who is ready."""
        while not self.stopping.wait(LOOK_S):
            self.ready = [server for server in self.servers if readiness(server)[0] == 200]

    def accept(self) -> None:
        """Joins clients to servers."""
        while not self.stopping.is_set():
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            try:
                server = self.connect()
            except OSError:
                client.close()
                continue
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.pool.submit(copy, client, server)
            self.pool.submit(copy, server, client)

    def connect(self) -> socket.socket:
        """A connection to the next server that is ready and takes one."""
        end = time.monotonic() + ANSWER_S
        while True:
            ready = self.ready
            if ready:
                try:
                    return socket.create_connection(address(ready[next(self.turns) % len(ready)]), ANSWER_S)
                except ConnectionRefusedError:
                    pass
            if time.monotonic() > end:
                raise ConnectionRefusedError("nobody is ready")
            self.stopping.wait(LOOK_S / 10)


def copy(source: socket.socket, target: socket.socket) -> None:
    """Passes bytes on until there are no more, and says so."""
    source.settimeout(None)
    try:
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
