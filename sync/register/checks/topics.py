"""Which of a city's topics a part of a message is about (Regulation 4.1, 6.3)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from sync.register.checks.phrase_files import PhraseFile
from sync.register.likeness.matters import Matters

# The topic, and the matters of likeness/matters.py that belong to it. What goes with any topic
# (a repair, a car, a queue, to fall, to break) belongs to none.
_TOPICS = {
    "roads": "яма дорога тротуар люк бордюр",
    "signs": "светофор знак разметк переход скорость",
    "waste": "мусор контейнер",
    "light": "фонар освещени",
    "power": "электричеств",
    "water": "вода горячий холодный течь",
    "heat": "отопл",
    "sewer": "канализац арык",
    "trees": "дерево спил",
    "dogs": "собака",
    "snow": "снег лед сосулька",
    "transport": "автобус остановка",
    "playground": "качели",
    "noise": "шум",
    "lift": "лифт",
    "house": "подъезд домофон крыша подвал",
    "parking": "парковк",
    "grass": "трава",
    "pests": "крыса",
    "gas": "газ",
    "bills": "квитанц",
    "building": "стройка",
    "benefit": "льгота",
    "medicine": "врач",
    "school": "школ",
    "kindergarten": "садик",
    "internet": "интернет",
    "cemetery": "кладбищ",
    "trade": "торговля",
}
_TOPIC_OF = {matter: topic for topic, matters in _TOPICS.items() for matter in matters.split()}
# Whose one trouble often touches the other: the first word's with each behind it.
_NEAR_LINES = """
light power trees house lift
water heat sewer roads house
roads snow sewer signs transport parking building trees grass school
parking signs snow trade waste house noise
waste dogs pests trees grass snow trade sewer house building cemetery
trees grass power snow cemetery
house lift pests heat sewer snow gas power internet noise dogs
noise building trade roads dogs
grass dogs cemetery pests
transport snow signs school
gas heat
power internet lift water
school kindergarten
"""
_NEAR = frozenset(
    frozenset((line.split()[0], other))
    for line in _NEAR_LINES.strip().splitlines()
    for other in line.split()[1:]
)
# Money and rights for something, or what a work does to other things: they cover what they name.
_COVERING = frozenset({"bills", "benefit", "building", "medicine", "school", "kindergarten"})


class Topics:
    """Knows the topics of texts; a thing that only tells the place of the trouble is no topic."""

    def __init__(self, matters: Matters, places: PhraseFile) -> None:
        self._matters = matters
        self._place = places.parts["<beside>"]

    def of(self, text: str) -> frozenset[str]:
        """The topics of a part of a message given in small letters."""
        known = self._matters.named_in(self._place.sub(" ", text))
        return frozenset(_TOPIC_OF[matter] for matter in known if matter in _TOPIC_OF)


def are_two(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether both have topics, and none of one's is also the other's."""
    mine, yours = frozenset(one), frozenset(other)
    return bool(mine and yours and not mine & yours)


def are_far(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether they are two topics that no single trouble would touch."""
    mine, yours = frozenset(one), frozenset(other)
    return (
        are_two(mine, yours)
        and not (mine | yours) & _COVERING
        and not any(frozenset(pair) in _NEAR for pair in product(mine, yours))
    )
