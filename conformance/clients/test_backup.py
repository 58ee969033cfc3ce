"""What was backed up while others wrote is whole elsewhere, and what is damaged or half restored is never served."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import threading
import time

import pytest
from installation import PATIENCE_S, Boto, Keys, Refused, Server, bare_environment, binary, run
from policies import allow, trust


def doorward(home, *arguments):
    """Runs the command, for what concerns no running server."""
    return run([str(binary()), *map(str, arguments)], bare_environment(home))


def moved(server: Server, data) -> None:
    """Brings what is no part of a backup to where it was restored."""
    shutil.copy(server.data / "master.key", data / "master.key")
    shutil.copy(server.data / "credentials", data / "credentials")


def test_a_backup_made_while_others_write_comes_back_elsewhere(tmp_path):
    backup, elsewhere = tmp_path / "backup", tmp_path / "elsewhere"
    with Server(tmp_path, tmp_path / "data") as server:
        call = Boto(server)
        call(None, "iam", "CreateUser", UserName="ada", Tags=[{"Key": "a", "Value": "b"}])
        ada = Keys.of(call(None, "iam", "CreateAccessKey", UserName="ada"))
        policy = call(None, "iam", "CreatePolicy", PolicyName="p", PolicyDocument=allow("iam:Get*"))["Policy"]["Arn"]
        call(None, "iam", "AttachUserPolicy", UserName="ada", PolicyArn=policy)
        service = server.create_service("ci.example.internal")
        document = trust({"Service": "ci.example.internal"})
        role = call(None, "iam", "CreateRole", RoleName="r", AssumeRolePolicyDocument=document)["Role"]["Arn"]
        call(None, "iam", "PutRolePolicy", RoleName="r", PolicyName="own", PolicyDocument=allow("iam:GetRole"))
        session = Keys.of(call(service, "sts", "AssumeRole", RoleArn=role, RoleSessionName="s1"))

        written, enough, stop = [], threading.Event(), threading.Event()

        def write():
            while not stop.is_set():
                name = f"user-{len(written)}"
                call(None, "iam", "CreateUser", UserName=name)
                written.append(name)
                if len(written) == 3:
                    enough.set()

        writer = threading.Thread(target=write)
        writer.start()
        try:
            assert enough.wait(PATIENCE_S)
            before = len(written)
            assert "Backed up" in server.doorward("backup", str(backup)).err
            after = len(written) + 1
        finally:
            stop.set()
            writer.join()
        assert json.loads(server.doorward("check", "--json").ok())["findings"] == []
        process, server.process = server.process, None
        process.kill()
        process.wait()
        process.stdout.close()

    restored = doorward(tmp_path, "restore", backup, "--data", elsewhere)
    assert restored.code == 0, restored.err
    moved(server, elsewhere)
    second = tmp_path / "second"
    second.mkdir()
    with Server(second, elsewhere) as other:
        call = Boto(other)
        names = {user["UserName"] for user in call(None, "iam", "ListUsers")["Users"]}
        there = {f"user-{number}" for number in range(len(written) + 1)} & names
        # The state of one moment: a beginning of what was written, with all that was there before.
        assert there == {f"user-{number}" for number in range(len(there))}
        assert before <= len(there) <= after
        assert call(ada, "sts", "GetCallerIdentity")["Arn"].endswith(":user/ada")
        assert call(ada, "iam", "GetUser", UserName="ada")["User"]["Tags"] == [{"Key": "a", "Value": "b"}]
        assert call(session, "iam", "GetRole", RoleName="r")["Role"]["Arn"] == role
        call(service, "sts", "AssumeRole", RoleArn=role, RoleSessionName="s2")
        call(None, "iam", "CreateUser", UserName="new")
        assert json.loads(other.doorward("check", "--json").ok())["findings"] == []


def test_an_export_comes_back_as_it_was(tmp_path):
    export, again, target = tmp_path / "export.jsonl", tmp_path / "again.jsonl", tmp_path / "target"
    with Server(tmp_path, tmp_path / "data") as server:
        call = Boto(server)
        call(None, "iam", "CreateUser", UserName="ada")
        ada = Keys.of(call(None, "iam", "CreateAccessKey", UserName="ada"))
        call(None, "iam", "PutUserPolicy", UserName="ada", PolicyName="own", PolicyDocument=allow("iam:*"))
        running = server.doorward("export").ok()
        whole = call(None, "iam", "GetAccountAuthorizationDetails")
        bare = server.doorward("export", "--secrets", "none").ok()
    assert doorward(tmp_path, "export", export, "--data", server.data).code == 0
    lines = export.read_text().splitlines()
    assert json.loads(lines[0])["secrets"] == "sealed"
    # What stopping saves, when keys were last used, was not there before.
    before, after = set(running.splitlines()[1:]), set(lines[1:])
    assert before <= after and all("key-use/" in line for line in after - before)
    assert "sealed" not in bare.split("\n", 1)[1] and '"key":"user/' in bare

    imported = doorward(tmp_path, "import", export, "--data", target)
    assert imported.code == 0, imported.err
    assert doorward(tmp_path, "export", again, "--data", target).code == 0
    assert again.read_text().splitlines()[1:] == lines[1:]
    moved(server, target)
    second = tmp_path / "second"
    second.mkdir()
    with Server(second, target) as other:
        call = Boto(other)
        assert call(None, "iam", "GetAccountAuthorizationDetails") == whole
        assert call(ada, "iam", "GetUser")["User"]["UserName"] == "ada"

    spoilt, nowhere = tmp_path / "spoilt.jsonl", tmp_path / "nowhere"
    place, record = next((place, line) for place, line in enumerate(lines) if line.startswith('{"key":"format"'))
    other = json.dumps({"key": "format", "record": {"format": 9, "program": "9.9.9"}})
    later = "\n".join([*lines[:place], other, *lines[place + 1 :]]) + "\n"
    without = "\n".join([*lines[:place], *lines[place + 1 :]]) + "\n"
    later_header = json.dumps({**json.loads(lines[0]), "format": 9}) + "\n"
    assert json.loads(record)["record"]["format"] == json.loads(lines[0])["format"] == 1
    for text, named in [
        (bare, "spoilt.jsonl:1: the export has no secrets"),
        ("\n".join(lines), f"spoilt.jsonl:{len(lines)}: it has no end"),
        ("\n".join(lines).replace('"active":true', '"active":1') + "\n", "the field `active`: it must be true or false, not 1"),
        ("\n".join([lines[0], *reversed(lines[1:])]) + "\n", "spoilt.jsonl:3: the key"),
        ("", "spoilt.jsonl:1: it must be the header"),
        (later_header, "spoilt.jsonl:1: its records have format 9, and this version imports format"),
        (later, "the store has format 9, of Doorward 9.9.9, and this is Doorward"),
        (without, "the store does not say in which format it is: the record `iam/format` is missing"),
    ]:
        spoilt.write_text(text)
        refused = doorward(tmp_path, "import", spoilt, "--data", nowhere)
        assert refused.code == 1 and named in refused.err, (named, refused.err)
        assert not nowhere.exists()


def test_an_export_without_secrets_comes_back_without_what_needs_them(tmp_path):
    bare, sealed, target = tmp_path / "bare.jsonl", tmp_path / "sealed.jsonl", tmp_path / "target"
    with Server(tmp_path, tmp_path / "data") as server:
        call = Boto(server)
        call(None, "iam", "CreateUser", UserName="ada")
        ada = Keys.of(call(None, "iam", "CreateAccessKey", UserName="ada"))
        call(None, "iam", "CreateLoginProfile", UserName="ada", Password="Correct-horse-9")
        call(None, "iam", "CreateVirtualMFADevice", VirtualMFADeviceName="phone")
        call(None, "iam", "PutUserPolicy", UserName="ada", PolicyName="own", PolicyDocument=allow("iam:*"))
        call(ada, "iam", "GetUser")
        whole = call(None, "iam", "GetAccountAuthorizationDetails")
    assert doorward(tmp_path, "export", bare, "--secrets", "none", "--data", server.data).code == 0
    assert doorward(tmp_path, "export", sealed, "--data", server.data).code == 0

    refused = doorward(tmp_path, "import", bare, "--data", target)
    assert refused.code == 1 and "import it with --secrets none" in refused.err
    cut = tmp_path / "cut.jsonl"
    cut.write_text("".join(line + "\n" for line in bare.read_text().splitlines() if '"installation"' not in line))
    refused = doorward(tmp_path, "import", cut, "--secrets", "none", "--data", target)
    assert refused.code == 1 and "the record `installation` is missing" in refused.err
    assert not target.exists()

    for number, export in enumerate([bare, sealed]):
        place, folder = tmp_path / f"place-{number}", tmp_path / f"folder-{number}"
        folder.mkdir()
        imported = doorward(tmp_path, "import", export, "--secrets", "none", "--data", place)
        assert imported.code == 0, imported.err
        assert f"key/{ada.id}" in imported.out and "login/AIDA" in imported.out and "MFA device" in imported.out
        assert "access key: 2" in imported.err and "password: 1" in imported.err
        again = doorward(tmp_path, "import", export, "--secrets", "none", "--data", place)
        assert again.code == 1 and "the store is not empty" in again.err
        checked = json.loads(doorward(tmp_path, "check", "--json", "--data", place).out)
        assert checked["findings"] == []
        with Server(folder, place) as other:
            call = Boto(other)
            # The new root key serves; nothing that the old installation gave out does.
            assert call(None, "iam", "GetAccountAuthorizationDetails") == whole
            with pytest.raises(Refused, match="InvalidClientTokenId"):
                call(ada, "sts", "GetCallerIdentity")
            assert call(None, "iam", "ListAccessKeys", UserName="ada")["AccessKeyMetadata"] == []
            assert call(None, "iam", "ListVirtualMFADevices")["VirtualMFADevices"] == []
            with pytest.raises(Refused, match="NoSuchEntity"):
                call(None, "iam", "GetLoginProfile", UserName="ada")
            new = Keys.of(call(None, "iam", "CreateAccessKey", UserName="ada"))
            assert call(new, "iam", "GetUser")["User"]["UserName"] == "ada"


def many(export: str, count: int) -> str:
    """The export with so many users more."""
    header, *lines = export.splitlines()
    user = json.loads(next(line for line in lines if '"key":"user/' in line))
    account = user["key"].split("/")[1]
    for number in range(count):
        name, id = f"extra-{number:06}", f"AIDA{number:017}"
        record = {**user["record"], "entity": {**user["record"]["entity"], "name": name, "id": id}}
        lines.append(json.dumps({"key": f"user/{account}/{name}", "record": record}))
    lines.sort(key=lambda line: json.loads(line)["key"])
    return "\n".join([header, *lines]) + "\n"


def test_a_restore_that_is_killed_is_not_served_and_can_be_done_again(tmp_path):
    export, backup, large = tmp_path / "export.jsonl", tmp_path / "backup", tmp_path / "large"
    with Server(tmp_path, tmp_path / "data") as server:
        Boto(server)(None, "iam", "CreateUser", UserName="ada")
        export.write_text(many(server.doorward("export").ok(), 6000))
    assert doorward(tmp_path, "import", export, "--data", large).code == 0
    assert doorward(tmp_path, "backup", backup, "--data", large).code == 0
    begun = time.monotonic()
    assert doorward(tmp_path, "restore", backup, "--data", tmp_path / "whole").code == 0
    whole_s = time.monotonic() - begun

    moments, halves = random.Random(5), 0
    for number in range(24):
        place = tmp_path / f"place-{number}"
        command = [str(binary()), "restore", str(backup), "--data", str(place)]
        process = subprocess.Popen(command, env=bare_environment(tmp_path), stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=moments.uniform(0.3, 1.0) * whole_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if not (place / "store.redb").exists():
            continue
        again = doorward(tmp_path, "restore", backup, "--data", place)
        if again.code != 0 and "whose restore was interrupted" in again.err:
            halves += 1
            moved(server, place)
            for task in (["serve", "--listen", "127.0.0.1:0"], ["backup", tmp_path / f"no-{number}"]):
                refused = doorward(tmp_path, *task, "--data", place)
                assert refused.code == 1 and "was interrupted" in refused.err, (task, refused.err)
            assert doorward(tmp_path, "check", "--data", place).code == 1
            (place / "store.redb").unlink()
            again = doorward(tmp_path, "restore", backup, "--data", place)
            assert again.code == 0, again.err
        # Otherwise it was killed before it had begun to write, and so is done now, or after it had ended.
        assert again.code == 0 or "the store is not empty" in again.err, again.err
        assert doorward(tmp_path, "check", "--data", place).code == 0
        shutil.rmtree(place)
        if halves == 3:
            break
    assert halves > 0, "no moment was in the middle of a restore"


def test_a_backup_goes_through_age_and_back(tmp_path):
    age = {name: shutil.which(name) for name in ("age", "age-keygen")}
    assert all(age.values()), "`cargo xtask setup --install` gets age"
    key, sealed, opened = tmp_path / "key.txt", tmp_path / "today.age", tmp_path / "today"
    made = subprocess.run([age["age-keygen"], "-o", key], check=True, capture_output=True, text=True)
    recipient = made.stderr.split("Public key: ")[1].strip()
    with Server(tmp_path, tmp_path / "data") as server:
        Boto(server)(None, "iam", "CreateUser", UserName="ada")
        command = [str(binary()), "backup", "-", "--data", str(server.data)]
        with sealed.open("wb") as out:
            backup = subprocess.Popen(command, env=bare_environment(tmp_path), stdout=subprocess.PIPE)
            subprocess.run([age["age"], "-r", recipient], stdin=backup.stdout, stdout=out, check=True)
            backup.stdout.close()
            assert backup.wait(PATIENCE_S) == 0
    assert b"ada" not in sealed.read_bytes()
    assert doorward(tmp_path, "check", sealed).code == 2
    with opened.open("wb") as out:
        subprocess.run([age["age"], "-d", "-i", key, sealed], stdout=out, check=True)
    restored = doorward(tmp_path, "restore", opened, "--data", tmp_path / "restored")
    assert restored.code == 0, restored.err
    lines = doorward(tmp_path, "export", "--data", tmp_path / "restored").out
    assert '"name":"ada"' in lines


def test_damage_is_named_and_nothing_is_written(tmp_path):
    backup, target = tmp_path / "backup", tmp_path / "target"
    with Server(tmp_path, tmp_path / "data") as server:
        assert server.doorward("backup", str(backup)).code == 0
        again = server.doorward("backup", str(backup))
        assert again.code == 1 and "is not overwritten" in again.err
    whole = backup.read_bytes()
    assert doorward(tmp_path, "check", backup).code == 0
    for spoilt, named in [
        (whole[:-1], "is cut off in part 2"),
        (whole[:400] + bytes([whole[400] ^ 1]) + whole[401:], "its checksum does not match"),
        (b"something else entirely", "it is not a backup"),
    ]:
        backup.write_bytes(spoilt)
        for command in (["restore", backup, "--data", target], ["check", backup]):
            refused = doorward(tmp_path, *command)
            assert refused.code != 0 and named in refused.err, (command, refused.err)
        assert not target.exists()


def test_a_place_in_use_and_another_master_key_are_refused(tmp_path):
    backup, target = tmp_path / "backup", tmp_path / "target"
    with Server(tmp_path, tmp_path / "data") as server:
        assert server.doorward("backup", str(backup)).code == 0
        refused = doorward(tmp_path, "restore", backup, "--data", server.data)
        assert refused.code == 1 and "in use" in refused.err
    refused = doorward(tmp_path, "restore", backup, "--data", server.data)
    assert refused.code == 1 and "the store is not empty" in refused.err and "nothing was written" in refused.err
    other = tmp_path / "other.key"
    other.write_text("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")
    other.chmod(0o600)
    refused = doorward(tmp_path, "restore", backup, "--data", target, "--master-key-file", other)
    assert refused.code == 1 and "the master key is not the one" in refused.err
    assert not target.exists()


def test_a_copy_is_the_same_installation(tmp_path):
    target = tmp_path / "target"
    with Server(tmp_path, tmp_path / "data") as server:
        call = Boto(server)
        call(None, "iam", "CreateUser", UserName="ada")
        whole = call(None, "iam", "GetAccountAuthorizationDetails")
        refused = doorward(tmp_path, "migrate", "--from", server.data, "--to", target)
        assert refused.code == 1 and "is in use" in refused.err
        server.stop()
    assert doorward(tmp_path, "migrate", "--from", server.data, "--to", target).code == 0
    moved(server, target)
    second = tmp_path / "second"
    second.mkdir()
    with Server(second, target) as other:
        assert Boto(other)(None, "iam", "GetAccountAuthorizationDetails") == whole
