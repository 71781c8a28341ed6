"""An operator's preferences are synchronised between workplaces, under the operator's own login."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import psycopg2
import pytest

from sync.errors import CentreUnwritten
from sync.exchange.claims import OwnDeskRoaming
from sync.register.people.operators import Operator
from sync.register.people.own_desk import OwnDesk
from sync.store.local.people.operators import OwnDesks
from sync.store.local.register import RegisterStore
from tests.fakes.central_people import dsn_as, new_person
from tests.fakes.store_template import StoreTemplate
from tests.integration.sync.store.central.test_central import query

HOUR = timedelta(hours=1)
DARK = OwnDesk(
    theme="dark",
    text_percent=125,
    right_px=480,
    keys={"answer": "Ctrl+S"},
    widths={"journal.calls": {"phone": 180}, "of a newer program": {"sum": 90}},
)


class Workplace:
    """A register whose clock is off by ``wrong_by``."""

    def __init__(self, store: RegisterStore, wrong_by: timedelta) -> None:
        self._wrong_by = wrong_by
        self._ago = timedelta()
        self.desks = OwnDesks(store, clock=self._clock)
        self.roaming = OwnDeskRoaming(self.desks)

    def _clock(self) -> datetime:
        return datetime.now(UTC) + self._wrong_by - self._ago

    def choose(self, person: Operator, desk: OwnDesk, *, ago: timedelta = timedelta()) -> None:
        """Stores preferences chosen this long ago."""
        self._ago = ago
        self.desks.keep(person.id, desk).result()
        self._ago = timedelta()


class Make(Protocol):
    """Returns a workplace by its name."""

    def __call__(self, name: str, wrong_by: timedelta = ...) -> Workplace: ...


def _centre_has(centre: str) -> object:
    (row,) = query(centre, "SELECT document FROM own_desk")
    return row["document"]


@pytest.fixture
def workplace(store_template: StoreTemplate, tmp_path: Path) -> Iterator[Make]:
    stores: list[RegisterStore] = []

    def make(name: str, wrong_by: timedelta = timedelta()) -> Workplace:
        folder = tmp_path / name
        folder.mkdir()
        stores.append(store_template.open_copy(folder / "register.db"))
        return Workplace(stores[-1], wrong_by)

    yield make
    for store in stores:
        store.close_store()


def test_what_was_chosen_at_one_workplace_holds_at_the_other(centre: str, workplace: Make) -> None:
    anna, vera = new_person(centre, "anna"), new_person(centre, "vera")
    one, other = workplace("one"), workplace("other")
    own = dsn_as(centre, "anna")

    assert one.roaming.settle(anna.id, own) is None
    one.choose(anna, DARK)
    kept = one.roaming.settle(anna.id, own)
    assert kept is not None
    assert kept.desk == DARK
    assert other.roaming.settle(anna.id, own) == kept
    assert other.desks.read(anna.id) == kept
    assert other.roaming.settle(vera.id, dsn_as(centre, "vera")) is None

    # she changes them there and returns
    other.choose(anna, replace(DARK, theme="contrast"))
    changed = other.roaming.settle(anna.id, own)
    assert changed is not None
    assert changed.desk.theme == "contrast"
    assert one.roaming.settle(anna.id, own) == changed
    assert one.desks.read(anna.id) == changed


@pytest.mark.parametrize("early_by", [timedelta(), -3 * HOUR, 3 * HOUR])
@pytest.mark.parametrize("late_by", [timedelta(), -3 * HOUR, 3 * HOUR])
def test_the_last_choice_holds_whatever_the_clocks_say_and_whoever_tells_it_first(
    centre: str, workplace: Make, early_by: timedelta, late_by: timedelta
) -> None:
    """Both changed them offline, without knowing of each other."""
    anna, own = new_person(centre, "anna"), dsn_as(centre, "anna")
    vera, hers = new_person(centre, "vera"), dsn_as(centre, "vera")
    early, late = workplace("early", early_by), workplace("late", late_by)
    for person in (anna, vera):
        early.choose(person, DARK, ago=2 * HOUR)
        late.choose(person, OwnDesk(theme="light"), ago=HOUR)

    late.roaming.settle(anna.id, own)
    early.roaming.settle(anna.id, own)
    early.roaming.settle(vera.id, hers)
    late.roaming.settle(vera.id, hers)

    for person, login in ((anna, own), (vera, hers)):
        for each in (early, late):
            held = each.roaming.settle(person.id, login)
            assert held is not None
            assert held.desk == OwnDesk(theme="light")


def test_a_clock_that_runs_ahead_does_not_hold_for_ever_in_the_centre(
    centre: str, workplace: Make
) -> None:
    anna, own = new_person(centre, "anna"), dsn_as(centre, "anna")
    ahead, right = workplace("ahead", timedelta(days=400)), workplace("right")
    ahead.choose(anna, DARK)
    ahead.roaming.settle(anna.id, own)

    assert right.roaming.settle(anna.id, own) is not None
    right.choose(anna, OwnDesk(theme="light"))
    chosen = right.roaming.settle(anna.id, own)
    assert chosen is not None
    assert chosen.desk == OwnDesk(theme="light")
    # and she returns to the workplace whose clock is ahead
    assert ahead.roaming.settle(anna.id, own) == chosen
    assert ahead.desks.read(anna.id) == chosen


@pytest.mark.parametrize("ahead", ["tomorrow", "infinity"])
def test_a_moment_that_lies_ahead_in_the_centre_takes_back_no_choice(
    centre: str, workplace: Make, ahead: str
) -> None:
    """As after the clock of the central database was set back."""
    anna, own = new_person(centre, "anna"), dsn_as(centre, "anna")
    one = workplace("one")
    one.choose(anna, DARK)
    one.roaming.settle(anna.id, own)
    with psycopg2.connect(own) as hers, hers.cursor() as cursor:
        cursor.execute("UPDATE own_desk SET changed_at = %s", (ahead,))
    hers.close()
    one.roaming.settle(anna.id, own)

    one.choose(anna, OwnDesk(theme="light"))
    held = one.roaming.settle(anna.id, own)
    assert held is not None
    assert held.desk == OwnDesk(theme="light")
    assert _centre_has(centre) == {"theme": "light"}


def test_a_clock_that_is_slow_takes_back_no_choice(centre: str, workplace: Make) -> None:
    anna, own = new_person(centre, "anna"), dsn_as(centre, "anna")
    right, slow = workplace("right"), workplace("slow", -HOUR)
    right.choose(anna, DARK)
    right.roaming.settle(anna.id, own)
    slow.roaming.settle(anna.id, own)

    slow.choose(anna, replace(DARK, theme="contrast"))
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
    centre: str, workplace: Make, document: str, changed_at: str
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


def test_one_person_never_reads_or_writes_anothers(centre: str, workplace: Make) -> None:
    anna, _vera = new_person(centre, "anna"), new_person(centre, "vera")
    one = workplace("one")
    one.choose(anna, DARK)
    one.roaming.settle(anna.id, dsn_as(centre, "anna"))
    before = query(centre, "SELECT * FROM own_desk")
    other = workplace("other")
    assert other.roaming.settle(anna.id, dsn_as(centre, "vera")) is None

    other.choose(anna, OwnDesk(theme="light"))
    with pytest.raises(CentreUnwritten) as refused:
        other.roaming.settle(anna.id, dsn_as(centre, "vera"))
    assert refused.value.code == "refused"
    assert query(centre, "SELECT * FROM own_desk") == before


def test_a_centre_that_is_away_or_older_is_told_and_nothing_changes_here(
    centre: str, workplace: Make
) -> None:
    anna, own = new_person(centre, "anna"), dsn_as(centre, "anna")
    one = workplace("one")
    one.choose(anna, DARK)
    kept = one.desks.read(anna.id)
    with pytest.raises(CentreUnwritten):
        one.roaming.settle(anna.id, "host=127.0.0.1 port=1 user=anna connect_timeout=1")
    with psycopg2.connect(centre) as owner, owner.cursor() as cursor:
        cursor.execute("DROP TABLE own_desk")
    owner.close()
    with pytest.raises(CentreUnwritten):
        one.roaming.settle(anna.id, own)

    assert one.desks.read(anna.id) == kept
