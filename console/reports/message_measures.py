"""What became of the messages of a period, count by count, each with its share of the whole."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from console import words
from console.reports.content import Days, Row, Section, Share
from sync.register.message_statistics.figures import MessageFigures, Spread
from sync.register.message_statistics.report import Group, MessageReport

Count = Callable[[MessageFigures], int]


def measured(report: MessageReport) -> tuple[Section, ...]:
    """Review with its grounds of refusal, answers, terms, promised dates, ratings and votes."""
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
                QCoreApplication.translate("Words", "Removed as repetitions"),
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
        QCoreApplication.translate("Words", "Grounds of refusal (par. 7.7)"),
        _measure_heads(QCoreApplication.translate("Words", "Ground")),
        tuple(
            Row(
                (
                    words.refusal_grounds.ground(group.key),
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
            (QCoreApplication.translate("Words", "The question is solved"), lambda one: one.solved),
            (QCoreApplication.translate("Words", "With a promised date"), lambda one: one.planned),
            (QCoreApplication.translate("Words", "Cannot be solved"), lambda one: one.impossible),
            (
                QCoreApplication.translate("Words", "Of them by the operator"),
                lambda one: one.own_answers,
            ),
            (
                QCoreApplication.translate("Words", "Answers returned to the body"),
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
        QCoreApplication.translate("Words", "Terms of answers (par. 9.4, 9.7)"),
        total,
        figures.answers + figures.unanswered,
        (
            (
                QCoreApplication.translate("Words", "Answered in time"),
                lambda one: one.answered_in_time,
            ),
            (QCoreApplication.translate("Words", "Answered late"), lambda one: one.answered_late),
            (
                QCoreApplication.translate("Words", "Answered, no term set"),
                lambda one: one.answered_untimed,
            ),
            (QCoreApplication.translate("Words", "Overdue now"), lambda one: one.answer_overdue),
            (QCoreApplication.translate("Words", "Term runs"), lambda one: one.answer_running),
            (
                QCoreApplication.translate("Words", "Awaited, no term set"),
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
            (QCoreApplication.translate("Words", "Given up"), lambda one: one.given_up),
            (QCoreApplication.translate("Words", "Date awaited"), lambda one: one.awaited),
            (
                QCoreApplication.translate("Words", "Date has come, no further answer"),
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
                (QCoreApplication.translate("Words", "Sent to rework"), lambda one: one.reworks),
                (
                    QCoreApplication.translate("Words", "Passed on by votes"),
                    lambda one: one.passed_on,
                ),
                (
                    QCoreApplication.translate("Words", "Another body chosen"),
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
    """Counts one below the other, each with its share of the whole."""
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
        Row((words.reports.half_within(name), Days(spread.median), "")),
        Row((words.reports.most_within(name), Days(spread.most), "")),
    )


def part_of(count: int, whole: int) -> float | None:
    return count / whole if whole else None
