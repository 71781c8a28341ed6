"""Queries to the directory by kind, with the entries that answer them.

Queries worded by people are read from tests/data/search; the others are generated from the entries'
titles, phones, addresses and names with a seed.
"""

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kb.entries.entries import Entry, EntryKind, PersonDetails, Phone, UnitDetails
from kb.files.importing import read_folder
from tests.benchmarks.search import spelling

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "resources" / "directory" / "sample"
WORDED = ROOT / "tests" / "data" / "search"
NO_TITLE = "no_title"  # asked when the entries have lost their titles and other names

SPELLINGS: dict[str, spelling.Spelling] = {
    "exact": lambda text, _chance: text,
    "prefix": spelling.prefix,
    "all_prefix": spelling.every_word_cut,
    "typo1": spelling.one_typo,
    "typo2": spelling.two_typos,
    "typo_every": spelling.typo_in_every_word,
    "typo_first": spelling.typo_in_first_letter,
    "layout": spelling.wrong_layout,
    "translit": spelling.latin_letters,
    "yo": spelling.other_yo,
    "mixture": spelling.mixture,
}
ADDRESS = re.compile(r"(?:ул\.|просп\.|пл\.|микрорайон)\s+([А-ЯЁа-яё-]+), д\. (\w+)")


class Half(StrEnum):
    TUNE = "tune"
    REPORT = "report"


class Domain(StrEnum):
    MUNICIPAL = "municipal"
    RAILWAY = "railway"


@dataclass(frozen=True, slots=True)
class Query:
    """The query text, and the ids of the entries any of which answers it."""

    kind: str
    text: str
    answers: frozenset[str]
    half: Half


def half_of(entry_id: str) -> Half:
    """The half an entry's queries belong to, by the entry alone."""
    even = hashlib.sha256(entry_id.encode()).digest()[0] % 2 == 0
    return Half.TUNE if even else Half.REPORT


def entries_of(domain: Domain) -> tuple[Entry, ...]:
    """The entries that are asked for; the others of a large directory only fill it."""
    folder = SAMPLE if domain is Domain.MUNICIPAL else WORDED / domain / "entries"
    return read_folder(folder)


def queries_of(domain: Domain, entries: Sequence[Entry], each: int, seed: int) -> list[Query]:
    """All queries of a domain; ``each`` of a kind that is made, as many as there are of others."""
    return [*_worded(domain, {entry.id for entry in entries}), *_made(entries, each, seed)]


def without_title(entry: Entry) -> Entry:
    """The entry as a careless editor leaves it: a text without a title and without names."""
    return Entry(
        entry.id, entry.kind, "", entry.body, topic=entry.topic, spoken=entry.spoken,
        details=entry.details,
    )  # fmt: skip


def asked_without_title(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.kind in (EntryKind.QUESTION, EntryKind.SERVICE)]


def _worded(domain: Domain, known: set[str]) -> Iterator[Query]:
    for file in sorted((WORDED / domain).glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            answers = record["answers"]
            unknown = set(answers) - known
            if unknown:
                raise ValueError(f"{file.name}: no entries {sorted(unknown)}")
            yield Query(file.stem, record["query"], frozenset(answers), half_of(answers[0]))


def _made(entries: Sequence[Entry], each: int, seed: int) -> Iterator[Query]:
    titled = [entry for entry in entries if _telling(entry)]
    of_title: dict[str, set[str]] = {}
    for entry in entries:
        of_title.setdefault(spelling.plain(entry.title).lower(), set()).add(entry.id)

    def query(kind: str, text: str, entry: Entry) -> Query:
        answers = of_title[spelling.plain(entry.title).lower()]
        return Query(kind, text, frozenset(answers), half_of(entry.id))

    for kind, spelt in SPELLINGS.items():
        chance = _chance(seed, kind)
        for entry in chance.sample(titled, min(each, len(titled))):
            yield query(kind, spelt(spelling.plain(entry.title), chance), entry)
    chance = _chance(seed, NO_TITLE)
    untitled = asked_without_title(entries)
    for entry in chance.sample(untitled, min(each, len(untitled))):
        yield query(NO_TITLE, spelling.plain(entry.title), entry)
    for kind, made in (
        ("phone", _phones(entries, seed)),
        ("surname", _surnames(entries, seed)),
        ("address", _addresses(entries, seed)),
        ("layout_latin", _latin(entries, seed)),
    ):
        chosen = list(made)
        chance = _chance(seed, kind)
        for text, answers in chance.sample(chosen, min(each, len(chosen))):
            yield Query(kind, text, frozenset(answers), half_of(answers[0]))


def _telling(entry: Entry) -> bool:
    """Whether a title is more than a word common to hundreds of entries."""
    words = [word for word in spelling.plain(entry.title).split() if len(word) > 3]
    return entry.kind is not EntryKind.PERSON and len(words) >= 2


def _phones(entries: Sequence[Entry], seed: int) -> Iterator[tuple[str, list[str]]]:
    """A number whole, without its code, its last four digits, and extensions."""
    chance = _chance(seed, "phone spelling")
    numbers = [(entry.id, phone) for entry in entries for phone in _phones_of(entry)]
    spellings: dict[str, list[str]] = {}
    for entry_id, phone in numbers:
        digits = re.sub(r"\D", "", phone.number)
        local = phone.number.split()[-1]
        if len(digits) == 11:
            whole = chance.choice((phone.number, f"8{digits[1:]}", f"8 {digits[1:6]} {local}"))
            shown = [whole, local, local.replace("-", ""), local[-5:]]
        else:
            shown = [phone.number]
        for text in shown:
            spellings.setdefault(text, []).append(entry_id)
        if phone.extension:
            told = chance.choice((f"доб. {phone.extension}", f"доб {phone.extension}"))
            spellings.setdefault(told, []).append(entry_id)
    yield from spellings.items()


def _phones_of(entry: Entry) -> Sequence[Phone]:
    match entry.details:
        case UnitDetails(phones=phones) | PersonDetails(phones=phones):
            return phones
        case _:
            return ()


def _surnames(entries: Sequence[Entry], seed: int) -> Iterator[tuple[str, list[str]]]:
    """A surname, the part of it that was heard, with the name, in another case, in lower case."""
    chance = _chance(seed, "surname spelling")
    people = [entry for entry in entries if entry.kind is EntryKind.PERSON]
    for person in people:
        surname, name = person.title.split()[:2]
        heard = surname[: max(5, len(surname) * 2 // 3)]
        text = chance.choice(
            (surname.lower(), heard.lower(), f"{surname} {name}", f"{name} {surname}".lower(),
             f"{surname} {name[0]}", f"{surname}у".lower())
        )  # fmt: skip
        yield text, [other.id for other in people if other.title.startswith(heard)]


def _addresses(entries: Sequence[Entry], seed: int) -> Iterator[tuple[str, list[str]]]:
    """A street and a house, as they are said."""
    chance = _chance(seed, "address spelling")
    at: dict[tuple[str, str], list[str]] = {}
    for entry in entries:
        if isinstance(entry.details, UnitDetails):
            found = ADDRESS.search(entry.details.address)
            if found is not None:
                at.setdefault((found[1], found[2]), []).append(entry.id)
    for (street, house), answers in at.items():
        text = chance.choice(
            (f"{street} {house}", f"{street.lower()} {house}", f"ул {street} д {house}",
             f"на {street.lower()} дом {house}", f"{street.lower()[:6]} {house}")
        )  # fmt: skip
        yield text, answers


def _latin(entries: Sequence[Entry], seed: int) -> Iterator[tuple[str, list[str]]]:
    """The name before the @ of an electronic address, typed while the keyboard is Russian."""
    chance = _chance(seed, "layout_latin spelling")
    for entry in entries:
        email = entry.details.email if isinstance(entry.details, UnitDetails) else ""
        name = email.partition("@")[0]
        if len(name) >= 4:
            yield spelling.wrong_layout_of_latin(name, chance), [entry.id]


def _chance(seed: int, kind: str) -> random.Random:
    """A generator for each kind, so a new kind changes no other."""
    return random.Random(f"{seed} {kind}")  # noqa: S311
