"""Many workplaces at one centre: what is saved goes at once, and none of it is lost."""

from __future__ import annotations

from sync.exchange.sender import Sender
from tests.benchmarks.thousand_workplaces import soak

SECONDS, WORKPLACES, BUSY = 3.0, 15, 3
LIMIT_S = 1.5  # on a machine with other work; of an hour's soak the limit is 5 s


class DeafSender(Sender):
    """Broken on purpose: hears of no save and looks at the outbox by its timer alone."""

    def wake(self) -> None:
        pass


def test_what_is_saved_at_many_workplaces_goes_at_once() -> None:
    made = soak(SECONDS, WORKPLACES, BUSY, Sender)
    assert made.lost == 0
    assert made.saved >= BUSY * (SECONDS - 1)
    assert made.age_p99_s <= LIMIT_S
    assert soak(SECONDS, BUSY + 1, BUSY, DeafSender, drained_s=0.0).age_p99_s > LIMIT_S
