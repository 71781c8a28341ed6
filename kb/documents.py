"""What the index holds of an entry: stems of its title, of its other names, and of its text."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kb.entries import (
    Entry,
    PersonDetails,
    Phone,
    ServiceDetails,
    TopicDetails,
    UnitDetails,
)
from kb.text import words_of

NAME_BREAK = " | "  # between two names; no word is written so, and FTS5 does not index it


@dataclass(frozen=True, slots=True)
class Document:
    """Stems parted by spaces, with a space on both sides; and every surface word's stem.

    ``names`` holds the other names parted by ``NAME_BREAK``; phones stand there too, since callers
    and operators name a unit or a person by them.
    """

    title: str
    names: str
    body: str
    stem_of: dict[str, str]

    def stems(self) -> frozenset[str]:
        return frozenset(self.stem_of.values())


def document_of(entry: Entry, stem: Callable[[str], str]) -> Document:
    """The document of an entry."""
    stem_of: dict[str, str] = {}

    def stemmed(text: str) -> str:
        found = []
        for word in words_of(text):
            word_stem = stem(word.text)
            stem_of[word.text] = word_stem
            found.append(word_stem)
        return " ".join(found)

    names = (stemmed(name) for name in _names(entry))
    body = stemmed("\n".join(_body(entry)))
    title = stemmed(entry.title)
    return Document(
        title=f" {title} ",
        names=f" {NAME_BREAK.join(name for name in names if name)} ",
        body=f" {body} ",
        stem_of=stem_of,
    )


def _names(entry: Entry) -> Iterable[str]:
    yield from entry.names
    match entry.details:
        case UnitDetails(short_title=short_title, phones=phones):
            yield short_title
            yield from _dialled(phones)
        case PersonDetails(phones=phones):
            yield from _dialled(phones)


def _dialled(phones: Iterable[Phone]) -> Iterable[str]:
    for phone in phones:
        yield from _phone_spellings(phone.number)
        yield phone.extension


def _phone_spellings(number: str) -> Iterable[str]:
    """The ways a number is asked for: ``8799921000``, ``21000`` (as 2-10-00) and ``1000``."""
    digits = re.sub(r"\D", "", number)
    if len(digits) == 11 and digits[0] in "78":
        yield digits[1:]
    local = re.split(r"[\s)]", number.strip())[-1]
    local_digits = re.sub(r"\D", "", local)
    yield local_digits
    if len(local_digits) > 4:
        yield local_digits[-4:]


def _body(entry: Entry) -> Iterable[str]:
    yield entry.spoken
    yield entry.body
    match entry.details:
        case UnitDetails() as unit:
            yield unit.address
            yield from (phone.purpose for phone in unit.phones)
            yield unit.email
        case PersonDetails() as person:
            yield person.post
            yield from (phone.purpose for phone in person.phones)
            yield person.email
        case ServiceDetails() as service:
            yield from service.steps
            yield from service.documents
            yield service.term
            yield service.fee
        case TopicDetails(route=route):
            yield route
