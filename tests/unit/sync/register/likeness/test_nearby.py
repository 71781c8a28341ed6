"""Open messages near a new one: by subject, by category and place, but not at another house."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from sync.register.checks.morphology import Morphology
from sync.register.likeness.matters import Matters
from sync.register.likeness.search import NearbyMessages, OpenMessage

LAMP = OpenMessage(
    UUID(int=1), "Не горит фонарь у подъезда, темно", "ул. Родниковая, д. 14", "light/street"
)
PIT = OpenMessage(UUID(int=2), "Яма на дороге", "ул. Садовая, д. 3", "roads/pits")
OTHER_LAMP = OpenMessage(UUID(int=3), "Не горит фонарь", "ул. Садовая, д. 40", "light/street")
ASKED = OpenMessage(UUID(int=9), "Фонарь не горит третий день", "Родниковая 14", None)


@pytest.fixture(scope="module")
def matters(morphology: Morphology) -> Matters:
    return Matters(morphology.normal)


@pytest.fixture
def near(matters: Matters) -> NearbyMessages:
    made = NearbyMessages(matters)
    for message in (LAMP, PIT, OTHER_LAMP):
        made.put(message)
    return made


def test_the_same_matter_at_the_same_house_is_found(near: NearbyMessages) -> None:
    assert near.find(ASKED) == (LAMP.id,)
    assert near.find(replace(ASKED, place="Родниковая 18")) == ()


def test_a_category_and_a_place_are_enough(near: NearbyMessages) -> None:
    few = OpenMessage(UUID(int=9), "Опять", "ул. Садовая, д. 3", "roads/pits")
    assert near.find(few) == (PIT.id,)
    assert near.find(replace(few, place="ул. Садовая, д. 4")) == ()
    assert near.find(replace(few, category=None)) == ()


def test_a_message_is_not_near_itself_and_no_more_than_asked_for(near: NearbyMessages) -> None:
    assert near.find(LAMP) == ()
    again = replace(LAMP, id=UUID(int=5), category=None)
    near.put(again)
    assert near.find(ASKED, limit=1) == (LAMP.id,)
    assert set(near.find(ASKED)) == {LAMP.id, again.id}


def test_what_is_closed_is_forgotten_and_new_words_replace_the_old(near: NearbyMessages) -> None:
    near.put(LAMP)
    near.put(replace(LAMP, place="ул. Садовая, д. 1"))
    assert near.find(ASKED) == ()
    near.put(replace(OTHER_LAMP, place="ул. Родниковая, д. 14", category=None))
    assert near.find(ASKED) == (OTHER_LAMP.id,)
    near.remove(OTHER_LAMP.id)
    near.remove(OTHER_LAMP.id)
    assert near.find(ASKED) == ()
