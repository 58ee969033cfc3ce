"""Ansible's collection amazon.aws, in processes of its own: what is applied twice changes nothing the second time.

Source: https://docs.ansible.com/ansible/latest/collections/amazon/aws/
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from installation import binary

HERE = Path(__file__).parent / "ansible"

# The collection comes with the package `ansible`, of which nothing else is wanted.
CORE = ["ansible-core==2.19.14", "boto3==1.44.5"]
COLLECTIONS = "ansible==12.3.0"
COLLECTION = "ansible_collections/amazon/aws/"

READ = {
    "Version": "2012-10-17",
    "Statement": [{"Sid": "Read", "Effect": "Allow", "Action": ["s3:Get*", "iam:GetRole"], "Resource": "*"}],
}
BOUNDARY = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}


@pytest.fixture(scope="module")
def ansible() -> Path:
    """A folder below the build's own with the pinned packages in it."""
    place = binary().parent.parent / "ansible-client"
    pins = "\n".join([*CORE, COLLECTIONS])
    stamp = place / "pins"
    if not stamp.is_file() or stamp.read_text() != pins:
        shutil.rmtree(place, ignore_errors=True)
        pip = [place / "venv/bin/python", "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
        done([sys.executable, "-m", "venv", place / "venv"])
        done([*pip, "install", *CORE])
        done([*pip, "download", "--no-deps", "--dest", place / "wheels", COLLECTIONS])
        (wheel,) = (place / "wheels").iterdir()
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(place, [name for name in packed.namelist() if name.startswith(COLLECTION)])
        shutil.rmtree(place / "wheels")
        stamp.write_text(pins)
    return place


def done(command) -> None:
    """Runs a command that must succeed."""
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, f"`{' '.join(map(str, command))}` failed:\n{ran.stderr}"


@pytest.fixture(scope="module")
def play(server, ansible, tmp_path_factory):
    """Runs a playbook; what its tasks came to."""
    folder = tmp_path_factory.mktemp("ansible")
    for playbook in HERE.glob("*.yml"):
        shutil.copy(playbook, folder)
    (folder / "read.json").write_text(json.dumps(READ))
    (folder / "boundary.json").write_text(json.dumps(BOUNDARY))
    user = server.client("iam").create_user(UserName="ansible-caller")["User"]["Arn"]
    keys = server.client("iam").create_access_key(UserName="ansible-caller")["AccessKey"]
    server.client("iam").put_user_policy(
        UserName="ansible-caller", PolicyName="admin", PolicyDocument=json.dumps(BOUNDARY)
    )
    trust = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": user}, "Action": "sts:AssumeRole"}],
    }

    def run(playbook: str) -> dict:
        report = folder / "report.json"
        report.unlink(missing_ok=True)
        variables = {
            "ansible_python_interpreter": str(ansible / "venv/bin/python"),
            "report": str(report),
            "trust": json.dumps(trust),
        }
        command = [ansible / "venv/bin/ansible-playbook", "-i", "localhost,", playbook]
        ran = subprocess.run(
            [*command, "--extra-vars", json.dumps(variables)],
            cwd=folder,
            env={
                **server.client_environment(),
                "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
                "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
                "ANSIBLE_COLLECTIONS_PATH": str(ansible),
                "ANSIBLE_LOCAL_TEMP": str(folder / "tmp"),
            },
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return json.loads(report.read_text())

    return run


def test_ansible_gets_along(server, play):
    first = play("apply.yml")
    made = ["managed_policy", "boundary", "user", "inline", "group", "role", "profile"]
    assert [name for name in made if first[name]["changed"]] == made
    user = f"arn:aws:iam::{server.account}:user/ansible/ansible-user"
    assert first["user_info"]["iam_users"][0]["arn"] == user
    assert first["user_info"]["iam_users"][0]["tags"] == {"Team": "Tools", "aws-like:key": "v@lue/1"}
    assert first["group"]["iam_group"]["users"][0]["user_name"] == "ansible-user"
    role = first["role_info"]["iam_roles"][0]
    assert role["max_session_duration"] == 7200
    assert role["managed_policies"][0]["policy_name"] == "ansible-read"
    assert role["instance_profiles"][0]["instance_profile_name"] == "ansible-profile"
    profile = first["profile_info"]["iam_instance_profiles"][0]
    assert profile["roles"][0]["role_name"] == "ansible-role"
    assert first["session"]["sts_user"]["arn"].endswith(":assumed-role/ansible-role/ansible")

    second = play("apply.yml")
    assert [name for name in made if second[name]["changed"]] == []

    third = play("remove.yml")
    assert all(task["changed"] for task in third.values()), third
    fourth = play("remove.yml")
    assert not any(task["changed"] for task in fourth.values()), fourth
