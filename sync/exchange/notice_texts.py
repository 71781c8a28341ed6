"""Notices put into words: frozen facts in, a letter and a text to read aloud out."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sync.exchange.notice_facts import FACTS_OF, GroundWords, Letter, Refused
from sync.register.checks.grounds import Ground
from sync.register.handling.notices import RenderedNotice

LOG = logging.getLogger(__name__)
TEMPLATE_FAULTS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError)
"""What a template that somebody wrote may fail with; AttributeError is jinja2's own to tell."""

SUBJECT_LIMIT = 200  # letters; a name of an organ never stands in a subject

_PARTS = {"words": "words.j2", "plain": "text.j2", "html": "html.html.j2", "voice": "spoken.j2"}
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_LINE_ENDS = re.compile(r"[ \t]+$", re.M)


class NoticeTexts:
    """The templates of one folder, read once, and those of the centre in their place. Any thread.

    A variable that a template of the folder asks for and the facts have not is a bug and raises
    ``jinja2.UndefinedError``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._grounds = _read_grounds(folder / "grounds.json")
        self._given: Environment | None = None

    @cached_property
    def _shipped(self) -> Environment:
        """The folder's own, read with the first notice: a start does not wait for it."""
        return _with_parts(
            Environment(
                loader=FileSystemLoader(self._folder),
                autoescape=select_autoescape(enabled_extensions=("html.j2",)),
                undefined=StrictUndefined,
                trim_blocks=True,
                lstrip_blocks=True,
            )
        )

    def use(self, given: Mapping[str, str]) -> bool:
        """Take these texts, by the names of the folder's files, in place of the folder's own.

        Without any the folder's own hold again. False where they cannot be read; the folder's hold
        then too.
        """
        self._given = None
        if not given:
            return True
        # What comes over the network reaches no farther than what it is given.
        environment = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader([DictLoader(given), FileSystemLoader(self._folder)]),
            autoescape=select_autoescape(enabled_extensions=("html.j2",)),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        try:
            self._given = _with_parts(environment)
        except TemplateError:
            LOG.warning("templates of the centre cannot be read")
            return False
        return True

    def compiled(self, name: str, text: str) -> None:
        """Read a text as a template; raises TemplateSyntaxError."""
        self._shipped.compile(text, name)

    def ground(self, ground: Ground) -> GroundWords:
        """The ground in words, as the addressee reads it (7.7, 7.10)."""
        return self._grounds[ground]

    def proposed_explanation(self, grounds: Iterable[Ground]) -> str:
        """What to correct, for a person to edit; a line for each ground, in the rules' order."""
        chosen = set(grounds)
        return "\n".join(self._grounds[each].correct for each in Ground if each in chosen)

    def rendered(self, letter: Letter) -> RenderedNotice:
        """The notice in words; ValueError for facts of another kind of notice.

        Where a template of the centre fails, the folder's own words are taken: a citizen is not
        left without a letter for a slip in one.
        """
        if not isinstance(letter.facts, FACTS_OF[letter.kind]):
            raise ValueError(f"{letter.kind} tells no {type(letter.facts).__name__}")
        given = self._given
        if given is not None:
            try:
                return self.rendered_as_given(letter)
            except TEMPLATE_FAULTS as error:
                LOG.warning("%s: template of the centre: %s", letter.kind, type(error).__name__)
        return self._rendered(self._shipped, letter)

    def rendered_as_given(self, letter: Letter) -> RenderedNotice:
        """The same by the given templates alone; raises one of TEMPLATE_FAULTS where they fail."""
        return self._rendered(self._given or self._shipped, letter)

    def _rendered(self, environment: Environment, letter: Letter) -> RenderedNotice:
        facts = letter.facts
        told = facts.grounds if isinstance(facts, Refused) else ()

        def part(name: str) -> str:
            return environment.get_template(f"{letter.kind.value}.{name}.j2").render(
                office=letter.office,
                to=letter.to,
                message=letter.message,
                facts=facts,
                grounds=tuple(self._grounds[ground] for ground in told),
            )

        return RenderedNotice(
            subject=" ".join(part("subject").split())[:SUBJECT_LIMIT],
            text=_tidy(part("text")),
            html=part("html"),
            spoken=_tidy(part("spoken")),
        )


def _with_parts(environment: Environment) -> Environment:
    for name, file in _PARTS.items():
        environment.globals[name] = environment.get_template(file).module
    return environment


def _tidy(text: str) -> str:
    """The text with one blank line at most between its parts, and an end of line."""
    return _BLANK_LINES.sub("\n\n", _LINE_ENDS.sub("", text)).strip() + "\n"


def _read_grounds(path: Path) -> Mapping[Ground, GroundWords]:
    told = json.loads(path.read_text(encoding="utf-8"))
    return {
        ground: GroundWords(ground.value.partition("-")[0], **told[ground.value])
        for ground in Ground
    }
