"""The order in which hits stand: the best, the others by kind, the operator's own in its place."""

from collections.abc import Sequence
from os.path import commonprefix

from kb.search import Hit

BEST = 3  # stand first whatever their kinds: the right answer is nearly always among them
SHOWN_HITS = 9  # as many as there are digit keys


def in_order(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The best hits as the search ranks them, then the others by kind, the better kind first."""
    best, others = hits[:BEST], hits[BEST:]
    kinds = list(dict.fromkeys(hit.kind for hit in others))
    return (*best, *sorted(others, key=lambda hit: kinds.index(hit.kind)))


def around(held: Hit, place: int, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits in order, but the held one in this place, whether they have it or not."""
    newest = next((hit for hit in hits if hit.entry_id == held.entry_id), held)
    others = in_order([hit for hit in hits if hit.entry_id != held.entry_id])
    return (*others[:place], newest, *others[place:])[:SHOWN_HITS]


def is_new_search(before: str, typed: str) -> bool:
    """Whether the text was replaced, not written on or mended: a search of its own begins."""
    start = len(commonprefix([before, typed]))
    shorter = min(len(before), len(typed))
    end = len(commonprefix([before[start:][::-1], typed[start:][::-1]]))
    return len(typed) <= 1 or 2 * (start + end) < shorter
