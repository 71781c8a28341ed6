"""The entry whose form is open: the version it was made of, and what was typed since."""

from datetime import datetime

from console.presenters.entry_form import fields_of, merged
from kb.changes import Revision
from kb.drafts import EntryDraft
from kb.entries import Entry


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
