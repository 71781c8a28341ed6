"""The city's regulation comes from the centre and stands beside the field, in mid-call."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sync.cli import main
from sync.store.regulation_file import read_editions
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.regulation import own_text, regulation_text
from tests.fakes.sip_peers import BaresipCaller

CALLER = "+79005550163"
ARRIVAL_S = 30.0


def shown(desk: ConsoleStage, limit_s: float = STEP_LIMIT_S) -> tuple[str, int]:
    """What the panel turned to next: the numbers, and how long the city's text of them is."""
    told = desk.wait_for("paragraphs_shown", limit_s)
    return str(told["numbers"]), int(str(told["text_letters"]))


def put_into_the_centre(folder: Path, dsn: str) -> None:
    document, editions = folder / "regulation.txt", folder / "regulation.json"
    document.write_text(regulation_text(), encoding="utf-8")
    bring = ["regulation", "import", str(document), "--regulation", str(editions)]
    assert main([*bring, "--edition", "Первая", "--from", "01.02.2026"]) == 0
    put = ["central", "put-document", "setting", "regulation", str(editions), "--dsn", dsn]
    assert main(put) == 0


def test_the_paragraph_of_a_field_opens_in_the_words_of_the_city(folder: Path, dsn: str) -> None:
    with ConsoleStage(folder, dsn=dsn) as desk, BaresipCaller(CALLER) as caller:
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type("Яма ")
        desk.press("shift+F1")
        assert shown(desk) == ("7.3", 0)  # only our line: nothing was imported

        put_into_the_centre(folder, dsn)
        # it is shown by itself, where the operator reads
        assert shown(desk, ARRIVAL_S) == ("7.3", len(own_text("7.3")))
        desk.picture("01-paragraph")
        desk.press("Right")
        assert shown(desk) == ("7.4", len(own_text("7.4")))
        desk.press("Escape")
        desk.type("во дворе")
        desk.press("ctrl+3")
        desk.press("shift+F1")
        assert shown(desk) == ("6.1", len(own_text("6.1")))  # the place, which is asked next
        desk.picture("02-message")
        desk.press("shift+F1")
        desk.press("Escape")
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        assert desk.newest_record()["content"] == "Яма во дворе"
        stored = read_editions(desk.data_folder / "regulation.json").on(date(2026, 2, 1))

    assert stored is not None
    assert stored.name == "Первая"
