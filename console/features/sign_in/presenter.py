"""Presenter of the first start, sign-in, password change and screen lock.

GUI thread only; the register checks passwords on a reader thread. The presenter stores no
passwords.
"""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol, assert_never

from PySide6.QtCore import QObject, QTimer, Signal

from console.core import words as core_words
from console.core.deliveries import Deliveries
from console.core.settings.workplace import CITY_ZONE
from console.features.sign_in import words as sign_in_words
from sync.errors import StoreError, StoreUnavailable, StoreUnreadable
from sync.register.people.operators import Operator, Role
from sync.store.local.accounts import SignInRefusal

SHORTEST_PASSWORD = 8
AGAIN_MS = 2000  # equal to the retry interval of writes


class OperatorsPort(Protocol):
    """Operator accounts of the register; called on a reader thread."""

    def has_operators(self) -> bool: ...

    def create_first_operator(
        self, *, name: str, login: str, password: str, role: Role
    ) -> "Future[Operator]": ...

    def sign_in(
        self, login: str, password: str, at: datetime
    ) -> "Future[Operator | SignInRefusal]": ...

    def change_password(
        self, login: str, password: str, new_password: str, at: datetime
    ) -> "Future[Operator | SignInRefusal]": ...


class SignInMode(StrEnum):
    """Mode of the sign-in page."""

    FIRST_OPERATOR = "first-operator"
    SIGN_IN = "sign-in"
    LOCKED = "locked"
    CHANGE_PASSWORD = "change-password"  # noqa: S105


@dataclass(frozen=True, slots=True)
class SignInState:
    """View state of the page."""

    mode: SignInMode = SignInMode.SIGN_IN
    title: str = ""
    lead: str = ""
    action: str = ""
    login: str = ""
    role: str = Role.SUPERVISOR.value
    notice: str = ""
    problem: str = ""
    advice: str = ""
    busy: bool = False
    clear_passwords: bool = False


NOT_WRITTEN = (StoreUnavailable, StoreUnreadable)


class SignInPresenter(QObject):
    """Presenter of the sign-in page; checks the input and does not store passwords."""

    changed = Signal(object)  # SignInState
    signed_in = Signal(object)  # Operator
    founded = Signal()  # the first operator of this store signed in
    locked = Signal(object, bool)  # Operator, whether idleness was the cause
    signed_out = Signal(object)  # Operator

    def __init__(
        self,
        operators: OperatorsPort,
        readers: Executor,
        deliveries: Deliveries,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        again_ms: int = AGAIN_MS,
        parent: QObject | None = None,
    ) -> None:
        """If the register cannot be read at startup, the read is repeated after ``again_ms``."""
        super().__init__(parent)
        self._operators = operators
        self._readers = readers
        self._deliveries = deliveries
        self._clock = clock
        self._operator: Operator | None = None
        self._has_left = False
        self._locked_lead = ""
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(again_ms)
        self._again.timeout.connect(self.start)
        self._role = Role.SUPERVISOR
        self._before_change = SignInMode.SIGN_IN
        self._state = self._words(SignInMode.SIGN_IN)

    @property
    def state(self) -> SignInState:
        return self._state

    def start(self) -> None:
        """Shows the first start if this store has no operator account, otherwise the sign-in."""

        def show(known: bool) -> None:
            mode = SignInMode.SIGN_IN if known else SignInMode.FIRST_OPERATOR
            self._show(self._words(mode))

        def refused(error: Exception) -> None:
            self._not_written(error)
            self._again.start()

        self._deliveries.deliver(
            self._readers.submit(self._operators.has_operators),
            show,
            refused,
            expected=(StoreError,),
        )

    def let_in(self, name: str, login: str, password: str) -> None:
        """Signs in without a form; at the first start the account is created."""

        def decide(known: bool) -> None:
            if known:
                self._sign_in(login, password)
            else:
                self._found(name, login, password)

        self._deliveries.deliver(
            self._readers.submit(self._operators.has_operators),
            decide,
            self._not_written,
            expected=(StoreError,),
        )

    def lock(self, *, is_idle: bool = False) -> None:
        """Locks the console until an operator signs in."""
        if self._operator is not None:
            self._locked_lead = sign_in_words.locked_lead(
                self._operator.name, self._clock().astimezone(CITY_ZONE), is_idle=is_idle
            )
            self._show_lock()
            self.locked.emit(self._operator, is_idle)

    def leave(self) -> None:
        """Signs out the current operator, before another sign-in or when the window closes."""
        if self._operator is not None and not self._has_left:
            self._has_left = True
            self.signed_out.emit(self._operator)

    def _show_lock(self) -> None:
        locked = self._words(SignInMode.LOCKED)
        self._show(replace(locked, lead=self._locked_lead, clear_passwords=True))

    def change_operator(self) -> None:
        """Asks for login and password, because another operator takes over the console in its
        current state.
        """
        self.leave()
        self._show(
            replace(
                self._words(SignInMode.SIGN_IN), notice=self._state.notice, clear_passwords=True
            )
        )

    def begin_password_change(self, login: str) -> None:
        """Asks for the current and the new password."""
        self._before_change = self._state.mode
        if self._state.mode is SignInMode.LOCKED and self._operator is not None:
            login = self._operator.login
        state = replace(self._words(SignInMode.CHANGE_PASSWORD), login=login.strip())
        self._show(replace(state, clear_passwords=True))

    def cancel_password_change(self) -> None:
        if self._before_change is SignInMode.LOCKED:
            self._show_lock()
        else:
            self.change_operator()

    def show_notice(self, text: str) -> None:
        """Shows a notice on the locked console: an incoming call, or unsent data."""
        if text != self._state.notice:
            self._show(replace(self._state, notice=text, clear_passwords=False))

    def choose_role(self, value: str) -> None:
        """Sets the role of the first operator; the default is supervisor."""
        self._role = Role(value)
        self._show(replace(self._state, role=value, clear_passwords=False))

    def submit(
        self, *, name: str, login: str, password: str, again: str, new_password: str = ""
    ) -> None:
        """Checks the input and executes the action of the current mode."""
        match self._state.mode:
            case SignInMode.FIRST_OPERATOR:
                self._create(name.strip(), login.strip(), password, again)
            case SignInMode.SIGN_IN:
                self._sign_in(login.strip(), password)
            case SignInMode.CHANGE_PASSWORD:
                self._change(login.strip(), password, new_password, again)
            case SignInMode.LOCKED:
                self._sign_in(self._operator.login if self._operator else login, password)
            case _:
                assert_never(self._state.mode)

    def _create(self, name: str, login: str, password: str, again: str) -> None:
        problem = ""
        if len(name.split()) < 2:
            problem = sign_in_words.name_needed()
        elif not login:
            problem = sign_in_words.login_needed()
        else:
            problem = _unfit(password, again)
        if problem:
            self._show(replace(self._state, problem=problem, clear_passwords=False))
            return
        self._found(name, login, password)

    def _found(self, name: str, login: str, password: str) -> None:
        self._busy()
        made = self._operators.create_first_operator(
            name=name, login=login, password=password, role=self._role
        )

        def entered(operator: Operator) -> None:
            self._entered(operator)
            self.founded.emit()

        self._deliveries.deliver(made, entered, self._not_written, expected=NOT_WRITTEN)

    def _sign_in(self, login: str, password: str) -> None:
        problem = _missing(login, password)
        if problem:
            self._show(replace(self._state, problem=problem, clear_passwords=False))
            return
        self._busy()
        deciding = self._operators.sign_in(login, password, self._clock())
        self._deliver(deciding)

    def _change(self, login: str, password: str, new_password: str, again: str) -> None:
        problem = _missing(login, password) or _unfit(new_password, again)
        if problem:
            self._show(replace(self._state, problem=problem, clear_passwords=False))
            return
        self._busy()
        deciding = self._operators.change_password(login, password, new_password, self._clock())
        self._deliver(deciding)

    def _deliver(self, deciding: "Future[Operator | SignInRefusal]") -> None:
        self._deliveries.deliver(deciding, self._decided, self._not_written, expected=NOT_WRITTEN)

    def _not_written(self, error: Exception) -> None:
        """Shows that the store cannot be written. Sign-in is then impossible, because each one is
        recorded.
        """
        code = error.code if isinstance(error, NOT_WRITTEN) else ""
        problem = core_words.store_refuses(code)
        self._show(replace(self._state, problem=problem, busy=False, clear_passwords=False))

    def _decided(self, outcome: Operator | SignInRefusal) -> None:
        if isinstance(outcome, Operator):
            self._entered(outcome)
        else:
            self._show(
                replace(
                    self._state,
                    problem=sign_in_words.sign_in_refused(outcome, self._clock()),
                    advice=sign_in_words.sign_in_advice(outcome),
                    busy=False,
                    clear_passwords=True,
                )
            )

    def _busy(self) -> None:
        self._show(replace(self._state, problem="", advice="", busy=True, clear_passwords=False))

    def _entered(self, operator: Operator) -> None:
        if self._operator is not None and self._operator.id != operator.id:
            self.leave()
        self._operator, self._has_left = operator, False
        self._show(replace(self._state, busy=False, problem="", notice="", clear_passwords=True))
        self.signed_in.emit(operator)

    def _words(self, mode: SignInMode) -> SignInState:
        title, lead, action = sign_in_words.sign_in_words(mode.value)
        return SignInState(mode=mode, title=title, lead=lead, action=action)

    def _show(self, state: SignInState) -> None:
        self._state = state
        self.changed.emit(state)


def _missing(login: str, password: str) -> str:
    if not login:
        return sign_in_words.login_needed()
    return "" if password else sign_in_words.password_needed()


def _unfit(password: str, again: str) -> str:
    """Returns the validation error of a new password, or an empty string."""
    if len(password) < SHORTEST_PASSWORD:
        return sign_in_words.password_short(SHORTEST_PASSWORD)
    return "" if password == again else sign_in_words.passwords_differ()
