"""Form of an edit to the city's calendar or rules: draft, choice fields, and conversion to
an edit.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, assert_never
from uuid import UUID

from console.features.calendar import line_form, regulation_words
from console.features.calendar import words as calendar_words
from console.features.calendar.calendar_state import FormState, Question, TypedList
from sync.register.calendar.calendar import OrderedKind
from sync.register.calendar.line_hours import ClosedAct
from sync.register.calendar.terms import DayOfSending
from sync.register.checks.obscene import WordLists, levelled
from sync.register.checks.photo_formats import FileFormat
from sync.register.city import (
    City,
    CityChange,
    CityEdit,
    CitySettings,
    DaysOrdered,
    LineChosen,
    RegulationsGiven,
    Revoked,
    SettingsChosen,
    YearGiven,
)
from sync.register.handling.form_drafts import Typed
from sync.register.people.operators import Person
from sync.store.local.city import change_of, change_row

_NOT_STORED_YET = UUID(int=0)
YES, NO = "yes", "no"
KIND, COMPARED = "kind", "compared"
SENDING, REGIONAL, TELLS, TURNS = "sending", "regional", "tells", "turns"
FORMATS, ALLOWED, DENIED = "formats", "allowed", "denied"


@dataclass(frozen=True, slots=True)
class Draft:
    """Draft of an edit; ``lists`` has the unparsed text fields by key.

    ``at_first`` is the initial change of the form; None for a file import or a restored draft.
    ``over`` are the rules when the form was opened. ``orders`` are the ids of the orders that
    applied at that time to the days or the year of the change. Both are None if unknown.
    ``meanwhile`` describes the changes that other operators have made since then.
    """

    change: CityChange
    reason: str = ""
    document: str = ""
    lists: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    at_first: CityChange | None = None
    over: CitySettings | None = None
    orders: tuple[str, ...] | None = None
    meanwhile: tuple[str, ...] = ()

    @property
    def is_typed(self) -> bool:
        """Whether the draft differs from the initial form; a file import or restored draft always
        does.
        """
        if self.at_first is None:
            return True
        is_chosen = self.change != self.at_first or self.lists != begun(self.at_first).lists
        return is_chosen or bool(self.reason.strip() or self.document.strip())

    @property
    def day(self) -> date | None:
        """The day that is changed; None if the change has several days or concerns
        something else.
        """
        match self.change:
            case DaysOrdered(days=(only,)):
                return only.day
            case _:
                return None

    def as_kept(self) -> Typed:
        """Returns the draft for saving."""
        over = None if self.over is None else change_row(SettingsChosen(self.over))
        return Typed(
            {
                "change": change_row(self.change),
                "reason": self.reason,
                "document": self.document,
                "lists": dict(self.lists),
                "over": over,
                "orders": None if self.orders is None else list(self.orders),
            }
        )


def draft_of(words: Mapping[str, Any]) -> Draft:
    """Parses a saved draft."""
    over = None if words["over"] is None else change_of(words["over"])
    orders = words.get("orders")  # absent in drafts of the previous version
    return Draft(
        change_of(words["change"]),
        words["reason"],
        words["document"],
        words["lists"],
        over=over.settings if isinstance(over, SettingsChosen) else None,
        orders=None if orders is None else tuple(orders),
    )


def begun(change: CityChange) -> Draft:
    """Returns the initial draft of a change; its text fields have the current values."""
    match change:
        case SettingsChosen(settings):
            own = settings.obscene_words
            lists = {
                FORMATS: calendar_words.formats_text(settings.attachment_formats),
                ALLOWED: ", ".join(sorted(own.allowed)),
                DENIED: ", ".join(sorted(own.denied)),
            }
            return Draft(change, lists=lists, at_first=change, over=settings)
        case LineChosen():
            return Draft(change, lists=line_form.typed_lists(change), at_first=change)
        case _:
            return Draft(change, at_first=change)


def edit_of(draft: Draft, by: Person, at: datetime) -> CityEdit:
    """Returns the edit that the draft describes; it is not yet stored."""
    return CityEdit(_NOT_STORED_YET, draft.change, draft.reason, draft.document, by, at)


def orders_of(change: CityChange, city: City) -> tuple[str, ...]:
    """Returns the id of the order that applies to each day or year of the change, "" for none."""
    edits = [edit for _change, edit in _subjects(change, city)]
    return tuple("" if edit is None else str(edit.id) for edit in edits)


def _subjects(change: CityChange, city: City) -> tuple[tuple[CityChange, CityEdit | None], ...]:
    """Returns each day or year of the change with the edit that applies to it."""
    match change:
        case DaysOrdered(days):
            return tuple((DaysOrdered((one,)), city.edit_of(one.day)) for one in days)
        case YearGiven(year):
            return ((change, city.edit_of_year(year.year)),)
        case LineChosen():
            return ((change, city.edit_of_line()),)
        case RegulationsGiven(regulations, maps):
            return (
                *((RegulationsGiven((one,)), city.edit_of_record(one)) for one in regulations),
                *((RegulationsGiven(maps=(one,)), city.edit_of_record(one)) for one in maps),
            )
        case SettingsChosen() | Revoked():
            return ()
        case _ as unreachable:
            assert_never(unreachable)


def compared(draft: Draft, city: City) -> Draft:
    """Compares the draft with the current calendar and rules.

    If other operators have changed the same days, year or rules since the form was opened, returns
    the draft with their changes in ``meanwhile`` and a ``problem``; otherwise the unchanged draft.
    """
    if draft.orders is not None and draft.orders != orders_of(draft.change, city):
        return _beside_orders(draft, draft.orders, city)
    settings = city.settings
    if draft.over is None or draft.over == settings:
        return draft
    before, now = _told_rules(draft.over), _told_rules(settings)
    others = tuple(f"{name}: {value}" for name, value in now.items() if before[name] != value)
    head = calendar_words.rules_changed_meanwhile()
    return replace(
        draft, over=settings, meanwhile=(head, *others), problem=calendar_words.look_first()
    )


def _beside_orders(draft: Draft, before: tuple[str, ...], city: City) -> Draft:
    now = orders_of(draft.change, city)
    others = dict.fromkeys(
        _ordered_now(subject, edit)
        for (subject, edit), then, id in zip(
            _subjects(draft.change, city), before, now, strict=True
        )
        if then != id
    )
    return replace(
        draft,
        orders=now,
        meanwhile=(calendar_words.orders_changed_meanwhile(), *others),
        problem=calendar_words.look_first_at_orders(),
    )


def _ordered_now(subject: CityChange, edit: CityEdit | None) -> str:
    """Returns the text of the order that currently applies to a day or year."""
    if edit is None:
        return calendar_words.order_revoked(subject)
    match subject, edit.change:
        case DaysOrdered((only,)), DaysOrdered(days):
            theirs: CityChange = DaysOrdered(tuple(one for one in days if one.day == only.day))
        case _:
            theirs = edit.change
    return calendar_words.ordered_now(theirs, edit.by.name)


def _told_rules(settings: CitySettings) -> dict[str, str]:
    names = calendar_words.list_names()
    questions = {each.name: dict(each.choices)[each.chosen] for each in _rules_questions(settings)}
    lists = begun(SettingsChosen(settings)).lists
    return questions | {names[key]: text for key, text in lists.items()}


def chosen(change: CityChange, key: str, value: str) -> CityChange:
    """Returns the change with a new value in the choice field ``key``."""
    match change:
        case DaysOrdered(days=(only,)) if key == KIND:
            return DaysOrdered((replace(only, kind=OrderedKind(value)),))
        case YearGiven(year) if key == COMPARED:
            return YearGiven(replace(year, provisional=value == NO))
        case SettingsChosen(settings):
            return SettingsChosen(_with_answer(settings, key, value))
        case LineChosen(hours) if key == line_form.HOLIDAYS:
            return replace(change, hours=replace(hours, open_on_holidays=value == YES))
        case LineChosen() if key == line_form.ACT:
            return replace(change, act=ClosedAct(value))
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
    """Parses the text fields of the draft into its change; ``problem`` describes invalid input."""
    match draft.change:
        case SettingsChosen(settings):
            known = {each.value.casefold(): each for each in FileFormat}
            names = tuple(_items(draft.lists[FORMATS]))
            for name in names:
                if name.casefold() not in known:
                    return replace(draft, problem=calendar_words.unknown_format(name))
            typed = [tuple(_items(draft.lists[key])) for key in (ALLOWED, DENIED)]
            for word in (*typed[0], *typed[1]):
                if len(word.split()) > 1 or not levelled(word):
                    return replace(draft, problem=calendar_words.no_single_word(word))
            allowed, denied = (frozenset(map(levelled, each)) for each in typed)
            settled = replace(
                settings,
                attachment_formats=frozenset(known[name.casefold()] for name in names),
                obscene_words=WordLists(allowed, denied),
            )
            return replace(draft, change=SettingsChosen(settled), problem="")
        case LineChosen():
            read = line_form.read_line(draft.lists, draft.change)
            if isinstance(read, str):
                return replace(draft, problem=read)
            return replace(draft, change=read, problem="")
        case _:
            return replace(draft, problem="")


def _items(text: str) -> Iterator[str]:
    return filter(None, map(str.strip, text.split(",")))


def form_state(draft: Draft, city: City, name: Callable[[str], str]) -> FormState:
    """Builds the view state of the form; ``name`` returns the title of a directory key."""
    names = calendar_words.list_names()
    return FormState(
        title=calendar_words.form_title(draft.change),
        lines=(*_lines(draft.change, city, name), *draft.meanwhile),
        questions=_questions(draft.change),
        lists=tuple(TypedList(key, names[key], text) for key, text in draft.lists.items()),
        reason=draft.reason,
        document=draft.document,
        problem=draft.problem,
    )


def record_lines(given: RegulationsGiven, name: Callable[[str], str]) -> tuple[str, ...]:
    """Describes regulations and maps, one fact per line, with an empty line between records.

    ``name`` returns the title of a directory key.
    """
    told = (
        *(regulation_words.regulation(one, name) for one in given.regulations),
        *(regulation_words.technological_map(one, name) for one in given.maps),
    )
    return tuple(line for lines in told for line in ("", *lines))[1:]


def _lines(change: CityChange, city: City, name: Callable[[str], str]) -> tuple[str, ...]:
    match change:
        case DaysOrdered(days=(_,)) | SettingsChosen():
            return ()
        case DaysOrdered(days):
            return calendar_words.days_lines(days)
        case YearGiven(year):
            return calendar_words.year_lines(year)
        case LineChosen():
            return (calendar_words.how_hours_are_typed(),)
        case RegulationsGiven():
            return record_lines(change, name)
        case Revoked(edit_id):
            return tuple(
                line
                for edit in city.edits
                if edit.id == edit_id
                for line in (
                    calendar_words.change_text(edit.change),
                    *calendar_words.ordered_because(edit.reason, edit.document),
                )
            )
        case _ as unreachable:
            assert_never(unreachable)


def _questions(change: CityChange) -> tuple[Question, ...]:
    match change:
        case DaysOrdered(days=(only,)):
            choices = tuple((kind.value, calendar_words.ordered_kind(kind)) for kind in OrderedKind)
            return (Question(KIND, calendar_words.day_question(), choices, only.kind.value),)
        case YearGiven(year):
            name, not_yet, compared = calendar_words.year_question()
            answer = NO if year.provisional else YES
            return (Question(COMPARED, name, ((NO, not_yet), (YES, compared)), answer),)
        case SettingsChosen(settings):
            return _rules_questions(settings)
        case LineChosen(hours, act):
            yes, no = calendar_words.yes_no()
            answer = YES if hours.open_on_holidays else NO
            name = calendar_words.holidays_question()
            acts = tuple((each.value, calendar_words.closed_act(each)) for each in ClosedAct)
            return (
                Question(line_form.ACT, calendar_words.act_question(), acts, act.value),
                Question(line_form.HOLIDAYS, name, ((NO, no), (YES, yes)), answer),
            )
        case _:
            return ()


def _rules_questions(settings: CitySettings) -> tuple[Question, ...]:
    name, left_out, counted = calendar_words.sending_question()
    yes, no = calendar_words.yes_no()
    sending = (
        (DayOfSending.LEFT_OUT.value, left_out),
        (DayOfSending.COUNTED.value, counted),
    )
    return (
        Question(SENDING, name, sending, settings.sending.value),
        *(
            Question(key, text, ((YES, yes), (NO, no)), YES if is_so else NO)
            for key, text, is_so in (
                (REGIONAL, calendar_words.regional_question(), settings.counts_regional_days),
                (TELLS, calendar_words.told_question(), settings.tells_of_registration),
                (TURNS, calendar_words.photos_question(), settings.turns_photos),
            )
        ),
    )
