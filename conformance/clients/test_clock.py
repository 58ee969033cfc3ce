"""The clock of a server's machine jumps, and nothing is lost."""

from __future__ import annotations

import pytest

from installation import Boto, Keys, Refused
from jumping import HOUR_S, Clock, jumps, serving, signing_by


@pytest.fixture
def clock(tmp_path):
    """A clock that the clients in this process go by."""
    made = Clock(tmp_path)
    with signing_by(made):
        yield made


@pytest.fixture(params=["embedded", "etcd"])
def served(request, tmp_path, clock):
    """A server that goes by the clock, on either store."""
    with serving(request.param, tmp_path, clock) as server:
        yield server


def test_nothing_is_lost_when_the_clock_jumps(served, clock):
    outcome = jumps(served, clock)
    assert outcome["acknowledged"] and not outcome["lost"], outcome


def test_sessions_are_judged_by_the_clock_as_it_is(served, clock):
    call = Boto(served)

    def who(keys):
        return call(keys, "sts", "GetCallerIdentity")["Account"]

    user = call(served.root, "iam", "CreateUser", UserName="ada")["User"]["UserName"]
    keys = Keys.of(call(served.root, "iam", "CreateAccessKey", UserName=user))
    session = Keys.of(call(keys, "sts", "GetSessionToken", DurationSeconds=900))
    assert who(session) == served.account
    clock.set(HOUR_S)
    with pytest.raises(Refused) as refused:
        who(session)
    assert refused.value.code == "ExpiredToken"
    later = Keys.of(call(keys, "sts", "GetSessionToken", DurationSeconds=900))
    assert who(later) == served.account
    clock.set(0)
    assert who(session) == served.account, "it has not expired"
    assert who(later) == served.account, "one that was made by a clock that was ahead lasts until its expiry"
    clock.set(-HOUR_S)
    assert who(keys) == served.account, "long-term keys do not depend on the clock"
