"""Words of a message that is known already and may be the one the caller speaks of."""

from datetime import date
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.words.formats import Counted, date_text
from console.words.steps import state_name
from sync.register.handling.states import State
from sync.register.likeness.distance import Distance, Nearness


def title(number: str, on: date) -> str:
    """Its number, and since when it is known."""
    since = QCoreApplication.translate("Words", "since %1").replace("%1", date_text(on))
    return f"№ {number} · {since}"


def meta(state: State, until: str, calls: int) -> str:
    """Where it stands, until when it is answered, how many have called about it."""
    parts = [state_name(state), until, Counted().calls_about(calls) if calls > 1 else ""]
    return " · ".join(part for part in parts if part)


def place(told: str, far: Distance | None) -> str:
    """The place of the known message, with how far it is from the one that is typed."""
    return " · ".join(part for part in (told, "" if far is None else how_far(far)) if part)


def how_far(far: Distance) -> str:
    match far.nearness:
        case Nearness.SAME_HOUSE:
            return QCoreApplication.translate("Words", "the same house")
        case Nearness.SAME_THING:
            return QCoreApplication.translate("Words", "the same place")
        case Nearness.SAME_STREET:
            if far.numbers_apart is None:
                return QCoreApplication.translate("Words", "the same street")
            text = QCoreApplication.translate("Words", "the same street, %1 numbers away")
            return text.replace("%1", str(far.numbers_apart))
        case _:
            assert_never(far.nearness)
