"""Measures how long each rare action of an operator blocks the window.

    python -m tests.benchmarks.console_acts [--seeded 100000] [--sizes] [--kept FOLDER]

Runs a real console on a separate X server, with this number of calls in its store, part of them
from the current day, and a directory entry as long as a ministerial order. Each action consists of
real key presses; it ends when the GUI thread is idle. For each action the output has the longest
delay of an event, in wall time and in the thread's CPU time, and the thread's total CPU time
(``watched_console`` records the blocks, as for the workspace figures). Exit status 1 if the CPU
time of a block exceeds the limit; these blocks are printed at the end with their stacks.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from console.core.settings.workplace import CITY_ZONE
from kb.entries.entries import Entry, EntryKind
from kb.store import Directory
from sync.store.local.keys import open_key
from sync.store.local.register import RegisterStore
from tests.benchmarks.desk_figures import BLOCK_LIMIT_MS, WatchedStage, fill_store, values
from tests.fakes.console_stage import OPERATOR_LOGIN, OPERATOR_PASSWORD
from tests.fakes.stall_watch import StallWatch

REST_S = 0.25  # longer than a typing pause
RESTING_MS = 5.0  # GUI thread time of clock and observer during REST_S
ALL_RESTING_MS = 40.0  # and of all threads
ACT_LIMIT_S = 30.0
LONG_TITLE = "Порядок подключения к теплоснабжению"
PARAGRAPH = (
    "Заявитель подаёт заявку в теплоснабжающую организацию и прилагает к ней документы, перечень"
    " которых стоит ниже. Организация отвечает в течение двадцати рабочих дней.\n\n"
)
LONG_PARAGRAPHS = 300
SHOWN_FRAMES = 8
AFTER_S = {"arrived_at": 0, "created_at": 0, "answered_at": 4, "ended_at": 64, "saved_at": 90}
SHOWN_FROM = 0.7  # of the limit


@dataclass(frozen=True, slots=True)
class Act:
    """Something that an operator does."""

    name: str
    do: Callable[[WatchedStage], object]


@dataclass(frozen=True, slots=True)
class Done:
    """Result of an action: each block, and the total CPU time of the GUI thread."""

    name: str
    blocks: list[dict[str, Any]]
    ran_ms: float

    @property
    def longest_ms(self) -> float:
        return max(values(self.blocks, "ms"), default=0.0)

    @property
    def own_ms(self) -> float:
        return max(values(self.blocks, "ran_ms"), default=0.0)


def keys(name: str, *names: str) -> Act:
    """An act of these keys, one right after the other."""

    def press(desk: WatchedStage) -> None:
        for each in names:
            desk.press(each)

    return Act(name, press)


def typed(name: str, words: str) -> Act:
    return Act(name, lambda desk: desk.type(words))


SIZES = (110, 125, 150, 175, 200)
PAGES = {
    "F4": "find by number", "F10": "review", "F11": "call-backs", "shift+F11": "planned calls",
    "ctrl+o": "answers", "alt+k": "calendar", "F12": "check", "ctrl+shift+i": "incidents",
    "ctrl+h": "hand-over sheet", "F1": "keys", "ctrl+shift+s": "settings",
    "ctrl+shift+b": "appearance", "ctrl+r": "report", "shift+F5": "directory",
}  # fmt: skip
BACK = ("Escape",) * 2


def all_pages_made() -> list[Act]:
    return [
        *(keys(f"{page}, the first time", key) for key, page in PAGES.items()),
        keys("import and export, the first time", "alt+i"),
        keys("day's list, back from there", "ctrl+m", "Escape"),
    ]


def sizes_of_text() -> list[Act]:
    """Each size up to the largest and back, where the keyboard is on them."""
    return [
        *(keys(f"text of {size} %", "Right") for size in SIZES),
        *(keys(f"text of {size} % again", "Left") for size in (*SIZES[-2::-1], 100)),
    ]


def sizes_alone() -> list[Act]:
    """Twice all sizes, with all pages made."""
    return [
        *all_pages_made(),
        keys("appearance", "ctrl+shift+b"),
        keys("size of the text", "Tab"),
        *sizes_of_text(),
        *sizes_of_text(),
    ]


def the_acts() -> list[Act]:
    """In the order of a day at which nothing is left out."""
    return [
        keys("dark, the list alone is made", "ctrl+b"),
        keys("high contrast, the same", "ctrl+b"),
        keys("light, the same", "ctrl+b"),
        *all_pages_made(),
        *(keys(f"{page}, again", key) for key, page in PAGES.items()),
        keys("a long entry is looked for", "ctrl+f"),
        typed("its title", LONG_TITLE),
        keys("it is opened", "Return"),
        keys("its text begins", "Tab"),
        keys("away from it", *BACK),
        keys("report of a day", "ctrl+r"),
        keys("report of a week", "Right"),
        keys("report of a month", "Right"),
        keys("month before", "alt+Left"),
        keys("as a sheet", "alt+w"),
        keys("as a paper", "ctrl+p"),
        keys("report of messages", "alt+m"),
        keys("report of operators", "alt+s"),
        keys("report of calls", "alt+c"),
        keys("dark, over a report", "ctrl+b"),
        keys("high contrast, the same report", "ctrl+b"),
        keys("light, the same report", "ctrl+b"),
        keys("list of the day", "ctrl+m", "Escape"),
        keys("end of the list", "End"),
        keys("dark, all pages are made", "ctrl+b"),
        keys("high contrast, all made", "ctrl+b"),
        keys("light, all made", "ctrl+b"),
        keys("page seen after a change of theme", "ctrl+shift+s"),
        keys("appearance", "ctrl+shift+b"),
        keys("dark, by choice", "Right"),
        keys("light, by choice", "Left"),
        keys("size of the text", "Tab"),
        *sizes_of_text(),
        keys("language", "Tab"),
        keys("English", "Right"),
        keys("Russian", "Left"),
        keys("card of a call", "Tab", "Tab"),
        keys("left column as icons", "Tab", "Right"),
        keys("left column with words", "Left"),
        keys("back to the list", *BACK),
        keys("new record", "ctrl+n"),
        typed("its question", "когда вывозят мусор"),
        keys("dark, over the card", "ctrl+b"),
        keys("high contrast, over the card", "ctrl+b"),
        keys("light, over the card", "ctrl+b"),
        keys("script unfolded", "ctrl+4"),
        keys("script folded", "ctrl+4"),
        keys("message", "ctrl+3"),
        typed("its text", "на улице ленина дом 5 яма на дороге"),
        keys("its finding", "shift+F7"),
        keys("paragraph of the regulation", "shift+F1"),
        keys("back to the card", *BACK),
        keys("a digit's hit", "alt+1"),
        keys("its result", "ctrl+1"),
        keys("saved", "ctrl+Return"),
        keys("search", "F5"),
        typed("words of the search", "паспорт"),
        keys("out of the search", *BACK),
        Act("window of 1024 by 640", lambda desk: desk.resize(1024, 640)),
        Act("window of 1440 by 900", lambda desk: desk.resize(1440, 900)),
        keys("locked", "ctrl+l"),
        Act("unlocked", lambda desk: desk.sign_in_as(OPERATOR_LOGIN, OPERATOR_PASSWORD)),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeded", type=int, default=100_000, help="calls in the store")
    parser.add_argument("--today", type=int, default=500, help="how many of them of this day")
    parser.add_argument(
        "--sizes", action="store_true", help="the sizes of the text alone, when all pages are made"
    )
    parser.add_argument("--kept", type=Path, help="a folder for a picture after each act")
    parsed = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    acts = sizes_alone() if parsed.sizes else the_acts()
    with (
        tempfile.TemporaryDirectory(prefix="acts-") as folder,
        WatchedStage(Path(folder), None) as desk,
    ):
        desk.start_filled(
            lambda register: prepare(desk.data_folder, register, parsed.seeded, parsed.today)
        )
        rest(desk)
        with StallWatch() as machine:
            done = [play(desk, act, number, parsed.kept) for number, act in enumerate(acts)]
    stalled_ms = max(machine.stalls_s, default=0.0) * 1000
    print_acts(done, stalled_ms)
    return 0 if all(each.own_ms <= BLOCK_LIMIT_MS for each in done) else 1


def prepare(data: Path, register: Path, calls: int, today: int) -> None:
    """Fill both stores of a console that does not run."""
    fill_store(register, calls)
    store = RegisterStore.open(register, open_key(register))
    store.write(lambda connection: bring_up_to_date(connection, calls, today)).result()
    store.close_store()
    directory = Directory.open(data / "directory.db")
    directory.upsert(
        Entry("long", EntryKind.QUESTION, LONG_TITLE, PARAGRAPH * LONG_PARAGRAPHS,
              spoken="По заявке в теплоснабжающую организацию.")
    )  # fmt: skip
    directory.close()


def bring_up_to_date(connection: Connection, calls: int, today: int) -> None:
    """So many of the made calls are of this day, and the others of the days before it."""
    now = datetime.now(CITY_ZONE)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    apart_s = min(40.0, (now - midnight).total_seconds() / (today + 1))
    arrived = (
        f"CASE WHEN made > {calls - today} THEN {now.timestamp()} - ({calls} - made) * {apart_s}"
        f" ELSE {midnight.timestamp()} - ({calls - today + 1} - made) * 60 END"
    )
    times = ", ".join(
        f"{column} = strftime('%Y-%m-%dT%H:%M:%f000+00:00', (SELECT {arrived} + {after_s} FROM"  # noqa: S608
        " (SELECT CAST(sip_call_id AS INTEGER) AS made)), 'unixepoch')"
        for column, after_s in AFTER_S.items()
    )
    connection.execute(
        text(f"UPDATE call_record SET {times} WHERE sip_call_id LIKE '%@made.invalid'")  # noqa: S608
    )


def play(desk: WatchedStage, act: Act, number: int, kept: Path | None) -> Done:
    """Runs the action, waits until the window is idle, and returns the result."""
    before, had_ms = len(desk.seen("block")), ran_ms(desk)
    act.do(desk)
    rest(desk)
    if kept is not None:
        desk.picture(str(kept / f"{number:02d} {act.name}"))
    return Done(act.name, desk.seen("block")[before:], ran_ms(desk) - had_ms)


def rest(desk: WatchedStage) -> None:
    """Returns when the window and its threads have had little to do for a while."""
    until_s = time.monotonic() + ACT_LIMIT_S
    had_ms, all_had_ms = ran_ms(desk), all_ran_ms(desk)
    while time.monotonic() < until_s:
        time.sleep(REST_S)  # bounded waiting for another process
        ran, all_ran = ran_ms(desk), all_ran_ms(desk)
        if ran - had_ms < RESTING_MS and all_ran - all_had_ms < ALL_RESTING_MS:
            return
        had_ms, all_had_ms = ran, all_ran
    raise TimeoutError("the window does not come to rest")


def ran_ms(desk: WatchedStage) -> float:
    """Returns the CPU time of the GUI thread."""
    pid = desk.console_pid
    return _ran_ms(Path(f"/proc/{pid}/task/{pid}"))


def all_ran_ms(desk: WatchedStage) -> float:
    """Returns the CPU time of all threads of the process."""
    return sum(_ran_ms(task) for task in Path(f"/proc/{desk.console_pid}/task").iterdir())


def _ran_ms(task: Path) -> float:
    try:
        return int((task / "schedstat").read_text().split()[0]) / 1e6
    except (FileNotFoundError, ProcessLookupError):
        return 0.0  # it has ended


def print_acts(done: Sequence[Done], stalled_ms: float) -> None:
    print(f"{'':44} {'block':>7} {'own':>7} {'in all':>7}   ms")
    for each in done:
        missed = " OVER" if each.own_ms > BLOCK_LIMIT_MS else ""
        print(
            f"{each.name:44} {each.longest_ms:7.0f} {each.own_ms:7.0f} {each.ran_ms:7.0f}{missed}"
        )
    print(f"\nthe machine kept a waiting thread for {stalled_ms:.0f} ms at most")
    for each in done:
        for block in each.blocks:
            if block["ran_ms"] > BLOCK_LIMIT_MS * SHOWN_FROM:
                print(f"\n{each.name}: {block['ms']:.0f} ms, ran {block['ran_ms']:.0f}")
                print("".join(f"    {line}\n" for line in block["stack"][:SHOWN_FRAMES]), end="")


if __name__ == "__main__":
    raise SystemExit(main())
