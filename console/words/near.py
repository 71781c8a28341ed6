"""Words of a message that is known already and may be the one the caller speaks of."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from console.words.formats import Counted, date_text
from console.words.steps import state_name
from sync.register.handling.states import State


def title(number: str, on: date) -> str:
    """Its number, and since when it is known."""
    since = QCoreApplication.translate("Words", "since %1").replace("%1", date_text(on))
    return f"№ {number} · {since}"


def meta(state: State, until: str, calls: int) -> str:
    """Where it stands, until when it is answered, how many have called about it."""
    parts = [state_name(state), until, Counted().calls_about(calls) if calls > 1 else ""]
    return " · ".join(part for part in parts if part)
