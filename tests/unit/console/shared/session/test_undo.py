"""Time limit for undoing the latest action."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject

from console.core.deliveries import Deliveries
from console.shared.session.undo import Offer, Undo
from sync.register.handling.standing import UNDO
from tests.fakes.console_fakes import OPERATOR, Clock
from tests.fakes.handling import FakeHandling


def test_an_offer_ends_after_its_seconds_also_where_the_clock_was_set_back(
    owner: QObject, clock: Clock
) -> None:
    seconds = [1000.0]
    taken_back: list[str] = []
    undo = Undo(
        FakeHandling(clock),
        Deliveries(owner),
        operator=lambda: OPERATOR,
        clock=clock,
        monotonic_s=lambda: seconds[0],
        parent=owner,
    )
    undo.show(Offer("Сохранено", "1", clock.now, lambda: taken_back.append("1")))
    clock.now -= timedelta(hours=1)

    seconds[0] += UNDO.seconds - 1
    undo.tick()
    assert undo.state is not None
    assert undo.state.seconds == 1

    seconds[0] += 1
    undo.tick()
    assert undo.state is None
    undo.undo()
    assert taken_back == []
