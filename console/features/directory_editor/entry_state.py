"""State of the edited entry: base version, changes, history, conflicts, and view state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from console.core.text_difference import Comparison, compared
from console.core.view_data import HistoryRow
from console.features.directory_editor import words as directory_editor_words
from console.features.directory_editor.entry_form import (
    Choices,
    FormReading,
    changed_fields,
    fields_of,
    merged,
    read_form,
)
from console.shared.directory import words as directory_words
from console.shared.directory.hits import CityDays, HitRow, hit_row, unit_of
from kb.entries.changes import EntryDraft, Revision
from kb.entries.checks import is_stale
from kb.entries.entries import Entry, EntryKind
from kb.search.search import Hit


class EditedEntry:
    """One entry from its opening on; ``based_on`` is the number of its version, 0 of a new one."""

    def __init__(self, base: Entry, based_on: int, draft: EntryDraft | None) -> None:
        self.base = base
        self.based_on = based_on
        typed = {} if draft is None else draft.fields
        self.fields = {name: typed.get(name, text) for name, text in fields_of(base).items()}
        self.has_draft = draft is not None
        self.kept_at: datetime | None = None
        """When the draft was written last; None where nothing was since the opening."""
        self.shows_problems = False
        self.shown_number = 0
        """The version that operators' view shows; 0 is what is typed."""

    @property
    def id(self) -> str:
        return self.base.id

    @property
    def is_changed(self) -> bool:
        return fields_of(self.base) != self.fields

    def changed_names(self) -> list[str]:
        """The fields in which what is typed differs from the version."""
        return [name for name, text in fields_of(self.base).items() if self.fields[name] != text]

    def draft(self, by_id: str, *, is_unsent: bool) -> EntryDraft:
        """What is typed, to be written as this editor's."""
        return EntryDraft(
            self.base.id,
            self.base.kind,
            by_id,
            self.based_on,
            dict(self.fields),
            is_unsent=is_unsent,
        )

    def take_published(self, entry: Entry, number: int) -> bool:
        """Go on from the version that was made of it; whether more was typed meanwhile."""
        published = fields_of(entry)
        typed_since = {
            name: text for name, text in self.fields.items() if text.strip() != published[name]
        }
        self.base, self.based_on = entry, number
        self.fields = published | typed_since
        self.has_draft = False
        self.shows_problems = False
        self.kept_at = None
        return bool(typed_since)

    def move_to(self, newest: Revision) -> None:
        """Put what was changed by hand on top of the version that came meanwhile."""
        self.fields = merged(fields_of(self.base), self.fields, fields_of(newest.entry))
        self.base, self.based_on = newest.entry, newest.number


@dataclass(frozen=True, slots=True)
class EditorState:
    """All that form and side show; ``key`` changes when other texts are to stand in the form."""

    key: str = ""
    entry_id: str = ""
    kind: EntryKind = EntryKind.QUESTION
    is_published: bool = False
    may_change: bool = True
    title: str = ""
    badge: str = ""
    subtitle: str = ""
    kept: str = ""
    keeping_fails: bool = False
    attention: str = ""
    attention_role: str = "warn"
    conflict: str = ""
    comparison: Comparison | None = None  # both editors' texts where they differ
    theirs: str = ""  # whose the other texts are, and of when
    unsent: str = ""  # why it is not published though that was asked for
    is_sending: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    speaking: tuple[str, str, bool] = ("", "", True)
    is_changed: bool = False
    row: HitRow | None = None
    spoken: str = ""
    written: str = ""
    history: tuple[HistoryRow, ...] = ()
    shown_number: int = 0


def both_texts(kind: EntryKind, mine: Mapping[str, str], theirs: Mapping[str, str]) -> Comparison:
    """Two editors' texts of the fields in which they differ, each under its name."""
    names = [name for name in theirs if mine[name].strip() != theirs[name].strip()]
    return compared(_with_names(kind, mine, names), _with_names(kind, theirs, names))


def _with_names(kind: EntryKind, fields: Mapping[str, str], names: Sequence[str]) -> str:
    return "\n".join(
        f"{directory_editor_words.changed_fields(kind, (name,))}: {fields[name].strip() or '—'}"
        for name in names
    )


def version_rows(history: Sequence[Revision], zone: ZoneInfo) -> tuple[HistoryRow, ...]:
    """The versions' rows, the newest first."""
    history = tuple(one for one in history if one.number)
    before = (None, *history[:-1])
    rows = [_version_row(earlier, one, zone) for earlier, one in zip(before, history, strict=False)]
    return tuple(reversed(rows))


def _version_row(earlier: Revision | None, one: Revision, zone: ZoneInfo) -> HistoryRow:
    names = () if earlier is None else changed_fields(earlier.entry, one.entry)
    icon = "plus" if one.number == 1 else "pencil-simple"
    return HistoryRow(
        number=one.number,
        what=directory_editor_words.history_what(one.action, one.number, one.entry.kind, names),
        who=directory_editor_words.history_who(one.by, one.at.astimezone(zone)),
        version=directory_editor_words.version(one.number),
        icon="check" if names == ("checked_on",) else icon,
        role="text-2",
    )


def draft_row(kind: EntryKind, changed: Sequence[str], by: str) -> HistoryRow:
    """The row of what is typed and not published."""
    what = directory_editor_words.changed_fields(kind, changed)
    return HistoryRow(0, what, by, directory_editor_words.draft(), "note-pencil", "warn")


class EntryVersions:
    """The history of one entry, the newest last; its rows are made once and not at every key."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self.all: tuple[Revision, ...] = ()
        self.rows: tuple[HistoryRow, ...] = ()

    @property
    def newest(self) -> Revision | None:
        return self.all[-1] if self.all else None

    def use(self, history: tuple[Revision, ...]) -> None:
        """Take these and no others."""
        self.all = history
        self.rows = version_rows(history, self._zone)

    def add(self, history: tuple[Revision, ...]) -> None:
        """Take more of them, as far as they are known; each number is one version."""
        known = {one.number: one for one in (*self.all, *history) if one.number}
        self.use(tuple(known[number] for number in sorted(known)) or history)

    def end_with(self, newest: Revision) -> None:
        """Let this be the newest.

        A lower number than the one that was seen: the centre has lost what came after it.
        """
        self.use((*(one for one in self.all if one.number < newest.number), newest))

    def is_behind(self, based_on: int) -> bool:
        """Whether another version than this one is the newest."""
        return self.newest is not None and self.newest.number != based_on

    def entry_of(self, number: int) -> Entry | None:
        """The entry as it was in the version of the number."""
        return next((one.entry for one in self.all if one.number == number), None)

    # --- what others have made of it ---

    def told(self, base: Entry) -> str:
        """Who made the newest version of the one that was begun with, when, and what differs."""
        newest = self.newest
        if newest is None:
            return ""
        names = changed_fields(base, newest.entry)
        return directory_editor_words.changed_meanwhile(
            newest.by, newest.at, base.kind, names, self._zone
        )

    def whose(self) -> str:
        """Whose the newest version is, and of when."""
        newest = self.newest
        if newest is None:
            return ""
        return directory_editor_words.history_who(newest.by, newest.at.astimezone(self._zone))

    def compared(self, fields: Mapping[str, str]) -> Comparison | None:
        """What is typed beside the newest version."""
        newest = self.newest
        if newest is None:
            return None
        return both_texts(newest.entry.kind, fields, fields_of(newest.entry))


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
    hit = Hit(seen.id, 0.0, (), seen.kind, seen.title or directory_words.no_title(), seen)
    unit = choices.units.get(unit_of(seen), "")
    spoken, written = directory_words.entry_texts(seen, unit)
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
        title=entry.title or directory_words.no_title(),
        badge=directory_words.entry_kind(base.kind),
        subtitle=directory_editor_words.subtitle(
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
        speaking=directory_words.speaking(edited.fields.get("spoken", "")),
        is_changed=is_changed,
        row=hit_row(hit, now, days, "1", unit),
        spoken=spoken,
        written=written,
        history=_history_rows(edited, versions, by_name),
        shown_number=edited.shown_number,
    )


def _kept_text(edited: EditedEntry, keeping_fails: bool) -> str:
    if keeping_fails:
        return directory_editor_words.draft_not_kept()
    if edited.kept_at is None or not edited.is_changed:
        return ""
    return directory_editor_words.draft_kept(edited.kept_at)


def _attention(entry: Entry, based_on: int, today: date, *, may_change: bool) -> tuple[str, str]:
    """That the entry is closed or was not checked for long."""
    if entry.kind is EntryKind.TOPIC and not may_change:
        return directory_editor_words.topics_not_allowed(), "text-2"
    if entry.valid_to is not None and entry.valid_to <= today:
        return directory_editor_words.is_closed(entry.valid_to), "text-2"
    if not is_stale(entry, today) or based_on == 0:
        return "", "warn"
    if entry.checked_on is None:
        return directory_editor_words.never_checked(), "warn"
    return directory_editor_words.checked_long_ago(entry.checked_on), "warn"


def _problems(edited: EditedEntry, reading: FormReading) -> dict[str, str]:
    problems = {}
    if edited.shows_problems:
        problems = {name: directory_editor_words.form_problem(name) for name in reading.problems}
    if not edited.fields["title"].strip() and (edited.shows_problems or edited.based_on):
        problems["title"] = directory_editor_words.title_is_empty()
    return problems


def _history_rows(
    edited: EditedEntry, versions: EntryVersions, by_name: str
) -> tuple[HistoryRow, ...]:
    if not edited.is_changed:
        return versions.rows
    return (draft_row(edited.base.kind, edited.changed_names(), by_name), *versions.rows)
