"""Display texts of thematic regulations and technological maps (Regulation 3.1-3.3)."""

from collections.abc import Callable, Iterator
from datetime import date

from PySide6.QtCore import QCoreApplication

from console.core.formats import Counted, date_text
from sync.register.calendar.terms import DaysOf
from sync.register.city import EditProblem, RegulationsGiven
from sync.register.thematic import Record, TechnologicalMap, TermSet, ThematicRegulation


def keys_of(given: RegulationsGiven) -> Iterator[str]:
    """Returns all directory keys that the records refer to."""
    for one in given.records:
        yield from one.keys
        if one.body:
            yield one.body
    for regulation in given.regulations:
        yield from (agreed.body for agreed in regulation.agreed)


def record_title(one: Record) -> str:
    """Returns kind, number and date of the record as text."""
    if isinstance(one, TechnologicalMap):
        text = QCoreApplication.translate("Words", "Process map No. %1 of %2")
    else:
        text = QCoreApplication.translate("Words", "Thematic regulation No. %1 of %2")
    return text.replace("%1", one.number).replace("%2", date_text(one.dated))


def regulation(one: ThematicRegulation, name: Callable[[str], str]) -> tuple[str, ...]:
    """Describes the regulation, one fact per line; ``name`` returns a directory key's title."""
    approved = QCoreApplication.translate("Words", "Approved: %1").replace("%1", one.approved_by)
    agreed = ", ".join(f"{name(each.body)} {date_text(each.on)}" for each in one.agreed)
    return (
        record_title(one),
        approved,
        *_common(one, name),
        *((_body(name(one.body)),) if one.body else ()),
        *((_agreed(agreed),) if agreed else ()),
    )


def technological_map(one: TechnologicalMap, name: Callable[[str], str]) -> tuple[str, ...]:
    """Describes the map, one fact per line; ``name`` returns a directory key's title."""
    return record_title(one), *_common(one, name), _body(name(one.body))


def _common(one: Record, name: Callable[[str], str]) -> Iterator[str]:
    yield _in_force(one.valid_from, one.valid_to)
    text = QCoreApplication.translate("Words", "Applies to: %1")
    yield text.replace("%1", ", ".join(map(name, one.keys)))
    if one.term is not None:
        yield QCoreApplication.translate("Words", "Answer within: %1").replace(
            "%1", _term(one.term)
        )
    yield QCoreApplication.translate("Words", "File: %1").replace("%1", one.file)


def _in_force(first: date, last: date | None) -> str:
    if last is None:
        text = QCoreApplication.translate("Words", "In force from %1")
        return text.replace("%1", date_text(first))
    text = QCoreApplication.translate("Words", "In force from %1 to %2")
    return text.replace("%1", date_text(first)).replace("%2", date_text(last))


def _term(term: TermSet) -> str:
    counted = Counted()
    if term.days_of is DaysOf.WORKING:
        return counted.working_days(term.days)
    return counted.calendar_days(term.days)


def _body(title: str) -> str:
    return QCoreApplication.translate("Words", "Authority: %1").replace("%1", title)


def _agreed(bodies: str) -> str:
    return QCoreApplication.translate("Words", "Agreed: %1").replace("%1", bodies)


def unknown_key(key: str) -> str:
    text = QCoreApplication.translate(
        "Words", "The directory has no topic, category or authority with the key “%1”"
    )
    return text.replace("%1", key)


def unknown_file(one: Record) -> str:
    """Error for a record whose document is not attached to any of its directory entries."""
    text = QCoreApplication.translate(
        "Words",
        "%1: first attach the document “%2” in the directory to its topic, category or authority",
    )
    return text.replace("%1", record_title(one)).replace("%2", one.file)


def directory_not_read() -> str:
    return QCoreApplication.translate("Words", "Cannot read the directory; try again")


def record_problem(problem: EditProblem) -> str:
    """Returns the error text for an invalid record."""
    match problem:
        case EditProblem.NO_RECORDS:
            return QCoreApplication.translate("Words", "The file has no regulations or maps")
        case EditProblem.RECORD_NUMBER_MISSING:
            return QCoreApplication.translate("Words", "A record has no number or id")
        case EditProblem.RECORD_APPROVAL_MISSING:
            return QCoreApplication.translate("Words", "Enter who approved the regulation")
        case EditProblem.RECORD_ENDS_BEFORE:
            return QCoreApplication.translate(
                "Words", "The last day of a record is before its first day"
            )
        case EditProblem.RECORD_WITHOUT_TOPIC:
            return QCoreApplication.translate(
                "Words",
                "A regulation needs a topic or category, a map exactly one of the two",
            )
        case EditProblem.RECORD_WITHOUT_BODY:
            return QCoreApplication.translate("Words", "A process map needs its authority")
        case EditProblem.RECORD_TERM_TOO_SHORT:
            return QCoreApplication.translate("Words", "A deadline is one day or more")
        case EditProblem.RECORD_WITHOUT_FILE:
            return QCoreApplication.translate("Words", "Specify the file of each record")
        case EditProblem.RECORD_TWICE:
            return QCoreApplication.translate("Words", "Two records in the file have the same id")
        case EditProblem.REGULATIONS_OVERLAP:
            return QCoreApplication.translate(
                "Words",
                "Two regulations of one topic or two maps of one authority would be in "
                "force on the same day: end the earlier one first",
            )
        case _:
            raise ValueError(problem)
