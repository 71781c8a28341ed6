"""Complaint: an internal note is sent to the citizen, because it is typed in the field of the
answer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from sync.records.workplace_message_tables import notice
from sync.register.handling.events import Step, person
from sync.register.handling.step_facts import Explained, RefusedOn
from sync.register.messages import State
from sync.store.local.keys import open_key
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.console_stage import ConsoleStage
from tests.fakes.records import new_call, registered_message

LIMIT_S = 30.0
EMAIL = "author@test.invalid"
TEXT = "Яма на дороге у дома. Дежурные там бездельники и воры."
INSIDE = "звонит третий раз за день, разговаривать спокойно"


def store_of(desk: ConsoleStage) -> RegisterStore:
    """Opens the register of a stopped console."""
    file = desk.data_folder / "register.db"
    return RegisterStore.open(file, open_key(file))


def hand_in(desk: ConsoleStage) -> UUID:
    """Submits a message that awaits review; its author has left an e-mail."""
    store = store_of(desk)
    try:
        operator = store.operators()[0]
        card = store.open_card(new_call(1, datetime.now(UTC)), operator).result(LIMIT_S)
        complete = registered_message(card, uuid7())
        draft = replace(
            complete,
            state=State.DRAFT,
            text=TEXT,
            email=EMAIL,
            unit=None,
            submitted_at=None,
            registered_at=None,
        )
        store.hand_in(draft, person(operator)).result(LIMIT_S)
        return draft.id
    finally:
        assert store.close_store()


def test_what_is_written_for_colleagues_goes_to_nobody_else(folder: Path) -> None:
    desk = ConsoleStage(folder)
    message_id = hand_in(desk)
    with desk:
        desk.press("F10")
        desk.press("Return")
        desk.wait_for("t_review_opened", LIMIT_S)
        desk.press("4")
        desk.type(INSIDE)
        desk.picture("inside-note")
        desk.press("ctrl+Return")
        assert desk.wait_for("t_decided", LIMIT_S)["decision"] == "ask_colleague"

        # Claimed again with the note above it, and refused with a text for the author.
        desk.press("F10")
        desk.press("Return")
        desk.wait_for("t_review_opened", LIMIT_S)
        assert int(desk.wait_for("t_review_checked", LIMIT_S)["findings"]) > 0
        desk.press("2")
        desk.press("5")
        desk.picture("to-the-author")
        desk.press("ctrl+Return")
        assert desk.wait_for("t_decided", LIMIT_S)["decision"] == "refuse"
        desk.kill_console()
        store = store_of(desk)
        try:
            message = MessageHandling(store).handled(message_id)
            sent = store.read(lambda connection: connection.execute(select(notice)).all())
        finally:
            assert store.close_store()

    assert message is not None
    facts = {event.step: event.facts for event in message.history.events}
    assert facts[Step.ASK_COLLEAGUE] == Explained(INSIDE)
    refused = facts[Step.REFUSE]
    assert isinstance(refused, RefusedOn)
    (letter,) = sent
    assert (letter.addressee, letter.email) == ("user", EMAIL)
    assert refused.explanation.splitlines()[0] in letter.text
    for told in (letter.subject, letter.text, letter.html, letter.spoken):
        assert INSIDE not in told
        assert "третий раз" not in told
