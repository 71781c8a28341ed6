"""Changes from the feed are signalled; successive directory edits are signalled together."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.context import Arrivals
from sync.exchange.feed_reader import FeedTaken
from sync.records.feed_values import Feed
from sync.register.calls.planned import PlannedAct, PlannedCall, PlannedOvertaken, PlannedStep
from sync.register.people.operators import Person, Role

DIRECTORY = FeedTaken(Feed.DIRECTORY, 1, is_whole=False)


def test_one_edit_is_told_at_once_and_those_behind_it_together(
    owner: QObject, qtbot: QtBot
) -> None:
    arrivals, told = Arrivals(owner, gather_ms=200), list[int]()
    arrivals.directory.connect(lambda: told.append(len(told)))
    arrivals.receive(DIRECTORY)
    assert told == [0]
    assert arrivals.is_directory_shared

    for _edit in range(5):
        arrivals.receive(DIRECTORY)
    assert told == [0]
    with qtbot.waitSignal(arrivals.directory, timeout=5000):
        pass
    assert told == [0, 1]

    arrivals.receive(DIRECTORY)
    assert told == [0, 1]  # signalled just before
    with qtbot.waitSignal(arrivals.directory, timeout=5000):
        pass
    assert told == [0, 1, 2]


def test_what_is_not_the_directory_is_told_each_time(owner: QObject) -> None:
    arrivals, told = Arrivals(owner), list[str]()
    for name in ("city", "messages", "settings", "history", "incidents", "claims", "planned"):
        getattr(arrivals, name).connect(lambda name=name: told.append(name))
    feeds = [feed for feed in Feed if feed is not Feed.DIRECTORY]
    for feed in feeds * 2:
        arrivals.receive(FeedTaken(feed, 1, is_whole=False))

    assert len(told) == 2 * len(feeds)
    assert set(told) == {
        "city",
        "messages",
        "settings",
        "history",
        "incidents",
        "claims",
        "planned",
    }


def test_that_a_colleague_was_first_is_told(owner: QObject) -> None:
    arrivals, told = Arrivals(owner), list[PlannedOvertaken]()
    arrivals.planned_overtaken.connect(told.append)
    moment = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    person = Person(UUID(int=1), "Проба", Role.OPERATOR)
    call = PlannedCall(UUID(int=2), moment, "+79005550131", "", None, moment, "Проба")
    lost = PlannedStep(UUID(int=3), call.id, PlannedAct.TALKED, moment, person)
    arrivals.receive(PlannedOvertaken(call, lost))
    assert told == [PlannedOvertaken(call, lost)]
