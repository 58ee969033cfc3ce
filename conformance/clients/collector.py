"""A collector of OpenTelemetry: takes spans over HTTP, and reads them by the published numbers of their fields.

Source: https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
"""

from __future__ import annotations

import struct
import threading
from collections import defaultdict
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def fields(message: bytes) -> dict[int, list]:
    """The fields of a message by number: whole numbers, and bytes."""
    found, at = defaultdict(list), 0

    def varint() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = message[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(message):
        number, kind = divmod(varint(), 8)
        match kind:
            case 0:
                found[number].append(varint())
            case 1:
                found[number].append(struct.unpack_from("<Q", message, at)[0])
                at += 8
            case 2:
                length = varint()
                assert at + length <= len(message), "a field goes beyond its message"
                found[number].append(message[at : at + length])
                at += length
            case _:
                raise AssertionError(f"field {number} is of kind {kind}")
    return found


def attributes(found: list[bytes]) -> dict:
    """Attributes by name."""
    pairs = {}
    for one in found:
        pair = fields(one)
        value = fields(pair[2][0])
        pairs[pair[1][0].decode()] = value[1][0].decode() if 1 in value else value[3][0]
    return pairs


@dataclass
class Span:
    """A span."""

    trace: str
    id: str
    parent: str
    name: str
    kind: int
    start: int
    end: int
    attributes: dict
    failed: bool

    @classmethod
    def of(cls, message: bytes) -> Span:
        """A span as it was sent."""
        found = fields(message)
        parent = found[4][0].hex() if 4 in found else ""
        status = fields(found[15][0])[3] if 15 in found else []
        return cls(
            trace=found[1][0].hex(),
            id=found[2][0].hex(),
            parent=parent,
            name=found[5][0].decode(),
            kind=found[6][0],
            start=found[7][0],
            end=found[8][0],
            attributes=attributes(found[9]),
            failed=status == [2],
        )


class Collector(ThreadingHTTPServer):
    """Listens on loopback, and keeps what it is sent; answers with `status`."""

    def __init__(self, status: int = 200):
        super().__init__(("127.0.0.1", 0), Taker)
        self.status = status
        self.spans: list[Span] = []
        self.resources: list[dict] = []
        self.asked = 0
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def endpoint(self) -> str:
        """Its address, as `traces.endpoint` wants it."""
        return f"http://127.0.0.1:{self.server_port}"

    def take(self, body: bytes) -> None:
        """Keeps what was sent."""
        self.asked += 1
        for resource_spans in map(fields, fields(body)[1]):
            self.resources.append(attributes(fields(resource_spans[1][0])[1]))
            for scope_spans in map(fields, resource_spans[2]):
                self.spans += map(Span.of, scope_spans[2])

    def __exit__(self, *_) -> None:
        self.shutdown()
        self.server_close()


class Taker(BaseHTTPRequestHandler):
    """Takes one request."""

    def do_POST(self):
        """Takes spans."""
        assert self.path == "/v1/traces" and self.headers["content-type"] == "application/x-protobuf"
        self.server.take(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(self.server.status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Says nothing."""
