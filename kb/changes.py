"""What can happen to a directory, as a feed delivers it."""

from dataclasses import dataclass
from datetime import date, datetime

from kb.attachments import Attachment, content_hash
from kb.entries import Entry
from kb.proposals import Proposal
from kb.synonyms import Synonym


@dataclass(frozen=True, slots=True)
class EntryPut:
    """An entry is new or has new text; ``at`` is now where the feed does not say.

    ``ver`` is the number that the centre gave this version, 0 for one of this workplace alone; a
    version that is taken does not give way to one of a lower number. ``by_id`` and ``action`` are
    as in ``Revision``.
    """

    entry: Entry
    by: str = ""
    at: datetime | None = None
    by_id: str = ""
    action: str = "put"
    ver: int = 0


@dataclass(frozen=True, slots=True)
class EntryClosed:
    """An entry does not hold from the day ``on`` on; one that is not there stays not there."""

    entry_id: str
    on: date
    by: str = ""
    at: datetime | None = None
    ver: int = 0


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


@dataclass(frozen=True, slots=True)
class SynonymPut:
    """A pair holds in the centre, or no more where ``is_closed``; ``ver`` is its version there."""

    pair: Synonym
    ver: int
    by: str = ""
    at: datetime | None = None
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class ProposalPut:
    """A proposal on a topic as it stands in the centre; ``ver`` is its version there."""

    proposal: Proposal
    ver: int


Change = EntryPut | EntryClosed | AttachmentPut | AttachmentClosed | SynonymPut | ProposalPut


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of an entry: ``number`` from 1, when it came, who made it and by which deed.

    ``action`` is ``put``, ``close`` or ``restore``; ``by`` is empty where nobody was named.
    ``ver`` is the number that the centre gave it, 0 for a version of this workplace alone.
    """

    number: int
    at: datetime
    by: str
    action: str
    entry: Entry
    ver: int = 0
