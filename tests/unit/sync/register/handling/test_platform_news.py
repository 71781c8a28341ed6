"""What of a message's way the platform is told."""

from __future__ import annotations

from sync.register.handling.events import Step
from sync.register.handling.notices import PlatformNews, news_of
from sync.register.messages import State
from tests.unit.sync.register.handling import way as ways
from tests.unit.sync.register.handling.way import Way


def last_news(way: Way) -> PlatformNews | None:
    return news_of(way.history.events[-1], way.standing)


def test_users_learn_where_it_stands_and_what_is_for_them() -> None:
    assert last_news(ways.published()) == PlatformNews(State.PUBLISHED, False, True, "")
    refused = ways.under_review().step(Step.REFUSE, ways.REFUSED_ON)
    told = PlatformNews(State.REFUSED, True, False, ways.REFUSED_ON.explanation)
    assert last_news(refused) == told
    answer = PlatformNews(State.ANSWER_SENT, False, True, ways.SOLVED.answer.text)
    assert last_news(ways.answer_sent()) == answer


def test_what_is_the_citys_own_is_not_told() -> None:
    assert last_news(ways.under_review()) is None
    assert last_news(ways.answered()) is None
