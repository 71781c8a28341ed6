"""Typical input errors: cut words, typos, wrong layout, Latin letters."""

import random
import re
from collections.abc import Callable, Sequence

Spelling = Callable[[str, random.Random], str]

LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
CYRILLIC_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
ROWS = ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю")
TO_LATIN_KEYS = str.maketrans(CYRILLIC_KEYS, LATIN_KEYS)
TO_CYRILLIC_KEYS = str.maketrans(LATIN_KEYS, CYRILLIC_KEYS)
SHORTEST_MISTYPED = 4
PLAIN_LETTERS = dict(zip("абвгдзиклмнопрстуф", "abvgdziklmnoprstuf", strict=True))
# Spellings of the letters without a Latin equivalent: by the passport rules, by GOST 7.79-2000, as
# in web addresses, and as in messages from a foreign phone.
SCHEMES: Sequence[dict[str, str]] = tuple(
    PLAIN_LETTERS | dict(zip("еёжйхцчшщъыьэюя", letters, strict=True))
    for letters in (
        ("e", "e", "zh", "i", "kh", "ts", "ch", "sh", "shch", "ie", "y", "", "e", "iu", "ia"),
        ("e", "yo", "zh", "j", "x", "cz", "ch", "sh", "shh", "''", "y'", "'", "e'", "yu", "ya"),
        ("e", "yo", "zh", "y", "h", "c", "ch", "sh", "sch", "", "y", "", "e", "yu", "ya"),
        ("e", "e", "j", "j", "h", "c", "4", "sh", "w", "", "y", "'", "e", "u", "ja"),
    )
)


def prefix(text: str, _chance: random.Random) -> str:
    """Cuts the last word in half."""
    words = text.split()
    return " ".join([*words[:-1], words[-1][: max(2, (len(words[-1]) + 1) // 2)]])


def every_word_cut(text: str, chance: random.Random) -> str:
    return " ".join(word[: chance.randint(3, 5)] for word in text.split())


def one_typo(text: str, chance: random.Random) -> str:
    return _mistyped(text, chance, 1)


def two_typos(text: str, chance: random.Random) -> str:
    return _mistyped(text, chance, 2)


def typo_in_every_word(text: str, chance: random.Random) -> str:
    return _mistyped(text, chance, len(text.split()))


def typo_in_first_letter(text: str, chance: random.Random) -> str:
    """The first letter of one word is wrong, missing, doubled or swapped with the next."""
    words = text.split()
    place = chance.choice(_long_words(words))
    first, second, rest = words[place][0], words[place][1], words[place][2:]
    words[place] = chance.choice(
        (_neighbour(first, chance) + second + rest, second + rest, first + first + second + rest,
         second + first + rest)
    )  # fmt: skip
    return " ".join(words)


def wrong_layout(text: str, _chance: random.Random) -> str:
    """Russian typed while the keyboard is English."""
    return text.lower().translate(TO_LATIN_KEYS)


def wrong_layout_of_latin(text: str, _chance: random.Random) -> str:
    """Latin typed while the keyboard is Russian."""
    return text.lower().translate(TO_CYRILLIC_KEYS)


def latin_letters(text: str, chance: random.Random) -> str:
    scheme = chance.choice(SCHEMES)
    return "".join(scheme.get(letter, letter) for letter in text.lower())


def other_yo(text: str, chance: random.Random) -> str:
    """Replaces ё with е; without any ё, replaces one е with ё."""
    if "ё" in text.lower():
        return text.replace("ё", "е").replace("Ё", "Е")
    places = [place for place, letter in enumerate(text) if letter == "е"]
    if not places:
        return text
    place = chance.choice(places)
    return f"{text[:place]}ё{text[place + 1 :]}"


def some_words(text: str, chance: random.Random) -> str:
    """Two to four of the words, in another order."""
    words = [text.split()[place] for place in _long_words(text.split())]
    return " ".join(chance.sample(words, min(len(words), chance.randint(2, 4))))


MIXTURES: Sequence[Sequence[Spelling]] = (
    (some_words, every_word_cut),
    (some_words, one_typo),
    (one_typo, prefix),
    (typo_in_first_letter, prefix),
    (prefix, wrong_layout),
    (one_typo, wrong_layout),
    (prefix, latin_letters),
    (some_words, one_typo, latin_letters),
    (other_yo, every_word_cut),
    (some_words, every_word_cut, wrong_layout),
)


def mixture(text: str, chance: random.Random) -> str:
    """Several errors combined."""
    for spelling in chance.choice(MIXTURES):
        text = spelling(text, chance)
    return text


def plain(title: str) -> str:
    """A title as it would be typed: without quotation marks and commas."""
    return " ".join(re.sub(r"[«»№,.:;()]", " ", title).split())


def _mistyped(text: str, chance: random.Random, count: int) -> str:
    words = text.split()
    long = _long_words(words)
    places = chance.sample(long, min(count, len(long)))
    for place in (places * count)[:count] if count <= 2 else places:
        words[place] = _mistyped_word(words[place], chance)
    return " ".join(words)


def _long_words(words: Sequence[str]) -> list[int]:
    """Positions of the words that are recognisable with a typo; all words if none is long
    enough.
    """
    long = [place for place, word in enumerate(words) if len(word) >= SHORTEST_MISTYPED]
    return long or list(range(len(words)))


def _mistyped_word(word: str, chance: random.Random) -> str:
    """A letter is wrong, missing, added or swapped, never the first."""
    if len(word) < 3:
        return word
    place = chance.randrange(1, len(word) - 1)
    head, letter, tail = word[:place], word[place], word[place + 1 :]
    wrong = _neighbour(letter, chance) if chance.random() < 0.5 else chance.choice(LETTERS)
    return chance.choice(
        (head + wrong + tail, head + tail, head + wrong + letter + tail,
         head + tail[0] + letter + tail[1:])
    )  # fmt: skip


def _neighbour(letter: str, chance: random.Random) -> str:
    """Returns a letter on a neighbouring key."""
    for row in ROWS:
        place = row.find(letter.lower())
        if place >= 0:
            return chance.choice(row[max(0, place - 1) : place] + row[place + 1 : place + 2])
    return chance.choice(LETTERS)
