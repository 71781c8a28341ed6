"""A saved call with its message is reopened by real keys, across kill -9: nothing is lost."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from sync.records.replicated_tables import audit
from sync.records.workplace_tables import outbox
from sync.register.audit import AuditKind
from sync.register.handling.events import Step
from sync.register.messages import State
from sync.store.local.keys import open_key
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

CALLER = "+79005550153"
ASKED, MORE = "Когда вывозят мусор", " по субботам"
PLACE, WHEN = "ул. Родниковая, д. 14", "вчера 18:30"


def ring(desk: ConsoleStage, caller: BaresipCaller) -> None:
    caller.dial(f"sip:100@{desk.address}")
    desk.wait_for("t_offer", RING_LIMIT_S)


def take_back(desk: ConsoleStage) -> None:
    desk.press("ctrl+z")
    desk.wait_for("t_save_undone", STEP_LIMIT_S)
    assert desk.wait_for_state("wrap_up") == "record_reopened"


def test_a_saved_call_comes_back_is_completed_and_counts_once(folder: Path) -> None:
    settings = {"states": {"wrap_up_s": 600}}
    with ConsoleStage(folder, settings=settings) as desk, BaresipCaller(CALLER) as caller:
        ring(desk, caller)
        desk.answer()
        desk.type(ASKED)
        desk.press("ctrl+1")
        desk.hang_up()
        caller.wait_for("CALL_CLOSED")
        desk.save()
        assert desk.wait_for_state("ready") == "record_saved"
        take_back(desk)
        desk.picture("taken-back")
        # The cursor is at the end of the text.
        desk.type(MORE)
        desk.save()
        desk.picture("saved")
        # Killed right after it was reopened again: the draft is restored at the next start.
        take_back(desk)
        desk.kill_console()
        (draft,) = desk.calls_today()
        desk.start_again()
        desk.press("ctrl+m")
        desk.press("ctrl+z")  # the undo offer has expired
        (kept,) = desk.calls_today()

        # A message registered shortly before is reopened with its call.
        ring(desk, caller)
        desk.answer()
        desk.type("не горит фонарь")
        desk.press("ctrl+3")
        desk.type(PLACE)
        desk.press("Tab")
        desk.type(WHEN)
        desk.press("Tab", times=2)
        desk.type("фонар")
        desk.press("Tab")
        desk.press("F8")
        desk.wait_for("t_hangup", STEP_LIMIT_S)
        desk.press("ctrl+Return")
        desk.wait_for("t_message_registered", STEP_LIMIT_S)
        desk.save()
        take_back(desk)
        desk.picture("with-message")
        with_message = desk.newest_record()
        desk.kill_console()
        file = desk.data_folder / "register.db"
        store = RegisterStore.open(file, open_key(file))
        try:
            message = MessageHandling(store).handled(UUID(str(with_message["message_id"])))
            kinds = store.read(
                lambda connection: connection.scalars(
                    select(audit.c.kind)
                    .where(audit.c.subject_id == UUID(str(draft["id"])))
                    .order_by(audit.c.seq)
                ).all()
            )
            sent = store.read(
                lambda connection: connection.execute(
                    select(outbox.c.rev, outbox.c.payload)
                    .where(outbox.c.entity_id == UUID(str(draft["id"])))
                    .order_by(outbox.c.seq)
                ).all()
            )
        finally:
            assert store.close_store()

    # The same card with all its content, and it counts as one call.
    assert (draft["state"], draft["content"]) == ("draft", f"{ASKED}{MORE}")
    assert kept == draft
    # Each transition is audited, and the central database gets each in order, under one number.
    assert kinds == [AuditKind.CALL_CLOSED, AuditKind.CALL_REOPENED] * 2
    told = [(row.payload["state"], row.payload["content"]) for row in sent]
    assert told[:2] == [("closed", ASKED), ("draft", ASKED)]
    assert told[2:] == [("closed", f"{ASKED}{MORE}"), ("draft", f"{ASKED}{MORE}")]
    assert {row.payload["number"] for row in sent} == {draft["number"]}
    assert [row.rev for row in sent] == sorted({row.rev for row in sent})
    # The second call has the next number, and its message is under review with its own number.
    assert with_message["number"] != draft["number"]
    assert with_message["result"] == "message"
    assert message is not None
    assert message.standing.state is State.UNDER_REVIEW
    assert message.history.events[-1].step is Step.TAKE_BACK
    assert message.record.number is not None
