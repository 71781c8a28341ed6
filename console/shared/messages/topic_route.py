"""Routing rule of a topic: responsible body, answer deadline, and documents to consult.

Source: the city's thematic regulations. GUI thread only; documents are read on a reader thread.
"""

from collections.abc import Iterable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from console.core.deliveries import Deliveries
from console.shared.directory import words as directory_words
from console.shared.directory.documents import (
    DirectoryOutcomes,
    DocumentOpener,
    HitDocumentsPort,
)
from console.shared.messages import term_words
from console.shared.messages.classifier import Classifier, Organs
from kb.entries.attachments import Attachment
from kb.entries.entries import AnswerTerm, Entry, TopicDetails
from sync.register.handling.answers import rule_for
from sync.register.thematic import Record, rules_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TopicRouteState:
    """Routing rule of a topic and its category; unset values are empty.

    `term` is the deadline of the body if neither category nor topic sets one. `documents` are those
    of the category, then those of the topic; `checklist` has the lines of the topic, then those of
    the category.
    """

    title: str = ""
    organ: str = ""
    participants: tuple[str, ...] = ()
    route: str = ""
    term: str = ""
    checklist: tuple[str, ...] = ()
    documents: tuple[Attachment, ...] = ()


NOTHING_CHOSEN = TopicRouteState()


class TopicRoutePresenter(QObject):
    """Shows the routing rule of one topic; reads documents on a reader thread. GUI thread only."""

    changed = Signal(object)  # TopicRouteState

    def __init__(
        self,
        classifier: Classifier,
        organs: Organs,
        directory: HitDocumentsPort,
        opener: DocumentOpener,
        readers: Executor,
        deliveries: Deliveries,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._classifier = classifier
        self._organs = organs
        self._directory = directory
        self._opener = opener
        self._readers = readers
        self._outcomes = DirectoryOutcomes(deliveries, lambda _error: None)  # shown by search
        self._shown: tuple[str | None, str | None] = (None, None)
        self._state = NOTHING_CHOSEN
        classifier.changed.connect(self.read_again)
        organs.changed.connect(self.read_again)

    @property
    def state(self) -> TopicRouteState:
        return self._state

    def show(self, topic: str | None, category: str | None) -> None:
        """Shows the rule of these directory keys; without a topic, the topic of the category.

        Nothing is shown if both are None.
        """
        entry = self._entry(category)
        asked = topic or (None if entry is None else entry.parent), category
        if asked != self._shown:
            self._shown = asked
            self.read_again()

    def open(self, document: Attachment) -> None:
        """Opens the document in the system's viewer."""
        self._opener.open(document)

    def read_again(self) -> None:
        """Reloads after a possible change of the directory."""
        asked = self._shown
        entries = tuple(filter(None, map(self._entry, asked)))
        documents = self._state.documents if entries else ()
        known = {entry.id for entry in entries}
        kept = tuple(one for one in documents if one.entry_id in known)
        self._show(replace(self._words(entries), documents=kept))
        if entries:
            # Documents of the category are more specific than those of the topic.
            own = tuple(entry.id for entry in reversed(entries))
            ruled = (key for one in self._ruling() for key in one.keys)
            keys = tuple(dict.fromkeys((*own, *ruled)))
            future = self._readers.submit(self._directory.attachments, *keys)
            self._outcomes.read(future, lambda found: self._found(asked, keys, found))

    def _found(
        self,
        asked: tuple[str | None, str | None],
        keys: tuple[str, ...],
        found: tuple[Attachment, ...],
    ) -> None:
        if asked == self._shown:
            # A regulation of several topics has its file attached to only one of them.
            files = {one.file for one in self._ruling()}
            known = {key for key in asked if key is not None}
            fitting = (one for one in found if one.entry_id in known or one.file_name in files)
            ordered = sorted(fitting, key=lambda one: keys.index(one.entry_id))
            self._show(replace(self._state, documents=tuple(ordered)))

    def _ruling(self) -> tuple[Record, ...]:
        today = self._organs.today()
        return tuple(
            one
            for one in self._classifier.records
            if set(one.keys) & set(self._shown)
            and one.valid_from <= today <= (one.valid_to or date.max)
        )

    def _entry(self, key: str | None) -> Entry | None:
        return None if key is None else self._classifier.entry(key)

    def _words(self, entries: tuple[Entry, ...]) -> TopicRouteState:
        """Values of the topic and its category; those of the category take precedence."""
        if not entries:
            return NOTHING_CHOSEN
        details = [one.details for one in entries if isinstance(one.details, TopicDetails)]
        term = _last(one.answer_term for one in details)
        owner = _last(entry.owner for entry in entries)
        if term is None and owner:
            term = self._classifier.unit_term(owner)
        by_document = ""
        ruling = self._ruling()
        topic, category = self._shown
        today = self._organs.today()
        owner = self._classifier.organ_of(topic, category, today) or owner
        rule = rule_for(rules_of(ruling), topic, category, owner or None, today)
        if rule is not None:
            term = AnswerTerm(rule.days, rule.days_of.value)
            by_document = term_words.by_document(rule)
        together = dict.fromkeys(key for one in details for key in one.participants)
        return TopicRouteState(
            title=" › ".join(entry.title for entry in entries),
            organ=self._organs.title(owner) if owner else "",
            participants=tuple(map(self._organs.title, together)),
            route=_last(one.route for one in details) or "",
            term="" if term is None else directory_words.answer_term(term) + by_document,
            checklist=tuple(line for one in details for line in one.checklist),
        )

    def _show(self, state: TopicRouteState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit(state)


def _last(values: Iterable[T]) -> T | None:
    return next((value for value in reversed(list(values)) if value), None)
