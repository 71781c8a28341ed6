"""Unsaved reasons for decisions on registered messages are restored after a crash, for their
author.
"""

from __future__ import annotations

import pytest

from console.features.answers.decisions import AnswerDecisions, DecisionState
from console.features.answers.presenter import AnswerAction
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.handling.answers import Rating
from sync.register.handling.events import Step
from sync.register.handling.step_facts import Explained, Rated, Routed
from sync.store.local.people.shifts import KeptWordsStore
from tests.fakes.answer_messages import Led, registered
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, Told
from tests.fakes.kept_desk import FOUND, KeptDesk, Start, settle

WHY = "Нет срока ремонта."


def begin(desk: KeptDesk, led: Led, action: AnswerAction) -> AnswerDecisions:
    """Selects the message in the lists and starts this decision."""
    answers = desk.presenters.answers
    answers.answers.reload()
    settle()
    answers.answers.choose(led.id)
    chosen = answers.answers.chosen
    assert chosen is not None
    answers.decisions.begin(action, chosen)
    settle()
    return answers.decisions


def of(desk: KeptDesk, led: Led) -> Led:
    """The same message after a restart."""
    return Led(desk.handling, led.id)


def marks(desk: KeptDesk) -> list[str]:
    rows = desk.presenters.answers.answers.state.rows
    return [row.state for row in rows if row.key is not None]


def test_a_reason_is_found_again_at_its_message_and_gone_once_it_is_sent(start: Start) -> None:
    first = start()
    one = registered(first.handling, 1).to_organ().answered()
    other = registered(first.handling, 2).to_organ().answered()
    begin(first, one, AnswerAction.RETURN).set_note(WHY)
    begin(first, other, AnswerAction.WITHHOLD).set_note("Телефон соседа.")
    first.write()
    assert marks(first) == ["ответ на проверке · решается"] * 2

    again = start(first)
    assert [notice.body for notice in again.told.values] == [
        "Ещё не отправлено: решение по сообщению."
    ]
    assert again.presenters.answers.decisions.state == DecisionState()
    assert again.on_disk() == first.on_disk()
    # a draft of one action does not appear in another
    assert begin(again, of(again, one), AnswerAction.WITHHOLD).state.note == ""
    decisions = begin(again, of(again, one), AnswerAction.RETURN)
    assert (decisions.state.note, decisions.state.found_again) == (WHY, FOUND)
    decisions.confirm()
    settle()
    again.write()
    assert {place.subject for place in again.on_disk()} == {str(other.id)}
    returned = again.handling.messages[one.id].history.events[-1]
    assert (returned.step, returned.facts) == (Step.RETURN_ANSWER, Explained(WHY))


def test_a_decision_that_is_left_on_purpose_or_emptied_leaves_nothing(start: Start) -> None:
    desk = start()
    led = registered(desk.handling, 1).to_organ().answered()
    decisions = begin(desk, led, AnswerAction.RETURN)
    decisions.set_note(WHY)
    desk.write()
    assert len(desk.on_disk()) == 1
    decisions.leave()
    desk.write()
    assert desk.on_disk() == {}
    assert begin(desk, led, AnswerAction.RETURN).state.note == ""

    decisions.set_note(WHY)
    desk.write()
    again = start(desk)
    decisions = begin(again, of(again, led), AnswerAction.RETURN)
    decisions.set_note(" ")
    assert decisions.state.found_again == ""
    again.write()
    assert again.on_disk() == {}


def test_another_body_is_found_again_with_its_reason(start: Start) -> None:
    first = start()
    led = registered(first.handling, 1)
    decisions = begin(first, led, AnswerAction.ROUTE)
    decisions.organ.set_organ("waste-service")
    decisions.organ.set_reason(WHY)
    first.write()

    again = start(first)
    decisions = begin(again, of(again, led), AnswerAction.ROUTE)
    organ = decisions.organ.state
    assert (organ.organ, organ.reason) == ("waste-service", WHY)
    decisions.confirm()
    settle()
    sent = again.handling.messages[led.id].history.events[-1]
    assert sent.facts == Routed("waste-service", "road-service", WHY)
    again.write()
    assert again.on_disk() == {}


def test_remarks_are_found_again_with_their_rating(start: Start) -> None:
    first = start()
    led = registered(first.handling, 1).to_organ().answered().step(Step.SEND_ANSWER)
    decisions = begin(first, led, AnswerAction.RATE)
    decisions.set_rating(Rating.BAD.value)
    decisions.set_note(WHY)
    first.write()

    again = start(first)
    decisions = begin(again, of(again, led), AnswerAction.RATE)
    assert (decisions.state.rating, decisions.state.asks_remarks) == (Rating.BAD, True)
    decisions.confirm()
    settle()
    rated, rework = again.handling.messages[led.id].history.events[-2:]
    assert rated.facts == Rated(Rating.BAD, WHY)
    assert rework.step is Step.SEND_TO_REWORK


def test_nobody_goes_on_with_the_reason_of_another_operator(start: Start) -> None:
    desk = start()
    led = registered(desk.handling, 1).to_organ().answered()
    decisions = begin(desk, led, AnswerAction.RETURN)
    left = Told(decisions.left_to_another)
    decisions.set_note(WHY)
    desk.sit_down(OPERATOR)
    assert decisions.state == DecisionState()
    assert len(left.values) == 1
    assert marks(desk) == ["ответ на проверке"]
    assert begin(desk, led, AnswerAction.RETURN).state.note == ""
    desk.write()
    assert desk.on_disk(OPERATOR) == {}

    desk.sit_down(SUPERVISOR)
    assert len(desk.on_disk()) == 1
    assert begin(desk, led, AnswerAction.RETURN).state.note == WHY


def test_what_is_found_while_the_panel_is_open_already_stands_in_it(start: Start) -> None:
    """The start does not wait for drafts: a key may be pressed before they are loaded."""
    first = start()
    led = registered(first.handling, 1).to_organ().answered()
    begin(first, led, AnswerAction.RETURN).set_note(WHY)
    first.write()

    again = start(first)
    found = again.presenters.answers.decisions
    kept = KeptWordsStore(first.store).of(SUPERVISOR.id)
    for typed, stands in (("", WHY), ("Иное.", "Иное.")):
        begin(again, of(again, led), AnswerAction.RETURN)
        found.leave()
        begin(again, of(again, led), AnswerAction.RETURN)
        if typed:
            found.set_note(typed)
        found.find_again(SUPERVISOR.id, kept)
        assert found.state.note == stands


def test_what_is_found_of_another_message_leaves_the_panel_as_it_is(start: Start) -> None:
    """The operator must be able to read the warning about the answer's text before sending it
    (6.12).
    """
    first = start()
    led = registered(first.handling, 1).to_organ().answered()
    other = registered(first.handling, 2).to_organ().answered()
    begin(first, other, AnswerAction.RETURN).set_note(WHY)
    first.write()

    again = start(first)
    decisions = begin(again, of(again, led), AnswerAction.SEND)
    chosen = again.presenters.answers.answers.chosen
    assert chosen is not None
    phone = Finding(
        FindingKind.PERSONAL_DATA, Level.BLOCK, "phone", 0, 16, "+7 900 555-01-37", "6.12"
    )
    decisions.begin(AnswerAction.SEND, chosen, (phone,))
    before = decisions.state
    assert "+7 900 555-01-37" in before.warning
    decisions.find_again(SUPERVISOR.id, KeptWordsStore(first.store).of(SUPERVISOR.id))
    assert decisions.state == before


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_step_that_ends_behind_the_back_of_the_next_operator_shows_her_nothing(
    start: Start, is_taken: bool
) -> None:
    desk = start()
    led = registered(desk.handling, 1).to_organ().answered()
    decisions = begin(desk, led, AnswerAction.RETURN)
    taken, told = Told(decisions.taken), Told(decisions.told)
    decisions.set_note(WHY)
    desk.handling.refusing = not is_taken
    decisions.confirm()
    desk.sit_down(OPERATOR)
    settle()
    assert decisions.state == DecisionState()
    assert taken.values == []
    assert len(told.values) == (0 if is_taken else 1)
    desk.write()
    assert len(desk.on_disk()) == (0 if is_taken else 1)
