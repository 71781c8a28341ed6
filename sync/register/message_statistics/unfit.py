"""Messages that no category fits: what a proposal of new ones rests on (Regulation 2.6, 4.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sync.register.checks.grounds import Ground
from sync.register.handling.contents import Contents
from sync.register.handling.events import Step
from sync.register.handling.handled import HandledMessage
from sync.register.message_statistics.way import Passage, way_of


class Unfit(StrEnum):
    """How it shows that a category does not suffice."""

    OTHER = "other"
    """It stands under a category such as «Другое»."""
    REFUSED = "refused"
    """It was refused because no category fits (7.7)."""
    CORRECTED = "corrected"
    """It came under one category and was moved to another at the review."""


@dataclass(frozen=True, slots=True)
class UnfitMessage:
    """Topic and category are those it came under, ``became`` the category it was moved to."""

    id: UUID
    kind: Unfit
    topic: str | None
    category: str | None
    became: str | None
    organs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnfitGroup:
    """Messages that show the same; the organs that had them, most often first."""

    kind: Unfit
    topic: str | None
    category: str | None
    became: str | None
    ids: tuple[UUID, ...]
    organs: tuple[str, ...]


def unfit_groups(
    messages: Iterable[HandledMessage], others: Collection[str]
) -> tuple[UnfitGroup, ...]:
    """The groups of these messages, the greatest first; ``others`` are categories for the rest."""
    groups: dict[tuple[Unfit, str | None, str | None, str | None], list[UnfitMessage]] = {}
    for message in messages:
        for one in unfit_of(message, others):
            key = (one.kind, one.topic, one.category, one.became)
            groups.setdefault(key, []).append(one)
    made = (_group(key, found) for key, found in groups.items())
    return tuple(
        sorted(made, key=lambda one: (-len(one.ids), one.kind, one.topic or "", one.category or ""))
    )


def unfit_of(message: HandledMessage, others: Collection[str]) -> tuple[UnfitMessage, ...]:
    """All that one message shows; at most one of each kind."""
    way = way_of(message.history)
    organs = tuple(dict.fromkeys(one.after.organ for one in way if one.after.organ is not None))
    return tuple(
        UnfitMessage(message.id, kind, contents.topic, contents.category, became, organs)
        for kind, contents, became in _shown(way, others)
    )


def _shown(
    way: tuple[Passage, ...], others: Collection[str]
) -> Iterator[tuple[Unfit, Contents, str | None]]:
    if not way:
        return
    last = way[-1].after
    if Ground.CATEGORY in last.refused_on:
        yield Unfit.REFUSED, last.contents, None
    elif last.contents.category in others:
        yield Unfit.OTHER, last.contents, None
    corrected = [one for one in way if one.event.step is Step.CORRECT]
    if corrected:
        before, became = corrected[0].before.contents, corrected[-1].after.contents.category
        if before.category is not None and before.category != became:
            yield Unfit.CORRECTED, before, became


def _group(
    key: tuple[Unfit, str | None, str | None, str | None], found: list[UnfitMessage]
) -> UnfitGroup:
    organs = Counter(organ for one in found for organ in one.organs)
    kind, topic, category, became = key
    return UnfitGroup(
        kind,
        topic,
        category,
        became,
        ids=tuple(one.id for one in found),
        organs=tuple(sorted(organs, key=lambda organ: (-organs[organ], organ))),
    )
