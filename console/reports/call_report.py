"""The calls' report as a document: the same figures on the screen, on paper and in a table.

Every form is made from ``ReportContent``, so that screen and file cannot differ.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from console import words
from console.reports.charts import draw_hours
from sync.register.statistics import Average, CallFigures, CallReport

CHART_WIDTH_PX, CHART_HEIGHT_PX, CHART_SCALE = 660, 170, 3
POINTS_PER_INCH = 72.0
MARGIN_MM = 15
FOOT_PT = 24
PAPER_TEXT_PX = 9  # the page is laid out in points, a px of its text is one of them


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the head: its name, value and a remark."""

    name: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Section:
    """One table: heads and rows of words, the first column naming the row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportContent:
    """A call report in words, ready for the screen and for paper."""

    city: str
    period: str
    line_hours: str
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    made_at: str
    made_by: str
    report: CallReport


def report_content(
    report: CallReport, *, city: str, line_hours: str, made_at: datetime, made_by: str
) -> ReportContent:
    """The report's figures put into words; ``made_at`` is local."""
    return ReportContent(
        city=city,
        period=words.formats.period_text(report.first, report.last),
        line_hours=line_hours,
        figures=_figures(report.total),
        sections=(
            _section(
                QCoreApplication.translate("Words", "By day"),
                QCoreApplication.translate("Words", "Day"),
                [(words.formats.day_text(day), figures) for day, figures in report.by_day],
                report.total,
            ),
            _section(
                QCoreApplication.translate("Words", "By hour"),
                QCoreApplication.translate("Words", "Hour"),
                [
                    (f"{hour}:00–{hour + 1}:00", figures)
                    for hour, figures in enumerate(report.by_hour)
                    if figures.calls
                ],
                report.total,
            ),
            _section(
                QCoreApplication.translate("Words", "By operator"),
                QCoreApplication.translate("Words", "Operator"),
                [(row.operator_name, row.figures) for row in report.by_operator],
                report.total,
            ),
            _results(report),
        ),
        made_at=f"{words.formats.date_text(made_at.date())} {words.formats.time_text(made_at)}",
        made_by=made_by,
        report=report,
    )


def _figures(total: CallFigures) -> tuple[Figure, ...]:
    share = words.formats.percent_text(total.missed_share)
    apart = total.missed_out_of_hours
    average = QCoreApplication.translate("Words", "on average")
    return (
        Figure(
            QCoreApplication.translate("Words", "Offered"),
            str(total.offered),
            words.formats.Counted().out_of_hours_apart(apart) if apart else "",
        ),
        Figure(
            QCoreApplication.translate("Words", "Answered"),
            str(total.answered),
            "",
        ),
        Figure(QCoreApplication.translate("Words", "Missed"), str(total.missed), share),
        Figure(QCoreApplication.translate("Words", "Wait"), _mean(total.wait), average),
        Figure(QCoreApplication.translate("Words", "Talk"), _mean(total.talk), average),
        Figure(QCoreApplication.translate("Words", "Wrap-up time"), _mean(total.wrap_up), average),
    )


def _section(
    title: str, first_head: str, rows: list[tuple[str, CallFigures]], total: CallFigures
) -> Section:
    heads = (
        first_head,
        QCoreApplication.translate("Words", "Offered"),
        QCoreApplication.translate("Words", "Answered"),
        QCoreApplication.translate("Words", "Missed"),
        QCoreApplication.translate("Words", "Wait"),
        QCoreApplication.translate("Words", "Talk"),
        QCoreApplication.translate("Words", "Wrap-up time"),
    )
    named = [*rows, (QCoreApplication.translate("Words", "Total"), total)]
    return Section(title, heads, tuple((name, *_cells(figures)) for name, figures in named))


def _cells(figures: CallFigures) -> tuple[str, ...]:
    return (
        str(figures.offered),
        str(figures.answered),
        str(figures.missed),
        _mean(figures.wait),
        _mean(figures.talk),
        _mean(figures.wrap_up),
    )


def _results(report: CallReport) -> Section:
    rows = []
    calls = report.total.calls
    for row in report.by_result:
        if not row.figures.calls:
            continue
        name = (
            QCoreApplication.translate("Words", "draft, no result yet")
            if row.result is None
            else words.cards.result_name(row.result)
        )
        rows.append(
            (name, str(row.figures.calls), words.formats.percent_text(row.figures.calls / calls))
        )
    return Section(
        QCoreApplication.translate("Words", "By result (par. 7.4)"),
        (
            QCoreApplication.translate("Words", "Result"),
            QCoreApplication.translate("Words", "Calls"),
            QCoreApplication.translate("Words", "Share"),
        ),
        tuple(rows),
    )


def _mean(average: Average) -> str:
    mean = average.mean
    return words.formats.duration_text(None if mean is None else mean.total_seconds())


def period_of(name: str, today: date) -> tuple[date, date]:
    """First and last day of «day», «week» (Monday first) or «month» around today."""
    match name:
        case "day":
            return today, today
        case "week":
            monday = today - timedelta(days=today.weekday())
            return monday, monday + timedelta(days=6)
        case "month":
            first = today.replace(day=1)
            next_first = (first + timedelta(days=32)).replace(day=1)
            return first, next_first - timedelta(days=1)
        case _:
            raise ValueError(f"no such period: {name}")


def neighbour(name: str, day: date, steps: int) -> date:
    """A day in the period so many periods later, or earlier for a negative number."""
    first, last = period_of(name, day)
    for _ in range(abs(steps)):
        first, last = period_of(
            name, last + timedelta(days=1) if steps > 0 else first - timedelta(days=1)
        )
    return first


# --- paper ---


def write_pdf(content: ReportContent, file: Path, templates: Path) -> int:
    """Write the report as A4 PDF and return its number of pages; an OSError says why not.

    Belongs to a thread with a Qt application; takes some tenths of a second.
    """
    document = _document(content, templates)
    file.parent.mkdir(parents=True, exist_ok=True)
    # QPdfWriter tells nothing when it cannot write: ask the disk first.
    file.write_bytes(b"")
    writer = QPdfWriter(str(file))
    writer.setTitle(content.period)
    writer.setCreator(content.city)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(
        QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM), QPageLayout.Unit.Millimeter
    )
    area = writer.pageLayout().paintRectPoints()
    page = QSizeF(area.width(), area.height() - FOOT_PT)
    document.setPageSize(page)
    pages = document.pageCount()
    painter = QPainter(writer)
    scale = writer.resolution() / POINTS_PER_INCH
    painter.scale(scale, scale)
    for number in range(pages):
        if number:
            writer.newPage()
        _draw_page(painter, document, page, number, pages)
    painter.end()
    if file.stat().st_size == 0:
        raise OSError(f"nothing was written to {file.name}")
    return pages


def _draw_page(
    painter: QPainter, document: QTextDocument, page: QSizeF, number: int, pages: int
) -> None:
    painter.save()
    painter.translate(0, -number * page.height())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = QRectF(0, number * page.height(), page.width(), page.height())  # type: ignore[attr-defined]  # a public field the stubs leave out
    painter.setClipRect(context.clip)  # type: ignore[attr-defined]
    document.documentLayout().draw(painter, context)
    painter.restore()
    font = QFont(document.defaultFont())
    font.setPixelSize(8)
    painter.setFont(font)
    painter.setPen(QColor("#596373"))
    foot = QRectF(0, page.height() + 6, page.width(), FOOT_PT - 6)
    text = QCoreApplication.translate("Words", "Page %1 of %2")
    painter.drawText(
        foot,
        int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom),
        text.replace("%1", str(number + 1)).replace("%2", str(pages)),
    )


def _document(content: ReportContent, templates: Path) -> QTextDocument:
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
    )
    html = environment.get_template("call_report.html").render(
        city=content.city,
        period=content.period,
        line_hours=content.line_hours,
        figures=content.figures,
        sections=content.sections,
        made_at=content.made_at,
        made_by=content.made_by,
        chart_width=CHART_WIDTH_PX * 3 // 4,
        chart_height=CHART_HEIGHT_PX * 3 // 4,
    )
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(_paper_font())
    image = QImage(
        CHART_WIDTH_PX * CHART_SCALE, CHART_HEIGHT_PX * CHART_SCALE, QImage.Format.Format_ARGB32
    )
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.scale(CHART_SCALE, CHART_SCALE)
    draw_hours(
        painter,
        QRectF(0, 0, CHART_WIDTH_PX, CHART_HEIGHT_PX),
        content.report.by_hour,
        PAPER_COLOURS,
        _paper_font(),
    )
    painter.end()
    document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl("chart:hours"), image)
    document.setHtml(html)
    return document


def _paper_font() -> QFont:
    font = QFont()
    font.setFamilies(["Inter Variable", "Inter", "Segoe UI", "Noto Sans", "DejaVu Sans"])
    font.setPixelSize(PAPER_TEXT_PX)
    # Qt writes into a PDF which letter a glyph stands for only where no feature has replaced it:
    # with the window's tabular figures nobody could copy or search a number.
    font.clearFeatures()
    font.setFeature(QFont.Tag("calt"), 0)
    return font


PAPER_COLOURS = {
    "bars": QColor("#7A94D0"),
    "missed": QColor("#C2433A"),
    "grid": QColor("#E3E6EB"),
    "text": QColor("#454E5C"),
}
