"""What is left of a Russian word however it is spelt in Latin letters: its skeleton.

Letters are not guessed back. Both sides, the words of the index and what was typed, are reduced
to one alphabet in which the usual schemes (passport, GOST, library, chat) fall together.
"""

import re

_ROMAN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh",
        "з": "z", "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
        "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
        "я": "ya",
    }
)  # fmt: skip
_REDUCTIONS = (
    ("w", "v"),
    ("shch", "w"), ("sch", "w"), ("shh", "w"),
    ("kkh", "h"), ("kh", "h"), ("x", "h"),
    ("sh", "w"),
    ("j", "y"),
    ("zh", "j"),
    ("ch", "q"),
    ("ts", "c"), ("tc", "c"), ("tz", "c"), ("cz", "c"),
    ("yy", "y"), ("ye", "e"), ("yo", "e"), ("io", "e"),
    ("y", "i"),
)  # fmt: skip
# The vowels that come and go in stems (kb.text.settled), as they stand in skeletons.
_FLEETING = (
    (re.compile(r"(?<=[a-z]{2})eek$"), "eik"),
    (re.compile(r"(?<=[a-z]{2}[bcdfghj-np-tvwz])[oe]k$"), "k"),
    (re.compile(r"(?<=[a-z]{2})lec$"), "lc"),
    (re.compile(r"(?<=[a-z][bcdfghj-np-tvwz])ec$"), "c"),
)
_CYRILLIC = (
    ("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"),
    ("yu", "ю"), ("ju", "ю"), ("ya", "я"), ("ja", "я"), ("yo", "е"), ("jo", "е"), ("ye", "е"),
)  # fmt: skip
_CYRILLIC_LETTERS = str.maketrans("abvgdeziyjklmnoprstufhcwxq", "абвгдезиййклмнопрстуфхцвхк")
_REPEATED = re.compile(r"([a-z])\1+")


def readings(latin: str) -> list[str]:
    """The skeletons of what the letters may spell: ``j`` is й or ж, ``w`` is в or щ."""
    spellings = [latin]
    for letter, meant in (("j", "zh"), ("w", "shch")):
        if letter in latin:
            spellings += [spelling.replace(letter, meant) for spelling in spellings]
    return list(dict.fromkeys(map(skeletons, spellings)))


def skeletons(words: str) -> str:
    """The words' skeletons; whatever parts the words parts them too."""
    reduced = words.translate(_ROMAN)
    for written, meant in _REDUCTIONS:
        reduced = reduced.replace(written, meant)
    return _REPEATED.sub(r"\1", reduced)


def settled(skeleton: str) -> str:
    """The skeleton of the stem that the forms of a noun have in common."""
    for pattern, settled_end in _FLEETING:
        skeleton, changed = pattern.subn(settled_end, skeleton)
        if changed:
            break
    return skeleton


def in_cyrillic(latin: str) -> str:
    """The Russian letters that the Latin ones most likely stand for; near enough for typos."""
    for written, meant in _CYRILLIC:
        latin = latin.replace(written, meant)
    return latin.translate(_CYRILLIC_LETTERS)
