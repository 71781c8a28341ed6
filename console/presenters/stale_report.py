"""Entries that nobody has checked for too long, for the organs that answer for them."""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console import words
from console.bridge import Deliveries
from console.presenters.directory_writes import DirectoryWrites
from console.presenters.entry_list import ListRow
from console.presenters.notices import Notice
from console.reports.stale_entries_xlsx import OwnerOfStale, write_xlsx
from kb.entries import Entry
from kb.staleness import StaleEntry, by_owner
from sync.register.operators import Operator
from sync.register.rights import Action, may

NOTICE_S = 12


class StalePort(Protocol):
    """What the report needs of the directory; never called on the GUI thread."""

    def stale(self, today: date) -> tuple[StaleEntry, ...]: ...

    def count_stale(self, today: date) -> int: ...

    def entry(self, entry_id: str) -> Entry | None: ...

    def mark_checked(self, entry_id: str, on: date, *, by: str) -> None: ...


@dataclass(frozen=True, slots=True)
class StaleState:
    """All that the section shows; a row without a key is the head of an owner's group."""

    rows: tuple[ListRow, ...] = ()
    count: int = 0
    chosen: str = ""


class StaleReportPresenter(QObject):
    """Reads the report, takes checks from it and writes it to a file; belongs to the GUI thread."""

    changed = Signal(object)  # StaleState
    stored = Signal()  # an entry has a new version
    told = Signal(object)  # Notice

    def __init__(
        self,
        directory: StalePort,
        readers: Executor,
        writer: Executor,
        deliveries: Deliveries,
        *,
        operator: Callable[[], Operator],
        folder: Path,
        zone: ZoneInfo,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._directory = directory
        self._readers = readers
        self._deliveries = deliveries
        self._operator = operator
        self._folder = folder
        self._zone = zone
        self._writes = DirectoryWrites(writer, deliveries, self.told.emit)
        self._owners: tuple[OwnerOfStale, ...] = ()
        self._state = StaleState()

    @property
    def state(self) -> StaleState:
        return self._state

    def _today(self) -> date:
        return datetime.now(self._zone).date()

    def _may_edit(self) -> bool:
        return may(self._operator().role, Action.EDIT_DIRECTORY)

    def count(self) -> None:
        """Read anew only how many entries there are, which is cheap."""
        future = self._readers.submit(self._directory.count_stale, self._today())
        self._deliveries.deliver(future, self._counted)

    def _counted(self, count: int) -> None:
        self._state = replace(self._state, count=count)
        self.changed.emit(self._state)

    def reload(self) -> None:
        """Read the report anew."""
        today = self._today()
        future = self._readers.submit(lambda: self._read(today))
        self._deliveries.deliver(future, self._loaded)

    def _read(self, today: date) -> tuple[OwnerOfStale, ...]:
        owners = []
        for owner, entries in by_owner(self._directory.stale(today)).items():
            organ = self._directory.entry(owner) if owner else None
            title = owner if organ is None else organ.short_title
            owners.append(OwnerOfStale(title or words.finding.nobody_answers(), entries))
        return tuple(owners)

    def _loaded(self, owners: tuple[OwnerOfStale, ...]) -> None:
        before = [row.key for row in self._state.rows if row.key]
        self._owners = owners
        rows = tuple(row for owner in owners for row in _rows(owner))
        keys = [row.key for row in rows if row.key]
        chosen = self._state.chosen
        if chosen not in keys:
            # What comes after the entry that was checked, so that one key goes on with the next.
            place = before.index(chosen) if chosen in before else 0
            chosen = keys[min(place, len(keys) - 1)] if keys else ""
        self._state = StaleState(rows, len(keys), chosen)
        self.changed.emit(self._state)

    def choose(self, key: str) -> None:
        """Choose an entry of the report."""
        self._state = replace(self._state, chosen=key)

    def check(self) -> None:
        """The chosen entry was checked today: a version of it says so."""
        entry_id = self._state.chosen
        if not entry_id or self._writes.is_busy or not self._may_edit():
            return
        today, by = self._today(), self._operator().name
        title = next(row.title for row in self._state.rows if row.key == entry_id)
        self._writes.write(
            lambda: self._directory.mark_checked(entry_id, today, by=by),
            lambda _none: self._checked(title),
        )

    def _checked(self, title: str) -> None:
        self.told.emit(Notice(words.finding.checked(title)))
        self.stored.emit()
        self.reload()

    def write_xlsx(self) -> None:
        """Write the report as an Excel file into the reports' folder and say where it is."""
        if not self._may_edit():
            return
        today, owners = self._today(), self._owners
        file = self._folder / f"{words.finding.stale_file_name()}_{today:%Y-%m-%d}.xlsx"
        future = self._readers.submit(write_xlsx, owners, file)
        self._deliveries.deliver(
            future,
            lambda _none: self.told.emit(
                Notice(words.reports.report_written(file.name), str(self._folder), NOTICE_S)
            ),
            lambda _error: self.told.emit(
                Notice(
                    words.reports.report_not_written(), str(self._folder), NOTICE_S, problem=True
                )
            ),
            expected=(OSError,),
        )


def _rows(owner: OwnerOfStale) -> tuple[ListRow, ...]:
    head = ListRow("", owner.title, str(len(owner.entries)))
    return (
        head,
        *(
            ListRow(
                one.entry_id,
                one.title or words.editing.no_title(),
                words.finding.stale_note(one),
                "warning-fill",
                "warn",
            )
            for one in owner.entries
        ),
    )
