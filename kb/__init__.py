"""The directory: entries, their file, and a search that forgives."""

from kb.entries import Entry, EntryKind
from kb.search import Hit, SearchResult
from kb.store import Directory

__all__ = ["Directory", "Entry", "EntryKind", "Hit", "SearchResult"]
