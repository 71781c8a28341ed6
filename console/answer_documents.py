"""Files of answers opened by the system's viewer, as documents of the directory are."""

from typing import Protocol
from uuid import UUID

from kb.attachments import Attachment, AttachmentKind


class FilesPort(Protocol):
    """Where the files are; called on a reader thread."""

    def content(self, message_id: UUID, name: str) -> bytes | None: ...


class AnswerDocuments:
    """The files of answers under one identity each, for the opener of documents."""

    def __init__(self, files: FilesPort) -> None:
        self._files = files

    def attachment_content(self, attachment_id: str) -> bytes | None:
        """The file of ``document``; None where there is none of its name."""
        message_id, _, name = attachment_id.partition("/")
        return self._files.content(UUID(message_id), name)


def document(message_id: UUID, name: str) -> Attachment:
    """A file of an answer as a document that can be opened."""
    return Attachment(f"{message_id}/{name}", str(message_id), AttachmentKind.DOCUMENT, name, name)
