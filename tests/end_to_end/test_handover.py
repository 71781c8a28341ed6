"""A shift handover by real keys; both signatures are read from the store."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from sync.records.replicated_tables import audit
from sync.register.audit import AuditKind
from sync.register.people.shift import Part, Sheet
from sync.store.local.keys import open_key
from sync.store.local.people.shifts import Handovers
from sync.store.local.register import RegisterStore
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import OPERATOR_NAME, RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.rtp_peer import wait_until
from tests.fakes.second_operator import SECOND_LOGIN, SECOND_NAME, SECOND_PASSWORD, add_second

CITIZEN = "+79005550139"
NOTE = "Ждём ответа по номеру из черновиков."


def sheet_of(register: Path) -> Sheet | None:
    store = RegisterStore.open(register, open_key(register))
    try:
        return Handovers(store).last_sheet()
    finally:
        store.close_store()


def paper_of(desk: ConsoleStage) -> Path:
    """Returns the only PDF; it is renamed from a hidden file after it is complete."""

    def papers() -> list[Path]:
        return list(desk.reports_folder.glob("[!.]*.pdf"))

    wait_until(lambda: bool(papers()), timeout_s=STEP_LIMIT_S)
    (paper,) = papers()
    return paper


def papers_noted(register: Path) -> list[tuple[UUID, str, UUID | None]]:
    """Returns the files in the audit log: author, subject and report."""
    store = RegisterStore.open(register, open_key(register))
    try:
        wanted = (
            select(audit.c.by_id, audit.c.detail, audit.c.subject_id)
            .where(audit.c.kind == AuditKind.EXPORTED.value)
            .order_by(audit.c.row)
        )
        return store.read(lambda c: [tuple(row) for row in c.execute(wanted)])
    finally:
        assert store.close_store()


def test_what_one_shift_leaves_the_next_signs_for(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CITIZEN) as caller:
        register = desk.data_folder / "register.db"
        caller.dial(f"sip:operator@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type("Обещали узнать")
        desk.hang_up()
        desk.press("ctrl+d")

        desk.press("ctrl+h")
        desk.wait_for("sheet_shown", STEP_LIMIT_S)
        desk.type(NOTE)
        desk.picture("sheet")
        desk.press("ctrl+p")
        assert NOTE in desk.pdf_text(paper_of(desk))
        paper_of(desk).unlink()
        desk.press("ctrl+Return")
        desk.wait_for("shift_left", STEP_LIMIT_S)
        desk.kill_console()
        add_second(register)

        desk.start_console()
        desk.wait_for("started")
        desk.sign_in_as(SECOND_LOGIN, SECOND_PASSWORD)
        desk.wait_for("sheet_waits", STEP_LIMIT_S)
        desk.picture("waiting")
        desk.press("ctrl+p")
        on_paper = desk.pdf_text(paper_of(desk))
        desk.press("ctrl+Return")
        desk.wait_for("shift_accepted", STEP_LIMIT_S)
        desk.kill_console()
        printed = papers_noted(register)
        sheet = sheet_of(register)

    assert sheet is not None
    assert sheet.accepted is not None
    assert printed == [
        (sheet.left.by_id, "handover unsigned pdf", None),
        (sheet.accepted.by_id, "handover pdf", sheet.id),
    ]
    assert sheet.content.note == NOTE
    assert sheet.left.by_name == OPERATOR_NAME
    assert sheet.accepted.by_name == SECOND_NAME
    (draft,) = sheet.content.parts[Part.DRAFTS].lines
    for told in (draft.number, NOTE, OPERATOR_NAME):
        assert told in on_paper
    assert "900" not in on_paper.replace(draft.number, "")
