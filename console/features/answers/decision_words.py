"""Display texts of decisions on a message, and errors of files attached to an answer."""

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication

from console.core.formats import Counted, date_text
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling.answers import AnswerKind
from sync.register.handling.standing import Standing
from sync.register.people.values import Absence, Stated


def heading(action: str, *, is_at_organ: bool) -> str:
    """Returns the panel title for an action (a value of ``AnswerAction``)."""
    if action == "route" and is_at_organ:
        return QCoreApplication.translate("Words", "Redirect to another authority")
    return {
        "enter": QCoreApplication.translate("Words", "Record the answer"),
        "send": QCoreApplication.translate("Words", "Send the answer to the author"),
        "return": QCoreApplication.translate("Words", "Return the answer with a note"),
        "route": QCoreApplication.translate("Words", "Send to the authority"),
        "rate": QCoreApplication.translate("Words", "Author's rating of the answer"),
        "rework": QCoreApplication.translate("Words", "Send for rework"),
        "forward": QCoreApplication.translate("Words", "Forward by votes"),
        "publish": QCoreApplication.translate("Words", "Publish the message"),
        "withhold": QCoreApplication.translate("Words", "Unpublish the message"),
        "close": QCoreApplication.translate("Words", "Close the message"),
    }[action]


def button(action: str, *, is_at_organ: bool, is_own: bool) -> str:
    """Returns the button label for an action (a value of ``AnswerAction``)."""
    if action == "route" and is_at_organ:
        return QCoreApplication.translate("Words", "Redirect")
    if action == "enter" and is_own:
        return QCoreApplication.translate("Words", "Answer yourself")
    return {
        "enter": QCoreApplication.translate("Words", "Enter the answer"),
        "send": QCoreApplication.translate("Words", "Send it"),
        "return": QCoreApplication.translate("Words", "Return"),
        "route": QCoreApplication.translate("Words", "To the authority"),
        "rate": QCoreApplication.translate("Words", "Rating"),
        "rework": QCoreApplication.translate("Words", "For rework"),
        "forward": QCoreApplication.translate("Words", "Forward"),
        "publish": QCoreApplication.translate("Words", "Publish"),
        "withhold": QCoreApplication.translate("Words", "Unpublish"),
        "close": QCoreApplication.translate("Words", "Close"),
    }[action]


def lead(action: str, standing: Standing, email: Stated, organ: str) -> tuple[str, ...]:
    """Returns the effects of an action, one sentence each, shown before the operator confirms."""
    match action:
        case "send":
            return tuple(_sending(standing, email))
        case "return":
            return (_returning(standing, organ),)
        case "route":
            text = QCoreApplication.translate(
                "Words", "The authority is notified at once; the deadline stays (par. 7.9)."
            )
            return (text,)
        case "rate":
            text = QCoreApplication.translate(
                "Words", "A bad rating needs remarks: the authority works from them (par. 10.2)."
            )
            return (text,)
        case "rework":
            return tuple(_rework(standing, email))
        case "forward":
            text = QCoreApplication.translate(
                "Words", "More than a thousand users voted within three days (par. 10.6)."
            )
            told = QCoreApplication.translate("Words", "To be notified: %1.")
            return (text, told.replace("%1", organ)) if organ else (text,)
        case "publish":
            text = QCoreApplication.translate(
                "Words", "Everyone will see the message and its answers (par. 6.9)."
            )
            return (text,)
        case "withhold":
            text = QCoreApplication.translate(
                "Words", "Only the author will see the message and its answers (par. 6.11)."
            )
            return (text,)
        case "close":
            text = QCoreApplication.translate(
                "Words", "Work on the message ends; this cannot be undone."
            )
            return (text,)
        case _:
            return ()


def _sending(standing: Standing, email: Stated) -> list[str]:
    lines = []
    if standing.is_published:
        lines.append(
            QCoreApplication.translate(
                "Words", "The answer will be published for everyone (par. 9.5)."
            )
        )
    lines.append(_to_author(email))
    given = standing.answer
    if given is not None and given.answer.kind is AnswerKind.PLANNED:
        day = given.answer.planned_on
        text = QCoreApplication.translate(
            "Words", "On %1 the authority will be asked for a further answer (par. 9.6)."
        )
        if day is not None:
            lines.append(text.replace("%1", date_text(day)))
    return lines


def _returning(standing: Standing, organ: str) -> str:
    if standing.organ is None:
        return QCoreApplication.translate(
            "Words", "This is your own answer: it will be rewritten (par. 9.5)."
        )
    text = QCoreApplication.translate(
        "Words", "%1 will get the answer back with your note (par. 9.5)."
    )
    return text.replace("%1", organ)


def _rework(standing: Standing, email: Stated) -> list[str]:
    given = standing.answer
    remarks = QCoreApplication.translate("Words", "The author's remarks: %1")
    lines = [] if given is None else [remarks.replace("%1", given.remarks)]
    return [*lines, _to_author(email)]


def _to_author(email: Stated) -> str:
    if isinstance(email, Absence):
        return QCoreApplication.translate(
            "Words", "The author has no e-mail: call and read the answer out."
        )
    text = QCoreApplication.translate("Words", "E-mail to %1 goes out in 15 seconds.")
    return text.replace("%1", email)


def choose_rating() -> str:
    return QCoreApplication.translate("Words", "Choose the author's rating of the answer")


def note_hint(action: str) -> str:
    """Returns the placeholder of the note field for an action; empty if the action has no note."""
    return {
        "return": QCoreApplication.translate("Words", "What to correct in the answer"),
        "withhold": QCoreApplication.translate("Words", "Why the message must be hidden"),
        "rate": QCoreApplication.translate("Words", "What exactly is wrong, in the author's words"),
    }.get(action, "")


def confirm(action: str) -> str:
    """Returns the label of the button that confirms an action."""
    return {
        "send": QCoreApplication.translate("Words", "Send to the author"),
        "return": QCoreApplication.translate("Words", "Return the answer"),
        "route": QCoreApplication.translate("Words", "Send to the authority"),
        "rate": QCoreApplication.translate("Words", "Record the rating"),
        "rework": QCoreApplication.translate("Words", "Send for rework"),
        "forward": QCoreApplication.translate("Words", "Forward"),
        "publish": QCoreApplication.translate("Words", "Publish"),
        "withhold": QCoreApplication.translate("Words", "Unpublish the message"),
        "close": QCoreApplication.translate("Words", "Close the message"),
    }[action]


def name_filter() -> str:
    text = QCoreApplication.translate("Words", "Scans and photos")
    return f"{text} (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"


def not_attached() -> str:
    return QCoreApplication.translate("Words", "The file is not attached")


def not_read() -> str:
    return QCoreApplication.translate(
        "Words", "Cannot read the file: copy it to this computer first."
    )


def too_large(megabytes: int) -> str:
    return Counted().larger_than(megabytes)


def too_many(count: int) -> str:
    return Counted().most_files(count)


def other_format(found: FileFormat, taken: Collection[FileFormat]) -> str:
    """Returns the error text for a file whose content has a format that is not accepted."""
    text = QCoreApplication.translate(
        "Words", "The file content is %1; the city accepts %2 (par. 9.9)."
    )
    unknown = QCoreApplication.translate("Words", "an unknown file type")
    text = text.replace("%2", ", ".join(sorted(each.value for each in taken)))
    return text.replace("%1", unknown if found is FileFormat.UNKNOWN else found.value)


def size(size_bytes: int) -> str:
    """Returns a file size as text, in KB or MB."""
    kilobytes = max(1, round(size_bytes / 1024))
    if kilobytes < 1024:
        return QCoreApplication.translate("Words", "%1 KB").replace("%1", str(kilobytes))
    return QCoreApplication.translate("Words", "%1 MB").replace(
        "%1", f"{size_bytes / 2**20:.1f}".replace(".", ",")
    )
