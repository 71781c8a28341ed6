"""One call with two questions, the second about a known message: real keys, checked in the
store.
"""

from __future__ import annotations

from pathlib import Path

from sync.register.calls.calls import CallRecord, CallResult, CallState
from sync.register.figures.call_statistics import figures_of, sum_of
from sync.register.handling.events import Step
from sync.register.handling.step_facts import CallLinked
from sync.store.local.keys import find_key
from sync.store.local.reading import RegisterReading
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.led_messages import LIMIT_S, bring_message, handled_after, stopped_store
from tests.fakes.rtp_peer import wait_until

CALLER = "+79005550137"


def of_the_call(path: Path) -> list[CallRecord]:
    """Returns the records of the only answered call, the first question first."""
    key = find_key(path)
    assert key is not None
    register = RegisterReading.open_for_reading(path, key)
    try:
        found = register.calls_closed_last(10) + register.drafts()
    finally:
        register.close_reading()
    ours = [one for one in found if "@test.invalid" not in one.sip_call_id]
    return sorted(ours, key=lambda one: one.number)


def test_two_questions_are_two_records_of_one_call_and_one_is_tied_to_its_message(
    folder: Path,
) -> None:
    desk = ConsoleStage(folder)
    register = desk.data_folder / "register.db"
    with stopped_store(desk) as store:
        message_id = bring_message(store, 1, "Яма на дороге у школы", phone=CALLER)
        known = store.message(message_id)
        assert known is not None
        number = str(known.number)
    with desk:
        with BaresipCaller(CALLER) as caller:
            caller.dial(f"sip:100@{desk.address}")
            desk.wait_for("t_offer", RING_LIMIT_S)
            desk.answer()
            desk.type("Когда вывезут мусор")
            desk.press("ctrl+1")
            desk.press("ctrl+shift+n")
            wait_until(lambda: len(of_the_call(register)) == 2, timeout_s=STEP_LIMIT_S)
            desk.pause(0.5)
            desk.press("F4")
            desk.type(number.replace("-", ""))
            desk.wait_for("t_looked_up", LIMIT_S)
            desk.press("alt+l")
            desk.wait_for("t_looked_up", LIMIT_S)
            desk.press("Escape")
            desk.picture("second-question")
            desk.hang_up()
            # The first is saved with the call, the second by its key, with no result chosen.
            desk.wait_for("t_saved", STEP_LIMIT_S)
            desk.save()
            first, second = of_the_call(register)
        handled = handled_after(desk, message_id)

    assert (first.state, second.state) == (CallState.CLOSED, CallState.CLOSED)
    assert (first.content, first.result) == ("Когда вывезут мусор", CallResult.ANSWERED)
    assert (second.content, second.result) == (f"О сообщении № {number}", CallResult.ANSWERED)
    assert (first.part_of, second.part_of) == (None, first.number)
    for name in ("arrived_at", "answered_at", "ended_at", "phone", "caller_number_raw"):
        assert getattr(second, name) == getattr(first, name) is not None
    total = sum_of(figures_of(one) for one in (first, second))
    assert (total.calls, total.taken, total.further_questions, total.records) == (1, 1, 1, 2)
    last = handled.history.events[-1]
    assert (last.step, last.facts) == (Step.LINK_CALL, CallLinked(second.id))
