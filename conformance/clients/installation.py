"""A real server in a process of its own, and the real clients that are pointed at it."""

from __future__ import annotations

import configparser
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import botocore.config
import botocore.exceptions
import botocore.session
import pytest
from botocore import xform_name

REGION = "us-east-1"
ROOT_PROFILE = "doorward-root"

# How long a server may take to start or stop before it counts as hung, in seconds.
PATIENCE_S = 60

# The stock AWS CLI, as pip installed it beside this Python.
AWS = Path(sys.executable).parent / "aws"

# One session for all clients: it holds the parsed API models, which take long to read.
SESSION = botocore.session.Session()

# The operations that some test has called with success, as (service, operation).
CALLED: set[tuple[str, str]] = set()


def binary() -> Path:
    """The server under test."""
    given = os.environ.get("DOORWARD_BINARY")
    if not given:
        raise pytest.UsageError("DOORWARD_BINARY must name the server's binary; `cargo xtask test` sets it")
    return Path(given).resolve()


@dataclass(frozen=True)
class Keys:
    """What a client signs with."""

    id: str
    secret: str = field(repr=False)
    token: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, answer: dict) -> Keys:
        """The keys in an answer of STS (`Credentials`) or of `CreateAccessKey` (`AccessKey`)."""
        found = answer.get("Credentials") or answer["AccessKey"]
        return cls(found["AccessKeyId"], found["SecretAccessKey"], found.get("SessionToken"))

    def environment(self) -> dict[str, str]:
        """The variables by which every client takes them."""
        token = {"AWS_SESSION_TOKEN": self.token} if self.token else {}
        return {"AWS_ACCESS_KEY_ID": self.id, "AWS_SECRET_ACCESS_KEY": self.secret, **token}


class Refused(Exception):
    """An error answer, whichever client received it."""

    def __init__(self, code: str, message: str):
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


@dataclass
class Ran:
    """What a run of a command came to."""

    code: int
    out: str
    err: str

    def ok(self) -> str:
        """What it printed; fails when the command did."""
        assert self.code == 0, f"exit code {self.code}: {self.err}"
        return self.out

    def json(self):
        """What it printed, read as JSON; `None` when it printed nothing."""
        text = self.ok()
        return json.loads(text) if text.strip() else None


class Server:
    """`doorward serve` on a port of its own, from start to stop.

    `data` is its data directory, `None` to keep everything in memory.
    """

    def __init__(self, folder: Path, data: Path | None, options=(), environment=None):
        self.folder = folder
        self.data = data
        self.options = list(options)
        self.environment = environment or {}
        self.log = folder / "server.log"
        self.said = ""
        self.exports: dict[str, str] = {}
        self.process: subprocess.Popen | None = None
        self._clients: dict = {}

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    def start(self) -> None:
        """Starts it, and waits until it has said everything that it says when it is ready."""
        command = [binary(), "serve", "--data", self.place, "--listen", "127.0.0.1:0", *self.options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**bare_environment(self.folder), **self.environment},
                text=True,
            )
        guard = threading.Timer(PATIENCE_S, self.process.kill)
        guard.start()
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if line.startswith("Next: "):
                break
        guard.cancel()
        self.said = "".join(lines)
        assert lines and lines[-1].startswith("Next: "), f"no start:\n{self.said}{self.log.read_text()}"
        self.exports = dict(
            word.split("=", 1)
            for line in lines
            if line.startswith("export ")
            for word in shlex.split(line.removeprefix("export "))
        )
        self._clients.clear()

    @property
    def place(self) -> str:
        """Where the installation is kept, as `--data` names it."""
        return str(self.data) if self.data else "memory"

    def kill(self) -> None:
        """Kills it at once."""
        process, self.process = self.process, None
        process.kill()
        process.wait(PATIENCE_S)
        process.stdout.close()

    def stop(self) -> None:
        """Stops it as an operator would, and checks that it went cleanly."""
        if self.process is None:
            return
        process, self.process = self.process, None
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
        finally:
            process.stdout.close()
        assert code == 0, f"the server ended with {code}:\n{self.log.read_text()}"

    @property
    def endpoint(self) -> str:
        """Where it listens."""
        return self.exports["AWS_ENDPOINT_URL"]

    @property
    def account(self) -> str:
        """The management account's number."""
        return re.search(r"^ +account +(\d{12})$", self.said, re.MULTILINE)[1]

    @property
    def root(self) -> Keys:
        """The management account's root user."""
        if self.data:
            return self.profile(ROOT_PROFILE)
        return Keys(self.exports["AWS_ACCESS_KEY_ID"], self.exports["AWS_SECRET_ACCESS_KEY"])

    def profile(self, name: str) -> Keys:
        """The keys of a profile in the server's credentials file."""
        profiles = configparser.RawConfigParser()
        profiles.read_string((self.data / "credentials").read_text())
        return Keys(profiles[name]["aws_access_key_id"], profiles[name]["aws_secret_access_key"])

    def doorward(self, *arguments: str) -> Ran:
        """Runs the command `doorward` on the server's data directory."""
        place = ["--data", str(self.data)] if self.data else []
        return run([binary(), *arguments, *place], bare_environment(self.folder))

    def create_account(self, name: str, number: str) -> Keys:
        """Makes an account; the keys of its root user."""
        self.doorward("account", "create", "--name", name, "--id", number).ok()
        return self.profile(f"{ROOT_PROFILE}-{number}")

    def create_service(self, name: str) -> Keys:
        """Registers a service principal; its keys."""
        self.doorward("service", "create", name).ok()
        return self.profile(name)

    def client(self, service: str, keys: Keys | None = None):
        """A client of boto3's kind that never retries; the root user's when no keys are given."""
        keys = keys or self.root
        if (service, keys) not in self._clients:
            client = SESSION.create_client(
                service,
                region_name=REGION,
                endpoint_url=self.endpoint,
                aws_access_key_id=keys.id,
                aws_secret_access_key=keys.secret,
                aws_session_token=keys.token,
                config=botocore.config.Config(retries={"total_max_attempts": 1}),
            )
            client.meta.events.register("after-call", remember)
            self._clients[service, keys] = client
        return self._clients[service, keys]

    def client_environment(self, keys: Keys | None = None) -> dict[str, str]:
        """What a client of its own process finds in its environment: this server, and keys if given."""
        environment = bare_environment(self.folder)
        environment.update(
            AWS_ENDPOINT_URL=self.endpoint,
            AWS_REGION=REGION,
            AWS_DEFAULT_REGION=REGION,
            AWS_EC2_METADATA_DISABLED="true",
            AWS_MAX_ATTEMPTS="1",
            AWS_CONFIG_FILE=str(self.folder / "config"),
        )
        if self.data:
            environment["AWS_SHARED_CREDENTIALS_FILE"] = str(self.data / "credentials")
        environment.update(keys.environment() if keys else {})
        return environment

    def aws(self, *arguments: str, keys: Keys | None = None, **environment: str) -> Ran:
        """Runs the AWS CLI as the root user, or with other keys; `AWS_PROFILE=` names another profile."""
        signing = keys or (None if "AWS_PROFILE" in environment else self.root)
        return run([sys.executable, AWS, *arguments], {**self.client_environment(signing), **environment})


class Boto:
    """Calls operations through boto3's library."""

    def __init__(self, server: Server):
        self.server = server

    def __call__(self, keys: Keys | None, service: str, operation: str, **parameters):
        try:
            answer = getattr(self.server.client(service, keys), xform_name(operation))(**parameters)
        except botocore.exceptions.ClientError as error:
            raise Refused(error.response["Error"]["Code"], error.response["Error"]["Message"]) from None
        answer.pop("ResponseMetadata", None)
        return answer


class Cli:
    """Calls operations through the AWS CLI: one process for each call."""

    def __init__(self, server: Server):
        self.server = server

    def __call__(self, keys: Keys | None, service: str, operation: str, **parameters):
        words = [service, xform_name(operation, "-"), "--output", "json"]
        for name, value in parameters.items():
            flag = xform_name(name, "-")
            match value:
                case True:
                    words.append(f"--{flag}")
                case False:
                    words.append(f"--no-{flag}")
                case str():
                    words.append(f"--{flag}={value}")
                case _:
                    words.append(f"--{flag}={json.dumps(value)}")
        ran = self.server.aws(*words, keys=keys)
        pattern = (
            rf"An error occurred \((\w+)\) when calling the {operation} operation(?: \(reached max retries: 0\))?: (.*)"
        )
        if ran.code != 0 and (error := re.search(pattern, ran.err, re.DOTALL)):
            raise Refused(error[1], error[2].strip())
        return ran.json() or {}


def bare_environment(home: Path) -> dict[str, str]:
    """An environment in which no client finds anything of this machine's user."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TMPDIR") if name in os.environ}
    return {**kept, "HOME": str(home), "LC_ALL": "C.UTF-8"}


def run(command, environment: dict[str, str]) -> Ran:
    """Runs a command to its end."""
    ended = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    return Ran(ended.returncode, ended.stdout, ended.stderr)


def remember(http_response, model, **_) -> None:
    """Notes an operation that was called with success."""
    if http_response.status_code == 200:
        CALLED.add((model.service_model.service_name, model.name))
