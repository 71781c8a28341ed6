"""Whether a text may take the place of a notice's template: tried before it reaches anybody."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateSyntaxError

from sync.exchange.notice_facts import FACTS_OF
from sync.exchange.notice_samples import letters
from sync.exchange.notice_texts import TEMPLATE_FAULTS, NoticeTexts
from sync.register.handling.notices import NoticeKind

TEMPLATES = Path(__file__).resolve().parents[2] / "resources" / "templates" / "notices"


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """Why a template is not taken.

    Codes: ``unknown_template`` (no notice is made of one so named), ``syntax`` (with its line),
    ``fails`` (for some letter; ``detail`` is jinja2's word), ``says_nothing`` (for some letter).
    """

    code: str
    line: int = 0
    detail: str = ""


def template_names(folder: Path = TEMPLATES) -> tuple[str, ...]:
    """The names of all templates that notices are made of."""
    return tuple(sorted(file.name for file in folder.glob("*.j2")))


def template_fault(name: str, text: str, folder: Path = TEMPLATES) -> TemplateFault | None:
    """Why the text cannot be the template of this name; None where every letter comes out whole.

    Takes up to some seconds for a part that all letters have.
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
