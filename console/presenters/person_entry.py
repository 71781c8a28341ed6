"""How what is typed of a person was read: a line below each field, and what one key would put."""

from __future__ import annotations

from dataclasses import dataclass

from console import words
from sync.register.calls import CallRecord
from sync.register.email_reading import read_email
from sync.register.known_persons import name_text
from sync.register.name_reading import read_name, readings
from sync.register.phones import Phone, PhoneProblem, PhoneReading, canonical_phone, read_phone
from sync.register.values import Absence, PersonName


@dataclass(frozen=True, slots=True)
class ReadLine:
    """``offer`` says what the key does, ``put`` is the text that it writes; empty without one."""

    text: str = ""
    warns: bool = False
    offer: str = ""
    put: str = ""


NOTHING = ReadLine()


def name_line(name: PersonName | Absence, typed: str) -> ReadLine:
    """``typed`` is the line as it stands in the field."""
    if isinstance(name, Absence):
        return NOTHING
    reading = read_name(typed)
    if reading.doubt is not None and reading.mended is not None:
        mended = name_text(read_name(reading.mended).name)
        doubt = words.person_entry.name_doubt(reading.doubt)
        return ReadLine(doubt, True, words.person_entry.put(mended), mended)
    offer = words.person_entry.read_otherwise() if len(typed.split()) > 1 else ""
    return ReadLine(words.person_entry.name_read(name), offer=offer)


def next_reading(name: PersonName, typed: str) -> PersonName:
    """The way to read the same words that comes after this one, and round again."""
    ways = readings(typed)
    place = ways.index(name) if name in ways else -1
    return ways[(place + 1) % len(ways)]


def phone_line(card: CallRecord, typed: str, area_code: str) -> ReadLine:
    """``typed`` is what the operator typed, empty where nobody did."""
    if isinstance(card.phone, Absence):
        return NOTHING
    read = read_phone(typed or card.phone, area_code)
    if isinstance(read, PhoneProblem):
        return ReadLine(words.person_entry.phone_problem(read), warns=True)
    said = [_phone_read(read, typed)]
    own = canonical_phone(card.caller_number_raw, area_code)
    if own is not None and own != read.canonical:
        said.append(words.person_entry.calls_from(own))
    return ReadLine(". ".join(filter(None, said)), warns=read.reading is PhoneReading.UNASSIGNED)


def _phone_read(read: Phone, typed: str) -> str:
    return words.person_entry.phone_read(read.reading, typed)


def email_line(card: CallRecord) -> ReadLine:
    if isinstance(card.email, Absence):
        return NOTHING
    reading = read_email(card.email)
    text = words.person_entry.email_read(reading)
    if reading.proposal is None:
        return ReadLine(text, warns=reading.problem is not None)
    return ReadLine(text, True, words.person_entry.put(reading.proposal), reading.proposal)
