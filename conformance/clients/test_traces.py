"""What a collector of OpenTelemetry is sent."""

from __future__ import annotations

import json
import socket
import time

import pytest

from collector import Collector
from etcd import free_ports, until
from installation import Boto, Refused, Server
from raw import ask

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


@pytest.fixture(scope="module")
def collector():
    """One that takes everything."""
    with Collector() as started:
        yield started


def traced(folder, collector) -> Server:
    """A server that sends its spans there, and logs as JSON."""
    environment = {"DOORWARD_TRACES_ENDPOINT": collector.endpoint, "DOORWARD_LOG_FORMAT": "json"}
    return Server(folder, folder / "data", environment=environment)


@pytest.fixture(scope="module")
def server(tmp_path_factory, collector):
    """A server whose spans are collected."""
    with traced(tmp_path_factory.mktemp("traced"), collector) as started:
        yield started


def within(collector, request: str, name: str) -> list:
    """The spans of the request's trace that were sent, that of the request last; waits for it."""

    def whole():
        found = [span for span in collector.spans if span.trace == request]
        return found if found and any(span.name == name for span in found) else None

    return sorted(until(whole, f"a span {name} in trace {request}"), key=lambda span: span.end)


def logged(server, request_id: str) -> dict:
    """The line of the log about a request."""
    lines = (json.loads(line) for line in server.log.read_text().splitlines())
    return next(line for line in lines if line.get("request_id") == request_id and line["message"] == "request")


def test_a_write_and_what_is_within_it(server, collector):
    answer = server.client("iam").create_user(UserName="ada")
    request_id = answer["ResponseMetadata"]["RequestId"]
    trace = request_id.replace("-", "")
    spans = {span.name: span for span in within(collector, trace, "iam/CreateUser")}
    request = spans.pop("iam/CreateUser")
    assert (request.parent, request.kind, request.failed) == ("", 2, False)
    assert request.attributes == {
        "http.request.method": "POST",
        "aws.request_id": request_id,
        "rpc.system": "aws-api",
        "rpc.service": "iam",
        "rpc.method": "CreateUser",
        "http.response.status_code": 200,
    }
    assert {name: span.kind for name, span in spans.items()} == {
        "store revision": 3,
        "authenticate": 1,
        "decide": 1,
        "store commit": 3,
    }
    for span in spans.values():
        assert span.parent == request.id
        assert request.start <= span.start <= span.end <= request.end
    assert spans["authenticate"].end <= spans["decide"].start <= spans["decide"].end <= spans["store commit"].start
    assert collector.resources[0]["service.name"] == "doorward"
    line = logged(server, request_id)
    assert line["trace_id"] == trace and "span" not in line and "spans" not in line


def test_a_caller_s_trace_goes_on(server, collector):
    header = {"traceparent": f"00-{TRACE}-{PARENT}-01"}
    ask(server, "sts", [("Action", "GetCallerIdentity")], unsigned=header)
    request = within(collector, TRACE, "sts/GetCallerIdentity")[-1]
    assert request.parent == PARENT


def test_whom_nobody_wants_to_trace_is_not_traced(server, collector):
    header = {"traceparent": f"00-{TRACE[::-1]}-{PARENT}-00"}
    answer = ask(server, "sts", [("Action", "GetCallerIdentity")], unsigned=header)
    after = server.client("sts").get_caller_identity()["ResponseMetadata"]["RequestId"]
    within(collector, after.replace("-", ""), "sts/GetCallerIdentity")
    untraced = {TRACE[::-1], answer.headers["x-amzn-requestid"].replace("-", "")}
    assert untraced.isdisjoint(span.trace for span in collector.spans)


def test_an_error_has_its_code_and_nothing_has_secrets(server, collector):
    with pytest.raises(Refused):
        Boto(server)(None, "iam", "GetUser", UserName="nobody")
    until(lambda: any(span.attributes.get("error.type") == "NoSuchEntity" for span in collector.spans), "the error")
    text = str(collector.spans)
    for secret in (server.root.id, server.root.secret, "nobody", server.account):
        assert secret not in text


def test_what_is_left_is_sent_at_the_end(tmp_path, collector):
    with traced(tmp_path, collector) as server:
        answer = server.client("sts").get_caller_identity()
    trace = answer["ResponseMetadata"]["RequestId"].replace("-", "")
    assert trace in {span.trace for span in collector.spans}


def test_a_collector_that_refuses_is_named_in_the_log(tmp_path):
    with Collector(status=503) as refusing, traced(tmp_path, refusing) as server:
        server.client("sts").get_caller_identity()
        until(lambda: "it answers 503" in server.log.read_text(), "the log says so")


@pytest.mark.parametrize("silent", [False, True], ids=["away", "silent"])
def test_a_collector_that_does_not_answer_costs_nobody_anything(tmp_path, silent):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1] if silent else free_ports(1)[0]
        environment = {"DOORWARD_TRACES_ENDPOINT": f"http://127.0.0.1:{port}"}
        with Server(tmp_path, None, environment=environment) as server:
            sts = server.client("sts")
            sts.get_caller_identity()
            begun = time.monotonic()
            for _ in range(200):
                sts.get_caller_identity()
            assert time.monotonic() - begun < 5


def test_variables_of_others_are_named(tmp_path):
    with Server(tmp_path, None, environment={"OTEL_SERVICE_NAME": "x", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://x"}) as server:
        server.client("sts").get_caller_identity()
        assert "OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SERVICE_NAME" in server.log.read_text()
