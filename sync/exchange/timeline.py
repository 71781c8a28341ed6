"""Decides whether a workplace may write to a timeline of the central database's history.

A promoted standby, or a server recovered from a backup, starts a higher timeline and may lack
records that the former server acknowledged. If the former server returns without fencing, it still
accepts records, but no console reads them.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from sync.store.central.server_identity import CentralFacts, CentralMark


class Verdict(StrEnum):
    """Verdict on the timeline of a connected server."""

    SAME = "same"
    """Continue to write."""
    AHEAD = "ahead"
    """Write, after recently sent rows are queued again."""
    SUCCESSOR = "successor"
    """Replacement declared by an administrator: write, after all rows are queued again."""
    OLDER = "older"
    """Superseded timeline: never write."""
    OTHER = "other"
    """Another database: never write."""


REFUSED = frozenset((Verdict.OLDER, Verdict.OTHER))


def judge(mark: CentralMark | None, met: CentralFacts) -> Verdict:
    """Returns the verdict on the server ``met`` for a local database that last wrote to the
    timeline ``mark``.
    """
    if mark is None:
        # An older version may have sent records without storing the timeline.
        return Verdict.AHEAD
    if _is_newer(met.succession, mark.succession):
        return Verdict.SUCCESSOR
    if met.branch.system_identifier != mark.branch.system_identifier:
        return Verdict.OTHER
    if met.branch.timeline < mark.branch.timeline:
        return Verdict.OLDER
    return Verdict.SAME if met.branch.timeline == mark.branch.timeline else Verdict.AHEAD


def _is_newer(met: UUID | None, followed: UUID | None) -> bool:
    """Whether this takeover is later than the one followed; takeover ids sort by time."""
    return met is not None and (followed is None or met > followed)
