"""Words of how a name, a telephone and an address were read, and of what is proposed for them."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from console.words.formats import phone_text
from console.words.spelled import email_aloud
from sync.register.email_reading import EmailReading, EmailSlip
from sync.register.name_reading import NameDoubt
from sync.register.phones import PhoneProblem, PhoneReading
from sync.register.values import EmailProblem, PersonName


def name_read(name: PersonName) -> str:
    """Which word was taken for what."""
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
                "Words", "Latin letters stand among the Russian ones: no search will find the name"
            )
        case NameDoubt.OTHER_LAYOUT:
            return QCoreApplication.translate("Words", "The keyboard was Latin")
        case _:
            assert_never(doubt)


def read_otherwise() -> str:
    return QCoreApplication.translate("Words", "read otherwise")


def put(text: str) -> str:
    """The offer to write this in place of what stands there."""
    return QCoreApplication.translate("Words", "put %1").replace("%1", text)


def calls_from(number: str) -> str:
    text = QCoreApplication.translate("Words", "The call comes from %1")
    return text.replace("%1", phone_text(number))


def phone_read(reading: PhoneReading, typed: str) -> str:
    """How a telephone was read, where that is more than taking away its blanks."""
    match reading:
        case PhoneReading.CITY_CODE_ADDED:
            text = QCoreApplication.translate("Words", "From “%1”: the code of the city was added")
        case PhoneReading.SLIP_MENDED:
            text = QCoreApplication.translate("Words", "From “%1”: the prefix was mended")
        case PhoneReading.UNASSIGNED:
            text = QCoreApplication.translate("Words", "No network has such numbers: ask once more")
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
            return QCoreApplication.translate("Words", "There is no digit in it")
        case PhoneProblem.SERVICE_NUMBER:
            return QCoreApplication.translate(
                "Words", "A short number: it cannot be called from outside"
            )
        case PhoneProblem.TOO_SHORT:
            return QCoreApplication.translate("Words", "Digits are missing: ask once more")
        case PhoneProblem.TOO_LONG:
            return QCoreApplication.translate("Words", "Too many digits: ask once more")
        case PhoneProblem.SEVERAL:
            return QCoreApplication.translate(
                "Words", "Several numbers: leave one, the others go into the text"
            )
        case PhoneProblem.NO_SUCH_NUMBER:
            return QCoreApplication.translate("Words", "There is no such number: ask once more")
        case _:
            assert_never(problem)


def email_read(reading: EmailReading) -> str:
    """What is wrong with the address; for one without a doubt, how to read it back."""
    if reading.slip is not None:
        return _slip(reading.slip)
    if reading.problem is not None:
        return email_problem(reading.problem)
    text = QCoreApplication.translate("Words", "Read back: %1")
    return text.replace("%1", email_aloud(reading.address))


def _slip(slip: EmailSlip) -> str:
    match slip:
        case EmailSlip.OTHER_LAYOUT:
            return QCoreApplication.translate("Words", "The keyboard was Russian")
        case EmailSlip.CYRILLIC_LETTERS:
            return QCoreApplication.translate("Words", "Russian letters stand among the Latin ones")
        case EmailSlip.SIGNS:
            return QCoreApplication.translate("Words", "The signs are not those of an address")
        case EmailSlip.DOMAIN:
            return QCoreApplication.translate("Words", "The end of the address looks like a slip")
        case _:
            assert_never(slip)


def email_problem(problem: EmailProblem) -> str:
    match problem:
        case EmailProblem.EMPTY:
            return ""
        case EmailProblem.SPACE:
            return QCoreApplication.translate("Words", "There is a blank in the address")
        case EmailProblem.NO_AT_SIGN:
            return QCoreApplication.translate("Words", "There is no @ in the address")
        case EmailProblem.SEVERAL_AT_SIGNS:
            return QCoreApplication.translate("Words", "There is more than one @ in the address")
        case EmailProblem.NO_NAME:
            return QCoreApplication.translate("Words", "Nothing stands before the @")
        case EmailProblem.CYRILLIC_IN_NAME:
            return QCoreApplication.translate("Words", "Before the @ stand Latin letters only")
        case EmailProblem.BAD_NAME:
            return QCoreApplication.translate("Words", "What stands before the @ is no address")
        case EmailProblem.BAD_DOMAIN:
            return QCoreApplication.translate(
                "Words", "What stands after the @ is no address, as mail.ru is"
            )
        case EmailProblem.MIXED_ALPHABETS:
            return QCoreApplication.translate(
                "Words", "Russian and Latin letters stand in one word"
            )
        case EmailProblem.TOO_LONG:
            return QCoreApplication.translate("Words", "The address is too long")
        case _:
            assert_never(problem)
