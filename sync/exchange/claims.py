"""Timed work in the central database: callback locks, document edits, sign-in, preferences.

At the time limit the connection is shut down. ``OperatorSignIn`` has a worker thread and mostly
returns futures; all other methods block.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sync.errors import CentreUnwritten
from sync.exchange.central_choice import Watchdog
from sync.exchange.failures import KNOWN_ERRORS, FailureKind, Permanent, Transient, classify
from sync.records.feed_values import DocumentEntity, FeedItem
from sync.register.calls.missed import CallClaim, Claimed
from sync.register.people.operators import Operator, Role
from sync.register.people.own_desk import KeptDesk
from sync.store.central.connection import break_off
from sync.store.central.operators import (
    CentralOperators,
    claim_call,
    end_call_claim,
    settle_own_desk,
)
from sync.store.central.server_identity import Branch
from sync.store.central.shared_documents import (
    DocumentEdit,
    DocumentsEdited,
    DocumentsOvertaken,
    SharedDocument,
    SharedEditing,
)
from sync.store.local.accounts import CentralAccount, SignInRefusal
from sync.store.local.people.operators import OwnDesks
from sync.store.local.register import RegisterStore

T = TypeVar("T")
Opened = Callable[[Any], None]


def ask_to_write(work: Callable[[Opened], T], limit_s: float) -> T:
    """Runs ``work`` against the central database and returns its result.

    ``work`` passes each psycopg2 connection that it opens to its argument; at the time limit they
    are aborted. Raises CentreUnwritten on failure or after ``limit_s``.
    """
    drivers: list[Any] = []

    def give_up() -> None:
        for driver in drivers:
            break_off(driver)

    watchdog = Watchdog(give_up, limit_s)
    try:
        with watchdog.watching():
            return work(drivers.append)
    except KNOWN_ERRORS as error:
        code = FailureKind.TIMED_OUT.value if watchdog.has_bitten else _code(error)
        raise CentreUnwritten(code) from None


def _code(error: Exception) -> str:
    match classify(error):
        case Transient(kind):
            return kind.value
        case Permanent():
            return "refused"


ANSWER_LIMIT_S = 6.0  # the console gives up long before


class CentralClaims:
    """Locks on phone numbers while an operator calls back. Blocks; call on a worker thread.

    ``dsn`` is that of the workplace. Every method raises CentreUnwritten.
    """

    def __init__(self, dsn: str, station: str) -> None:
        self._dsn = dsn
        self._station = station

    def claim(self, claim: CallClaim, *, is_forced: bool = False) -> Claimed:
        """Acquires or renews the lock on a number; the first owner keeps it unless it is forced."""
        return ask_to_write(
            lambda opened: claim_call(
                self._dsn, self._station, claim, is_forced=is_forced, opened=opened
            ),
            ANSWER_LIMIT_S,
        )

    def end(self, id: UUID) -> None:
        """Releases the lock."""
        ask_to_write(
            lambda opened: end_call_claim(self._dsn, self._station, id, opened=opened),
            ANSWER_LIMIT_S,
        )


EDIT_LIMIT_S = 12.0  # an operator waits, and each server may take three seconds
A_DOCUMENT_S = 0.01


class CentralEditing:
    """Edits of shared documents. Thread-safe. Blocks; call on a worker thread.

    ``session`` returns the DSN of the operator's own login, or None if the operator did not sign in
    through the central database. ``branch`` returns the timeline to which the workplace sends.
    Every method raises CentreUnwritten.
    """

    def __init__(
        self, session: Callable[[], str | None], branch: Callable[[], Branch | None]
    ) -> None:
        self._session = session
        self._branch = branch

    def edit(
        self, edits: Sequence[DocumentEdit], first: Sequence[SharedDocument] = ()
    ) -> DocumentsEdited | DocumentsOvertaken:
        """Writes all these edits or none.

        ``first`` is written before them if the central database has never had a document of that
        kind.
        """
        limit_s = EDIT_LIMIT_S + A_DOCUMENT_S * (len(edits) + len(first))
        return self._ask(lambda editing: editing.edit(edits, first), limit_s)

    def history(self, entity: DocumentEntity, key: str) -> tuple[FeedItem, ...]:
        """Returns every version of a document, the latest last."""
        return self._ask(lambda editing: editing.history(entity, key), EDIT_LIMIT_S)

    def _ask(self, work: Callable[[SharedEditing], T], limit_s: float) -> T:
        dsn = self._session()
        if dsn is None:
            raise CentreUnwritten("not_signed_in")
        return ask_to_write(
            lambda opened: work(SharedEditing(dsn, self._branch(), opened)), limit_s
        )


GOOD_FOR = timedelta(days=14)
SIGN_IN_LIMIT_S = 5.0

Decision = Operator | SignInRefusal


@dataclass(frozen=True, slots=True)
class _Try:
    """Entered credentials, and the password that is valid afterwards."""

    login: str
    password: str
    at: datetime
    kept: str


class OperatorSignIn:
    """Signs in operators of the central database and local operators, one at a time on one thread.

    An operator of the central database who has signed in at this workplace can sign in offline for
    ``good_for`` after the last online check. Accounts unknown to the central database are local;
    only the local database decides about them.
    """

    def __init__(self, store: RegisterStore, dsn: str, *, good_for: timedelta = GOOD_FOR) -> None:
        """Creates the service; ``dsn`` is that of the workplace. Raises DsnInvalid."""
        self._store = store
        self._good_for = good_for
        self._centre = CentralOperators(dsn)
        self._watchdog = Watchdog(self._centre.abort, SIGN_IN_LIMIT_S)
        self._work = ThreadPoolExecutor(1, thread_name_prefix="central-sign-in")
        self._session: tuple[UUID, str] | None = None

    def close(self) -> None:
        self._work.shutdown()

    def session_of(self, operator: Operator) -> str | None:
        """Returns the DSN of the operator's own login, if they signed in last and centrally.

        It contains the password and is held in memory only. None after a local sign-in.
        Thread-safe.
        """
        session = self._session
        return session[1] if session is not None and session[0] == operator.id else None

    def refresh(self, at: datetime) -> Future[None]:
        """Updates the list of disabled logins, for example after a reconnect.

        Non-blocking. Thread-safe.
        """

        def hear() -> None:
            accounts = self._accounts()
            if accounts is not None:
                self._store.accounts.hear(accounts, at).result()

        return self._work.submit(hear)

    def has_operators(self) -> bool:
        """Whether the local database, or the central one if available, has an operator."""
        return self._store.has_operators() or bool(self._work.submit(self._accounts).result())

    def create_first_operator(
        self, *, name: str, login: str, password: str, role: Role
    ) -> Future[Operator]:
        return self._store.create_first_operator(
            name=name, login=login, password=password, role=role
        )

    def sign_in(self, login: str, password: str, at: datetime) -> Future[Decision]:
        """Signs the operator in, or returns the reason of a refusal; ``at`` has a time zone."""

        def alone() -> Decision:
            return self._store.sign_in(login, password, at).result()

        return self._work.submit(
            lambda: self._decide(
                _Try(login, password, at, kept=password),
                lambda known: self._centre.admits(known, password),
                alone,
                away=alone,
            )
        )

    def change_password(
        self, login: str, password: str, new_password: str, at: datetime
    ) -> Future[Decision]:
        """Changes the password of the operator.

        Returns the refusal CENTRE_AWAY if the account belongs to the central database and that is
        unavailable.
        """

        def alone() -> Decision:
            return self._store.change_password(login, password, new_password, at).result()

        def away() -> Decision:
            if self._store.accounts.is_central(login).result():
                return self._store.accounts.tell_centre_away(login).result()
            return alone()

        return self._work.submit(
            lambda: self._decide(
                _Try(login, password, at, kept=new_password),
                lambda known: self._centre.change_password(known, password, new_password),
                alone,
                away,
            )
        )

    def _decide(
        self,
        tried: _Try,
        is_done_by_centre: Callable[[str], bool],
        alone: Callable[[], Decision],
        away: Callable[[], Decision],
    ) -> Decision:
        people = self._store.accounts
        self._session = None
        early = people.delay(tried.login, tried.at).result()
        if early is not None:
            return early
        accounts = self._accounts()
        if accounts is None:
            return away()
        people.hear(accounts, tried.at).result()
        known = {each.operator.login: each for each in accounts}.get(tried.login.lower())
        if known is None or known.is_disabled:
            return alone()
        with self._watchdog.watching():
            is_done = is_done_by_centre(known.operator.login)
        if is_done:
            own = self._centre.dsn_of(known.operator.login, tried.kept)
            self._session = (known.operator.id, own)
            good_until = tried.at + self._good_for
            is_new = tried.kept != tried.password
            return people.remember(
                known.operator, tried.kept, good_until, is_new_password=is_new
            ).result()
        if self._accounts() is None:  # unavailable: the password was not the cause
            return away()
        return people.refused(tried.login, tried.password, tried.at).result()

    def _accounts(self) -> tuple[CentralAccount, ...] | None:
        with self._watchdog.watching():
            return self._centre.accounts()


ROAMING_LIMIT_S = 8.0  # runs in the background


class OwnDeskRoaming:
    """Synchronises preferences with the central database. Blocks; call on a worker thread."""

    def __init__(self, desks: OwnDesks) -> None:
        self._desks = desks

    def settle(self, operator_id: UUID, dsn: str) -> KeptDesk | None:
        """Merges the local preferences with those in the central database and returns the result.

        None if the operator has never saved preferences. ``dsn`` is that of the operator's own
        login. Raises CentreUnwritten and StoreError.
        """
        ours = self._desks.read(operator_id)
        held = ask_to_write(
            lambda opened: settle_own_desk(dsn, operator_id, ours, self._desks.now, opened),
            ROAMING_LIMIT_S,
        )
        return None if held is None else self._desks.take(operator_id, held, ours).result()
