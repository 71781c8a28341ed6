"""Display texts about the regulation: clause labels, tool tips, versions and summaries."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from console.core.formats import date_text
from sync.register.checks.finding import Ground
from sync.register.regulation import PARAGRAPHS, is_paragraph, paragraph_of


def requirement(ground: Ground) -> str:
    """Requirement that a message must meet, in plain words."""
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


_PAIR = 2


def mark(number: str) -> str:
    """Label of a clause: «п. 7.3»; several numbers are separated by commas."""
    return QCoreApplication.translate("Words", "par. %1").replace("%1", number)


def marks(numbers: Sequence[str]) -> str:
    """Label of several clauses; consecutive clauses are shown as a range."""
    places = [PARAGRAPHS.index(number) for number in numbers if is_paragraph(number)]
    is_row = len(numbers) > _PAIR and places == list(range(places[0], places[0] + len(numbers)))
    return mark(f"{numbers[0]}\u2013{numbers[-1]}" if is_row else ", ".join(numbers))


def told(numbers: Iterable[str]) -> str:
    """Summaries of clauses, one per line, for tool tips and screen readers."""
    return "\n".join(f"{mark(number)}: {summary(number)}" for number in numbers)


def heading(number: str) -> str:
    """Heading of a displayed clause."""
    if "." not in number:
        return QCoreApplication.translate("Words", "Section %1").replace("%1", number)
    item = number.partition("-")[2]
    if item in ("", "0"):
        text = QCoreApplication.translate("Words", "Paragraph %1")
    else:
        text = QCoreApplication.translate("Words", "Paragraph %1, item %2").replace("%2", item)
    return text.replace("%1", paragraph_of(number))


def place(place: int, count: int) -> str:
    """Position in the regulation: «34 of 69»."""
    text = QCoreApplication.translate("Words", "%1 of %2")
    return text.replace("%1", str(place)).replace("%2", str(count))


def edition(name: str, in_force_from: date) -> str:
    """Name of a version of the regulation and the date from which it is in force."""
    text = QCoreApplication.translate("Words", "%1, in force from %2")
    # Replaced last, because the name is free text and may contain a placeholder.
    return text.replace("%2", date_text(in_force_from)).replace("%1", name)


def by_edition(name: str) -> str:
    """Version of the regulation that a decision is based on."""
    text = QCoreApplication.translate("Words", "edition of the regulation: %1")
    return text.replace("%1", name)


def now_in_force(edition_text: str) -> str:
    """Current version, shown next to the text of another version."""
    return QCoreApplication.translate("Words", "Now: %1").replace("%1", edition_text)


def edition_not_here() -> str:
    return QCoreApplication.translate(
        "Words", "The text of this edition was not loaded at this workplace."
    )


def no_edition() -> str:
    return QCoreApplication.translate(
        "Words",
        "Told by the program in its own words. The city's text was not loaded: the administrator"
        " does that.",
    )


def unreadable() -> str:
    return QCoreApplication.translate(
        "Words", "The file with the city's text cannot be read; tell the administrator."
    )


def not_in_edition() -> str:
    return QCoreApplication.translate("Words", "The city's text has no such paragraph.")


def summary(number: str) -> str:
    """One-line summary of a clause, or the requirement of an item of 6.3 («6.3-1»).

    Empty for an unknown number.
    """
    if number in set(Ground) and not is_paragraph(number):
        return requirement(Ground(number))
    section = paragraph_of(number).partition(".")[0]
    return _SECTIONS[section]().get(paragraph_of(number), "") if section in _SECTIONS else ""


def _general() -> dict[str, str]:
    return {
        "1.1": QCoreApplication.translate(
            "Words",
            "What this is about: how messages come to the platform and what is done with them.",
        ),
        "1.2": QCoreApplication.translate(
            "Words",
            "What the words mean: user, guest, telephone call, message, directory, publication.",
        ),
        "1.3": QCoreApplication.translate(
            "Words", "Messages are handled by these rules and not by the law 59-FZ."
        ),
    }


def _parties() -> dict[str, str]:
    return {
        "2.1": QCoreApplication.translate(
            "Words",
            "Who takes part: bodies, organisations, users, guests, the operator, officials in "
            "charge.",
        ),
        "2.2": QCoreApplication.translate(
            "Words",
            "The state corporation sees to the protection of what is handled, personal data among"
            " it.",
        ),
        "2.3": QCoreApplication.translate(
            "Words",
            "Bodies and organisations say who is in charge, prepare answers and keep their data "
            "up to date.",
        ),
        "2.4": QCoreApplication.translate(
            "Words", "Users send messages, rate the answers and support the messages of others."
        ),
        "2.5": QCoreApplication.translate("Words", "Guests support the messages of users."),
        "2.6": QCoreApplication.translate(
            "Words",
            "The operator keeps the directory, handles messages and answers, advises, and sees "
            "whether categories suffice.",
        ),
        "2.7": QCoreApplication.translate(
            "Words",
            "Officials in charge see to the work of their body and to the truth of its data.",
        ),
    }


def _thematic() -> dict[str, str]:
    return {
        "3.1": QCoreApplication.translate("Words", "The operator may lay down rules for a topic."),
        "3.2": QCoreApplication.translate(
            "Words", "Rules for a topic rest on what the bodies tell and are agreed with them."
        ),
        "3.3": QCoreApplication.translate(
            "Words", "Technological maps may be added: what is special with one body."
        ),
    }


def _topics() -> dict[str, str]:
    return {
        "4.1": QCoreApplication.translate(
            "Words", "Each message stands under a topic and a category."
        ),
        "4.2": QCoreApplication.translate(
            "Words",
            "What a proposal on a topic or category names: it, who answers, who takes part, the "
            "route.",
        ),
    }


def _ways_in() -> dict[str, str]:
    return {
        "5.1": QCoreApplication.translate(
            "Words", "Two ways in: the single telephone number and the site of the platform."
        ),
        "5.2": QCoreApplication.translate(
            "Words", "Who writes on the platform itself signs up there."
        ),
        "5.3": QCoreApplication.translate(
            "Words", "The author chooses the topic and category that fit what he writes."
        ),
        "5.4": QCoreApplication.translate("Words", "Telephone calls are taken in working hours."),
        "5.5": QCoreApplication.translate(
            "Words", "Electronic messages may be sent on any day and at any hour."
        ),
    }


def _requirements() -> dict[str, str]:
    return {
        "6.1": QCoreApplication.translate(
            "Words", "Needed: what has happened, in words or photos, and its date, time and place."
        ),
        "6.2": QCoreApplication.translate(
            "Words", "As the author likes: surname, name, patronymic and other circumstances."
        ),
        "6.3": QCoreApplication.translate(
            "Words",
            "In Russian, one question, a clear place; no abuse, threats or advertising, nothing "
            "that is not the city's.",
        ),
        "6.4": QCoreApplication.translate(
            "Words",
            "The same text is not taken again while the answer to the first is in term; "
            "repetitions are removed with a notice.",
        ),
        "6.5": QCoreApplication.translate("Words", "Photos and scans are JPG, PNG or TIFF."),
        "6.6": QCoreApplication.translate("Words", "At most four photos to one message."),
        "6.7": QCoreApplication.translate(
            "Words", "A photo must need no turning, cropping or enlarging."
        ),
        "6.8": QCoreApplication.translate(
            "Words", "The author says whether the message is public."
        ),
        "6.9": QCoreApplication.translate(
            "Words", "Public: everybody may see the message and its answer."
        ),
        "6.10": QCoreApplication.translate(
            "Words", "If the author has not said so, the message is non-public."
        ),
        "6.11": QCoreApplication.translate(
            "Words", "Others see neither a non-public message nor its answer."
        ),
        "6.12": QCoreApplication.translate(
            "Words",
            "With personal data, health or secrets in text or photos a message is non-public.",
        ),
    }


def _handling() -> dict[str, str]:
    return {
        "7.1": QCoreApplication.translate("Words", "Messages are handled as this document says."),
        "7.2": QCoreApplication.translate(
            "Words", "Calls to the single number come to the operator."
        ),
        "7.3": QCoreApplication.translate(
            "Words",
            "Each call is registered: number, date, time, content and result; e-mail, name and "
            "phone where they are given.",
        ),
        "7.4": QCoreApplication.translate(
            "Words",
            "What the operator may do: answer, give contacts, or make a message for a written "
            "answer.",
        ),
        "7.5": QCoreApplication.translate(
            "Words", "A message written on the platform comes to the operator."
        ),
        "7.6": QCoreApplication.translate(
            "Words", "The operator checks a message against section 6."
        ),
        "7.7": QCoreApplication.translate(
            "Words", "Grounds of refusal: no category fits, or the message does not meet section 6."
        ),
        "7.8": QCoreApplication.translate(
            "Words", "The author of a public message is told that it is registered and published."
        ),
        "7.9": QCoreApplication.translate(
            "Words", "The message goes to the body that its topic belongs to."
        ),
        "7.10": QCoreApplication.translate(
            "Words", "Of a refusal the author is told by e-mail: why, and what to correct."
        ),
        "7.11": QCoreApplication.translate(
            "Words",
            "From sending to registration, publication or notice of refusal: two working days at "
            "most.",
        ),
        "7.12": QCoreApplication.translate(
            "Words", "What comes on a day off counts as sent on the next working day."
        ),
    }


def _on_the_phone() -> dict[str, str]:
    return {
        "8.1": QCoreApplication.translate(
            "Words",
            "What is given on the phone: typical answers, contacts and hours, public services, "
            "help with the platform.",
        ),
        "8.2": QCoreApplication.translate(
            "Words", "What is not typical is answered in writing, by way of a message."
        ),
        "8.3": QCoreApplication.translate(
            "Words", "On public services the operator tells what the public services portal says."
        ),
    }


def _answers() -> dict[str, str]:
    return {
        "9.1": QCoreApplication.translate("Words", "Officials of the body or organisation answer."),
        "9.2": QCoreApplication.translate(
            "Words", "The official prepares the answer by the rules of office work."
        ),
        "9.3": QCoreApplication.translate(
            "Words", "Where this document says so, the operator answers."
        ),
        "9.4": QCoreApplication.translate(
            "Words",
            "An answer tells that it is solved, or when and how it will be, or why it cannot be.",
        ),
        "9.5": QCoreApplication.translate(
            "Words",
            "The body gives the answer to the operator, who publishes it for a public message and"
            " e-mails it to the author.",
        ),
        "9.6": QCoreApplication.translate(
            "Words",
            "When a promised date comes, the body is told by itself to prepare a further answer.",
        ),
        "9.7": QCoreApplication.translate(
            "Words", "A further answer is prepared in the same order and terms."
        ),
        "9.8": QCoreApplication.translate(
            "Words",
            "The operator may adapt an answer for the directory without changing its sense.",
        ),
        "9.9": QCoreApplication.translate(
            "Words", "Scans and photos may be attached to an answer."
        ),
        "9.10": QCoreApplication.translate(
            "Words", "The author is told by e-mail that the answer is published."
        ),
        "9.11": QCoreApplication.translate(
            "Words", "The answer is found by the number given to the message at its registration."
        ),
    }


def _feedback() -> dict[str, str]:
    return {
        "10.1": QCoreApplication.translate("Words", "The author may rate the answer."),
        "10.2": QCoreApplication.translate(
            "Words", "With a negative rating the author has to say what is wrong."
        ),
        "10.3": QCoreApplication.translate(
            "Words", "With a negative rating the message goes back to the body with the remarks."
        ),
        "10.4": QCoreApplication.translate(
            "Words", "The author is told by e-mail that the answer is being reworked."
        ),
        "10.5": QCoreApplication.translate(
            "Words", "A user or guest supports one public message once."
        ),
        "10.6": QCoreApplication.translate(
            "Words",
            "More than a thousand votes of users within three days: the message goes to the body.",
        ),
    }


def _figures() -> dict[str, str]:
    return {
        "11": QCoreApplication.translate(
            "Words", "Figures on the work of bodies and organisations are made by themselves."
        ),
    }


def _liability() -> dict[str, str]:
    return {
        "12.1": QCoreApplication.translate(
            "Words", "The operator answers for what this document asks of him."
        ),
        "12.2": QCoreApplication.translate(
            "Words",
            "The operator does not answer for the truth of what bodies and organisations place.",
        ),
        "12.3": QCoreApplication.translate(
            "Words", "The official in charge answers for what this document asks of him."
        ),
        "12.4": QCoreApplication.translate(
            "Words",
            "Bodies and organisations answer for their duties and for their data in the directory.",
        ),
    }


_SECTIONS = {
    "1": _general,
    "2": _parties,
    "3": _thematic,
    "4": _topics,
    "5": _ways_in,
    "6": _requirements,
    "7": _handling,
    "8": _on_the_phone,
    "9": _answers,
    "10": _feedback,
    "11": _figures,
    "12": _liability,
}
