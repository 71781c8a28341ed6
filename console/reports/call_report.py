"""The report of calls (Regulation 11): by day, hour, operator and result."""

from PySide6.QtCore import QCoreApplication

from console import words
from console.reports.content import (
    Cell,
    Duration,
    Figure,
    Heading,
    ReportContent,
    Row,
    Section,
    Share,
)
from sync.register.call_pace import CallPace, PaceStep
from sync.register.statistics import Average, CallFigures, CallReport


def call_content(report: CallReport, heading: Heading, *, line_hours: str) -> ReportContent:
    """The report's figures put into words."""
    return ReportContent(
        title=QCoreApplication.translate("Words", "Report of calls"),
        lead=words.reports.calls_lead(line_hours),
        notes=(
            QCoreApplication.translate(
                "Words",
                "Offered = answered + missed in working hours. Calls out of hours, taken by a"
                " colleague or going out stand apart.",
            ),
            words.reports.records_apart(),
            QCoreApplication.translate(
                "Words",
                "Wait = answer − first ring. Talk = end − answer. Wrap-up = saved − end."
                " Averages are made of sums.",
            ),
            QCoreApplication.translate(
                "Words",
                "Half of the calls stay within the median, nine of ten within the 90th"
                " percentile. From the directory = answered with an entry of it in the card.",
            ),
        ),
        file_name=words.reports.report_file_name(),
        heading=heading,
        first=report.first,
        last=report.last,
        figures=_figures(report),
        sections=(
            _pace(report.pace),
            _section(
                QCoreApplication.translate("Words", "By day"),
                QCoreApplication.translate("Words", "Day"),
                [(day, figures) for day, figures in report.by_day],
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
            *_incidents(report),
            *_apart(report.total),
        ),
        by_hour=report.by_hour,
        parameters={QCoreApplication.translate("Words", "Line hours"): line_hours},
    )


def _figures(report: CallReport) -> tuple[Figure, ...]:
    total = report.total
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
        Figure(
            QCoreApplication.translate("Words", "From the directory"),
            str(report.from_directory),
            words.formats.percent_text(report.from_directory_share),
        ),
        Figure(QCoreApplication.translate("Words", "Missed"), str(total.missed), share),
        Figure(QCoreApplication.translate("Words", "Wait"), _mean(total.wait), average),
        Figure(QCoreApplication.translate("Words", "Talk"), _mean(total.talk), average),
        Figure(QCoreApplication.translate("Words", "Wrap-up time"), _mean(total.wrap_up), average),
    )


def _pace(pace: CallPace) -> Section:
    rows = (
        Row(
            (
                words.reports.pace_step(step),
                pace[step].count,
                Duration(pace[step].median),
                Duration(pace[step].ninetieth),
            )
        )
        for step in PaceStep
    )
    return Section(
        QCoreApplication.translate("Words", "From ring to saved record"),
        (
            QCoreApplication.translate("Words", "Step"),
            QCoreApplication.translate("Words", "Calls"),
            QCoreApplication.translate("Words", "Median"),
            QCoreApplication.translate("Words", "90th percentile"),
        ),
        tuple(rows),
        code="calls.pace",
    )


def _section(
    title: str, first_head: str, rows: list[tuple[Cell, CallFigures]], total: CallFigures
) -> Section:
    heads = (
        first_head,
        QCoreApplication.translate("Words", "Offered"),
        QCoreApplication.translate("Words", "Answered"),
        QCoreApplication.translate("Words", "Missed"),
        QCoreApplication.translate("Words", "Out of hours"),
        QCoreApplication.translate("Words", "Wait"),
        QCoreApplication.translate("Words", "Talk"),
        QCoreApplication.translate("Words", "Wrap-up time"),
    )
    sums = Row((words.reports.total(), *_cells(total)), is_total=True)
    made = (Row((name, *_cells(figures))) for name, figures in rows)
    return Section(title, heads, (*made, sums), code="calls.figures")


def _cells(figures: CallFigures) -> tuple[Cell, ...]:
    return (
        figures.offered,
        figures.answered,
        figures.missed,
        figures.missed_out_of_hours,
        Duration(figures.wait.mean),
        Duration(figures.talk.mean),
        Duration(figures.wrap_up.mean),
    )


def _results(report: CallReport) -> Section:
    records = report.total.records
    rows = [
        Row(
            (
                QCoreApplication.translate("Words", "draft, not saved yet")
                if row.result is None
                else words.cards.result_name(row.result),
                row.figures.records,
                Share(row.figures.records / records),
            )
        )
        for row in report.by_result
        if row.figures.records
    ]
    if report.formal_appeals:
        share = Share(report.formal_appeals / records)
        rows.append(Row((words.reports.formal_appeals(), report.formal_appeals, share)))
    return Section(
        QCoreApplication.translate("Words", "By result (par. 7.4)"),
        (
            QCoreApplication.translate("Words", "Result"),
            QCoreApplication.translate("Words", "Records"),
            QCoreApplication.translate("Words", "Share"),
        ),
        tuple(rows),
        code="calls.results",
    )


def _incidents(report: CallReport) -> tuple[Section, ...]:
    """Only where a caller was told the official text of one."""
    if not report.by_incident:
        return ()
    records = report.total.records
    return (
        Section(
            QCoreApplication.translate("Words", "By incident: calls told the official text"),
            (
                QCoreApplication.translate("Words", "Incident"),
                QCoreApplication.translate("Words", "Calls"),
                QCoreApplication.translate("Words", "Share"),
            ),
            tuple(
                Row((one.title, one.calls, Share(one.calls / records)))
                for one in report.by_incident
            ),
            code="calls.incidents",
        ),
    )


def _apart(total: CallFigures) -> tuple[Section, ...]:
    """What is registered and is no call of its own; nothing where there is none."""
    counts = (
        (QCoreApplication.translate("Words", "Requests without a call"), total.by_hand),
        (
            QCoreApplication.translate("Words", "Further questions of one call"),
            total.further_questions,
        ),
    )
    rows = tuple(Row((name, count)) for name, count in counts if count)
    heads = (
        QCoreApplication.translate("Words", "What"),
        QCoreApplication.translate("Words", "Records"),
    )
    title = QCoreApplication.translate("Words", "Registered beside the calls")
    return (Section(title, heads, rows, code="calls.apart"),) if rows else ()


def _mean(average: Average) -> str:
    mean = average.mean
    return words.formats.duration_text(None if mean is None else mean.total_seconds())
