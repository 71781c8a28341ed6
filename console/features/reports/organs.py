"""Content of two reports: messages sent to another authority than the topic's, and missing
categories.

Sources: Regulation 7.9 for other authorities and 2.6 for messages that no category fits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from console.core import formats
from console.core.report_content import Figure, Heading, ReportContent, Row, Section
from console.features.reports import words as reports_words
from console.features.reports.messages import Names
from kb.search.usage import UnansweredSearch
from sync.register.figures.report import OtherOrgan, Unfit, UnfitGroup
from sync.register.figures.tables import CountedMessage
from sync.register.people.operators import Person


def other_organ_content(
    cases: Sequence[OtherOrgan],
    first: date,
    last: date,
    heading: Heading,
    names: Names,
    zone: ZoneInfo,
) -> ReportContent:
    """Builds the report of messages sent to another authority than the topic's, newest first."""
    without_route = sum(case.route_organ is None for case in cases)
    return ReportContent(
        title=QCoreApplication.translate("Words", "Not the topic's authority"),
        lead=reports_words.other_organs_lead(),
        notes=(),
        file_name=reports_words.other_organs_file_name(),
        heading=heading,
        first=first,
        last=last,
        figures=(
            Figure(QCoreApplication.translate("Words", "Cases"), str(len(cases)), ""),
            Figure(
                QCoreApplication.translate("Words", "The topic has no authority"),
                str(without_route),
                "",
            ),
        ),
        sections=(
            Section(
                QCoreApplication.translate("Words", "Cases, newest first"),
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
                            formats.NO_VALUE if case.number is None else str(case.number),
                            case.at.astimezone(zone).date(),
                            names.category(case.topic, case.category),
                            formats.NO_VALUE
                            if case.route_organ is None
                            else names.organ(case.route_organ),
                            names.organ(case.organ),
                            case.reason,
                            formats.short_name(case.by.name)
                            if isinstance(case.by, Person)
                            else formats.NO_VALUE,
                        )
                    )
                    for case in cases
                ),
                texts=7,
                code="other_organs",
            ),
        ),
    )


@dataclass(frozen=True, slots=True)
class UnfitReport:
    """Messages of a period that no category fits; ``messages`` contains the messages of all
    ``groups`` by id.

    ``searches`` are the failed searches in the directory.
    """

    first: date
    last: date
    groups: tuple[UnfitGroup, ...]
    messages: Mapping[UUID, CountedMessage]
    searches: tuple[UnansweredSearch, ...]


def unfit_content(report: UnfitReport, heading: Heading, names: Names) -> ReportContent:
    """Builds the report of missing categories; each row contains the topic proposal that it
    justifies.
    """
    return ReportContent(
        title=QCoreApplication.translate("Words", "Which categories are missing"),
        lead=reports_words.unfit_lead(),
        notes=reports_words.unfit_notes(),
        file_name=reports_words.unfit_file_name(),
        heading=heading,
        first=report.first,
        last=report.last,
        figures=(
            *(
                Figure(reports_words.unfit_kind(kind), str(_count(report.groups, kind)), "")
                for kind in Unfit
            ),
            Figure(
                QCoreApplication.translate("Words", "Searched, not found"),
                str(len(report.searches)),
                reports_words.different_searches(),
            ),
        ),
        sections=(_messages(report, names), _searches(report.searches)),
    )


def _count(groups: Sequence[UnfitGroup], kind: Unfit) -> int:
    return sum(len(group.ids) for group in groups if group.kind is kind)


def _messages(report: UnfitReport, names: Names) -> Section:
    return Section(
        QCoreApplication.translate("Words", "Messages without a fitting category"),
        (
            QCoreApplication.translate("Words", "Evidence"),
            QCoreApplication.translate("Words", "Category"),
            QCoreApplication.translate("Words", "Moved to"),
            QCoreApplication.translate("Words", "Authority"),
            QCoreApplication.translate("Words", "Messages"),
        ),
        tuple(
            Row(
                (
                    reports_words.unfit_kind(group.kind),
                    names.category(group.topic, group.category),
                    "" if group.kind is not Unfit.CORRECTED else names.category(None, group.became),
                    ", ".join(names.organ(organ) for organ in group.organs),
                    len(group.ids),
                ),
                tuple(report.messages[one] for one in group.ids if one in report.messages),
                proposal=_proposal(group, names),
            )
            for group in report.groups
        ),
        texts=4,
        counts=(None,) * 5,
        code="categories.messages",
    )


def _proposal(group: UnfitGroup, names: Names) -> Mapping[str, str]:
    """Returns the fields of a topic proposal (4.2) that follow from the messages; the editor enters
    the name.
    """
    owner, *participants = group.organs or ("",)
    return {
        "entry": "",
        "parent": group.topic or "",
        "name": "",
        "owner": owner,
        "participants": "\n".join(participants),
        "route": reports_words.proposed_route(names.organ(owner)) if owner else "",
    }


def _searches(searches: Sequence[UnansweredSearch]) -> Section:
    return Section(
        QCoreApplication.translate("Words", "Failed operator searches"),
        (
            QCoreApplication.translate("Words", "Typed"),
            QCoreApplication.translate("Words", "Last on"),
            QCoreApplication.translate("Words", "Times"),
            QCoreApplication.translate("Words", "Entries found"),
        ),
        tuple(
            Row(
                (search.query, search.last_on, search.times, search.found),
                proposal={
                    "entry": "",
                    "parent": "",
                    "name": search.query[:1].upper() + search.query[1:],
                    "owner": "",
                    "participants": "",
                    "route": "",
                },
            )
            for search in searches
        ),
        texts=2,
        code="categories.searches",
    )
