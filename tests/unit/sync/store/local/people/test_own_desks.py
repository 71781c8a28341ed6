"""Preferences of people in the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sync.register.people.own_desk import KeptDesk, OwnDesk
from sync.store.local.people.operators import OwnDesks
from sync.store.local.register import RegisterStore

ANNA, VERA = UUID(int=1), UUID(int=2)
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DARK = OwnDesk(theme="dark", text_percent=125, keys={"answer": "Ctrl+S"})
LIGHT = OwnDesk(theme="light")


def clock() -> Callable[[], datetime]:
    """Advances by a second at each call."""
    seconds = iter(range(1000))
    return lambda: AT + timedelta(seconds=next(seconds))


def test_each_person_has_a_desk_of_her_own(store: RegisterStore) -> None:
    desks = OwnDesks(store, clock=clock())
    assert desks.read(ANNA) is None

    desks.keep(ANNA, DARK).result()
    desks.keep(VERA, LIGHT).result()
    desks.keep(ANNA, OwnDesk(theme="contrast")).result()
    desks.keep(ANNA, DARK).result()

    third, first = AT + timedelta(seconds=3), AT + timedelta(seconds=1)
    assert desks.read(ANNA) == KeptDesk(DARK, third, third)
    assert desks.read(VERA) == KeptDesk(LIGHT, first, first)
    # preferences are no record: the outbox does not send them
    assert store.outbox_waiting(10) == ()


def test_a_slow_clock_makes_no_choice_older_than_the_one_before(store: RegisterStore) -> None:
    desks = OwnDesks(store, clock=lambda: AT)
    came = KeptDesk(LIGHT, AT + timedelta(hours=1))
    desks.take(ANNA, came, None).result()

    kept = desks.keep(ANNA, DARK).result()
    assert kept.changed_at > came.changed_at
    assert desks.take(ANNA, came, came).result() == kept


def test_what_was_settled_takes_the_moment_that_the_centre_gave_it(store: RegisterStore) -> None:
    desks = OwnDesks(store, clock=lambda: AT + timedelta(days=400))
    ahead = desks.keep(ANNA, DARK).result()
    given = KeptDesk(DARK, AT)

    assert desks.take(ANNA, given, ahead).result() == given
    assert desks.read(ANNA) == given
    # A change in the meantime was not part of the synchronised preferences.
    again = desks.keep(ANNA, LIGHT).result()
    assert desks.take(ANNA, given, given).result() == again
    assert desks.read(ANNA) == again


def test_what_came_from_elsewhere_holds_where_nothing_was_chosen_meanwhile(
    store: RegisterStore,
) -> None:
    desks = OwnDesks(store, clock=clock())
    came = KeptDesk(LIGHT, AT + timedelta(hours=1))
    assert desks.take(VERA, came, None).result() == came
    assert desks.read(VERA) == came

    kept = desks.keep(ANNA, DARK).result()
    assert desks.take(ANNA, came, kept).result() == came
    again = desks.keep(ANNA, DARK).result()
    later = KeptDesk(LIGHT, AT + timedelta(hours=2))
    # Preferences changed since the request remain, and are sent as the newer ones.
    held = desks.take(ANNA, later, came).result()
    assert (held.desk, held.chosen_at) == (DARK, again.chosen_at)
    assert held.changed_at > later.changed_at
    assert desks.read(ANNA) == held
