"""Messages reviewed by real keys: refused, undone, registered, removed as a duplicate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from uuid_utils.compat import uuid7

from sync.register.checks.finding import Ground
from sync.register.handling.events import Step, person
from sync.register.handling.handled import HandledMessage
from sync.register.handling.step_facts import RefusedOn, Repeated, Routed
from sync.register.messages import State
from sync.store.local.keys import open_key
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, ConsoleStage
from tests.fakes.records import filled, new_call, registered_message

LIMIT_S = 30.0
CALLER = "+79005550139"
CATEGORY = "roads/potholes"  # of the sample directory
TEXT = "Яма на дороге у дома. Дежурные там бездельники и воры."
PLACE = "улица Садовая, 5"
TWICE = "Не убирают снег, пройти нельзя, люди падают."


@contextmanager
def _store(desk: ConsoleStage) -> Iterator[RegisterStore]:
    """Opens the register of a stopped console."""
    file = desk.data_folder / "register.db"
    store = RegisterStore.open(file, open_key(file), first_station="1", home_area_code="87999")
    try:
        yield store
    finally:
        assert store.close_store()


def _messages(desk: ConsoleStage) -> tuple[HandledMessage, ...]:
    desk.kill_console()
    with _store(desk) as store:
        return MessageHandling(store).in_states(frozenset(State))


def _steps(message: HandledMessage) -> list[Step]:
    return [event.step for event in message.history.events]


def _told(message: HandledMessage, step: Step) -> object:
    return next(event.facts for event in message.history.events if event.step is step)


def _hand_in_twice(store: RegisterStore) -> tuple[UUID, UUID]:
    """Submits the same report by two calls: the first message is registered, the second waits;
    returns their ids.
    """
    operator = store.operators()[0]
    now = datetime.now(UTC)
    made = []
    for number in (1, 2):
        card = store.open_card(new_call(number, now), operator).result(LIMIT_S)
        message = replace(registered_message(card, uuid7()), category=CATEGORY, text=TWICE)
        made.append((message, filled(card)))
    (first, card), (second, _card) = made
    store.register_message(first, card, by=operator).result(LIMIT_S)
    draft = replace(second, state=State.DRAFT, submitted_at=None, registered_at=None)
    store.hand_in(draft, person(operator)).result(LIMIT_S)
    return first.id, second.id


def test_a_message_of_a_call_is_refused_taken_back_and_registered(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type(TEXT)
        desk.press("ctrl+3")
        desk.type(PLACE)
        desk.press("alt+Return")
        desk.wait_for("t_message_handed_in", LIMIT_S)
        desk.hang_up()
        desk.save()

        desk.press("F10")
        desk.press("Return")
        desk.wait_for("t_review_opened", LIMIT_S)
        assert int(desk.wait_for("t_review_checked", LIMIT_S)["findings"]) > 0
        desk.press("2")
        desk.press("5")
        desk.picture("refuse")
        desk.press("ctrl+Return")
        assert desk.wait_for("t_decided", LIMIT_S)["decision"] == "refuse"
        desk.press("ctrl+z")
        desk.wait_for("t_decision_undone", LIMIT_S)
        # The message is shown again with a row for each finding.
        desk.wait_for("t_review_checked", LIMIT_S)

        desk.press("Tab", times=4)  # findings, place, day, hour
        desk.type("0730")
        desk.press("Tab")
        desk.type("ямы")
        desk.press("Return")
        desk.press("Escape")
        desk.press("1")
        desk.picture("register")
        desk.press("Return")
        assert desk.wait_for("t_decided", LIMIT_S)["decision"] == "register"
        (message,) = _messages(desk)

    assert _steps(message) == [
        Step.SUBMIT,
        Step.STATE_PUBLICITY,
        Step.LINK_CALL,
        Step.TAKE_UP,
        Step.REFUSE,
        Step.TAKE_BACK,
        Step.CORRECT,
        Step.CORRECT,
        Step.REGISTER,
        Step.SEND_TO_ORGAN,
    ]
    refused = _told(message, Step.REFUSE)
    assert isinstance(refused, RefusedOn)
    assert refused.grounds == {Ground.INCOMPLETE, Ground.INSULT}
    assert "время" in refused.explanation
    routed = _told(message, Step.SEND_TO_ORGAN)
    assert isinstance(routed, Routed)
    assert routed.organ == routed.route_organ == "road-service"
    assert message.record.state is State.AT_ORGAN
    assert message.record.text == TEXT
    assert message.record.place == PLACE


def _remove_as_repetition(desk: ConsoleStage) -> None:
    desk.press("3")
    desk.picture("duplicate")
    desk.press("ctrl+Return")
    assert desk.wait_for("t_decided", LIMIT_S)["decision"] == "remove_duplicate"


def test_a_message_that_repeats_another_is_removed_as_such_after_a_second_thought(
    tmp_path: Path,
) -> None:
    desk = ConsoleStage(tmp_path)
    with _store(desk) as store:
        first_id, second_id = _hand_in_twice(store)
    with desk:
        desk.press("F10")
        desk.press("Return")
        desk.wait_for("t_review_opened", LIMIT_S)
        assert int(desk.wait_for("t_similar_found", LIMIT_S)["count"]) == 1
        _remove_as_repetition(desk)
        desk.press("ctrl+z")
        desk.wait_for("t_decision_undone", LIMIT_S)
        assert int(desk.wait_for("t_similar_found", LIMIT_S)["count"]) == 1
        _remove_as_repetition(desk)
        handled = {message.id: message for message in _messages(desk)}

    assert handled[second_id].standing.state is State.REMOVED_AS_DUPLICATE
    assert _told(handled[second_id], Step.REMOVE_DUPLICATE) == Repeated(first_id, is_in_term=True)
    steps = _steps(handled[second_id])
    assert steps[-3:] == [Step.REMOVE_DUPLICATE, Step.TAKE_BACK, Step.REMOVE_DUPLICATE]
    assert handled[first_id].standing.state is State.AT_ORGAN
