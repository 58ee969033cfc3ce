"""Keys change while clients go on, and secrets are nowhere to be read."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import threading
import time

import pytest

from installation import PATIENCE_S, Boto, Keys, Server
from policies import allow, trust


class Busy:
    """Calls with keys of every kind, without a pause, until it is left; one failure fails the test."""

    def __init__(self, server: Server, call: Boto, role: str, service: Keys, kept: list[Keys]):
        self.calls = 0
        self.failures: list[str] = []
        self._stop = threading.Event()
        self._rounds = threading.Condition()
        steps = [
            lambda: call(None, "iam", "CreateAccessKey", UserName="busy"),
            lambda: call(None, "iam", "ListUsers"),
            lambda: call(service, "sts", "AssumeRole", RoleArn=role, RoleSessionName="busy"),
            *[lambda keys=keys: call(keys, "sts", "GetCallerIdentity") for keys in kept],
        ]

        def run():
            while not self._stop.is_set():
                for step in steps:
                    try:
                        answer = step()
                        self.calls += 1
                        if key := answer.get("AccessKey"):
                            call(Keys.of(answer), "sts", "GetCallerIdentity")
                            call(None, "iam", "DeleteAccessKey", UserName="busy", AccessKeyId=key["AccessKeyId"])
                        elif "Credentials" in answer:
                            call(Keys.of(answer), "sts", "GetCallerIdentity")
                    except Exception as error:  # noqa: BLE001 whatever it is, it is told
                        self.failures.append(repr(error))
                with self._rounds:
                    self._rounds.notify_all()

        self._thread = threading.Thread(target=run)

    def go_on(self) -> None:
        """Lets it go through every call once more, from the first one on."""
        with self._rounds:
            for _ in range(2):
                assert self._rounds.wait(PATIENCE_S)

    def __enter__(self) -> Busy:
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._stop.set()
        self._thread.join()


def rings(server: Server) -> dict[str, list[tuple[str, str]]]:
    """The keys of each ring, with their states."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key in json.loads(server.doorward("keys", "--json").ok())["Keys"]:
        found.setdefault(key["Ring"], []).append((key["Id"], key["State"]))
    return found


def until(server: Server, ring: str, expected: list[tuple[str, str]]) -> None:
    """Waits until a ring has these keys in these states."""
    end = time.monotonic() + PATIENCE_S
    while (found := rings(server)[ring]) != expected:
        assert time.monotonic() < end, found


@pytest.fixture
def running(tmp_path):
    with Server(tmp_path, tmp_path / "data") as server:
        yield server


def test_a_rotation_goes_on_however_often_the_server_is_killed(tmp_path):
    server = Server(tmp_path, tmp_path / "data")
    with server:
        call = Boto(server)
        made = []
        for number in range(150):
            call(None, "iam", "CreateUser", UserName=f"u{number}")
            made += [Keys.of(call(None, "iam", "CreateAccessKey", UserName=f"u{number}")) for _ in range(2)]
        server.doorward("keys", "rotate", "data").ok()
        end = time.monotonic() + PATIENCE_S
        while ("3", "current") not in rings(server)["data"]:
            assert time.monotonic() < end
        kills, left = 0, [("1", "old"), ("3", "current")]
        while rings(server)["data"] == left and kills < 20:
            server.kill()
            kills += 1
            server.start()
        assert kills, "it was done before it could be killed"
        until(server, "data", [("3", "current")])
        call = Boto(server)
        for keys in made:
            assert call(keys, "sts", "GetCallerIdentity")["Account"] == server.account
        new = tmp_path / "new.key"
        server.doorward("keys", "rotate", "master", "--to-file", str(new)).ok()
        server.kill()
        server.start()
        assert Boto(server)(made[0], "sts", "GetCallerIdentity"), "the old master key still opens"
        server.options += ["--master-key-file", str(new)]
        server.kill()
        server.start()
        server.doorward("keys", "rotate", "master", "--finish", "--master-key-file", str(new)).ok()
        server.kill()
        server.start()
        call = Boto(server)
        for keys in made:
            assert call(keys, "sts", "GetCallerIdentity")
    assert "Nothing is wrong" in server.doorward("check", "--master-key-file", str(new)).ok()


def test_every_key_changes_while_clients_go_on(running, tmp_path):
    server, call = running, Boto(running)
    service = server.create_service("ci.example.internal")
    document = trust({"Service": "ci.example.internal"})
    role = call(None, "iam", "CreateRole", RoleName="r", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    for user in ("ada", "busy"):
        call(None, "iam", "CreateUser", UserName=user)
    ada = Keys.of(call(None, "iam", "CreateAccessKey", UserName="ada"))
    session = Keys.of(call(service, "sts", "AssumeRole", RoleArn=role, RoleSessionName="before"))
    other = server.create_account("other", "222222222222")
    assert rings(server) == {"data": [("1", "current")], "sessions": [("2", "current")]}

    with Busy(server, call, role, service, [ada, session, service, other]) as busy:
        assert "about to seal" not in server.doorward("keys", "rotate", "sessions").ok()
        until(server, "sessions", [("2", "old"), ("3", "current")])
        again = server.doorward("keys", "rotate", "data").ok()
        assert "seals within seconds" in again
        assert "changes already" in server.doorward("keys", "rotate", "data").err
        until(server, "data", [("4", "current")])
        until(server, "sessions", [("2", "old"), ("3", "current")])

        new = tmp_path / "new.key"
        said = server.doorward("keys", "rotate", "master", "--to-file", str(new)).ok()
        assert "keys rotate master --finish" in said
        assert "changes" in server.doorward("keys", "rotate", "data").err

        successor = server.doorward("service", "rotate-key", "ci.example.internal").ok()
        assert f"{service.id} goes on working" in successor
        rotated = server.doorward("account", "rotate-key", "222222222222").ok()
        assert f"{other.id} goes on working" in rotated
        busy.go_on()
    assert busy.failures == []
    assert busy.calls > 50

    # Either master key opens it; after the end, the new one alone.
    for key in (server.data / "master.key", new):
        server.stop()
        server.options = ["--master-key-file", str(key)]
        server.start()
        assert call(session, "sts", "GetCallerIdentity")["Arn"].endswith("/before")
    with_new = ("--master-key-file", str(new))
    server.doorward("keys", "rotate", "master", "--finish", *with_new).ok()
    server.stop()
    assert server.doorward("keys", "--master-key-file", str(server.data / "master.key")).code == 1
    server.doorward("keys", *with_new).ok()
    (server.data / "master.key").unlink()
    server.start()
    for keys in (ada, session, service, other):
        call(keys, "sts", "GetCallerIdentity")
    log = server.log.read_text()
    for line in ("a new session key seals", "an old data key is gone", "another master key opens the data keys"):
        assert line in log


def test_keys_that_sign_tokens_are_published_before_they_sign(running):
    server, call = running, Boto(running)
    assert "not enabled" in server.doorward("keys", "rotate", "tokens", "--account", server.account).err
    server.doorward("keys", "rotate", "tokens").ok()
    call(None, "iam", "EnableOutboundWebIdentityFederation")
    before = rings(server)["tokens"]
    assert {state for _, state in before} == {"current"}
    server.doorward("keys", "rotate", "tokens", "--account", server.account).ok()
    after = rings(server)["tokens"]
    assert after[: len(before)] == before and {state for _, state in after[len(before) :]} == {"next"}
    assert "signs from" in server.doorward("keys", "rotate", "tokens").err


def forms(secret: bytes) -> dict[str, bytes]:
    """A secret as it is, and as it is written."""
    return {
        "raw": secret,
        "base64": base64.b64encode(secret).rstrip(b"=")[:-1],
        "hex": secret.hex().encode(),
    }


def memory(process: int) -> bytes | None:
    """All that a process can read of its own memory; `None` where the system shows it to nobody like us."""
    found = []
    try:
        with open(f"/proc/{process}/mem", "rb") as content, open(f"/proc/{process}/maps") as maps:
            for line in maps:
                place, rights = line.split()[:2]
                if rights.startswith("r") and "[v" not in line:
                    begin, end = (int(bound, 16) for bound in place.split("-"))
                    content.seek(begin)
                    try:
                        found.append(content.read(end - begin))
                    except OSError:  # mapped, and nothing behind it
                        continue
    except PermissionError:
        return None
    return b"".join(found)


def test_memory_holds_no_secret_that_was_made_or_used(running):
    server, call = running, Boto(running)
    call(None, "iam", "CreateUser", UserName="ada")
    ada = Keys.of(call(None, "iam", "CreateAccessKey", UserName="ada"))
    passwords = "Correct-horse-battery-7", "Wrong-horse-battery-8"
    call(None, "iam", "CreateLoginProfile", UserName="ada", Password=passwords[0])
    call(None, "iam", "UpdateLoginProfile", UserName="ada", Password=passwords[1])
    device = call(None, "iam", "CreateVirtualMFADevice", VirtualMFADeviceName="phone")["VirtualMFADevice"]
    for _ in range(20):
        call(ada, "sts", "GetCallerIdentity")
        call(None, "iam", "ListUsers")
    secrets = {
        "access key": ada.secret.encode(),
        "root key": server.root.secret.encode(),
        "password": passwords[0].encode(),
        "new password": passwords[1].encode(),
        "seed": bytes(device["Base32StringSeed"]),
    }
    content = memory(server.process.pid)
    if content is None:
        return
    assert ada.id.encode() in content, "the search would find what is there"
    found = [
        f"{what}, {form}"
        for what, secret in secrets.items()
        for form, text in forms(secret).items()
        if text in content
    ]
    assert found == []


def test_no_secret_can_be_read_where_it_should_not_be(running, tmp_path):
    server, call = running, Boto(running)
    for user in ("ada", "bob"):
        call(None, "iam", "CreateUser", UserName=user)
    ada = Keys.of(call(None, "iam", "CreateAccessKey", UserName="ada"))
    password = "Correct-horse-battery-7"
    call(None, "iam", "CreateLoginProfile", UserName="ada", Password=password)
    device = call(None, "iam", "CreateVirtualMFADevice", VirtualMFADeviceName="phone")["VirtualMFADevice"]
    secrets = {
        "access key": ada.secret.encode(),
        "root key": server.root.secret.encode(),
        "password": password.encode(),
        "seed": bytes(device["Base32StringSeed"]),
        "master key": base64.b64decode((server.data / "master.key").read_text()),
    }
    call(None, "iam", "PutUserPolicy", UserName="ada", PolicyName="p", PolicyDocument=allow("iam:Get*"))
    call(ada, "sts", "GetCallerIdentity")
    shown = server.doorward("serve", "--print-config").ok() + server.doorward("keys", "--json").ok()

    # Nobody but a privileged user can read the memory, and nobody's crash leaves it on disk.
    limits = open(f"/proc/{server.process.pid}/limits").read()
    assert [line.split()[4:6] for line in limits.splitlines() if line.startswith("Max core")] == [["0", "0"]]
    assert os.stat(f"/proc/{server.process.pid}/mem").st_uid == 0
    places = {"log": server.log.read_bytes(), "shown": shown.encode()}
    os.kill(server.process.pid, signal.SIGABRT)
    server.process.wait(PATIENCE_S)
    for file in server.data.iterdir():
        if file.name not in ("credentials", "master.key"):
            places[file.name] = file.read_bytes()
    assert not list(tmp_path.rglob("core*"))
    for where, content in places.items():
        for what, secret in secrets.items():
            for form, text in forms(secret).items():
                assert text not in content, f"{what}, {form}, in {where}"
    # The search would find what is in clear.
    assert b"ada" in places["store.redb"]
    server.start()
