"""Classification of driver errors: the central database is unreachable, or the row is invalid."""

from __future__ import annotations

import psycopg2
import psycopg2.errors
import pytest
from uuid_utils.compat import uuid7

from sync.errors import (
    BranchRefused,
    CentralNotReady,
    StationTaken,
    StoreBehind,
    StoreUnavailable,
    UnknownRecord,
)
from sync.exchange.failures import FailureKind, Permanent, Transient, classify


class Told(psycopg2.Error):
    """A driver error with an SQLSTATE, as sent by the server."""

    def __init__(self, code: str | None) -> None:
        super().__init__("Key (phone)=(+79005550101) is not acceptable")
        self._code = code

    @property
    def pgcode(self) -> str | None:  # type: ignore[override]
        return self._code


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("08006", FailureKind.UNREACHABLE),
        ("57P01", FailureKind.UNREACHABLE),
        ("57P03", FailureKind.UNREACHABLE),
        ("40001", FailureKind.OVERLOADED),
        ("40P01", FailureKind.OVERLOADED),
        ("53100", FailureKind.OVERLOADED),
        ("53300", FailureKind.OVERLOADED),
        ("55P03", FailureKind.OVERLOADED),
        ("25006", FailureKind.READ_ONLY),
        ("28P01", FailureKind.SIGN_IN_REFUSED),
        ("3D000", FailureKind.SCHEMA_MISSING),
        ("42P01", FailureKind.SCHEMA_MISSING),
        ("42703", FailureKind.SCHEMA_MISSING),
        ("XX000", FailureKind.OTHER),
        ("42601", FailureKind.OTHER),
    ],
)
def test_no_row_is_blamed_for_the_centre(code: str, kind: FailureKind) -> None:
    assert classify(Told(code)) == Transient(kind, code)


@pytest.mark.parametrize("code", ["22001", "22P05", "23505", "23514", "23503", "42501"])
def test_what_stands_in_a_row_is_permanent(code: str) -> None:
    assert classify(Told(code)) == Permanent(code)


@pytest.mark.parametrize("kind", [psycopg2.OperationalError, psycopg2.InterfaceError])
def test_a_broken_connection_has_no_code(kind: type[psycopg2.Error]) -> None:
    assert classify(kind("server closed the connection")) == Transient(FailureKind.UNREACHABLE)


def test_what_the_driver_cannot_adapt_is_permanent() -> None:
    assert classify(psycopg2.ProgrammingError("can't adapt")) == Permanent("unfit_value")
    assert classify(ValueError("NUL")) == Permanent("unfit_text")


def test_our_own_errors_keep_their_meaning() -> None:
    assert classify(CentralNotReady("schema_missing")) == Transient(FailureKind.SCHEMA_MISSING)
    assert classify(CentralNotReady("rights_missing")) == Transient(FailureKind.RIGHTS_MISSING)
    assert classify(CentralNotReady("read_only")) == Transient(FailureKind.READ_ONLY)
    assert classify(StoreBehind("0001")) == Transient(FailureKind.STORE_BEHIND)
    assert classify(BranchRefused("older")) == Transient(FailureKind.OLDER_BRANCH)
    assert classify(BranchRefused("other")) == Transient(FailureKind.OTHER_CENTRE)
    assert classify(StationTaken("0001")) == Transient(FailureKind.STATION_TAKEN)
    assert classify(StoreUnavailable("SQLITE_FULL")) == Transient(FailureKind.STORE)
    assert classify(UnknownRecord("call", uuid7())) == Transient(FailureKind.STORE)


def test_a_bug_is_not_classified() -> None:
    with pytest.raises(TypeError):
        classify(KeyError("x"))
