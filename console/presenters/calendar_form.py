"""An edit of the city's calendar or rules as its form asks for it."""

from dataclasses import dataclass, replace
from typing import assert_never

from console import words
from console.presenters.calendar_state import FormState, Question
from sync.register.calendar import OrderedKind
from sync.register.city import (
    City,
    CityChange,
    CitySettings,
    DaysOrdered,
    Revoked,
    SettingsChosen,
    YearGiven,
)
from sync.register.photos.formats import FileFormat
from sync.register.terms import DayOfSending

YES, NO = "yes", "no"
KIND, COMPARED = "kind", "compared"
SENDING, REGIONAL, TELLS, TURNS = "sending", "regional", "tells", "turns"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to change and what was typed; ``formats`` is text until it is taken."""

    change: CityChange
    reason: str = ""
    document: str = ""
    formats: str = ""
    problem: str = ""


def chosen(change: CityChange, key: str, value: str) -> CityChange:
    """The change with another answer to one of its questions."""
    match change:
        case DaysOrdered(days=(only,)) if key == KIND:
            return DaysOrdered((replace(only, kind=OrderedKind(value)),))
        case YearGiven(year) if key == COMPARED:
            return YearGiven(replace(year, provisional=value == NO))
        case SettingsChosen(settings):
            return SettingsChosen(_with_answer(settings, key, value))
        case _:
            return change


def _with_answer(settings: CitySettings, key: str, value: str) -> CitySettings:
    match key:
        case "sending":
            return replace(settings, sending=DayOfSending(value))
        case "regional":
            return replace(settings, counts_regional_days=value == YES)
        case "tells":
            return replace(settings, tells_of_registration=value == YES)
        case _:
            return replace(settings, turns_photos=value == YES)


def taken(draft: Draft) -> Draft:
    """The draft with the formats that were typed in it; ``problem`` names one that is unknown."""
    match draft.change:
        case SettingsChosen(settings):
            known = {each.value.casefold(): each for each in FileFormat}
            names = [name.strip() for name in draft.formats.split(",") if name.strip()]
            for name in names:
                if name.casefold() not in known:
                    return replace(draft, problem=words.city.unknown_format(name))
            formats = frozenset(known[name.casefold()] for name in names)
            change = SettingsChosen(replace(settings, attachment_formats=formats))
            return replace(draft, change=change, problem="")
        case _:
            return replace(draft, problem="")


def form_state(draft: Draft, city: City) -> FormState:
    """The form in words."""
    is_rules = isinstance(draft.change, SettingsChosen)
    return FormState(
        title=words.city.form_title(draft.change),
        lines=_lines(draft.change, city),
        questions=_questions(draft.change),
        formats=draft.formats if is_rules else None,
        reason=draft.reason,
        document=draft.document,
        problem=draft.problem,
    )


def _lines(change: CityChange, city: City) -> tuple[str, ...]:
    match change:
        case DaysOrdered(days=(_,)) | SettingsChosen():
            return ()
        case DaysOrdered(days):
            return words.city.days_lines(days)
        case YearGiven(year):
            return words.city.year_lines(year)
        case Revoked(edit_id):
            return tuple(
                line
                for edit in city.edits
                if edit.id == edit_id
                for line in (
                    words.city.change_text(edit.change),
                    *words.city.ordered_because(edit.reason, edit.document),
                )
            )
        case _ as unreachable:
            assert_never(unreachable)


def _questions(change: CityChange) -> tuple[Question, ...]:
    match change:
        case DaysOrdered(days=(only,)):
            choices = tuple((kind.value, words.city.ordered_kind(kind)) for kind in OrderedKind)
            return (Question(KIND, words.city.day_question(), choices, only.kind.value),)
        case YearGiven(year):
            name, not_yet, compared = words.city.year_question()
            answer = NO if year.provisional else YES
            return (Question(COMPARED, name, ((NO, not_yet), (YES, compared)), answer),)
        case SettingsChosen(settings):
            return _rules_questions(settings)
        case _:
            return ()


def _rules_questions(settings: CitySettings) -> tuple[Question, ...]:
    name, left_out, counted = words.city.sending_question()
    yes, no = words.city.yes_no()
    sending = (
        (DayOfSending.LEFT_OUT.value, left_out),
        (DayOfSending.COUNTED.value, counted),
    )
    return (
        Question(SENDING, name, sending, settings.sending.value),
        *(
            Question(key, text, ((YES, yes), (NO, no)), YES if is_so else NO)
            for key, text, is_so in (
                (REGIONAL, words.city.regional_question(), settings.counts_regional_days),
                (TELLS, words.city.told_question(), settings.tells_of_registration),
                (TURNS, words.city.photos_question(), settings.turns_photos),
            )
        ),
    )
