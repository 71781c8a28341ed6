"""Interface preferences of an operator: the presenter that applies and saves them, and its display
texts. GUI thread only.

Preferences override the defaults of the workplace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from console.core.default_keys import Key
from console.core.deliveries import Deliveries
from console.core.keymap import with_keys
from console.core.look import Look
from console.core.view_data import Notice
from sync.errors import StoreError
from sync.register.people.operators import Operator
from sync.register.people.own_desk import (
    LEAST_COLUMN_PX,
    MOST_COLUMN_PX,
    KeptDesk,
    OwnDesk,
    merged,
)

TEXT_PERCENTS = (100, 110, 125, 150, 175, 200)
STEP_PX = 40
QUIET_MS = 700  # several width changes within this time are saved together


class OwnDeskPort(Protocol):
    """Store of interface preferences; the future resolves after the commit."""

    def keep(self, operator_id: UUID, desk: OwnDesk) -> Future[KeptDesk]: ...


@dataclass(frozen=True, slots=True)
class OwnDeskState:
    """Effective appearance, stored preferences, and whether a language change requires a restart.

    ``in_the_way`` is the reason why a requested restart is not possible now; empty without one.
    """

    look: Look
    own: OwnDesk
    language_waits: bool
    in_the_way: str = ""


class OwnDeskPresenter(QObject):
    """Applies and saves the operator's preferences. GUI thread only."""

    changed = Signal(object)  # OwnDeskState
    widths_changed = Signal()  # only the column widths of tables have changed
    keys_came = Signal()
    kept = Signal()
    told = Signal(object)  # Notice
    restart_asked = Signal()

    def __init__(
        self,
        kept: OwnDeskPort,
        deliveries: Deliveries,
        look_of: Callable[[OwnDesk], Look],
        *,
        spoken: str,
        parent: QObject | None = None,
    ) -> None:
        """``spoken`` is the language in which the window is currently shown."""
        super().__init__(parent)
        self._port = kept
        self._deliveries = deliveries
        self._look_of = look_of
        self._spoken = spoken
        self._operator_id: UUID | None = None
        self._own = OwnDesk()
        self._is_known = True
        self._in_the_way = ""
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self._keep)

    @property
    def state(self) -> OwnDeskState:
        look = self._look_of(self._own)
        return OwnDeskState(look, self._own, look.language != self._spoken, self._in_the_way)

    @property
    def keys(self) -> Mapping[str, str]:
        """Chords that differ from the defaults, by key name."""
        return self._own.keys

    def widths(self, table: str) -> Mapping[str, int]:
        """Column widths of the table in px at a text size of 100 %."""
        return self._own.widths.get(table, {})

    @property
    def has_widths(self) -> bool:
        """Whether any column width is changed."""
        return bool(self._own.widths)

    def sign_in(self, operator: Operator, own: OwnDesk | None) -> None:
        """Applies the operator's preferences; ``own`` is None if they could not be read.

        In that case changes apply to this session only: saving them would overwrite all earlier
        preferences.
        """
        is_known = own is not None
        own = OwnDesk() if own is None else own
        if (operator.id, is_known, own) == (self._operator_id, self._is_known, self._own):
            return
        self.keep_now()  # saves the previous operator's pending changes
        self._operator_id = operator.id
        self._is_known = is_known
        self._own = own
        self._in_the_way = ""
        self._tell_all()
        self.tell_language()

    def tell_language(self) -> None:
        """Shows a notice if the selected language requires a restart."""
        if self.state.language_waits:
            self.told.emit(Notice(*language_waits()))

    def tell_no_rows(self) -> None:
        """Shows a notice that an empty table has no columns to resize."""
        self.told.emit(Notice(no_rows()))

    def restart(self) -> None:
        """Requests a restart if the selected language requires it."""
        if self.state.language_waits:
            self._in_the_way = ""
            self.changed.emit(self.state)
            self.restart_asked.emit()

    def refuse_restart(self, why: str) -> None:
        """Shows the reason why a restart is not possible."""
        self._in_the_way = why
        self.changed.emit(self.state)

    def take(self, operator_id: UUID, own: OwnDesk, base: OwnDesk) -> None:
        """Merges preferences that were changed at another workplace.

        ``base`` are the local preferences at the time when ``own`` was requested. Local changes
        since then have priority.
        """
        if operator_id != self._operator_id:
            return
        was, was_known = self._own, self._is_known
        self._own = merged(base, was, own)
        self._is_known = True
        if self._own != was:
            self._tell_all()
            if self._own.keys != was.keys:
                self.keys_came.emit()
            if self._own.language != was.language:
                self.tell_language()
        # The preferences that were saved here since the request lack the changes of the other
        # workplace.
        if self._own != own and (self._own != was or not was_known):
            self._keep()

    # --- changes by the operator ---

    def choose_theme(self, theme: str) -> None:
        self._choose(theme=theme)

    def choose_text(self, percent: int) -> None:
        self._choose(text_percent=percent)

    def choose_language(self, language: str) -> None:
        self._choose(language=language)

    def choose_card_at(self, card_at: str) -> None:
        self._choose(card_at=card_at)

    def fold_left(self, is_folded: bool) -> None:
        self._choose(left_folded=is_folded)

    def choose_right(self, right_px: int | None) -> None:
        """Sets the width of the side panel; None restores the calculated width."""
        self._choose(right_px=right_px)

    def choose_keys(self, keys: Mapping[str, str]) -> None:
        self._choose(keys=dict(keys))

    def choose_width(self, table: str, column: str, width_px: int | None) -> None:
        """Sets the column width at a text size of 100 %; None restores the default.

        Applied immediately, saved after a pause.
        """
        columns = dict(self.widths(table))
        columns.pop(column, None)
        if width_px is not None:
            columns[column] = max(LEAST_COLUMN_PX, min(width_px, MOST_COLUMN_PX))
        self._set(replace(self._own, widths={**self._own.widths, table: columns}), quietly=True)

    def put_widths_back(self, table: str | None = None) -> None:
        """Restores default column widths of the table; None means all tables."""
        kept = {} if table is None else {**self._own.widths, table: {}}
        self._set(replace(self._own, widths=kept))

    def keep_now(self) -> bool:
        """Saves pending changes; returns whether there were any. (Changes of widths are saved after
        a pause.)
        """
        waits = self._quiet.isActive()
        if waits:
            self._keep()
        return waits

    def reset(self) -> None:
        """Restores the defaults of the workplace, except for the keys."""
        self._set(OwnDesk(keys=self._own.keys, further=self._own.further))

    def _choose(self, **chosen: Any) -> None:
        self._set(replace(self._own, **chosen))

    def _set(self, own: OwnDesk, *, quietly: bool = False) -> None:
        own, before = OwnDesk.read(own.kept()), self._own
        if own == before:
            return
        self._own = own
        self._in_the_way = ""
        if replace(before, widths=own.widths) != own:
            self.changed.emit(self.state)
        if before.widths != own.widths:
            self.widths_changed.emit()
        if quietly:
            self._quiet.start()
        else:
            self._keep()

    def _tell_all(self) -> None:
        self.changed.emit(self.state)
        self.widths_changed.emit()

    def _keep(self) -> None:
        self._quiet.stop()
        if not self._is_known:
            self._tell_not_kept()
        elif self._operator_id is not None:
            self._deliveries.deliver(
                self._port.keep(self._operator_id, self._own),
                lambda _kept: self.kept.emit(),
                lambda _error: self._tell_not_kept(),
                expected=(StoreError,),
            )

    def _tell_not_kept(self) -> None:
        self.told.emit(Notice(*not_kept(), problem=True))


def not_kept() -> tuple[str, str]:
    """Returns the notice that preferences could not be saved and apply to this session only."""
    return (
        QCoreApplication.translate("Words", "Could not save your choice"),
        QCoreApplication.translate(
            "Words", "It applies until you close the program. Contact the administrator."
        ),
    )


def language_waits() -> tuple[str, str]:
    """Returns the notice that the selected language requires a restart."""
    return (
        QCoreApplication.translate("Words", "Restart to change the language"),
        with_keys(
            QCoreApplication.translate("Words", "Restart from the appearance page: Ctrl+Shift+B."),
            Key.OWN_DESK,
        ),
    )


def no_rows() -> str:
    return QCoreApplication.translate(
        "Words", "The list is empty: columns can be resized when it has items"
    )


def text_size(percent: int) -> str:
    """Returns the display text of a text size: «125 %»."""
    return f"{percent} %"
