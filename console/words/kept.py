"""Words about what was typed and not sent before the program ended."""

from collections.abc import Iterable
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from sync.register.kept_words import KeptForm


def found_again(moment: str) -> str:
    """Said over the form itself; ``moment`` is when its words were last typed."""
    return QCoreApplication.translate(
        "Words", "Found again after a new start, not sent yet · typed: %1"
    ).replace("%1", moment)


def found_on(forms: Iterable[KeptForm]) -> tuple[str, str]:
    """Said at the sign-in; ``forms`` are those that hold something."""
    names = dict.fromkeys(_name(one) for one in forms)
    return (
        QCoreApplication.translate("Words", "What you were typing is there again"),
        QCoreApplication.translate("Words", "Not sent yet: %1.").replace("%1", ", ".join(names)),
    )


def _name(form: KeptForm) -> str:
    match form:
        case KeptForm.ANSWER:
            return QCoreApplication.translate("Words", "answer to a message")
        case KeptForm.DECISION:
            return QCoreApplication.translate("Words", "decision about a message")
        case KeptForm.REVIEW:
            return QCoreApplication.translate("Words", "review of a message")
        case KeptForm.CLEARING:
            return QCoreApplication.translate("Words", "why these are no personal data")
        case KeptForm.PLANNED_CALL:
            return QCoreApplication.translate("Words", "promised calls")
        case KeptForm.INCIDENT:
            return QCoreApplication.translate("Words", "incidents")
        case KeptForm.CALENDAR:
            return QCoreApplication.translate("Words", "calendar of the city")
        case KeptForm.HANDOVER:
            return QCoreApplication.translate("Words", "note of the hand-over sheet")
        case KeptForm.PROPOSAL:
            return QCoreApplication.translate("Words", "proposals on topics")
        case KeptForm.SYNONYM:
            return QCoreApplication.translate("Words", "synonyms of the directory")
        case _ as unreachable:
            assert_never(unreachable)
