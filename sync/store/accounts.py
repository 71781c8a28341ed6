"""Who may sign in: argon2 hashes, and a delay that grows with every wrong password."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Connection, Row, func, insert, select, update

from sync.register.audit import Audited, AuditKind, Subject, done_by
from sync.register.operators import Operator, Role
from sync.register.rights import Action, Refusal, refusal
from sync.store.audit import AuditWriter
from sync.store.reading import RegisterReading
from sync.store.tables import operator
from sync.store.writer import Writer

FREE_FAILURES = 2  # a slip of the finger, and another one
DELAY_LIMIT_S = 300


class SignInCode(StrEnum):
    """Why a sign-in was refused."""

    WRONG = "wrong"
    """Login or password; which of the two is not told."""
    TOO_SOON = "too_soon"
    """The password was not looked at; wait until ``retry_at``."""


@dataclass(frozen=True, slots=True)
class SignInRefusal:
    """A sign-in that was refused; before ``retry_at`` every further one will be."""

    code: SignInCode
    retry_at: datetime | None


class AlreadyFounded(Exception):
    """The first operator was asked for where there is one already."""


class LoginTaken(Exception):
    """Another operator has this login already."""


def delay_s(failures: int) -> int:
    """Seconds to wait after so many wrong passwords in a row: 0, 0, 2, 4, 8 ... 300."""
    if failures <= FREE_FAILURES:
        return 0
    return int(min(2.0 ** min(failures - FREE_FAILURES, 16), DELAY_LIMIT_S))


class Accounts:
    """Operators and their passwords.

    Hashing takes some 50 ms of a core and runs on one thread of its own, one after another, so
    that neither the caller nor the writer of records waits for it.
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
            return self._insert(connection, made, password_hash, made)

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
        self, connection: Connection, made: Operator, password_hash: str, by: Operator
    ) -> Operator:
        connection.execute(
            insert(operator).values(
                id=made.id,
                login=made.login,
                name=made.name,
                role=made.role.value,
                password_hash=password_hash,
                created_at=self._clock(),
            )
        )
        added = done_by(by, AuditKind.OPERATOR_ADDED, Subject.OPERATOR, made.id)
        self._audit.add(connection, replace(added, detail=made.role.value))
        return made

    def sign_in(self, login: str, password: str, at: datetime) -> Future[Operator | SignInRefusal]:
        def work() -> Operator | SignInRefusal:
            row = self._reading.read(
                lambda connection: connection.execute(
                    select(operator).where(operator.c.login == login)
                ).one_or_none()
            )
            if row is None:
                self._verify(self._decoy_hash(), password)  # the same time as for a known login
                return SignInRefusal(SignInCode.WRONG, None)
            return self._decide(row, password, at)

        return self._work.submit(work)

    def change_password(
        self, login: str, password: str, new_password: str, at: datetime
    ) -> Future[Operator | SignInRefusal]:
        signing_in = self.sign_in(login, password, at)

        def work() -> Operator | SignInRefusal:
            outcome = signing_in.result()  # done: this thread works in order
            if isinstance(outcome, Operator):
                changed = done_by(outcome, AuditKind.PASSWORD_CHANGED, Subject.OPERATOR, outcome.id)
                self._store_hash(outcome.id, self._hasher.hash(new_password), changed)
            return outcome

        return self._work.submit(work)

    def _decide(self, row: Row[Any], password: str, at: datetime) -> Operator | SignInRefusal:
        if row.last_failure_at is not None:
            retry_at = row.last_failure_at + timedelta(seconds=delay_s(row.failures))
            # a clock that was set back must not lock anybody out for the difference
            if row.last_failure_at <= at < retry_at:
                return SignInRefusal(SignInCode.TOO_SOON, retry_at)
        if not self._verify(row.password_hash, password):
            failures = row.failures + 1
            self._note_failures(row.id, failures, at)
            wait_s = delay_s(failures)
            return SignInRefusal(
                SignInCode.WRONG, at + timedelta(seconds=wait_s) if wait_s else None
            )
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

    def _note_failures(self, id: UUID, failures: int, at: datetime | None) -> None:
        self._update(id, failures=failures, last_failure_at=at)

    def _store_hash(self, id: UUID, password_hash: str, changed: Audited | None = None) -> None:
        self._update(id, changed, password_hash=password_hash)

    def _update(self, id: UUID, audited: Audited | None = None, **values: object) -> None:
        def work(connection: Connection) -> None:
            connection.execute(update(operator).where(operator.c.id == id).values(**values))
            if audited is not None:
                self._audit.add(connection, audited)

        self._writer.submit(work).result()
