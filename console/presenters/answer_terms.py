"""Terms of answers as the directory states them for topics, categories and organs (3.1-3.3)."""

from collections.abc import Iterator, Sequence

from kb.entries import Entry, TopicDetails, UnitDetails
from sync.register.handling.answer_terms import AnswerTermRule
from sync.register.terms import DaysOf


def answer_rules(
    topics: Sequence[Entry], categories: Sequence[Entry], units: Sequence[Entry]
) -> tuple[AnswerTermRule, ...]:
    """The rules of the topics, then those of the categories, then those of the organs."""
    return (
        *(AnswerTermRule(key, None, None, days, of) for key, days, of in _terms(topics)),
        *(AnswerTermRule(None, key, None, days, of) for key, days, of in _terms(categories)),
        *(AnswerTermRule(None, None, key, days, of) for key, days, of in _terms(units)),
    )


def _terms(entries: Sequence[Entry]) -> Iterator[tuple[str, int, DaysOf]]:
    for entry in entries:
        match entry.details:
            case TopicDetails(answer_term=term) | UnitDetails(answer_term=term) if term is not None:
                yield entry.id, term.days, DaysOf(term.kind)
            case _:
                pass
