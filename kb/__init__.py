"""Directory of the city: entries, their database file, and error-tolerant search."""

from kb.entries.entries import Entry, EntryKind
from kb.search.search import Hit, SearchResult
from kb.store import Directory

__all__ = ["Directory", "Entry", "EntryKind", "Hit", "SearchResult"]
