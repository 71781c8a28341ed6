"""Branches of the central database's history to which writes are allowed."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from sync.exchange.timeline import Verdict, judge
from sync.store.central.hosts import central_hosts
from sync.store.central.server_identity import Branch, CentralFacts, CentralMark

EARLIER, LATER = UUID(int=1), UUID(int=2)


def met(system: str, timeline: int, succession: UUID | None = None) -> CentralFacts:
    return CentralFacts("c", Branch(system, timeline), succession, datetime.now(UTC))


def mark(system: str, timeline: int, succession: UUID | None = None) -> CentralMark:
    return CentralMark(Branch(system, timeline), succession)


@pytest.mark.parametrize(
    ("last", "found", "verdict"),
    [
        (None, met("a", 7), Verdict.AHEAD),
        (mark("a", 2), met("a", 2), Verdict.SAME),
        (mark("a", 2), met("a", 3), Verdict.AHEAD),
        (mark("a", 2), met("a", 1), Verdict.OLDER),
        (mark("a", 2), met("b", 3), Verdict.OTHER),
        (mark("a", 2), met("b", 1, EARLIER), Verdict.SUCCESSOR),
        (mark("a", 3), met("a", 2, EARLIER), Verdict.SUCCESSOR),
        # An administrator's declaration applies once, and never backwards.
        (mark("b", 2, EARLIER), met("b", 1, EARLIER), Verdict.OLDER),
        (mark("b", 2, LATER), met("b", 1, EARLIER), Verdict.OLDER),
        (mark("b", 2, LATER), met("a", 9), Verdict.OTHER),
        (mark("b", 2, LATER), met("a", 9, EARLIER), Verdict.OTHER),
    ],
)
def test_the_timeline_rule(last: CentralMark | None, found: CentralFacts, verdict: Verdict) -> None:
    assert judge(last, found) is verdict


@pytest.mark.parametrize(
    ("dsn", "names"),
    [
        ("host=db1,db2 port=5432,5433 dbname=x", ["db1:5432", "db2:5433"]),
        ("host=db1,db2 port=6000 dbname=x", ["db1:6000", "db2:6000"]),
        ("host=db1,db2 port=5432, dbname=x", ["db1:5432", "db2"]),
        ("postgresql://desk:secret@db1:1,db2:2/x?sslmode=verify-full", ["db1:1", "db2:2"]),
        ("host=db1,db2 hostaddr=192.0.2.1,192.0.2.2 dbname=x", ["db1", "db2"]),
        ("hostaddr=192.0.2.1 dbname=x", ["192.0.2.1"]),
        ("dbname=x", [""]),
        ("service=centre", [""]),
        ("host=db1,db2 port=1,2,3 dbname=x", [""]),  # libpq rejects this itself
    ],
)
def test_every_server_of_a_string_is_asked_for_itself(dsn: str, names: list[str]) -> None:
    hosts = central_hosts(dsn)
    assert [host.name for host in hosts] == names
    for host in hosts:
        assert "target_session_attrs=read-write" in host.dsn
        assert "secret" not in host.name
        assert ("sslmode=verify-full" in host.dsn) == ("verify-full" in dsn)
