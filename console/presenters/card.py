"""The card in front: turns the record into fields and what is typed into the next record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from console.presenters.caller_history import CallerKnown
from console.presenters.card_person import CardPerson
from console.presenters.card_state import CardState, no_card, shown_card
from console.presenters.classifier import Classifier
from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import DeskState
from console.presenters.live_calls import LineState
from console.presenters.technical_result import SAVE_AFTER_MS, TechnicalResult
from sync.register import calls, used_entries
from sync.register.calls import CallRecord, CallResult
from sync.register.part_of_day import PartOfDay, part_of_day


class CardPresenter(QObject):
    """Fields in, records out; the desk keeps the record and writes it.

    ``person`` has the fields of who calls, ``technical`` the results of calls without a talk.
    """

    changed = Signal(object)  # CardState
    categories_changed = Signal()

    def __init__(
        self,
        desk: DeskPresenter,
        classifier: Classifier,
        *,
        zone: ZoneInfo,
        area_code: str,
        technical_save_ms: int = SAVE_AFTER_MS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._zone = zone
        self._classifier = classifier
        self._promise = ""
        self._promised_for: object = None
        self._known: CallerKnown | None = None
        self._state = no_card("")
        self.person = CardPerson(desk, area_code, self._show)
        self.technical = TechnicalResult(
            desk, self._show, save_after_ms=technical_save_ms, parent=self
        )
        # Typed into an answered call whose record is still being written.
        self._typed_ahead = ""
        self._chosen_ahead = ""
        self._beside: tuple[object, ...] = ()  # what the state was made of, but for the content
        desk.changed.connect(self._desk_changed)
        classifier.changed.connect(self.categories_changed)
        classifier.changed.connect(self._show)

    @property
    def state(self) -> CardState:
        return self._state

    def categories(self) -> dict[str, str]:
        """Category key to «Тема › Категория», for the field's completer."""
        return dict(self._classifier.texts)

    def show_promise(self, text: str) -> None:
        """Show what the operator is to tell this caller before the end, after what he is already.

        A call with two questions has two messages, and both numbers are to be told.
        """
        card = self._desk.state.card
        promised_for = None if card is None else card.id
        earlier = self._promise if promised_for == self._promised_for else ""
        self._promise = f"{earlier}\n{text}".strip()
        self._promised_for = promised_for
        self._show()

    def forget_promise(self, call_id: UUID | None) -> None:
        """What was to be told of this call's message holds no more: it is not registered."""
        if call_id is not None and call_id == self._promised_for:
            self._promise = ""
            self._show()

    def show_known(self, known: CallerKnown) -> None:
        """Show what is known of the caller, while this is his card."""
        self._known = known
        self._show()

    # --- what is typed ---

    def set_content(self, text: str) -> None:
        card = self._desk.state.card
        if card is not None:
            self._change(calls.edit(card, content=text))
        elif self._desk.state.line is LineState.TALKING:
            self._typed_ahead = text

    def set_category(self, key: str) -> None:
        self._desk.set_topic(self._classifier.category(key))

    def remove_used(self, key: str) -> None:
        card = self._desk.state.card
        if card is not None:
            self._change(used_entries.remove_entry(card, key))

    def choose_result(self, value: str) -> None:
        """Choose a result, also while the record of the call that is up is still being read."""
        if self._desk.state.card is None:
            if self._desk.state.line is LineState.TALKING:
                self._chosen_ahead = value
        elif value == "technical":
            self.technical.choose_next()
        else:
            self._desk.set_result(CallResult(value))

    def _change(self, card: CallRecord) -> None:
        self._desk.change_card(card)

    # --- what is shown ---

    def _desk_changed(self, desk: DeskState) -> None:
        """Of a letter typed into the content the card shows the content anew, and nothing else."""
        card = desk.card
        if (
            card is None
            or self.technical.saves_itself  # any change takes it back
            or self._beside_content(desk, card) != self._beside
        ):
            self._refresh(desk)
        else:
            self._state = replace(self._state, content=card.content)
            self.changed.emit(self._state)

    def _beside_content(self, desk: DeskState, card: CallRecord) -> tuple[object, ...]:
        """All that the state is made of, but for the content and for what calls ``_refresh``."""
        return (
            replace(card, content="", first_key_at=None),
            desk.saved_at,
            desk.store_failed,
            desk.closes_at_end,
            desk.problems,
            self.person.typed,
            self._part_of_day(),
        )

    def _part_of_day(self) -> PartOfDay:
        return part_of_day(self._clock().astimezone(self._zone).time())

    def _show(self) -> None:
        self._refresh(self._desk.state)

    def _refresh(self, desk: DeskState) -> None:
        card = desk.card
        self.technical.follow(card)
        if card is None:
            if desk.line is not LineState.TALKING:
                self._typed_ahead = self._chosen_ahead = ""
            self._beside = ()
            self._state = no_card(self._typed_ahead)
        else:
            typed_ahead, self._typed_ahead = self._typed_ahead, ""
            chosen, self._chosen_ahead = self._chosen_ahead, ""
            if typed_ahead:
                # A call that was taken over has words already; none of both is lost.
                self._change(calls.edit(card, content=_followed(card.content, typed_ahead)))
            if chosen:
                self.choose_result(chosen)
            if typed_ahead or chosen:
                return  # The change brings its own state.
            self._beside = self._beside_content(desk, card)
            self._state = shown_card(
                desk,
                card,
                self.person.read(card),
                self._known,
                self._classifier,
                promise=self._promise if self._promised_for == card.id else "",
                saves_itself=self.technical.saves_itself,
                now=self._part_of_day(),
                zone=self._zone,
            )
        self.changed.emit(self._state)


def _followed(content: str, typed: str) -> str:
    """What was typed behind what stood there, never glued to its last word."""
    is_apart = not content or content[-1].isspace() or typed[0].isspace()
    return content + typed if is_apart else f"{content} {typed}"
