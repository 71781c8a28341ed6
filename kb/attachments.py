"""Documents attached to entries: thematic regulations and technological maps (3.1-3.3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AttachmentKind(StrEnum):
    """What a document is: a thematic regulation, or a technological map of an answer."""

    REGULATION = "regulation"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document of an entry, without its content; ``id`` is its key in the outside world.

    ``kind`` may be given as its plain word; on ``valid_to`` the document holds no more. Raises
    ValueError for an unknown kind, an empty id or file name.
    """

    id: str
    entry_id: str
    kind: AttachmentKind
    title: str
    file_name: str
    valid_to: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", AttachmentKind(self.kind))
        if not self.id or not self.file_name:
            raise ValueError("an attachment needs an id and a file name")
