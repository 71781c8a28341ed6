"""From the working console to a training call and its score, on a folder of its own."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.console_stage import RING_LIMIT_S, ConsoleStage
from tests.fakes.training_window import TrainingWindow

ANSWERS = "q-waste-schedule"
TYPICAL, MESSAGE = "1", "2"


def test_a_training_call_is_scored_and_never_comes_into_the_register_of_the_work(
    folder: Path,
) -> None:
    with ConsoleStage(folder) as desk:
        # A newcomer is offered it at the first start; Ctrl+T leads there at any time.
        desk.press("F1")
        desk.press("ctrl+t")
        desk.pause(0.5)
        desk.picture("01-offer")
        desk.press("Return")
        with TrainingWindow(desk) as training:
            training.picture("02-lessons")
            training.press(TYPICAL)
            training.wait_for("t_offer", RING_LIMIT_S)
            training.answer()
            entry = training.take_first_hit("когда вывозят мусор")
            training.picture("03-talking")
            training.hang_up()
            training.save()
            typical = training.wait_for_score()
            training.pause(0.5)
            training.picture("04-score")

            training.press("Return")  # to the lessons, where the next one is pointed at
            training.press("Return")
            training.wait_for("t_offer", RING_LIMIT_S)
            training.answer()
            training.type("Не горит фонарь")
            training.press("ctrl+1")
            training.hang_up()
            training.save()
            message = training.wait_for_score()
            training.pause(0.5)
            training.picture("05-what-was-wrong")
            taught = training.calls_today()
        worked = desk.calls_today()

    assert worked == []
    assert [call["caller_number_raw"] for call in taught] == ["+79005550101", "+79005550102"]
    assert taught[0]["operator_name"] == "Стажёр"
    assert entry == ANSWERS
    assert (typical["lesson"], typical["earned"]) == ("typical", typical["most"])
    assert message["lesson"] == "message"
    assert 0 < message["earned"] < message["most"] / 2
