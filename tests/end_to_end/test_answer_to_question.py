"""A body's answer becomes a typical question by real keys, without its personal data."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from uuid_utils.compat import uuid7

from kb.store import Directory
from sync.store.local.keys import open_key
from sync.store.local.messages.platform_queue import LocalPlatformQueue
from sync.store.local.register import RegisterStore
from tests.fakes.console_stage import ConsoleStage
from tests.fakes.records import filled, new_call, registered_message

LIMIT_S = 30.0
POLL_S = 0.05
CATEGORY = "roads/potholes"  # of the sample directory
PHONE = "+7 900 555-01-37"
ANSWER = f"Яму на дороге заделают за десять дней. Звонить: {PHONE}."


def _bring_answer(file: Path) -> str:
    """Returns the id of a message of today, answered on the platform, as the platform job writes
    it.
    """
    store = RegisterStore.open(file, open_key(file), first_station="1", home_area_code="87999")
    try:
        operator = store.operators()[0]
        now = datetime.now(UTC)
        card = store.open_card(new_call(1, now), operator).result(LIMIT_S)
        registered = replace(registered_message(card, uuid7()), category=CATEGORY)
        message, _card = store.register_message(registered, filled(card)).result(LIMIT_S)
        queue = LocalPlatformQueue(store)
        (claim,) = queue.to_post(now + timedelta(minutes=2), 1)
        assert queue.begin(claim, now, now)
        queue.posted(claim, "C-00001", now, now)
        queue.answered(claim, "closed", ANSWER, now, None)
        return str(message.id)
    finally:
        assert store.close_store()


def test_alt_q_makes_a_question_of_an_answer(tmp_path: Path) -> None:
    desk = ConsoleStage(tmp_path)
    message_id = _bring_answer(desk.data_folder / "register.db")
    with desk:
        desk.wait_until("t_day_read", lambda told: told["answers"] == 1, LIMIT_S)
        desk.press("alt+q")
        desk.press("alt+q")
        entry_id = f"question-{message_id}"
        assert desk.wait_for("t_entry_opened", LIMIT_S)["entry"] == entry_id
        with closing(Directory.open(desk.data_folder / "directory.db")) as directory:
            desk.type("Когда заделают яму на дороге?")
            desk.press("ctrl+Return")
            desk.wait_for("t_personal_data_told", LIMIT_S)
            assert directory.entry(entry_id) is None
            desk.press("ctrl+Return")
            until_s = time.monotonic() + LIMIT_S
            while (entry := directory.entry(entry_id)) is None:
                assert time.monotonic() < until_s, "the question was not published"
                time.sleep(POLL_S)
        assert (entry.title, entry.body) == ("Когда заделают яму на дороге?", ANSWER)
        assert entry.source.startswith("Ответ органа на сообщение № ")
        assert (entry.section, entry.owner) == (CATEGORY, "road-service")
