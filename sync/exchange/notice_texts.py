"""Notices put into words: frozen facts in, a letter and a text to read aloud out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from sync.exchange.notice_facts import FACTS_OF, GroundWords, Letter, Refused
from sync.register.checks.grounds import Ground
from sync.register.handling.notices import RenderedNotice

SUBJECT_LIMIT = 200  # letters; a name of an organ never stands in a subject

_PARTS = {"words": "words.j2", "plain": "text.j2", "html": "html.html.j2", "voice": "spoken.j2"}
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_LINE_ENDS = re.compile(r"[ \t]+$", re.M)


class NoticeTexts:
    """The templates of one folder, read once. Any thread.

    A variable that a template asks for and the facts have not is a bug and raises
    ``jinja2.UndefinedError``.
    """

    def __init__(self, folder: Path) -> None:
        self._grounds = _read_grounds(folder / "grounds.json")
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=select_autoescape(enabled_extensions=("html.j2",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        for name, file in _PARTS.items():
            self._environment.globals[name] = self._environment.get_template(file).module

    def ground(self, ground: Ground) -> GroundWords:
        """The ground in words, as the addressee reads it (7.7, 7.10)."""
        return self._grounds[ground]

    def proposed_explanation(self, grounds: Iterable[Ground]) -> str:
        """What to correct, for a person to edit; a line for each ground, in the rules' order."""
        chosen = set(grounds)
        return "\n".join(self._grounds[each].correct for each in Ground if each in chosen)

    def rendered(self, letter: Letter) -> RenderedNotice:
        """The notice in words; ValueError for facts of another kind of notice."""
        if not isinstance(letter.facts, FACTS_OF[letter.kind]):
            raise ValueError(f"{letter.kind} tells no {type(letter.facts).__name__}")
        return RenderedNotice(
            subject=" ".join(self._part(letter, "subject").split())[:SUBJECT_LIMIT],
            text=_tidy(self._part(letter, "text")),
            html=self._part(letter, "html"),
            spoken=_tidy(self._part(letter, "spoken")),
        )

    def _part(self, letter: Letter, part: str) -> str:
        facts = letter.facts
        told = facts.grounds if isinstance(facts, Refused) else ()
        return self._environment.get_template(f"{letter.kind.value}.{part}.j2").render(
            office=letter.office,
            to=letter.to,
            message=letter.message,
            facts=facts,
            grounds=tuple(self._grounds[ground] for ground in told),
        )


def _tidy(text: str) -> str:
    """The text with one blank line at most between its parts, and an end of line."""
    return _BLANK_LINES.sub("\n\n", _LINE_ENDS.sub("", text)).strip() + "\n"


def _read_grounds(path: Path) -> Mapping[Ground, GroundWords]:
    told = json.loads(path.read_text(encoding="utf-8"))
    return {
        ground: GroundWords(ground.value.partition("-")[0], **told[ground.value])
        for ground in Ground
    }
