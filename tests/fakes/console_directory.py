"""A directory that returns entries set by a test, and sample entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import date

from console.core.deliveries import Deliveries
from console.features.directory_search.presenter import SearchNotes
from kb.entries.attachments import Attachment
from kb.entries.entries import (
    AnswerTerm,
    Entry,
    EntryKind,
    PersonDetails,
    Phone,
    TopicDetails,
    UnitDetails,
)
from kb.search.query import Reading
from kb.search.search import Hit, Marker, SearchResult
from kb.search.vocabulary import Group
from kb.text import folded_words
from tests.fakes.console_fakes import InlineExecutor


def _topic(key: str, title: str, owner: str, parent: str | None = None) -> Entry:
    return Entry(key, EntryKind.TOPIC, title, "", owner=owner, details=TopicDetails(parent))


def with_answer_term(topic: Entry, days: int) -> Entry:
    """Returns the topic with an answer deadline of ``days`` working days (3.1)."""
    assert isinstance(topic.details, TopicDetails)
    return replace(topic, details=replace(topic.details, answer_term=AnswerTerm(days, "working")))


TOPICS = (_topic("roads", "Дороги", "road-service"), _topic("waste", "Мусор", "waste-service"))
CATEGORIES = (
    _topic("roads-pits", "Ямы", "road-service", "roads"),
    _topic("roads-signs", "Знаки и разметка", "road-service", "roads"),
    _topic("waste-yard", "Вывоз со двора", "waste-service", "waste"),
    _topic("waste-green", "Ёлки и ветки", "waste-service", "waste"),
)


def sample_question(key: str = "q-1", title: str = "Кто чинит ямы на дороге?") -> Entry:
    return Entry(
        id=key,
        kind=EntryKind.QUESTION,
        title=title,
        body="Ямы на дорогах города устраняет дорожная служба в течение десяти дней.",
        topic="roads",
        section="roads-pits",
        spoken="Ямы чинит дорожная служба за десять дней.",
        owner="road-service",
        author="Образец",
        source="Образец",
        checked_on=date(2026, 11, 1),
        valid_from=date(2026, 1, 1),
    )


def sample_unit(key: str = "road-service") -> Entry:
    return Entry(
        id=key,
        kind=EntryKind.UNIT,
        title="Дорожная служба",
        body="Содержание дорог.",
        author="Образец",
        checked_on=date(2026, 11, 1),
        valid_from=date(2026, 1, 1),
        details=UnitDetails(
            unit_kind="enterprise",
            short_title=key,
            address="ул. Пробная, 1",
            phones=(Phone("+79005550150", "", "приёмная"),),
        ),
    )


def sample_person(key: str = "person-1") -> Entry:
    return Entry(
        id=key,
        kind=EntryKind.PERSON,
        title="Пробный Пётр Петрович",
        body="",
        owner="road-service",
        details=PersonDetails(
            "road-service",
            "Начальник службы",
            (Phone("+79005550150", "7", "приёмная"),),
            "probny@city.example",
            "среда с 15:00",
        ),
    )


def hit(entry: Entry) -> Hit:
    return Hit(entry.id, 1.0, ((0, 3),), entry.kind, entry.title, entry)


def _result(text: str, hits: tuple[Hit, ...], limit: int, only: EntryKind | None) -> SearchResult:
    groups = tuple(Group(word, {word: 1.0}) for word in folded_words(text))
    return SearchResult(
        text,
        Reading(tuple(folded_words(text)), False, False),
        tuple(found for found in hits if only in (None, found.kind))[:limit],
        Counter(found.kind for found in hits),
        Marker(groups, str),
    )


class FakeDirectory:
    """Returns for each text the entries set by the test."""

    def __init__(self) -> None:
        self.found: dict[str, tuple[Hit, ...]] = {}
        self.offered: dict[str, tuple[str, ...]] = {}
        self.asked: list[str] = []
        self.asked_most: tuple[Hit, ...] = ()
        self.picks: list[tuple[str, str]] = []
        self.reworded: list[str] = []
        self.meant: dict[str, tuple[Hit, ...]] = {}
        self.given_up: list[str] = []
        self.documents: tuple[Attachment, ...] = ()
        self.contents: dict[str, bytes] = {}
        self.known_titles = {"road-service": "Дорожная служба"}
        self.encoding_steps = 0
        self.has_encoder = False

    @property
    def knows_meaning(self) -> bool:
        return bool(self.meant)

    def find_by_meaning(
        self, text: str, limit: int = 9, only: EntryKind | None = None
    ) -> SearchResult:
        return self._offering(_result(text, self.meant.get(text, ()), limit, only))

    def load_encoder(self) -> None:
        self.has_encoder = True

    def encode_entries(self, limit: int = 64) -> bool:
        self.encoding_steps -= 1
        return self.encoding_steps > 0

    def abandoned(self, query: str) -> None:
        self.given_up.append(query)

    def find(self, text: str, limit: int = 9, only: EntryKind | None = None) -> SearchResult:
        self.asked.append(text)
        return self._offering(_result(text, self.found.get(text, ()), limit, only))

    def _offering(self, found: SearchResult) -> SearchResult:
        offered = self.offered.get(found.text, ())
        return replace(found, reading=replace(found.reading, offered=offered))

    def attachments(self, *entry_ids: str) -> tuple[Attachment, ...]:
        return tuple(one for one in self.documents if one.entry_id in entry_ids)

    def attachment_content(self, attachment_id: str) -> bytes | None:
        return self.contents.get(attachment_id)

    def titles(self, entry_ids: Collection[str]) -> dict[str, str]:
        return {entry_id: self.known_titles[entry_id] for entry_id in entry_ids}

    def frequent(self, limit: int = 9) -> tuple[Hit, ...]:
        return self.asked_most[:limit]

    def picked(self, query: str, entry_id: str, *, after: Sequence[str] = ()) -> None:
        self.picks.append((query, entry_id))
        self.reworded.extend(after)


def search_notes(
    directory: FakeDirectory,
    writer: Executor,
    deliveries: Deliveries,
    of_people: Collection[str] = (),
) -> SearchNotes:
    """Annotations for the directory; texts in ``of_people`` contain personal data."""

    def of_nobody(texts: Sequence[str]) -> Future[frozenset[str]]:
        return InlineExecutor().submit(lambda: frozenset(texts) - frozenset(of_people))

    return SearchNotes(directory, of_nobody, writer, deliveries)
