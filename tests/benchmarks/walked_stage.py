"""A desk of the monkey test: a console that reports its view state, set up at random too."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Self

from sync.register.handling.answers import Answer, AnswerKind
from sync.register.handling.events import Step as Of
from sync.register.handling.step_facts import AnswerGiven
from tests.fakes.console_stage import ConsoleStage
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.led_messages import ORGAN, bring_message, stopped_store
from tests.fakes.prepared_desk import LOGIN, PASSWORD
from tests.fakes.registered_line import line_settings

MESSAGES = 6


@dataclass(frozen=True, slots=True)
class Workplace:
    """A workplace: its code and DSN at the central database, if any, its line, its operator."""

    code: str
    line: str
    login: str = LOGIN
    dsn: str | None = None


class WalkedStage(ConsoleStage):
    """The operator signs in by login and password, at each start."""

    def __init__(
        self, folder: Path, proxy: KamailioProxy, place: Workplace, thrown: Random
    ) -> None:
        desk: dict[str, str | int] = {
            "card_at": thrown.choice(("ring", "answer")),
            "text_scale": thrown.choice((1, 1, 2)),
            "language": thrown.choice(("ru", "ru", "en")),
        }
        states: dict[str, str | int] = {"wrap_up_s": thrown.choice((0, 3, 45))}
        settings = {**line_settings(proxy, user=place.line), "desk": desk, "states": states}
        if place.dsn is not None:
            settings |= {"central": {"dsn": place.dsn}, "workplace": {"code": place.code}}
        super().__init__(folder, settings=settings)
        self.place = place
        self.program = ("-m", "tests.benchmarks.told_console", str(folder / "told.json"))

    def __enter__(self) -> Self:
        if self.place.dsn is None:
            bring_messages(self)
        try:
            self.open()
            self._sign_in()
            if self.place.dsn is not None:
                # her register is made when she has signed in for the first time
                self.kill_console()
                bring_messages(self)
                self.start_again()
        except BaseException:
            self._leave(failed=True)
            raise
        return self

    def start_again(self) -> None:
        self.start_console()
        self._sign_in()

    def _sign_in(self) -> None:
        self.wait_for("started")
        self._type_fields((self.place.login, PASSWORD))
        self._wait_for_phone()

    def refuse_bugs(self) -> None:
        """The monkey test checks bugs itself."""


def bring_messages(desk: WalkedStage) -> None:
    """Brings messages without and with an answer; the monkey test creates others."""
    answer = AnswerGiven(Answer(AnswerKind.SOLVED, "Яма заделана.", ORGAN))
    first = int(desk.place.code) * 100
    with stopped_store(desk) as store:
        for index in range(first + 1, first + MESSAGES + 1):
            steps = ((Of.RECEIVE_ANSWER, answer),) if index % 2 else ()
            bring_message(store, index, f"Яма на дороге у дома {index}", steps=steps)
