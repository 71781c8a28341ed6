"""Documents put into the centre for all workplaces; what they hold is not this package's affair."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import psycopg2
from psycopg2.extras import Json, execute_values

from sync.errors import CentralNotReady
from sync.register.audit import Audited, AuditKind
from sync.store.central_chain import add_central
from sync.store.central_work import central_transaction

WRITERS_LOCK = 5505551  # writers of shared documents wait for each other
_PAGE = 500  # rows a statement


class DocumentEntity(StrEnum):
    """What a shared document is."""

    ENTRY = "entry"
    ATTACHMENT = "attachment"
    SYNONYM = "synonym"
    PROPOSAL = "proposal"
    SETTING = "setting"
    TEMPLATE = "template"


@dataclass(frozen=True, slots=True)
class SharedDocument:
    """A document as it shall stand in the centre.

    ``closed_on`` is the first day on which it holds no more; without a document it is gone for
    good. ``content`` is the file it tells of.
    """

    entity: DocumentEntity
    id: str
    document: Mapping[str, Any] | None
    closed_on: date | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """How many documents came in new versions, how many stood there just so, how many ended."""

    changed: int
    unchanged: int
    closed: int


def digest_of(document: Mapping[str, Any] | None, content_sha256: str | None = None) -> str:
    """SHA-256 of a document whatever the order of its fields, and of its content's hash."""
    plain = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{plain}\n{content_sha256 or ''}".encode()).hexdigest()


def whole_digest(digests: Iterable[tuple[str, str, str]]) -> str:
    """One digest of many documents: of their entity, id and digest, in whatever order they come.

    The centre works out the same in SQL (``central_feed``).
    """
    lines = sorted(digests, key=lambda one: (one[0].encode(), one[1].encode()))
    text = "\n".join("\x1f".join(line) for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()


def put_documents(
    dsn: str,
    documents: Sequence[SharedDocument],
    *,
    by: str = "",
    close_others_on: date | None = None,
) -> Imported:
    """Make these the newest versions in one transaction; what stands there just so stays.

    With ``close_others_on`` every other document of the same entities ends on that day. Raises
    psycopg2.Error, DsnInvalid, CentralNotReady without the schema, and ValueError for text that
    PostgreSQL cannot hold.
    """
    closed = 0
    try:
        with central_transaction(dsn) as connection:
            driver: Any = connection.connection.driver_connection
            with driver.cursor() as cursor:
                changed = _write(cursor, documents, by)
                if close_others_on is not None:
                    cursor.execute(_CLOSE_OTHERS, {"on": close_others_on, "by": by})
                    closed = cursor.rowcount
            if changed or closed:
                entities = " ".join(sorted({one.entity.value for one in documents}))
                count = changed + closed
                put = Audited(AuditKind.DOCUMENTS_PUT, detail=entities, count=count)
                add_central(connection, put)
    except psycopg2.errors.UndefinedTable:
        raise CentralNotReady("schema_missing") from None
    return Imported(changed, len(documents) - changed, closed)


def _write(cursor: Any, documents: Sequence[SharedDocument], by: str) -> int:
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS_LOCK,))
    cursor.execute(
        "CREATE TEMP TABLE given (ordinal bigint, entity text, id text, document jsonb, "
        "content_sha256 text, digest text, closed_on date) ON COMMIT DROP"
    )
    rows = []
    for ordinal, one in enumerate(documents):
        sha256 = None if one.content is None else hashlib.sha256(one.content).hexdigest()
        if one.content is not None:
            cursor.execute(
                "INSERT INTO shared_content VALUES (%s, %s) ON CONFLICT DO NOTHING",
                (sha256, one.content),
            )
        document = None if one.document is None else Json(one.document, dumps=dumped)
        digest = digest_of(one.document, sha256)
        rows.append(
            (ordinal, one.entity.value, one.id, document, sha256, digest, one.closed_on)
        )  # fmt: skip
    execute_values(cursor, "INSERT INTO given VALUES %s", rows, page_size=_PAGE)
    cursor.execute("ANALYZE given")
    cursor.execute(_PUT_GIVEN, (by,))
    changed: int = cursor.rowcount
    return changed


_PUT_GIVEN = """
INSERT INTO shared_document
    (entity, id, ver, position, document, content_sha256, digest, closed_on, by_name, by_id)
SELECT given.entity, given.id, coalesce(held.ver, 0) + 1,
       coalesce(held.position,
                nextval(pg_get_serial_sequence('shared_document', 'position'))),
       given.document, given.content_sha256, given.digest, given.closed_on, %s,
       NULL
FROM given LEFT JOIN LATERAL (
    SELECT ver, position, digest, closed_on FROM shared_document AS old
    WHERE old.entity = given.entity AND old.id = given.id ORDER BY ver DESC LIMIT 1
) AS held ON true
WHERE held.ver IS NULL OR held.digest <> given.digest
      OR held.closed_on IS DISTINCT FROM given.closed_on
ORDER BY given.ordinal
"""

_CLOSE_OTHERS = """
INSERT INTO shared_document
    (entity, id, ver, position, document, content_sha256, digest, closed_on, by_name, by_id,
     action)
SELECT d.entity, d.id, d.ver + 1, d.position, d.document, d.content_sha256, d.digest, %(on)s,
       %(by)s, NULL, 'close'
FROM shared_document AS d
WHERE d.closed_on IS NULL AND d.entity IN (SELECT entity FROM given)
  AND NOT EXISTS (SELECT FROM given WHERE given.entity = d.entity AND given.id = d.id)
  AND NOT EXISTS (SELECT FROM shared_document AS newer
                  WHERE newer.entity = d.entity AND newer.id = d.id AND newer.ver > d.ver)
ORDER BY d.position
"""


def dumped(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False)
