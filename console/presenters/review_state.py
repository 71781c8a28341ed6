"""What the screen shows of the message under review, its findings in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from console import words
from console.presenters.checklist import CheckLine
from console.presenters.message_checks import Mark
from console.presenters.terms import TermState
from sync.register.checks.finding import Finding


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding in words; ``mark`` is its place among the marks, None where it spans all."""

    icon: str
    role: str
    title: str
    paragraph: str
    evidence: str
    mark: int | None


@dataclass(frozen=True, slots=True)
class ReviewState:
    """All that the screen shows of the message; ``key`` is None while there is none.

    ``pointed`` is the place of the finding that is shown in full, -1 where none is. ``fields``
    has "place", "date", "time", "category" and "category_text" as they stand in the form, and
    ``elsewhere`` what somebody else has written into "place", "when" or "category" meanwhile.
    """

    key: UUID | None = None
    title: str = ""
    subtitle: str = ""
    author: str = ""
    publicity: tuple[str, str, str] = ("", "", "neutral")
    term: TermState | None = None
    text: str = ""
    photos: int = 0
    marks: tuple[Mark, ...] = ()
    findings: tuple[FindingRow, ...] = ()
    pointed: int = -1
    lines: tuple[CheckLine, ...] = ()
    question: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""


def finding_rows(
    findings: Sequence[Finding], length: int
) -> tuple[tuple[FindingRow, ...], tuple[Mark, ...]]:
    """The findings in words, and which characters of the text they mark.

    What stands behind the text is of the place, and marks nothing.
    """
    rows: list[FindingRow] = []
    marks: list[Mark] = []
    for found in findings:
        look = words.checks.mark(found)
        mark = None
        end = min(found.end, length)
        if look and found.start < end:
            mark = len(marks)
            marks.append(Mark(found.start, end, look))
        icon, role = words.checks.look(found)
        rows.append(
            FindingRow(
                icon,
                role,
                words.checks.title(found),
                words.regulation.mark(found.paragraph),
                words.checks.evidence(found),
                mark,
            )
        )
    return tuple(rows), tuple(marks)
