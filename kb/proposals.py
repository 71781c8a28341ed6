"""Proposals of organs to create or change a topic or a category (Regulation 4.2)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from kb.entries import Entry, EntryKind, TopicDetails


@dataclass(frozen=True, slots=True)
class ProposedTopic:
    """The four parts of 4.2: name, organ responsible, organs that take part, and routing.

    ``entry_id`` is the topic or category to be changed, or the id of one to be made. ``parent``
    is the topic of a category, None for a topic.
    """

    entry_id: str
    name: str
    owner: str
    participants: tuple[str, ...]
    route: str
    parent: str | None = None

    def missing(self) -> Iterator[str]:
        """The parts without which a proposal cannot be made; participants may be none."""
        for part in ("name", "owner", "route"):
            if not getattr(self, part).strip():
                yield part


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of a proposal: who decided when, and why."""

    accepted: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal that an editor wrote down for an organ; without a decision it is open."""

    id: str
    topic: ProposedTopic
    organ: str
    by: str
    at: datetime
    decision: Decision | None = None


def entry_of_proposal(topic: ProposedTopic, before: Entry | None, author: str) -> Entry:
    """The topic's entry as it is once the proposal is accepted.

    What a proposal does not speak of stays as it was. Raises ValueError where the id is that of an
    entry which is no topic.
    """
    if before is None:
        before = Entry(topic.entry_id, EntryKind.TOPIC, "", "", author=author)
    if before.kind is not EntryKind.TOPIC:
        raise ValueError(f"{before.id!r} is no topic")
    details = before.details if isinstance(before.details, TopicDetails) else TopicDetails()
    return replace(
        before,
        title=topic.name,
        owner=topic.owner,
        details=replace(
            details, parent=topic.parent, participants=topic.participants, route=topic.route
        ),
    )
