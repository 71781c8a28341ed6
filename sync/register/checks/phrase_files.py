"""The phrases of a rule, read from a file of resources/rules: Russian words are data of the rule.

Blocks stand apart by an empty line. A block begins with the type of its findings; each further line
is a pattern, any of which may be said; the patterns below a line ``unless`` make it innocent. A
block that begins with <name> is no phrase but a part that patterns below it may contain, by name.
Patterns are regular expressions over small letters with е for ё, from the beginning of a word. A
space is what may stand between two words (with ? it may be missing), <gap> up to three words. A
line with # is a comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sync.register.checks.wording import Phrase

_BETWEEN_WORDS = r"[^а-яa-z0-9.!?]{1,3}"
_GAP = r"(?:[^а-яa-z0-9.!?]{1,3}[а-яa-z0-9-]+){0,3}"
_UNLESS = "unless"


@dataclass(frozen=True, slots=True)
class PhraseFile:
    """The phrases in their order, and the named parts, which a rule may look for by themselves."""

    phrases: tuple[Phrase, ...]
    parts: dict[str, re.Pattern[str]]


def read_phrases(path: Path, between: Callable[[], object] = lambda: None) -> PhraseFile:
    """The phrases of a file of the program; what is wrong in it is a bug.

    Each takes some milliseconds of Python, up to 20; ``between`` is called before it.
    """
    texts = {"<gap>": _GAP}
    phrases: list[Phrase] = []
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    for block in re.split(r"\n{2,}", "\n".join(lines).strip()):
        title, *body = block.splitlines()
        if title.startswith("<"):
            texts[title] = f"(?:{_filled(body, texts)})"
            continue
        between()
        said, unless = body, list[str]()
        if _UNLESS in body:
            said, unless = body[: body.index(_UNLESS)], body[body.index(_UNLESS) + 1 :]
        phrases.append(
            Phrase(title, _compiled(said, texts), _compiled(unless, texts) if unless else None)
        )
    parts = {name: _from_word(text) for name, text in texts.items()}
    return PhraseFile(tuple(phrases), parts)


def _filled(lines: list[str], texts: dict[str, str]) -> str:
    return re.sub(r"<[a-z-]+>", lambda name: texts[name[0]], "|".join(lines))


def _compiled(lines: list[str], texts: dict[str, str]) -> re.Pattern[str]:
    return _from_word(_filled(lines, texts))


def _from_word(pattern: str) -> re.Pattern[str]:
    spaced = pattern.replace(" ?", f"(?:{_BETWEEN_WORDS})?").replace(" ", _BETWEEN_WORDS)
    return re.compile(rf"(?<![а-яa-z0-9])(?:{spaced})")
