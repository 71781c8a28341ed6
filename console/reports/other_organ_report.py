"""The report of messages sent to another body than their topic's, each with the reason (7.9)."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from console import words
from console.reports.content import Figure, Heading, ReportContent, Row, Section
from console.reports.names import Names
from sync.register.handling.events import Person
from sync.register.message_statistics.other_organs import OtherOrgan


def other_organ_content(
    cases: Sequence[OtherOrgan],
    first: date,
    last: date,
    heading: Heading,
    names: Names,
    zone: ZoneInfo,
) -> ReportContent:
    """The cases put into words, the newest first."""
    without_route = sum(case.route_organ is None for case in cases)
    return ReportContent(
        title=QCoreApplication.translate("Words", "Another body than the topic's"),
        lead=words.reports.other_organs_lead(),
        notes=(),
        file_name=words.reports.other_organs_file_name(),
        heading=heading,
        first=first,
        last=last,
        figures=(
            Figure(QCoreApplication.translate("Words", "Cases"), str(len(cases)), ""),
            Figure(
                QCoreApplication.translate("Words", "The topic names no body"),
                str(without_route),
                "",
            ),
        ),
        sections=(
            Section(
                QCoreApplication.translate("Words", "Cases, the newest first"),
                (
                    QCoreApplication.translate("Words", "Number"),
                    QCoreApplication.translate("Words", "Day"),
                    QCoreApplication.translate("Words", "Category"),
                    QCoreApplication.translate("Words", "By the topic"),
                    QCoreApplication.translate("Words", "Sent to"),
                    QCoreApplication.translate("Words", "Reason"),
                    QCoreApplication.translate("Words", "Who"),
                ),
                tuple(
                    Row(
                        (
                            words.formats.NO_VALUE if case.number is None else str(case.number),
                            case.at.astimezone(zone).date(),
                            names.category(case.topic, case.category),
                            words.formats.NO_VALUE
                            if case.route_organ is None
                            else names.organ(case.route_organ),
                            names.organ(case.organ),
                            case.reason,
                            words.formats.short_name(case.by.name)
                            if isinstance(case.by, Person)
                            else words.formats.NO_VALUE,
                        )
                    )
                    for case in cases
                ),
                texts=7,
                code="other_organs",
            ),
        ),
    )
