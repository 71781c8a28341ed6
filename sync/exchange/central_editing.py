"""Edits of the centre's documents by the person who is signed in, under that person's own login."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sync.errors import CentreUnwritten
from sync.exchange.asking import ask_to_write
from sync.store.central_mark import Branch
from sync.store.feed_values import FeedItem
from sync.store.shared_documents import DocumentEntity, SharedDocument
from sync.store.shared_editing import (
    DocumentEdit,
    DocumentsEdited,
    DocumentsOvertaken,
    SharedEditing,
)

T = TypeVar("T")

ANSWER_LIMIT_S = 12.0  # a person waits, and each server of the string may take its three seconds
A_DOCUMENT_S = 0.01


class CentralEditing:
    """Every method may be called on any thread, waits for the network and raises CentreUnwritten.

    ``session`` gives the DSN of the person's own login, None where nobody came in by the centre;
    ``branch`` is what the workplace sends to.
    """

    def __init__(
        self, session: Callable[[], str | None], branch: Callable[[], Branch | None]
    ) -> None:
        self._session = session
        self._branch = branch

    def edit(
        self, edits: Sequence[DocumentEdit], first: Sequence[SharedDocument] = ()
    ) -> DocumentsEdited | DocumentsOvertaken:
        """Write all these or none; ``first`` before them where there was never one like them."""
        limit_s = ANSWER_LIMIT_S + A_DOCUMENT_S * (len(edits) + len(first))
        return self._ask(lambda editing: editing.edit(edits, first), limit_s)

    def history(self, entity: DocumentEntity, key: str) -> tuple[FeedItem, ...]:
        """Every version of a document, the newest last."""
        return self._ask(lambda editing: editing.history(entity, key), ANSWER_LIMIT_S)

    def _ask(self, work: Callable[[SharedEditing], T], limit_s: float) -> T:
        dsn = self._session()
        if dsn is None:
            raise CentreUnwritten("not_signed_in")
        return ask_to_write(
            lambda opened: work(SharedEditing(dsn, self._branch(), opened)), limit_s
        )
