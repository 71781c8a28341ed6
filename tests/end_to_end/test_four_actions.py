"""Key counts from ring to saved record: a question, a silent call, a message."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

CALLER = "+79005550151"
QUESTION, TROUBLE = "когда вывозят мусор", "не горит фонарь"
CATEGORY = "power/street-light"
PLACE, WHEN = "ул. Родниковая, д. 14", "вчера 18:30"


class CountedStage(ConsoleStage):
    """Counts key presses; letters of texts do not count."""

    actions = 0

    def press(self, key: str, times: int = 1) -> None:
        self.actions += times
        super().press(key, times)

    def count(self) -> int:
        """Returns the actions since the last call of this method."""
        counted, self.actions = self.actions, 0
        return counted


def place_of(desk: CountedStage, query: str, kind: str) -> tuple[str, int]:
    """Returns the best hit of this kind and its digit after the result is shown."""
    wanted = desk.search(query)[:3]
    while str(desk.wait_for("t_search", STEP_LIMIT_S)["hits"]).split() != [
        hit["id"] for hit in wanted
    ]:
        pass
    place = next(place for place, hit in enumerate(wanted, 1) if hit["kind"] == kind)
    return str(wanted[place - 1]["id"]), place


def ring(desk: CountedStage, caller: BaresipCaller) -> None:
    caller.dial(f"sip:100@{desk.address}")
    desk.wait_for("t_offer", RING_LIMIT_S)
    desk.count()


def take(desk: CountedStage, text: str, kind: str) -> str:
    """Answers, types the caller's words, selects the hit found for the card."""
    desk.answer()
    desk.type(text)
    entry, digit = place_of(desk, text, kind)
    desk.press(f"alt+{digit}")
    desk.wait_for("t_hit_accepted", STEP_LIMIT_S)
    return entry


def moments(record: dict[str, Any], *names: str) -> list[datetime]:
    return [datetime.fromisoformat(record[name]) for name in names]


def test_a_question_takes_four_keys_a_silent_call_one_a_message_nine(folder: Path) -> None:
    with CountedStage(folder) as desk, BaresipCaller(CALLER) as caller:
        ring(desk, caller)
        entry = take(desk, QUESTION, "question")
        desk.picture("01-heard")
        desk.hang_up()
        desk.save()
        assert desk.count() == 4
        asked = desk.newest_record()

        ring(desk, caller)
        desk.answer()
        desk.hang_up()
        desk.count()
        desk.press("ctrl+0")
        desk.wait_for("t_saved", STEP_LIMIT_S)
        assert desk.count() == 1
        silent = desk.newest_record()

        ring(desk, caller)
        desk.answer()
        desk.type(TROUBLE)
        desk.press("ctrl+3")
        desk.type(PLACE)
        desk.press("Tab")
        desk.type(WHEN)
        desk.press("Tab", times=2)
        desk.type("фонар")
        desk.press("Tab")
        desk.press("Left")  # from «not asked» to «public»
        desk.press("ctrl+Return")
        desk.wait_for("t_message_registered", STEP_LIMIT_S)
        desk.picture("02-promise")
        desk.hang_up()
        desk.save()
        assert desk.count() <= 10
        reported = desk.newest_record()
        message = desk.message_of(reported)

        desk.press("ctrl+r")
        desk.wait_for("t_report_shown", STEP_LIMIT_S)
        desk.pause(0.5)
        desk.picture("03-report")

    assert [used["key"] for used in asked["used_entries"]] == [entry]
    assert (asked["state"], asked["result"]) == ("closed", "answered")
    assert asked["content"].startswith(f"{QUESTION}\n")
    assert asked["topic"]
    steps = moments(
        asked,
        "arrived_at",
        "answered_at",
        "first_key_at",
        "hit_accepted_at",
        "ended_at",
        "saved_at",
    )
    assert steps == sorted(steps)
    assert (silent["state"], silent["result"]) == ("closed", "dropped")
    assert silent["hit_accepted_at"] is None
    assert (reported["state"], reported["result"]) == ("closed", "message")
    assert (message["text"], message["place"]) == (TROUBLE, PLACE)
    assert (message["category"], message["publicity"]) == (CATEGORY, "public")
