"""Exceptions of the register: local database, central database, platform, mail and domain rules.

Their fields hold identifiers, codes and counts only, never personal data or text for people.
"""

from __future__ import annotations

from uuid import UUID


class SyncError(Exception):
    """Base of all exceptions that the register raises deliberately."""


class StoreError(SyncError):
    """An operation of the local database failed; nothing was written."""


class KeyUnavailable(StoreError):
    """The key of the local database is unavailable; ``code`` is the reason.

    Codes: ``missing`` (the database exists, its key does not), ``keyring_locked``,
    ``file_open_to_others`` (other users may read the key file), ``file_damaged``,
    ``file_unwritable``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class StoreUnreadable(StoreError):
    """The file is not a local database, is damaged, or has another key.

    Codes: ``absent``, ``not_a_store_or_wrong_key``, ``damaged``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class StoreTooNew(StoreError):
    """A newer version wrote this database with schema ``found``; this version knows ``known``."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(found, known)
        self.found = found
        self.known = known


class StoreOutdated(StoreError):
    """The database must be upgraded by the application before it can be opened read-only."""

    def __init__(self, found: str | None, known: str) -> None:
        super().__init__(found, known)
        self.found = found
        self.known = known


class LibraryTooOld(StoreError):
    """The SQLite library lacks required features; both versions are dotted numbers."""

    def __init__(self, found: str, needed: str) -> None:
        super().__init__(found, needed)
        self.found = found
        self.needed = needed


class StoreInUse(StoreError):
    """Another process has opened this database for writing."""


class StoreCopied(StoreError):
    """The file is a copy, so its next registration numbers may already be used.

    Codes: ``backup`` (made by a backup), ``elsewhere`` (copied or moved).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RowsWait(StoreError):
    """The database contains ``count`` unsent records and must not be removed."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class BackupFailed(StoreError):
    """The backup failed; ``code`` is the name of the SQLite error or one of these.

    Other codes: ``directory_missing``, ``unwritable``, ``copy_damaged``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RestoreRefused(StoreError):
    """The restore was rejected and nothing was changed; ``code`` is the reason.

    Codes: ``rows_wait`` (the current database has unsent records), ``clock_behind`` (the copy is
    newer than the current time), ``numbers_used_up`` (no number of this month is certainly unused).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ClockDoubtful(StoreError):
    """The clock may be wrong by months, so retention periods cannot be evaluated."""


class CheckStopped(StoreError):
    """The check of all pages was cancelled, so it has no result."""


class StoreClosed(StoreError):
    """The database was closed before the operation."""


class StoreUnavailable(StoreError):
    """An I/O error; ``code`` is the name of the SQLite error, such as ``SQLITE_FULL``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RecordMismatch(StoreError):
    """An update would change an immutable field; ``field`` is its name."""

    def __init__(self, entity: str, entity_id: UUID, field: str) -> None:
        super().__init__(entity, entity_id, field)
        self.entity = entity
        self.entity_id = entity_id
        self.field = field


class UnknownRecord(StoreError):
    """The database has no record with this id."""

    def __init__(self, entity: str, entity_id: UUID) -> None:
        super().__init__(entity, entity_id)
        self.entity = entity
        self.entity_id = entity_id


class CentralError(SyncError):
    """The central database is reachable but unusable in its current state."""


class CentralNotReady(CentralError):
    """The central database is not ready; ``code`` is the reason.

    Codes: ``schema_missing`` (missing or outdated), ``rights_missing`` (this login may not write
    records of this workplace), ``roles_missing`` (the owner of the database may not create roles),
    ``read_only`` (a standby), ``workplace_unknown`` (records of a workplace that was never
    enrolled).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CentreUnread(CentralError):
    """The central database could not be read; ``code`` is ``not_signed_in`` or a FailureKind."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CentreUnwritten(CentralError):
    """A write to the central database failed.

    ``code`` is ``not_signed_in``, ``refused`` or a FailureKind. ``refused`` is permanent: rights or
    a constraint of the database forbid the change.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class DsnInvalid(CentralError):
    """The connection string is invalid; it is not repeated, because it may contain a password."""


class StationTaken(CentralError):
    """Another database sends with the code of this workplace; this one must be enrolled again."""

    def __init__(self, station: str) -> None:
        super().__init__(station)
        self.station = station


class LoginRefused(CentralError):
    """A login of the central database was not created or changed; ``code`` is the reason.

    Codes: ``taken`` (the server has a login with this name), ``enrolled`` (the workplace has a
    login), ``unfit`` (invalid login name), ``short_password``, ``unknown``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class StoreBehind(CentralError):
    """This local database is older than the data sent from it, because its file was restored
    without the command ``restore``.
    """

    def __init__(self, station: str) -> None:
        super().__init__(station)
        self.station = station


class BranchRefused(CentralError):
    """All reachable servers have a superseded timeline (``code`` "older") or another ("other")."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotTaken(SyncError):
    """A receiver could not apply changes of the feed; ``code`` is the reason. The changes will be
    sent to it again.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PlatformSettingsInvalid(SyncError):
    """The settings of the platform are invalid; ``code`` is the reason.

    Codes: ``url_unreadable``, ``plain_http`` (personal data would be sent unencrypted),
    ``key_unreadable``, ``services_unreadable``, ``author_fields_unknown``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MailSettingsInvalid(SyncError):
    """The settings of the mail server are invalid; ``code`` is the reason.

    Codes: ``server``, ``address``, ``password`` (user and password must be set together),
    ``password_unreadable``, ``ca_file``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MailboxUnreadable(SyncError):
    """The mailbox of returned mail is unreadable now; ``code`` is that of a mail failure."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RegisterError(SyncError):
    """The application attempted to break a rule of the register; a program error."""


class RecordClosed(RegisterError):
    """A closed or registered record cannot be edited."""

    def __init__(self, entity: str, entity_id: UUID) -> None:
        super().__init__(entity, entity_id)
        self.entity = entity
        self.entity_id = entity_id


class CountersUsedUp(RegisterError):
    """A workplace has no registration numbers left in a month; ``period`` is YYMM."""

    def __init__(self, period: str, station: str) -> None:
        super().__init__(period, station)
        self.period = period
        self.station = station


class CalendarUnreadable(RegisterError):
    """A calendar file is missing or invalid; ``name`` is the file name, ``code`` the reason.

    Codes: ``absent``, ``unreadable``, ``not_json``, ``not_a_calendar``, ``day_of_other_year``; for
    single days ``bad_row``, with the row number from 1 in ``row``; for regulations and maps
    ``bad_record``.
    """

    def __init__(self, name: str, code: str, row: int = 0) -> None:
        super().__init__(name, code, row)
        self.name = name
        self.code = code
        self.row = row


class OfficialsUnreadable(SyncError):
    """The file of officials is invalid; ``code`` is the reason.

    Codes: ``unreadable`` (missing or not accessible), ``not_utf8``, ``not_json``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PlacesUnreadable(SyncError):
    """A list of streets is invalid; ``code`` is the reason.

    Codes: ``unreadable``, ``not_utf8``, ``no_headings`` (no column names in the first row),
    ``damaged`` (the stored list was modified), ``unwritable``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RegulationUnreadable(SyncError):
    """The text of a regulation is invalid; ``code`` is the reason.

    Codes: ``unreadable``, ``too_big``, ``no_text`` (not plain text, HTML or docx), ``damaged`` (the
    stored versions were modified), ``unwritable``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
