"""Display texts about the regulation: clause labels, tool tips, versions and summaries."""

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from console.core.formats import date_text
from sync.register.checks.finding import Ground
from sync.register.regulation import PARAGRAPHS, is_paragraph, paragraph_of


def requirement(ground: Ground) -> str:
    """Returns the requirement that a message violates on this ground, in plain words."""
    return {
        Ground.INCOMPLETE: QCoreApplication.translate("Words", "States what, when and where"),
        Ground.NOT_RUSSIAN: QCoreApplication.translate("Words", "In Russian"),
        Ground.OBSCENE: QCoreApplication.translate("Words", "No obscene words"),
        Ground.PERSONAL: QCoreApplication.translate("Words", "Not a private matter"),
        Ground.HATRED: QCoreApplication.translate("Words", "No hatred or discrimination"),
        Ground.HARM: QCoreApplication.translate("Words", "No harm to minorities or children"),
        Ground.INSULT: QCoreApplication.translate("Words", "No accusations or insults"),
        Ground.THREAT: QCoreApplication.translate("Words", "No threats"),
        Ground.OTHER_PURPOSE: QCoreApplication.translate("Words", "No ads or other purposes"),
        Ground.ANSWERED_BEFORE: QCoreApplication.translate(
            "Words", "Not previously refused on merits"
        ),
        Ground.FEDERAL: QCoreApplication.translate("Words", "Not federal or regional"),
        Ground.SEVERAL_QUESTIONS: QCoreApplication.translate("Words", "One question"),
        Ground.NO_PLACE: QCoreApplication.translate("Words", "The location is clear"),
        Ground.REPEATED: QCoreApplication.translate("Words", "Not a duplicate"),
        Ground.PHOTO_FORMAT: QCoreApplication.translate("Words", "Photos are JPG, PNG, TIFF"),
        Ground.PHOTO_COUNT: QCoreApplication.translate("Words", "Up to four photos"),
        Ground.PHOTO_EDITING: QCoreApplication.translate("Words", "Photos need no editing"),
        Ground.CATEGORY: QCoreApplication.translate("Words", "The category fits"),
    }[ground]


_PAIR = 2


def mark(number: str) -> str:
    """Returns the label of a clause: «п. 7.3»; ``number`` may contain several numbers separated by
    commas.
    """
    return QCoreApplication.translate("Words", "par. %1").replace("%1", number)


def marks(numbers: Sequence[str]) -> str:
    """Returns the label of several clauses; more than two consecutive clauses are shown as
    a range.
    """
    places = [PARAGRAPHS.index(number) for number in numbers if is_paragraph(number)]
    is_row = len(numbers) > _PAIR and places == list(range(places[0], places[0] + len(numbers)))
    return mark(f"{numbers[0]}\u2013{numbers[-1]}" if is_row else ", ".join(numbers))


def told(numbers: Iterable[str]) -> str:
    """Returns the summaries of the clauses, one per line, for tool tips and screen readers."""
    return "\n".join(f"{mark(number)}: {summary(number)}" for number in numbers)


def heading(number: str) -> str:
    """Returns the heading of a section, clause or item by its number."""
    if "." not in number:
        return QCoreApplication.translate("Words", "Section %1").replace("%1", number)
    item = number.partition("-")[2]
    if item in ("", "0"):
        text = QCoreApplication.translate("Words", "Paragraph %1")
    else:
        text = QCoreApplication.translate("Words", "Paragraph %1, item %2").replace("%2", item)
    return text.replace("%1", paragraph_of(number))


def place(place: int, count: int) -> str:
    """Returns the position of a clause in the regulation: «34 of 69»."""
    text = QCoreApplication.translate("Words", "%1 of %2")
    return text.replace("%1", str(place)).replace("%2", str(count))


def edition(name: str, in_force_from: date) -> str:
    """Returns the name of a version of the regulation with the date from which it is in force."""
    text = QCoreApplication.translate("Words", "%1, in force from %2")
    # The name is free text and may contain a placeholder, so it is inserted last.
    return text.replace("%2", date_text(in_force_from)).replace("%1", name)


def by_edition(name: str) -> str:
    """Returns the text that names the version of the regulation on which a decision is based."""
    text = QCoreApplication.translate("Words", "regulation edition: %1")
    return text.replace("%1", name)


def now_in_force(edition_text: str) -> str:
    """Returns the text that names the current version, shown next to the text of another
    version.
    """
    return QCoreApplication.translate("Words", "Now: %1").replace("%1", edition_text)


def edition_not_here() -> str:
    return QCoreApplication.translate(
        "Words", "The text of this edition is not loaded at this workplace."
    )


def no_edition() -> str:
    return QCoreApplication.translate(
        "Words",
        "This is the program's summary. The city's text is not loaded: the administrator "
        "can load it.",
    )


def unreadable() -> str:
    return QCoreApplication.translate(
        "Words", "Cannot read the file with the city's text; contact the administrator."
    )


def not_in_edition() -> str:
    return QCoreApplication.translate("Words", "The city's text has no such paragraph.")


def summary(number: str) -> str:
    """Returns a one-line summary of a clause, or the requirement of an item of 6.3 («6.3-1»).

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
            "Scope: how messages reach the platform and how they are processed.",
        ),
        "1.2": QCoreApplication.translate(
            "Words",
            "Definitions: user, guest, phone call, message, directory, publication.",
        ),
        "1.3": QCoreApplication.translate(
            "Words", "Messages are handled under these rules, not under law 59-FZ."
        ),
    }


def _parties() -> dict[str, str]:
    return {
        "2.1": QCoreApplication.translate(
            "Words",
            "Participants: authorities, organisations, users, guests, the operator, "
            "responsible officials.",
        ),
        "2.2": QCoreApplication.translate(
            "Words",
            "The state corporation protects the processed data, including personal data.",
        ),
        "2.3": QCoreApplication.translate(
            "Words",
            "Authorities and organisations appoint officials, prepare answers and update "
            "their data.",
        ),
        "2.4": QCoreApplication.translate(
            "Words", "Users send messages, rate answers and support other users' messages."
        ),
        "2.5": QCoreApplication.translate("Words", "Guests support users' messages."),
        "2.6": QCoreApplication.translate(
            "Words",
            "The operator maintains the directory, processes messages and answers, "
            "advises and checks the set of categories.",
        ),
        "2.7": QCoreApplication.translate(
            "Words",
            "Responsible officials monitor their authority's work and the accuracy of its data.",
        ),
    }


def _thematic() -> dict[str, str]:
    return {
        "3.1": QCoreApplication.translate("Words", "The operator may approve rules for a topic."),
        "3.2": QCoreApplication.translate(
            "Words", "Topic rules are based on the authorities' data and agreed with them."
        ),
        "3.3": QCoreApplication.translate(
            "Words", "They may include process maps: the specifics of one authority."
        ),
    }


def _topics() -> dict[str, str]:
    return {
        "4.1": QCoreApplication.translate("Words", "Each message has a topic and a category."),
        "4.2": QCoreApplication.translate(
            "Words",
            "A topic or category proposal states its name, who answers, who takes part "
            "and the route.",
        ),
    }


def _ways_in() -> dict[str, str]:
    return {
        "5.1": QCoreApplication.translate(
            "Words", "Two channels: the single phone number and the platform's website."
        ),
        "5.2": QCoreApplication.translate(
            "Words", "To write on the platform itself, users sign up there."
        ),
        "5.3": QCoreApplication.translate(
            "Words", "The author chooses the topic and category that fit the content."
        ),
        "5.4": QCoreApplication.translate(
            "Words", "Phone calls are answered during working hours."
        ),
        "5.5": QCoreApplication.translate(
            "Words", "Electronic messages can be sent on any day at any time."
        ),
    }


def _requirements() -> dict[str, str]:
    return {
        "6.1": QCoreApplication.translate(
            "Words", "Required: what happened (text or photo), date, time and place."
        ),
        "6.2": QCoreApplication.translate(
            "Words", "Optional: surname, first name, patronymic and other details."
        ),
        "6.3": QCoreApplication.translate(
            "Words",
            "In Russian, one question, a clear location; no abuse, threats, advertising "
            "or matters outside the city's remit.",
        ),
        "6.4": QCoreApplication.translate(
            "Words",
            "The same text is not accepted while the first awaits an answer; duplicates "
            "are removed with a notification.",
        ),
        "6.5": QCoreApplication.translate("Words", "Photos and scans: JPG, PNG or TIFF."),
        "6.6": QCoreApplication.translate("Words", "Up to four photos per message."),
        "6.7": QCoreApplication.translate(
            "Words", "A photo must not need rotating, cropping or enlarging."
        ),
        "6.8": QCoreApplication.translate(
            "Words", "The author chooses whether the message is public."
        ),
        "6.9": QCoreApplication.translate(
            "Words", "Public: anyone can see the message and its answer."
        ),
        "6.10": QCoreApplication.translate(
            "Words", "Unless the author states otherwise, the message is non-public."
        ),
        "6.11": QCoreApplication.translate(
            "Words", "Non-public messages and their answers are hidden from others."
        ),
        "6.12": QCoreApplication.translate(
            "Words",
            "A message with personal data, health data or secrets in text or photos is non-public.",
        ),
    }


def _handling() -> dict[str, str]:
    return {
        "7.1": QCoreApplication.translate(
            "Words", "Messages are handled as described in this document."
        ),
        "7.2": QCoreApplication.translate(
            "Words", "Calls to the single number go to the operator."
        ),
        "7.3": QCoreApplication.translate(
            "Words",
            "Each call is registered: number, date, time, content and result; e-mail, "
            "name and phone if given.",
        ),
        "7.4": QCoreApplication.translate(
            "Words",
            "The operator may answer, give contacts or create a message for a written answer.",
        ),
        "7.5": QCoreApplication.translate(
            "Words", "A message written on the platform goes to the operator."
        ),
        "7.6": QCoreApplication.translate(
            "Words", "The operator checks a message against section 6."
        ),
        "7.7": QCoreApplication.translate(
            "Words",
            "Grounds for refusal: no category fits, or the message does not meet section 6.",
        ),
        "7.8": QCoreApplication.translate(
            "Words",
            "The author of a public message is notified of its registration and publication.",
        ),
        "7.9": QCoreApplication.translate(
            "Words", "The message goes to the authority responsible for its topic."
        ),
        "7.10": QCoreApplication.translate(
            "Words", "On refusal, the author gets an e-mail: why, and what to correct."
        ),
        "7.11": QCoreApplication.translate(
            "Words",
            "Registration, publication or refusal notification: within two working days "
            "of sending.",
        ),
        "7.12": QCoreApplication.translate(
            "Words", "Anything received on a day off counts as sent on the next working day."
        ),
    }


def _on_the_phone() -> dict[str, str]:
    return {
        "8.1": QCoreApplication.translate(
            "Words",
            "Given by phone: standard answers, contacts and hours, public services, help "
            "with the platform.",
        ),
        "8.2": QCoreApplication.translate(
            "Words", "Non-standard questions are answered in writing, through a message."
        ),
        "8.3": QCoreApplication.translate(
            "Words", "Information on public services comes from the public services portal."
        ),
    }


def _answers() -> dict[str, str]:
    return {
        "9.1": QCoreApplication.translate(
            "Words", "Officials of the authority or organisation answer."
        ),
        "9.2": QCoreApplication.translate(
            "Words", "The official prepares the answer under records management rules."
        ),
        "9.3": QCoreApplication.translate(
            "Words", "Where this document requires it, the operator answers."
        ),
        "9.4": QCoreApplication.translate(
            "Words",
            "An answer says that it is solved, when and how it will be, or why it cannot be.",
        ),
        "9.5": QCoreApplication.translate(
            "Words",
            "The authority gives the answer to the operator, who publishes it (public "
            "messages) and e-mails it to the author.",
        ),
        "9.6": QCoreApplication.translate(
            "Words",
            "On a promised date, the authority is automatically reminded to prepare a "
            "further answer.",
        ),
        "9.7": QCoreApplication.translate(
            "Words", "A further answer follows the same procedure and deadlines."
        ),
        "9.8": QCoreApplication.translate(
            "Words",
            "The operator may adapt an answer for the directory without changing its meaning.",
        ),
        "9.9": QCoreApplication.translate(
            "Words", "Scans and photos may be attached to an answer."
        ),
        "9.10": QCoreApplication.translate(
            "Words", "The author is notified by e-mail that the answer is published."
        ),
        "9.11": QCoreApplication.translate(
            "Words", "The answer can be found by the message's registration number."
        ),
    }


def _feedback() -> dict[str, str]:
    return {
        "10.1": QCoreApplication.translate("Words", "The author may rate the answer."),
        "10.2": QCoreApplication.translate(
            "Words", "With a negative rating, the author must add remarks."
        ),
        "10.3": QCoreApplication.translate(
            "Words",
            "After a negative rating, the message returns to the authority with the remarks.",
        ),
        "10.4": QCoreApplication.translate(
            "Words", "The author is notified by e-mail that the answer is being reworked."
        ),
        "10.5": QCoreApplication.translate(
            "Words", "A user or guest can support a public message once."
        ),
        "10.6": QCoreApplication.translate(
            "Words",
            "More than a thousand user votes within three days: the message goes to the authority.",
        ),
    }


def _figures() -> dict[str, str]:
    return {
        "11": QCoreApplication.translate(
            "Words", "Statistics on authorities and organisations are generated automatically."
        ),
    }


def _liability() -> dict[str, str]:
    return {
        "12.1": QCoreApplication.translate(
            "Words", "The operator is responsible for the duties in this document."
        ),
        "12.2": QCoreApplication.translate(
            "Words",
            "The operator is not responsible for the accuracy of content from "
            "authorities and organisations.",
        ),
        "12.3": QCoreApplication.translate(
            "Words", "The responsible official must fulfil the duties in this document."
        ),
        "12.4": QCoreApplication.translate(
            "Words",
            "Authorities and organisations are responsible for their duties and their "
            "directory data.",
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
