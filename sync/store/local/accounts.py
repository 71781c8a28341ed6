"""Local sign-in: operator accounts, argon2 hashes, and a growing delay after wrong passwords.

Central accounts that have signed in at this workplace are cached here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from sync.records.workplace_tables import operator
from sync.register.audit import SIGN_IN, Audited, AuditKind, DecidedBy, Subject, done_by
from sync.register.people.operators import Action, Operator, Refusal, Role, refusal
from sync.store.local.audit import AuditWriter
from sync.store.local.reading import RegisterReading
from sync.store.local.writer import Writer

LOG = logging.getLogger(__name__)

FREE_FAILURES = 2  # two typing errors cause no delay
DELAY_LIMIT_S = 300


class SignInCode(StrEnum):
    """Reason for a refused sign-in."""

    WRONG = "wrong"
    """Wrong login or wrong password; the reply does not distinguish them."""
    TOO_SOON = "too_soon"
    """The password was not checked. Retry after ``retry_at``."""
    EXPIRED = "expired"
    """The last confirmation by the central database is too old for an offline sign-in."""
    DISABLED = "disabled"
    """Sign-in disabled in the central database."""
    CENTRE_AWAY = "centre_away"
    """The operation needs the central database, which does not respond."""


@dataclass(frozen=True, slots=True)
class SignInRefusal:
    """Refused sign-in. Until ``retry_at`` all further attempts are refused too."""

    code: SignInCode
    retry_at: datetime | None


@dataclass(frozen=True, slots=True)
class CentralAccount:
    """Operator account as stored in the central database."""

    operator: Operator
    is_disabled: bool


class AlreadyFounded(Exception):
    """Raised when a first operator is requested but the database already has operators."""


class LoginTaken(Exception):
    """Raised when the login is used by another operator."""


def delay_s(failures: int) -> int:
    """Returns the delay in seconds after consecutive wrong passwords: 0, 0, 2, 4, 8 ... 300."""
    if failures <= FREE_FAILURES:
        return 0
    return int(min(2.0 ** min(failures - FREE_FAILURES, 16), DELAY_LIMIT_S))


class Accounts:
    """Operators and their passwords.

    Hashing takes about 50 ms of a core. It runs sequentially on a dedicated thread, so it blocks
    neither the caller nor the database writer.
    """

    def __init__(
        self,
        reading: RegisterReading,
        writer: Writer,
        audit: AuditWriter,
        new_id: Callable[[], UUID],
        clock: Callable[[], datetime],
        hasher: PasswordHasher,
    ) -> None:
        self._reading = reading
        self._writer = writer
        self._audit = audit
        self._new_id = new_id
        self._clock = clock
        self._hasher = hasher
        self._work = ThreadPoolExecutor(1, thread_name_prefix="register-accounts")
        self._decoy: str | None = None

    def close(self) -> None:
        self._work.shutdown()

    def create_first_operator(
        self, *, name: str, login: str, password: str, role: Role
    ) -> Future[Operator]:
        made = Operator(self._new_id(), login, name, role)

        def found(connection: Connection, password_hash: str) -> Operator:
            if connection.scalar(select(func.count()).select_from(operator)):
                raise AlreadyFounded
            self._insert(connection, made, password_hash, made)
            self._audit.add(connection, _signed_in(made, DecidedBy.STORE))
            return made

        def work() -> Operator:
            password_hash = self._hasher.hash(password)
            return self._writer.submit(lambda connection: found(connection, password_hash)).result()

        return self._work.submit(work)

    def add_operator(
        self, by: Operator, *, name: str, login: str, password: str, role: Role
    ) -> Future[Operator | Refusal]:
        made = Operator(self._new_id(), login, name, role)

        def add(connection: Connection, password_hash: str) -> Operator:
            if connection.scalar(select(func.count()).where(operator.c.login == login)):
                raise LoginTaken
            return self._insert(connection, made, password_hash, by)

        def work() -> Operator | Refusal:
            refused = refusal(by, Action.MANAGE_OPERATORS)
            if refused is not None:
                return refused
            password_hash = self._hasher.hash(password)
            return self._writer.submit(lambda connection: add(connection, password_hash)).result()

        return self._work.submit(work)

    def _insert(
        self,
        connection: Connection,
        made: Operator,
        password_hash: str,
        by: Operator,
        good_until: datetime | None = None,
    ) -> Operator:
        connection.execute(
            insert(operator).values(
                id=made.id,
                login=made.login,
                name=made.name,
                role=made.role.value,
                password_hash=password_hash,
                created_at=self._clock(),
                good_until=good_until,
            )
        )
        added = done_by(by, AuditKind.OPERATOR_ADDED, Subject.OPERATOR, made.id)
        self._audit.add(connection, replace(added, detail=made.role.value))
        return made

    def sign_in(self, login: str, password: str, at: datetime) -> Future[Operator | SignInRefusal]:
        def work() -> Operator | SignInRefusal:
            row = self._row(login)
            if row is None:
                self._verify(self._decoy_hash(), password)  # takes as long as for an existing login
                self._tell(_refused(None, SignInCode.WRONG, DecidedBy.STORE))
                return SignInRefusal(SignInCode.WRONG, None)
            outcome = self._decide(row, password, at)
            match outcome:
                case Operator():
                    self._tell(_signed_in(outcome, DecidedBy.STORE))
                case SignInRefusal(code=code):
                    self._tell(_refused(row.id, code, DecidedBy.STORE))
            return outcome

        return self._work.submit(work)

    def change_password(
        self, login: str, password: str, new_password: str, at: datetime
    ) -> Future[Operator | SignInRefusal]:
        signing_in = self.sign_in(login, password, at)

        def work() -> Operator | SignInRefusal:
            outcome = signing_in.result()  # already finished: one thread, FIFO order
            if isinstance(outcome, Operator):
                changed = _password_changed(outcome)
                self._store_hash(outcome.id, self._hasher.hash(new_password), changed)
            return outcome

        return self._work.submit(work)

    # --- accounts of the central database ---

    def delay(self, login: str, at: datetime) -> Future[SignInRefusal | None]:
        """Resolves to the refusal if the login must be delayed before the next attempt, else to
        None.
        """

        def work() -> SignInRefusal | None:
            row = self._row(login)
            early = None if row is None else _too_soon(row, at)
            if row is not None and early is not None:
                self._tell(_refused(row.id, early.code, DecidedBy.STORE))
            return early

        return self._work.submit(work)

    def tell_centre_away(self, login: str) -> Future[SignInRefusal]:
        """Records in the audit that an operation failed because the central database is
        unavailable.

        Resolves to the refusal.
        """

        def work() -> SignInRefusal:
            row = self._row(login)
            refused = SignInRefusal(SignInCode.CENTRE_AWAY, None)
            self._tell(_refused(None if row is None else row.id, refused.code, DecidedBy.STORE))
            return refused

        return self._work.submit(work)

    def is_central(self, login: str) -> Future[bool]:
        """Whether this login was ever confirmed by the central database at this workplace."""

        def work() -> bool:
            row = self._row(login)
            return row is not None and row.good_until is not None

        return self._work.submit(work)

    def remember(
        self,
        known: Operator,
        password: str,
        good_until: datetime,
        *,
        is_new_password: bool = False,
    ) -> Future[Operator]:
        """Caches an account that the central database has just accepted.

        The account can be used for offline sign-in until ``good_until``. It replaces a local
        account with the same login.
        """

        def keep(connection: Connection, password_hash: str) -> Operator:
            values = {
                "login": known.login,
                "name": known.name,
                "role": known.role.value,
                "password_hash": password_hash,
                "good_until": good_until,
                "disabled_at": None,
                "failures": 0,
                "last_failure_at": None,
            }
            is_him = operator.c.id == known.id
            connection.execute(delete(operator).where(operator.c.login == known.login, ~is_him))
            if not connection.execute(update(operator).where(is_him).values(values)).rowcount:
                self._insert(connection, known, password_hash, known, good_until)
            elif is_new_password:
                self._audit.add(connection, _password_changed(known))
            self._audit.add(connection, _signed_in(known, DecidedBy.CENTRE))
            return known

        def work() -> Operator:
            password_hash = self._hasher.hash(password)
            # bookkeeping: a damaged local database must not prevent a sign-in that the central
            # database accepted
            return self._writer.submit(
                lambda connection: keep(connection, password_hash), bookkeeping=True
            ).result()

        return self._work.submit(work)

    def hear(self, accounts: Sequence[CentralAccount], at: datetime) -> Future[None]:
        """Updates names and roles of the cached central operators, and whether they are disabled.

        A cached operator without an account in ``accounts`` is disabled.
        """
        told = {account.operator.id: account for account in accounts}

        def work(connection: Connection) -> None:
            known = select(operator).where(operator.c.good_until.is_not(None))
            for row in connection.execute(known).all():
                account = told.get(row.id)
                is_disabled = account is None or account.is_disabled
                name, role = row.name, row.role
                if account is not None:
                    name, role = account.operator.name, account.operator.role.value
                if (is_disabled, name, role) != (row.disabled_at is not None, row.name, row.role):
                    connection.execute(
                        update(operator)
                        .where(operator.c.id == row.id)
                        .values(name=name, role=role, disabled_at=at if is_disabled else None)
                    )
                if is_disabled != (row.disabled_at is not None):
                    self._audit.add(connection, _heard(row.id, is_disabled=is_disabled))

        return self._writer.submit(work)

    def refused(self, login: str, password: str, at: datetime) -> Future[SignInRefusal]:
        """Records that the central database rejected this password.

        If the cached hash still accepts the password, the cached account expires at ``at``.
        """

        def work() -> SignInRefusal:
            row = self._row(login)
            id = None if row is None else row.id
            self._tell(_refused(id, SignInCode.WRONG, DecidedBy.CENTRE))
            if row is None:
                return SignInRefusal(SignInCode.WRONG, None)
            if self._verify(row.password_hash, password):
                self._update(row.id, good_until=at)
            return self._note_wrong(row, at)

        return self._work.submit(work)

    # --- on the accounts thread ---

    def _tell(self, audited: Audited) -> None:
        """Records the result of a sign-in without blocking until the commit.

        With a full disk the operator can still unlock the screen and reach the unsaved input.
        """
        told = self._writer.submit(lambda connection: self._audit.add(connection, audited))
        told.add_done_callback(_tell_failure)

    def _row(self, login: str) -> Row[Any] | None:
        return self._reading.read(
            lambda connection: connection.execute(
                select(operator).where(operator.c.login == login)
            ).one_or_none()
        )

    def _decide(self, row: Row[Any], password: str, at: datetime) -> Operator | SignInRefusal:
        early = _too_soon(row, at)
        if early is not None:
            return early
        if not self._verify(row.password_hash, password):
            return self._note_wrong(row, at)
        if row.disabled_at is not None:
            return SignInRefusal(SignInCode.DISABLED, None)
        if row.good_until is not None and row.good_until <= at:
            return SignInRefusal(SignInCode.EXPIRED, None)
        if row.failures:
            self._note_failures(row.id, 0, None)
        if self._hasher.check_needs_rehash(row.password_hash):
            self._store_hash(row.id, self._hasher.hash(password))
        return Operator(row.id, row.login, row.name, Role(row.role))

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except VerifyMismatchError:
            return False

    def _decoy_hash(self) -> str:
        if self._decoy is None:
            self._decoy = self._hasher.hash("")
        return self._decoy

    def _note_wrong(self, row: Row[Any], at: datetime) -> SignInRefusal:
        failures = row.failures + 1
        self._note_failures(row.id, failures, at)
        wait_s = delay_s(failures)
        return SignInRefusal(SignInCode.WRONG, at + timedelta(seconds=wait_s) if wait_s else None)

    def _note_failures(self, id: UUID, failures: int, at: datetime | None) -> None:
        self._update(id, failures=failures, last_failure_at=at)

    def _store_hash(self, id: UUID, password_hash: str, changed: Audited | None = None) -> None:
        self._update(id, changed, password_hash=password_hash)

    def _update(self, id: UUID, audited: Audited | None = None, **values: object) -> None:
        def work(connection: Connection) -> None:
            connection.execute(update(operator).where(operator.c.id == id).values(**values))
            if audited is not None:
                self._audit.add(connection, audited)

        self._writer.submit(work, bookkeeping=audited is None).result()


def _password_changed(by: Operator) -> Audited:
    return done_by(by, AuditKind.PASSWORD_CHANGED, Subject.OPERATOR, by.id)


def _signed_in(operator: Operator, by: DecidedBy) -> Audited:
    told = done_by(operator, AuditKind.SIGNED_IN, Subject.OPERATOR, operator.id)
    return replace(told, detail=by.value)


def _refused(id: UUID | None, code: SignInCode, by: DecidedBy) -> Audited:
    """Returns the audit entry of a refused sign-in.

    An unknown login is not recorded, because users sometimes type their password into that field.
    """
    subject = None if id is None else Subject.OPERATOR
    detail = f"{code.value} {by.value}"
    return Audited(AuditKind.SIGN_IN_REFUSED, None, SIGN_IN, subject, id, detail)


def _heard(id: UUID, *, is_disabled: bool) -> Audited:
    kind = AuditKind.SHUT_OUT if is_disabled else AuditKind.LET_IN
    return Audited(kind, None, DecidedBy.CENTRE.value, Subject.OPERATOR, id)


def _tell_failure(told: Future[None]) -> None:
    """Logs the error of a failed audit entry; the banner of the console reports the failing
    database.
    """
    error = None if told.cancelled() else told.exception()
    if error is not None:
        LOG.error("audit: entry not written: %s", type(error).__name__)


def _too_soon(row: Row[Any], at: datetime) -> SignInRefusal | None:
    if row.last_failure_at is None:
        return None
    retry_at = row.last_failure_at + timedelta(seconds=delay_s(row.failures))
    # a clock that was set back must not extend the delay
    if row.last_failure_at <= at < retry_at:
        return SignInRefusal(SignInCode.TOO_SOON, retry_at)
    return None
