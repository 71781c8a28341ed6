"""The city's regulation next to the field, updated during a call, and for old decisions."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from console.core.settings.workplace import CITY_ZONE
from sync.cli import main
from sync.register.handling.events import Step
from sync.register.messages import State
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.sidecar_files import read_editions
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.led_messages import stopped_store
from tests.fakes.regulation import own_text, regulation_text

CALLER = "+79005550163"
FIRST, LATER = "первая", "вторая и последняя"
ARRIVAL_S = 30.0


def shown(desk: ConsoleStage, limit_s: float = STEP_LIMIT_S) -> tuple[str, int]:
    """Returns the numbers of the next clauses shown, and the length of the city's text."""
    told = desk.wait_for("paragraphs_shown", limit_s)
    return str(told["numbers"]), int(str(told["text_letters"]))


def bring(folder: Path, editions: Path, word: str, day: str) -> None:
    document = folder / "regulation.txt"
    document.write_text(regulation_text(word), encoding="utf-8")
    command = ["regulation", "import", str(document), "--regulation", str(editions)]
    assert main([*command, "--edition", word, "--from", day]) == 0


def put_into_the_centre(folder: Path, dsn: str) -> None:
    editions = folder / "regulation.json"
    bring(folder, editions, FIRST, "01.02.2026")
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
        # it is shown automatically in the open panel
        assert shown(desk, ARRIVAL_S) == ("7.3", len(own_text("7.3", FIRST)))
        desk.picture("01-paragraph")
        desk.press("Right")
        assert shown(desk) == ("7.4", len(own_text("7.4", FIRST)))
        desk.press("Escape")
        desk.type("во дворе")
        desk.press("ctrl+3")
        desk.press("shift+F1")
        assert shown(desk) == ("6.1", len(own_text("6.1", FIRST)))  # the next field: the location
        desk.picture("02-message")
        desk.press("shift+F1")
        desk.press("Escape")
        desk.press("ctrl+1")
        desk.hang_up()
        desk.save()
        assert desk.newest_record()["content"] == "Яма во дворе"
        stored = read_editions(desk.data_folder / "regulation.json").on(date(2026, 2, 1))

    assert stored is not None
    assert stored.name == FIRST


def test_a_decision_opens_in_the_words_it_was_made_under(folder: Path) -> None:
    editions = folder / "data" / "regulation.json"
    bring(folder, editions, FIRST, "01.02.2026")
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        desk.answer()
        desk.type("Яма на дороге. Дежурные там бездельники и воры.")
        desk.press("ctrl+3")
        desk.type("улица Садовая, 5")
        desk.press("alt+Return")
        desk.wait_for("t_message_handed_in", STEP_LIMIT_S)
        desk.hang_up()
        desk.save()

        desk.press("F10")
        desk.press("Return")
        desk.wait_for("t_review_opened", STEP_LIMIT_S)
        desk.wait_for("t_review_checked", STEP_LIMIT_S)
        desk.press("2")
        desk.press("5")
        desk.press("Return")  # to the correction text
        desk.press("shift+F1")
        letters = len(own_text("7.7", FIRST)) + len(own_text("7.10", FIRST))
        assert shown(desk) == ("7.7 7.10", letters)
        desk.picture("03-refusal")
        desk.press("shift+F1")
        desk.press("ctrl+Return")
        assert desk.wait_for("t_decided", STEP_LIMIT_S)["decision"] == "refuse"

        desk.kill_console()
        bring(folder, editions, LATER, datetime.now(CITY_ZONE).date().isoformat())
        desk.start_again()
        desk.press("F4")
        desk.type(CALLER[1:])
        desk.wait_for("t_looked_up", STEP_LIMIT_S)
        desk.press("alt+h")
        desk.press("shift+F1")
        numbers, letters = shown(desk)
        desk.picture("04-history")
        desk.press("shift+F1")
        desk.press("Escape")
        desk.kill_console()
        with stopped_store(desk) as store:
            (message,) = MessageHandling(store).in_states(frozenset(State))
        first = read_editions(editions).named(FIRST)

    assert first is not None
    assert numbers.split()[0] == "7.7"
    assert {"6.3-5", "7.6"} <= set(numbers.split())
    assert letters == sum(len(first.text_of(number)) for number in numbers.split())
    refused = next(one for one in message.history.events if one.step is Step.REFUSE)
    assert refused.edition == FIRST
