"""Display texts for the findings of text checks, by the codes of ``sync.register.checks``."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.core.default_keys import Key
from console.core.formats import Counted
from console.core.keymap import with_keys
from sync.register.checks.finding import NO_MATTER, Finding, FindingKind, Level
from sync.register.checks.personal.piece import DataType
from sync.register.messages import MessageProblem


def insults() -> dict[str, str]:
    """Titles by type; each is a separate item of clause 6.3."""
    return {
        "insult": QCoreApplication.translate("Words", "Insult"),
        "accusation": QCoreApplication.translate("Words", "Accusing a person"),
        "hatred": QCoreApplication.translate("Words", "Hate speech"),
        "incitement": QCoreApplication.translate("Words", "Call to harm"),
    }


def languages() -> dict[str, str]:
    """Titles by type; the last one is a typing error of the operator."""
    other = QCoreApplication.translate("Words", "Not in Russian")
    return {
        "latin": other,
        "cyrillic": other,
        "script": other,
        "layout": QCoreApplication.translate("Words", "Wrong keyboard layout"),
    }


def spellings() -> dict[str, str]:
    """Spelling of an obscene word."""
    hidden = QCoreApplication.translate("Words", "letters hidden or replaced")
    return {
        "plain": "",
        "disguised": hidden,
        "masked": hidden,
        "apart": hidden,
        "listed": QCoreApplication.translate("Words", "in the city's word list"),
    }


def threats() -> dict[str, str]:
    return {
        "violence": QCoreApplication.translate("Words", "violence"),
        "fire": QCoreApplication.translate("Words", "arson or damage"),
        "vague": QCoreApplication.translate("Words", "possible threat"),
    }


def personal_data() -> dict[str, str]:
    return {
        DataType.NAME: QCoreApplication.translate("Words", "person's name"),
        DataType.PHONE: QCoreApplication.translate("Words", "phone number"),
        DataType.EMAIL: QCoreApplication.translate("Words", "e-mail address"),
        DataType.PASSPORT: QCoreApplication.translate("Words", "passport"),
        DataType.SNILS: QCoreApplication.translate("Words", "pension insurance number"),
        DataType.INN: QCoreApplication.translate("Words", "taxpayer number"),
        DataType.OMS: QCoreApplication.translate("Words", "insurance policy number"),
        DataType.CARD: QCoreApplication.translate("Words", "bank card"),
        DataType.ACCOUNT: QCoreApplication.translate("Words", "bank account"),
        DataType.BIRTH_DATE: QCoreApplication.translate("Words", "date of birth"),
        DataType.PLATE: QCoreApplication.translate("Words", "licence plate"),
        DataType.ADDRESS: QCoreApplication.translate("Words", "home address with flat"),
        DataType.HEALTH: QCoreApplication.translate("Words", "a person's health"),
        DataType.ACCOUNT_NAME: QCoreApplication.translate("Words", "social network account"),
        DataType.BY_LAW: QCoreApplication.translate("Words", "legally confidential"),
        DataType.CLASSIFIED: QCoreApplication.translate("Words", "state or other secret"),
    }


def offers() -> dict[str, str]:
    return {
        "campaign": QCoreApplication.translate("Words", "campaigning"),
        "credit": QCoreApplication.translate("Words", "loans"),
        "purchase": QCoreApplication.translate("Words", "buying"),
        "rent": QCoreApplication.translate("Words", "rentals"),
        "sale": QCoreApplication.translate("Words", "sale"),
        "service": QCoreApplication.translate("Words", "services"),
        "vacancy": QCoreApplication.translate("Words", "job offer"),
        "offer": QCoreApplication.translate("Words", "an offer"),
    }


def further_questions() -> dict[str, str]:
    return {
        "listed": QCoreApplication.translate("Words", "several matters listed"),
        "added": QCoreApplication.translate("Words", "another matter added"),
        "asked": QCoreApplication.translate("Words", "two requests"),
        "told": QCoreApplication.translate("Words", "two problems described"),
        "said": QCoreApplication.translate("Words", "the author mentions several"),
    }


def personal_matters() -> dict[str, str]:
    """Private subject of the author (clause 6.3)."""
    return {
        "acquaintance": QCoreApplication.translate("Words", "dating"),
        "advice": QCoreApplication.translate("Words", "life advice"),
        "belongings": QCoreApplication.translate("Words", "personal belongings"),
        "creative": QCoreApplication.translate("Words", "poems, recipes, jokes"),
        "greeting": QCoreApplication.translate("Words", "greetings"),
        "own_life": QCoreApplication.translate("Words", "author's private life"),
        "quarrel": QCoreApplication.translate("Words", "family quarrel"),
        "talk": QCoreApplication.translate("Words", "chat"),
        "to-a-person": QCoreApplication.translate("Words", "request to pass on"),
    }


def places() -> dict[str, str]:
    return {
        "none": QCoreApplication.translate("Words", "No street, house or landmark."),
        "no_street": QCoreApplication.translate("Words", "House without a street."),
        "unsure": QCoreApplication.translate("Words", "The caller does not know the place."),
        "contradiction": QCoreApplication.translate(
            "Words", "The text names a place other than the one stated."
        ),
    }


def missing_parts() -> dict[str, str]:
    """Information required by clause 6.1 that is missing in the text."""
    return {
        "no_matter": QCoreApplication.translate("Words", "It does not say what happened."),
        "no_date": QCoreApplication.translate("Words", "no date given"),
    }


def federal_bodies() -> dict[str, str]:
    """Authority responsible for the subject (clause 6.3)."""
    return {
        "civil_status": QCoreApplication.translate("Words", "registry office"),
        "contacts": QCoreApplication.translate("Words", "state authority contacts"),
        "court": QCoreApplication.translate("Words", "court, bailiffs"),
        "labour": QCoreApplication.translate("Words", "labour inspectorate"),
        "military": QCoreApplication.translate("Words", "enlistment office"),
        "papers": QCoreApplication.translate("Words", "state-issued documents"),
        "passport": QCoreApplication.translate("Words", "passports and migration"),
        "pension": QCoreApplication.translate("Words", "Social Fund"),
        "police": QCoreApplication.translate("Words", "police"),
        "power": QCoreApplication.translate("Words", "state and regional authorities"),
        "property": QCoreApplication.translate("Words", "Rosreestr"),
        "prosecutor": QCoreApplication.translate("Words", "prosecutor's office"),
        "roads": QCoreApplication.translate("Words", "federal and regional roads"),
        "services": QCoreApplication.translate("Words", "State Services portal"),
        "supervision": QCoreApplication.translate("Words", "state supervision"),
        "tax": QCoreApplication.translate("Words", "tax service"),
    }


def emergencies() -> dict[str, str]:
    return {
        "attack": QCoreApplication.translate("Words", "attack on a person"),
        "breath": QCoreApplication.translate("Words", "someone cannot breathe"),
        "collapse": QCoreApplication.translate("Words", "collapse"),
        "fire": QCoreApplication.translate("Words", "fire"),
        "flood": QCoreApplication.translate("Words", "people in water"),
        "gas": QCoreApplication.translate("Words", "smell of gas"),
        "life": QCoreApplication.translate("Words", "threat to life"),
        "medical": QCoreApplication.translate("Words", "ambulance needed"),
        "missing": QCoreApplication.translate("Words", "missing person"),
        "stuck": QCoreApplication.translate("Words", "people trapped"),
        "unconscious": QCoreApplication.translate("Words", "someone is unconscious"),
        "wires": QCoreApplication.translate("Words", "downed power lines"),
    }


def questions() -> dict[str, str]:
    """Questions to read to the caller."""
    return {
        "wording": QCoreApplication.translate(
            "Words", "“I will write it down without harsh words. What happened?”"
        ),
        "accusation": QCoreApplication.translate(
            "Words", "“What did you see yourself? I will write down what happened.”"
        ),
        "language": QCoreApplication.translate(
            "Words", "“Please say it in Russian: messages are written in Russian.”"
        ),
        "personal": QCoreApplication.translate(
            "Words", "“May I leave this out of the text? Your contacts are kept separately.”"
        ),
        "health": QCoreApplication.translate("Words", "“May I leave your health out of the text?”"),
        "threat": QCoreApplication.translate("Words", "“Is anyone in danger now?”"),
        "advertising": QCoreApplication.translate(
            "Words", "“What would you like the city to do? Proposals are not registered.”"
        ),
        "several_questions": QCoreApplication.translate(
            "Words", "“Shall we make two messages? Each goes to its own authority.”"
        ),
        "federal": QCoreApplication.translate(
            "Words", "“The city does not decide this. Shall I give you their number?”"
        ),
        "emergency": QCoreApplication.translate("Words", "“Have you called 112?”"),
        "place_none": QCoreApplication.translate(
            "Words", "“Where is it? Street and house, or a landmark.”"
        ),
        "place_no_street": QCoreApplication.translate("Words", "“Which street is this house on?”"),
        "place_contradiction": QCoreApplication.translate(
            "Words", "“Which of the two places is correct?”"
        ),
        "personal_matter": QCoreApplication.translate(
            "Words", "“What would you like the city to do? We cannot help in private matters.”"
        ),
        "no_matter": QCoreApplication.translate("Words", "“What happened?”"),
        "no_date": QCoreApplication.translate("Words", "“When was it?”"),
        "place_unsure": QCoreApplication.translate(
            "Words", "“What is nearby: a shop, a stop, a crossing?”"
        ),
    }


_SHOWN_CHARACTERS = 60


def title(found: Finding) -> str:
    match found.kind:
        case FindingKind.OBSCENE:
            return _obscene(found.level)
        case FindingKind.INSULT:
            return insults()[found.type]
        case FindingKind.NOT_RUSSIAN:
            return languages()[found.type]
        case FindingKind.THREAT:
            return QCoreApplication.translate("Words", "Threat: tell the supervisor")
        case FindingKind.PERSONAL_DATA:
            return QCoreApplication.translate("Words", "Personal data in the text")
        case FindingKind.ADVERTISING:
            return QCoreApplication.translate("Words", "Looks like advertising")
        case FindingKind.PERSONAL_MATTER:
            return QCoreApplication.translate("Words", "Private matter")
        case FindingKind.SEVERAL_QUESTIONS:
            return QCoreApplication.translate("Words", "Two questions in one")
        case FindingKind.NO_PLACE | FindingKind.INCOMPLETE:
            return _untold()[found.kind]
        case FindingKind.FEDERAL:
            return QCoreApplication.translate("Words", "Not a city matter")
        case FindingKind.EMERGENCY:
            return QCoreApplication.translate("Words", "112 first")
        case _:
            assert_never(found.kind)


def _untold() -> dict[FindingKind, str]:
    """Titles of missing information required by clause 6.1."""
    return {
        FindingKind.NO_PLACE: QCoreApplication.translate("Words", "Place is unclear"),
        FindingKind.INCOMPLETE: QCoreApplication.translate("Words", "Missing information"),
    }


def about(found: Finding) -> str:
    """Short details of a finding; empty if the title is sufficient."""
    match found.kind:
        case FindingKind.OBSCENE:
            return spellings()[found.type]
        case FindingKind.INSULT | FindingKind.NOT_RUSSIAN:
            return ""
        case FindingKind.THREAT:
            return threats()[found.type]
        case FindingKind.PERSONAL_DATA:
            return personal_data()[found.type]
        case FindingKind.ADVERTISING:
            return offers()[found.type]
        case FindingKind.PERSONAL_MATTER:
            return personal_matters()[found.type]
        case FindingKind.SEVERAL_QUESTIONS:
            return further_questions()[found.type]
        case FindingKind.NO_PLACE:
            return places()[found.type]
        case FindingKind.FEDERAL:
            return federal_bodies()[found.type]
        case FindingKind.EMERGENCY:
            return emergencies()[found.type]
        case FindingKind.INCOMPLETE:
            return missing_parts()[found.type]
        case _:
            assert_never(found.kind)


def question(found: Finding) -> str:
    """Question to the caller that avoids a later refusal; empty if there is none."""
    match found.kind:
        case FindingKind.OBSCENE:
            key = "wording"
        case FindingKind.INSULT:
            key = "accusation" if found.type == "accusation" else "wording"
        case FindingKind.NOT_RUSSIAN if found.type == "layout":
            return ""  # typing error of the operator
        case FindingKind.NOT_RUSSIAN:
            key = "language"
        case FindingKind.PERSONAL_DATA:
            key = "health" if found.type == "health" else "personal"
        case FindingKind.NO_PLACE:
            key = f"place_{found.type}"
        case FindingKind.INCOMPLETE:
            key = found.type
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
    return questions()[key]


def evidence(found: Finding) -> str:
    """Matching text and its meaning, in one line."""
    what = about(found)
    if found.kind in (FindingKind.NO_PLACE, FindingKind.NOT_RUSSIAN) or found.type == NO_MATTER:
        return what  # longer than one line
    told = " ".join(found.text.split())
    if len(told) > _SHOWN_CHARACTERS:
        told = told[:_SHOWN_CHARACTERS].rstrip() + "…"
    return f"«{told}» — {what}" if what else f"«{told}»"


def action(found: Finding) -> tuple[str, str] | None:
    """Shortcut and action for a finding, or None."""
    if found.kind is FindingKind.SEVERAL_QUESTIONS:
        return Key.SPLIT, QCoreApplication.translate("Words", "split into two messages")
    return None


def look(found: Finding) -> tuple[str, str]:
    """Icon and colour role of a finding."""
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
    """Underline style: "wave", "dash", "solid", or empty for a finding on the whole text."""
    match found.kind:
        case FindingKind.NO_PLACE:
            return ""
        case FindingKind.INCOMPLETE if found.type == NO_MATTER:
            return ""
        case FindingKind.PERSONAL_DATA:
            return "solid"
        case FindingKind.OBSCENE | FindingKind.INSULT | FindingKind.THREAT | FindingKind.EMERGENCY:
            return "wave"
        case _:
            return "dash"


def emergency(found: Finding) -> tuple[str, str]:
    """Banner of an emergency: heading and advice."""
    what = about(found)
    body = QCoreApplication.translate("Words", "%1. Say: “Call 112”; create the message later.")
    return title(found), body.replace("%1", what[:1].upper() + what[1:])


def not_ours(found: Finding) -> tuple[str, str]:
    """Hint that the city is not competent: the responsible authority and advice.

    A message would reach the wrong body (clause 7.4, second result).
    """
    head = QCoreApplication.translate("Words", "Outside our competence: %1")
    body = with_keys(
        QCoreApplication.translate(
            "Words",
            "Give the authority's contacts: F5, then Ctrl+2. No message needed (par. 7.4).",
        ),
        Key.SEARCH,
        Key.RESULT_CONTACTS,
    )
    return head.replace("%1", about(found)), body


def ask_for(problem: MessageProblem) -> tuple[str, str]:
    """Missing information of clause 6.1: title and question to the caller."""
    match problem:
        case MessageProblem.TEXT_MISSING:
            return (
                QCoreApplication.translate("Words", "What happened is not recorded"),
                QCoreApplication.translate("Words", "“What happened?”"),
            )
        case MessageProblem.PLACE_MISSING:
            return (
                QCoreApplication.translate("Words", "Place is unclear"),
                questions()["place_none"],
            )
        case MessageProblem.DATE_MISSING:
            return (
                QCoreApplication.translate("Words", "Date not stated"),
                QCoreApplication.translate("Words", "“What date was it?”"),
            )
        case MessageProblem.TIME_MISSING:
            return (
                QCoreApplication.translate("Words", "Time not stated"),
                QCoreApplication.translate("Words", "“What time was it, at least roughly?”"),
            )
        case (
            MessageProblem.CATEGORY_MISSING
            | MessageProblem.ALREADY_REGISTERED
            | MessageProblem.NOT_ALLOWED
        ):
            return QCoreApplication.translate("Words", "No category selected"), ""
        case _:
            assert_never(problem)


def ask_publicity() -> tuple[str, str]:
    """Hint that the caller was not asked about publication (clause 6.8)."""
    return (
        QCoreApplication.translate("Words", "Publicity not asked: it will be non-public"),
        QCoreApplication.translate(
            "Words", "“Show your message and the answer to everyone, or only to you?”"
        ),
    )


def passed() -> dict[str, str]:
    """Texts of passed checks by code."""
    return {
        "language": QCoreApplication.translate("Words", "In Russian"),
        "wording": QCoreApplication.translate("Words", "No abusive words or threats"),
        "one_question": QCoreApplication.translate("Words", "One question"),
        "personal": QCoreApplication.translate("Words", "No personal data"),
        "place": QCoreApplication.translate("Words", "The place is stated"),
        "time": QCoreApplication.translate("Words", "Date and time are stated"),
    }


def summary(missing: int, hints: int) -> tuple[str, str, str]:
    """Number of findings: text, icon and colour of the badge."""
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
        "The text was not checked: read it yourself. The message will be non-public.",
    )


def stays_non_public() -> str:
    return QCoreApplication.translate(
        "Words", "Non-public while the text contains personal data: par. 6.12"
    )


def cleared(reason: str) -> str:
    text = QCoreApplication.translate("Words", "Marked as not personal data: %1")
    return text.replace("%1", reason)


def _obscene(level: Level) -> str:
    match level:
        case Level.A:
            return QCoreApplication.translate("Words", "Obscene word")
        case Level.B:
            return QCoreApplication.translate("Words", "Looks like an obscene word")
        case _:
            return QCoreApplication.translate("Words", "Coarse word")
