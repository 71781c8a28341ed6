"""PDF output: the rendering thread, the A4 report, and the hourly chart of calls.

The chart is also drawn on the screen. QTextDocument uses timers, which run only in Qt's own
threads; PDF files are therefore rendered in a QThread.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from PySide6.QtCore import (
    QCoreApplication,
    QMarginsF,
    QPointF,
    QRectF,
    QSizeF,
    Qt,
    QThread,
    QUrl,
)
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextDocument,
)

from console.core.report_content import ReportContent, cell_text
from sync.register.figures.call_statistics import CallFigures
from sync.store.local.sidecar_files import whole_file

P = ParamSpec("P")
T = TypeVar("T")
Job = Callable[[], None]


class Drawing(Executor):
    """Executor that renders PDF files on a QThread, which is started with the first job.

    QTextDocument uses timers, which run only in Qt's own threads.
    """

    def __init__(self) -> None:
        self._thread = _Thread()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        future: Future[T] = Future()

        def run() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except Exception as error:  # as in the standard executors
                future.set_exception(error)

        self._thread.jobs.put(run)
        self._thread.start()
        return future

    def stop(self, deadline_s: float) -> bool:
        """Stops the thread after its pending jobs; returns whether it has ended within
        ``deadline_s`` seconds.
        """
        self._thread.jobs.put(None)
        return self._thread.wait(int(deadline_s * 1000))


class _Thread(QThread):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("papers")
        self.jobs: SimpleQueue[Job | None] = SimpleQueue()

    def run(self) -> None:
        while (job := self.jobs.get()) is not None:
            job()


EARLIEST_HOUR, LATEST_HOUR = 8, 20  # always shown, to make days comparable


def draw_hours(
    painter: QPainter,
    area: QRectF,
    by_hour: Sequence[CallFigures],
    colours: Mapping[str, QColor],
    font: QFont,
) -> None:
    """Draws a chart with stacked hourly bars of answered and missed calls.

    ``colours`` has the keys bars, missed, grid and text. Missed calls are hatched, which makes them
    visible without colour. Hours without calls are empty.
    """
    busy = [hour for hour, figures in enumerate(by_hour) if figures.offered]
    first = min([EARLIEST_HOUR, *busy])
    last = max([LATEST_HOUR - 1, *busy])
    highest = max((figures.offered for figures in by_hour), default=0)
    step = _grid_step(highest)
    top_value = max(step, -(-highest // step) * step)
    painter.save()
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    left = area.left() + metrics.horizontalAdvance(str(top_value)) + 10
    bottom = area.bottom() - metrics.height() - 4
    top = area.top() + metrics.height() / 2
    height = bottom - top
    for value in range(0, top_value + 1, step):
        y = bottom - height * value / top_value
        painter.setPen(QPen(colours["grid"], 1))
        painter.drawLine(QPointF(left, y), QPointF(area.right(), y))
        painter.setPen(colours["text"])
        label = QRectF(area.left(), y - 10, left - area.left() - 6, 20)
        painter.drawText(
            label, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(value)
        )
    slot = (area.right() - left) / (last - first + 1)
    width = min(34.0, slot * 0.64)
    for hour in range(first, last + 1):
        middle = left + slot * (hour - first + 0.5)
        figures = by_hour[hour]
        answered = height * figures.answered / top_value
        missed = height * figures.missed / top_value
        bar = QRectF(middle - width / 2, bottom - answered, width, answered)
        painter.fillRect(bar, colours["bars"])
        lost = QRectF(middle - width / 2, bottom - answered - missed, width, missed)
        if missed:
            painter.setPen(QPen(colours["missed"], 1))
            painter.setBrush(QBrush(colours["missed"], Qt.BrushStyle.BDiagPattern))
            painter.drawRect(lost)
        painter.setPen(colours["text"])
        painter.drawText(
            QRectF(middle - slot / 2, bottom + 4, slot, metrics.height()),
            int(Qt.AlignmentFlag.AlignHCenter),
            f"{hour}:00" if slot > 40 else str(hour),
        )
    painter.restore()


def _grid_step(highest: int) -> int:
    """Returns a round step that divides the highest value into at most five grid lines, up to
    2,500.
    """
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500):
        if highest <= step * 5:
            return step
    return 1000


CHART_WIDTH_PX, CHART_HEIGHT_PX, CHART_SCALE = 660, 170, 3
POINTS_PER_INCH = 72.0
MARGIN_MM = 15
FOOT_PT = 24
MOST_UPRIGHT_COLUMNS = 9
PDF_ENDS = b"%%EOF"
_TAIL_BYTES = 16
PAPER_TEXT_PX = 9  # the layout uses points: 1 px is 1 pt


def write_pdf(content: ReportContent, file: Path, templates: Path) -> int:
    """Writes the report as an A4 PDF and returns the number of pages. Raises OSError.

    The file is replaced atomically. Thread-safe; needs a Qt application, but no screen. Takes some
    tenths of a second.
    """
    document = _document(content, templates)
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(file) as unfinished:
        # QPdfWriter reports no write errors: test beforehand whether the file can be written, and
        # check its end afterwards.
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
    # If a font feature replaces a glyph, Qt does not write its character into the PDF: with tabular
    # figures, numbers could not be copied or searched.
    font.clearFeatures()
    font.setFeature(QFont.Tag("calt"), 0)
    return font


PAPER_COLOURS = {
    "bars": QColor("#7A94D0"),
    "missed": QColor("#C2433A"),
    "grid": QColor("#E3E6EB"),
    "text": QColor("#454E5C"),
}
