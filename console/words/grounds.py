"""The requirements of section 6, a short line each, as the check-list of the review has them."""

from PySide6.QtCore import QCoreApplication

from sync.register.checks.grounds import Ground
from sync.register.handling.confidential import Confidential
from sync.register.messages import Publicity


def requirement(ground: Ground) -> str:
    """What a message is to be, in our own words."""
    return {
        Ground.INCOMPLETE: QCoreApplication.translate("Words", "What, when and where is told"),
        Ground.NOT_RUSSIAN: QCoreApplication.translate("Words", "In Russian"),
        Ground.OBSCENE: QCoreApplication.translate("Words", "No obscene words"),
        Ground.PERSONAL: QCoreApplication.translate("Words", "Not of a private nature"),
        Ground.HATRED: QCoreApplication.translate("Words", "No hatred or discrimination"),
        Ground.HARM: QCoreApplication.translate("Words", "No harm to minorities and children"),
        Ground.INSULT: QCoreApplication.translate("Words", "No accusations and insults"),
        Ground.THREAT: QCoreApplication.translate("Words", "No threats"),
        Ground.OTHER_PURPOSE: QCoreApplication.translate("Words", "No trade or other purpose"),
        Ground.ANSWERED_BEFORE: QCoreApplication.translate(
            "Words", "Was not answered as impossible"
        ),
        Ground.FEDERAL: QCoreApplication.translate("Words", "Not federal or regional"),
        Ground.SEVERAL_QUESTIONS: QCoreApplication.translate("Words", "One question"),
        Ground.NO_PLACE: QCoreApplication.translate("Words", "The place is clear"),
        Ground.REPEATED: QCoreApplication.translate("Words", "Repeats no message in term"),
        Ground.PHOTO_FORMAT: QCoreApplication.translate("Words", "Photos are JPG, PNG, TIFF"),
        Ground.PHOTO_COUNT: QCoreApplication.translate("Words", "At most four photos"),
        Ground.PHOTO_EDITING: QCoreApplication.translate("Words", "Photos need no editing"),
        Ground.CATEGORY: QCoreApplication.translate("Words", "The category fits"),
    }[ground]


def named_voluntarily(has_name: bool) -> str:
    """The line of 6.2: it is the author's choice."""
    if has_name:
        return QCoreApplication.translate("Words", "The author gave a name")
    return QCoreApplication.translate("Words", "No name given: it is allowed")


def publicity_line(publicity: Publicity) -> str:
    """The lines of 6.8 and 6.10."""
    return {
        Publicity.PUBLIC: QCoreApplication.translate("Words", "The author wants it public"),
        Publicity.NON_PUBLIC: QCoreApplication.translate("Words", "The author wants it non-public"),
        Publicity.NOT_STATED: QCoreApplication.translate("Words", "Not stated: non-public (6.10)"),
    }[publicity]


def seen_line(may_be_public: bool) -> str:
    """The lines of 6.9 and 6.11."""
    if may_be_public:
        return QCoreApplication.translate("Words", "Everybody will see it")
    return QCoreApplication.translate("Words", "Only the author will see it")


def confidential_line() -> str:
    return QCoreApplication.translate("Words", "No personal data and secrets")


def confidential_kind(kind: Confidential) -> str:
    """A line of 6.12."""
    return {
        Confidential.PERSONAL_DATA: QCoreApplication.translate("Words", "personal data"),
        Confidential.HEALTH: QCoreApplication.translate("Words", "health and treatment"),
        Confidential.CONFIDENTIAL_BY_LAW: QCoreApplication.translate(
            "Words", "confidential by law"
        ),
        Confidential.CLASSIFIED: QCoreApplication.translate("Words", "state or other secret"),
    }[kind]


def look_state() -> str:
    return QCoreApplication.translate("Words", "look yourself")


def fine_state() -> str:
    return QCoreApplication.translate("Words", "in order")


def finding_state() -> str:
    return QCoreApplication.translate("Words", "found")


def waiting_state() -> str:
    return QCoreApplication.translate("Words", "being checked")
