"""Unsaved input of pages is saved within a second and restored once, for its author."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from console.core.deliveries import Deliveries
from console.core.drafts import KeptForms
from sync.errors import StoreUnavailable
from sync.register.handling.form_drafts import FormPlace, KeptForm, KeptWords, Typed
from sync.store.local.people.shifts import KeptWordsStore
from sync.store.local.register import RegisterStore
from tests.fakes.console_fakes import OPERATOR, SUPERVISOR, Clock, InlineExecutor, Told
from tests.fakes.kept_desk import settle

LIMIT_MS = 10_000  # the time limit for saving drafts is checked in test_desk
SHEET = FormPlace(KeptForm.HANDOVER)


class Page(QObject):
    """One input line per operator."""

    changed = Signal()

    def __init__(self, owner: QObject, place: FormPlace = SHEET) -> None:
        super().__init__(owner)
        self.place = place
        self.lines: dict[UUID, str] = {}

    def type_in(self, text: str, operator: UUID = SUPERVISOR.id) -> None:
        self.lines[operator] = text
        self.changed.emit()

    def signed_in(self) -> None:
        pass

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        line = self.lines.get(operator_id, "")
        return {self.place: Typed({"note": line})} if line else {}

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        self.lines.setdefault(operator_id, found[0].typed.words["note"])


class Bench:
    """The page and its autosave, with a count of writes that fail."""

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
        self.store.try_disk().result()  # earlier writes have finished
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

    qtbot.waitUntil(types_on, timeout=LIMIT_MS)
    bench.page.type_in("Ключ")
    qtbot.waitUntil(lambda: bench.on_disk() == ["Ключ"], timeout=LIMIT_MS)
    written = len(bench.carried)
    bench.page.changed.emit()
    bench.kept.keep()
    assert len(bench.carried) == written
    bench.page.type_in("")
    qtbot.waitUntil(lambda: bench.on_disk() == [], timeout=LIMIT_MS)


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
    bench.kept.signed_in()  # unlocked in the meantime: the input is read once
    qtbot.waitUntil(lambda: bench.reads == 2, timeout=LIMIT_MS)
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


def test_a_page_that_cannot_take_its_words_holds_up_no_other(
    bench: Bench, owner: QObject, qtbot: QtBot
) -> None:
    strange = KeptWords(SHEET, Typed({"remark": "Ключ"}), Clock().now)
    promised = KeptWords(FormPlace(KeptForm.PLANNED_CALL), Typed({"note": "о"}), Clock().now)
    later = Page(owner, promised.place)
    bench.kept.watch(KeptForm.PLANNED_CALL, later, later.changed)
    for one in (strange, promised):
        bench.words.keep(SUPERVISOR.id, one).result()
    with qtbot.captureExceptions() as caught:
        bench.kept.signed_in()
        settle()
    assert [kind for kind, _error, _trace in caught] == [KeyError]
    assert later.lines == {SUPERVISOR.id: "о"}
    assert [notice.body for notice in bench.told.values] == ["Ещё не отправлено: обещанные звонки."]
    bench.kept.keep()
    bench.store.try_disk().result()
    assert bench.words.of(SUPERVISOR.id) == (strange, promised)


def test_what_a_page_cannot_take_stays_on_the_disk(bench: Bench, qtbot: QtBot) -> None:
    """For example, a draft that a later version has written."""
    strange = KeptWords(SHEET, Typed({"remark": "Ключ"}), Clock().now)
    bench.words.keep(SUPERVISOR.id, strange).result()
    with qtbot.captureExceptions() as caught:
        bench.kept.signed_in()
        settle()
    assert [kind for kind, _error, _trace in caught] == [KeyError]
    bench.kept.keep()
    bench.store.try_disk().result()
    assert bench.words.of(SUPERVISOR.id) == (strange,)
