"""With English selected, no Russian text of the program is shown after the next start.

The city's own texts are unchanged: directory, scripts, lessons, names.
"""

from __future__ import annotations

import re
from pathlib import Path

from console.core.typed_moment import QUICK_MOMENTS
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import (
    ENGLISH_TITLE,
    OPERATOR_LOGIN,
    OPERATOR_NAME,
    OPERATOR_PASSWORD,
    RESOURCES,
    RING_LIMIT_S,
    SIGN_IN_LIMIT_S,
    STEP_LIMIT_S,
    ConsoleStage,
)
from tests.fakes.screen_reader import Node, ScreenReader, shows

CALLER = "+79005550139"
OF_THE_CITY = ("directory", "scripts", "phrases", "places", "calendars", "training", "rules")
RUN = re.compile(r"[А-Яа-яЁё]+(?:[ -][А-Яа-яЁё]+)*")
PAGES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("F12",), "Pre-shift check"),
    (("F1",), "Keys"),
    (("ctrl+shift+b",), "Appearance"),
    (("ctrl+r",), "From ring to saved record"),
    (("alt+m",), "Review (par. 7.6–7.12)"),
    (("alt+k",), "City decisions"),
    (("Escape", "ctrl+t"), "A second phone on this computer"),
    (("F11",), "No one to call"),
    (("F4",), "Find a message"),
    (("ctrl+o",), "Answers and deadlines"),
    (("F10",), "Nothing to review"),
    (("shift+F5",), "Select an entry on the left"),
    (("Escape", "Escape", "ctrl+h"), "Handover sheet"),
    (("Escape", "ctrl+m"), "No missed calls"),
    (("shift+F4",), "Authority, service or number"),
    (("Escape", "F9"), "Taking calls"),
)


def words_of_the_city() -> str:
    """Returns all texts of the city as one string."""
    files = [
        file
        for folder in OF_THE_CITY
        for file in (RESOURCES / folder).rglob("*")
        if file.suffix in {".json", ".jsonl", ".toml", ".csv", ".txt"}
    ]
    texts = [file.read_text(encoding="utf-8") for file in files]
    initials = "Орлова Н. В. Орлова Н."
    return " ".join((*texts, OPERATOR_NAME, initials, "Белоключевск", "Русский"))


def russian(nodes: list[Node], of_the_city: str) -> set[str]:
    """Returns the Russian text shown that is not from the city."""
    said = {text for node in nodes for text in (node.name, node.description)}
    runs = {run for text in said for run in RUN.findall(text)}
    # times are entered and shown in Russian, as are all texts of a message
    return {run for run in runs if run not in of_the_city and run not in QUICK_MOMENTS}


def test_english_from_the_next_start_on(folder: Path, reader: ScreenReader) -> None:
    of_the_city = words_of_the_city()
    left: dict[str, set[str]] = {}
    with ConsoleStage(folder) as desk, BaresipCaller(CALLER) as caller:

        def read(words: str) -> None:
            nodes = reader.wait_for(desk.console_pid, shows(words), words)
            desk.picture(words.lower().replace(" ", "-"))
            if found := russian(nodes, of_the_city):
                left[words] = found

        desk.press("ctrl+shift+b")
        desk.press("Tab", times=2)
        desk.press("Right")
        assert desk.wait_for("look_changed", STEP_LIMIT_S)["language"] == "en"
        waits = "Язык сменится, когда программа будет запущена снова."
        reader.wait_for(desk.console_pid, shows(waits), waits)
        console = desk.console_pid
        desk.press("Tab")
        desk.picture("offered")
        desk.press("space")
        desk.wait_for("started", SIGN_IN_LIMIT_S)
        assert desk.console_runs
        assert desk.console_pid == console
        desk.take_keyboard(ENGLISH_TITLE)
        read("Sign in")
        desk.sign_in_as(OPERATOR_LOGIN, OPERATOR_PASSWORD)
        desk.address = str(desk.wait_for("phone_connected", RING_LIMIT_S)["address"])
        for keys, words in PAGES:
            for key in keys:
                desk.press(key)
                reader.nodes(desk.console_pid)  # replied after the key was handled
            read(words)
        desk.press("Escape")

        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        read("New call")
        desk.answer()
        read("Phone call")
        desk.press("ctrl+3")
        read("Where?")

    assert left == {}
