"""Converts a shift handover report to the content of its A4 PDF, with signature fields."""

from datetime import datetime

from console.core import formats
from console.core.report_content import Figure, Heading, ReportContent, Row, Section
from console.features.handover import words as handover_words
from sync.register.people.shift import Line, Part, Sheet, SheetContent


def handover_paper(
    content: SheetContent,
    sheet: Sheet | None,
    now_local: datetime,
    *,
    city: str,
    workplace: str,
    made_by: str,
    has_centre: bool,
) -> ReportContent:
    """Builds the report content; ``sheet`` is None if the report is not signed yet."""
    unsent = Figure(handover_words.unsent_name(), str(content.unsent), "")
    at_local = now_local if sheet is None else sheet.left.at.astimezone(now_local.tzinfo)
    listed = [
        _list(part, content.parts[part].lines, at_local)
        for part in Part
        if part in content.parts and content.parts[part].lines
    ]
    return ReportContent(
        title=handover_words.title(),
        lead=handover_words.paper_lead(workplace),
        notes=(),
        file_name=handover_words.file_name(),
        heading=Heading(city, now_local, made_by),
        first=at_local.date(),
        last=at_local.date(),
        figures=(
            *(
                Figure(handover_words.part_name(part), str(content.parts[part].count), "")
                for part in Part
                if part in content.parts
            ),
            *((unsent,) if has_centre else ()),
        ),
        sections=(
            *listed,
            _text(handover_words.workplace_name(), handover_words.workplace(content.findings)),
            _text(handover_words.note_name(), content.note.splitlines() or [""]),
            _signatures(sheet, now_local),
        ),
    )


def _list(part: Part, lines: tuple[Line, ...], at_local: datetime) -> Section:
    rows = tuple(Row((one.number, _when(one, at_local))) for one in lines)
    return Section(handover_words.part_name(part), handover_words.paper_heads(), rows, texts=2)


def _when(one: Line, at_local: datetime) -> str:
    if one.at is not None:
        return formats.moment(one.at.astimezone(at_local.tzinfo), at_local)
    return handover_words.until(one) if one.on is not None else ""


def _text(title: str, lines: tuple[str, ...] | list[str]) -> Section:
    return Section(title, ("",), tuple(Row((line,)) for line in lines))


def _signatures(sheet: Sheet | None, now_local: datetime) -> Section:
    handed, taken = handover_words.sides()
    left, accepted = (None, None) if sheet is None else (sheet.left, sheet.accepted)
    rows = (
        Row((handed, handover_words.signed_where(left, now_local), "")),
        Row((taken, handover_words.signed_where(accepted, now_local), "")),
    )
    heads = handover_words.paper_signature_heads()
    return Section(handover_words.signatures_name(), heads, rows, texts=3)
