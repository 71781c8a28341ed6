"""Renders notifications from templates; checks a template against all possible sample data.

The sample data are those of a fictitious city.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cached_property
from itertools import product
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sync.exchange.mail.notice_facts import (
    FACTS_OF,
    AboutMessage,
    Addressee,
    Answered,
    AnswerReturned,
    DuplicateRemoved,
    ForOrgan,
    GroundWords,
    Letter,
    NoticeFacts,
    Office,
    PassedOn,
    PlanDue,
    Refused,
    SentToRework,
    TakenIn,
    organ_addressed,
)
from sync.register.checks.finding import Ground
from sync.register.handling.answers import AnswerKind
from sync.register.handling.notices import TO_ORGAN, Notice, NoticeKind, RenderedNotice

NUMBER = "2611-0001-00042-7"
ORGAN = "Управление городского хозяйства"
DUE = date(2026, 12, 10)
OFFICE = Office("Белоключевск", "+7 (87999) 2-00-00", "https://belokluchevsk.example/")
BARE_OFFICE = Office("Белоключевск")
MESSAGE = AboutMessage(
    NUMBER, "Яма <b>& люк</b>", "ул. Садовая, д. 3", "Ямы", date(2026, 11, 24), DUE, time(7, 30)
)
BARE_MESSAGE = AboutMessage(None, "", "", "", date(2026, 11, 24))
ANNA = Addressee(
    "Пробная Анна Петровна", "Пробной Анне Петровне", "Уважаемая Анна Петровна!", "Анна Петровна"
)
NOBODY = Addressee("", "", "Здравствуйте!", "")
DUES = (DUE, None)
WHETHER = (True, False)
_FILES = (
    ((), (), ()),
    (("акт.pdf", "фото.jpg"), (), ()),
    (("акт.pdf",), ("скан.tif",), ("фото.jpg",)),
)
"""Names of sample files: attached, too large, and stored elsewhere."""


def _facts_of(kind: NoticeKind) -> Iterator[NoticeFacts]:
    """Yields sample data for every variant of a notification."""
    wanted = FACTS_OF[kind]
    if wanted is TakenIn:
        yield from (TakenIn(organ, due) for organ, due in product((ORGAN, ""), DUES))
    elif wanted is Refused:
        yield from (Refused((ground,), "Исправьте.", None) for ground in Ground)
        yield Refused((Ground.INSULT, Ground.REPEATED), "Исправьте <b>&", NUMBER)
    elif wanted is DuplicateRemoved:
        yield from (
            DuplicateRemoved(NUMBER, own, public, due)
            for own, public, due in product(WHETHER, WHETHER, DUES)
        )
    elif wanted is ForOrgan:
        yield from (
            ForOrgan(ORGAN, due, public, held)
            for due, public, held in product(DUES, WHETHER, WHETHER)
        )
    elif wanted is AnswerReturned:
        yield AnswerReturned(ORGAN, "Нет срока.")
    elif wanted is Answered:
        kinds = product(AnswerKind, (ORGAN, ""), _FILES, WHETHER, WHETHER)
        for answer, organ, files, further, shown in kinds:
            planned = DUE if answer is AnswerKind.PLANNED else None
            yield Answered(
                organ,
                answer,
                "Ответ <b>",
                planned,
                "меры",
                "причина",
                sum(files, ()),
                further,
                shown,
                *files,
            )
    elif wanted is PlanDue:
        yield from (
            PlanDue(ORGAN, DUE, measures, due) for measures, due in product(("ремонт", ""), DUES)
        )
    elif wanted is SentToRework:
        organs = (ORGAN,) if kind in TO_ORGAN else (ORGAN, "")
        yield from (
            SentToRework(organ, "Яма там же", count, due)
            for organ, count, due in product(organs, (1, 2), DUES)
        )
    else:
        yield from (PassedOn(ORGAN, 1002, due) for due in DUES)


def letters(*kinds: NoticeKind) -> Iterator[Letter]:
    """Yields all combinations of data, recipient and sender."""
    for kind in kinds or FACTS_OF:
        people, organ = (ANNA, NOBODY), (organ_addressed(ORGAN),)
        whom: tuple[Addressee, ...] = organ if kind in TO_ORGAN else people
        numbered = replace(BARE_MESSAGE, number=NUMBER)
        may_lack_number = kind in (Notice.REFUSED, Notice.DUPLICATE_REMOVED)
        messages = (MESSAGE, BARE_MESSAGE if may_lack_number else numbered)
        offices = (OFFICE, BARE_OFFICE, replace(OFFICE, phone=""), replace(OFFICE, portal=""))
        for facts in _facts_of(kind):
            for office, to, message in product(offices, whom, messages):
                yield Letter(kind, office, to, message, facts)


LOG = logging.getLogger(__name__)
TEMPLATE_FAULTS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError)
"""Errors of a user-written template; jinja2 itself reports AttributeError."""

SUBJECT_LIMIT = 200  # characters; a subject never contains an authority's name

_PARTS = {"words": "words.j2", "plain": "text.j2", "html": "html.html.j2", "voice": "spoken.j2"}
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_LINE_ENDS = re.compile(r"[ \t]+$", re.M)


class NoticeTexts:
    """Templates of one folder, loaded once, and those of the central database. Thread-safe.

    Central templates replace those of the folder. A variable missing in the data of a folder
    template is a bug and raises ``jinja2.UndefinedError``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._grounds = _read_grounds(folder / "grounds.json")
        self._given: Environment | None = None

    @cached_property
    def _shipped(self) -> Environment:
        """Templates of the folder, loaded with the first notification to keep the start fast."""
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
        """Replaces templates, by file name, with those of the central database.

        An empty mapping restores the folder's templates. False if the given ones cannot be parsed;
        the folder's templates then apply as well.
        """
        self._given = None
        if not given:
            return True
        # Sandboxed: a template from the network has access only to its data.
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
            LOG.warning("templates: central templates not loaded: unreadable")
            return False
        return True

    def compiled(self, name: str, text: str) -> None:
        """Parses a template; raises TemplateSyntaxError."""
        self._shipped.compile(text, name)

    def ground(self, ground: Ground) -> GroundWords:
        """Returns the text of a ground for the addressee (7.7, 7.10)."""
        return self._grounds[ground]

    def proposed_explanation(self, grounds: Iterable[Ground]) -> str:
        """Returns the required corrections to be edited; a line per ground, in the rules' order."""
        chosen = set(grounds)
        return "\n".join(self._grounds[each].correct for each in Ground if each in chosen)

    def rendered(self, letter: Letter) -> RenderedNotice:
        """Renders the notification; ValueError for data of another kind of notification.

        If a central template fails, the folder's template is used, so an error in a template never
        prevents a notification.
        """
        if not isinstance(letter.facts, FACTS_OF[letter.kind]):
            raise ValueError(f"{letter.kind} does not accept {type(letter.facts).__name__}")
        given = self._given
        if given is not None:
            try:
                return self.rendered_as_given(letter)
            except TEMPLATE_FAULTS as error:
                LOG.warning(
                    "templates: %s: central template failed: %s", letter.kind, type(error).__name__
                )
        return self._rendered(self._shipped, letter)

    def rendered_as_given(self, letter: Letter) -> RenderedNotice:
        """Renders with the central templates, without fallback; raises one of TEMPLATE_FAULTS."""
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
    """Returns the text with at most one blank line in a row and a final line break."""
    return _BLANK_LINES.sub("\n\n", _LINE_ENDS.sub("", text)).strip() + "\n"


def _read_grounds(path: Path) -> Mapping[Ground, GroundWords]:
    told = json.loads(path.read_text(encoding="utf-8"))
    return {
        ground: GroundWords(ground.value.partition("-")[0], **told[ground.value])
        for ground in Ground
    }


TEMPLATES = Path(__file__).resolve().parents[3] / "resources" / "templates" / "notices"


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """Reason why a template is rejected.

    Codes: ``unknown_template`` (no notification uses this name), ``syntax`` (with its line),
    ``fails`` (for some sample; ``detail`` is jinja2's message), ``says_nothing`` (empty for some
    sample).
    """

    code: str
    line: int = 0
    detail: str = ""


def template_names(folder: Path = TEMPLATES) -> tuple[str, ...]:
    """Returns the names of all templates used for notifications."""
    return tuple(sorted(file.name for file in folder.glob("*.j2")))


def template_fault(name: str, text: str, folder: Path = TEMPLATES) -> TemplateFault | None:
    """Returns why the text is invalid as this template; None if all samples render.

    Takes up to some seconds for a part that all notifications use.
    """
    if name not in template_names(folder):
        return TemplateFault("unknown_template")
    texts = NoticeTexts(folder)
    kinds = [kind for kind in FACTS_OF if name.startswith(f"{kind.value}.")]
    try:
        texts.compiled(name, text)
        if not texts.use({name: text}):
            return TemplateFault("fails")
        return _fault_of(texts, kinds)
    except TemplateSyntaxError as error:
        return TemplateFault("syntax", error.lineno, error.message or "")
    except TEMPLATE_FAULTS as error:
        return TemplateFault("fails", detail=str(error))


def _fault_of(texts: NoticeTexts, kinds: list[NoticeKind]) -> TemplateFault | None:
    for letter in letters(*kinds):
        made = texts.rendered_as_given(letter)
        if not all(part.strip() for part in (made.subject, made.text, made.html, made.spoken)):
            return TemplateFault("says_nothing", detail=letter.kind.value)
    return None
