"""The statistics of messages (Regulation 11) in words: what came, how it was handled, answered."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from console import words
from console.reports.content import (
    Cell,
    Days,
    Figure,
    Heading,
    ReportContent,
    Row,
    Section,
    Share,
)
from console.reports.message_measures import Count, measured, part_of
from console.reports.names import Names
from sync.register.message_statistics.counted import CountedMessage
from sync.register.message_statistics.figures import MessageFigures, sum_of
from sync.register.message_statistics.report import (
    Group,
    MessageReport,
    StreetGroup,
    together,
)

Key = TypeVar("Key")


def message_content(
    report: MessageReport,
    overdue: Sequence[Group[str | None]],
    heading: Heading,
    names: Names,
) -> ReportContent:
    """The report's figures put into words, as they stand on the day it is made.

    ``overdue`` are messages of any day: what is late is no matter of a period.
    """
    return ReportContent(
        title=QCoreApplication.translate("Words", "Statistics of messages"),
        lead=words.reports.messages_lead(),
        notes=words.reports.message_notes(),
        file_name=words.reports.messages_file_name(),
        heading=heading,
        first=report.first,
        last=report.last,
        figures=_head(report.total.figures, overdue),
        sections=(
            *measured(report),
            _overdue(overdue, names),
            _groups(
                QCoreApplication.translate("Words", "By topic"),
                QCoreApplication.translate("Words", "Topic"),
                report.by_topic,
                names.topic,
                report.total,
            ),
            _groups(
                QCoreApplication.translate("Words", "By category"),
                QCoreApplication.translate("Words", "Category"),
                report.by_category,
                lambda key: names.category(*key),
                report.total,
            ),
            _groups(
                QCoreApplication.translate("Words", "By body"),
                QCoreApplication.translate("Words", "Body"),
                report.by_organ,
                names.organ,
                report.total,
            ),
            _groups(
                QCoreApplication.translate("Words", "By street"),
                QCoreApplication.translate("Words", "Street"),
                report.by_street,
                _street,
                report.total,
            ),
            _groups(
                QCoreApplication.translate("Words", "By channel (par. 5.1)"),
                QCoreApplication.translate("Words", "Channel"),
                report.by_channel,
                words.reports.channel,
                report.total,
            ),
            _groups(
                QCoreApplication.translate("Words", "By day"),
                QCoreApplication.translate("Words", "Day"),
                report.by_day,
                _same_day,
                report.total,
            ),
            _operators(report),
        ),
    )


def message_list(messages: Iterable[CountedMessage], title: str, names: Names) -> Section:
    """The messages that a number is made of, each by its registration number."""
    return Section(
        title,
        (
            QCoreApplication.translate("Words", "Number"),
            QCoreApplication.translate("Words", "Day"),
            QCoreApplication.translate("Words", "State"),
            QCoreApplication.translate("Words", "Category"),
            QCoreApplication.translate("Words", "Body"),
        ),
        tuple(
            Row(
                (
                    words.formats.NO_VALUE if one.number is None else str(one.number),
                    one.on,
                    words.steps.state_name(one.state),
                    names.category(one.topic, one.category),
                    names.organ(one.organ),
                ),
                (one,),
            )
            for one in messages
        ),
        texts=5,
        code="messages.list",
    )


def _head(total: MessageFigures, overdue: Sequence[Group[str | None]]) -> tuple[Figure, ...]:
    waiting = words.formats.Counted().under_review(total.waiting) if total.waiting else ""
    return (
        Figure(QCoreApplication.translate("Words", "Received"), str(total.received), waiting),
        Figure(
            QCoreApplication.translate("Words", "Registered"),
            str(total.registered),
            words.reports.of_them_public(total.published),
        ),
        Figure(
            QCoreApplication.translate("Words", "Refused"),
            str(total.refused),
            words.formats.percent_text(part_of(total.refused, total.received)),
        ),
        Figure(
            QCoreApplication.translate("Words", "Answered in time"),
            words.formats.percent_text(total.in_time_share),
            words.reports.of_answers(total.answers),
        ),
        Figure(
            QCoreApplication.translate("Words", "Overdue now"),
            str(sum(len(group.messages) for group in overdue)),
            words.reports.of_the_period(total.review_overdue + total.answer_overdue),
        ),
        Figure(
            QCoreApplication.translate("Words", "Dissatisfied"),
            words.formats.percent_text(total.bad_share),
            words.reports.of_ratings(total.rated),
        ),
    )


def _overdue(groups: Sequence[Group[str | None]], names: Names) -> Section:
    columns: tuple[tuple[str, Count], ...] = (
        (QCoreApplication.translate("Words", "Review"), lambda one: one.review_overdue),
        (QCoreApplication.translate("Words", "Answer"), lambda one: one.answer_overdue),
    )
    sums = sum_of(group.figures for group in groups)
    total = Row(
        (words.reports.total(), *(count(sums) for _, count in columns)),
        together(groups),
        is_total=True,
    )
    return Section(
        QCoreApplication.translate("Words", "Overdue now, of any day"),
        (QCoreApplication.translate("Words", "Body"), *(text for text, _ in columns)),
        (
            *(
                Row(
                    (names.organ(group.key), *(count(group.figures) for _, count in columns)),
                    group.messages,
                )
                for group in groups
            ),
            *((total,) if groups else ()),
        ),
        counts=(None, *(count for _, count in columns)),
        code="messages.overdue",
    )


# --- side by side ---


def _groups(
    title: str,
    head: str,
    groups: Sequence[Group[Key]],
    name: Callable[[Key], Cell],
    total: Group[None],
) -> Section:
    columns: tuple[tuple[str, Count], ...] = (
        (QCoreApplication.translate("Words", "Received"), lambda one: one.received),
        (QCoreApplication.translate("Words", "Accepted"), lambda one: one.registered),
        (QCoreApplication.translate("Words", "Refused"), lambda one: one.refused),
        (QCoreApplication.translate("Words", "Repetitions"), lambda one: one.duplicates),
        (QCoreApplication.translate("Words", "Answers"), lambda one: one.answers),
        (QCoreApplication.translate("Words", "Late"), lambda one: one.answered_late),
        (
            QCoreApplication.translate("Words", "Overdue"),
            lambda one: one.review_overdue + one.answer_overdue,
        ),
        (QCoreApplication.translate("Words", "Rework"), lambda one: one.reworks),
        (QCoreApplication.translate("Words", "Dissatisfied"), lambda one: one.bad),
    )
    in_time = QCoreApplication.translate("Words", "In time")
    median = QCoreApplication.translate("Words", "Days")

    def row(group: Group[Key] | Group[None], cell: Cell, *, is_total: bool = False) -> Row:
        figures = group.figures
        numbers = (count(figures) for _, count in columns)
        ends = (Share(figures.in_time_share), Days(figures.answer_days.median))
        return Row((cell, *numbers, *ends), group.messages, is_total)

    return Section(
        title,
        (head, *(text for text, _ in columns), in_time, median),
        (
            *(row(group, name(group.key)) for group in groups),
            row(total, words.reports.total(), is_total=True),
        ),
        counts=(
            None,
            *(count for _, count in columns),
            lambda one: one.answered_in_time,
            _answered,
        ),
        code="messages.groups",
    )


def _operators(report: MessageReport) -> Section:
    columns: tuple[tuple[str, Count], ...] = (
        (QCoreApplication.translate("Words", "Decided"), lambda one: one.reviewed),
        (QCoreApplication.translate("Words", "Accepted"), lambda one: one.registered),
        (QCoreApplication.translate("Words", "Refused"), lambda one: one.refused),
        (QCoreApplication.translate("Words", "Repetitions"), lambda one: one.duplicates),
        (QCoreApplication.translate("Words", "In time"), lambda one: one.reviewed_in_time),
        (QCoreApplication.translate("Words", "Late"), lambda one: one.reviewed_late),
    )
    decided = [group for group in report.by_operator if group.key is not None]
    return Section(
        QCoreApplication.translate("Words", "By operator who decided (par. 7.6)"),
        (
            QCoreApplication.translate("Words", "Operator"),
            *(text for text, _ in columns),
            QCoreApplication.translate("Words", "Days"),
        ),
        tuple(
            Row(
                (
                    report.operator_names[group.key],
                    *(count(group.figures) for _, count in columns),
                    Days(group.figures.review_days.median),
                ),
                group.messages,
            )
            for group in decided
            if group.key is not None
        ),
        counts=(None, *(count for _, count in columns), lambda one: one.reviewed),
        code="messages.operators",
    )


def _answered(figures: MessageFigures) -> int:
    return figures.answers


def _same_day(day: date) -> date:
    return day


def _street(key: str | StreetGroup) -> str:
    return words.reports.street_group(key) if isinstance(key, StreetGroup) else key
