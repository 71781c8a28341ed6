"""Bounced letters: from a real mail server, an IMAP mailbox or a folder of letters."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sync.errors import MailboxUnreadable, MailSettingsInvalid
from sync.exchange.mail.bounce_boxes import FolderBox, ImapBox, ImapSettings
from sync.exchange.mail.bounces import BounceBox, take_bounces
from sync.exchange.mail.delivery import NoticeNotMailed, deliver
from sync.exchange.mail.smtp import MailFailure, MailSecurity, SmtpMail, SmtpSettings
from sync.register.handling.step_facts import NoticeOutcome, Notified
from sync.register.people.values import Absence
from sync.store.local.messages.notices import Channel, NoticeState
from tests.fakes.certificates import CertificateAuthority
from tests.fakes.imap_server import ImapServer
from tests.fakes.mail_server import Letter, MailServer
from tests.fakes.notices import NoticeBench
from tests.fakes.records import RANG_AT
from tests.fakes.returned_letters import out_of_office, report
from tests.fakes.store_template import StoreTemplate

WEEK = timedelta(days=7)


@pytest.fixture
def bench(path: Path, store_template: StoreTemplate) -> Iterator[NoticeBench]:
    made = NoticeBench(path, store_template)
    yield made
    assert made.store.close_store()


@pytest.fixture
def authority(tmp_path: Path) -> CertificateAuthority:
    return CertificateAuthority(tmp_path)


def certificate(authority: CertificateAuthority) -> ssl.SSLContext:
    issued = authority.issue("127.0.0.1")
    assert issued.certificate_file is not None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(issued.certificate_file, issued.key_file)
    return context


def box_of(server: ImapServer, authority: CertificateAuthority) -> ImapSettings:
    return ImapSettings(
        "127.0.0.1", "bounces", "geheim", server.port, ca_file=authority.file, timeout_s=5
    )


def send_due(bench: NoticeBench) -> list[Letter]:
    with MailServer() as server:
        settings = SmtpSettings(
            "127.0.0.1",
            "no-reply@belokluchevsk.example",
            "Единый номер",
            port=server.port,
            security=MailSecurity.PLAIN,
            bounce_to="bounces@belokluchevsk.example",
        )
        deliver(bench.outbox, SmtpMail(settings, bench.clock), bench.clock.at)
    return server.letters


def taken(bench: NoticeBench, box: BounceBox) -> list[NoticeNotMailed]:
    at = bench.clock.at
    return list(take_bounces(bench.outbox, box, at - WEEK, at))


def test_a_refusal_that_came_back_is_called_or_counts_as_not_notified(
    bench: NoticeBench, authority: CertificateAuthority
) -> None:
    by_phone = bench.refused(email="one@test.invalid", phone="+79005550101")
    by_nothing = bench.refused(email="two@test.invalid", phone=Absence.NOT_GIVEN)
    arrived = bench.refused(email="three@test.invalid", phone=Absence.NOT_GIVEN)
    bench.clock.put_on(seconds=20)
    letters = send_due(bench)
    first, second, third = (
        bench.notices(one)["refused"] for one in (by_phone, by_nothing, arrived)
    )
    assert letters[0].sender == f"bounces+{first.id}@belokluchevsk.example"
    assert bench.outbox.note_outcomes(bench.clock.at) == 3
    bench.clock.put_on(hours=2)
    today = bench.clock.at.date()

    with ImapServer(certificate=certificate(authority)) as server:
        server.letters += [
            (today, report("", to=letters[0].sender)),
            (today - timedelta(days=30), report(third.header_id or "")),
            (today, out_of_office(third.header_id or "")),
            None,
            (today, report("<01900000-0000-7000-8000-000000000009@of.another.workplace>")),
            (today, report(second.header_id or "", status="5.2.2")),
        ]
        box = ImapBox(box_of(server, authority))
        told = taken(bench, box)
        assert taken(bench, box) == []
        assert taken(bench, ImapBox(box_of(server, authority))) == [], "after a restart"
        server.letters.append((today, report(third.header_id or "")))
        later = taken(bench, box)
        assert not {"STORE", "SELECT", "EXPUNGE"} & set(server.commands)

    assert [(one.message_id, one.code, one.is_call) for one in told] == [
        (by_phone, "bounced 5.1.1", True),
        (by_nothing, "bounced 5.2.2", False),
    ]
    assert [one.message_id for one in later] == [arrived]
    task = bench.notices(by_phone)["refused"]
    assert (task.channel, task.state) == (Channel.CALL, NoticeState.WAITING)
    assert bench.outbox.due_calls(bench.clock.at) == (task,)
    assert bench.outbox.note_outcomes(bench.clock.at) == 2
    standing = bench.handled(by_nothing).standing
    assert standing.notified == Notified(NoticeOutcome.NOBODY, "bounced 5.2.2")


def test_starttls_comes_before_the_password(authority: CertificateAuthority) -> None:
    today = RANG_AT.date()
    with ImapServer(certificate=certificate(authority), is_tls_from_start=False) as server:
        settings = replace(box_of(server, authority), security=MailSecurity.STARTTLS)
        server.letters.append((today, report("")))
        assert len(list(ImapBox(settings).new_letters(RANG_AT))) == 1
        assert server.commands.index("STARTTLS") < server.commands.index("LOGIN")
    with ImapServer() as bare:
        settings = replace(settings, port=bare.port)
        assert failure(ImapBox(settings)) is MailFailure.TLS_REFUSED
        assert "LOGIN" not in bare.commands


def test_a_mailbox_that_cannot_be_read_says_why(
    tmp_path: Path, authority: CertificateAuthority
) -> None:
    with ImapServer(certificate=certificate(authority)) as server:
        settings = box_of(server, authority)
        wrong = replace(settings, password="falsch")
        assert failure(ImapBox(wrong)) is MailFailure.SIGN_IN_REFUSED
        other = CertificateAuthority(tmp_path, "other")
        distrusted = replace(settings, ca_file=other.file)
        assert failure(ImapBox(distrusted)) is MailFailure.TLS_REFUSED
        server.is_silent = True
        slow = replace(settings, timeout_s=0.5)
        assert failure(ImapBox(slow)) is MailFailure.TIMED_OUT
    assert failure(ImapBox(settings)) is MailFailure.UNREACHABLE
    with MailServer() as mail:
        not_imap = replace(settings, port=mail.port, security=MailSecurity.PLAIN)
        assert failure(ImapBox(not_imap)) in {
            MailFailure.NOT_A_MAIL_SERVER,
            MailFailure.UNREACHABLE,
        }
    assert failure(FolderBox(tmp_path / "nowhere")) is MailFailure.UNREACHABLE


def test_a_mailbox_without_password_is_refused_before_anything_is_opened() -> None:
    for wrong in (
        ImapSettings("", "user", "word"),
        ImapSettings("mail.example", "", ""),
        ImapSettings("mail.example", "user", "word", mailbox='a"b'),
    ):
        with pytest.raises(MailSettingsInvalid):
            ImapBox(wrong)


@pytest.mark.parametrize("place", ["new/1.mail", "cur/1.mail:2,S", "letter.eml"])
def test_a_folder_of_letters_is_read_once(bench: NoticeBench, tmp_path: Path, place: str) -> None:
    message_id = bench.refused(phone=Absence.NOT_GIVEN)
    bench.clock.put_on(seconds=20)
    send_due(bench)
    folder = tmp_path / "Maildir"
    for part in ("new", "cur", "tmp"):
        (folder / part).mkdir(parents=True)
    file = folder / place
    file.write_bytes(report(bench.notices(message_id)["refused"].header_id or ""))
    now = bench.clock.at.timestamp()
    os.utime(file, (now, now))
    (folder / "notes.txt").write_text("no letter")
    box = FolderBox(folder)

    assert [one.message_id for one in taken(bench, box)] == [message_id]
    assert taken(bench, box) == []
    assert file.exists()


def failure(box: BounceBox) -> str:
    with pytest.raises(MailboxUnreadable) as caught:
        list(box.new_letters(RANG_AT))
    return caught.value.code
