"""Display texts about a caller: history, suggested persons, parsed fields, spelled-out e-mail."""

from collections.abc import Callable
from typing import assert_never
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from console.core.formats import Counted, date_text, first_line, phone_text
from console.shared.messages.step_words import state_name
from console.shared.session.card_words import result_name
from sync.register.people.email_reading import EmailReading, EmailSlip
from sync.register.people.name_reading import NameDoubt
from sync.register.people.persons import KnownPerson, name_text
from sync.register.people.phones import PhoneProblem, PhoneReading
from sync.register.people.values import EmailProblem, PersonName
from sync.store.local.callers import FormerCall, KnownCaller, OpenMessage

Category = Callable[[str | None], str]
"""Display text of a category key; empty for None."""


def known_line(known: KnownCaller, category: Category, zone: ZoneInfo) -> str:
    """Returns the latest open message and the latest call in one line; empty without history."""
    parts = [message_words(one, category) for one in known.messages[:1]]
    if len(known.messages) > 1:
        parts.append(Counted().further_messages(len(known.messages) - 1))
    parts += [call_words(one, category, zone) for one in known.calls[:1]]
    if len(known.calls) > 1:
        parts.append(Counted().further_calls(len(known.calls) - 1))
    return _begun(" · ".join(parts))


def known_detail(known: KnownCaller, category: Category, zone: ZoneInfo) -> str:
    """Returns the complete history, one record per line."""
    lines = [message_words(one, category) for one in known.messages]
    lines += [_begun(call_words(one, category, zone)) for one in known.calls]
    return "\n".join(lines)


def message_words(one: OpenMessage, category: Category) -> str:
    text = QCoreApplication.translate("Words", "Message № %1, %2: %3")
    about = category(one.category) or first_line(one.about)
    text = text.replace("%1", str(one.number)).replace("%2", state_name(one.state))
    return text.replace("%3", about)


def call_words(one: FormerCall, category: Category, zone: ZoneInfo) -> str:
    about = category(one.category) or first_line(one.about)
    result = "" if one.result is None else result_name(one.result)
    told = " — ".join(part for part in (about, result) if part)
    text = QCoreApplication.translate("Words", "call of %1: %2")
    return text.replace("%1", date_text(one.at.astimezone(zone).date())).replace("%2", told)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def guess(person: KnownPerson) -> str:
    """Returns the suggestion of a caller, which is not confirmed yet."""
    text = QCoreApplication.translate("Words", "Possibly %1")
    return text.replace("%1", name_text(person.name))


def one_of(persons: tuple[KnownPerson, ...]) -> str:
    """Returns the suggestion of a caller if several persons have the number."""
    return Counted().one_of_people(len(persons)).replace("%1", name_text(persons[0].name))


def last_asked(person: KnownPerson, category: Category, zone: ZoneInfo) -> str:
    """Returns date and subject of the person's last contact."""
    day = date_text(person.last.at.astimezone(zone).date())
    about = category(person.last.category) or first_line(person.last.about)
    return f"{day}: {about}" if about else day


def records(person: KnownPerson) -> str:
    return Counted().records_of_person(person.records)


def is_guess() -> str:
    return QCoreApplication.translate("Words", "guess")


def somebody_else() -> str:
    return QCoreApplication.translate("Words", "Someone else")


def name_is_to_be_asked() -> str:
    return QCoreApplication.translate("Words", "name not recorded: ask for it")


def new_person() -> str:
    return QCoreApplication.translate("Words", "new")


def nobody_known() -> str:
    return QCoreApplication.translate(
        "Words", "No records with a name for this number. Search by name or phone."
    )


def choose_by_digit() -> str:
    return QCoreApplication.translate(
        "Words", "Ask who is calling, then press the digit. Your choice goes into the card."
    )


def nobody_found() -> str:
    return QCoreApplication.translate(
        "Words", "No such name or number in this workplace's records."
    )


def type_more() -> str:
    return QCoreApplication.translate("Words", "Two letters of the name or the full phone number.")


def found() -> str:
    return QCoreApplication.translate(
        "Words", "The call's number stays the same; the name is taken from the record."
    )


def typed_name_stays() -> str:
    """Hint that the card has another entered name, which must be cleared before a selection."""
    return QCoreApplication.translate(
        "Words", "Another name is entered in the card. Clear it, then choose."
    )


def not_read() -> str:
    return QCoreApplication.translate("Words", "Cannot read the records now.")


_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            *("эй", "би", "си", "ди", "и", "эф", "джи", "эйч", "ай", "джей", "кей", "эл", "эм"),
            *("эн", "оу", "пи", "кью", "ар", "эс", "ти", "ю", "ви", "дабл-ю", "экс", "уай", "зед"),
        ),
        strict=True,
    )
)
_DIGITS = dict(
    zip(
        "0123456789",
        ("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
        strict=True,
    )
)
_SIGNS = {
    ".": "точка",
    "-": "дефис",
    "_": "подчёркивание",
    "+": "плюс",
    "@": "собака",
    "'": "апостроф",
    "&": "амперсанд",
    "/": "косая черта",
    "=": "равно",
}
_DOMAINS = {
    "mail.ru": "мэйл точка ру",
    "yandex.ru": "яндекс точка ру",
    "gmail.com": "джимейл точка ком",
    "bk.ru": "би кей точка ру",
    "inbox.ru": "инбокс точка ру",
    "list.ru": "лист точка ру",
    "rambler.ru": "рамблер точка ру",
    "ya.ru": "я точка ру",
    "internet.ru": "интернет точка ру",
    "vk.com": "ви кей точка ком",
    "icloud.com": "айклауд точка ком",
    "outlook.com": "аутлук точка ком",
    "hotmail.com": "хотмейл точка ком",
    "yahoo.com": "яху точка ком",
}
"""Domains that callers recognise when spoken."""
_ZONES = {"ru": "ру", "com": "ком", "org": "орг", "net": "нет", "su": "эс ю"}
_GREAT = "большая"


def email_aloud(address: str) -> str:
    """Returns the e-mail as it is dictated: «эй, эн, эн, эй, собака, мэйл точка ру»."""
    name, _at_sign, domain = address.rpartition("@")
    known = _DOMAINS.get(domain)
    return ", ".join((*_spelled(name), _SIGNS["@"], *((known,) if known else _domain(domain))))


def _domain(domain: str) -> list[str]:
    head, _dot, zone = domain.rpartition(".")
    said = _ZONES.get(zone)
    return [*_spelled(head), _SIGNS["."], *((said,) if said else _spelled(zone))]


def _spelled(text: str) -> list[str]:
    """Returns one spoken word per character; a sequence of Russian letters is one word."""
    said: list[str] = []
    russian = ""
    for character in text:
        small = character.lower()
        if small not in _LETTERS and small.isalpha():
            russian += character
            continue
        if russian:
            said.append(russian)
            russian = ""
        word = _LETTERS.get(small) or _DIGITS.get(small) or _SIGNS.get(small, character)
        said.append(f"{_GREAT} {word}" if character.isupper() else word)
    return [*said, russian] if russian else said


def name_read(name: PersonName) -> str:
    """Returns the parsed parts of the name with their labels."""
    parts = (
        (QCoreApplication.translate("Words", "surname %1"), name.surname),
        (QCoreApplication.translate("Words", "first name %1"), name.given_name),
        (QCoreApplication.translate("Words", "patronymic %1"), name.patronymic),
    )
    return " · ".join(text.replace("%1", part) for text, part in parts if part)


def name_doubt(doubt: NameDoubt) -> str:
    match doubt:
        case NameDoubt.LATIN_LOOK_ALIKES:
            return QCoreApplication.translate(
                "Words", "Latin letters among Russian ones: search will not find this name"
            )
        case NameDoubt.OTHER_LAYOUT:
            return QCoreApplication.translate("Words", "Typed in the Latin layout")
        case _:
            assert_never(doubt)


def read_otherwise() -> str:
    return QCoreApplication.translate("Words", "read differently")


def put(text: str) -> str:
    """Returns the label of the key that replaces the input by this text."""
    return QCoreApplication.translate("Words", "use %1").replace("%1", text)


def calls_from(number: str) -> str:
    text = QCoreApplication.translate("Words", "Calling from %1")
    return text.replace("%1", phone_text(number))


def phone_read(reading: PhoneReading, typed: str) -> str:
    """Returns how the phone number was interpreted; empty if only spaces were removed."""
    match reading:
        case PhoneReading.CITY_CODE_ADDED:
            text = QCoreApplication.translate("Words", "From “%1”: city code added")
        case PhoneReading.SLIP_MENDED:
            text = QCoreApplication.translate("Words", "From “%1”: prefix corrected")
        case PhoneReading.UNASSIGNED:
            text = QCoreApplication.translate("Words", "No network uses such numbers: ask again")
        case PhoneReading.INTERNATIONAL | PhoneReading.NATIONAL:
            return ""
        case _:
            assert_never(reading)
    return text.replace("%1", typed)


def phone_problem(problem: PhoneProblem) -> str:
    match problem:
        case PhoneProblem.EMPTY:
            return ""
        case PhoneProblem.NO_DIGITS:
            return QCoreApplication.translate("Words", "No digits in the number")
        case PhoneProblem.SERVICE_NUMBER:
            return QCoreApplication.translate(
                "Words", "Short number: it cannot be called from outside"
            )
        case PhoneProblem.TOO_SHORT:
            return QCoreApplication.translate("Words", "Digits are missing: ask again")
        case PhoneProblem.TOO_LONG:
            return QCoreApplication.translate("Words", "Too many digits: ask again")
        case PhoneProblem.SEVERAL:
            return QCoreApplication.translate(
                "Words", "Several numbers: keep one, put the others in the text"
            )
        case PhoneProblem.NO_SUCH_NUMBER:
            return QCoreApplication.translate("Words", "No such number: ask again")
        case _:
            assert_never(problem)


def email_read(reading: EmailReading) -> str:
    """Returns the error of the e-mail; if it is valid, its spelled-out form to read back."""
    if reading.slip is not None:
        return _slip(reading.slip)
    if reading.problem is not None:
        return email_problem(reading.problem)
    text = QCoreApplication.translate("Words", "Read back: %1")
    return text.replace("%1", email_aloud(reading.address))


def _slip(slip: EmailSlip) -> str:
    match slip:
        case EmailSlip.OTHER_LAYOUT:
            return QCoreApplication.translate("Words", "Typed in the Russian layout")
        case EmailSlip.CYRILLIC_LETTERS:
            return QCoreApplication.translate("Words", "Russian letters among Latin ones")
        case EmailSlip.SIGNS:
            return QCoreApplication.translate("Words", "Invalid characters in the address")
        case EmailSlip.DOMAIN:
            return QCoreApplication.translate("Words", "Possible typo at the end of the address")
        case _:
            assert_never(slip)


def email_problem(problem: EmailProblem) -> str:
    match problem:
        case EmailProblem.EMPTY:
            return ""
        case EmailProblem.SPACE:
            return QCoreApplication.translate("Words", "Space in the address")
        case EmailProblem.NO_AT_SIGN:
            return QCoreApplication.translate("Words", "No @ in the address")
        case EmailProblem.SEVERAL_AT_SIGNS:
            return QCoreApplication.translate("Words", "More than one @ in the address")
        case EmailProblem.NO_NAME:
            return QCoreApplication.translate("Words", "Nothing before the @")
        case EmailProblem.CYRILLIC_IN_NAME:
            return QCoreApplication.translate(
                "Words", "Only Latin letters are allowed before the @"
            )
        case EmailProblem.BAD_NAME:
            return QCoreApplication.translate("Words", "Invalid address before the @")
        case EmailProblem.BAD_DOMAIN:
            return QCoreApplication.translate(
                "Words", "Invalid address after the @, expected e.g. mail.ru"
            )
        case EmailProblem.MIXED_ALPHABETS:
            return QCoreApplication.translate("Words", "Russian and Latin letters in one word")
        case EmailProblem.TOO_LONG:
            return QCoreApplication.translate("Words", "The address is too long")
        case _:
            assert_never(problem)
