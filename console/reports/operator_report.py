"""The report of operators: what each did and why, her calls and waits, and what holds now."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from console import words
from console.reports.content import Duration, Heading, ReportContent, Row, Section, Share
from sync.register.operator_days import OperatorDays, ReasonTime
from sync.register.operator_states import Doing

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
    """The figures put into words; ``until`` is when a state that goes on was looked at."""
    is_now = until.astimezone(heading.made_at.tzinfo).date() <= last
    sections = [_times(days), _reasons(days), _calls(days)]
    if is_now:
        sections.insert(0, _now(days, until))
    return ReportContent(
        title=QCoreApplication.translate("Words", "Report of operators"),
        lead=QCoreApplication.translate("Words", "Of this workplace."),
        notes=(
            QCoreApplication.translate(
                "Words",
                "Occupancy = (talk + wrap-up) ÷ (talk + wrap-up + ready). Talk is with what was"
                " held. What a program that ended by itself left open is not counted.",
            ),
            QCoreApplication.translate(
                "Words",
                "Longest wait = the longest time from first ring to answer of the calls that the"
                " operator answered. Averages are made of sums.",
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
        QCoreApplication.translate("Words", "For"),
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
        *(words.operator_states.doing(doing) for doing in _TIMED),
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
                one.figures.answered,
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
        QCoreApplication.translate("Words", "In all"),
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
    name = words.operator_states.doing(doing)
    return f"{name}: {words.operator_states.reason(reason)}" if reason else name
