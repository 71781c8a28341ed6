"""What an operator types of the city's calendar and has not confirmed, and how it is kept."""

from dataclasses import dataclass
from datetime import datetime

from console.presenters.calendar_form import Draft, draft_of
from sync.register.kept_words import FormPlace, KeptForm, KeptWords, Typed

_PLACE = FormPlace(KeptForm.CALENDAR)


@dataclass(frozen=True, slots=True)
class BegunCalendar:
    """The form of an edit, or before it the path of a file.

    ``found_at`` is when an earlier start has written it.
    """

    draft: Draft | None = None
    path: str = ""
    found_at: datetime | None = None

    def as_kept(self) -> dict[FormPlace, Typed]:
        """What stands on the disk of it; nothing where nothing is typed."""
        if self.draft is not None:
            return {_PLACE: self.draft.as_kept()} if self.draft.is_typed else {}
        return {_PLACE: Typed({"path": self.path})} if self.path.strip() else {}


def begun_calendar_of(kept: KeptWords) -> BegunCalendar:
    """What was begun, as it was when it was kept."""
    texts = kept.typed.words
    if "path" in texts:
        return BegunCalendar(path=texts["path"], found_at=kept.at)
    return BegunCalendar(draft_of(texts), found_at=kept.at)
