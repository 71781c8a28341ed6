"""The platform jobs under faults, correct or broken on purpose.

``python -m tests.fakes.platform_troubles DSN URL KEY COUNT`` runs such a worker as a process: it
dies when the platform has answered COUNT POSTs, before the last answer is recorded.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from uuid_utils.compat import uuid7

from sync.exchange.platform.hand_over import JobSettings
from sync.exchange.platform.open311 import PlatformClient, PlatformSettings
from sync.exchange.platform.port import Accepted, NotFound, Rejected, TokenGiven, Unavailable
from sync.jobs.platform import Pace, PlatformJobs
from sync.records.central_tables import platform_post
from sync.register.messages import MessageRecord
from sync.store.central.connection import Central, central_transaction
from sync.store.central.platform_queue import CentralPlatformQueue
from sync.store.local.messages.platform_queue import Claim, PostState
from sync.store.local.register import RegisterStore
from tests.fakes.open311_server import Fault, Later, Open311Server, Trouble
from tests.fakes.records import OPERATOR, filled, new_call, registered_message

ROOT = Path(__file__).parents[2]
WAIT_S = 30.0
NOT_TO_BE_FOUND = timedelta(days=30)

# As in the product, except for times: nothing here takes minutes.
QUICK = JobSettings(settle_s=0.0, first_delay_s=0.05, longest_delay_s=0.4, poll_s=36_000.0)
PACE = Pace(tick_s=0.05, first_delay_s=0.05, longest_delay_s=0.4)
LEASE = timedelta(seconds=2)
READ_TIMEOUT_S = 0.5

POST_TROUBLES: tuple[Trouble, ...] = (
    Fault.DROP,
    Fault.DROP_AFTER,
    Fault.ERROR,
    Fault.ERROR_AFTER,
    Fault.HOLD_AFTER,
    Fault.GARBAGE_AFTER,
    Fault.HTML,
    Fault.NOT_FOUND_PAGE,
    Fault.REDIRECT,
    Later("1"),
)
LOOK_TROUBLES: tuple[Trouble, ...] = (Fault.DROP, Fault.ERROR, Fault.HTML, Later("1"))


class DyingQueue(CentralPlatformQueue):
    """Dies between the platform's response and its recording."""

    answers_left = 1

    def posted(self, claim: Claim, platform_id: str, at: datetime, next_poll_at: datetime) -> None:
        self.answers_left -= 1
        if self.answers_left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        super().posted(claim, platform_id, at, next_poll_at)


class HopefulQueue(CentralPlatformQueue):
    """Broken on purpose: records a message as posted before it is sent."""

    def begin(self, claim: Claim, at: datetime, look_at: datetime) -> bool:
        is_ours = super().begin(claim, at, look_at)
        if is_ours:
            self.posted(claim, "soon", at, at + timedelta(hours=1))
        return is_ours


class NewKeyClient(PlatformClient):
    """Broken on purpose: each attempt has its own idempotency key."""

    def post(self, message: MessageRecord) -> Accepted | TokenGiven | Rejected | Unavailable:
        return super().post(replace(message, id=uuid7()))


class BlindClient(PlatformClient):
    """Broken on purpose: never checks whether the platform already has a message."""

    def find(self, message: MessageRecord, since: datetime) -> Accepted | NotFound | Unavailable:
        return NotFound()


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Final content of the platform, by the registration numbers of our messages."""

    injected: int
    lost: frozenset[str]
    doubled: frozenset[str]
    misnoted: frozenset[str]
    """Recorded under an identifier that the platform did not assign to it."""
    rejected: int
    too_early: int
    """Requests before the time that the platform had asked for."""


def put_into_centre(store: RegisterStore, dsn: str, count: int) -> list[MessageRecord]:
    """Sends registered messages that can no longer be withdrawn to the central database."""
    records = []
    for index in range(count):
        # new, since an older message is polled less often
        call = new_call(index, datetime.now(UTC) - timedelta(minutes=2))
        card = store.open_card(call, OPERATOR).result(WAIT_S)
        message = registered_message(filled(card), uuid7())
        records.append(store.save_message(message).result(WAIT_S))
    send_waiting(store, dsn)
    return records


def send_waiting(store: RegisterStore, dsn: str) -> None:
    """Sends the outbox to the central database and marks it as sent."""
    central = Central(dsn)
    central.connect(store.station())
    while rows := store.outbox_waiting(1000):
        assert central.push(rows) == {row.seq for row in rows}
        store.mark_sent(rows, datetime.now(UTC), None).result(WAIT_S)
    central.close()


def plan_troubles(server: Open311Server, dice: random.Random, share: float, count: int) -> None:
    """Plans faults for this share of the next requests; lookups get half of it."""

    def next_one(troubles: Sequence[Trouble], part: float) -> Trouble:
        return dice.choice(troubles) if dice.random() < part else None

    server.plan(*(next_one(POST_TROUBLES, share) for _ in range(count)))
    server.plan_reading(*(next_one(LOOK_TROUBLES, share / 2) for _ in range(count)))


def hand_over(
    dsn: str,
    server: Open311Server,
    *,
    queue: type[CentralPlatformQueue] = CentralPlatformQueue,
    client: type[PlatformClient] = PlatformClient,
    limit_s: float,
) -> None:
    """Returns when the worker's jobs have nothing more to post."""
    watched = CentralPlatformQueue(dsn, uuid7())
    working = queue(dsn, uuid7(), lease=LEASE)
    jobs = _jobs(working, _client(client, server.url, server.behaviour.api_key))
    until_s = time.monotonic() + limit_s
    jobs.start()
    try:
        while watched.status().waiting:
            assert time.monotonic() < until_s, watched.status()
            assert jobs.is_running()
            threading.Event().wait(0.05)
    finally:
        server.let_go()
        assert jobs.stop(WAIT_S)
        working.close()
        watched.close()


def die_between_answer_and_note(dsn: str, server: Open311Server, answers: int) -> bool:
    """Runs a worker that dies at this response; returns False if there were too few responses."""
    command = [sys.executable, "-m", __name__, dsn, server.url, server.behaviour.api_key]
    child = subprocess.run([*command, str(answers)], cwd=ROOT, timeout=WAIT_S * 2, check=False)
    return child.returncode == -signal.SIGKILL


def compare(dsn: str, server: Open311Server, records: Sequence[MessageRecord]) -> HandedOver:
    """Compares the platform's requests with the registered messages and their recorded states."""
    there = Counter(request.attributes["registration_number"] for request in server.requests)
    given = {
        (request.attributes["registration_number"], request.service_request_id)
        for request in server.requests
    }
    numbers = {record.id: str(record.number) for record in records}
    with central_transaction(dsn) as connection:
        noted = connection.execute(platform_post.select()).all()
    posted = [row for row in noted if row.state == PostState.POSTED.value]
    return HandedOver(
        sum(server.injected.values()),
        frozenset(numbers.values()) - there.keys(),
        frozenset(number for number, count in there.items() if count > 1),
        frozenset(
            numbers[row.message_id]
            for row in posted
            if (numbers[row.message_id], row.platform_id) not in given
        ),
        sum(row.state == PostState.REJECTED.value for row in noted),
        server.too_early,
    )


def _client(kind: type[PlatformClient], url: str, api_key: str) -> PlatformClient:
    return kind(PlatformSettings(url, api_key, read_timeout_s=READ_TIMEOUT_S))


def _jobs(queue: CentralPlatformQueue, client: PlatformClient) -> PlatformJobs:
    return PlatformJobs(queue, client, _ignore, settings=QUICK, pace=PACE)


def _ignore(_event: object) -> None:
    pass


def main(dsn: str, url: str, api_key: str, answers: int) -> None:
    queue, watched = DyingQueue(dsn, uuid7(), lease=LEASE), CentralPlatformQueue(dsn, uuid7())
    queue.answers_left = answers
    jobs = _jobs(queue, _client(PlatformClient, url, api_key))
    jobs.start()
    while watched.status().waiting:
        threading.Event().wait(0.05)
    jobs.stop(WAIT_S)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
