"""Notifications of real actions, from the outbox of a real store to a real mail server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from signal import SIGKILL

import pytest

from sync.exchange.mail.delivery import deliver
from sync.exchange.mail.smtp import MailSecurity, SmtpMail, SmtpSettings
from sync.store.local.keys import write_key_file
from sync.store.local.messages.notices import Channel, NoticeState
from tests.fakes.mail_server import HANG_UP, MailServer
from tests.fakes.notices import NoticeBench
from tests.fakes.store_template import StoreTemplate

ROOT = Path(__file__).resolve().parents[5]
CHILD = "tests.fakes.mailing_child"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def bench(path: Path, store_template: StoreTemplate) -> Iterator[NoticeBench]:
    made = NoticeBench(path, store_template)
    yield made
    assert made.store.close_store()


def send_due(bench: NoticeBench, server: MailServer) -> None:
    settings = SmtpSettings(
        "127.0.0.1",
        "no-reply@belokluchevsk.example",
        "Единый номер, город Белоключевск",
        port=server.port,
        security=MailSecurity.PLAIN,
        timeout_s=5,
    )
    deliver(bench.outbox, SmtpMail(settings, bench.clock), bench.clock.at)


def test_each_letter_comes_once_whatever_the_server_says_first(
    bench: NoticeBench, server: MailServer
) -> None:
    """Four outcomes: temporary rejection, permanent rejection, lost reply after acceptance,
    accepted.
    """
    later, refused, lost, taken = (
        bench.registered(email=f"author{number}@test.invalid") for number in range(4)
    )
    server.to_recipient.extend(["451 4.7.1 Greylisted", "550 5.1.1 No such user"])
    server.to_data.append(HANG_UP)
    bench.clock.put_on(seconds=20)
    for _ in range(4):
        send_due(bench, server)
        bench.clock.put_on(minutes=5)

    kept = [bench.notices(one)["registered"] for one in (later, refused, lost, taken)]
    assert [one.state for one in kept] == [
        NoticeState.SENT,
        NoticeState.WAITING,
        NoticeState.SENT,
        NoticeState.SENT,
    ]
    assert kept[1].channel is Channel.CALL
    by_author = [
        [one.message["Message-ID"] for one in server.letters if one.recipients == (email,)]
        for email in (f"author{number}@test.invalid" for number in range(4))
    ]
    assert by_author == [
        [kept[0].header_id],
        [],
        [kept[2].header_id] * 2,  # it is unknown whether the first one arrived
        [kept[3].header_id],
    ]
    text = server.letters[-1].message.get_body(("plain",))
    assert text is not None
    assert text.get_content().startswith("Пробной Анне Петровне")


def test_a_kill_between_sending_and_noting_costs_one_more_copy(
    path: Path, store_template: StoreTemplate, server: MailServer
) -> None:
    bench = NoticeBench(path, store_template)
    message_id = bench.registered()
    bench.clock.put_on(seconds=20)
    assert bench.store.close_store()
    write_key_file(store_template.key, path)
    command = [sys.executable, "-m", CHILD, str(path), str(server.port), bench.clock.at.isoformat()]
    child = subprocess.run(command, cwd=ROOT, timeout=60, check=False)
    assert child.returncode == -SIGKILL

    again = NoticeBench(path, store_template)
    again.clock.at = bench.clock.at
    for _ in range(3):
        send_due(again, server)
        again.clock.put_on(minutes=3)

    kept = again.notices(message_id)["registered"]
    assert (kept.state, kept.tries) == (NoticeState.SENT, 2)
    assert [letter.message["Message-ID"] for letter in server.letters] == [kept.header_id] * 2
    assert again.store.close_store()
