"""Registered messages in the store of a stopped console, for tests of the complete desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from sync.register.handling.events import Step, person
from sync.register.handling.handled import HandledMessage, StepDone
from sync.register.handling.step_facts import Facts
from sync.register.messages import Publicity
from sync.register.people.values import PersonName, Stated
from sync.store.local.keys import open_key
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.console_stage import ConsoleStage
from tests.fakes.records import filled, new_call, registered_message

LIMIT_S = 30.0
CATEGORY = "roads/potholes"  # of the sample directory
ORGAN = "road-service"
AUTHOR = PersonName("Пробова", "Анна", "Петровна")


@contextmanager
def stopped_store(
    desk: ConsoleStage, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[RegisterStore]:
    """Yields the register of a stopped console; its actions use this clock."""
    file = desk.data_folder / "register.db"
    store = RegisterStore.open(
        file, open_key(file), first_station="1", home_area_code="87999", clock=clock
    )
    try:
        yield store
    finally:
        assert store.close_store()


def bring_message(
    store: RegisterStore,
    index: int,
    text: str,
    *,
    publicity: Publicity = Publicity.PUBLIC,
    phone: Stated = "+79005550137",
    steps: tuple[tuple[Step, Facts], ...] = (),
    arrived_at: datetime | None = None,
) -> UUID:
    """Returns the id of a message that was registered from a call, sent to its body and processed.

    Without ``arrived_at`` the call has just taken place.
    """
    operator = store.operators()[0]
    rang_at = arrived_at or datetime.now(UTC) - timedelta(minutes=10)
    card = store.open_card(new_call(index, rang_at), operator).result(LIMIT_S)
    made = replace(
        registered_message(card, uuid7()),
        category=CATEGORY,
        unit=ORGAN,
        text=text,
        publicity=publicity,
        phone=phone,
        name=AUTHOR,
    )
    message, _card = store.register_message(made, filled(card), by=operator).result(LIMIT_S)
    if steps:
        taken = MessageHandling(store).take_all(message.id, steps, person(operator))
        assert isinstance(taken.result(LIMIT_S), StepDone)
    return message.id


def handled_after(desk: ConsoleStage, message_id: UUID) -> HandledMessage:
    """Ends the console and returns the message."""
    desk.kill_console()
    with stopped_store(desk) as store:
        handled = MessageHandling(store).handled(message_id)
    assert handled is not None
    return handled
