"""The report of categories that do not suffice (Regulation 2.6): what a proposal rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from console import words
from console.reports.content import Figure, Heading, ReportContent, Row, Section
from console.reports.names import Names
from kb.usage import UnansweredSearch
from sync.register.message_statistics.counted import CountedMessage
from sync.register.message_statistics.unfit import Unfit, UnfitGroup


@dataclass(frozen=True, slots=True)
class UnfitReport:
    """What was found of a period; ``messages`` by id are those of the groups.

    ``searches`` are what operators looked for in vain in the directory.
    """

    first: date
    last: date
    groups: tuple[UnfitGroup, ...]
    messages: Mapping[UUID, CountedMessage]
    searches: tuple[UnansweredSearch, ...]


def unfit_content(report: UnfitReport, heading: Heading, names: Names) -> ReportContent:
    """The lists put into words; each line knows the proposal that it gives reason for."""
    return ReportContent(
        title=QCoreApplication.translate("Words", "Which categories are missing"),
        lead=words.reports.unfit_lead(),
        notes=words.reports.unfit_notes(),
        file_name=words.reports.unfit_file_name(),
        heading=heading,
        first=report.first,
        last=report.last,
        figures=(
            *(
                Figure(words.reports.unfit_kind(kind), str(_count(report.groups, kind)), "")
                for kind in Unfit
            ),
            Figure(
                QCoreApplication.translate("Words", "Searched in vain"),
                str(len(report.searches)),
                words.reports.different_searches(),
            ),
        ),
        sections=(_messages(report, names), _searches(report.searches)),
    )


def _count(groups: Sequence[UnfitGroup], kind: Unfit) -> int:
    return sum(len(group.ids) for group in groups if group.kind is kind)


def _messages(report: UnfitReport, names: Names) -> Section:
    return Section(
        QCoreApplication.translate("Words", "Messages that no category fits"),
        (
            QCoreApplication.translate("Words", "How it shows"),
            QCoreApplication.translate("Words", "Category"),
            QCoreApplication.translate("Words", "Moved to"),
            QCoreApplication.translate("Words", "Body"),
            QCoreApplication.translate("Words", "Messages"),
        ),
        tuple(
            Row(
                (
                    words.reports.unfit_kind(group.kind),
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
    """The four parts of 4.2 as far as the messages tell them; the name is a person's to find."""
    owner, *participants = group.organs or ("",)
    return {
        "entry": "",
        "parent": group.topic or "",
        "name": "",
        "owner": owner,
        "participants": "\n".join(participants),
        "route": words.reports.proposed_route(names.organ(owner)) if owner else "",
    }


def _searches(searches: Sequence[UnansweredSearch]) -> Section:
    return Section(
        QCoreApplication.translate("Words", "What operators looked for in vain"),
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
