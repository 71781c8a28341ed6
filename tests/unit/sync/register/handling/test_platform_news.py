"""Steps of a message that are reported to the platform."""

from __future__ import annotations

from sync.register.handling.contents import Confidential
from sync.register.handling.events import Step
from sync.register.handling.notices import PlatformNews, news_of
from sync.register.handling.step_facts import ConfidentialFound
from sync.register.messages import State
from tests.unit.sync.register.handling import way as ways
from tests.unit.sync.register.handling.way import Way


def last_news(way: Way) -> PlatformNews | None:
    return news_of(way.history.events[-1], way.standing)


def test_users_learn_where_it_stands_and_what_is_for_them() -> None:
    assert last_news(ways.published()) == PlatformNews(
        State.PUBLISHED, False, True, "", {"step": "register_and_publish"}
    )
    refused = last_news(ways.under_review().step(Step.REFUSE, ways.REFUSED_ON))
    assert refused is not None
    assert (refused.state, refused.is_over, refused.is_public) == (State.REFUSED, True, False)
    assert refused.text == ways.REFUSED_ON.explanation
    answer = last_news(ways.answer_sent())
    assert answer is not None
    assert (answer.state, answer.is_over, answer.is_public) == (State.ANSWER_SENT, False, True)
    assert answer.text == ways.SOLVED.answer.text


def test_the_facts_without_a_field_of_open311_are_details() -> None:
    refused = last_news(ways.under_review().step(Step.REFUSE, ways.REFUSED_ON))
    assert refused is not None
    grounds = " ".join(sorted(one.value for one in ways.REFUSED_ON.grounds))
    assert refused.details == {"step": "refuse", "grounds": grounds}
    answer = last_news(ways.answer_sent())
    assert answer is not None
    assert answer.details["answer_kind"] == ways.SOLVED.answer.kind.value
    assert "planned_on" not in answer.details  # a final answer has no date
    sent = last_news(ways.at_organ())
    assert sent is not None
    assert sent.details["body"] == ways.ROUTED.organ
    rework = last_news(ways.rework())
    assert rework is not None
    assert rework.details["remarks"] == ways.BAD.remarks


def test_a_message_found_confidential_is_hidden_only_once_it_was_shown() -> None:
    """Regulation 6.12."""
    found = ConfidentialFound(frozenset({Confidential.HEALTH}))
    hidden = last_news(ways.published().step(Step.MARK_CONFIDENTIAL, found))
    assert hidden is not None
    assert not hidden.is_public
    assert last_news(ways.under_review().step(Step.MARK_CONFIDENTIAL, found)) is None


def test_what_is_the_citys_own_is_not_told() -> None:
    assert last_news(ways.under_review()) is None
    assert last_news(ways.answered()) is None
