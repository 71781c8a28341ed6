"""From the working console to a training call: rung, answered and saved on a folder of its own."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.console_stage import RING_LIMIT_S, ConsoleStage
from tests.fakes.training_window import TrainingWindow


def test_a_training_call_never_comes_into_the_register_of_the_work(folder: Path) -> None:
    with ConsoleStage(folder) as desk:
        # A newcomer is offered it at the first start; Ctrl+T leads there at any time.
        desk.press("F1")
        desk.press("ctrl+t")
        desk.pause(0.5)
        desk.picture("01-offer")
        desk.press("Return")
        with TrainingWindow(desk) as training:
            training.picture("02-lessons")
            training.press("1")
            training.wait_for("t_offer", RING_LIMIT_S)
            training.answer()
            training.type("Когда вывозят мусор со двора")
            training.press("alt+1")
            training.wait_for("t_hit_accepted")
            training.picture("03-talking")
            training.hang_up()
            training.save()
            (taught,) = training.calls_today()
        worked = desk.calls_today()

    assert worked == []
    assert (taught["caller_number_raw"], taught["result"]) == ("+79005550101", "answered")
    assert taught["operator_name"] == "Стажёр"
