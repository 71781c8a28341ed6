"""The order in which units stand where somebody is to be called now: who is there comes first."""

from collections.abc import Callable, Iterator, Sequence

from kb.entries import Entry, UnitDetails
from kb.search import Hit, SearchResult
from kb.text import STOP_WORDS, folded_words

# Of the best score. Units found by their headings lie within it, whatever else tells them apart;
# one of which only the text has the word has a quarter or less.
AS_WELL = 0.6


def reachable_first(found: SearchResult, is_away: Callable[[Entry], bool]) -> tuple[Entry, ...]:
    """The units found; of those that fit the words about as well, those that are away stand last.

    The one that is named exactly is not put back: who asks for it is to see that it is closed.
    """
    named = [hit for hit in found.hits if _is_named(hit.entry, found)]

    def stands_back(hit: Hit) -> bool:
        # A name that several have says nothing for any of them.
        return is_away(hit.entry) and [hit] != named

    return tuple(
        hit.entry for group in _as_good(found.hits) for hit in sorted(group, key=stands_back)
    )


def _as_good(hits: Sequence[Hit]) -> Iterator[Sequence[Hit]]:
    """The hits in groups, each of those that are about as good as its first."""
    start = 0
    for place, hit in enumerate(hits):
        if hit.score < AS_WELL * hits[start].score:
            yield hits[start:place]
            start = place
    yield hits[start:]


def _is_named(entry: Entry, found: SearchResult) -> bool:
    """Whether the words are a title of the unit, whole, in any of their forms."""

    def stems(words: Sequence[str]) -> Sequence[str]:
        return [found.marker.stem(word) for word in words if word not in STOP_WORDS]

    asked = stems(found.reading.words)
    short = entry.details.short_title if isinstance(entry.details, UnitDetails) else ""
    return any(asked == stems(folded_words(title)) for title in (entry.title, short) if title)
