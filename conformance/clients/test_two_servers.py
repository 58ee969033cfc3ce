"""Two servers on one cluster of etcd are one installation."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from etcd import Cluster, Sharing, until
from installation import ROOT_PROFILE, Boto, Keys, Refused
from policies import allow

# How long writes may fail after the leader of etcd was killed, in seconds.
PAUSE_S = 15


@pytest.fixture
def cluster(tmp_path):
    """Three members of etcd."""
    with Cluster(tmp_path) as started:
        yield started


@pytest.fixture
def servers(tmp_path, cluster):
    """Two servers, started at the same moment on nothing; the one that made the installation comes first."""
    both = [Sharing(tmp_path / name, cluster) for name in ("a", "b")]
    try:
        with ThreadPoolExecutor() as pool:
            list(pool.map(Sharing.start, both))
        both.sort(key=lambda server: "first start" not in server.said)
        yield both
    finally:
        for server in both:
            server.stop()


def test_one_makes_the_installation_and_both_serve_it(servers):
    one, other = servers
    assert "first start" in one.said and "first start" not in other.said
    assert one.account == other.account
    left = other.data / "credentials"
    assert not left.exists() or ROOT_PROFILE not in left.read_text(), "no keys that open nothing"
    assert other.client("sts", one.root).get_caller_identity()["Account"] == one.account


def test_a_write_on_one_counts_on_the_other(servers):
    one, other = servers
    root, here, there = one.root, Boto(one), Boto(other)
    here(root, "iam", "CreateUser", UserName="ada")
    ada = Keys.of(here(root, "iam", "CreateAccessKey", UserName="ada"))

    def known():
        try:
            return there(ada, "sts", "GetCallerIdentity")
        except Refused:
            return None

    assert until(known, "the other server knows the key")["Arn"].endswith(":user/ada")
    with pytest.raises(Refused):
        there(ada, "iam", "GetUser", UserName="ada")
    there(root, "iam", "PutUserPolicy", UserName="ada", PolicyName="p", PolicyDocument=allow("iam:GetUser"))

    def allowed():
        try:
            return here(ada, "iam", "GetUser", UserName="ada")
        except Refused:
            return None

    assert until(allowed, "the first server decides on the policy")["User"]["UserName"] == "ada"


def test_one_server_goes_on_without_the_other(servers):
    one, other = servers
    root = one.root
    Boto(one)(root, "iam", "CreateUser", UserName="before")
    one.kill()
    Boto(other)(root, "iam", "CreateUser", UserName="after")
    users = Boto(other)(root, "iam", "ListUsers")["Users"]
    assert {user["UserName"] for user in users} == {"before", "after"}


def test_writes_go_on_after_the_leader_of_etcd_was_killed(cluster, servers):
    one, other = servers
    root, made = one.root, []
    cluster.kill(until(cluster.leader, "a leader"))
    began = time.monotonic()
    for number, server in enumerate([one, other] * 3):
        name = f"u{number}"

        def write(server=server, name=name):
            try:
                Boto(server)(root, "iam", "CreateUser", UserName=name)
            except Refused as refused:
                # A retry of a write whose answer was lost finds it done.
                return refused.code == "EntityAlreadyExists"
            return True

        until(write, "a write after the leader was lost")
        made.append(name)
        if number == 0:
            assert time.monotonic() - began < PAUSE_S
    users = Boto(other)(root, "iam", "ListUsers")["Users"]
    assert [user["UserName"] for user in users] == made
