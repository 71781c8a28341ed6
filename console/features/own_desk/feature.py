"""Synchronises user preferences with the central database at sign-in and after each change.

The newer copy wins. Network access runs on a dedicated thread; a failed attempt is repeated after
60 s.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from console.core.deliveries import Deliveries
from console.core.own_desk import OwnDeskPresenter
from sync.errors import CentreUnwritten, StoreError
from sync.register.people.operators import Operator
from sync.register.people.own_desk import KeptDesk

LOG = logging.getLogger(__name__)
AGAIN_MS = 60_000
"""After this it is tried once more, while she sits here and the centre was away."""
_REFUSED = "refused"


class RoamingPort(Protocol):
    """What settles a desk with the centre; waits for the network."""

    def settle(self, operator_id: UUID, dsn: str) -> KeptDesk | None:
        """What holds now; raises CentreUnwritten and StoreError."""


class RoamingDesk(QObject):
    """Belongs to the GUI thread; the network is waited for on a thread of its own."""

    def __init__(
        self,
        own_desk: OwnDeskPresenter,
        roaming: RoamingPort,
        deliveries: Deliveries,
        session_of: Callable[[Operator], str | None],
        parent: QObject | None = None,
    ) -> None:
        """``session_of`` is the DSN of a person's own login, where she came in by the centre."""
        super().__init__(parent)
        self._own_desk = own_desk
        self._roaming = roaming
        self._deliveries = deliveries
        self._session_of = session_of
        self._work = ThreadPoolExecutor(1, thread_name_prefix="own-desk")
        self._operator: Operator | None = None
        self._is_closed = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.settle)
        own_desk.kept.connect(self.settle)

    def sign_in(self, operator: Operator) -> None:
        """She sits here now: what she has chosen elsewhere comes after her."""
        self._operator = operator
        self.settle()

    def settle(self) -> None:
        """Let this computer and the centre have the same, the newer of both."""
        self._again.stop()
        operator = self._operator
        session = None if operator is None else self._session_of(operator)
        if operator is None or session is None or self._is_closed:
            return  # who came in without the centre takes it there the next time
        if self._own_desk.keep_now():
            return  # what is kept here only now belongs to what is settled: ``kept`` asks again
        base, operator_id = self._own_desk.state.own, operator.id

        def came(held: KeptDesk | None) -> None:
            if held is not None:
                self._own_desk.take(operator_id, held.desk, base)

        self._deliveries.deliver(
            self._work.submit(self._roaming.settle, operator_id, session),
            came,
            self._not_settled,
            expected=(CentreUnwritten, StoreError),
        )

    def close(self) -> None:
        """What was asked for last is still done, for some seconds; called on a thread beside."""
        self._is_closed = True
        self._work.shutdown(wait=True)

    def _not_settled(self, error: Exception) -> None:
        code = error.code if isinstance(error, CentreUnwritten) else type(error).__name__
        LOG.info("own desk: the centre has not got it, %s", code)
        if code != _REFUSED:
            self._again.start(AGAIN_MS)
