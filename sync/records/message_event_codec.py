"""Converts message events to rows of the event table and back, with their data as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields
from datetime import time
from typing import Any, get_args
from uuid import UUID

from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union
from sqlalchemy import RowMapping

from sync.records.course_codec import Row
from sync.records.row_codec import plain
from sync.register.handling import step_facts
from sync.register.handling.events import Doer, Event, Source, Step
from sync.register.handling.step_facts import Facts
from sync.register.numbering import RegistrationNumber
from sync.register.people.operators import Person, Role

EVENT_SCHEMA_VERSION = 1

# Tags are stored for years: a class may be renamed, its tag may not.
_TAGS: dict[type[Any], str] = {
    step_facts.NoFacts: "nothing",
    step_facts.Explained: "explained",
    step_facts.TakenBack: "taken_back",
    step_facts.Told: "told",
    step_facts.PublicityStated: "publicity",
    step_facts.ConfidentialFound: "confidential",
    step_facts.Linked: "link",
    step_facts.SplitUp: "split",
    step_facts.CallLinked: "call",
    step_facts.Numbered: "number",
    step_facts.RefusedOn: "refused_on",
    step_facts.Notified: "notified",
    step_facts.Repeated: "repeated",
    step_facts.Routed: "routed",
    step_facts.AnswerGiven: "answer",
    step_facts.Rated: "rated",
    step_facts.VotesCounted: "votes",
}


_EDITION = "edition"
_FIELDS = {each.name for kind in _TAGS for each in fields(kind)}
assert _EDITION not in _FIELDS  # noqa: S101  facts may not have a field that is the event's


def _tag(kind: type[Any]) -> str:
    return _TAGS[kind]


_CONVERTER = make_converter()
_CONVERTER.register_unstructure_hook(UUID, str)
_CONVERTER.register_structure_hook(UUID, lambda text, _kind: UUID(text))
_CONVERTER.register_unstructure_hook(time, time.isoformat)
_CONVERTER.register_structure_hook(time, lambda text, _kind: time.fromisoformat(text))
configure_tagged_union(Facts, _CONVERTER, tag_generator=_tag, tag_name="kind")
assert set(_TAGS) == set(get_args(Facts))  # noqa: S101  a kind of facts without a tag is a bug


def event_row(event: Event, seq: int) -> Row:
    """Returns the columns of ``message_event``; ``seq`` counts the message's events from 1."""
    return {
        "id": event.id,
        "message_id": event.message_id,
        "seq": seq,
        "step": event.step.value,
        "at": event.at,
        **_doer(event.by),
        "facts": _facts_row(event),
        "schema_version": EVENT_SCHEMA_VERSION,
    }


def _facts_row(event: Event) -> Row:
    """Returns the event data with the regulation version under which they were recorded.

    Both are in one document, so older programs and an older central database pass it on unchanged.
    """
    row: Row = _CONVERTER.unstructure(event.facts, unstructure_as=Facts)
    return {**row, _EDITION: event.edition} if event.edition else row


def sent_events(
    events: Sequence[Event], number: RegistrationNumber | None, chosen: Collection[UUID]
) -> Iterator[tuple[UUID, Row]]:
    """Yields the chosen events of a message's full history as rows for the central database.

    Each row names the previous event, because the central database rejects an event before its
    predecessor.
    """
    before: UUID | None = None
    for seq, event in enumerate(events, start=1):
        if event.id in chosen:
            row = {**event_row(event, seq), "after_id": before}
            yield event.id, plain({**row, "number": str(number), "revision": 1})
        before = event.id


def event_of(row: RowMapping) -> Event:
    """Returns the event of a row of ``message_event``."""
    return Event(
        id=row["id"],
        message_id=row["message_id"],
        step=Step(row["step"]),
        at=row["at"],
        by=_doer_of(row),
        facts=_CONVERTER.structure(row["facts"], Facts),  # type: ignore[arg-type]  # a union
        edition=row["facts"].get(_EDITION, ""),
    )


def _doer(doer: Doer) -> Row:
    if isinstance(doer, Person):
        return {
            "source": None,
            "by_id": doer.id,
            "by_name": doer.name,
            "by_role": doer.role.value,
        }
    return {"source": doer.value, "by_id": None, "by_name": None, "by_role": None}


def _doer_of(row: RowMapping) -> Doer:
    if row["source"] is not None:
        return Source(row["source"])
    return Person(row["by_id"], row["by_name"], Role(row["by_role"]))
