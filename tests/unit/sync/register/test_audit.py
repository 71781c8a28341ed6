"""The hash chain of the audit: every change is detected and located."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from sync.register.audit import (
    Anchor,
    Audited,
    AuditKind,
    AuditRow,
    BreakCode,
    ChainBreak,
    Subject,
    beginning,
    checked,
    done_by,
    head_facts,
    linked,
)
from sync.register.handling.events import Source, person
from tests.unit.sync.register.records import operator

CHAIN = UUID(int=7)
AT = datetime(2026, 11, 26, 9, 0, 0, 120, tzinfo=UTC)
Rows = list[AuditRow]


def chain(length: int, chain: UUID = CHAIN, count: int = 1) -> Rows:
    rows: Rows = []
    for seq in range(1, length + 1):
        previous = rows[-1].hash if rows else beginning(chain)
        audited = Audited(AuditKind.LOOKED_UP, UUID(int=1), detail="phone", count=count)
        at, id = AT + timedelta(seconds=seq), UUID(int=100 + seq)
        rows.append(
            linked(audited, station="0001", chain=chain, seq=seq, id=id, at=at, previous=previous)
        )
    return rows


def break_of(rows: Sequence[AuditRow], **known: object) -> ChainBreak | None:
    return checked("0001", CHAIN, rows, **known).broken  # type: ignore[arg-type]


def forged(rows: Rows) -> Rows:
    rows[4] = replace(rows[4], audited=replace(rows[4].audited, by_id=UUID(int=2)))
    return rows


def forged_with_its_hash(rows: Rows) -> Rows:
    told = {"station": "0001", "chain": CHAIN, "seq": 5, "id": rows[4].id, "at": rows[4].at}
    rows[4] = linked(Audited(AuditKind.EXPORTED, UUID(int=2)), previous=rows[3].hash, **told)  # type: ignore[arg-type]
    return rows


def without_the_middle(rows: Rows) -> Rows:
    return rows[:4] + rows[5:]


def swapped(rows: Rows) -> Rows:
    rows[4], rows[5] = replace(rows[5], seq=5), replace(rows[4], seq=6)
    return rows


def moved_to_another_desk(rows: Rows) -> Rows:
    return [replace(row, station="0002") for row in rows]


@pytest.mark.parametrize(
    ("spoil", "code", "seq"),
    [
        (forged, BreakCode.ALTERED, 5),
        (forged_with_its_hash, BreakCode.ALTERED, 6),
        (without_the_middle, BreakCode.MISSING, 6),
        (swapped, BreakCode.ALTERED, 5),
        (moved_to_another_desk, BreakCode.ALTERED, 1),
    ],
)
def test_the_first_broken_row_is_told(
    spoil: Callable[[Rows], Rows], code: BreakCode, seq: int
) -> None:
    assert break_of(spoil(chain(10)), written=10) == ChainBreak(code, seq)


def test_a_whole_chain_is_sound_and_tells_its_head() -> None:
    rows = chain(10)
    anchors = {3: rows[2].hash, 10: rows[9].hash}
    report = checked("0001", CHAIN, rows, written=10, anchors=anchors)
    assert report.broken is None
    assert report.head is not None
    assert (report.rows, report.head.seq, report.head.hash) == (10, 10, rows[9].hash)
    assert checked("0001", CHAIN, ()).head is None


def test_what_is_cut_off_is_missed_by_what_was_written_and_by_anchors() -> None:
    rows = chain(10)
    assert break_of(rows[:8], written=10) == ChainBreak(BreakCode.CUT, 8)
    assert break_of(rows[:8], anchors={9: rows[8].hash}) == ChainBreak(BreakCode.CUT, 8)
    assert break_of((), written=1) == ChainBreak(BreakCode.CUT, 0)
    # The chain does not reveal a missing end: this is why its head is published.
    assert break_of(rows[:8]) is None


def test_a_chain_made_anew_is_told_by_its_anchors_only() -> None:
    anchors = {6: chain(10)[5].hash}
    rebuilt = chain(10, count=2)
    assert break_of(rebuilt, written=10) is None
    assert break_of(rebuilt, written=10, anchors=anchors) == ChainBreak(BreakCode.REWRITTEN, 6)


def test_the_hash_does_not_hang_on_the_clock_s_zone() -> None:
    first = chain(1)
    moved = [replace(first[0], at=first[0].at.astimezone(timezone(timedelta(hours=3))))]
    assert break_of(moved) is None


def test_whoever_acts_is_an_identity_or_a_source() -> None:
    by, what = operator(), (AuditKind.MESSAGE_STEPS, Subject.MESSAGE, UUID(int=5))
    assert done_by(by, *what) == done_by(person(by), *what)
    assert done_by(by, *what).by_id == by.id
    told = done_by(Source.PLATFORM, *what)
    assert (told.by_id, told.source, told.subject_id) == (None, "platform", UUID(int=5))


def test_heads_are_written_as_json_has_them() -> None:
    head = Anchor("0001", UUID(int=7), 12, "ab" * 32)

    assert head_facts([head]) == [
        {"station": "0001", "chain": str(UUID(int=7)), "seq": 12, "hash": "ab" * 32}
    ]
