"""Signing in where there is a centre: it decides while it answers, the store when it does not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sync.exchange.watchdog import Watchdog
from sync.register.operators import Operator, Role
from sync.store.accounts import CentralAccount, SignInRefusal
from sync.store.central_operators import CentralOperators
from sync.store.register import RegisterStore

GOOD_FOR = timedelta(days=14)
ANSWER_LIMIT_S = 5.0

Decision = Operator | SignInRefusal


@dataclass(frozen=True, slots=True)
class _Try:
    """What somebody entered; ``kept`` is the password that holds afterwards."""

    login: str
    password: str
    at: datetime
    kept: str


class OperatorSignIn:
    """The people of the centre and of this store, asked one after another on one thread.

    A person of the centre who has signed in here once comes in without it for ``good_for`` after
    the last time it was asked. People whom the centre does not know are the store's own, and it
    decides about them alone.
    """

    def __init__(self, store: RegisterStore, dsn: str, *, good_for: timedelta = GOOD_FOR) -> None:
        """``dsn`` is the workplace's own; raises DsnInvalid."""
        self._store = store
        self._good_for = good_for
        self._centre = CentralOperators(dsn)
        self._watchdog = Watchdog(self._centre.abort, ANSWER_LIMIT_S)
        self._work = ThreadPoolExecutor(1, thread_name_prefix="central-sign-in")
        self._session: tuple[UUID, str] | None = None

    def close(self) -> None:
        self._work.shutdown()

    def session_of(self, operator: Operator) -> str | None:
        """The DSN of this person's own login, who came in by the centre last; any thread.

        It holds the password, in memory alone; None for one whom the store let in.
        """
        session = self._session
        return session[1] if session is not None and session[0] == operator.id else None

    def refresh(self, at: datetime) -> Future[None]:
        """Hear who was shut out, as when the centre is back; any thread, without waiting."""

        def hear() -> None:
            accounts = self._accounts()
            if accounts is not None:
                self._store.accounts.hear(accounts, at).result()

        return self._work.submit(hear)

    def has_operators(self) -> bool:
        """False only where neither the store nor a centre that answers knows anybody."""
        return self._store.has_operators() or bool(self._work.submit(self._accounts).result())

    def create_first_operator(
        self, *, name: str, login: str, password: str, role: Role
    ) -> Future[Operator]:
        return self._store.create_first_operator(
            name=name, login=login, password=password, role=role
        )

    def sign_in(self, login: str, password: str, at: datetime) -> Future[Decision]:
        """Who this is, or why not; ``at`` is aware."""

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
        """Who has the new password now; CENTRE_AWAY where it is the centre's and that is away."""

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
        if self._accounts() is None:  # it was not the password
            return away()
        return people.refused(tried.login, tried.password, tried.at).result()

    def _accounts(self) -> tuple[CentralAccount, ...] | None:
        with self._watchdog.watching():
            return self._centre.accounts()
