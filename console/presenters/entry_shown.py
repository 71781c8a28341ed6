"""The entry in the editor as form, preview and history show it, in words."""

from datetime import date, datetime

from console import words
from console.presenters.edited_entry import EditedEntry
from console.presenters.entry_choices import Choices
from console.presenters.entry_form import FormReading, read_form
from console.presenters.entry_state import EditorState, HistoryRow, draft_row
from console.presenters.entry_versions import EntryVersions
from console.presenters.hit_rows import CityDays, hit_row, unit_of
from kb.entries import Entry, EntryKind
from kb.search import Hit
from kb.staleness import is_stale


def shown_entry(
    key: str,
    edited: EditedEntry,
    versions: EntryVersions,
    choices: Choices,
    days: CityDays,
    now: datetime,
    *,
    may_change: bool,
    by_name: str,
    unsent: str,
    is_sending: bool,
    keeping_fails: bool,
) -> EditorState:
    """All that is shown of the entry, which ``by_name`` edits; ``now`` is of the city's zone.

    ``unsent`` is why it waits for the centre, empty where it does not.
    """
    base = edited.base
    reading = read_form(edited.fields, base, choices.section_of)
    entry = reading.entry
    seen = versions.entry_of(edited.shown_number) or entry
    hit = Hit(seen.id, 0.0, (), seen.kind, seen.title or words.editing.no_title(), seen)
    unit = choices.units.get(unit_of(seen), "")
    spoken, written = words.directory.entry_texts(seen, unit)
    attention, role = _attention(entry, edited.based_on, now.date(), may_change=may_change)
    is_changed = edited.is_changed
    is_clash = versions.is_behind(edited.based_on) and is_changed
    conflict = versions.told(base) if is_clash else ""
    return EditorState(
        key=key,
        entry_id=base.id,
        kind=base.kind,
        is_published=edited.based_on > 0,
        may_change=may_change,
        title=entry.title or words.editing.no_title(),
        badge=words.directory.entry_kind(base.kind),
        subtitle=words.editing.subtitle(
            choices.units.get(entry.owner, entry.owner), edited.based_on
        ),
        kept=_kept_text(edited, keeping_fails),
        keeping_fails=keeping_fails,
        attention=attention,
        attention_role=role,
        conflict=conflict,
        comparison=versions.compared(edited.fields) if conflict else None,
        theirs=versions.whose() if conflict else "",
        unsent=unsent if is_changed else "",
        is_sending=is_sending,
        fields=dict(edited.fields),
        problems=_problems(edited, reading),
        speaking=words.editing.speaking(edited.fields.get("spoken", "")),
        is_changed=is_changed,
        row=hit_row(hit, now, days, "1", unit),
        spoken=spoken,
        written=written,
        history=_history_rows(edited, versions, by_name),
        shown_number=edited.shown_number,
    )


def _kept_text(edited: EditedEntry, keeping_fails: bool) -> str:
    if keeping_fails:
        return words.editing.draft_not_kept()
    if edited.kept_at is None or not edited.is_changed:
        return ""
    return words.editing.draft_kept(edited.kept_at)


def _attention(entry: Entry, based_on: int, today: date, *, may_change: bool) -> tuple[str, str]:
    """That the entry is closed or was not checked for long."""
    if entry.kind is EntryKind.TOPIC and not may_change:
        return words.editing.topics_not_allowed(), "text-2"
    if entry.valid_to is not None and entry.valid_to <= today:
        return words.editing.is_closed(entry.valid_to), "text-2"
    if not is_stale(entry, today) or based_on == 0:
        return "", "warn"
    if entry.checked_on is None:
        return words.editing.never_checked(), "warn"
    return words.editing.checked_long_ago(entry.checked_on), "warn"


def _problems(edited: EditedEntry, reading: FormReading) -> dict[str, str]:
    problems = {}
    if edited.shows_problems:
        problems = {name: words.editing.form_problem(name) for name in reading.problems}
    if not edited.fields["title"].strip() and (edited.shows_problems or edited.based_on):
        problems["title"] = words.editing.title_is_empty()
    return problems


def _history_rows(
    edited: EditedEntry, versions: EntryVersions, by_name: str
) -> tuple[HistoryRow, ...]:
    if not edited.is_changed:
        return versions.rows
    return (draft_row(edited.base.kind, edited.changed_names(), by_name), *versions.rows)
