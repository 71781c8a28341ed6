"""Report of entries overdue for a check, grouped by responsible authority, and its Excel export."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QObject, Signal

from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.view_data import ListRow, Notice
from console.core.workbook import whole_workbook
from console.features.directory_editor import finding_words
from console.features.directory_editor import words as directory_editor_words
from console.shared.directory import words as directory_words
from console.shared.directory.documents import DirectoryOutcomes, DirectoryWrites
from kb.entries.checks import StaleEntry, by_owner
from kb.entries.entries import Entry
from sync.register.people.operators import Action, Operator, may

_WIDTHS = (36, 20, 60, 14, 16, 30)


@dataclass(frozen=True, slots=True)
class OwnerOfStale:
    """Responsible authority with the overdue entries that it must check."""

    title: str
    entries: tuple[StaleEntry, ...]


def write_xlsx(owners: Sequence[OwnerOfStale], file: Path) -> None:
    """Writes the report, one row per entry; raises OSError on failure.

    Texts are written as strings, never as formulas, regardless of their first character.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole_workbook(file, strings_to_formulas=False) as workbook:
        head = workbook.add_format({"bold": True, "bg_color": "#EBEEF2", "text_wrap": True})
        day = workbook.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
        sheet = workbook.add_worksheet(QCoreApplication.translate("Words", "Outdated"))
        heads = (
            QCoreApplication.translate("Words", "Responsible"),
            QCoreApplication.translate("Words", "Kind"),
            QCoreApplication.translate("Words", "Entry"),
            QCoreApplication.translate("Words", "Checked on"),
            QCoreApplication.translate("Words", "Days overdue"),
            QCoreApplication.translate("Words", "ID"),
        )
        for column, (text, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
            sheet.write_string(0, column, text, head)
            sheet.set_column(column, column, width)
        rows = [(owner.title, one) for owner in owners for one in owner.entries]
        for line, (owner_title, one) in enumerate(rows, start=1):
            sheet.write_string(line, 0, owner_title)
            sheet.write_string(line, 1, directory_words.entry_kind(one.kind))
            sheet.write_string(line, 2, one.title)
            if one.checked_on is None or one.days_over is None:
                sheet.write_string(line, 3, directory_editor_words.never_checked())
            else:
                sheet.write_datetime(line, 3, datetime.combine(one.checked_on, time()), day)
                sheet.write_number(line, 4, one.days_over)
            sheet.write_string(line, 5, one.entry_id)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)


NOTICE_S = 12


class StalePort(Protocol):
    """Directory operations of the report; called on worker threads."""

    def stale(self, today: date) -> tuple[StaleEntry, ...]: ...

    def count_stale(self, today: date) -> int: ...

    def entry(self, entry_id: str) -> Entry | None: ...

    def mark_checked(self, entry_id: str, on: date, *, by: str) -> None: ...


@dataclass(frozen=True, slots=True)
class StaleState:
    """View state of the report; a row without a key is the heading of a responsible authority."""

    rows: tuple[ListRow, ...] = ()
    count: int = 0
    chosen: str = ""


class StaleReportPresenter(QObject):
    """Presenter of the report: loads it, records checks, exports it. GUI thread only."""

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
        self._outcomes = DirectoryOutcomes(deliveries, self._not_read)
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
        """Loads only the number of overdue entries, which is faster than the report."""
        future = self._readers.submit(self._directory.count_stale, self._today())
        self._outcomes.note(future, self._counted)

    def _counted(self, count: int) -> None:
        self._state = replace(self._state, count=count)
        self.changed.emit(self._state)

    def reload(self) -> None:
        """Reloads the report."""
        today = self._today()
        future = self._readers.submit(lambda: self._read(today))
        self._outcomes.read(future, self._loaded)

    def _not_read(self, error: Exception) -> None:
        self.told.emit(Notice(*directory_words.not_read(error), problem=True))

    def _read(self, today: date) -> tuple[OwnerOfStale, ...]:
        owners = []
        for owner, entries in by_owner(self._directory.stale(today)).items():
            organ = self._directory.entry(owner) if owner else None
            title = owner if organ is None else organ.short_title
            owners.append(OwnerOfStale(title or finding_words.nobody_answers(), entries))
        return tuple(owners)

    def _loaded(self, owners: tuple[OwnerOfStale, ...]) -> None:
        before = [row.key for row in self._state.rows if row.key]
        self._owners = owners
        rows = tuple(row for owner in owners for row in _rows(owner))
        keys = [row.key for row in rows if row.key]
        chosen = self._state.chosen
        if chosen not in keys:
            # Selects the entry after the checked one: one key can then record a series of checks.
            place = before.index(chosen) if chosen in before else 0
            chosen = keys[min(place, len(keys) - 1)] if keys else ""
        self._state = StaleState(rows, len(keys), chosen)
        self.changed.emit(self._state)

    def choose(self, key: str) -> None:
        """Selects an entry of the report."""
        self._state = replace(self._state, chosen=key)

    def check(self) -> None:
        """Records that the selected entry was checked today, as a new version."""
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
        self.told.emit(Notice(finding_words.checked(title)))
        self.stored.emit()
        self.reload()

    def write_xlsx(self) -> None:
        """Exports the report to an Excel file in the report folder and shows its path."""
        if not self._may_edit():
            return
        today, owners = self._today(), self._owners
        file = self._folder / f"{finding_words.stale_file_name()}_{today:%Y-%m-%d}.xlsx"
        future = self._readers.submit(write_xlsx, owners, file)
        self._deliveries.deliver(
            future,
            lambda _none: self.told.emit(
                Notice(core_words.report_written(file.name), str(self._folder), NOTICE_S)
            ),
            lambda _error: self.told.emit(
                Notice(core_words.report_not_written(), str(self._folder), NOTICE_S, problem=True)
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
                one.title or directory_words.no_title(),
                finding_words.stale_note(one),
                "warning-fill",
                "warn",
            )
            for one in owner.entries
        ),
    )
