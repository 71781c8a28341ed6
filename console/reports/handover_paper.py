"""The hand-over sheet on A4: numbers, times, the note, and room for two signatures."""

from datetime import datetime

from console import words
from console.reports.content import Figure, Heading, ReportContent, Row, Section
from sync.register.handover import Line, Part, Sheet, SheetContent


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
    """The sheet as a report; ``sheet`` is None where nobody has signed it yet."""
    unsent = Figure(words.handover.unsent_name(), str(content.unsent), "")
    at_local = now_local if sheet is None else sheet.left.at.astimezone(now_local.tzinfo)
    listed = [
        _list(part, content.parts[part].lines, at_local)
        for part in Part
        if part in content.parts and content.parts[part].lines
    ]
    return ReportContent(
        title=words.handover.title(),
        lead=words.handover.paper_lead(workplace),
        notes=(),
        file_name=words.handover.file_name(),
        heading=Heading(city, now_local, made_by),
        first=at_local.date(),
        last=at_local.date(),
        figures=(
            *(
                Figure(words.handover.part_name(part), str(content.parts[part].count), "")
                for part in Part
                if part in content.parts
            ),
            *((unsent,) if has_centre else ()),
        ),
        sections=(
            *listed,
            _text(words.handover.workplace_name(), words.handover.workplace(content.findings)),
            _text(words.handover.note_name(), content.note.splitlines() or [""]),
            _signatures(sheet, now_local),
        ),
    )


def _list(part: Part, lines: tuple[Line, ...], at_local: datetime) -> Section:
    rows = tuple(Row((one.number, _when(one, at_local))) for one in lines)
    return Section(words.handover.part_name(part), words.handover.paper_heads(), rows, texts=2)


def _when(one: Line, at_local: datetime) -> str:
    if one.at is not None:
        return words.formats.moment(one.at.astimezone(at_local.tzinfo), at_local)
    return words.handover.until(one) if one.on is not None else ""


def _text(title: str, lines: tuple[str, ...] | list[str]) -> Section:
    return Section(title, ("",), tuple(Row((line,)) for line in lines))


def _signatures(sheet: Sheet | None, now_local: datetime) -> Section:
    handed, taken = words.handover.sides()
    left, accepted = (None, None) if sheet is None else (sheet.left, sheet.accepted)
    rows = (
        Row((handed, words.handover.signed_where(left, now_local), "")),
        Row((taken, words.handover.signed_where(accepted, now_local), "")),
    )
    heads = words.handover.paper_signature_heads()
    return Section(words.handover.signatures_name(), heads, rows, texts=3)
