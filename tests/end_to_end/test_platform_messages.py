"""Messages without a call, by real keys: one entered at the desk, one sent by a platform user."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from sync.records.replicated_tables import message
from sync.register.checks.finding import Ground
from sync.register.handling.contents import Confidential
from sync.register.handling.events import Source, Step
from sync.register.handling.handled import HandledMessage
from sync.register.handling.step_facts import ConfidentialFound, Explained, RefusedOn
from sync.register.messages import Publicity, State
from sync.register.people.values import PersonName
from sync.store.local.keys import open_key
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.reading import RegisterReading
from tests.fakes.console_stage import ConsoleStage
from tests.fakes.led_messages import LIMIT_S, stopped_store
from tests.fakes.open311_server import Open311Server

POLL_S = 0.1
SENT = "Когда повысят пенсию моей соседке?"
AUTHOR = {
    "first_name": "Проба Пробовна",
    "last_name": "Пробная",
    "email": "citizen@test.invalid",
    "phone": "8 900 555-01-07",
}
BROUGHT, PLACE = "Разбита скамейка в сквере.", "сквер на улице Садовой"
NOT_PERSONAL = "Скамейка не человек"
QUESTION = "Чей это сквер?"


def _until(is_so: Callable[[], bool], what: str) -> None:
    until_s = time.monotonic() + LIMIT_S
    while not is_so():
        assert time.monotonic() < until_s, what
        time.sleep(POLL_S)


def _is_taken_in(file: Path) -> bool:
    reading = RegisterReading.open_for_reading(file, open_key(file))
    try:
        found = reading.read(lambda connection: connection.scalars(select(message.c.text)).all())
    finally:
        reading.close_reading()
    return SENT in found


def _send_on_the_platform(desk: ConsoleStage, server: Open311Server) -> None:
    """A user sends a message; the console polls at its next start, otherwise once a minute."""
    _until(lambda: bool(server.calls), "the console has asked the platform nothing")
    desk.kill_console()
    # The platform reports whole seconds: this one is not before the console's first poll.
    server.add_foreign(SENT, datetime.now(UTC) + timedelta(seconds=1), told=AUTHOR)
    desk.start_again()
    file = desk.data_folder / "register.db"
    _until(lambda: _is_taken_in(file), "the message was not taken in")


def _decided(desk: ConsoleStage) -> str:
    return str(desk.wait_for("t_decided", LIMIT_S)["decision"])


def _messages(desk: ConsoleStage) -> dict[str, HandledMessage]:
    desk.kill_console()
    with stopped_store(desk) as store:
        found = MessageHandling(store).in_states(frozenset(State))
    return {one.record.text: one for one in found}


def _told(handled: HandledMessage) -> dict[Step, object]:
    return {event.step: event.facts for event in handled.history.events}


def test_a_brought_message_is_asked_about_and_a_sent_one_is_refused(tmp_path: Path) -> None:
    with Open311Server() as server:
        platform: dict[str, str | int] = {"url": server.url, "key": server.behaviour.api_key}
        with ConsoleStage(tmp_path, settings={"platform": platform}) as desk:
            _send_on_the_platform(desk, server)

            desk.press("F10")
            desk.press("Insert")
            desk.type(BROUGHT)
            desk.press("Tab")
            desk.type(PLACE)
            desk.press("Tab", times=4)  # name, phone, e-mail, publicity
            desk.press("Left")  # from «not asked» to «public»
            desk.picture("brought")
            desk.press("ctrl+Return")
            desk.wait_for("t_review_opened", LIMIT_S)
            desk.press("5")
            desk.press("1")
            desk.press("Return")
            assert _decided(desk) == "mark_confidential"
            desk.press("5")
            desk.press("1")
            desk.press("Tab", times=len(Confidential))
            desk.type(NOT_PERSONAL)
            desk.picture("cleared")
            desk.press("ctrl+Return")
            assert _decided(desk) == "clear_confidential"
            desk.press("4")
            desk.type(QUESTION)
            desk.picture("asked")
            desk.press("ctrl+Return")
            assert _decided(desk) == "ask_colleague"

            # The next one opens automatically.
            desk.wait_for("t_review_opened", LIMIT_S)
            desk.wait_for("t_review_checked", LIMIT_S)
            desk.press("2")
            desk.press("7")
            desk.picture("refused")
            desk.press("ctrl+Return")
            assert _decided(desk) == "refuse"
            _until(lambda: bool(server.updates), "the platform was told nothing")
            handled = _messages(desk)
        (update,) = server.updates.values()

    brought, sent = handled[BROUGHT], handled[SENT]
    told = _told(brought)
    assert list(told) == [
        Step.SUBMIT,
        Step.STATE_PUBLICITY,
        Step.TAKE_UP,
        Step.MARK_CONFIDENTIAL,
        Step.CLEAR_CONFIDENTIAL,
        Step.ASK_COLLEAGUE,
        Step.RELEASE,
    ]
    assert told[Step.MARK_CONFIDENTIAL] == ConfidentialFound(
        frozenset({Confidential.PERSONAL_DATA})
    )
    assert told[Step.CLEAR_CONFIDENTIAL] == Explained(NOT_PERSONAL)
    assert told[Step.ASK_COLLEAGUE] == Explained(QUESTION)
    assert (brought.record.place, brought.record.call_id) == (PLACE, None)
    assert brought.standing.publicity is Publicity.PUBLIC
    assert (brought.standing.state, brought.standing.confidential) == (State.SUBMITTED, frozenset())

    assert sent.history.events[0].by is Source.PLATFORM
    assert sent.record.name == PersonName("Пробная", "Проба", "Пробовна")
    assert (sent.record.phone, sent.record.email) == ("+79005550107", "citizen@test.invalid")
    refused = _told(sent)[Step.REFUSE]
    assert isinstance(refused, RefusedOn)
    assert Ground.OTHER_PURPOSE in refused.grounds
    assert sent.standing.state is State.REFUSED
    assert update["service_request_id"] == sent.record.platform_id
    assert (update["status"], update["external_status_code"]) == ("CLOSED", "refused")
    assert update["description"] == refused.explanation
