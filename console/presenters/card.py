"""The card in front: turns the record into fields and what is typed into the next record."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from console import words
from console.presenters.caller_history import CallerKnown
from console.presenters.classifier import Classifier
from console.presenters.desk import DeskPresenter
from console.presenters.desk_state import DeskState
from console.presenters.live_calls import LineState
from console.presenters.person_entry import (
    NOTHING,
    ReadLine,
    email_line,
    name_line,
    next_reading,
    phone_line,
)
from sync.register import calls
from sync.register.calls import CallRecord, CallResult
from sync.register.email_reading import read_email
from sync.register.hand_made import is_apart
from sync.register.known_persons import name_text
from sync.register.name_reading import split_name
from sync.register.part_of_day import PartOfDay, part_of_day
from sync.register.phones import canonical_phone
from sync.register.values import Absence, PersonName, canonical_email

TECHNICAL = (CallResult.DROPPED, CallResult.SILENT, CallResult.WRONG_NUMBER)
"""In the order of the key; of what is no call of its own the last alone: opened by mistake."""
TECHNICAL_SAVE_MS = 1200  # time to press Ctrl+0 once more; within the two seconds of such a call


@dataclass(frozen=True, slots=True)
class UsedRow:
    """A directory entry used for the answer, as the card lists it."""

    key: str
    title: str
    icon: str
    role: str
    note: str


@dataclass(frozen=True, slots=True)
class CardState:
    """All that the card shows; ``problems`` maps a field to what is wrong with it."""

    key: str = ""  # changes with the record, so that fields know a new one from an edited one
    title: str = ""
    subtitle: str = ""
    draft: str = ""
    name: str = ""
    name_absent: bool = False
    name_read: ReadLine = NOTHING
    concerned: str = ""
    phone: str = ""
    phone_absent: bool = False
    phone_read: ReadLine = NOTHING
    email: str = ""
    email_absent: bool = False
    email_read: ReadLine = NOTHING
    content: str = ""
    category: str = ""
    category_text: str = ""
    greeting: str = ""  # by name and time of day, to be said
    route: str = ""
    known: str = ""
    known_detail: str = ""
    used: tuple[UsedRow, ...] = ()
    result: str | None = None
    technical: str | None = None
    promise: str = ""
    save_word: str = ""
    may_make_message: bool = True
    is_apart: bool = False  # no call of its own: made by hand, or a further question
    problems: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed of the person into one card, as it was typed.

    ``in_field`` is the field that is being typed into: it is read when it is left.
    """

    card_id: UUID | None = None
    name: str = ""
    phone: str = ""
    in_field: str = ""

    def name_of(self, name: str) -> str:
        """The line as it was typed, where this name was read from it, else the name itself."""
        return self.name if sorted(_words(self.name)) == sorted(_words(name)) else name


class CardPresenter(QObject):
    """Fields in, records out; the desk keeps the record and writes it."""

    changed = Signal(object)  # CardState
    categories_changed = Signal()
    save_due = Signal()  # a technical result was chosen and the call is over: nothing is left to do

    def __init__(
        self,
        desk: DeskPresenter,
        classifier: Classifier,
        *,
        zone: ZoneInfo,
        area_code: str,
        technical_save_ms: int = TECHNICAL_SAVE_MS,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._zone = zone
        self._area_code = area_code
        self._classifier = classifier
        self._promise = ""
        self._promised_for: object = None
        self._known: CallerKnown | None = None
        self._state = CardState(save_word=words.cards.save())
        self._technical: CallRecord | None = None  # as it was when its result was chosen
        self._technical_pause = QTimer(self)
        self._technical_pause.setSingleShot(True)
        self._technical_pause.setInterval(technical_save_ms)
        self._technical_pause.timeout.connect(self._save_technical)
        self._typed = _Typed()
        # Typed into an answered call whose record is still being written.
        self._typed_ahead = ""
        self._chosen_ahead = ""
        self._beside: tuple[object, ...] = ()  # what the state was made of, but for the content
        desk.changed.connect(self._desk_changed)
        classifier.changed.connect(self.categories_changed)
        classifier.changed.connect(lambda: self._refresh(desk.state))

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
        self._refresh(self._desk.state)

    def forget_promise(self, call_id: UUID | None) -> None:
        """What was to be told of this call's message holds no more: it is not registered."""
        if call_id is not None and call_id == self._promised_for:
            self._promise = ""
            self._refresh(self._desk.state)

    def show_known(self, known: CallerKnown) -> None:
        """Show what is known of the caller, while this is his card."""
        self._known = known
        self._refresh(self._desk.state)

    # --- what is typed ---

    def set_name(self, text: str) -> None:
        """A whole name in one line; how it was read is shown while it is typed."""
        card = self._desk.state.card
        if card is not None:
            self._typed = replace(self._typed_into(card), name=text)
            name = split_name(text)
            self._change(calls.edit(card, name=Absence.NOT_ASKED if name.is_empty else name))

    def name_left(self) -> None:
        """On leaving the field its words stand in their order, with their capitals."""
        self._refresh(self._desk.state)

    def mend_name(self) -> None:
        """Put the letters that are meant, or read the same words in another way."""
        card = self._desk.state.card
        if card is None or isinstance(card.name, Absence):
            return
        typed = self._typed_into(card).name or name_text(card.name)
        line = name_line(card.name, typed)
        if line.put:
            self._typed = replace(self._typed_into(card), name=line.put)
            self._change(calls.edit(card, name=split_name(line.put)))
        elif line.offer:
            self._typed = replace(self._typed_into(card), name=typed)
            self._change(calls.edit(card, name=next_reading(card.name, typed)))

    def set_name_absent(self, absent: bool) -> None:
        card = self._desk.state.card
        if card is not None:
            value = Absence.NOT_GIVEN if absent else Absence.NOT_ASKED
            self._change(calls.edit(card, name=value))

    def toggle_name(self) -> None:
        card = self._desk.state.card
        if card is not None:
            self.set_name_absent(card.name is not Absence.NOT_GIVEN)

    def set_concerned(self, text: str) -> None:
        """Whom the matter is about, where the caller speaks for somebody else."""
        card = self._desk.state.card
        if card is not None:
            self._change(calls.edit(card, concerned=text.strip()))

    def set_phone(self, text: str) -> None:
        card = self._desk.state.card
        if card is not None:
            self._typed = replace(self._typed_into(card), phone=text.strip(), in_field="phone")
            self._change(calls.edit(card, phone=text if text.strip() else Absence.NOT_ASKED))

    def phone_left(self) -> None:
        """On leaving the field a number takes its canonical form, where it has one."""
        card = self._desk.state.card
        if card is not None and not isinstance(card.phone, Absence):
            self._leave(card, self._with_canonical_phone(card))

    def set_phone_absent(self, absent: bool) -> None:
        card = self._desk.state.card
        if card is not None:
            value = Absence.NOT_GIVEN if absent else Absence.NOT_ASKED
            self._change(calls.edit(card, phone=value))

    def toggle_phone(self) -> None:
        card = self._desk.state.card
        if card is not None:
            self.set_phone_absent(card.phone is not Absence.NOT_GIVEN)

    def set_email(self, text: str) -> None:
        card = self._desk.state.card
        if card is not None:
            value = text.strip()
            self._typed = replace(self._typed_into(card), in_field="email")
            self._change(calls.edit(card, email=value or Absence.NOT_ASKED))

    def email_left(self) -> None:
        """On leaving the field the address is read: what to say back, or what looks wrong."""
        card = self._desk.state.card
        if card is not None and not isinstance(card.email, Absence):
            self._leave(card, _with_canonical_email(card))

    def settle(self) -> None:
        """Take every field as if it were left, before the record is closed."""
        card = self._desk.state.card
        if card is not None:
            self._leave(card, _with_canonical_email(self._with_canonical_phone(card)))

    def _leave(self, card: CallRecord, read: CallRecord) -> None:
        """Nobody types in a field of the card any more; ``read`` is the card as it is now."""
        self._typed = replace(self._typed_into(card), in_field="")
        if read != card:
            self._change(read)
        else:
            self._refresh(self._desk.state)

    def _with_canonical_phone(self, card: CallRecord) -> CallRecord:
        if isinstance(card.phone, Absence):
            return card
        canonical = canonical_phone(card.phone, self._area_code)
        if canonical is None or canonical == card.phone:
            return card
        return calls.edit(card, phone=canonical)

    def mend_email(self) -> None:
        """Put the address that is proposed; one that is still typed is read first."""
        card = self._desk.state.card
        if card is None or isinstance(card.email, Absence):
            return
        proposal = read_email(card.email).proposal
        if self._typed_into(card).in_field == "email":
            self.email_left()
        elif proposal is not None:
            self._change(calls.edit(card, email=proposal))

    def set_email_absent(self, absent: bool) -> None:
        card = self._desk.state.card
        if card is not None:
            value = Absence.NOT_GIVEN if absent else Absence.NOT_ASKED
            self._change(calls.edit(card, email=value))

    def toggle_email(self) -> None:
        card = self._desk.state.card
        if card is not None:
            self.set_email_absent(card.email is not Absence.NOT_GIVEN)

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
            self._change(calls.remove_entry(card, key))

    def choose_result(self, value: str) -> None:
        """Choose a result, also while the record of the call that is up is still being read."""
        if self._desk.state.card is None:
            if self._desk.state.line is LineState.TALKING:
                self._chosen_ahead = value
        elif value == "technical":
            self.choose_next_technical()
        else:
            self._desk.set_result(CallResult(value))

    def choose_technical(self, value: str) -> None:
        self._choose_technical(CallResult(value))

    def choose_next_technical(self) -> None:
        """Ctrl+0 chooses a technical result; pressed again, the next one."""
        card = self._desk.state.card
        if card is None:
            return
        order = TECHNICAL[-1:] if is_apart(card) else TECHNICAL
        if card.result in order:
            self._choose_technical(order[(order.index(card.result) + 1) % len(order)])
        else:
            self._choose_technical(order[0])

    def _choose_technical(self, result: CallResult) -> None:
        """Nothing more is asked of a call that is over: it is saved unless more is done to it."""
        self._desk.set_result(result)
        self._technical = self._desk.state.card
        if self._technical is not None and self._technical.ended_at is not None:
            self._technical_pause.start()
            self._refresh(self._desk.state)

    def _save_technical(self) -> None:
        if self._technical is not None and self._technical == self._desk.state.card:
            self.save_due.emit()
        self._refresh(self._desk.state)

    def _typed_into(self, card: CallRecord) -> "_Typed":
        return self._typed if self._typed.card_id == card.id else _Typed(card.id)

    def _change(self, card: CallRecord) -> None:
        self._desk.change_card(card)

    # --- what is shown ---

    def _desk_changed(self, desk: DeskState) -> None:
        """Of a letter typed into the content the card shows the content anew, and nothing else."""
        card = desk.card
        if (
            card is None
            or self._technical_pause.isActive()  # any change takes it back
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
            self._typed,
            self._part_of_day(),
        )

    def _part_of_day(self) -> PartOfDay:
        return part_of_day(self._clock().astimezone(self._zone).time())

    def _refresh(self, desk: DeskState) -> None:
        card = desk.card
        if card != self._technical:
            self._technical_pause.stop()
        if card is None:
            if desk.line is not LineState.TALKING:
                self._typed_ahead = self._chosen_ahead = ""
            self._beside = ()
            self._state = CardState(content=self._typed_ahead, save_word=words.cards.save())
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
            self._state = self._shown(desk, card)
        self.changed.emit(self._state)

    def _shown(self, desk: DeskState, card: CallRecord) -> CardState:
        known = self._known
        if known is None or known.card_id != card.id:
            known = CallerKnown(card.id, "", "")
        typed = self._typed_into(card)
        name = "" if isinstance(card.name, Absence) else name_text(card.name)
        technical = card.result is not None and card.result.is_technical
        return CardState(
            key=str(card.id),
            title=words.cards.card_title(card),
            subtitle=words.cards.card_subtitle(card, self._zone),
            draft="" if desk.store_failed else words.cards.draft_saved(desk.saved_at, self._zone),
            name=name,
            name_absent=card.name is Absence.NOT_GIVEN,
            name_read=name_line(card.name, typed.name_of(name)),
            concerned=card.concerned,
            phone="" if isinstance(card.phone, Absence) else words.formats.phone_text(card.phone),
            phone_absent=card.phone is Absence.NOT_GIVEN,
            phone_read=NOTHING
            if typed.in_field == "phone"
            else phone_line(card, typed.phone, self._area_code),
            email="" if isinstance(card.email, Absence) else card.email,
            email_absent=card.email is Absence.NOT_GIVEN,
            email_read=NOTHING if typed.in_field == "email" else email_line(card),
            content=card.content,
            category=card.category or "",
            category_text=self._category_text(card),
            greeting=self._greeting(card.name),
            route=_route(card),
            known=known.line,
            known_detail=known.detail,
            used=tuple(
                _used_row(entry.key, entry.kind, entry.title) for entry in card.used_entries
            ),
            result="technical" if technical else (card.result.value if card.result else None),
            technical=card.result.value if card.result and technical else None,
            promise=self._promise if self._promised_for == card.id else "",
            save_word=self._save_word(desk),
            may_make_message=card.message_id is None,
            is_apart=is_apart(card),
            problems={
                words.cards.problem_field(problem): words.cards.card_problem(problem)
                for problem in desk.problems
            },
        )

    def _greeting(self, name: PersonName | Absence) -> str:
        called = "" if isinstance(name, Absence) else name.called
        return words.greeting.greeting_by_name(self._part_of_day(), called)

    def _save_word(self, desk: DeskState) -> str:
        if self._technical_pause.isActive():
            return words.cards.saves_itself()
        return words.cards.save_at_end() if desk.closes_at_end else words.cards.save()

    def _category_text(self, card: CallRecord) -> str:
        if card.category:
            return self._classifier.texts.get(card.category, card.category)
        return self._classifier.topic_title(card.topic or "")


def _words(name: str) -> list[str]:
    return name.casefold().split()


def _used_row(key: str, kind: str, title: str) -> UsedRow:
    match kind:
        case "question":
            return UsedRow(key, title, "chat-text", "accent", words.cards.typical_answer())
        case "unit":
            return UsedRow(key, title, "bank", "ok", words.cards.contacts())
        case "person":
            return UsedRow(key, title, "user", "ok", words.cards.contacts())
        case "service" | "procedure":  # the latter in records of the first version
            return UsedRow(key, title, "files", "wrap", words.cards.service())
        case "script" if key.startswith(calls.INCIDENT_KEY):
            return UsedRow(key, title, "megaphone", "warn", words.incidents.script())
        case "script":
            return UsedRow(key, title, "scales", "ok", words.cards.contacts())
        case _:
            raise ValueError(f"unknown kind of entry: {kind}")


def _route(card: CallRecord) -> str:
    """The line that was dialled and the way from there, where the network told of a way."""
    came = words.calls.route(card.route)
    if not came:
        return ""
    return " · ".join(
        filter(None, (card.dialled_line and words.calls.line(card.dialled_line), came))
    )


def _with_canonical_email(card: CallRecord) -> CallRecord:
    if isinstance(card.email, Absence) or canonical_email(card.email) == card.email:
        return card
    return calls.edit(card, email=canonical_email(card.email))


def _followed(content: str, typed: str) -> str:
    """What was typed behind what stood there, never glued to its last word."""
    is_apart = not content or content[-1].isspace() or typed[0].isspace()
    return content + typed if is_apart else f"{content} {typed}"
