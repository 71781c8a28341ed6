"""Content of the message report: figures with shares, groups, overdue messages, lists.

Source: section 11 of the Regulation. ``Names`` maps directory keys to titles for all reports.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from console.core import formats
from console.core.report_content import (
    Cell,
    Days,
    Figure,
    Heading,
    ReportContent,
    Row,
    Section,
    Share,
)
from console.features.reports import words as reports_words
from console.shared.messages import step_words
from console.shared.texts import ground_words
from sync.register.figures.figures import MessageFigures, Spread, sum_of
from sync.register.figures.report import Group, MessageReport, StreetGroup, together
from sync.register.figures.tables import CountedMessage

Count = Callable[[MessageFigures], int]


def measured(report: MessageReport) -> tuple[Section, ...]:
    """Returns the sections on review, refusals, answers, deadlines, promised dates, ratings and
    votes.
    """
    total = report.total
    return (
        _review(total),
        _grounds(report),
        _answers(total),
        _terms(total),
        _promises(total),
        _feedback(total),
    )


def _review(total: Group[None]) -> Section:
    received = total.figures.received
    return _measures(
        QCoreApplication.translate("Words", "Review (par. 7.6–7.12)"),
        total,
        received,
        (
            (QCoreApplication.translate("Words", "Received"), lambda one: one.received),
            (
                QCoreApplication.translate("Words", "Registered and published"),
                lambda one: one.published,
            ),
            (
                QCoreApplication.translate("Words", "Registered, not public"),
                lambda one: one.non_public,
            ),
            (QCoreApplication.translate("Words", "Refused"), lambda one: one.refused),
            (
                QCoreApplication.translate("Words", "Removed as duplicates"),
                lambda one: one.duplicates,
            ),
            (QCoreApplication.translate("Words", "Under review"), lambda one: one.waiting),
            (
                QCoreApplication.translate("Words", "Decided in time"),
                lambda one: one.reviewed_in_time,
            ),
            (QCoreApplication.translate("Words", "Decided late"), lambda one: one.reviewed_late),
            (
                QCoreApplication.translate("Words", "Review overdue now"),
                lambda one: one.review_overdue,
            ),
            (
                QCoreApplication.translate("Words", "Refused, author not notified"),
                lambda one: one.not_notified,
            ),
        ),
        *_counts_alone(
            total,
            (
                (
                    QCoreApplication.translate("Words", "Callers joined to a known message"),
                    lambda one: one.joined,
                ),
            ),
        ),
        *_days(
            QCoreApplication.translate("Words", "Working days to the decision"),
            total.figures.review_days,
        ),
    )


def _grounds(report: MessageReport) -> Section:
    refused = report.total.figures.refused
    return Section(
        QCoreApplication.translate("Words", "Grounds for refusal (par. 7.7)"),
        _measure_heads(QCoreApplication.translate("Words", "Ground")),
        tuple(
            Row(
                (
                    ground_words.ground(group.key),
                    len(group.messages),
                    Share(part_of(len(group.messages), refused)),
                ),
                group.messages,
            )
            for group in report.by_ground
        ),
        counts=(None, None, None),
        code="messages.measures",
    )


def _answers(total: Group[None]) -> Section:
    return _measures(
        QCoreApplication.translate("Words", "Answers sent (par. 9.4)"),
        total,
        total.figures.answers,
        (
            (QCoreApplication.translate("Words", "Answers"), lambda one: one.answers),
            (QCoreApplication.translate("Words", "Question solved"), lambda one: one.solved),
            (QCoreApplication.translate("Words", "With a promised date"), lambda one: one.planned),
            (QCoreApplication.translate("Words", "Cannot be solved"), lambda one: one.impossible),
            (
                QCoreApplication.translate("Words", "By the operator"),
                lambda one: one.own_answers,
            ),
            (
                QCoreApplication.translate("Words", "Answers returned to the authority"),
                lambda one: one.returned,
            ),
        ),
        *_days(
            QCoreApplication.translate("Words", "Days to the answer"), total.figures.answer_days
        ),
    )


def _terms(total: Group[None]) -> Section:
    figures = total.figures
    return _measures(
        QCoreApplication.translate("Words", "Answer deadlines (par. 9.4, 9.7)"),
        total,
        figures.answers + figures.unanswered,
        (
            (
                QCoreApplication.translate("Words", "Answered in time"),
                lambda one: one.answered_in_time,
            ),
            (QCoreApplication.translate("Words", "Answered late"), lambda one: one.answered_late),
            (
                QCoreApplication.translate("Words", "Answered, no deadline"),
                lambda one: one.answered_untimed,
            ),
            (QCoreApplication.translate("Words", "Overdue now"), lambda one: one.answer_overdue),
            (QCoreApplication.translate("Words", "Not due yet"), lambda one: one.answer_running),
            (
                QCoreApplication.translate("Words", "Awaited, no deadline"),
                lambda one: one.answer_untimed,
            ),
        ),
    )


def _promises(total: Group[None]) -> Section:
    return _measures(
        QCoreApplication.translate("Words", "Promised dates (par. 9.6)"),
        total,
        total.figures.planned,
        (
            (QCoreApplication.translate("Words", "Promised"), lambda one: one.planned),
            (QCoreApplication.translate("Words", "Kept"), lambda one: one.kept),
            (QCoreApplication.translate("Words", "Kept, but late"), lambda one: one.kept_late),
            (QCoreApplication.translate("Words", "Moved"), lambda one: one.moved),
            (QCoreApplication.translate("Words", "Found impossible"), lambda one: one.given_up),
            (QCoreApplication.translate("Words", "Date awaited"), lambda one: one.awaited),
            (
                QCoreApplication.translate("Words", "Date passed, no further answer"),
                lambda one: one.come,
            ),
        ),
    )


def _feedback(total: Group[None]) -> Section:
    return _measures(
        QCoreApplication.translate("Words", "Ratings and votes (par. 7.9, 10)"),
        total,
        total.figures.rated,
        (
            (QCoreApplication.translate("Words", "Ratings"), lambda one: one.rated),
            (QCoreApplication.translate("Words", "Good"), lambda one: one.good),
            (QCoreApplication.translate("Words", "Fair"), lambda one: one.fair),
            (QCoreApplication.translate("Words", "Dissatisfied"), lambda one: one.bad),
        ),
        *_counts_alone(
            total,
            (
                (QCoreApplication.translate("Words", "Sent for rework"), lambda one: one.reworks),
                (
                    QCoreApplication.translate("Words", "Forwarded by votes"),
                    lambda one: one.passed_on,
                ),
                (
                    QCoreApplication.translate("Words", "Other authority chosen"),
                    lambda one: one.other_organs,
                ),
            ),
        ),
    )


def _measures(
    title: str,
    total: Group[None],
    whole: int,
    measures: Sequence[tuple[str, Count]],
    *others: Row,
) -> Section:
    """Returns a section with one count per row, each with its share of ``whole``."""
    rows = tuple(
        Row(
            (name, count(total.figures), Share(part_of(count(total.figures), whole))),
            total.messages,
            counts=count,
        )
        for name, count in measures
    )
    heads = _measure_heads(QCoreApplication.translate("Words", "Measure"))
    return Section(
        title, heads, (*rows, *others), counts=(None, None, None), code="messages.measures"
    )


def _counts_alone(total: Group[None], measures: Sequence[tuple[str, Count]]) -> Iterable[Row]:
    return (
        Row((name, count(total.figures), ""), total.messages, counts=count)
        for name, count in measures
    )


def _measure_heads(first: str) -> tuple[str, ...]:
    return (
        first,
        QCoreApplication.translate("Words", "Count"),
        QCoreApplication.translate("Words", "Share"),
    )


def _days(name: str, spread: Spread) -> tuple[Row, Row]:
    return (
        Row((reports_words.half_within(name), Days(spread.median), "")),
        Row((reports_words.most_within(name), Days(spread.most), "")),
    )


def part_of(count: int, whole: int) -> float | None:
    return count / whole if whole else None


@dataclass(frozen=True, slots=True)
class Names:
    """Titles of topics, categories and authorities by key. The key replaces a missing title.

    ``categories`` have the form «Тема › Категория».
    """

    topics: Mapping[str, str]
    categories: Mapping[str, str]
    organs: Mapping[str, str]

    def topic(self, key: str | None) -> str:
        return reports_words.no_topic() if key is None else self.topics.get(key, key)

    def category(self, topic: str | None, key: str | None) -> str:
        """Returns the title of a category with its topic, or of the topic if there is no
        category.
        """
        return self.topic(topic) if key is None else self.categories.get(key, key)

    def organ(self, key: str | None) -> str:
        return reports_words.no_organ() if key is None else self.organs.get(key, key)


Key = TypeVar("Key")


def message_content(
    report: MessageReport,
    overdue: Sequence[Group[str | None]],
    heading: Heading,
    names: Names,
) -> ReportContent:
    """Builds the content of the message report as of the day it is made.

    ``overdue`` contains messages of any day, because lateness does not depend on the period.
    """
    return ReportContent(
        title=QCoreApplication.translate("Words", "Message statistics"),
        lead=reports_words.messages_lead(),
        notes=reports_words.message_notes(),
        file_name=reports_words.messages_file_name(),
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
                QCoreApplication.translate("Words", "By authority"),
                QCoreApplication.translate("Words", "Authority"),
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
                reports_words.channel,
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
    """Returns a section that lists the messages counted in a figure."""
    return Section(
        title,
        (
            QCoreApplication.translate("Words", "Number"),
            QCoreApplication.translate("Words", "Day"),
            QCoreApplication.translate("Words", "State"),
            QCoreApplication.translate("Words", "Category"),
            QCoreApplication.translate("Words", "Authority"),
        ),
        tuple(
            Row(
                (
                    formats.NO_VALUE if one.number is None else str(one.number),
                    one.on,
                    step_words.state_name(one.state),
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
    waiting = formats.Counted().under_review(total.waiting) if total.waiting else ""
    return (
        Figure(QCoreApplication.translate("Words", "Received"), str(total.received), waiting),
        Figure(
            QCoreApplication.translate("Words", "Registered"),
            str(total.registered),
            reports_words.of_them_public(total.published),
        ),
        Figure(
            QCoreApplication.translate("Words", "Refused"),
            str(total.refused),
            formats.percent_text(part_of(total.refused, total.received)),
        ),
        Figure(
            QCoreApplication.translate("Words", "Answered in time"),
            formats.percent_text(total.in_time_share),
            reports_words.of_answers(total.answers),
        ),
        Figure(
            QCoreApplication.translate("Words", "Overdue now"),
            str(sum(len(group.messages) for group in overdue)),
            reports_words.of_the_period(total.review_overdue + total.answer_overdue),
        ),
        Figure(
            QCoreApplication.translate("Words", "Dissatisfied"),
            formats.percent_text(total.bad_share),
            reports_words.of_ratings(total.rated),
        ),
    )


def _overdue(groups: Sequence[Group[str | None]], names: Names) -> Section:
    columns: tuple[tuple[str, Count], ...] = (
        (QCoreApplication.translate("Words", "Review"), lambda one: one.review_overdue),
        (QCoreApplication.translate("Words", "Answer"), lambda one: one.answer_overdue),
    )
    sums = sum_of(group.figures for group in groups)
    total = Row(
        (reports_words.total(), *(count(sums) for _, count in columns)),
        together(groups),
        is_total=True,
    )
    return Section(
        QCoreApplication.translate("Words", "Overdue now, any day"),
        (QCoreApplication.translate("Words", "Authority"), *(text for text, _ in columns)),
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


# --- comparisons ---


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
        (QCoreApplication.translate("Words", "Duplicates"), lambda one: one.duplicates),
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
            row(total, reports_words.total(), is_total=True),
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
        (QCoreApplication.translate("Words", "Duplicates"), lambda one: one.duplicates),
        (QCoreApplication.translate("Words", "In time"), lambda one: one.reviewed_in_time),
        (QCoreApplication.translate("Words", "Late"), lambda one: one.reviewed_late),
    )
    decided = [group for group in report.by_operator if group.key is not None]
    return Section(
        QCoreApplication.translate("Words", "By deciding operator (par. 7.6)"),
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
    return reports_words.street_group(key) if isinstance(key, StreetGroup) else key
