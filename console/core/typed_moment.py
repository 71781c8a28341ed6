"""Parses typed dates and times («вчера 18:30»), and merges typed fields into a message that has
changed.

The merge retains the operator's input and reports the fields in which another operator has made a
different change.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from console.core import formats
from sync.register.handling.contents import Contents

ONE_DAY = timedelta(days=1)

# Typical time for «утром» and similar words; it is shown, and the operator can change it.
_PARTS_OF_DAY = {
    "утр": time(8, 0),
    "днем": time(13, 0),
    "дня": time(13, 0),
    "обед": time(13, 0),
    "полдень": time(12, 0),
    "вечер": time(19, 0),
    "полночь": time(0, 0),
}
_NIGHT_AFTER_MIDNIGHT, _NIGHT_BEFORE_MIDNIGHT = time(2, 0), time(23, 0)
_DAYS_BACK = {"сегодня": 0, "вчера": 1, "позавчера": 2}
_DAYS_AHEAD = {"сегодня": 0, "завтра": 1, "послезавтра": 2}
_WEEKDAYS = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
_MONTHS = ["янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"]
_NUMBERS = {
    "полтора": 1.5,
    "один": 1.0,
    "одну": 1.0,
    "два": 2.0,
    "две": 2.0,
    "три": 3.0,
    "четыре": 4.0,
    "пять": 5.0,
    "шесть": 6.0,
    "семь": 7.0,
}
_SPANS = {
    "минут": timedelta(minutes=1),
    "мин": timedelta(minutes=1),
    "час": timedelta(hours=1),
    "ден": ONE_DAY,
    "дн": ONE_DAY,
    "сут": ONE_DAY,
    "недел": 7 * ONE_DAY,
}
_FILLER_WORDS = """
в во с со около примерно где-то часов часа час к на уже прошлый прошлую прошлое
"""
_FILLERS = frozenset(_FILLER_WORDS.split())
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.\-](?P<minute>\d{2}))?")
_DAY = re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>\d{2}|\d{4}))?")


QUICK_MOMENTS = ("сейчас", "сегодня утром", "вчера вечером")
"""Times that callers state most often."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a time, or both; None for the part that is not stated."""

    on: date | None
    at: time | None


def read_date(text: str) -> date | None:
    """Parses ДД.ММ.ГГГГ or ДД.ММ.ГГ, also with spaces, slashes or hyphens; None if invalid."""
    cleaned = text.strip().replace("/", ".").replace(" ", ".").replace("-", ".")
    for pattern in ("%d.%m.%Y", "%d.%m.%y"):
        try:
            return datetime.strptime(cleaned, pattern).date()
        except ValueError:
            continue
    return None


def read_time(text: str) -> time | None:
    """Parses ЧЧ:ММ, ЧЧ.ММ, ЧЧ ММ or ЧЧММ; None if invalid."""
    cleaned = text.strip().replace(".", ":").replace(" ", ":").replace("-", ":")
    if len(cleaned) in (3, 4) and cleaned.isdigit():
        cleaned = f"{cleaned[:-2]}:{cleaned[-2:]}"
    try:
        return datetime.strptime(cleaned, "%H:%M").time()
    except ValueError:
        return None


def read_moment(text: str, now: datetime) -> Moment | None:
    """Parses a past time in figures or text: «вчера 18:30», «в среду вечером», «два часа назад».

    ``now`` is in the city's time zone. A day without a year is the last such day, including today.
    Returns None if any part is not understood.
    """
    day = read_date(text)
    if day is not None:
        return Moment(day, None)
    words = text.lower().replace("ё", "е").replace(",", " ").split()
    if not words:
        return None
    if words in (["сейчас"], ["только", "что"]):
        return _moment(now)
    if words[-1] == "назад":
        return _back(words[:-1], now)
    return _Told(words, now).moment()


def read_event(day_text: str, hour_text: str, now: datetime) -> Moment:
    """Returns the day and time entered in a day field and a time field.

    A time in the day field has priority. If there is a time but no day, the day is today.
    """
    day = read_moment(day_text, now) or Moment(None, None)
    hour = read_time(hour_text)
    if hour is None and (told := read_moment(hour_text, now)) is not None:
        hour = told.at
    on = now.date() if day.on is None and day.at is not None else day.on
    return Moment(on, day.at or hour)


def read_ahead(text: str, now: datetime) -> datetime | None:
    """Parses a future time: «завтра 9:00», «через час», «в среду 14:30», «27.11 16:00», «14:30».

    ``now`` and the result are in the city's time zone. A time without a day is the next such time.
    Returns None for a day without a time, or if any part is not understood.
    """
    words = [word for word in text.lower().replace("ё", "е").replace(",", " ").split() if word]
    if words[:1] == ["через"]:
        span = _span(words[1:])
        return None if span is None else (now + span).replace(second=0, microsecond=0)
    while words[:1] and words[0] in _FILLERS:
        words.pop(0)
    day = _day_ahead(words, now.date())
    told = read_moment(" ".join(("сегодня", *words)), now) if words else None
    if told is None or told.at is None:
        return None
    if day is None:
        day = now.date() if told.at >= now.time() else now.date() + ONE_DAY
    return datetime.combine(day, told.at, now.tzinfo)


def _day_ahead(words: list[str], today: date) -> date | None:
    """Parses the day at the beginning of the list, today or later, and removes its words."""
    if not words:
        return None
    if words[0] in _DAYS_AHEAD:
        return today + _DAYS_AHEAD[words.pop(0)] * ONE_DAY
    for number, stem in enumerate(_WEEKDAYS):
        if words[0].startswith(stem):
            words.pop(0)
            return today + ((number - today.weekday() - 1) % 7 + 1) * ONE_DAY
    rest = words[1:]
    named = _named_day(words[0], rest)
    found = None if named is None else _next_calendar_day(named, today)
    if found is not None:
        words[:] = rest
    return found


def _moment(at: datetime) -> Moment:
    return Moment(at.date(), at.time().replace(second=0, microsecond=0))


def _back(words: list[str], now: datetime) -> Moment | None:
    """Parses «час назад», «3 дня назад», «полчаса назад»; has no time if days are counted."""
    span = _span(words)
    if span is None:
        return None
    is_of_days = any(words[-1].startswith(stem) for stem, one in _SPANS.items() if one >= ONE_DAY)
    at = now - span
    return Moment(at.date(), None) if is_of_days else _moment(at)


def _span(words: list[str]) -> timedelta | None:
    """Parses a duration: «полчаса», «час», «3 дня», «полтора часа»."""
    if words == ["полчаса"]:
        return timedelta(minutes=30)
    count = 1.0
    if len(words) == 2:
        told = _NUMBERS.get(words[0]) or (float(words[0]) if words[0].isdigit() else None)
        if told is None:
            return None
        count = told
    elif len(words) != 1:
        return None
    span = next((span for stem, span in _SPANS.items() if words[-1].startswith(stem)), None)
    return None if span is None else count * span


class _Told:
    """Parser of a stated past time; processes one word after another."""

    def __init__(self, words: list[str], now: datetime) -> None:
        self._rest = list(words)
        self._is_alone = len(words) == 1
        self._today = now.date()
        self._day: date | None = None
        self._hour: time | None = None
        self._is_night = False

    def moment(self) -> Moment | None:
        while self._rest:
            word = self._rest.pop(0)
            if word not in _FILLERS and not self._takes(word):
                return None
        hour = self._hour
        if self._is_night:
            hour = self._by_night()
        day = self._day
        if day is None and hour is not None and not self._is_alone:
            day = self._today
        return None if day is None and hour is None else Moment(day, hour)

    def _takes(self, word: str) -> bool:
        if self._hour is not None and word in ("утра", "дня", "вечера"):
            is_pm = word != "утра" and self._hour.hour < 12
            self._hour = self._hour.replace(hour=self._hour.hour + 12 * is_pm)
            return True
        if word.startswith("ноч"):
            self._is_night = True
            return True
        if self._day is None:
            self._day = _day(word, self._rest, self._today)
            if self._day is not None:
                return True
        if self._hour is None:
            self._hour = _part_of_day(word) or _hour(word)
            return self._hour is not None
        return False

    def _by_night(self) -> time:
        """Returns the time for «ночью»: «в 12 ночи» is midnight, «сегодня ночью» is after midnight,
        «вчера ночью» is before midnight.
        """
        if self._hour is not None:
            return self._hour.replace(hour=self._hour.hour % 12)
        is_earlier = self._day is not None and self._day != self._today
        return _NIGHT_BEFORE_MIDNIGHT if is_earlier else _NIGHT_AFTER_MIDNIGHT


def _part_of_day(word: str) -> time | None:
    return next((at for stem, at in _PARTS_OF_DAY.items() if word.startswith(stem)), None)


def _hour(word: str) -> time | None:
    found = _TIME.fullmatch(word)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _day(word: str, rest: list[str], today: date) -> date | None:
    """Parses a past day; removes the name of a month, if one follows, from ``rest``."""
    if word in _DAYS_BACK:
        return today - _DAYS_BACK[word] * ONE_DAY
    for number, stem in enumerate(_WEEKDAYS):
        if word.startswith(stem):
            return today - ((today.weekday() - number - 1) % 7 + 1) * ONE_DAY
    named = _named_day(word, rest)
    return None if named is None else _last_calendar_day(named, today)


@dataclass(frozen=True, slots=True)
class _NamedDay:
    """Day of a month as entered; the date may not exist."""

    day: int
    month: int
    year: int | None

    def of_year(self, year: int) -> date | None:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def _named_day(word: str, rest: list[str]) -> _NamedDay | None:
    """Parses «22.11», «22/11/2026», «22 ноября»; removes the name of a month from ``rest``."""
    found = _DAY.fullmatch(word)
    if found is not None:
        year = None if found["year"] is None else int(found["year"]) % 100 + 2000
        return _NamedDay(int(found["day"]), int(found["month"]), year)
    if word.isdigit() and rest:
        stems = enumerate(_MONTHS, start=1)
        month = next((number for number, stem in stems if rest[0].startswith(stem)), None)
        if month is not None:
            rest.pop(0)
            return _NamedDay(int(word), month, None)
    return None


def _last_calendar_day(named: _NamedDay, today: date) -> date | None:
    """Returns the date of the day; without a year the last such date, tomorrow at the latest. None
    if there is none in this or the previous year.
    """
    if named.year is not None:
        return named.of_year(named.year)
    days = (named.of_year(year) for year in (today.year, today.year - 1))
    return next((day for day in days if day is not None and day <= today + ONE_DAY), None)


def _next_calendar_day(named: _NamedDay, today: date) -> date | None:
    """Returns the date of the day; without a year the next such date. None if there is none in this
    or the next year.
    """
    if named.year is not None:
        return named.of_year(named.year)
    days = (named.of_year(year) for year in (today.year, today.year + 1))
    return next((day for day in days if day is not None and day >= today), None)


_VALUES = {"place": "place", "date": "event_on", "time": "event_time", "category": "category"}


@dataclass(frozen=True, slots=True)
class Beside:
    """Result of a merge: the merged fields, and the names of the fields with conflicting
    changes.
    """

    fields: dict[str, str]
    disputed: frozenset[str]


def fields_of(contents: Contents) -> dict[str, str]:
    """Returns the contents as texts of the fields "place", "date", "time" and "category"."""
    day, hour = contents.event_on, contents.event_time
    return {
        "place": contents.place,
        "date": "" if day is None else formats.date_text(day),
        "time": "" if hour is None else f"{hour:%H:%M}",
        "category": contents.category or "",
    }


def kept_beside(
    fields: Mapping[str, str], typed: Contents, over: Mapping[str, str], now: Contents
) -> Beside:
    """Merges unsaved input with a changed message: fields with input retain it, the others are
    updated.

    ``typed`` are the parsed values of ``fields``; ``over`` are the texts of the message at the time
    of the input, ``now`` is its current content.
    """
    is_now = fields_of(now)
    kept, disputed = dict(fields), set[str]()
    for name, attribute in _VALUES.items():
        if is_now[name] == over[name]:
            continue
        mine, others = getattr(typed, attribute), getattr(now, attribute)
        if fields[name].strip() == over[name]:
            kept[name] = is_now[name]
        elif mine != others:
            disputed.add(name)
    return Beside(kept, frozenset(disputed))
