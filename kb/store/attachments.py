"""Documents of entries in the directory's file; every version stays, with who made it and when."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from kb.attachments import Attachment, AttachmentKind
from kb.errors import UnknownEntry
from kb.store.tables import attachment, entry, moment_of


def put(connection: Connection, new: Attachment, content: bytes, by: str, at: datetime) -> None:
    """Make this the document's newest version, unless it is already; raises UnknownEntry."""
    if connection.scalar(select(entry.c.id).where(entry.c.key == new.entry_id)) is None:
        raise UnknownEntry(new.entry_id)
    newest = _newest(connection, new.id)
    if newest is not None and _attachment_of(newest) == new and newest.content == content:
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
            content=content,
            at=moment_of(at),
            by=by,
        )
    )


def close(connection: Connection, attachment_id: str, on: date, by: str, at: datetime) -> None:
    """Let the document hold no more from the day on; raises UnknownEntry."""
    newest = _newest(connection, attachment_id)
    if newest is None:
        raise UnknownEntry(attachment_id)
    connection.execute(
        update(attachment)
        .where(attachment.c.id == newest.id)
        .values(valid_to=on.isoformat(), closed_at=moment_of(at), closed_by=by)
    )


def of_entry(connection: Connection, entry_id: str, today: date) -> tuple[Attachment, ...]:
    """The documents of an entry that hold today, in the order they came in."""
    newest = (
        select(func.max(attachment.c.id), func.min(attachment.c.id).label("first"))
        .group_by(attachment.c.key)
        .subquery()
    )
    query = (
        select(*(column for column in attachment.c if column.name != "content"))
        .join(newest, newest.c[0] == attachment.c.id)
        .where(attachment.c.entry_key == entry_id)
        .order_by(newest.c.first)
    )
    found = (_attachment_of(row) for row in connection.execute(query).all())
    return tuple(one for one in found if one.valid_to is None or today < one.valid_to)


def content_of(connection: Connection, attachment_id: str) -> bytes | None:
    """The bytes of the document's newest version, also of one that is closed."""
    newest = _newest(connection, attachment_id)
    return None if newest is None else bytes(newest.content)


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
