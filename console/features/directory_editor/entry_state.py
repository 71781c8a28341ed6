"""State of the entry open in the editor: base version, changes, history, conflicts, view state."""

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
    """Entry that is open in the editor; ``based_on`` is the edited version's number, 0 if new."""

    def __init__(self, base: Entry, based_on: int, draft: EntryDraft | None) -> None:
        self.base = base
        self.based_on = based_on
        typed = {} if draft is None else draft.fields
        self.fields = {name: typed.get(name, text) for name, text in fields_of(base).items()}
        self.has_draft = draft is not None
        self.kept_at: datetime | None = None
        """Time of the last save of the draft; None if no input was saved since the entry was
        opened.
        """
        self.shows_problems = False
        self.shown_number = 0
        """Number of the version in the preview; 0 is the current input."""

    @property
    def id(self) -> str:
        return self.base.id

    @property
    def is_changed(self) -> bool:
        return fields_of(self.base) != self.fields

    def changed_names(self) -> list[str]:
        """Returns the names of the fields in which the input differs from the base version."""
        return [name for name, text in fields_of(self.base).items() if self.fields[name] != text]

    def draft(self, by_id: str, *, is_unsent: bool) -> EntryDraft:
        """Returns the input as a draft of this editor."""
        return EntryDraft(
            self.base.id,
            self.base.kind,
            by_id,
            self.based_on,
            dict(self.fields),
            is_unsent=is_unsent,
        )

    def take_published(self, entry: Entry, number: int) -> bool:
        """Makes the published version the base; returns whether there is input made since
        publishing.
        """
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
        """Makes the newest version the base and reapplies the editor's changes to it."""
        self.fields = merged(fields_of(self.base), self.fields, fields_of(newest.entry))
        self.base, self.based_on = newest.entry, newest.number


@dataclass(frozen=True, slots=True)
class EditorState:
    """View state of the form and its side panel; a new ``key`` makes the form load its
    texts again.
    """

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
    comparison: Comparison | None = None  # differing texts of both editors
    theirs: str = ""  # author and time of the other version
    unsent: str = ""  # reason why the entry is still unpublished
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
    """Compares the texts of two editors in the fields that differ, with field names."""
    names = [name for name in theirs if mine[name].strip() != theirs[name].strip()]
    return compared(_with_names(kind, mine, names), _with_names(kind, theirs, names))


def _with_names(kind: EntryKind, fields: Mapping[str, str], names: Sequence[str]) -> str:
    return "\n".join(
        f"{directory_editor_words.changed_fields(kind, (name,))}: {fields[name].strip() or '—'}"
        for name in names
    )


def version_rows(history: Sequence[Revision], zone: ZoneInfo) -> tuple[HistoryRow, ...]:
    """Returns the history rows of the versions, newest first."""
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
    """Returns the history row of the unpublished input."""
    what = directory_editor_words.changed_fields(kind, changed)
    return HistoryRow(0, what, by, directory_editor_words.draft(), "note-pencil", "warn")


class EntryVersions:
    """History of one entry, oldest version first.

    Its rows are built when the history changes, not at every keystroke.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self.all: tuple[Revision, ...] = ()
        self.rows: tuple[HistoryRow, ...] = ()

    @property
    def newest(self) -> Revision | None:
        return self.all[-1] if self.all else None

    def use(self, history: tuple[Revision, ...]) -> None:
        """Replaces the known versions."""
        self.all = history
        self.rows = version_rows(history, self._zone)

    def add(self, history: tuple[Revision, ...]) -> None:
        """Adds versions; a version with a known number is replaced."""
        known = {one.number: one for one in (*self.all, *history) if one.number}
        self.use(tuple(known[number] for number in sorted(known)) or history)

    def end_with(self, newest: Revision) -> None:
        """Makes this the newest version and removes higher numbers.

        The removed versions no longer exist: the central database has lost them.
        """
        self.use((*(one for one in self.all if one.number < newest.number), newest))

    def is_behind(self, based_on: int) -> bool:
        """Whether the newest version has another number than ``based_on``."""
        return self.newest is not None and self.newest.number != based_on

    def entry_of(self, number: int) -> Entry | None:
        """Returns the entry as of the version with this number, or None."""
        return next((one.entry for one in self.all if one.number == number), None)

    # --- changes by other editors ---

    def told(self, base: Entry) -> str:
        """Returns a text with author, time and changed fields of the newest version.

        The fields are compared with ``base``. Empty without a version.
        """
        newest = self.newest
        if newest is None:
            return ""
        names = changed_fields(base, newest.entry)
        return directory_editor_words.changed_meanwhile(
            newest.by, newest.at, base.kind, names, self._zone
        )

    def whose(self) -> str:
        """Returns a text with author and time of the newest version; empty without a version."""
        newest = self.newest
        if newest is None:
            return ""
        return directory_editor_words.history_who(newest.by, newest.at.astimezone(self._zone))

    def compared(self, fields: Mapping[str, str]) -> Comparison | None:
        """Compares the input with the newest version; None if the entry has no version."""
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
    """Builds the view state of the entry that the editor ``by_name`` has open.

    ``now`` is in the time zone of the city. ``unsent`` is the reason why the entry has not reached
    the central database, empty if there is none.
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
    """Returns a notice with its colour role; the notice is empty if there is none.

    It states that the entry is closed, is overdue for a check, or is a topic that the operator may
    not change.
    """
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
