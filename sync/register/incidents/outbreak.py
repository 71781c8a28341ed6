"""Several callers about one street and one matter within a short time: perhaps an incident."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sync.register.incidents.streets import Streets, is_one_street, streets_in


@dataclass(frozen=True, slots=True)
class OutbreakRules:
    """So many callers within so long a time are offered as an incident; 0 callers: never."""

    callers: int = 3
    within: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one caller told: ``caller`` is one for all that he said, ``at`` when he called.

    ``matter`` is the directory key of the category, else of the topic; None where there is none.
    """

    caller: str
    at: datetime
    told: str
    matter: str | None


@dataclass(frozen=True, slots=True)
class Outbreak:
    """Callers who speak of one street and one matter; ``told`` are their words, newest first."""

    streets: Streets
    matter: str
    callers: int
    first_at: datetime
    last_at: datetime
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    sighting: Sighting
    streets: Streets


def outbreaks(
    sightings: Iterable[Sighting], rules: OutbreakRules, now: datetime
) -> tuple[Outbreak, ...]:
    """The outbreaks of the time that ends now, that with the most callers first.

    A caller counts once, however often he called. Each of the sightings belongs to one of them.
    """
    if rules.callers <= 0:
        return ()
    by_matter: dict[str, list[_Seen]] = {}
    for one in sorted(sightings, key=lambda one: (one.at, one.caller, one.told), reverse=True):
        streets = streets_in(one.told)
        if one.matter and streets and now - rules.within < one.at <= now:
            by_matter.setdefault(one.matter, []).append(_Seen(one, streets))
    found = [
        outbreak
        for matter, seen in by_matter.items()
        for outbreak in _of_matter(matter, seen, rules)
    ]
    return tuple(sorted(found, key=lambda one: (-one.callers, one.last_at, one.matter)))


def is_same(one: Outbreak, other: Outbreak) -> bool:
    """Whether the two are about one street and one matter, whoever called."""
    return one.matter == other.matter and is_one_street(one.streets, other.streets)


def _of_matter(matter: str, seen: Sequence[_Seen], rules: OutbreakRules) -> Iterable[Outbreak]:
    """The street that most callers speak of first, then of the rest."""
    left = list(seen)
    while left:
        names = sorted({name for one in left for name in one.streets})
        groups = {name: _about(frozenset({name}), left) for name in names}
        name = max(names, key=lambda name: _callers(groups[name]))
        group = groups[name]
        if _callers(group) < rules.callers:
            return
        moments = [one.sighting.at for one in group]
        yield Outbreak(
            frozenset({name}),
            matter,
            _callers(group),
            min(moments),
            max(moments),
            tuple(one.sighting.told for one in group),
        )
        left = [one for one in left if one not in group]


def _about(streets: Streets, seen: Iterable[_Seen]) -> list[_Seen]:
    return [one for one in seen if is_one_street(one.streets, streets)]


def _callers(seen: Iterable[_Seen]) -> int:
    return len({one.sighting.caller for one in seen})
