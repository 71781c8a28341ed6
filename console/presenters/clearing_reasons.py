"""Why what a message holds is no personal data, while that is typed: by operator and message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from sync.register.kept_words import FormPlace, KeptForm, KeptWords, Typed
from sync.register.operators import Operator


class ClearingReasons(QObject):
    """Each is kept until it is taken, left or its message is handed over (``KeepingPage``)."""

    typed = Signal()  # one of them may be another
    found = Signal()  # those of who works here may be others

    def __init__(self, *, operator: Callable[[], Operator], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._operator = operator
        self._of: dict[UUID, dict[str, str]] = {}

    def of(self, message: str) -> str:
        """What who works here has typed of this message."""
        return self._of.get(self._operator().id, {}).get(message, "")

    def put(self, message: str, text: str) -> None:
        """Have what is typed now, or nothing."""
        own = self._of.setdefault(self._operator().id, {})
        own.pop(message, None)
        if text.strip():
            own[message] = text
        self.typed.emit()

    def forget(self, message: str) -> None:
        """It is a draft no more, or nothing stands in it: nobody's words are wanted."""
        for own in self._of.values():
            if own.pop(message, ""):
                self.typed.emit()

    def signed_in(self) -> None:
        """Show what is theirs who works here now (``KeepingPage``)."""
        self.found.emit()

    def typed_by(self, operator_id: UUID) -> Mapping[FormPlace, Typed]:
        """All that is typed and not taken yet (``KeepingPage``)."""
        return {
            FormPlace(KeptForm.CLEARING, message): Typed({"reason": text})
            for message, text in self._of.get(operator_id, {}).items()
        }

    def find_again(self, operator_id: UUID, found: Sequence[KeptWords]) -> None:
        """Have what an earlier start left, where nothing is typed (``KeepingPage``)."""
        left = {kept.place.subject: str(kept.typed.words["reason"]) for kept in found}
        self._of[operator_id] = left | self._of.get(operator_id, {})
        self.found.emit()
