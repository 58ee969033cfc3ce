"""`doorward doctor`: what is well is said to be, and what is not is named."""

from __future__ import annotations

import json
import os

import pytest

from etcd import Cluster, Sharing
from installation import Server, bare_environment, binary, run
from transit import certificates


def seen(server: Server, *options: str, place: str | None = None) -> tuple[int, dict[str, tuple[str, str]]]:
    """The exit code, and of each thing the worst verdict with what was said."""
    command = [binary(), "doctor", "--json", "--data", place or str(server.data), *options]
    ran = run(command, {**bare_environment(server.folder), **server.environment})
    found: dict[str, tuple[str, str]] = {}
    order = ["ok", "unknown", "warning", "problem"]
    for finding in json.loads(ran.out):
        about, verdict = finding["about"], finding["verdict"]
        assert (verdict in ("warning", "problem")) == ("remedy" in finding), finding
        if about not in found or order.index(verdict) > order.index(found[about][0]):
            found[about] = (verdict, finding["says"])
    return ran.code, found


@pytest.fixture
def running(tmp_path):
    with Server(tmp_path, tmp_path / "data") as server:
        yield server


def test_a_healthy_installation(running, tmp_path):
    backup = tmp_path / "backup"
    running.doorward("backup", str(backup)).ok()
    code, found = seen(running, "--backups", str(backup))
    # Of the disk and the clock of the machine that tests run on, nothing is known.
    about_us = {about: verdict for about, (verdict, _) in found.items() if not about.startswith(("disk", "clock"))}
    assert set(about_us.values()) == {"ok"} and code == 0, found
    assert set(about_us) >= {"configuration", "store", "keys", "file modes", "TLS", "server", "open files", "backup"}
    running.stop()
    code, found = seen(running)
    assert found["store"] == ("ok", found["store"][1]) and "hold together" in found["store"][1]
    assert found["server"][0] == "unknown" and code == 0


def test_each_fault_is_a_problem(running, tmp_path):
    data = running.data
    (tmp_path / "backups").mkdir()
    ca, expired = certificates(tmp_path, "mine")
    server_key = tmp_path / "other.key.pem"
    server_key.write_text("nothing")
    for options, about, said in [
        (["--master-key-file", str(tmp_path / "other.key")], "keys", None),
        (["--backups", str(tmp_path / "backups")], "backup", "there is none"),
        (["--config", str(tmp_path / "nowhere.toml")], "configuration", "cannot be read"),
    ]:
        if about == "keys":
            running.stop()
        code, found = seen(running, *options)
        assert code == 1 and found[about][0] == "problem" and (said or "") in found[about][1], found
    tls = tmp_path / "tls.toml"
    tls.write_text(f'[tls]\ncertificate = "{ca}"\nkey = "{server_key}"\n')
    assert seen(running, "--config", str(tls))[1]["TLS"][0] == "problem"

    os.chmod(data / "store.redb", 0o644)
    assert seen(running)[1]["file modes"][0] == "problem"
    os.chmod(data / "store.redb", 0o600)
    (data / "store.redb").write_bytes(b"somebody else's file")
    code, found = seen(running)
    assert code == 1 and found["store"][0] == "problem" and "store.redb" in found["store"][1], found


def test_each_member_of_a_cluster_is_asked(tmp_path):
    with Cluster(tmp_path) as cluster, Sharing(tmp_path / "a", cluster) as server:
        code, found = seen(server, place="etcd")
        assert code == 0 and found["etcd"][0] == "ok" and found["keys"][0] == "ok", found
        cluster.kill((cluster.leader() + 1) % 3)
        code, found = seen(server, place="etcd")
        assert code == 0 and found["etcd"][0] == "warning", found
