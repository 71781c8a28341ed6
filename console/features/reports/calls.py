"""Content of the reports of calls and of operators, and the list of call records for Excel.

The list names operators and no callers, so it may be passed on like the figures.
"""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from console.core import formats
from console.core.report_content import (
    Cell,
    Duration,
    Figure,
    Heading,
    Moment,
    ReportContent,
    Row,
    Section,
    Share,
)
from console.features.reports import words as reports_words
from console.shared.session import card_words, operator_state_words
from sync.register.calls.calls import CallRecord
from sync.register.figures.call_statistics import (
    Average,
    CallFigures,
    CallPace,
    CallReport,
    PaceStep,
    figures_of,
)
from sync.register.figures.operator_days import OperatorDays, ReasonTime
from sync.register.people.operator_states import Doing


def call_list(records: Iterable[CallRecord], zone: ZoneInfo) -> Section:
    """Returns a section with a row for each record, sorted by first ring, with local times."""
    in_order = sorted(records, key=lambda one: (one.arrived_at, one.number))
    heads = (
        QCoreApplication.translate("Words", "Number"),
        QCoreApplication.translate("Words", "What it is"),
        QCoreApplication.translate("Words", "Result"),
        QCoreApplication.translate("Words", "Operator"),
        QCoreApplication.translate("Words", "Dialled line"),
        QCoreApplication.translate("Words", "Received at"),
        QCoreApplication.translate("Words", "Answered at"),
        QCoreApplication.translate("Words", "Ended at"),
        QCoreApplication.translate("Words", "Saved at"),
        QCoreApplication.translate("Words", "Wait"),
        QCoreApplication.translate("Words", "Talk"),
        QCoreApplication.translate("Words", "Wrap-up time"),
    )
    rows = tuple(Row(_cells(one, zone)) for one in in_order)
    return Section(QCoreApplication.translate("Words", "Each record"), heads, rows, texts=5)


def _cells(record: CallRecord, zone: ZoneInfo) -> tuple[Cell, ...]:
    def moment(at: datetime | None) -> Moment:
        return Moment(None if at is None else at.astimezone(zone))

    figures = figures_of(record)
    result, _icon, _role = card_words.result_mark(record)
    return (
        str(record.number),
        reports_words.kind_of_record(record),
        result,
        record.operator_name,
        record.dialled_line,
        moment(record.arrived_at),
        moment(record.answered_at),
        moment(record.ended_at),
        moment(record.saved_at),
        Duration(figures.wait.mean),
        Duration(figures.talk.mean),
        Duration(figures.wrap_up.mean),
    )


def call_content(report: CallReport, heading: Heading, *, line_hours: str) -> ReportContent:
    """Builds the content of the call report."""
    return ReportContent(
        title=QCoreApplication.translate("Words", "Call report"),
        lead=reports_words.calls_lead(line_hours),
        notes=(
            QCoreApplication.translate(
                "Words",
                "Offered = answered + missed in working hours. Calls out of hours "
                "(answered or missed), calls taken by a colleague and outgoing calls are "
                "separate.",
            ),
            reports_words.records_apart(),
            QCoreApplication.translate(
                "Words",
                "Wait = answer − first ring. Talk = end − answer. Wrap-up = saved − end. "
                "Averages are calculated from totals.",
            ),
            QCoreApplication.translate(
                "Words",
                "Half of the calls are within the median, nine in ten within the 90th "
                "percentile. From the directory = answered calls with a directory entry "
                "in the card.",
            ),
        ),
        file_name=reports_words.report_file_name(),
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
    share = formats.percent_text(total.missed_share)
    apart = total.answered_out_of_hours + total.missed_out_of_hours
    average = QCoreApplication.translate("Words", "on average")
    return (
        Figure(
            QCoreApplication.translate("Words", "Offered"),
            str(total.offered),
            formats.Counted().out_of_hours_apart(apart) if apart else "",
        ),
        Figure(
            QCoreApplication.translate("Words", "Answered"),
            str(total.answered),
            "",
        ),
        Figure(
            QCoreApplication.translate("Words", "From the directory"),
            str(report.from_directory),
            formats.percent_text(report.from_directory_share),
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
                reports_words.pace_step(step),
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
        QCoreApplication.translate("Words", "Answered out of hours"),
        QCoreApplication.translate("Words", "Missed out of hours"),
        QCoreApplication.translate("Words", "Wait"),
        QCoreApplication.translate("Words", "Talk"),
        QCoreApplication.translate("Words", "Wrap-up time"),
    )
    sums = Row((reports_words.total(), *_figure_cells(total)), is_total=True)
    made = (Row((name, *_figure_cells(figures))) for name, figures in rows)
    return Section(title, heads, (*made, sums), code="calls.figures")


def _figure_cells(figures: CallFigures) -> tuple[Cell, ...]:
    return (
        figures.offered,
        figures.answered,
        figures.missed,
        figures.answered_out_of_hours,
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
                else card_words.result_name(row.result),
                row.figures.records,
                Share(row.figures.records / records),
            )
        )
        for row in report.by_result
        if row.figures.records
    ]
    if report.formal_appeals:
        share = Share(report.formal_appeals / records)
        rows.append(Row((reports_words.formal_appeals(), report.formal_appeals, share)))
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
    """Section of calls by incident; empty if no caller received an official text."""
    if not report.by_incident:
        return ()
    records = report.total.records
    return (
        Section(
            QCoreApplication.translate("Words", "By incident: calls given the official text"),
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
    """Section of requests without a call and further questions in one call; empty if there are
    none.
    """
    counts = (
        (QCoreApplication.translate("Words", "Requests without a call"), total.by_hand),
        (
            QCoreApplication.translate("Words", "Further questions in one call"),
            total.further_questions,
        ),
    )
    rows = tuple(Row((name, count)) for name, count in counts if count)
    heads = (
        QCoreApplication.translate("Words", "What"),
        QCoreApplication.translate("Words", "Records"),
    )
    title = QCoreApplication.translate("Words", "Registered in addition to calls")
    return (Section(title, heads, rows, code="calls.apart"),) if rows else ()


def _mean(average: Average) -> str:
    mean = average.mean
    return formats.duration_text(None if mean is None else mean.total_seconds())


_TIMED = (
    Doing.READY,
    Doing.TALKING,
    Doing.WRAP_UP,
    Doing.NOT_READY,
    Doing.BREAK,
    Doing.AWAY,
)


def operator_content(
    days: tuple[OperatorDays, ...], heading: Heading, first: date, last: date, until: datetime
) -> ReportContent:
    """Builds the content of the operator report; ``until`` is the time up to which an ongoing state
    is counted.
    """
    is_now = until.astimezone(heading.made_at.tzinfo).date() <= last
    sections = [_times(days), _reasons(days), _calls(days)]
    if is_now:
        sections.insert(0, _now(days, until))
    return ReportContent(
        title=QCoreApplication.translate("Words", "Operator report"),
        lead=QCoreApplication.translate("Words", "For this workplace."),
        notes=(
            QCoreApplication.translate(
                "Words",
                "Occupancy = (talk + wrap-up) ÷ (talk + wrap-up + ready). Talk includes "
                "hold. Time left open by a program crash is not counted.",
            ),
            QCoreApplication.translate(
                "Words",
                "Longest wait = the longest time from first ring to answer among calls "
                "the operator answered. Averages are calculated from totals.",
            ),
        ),
        file_name=QCoreApplication.translate("Words", "operators"),
        heading=heading,
        first=first,
        last=last,
        figures=(),
        sections=tuple(sections),
    )


def _now(days: tuple[OperatorDays, ...], until: datetime) -> Section:
    rows = []
    for one in days:
        if one.last is not None and one.last.change.doing is not Doing.OFFLINE:
            change = one.last.change
            rows.append(
                Row(
                    (
                        one.operator_name,
                        _state(change.doing, change.reason),
                        Duration(until - change.at),
                    )
                )
            )
    heads = (
        _operator(),
        QCoreApplication.translate("Words", "State"),
        QCoreApplication.translate("Words", "Duration"),
    )
    return Section(
        QCoreApplication.translate("Words", "Now"),
        heads,
        tuple(rows),
        texts=2,
        code="operators.now",
    )


def _times(days: tuple[OperatorDays, ...]) -> Section:
    heads = (
        _operator(),
        *(operator_state_words.doing(doing) for doing in _TIMED),
        QCoreApplication.translate("Words", "Occupancy"),
    )
    rows = tuple(
        Row(
            (
                one.operator_name,
                *(Duration(one.times.by_doing.get(doing)) for doing in _TIMED),
                Share(one.times.occupancy),
            )
        )
        for one in days
    )
    return Section(
        QCoreApplication.translate("Words", "States"), heads, rows, code="operators.states"
    )


def _calls(days: tuple[OperatorDays, ...]) -> Section:
    heads = (
        _operator(),
        QCoreApplication.translate("Words", "Answered"),
        QCoreApplication.translate("Words", "Longest wait"),
        QCoreApplication.translate("Words", "Talk, on average"),
        QCoreApplication.translate("Words", "Wrap-up, on average"),
    )
    rows = tuple(
        Row(
            (
                one.operator_name,
                one.figures.taken,
                Duration(one.longest_wait),
                Duration(one.figures.talk.mean),
                Duration(one.figures.wrap_up.mean),
            )
        )
        for one in days
    )
    return Section(
        QCoreApplication.translate("Words", "Calls"), heads, rows, code="operators.calls"
    )


def _reasons(days: tuple[OperatorDays, ...]) -> Section:
    heads = (
        _operator(),
        QCoreApplication.translate("Words", "State and reason"),
        QCoreApplication.translate("Words", "Times"),
        QCoreApplication.translate("Words", "Overall"),
        QCoreApplication.translate("Words", "Longest"),
    )
    rows = tuple(_reason(one.operator_name, reason) for one in days for reason in one.reasons)
    title = QCoreApplication.translate("Words", "Without calls, by reason")
    return Section(title, heads, rows, texts=2, code="operators.reasons")


def _reason(name: str, told: ReasonTime) -> Row:
    state = _state(told.doing, told.reason)
    return Row((name, state, told.times, Duration(told.total), Duration(told.longest)))


def _operator() -> str:
    return QCoreApplication.translate("Words", "Operator")


def _state(doing: Doing, reason: str) -> str:
    name = operator_state_words.doing(doing)
    return f"{name}: {operator_state_words.reason(reason)}" if reason else name
