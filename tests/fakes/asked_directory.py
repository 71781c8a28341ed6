"""Queries to a directory for assertions in tests."""

from kb.entries.entries import Entry
from kb.store import Directory


def ids_of(directory: Directory, text: str) -> list[str]:
    """Returns the ids of the search results, the best first."""
    return [hit.entry_id for hit in directory.search(text)]


def entry_of(directory: Directory, entry_id: str) -> Entry:
    """Returns the entry; AssertionError if it does not exist."""
    entry = directory.entry(entry_id)
    assert entry is not None
    return entry
