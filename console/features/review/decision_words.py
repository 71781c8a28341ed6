"""Display strings of review decisions (Regulation 6.4, 6.8-6.12, 7.6-7.10)."""

from collections.abc import Iterable
from datetime import date, time

from PySide6.QtCore import QCoreApplication, QObject

from console.core.default_keys import Key
from console.core.formats import NO_VALUE, date_text
from console.core.keymap import with_keys
from console.shared.messages.step_words import state_name
from console.shared.texts.ground_words import confidential_kind
from sync.register.checks.finding import Ground
from sync.register.handling.contents import Confidential
from sync.register.likeness.search import Reason
from sync.register.messages import Publicity, State


class Found(QObject):
    """Display texts that contain the number of similar messages or photos."""

    def similar(self, count: int) -> str:
        return self.tr("%n similar message(s) found", "", count)

    def photos(self, count: int) -> str:
        return self.tr("%n photo(s)", "", count)


# --- decision keys ---


def register_hint(*, public: bool) -> str:
    """Hint of the registration key: whether the message is published or non-public."""
    if public:
        return QCoreApplication.translate("Words", "and publish, par. 7.8")
    return QCoreApplication.translate("Words", "as non-public, par. 7.11")


def refuse_hint() -> str:
    return QCoreApplication.translate("Words", "under par. 7.7")


def duplicate_hint(count: int | None) -> str:
    if count is None:
        return QCoreApplication.translate("Words", "looking for similar messages")
    if not count:
        return QCoreApplication.translate("Words", "no similar messages")
    return Found().similar(count)


# --- registration ---


def corrected_by_another() -> str:
    """Warning before registering that another operator has changed the same field."""
    return with_keys(
        QCoreApplication.translate(
            "Words",
            "Someone else also corrected this: see below the field. Alt+R takes theirs; "
            "registering again keeps yours.",
        ),
        Key.THEIR_TEXT,
    )


def what_registering_does(publicity: Publicity, confidential: Iterable[Confidential]) -> str:
    """Text that states the visibility of the message after registration, with the reason."""
    kinds = sorted(confidential)
    if kinds:
        text = QCoreApplication.translate(
            "Words",
            "Will be registered as non-public: %1 (par. 6.12). The author will be notified.",
        )
        return text.replace("%1", ", ".join(confidential_kind(kind) for kind in kinds))
    match publicity:
        case Publicity.PUBLIC:
            return QCoreApplication.translate(
                "Words",
                "Will be registered and published at once (par. 7.8). The author will be notified.",
            )
        case Publicity.NON_PUBLIC:
            return QCoreApplication.translate(
                "Words", "Will be registered as non-public: the author's choice (par. 6.8)."
            )
        case Publicity.NOT_STATED:
            return QCoreApplication.translate(
                "Words",
                "Will be registered as non-public: not stated by the author (par. 6.10).",
            )


def incomplete() -> str:
    return QCoreApplication.translate(
        "Words", "Complete the marked fields, or refuse under par. 6.1"
    )


def route_missing() -> str:
    return QCoreApplication.translate(
        "Words", "Choose where to send it: see the fields marked above"
    )


# --- results ---


def asked() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "Colleagues see the question in the queue"),
        QCoreApplication.translate(
            "Words", "Whoever knows the answer takes the message and decides."
        ),
    )


# --- duplicates ---


def no_original() -> str:
    return QCoreApplication.translate(
        "Words", "No similar messages: nothing to duplicate (par. 6.4)"
    )


def score(value: float) -> str:
    return f"{round(value * 100)} %"


def likeness(reason: Reason) -> str:
    """Text with the reason for the similarity verdict on two messages."""
    return {
        Reason.SAME_WORDS: QCoreApplication.translate("Words", "word for word"),
        Reason.SAME_WORDS_TERM_OVER: QCoreApplication.translate(
            "Words", "word for word, term not running"
        ),
        Reason.OTHER_PLACE: QCoreApplication.translate("Words", "different place"),
        Reason.OTHER_MATTER: QCoreApplication.translate("Words", "different matter"),
        Reason.SAME_PLACE_AND_MATTER: QCoreApplication.translate(
            "Words", "same place, same matter"
        ),
        Reason.SAME_MATTER: QCoreApplication.translate("Words", "same matter"),
        Reason.NEARLY_THE_SAME_WORDS: QCoreApplication.translate("Words", "almost the same words"),
        Reason.NOTHING_SHARED: QCoreApplication.translate("Words", "nothing in common"),
    }[reason]


def may_repeat(in_term: bool) -> str:
    """Text that states whether the earlier message can be the original of a duplicate
    (clause 6.4).
    """
    if in_term:
        return QCoreApplication.translate(
            "Words", "its answer term is running: may be the original"
        )
    return QCoreApplication.translate(
        "Words", "its answer term is not running: not a duplicate (par. 6.4)"
    )


def earlier(state: State, about: str) -> str:
    """Status and subject of the earlier message that a refusal refers to, in one line."""
    return f"{state_name(state)}: {about}"


# --- public view ---


def everybody_sees() -> str:
    return QCoreApplication.translate(
        "Words", "Everyone will see this; the author's name and contacts are never shown"
    )


def nobody_sees(publicity: Publicity, confidential: Iterable[Confidential]) -> str:
    """Text with the reason why the message is not public."""
    if any(True for _kind in confidential):
        return QCoreApplication.translate(
            "Words", "Only the author will see it: non-public under par. 6.12"
        )
    if publicity is Publicity.NOT_STATED:
        return QCoreApplication.translate(
            "Words", "Only the author will see it: publicity not stated (par. 6.10)"
        )
    return QCoreApplication.translate(
        "Words", "Only the author will see it: the author's choice (par. 6.8, 6.11)"
    )


def city_lines(
    number: str,
    category: str,
    place: str,
    day: date | None,
    hour: time | None,
    photos: int,
) -> tuple[tuple[str, str], ...]:
    """Returns label and value of each line above the published text."""
    when = "" if day is None else date_text(day)
    if hour is not None:
        when = f"{when}, {hour:%H:%M}"
    lines = (
        (QCoreApplication.translate("Words", "Number"), number),
        (QCoreApplication.translate("Words", "Topic"), category or NO_VALUE),
        (QCoreApplication.translate("Words", "Where"), place or NO_VALUE),
        (QCoreApplication.translate("Words", "When"), when or NO_VALUE),
    )
    if not photos:
        return lines
    head = QCoreApplication.translate("Words", "Photos")
    return (*lines, (head, Found().photos(photos)))


# --- refusal ---


def chosen_grounds(grounds: Iterable[Ground]) -> str:
    """Text with the numbers of the selected grounds, or a hint to select one."""
    chosen = set(grounds)
    numbers = [ground.value for ground in Ground if ground in chosen]
    if not numbers:
        return QCoreApplication.translate(
            "Words", "Select grounds on the left: with a digit, a letter or Space"
        )
    return QCoreApplication.translate("Words", "Grounds for refusal: %1").replace(
        "%1", ", ".join(numbers)
    )
