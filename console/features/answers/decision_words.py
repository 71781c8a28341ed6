"""Display texts of decisions on a message, and errors of files attached to an answer."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from console.core.formats import Counted, date_text
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling.answers import AnswerKind
from sync.register.handling.standing import Standing
from sync.register.people.values import Absence, Stated


def heading(action: str, *, is_at_organ: bool) -> str:
    """Title of the panel of an action."""
    if action == "route" and is_at_organ:
        return QCoreApplication.translate("Words", "Redirect to another body")
    return {
        "enter": QCoreApplication.translate("Words", "Write the answer down"),
        "send": QCoreApplication.translate("Words", "Send the answer to the author"),
        "return": QCoreApplication.translate("Words", "Return the answer with a note"),
        "route": QCoreApplication.translate("Words", "Send to the body"),
        "rate": QCoreApplication.translate("Words", "What the author thinks of the answer"),
        "rework": QCoreApplication.translate("Words", "Send to rework"),
        "forward": QCoreApplication.translate("Words", "Pass on by votes"),
        "publish": QCoreApplication.translate("Words", "Publish the message"),
        "withhold": QCoreApplication.translate("Words", "Take out of publication"),
        "close": QCoreApplication.translate("Words", "Close the message"),
    }[action]


def button(action: str, *, is_at_organ: bool, is_own: bool) -> str:
    """Label of an action's button."""
    if action == "route" and is_at_organ:
        return QCoreApplication.translate("Words", "Redirect")
    if action == "enter" and is_own:
        return QCoreApplication.translate("Words", "Answer oneself")
    return {
        "enter": QCoreApplication.translate("Words", "Enter the answer"),
        "send": QCoreApplication.translate("Words", "Send it"),
        "return": QCoreApplication.translate("Words", "Return"),
        "route": QCoreApplication.translate("Words", "To the body"),
        "rate": QCoreApplication.translate("Words", "Rating"),
        "rework": QCoreApplication.translate("Words", "To rework"),
        "forward": QCoreApplication.translate("Words", "Pass on"),
        "publish": QCoreApplication.translate("Words", "Publish"),
        "withhold": QCoreApplication.translate("Words", "Unpublish"),
        "close": QCoreApplication.translate("Words", "Close"),
    }[action]


def lead(action: str, standing: Standing, email: Stated, organ: str) -> tuple[str, ...]:
    """Effects of the action, one sentence each."""
    match action:
        case "send":
            return tuple(_sending(standing, email))
        case "return":
            return (_returning(standing, organ),)
        case "route":
            text = QCoreApplication.translate(
                "Words", "The body is told at once; the answer term runs on (par. 7.9)."
            )
            return (text,)
        case "rate":
            text = QCoreApplication.translate(
                "Words", "Remarks are needed with a bad rating: the body works by them (par. 10.2)."
            )
            return (text,)
        case "rework":
            return tuple(_rework(standing, email))
        case "forward":
            text = QCoreApplication.translate(
                "Words", "More than a thousand users voted within three days (par. 10.6)."
            )
            told = QCoreApplication.translate("Words", "The body is told: %1.")
            return (text, told.replace("%1", organ)) if organ else (text,)
        case "publish":
            text = QCoreApplication.translate(
                "Words", "Everybody will see the message and its answers (par. 6.9)."
            )
            return (text,)
        case "withhold":
            text = QCoreApplication.translate(
                "Words", "Nobody but the author will see the message and its answers (par. 6.11)."
            )
            return (text,)
        case "close":
            text = QCoreApplication.translate(
                "Words", "The work on the message is over; this cannot be taken back."
            )
            return (text,)
        case _:
            return ()


def _sending(standing: Standing, email: Stated) -> list[str]:
    lines = []
    if standing.is_published:
        lines.append(
            QCoreApplication.translate(
                "Words", "The answer is published: everybody will see it (par. 9.5)."
            )
        )
    lines.append(_to_author(email))
    given = standing.answer
    if given is not None and given.answer.kind is AnswerKind.PLANNED:
        day = given.answer.planned_on
        text = QCoreApplication.translate(
            "Words", "On %1 the body will be asked for a further answer (par. 9.6)."
        )
        if day is not None:
            lines.append(text.replace("%1", date_text(day)))
    return lines


def _returning(standing: Standing, organ: str) -> str:
    if standing.organ is None:
        return QCoreApplication.translate(
            "Words", "The answer is your own: it will be written anew (par. 9.5)."
        )
    text = QCoreApplication.translate("Words", "%1 gets the answer back with the note (par. 9.5).")
    return text.replace("%1", organ)


def _rework(standing: Standing, email: Stated) -> list[str]:
    given = standing.answer
    remarks = QCoreApplication.translate("Words", "The author's remarks: %1")
    lines = [] if given is None else [remarks.replace("%1", given.remarks)]
    return [*lines, _to_author(email)]


def _to_author(email: Stated) -> str:
    if isinstance(email, Absence):
        return QCoreApplication.translate(
            "Words", "The author has no e-mail: he is to be called and told."
        )
    text = QCoreApplication.translate("Words", "A letter goes to %1 in 15 seconds.")
    return text.replace("%1", email)


def choose_rating() -> str:
    return QCoreApplication.translate("Words", "Choose what the author says of the answer")


def note_hint(action: str) -> str:
    """Placeholder of the note field."""
    return {
        "return": QCoreApplication.translate("Words", "What the body is to mend in the answer"),
        "withhold": QCoreApplication.translate("Words", "Why it is not to be seen any more"),
        "rate": QCoreApplication.translate("Words", "What exactly is wrong, in the author's words"),
    }.get(action, "")


def confirm(action: str) -> str:
    """Label of the button that confirms a decision."""
    return {
        "send": QCoreApplication.translate("Words", "Send to the author"),
        "return": QCoreApplication.translate("Words", "Return the answer"),
        "route": QCoreApplication.translate("Words", "Send to the body"),
        "rate": QCoreApplication.translate("Words", "Write the rating down"),
        "rework": QCoreApplication.translate("Words", "Send to rework"),
        "forward": QCoreApplication.translate("Words", "Pass on"),
        "publish": QCoreApplication.translate("Words", "Publish"),
        "withhold": QCoreApplication.translate("Words", "Take out of publication"),
        "close": QCoreApplication.translate("Words", "Close the message"),
    }[action]


def name_filter() -> str:
    text = QCoreApplication.translate("Words", "Scans and photos")
    return f"{text} (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"


def not_attached() -> str:
    return QCoreApplication.translate("Words", "The file is not attached")


def not_read() -> str:
    return QCoreApplication.translate("Words", "It cannot be read: copy it to this computer first.")


def too_large(megabytes: int) -> str:
    return Counted().larger_than(megabytes)


def too_many(count: int) -> str:
    return Counted().most_files(count)


def other_format(found: FileFormat, taken: Collection[FileFormat]) -> str:
    """Error for a file whose content has a format that is not accepted."""
    text = QCoreApplication.translate(
        "Words", "By its contents it is %1; the city takes %2 (par. 9.9)."
    )
    unknown = QCoreApplication.translate("Words", "of a kind that is not known")
    text = text.replace("%2", ", ".join(sorted(each.value for each in taken)))
    return text.replace("%1", unknown if found is FileFormat.UNKNOWN else found.value)


def size(size_bytes: int) -> str:
    """File size for display."""
    kilobytes = max(1, round(size_bytes / 1024))
    if kilobytes < 1024:
        return QCoreApplication.translate("Words", "%1 KB").replace("%1", str(kilobytes))
    return QCoreApplication.translate("Words", "%1 MB").replace(
        "%1", f"{size_bytes / 2**20:.1f}".replace(".", ",")
    )
