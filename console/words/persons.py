"""Words of the people whom earlier records name behind a telephone."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from console.words.callers import Category
from console.words.formats import Counted, date_text, first_line
from sync.register.known_persons import KnownPerson, name_text


def guess(person: KnownPerson) -> str:
    """Who may be calling, while nobody has confirmed it."""
    text = QCoreApplication.translate("Words", "Perhaps it is %1")
    return text.replace("%1", name_text(person.name))


def one_of(persons: tuple[KnownPerson, ...]) -> str:
    """Who may be calling where several people have the number."""
    return Counted().one_of_people(len(persons)).replace("%1", name_text(persons[0].name))


def last_asked(person: KnownPerson, category: Category, zone: ZoneInfo) -> str:
    """When the person spoke last, and about what."""
    day = date_text(person.last.at.astimezone(zone).date())
    about = category(person.last.category) or first_line(person.last.about)
    return f"{day}: {about}" if about else day


def records(person: KnownPerson) -> str:
    return Counted().records_of_person(person.records)


def is_guess() -> str:
    return QCoreApplication.translate("Words", "guess")


def somebody_else() -> str:
    return QCoreApplication.translate("Words", "Somebody else")


def name_is_to_be_asked() -> str:
    return QCoreApplication.translate("Words", "the name stays open: ask for it")


def new_person() -> str:
    return QCoreApplication.translate("Words", "new")


def nobody_known() -> str:
    return QCoreApplication.translate(
        "Words", "No record names anybody behind this number. Look for a name or a telephone."
    )


def choose_by_digit() -> str:
    return QCoreApplication.translate(
        "Words", "Ask who is calling, then press the digit. What is chosen goes into the card."
    )


def nobody_found() -> str:
    return QCoreApplication.translate(
        "Words", "Nobody is called so in the records of this workplace."
    )


def type_more() -> str:
    return QCoreApplication.translate(
        "Words", "Two letters of the name, or the whole telephone number."
    )


def found() -> str:
    return QCoreApplication.translate(
        "Words", "The number of this call stays the caller's; the name is taken from the record."
    )


def typed_name_stays() -> str:
    """Told where a choice would overwrite another name that the operator has typed."""
    return QCoreApplication.translate(
        "Words", "Another name is typed in the card. Clear it there, then choose."
    )


def not_read() -> str:
    return QCoreApplication.translate("Words", "The records cannot be read now.")
