"""A family with one number by real keys: the caller is selected, and a suggestion writes
nothing.
"""

from __future__ import annotations

import time
from pathlib import Path

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

FAMILY, UNKNOWN = "+79005550171", "+79005550172"
TABS_TO_NAME = 3  # backwards from the content field
TABS_TO_EMAIL = 2  # forwards from the name
SEARCH = "анна про"


def _begin(desk: ConsoleStage, caller: BaresipCaller, known: int) -> None:
    """Answers a call after this number of contact candidates was found."""
    caller.dial(f"sip:100@{desk.address}")
    desk.wait_for("t_offer", RING_LIMIT_S)
    assert desk.wait_for("t_persons_found", STEP_LIMIT_S)["count"] == known
    desk.answer()


def _end(desk: ConsoleStage) -> None:
    desk.press("ctrl+1")
    desk.hang_up()
    desk.save()
    desk.wait_for_state("ready")  # during wrap-up the phone accepts no call


def _wait_until_found(desk: ConsoleStage, count: int) -> None:
    """Waits for the result of the complete search, not a partial one."""
    until_s = time.monotonic() + STEP_LIMIT_S
    while True:
        told = desk.wait_for("t_persons_found", max(0.1, until_s - time.monotonic()))
        if told.get("letters") == len(SEARCH):
            assert told["count"] == count
            return


def test_who_of_a_family_is_calling_is_said_by_one_key(folder: Path) -> None:
    with (
        ConsoleStage(folder) as desk,
        BaresipCaller(FAMILY) as caller,
        BaresipCaller(UNKNOWN) as stranger,
    ):
        # Anna: her name in one line, and an address with a typo that one key corrects.
        _begin(desk, caller, known=0)
        desk.type("про вывоз мусора")
        desk.press("shift+Tab", times=TABS_TO_NAME)
        desk.type("анна петровна проба")
        desk.press("Tab", times=TABS_TO_EMAIL)
        desk.type("anna.p@gmial.com")
        desk.press("Tab")
        desk.press("alt+j")
        desk.picture("read-back")
        _end(desk)

        # Her husband at the same telephone is another person.
        _begin(desk, caller, known=1)
        desk.type("про свет")
        desk.press("ctrl+p")
        desk.press("0")
        desk.type("проба-вторый иван")
        desk.press("ctrl+shift+p")  # he calls for his mother
        desk.type("Проба Мария, мать")
        _end(desk)

        # The last caller is first in the list; the digit selects her, and the cursor returns.
        _begin(desk, caller, known=2)
        desk.type("снова про ")
        desk.picture("guess")
        desk.press("ctrl+p")
        desk.picture("choice")
        desk.press("2")
        desk.type("мусор")
        _end(desk)

        # The caller is not identified: a suggestion is not stored.
        _begin(desk, caller, known=2)
        desk.type("не назвался")
        _end(desk)

        # She calls from an unknown number.
        _begin(desk, stranger, known=0)
        desk.type("с работы")
        desk.press("ctrl+p")
        desk.type(SEARCH)
        _wait_until_found(desk, count=1)
        desk.picture("search")
        desk.press("Return")
        desk.type(" о мусоре")
        _end(desk)
        answered = [call for call in desk.calls_today() if call["answered_at"] is not None]
        records = [desk.record(str(call["number"])) for call in answered]

    anna, husband, again, unnamed, elsewhere = records
    said = [(one["surname"], one["given_name"], one["patronymic"], one["email"]) for one in records]
    of_anna = ("Проба", "Анна", "Петровна", "anna.p@gmail.com")
    assert said[0] == said[2] == said[4] == of_anna
    assert said[1] == ("Проба-Вторый", "Иван", "", None)
    assert said[3] == (None, None, None, None)
    assert unnamed["name_absence"] == "not_asked"
    assert [one["phone"] for one in records] == [FAMILY] * 4 + [UNKNOWN]
    assert again["content"] == "снова про мусор"
    assert elsewhere["content"] == "с работы о мусоре"
    assert [one["concerned"] for one in records] == [None, "Проба Мария, мать", None, None, None]
    assert {one["result"] for one in (anna, husband)} == {"answered"}
