"""Display texts for grounds of refusal, publicity, confidential data, and check results."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from sync.register.checks.finding import Ground
from sync.register.handling.contents import Confidential
from sync.register.messages import Publicity


@dataclass(frozen=True, slots=True)
class Cited:
    """Clause that a decision refers to; `edition` is the name of the regulation version applied."""

    number: str
    edition: str = ""


def named_voluntarily(has_name: bool) -> str:
    """Line of clause 6.2: a name is optional."""
    if has_name:
        return QCoreApplication.translate("Words", "The author gave a name")
    return QCoreApplication.translate("Words", "No name given: allowed")


def publicity_line(publicity: Publicity) -> str:
    """Line of clauses 6.8 and 6.10."""
    return {
        Publicity.PUBLIC: QCoreApplication.translate("Words", "Author: public"),
        Publicity.NON_PUBLIC: QCoreApplication.translate("Words", "Author: non-public"),
        Publicity.NOT_STATED: QCoreApplication.translate("Words", "Not stated: non-public (6.10)"),
    }[publicity]


def seen_line(may_be_public: bool) -> str:
    """Line of clauses 6.9 and 6.11."""
    if may_be_public:
        return QCoreApplication.translate("Words", "Visible to everyone")
    return QCoreApplication.translate("Words", "Visible only to the author")


def confidential_line() -> str:
    return QCoreApplication.translate("Words", "No personal or secret data")


def confidential_kind(kind: Confidential) -> str:
    """Line of clause 6.12."""
    return {
        Confidential.PERSONAL_DATA: QCoreApplication.translate("Words", "personal data"),
        Confidential.HEALTH: QCoreApplication.translate("Words", "health and treatment"),
        Confidential.CONFIDENTIAL_BY_LAW: QCoreApplication.translate(
            "Words", "legally confidential"
        ),
        Confidential.CLASSIFIED: QCoreApplication.translate("Words", "state or other secret"),
    }[kind]


def look_state() -> str:
    return QCoreApplication.translate("Words", "check yourself")


def fine_state() -> str:
    return QCoreApplication.translate("Words", "in order")


def finding_state() -> str:
    return QCoreApplication.translate("Words", "found")


def waiting_state() -> str:
    return QCoreApplication.translate("Words", "being checked")


def ground(of: Ground) -> str:
    """Ground for a report row; the value of the ground is its clause."""
    named = {
        Ground.INCOMPLETE: QCoreApplication.translate("Words", "no text, date, time or place"),
        Ground.NOT_RUSSIAN: QCoreApplication.translate("Words", "not in Russian"),
        Ground.OBSCENE: QCoreApplication.translate("Words", "obscene words"),
        Ground.PERSONAL: QCoreApplication.translate("Words", "private matters"),
        Ground.HATRED: QCoreApplication.translate("Words", "hatred and discrimination"),
        Ground.HARM: QCoreApplication.translate("Words", "harm to minorities or minors"),
        Ground.INSULT: QCoreApplication.translate("Words", "accusations and insults"),
        Ground.THREAT: QCoreApplication.translate("Words", "threats"),
        Ground.OTHER_PURPOSE: QCoreApplication.translate("Words", "advertising or other purpose"),
        Ground.ANSWERED_BEFORE: QCoreApplication.translate("Words", "already answered"),
        Ground.FEDERAL: QCoreApplication.translate("Words", "federal or regional matter"),
        Ground.SEVERAL_QUESTIONS: QCoreApplication.translate("Words", "several questions"),
        Ground.NO_PLACE: QCoreApplication.translate("Words", "unclear place"),
        Ground.REPEATED: QCoreApplication.translate("Words", "duplicate message"),
        Ground.PHOTO_FORMAT: QCoreApplication.translate("Words", "photo format"),
        Ground.PHOTO_COUNT: QCoreApplication.translate("Words", "more than four photos"),
        Ground.PHOTO_EDITING: QCoreApplication.translate("Words", "a photo needs editing"),
        Ground.CATEGORY: QCoreApplication.translate("Words", "no category fits"),
    }[of]
    text = QCoreApplication.translate("Words", "par. %1: %2")
    return text.replace("%1", of.value).replace("%2", named)
