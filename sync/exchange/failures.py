"""Classifies errors of the central database, transient or permanent; exponential backoff.

A transient error is retried without limit. A permanent one concerns the row itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import psycopg2

from sync.errors import BranchRefused, CentralNotReady, StationTaken, StoreBehind, StoreError


class FailureKind(StrEnum):
    """Reason why records cannot be sent now; none is caused by a record."""

    UNREACHABLE = "unreachable"
    """No connection, or the connection was lost."""
    TIMED_OUT = "timed_out"
    """The server did not respond in time and this workplace aborted the connection."""
    OVERLOADED = "overloaded"
    """The server lacks disk space, memory or connections, or a lock was not acquired."""
    READ_ONLY = "read_only"
    """The server is read-only, such as a standby."""
    SCHEMA_MISSING = "schema_missing"
    """The database was not initialised by ``central init``, or its schema is older."""
    RIGHTS_MISSING = "rights_missing"
    SIGN_IN_REFUSED = "sign_in_refused"
    STATION_TAKEN = "station_taken"
    """Another local database uses the code of this workplace."""
    STORE_BEHIND = "store_behind"
    """The local database was rolled back: it is older than the records sent from it."""
    OLDER_BRANCH = "older_branch"
    """Only a superseded timeline responds, such as a former primary that has returned."""
    OTHER_CENTRE = "other_centre"
    """Another database responds, and no administrator declared it the replacement."""
    STORE = "store"
    """The local database could not be read or written."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Transient:
    """Failure to be retried without limit; ``code`` is the SQLSTATE if the server sent one."""

    kind: FailureKind
    code: str = ""


@dataclass(frozen=True, slots=True)
class Permanent:
    """Failure that repeats for the same rows; ``code`` is an SQLSTATE and a constraint name."""

    code: str


Failure = Transient | Permanent

_BY_CLASS = {
    "08": FailureKind.UNREACHABLE,
    "57": FailureKind.UNREACHABLE,
    "28": FailureKind.SIGN_IN_REFUSED,
    "3D": FailureKind.SCHEMA_MISSING,
    "3F": FailureKind.SCHEMA_MISSING,
    "40": FailureKind.OVERLOADED,
    "53": FailureKind.OVERLOADED,
    "55": FailureKind.OVERLOADED,
}
_BY_CODE = {
    "25006": FailureKind.READ_ONLY,
    "42P01": FailureKind.SCHEMA_MISSING,  # undefined table
    "42703": FailureKind.SCHEMA_MISSING,  # undefined column
    "42P10": FailureKind.SCHEMA_MISSING,  # no unique constraint for ON CONFLICT
}

_BY_REFUSAL = {"older": FailureKind.OLDER_BRANCH, "other": FailureKind.OTHER_CENTRE}

# Class 22: data exception; class 23: integrity constraint violation.
_PERMANENT_CLASSES = ("22", "23")
_ROW_FORBIDDEN = "42501"  # row security; rights to the table are checked at connect

KNOWN_ERRORS = (
    psycopg2.Error,
    ValueError,
    BranchRefused,
    CentralNotReady,
    StationTaken,
    StoreBehind,
    StoreError,
)


def classify(error: Exception) -> Failure:
    """Classifies an error: whether the same rows may be retried; ``error`` is one of
    KNOWN_ERRORS.
    """
    match error:
        case psycopg2.Error():
            return _classify_driver(error)
        case CentralNotReady():
            return Transient(FailureKind(error.code))
        case BranchRefused():
            return Transient(_BY_REFUSAL[error.code])
        case StationTaken():
            return Transient(FailureKind.STATION_TAKEN)
        case StoreBehind():
            return Transient(FailureKind.STORE_BEHIND)
        case StoreError():
            return Transient(FailureKind.STORE)
        case ValueError():
            # A NUL character or a lone surrogate, which the driver cannot put into SQL.
            return Permanent("unfit_text")
        case _:
            raise TypeError(type(error).__name__)


def _classify_driver(error: psycopg2.Error) -> Failure:
    code = error.pgcode or ""
    if code[:2] in _PERMANENT_CLASSES or code == _ROW_FORBIDDEN:
        constraint = error.diag.constraint_name or error.diag.column_name or ""
        return Permanent(f"{code} {constraint}".strip())
    if not code and isinstance(error, psycopg2.DataError | psycopg2.ProgrammingError):
        return Permanent("unfit_value")
    if not code:
        return Transient(FailureKind.UNREACHABLE)
    kind = _BY_CODE.get(code) or _BY_CLASS.get(code[:2]) or FailureKind.OTHER
    return Transient(kind, code)


READING_ERRORS: tuple[type[Exception], ...] = tuple(
    kind for kind in KNOWN_ERRORS if kind is not ValueError
)
"""Errors that a read can raise. ValueError is not among them: it is caused by the texts of rows to
send.
"""


DOUBLINGS = 16  # further doublings exceed any limit


def grown_s(first_s: float, longest_s: float, failures: int) -> float:
    """Returns the delay in seconds, doubled per previous failure, up to ``longest_s``."""
    return min(first_s * 2.0 ** min(failures, DOUBLINGS), longest_s)
