"""What the feed brings is told; edits of the directory that follow each other are told together."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.presenters.arrivals import Arrivals
from sync.exchange.feed_reader import FeedTaken
from sync.store.feed_values import Feed

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
    assert told == [0, 1]  # that was told just now
    with qtbot.waitSignal(arrivals.directory, timeout=5000):
        pass
    assert told == [0, 1, 2]


def test_what_is_not_the_directory_is_told_each_time(owner: QObject) -> None:
    arrivals, told = Arrivals(owner), list[str]()
    for name in ("city", "messages", "settings", "history", "incidents", "claims"):
        getattr(arrivals, name).connect(lambda name=name: told.append(name))
    feeds = [feed for feed in Feed if feed is not Feed.DIRECTORY]
    for feed in feeds * 2:
        arrivals.receive(FeedTaken(feed, 1, is_whole=False))

    assert len(told) == 2 * len(feeds)
    assert set(told) == {"city", "messages", "settings", "history", "incidents", "claims"}
