"""Words of what the checks of section 6 find: a title, what it is, the question to ask.

Every code of ``sync.register.checks`` has its words, which a test asks for.
"""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.keys.defaults import Key
from console.keys.installed import with_keys
from console.words import check_types
from console.words.formats import Counted
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.messages import MessageProblem

_SHOWN_CHARACTERS = 60


def title(found: Finding) -> str:
    match found.kind:
        case FindingKind.OBSCENE:
            return _obscene(found.level)
        case FindingKind.INSULT:
            return check_types.insults()[found.type]
        case FindingKind.NOT_RUSSIAN:
            return check_types.languages()[found.type]
        case FindingKind.THREAT:
            return QCoreApplication.translate("Words", "Threat: tell the supervisor")
        case FindingKind.PERSONAL_DATA:
            return QCoreApplication.translate("Words", "Personal data in the text")
        case FindingKind.ADVERTISING:
            return QCoreApplication.translate("Words", "Looks like advertising")
        case FindingKind.PERSONAL_MATTER:
            return QCoreApplication.translate("Words", "A private matter")
        case FindingKind.SEVERAL_QUESTIONS:
            return QCoreApplication.translate("Words", "Two questions in one")
        case FindingKind.NO_PLACE:
            return QCoreApplication.translate("Words", "No definite place")
        case FindingKind.FEDERAL:
            return QCoreApplication.translate("Words", "Not the city's matter")
        case FindingKind.EMERGENCY:
            return QCoreApplication.translate("Words", "112 first")
        case _:
            assert_never(found.kind)


def about(found: Finding) -> str:
    """What exactly it is, in a few words; empty where the title says all."""
    match found.kind:
        case FindingKind.OBSCENE:
            return check_types.spellings()[found.type]
        case FindingKind.INSULT | FindingKind.NOT_RUSSIAN:
            return ""
        case FindingKind.THREAT:
            return check_types.threats()[found.type]
        case FindingKind.PERSONAL_DATA:
            return check_types.personal_data()[found.type]
        case FindingKind.ADVERTISING:
            return check_types.offers()[found.type]
        case FindingKind.PERSONAL_MATTER:
            return check_types.personal_matters()[found.type]
        case FindingKind.SEVERAL_QUESTIONS:
            return check_types.further_questions()[found.type]
        case FindingKind.NO_PLACE:
            return check_types.places()[found.type]
        case FindingKind.FEDERAL:
            return check_types.federal_bodies()[found.type]
        case FindingKind.EMERGENCY:
            return check_types.emergencies()[found.type]
        case _:
            assert_never(found.kind)


def question(found: Finding) -> str:
    """What to ask the caller, so that nothing must be refused later; empty where nothing is."""
    match found.kind:
        case FindingKind.OBSCENE:
            key = "wording"
        case FindingKind.INSULT:
            key = "accusation" if found.type == "accusation" else "wording"
        case FindingKind.NOT_RUSSIAN if found.type == "layout":
            return ""  # The operator's own slip.
        case FindingKind.NOT_RUSSIAN:
            key = "language"
        case FindingKind.PERSONAL_DATA:
            key = "health" if found.type == "health" else "personal"
        case FindingKind.NO_PLACE:
            key = f"place_{found.type}"
        case (
            FindingKind.THREAT
            | FindingKind.ADVERTISING
            | FindingKind.PERSONAL_MATTER
            | FindingKind.SEVERAL_QUESTIONS
            | FindingKind.FEDERAL
            | FindingKind.EMERGENCY
        ):
            key = found.kind.value
        case _:
            assert_never(found.kind)
    return check_types.questions()[key]


def evidence(found: Finding) -> str:
    """The words of the text and what they are, in one line."""
    what = about(found)
    if found.kind in (FindingKind.NO_PLACE, FindingKind.NOT_RUSSIAN):
        return what  # It spans more than a line shows.
    told = " ".join(found.text.split())
    if len(told) > _SHOWN_CHARACTERS:
        told = told[:_SHOWN_CHARACTERS].rstrip() + "…"
    return f"«{told}» — {what}" if what else f"«{told}»"


def action(found: Finding) -> tuple[str, str] | None:
    """The key that does something about it, and what."""
    if found.kind is FindingKind.SEVERAL_QUESTIONS:
        return Key.SPLIT, QCoreApplication.translate("Words", "make two messages of it")
    return None


def look(found: Finding) -> tuple[str, str]:
    """Icon and colour role."""
    match found.kind:
        case FindingKind.PERSONAL_DATA:
            return "eye-slash", "wrap"
        case FindingKind.EMERGENCY | FindingKind.THREAT:
            return "warning-octagon-fill", "danger"
        case FindingKind.NO_PLACE:
            return "x-circle-fill", "danger"
        case FindingKind.FEDERAL:
            return "bank", "warn"
        case _ if found.level is Level.A:
            return "x-circle-fill", "danger"
        case _:
            return "warning-fill", "warn"


def mark(found: Finding) -> str:
    """How the words are underlined: "wave", "dash", "solid", or empty for a whole text."""
    match found.kind:
        case FindingKind.NO_PLACE:
            return ""
        case FindingKind.PERSONAL_DATA:
            return "solid"
        case FindingKind.OBSCENE | FindingKind.INSULT | FindingKind.THREAT | FindingKind.EMERGENCY:
            return "wave"
        case _:
            return "dash"


def emergency(found: Finding) -> tuple[str, str]:
    """The banner while an emergency stands in the text: its head and what to do."""
    what = about(found)
    body = QCoreApplication.translate("Words", "%1. Say: “Ring 112”; the message comes later.")
    return title(found), body.replace("%1", what[:1].upper() + what[1:])


def not_ours(found: Finding) -> tuple[str, str]:
    """The hint while the caller speaks of what the city does not decide: whose it is, what to do.

    A message about it would come to the wrong body (7.4, second result).
    """
    head = QCoreApplication.translate("Words", "Not our competence: %1")
    body = with_keys(
        QCoreApplication.translate(
            "Words",
            "Give the contacts of the body: F5, then Ctrl+2. No message is needed (par. 7.4).",
        ),
        Key.SEARCH,
        Key.RESULT_CONTACTS,
    )
    return head.replace("%1", about(found)), body


def ask_for(problem: MessageProblem) -> tuple[str, str]:
    """What 6.1 still needs: its title, and the question to ask."""
    match problem:
        case MessageProblem.TEXT_MISSING:
            return (
                QCoreApplication.translate("Words", "What has happened is not written down"),
                QCoreApplication.translate("Words", "“What has happened?”"),
            )
        case MessageProblem.PLACE_MISSING:
            return (
                QCoreApplication.translate("Words", "No definite place"),
                check_types.questions()["place_none"],
            )
        case MessageProblem.DATE_MISSING:
            return (
                QCoreApplication.translate("Words", "The day is not known"),
                QCoreApplication.translate("Words", "“On which day was it?”"),
            )
        case MessageProblem.TIME_MISSING:
            return (
                QCoreApplication.translate("Words", "The hour is not known"),
                QCoreApplication.translate("Words", "“At what hour, at least roughly?”"),
            )
        case (
            MessageProblem.CATEGORY_MISSING
            | MessageProblem.ALREADY_REGISTERED
            | MessageProblem.NOT_ALLOWED
        ):
            return QCoreApplication.translate("Words", "The category is not chosen"), ""
        case _:
            assert_never(problem)


def ask_publicity() -> tuple[str, str]:
    """The caller has not been asked whether others may see it (6.8)."""
    return (
        QCoreApplication.translate("Words", "Publicity is not asked: others will not see it"),
        QCoreApplication.translate(
            "Words", "“Show your message and the answer to everybody, or to nobody else?”"
        ),
    )


def passed() -> dict[str, str]:
    """What is in order, by the code of the check."""
    return {
        "language": QCoreApplication.translate("Words", "In Russian"),
        "wording": QCoreApplication.translate("Words", "No coarse words, no threats"),
        "one_question": QCoreApplication.translate("Words", "One question"),
        "personal": QCoreApplication.translate("Words", "No personal data"),
        "place": QCoreApplication.translate("Words", "The place is stated"),
        "time": QCoreApplication.translate("Words", "Day and hour are stated"),
    }


def summary(missing: int, hints: int) -> tuple[str, str, str]:
    """How much there is: words, icon and colour of the pill."""
    counted = Counted()
    if missing:
        words = counted.missing(missing)
        if hints:
            words += ", " + counted.hints(hints)
        return words, "warning-fill", "warn"
    if hints:
        return counted.hints(hints), "warning-fill", "warn"
    return QCoreApplication.translate("Words", "All is in order"), "check-circle-fill", "ok"


def unread() -> str:
    return QCoreApplication.translate(
        "Words",
        "The text could not be checked: read it yourself. It will not be shown to everybody.",
    )


def stays_non_public() -> str:
    return QCoreApplication.translate(
        "Words", "It will not be public while personal data stand in the text: par. 6.12"
    )


def cleared(reason: str) -> str:
    text = QCoreApplication.translate("Words", "Marked as no personal data: %1")
    return text.replace("%1", reason)


def _obscene(level: Level) -> str:
    match level:
        case Level.A:
            return QCoreApplication.translate("Words", "Obscene word")
        case Level.B:
            return QCoreApplication.translate("Words", "Looks like an obscene word")
        case _:
            return QCoreApplication.translate("Words", "Coarse word")
