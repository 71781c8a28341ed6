"""Rows pushed to the centre so that one it refuses holds up no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sync.exchange.failures import KNOWN_ERRORS, Permanent, Transient, classify
from sync.store.outbox import OutboxRow

NOT_KEPT = "not_kept"  # the centre committed and holds no such row


@dataclass(frozen=True, slots=True)
class Kept:
    """The centre's COMMIT has returned, and it holds these rows or later revisions of them."""

    rows: tuple[OutboxRow, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The centre refuses this row for what stands in it; ``code`` as in ``Permanent``."""

    row: OutboxRow
    code: str


def push_apart(
    push: Callable[[Sequence[OutboxRow]], frozenset[int]], rows: Sequence[OutboxRow]
) -> Iterator[Kept | Refused]:
    """Push these rows, one revision of each record; refused ones are found by halving.

    Each part is pushed when the one before it was taken from the iterator. Raises one of
    KNOWN_ERRORS where the failure is not the rows'.
    """
    try:
        held = push(rows)
    except KNOWN_ERRORS as error:
        match classify(error):
            case Permanent(code) if len(rows) == 1:
                yield Refused(rows[0], code)
            case Permanent():
                middle = len(rows) // 2
                yield from push_apart(push, rows[:middle])
                yield from push_apart(push, rows[middle:])
            case Transient():
                raise
        return
    yield Kept(tuple(row for row in rows if row.seq in held))
    for row in rows:
        if row.seq not in held:
            yield Refused(row, NOT_KEPT)
