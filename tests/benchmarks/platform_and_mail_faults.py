"""Hundreds of faults of a city platform and of a mail server, and the messages that arrive anyway.

Run as ``python -m tests.benchmarks.platform_and_mail_faults [MESSAGES] [KILLS]``: this number of
messages is sent to each of two platforms, and this number of letters (250 of each by default),
while the process is killed between a response and its recording (15 times). The same is repeated
with implementations that are broken on purpose. Exit status 1 if a figure is missed.

One platform supports idempotency keys, and shows nothing in its lists for a month; the other shows
everything immediately and ignores keys. So each protection from duplicates is tested separately.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sync.exchange.platform.open311 import PlatformClient
from sync.store.central.connection import initialise
from sync.store.central.platform_queue import CentralPlatformQueue
from sync.store.local.messages.notices import NoticeOutbox
from tests.benchmarks.figures import Figure, print_figures
from tests.fakes.mail_server import MailServer
from tests.fakes.mail_troubles import (
    FreshIdOutbox,
    HopefulOutbox,
    Mailed,
    Mailing,
    TrustfulOutbox,
)
from tests.fakes.open311_server import Open311Server
from tests.fakes.platform_troubles import (
    NOT_TO_BE_FOUND,
    BlindClient,
    HandedOver,
    HopefulQueue,
    NewKeyClient,
    compare,
    die_between_answer_and_note,
    hand_over,
    plan_troubles,
    put_into_centre,
)
from tests.fakes.postgres import PostgresServer
from tests.fakes.store_template import StoreTemplate

SHARE = 0.7  # share of the requests with a fault
SEED = 16
LIMIT_S = 1800.0
BROKEN_PART = 10


@dataclass(frozen=True, slots=True)
class Rig:
    """Environment of the run."""

    folder: Path
    template: StoreTemplate
    postgres: PostgresServer

    def new_path(self) -> Path:
        """Returns a path without a store."""
        return Path(tempfile.mkdtemp(dir=self.folder)) / "register.db"


def main() -> int:
    """Prints the figures; returns 1 if one is missed."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 250
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    few = max(20, messages // BROKEN_PART)
    with tempfile.TemporaryDirectory() as made, PostgresServer() as server:
        rig = Rig(Path(made), StoreTemplate.make(Path(made)), server)
        figures = [
            *_of_platform("lists", post(rig, messages, kills), kills),
            *_of_platform("keys", post(rig, messages, kills, has_lists=False), kills),
            *_of_mail(mail(rig, messages, kills), kills),
            *_broken(rig, few),
        ]
    return int(not print_figures(figures, peer=""))


def post(
    rig: Rig,
    messages: int,
    kills: int,
    *,
    has_lists: bool = True,
    queue: type[CentralPlatformQueue] = CentralPlatformQueue,
    client: type[PlatformClient] = PlatformClient,
) -> HandedOver:
    """Returns the result of one platform; with ``has_lists`` it has lists, otherwise keys."""
    dice = random.Random(SEED)  # noqa: S311
    with rig.postgres.database() as dsn, Open311Server() as platform:
        initialise(dsn)
        platform.behaviour.honours_key = not has_lists
        platform.behaviour.list_lag = timedelta() if has_lists else NOT_TO_BE_FOUND
        store = rig.template.open_copy(rig.new_path())
        records = put_into_centre(store, dsn, messages)
        assert store.close_store()
        plan_troubles(platform, dice, SHARE, 10 * messages)
        for _ in range(kills):
            assert die_between_answer_and_note(dsn, platform, dice.randrange(1, 4))
        hand_over(dsn, platform, queue=queue, client=client, limit_s=LIMIT_S)
        return compare(dsn, platform, records)


def mail(rig: Rig, letters: int, kills: int, kind: type[NoticeOutbox] = NoticeOutbox) -> Mailed:
    """Returns the result of a mail server."""
    dice = random.Random(SEED)  # noqa: S311
    with MailServer() as server:
        mailing = Mailing(rig.new_path(), rig.template, server, kind)
        mailing.register(letters)
        killed = sum(mailing.die_between_answer_and_note() for _ in range(kills))
        assert killed == kills
        mailing.plan(dice, SHARE, 10 * letters)
        mailing.send_all()
        assert mailing.bench.store.close_store()
        return mailing.compare()


def _of_platform(name: str, went: HandedOver, kills: int) -> Iterator[Figure]:
    yield Figure(f"{name}: troubles injected", "times", went.injected, least=300)
    yield Figure(f"{name}: killed before the note", "times", kills)
    yield Figure(f"{name}: not on the platform", "messages", len(went.lost), greatest=0)
    yield Figure(f"{name}: there twice", "messages", len(went.doubled), greatest=0)
    yield Figure(f"{name}: noted wrongly", "messages", len(went.misnoted), greatest=0)
    yield Figure(f"{name}: refused for a trouble", "messages", went.rejected, greatest=0)
    yield Figure(f"{name}: before Retry-After", "requests", went.too_early, greatest=0)


def _of_mail(went: Mailed, kills: int) -> Iterator[Figure]:
    yield Figure("mail: troubles injected", "times", went.injected, least=300)
    yield Figure("mail: killed before the note", "times", kills)
    yield Figure("mail: answers lost, kills among them", "times", went.lost_answers)
    yield Figure("mail: lost", "letters", len(went.lost), greatest=0)
    yield Figure("mail: copies", "letters", went.doubled, greatest=went.lost_answers)
    yield Figure("mail: copies without a lost answer", "letters", len(went.undue), greatest=0)
    yield Figure("mail: most copies of one", "letters", went.most_copies, greatest=2)
    yield Figure("mail: most Message-IDs of one", "", went.ids, greatest=1)
    yield Figure("mail: left to a call", "letters", went.called)


def _broken(rig: Rig, messages: int) -> Iterator[Figure]:
    new_key = post(rig, messages, 0, has_lists=False, client=NewKeyClient)
    yield Figure("found: a new key at each try", "doubled", len(new_key.doubled), least=1)
    blind = post(rig, messages, 0, client=BlindClient)
    yield Figure("found: does not look first", "doubled", len(blind.doubled), least=1)
    hopeful = post(rig, messages, 0, queue=HopefulQueue)
    yield Figure("found: noted before the POST", "lost", len(hopeful.lost), least=1)
    fresh = mail(rig, messages, 0, FreshIdOutbox)
    yield Figure("found: a new Message-ID at each try", "IDs", fresh.ids, least=2)
    noted = mail(rig, messages, 0, HopefulOutbox)
    yield Figure("found: noted before the letter", "lost", len(noted.lost), least=1)
    trustful = mail(rig, messages, 0, TrustfulOutbox)
    yield Figure("found: no doubt after a lost answer", "copies", trustful.most_copies, least=3)


if __name__ == "__main__":
    sys.exit(main())
