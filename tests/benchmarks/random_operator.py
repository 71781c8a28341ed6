"""Monkey test: an operator who presses any key at any time, to find faults that other tests miss.

    python -m tests.benchmarks.random_operator [--minutes 10] [--seed 1] [--centre]
        [--operators 2] [--replay FILE...]

Runs a real console on a separate display with real keys, a line at a real proxy, and three foreign
phones that call, hold and hang up; with a central database also a PostgreSQL that stops and
restarts. Steps are random: all keys of the map, typed text, clicks, calls, the sign-in, and killed
consoles and phone processes, at a workplace with random settings. After each step the window must
respond. Input of cards and forms must be saved a second later, and be restored after a kill. At
each pause Esc must lead back to the workspace, and store, forms and phone must agree with each
other and with the callers' phones.

Two operators work at two workplaces of one central database, each with separate random steps, and
pause together: then both must have the same missed and scheduled calls, incidents and entries, and
the central database has each record once and the steps in the order of both workplaces. The first
fault ends the run with exit status 1. The folder remains, with a picture, the logs and the steps;
``--replay`` repeats the steps with the same seed (for two operators, pass both files). Shorten the
file by hand.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import BrokenBarrierError

from console.training.stage import StageFailure
from tests.benchmarks.operator_dice import Dice
from tests.benchmarks.operator_walk import REST, SHOWN, Step, Walk, WalkFailure, end_processes
from tests.benchmarks.walked_callers import NUMBERS, TELEPHONE_PASSWORD, Caller, Telephone
from tests.benchmarks.walked_centre import PEOPLE, walked_centre
from tests.benchmarks.walked_meeting import Meeting
from tests.benchmarks.walked_stage import WalkedStage, Workplace
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.registered_line import LINE
from tests.fakes.registered_line import PASSWORD as LINE_PASSWORD

REST_EVERY_S = 40.0
SHOWN_LINES = 10
LINES = (LINE, "302")


def steps_of(dice: Dice, walk: Walk, is_over: Callable[[], bool]) -> Iterator[Step]:
    """As the dice fall, until it is over at a rest."""
    while not is_over():
        rest_s = time.monotonic() + REST_EVERY_S
        while time.monotonic() < rest_s:
            yield dice.step(walk.shown())
        yield REST


def replayed(file: Path) -> Iterator[Step]:
    """As they were written down."""
    for line in file.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


class Operator:
    """A simulated operator, and the fault found at her workplace."""

    def __init__(self, walk: Walk, meeting: Meeting | None) -> None:
        self.walk = walk
        self.fault = ""
        self._meeting = meeting

    def go(self, steps: Iterator[Step]) -> None:
        """Runs all steps, or those before a fault here or at the other workplace."""
        walk, is_over = self.walk, False
        try:
            for step in steps:
                if step == REST and self._meeting is not None:
                    self._meeting.come()
                walk.take(step)
                if step == REST and self._meeting is not None:
                    self._meeting.compare()
            if self._meeting is None:  # else it was seen there, at one desk after the other
                walk.arrive()
            is_over = True
        except BrokenBarrierError:
            return  # the other walk has failed
        except (WalkFailure, StageFailure) as failure:
            self.fault = f"{failure}\nshown: {walk.shown()}"
            walk.desk.picture("failure")
        finally:
            if not is_over and self._meeting is not None:
                self._meeting.leave()

    def tell(self) -> None:
        walk = self.walk
        print(
            f"{walk.steps} steps, {sum(len(caller.rung) for caller in walk.callers)} calls that"
            f" rang, {len(walk.records())} records, {walk.forms.found} forms found again,"
            f" longest wait {walk.longest_ms:.0f} ms, of its own {walk.most_ran_ms:.0f}"
        )
        said = (walk.folder / "console.err").read_text(encoding="utf-8", errors="replace")
        for line in sorted(set(said.splitlines()))[:SHOWN_LINES]:
            print(f"stderr: {line}")
        stacks = (walk.folder / "told.stacks").read_text(encoding="utf-8")
        if stacks:
            print(f"where the window stood for long:\n{stacks[-SHOWN:]}")
        if self.fault:
            print(f"{self.fault}\nlast steps: {walk.last}")
            print(f"all steps: {walk.folder / 'steps.jsonl'}")


def main() -> int:
    """Returns 1 if the run has found a fault."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--centre", action="store_true", help="with a PostgreSQL that stops")
    parser.add_argument("--operators", type=int, choices=(1, 2), default=1, help="two: a centre")
    parser.add_argument("--replay", type=Path, nargs="+", help="each desk's steps.jsonl")
    parsed = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="walk-"))
    lines = LINES[: parsed.operators]
    users = {
        **dict.fromkeys(lines, LINE_PASSWORD),
        **dict.fromkeys(NUMBERS, TELEPHONE_PASSWORD),
    }
    with ExitStack() as stack:
        proxy = stack.enter_context(KamailioProxy(users))
        telephones = [stack.enter_context(Telephone(number, proxy)) for number in NUMBERS]
        has_centre = parsed.centre or parsed.operators > 1
        centre = stack.enter_context(walked_centre(len(lines))) if has_centre else None
        walks: list[Walk] = []
        throws: list[Dice] = []
        for number, (line, login) in enumerate(zip(lines, PEOPLE, strict=False)):
            here = folder / f"desk-{number + 1}"
            here.mkdir()
            dsn = None if centre is None else centre.dsns[number]
            place = Workplace(f"{number + 1:04}", line, login, dsn)
            dice = Dice(parsed.seed + number * 1000)
            dice.colleague = throws[0] if throws else None
            dice.has_centre = has_centre and number == 0  # one operator switches it for both
            desk = stack.enter_context(WalkedStage(here, proxy, place, Dice(parsed.seed + number)))
            proxy.wait_until_registered(line)
            walk = Walk(desk, [Caller(one, line) for one in telephones], centre)
            walks.append(walk)
            throws.append(dice)
        begun_s = time.monotonic()
        until_s = begun_s + parsed.minutes * 60
        meeting = None if centre is None or len(walks) == 1 else Meeting(walks, centre, until_s)
        operators = [Operator(walk, meeting) for walk in walks]

        def is_over() -> bool:
            return time.monotonic() > until_s if meeting is None else meeting.is_over

        ways = (
            [replayed(file) for file in parsed.replay]
            if parsed.replay
            else [steps_of(dice, walk, is_over) for dice, walk in zip(throws, walks, strict=True)]
        )
        with ThreadPoolExecutor() as hands:
            gone = [hands.submit(one.go, way) for one, way in zip(operators, ways, strict=True)]
        for one in gone:
            one.result()
        minutes = (time.monotonic() - begun_s) / 60
    # the training mode runs separately, with its own phone
    end_processes(folder, lambda words: not any("told.json" in word for word in words))
    print(f"seed {parsed.seed}: {minutes:.1f} minutes")
    if meeting is not None:
        print(f"{meeting.compared} times compared, the longest took {meeting.longest_s:.0f} s")
        print(f"agreed about last there: {meeting.last_fault}")
    for operator in operators:
        operator.tell()
    if any(operator.fault for operator in operators):
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
