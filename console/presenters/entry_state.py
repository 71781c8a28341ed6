"""What the editor shows of an entry: its form, its preview, its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from console import words
from console.presenters.entry_form import changed_fields
from console.presenters.hit_rows import HitRow
from console.presenters.text_difference import Comparison, compared
from kb.changes import Revision
from kb.entries import EntryKind


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A version: its number, what was changed, by whom and when; 0 is the draft."""

    number: int
    what: str
    who: str
    version: str
    icon: str
    role: str


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
        f"{words.editing.changed_fields(kind, (name,))}: {fields[name].strip() or '—'}"
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
        what=words.editing.history_what(one.action, one.number, one.entry.kind, names),
        who=words.editing.history_who(one.by, one.at.astimezone(zone)),
        version=words.editing.version(one.number),
        icon="check" if names == ("checked_on",) else icon,
        role="text-2",
    )


def draft_row(kind: EntryKind, changed: Sequence[str], by: str) -> HistoryRow:
    """The row of what is typed and not published."""
    what = words.editing.changed_fields(kind, changed)
    return HistoryRow(0, what, by, words.editing.draft(), "note-pencil", "warn")
