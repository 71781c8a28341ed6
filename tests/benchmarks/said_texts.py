"""Generated caller texts for benchmarks: many words by Zipf's law, and some of known frequency.

Similar texts would make every index small and every word common.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import accumulate

COMMON, SELDOM, RARER, SEASONAL, RARE = "вода", "лифт", "щебенка", "снегопад", "фонарь"
"""Every 2nd call, 100th, 300th; a tenth of all in one stretch long ago; every 500,000th."""
_WORDS, _POOL = 60_000, 20_011
_LETTERS = "абвгдежзиклмнопрстуфхцчшэюя"


def said_texts(count: int) -> Callable[[int], str]:
    """Returns a function from call index to text, the oldest call first."""
    dice = random.Random(18)  # noqa: S311
    words = ["".join(dice.choices(_LETTERS, k=dice.randint(4, 11))) for _word in range(_WORDS)]
    often = list(accumulate(1 / (place + 10) for place in range(_WORDS)))
    pool = [
        " ".join(dice.choices(words, cum_weights=often, k=dice.randint(6, 22)))
        for _text in range(_POOL)
    ]

    def say(ordinal: int) -> str:
        known = (
            ("нет воды", ordinal % 2 == 0),
            ("стоят лифты", ordinal % 100 == 3),
            ("нужна щебёнка", ordinal % 300 == 7),
            ("был снегопад", count // 10 <= ordinal < count // 5),
            ("упали фонари", ordinal % 500_000 == 11),
        )
        parts = [pool[ordinal % _POOL], *(text for text, is_said in known if is_said)]
        return " ".join(parts).capitalize()

    return say
