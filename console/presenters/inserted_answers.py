"""What was put into cards by the directory, to be told from what a caller has said."""

from uuid import UUID

from sync.register.calls import CallRecord

MOST_CARDS = 32  # of the calls at hand; messages of older ones were begun long ago


class InsertedAnswers:
    """Remembers the texts word by word as they were put in, while the program runs."""

    def __init__(self) -> None:
        self._texts: dict[UUID, tuple[str, ...]] = {}

    def note(self, before: CallRecord, after: CallRecord) -> None:
        """Between these two versions of a card an answer was put into it."""
        added = after.content.removeprefix(before.content.rstrip()).strip()
        if not added or after.content == before.content:
            return
        self._remember(after.id, (*self._texts.pop(after.id, ()), added))

    def knows(self, card_id: UUID) -> bool:
        """Whether an answer was put into the card while the program runs, or is told of since."""
        return card_id in self._texts

    def tell(self, card_id: UUID, texts: tuple[str, ...]) -> None:
        """These have been put into the card before all that is known of it."""
        known = self._texts.pop(card_id, ())
        self._remember(card_id, (*(text for text in texts if text not in known), *known))

    def _remember(self, card_id: UUID, texts: tuple[str, ...]) -> None:
        self._texts[card_id] = texts
        while len(self._texts) > MOST_CARDS:
            self._texts.pop(next(iter(self._texts)))

    def said_by_caller(self, card: CallRecord) -> str:
        """The card's content without the answers; all of it where nothing else stands there.

        An answer that was changed afterwards is the operator's own text, and stays.
        """
        said = card.content
        # The last ones first, each at the end: a short one may stand in the caller's words too.
        for text in reversed(self._texts.get(card.id, ())):
            before, found, after = said.rpartition(text)
            if found:
                said = "\n".join(part for part in (before.rstrip(), after.strip()) if part)
        return said if said.strip() else card.content
