"""Classifies errors of the central database, transient or permanent; exponential backoff.

A transient error is retried for ever. A permanent one concerns the row itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import psycopg2

from sync.errors import BranchRefused, CentralNotReady, StationTaken, StoreBehind, StoreError


class FailureKind(StrEnum):
    """Why records do not reach the centre now; none of them is the fault of a record."""

    UNREACHABLE = "unreachable"
    """No connection, or it broke off."""
    TIMED_OUT = "timed_out"
    """The server did not answer in time and the connection was broken off from here."""
    OVERLOADED = "overloaded"
    """Out of disk, memory or connections, or a lock was not had."""
    READ_ONLY = "read_only"
    """The server takes no writes: a standby, or one that was set so."""
    SCHEMA_MISSING = "schema_missing"
    """The database was not made ready by ``central init``, or is older than this program."""
    RIGHTS_MISSING = "rights_missing"
    SIGN_IN_REFUSED = "sign_in_refused"
    STATION_TAKEN = "station_taken"
    """Another store uses the code of this workplace."""
    STORE_BEHIND = "store_behind"
    """The store here is older than what was sent from it."""
    OLDER_BRANCH = "older_branch"
    """Only a dead branch of the centre's history answers: a former primary that came back."""
    OTHER_CENTRE = "other_centre"
    """Another database answers, and no administrator put it in the place of ours."""
    STORE = "store"
    """The local store could not be read or written."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Transient:
    """Try again, for ever; ``code`` is the SQLSTATE where the server gave one."""

    kind: FailureKind
    code: str = ""


@dataclass(frozen=True, slots=True)
class Permanent:
    """The same rows will be refused again; ``code`` is an SQLSTATE and a constraint's name."""

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
    "42P01": FailureKind.SCHEMA_MISSING,  # no such table
    "42703": FailureKind.SCHEMA_MISSING,  # no such column
    "42P10": FailureKind.SCHEMA_MISSING,  # no such key to conflict with
}

_BY_REFUSAL = {"older": FailureKind.OLDER_BRANCH, "other": FailureKind.OTHER_CENTRE}

# 22: the value does not fit its type; 23: a constraint forbids it
_PERMANENT_CLASSES = ("22", "23")
_ROW_FORBIDDEN = "42501"  # rights to the table are checked at connect: this is row security

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
    """What this error of the exchange, one of KNOWN_ERRORS, means for the rows."""
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
            # a NUL character or half of a surrogate pair: the driver cannot put it into SQL
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
"""What may befall one who only reads: no text of ours can be unfit for SQL."""


DOUBLINGS = 16  # further ones would only make the number larger than any limit


def grown_s(first_s: float, longest_s: float, failures: int) -> float:
    """Seconds, doubled with each failure before this one and never more than the longest."""
    return min(first_s * 2.0 ** min(failures, DOUBLINGS), longest_s)
