"""The records of a period one by one, for the Excel file of the calls' report.

Nobody is named in it but who works here, so that it may go where the figures go.
"""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from console import words
from console.reports.content import Cell, Duration, Moment, Row, Section
from sync.register.calls import CallRecord
from sync.register.statistics import figures_of


def call_list(records: Iterable[CallRecord], zone: ZoneInfo) -> Section:
    """A line for each record in the order of their first rings, its moments by the city's clock."""
    in_order = sorted(records, key=lambda one: (one.arrived_at, one.number))
    heads = (
        QCoreApplication.translate("Words", "Number"),
        QCoreApplication.translate("Words", "What it is"),
        QCoreApplication.translate("Words", "Result"),
        QCoreApplication.translate("Words", "Operator"),
        QCoreApplication.translate("Words", "Dialled line"),
        QCoreApplication.translate("Words", "Came at"),
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
    result, _icon, _role = words.cards.result_mark(record)
    return (
        str(record.number),
        words.reports.kind_of_record(record),
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
