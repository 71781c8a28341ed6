"""Serialisation of message courses to rows: lossless, with a version for each change of content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from sync.records.course_codec import answers_of, course_row, grounds_of, told_of
from sync.register.figures.course import COURSE_VERSION, MessageCourse, course_of
from sync.register.handling.handled import HandledMessage
from tests.fakes.message_ways import dozen
from tests.fakes.random_ways import random_ways

BEGAN = datetime(2025, 2, 1, tzinfo=UTC)
# of the version that the program has
MADE = (3, "28fc19d40647dd4a087bf7aed139a74bb799e7363439cbba58eeddccca0d03f0")


def rows(ways: Iterable[HandledMessage]) -> list[tuple[MessageCourse, dict[str, Any]]]:
    courses = [course_of(way.history) for way in ways]
    return [(course, course_row(course)) for course in courses]


def test_a_row_tells_what_the_course_tells() -> None:
    found = rows((*dozen(), *random_ways(3, 150, BEGAN, 60)))
    assert any(len(course.sent) > 1 for course, _row in found)
    for course, row in found:
        told = None if row["answers"] is None else json.dumps(row["answers"])
        answers = answers_of(told, (row["topic"], row["category"], row["organ"]))
        assert answers.sent == course.sent
        assert answers.awaited == course.awaited
        assert answers.promised_on == course.promised_on
        assert told_of(json.dumps(row["told"])) == course.told
        assert grounds_of(row["grounds"]) == course.grounds
        assert row["state"] == course.state
        assert (row["submitted_s"], row["decided_s"]) == (course.submitted_s, course.decided_s)


def test_another_course_of_the_same_events_has_another_version() -> None:
    """If this fails, increase COURSE_VERSION: every central database then rebuilds its stored
    courses.
    """
    told = json.dumps([row for _course, row in rows(dozen())], default=str, sort_keys=True)
    assert (COURSE_VERSION, hashlib.sha256(told.encode()).hexdigest()) == MADE
