"""Words that are not in the sample directory, with natural frequencies."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

WORDS = Path(__file__).resolve().parents[2] / "data" / "search" / "words"
ZIPF_EXPONENT = 1.05
ZIPF_OFFSET = 2.7  # Mandelbrot's: the first few words are not as far above the rest as 1/rank

HARD_NOUN = ("", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах")
FEMININE_NOUN = ("а", "ы", "е", "у", "ой", "", "ам", "ами", "ах")
IYA_NOUN = ("я", "и", "ю", "ей", "й", "ям", "ями", "ях")
NEUTER_NOUN = ("о", "а", "у", "ом", "е", "", "ам", "ами", "ах")
NOUNS: dict[str, tuple[str, ...]] = {
    "ия": IYA_NOUN,
    "ие": ("е", "я", "ю", "ем", "и", "й", "ям"),
    "а": FEMININE_NOUN,
    "о": NEUTER_NOUN,
    "й": ("й", "я", "ю", "ем", "е", "и", "ев", "ям"),
    "ь": ("ь", "я", "ю", "ем", "е", "и", "ей", "ям"),
}
ADJECTIVE = ("ый", "ая", "ое", "ые", "ого", "ой", "ому", "ым", "ую", "ых", "ыми", "ом")
VERB = ("ть", "л", "ла", "ли", "ет", "ют", "ем", "йте", "я", "ние", "ния", "нию", "нием")
SURNAME = ("", "а", "у", "ым", "е")
VERB_PREFIXES = ("вы", "до", "за", "на", "от", "пере", "по", "под", "при", "про", "раз", "с")
PLACE_SUFFIXES = ("ово", "евка", "ино", "ское", "ка", "ицы", "ичи", "янка", "ец")
PLACE_PREFIXES = ("", "ново", "старо", "верхне", "нижне", "мало", "больше", "красно", "усть-")
SURNAME_SUFFIXES = ("ов", "ин", "енко", "ский", "ян", "ук", "евич", "цев")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A stem with the endings it takes."""

    stem: str
    endings: tuple[str, ...]

    def form(self, chance: random.Random) -> str:
        return self.stem + chance.choice(self.endings)


class Lexicon:
    """Lexemes drawn by Zipf's law; which word is frequent is fixed by the seed."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311
        self.nouns = _Ranked(_nouns(), _compounds(), chance)
        self.adjectives = _Ranked(_with_endings("adjectives", ADJECTIVE), (), chance)
        self.verbs = _Ranked(_with_prefixes(("",)), _with_prefixes(VERB_PREFIXES), chance)
        self.places = _Ranked(_places(), (), chance)
        self.streets = [f"{root}ская" for root in _list("places")]
        self.surnames = [root + end for root in _list("surnames") for end in SURNAME_SUFFIXES]
        self.firms = _list("firms")


class _Ranked:
    def __init__(
        self, plain: Sequence[Lexeme], made_up: Sequence[Lexeme], chance: random.Random
    ) -> None:
        """Plain words are more frequent than every word made of two."""
        self._lexemes = [*chance.sample(plain, len(plain)), *chance.sample(made_up, len(made_up))]
        weights = (
            1 / (rank + ZIPF_OFFSET) ** ZIPF_EXPONENT for rank in range(1, len(self._lexemes) + 1)
        )
        self._cumulative = list(accumulate(weights))

    def draw(self, chance: random.Random, count: int) -> list[Lexeme]:
        return chance.choices(self._lexemes, cum_weights=self._cumulative, k=count)


def _list(name: str) -> list[str]:
    """The words of a list, each once, in the order of the file."""
    return list(dict.fromkeys((WORDS / f"{name}.txt").read_text(encoding="utf-8").split()))


def _with_endings(name: str, endings: tuple[str, ...]) -> list[Lexeme]:
    return [Lexeme(stem, endings) for stem in _list(name)]


def _nouns() -> list[Lexeme]:
    feminine = [
        Lexeme(stem, IYA_NOUN if stem.endswith("и") else FEMININE_NOUN)
        for stem in _list("nouns_soft")
    ]
    return [*map(_noun, _list("nouns_hard")), *feminine]


def _compounds() -> list[Lexeme]:
    return [_noun(prefix + word) for word in _list("compounds") for prefix in _list("prefixes")]


def _noun(word: str) -> Lexeme:
    """A noun in the nominative, taken apart by its ending."""
    for ending, endings in NOUNS.items():
        if word.endswith(ending):
            return Lexeme(word[:-1], endings)
    return Lexeme(word, HARD_NOUN)


def _with_prefixes(prefixes: Sequence[str]) -> list[Lexeme]:
    """Each verb with each of these before it."""
    stems = [word.removesuffix("ть") for word in _list("verbs") if word.endswith("ть")]
    return [Lexeme(prefix + stem, VERB) for stem in stems for prefix in prefixes]


def _places() -> list[Lexeme]:
    return [
        Lexeme(f"{prefix}{root}{suffix}", ("",))
        for root in _list("places")
        for suffix in PLACE_SUFFIXES
        for prefix in PLACE_PREFIXES
    ]
