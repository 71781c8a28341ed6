"""An answer that is not given yet: what was typed and attached, and how it stands on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sync.register.handling.answers import AnswerKind, Attachment
from sync.register.handling.confidential import Confidential
from sync.register.kept_words import FormPlace, KeptForm, KeptWords, Typed
from sync.register.photos.formats import FileFormat
from sync.store.answer_files import AnswerFile


@dataclass(frozen=True, slots=True)
class BegunAnswer:
    """It is there again when its message is.

    ``offered`` is the text that it began with by itself; marks of ``by_hand`` a person has judged.
    ``found_at`` is when an earlier start has written it.
    """

    kind: AnswerKind = AnswerKind.SOLVED
    text: str = ""
    planned: str = ""
    measures: str = ""
    grounds: str = ""
    files: tuple[AnswerFile, ...] = ()
    marked: frozenset[Confidential] = frozenset()
    by_hand: frozenset[Confidential] = frozenset()
    offered: str = ""
    found_at: datetime | None = None

    @property
    def is_typed(self) -> bool:
        """Whether there is anything to be kept."""
        text = "" if self.text == self.offered else self.text
        typed = (text, self.planned, self.measures, self.grounds)
        return bool(self.files) or any(each.strip() for each in typed)

    def as_kept(self, message_id: UUID) -> dict[FormPlace, Typed]:
        """What stands on the disk of it: its words, and each file as a part of its own."""
        subject = str(message_id)
        words = {
            "kind": self.kind.value,
            "text": self.text,
            "planned": self.planned,
            "measures": self.measures,
            "grounds": self.grounds,
            "marked": sorted(self.marked),
            "by_hand": sorted(self.by_hand),
            "offered": self.offered,
        }
        files = {
            FormPlace(KeptForm.ANSWER, subject, part): Typed(
                {"name": file.attachment.name, "format": file.attachment.format.value},
                file.content,
            )
            for part, file in enumerate(self.files, start=1)
        }
        return {FormPlace(KeptForm.ANSWER, subject): Typed(words), **files}


def begun_of(found: Sequence[KeptWords]) -> dict[UUID, BegunAnswer]:
    """The answers as they were when they were kept, by their messages."""
    ordered = sorted(found, key=lambda one: (one.place.subject, one.place.part))
    return {
        UUID(subject): _begun(tuple(parts))
        for subject, parts in groupby(ordered, key=lambda one: one.place.subject)
    }


def _begun(parts: tuple[KeptWords, ...]) -> BegunAnswer:
    first, *files = parts
    words = first.typed.words
    return BegunAnswer(
        kind=AnswerKind(words["kind"]),
        text=words["text"],
        planned=words["planned"],
        measures=words["measures"],
        grounds=words["grounds"],
        files=tuple(map(_file, files)),
        marked=frozenset(map(Confidential, words["marked"])),
        by_hand=frozenset(map(Confidential, words["by_hand"])),
        offered=words["offered"],
        found_at=max(one.at for one in parts),
    )


def _file(kept: KeptWords) -> AnswerFile:
    words, content = kept.typed.words, kept.typed.content
    return AnswerFile(Attachment(words["name"], FileFormat(words["format"])), content or b"")
