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
"""Delay before a failed synchronisation is repeated, while the user is signed in."""
_REFUSED = "refused"


class RoamingPort(Protocol):
    """Synchronises preferences with the central database. Blocks; call on a worker thread."""

    def settle(self, operator_id: UUID, dsn: str) -> KeptDesk | None:
        """Returns the preferences that are valid now; raises CentreUnwritten and StoreError."""


class RoamingDesk(QObject):
    """Synchronises the preferences of the signed-in operator. GUI thread only; network access runs
    on a dedicated thread.
    """

    def __init__(
        self,
        own_desk: OwnDeskPresenter,
        roaming: RoamingPort,
        deliveries: Deliveries,
        session_of: Callable[[Operator], str | None],
        parent: QObject | None = None,
    ) -> None:
        """``session_of`` returns the DSN of the operator's personal login, or None after an offline
        sign-in.
        """
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
        """Sets the signed-in operator and fetches their preferences."""
        self._operator = operator
        self.settle()

    def settle(self) -> None:
        """Synchronises the preferences on this computer with the central database; the newer copy
        wins.
        """
        self._again.stop()
        operator = self._operator
        session = None if operator is None else self._session_of(operator)
        if operator is None or session is None or self._is_closed:
            return  # without a session, synchronised at the next sign-in
        if self._own_desk.keep_now():
            return  # saving the input calls this method again
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
        """Finishes the pending synchronisation, which may take seconds. Blocks; call on a worker
        thread.
        """
        self._is_closed = True
        self._work.shutdown(wait=True)

    def _not_settled(self, error: Exception) -> None:
        code = error.code if isinstance(error, CentreUnwritten) else type(error).__name__
        LOG.info("preferences: not synchronised: %s", code)
        if code != _REFUSED:
            self._again.start(AGAIN_MS)
