"""Complaint: duplicates flood, and what is shown of the earlier one is too vague to decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from PIL import Image
from uuid_utils.compat import uuid7

from sync.register.handling.answers import Answer, AnswerKind
from sync.register.handling.events import Doer, Source, Step, person
from sync.register.handling.facts import AnswerGiven, Facts, NoFacts, Routed
from sync.register.handling.handled import StepDone
from sync.register.handling.states import State
from sync.register.photos.attached import MessagePhoto
from sync.store.handling import MessageHandling
from sync.store.photos import MessagePhotos
from sync.store.register import RegisterStore
from tests.fakes.console_stage import RING_LIMIT_S, STEP_LIMIT_S, ConsoleStage
from tests.fakes.led_messages import LIMIT_S, handled_after, stopped_store
from tests.fakes.photos import RED, file_of, judged_file, picture
from tests.fakes.records import filled, new_call, registered_message
from tests.fakes.sip_peers import BaresipCaller

OPEN_TEXT = "Не горит фонарь у второго подъезда. Темно третий вечер, дети падают на льду."
OVER_TEXT = "Не горит фонарь у арки, со стороны двора."
ANSWER = "Фонарь у арки заменён, проверен вечером."
CATEGORY, ORGAN = "power/street-light", "street-light"
NEARLY = 40


def bring(store: RegisterStore, index: int, text: str, place: str, *, closed: bool = False) -> UUID:
    """A message about a lamp, with a photo; open at its body, or answered and closed."""
    operator = store.operators()[0]
    rang_at = datetime.now(UTC) - timedelta(hours=index)
    card = store.open_card(new_call(index, rang_at), operator).result(LIMIT_S)
    made = replace(
        registered_message(card, uuid7()),
        text=text,
        place=place,
        category=CATEGORY,
        phone=f"+790055501{70 + index}",
    )
    draft = replace(made, state=State.DRAFT, submitted_at=None, registered_at=None)
    store.save_message(draft).result(LIMIT_S)
    photo = judged_file(file_of(picture(800, 600), "JPEG"))
    attached = MessagePhotos(store).attach(made.id, photo, operator).result(LIMIT_S)
    assert isinstance(attached, MessagePhoto)
    message, _card = store.register_message(made, filled(card), by=operator).result(LIMIT_S)
    handling = MessageHandling(store)
    steps: list[tuple[Step, Facts, Doer]] = [
        (Step.SEND_TO_ORGAN, Routed(ORGAN, ORGAN), person(operator))
    ]
    if closed:
        given = AnswerGiven(Answer(AnswerKind.SOLVED, ANSWER, ORGAN))
        steps += [
            (Step.RECEIVE_ANSWER, given, Source.PLATFORM),
            (Step.SEND_ANSWER, NoFacts(), person(operator)),
            (Step.CLOSE, NoFacts(), Source.SYSTEM),
        ]
    for step, facts, by in steps:
        assert isinstance(handling.take(message.id, step, by, facts).result(LIMIT_S), StepDone)
    return message.id


def red_pixels(desk: ConsoleStage, folder: Path, name: str) -> int:
    """How much of the photos' red quarter the display shows."""
    desk.picture(name)
    with Image.open(folder / f"{name}.png") as seen:
        colours = seen.convert("RGB").getcolors(1 << 24) or []
    return sum(
        count
        for count, colour in colours
        if isinstance(colour, tuple)
        and all(abs(part - red) < NEARLY for part, red in zip(colour, RED, strict=True))
    )


def ask(desk: ConsoleStage, caller: BaresipCaller) -> None:
    """A caller speaks of a lamp; what is known nearby comes by itself."""
    caller.dial(f"sip:100@{desk.address}")
    desk.wait_for("t_offer", RING_LIMIT_S)
    desk.answer()
    desk.type("фонарь не горит")
    desk.press("ctrl+3")
    desk.type("ул. Родниковая, д. 14")
    desk.press("Tab")
    while int(desk.wait_for("t_message_near", STEP_LIMIT_S)["found"]) < 2:
        pass


def test_the_known_message_is_shown_whole_and_one_key_ties_the_call(folder: Path) -> None:
    with ConsoleStage(folder) as desk:
        desk.kill_console()
        with stopped_store(desk) as store:
            opened = bring(store, 1, OPEN_TEXT, "ул. Родниковая, д. 14")
            over = bring(store, 2, OVER_TEXT, "ул. Родниковая", closed=True)
        desk.start_again()
        with BaresipCaller("+79005550151") as caller:
            ask(desk, caller)
            desk.wait_for("t_near_photos", STEP_LIMIT_S)
            assert red_pixels(desk, folder, "01-open") > 500, "its photo is seen"
            desk.press("ctrl+d")
            desk.wait_for("t_call_tied", STEP_LIMIT_S)
            desk.hang_up()
            desk.save()
        first = desk.newest_record()
        with BaresipCaller("+79005550152") as caller:
            ask(desk, caller)
            desk.wait_for("t_near_photos", STEP_LIMIT_S)
            desk.press("alt+l")  # the one that was closed of late, with what was answered
            assert red_pixels(desk, folder, "02-closed") > 500
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
