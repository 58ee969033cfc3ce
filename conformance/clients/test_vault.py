"""The master key in a transit engine, over TLS: nobody else has it, and nobody is asked for it while clients call."""

from __future__ import annotations

import pytest

from installation import Boto, Keys, Ran, Server, bare_environment, binary, run
from transit import Transit, certificates

TOKEN = "hvs.CAESIJ"


@pytest.fixture
def vault(tmp_path):
    with Transit(tmp_path, "doorward", TOKEN) as vault:
        yield vault


def settings(tmp_path, vault, **others) -> str:
    """A configuration file with the master key in the engine."""
    token = tmp_path / "token"
    token.write_text(f"{TOKEN}\n")
    values = {"address": vault.address, "key": "doorward", "token_file": token, "ca": vault.ca, **others}
    lines = [f'{name} = "{value}"' for name, value in values.items()]
    file = tmp_path / f"{'-'.join(['vault', *others])}.toml"
    file.write_text("\n".join(["[master_key.vault]", *lines]))
    return str(file)


def start_that_fails(server: Server, config: str) -> str:
    """What `doorward serve` says when it does not start."""
    command = [binary(), "serve", "--data", server.data, "--listen", "127.0.0.1:0", "--config", config]
    ran: Ran = run(command, bare_environment(server.folder))
    assert ran.code == 1
    return ran.err


def test_the_engine_is_asked_at_the_start_and_when_keys_change(tmp_path, vault):
    server = Server(tmp_path, tmp_path / "data", ["--config", settings(tmp_path, vault)])
    call = Boto(server)
    with server:
        assert not (server.data / "master.key").exists()
        call(None, "iam", "CreateUser", UserName="ada")
        ada = Keys.of(call(None, "iam", "CreateAccessKey", UserName="ada"))
        started = len(vault.asked)
        vault.sealed = True
        for _ in range(10):
            call(ada, "sts", "GetCallerIdentity")
        call(None, "iam", "CreateAccessKey", UserName="ada")
        assert len(vault.asked) == started, "nobody asks while clients call"
        refused = server.doorward("keys", "rotate", "data", *server.options)
        assert "Vault is sealed" in refused.err
        assert call(None, "iam", "ListUsers")["Users"][0]["UserName"] == "ada"
    said = start_that_fails(server, settings(tmp_path, vault))
    assert f"Vault at `{vault.address}`: it is sealed, or under maintenance (status 503" in said
    vault.sealed = False
    with server:
        call(ada, "sts", "GetCallerIdentity")
        vault.rotate()
        server.doorward("keys", "rotate", "data", *server.options).ok()
    with server:
        call(ada, "sts", "GetCallerIdentity")
    assert {path.rsplit("/", 2)[1] for path in vault.asked} == {"encrypt", "decrypt"}


def test_an_installation_moves_to_the_engine_and_back(tmp_path, vault):
    server, config = Server(tmp_path, tmp_path / "data"), settings(tmp_path, vault)
    with server:
        server.doorward("keys", "rotate", "master", "--to-config", config).ok()
    server.options = ["--config", config]
    with server:
        server.doorward("keys", "rotate", "master", "--finish", *server.options).ok()
        (server.data / "master.key").unlink()
    with server:
        Boto(server)(None, "iam", "ListUsers")
        back = str(tmp_path / "back.key")
        server.doorward("keys", "rotate", "master", "--to-file", back, *server.options).ok()
    server.options = ["--master-key-file", back]
    with server:
        server.doorward("keys", "rotate", "master", "--finish", *server.options).ok()
        Boto(server)(None, "iam", "ListUsers")
    assert "is wrapped under `key/" in start_that_fails(server, config)


def test_what_is_wrong_is_said(tmp_path, vault):
    stranger, _ = certificates(tmp_path, "stranger")
    wrong = tmp_path / "wrong"
    wrong.write_text("hvs.other")
    server = Server(tmp_path, tmp_path / "data")
    for others, expected in [
        ({"ca": stranger}, "UnknownIssuer"),
        ({"token_file": wrong}, "the token may not use the key, or has ended (status 403"),
        ({"key": "other"}, "it refuses the request (status 400, `/v1/transit/encrypt/other`): encryption key not found"),
        ({"mount": "kv"}, "there is no such engine or key (status 404"),
        ({"address": vault.address.replace("127.0.0.1", "localhost")}, "not valid for name"),
        ({"address": "https://127.0.0.1:1"}, "Connection refused"),
    ]:
        said = start_that_fails(server, settings(tmp_path, vault, **others))
        assert said.count(expected) == 1 and "cannot be wrapped under the master key: Vault at `https://" in said, said
    with Server(tmp_path, server.data, ["--config", settings(tmp_path, vault)]) as server:
        Boto(server)(None, "iam", "ListUsers")
