"""Reads and writes the attachments of entries in the directory's file, with all versions."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from kb.entries.attachments import Attachment, AttachmentKind, content_hash
from kb.entries.changes import AttachmentPut
from kb.errors import UnknownContent, UnknownEntry
from kb.store.reading import attachment, attachment_content, entry, moment_of


def attach(connection: Connection, new: Attachment, content: bytes, by: str, at: datetime) -> None:
    """Adds a version of an attachment unless it equals the latest one; raises UnknownEntry."""
    if connection.scalar(select(entry.c.id).where(entry.c.key == new.entry_id)) is None:
        raise UnknownEntry(new.entry_id)
    put(connection, AttachmentPut(new, content_hash(content), content, by), at)


def put(connection: Connection, change: AttachmentPut, now: datetime) -> None:
    """Applies an attachment change from a feed; its entry may arrive later.

    Raises UnknownContent if the change has only a hash and the content is not stored.
    """
    new = change.attachment
    if change.content is not None:
        keep_content(connection, change.content)
    elif not _has_content(connection, change.sha256):
        raise UnknownContent(change.sha256)
    newest = _newest(connection, new.id)
    if newest is not None and _attachment_of(newest) == new and newest.sha256 == change.sha256:
        return
    connection.execute(
        insert(attachment).values(
            key=new.id,
            number=1 if newest is None else newest.number + 1,
            entry_key=new.entry_id,
            kind=new.kind.value,
            title=new.title,
            file_name=new.file_name,
            valid_to=None if new.valid_to is None else new.valid_to.isoformat(),
            sha256=change.sha256,
            at=moment_of(change.at or now),
            by=change.by,
        )
    )


def replace_all(
    connection: Connection, changes: Collection[AttachmentPut], now: datetime, by: str
) -> None:
    """Applies all these changes and closes every other open attachment as of today."""
    for change in changes:
        put(connection, change, now)
    wanted = {change.attachment.id for change in changes}
    for other, _sha256 in newest_of_all(connection):
        if other.id not in wanted and other.valid_to is None:
            close(connection, other.id, now.date(), by, now)


def keep_content(connection: Connection, content: bytes) -> None:
    """Stores the content under its SHA-256 hash."""
    row = {"sha256": content_hash(content), "content": content}
    connection.execute(upsert(attachment_content).values(row).on_conflict_do_nothing())


def known_contents(connection: Connection, hashes: Collection[str]) -> frozenset[str]:
    """Returns the hashes with stored content."""
    known = select(attachment_content.c.sha256).where(attachment_content.c.sha256.in_(hashes))
    return frozenset(connection.scalars(known))


def newest_of_all(connection: Connection) -> tuple[tuple[Attachment, str], ...]:
    """Returns the latest version of every attachment and its content hash, closed ones included."""
    newest = select(func.max(attachment.c.id)).group_by(attachment.c.key)
    query = select(attachment).where(attachment.c.id.in_(newest)).order_by(attachment.c.id)
    return tuple((_attachment_of(row), row.sha256) for row in connection.execute(query))


def _has_content(connection: Connection, sha256: str) -> bool:
    known = select(attachment_content.c.sha256).where(attachment_content.c.sha256 == sha256)
    return connection.scalar(known) is not None


def close(connection: Connection, attachment_id: str, on: date, by: str, at: datetime) -> bool:
    """Ends an attachment's validity on the given day; False if it does not exist."""
    newest = _newest(connection, attachment_id)
    if newest is None:
        return False
    if newest.valid_to != on.isoformat():
        connection.execute(
            update(attachment)
            .where(attachment.c.id == newest.id)
            .values(valid_to=on.isoformat(), closed_at=moment_of(at), closed_by=by)
        )
    return True


_VERSIONS = (
    select(func.max(attachment.c.id).label("newest"), func.min(attachment.c.id).label("first"))
    .group_by(attachment.c.key)
    .subquery()
)


def of_entries(
    connection: Connection, entry_ids: Collection[str], today: date
) -> tuple[Attachment, ...]:
    """Returns the attachments of these entries that are valid today, in order of creation."""
    query = (
        select(attachment)
        .join(_VERSIONS, _VERSIONS.c.newest == attachment.c.id)
        .where(attachment.c.entry_key.in_(entry_ids))
        .order_by(_VERSIONS.c.first)
    )
    found = (_attachment_of(row) for row in connection.execute(query).all())
    return tuple(one for one in found if one.valid_to is None or today < one.valid_to)


def content_of(connection: Connection, attachment_id: str) -> bytes | None:
    """Returns the content of the attachment's latest version, also after it was closed."""
    newest = _newest(connection, attachment_id)
    if newest is None:
        return None
    query = select(attachment_content.c.content)
    content = connection.scalar(query.where(attachment_content.c.sha256 == newest.sha256))
    return None if content is None else bytes(content)


def _newest(connection: Connection, attachment_id: str) -> Row[Any] | None:
    query = select(attachment).where(attachment.c.key == attachment_id)
    return connection.execute(query.order_by(attachment.c.number.desc()).limit(1)).one_or_none()


def _attachment_of(row: Row[Any]) -> Attachment:
    return Attachment(
        id=row.key,
        entry_id=row.entry_key,
        kind=AttachmentKind(row.kind),
        title=row.title,
        file_name=row.file_name,
        valid_to=None if row.valid_to is None else date.fromisoformat(row.valid_to),
    )
