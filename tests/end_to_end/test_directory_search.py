"""The search during a call, by real keys: meaning after a pause, one kind only, and selection."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

from kb.entries.entries import EntryKind
from kb.files.importing import read_folder
from kb.store import Directory
from sync.register.checks.morphology import Morphology
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

CALLER = "+79005550147"
SMALL = Path(__file__).resolve().parents[1] / "data" / "directory"
STEPS_OF_A_SECOND = 20  # a key takes 50 ms at least
ATTEMPTS = 3  # on a busy machine the pause may end before the next key


def _encoded_directory(folder: Path) -> None:
    """Creates a small directory with the vector of every entry, where the console will look
    for it.
    """
    data = folder / "data"
    data.mkdir()
    with closing(Directory.open(data / "directory.db")) as directory:
        directory.replace_all(read_folder(SMALL), "small")
        while directory.encode_entries():
            pass


def _searches(desk: ConsoleStage) -> list[dict[str, Any]]:
    """Returns every search result that the console has shown so far."""
    file = desk.data_folder / "log" / "milestones.jsonl"
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["step"] == "t_search"]


def _wait_for_meaning(desk: ConsoleStage) -> list[str]:
    """Returns the best hits as soon as they are ranked by meaning too."""
    while True:
        found = desk.wait_for("t_search", STEP_LIMIT_S)
        if found["by_meaning"]:
            return str(found["hits"]).split()


def _wait_for_hits(desk: ConsoleStage, wanted: list[str]) -> None:
    """Return when these are the best hits."""
    while str(desk.wait_for("t_search", STEP_LIMIT_S)["hits"]).split() != wanted:
        pass


def _wait_for_best(desk: ConsoleStage, wanted: str) -> None:
    """Return when this is the best hit."""
    while str(desk.wait_for("t_search", STEP_LIMIT_S)["hits"]).split()[:1] != [wanted]:
        pass


def _take(desk: ConsoleStage) -> dict[str, Any]:
    """Presses Enter and returns the stored record."""
    desk.press("Return")
    desk.wait_for("t_hit_accepted", STEP_LIMIT_S)
    desk.press("Escape")
    desk.type("узнать")
    desk.press("ctrl+2")
    desk.hang_up()
    desk.save()
    return desk.newest_record()


def _used(record: dict[str, Any]) -> list[str]:
    return [str(used["key"]) for used in record["used_entries"]]


def _talk(desk: ConsoleStage, caller: BaresipCaller) -> None:
    caller.dial(f"sip:100@{desk.address}")
    desk.wait_for("t_offer", RING_LIMIT_S)
    desk.answer()
    desk.press("F5")


def test_meaning_finds_in_a_pause_what_the_words_do_not(folder: Path) -> None:
    _encoded_directory(folder)
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        _talk(desk, caller)
        desk.type("радиатор не греет")

        # A busy machine may see a pause between two letters, or read all of them together.
        while _wait_for_meaning(desk)[:1] != ["homes/cold"]:
            pass

        by_words = [one for one in _searches(desk) if not one["by_meaning"]]
        assert by_words
        assert by_words[-1]["total"] == 0
        # A category is used as the topic of the call.
        assert _take(desk)["category"] == "homes/cold"


def _looks_along(desk: ConsoleStage, query: str, rows: int) -> bool:
    """Types and immediately moves along the list for longer than a pause, ending at the first row;
    returns whether the list was reordered.
    """
    before = len(_searches(desk))
    desk.press("F5")
    desk.press("ctrl+a")
    desk.type_and_press(query, "Down")
    for _step in range(STEPS_OF_A_SECOND // 2):
        desk.press("Down")
        desk.press("Up")
    desk.press("Up", times=rows)
    return any(one["by_meaning"] for one in _searches(desk)[before:])


def test_results_stay_as_they_are_once_the_operator_has_moved(folder: Path) -> None:
    _encoded_directory(folder)
    query = "тепло справка холод"
    with closing(Directory.open(folder / "data" / "directory.db")) as directory:
        by_words = [hit.entry_id for hit in directory.find(query).hits]
        by_meaning = [hit.entry_id for hit in directory.find_by_meaning(query).hits]
    assert by_words[0] != by_meaning[0]
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        _talk(desk, caller)
        ranked_by_meaning = [_looks_along(desk, query, len(by_words))]
        while ranked_by_meaning[-1] and len(ranked_by_meaning) < ATTEMPTS:
            ranked_by_meaning.append(_looks_along(desk, query, len(by_words)))

        assert not ranked_by_meaning[-1]
        assert _used(_take(desk)) == by_words[:1]


def test_one_kind_is_shown_by_a_key_and_its_first_hit_is_taken(folder: Path) -> None:
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        _talk(desk, caller)
        desk.type("gfcgjhn")  # in the other layout
        with closing(Directory.open(desk.data_folder / "directory.db")) as directory:
            every = [hit.entry_id for hit in directory.find("паспорт", 3).hits]
            contacts = [hit.entry_id for hit in directory.find("паспорт", 3, EntryKind.UNIT).hits]
        assert contacts[0] not in every
        _wait_for_hits(desk, every)
        desk.press("alt+Right", times=2)
        _wait_for_hits(desk, contacts)

        # A pause may have reordered them; they are all of one kind.
        (taken,) = _used(_take(desk))
        assert taken in contacts


def test_a_word_of_russian_is_looked_for_as_it_stands(folder: Path) -> None:
    query = "справка на дочку"
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:
        _talk(desk, caller)
        with closing(Directory.open(desk.data_folder / "directory.db")) as directory:
            (as_a_slip,) = [hit.entry_id for hit in directory.find(query, 1).hits]
            directory.use_dictionary(Morphology().has_right_form)
            (wanted,) = [hit.entry_id for hit in directory.find(query, 1).hits]
        assert wanted != as_a_slip
        desk.type(query)
        # typed before the dictionary was loaded, it is searched again, by words or by meaning
        _wait_for_best(desk, wanted)
