"""Builds the presenter of callback locks and its connection to the central database.

A lock shows that another operator is calling the number. It needs a central database.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from uuid_utils.compat import uuid7

from console.context import Shared
from console.core.settings.adapters import central_dsn
from console.shared.session.call_claims import CallClaimsPresenter, TeamOfCentre
from console.shared.session.desk import DeskPresenter
from console.shared.workplace.status import StatusPresenter
from sync.store.local.calls.missed import MissedCalls


def make_claims(
    shared: Shared, station: str, desk: DeskPresenter, status: StatusPresenter
) -> CallClaimsPresenter:
    """Builds the presenter; it uses the central database only while the feed is connected.

    ``station`` is the code of this workplace.
    """

    def is_reachable() -> bool:
        feed = status.centre.feed
        if feed is None:
            return False
        standing = feed()
        return standing.has_looked and standing.kind is None

    claims = CallClaimsPresenter(
        _team(shared, station, is_reachable),
        shared.deliveries,
        operator=lambda: desk.operator,
        new_id=uuid7,
        area_code=shared.settings.area_code,
        parent=shared.parent,
    )
    shared.arrivals.claims.connect(claims.look_at_board)
    desk.changed.connect(claims.follow)
    return claims


def _team(shared: Shared, station: str, is_reachable: Callable[[], bool]) -> TeamOfCentre | None:
    dsn = central_dsn(shared.settings)
    if dsn is None:
        return None
    from sync.exchange.claims import CentralClaims

    worker = ThreadPoolExecutor(1, thread_name_prefix="call-claims")
    stop = partial(worker.shutdown, wait=False, cancel_futures=True)
    shared.stops.append(("call-claims", stop))
    claims, missed = CentralClaims(dsn, station), MissedCalls(shared.register)
    return TeamOfCentre(claims, shared.claim_board, missed, worker, is_reachable)
