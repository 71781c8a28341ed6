"""What can happen to a directory, as a feed delivers it."""

from dataclasses import dataclass
from datetime import date, datetime

from kb.entries import Entry


@dataclass(frozen=True, slots=True)
class EntryPut:
    """An entry is new or has new text; ``at`` is now where the feed does not say."""

    entry: Entry
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryClosed:
    """An entry does not hold from the day ``on`` on; one that is not there stays not there."""

    entry_id: str
    on: date
    by: str = ""
    at: datetime | None = None


Change = EntryPut | EntryClosed


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of an entry: ``number`` from 1, when it came, who made it and by which deed.

    ``action`` is ``put``, ``close`` or ``restore``; ``by`` is empty where nobody was named.
    """

    number: int
    at: datetime
    by: str
    action: str
    entry: Entry
