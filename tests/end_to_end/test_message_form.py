"""A message from a training call by real keys: checked, split, located, registered; then found
again.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sync.register.checks.obscene import WordLists
from sync.register.city import SettingsChosen
from sync.register.handling.events import Step
from sync.register.handling.handled import HandledMessage
from sync.register.handling.step_facts import Explained, LinkKind
from sync.store.local.city import city_of
from sync.store.local.keys import open_key
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.register import RegisterStore
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage

LESSON = "message"
LAMP = "Не горит фонарь у подъезда, вечером темно, звонить старшей по дому +7 900 555-01-37."
WASTE = "Ещё не вывозят мусор третий день."
REASON = "телефон висит на подъезде"
PLACE = "ул. Родниковая, д. 14"
# From the first question of the city's rules: four questions, then the lists.
TABS_TO_FORBIDDEN = 6


def answer_training_call(desk: ConsoleStage) -> None:
    desk.ring(LESSON, desk.address)
    desk.wait_for("t_offer", RING_LIMIT_S)
    desk.answer()


def save_call(desk: ConsoleStage) -> dict[str, Any]:
    desk.hang_up()
    desk.save()
    return desk.record(str(desk.calls_today()[-1]["number"]))


def wait_for_kinds(desk: ConsoleStage, *kinds: str) -> None:
    while set(str(desk.wait_for("t_message_checked", STEP_LIMIT_S)["kinds"]).split()) != set(kinds):
        pass


def choose_category(desk: ConsoleStage, beginning: str, tabs: int) -> None:
    desk.press("Tab", times=tabs)
    desk.type(beginning)
    desk.press("Return")


def histories(file: Path, ids: list[UUID]) -> list[HandledMessage]:
    """Returns the messages with their events, read from a closed store."""
    store = RegisterStore.open(file, open_key(file))
    try:
        found = [MessageHandling(store).handled(id) for id in ids]
        return [one for one in found if one is not None]
    finally:
        assert store.close_store()


def test_a_call_becomes_two_messages_and_the_next_one_is_tied_to_the_first(folder: Path) -> None:
    with ConsoleStage(folder) as desk:
        answer_training_call(desk)
        desk.type(f"{LAMP} {WASTE}")
        desk.press("ctrl+3")
        wait_for_kinds(desk, "personal_data", "several_questions", "no_place")
        desk.picture("01-findings")
        # The cursor is in the location field: a street prefix, then the house number.
        desk.type("родн 14")
        desk.press("Down")
        desk.press("Return")
        wait_for_kinds(desk, "personal_data", "several_questions")
        desk.press("Tab")
        desk.type("вчера 18:30")
        choose_category(desk, "фонар", tabs=2)
        desk.press("Tab")
        desk.press("Left")  # from «not asked» to «public»
        desk.press("alt+s")
        wait_for_kinds(desk, "personal_data")
        desk.press("alt+n")
        desk.type(REASON)
        desk.press("Return")
        desk.picture("02-first-half")
        desk.press("ctrl+Return")
        desk.wait_for("t_message_registered", STEP_LIMIT_S)
        desk.pause(0.3)
        desk.picture("03-second-half")
        choose_category(desk, "задержка вывоза", tabs=3)
        desk.press("ctrl+Return")
        desk.wait_for("t_message_registered", STEP_LIMIT_S)
        desk.picture("04-promise")
        first_call = save_call(desk)

        answer_training_call(desk)
        desk.type("Темно у подъезда, фонарь не горит.")
        desk.press("ctrl+3")
        desk.type("родниковая 14")
        while not desk.wait_for("t_message_near", STEP_LIMIT_S)["found"]:
            pass
        desk.picture("05-known")
        desk.press("ctrl+d")
        desk.wait_for("t_call_tied", STEP_LIMIT_S)
        desk.picture("06-tied")
        second_call = save_call(desk)
        lamp = desk.message_of(first_call)
        desk.kill_console()
        file = desk.data_folder / "register.db"
        with_events = histories(file, [UUID(str(lamp["id"]))])

    assert (lamp["text"], lamp["place"]) == (LAMP, PLACE)
    yesterday = datetime.now(UTC).astimezone(ZoneInfo("Europe/Moscow")).date() - timedelta(days=1)
    assert (lamp["event_on"], lamp["event_time"]) == (yesterday.isoformat(), "18:30:00")
    # Public as its author chose, since the operator gave a reason why the number is no personal
    # data.
    assert (lamp["publicity"], lamp["state"]) == ("public", "at_organ")
    (handled,) = with_events
    assert handled.standing.is_published
    assert handled.standing.organ == "street-light"
    cleared = [one for one in handled.history.events if one.step is Step.CLEAR_CONFIDENTIAL]
    assert [one.facts for one in cleared] == [Explained(REASON)]
    assert {str(id) for id in handled.standing.call_ids} == {first_call["id"], second_call["id"]}
    (link,) = handled.standing.links
    assert link.kind is LinkKind.SPLIT_INTO
    (waste,) = histories(file, [link.message_id])
    assert (waste.record.text, waste.record.place) == (WASTE, PLACE)
    assert str(waste.record.call_id) == first_call["id"]
    assert waste.record.category == "waste/removal"
    assert [one.kind for one in waste.standing.links] == [LinkKind.SPLIT_FROM]

    assert first_call["result"] == second_call["result"] == "message"
    assert second_call["message_id"] == lamp["id"]
    assert second_call["content"] == "Темно у подъезда, фонарь не горит."


def test_a_word_that_the_city_forbids_is_told_in_the_message_of_the_next_call(
    tmp_path: Path,
) -> None:
    with ConsoleStage(tmp_path) as desk:
        desk.press("alt+k")
        desk.press("alt+r")
        desk.press("Tab", times=TABS_TO_FORBIDDEN)
        desk.type("чебурек")
        desk.press("Tab")
        desk.type("решение главы")
        desk.picture("01-rules")
        desk.press("ctrl+Return")
        desk.wait_for("t_terms_looked_at", STEP_LIMIT_S)
        desk.press("ctrl+Return")
        desk.wait_for("t_city_changed", STEP_LIMIT_S)
        desk.press("Escape")
        answer_training_call(desk)
        desk.type("Начальник ЖЭКа чебурек, на ул. Родниковой, 14 яма.")
        desk.press("ctrl+3")
        assert "obscene" in str(desk.wait_for("t_message_checked", STEP_LIMIT_S)["kinds"])
        desk.kill_console()
        file = desk.data_folder / "register.db"
        store = RegisterStore.open(file, open_key(file))
        try:
            (made,) = city_of(store).edits
        finally:
            assert store.close_store()
    assert isinstance(made.change, SettingsChosen)
    assert made.change.settings.obscene_words == WordLists(denied=frozenset({"чебурек"}))
    assert (made.reason, made.by.name) == ("решение главы", "Орлова Наталья Викторовна")
