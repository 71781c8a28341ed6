"""An edit of the city's calendar or rules as its form asks for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from console import words
from console.presenters.calendar_state import FormState, Question, TypedList
from sync.register.calendar import OrderedKind
from sync.register.checks.obscene.word_lists import WordLists, levelled
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
FORMATS, ALLOWED, DENIED = "formats", "allowed", "denied"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to change and what was typed; ``lists`` are texts by key until they are taken."""

    change: CityChange
    reason: str = ""
    document: str = ""
    lists: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


def begun(change: CityChange) -> Draft:
    """The draft at its beginning, with what now stands in the lists."""
    match change:
        case SettingsChosen(settings):
            own = settings.obscene_words
            lists = {
                FORMATS: words.city.formats_text(settings.attachment_formats),
                ALLOWED: ", ".join(sorted(own.allowed)),
                DENIED: ", ".join(sorted(own.denied)),
            }
            return Draft(change, lists=lists)
        case _:
            return Draft(change)


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
    """The draft with what was typed in its lists; ``problem`` names what cannot be taken."""
    match draft.change:
        case SettingsChosen(settings):
            known = {each.value.casefold(): each for each in FileFormat}
            names = tuple(_items(draft.lists[FORMATS]))
            for name in names:
                if name.casefold() not in known:
                    return replace(draft, problem=words.city.unknown_format(name))
            typed = [tuple(_items(draft.lists[key])) for key in (ALLOWED, DENIED)]
            for word in (*typed[0], *typed[1]):
                if len(word.split()) > 1 or not levelled(word):
                    return replace(draft, problem=words.city.no_single_word(word))
            allowed, denied = (frozenset(map(levelled, each)) for each in typed)
            settled = replace(
                settings,
                attachment_formats=frozenset(known[name.casefold()] for name in names),
                obscene_words=WordLists(allowed, denied),
            )
            return replace(draft, change=SettingsChosen(settled), problem="")
        case _:
            return replace(draft, problem="")


def _items(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, text.split(",")))


def form_state(draft: Draft, city: City) -> FormState:
    """The form in words."""
    names = words.city.list_names()
    return FormState(
        title=words.city.form_title(draft.change),
        lines=_lines(draft.change, city),
        questions=_questions(draft.change),
        lists=tuple(TypedList(key, names[key], text) for key, text in draft.lists.items()),
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
