"""A call with a script: steps ticked by keys, a canned text, a corrected mistake, all in
the store.
"""

from __future__ import annotations

from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

CALLER = "+79005550161"
OF_THE_CITY = """
[[phrases]]
trigger = "адр"
title = "Адрес назван"
text = "Назван адрес: {город}, {срок}."

[[phrases]]
trigger = "сорв"
title = "Разговор прервался"
text = "Разговор прервался."
"""


def tick(desk: ConsoleStage, key: str, step: str, way: str) -> None:
    desk.press(key)
    told = desk.wait_for("t_script_step", STEP_LIMIT_S)
    assert (told["script_step"], told["way"]) == (step, way)


def test_script_steps_and_texts_are_in_the_store(folder: Path) -> None:
    laid_down = folder / "data" / "phrases"
    laid_down.mkdir(parents=True)
    (laid_down / "own.toml").write_text(OF_THE_CITY, encoding="utf-8")
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.picture("01-script")
        tick(desk, "ctrl+7", "greet", "done")
        tick(desk, "ctrl+7", "danger", "yes")
        desk.picture("02-danger")
        tick(desk, "ctrl+6", "danger", "")  # it was a mistake
        tick(desk, "ctrl+8", "danger", "no")
        desk.type("ytn djls")
        desk.press("ctrl+a")
        desk.press("Pause")
        desk.wait_for("t_slip_mended", STEP_LIMIT_S)
        desk.press("ctrl+End")
        desk.type(" адр")
        desk.press("ctrl+space")
        assert desk.wait_for("t_phrase_inserted", STEP_LIMIT_S)["phrase"] == "адр"
        desk.press("ctrl+space")
        desk.wait_for("t_phrases_shown", STEP_LIMIT_S)
        desk.picture("03-texts")
        desk.type("прерв")
        desk.press("Return")
        desk.wait_for("t_phrase_inserted", STEP_LIMIT_S)
        desk.picture("04-inserted")
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        record = desk.record(desk.newest_record()["number"])

    assert record["content"].startswith("нет воды Назван адрес: Белоключевск, ")
    assert record["content"].endswith(". Разговор прервался.")
    steps = [(each["script"], each["step"], each["way"]) for each in record["script_steps"]]
    assert steps == [("01-call", "greet", "done"), ("01-call", "danger", "no")]
    moments = [each["at"] for each in record["script_steps"]]
    assert record["answered_at"] <= moments[0] < moments[1] <= record["saved_at"]
