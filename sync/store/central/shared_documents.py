"""Shared documents in the central database: import, edits with a version check, history.

The content of the documents is not interpreted here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg2
from psycopg2.extras import Json, execute_values

from sync.errors import BranchRefused, CentralNotReady
from sync.records.feed_values import DocumentEntity, FeedItem, digest_of
from sync.register.audit import Audited, AuditKind
from sync.store.central.audit import add_central
from sync.store.central.connection import central_transaction, limit_session
from sync.store.central.feed_statements import DOCUMENT_COLUMNS
from sync.store.central.hosts import central_hosts
from sync.store.central.server_identity import Branch

WRITERS_LOCK = 5505551  # serializes writers of shared documents
_PAGE = 500  # rows per statement


@dataclass(frozen=True, slots=True)
class SharedDocument:
    """A document to store in the central database.

    ``closed_on`` is the first day on which it is no longer valid. None as ``document`` deletes it
    permanently. ``content`` is the file that belongs to it.
    """

    entity: DocumentEntity
    id: str
    document: Mapping[str, Any] | None
    closed_on: date | None = None
    content: bytes | None = None


def newest_documents(dsn: str, entity: DocumentEntity) -> tuple[SharedDocument, ...]:
    """Returns the newest version of each document, including closed ones, in order of first import.

    Attached files are left out. Raises psycopg2.Error and DsnInvalid.
    """
    with central_transaction(dsn) as connection:
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor:
            cursor.execute(_NEWEST_OF, (entity.value,))
            return tuple(
                SharedDocument(entity, id, document, closed_on)
                for id, document, closed_on in cursor.fetchall()
            )


_NEWEST_OF = """
SELECT id, document, closed_on FROM (
    SELECT DISTINCT ON (id) id, document, closed_on, position FROM shared_document
    WHERE entity = %s ORDER BY id, ver DESC
) AS newest
WHERE document IS NOT NULL ORDER BY position
"""


def titles_of(documents: Iterable[SharedDocument]) -> Mapping[str, str]:
    """Returns the titles of entries by key."""
    return {
        one.id: str(one.document["title"])
        for one in documents
        if one.document is not None and one.document.get("title")
    }


@dataclass(frozen=True, slots=True)
class Imported:
    """Numbers of documents stored in a new version, left unchanged, and closed."""

    changed: int
    unchanged: int
    closed: int


def put_documents(
    dsn: str,
    documents: Sequence[SharedDocument],
    *,
    by: str = "",
    close_others_on: date | None = None,
) -> Imported:
    """Stores these documents as the newest versions in one transaction.

    Documents equal to the stored version are skipped. With ``close_others_on`` every other document
    of the same entities ends on that day. Raises psycopg2.Error, DsnInvalid, CentralNotReady
    without the schema, and ValueError for text that PostgreSQL cannot store.
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


Opened = Callable[[Any], None]
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class DocumentEdit:
    """A new version of a document.

    ``based_on`` is the version that the editor saw, 0 if there was none; None overwrites any
    version. ``action`` is ``put``, ``close`` or ``restore``. ``content_sha256`` names a file
    already stored in the central database, if the document itself has no ``content``.
    """

    document: SharedDocument
    based_on: int | None = None
    action: str = "put"
    content_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentsEdited:
    """Result if all edits are stored: the newest version of each document, in order of the
    edits.
    """

    items: tuple[FeedItem, ...]


@dataclass(frozen=True, slots=True)
class DocumentsOvertaken:
    """Result if nothing was stored: the versions that are newer than those the editor saw."""

    items: tuple[FeedItem, ...]


class SharedEditing:
    """Shared documents with the rights of one operator.

    Thread-safe. Every method opens a connection and blocks; call on a worker thread. Raises
    psycopg2.Error, BranchRefused if only servers of superseded timelines or of other central
    databases respond, and ValueError for text that PostgreSQL cannot store.
    """

    def __init__(self, dsn: str, branch: Branch | None, opened: Opened) -> None:
        """Stores the connection parameters without connecting; raises DsnInvalid.

        ``branch`` is the timeline of the workplace: edits are sent to it or to a later one.
        ``opened`` receives each connection, which allows another thread to shut it down.
        """
        self._hosts = central_hosts(dsn)
        self._branch = branch
        self._opened = opened

    def edit(
        self, edits: Sequence[DocumentEdit], first: Sequence[SharedDocument] = ()
    ) -> DocumentsEdited | DocumentsOvertaken:
        """Stores all edits in one transaction, or none if one conflicts with a newer version.

        An edit equal to the stored version is accepted, so an edit with a lost reply may be
        repeated. ``first`` is stored before the edits if the central database has no document of
        its entity.
        """
        driver = self._connect()
        try:
            with driver, driver.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", (WRITERS_LOCK,))
                return _edit(cursor, [*_beginnings(cursor, first, edits), *edits], edits)
        finally:
            driver.close()

    def history(self, entity: DocumentEntity, key: str) -> tuple[FeedItem, ...]:
        """Returns every version of a document, the newest last."""
        driver = self._connect()
        try:
            with driver, driver.cursor() as cursor:
                cursor.execute(
                    f"SELECT {DOCUMENT_COLUMNS} FROM shared_document "  # noqa: S608
                    "WHERE entity = %s AND id = %s ORDER BY ver",
                    (entity.value, key),
                )
                return tuple(FeedItem(*row) for row in cursor.fetchall())
        finally:
            driver.close()

    def _connect(self) -> Any:
        """Connects to the responding server with the newest timeline."""
        best: tuple[int, Any] | None = None
        failure: Exception = BranchRefused("older")
        for host in self._hosts:
            try:
                driver = psycopg2.connect(host.dsn)
                self._opened(driver)
                limit_session(driver)
                branch = _branch_of(driver)
            except psycopg2.Error as error:
                failure = error
                continue
            refused = _refused(self._branch, branch)
            if refused or (best is not None and branch.timeline <= best[0]):
                failure = BranchRefused(refused) if refused else failure
                driver.close()
                continue
            if best is not None:
                best[1].close()
            best = branch.timeline, driver
        if best is None:
            raise failure
        return best[1]


def _branch_of(driver: Any) -> Branch:
    with driver, driver.cursor() as cursor:
        cursor.execute(
            "SELECT system_identifier::text, "
            "substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) FROM pg_control_system()"
        )
        system, timeline = cursor.fetchone()
        return Branch(system, int(timeline, 16))


def _refused(known: Branch | None, met: Branch) -> str:
    """Returns the reason to refuse a server for the known timeline; empty if it is accepted."""
    if known is None:
        return ""
    if met.system_identifier != known.system_identifier:
        return "other"
    return "older" if met.timeline < known.timeline else ""


def _beginnings(
    cursor: Any, first: Sequence[SharedDocument], edits: Sequence[DocumentEdit]
) -> list[DocumentEdit]:
    edited = {(one.document.entity, one.document.id) for one in edits}
    missing = []
    for entity in {one.entity for one in first}:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM shared_document WHERE entity = %s)", (entity.value,)
        )
        if not cursor.fetchone()[0]:
            missing.append(entity)
    return [
        DocumentEdit(one, 0)
        for one in first
        if one.entity in missing and (one.entity, one.id) not in edited
    ]


def _edit(
    cursor: Any, edits: Sequence[DocumentEdit], asked: Sequence[DocumentEdit]
) -> DocumentsEdited | DocumentsOvertaken:
    held = _newest(cursor, edits)
    wanted: list[tuple[DocumentEdit, str | None, str, int]] = []
    overtaken: list[FeedItem] = []
    for edit in edits:
        document = edit.document
        sha256 = _hash(document.content) or edit.content_sha256
        digest = digest_of(document.document, sha256)
        known = held.get(_key(edit))
        ver = 0 if known is None else known[0].ver
        if known is not None and (known[1], known[0].closed_on) == (digest, document.closed_on):
            continue
        if known is not None and edit.based_on is not None and ver != edit.based_on:
            overtaken.append(known[0])
            continue
        wanted.append((edit, sha256, digest, ver + 1))
    if overtaken:
        return DocumentsOvertaken(tuple(overtaken))
    _insert(cursor, wanted)
    stands = _newest(cursor, asked)
    return DocumentsEdited(tuple(stands[_key(edit)][0] for edit in asked))


def _insert(cursor: Any, wanted: Sequence[tuple[DocumentEdit, str | None, str, int]]) -> None:
    rows = []
    for edit, sha256, digest, ver in wanted:
        document = edit.document
        if document.content is not None:
            cursor.execute(
                "INSERT INTO shared_content (sha256, content) VALUES (%s, %s) "
                "ON CONFLICT DO NOTHING",
                (sha256, document.content),
            )
        written = None if document.document is None else Json(document.document, dumps=dumped)
        rows.append(
            (document.entity.value, document.id, ver, written, sha256, digest, document.closed_on,
             edit.action)
        )  # fmt: skip
    execute_values(
        cursor,
        "INSERT INTO shared_document "
        "(entity, id, ver, document, content_sha256, digest, closed_on, action) VALUES %s",
        rows,
        page_size=_PAGE,
    )


def _newest(cursor: Any, edits: Sequence[DocumentEdit]) -> Mapping[_Key, tuple[FeedItem, str]]:
    """Returns the newest versions of the edited documents, each with its digest."""
    cursor.execute(
        f"SELECT DISTINCT ON (entity, id) {DOCUMENT_COLUMNS}, digest FROM shared_document "  # noqa: S608
        "WHERE entity = ANY(%s) AND id = ANY(%s) ORDER BY entity, id, ver DESC",
        (
            sorted({edit.document.entity.value for edit in edits}),
            [edit.document.id for edit in edits],
        ),
    )
    return {(row[0], row[1]): (FeedItem(*row[:-1]), row[-1]) for row in cursor.fetchall()}


def _key(edit: DocumentEdit) -> _Key:
    return edit.document.entity.value, edit.document.id


def _hash(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()
