"""Questions to a directory whose answers a test looks at."""

from kb.entries.entries import Entry
from kb.store import Directory


def ids_of(directory: Directory, text: str) -> list[str]:
    """What a search finds, the best first."""
    return [hit.entry_id for hit in directory.search(text)]


def entry_of(directory: Directory, entry_id: str) -> Entry:
    """The entry, which has to be there."""
    entry = directory.entry(entry_id)
    assert entry is not None
    return entry
