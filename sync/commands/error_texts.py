"""English texts of the errors that commands print: the violated condition and the next step."""

from __future__ import annotations

from collections.abc import Mapping

from sync.errors import (
    BackupFailed,
    CalendarUnreadable,
    CentralNotReady,
    ClockDoubtful,
    KeyUnavailable,
    LibraryTooOld,
    MailSettingsInvalid,
    OfficialsUnreadable,
    PlacesUnreadable,
    PlatformSettingsInvalid,
    RegulationUnreadable,
    RowsWait,
    StoreCopied,
    StoreInUse,
    StoreOutdated,
    StoreTooNew,
    StoreUnavailable,
    StoreUnreadable,
    SyncError,
)

_OF_CODES: Mapping[type[SyncError], Mapping[str, str]] = {
    KeyUnavailable: {
        "missing": "no key in the keyring or key file; run as the user who owns the database, or"
        " put back the key file",
        "keyring_locked": "the keyring is locked; unlock it and try again",
        "file_open_to_others": "other users can read the key file; restrict it to its owner",
        "file_damaged": "the key file is invalid or cannot be read",
        "file_unwritable": "the key file cannot be written",
    },
    StoreUnreadable: {
        "absent": "the file does not exist",
        "not_a_store_or_wrong_key": "the file is not a local database, or the key does not match",
        "damaged": "the file is damaged; run `export-outbox`, then restore a backup",
    },
    StoreCopied: {
        "backup": "the file is a backup; run `restore` to use it",
        "elsewhere": "the file was copied or moved from another computer or folder; run `restore`"
        " to use it",
    },
    BackupFailed: {
        "directory_missing": "backup failed: the folder does not exist",
        "unwritable": "backup failed: the folder cannot be written",
        "copy_damaged": "backup failed: the copy is damaged; check the disk",
    },
    CentralNotReady: {
        "schema_missing": "the schema is missing or outdated; run `central init`",
        "rights_missing": "this login may not write records of this workplace; run"
        " `central enrol-workplace`",
        "roles_missing": "roles cannot be created: permission denied; grant it with"
        " ALTER ROLE ... CREATEROLE",
        "read_only": "the server is read-only (standby)",
        "workplace_unknown": "the workplace is not enrolled; run `central enrol-workplace`",
    },
    PlatformSettingsInvalid: {
        "platform_missing": "options of the platform require --platform",
        "url_unreadable": "invalid URL",
        "plain_http": "the URL is not https; personal data would be sent unencrypted"
        " (--allow-plain-http)",
        "key_unreadable": "the API key file cannot be read",
        "services_unreadable": "the services file cannot be read, or is not a JSON object of texts",
        "author_fields_unknown": "unknown author field; use name, email, phone or none",
    },
    MailSettingsInvalid: {
        "server": "invalid server; check --mail-host and --mail-port",
        "address": "invalid sender address; check --mail-sender",
        "password": "user and password must be set together",
        "password_unreadable": "the password cannot be read",
        "ca_file": "the CA certificates cannot be read; check --mail-ca-file",
    },
    CalendarUnreadable: {
        "absent": "the file does not exist",
        "unreadable": "the file cannot be read",
        "not_json": "the file is not valid JSON",
        "not_a_calendar": "the file is not a calendar",
        "day_of_other_year": "the file contains a day of another year",
        "bad_row": "invalid row",
        "bad_record": "invalid record",
    },
    OfficialsUnreadable: {
        "unreadable": "the file does not exist or cannot be read",
        "not_utf8": "the file is not UTF-8",
        "not_json": "the file is not valid JSON",
    },
    PlacesUnreadable: {
        "unreadable": "the file does not exist or cannot be read",
        "not_utf8": "the file is not UTF-8",
        "no_headings": "the first row does not contain column names",
        "damaged": "the stored list is damaged",
        "unwritable": "the list cannot be written",
    },
    RegulationUnreadable: {
        "unreadable": "the file does not exist or cannot be read",
        "too_big": "the file is too large",
        "no_text": "the file is not plain text, HTML or docx",
        "damaged": "the stored versions are damaged",
        "unwritable": "the versions cannot be written",
    },
}


def error_text(error: SyncError) -> str:
    """Returns the English text of an error; if it has none, the error's class and arguments."""
    match error:
        case StoreTooNew(found=found, known=known):
            return f"schema {found} is newer than this version supports ({known}); update it"
        case StoreOutdated(found=found, known=known):
            return f"schema {found} is older than {known}; start the console to upgrade it"
        case LibraryTooOld(found=found, needed=needed):
            return f"SQLite {found} is too old; install {needed} or later"
        case StoreInUse():
            return "another process has the database open; close the console and try again"
        case RowsWait(count=count):
            return f"unsent records: {count}; run `push` or `export-outbox` first"
        case ClockDoubtful():
            return "the clock of this computer may be wrong; set it and try again"
        case StoreUnavailable(code=code):
            return f"I/O error: {code}"
    code = getattr(error, "code", "")
    text = _OF_CODES.get(type(error), {}).get(code)
    if text is None:
        facts = " ".join(str(argument) for argument in error.args)
        return f"{type(error).__name__} {facts}".strip()
    row = error.row if isinstance(error, CalendarUnreadable) else 0
    return f"{text} ({row})" if row else text
