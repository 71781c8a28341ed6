"""An answer by real keys: entered, returned, entered again, sent, undone, sent, reworked."""

from __future__ import annotations

from pathlib import Path

from sync.register.handling.answers import AnswerKind, Rating
from sync.register.handling.events import Step
from sync.register.handling.step_facts import AnswerGiven, Explained, Rated, Routed
from sync.register.messages import State
from tests.fakes.console_stage import ConsoleStage
from tests.fakes.led_messages import LIMIT_S, ORGAN, bring_message, handled_after, stopped_store

FIRST, SECOND = "Яма заделана.", "Яма заделана двадцать пятого ноября."
NOTE, REMARKS = "Нет дня работ", "Яма появилась снова"


def _decided(desk: ConsoleStage) -> str:
    return str(desk.wait_for("t_decided", LIMIT_S)["decision"])


def test_an_answer_goes_its_whole_way_by_keys(tmp_path: Path) -> None:
    desk = ConsoleStage(tmp_path)
    with stopped_store(desk) as store:
        message_id = bring_message(store, 1, "Яма на дороге у школы")
    with desk:
        desk.press("ctrl+o")
        desk.wait_for("t_answers_read", LIMIT_S)

        desk.press("Return")  # next action at a body: its answer is entered
        desk.type(FIRST)
        desk.press("ctrl+Return")
        assert _decided(desk) == "receive_answer"
        desk.press("alt+r")
        desk.type(NOTE)
        desk.picture("return")
        desk.press("ctrl+Return")
        assert _decided(desk) == "return_answer"
        desk.press("Insert")
        desk.type(SECOND)
        desk.picture("answer")
        desk.press("ctrl+Return")
        assert _decided(desk) == "receive_answer"

        desk.press("Return")
        desk.picture("send")
        desk.press("ctrl+Return")
        assert _decided(desk) == "send_answer"
        desk.picture("sent")
        desk.press("ctrl+z")
        desk.wait_for("t_decision_undone", LIMIT_S)
        desk.press("alt+s")
        desk.press("ctrl+Return")
        assert _decided(desk) == "send_answer"

        desk.press("alt+m")
        desk.press("Right", times=2)  # content, partly, not content
        desk.press("space")
        desk.press("Tab")
        desk.type(REMARKS)
        desk.picture("rate")
        desk.press("ctrl+Return")
        # the rework starts immediately (10.3)
        assert _decided(desk) == "send_to_rework"
        handled = handled_after(desk, message_id)

    told = [(event.step, event.facts) for event in handled.history.events[-8:]]
    assert [step for step, _facts in told] == [
        Step.RECEIVE_ANSWER,
        Step.RETURN_ANSWER,
        Step.RECEIVE_ANSWER,
        Step.SEND_ANSWER,
        Step.TAKE_BACK,
        Step.SEND_ANSWER,
        Step.RATE_NEGATIVELY,
        Step.SEND_TO_REWORK,
    ]
    facts = dict(told)
    assert facts[Step.RETURN_ANSWER] == Explained(NOTE)
    assert facts[Step.RATE_NEGATIVELY] == Rated(Rating.BAD, REMARKS)
    assert facts[Step.SEND_TO_REWORK] == Routed(ORGAN, ORGAN)
    given = [one.answer for one in handled.standing.answers]
    assert [(one.kind, one.text, one.organ) for one in given] == [
        (AnswerKind.SOLVED, FIRST, ORGAN),
        (AnswerKind.SOLVED, SECOND, ORGAN),
    ]
    assert isinstance(facts[Step.RECEIVE_ANSWER], AnswerGiven)
    assert (handled.record.state, handled.standing.reworks) == (State.REWORK, 1)
