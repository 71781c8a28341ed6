"""F4 in a call by real keys: a non-public message, its author, the call linked to it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from sync.records.replicated_tables import audit
from sync.register.handling.answers import Answer, AnswerKind
from sync.register.handling.events import Step
from sync.register.handling.step_facts import AnswerGiven, CallLinked, NoFacts
from sync.register.messages import Publicity
from sync.store.local.audit import check_audit
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, ConsoleStage
from tests.fakes.led_messages import LIMIT_S, ORGAN, bring_message, handled_after, stopped_store

AUTHOR_PHONE = "+79005550137"
ANSWER = Answer(AnswerKind.SOLVED, "Яма заделана двадцать пятого ноября.", ORGAN)
ANSWERED = (
    (Step.RECEIVE_ANSWER, AnswerGiven(ANSWER)),
    (Step.SEND_ANSWER, NoFacts()),
)


def test_a_message_is_read_out_to_its_author_and_the_call_is_linked(folder: Path) -> None:
    desk = ConsoleStage(folder)
    with stopped_store(desk) as store:
        message_id = bring_message(
            store,
            1,
            "Яма на дороге у школы",
            publicity=Publicity.NON_PUBLIC,
            phone=AUTHOR_PHONE,
            steps=ANSWERED,
        )
        record = store.message(message_id)
        assert record is not None
        number = str(record.number)
    with desk:
        with BaresipCaller(AUTHOR_PHONE) as caller:
            caller.dial(f"sip:100@{desk.address}")
            desk.wait_for("t_offer", RING_LIMIT_S)
            desk.answer()
            desk.press("F4")
            desk.type(number.replace("-", ""))
            found = desk.wait_for("t_looked_up", LIMIT_S)
            assert (found["number"], found["protected"]) == (number, 1)
            desk.picture("protected")
            desk.press("ctrl+Return")
            assert desk.wait_for("t_looked_up", LIMIT_S)["protected"] == 0
            desk.picture("read-out")
            desk.press("alt+l")
            desk.wait_for("t_looked_up", LIMIT_S)
            desk.press("alt+h")
            desk.picture("history")
            desk.press("Escape", times=2)
            desk.press("ctrl+1")
            desk.hang_up()
            desk.save()
            desk.press("ctrl+l")
            card = desk.newest_record()
        handled = handled_after(desk, message_id)
        with stopped_store(desk) as store:
            rows = store.read(lambda connection: connection.execute(select(audit)).all())
            (chain,) = store.read(check_audit)

    assert card["content"] == f"О сообщении № {number}"
    last = handled.history.events[-1]
    assert (last.step, str(last.facts.call_id) if isinstance(last.facts, CallLinked) else "") == (
        Step.LINK_CALL,
        card["id"],
    )
    told = {row.kind: row for row in rows}
    assert told["looked_up"].detail == "number"
    # the command line reads of this test are audited too, without a name
    read = [row for row in rows if row.kind == "record_read" and row.by_id is not None]
    # Once, though it was on two pages; the reader is the signed-in operator.
    assert [row.subject_id for row in read] == [message_id]
    assert str(read[0].by_id) == card["operator_id"]
    assert (told["locked"].by_id, told["locked"].detail) == (read[0].by_id, "key")
    assert (told["signed_in"].by_id, told["signed_in"].detail) == (read[0].by_id, "store")
    assert chain.broken is None
