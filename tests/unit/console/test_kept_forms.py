"""What is typed into forms that make no record before they are sent is there after a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Signal
from pytestqt.qtbot import QtBot

from console.bridge import Deliveries
from console.milestones import Milestones
from console.presenters.handover import SheetMode
from console.presenters.incident_page import IncidentPageState
from console.presenters.kept_forms import READ_AGAIN_MS, KeptForms
from console.presenters.planned_calls import PlanForm
from sync.errors import StoreUnavailable
from sync.register.handover import Line, Part
from sync.register.incidents.incident import IncidentAct, IncidentStep
from sync.register.kept_words import FormPlace, KeptForm, KeptWords, Typed
from sync.store.kept_words import KeptWordsStore
from sync.store.register import RegisterStore
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, Clock, InlineExecutor, Told
from tests.fakes.incident_hands import SECOND
from tests.fakes.incidents import sightings
from tests.fakes.kept_desk import KeptDesk

WITHIN_MS = 1000  # a second behind the last letter, with the write
SHEET = FormPlace(KeptForm.HANDOVER)
WATER = UUID(int=901)
FOUND = "Найдено после перезапуска, ещё не отправлено · набрано: 12:00"

Start = Callable[..., KeptDesk]


@pytest.fixture
def start(
    store: RegisterStore, owner: QObject, milestones: Milestones, clock: Clock, tmp_path: Path
) -> Iterator[Start]:
    """Makes a desk over the one register: the first, and each that comes after a crash."""
    made: list[KeptDesk] = []

    def begin(before: KeptDesk | None = None) -> KeptDesk:
        folder = tmp_path / f"start-{len(made)}"
        made.append(KeptDesk(store, owner, milestones, clock, folder, before))
        return made[-1]

    yield begin
    for one in made:
        one.entries.close()


def settle() -> None:
    for _ in range(6):
        QCoreApplication.processEvents()


# --- how it is kept, whatever the page --------------------------------------------------------


class Page(QObject):
    """One line for each operator."""

    changed = Signal()

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self.lines: dict[UUID, str] = {}

    def type_in(self, text: str, operator: UUID = SUPERVISOR.id) -> None:
        self.lines[operator] = text
        self.changed.emit()

    def signed_in(self) -> None:
        pass

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        line = self.lines.get(operator_id, "")
        return {SHEET: Typed({"note": line})} if line else {}

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        self.lines.setdefault(operator_id, found[0].typed.words["note"])


class Bench:
    """The page and what keeps it; writes that the disk refuses are counted."""

    def __init__(self, store: RegisterStore, owner: QObject, clock: Clock) -> None:
        self.store, self.words = store, KeptWordsStore(store)
        self.page = Page(owner)
        self.operator = SUPERVISOR
        self.reads = 0
        self.refuses = False
        self.carried: list[str] = []
        self.kept = KeptForms(
            self,
            self,
            InlineExecutor(),
            Deliveries(owner),
            operator=lambda: self.operator,
            clock=clock,
            parent=owner,
        )
        self.kept.watch(KeptForm.HANDOVER, self.page, self.page.changed)
        self.told = Told(self.kept.told)

    def carry(self, key: str, write: Callable[[], object]) -> None:
        self.carried.append(key)
        write()

    def of(self, operator_id: UUID) -> tuple[KeptWords, ...]:
        self.reads += 1
        if self.refuses:
            raise StoreUnavailable("SQLITE_IOERR")
        return self.words.of(operator_id)

    def keep(self, operator_id: UUID, kept: KeptWords) -> Future[None]:
        return self.words.keep(operator_id, kept)

    def drop(self, operator_id: UUID, place: FormPlace) -> Future[None]:
        return self.words.drop(operator_id, place)

    def on_disk(self, operator: UUID = SUPERVISOR.id) -> list[str]:
        self.store.try_disk().result()  # what was handed over before is written
        return [one.typed.words["note"] for one in self.words.of(operator)]


@pytest.fixture
def bench(store: RegisterStore, owner: QObject, clock: Clock) -> Bench:
    return Bench(store, owner, clock)


def test_what_is_typed_is_on_the_disk_within_a_second_however_long_it_goes_on(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.kept.signed_in()
    settle()
    bench.page.type_in("К")

    def types_on() -> bool:
        bench.page.type_in(bench.page.lines[SUPERVISOR.id] + "л")
        return bool(bench.on_disk())

    qtbot.waitUntil(types_on, timeout=WITHIN_MS)
    bench.page.type_in("Ключ")
    qtbot.waitUntil(lambda: bench.on_disk() == ["Ключ"], timeout=WITHIN_MS)
    written = len(bench.carried)
    bench.page.changed.emit()
    bench.kept.keep()
    assert len(bench.carried) == written
    bench.page.type_in("")
    qtbot.waitUntil(lambda: bench.on_disk() == [], timeout=WITHIN_MS)


def test_nothing_is_written_over_what_was_not_read_yet(bench: Bench, qtbot: QtBot) -> None:
    note = KeptWords(SHEET, Typed({"note": "Ключ"}), Clock().now)
    bench.words.keep(SUPERVISOR.id, note).result()
    bench.refuses = True
    bench.kept.signed_in()
    settle()
    bench.kept.keep()
    assert bench.on_disk() == ["Ключ"]
    assert bench.told.values == []

    bench.refuses = False
    bench.kept.signed_in()  # unlocked meanwhile: it is asked for once
    qtbot.waitUntil(lambda: bench.reads == 2, timeout=2 * READ_AGAIN_MS)
    settle()
    assert bench.page.lines[SUPERVISOR.id] == "Ключ"
    assert [notice.body for notice in bench.told.values] == [
        "Ещё не отправлено: заметка листа передачи."
    ]


def test_it_is_found_once_in_a_start_and_only_by_who_typed_it(bench: Bench) -> None:
    note = KeptWords(SHEET, Typed({"note": "Ключ"}), Clock().now)
    bench.words.keep(SUPERVISOR.id, note).result()
    bench.operator = OPERATOR
    bench.kept.signed_in()
    settle()
    assert bench.page.lines == {}
    assert bench.told.values == []

    bench.operator = SUPERVISOR
    for _unlocked in range(2):
        bench.kept.signed_in()
        settle()
    assert len(bench.told.values) == 1
    bench.page.type_in("Ключ у меня", OPERATOR.id)
    bench.kept.keep()
    assert bench.on_disk() == ["Ключ"]
    assert bench.on_disk(OPERATOR.id) == ["Ключ у меня"]


# --- promised calls ---------------------------------------------------------------------------


def test_a_promised_call_that_is_being_typed_is_found_again(start: Start) -> None:
    first = start()
    planned = first.presenters.planned
    planned.begin("+79005550101")
    first.write()
    assert first.on_disk() == {}  # it stands there by itself: nobody has typed it
    planned.set_moment("завтра 9:00")
    planned.set_note("о счёте")
    planned.set_mine("mine")
    first.write()

    again = start(first)
    form = again.presenters.planned.state.form
    assert (form.phone, form.moment) == ("+7 (900) 555-01-01", "завтра 9:00")
    assert (form.note, form.is_mine) == ("о счёте", True)
    assert again.presenters.planned.state.found == FOUND
    assert [notice.body for notice in again.told.values] == ["Ещё не отправлено: обещанные звонки."]
    again.sit_down(OPERATOR)
    assert again.presenters.planned.state.form == PlanForm()
    again.sit_down(SUPERVISOR)

    again.presenters.planned.plan()
    settle()
    again.write()
    assert again.on_disk() == {}
    assert again.presenters.planned.state.found == ""
    assert len(again.planned.calls) == 1


def test_an_emptied_form_of_a_promised_call_is_found_no_more(start: Start) -> None:
    first = start()
    first.presenters.planned.set_note("о счёте")
    first.write()
    again = start(first)
    again.presenters.planned.set_note("")
    assert again.presenters.planned.state.found == ""
    again.write()
    assert again.on_disk() == {}


# --- the note of the hand-over sheet ----------------------------------------------------------


def test_the_note_of_a_sheet_is_found_again_until_it_is_signed(start: Start) -> None:
    first = start()
    first.presenters.handover.set_note("Ключ у старшей")
    first.write()

    again = start(first)
    again.sheets.parts = {Part.MISSED: (Line("2611-0001-00007-3", at=again.clock.now),)}
    handover = again.presenters.handover
    again.sit_down(OPERATOR)
    assert (handover.state.note, handover.state.found) == ("", "")
    again.sit_down(SUPERVISOR)
    handover.open()
    settle()
    assert (handover.state.note, handover.state.found) == ("Ключ у старшей", FOUND)

    handover.sign()
    settle()
    assert handover.state.mode is SheetMode.SIGNED
    assert handover.state.found == ""
    again.write()
    assert again.on_disk() == {}


def test_an_emptied_note_is_found_no_more(start: Start) -> None:
    first = start()
    first.presenters.handover.set_note("Ключ у старшей")
    first.write()
    again = start(first)
    again.presenters.handover.set_note(" ")
    assert again.presenters.handover.state.found == ""
    again.write()
    assert again.on_disk() == {}


# --- the text of an incident ------------------------------------------------------------------


def declare(desk: KeptDesk, text: str, act: IncidentAct = IncidentAct.DECLARED) -> None:
    version = desk.incidents.all()[0].version if desk.incidents.all() else 0
    step = IncidentStep(act, WATER, "ул. Лесная", "roads-pits", text, version)
    desk.incidents.take(step, SECOND).result()
    desk.presenters.incidents.reload()
    settle()


def of_incident(desk: KeptDesk) -> IncidentPageState:
    desk.presenters.incident_page.open()
    settle()
    return desk.presenters.incident_page.state


def test_the_text_of_an_incident_is_found_again_beside_what_came_meanwhile(start: Start) -> None:
    first = start()
    declare(first, "Проезд откроют к 22 часам.")
    assert of_incident(first).text == "Проезд откроют к 22 часам."
    first.presenters.incident_page.set_text("Проезд откроют утром.")
    first.write()
    declare(first, "Проезд откроют к 23 часам.", IncidentAct.EDITED)

    again = start(first)
    state = of_incident(again)
    assert (state.text, state.found) == ("Проезд откроют утром.", FOUND)
    assert state.theirs == "Проезд откроют к 23 часам."
    assert [notice.body for notice in again.told.values] == ["Ещё не отправлено: инциденты."]
    page = again.presenters.incident_page
    page.confirm()  # it points at the other text first
    settle()
    assert again.incidents.all()[0].text == "Проезд откроют к 23 часам."
    again.write()
    assert len(again.on_disk()) == 1
    page.confirm()
    settle()
    assert again.incidents.all()[0].text == "Проезд откроют утром."
    assert of_incident(again).found == ""
    again.write()
    assert again.on_disk() == {}


def test_who_takes_the_other_text_leaves_nothing_of_hers(start: Start) -> None:
    first = start()
    declare(first, "Проезд откроют к 22 часам.")
    of_incident(first)
    first.presenters.incident_page.set_text("Проезд откроют утром.")
    first.write()
    again = start(first)
    of_incident(again)
    again.presenters.incident_page.take_theirs()
    assert again.presenters.incident_page.state.found == ""
    again.write()
    assert again.on_disk() == {}


def test_one_begun_by_hand_and_one_that_was_offered_go_on_by_hand(start: Start) -> None:
    first = start()
    first.incidents.seen += sightings(first.clock.now, "ул. Лесная", 3)
    first.presenters.incidents.reload()
    settle()
    assert of_incident(first).street == "Лесная"
    first.presenters.incident_page.set_text("Ремонтируют.")
    first.presenters.incident_page.begin()
    first.presenters.incident_page.set_street("ул. Садовая")
    first.write()

    again = start(first)
    state = of_incident(again)
    assert [row.version for row in state.rows] == ["новый", "новый"]
    texts = set()
    for place in range(2):
        again.presenters.incident_page.choose(place)
        shown = again.presenters.incident_page.state
        texts.add((shown.street, shown.text, shown.found))
    assert texts == {("ул. Садовая", "", FOUND), ("Лесная", "Ремонтируют.", FOUND)}
    again.sit_down(OPERATOR)
    assert again.presenters.incident_page.state.rows == ()
    again.sit_down(SUPERVISOR)
    for _form in range(2):
        again.presenters.incident_page.end()
    again.write()
    assert again.on_disk() == {}


def test_an_offer_that_nobody_has_typed_in_is_no_words_of_hers(start: Start) -> None:
    first = start()
    first.incidents.seen += sightings(first.clock.now, "ул. Лесная", 3)
    first.presenters.incidents.reload()
    settle()
    page = first.presenters.incident_page
    text = of_incident(first).text
    page.set_text(f"{text}!")
    page.set_text(text)
    first.incidents.seen.clear()
    first.presenters.incidents.reload()
    settle()
    first.write()
    assert first.on_disk() == {}
