"""Faults of a platform and of a mail server: each message once, each letter rarely twice.

Each fault is also applied to an implementation that is broken on purpose and must be detected. The
long run is ``tests/benchmarks/platform_and_mail_faults.py``, its figures are in
``docs/reliability.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.exchange.platform.open311 import PlatformClient
from sync.store.central.platform_queue import CentralPlatformQueue
from sync.store.local.messages.notices import NoticeOutbox
from sync.store.local.register import RegisterStore
from tests.fakes.mail_server import GARBAGE, HANG_UP, TAKEN, MailServer
from tests.fakes.mail_troubles import (
    NOT_NOW,
    FreshIdOutbox,
    HopefulOutbox,
    Mailing,
    TrustfulOutbox,
)
from tests.fakes.open311_server import Fault, Open311Server
from tests.fakes.platform_troubles import (
    NOT_TO_BE_FOUND,
    BlindClient,
    HopefulQueue,
    NewKeyClient,
    compare,
    hand_over,
    put_into_centre,
)
from tests.fakes.store_template import StoreTemplate

WAIT_S = 30.0
ANSWER_LOST = (None, Fault.ERROR_AFTER, Fault.GARBAGE_AFTER)
NEVER_THERE = (Fault.DROP, Fault.ERROR, Fault.HTML)


@pytest.fixture
def platform() -> Iterator[Open311Server]:
    with Open311Server() as running:
        yield running


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.mark.parametrize("client", [PlatformClient, NewKeyClient])
def test_a_key_that_comes_again_doubles_nothing_and_a_new_one_does(
    store: RegisterStore, dsn: str, platform: Open311Server, client: type[PlatformClient]
) -> None:
    platform.behaviour.list_lag = NOT_TO_BE_FOUND
    records = put_into_centre(store, dsn, 3)
    platform.plan(*ANSWER_LOST, *NEVER_THERE)
    hand_over(dsn, platform, client=client, limit_s=WAIT_S)
    went = compare(dsn, platform, records)
    assert went.injected == 5
    assert bool(went.doubled) is (client is NewKeyClient)
    assert (len(went.lost), len(went.misnoted), went.rejected) == (0, 0, 0)


@pytest.mark.parametrize("client", [PlatformClient, BlindClient])
def test_who_looks_first_doubles_nothing_where_no_key_is_known(
    store: RegisterStore, dsn: str, platform: Open311Server, client: type[PlatformClient]
) -> None:
    platform.behaviour.honours_key = False
    records = put_into_centre(store, dsn, 3)
    platform.plan(*ANSWER_LOST)
    platform.plan_reading(Fault.ERROR)
    hand_over(dsn, platform, client=client, limit_s=WAIT_S)
    went = compare(dsn, platform, records)
    assert bool(went.doubled) is (client is BlindClient)
    assert (len(went.lost), len(went.misnoted), went.rejected) == (0, 0, 0)


@pytest.mark.parametrize("queue", [CentralPlatformQueue, HopefulQueue])
def test_what_never_arrived_is_posted_again_unless_it_was_noted_before(
    store: RegisterStore, dsn: str, platform: Open311Server, queue: type[CentralPlatformQueue]
) -> None:
    records = put_into_centre(store, dsn, 3)
    platform.plan(*NEVER_THERE)
    hand_over(dsn, platform, queue=queue, limit_s=WAIT_S)
    went = compare(dsn, platform, records)
    assert bool(went.lost) is (queue is HopefulQueue)
    assert not went.doubled


@pytest.mark.parametrize("kind", [NoticeOutbox, FreshIdOutbox, HopefulOutbox, TrustfulOutbox])
def test_letters_through_lost_answers_find_each_outbox_that_is_broken(
    path: Path, store_template: StoreTemplate, mail_server: MailServer, kind: type[NoticeOutbox]
) -> None:
    mailing = Mailing(path, store_template, mail_server, kind)
    mailing.register(4)
    mail_server.to_recipient.extend([NOT_NOW, HANG_UP])
    mail_server.to_data.extend([TAKEN, HANG_UP, HANG_UP, GARBAGE, GARBAGE, HANG_UP])
    mailing.send_all()
    went = mailing.compare()
    assert mailing.bench.store.close_store()
    assert not went.undue
    assert bool(went.lost) is (kind is HopefulOutbox)
    assert (went.ids > 1) is (kind is FreshIdOutbox)
    assert (went.most_copies > 2) is (kind is TrustfulOutbox)
