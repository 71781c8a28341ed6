"""What two people have corrected of one message, by row of the form and in words."""

from collections.abc import Collection, Mapping

from console import words
from console.presenters.typed_beside import fields_of
from sync.register.handling.events import Step
from sync.register.handling.handled import HandledMessage


def row_of(field: str) -> str:
    """The row of the form in which the field stands."""
    return "when" if field in ("date", "time") else field


def in_row(disputed: Collection[str], row: str) -> frozenset[str]:
    """The disputed fields of the row; where it has none, all of them."""
    return frozenset(name for name in disputed if row_of(name) == row) or frozenset(disputed)


def told_elsewhere(
    message: HandledMessage, disputed: Collection[str], categories: Mapping[str, str]
) -> dict[str, str]:
    """By row, what the message says in disputed fields and who has written it last.

    ``categories`` are their titles by their keys.
    """
    fields = fields_of(message.standing.contents)
    values = {
        "place": fields["place"],
        "when": f"{fields['date']} {fields['time']}".strip(),
        "category": categories.get(fields["category"], fields["category"]),
    }
    corrections = [one for one in message.history.events if one.step is Step.CORRECT]
    who = words.steps.doer(corrections[-1].by) if corrections else ""
    return {row: words.review.elsewhere(values[row], who) for row in set(map(row_of, disputed))}
