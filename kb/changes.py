"""What can happen to a directory, as a feed delivers it."""

from dataclasses import dataclass
from datetime import date, datetime

from kb.attachments import Attachment, content_hash
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


@dataclass(frozen=True, slots=True)
class AttachmentPut:
    """A document of an entry is new, has a new content or other data.

    ``sha256`` is the content's ``content_hash``. Without ``content`` the directory already has it,
    from a version before or another document. Raises ValueError for a hash of another content.
    """

    attachment: Attachment
    sha256: str
    content: bytes | None = None
    by: str = ""
    at: datetime | None = None

    def __post_init__(self) -> None:
        if self.content is not None and content_hash(self.content) != self.sha256:
            raise ValueError("the hash is that of another content")


@dataclass(frozen=True, slots=True)
class AttachmentClosed:
    """A document does not hold from the day ``on`` on; one that is not there stays not there."""

    attachment_id: str
    on: date
    by: str = ""
    at: datetime | None = None


Change = EntryPut | EntryClosed | AttachmentPut | AttachmentClosed


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
