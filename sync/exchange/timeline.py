"""Decides which branch of the central database's history a workplace may write to.

A promoted standby, or a server recovered from a backup, starts a branch with a higher timeline and
may lack records that the former server acknowledged. The former server, if it returns unfenced,
still accepts records, but nothing reads them.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from sync.store.central.server_identity import CentralFacts, CentralMark


class Verdict(StrEnum):
    """What a workplace does with a branch that it has met."""

    SAME = "same"
    """Write on."""
    AHEAD = "ahead"
    """Write, after all that was sent of late is queued again."""
    SUCCESSOR = "successor"
    """An administrator put it in the place of the former: write, after all is queued again."""
    OLDER = "older"
    """A dead branch: never write there."""
    OTHER = "other"
    """Another database: never write there."""


REFUSED = frozenset((Verdict.OLDER, Verdict.OTHER))


def judge(mark: CentralMark | None, met: CentralFacts) -> Verdict:
    """What to do with the branch that was met, for a store that last wrote to ``mark``."""
    if mark is None:
        # a store of a former program may have sent records and noted no branch
        return Verdict.AHEAD
    if _is_newer(met.succession, mark.succession):
        return Verdict.SUCCESSOR
    if met.branch.system_identifier != mark.branch.system_identifier:
        return Verdict.OTHER
    if met.branch.timeline < mark.branch.timeline:
        return Verdict.OLDER
    return Verdict.SAME if met.branch.timeline == mark.branch.timeline else Verdict.AHEAD


def _is_newer(met: UUID | None, followed: UUID | None) -> bool:
    """Whether this takeover came after the one followed; their identities sort by time."""
    return met is not None and (followed is None or met > followed)
