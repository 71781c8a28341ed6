"""An in-memory central database of documents that several editors may change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sync.errors import CentreUnwritten
from sync.exchange.claims import CentralEditing
from sync.records.feed_values import DocumentEntity, FeedItem
from sync.store.central.shared_documents import (
    DocumentEdit,
    DocumentsEdited,
    DocumentsOvertaken,
    SharedDocument,
)


class DocumentsCentre(CentralEditing):
    """Accepts edits in the name of ``by``; ``refuses`` is the code of a refusal."""

    def __init__(self) -> None:
        self.versions: dict[tuple[str, str], list[FeedItem]] = {}
        self.by = ("editor-1", "Редактор Проба")
        self.refuses = ""
        self.loses_answer = False

    def edit(
        self, edits: Sequence[DocumentEdit], first: Sequence[SharedDocument] = ()
    ) -> DocumentsEdited | DocumentsOvertaken:
        self._answer()
        known = {entity for entity, _key in self.versions}
        begun = [DocumentEdit(one, 0) for one in first if one.entity.value not in known]
        overtaken = []
        for edit in edits:
            newest = self.newest(edit)
            if newest is None or _is_same(newest, edit) or edit.based_on in (None, newest.ver):
                continue
            overtaken.append(newest)
        if overtaken:
            return DocumentsOvertaken(tuple(overtaken))
        for edit in (*begun, *edits):
            newest = self.newest(edit)
            if newest is None or not _is_same(newest, edit):
                self._add(edit, 0 if newest is None else newest.ver)
        if self.loses_answer:
            raise CentreUnwritten("timed_out")
        return DocumentsEdited(tuple(filter(None, map(self.newest, edits))))

    def history(self, entity: DocumentEntity, key: str) -> tuple[FeedItem, ...]:
        self._answer()
        return tuple(self.versions.get((entity.value, key), ()))

    def newest(self, edit: DocumentEdit) -> FeedItem | None:
        document = edit.document
        versions = self.versions.get((document.entity.value, document.id))
        return versions[-1] if versions else None

    def _add(self, edit: DocumentEdit, ver: int) -> None:
        one, (by_id, by) = edit.document, self.by
        item = FeedItem(
            one.entity.value, one.id, ver + 1, one.document, edit.content_sha256, one.closed_on,
            by, datetime.now(UTC), by_id, edit.action,
        )  # fmt: skip
        self.versions.setdefault((one.entity.value, one.id), []).append(item)

    def _answer(self) -> None:
        if self.refuses:
            raise CentreUnwritten(self.refuses)


def _is_same(item: FeedItem, edit: DocumentEdit) -> bool:
    document = edit.document
    return (item.document, item.closed_on) == (document.document, document.closed_on)
