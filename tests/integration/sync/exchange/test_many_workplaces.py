"""Many workplaces at one central database: saves are sent immediately, and none is lost."""

from __future__ import annotations

from sync.exchange.sender import Sender
from tests.benchmarks.thousand_workplaces import soak

SECONDS, WORKPLACES, BUSY = 3.0, 15, 3
LIMIT_S = 1.5  # on a busy machine; the limit of an hour's soak is 5 s


class DeafSender(Sender):
    """Broken on purpose: ignores wake-ups and polls the outbox by its timer only."""

    def wake(self) -> None:
        pass


def test_what_is_saved_at_many_workplaces_goes_at_once() -> None:
    made = soak(SECONDS, WORKPLACES, BUSY, Sender)
    assert made.lost == 0
    assert made.saved >= BUSY * (SECONDS - 1)
    assert made.age_p99_s <= LIMIT_S
    assert soak(SECONDS, BUSY + 1, BUSY, DeafSender, drained_s=0.0).age_p99_s > LIMIT_S
