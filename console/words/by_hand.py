"""Words about requests without a call, and about further questions of one call."""

from typing import assert_never

from PySide6.QtCore import QCoreApplication

from sync.register.hand_made import MomentProblem
from sync.register.numbering import RegistrationNumber
from sync.register.ways import RequestWay


def way_name(way: RequestWay) -> str:
    """How the request came, as a choice and in the lists."""
    match way:
        case RequestWay.WALK_IN:
            return QCoreApplication.translate("Words", "In person")
        case RequestWay.MOBILE:
            return QCoreApplication.translate("Words", "Mobile phone")
        case RequestWay.LETTER:
            return QCoreApplication.translate("Words", "Letter")
        case RequestWay.OTHER:
            return QCoreApplication.translate("Words", "Other way")
        case _:
            assert_never(way)


def record_title() -> str:
    return QCoreApplication.translate("Words", "Record without a call")


def question_title() -> str:
    return QCoreApplication.translate("Words", "Further question of the same person")


def made_by_hand() -> str:
    """Stands behind the number: nobody takes it for a call on the line."""
    return QCoreApplication.translate("Words", "by hand")


def question_of(first: RegistrationNumber) -> str:
    return QCoreApplication.translate("Words", "to record № %1").replace("%1", str(first))


def further_question() -> str:
    """Before what it was about, in a list."""
    return QCoreApplication.translate("Words", "Further question")


def opened_by_mistake() -> str:
    """The technical result of a record that nobody's request is behind."""
    return QCoreApplication.translate("Words", "opened by mistake")


def moment_unread() -> str:
    return QCoreApplication.translate(
        "Words", "Day and hour are not understood: 26.11.2026 14:30 or yesterday 14:30"
    )


def hour_missing() -> str:
    return QCoreApplication.translate("Words", "Add the hour: 14:30")


def moment_problem(problem: MomentProblem) -> str:
    match problem:
        case MomentProblem.AHEAD:
            return QCoreApplication.translate(
                "Words", "This has not come yet: the request cannot be of then"
            )
        case MomentProblem.TOO_OLD:
            return QCoreApplication.translate(
                "Words",
                "Before the last month: keep today's date and write the old one into the text",
            )
        case _:
            assert_never(problem)


def record_saved() -> str:
    """What was just done to what is no call of its own."""
    return QCoreApplication.translate("Words", "The record is saved")


def nothing_to_divide() -> tuple[str, str]:
    return (
        QCoreApplication.translate("Words", "There is no call to add a question to"),
        QCoreApplication.translate("Words", "Open its card, or save it first."),
    )
