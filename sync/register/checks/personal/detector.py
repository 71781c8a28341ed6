"""Check of a text for personal data (Regulation 6.12), combined from this folder's detectors."""

from __future__ import annotations

from collections.abc import Iterator

from sync.register.checks.check import Detector
from sync.register.checks.finding import Finding, FindingKind
from sync.register.checks.morphology import Morphology
from sync.register.checks.personal.accounts import find_account_names
from sync.register.checks.personal.addresses import find_addresses
from sync.register.checks.personal.contacts import find_emails, find_phones, phone_digits
from sync.register.checks.personal.documents import (
    find_bank_numbers,
    find_birth_dates,
    find_documents,
    find_plates,
)
from sync.register.checks.personal.health import find_health
from sync.register.checks.personal.known import Known, KnownPeople, NameWords
from sync.register.checks.personal.name_context import is_public
from sync.register.checks.personal.names import find_names
from sync.register.checks.personal.piece import DataType, Piece
from sync.register.checks.personal.secrecy import find_secrets

PARAGRAPH = "6.12"
# Look-alike and invisible characters; each is replaced by one character, which preserves offsets.
PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u200b\u200c\u200d\u2060\ufeff", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-"),
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        "\uff0b": "+",
        "\uff20": "@",
    }
)


def personal_data_detector(morphology: Morphology, known: Known) -> Detector:
    """Builds a detector of personal data that makes a message non-public; public persons are
    ignored.
    """
    name_words = NameWords(morphology)
    people = KnownPeople(known.names, morphology, name_words)
    world_known = KnownPeople(known.world_known, morphology, name_words)
    phones = frozenset(phone_digits(number) for number in known.phones)
    emails = frozenset(address.lower() for address in known.emails)

    def pieces(text: str) -> Iterator[Piece]:
        # Data with check digits or a label takes precedence over data with a similar form.
        yield from (
            piece
            for piece in find_emails(text)
            if text[piece.start : piece.end].lower() not in emails
        )
        yield from find_account_names(text)
        yield from find_documents(text)
        yield from find_bank_numbers(text)
        yield from find_phones(text, phones)
        yield from find_plates(text)
        yield from find_birth_dates(text)
        yield from find_addresses(text)
        yield from find_health(text)
        yield from find_secrets(text)
        for found in find_names(text, name_words):
            famous = found.name.surname and world_known.has(found.name)
            if not famous and not people.has(found.name) and not is_public(text, found):
                yield Piece(DataType.NAME, found.start, found.end)

    def detect(text: str) -> tuple[Finding, ...]:
        kept: list[Piece] = []
        for piece in pieces(text.translate(PLAIN)):
            if all(piece.end <= other.start or other.end <= piece.start for other in kept):
                kept.append(piece)
        return tuple(_finding(piece, text) for piece in kept)

    return detect


def _finding(piece: Piece, text: str) -> Finding:
    return Finding(
        kind=FindingKind.PERSONAL_DATA,
        level=piece.level,
        type=piece.type.value,
        start=piece.start,
        end=piece.end,
        text=text[piece.start : piece.end],
        paragraph=PARAGRAPH,
    )
