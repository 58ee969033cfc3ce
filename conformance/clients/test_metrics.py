"""What Prometheus fetches from a server, and that its alerts ask for what there is."""

from __future__ import annotations

import http.client
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from etcd import free_ports
from installation import Boto, Keys, Refused, Server

ALERTS = Path(__file__).parents[2] / "packaging/prometheus/alerts.yml"


class Fetched:
    """Metrics, as a server told them."""

    def __init__(self, port: int, accept: str = "text/plain"):
        asking = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        asking.request("GET", "/metrics", headers={"Accept": accept})
        answer = asking.getresponse()
        self.status, self.kind, self.text = answer.status, answer.headers["content-type"], answer.read().decode()
        asking.close()
        lines = (line.rsplit(" ", 1) for line in self.text.splitlines() if not line.startswith("#"))
        self.values = {name: float(value) for name, value in lines}

    def __getitem__(self, name: str) -> float:
        return self.values.get(name, 0.0)

    @property
    def names(self) -> set[str]:
        """The names of all metrics, also those without a value."""
        return set(re.findall(r"^# TYPE (\S+) ", self.text, re.MULTILINE))


@pytest.fixture(scope="module")
def port() -> int:
    """Where metrics are served."""
    return free_ports(1)[0]


@pytest.fixture(scope="module")
def counted(tmp_path_factory, port):
    """A server that serves them."""
    folder = tmp_path_factory.mktemp("counted")
    with Server(folder, folder / "data", environment={"DOORWARD_METRICS_LISTEN": f"127.0.0.1:{port}"}) as started:
        yield started


def test_requests_are_counted_by_what_came_of_them(counted, port):
    call = Boto(counted)
    before = Fetched(port)
    call(None, "iam", "CreateUser", UserName="ada")
    ada = Keys.of(call(None, "iam", "CreateAccessKey", UserName="ada"))
    for keys, code in ((ada, "AccessDenied"), (Keys(ada.id, "wrong"), "SignatureDoesNotMatch")):
        with pytest.raises(Refused) as refused:
            call(keys, "iam", "GetUser", UserName="ada")
        assert refused.value.code == code
    with pytest.raises(Refused):
        call(None, "iam", "GetUser", UserName="nobody")
    after = Fetched(port)
    get_user = 'doorward_requests_total{service="iam",operation="GetUser",outcome='
    for name, more in {
        'doorward_requests_total{service="iam",operation="CreateUser",outcome="answered"}': 1,
        f'{get_user}"denied"}}': 1,
        f'{get_user}"unauthenticated"}}': 1,
        f'{get_user}"refused"}}': 1,
        'doorward_denials_total{kind="implicit",layer="identity"}': 1,
        'doorward_authentication_failures_total{code="SignatureDoesNotMatch"}': 1,
        'doorward_request_duration_seconds_count{service="iam"}': 5,
        'doorward_store_commits_total{outcome="committed"}': 2,
        "doorward_store_commit_duration_seconds_count": 2,
        "doorward_directory_revision": 2,
        'doorward_directory_records{kind="user"}': 1,
        'doorward_directory_records{kind="access_key"}': 1,
    }.items():
        assert after[name] - before[name] == more, name
    assert (after["doorward_ready"], after["doorward_stopping"]) == (1, 0)
    assert after['doorward_store_health{state="ready"}'] == 1
    # Nothing that a client chose is in them.
    for secret in (counted.account, ada.id, ada.secret, "ada", "nobody"):
        assert secret not in after.text


def test_formats(counted, port):
    plain, opened = Fetched(port), Fetched(port, "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
    assert (plain.status, opened.status) == (200, 200)
    assert plain.kind == "text/plain; version=0.0.4; charset=utf-8" and "# EOF" not in plain.text
    assert opened.kind == "application/openmetrics-text; version=1.0.0; charset=utf-8"
    assert opened.text.endswith("# EOF\n")
    if shutil.which("promtool"):
        subprocess.run(["promtool", "check", "metrics"], input=plain.text, text=True, check=True)


def test_they_have_an_address_of_their_own(counted):
    host, port = counted.endpoint.removeprefix("http://").split(":")
    asking = http.client.HTTPConnection(host, int(port), timeout=10)
    asking.request("GET", "/metrics")
    assert asking.getresponse().status == 404
    asking.close()


def test_a_backup_is_noted(counted, port, tmp_path):
    assert "doorward_backup_revision" not in Fetched(port).values
    counted.doorward("backup", str(tmp_path / "b")).ok()
    noted = Fetched(port)
    assert noted["doorward_backup_revision"] == noted["doorward_directory_revision"]
    assert noted["doorward_backup_timestamp_seconds"] > noted["process_start_time_seconds"]


def test_alerts_ask_for_metrics_that_there_are(port, counted):
    asked = re.findall(r"^ +expr: (.*)$", ALERTS.read_text(), re.MULTILINE)
    assert len(asked) == 3
    names = Fetched(port).names
    for expression in asked:
        used = re.findall(r"doorward_\w+", expression)
        assert used and names.issuperset(used), expression
    if shutil.which("promtool"):
        subprocess.run(["promtool", "check", "rules", ALERTS], check=True)
