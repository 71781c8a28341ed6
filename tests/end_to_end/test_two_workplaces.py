"""Two real workplaces of one central database: each shows the actions of the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest
from uuid_utils.compat import uuid7

from console.shared.session.call_claims import LOOK_AGAIN_S, LOOKS, RELEASE_S
from sync.register.people.operators import Role
from sync.store.central.connection import initialise
from sync.store.central.logins import add_operator, enrol_workplace
from tests.end_to_end.test_incident import incidents, take_up, wait_for_incidents
from tests.end_to_end.test_missed_at_two_desks import ARRIVAL_S, missed_here
from tests.fakes.baresip import BaresipCaller
from tests.fakes.central_people import owned_centre
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.postgres import PostgresServer
from tests.fakes.rtp_peer import wait_until
from tests.fakes.screen_reader import Node, ScreenReader, announces
from tests.integration.sync.store.central.test_central import query

PASSWORD = "two-desks-1"
NAMES = {"orlova": "Орлова Наталья Викторовна", "vtoraya": "Вторая Вера Павловна"}
TEXT = "На Родниковой прорвало водовод. Воду дадут к 22 часам."
LATER = "На Родниковой меняют трубу. Воду дадут к полуночи."
LAST = "На Родниковой воду дадут утром, к 7 часам."
TALKING = "говорит Орлова Н. В."
TOLD = "Орлова Н. В. говорит с этим номером"
WRITING = "пишет запись Орлова Н. В."


class SharedDesk(ConsoleStage):
    """A workplace at its first start, where this person signs in."""

    def __init__(self, folder: Path, code: str, dsn: str, login: str) -> None:
        super().__init__(folder, settings={"central": {"dsn": dsn}, "workplace": {"code": code}})
        self._login = login

    def __enter__(self) -> Self:
        try:
            self.open()
            self.wait_for("started")
            self._type_fields((self._login, PASSWORD))
            self._wait_for_phone()
        except BaseException:
            self._leave(failed=True)
            raise
        return self

    def come_back(self) -> None:
        """Restarts the program after ``kill_console`` with the same operator."""
        self.start_console()
        self.wait_for("started")
        self._type_fields((self._login, PASSWORD))
        self._wait_for_phone()


@dataclass(frozen=True)
class Evening:
    """Two workplaces, and the server of their central database."""

    one: SharedDesk
    other: SharedDesk
    server: PostgresServer
    centre: str
    """DSN of its owner."""

    @property
    def desks(self) -> tuple[SharedDesk, SharedDesk]:
        return self.one, self.other


@pytest.fixture
def evening(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    with two_workplaces(folder, tmp_path_factory.mktemp("other")) as made:
        yield made


@contextmanager
def two_workplaces(folder: Path, elsewhere: Path) -> Iterator[Evening]:
    with (
        PostgresServer(asks_passwords=True) as server,
        owned_centre(server, "CREATEROLE") as centre,
    ):
        initialise(centre)
        for login, name in NAMES.items():
            add_operator(
                centre,
                login=login,
                name=name,
                role=Role.SUPERVISOR,
                password=PASSWORD,
                new_id=uuid7,
            )
        here, there = (enrol_workplace(centre, code).dsn for code in ("0001", "0002"))
        with (
            SharedDesk(folder, "0001", here, "orlova") as one,
            SharedDesk(elsewhere, "0002", there, "vtoraya") as other,
        ):
            yield Evening(one, other, server, centre)


def ring_in_vain(desk: SharedDesk, number: str) -> None:
    """A call rings there until its caller cancels."""
    with BaresipCaller(number) as caller:
        caller.dial(f"sip:100@{desk.address}")
        desk.wait_for("t_offer", RING_LIMIT_S)
        caller.hang_up()
        desk.wait_for("t_hangup", STEP_LIMIT_S)


def tell_of_the_street(desk: SharedDesk, number: int, words: str) -> None:
    """Answers and saves a call about the cold water there."""
    with BaresipCaller(f"+790055501{number:02}") as caller:
        take_up(desk, caller, words)
        desk.take_first_hit("нет холодной воды")
        desk.hang_up()
        desk.save()
        desk.wait_for_state("ready")


def close_with_the_text(desk: SharedDesk, picture: str) -> None:
    """Reads the shown official text to the caller and closes the call with it."""
    desk.wait_until_still()
    desk.picture(picture)
    desk.press("ctrl+i")
    desk.press("F8")
    desk.wait_for("t_saved", STEP_LIMIT_S)


def write_text(desk: SharedDesk, text: str) -> None:
    """Opens the page of incidents and fills in the text of the selected one."""
    desk.press("ctrl+shift+i")
    desk.press("Return")
    desk.press("ctrl+a")
    desk.type(text)


def lead(desk: SharedDesk, text: str) -> None:
    """The supervisor declares the selected incident, or changes its text."""
    write_text(desk, text)
    desk.press("ctrl+Return")


def wait_for_missed(desk: SharedDesk, count: int) -> None:
    """Returns when this number of missed calls waits there."""
    wait_until(lambda: missed_here(desk) == count, timeout_s=STEP_LIMIT_S)


def wait_for_texts(desk: SharedDesk, count: int) -> None:
    """Returns when this number of incident texts is known there."""

    def known() -> int:
        return sum(len(incident["versions"]) for incident in incidents(desk))

    wait_until(lambda: known() == count, timeout_s=STEP_LIMIT_S)


def claims(evening: Evening) -> list[str]:
    """Returns the stages of the callback locks in the central database."""
    return [row["stage"] for row in query(evening.centre, "SELECT stage FROM call_claim")]


def says(words: str) -> Callable[[list[Node]], bool]:
    """Returns a condition: these words are in the accessible tree."""
    return lambda nodes: any(words in node.name for node in nodes)


def press_at_once(desks: tuple[SharedDesk, SharedDesk], key: str) -> None:
    """Presses the key at both desks simultaneously."""
    with ThreadPoolExecutor() as hands:
        for pressed in [hands.submit(desk.press, key) for desk in desks]:
            pressed.result()


def test_one_text_is_said_at_both_and_edited_and_ended_in_the_middle_of_calls(
    evening: Evening,
) -> None:
    one, other = evening.desks
    for house in (5, 12, 30):
        tell_of_the_street(one, house, f"Родниковая, {house}. ")
    wait_for_incidents(one, offers=1, declared=0)
    one.press("ctrl+shift+i")
    one.press("ctrl+a")
    one.type(TEXT)
    one.press("ctrl+Return")
    wait_for_incidents(other, declared=1, version=1)
    other.picture("01-declared-elsewhere")

    # the text being read aloud changes while she types on
    with BaresipCaller("+79005550141") as caller:
        take_up(other, caller, "на родниковой опять сухой")
        lead(one, LATER)
        other.type(" кран")
        wait_for_incidents(other, declared=1, version=2)
        close_with_the_text(other, "02-edited-in-a-call")
    first = other.newest_record()

    # offline: each continues with its data, and has all of it afterwards
    with BaresipCaller("+79005550142") as caller:
        take_up(other, caller, "когда воду дадут на родниковой")
        evening.server.stop()
        lead(one, LAST)
        wait_for_incidents(one, declared=1, version=3)
        other.picture("03-centre-away")
        evening.server.start()
        wait_for_incidents(other, declared=1, version=3)
        one.press("alt+e")
        wait_for_incidents(other, declared=0)
        close_with_the_text(other, "04-ended-in-a-call")
    second = other.newest_record()
    other.wait_until_still()
    other.picture("05-over")
    wait_for_incidents(one, declared=0)
    (here,), (there,) = incidents(one), incidents(other)

    said = "ул. Родниковая: нет холодной воды"
    assert first["content"] == f"на родниковой опять сухой кран\n{said}\n{LATER}"
    assert second["content"] == f"когда воду дадут на родниковой\n{said}\n{LAST}"
    for record in (first, second):
        assert (record["state"], record["result"]) == ("closed", "answered")
        assert [used["key"] for used in record["used_entries"]] == [f"incident/{here['id']}"]
    # an attributed call sends no wake-up: the other workplace gets it by its next poll
    assert {**here, "calls": 2} == there
    assert here["state"] == "ended"
    assert [version["text"] for version in here["versions"]] == [TEXT, LATER, LAST, LAST]


def test_a_call_that_rang_at_one_desk_alone_waits_at_both_and_is_called_back_from_the_other(
    evening: Evening,
) -> None:
    one, other = evening.desks
    for number in (51, 52):
        ring_in_vain(one, f"+790055501{number}")
    for desk in evening.desks:
        wait_for_missed(desk, 2)
    other.press("ctrl+m")
    other.press("Home")
    other.wait_until_still()
    other.picture("01-missed-at-the-other-desk")
    other.press("2")
    for desk in evening.desks:
        wait_for_missed(desk, 1)

    # a number that rings at both is one missed call for both
    for desk in evening.desks:
        ring_in_vain(desk, "+79005550153")
    for desk in evening.desks:
        wait_for_missed(desk, 2)
        desk.press("ctrl+m")
    one.press("Home")
    one.wait_until_still()  # the list is loaded after the register has it
    one.press("3")
    for desk in evening.desks:
        wait_for_missed(desk, 1)
        desk.wait_until_still()
        desk.picture("02-one-is-left")


def test_who_is_spoken_with_at_one_desk_is_not_called_from_the_other(
    reader: ScreenReader, evening: Evening
) -> None:
    one, other = evening.desks
    ring_in_vain(one, "+79005550154")
    for desk in evening.desks:
        wait_for_missed(desk, 1)
    other.press("ctrl+m")
    other.press("Home")
    with BaresipCaller("+79005550154") as caller:
        take_up(one, caller, "звонил уже утром")
        wait_until(lambda: claims(evening) == ["talking"], timeout_s=STEP_LIMIT_S)
        reader.wait_for(other.console_pid, says(TALKING), TALKING)
        other.picture("01-somebody-talks")
        other.press("Return")
        reader.wait_to_hear(announces(TOLD))
        other.wait_until_still()
        other.picture("02-told")
        assert other.calls_today() == []
        one.take_first_hit("нет холодной воды")
        one.hang_up()
    # the record is left for later: no other operator calls in the meantime
    wait_until(lambda: claims(evening) == ["writing"], timeout_s=STEP_LIMIT_S)
    one.press("ctrl+d")
    reader.wait_for(other.console_pid, says(WRITING), WRITING)
    end_s = time.monotonic() + RELEASE_S + 2
    while time.monotonic() < end_s:
        assert claims(evening) == ["writing"]
    other.picture("03-put-aside")
    one.press("ctrl+shift+d")
    one.press("Home")
    one.press("Return")
    one.save()
    for desk in evening.desks:
        wait_for_missed(desk, 0)
    wait_until(lambda: claims(evening) == [], timeout_s=STEP_LIMIT_S)


def test_who_was_missed_at_a_workplace_that_told_of_it_late_is_not_called_while_he_is_written_down(
    evening: Evening,
) -> None:
    one, other = evening.desks
    evening.server.stop()
    ring_in_vain(other, "+79005550155")
    wait_for_missed(other, 1)
    other.kill_console()
    evening.server.start()
    with BaresipCaller("+79005550155") as caller:
        take_up(one, caller, "звонил уже утром")
        one.take_first_hit("нет холодной воды")
        one.hang_up()
    # the missed call must not reappear while the central database is polled
    end_s = time.monotonic() + (LOOKS + 1) * LOOK_AGAIN_S
    while time.monotonic() < end_s:
        assert claims(evening) == []
    other.come_back()
    wait_until(lambda: claims(evening) == ["writing"], timeout_s=ARRIVAL_S)
    wait_for_missed(other, 1)
    one.save()
    for desk in evening.desks:
        wait_for_missed(desk, 0)
    wait_until(lambda: claims(evening) == [], timeout_s=STEP_LIMIT_S)


def test_what_both_declare_at_once_is_one_and_a_missed_call_waits_for_either(
    evening: Evening,
) -> None:
    one, other = evening.desks
    for number in (43, 44):
        for desk in evening.desks:
            ring_in_vain(desk, f"+790055501{number}")
    for desk, house in ((one, 5), (other, 12), (one, 30)):
        tell_of_the_street(desk, house, f"Родниковая, {house}. ")
    for desk in evening.desks:
        wait_for_missed(desk, 2)
        desk.press("ctrl+m")
        desk.press("Home")
    one.wait_until_still()
    one.picture("01-missed")
    other.press("1")
    for desk in evening.desks:
        wait_for_missed(desk, 1)
        desk.wait_until_still()
    # her key was meant for the call that was just removed, and the next one remains
    one.press("1")
    one.wait_until_still()
    one.picture("02-not-for-the-next")
    assert missed_here(one) == 1
    # both resolved it, each before it knew of the other
    press_at_once(evening.desks, "1")
    for desk in evening.desks:
        wait_for_missed(desk, 0)

    # callers of both workplaces are counted together
    for desk in evening.desks:
        wait_for_incidents(desk, limit_s=ARRIVAL_S, offers=1, declared=0)
        desk.picture("03-offered")
    for desk, text in zip(evening.desks, (TEXT, LATER), strict=True):
        write_text(desk, text)
    press_at_once(evening.desks, "ctrl+Return")
    for desk in evening.desks:
        wait_for_texts(desk, 2)
        wait_for_incidents(desk, offers=0, declared=1, version=1)
        desk.wait_until_still()
        desk.picture("04-both-declared")
    (here,), (there,) = incidents(one), incidents(other)
    assert here == there
    assert {version["by_name"] for version in here["versions"]} == set(NAMES.values())
    assert [version["holds"] for version in here["versions"]] == [False, True]

    lead(other, LAST)
    for desk in evening.desks:
        wait_for_incidents(desk, declared=1, version=2)
    one.press("ctrl+shift+i")
    one.press("alt+e")
    for desk in evening.desks:
        wait_for_incidents(desk, declared=0)
    assert [one_of_it["state"] for desk in evening.desks for one_of_it in incidents(desk)] == [
        "ended",
        "ended",
    ]
