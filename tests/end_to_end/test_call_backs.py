"""Letters are sent by real SMTP; an author without e-mail is called back by real keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from uuid_utils.compat import uuid7

from sync.records.workplace_message_tables import notice, notice_call
from sync.register.calls import calls
from sync.register.people.values import Absence, Stated
from sync.store.local.keys import open_key
from sync.store.local.messages.notices import NoticeOutbox
from sync.store.local.reading import RegisterReading
from sync.store.local.register import RegisterStore
from tests.fakes.console_stage import OPERATOR_NAME, ConsoleStage
from tests.fakes.mail_server import MailServer
from tests.fakes.notices import FewOrgans, make_composer
from tests.fakes.records import filled, new_call, registered_message
from tests.fakes.screen_reader import ScreenReader

PHONE, SHOWN = "+79005550101", "555-01-01"
LIMIT_S = 30.0
POLL_S = 0.2


def register_a_message(file: Path, email: Stated = Absence.NOT_GIVEN) -> None:
    """Registers a message of a minute ago whose author left a phone."""
    store = RegisterStore.open(file, open_key(file), first_station="1", home_area_code="87999")
    try:
        at = datetime.now(UTC) - timedelta(minutes=1)
        composer = make_composer(FewOrgans())
        NoticeOutbox(store, uuid7, lambda: at).follow_steps(composer.composed)
        operator = store.operators()[0]
        card = store.open_card(new_call(1, at), operator).result(LIMIT_S)
        card = calls.edit(filled(card), email=email)
        made = registered_message(card, uuid7())
        # no body has it: only its author is notified
        message = replace(made, unit=None, phone=PHONE, submitted_at=at, registered_at=at)
        store.register_message(message, card).result(LIMIT_S)
    finally:
        assert store.close_store()


def outcomes(file: Path) -> tuple[str, list[tuple[str, str]]]:
    """Returns the state of the only notification, and its attempts with their authors."""
    register = RegisterReading.open_for_reading(file, open_key(file))
    try:
        return register.read(
            lambda connection: (
                connection.scalars(select(notice.c.state)).one(),
                [
                    (row.outcome, row.by_name)
                    for row in connection.execute(select(notice_call).order_by(notice_call.c.at))
                ],
            )
        )
    finally:
        register.close_reading()


def test_the_one_who_left_no_email_is_called_back(tmp_path: Path, reader: ScreenReader) -> None:
    desk = ConsoleStage(tmp_path)
    file = desk.data_folder / "register.db"
    register_a_message(file)
    with desk:
        desk.press("F11")
        # the list loads in the background: a call must be shown before its outcome is entered
        reader.wait_for(
            desk.console_pid, lambda nodes: any(SHOWN in node.name for node in nodes), "the call"
        )
        desk.press("2")
        attempts = [("no_answer", OPERATOR_NAME)]
        wait_until(file, ("waiting", attempts), lambda: None)
        # The key may precede the record of the first call; completed ones are unchanged.
        told = ("called", [*attempts, ("told", OPERATOR_NAME)])
        wait_until(file, told, lambda: desk.press("1"))


def test_a_letter_leaves_by_the_citys_mail_server(tmp_path: Path) -> None:
    with MailServer() as server:
        mail: dict[str, str | int] = {
            "host": "127.0.0.1",
            "port": server.port,
            "security": "plain_in_closed_network",
            "sender": "no-reply@belokluchevsk.example",
        }
        desk = ConsoleStage(tmp_path, settings={"mail": mail})
        file = desk.data_folder / "register.db"
        register_a_message(file, "author@test.invalid")
        with desk:
            wait_until(file, ("sent", []), lambda: None)
    (letter,) = server.letters
    assert letter.recipients == ("author@test.invalid",)
    assert letter.message["Subject"].endswith("зарегистрировано и опубликовано")


def wait_until(
    file: Path, wanted: tuple[str, list[tuple[str, str]]], press: Callable[[], object]
) -> None:
    until_s = time.monotonic() + LIMIT_S
    while (found := outcomes(file)) != wanted:
        assert time.monotonic() < until_s, f"the register has {found} and not {wanted}"
        press()
        time.sleep(POLL_S)
