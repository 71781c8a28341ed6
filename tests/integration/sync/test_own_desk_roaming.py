"""A person's own desk goes by the centre from one workplace to another, under her own login."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2
import pytest

from sync.errors import CentreUnwritten
from sync.exchange.own_desk_roaming import OwnDeskRoaming
from sync.register.own_desk import OwnDesk
from sync.store.own_desks import OwnDesks
from sync.store.register import RegisterStore
from tests.fakes.central_people import dsn_as, new_person
from tests.fakes.store_template import StoreTemplate
from tests.integration.sync.test_central import query

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DARK = OwnDesk(
    theme="dark",
    text_percent=125,
    right_px=480,
    keys={"answer": "Ctrl+S"},
    widths={"journal.calls": {"phone": 180}, "of a newer program": {"sum": 90}},
)


class Workplace:
    """A register with a clock that is set by hand."""

    def __init__(self, store: RegisterStore) -> None:
        self.now = AT
        self.desks = OwnDesks(store, clock=lambda: self.now)
        self.roaming = OwnDeskRoaming(self.desks)


@pytest.fixture
def workplace(
    store_template: StoreTemplate, tmp_path: Path
) -> Iterator[Callable[[str], Workplace]]:
    stores: list[RegisterStore] = []

    def make(name: str) -> Workplace:
        folder = tmp_path / name
        folder.mkdir()
        stores.append(store_template.open_copy(folder / "register.db"))
        return Workplace(stores[-1])

    yield make
    for store in stores:
        store.close_store()


def test_what_was_chosen_at_one_workplace_holds_at_the_other(
    centre: str, workplace: Callable[[str], Workplace]
) -> None:
    anna, vera = new_person(centre, "anna"), new_person(centre, "vera")
    one, other = workplace("one"), workplace("other")
    own = dsn_as(centre, "anna")

    assert one.roaming.settle(anna.id, own) is None
    kept = one.desks.keep(anna.id, DARK).result()
    assert one.roaming.settle(anna.id, own) == kept
    assert other.roaming.settle(anna.id, own) == kept
    assert other.desks.read(anna.id) == kept
    assert other.roaming.settle(vera.id, dsn_as(centre, "vera")) is None

    # she changes it there, and comes back
    other.now = AT + timedelta(hours=1)
    changed = other.desks.keep(anna.id, replace(DARK, theme="contrast")).result()
    other.roaming.settle(anna.id, own)
    assert one.roaming.settle(anna.id, own) == changed
    assert one.desks.read(anna.id) == changed


def test_the_last_change_holds_however_late_the_centre_hears_of_it(
    centre: str, workplace: Callable[[str], Workplace]
) -> None:
    anna, own = new_person(centre, "anna"), dsn_as(centre, "anna")
    early, late = workplace("early"), workplace("late")
    early.desks.keep(anna.id, DARK).result()
    late.now = AT + timedelta(minutes=5)
    newest = late.desks.keep(anna.id, OwnDesk(theme="light")).result()

    late.roaming.settle(anna.id, own)
    assert early.roaming.settle(anna.id, own) == newest
    assert query(centre, "SELECT document FROM own_desk") == [{"document": {"theme": "light"}}]


def test_a_clock_that_runs_ahead_does_not_hold_for_ever_in_the_centre(
    centre: str, workplace: Callable[[str], Workplace]
) -> None:
    anna, own = new_person(centre, "anna"), dsn_as(centre, "anna")
    ahead, right = workplace("ahead"), workplace("right")
    ahead.now = datetime.now(UTC) + timedelta(days=400)
    ahead.desks.keep(anna.id, DARK).result()
    ahead.roaming.settle(anna.id, own)

    assert right.roaming.settle(anna.id, own) is not None
    right.now = datetime.now(UTC)
    right.desks.keep(anna.id, OwnDesk(theme="light")).result()
    chosen = right.roaming.settle(anna.id, own)
    assert chosen is not None
    assert chosen.desk == OwnDesk(theme="light")
    # and she comes back to the one whose clock runs ahead
    assert ahead.roaming.settle(anna.id, own) == chosen
    assert ahead.desks.read(anna.id) == chosen


@pytest.mark.parametrize("ahead", ["tomorrow", "infinity"])
def test_a_moment_that_lies_ahead_in_the_centre_takes_back_no_choice(
    centre: str, workplace: Callable[[str], Workplace], ahead: str
) -> None:
    """As after the centre's own clock was put back."""
    anna, own = new_person(centre, "anna"), dsn_as(centre, "anna")
    one = workplace("one")
    one.desks.keep(anna.id, DARK).result()
    one.roaming.settle(anna.id, own)
    with psycopg2.connect(own) as hers, hers.cursor() as cursor:
        cursor.execute("UPDATE own_desk SET changed_at = %s", (ahead,))
    hers.close()
    one.roaming.settle(anna.id, own)

    one.now = datetime.now(UTC)
    one.desks.keep(anna.id, OwnDesk(theme="light")).result()
    held = one.roaming.settle(anna.id, own)
    assert held is not None
    assert held.desk == OwnDesk(theme="light")
    assert query(centre, "SELECT document FROM own_desk") == [{"document": {"theme": "light"}}]


def test_a_clock_that_is_slow_takes_back_no_choice(
    centre: str, workplace: Callable[[str], Workplace]
) -> None:
    anna, own = new_person(centre, "anna"), dsn_as(centre, "anna")
    right, slow = workplace("right"), workplace("slow")
    right.desks.keep(anna.id, DARK).result()
    right.roaming.settle(anna.id, own)
    slow.now = AT - timedelta(hours=1)
    slow.roaming.settle(anna.id, own)

    slow.desks.keep(anna.id, replace(DARK, theme="contrast")).result()
    held = slow.roaming.settle(anna.id, own)
    assert held is not None
    assert held.desk.theme == "contrast"
    assert right.roaming.settle(anna.id, own) == held


@pytest.mark.parametrize(
    ("document", "changed_at"),
    [
        ("[]", "now"),
        ("null", "now"),
        ('"dark"', "now"),
        ('{"keys": [1], "theme": 5}', "infinity"),
        ('{"text_percent": 100000}', "-infinity"),
    ],
)
def test_whatever_stands_in_the_centre_is_read_without_a_fault(
    centre: str, workplace: Callable[[str], Workplace], document: str, changed_at: str
) -> None:
    anna, own = new_person(centre, "anna"), dsn_as(centre, "anna")
    with psycopg2.connect(own) as hers, hers.cursor() as cursor:
        cursor.execute(
            "INSERT INTO own_desk (operator_id, document, changed_at) VALUES (%s, %s, %s)",
            (str(anna.id), document, changed_at),
        )
    hers.close()
    one = workplace("one")

    held = one.roaming.settle(anna.id, own)
    assert held is not None
    assert held.desk == OwnDesk()
    assert one.desks.read(anna.id) == held
    assert held.changed_at <= datetime.now(UTC) + timedelta(seconds=5)


def test_one_person_never_reads_or_writes_anothers(
    centre: str, workplace: Callable[[str], Workplace]
) -> None:
    anna, _vera = new_person(centre, "anna"), new_person(centre, "vera")
    one = workplace("one")
    one.desks.keep(anna.id, DARK).result()
    one.roaming.settle(anna.id, dsn_as(centre, "anna"))
    before = query(centre, "SELECT * FROM own_desk")
    other = workplace("other")
    other.now = AT + timedelta(hours=1)
    assert other.roaming.settle(anna.id, dsn_as(centre, "vera")) is None

    other.desks.keep(anna.id, OwnDesk(theme="light")).result()
    with pytest.raises(CentreUnwritten) as refused:
        other.roaming.settle(anna.id, dsn_as(centre, "vera"))
    assert refused.value.code == "refused"
    assert query(centre, "SELECT * FROM own_desk") == before


def test_a_centre_that_is_away_or_older_is_told_and_nothing_changes_here(
    centre: str, workplace: Callable[[str], Workplace]
) -> None:
    anna, own = new_person(centre, "anna"), dsn_as(centre, "anna")
    one = workplace("one")
    kept = one.desks.keep(anna.id, DARK).result()
    with pytest.raises(CentreUnwritten):
        one.roaming.settle(anna.id, "host=127.0.0.1 port=1 user=anna connect_timeout=1")
    with psycopg2.connect(centre) as owner, owner.cursor() as cursor:
        cursor.execute("DROP TABLE own_desk")
    owner.close()
    with pytest.raises(CentreUnwritten):
        one.roaming.settle(anna.id, own)

    assert one.desks.read(anna.id) == kept
