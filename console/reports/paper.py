"""A report on A4: jinja2 makes HTML of it, Qt lays it out and writes the PDF."""

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

from console.reports.charts import draw_hours
from console.reports.content import ReportContent, cell_text
from sync.store.folders import whole_file

CHART_WIDTH_PX, CHART_HEIGHT_PX, CHART_SCALE = 660, 170, 3
POINTS_PER_INCH = 72.0
MARGIN_MM = 15
FOOT_PT = 24
MOST_UPRIGHT_COLUMNS = 9
PDF_ENDS = b"%%EOF"
_TAIL_BYTES = 16
PAPER_TEXT_PX = 9  # the page is laid out in points, a px of its text is one of them


def write_pdf(content: ReportContent, file: Path, templates: Path) -> int:
    """Write the report as A4 PDF and return its number of pages; an OSError says why not.

    A file of that name is replaced only by a whole one. Any thread of a process with a Qt
    application: it draws on no screen. Takes some tenths of a second.
    """
    document = _document(content, templates)
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(file) as unfinished:
        # QPdfWriter tells nothing when it cannot write: ask the disk first, and look afterwards.
        unfinished.write_bytes(b"")
        pages = _draw(document, content, unfinished)
        if not _is_whole(unfinished):
            raise OSError(f"{file.name} was not written to its end")
    return pages


def _draw(document: QTextDocument, content: ReportContent, file: Path) -> int:
    writer = QPdfWriter(str(file))
    writer.setTitle(content.period)
    writer.setCreator(content.heading.city)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    if max((len(section.heads) for section in content.sections), default=0) > MOST_UPRIGHT_COLUMNS:
        writer.setPageOrientation(QPageLayout.Orientation.Landscape)
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
    return pages


def _is_whole(file: Path) -> bool:
    with file.open("rb") as written:
        written.seek(max(0, file.stat().st_size - _TAIL_BYTES))
        return written.read().rstrip().endswith(PDF_ENDS)


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
    html = environment.get_template("report.html").render(
        content=content,
        cell_text=cell_text,
        chart_width=CHART_WIDTH_PX * 3 // 4,
        chart_height=CHART_HEIGHT_PX * 3 // 4,
    )
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(_paper_font())
    if content.by_hour:
        chart = QTextDocument.ResourceType.ImageResource.value
        document.addResource(chart, QUrl("chart:hours"), _chart(content))
    document.setHtml(html)
    return document


def _chart(content: ReportContent) -> QImage:
    image = QImage(
        CHART_WIDTH_PX * CHART_SCALE, CHART_HEIGHT_PX * CHART_SCALE, QImage.Format.Format_ARGB32
    )
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.scale(CHART_SCALE, CHART_SCALE)
    draw_hours(
        painter,
        QRectF(0, 0, CHART_WIDTH_PX, CHART_HEIGHT_PX),
        content.by_hour,
        PAPER_COLOURS,
        _paper_font(),
    )
    painter.end()
    return image


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
