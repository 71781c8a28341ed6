"""Complaint: many duplicates, and too few details of the earlier message to decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from PIL import Image
from uuid_utils.compat import uuid7

from sync.register.handling.answers import Answer, AnswerKind
from sync.register.handling.events import Doer, Source, Step, person
from sync.register.handling.handled import StepDone
from sync.register.handling.photos import MessagePhoto
from sync.register.handling.step_facts import AnswerGiven, Facts, NoFacts
from sync.register.messages import State
from sync.register.numbering import MOSCOW
from sync.store.local.messages.handling import MessageHandling
from sync.store.local.messages.photos import MessagePhotos
from sync.store.local.register import RegisterStore
from tests.fakes.baresip import BaresipCaller
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.led_messages import LIMIT_S, handled_after, stopped_store
from tests.fakes.photos import Colour, file_of, judged_file, picture
from tests.fakes.records import filled, new_call, registered_message
from tests.fakes.rtp_peer import wait_until
from tests.fakes.screen_reader import Node, ScreenReader

OPEN_TEXT = "Не горит фонарь у второго подъезда. Темно третий вечер, дети падают на льду"
OVER_TEXT = "Не горит фонарь у арки, со стороны двора"
ANSWER = "Фонарь у арки заменён, проверен вечером"
TOLD = "фонарь не горит"
CATEGORY, ORGAN = "power/street-light", "street-light"
LIME, PINK = (170, 230, 40), (235, 110, 215)  # no colours of the window
NEARLY = 40
SEEN, NOT_SEEN = 500, 20  # pixels
OPEN_WORDS = ("тот же дом", OPEN_TEXT, "у органа · до ")
OVER_WORDS = ("та же улица", OVER_TEXT, ANSWER, "закрыто · ")


def hours_ago(hours: int) -> datetime:
    return datetime.now(UTC) - timedelta(hours=hours)


def bring(
    store: RegisterStore, index: int, text: str, place: str, colour: Colour, *, closed: bool = False
) -> UUID:
    """Returns a message about a lamp with a photo; open at its body, or answered and closed."""
    operator = store.operators()[0]
    rang_at = hours_ago(index)
    card = store.open_card(new_call(index, rang_at), operator).result(LIMIT_S)
    made = replace(
        registered_message(card, uuid7()),
        text=text,
        place=place,
        category=CATEGORY,
        unit=ORGAN,
        phone=f"+790055501{70 + index}",
    )
    draft = replace(made, state=State.DRAFT, submitted_at=None, registered_at=None)
    store.save_message(draft).result(LIMIT_S)
    photo = judged_file(file_of(picture(800, 600, colour=colour), "JPEG"))
    attached = MessagePhotos(store).attach(made.id, photo, operator).result(LIMIT_S)
    assert isinstance(attached, MessagePhoto)
    message, _card = store.register_message(made, filled(card), by=operator).result(LIMIT_S)
    handling = MessageHandling(store)
    steps: list[tuple[Step, Facts, Doer]] = []
    if closed:
        given = AnswerGiven(Answer(AnswerKind.SOLVED, ANSWER, ORGAN))
        steps = [
            (Step.RECEIVE_ANSWER, given, Source.PLATFORM),
            (Step.SEND_ANSWER, NoFacts(), person(operator)),
            (Step.CLOSE, NoFacts(), Source.SYSTEM),
        ]
    for step, facts, by in steps:
        assert isinstance(handling.take(message.id, step, by, facts).result(LIMIT_S), StepDone)
    return message.id


def pixels(folder: Path, name: str, wanted: Colour) -> int:
    """Returns the number of visible pixels of a photo's coloured quarter on the screenshot."""
    with Image.open(folder / f"{name}.png") as seen:
        colours = seen.convert("RGB").getcolors(1 << 24) or []
    return sum(
        count
        for count, colour in colours
        if isinstance(colour, tuple)
        and all(abs(part - one) < NEARLY for part, one in zip(colour, wanted, strict=True))
    )


def is_seen(desk: ConsoleStage, folder: Path, wanted: Colour) -> bool:
    desk.picture("02-closed")
    return pixels(folder, "02-closed", wanted) > SEEN


def tells(*words: str) -> Callable[[list[Node]], bool]:
    """Returns a condition: one related message is shown with all of these words."""
    return lambda nodes: any(
        node.name.startswith("№ ") and all(word in node.name for word in words) for node in nodes
    )


def ask(desk: ConsoleStage, caller: BaresipCaller, reader: ScreenReader) -> None:
    """A caller reports a lamp; related messages nearby are shown automatically."""
    caller.dial(f"sip:100@{desk.address}")
    desk.wait_for("t_offer", RING_LIMIT_S)
    desk.answer()
    desk.type(TOLD)
    reader.wait_until_written(TOLD)
    desk.press("ctrl+3")
    desk.type("ул. Родниковая, д. 14")
    desk.press("Tab")
    while int(desk.wait_for("t_message_near", STEP_LIMIT_S)["found"]) < 2:
        pass


def test_the_known_message_is_shown_whole_and_one_key_ties_the_call(
    folder: Path, reader: ScreenReader
) -> None:
    desk = ConsoleStage(folder)
    with stopped_store(desk) as store:
        since = f"с {hours_ago(1).astimezone(MOSCOW):%d.%m.%Y}"  # after midnight of the day before
        opened = bring(store, 1, OPEN_TEXT, "ул. Родниковая, д. 14", LIME)
        over = bring(store, 2, OVER_TEXT, "ул. Родниковая", PINK, closed=True)
    with desk:
        with BaresipCaller("+79005550151") as caller:
            ask(desk, caller, reader)
            desk.wait_for("t_near_photos", STEP_LIMIT_S)
            reader.wait_for(desk.console_pid, tells(since, *OPEN_WORDS), "the open one")
            reader.wait_for(desk.console_pid, tells(*OVER_WORDS), "the one that is over")
            desk.picture("01-open")
            assert pixels(folder, "01-open", LIME) > SEEN, "its photo is seen"
            assert pixels(folder, "01-open", PINK) < NOT_SEEN, "and no other's"
            desk.press("ctrl+d")
            desk.wait_for("t_call_tied", STEP_LIMIT_S)
            desk.hang_up()
            desk.save()
        first = desk.newest_record()
        with BaresipCaller("+79005550152") as caller:
            ask(desk, caller, reader)
            desk.wait_for("t_near_photos", STEP_LIMIT_S)
            desk.press("alt+l")  # the recently closed one, with its answer
            wait_until(lambda: is_seen(desk, folder, PINK), timeout_s=STEP_LIMIT_S)
            assert pixels(folder, "02-closed", LIME) < NOT_SEEN
            desk.press("ctrl+d")
            desk.wait_for("t_call_tied", STEP_LIMIT_S)
            desk.hang_up()
            desk.save()
        second = desk.newest_record()
        of_opened = handled_after(desk, opened)
        with stopped_store(desk) as store:
            of_over = MessageHandling(store).handled(over)

    assert (first["message_id"], second["message_id"]) == (str(opened), str(over))
    assert first["result"] == second["result"] == "message"
    assert UUID(first["id"]) in of_opened.standing.call_ids
    assert of_over is not None
    assert UUID(second["id"]) in of_over.standing.call_ids
    assert (of_opened.standing.state, of_over.standing.state) == (State.AT_ORGAN, State.CLOSED)
