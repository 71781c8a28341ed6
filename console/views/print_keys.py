"""Two keys with one chord: it prints where there is a paper, and asks who calls elsewhere."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.keys.defaults import Key
from console.views.desk_columns import DeskColumns, Page
from console.views.desk_presenters import DeskPresenters
from console.views.key_reasons import KeyReasons


class PrintKeys(QObject):
    """Either key is alive on its own pages alone, so that they may share a chord, or may not."""

    def __init__(
        self,
        page: QWidget,
        presenters: DeskPresenters,
        columns: DeskColumns,
        reasons: KeyReasons,
        *,
        ask_who: Callable[[], None],
    ) -> None:
        super().__init__(page)
        self._columns = columns
        self._papers: dict[Page, Callable[[], None]] = {
            columns.report: presenters.report.write_pdf,
            columns.handover: presenters.handover.write_pdf,
        }
        self._print = reasons.bind(Key.PRINT, self._write_pdf)
        self._who = reasons.bind(Key.WHO_CALLS, ask_who)
        columns.shown.connect(self._show)
        self._show(columns.current)

    def _write_pdf(self) -> None:
        self._papers[self._columns.current]()

    def _show(self, page: Page) -> None:
        is_paper = page in self._papers
        self._print.setEnabled(is_paper)
        self._who.setEnabled(not is_paper)
