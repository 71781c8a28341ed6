"""Exceptions of the register: local database, central database, platform, mail and domain rules.

Their fields hold identifiers, codes and counts only, never personal data or text for people.
"""

from __future__ import annotations

from uuid import UUID


class SyncError(Exception):
    """Base of everything the register raises on purpose."""


class StoreError(SyncError):
    """The local store could not do what was asked; nothing of it was written."""


class KeyUnavailable(StoreError):
    """The key of the store cannot be had; ``code`` says why.

    Codes: ``missing`` (a store is there, its key is not), ``keyring_locked``,
    ``file_open_to_others`` (the key file may be read by other users), ``file_damaged``,
    ``file_unwritable``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class StoreUnreadable(StoreError):
    """The file is no store, is damaged, or the key is another one's; ``code`` tells which.

    Codes: ``absent``, ``not_a_store_or_wrong_key``, ``damaged``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class StoreTooNew(StoreError):
    """A newer program wrote this store; ``found`` is its schema, ``known`` is our newest."""

    def __init__(self, found: str, known: str) -> None:
        super().__init__(found, known)
        self.found = found
        self.known = known


class StoreOutdated(StoreError):
    """The store must be upgraded by the program before it can be only read."""

    def __init__(self, found: str | None, known: str) -> None:
        super().__init__(found, known)
        self.found = found
        self.known = known


class LibraryTooOld(StoreError):
    """The SQLite at hand lacks what the store needs; both versions are dotted numbers."""

    def __init__(self, found: str, needed: str) -> None:
        super().__init__(found, needed)
        self.found = found
        self.needed = needed


class StoreInUse(StoreError):
    """Another process holds this store for writing."""


class StoreCopied(StoreError):
    """The file is a copy: what it would number was numbered elsewhere; ``code`` tells which.

    Codes: ``backup`` (made by a backup), ``elsewhere`` (copied or moved from another place).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RowsWait(StoreError):
    """So many records are in this store and nowhere else: it must not be removed."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class BackupFailed(StoreError):
    """No copy of the store was made; ``code`` is SQLite's name or one of ours.

    Codes of ours: ``directory_missing``, ``unwritable``, ``copy_damaged``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RestoreRefused(StoreError):
    """A store is not restored, and nothing was changed; ``code`` says why.

    Codes: ``rows_wait`` (the present store holds what the centre does not have), ``clock_behind``
    (the copy is of later than now), ``numbers_used_up`` (no number of this month is surely free).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ClockDoubtful(StoreError):
    """The clock may be wrong by months: what is older than its term is not known."""


class CheckStopped(StoreError):
    """The reading of all pages was ended before it had come to its end: it says nothing."""


class StoreClosed(StoreError):
    """The store was stopped before this was asked of it."""


class StoreUnavailable(StoreError):
    """The disk or the file refused; ``code`` is the name SQLite gives, as ``SQLITE_FULL``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RecordMismatch(StoreError):
    """A record would change what never changes; ``field`` names it."""

    def __init__(self, entity: str, entity_id: UUID, field: str) -> None:
        super().__init__(entity, entity_id, field)
        self.entity = entity
        self.entity_id = entity_id
        self.field = field


class UnknownRecord(StoreError):
    """There is no record of this identity in the store."""

    def __init__(self, entity: str, entity_id: UUID) -> None:
        super().__init__(entity, entity_id)
        self.entity = entity
        self.entity_id = entity_id


class CentralError(SyncError):
    """The central database is there and cannot be used as it stands."""


class CentralNotReady(CentralError):
    """The centre lacks something; ``code`` says what.

    Codes: ``schema_missing`` (there is none, or an older one), ``rights_missing`` (this login
    may not write the records of this workplace), ``roles_missing`` (nobody has rights yet: the
    database's owner may not make roles), ``read_only`` (a standby),
    ``workplace_unknown`` (records of a workplace that was never enrolled there).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CentreUnread(CentralError):
    """The centre could not be read; ``code`` is ``not_signed_in`` or a FailureKind."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CentreUnwritten(CentralError):
    """The centre did not take an edit; ``code`` is ``not_signed_in``, ``refused`` or a FailureKind.

    ``refused``: rights or a check of the database forbid it, now and later.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class DsnInvalid(CentralError):
    """The connection string cannot be read; it is not repeated here, it may hold a password."""


class StationTaken(CentralError):
    """Another store sends under the code of this workplace; ours must be enrolled anew."""

    def __init__(self, station: str) -> None:
        super().__init__(station)
        self.station = station


class LoginRefused(CentralError):
    """A login of the centre was not made or changed; ``code`` says why.

    Codes: ``taken`` (the server has a login of this name), ``enrolled`` (the workplace has one),
    ``unfit`` (no name for a login), ``short_password``, ``unknown``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class StoreBehind(CentralError):
    """This store is older than what was sent from it: brought back from a copy past the program."""

    def __init__(self, station: str) -> None:
        super().__init__(station)
        self.station = station


class BranchRefused(CentralError):
    """Every server that answers writes a dead branch (``code`` "older") or is another ("other")."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotTaken(SyncError):
    """A receiver of the feed could not write what came; ``code`` says why. It comes again."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PlatformSettingsInvalid(SyncError):
    """The platform's settings cannot be used; ``code`` says why.

    Codes: ``url_unreadable``, ``plain_http`` (personal data would go unencrypted),
    ``key_unreadable``, ``services_unreadable``, ``author_fields_unknown``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MailSettingsInvalid(SyncError):
    """The mail server's settings cannot be used; ``code`` says why.

    Codes: ``server``, ``address``, ``password`` (a user without one, or one without a user),
    ``password_unreadable``, ``ca_file``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class MailboxUnreadable(SyncError):
    """The mailbox of returned letters cannot be read now; ``code`` is that of a mail failure."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RegisterError(SyncError):
    """A rule of the register was about to be broken by the program, not by a person."""


class RecordClosed(RegisterError):
    """A record that is closed or registered cannot be edited any more."""

    def __init__(self, entity: str, entity_id: UUID) -> None:
        super().__init__(entity, entity_id)
        self.entity = entity
        self.entity_id = entity_id


class CountersUsedUp(RegisterError):
    """A workplace has given out all the numbers of one month; ``period`` is YYMM."""

    def __init__(self, period: str, station: str) -> None:
        super().__init__(period, station)
        self.period = period
        self.station = station


class CalendarUnreadable(RegisterError):
    """A calendar file is missing or is none; ``name`` is its file name, ``code`` says why.

    Codes: ``absent``, ``unreadable``, ``not_json``, ``not_a_calendar``, ``day_of_other_year``, and
    of single days, with their place in the file from 1 in ``row``: ``bad_row``; of regulations and
    maps ``bad_record``.
    """

    def __init__(self, name: str, code: str, row: int = 0) -> None:
        super().__init__(name, code, row)
        self.name = name
        self.code = code
        self.row = row


class OfficialsUnreadable(SyncError):
    """The file of officials cannot be used; ``code`` says why.

    Codes: ``unreadable`` (absent, or not to be opened), ``not_utf8``, ``not_json``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PlacesUnreadable(SyncError):
    """A list of places cannot be used; ``code`` says why.

    Codes: ``unreadable``, ``not_utf8``, ``no_headings`` (the first row names no columns),
    ``damaged`` (the stored list is not what this program wrote), ``unwritable``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RegulationUnreadable(SyncError):
    """The text of a regulation cannot be used; ``code`` says why.

    Codes: ``unreadable``, ``too_big``, ``no_text`` (neither text nor HTML nor docx), ``damaged``
    (the stored editions are not what this program wrote), ``unwritable``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
