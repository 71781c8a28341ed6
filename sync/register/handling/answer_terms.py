"""Terms of answers by topic, category and organ (Regulation 3.1-3.3, 6.4, 9.4, 9.7).

The regulation names no term; thematic regulations do, and technological maps for single organs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sync.register.calendar import WorkingCalendar
from sync.register.terms import DaysOf, term_end


@dataclass(frozen=True, slots=True)
class AnswerTermRule:
    """A term for what it names; what is None holds for all. All three are directory keys.

    ``days`` is 1 or more, of the kind ``days_of``.
    """

    topic: str | None
    category: str | None
    organ: str | None
    days: int
    days_of: DaysOf

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(self.days)


@dataclass(frozen=True, slots=True)
class AnswerTerm:
    """``start`` is the day before the first that counts, ``due`` the last; ``rule`` set it."""

    start: date
    due: date
    rule: AnswerTermRule

    def runs_on(self, day: date) -> bool:
        """Whether the term has not run out by that day."""
        return day <= self.due


@dataclass(frozen=True, slots=True)
class TermNotSet:
    """Nobody has set a term for such a message; the screen says so, and nothing runs out."""


def answer_term(
    rules: Sequence[AnswerTermRule],
    *,
    topic: str | None,
    category: str | None,
    organ: str | None,
    start: date,
    calendar: WorkingCalendar,
) -> AnswerTerm | TermNotSet:
    """The term by the rule for these three, counted from the day ``start``, itself left out."""
    rule = rule_for(rules, topic, category, organ)
    if rule is None:
        return TermNotSet()
    return AnswerTerm(start, term_end(start, rule.days, rule.days_of, calendar), rule)


def rule_for(
    rules: Sequence[AnswerTermRule], topic: str | None, category: str | None, organ: str | None
) -> AnswerTermRule | None:
    """The most specific rule.

    A category is more than its topic, a topic more than an organ; an organ decides between rules
    that are else alike. Of two rules for the very same the later one holds.
    """
    told = (topic, category, organ)
    fitting = [rule for rule in rules if _fits(rule, told)]
    if not fitting:
        return None
    return max(enumerate(fitting), key=lambda numbered: (_weight(numbered[1]), numbered[0]))[1]


def set_twice(rules: Sequence[AnswerTermRule]) -> tuple[AnswerTermRule, ...]:
    """Rules that a later one for the very same makes void: slips of the table's editor."""
    last = {_scope(rule): place for place, rule in enumerate(rules)}
    return tuple(rule for place, rule in enumerate(rules) if last[_scope(rule)] != place)


def _scope(rule: AnswerTermRule) -> tuple[str | None, str | None, str | None]:
    return rule.topic, rule.category, rule.organ


def _fits(rule: AnswerTermRule, told: tuple[str | None, str | None, str | None]) -> bool:
    pairs = zip(_scope(rule), told, strict=True)
    return all(wanted is None or wanted == given for wanted, given in pairs)


def _weight(rule: AnswerTermRule) -> tuple[bool, bool, bool]:
    return rule.category is not None, rule.topic is not None, rule.organ is not None
