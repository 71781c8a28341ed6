"""The files of an answer are sent in its letter to a real mail server (Regulation 9.9)."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, update

from sync.exchange.mail.delivery import FILE_GONE, NoticeNotMailed, deliver
from sync.exchange.mail.smtp import MailSecurity, SmtpMail, SmtpSettings
from sync.records.workplace_message_tables import answer_file
from sync.register.checks.photo_formats import FileFormat
from sync.register.handling.answers import AnswerKind, Attachment
from sync.register.handling.events import Step
from sync.register.handling.step_facts import NoFacts
from sync.store.local.messages.notices import Channel, NoticeState
from sync.store.local.messages.photos import AnswerFile
from tests.fakes.mail_server import Letter, MailServer
from tests.fakes.notices import MODERATOR, WAIT_S, NoticeBench
from tests.fakes.store_template import StoreTemplate

MIB = 2**20
PDF, JPEG = FileFormat.PDF, FileFormat.JPEG


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as running:
        yield running


@pytest.fixture
def bench(path: Path, store_template: StoreTemplate) -> Iterator[NoticeBench]:
    made = NoticeBench(path, store_template)
    yield made
    assert made.store.close_store()


def file(name: str, format: FileFormat, size: int, seed: int = 1) -> AnswerFile:
    content = random.Random(seed).randbytes(size)  # noqa: S311
    return AnswerFile(Attachment(name, format), content)


def answered(bench: NoticeBench, stored: list[AnswerFile], *names: Attachment) -> UUID:
    """Returns a sent answer with these files in the store and further files at other workplaces."""
    given = (*(each.attachment for each in stored), *names)
    message_id = bench.answered(AnswerKind.SOLVED, files=given)
    bench.files.keep(message_id, stored, MODERATOR).result(WAIT_S)
    bench.take(message_id, (Step.SEND_ANSWER, NoFacts()))
    bench.clock.put_on(seconds=20)
    return message_id


def send(bench: NoticeBench, server: MailServer) -> list[NoticeNotMailed]:
    settings = SmtpSettings(
        "127.0.0.1",
        "no-reply@belokluchevsk.example",
        "Единый номер, город Белоключевск",
        port=server.port,
        security=MailSecurity.PLAIN,
    )
    mail = SmtpMail(settings, bench.clock)
    result = deliver(bench.outbox, mail, bench.clock.at + timedelta(seconds=1))
    return [event for event in result.events if isinstance(event, NoticeNotMailed)]


def answer_letter(server: MailServer) -> Letter:
    return next(one for one in server.letters if one.message["Subject"].startswith("Ответ"))


def words_of(letter: Letter, kind: str) -> str:
    body = letter.message.get_body((kind,))
    assert body is not None
    text = body.get_content()
    assert isinstance(text, str)
    return text


def test_ten_megabytes_come_byte_for_byte(bench: NoticeBench, server: MailServer) -> None:
    scan = file("Акт выполненных работ по ремонту дороги № 12 от 26 ноября.pdf", PDF, 9 * MIB)
    photo = file("фото\nдо.jpg", JPEG, MIB, seed=2)
    answered(bench, [scan, photo])
    assert send(bench, server) == []

    letter = answer_letter(server)
    assert letter.raw.isascii()
    assert max(map(len, letter.raw.splitlines())) <= 78
    assert b"filename*0*=utf-8''" in letter.raw
    parts = list(letter.message.iter_attachments())
    assert [(part.get_filename(), part.get_content_type()) for part in parts] == [
        (scan.attachment.name, "application/pdf"),
        ("фото_до.jpg", "image/jpeg"),
    ]
    assert [part.get_content() for part in parts] == [scan.content, photo.content]
    for kind in ("plain", "html"):
        assert "К письму приложены файлы ответа" in words_of(letter, kind)
        assert scan.attachment.name in words_of(letter, kind)
        assert "Не приложены" not in words_of(letter, kind)
        assert "доступны на Платформе" not in words_of(letter, kind)


def test_a_letter_tells_which_files_are_not_in_it(bench: NoticeBench, server: MailServer) -> None:
    large, small = file("скан.pdf", PDF, 10 * MIB, seed=3), file("фото.jpg", JPEG, 1000)
    answered(bench, [small, large], Attachment("схема.png", FileFormat.PNG))
    assert send(bench, server) == []

    letter = answer_letter(server)
    assert [part.get_filename() for part in letter.message.iter_attachments()] == ["фото.jpg"]
    text = re.sub(r"\s+", " ", words_of(letter, "plain"))
    assert "К письму приложены файлы ответа: - фото.jpg" in text
    assert "Не приложены, потому что велики для письма: - скан.pdf" in text
    assert "их нет там, откуда отправлено письмо: - схема.png" in text
    assert "можно запросить по телефону +7 (87999) 2-00-00, назвав номер сообщения." in text


@pytest.mark.parametrize(
    "harm",
    [delete(answer_file), update(answer_file).values(content=b"%PDF-1.7 something else")],
    ids=["missing", "damaged"],
)
def test_a_promised_file_that_is_gone_makes_a_call(
    bench: NoticeBench, server: MailServer, harm: object
) -> None:
    message_id = answered(bench, [file("акт.pdf", PDF, 1000)])
    bench.store.write(lambda connection: connection.execute(harm)).result(WAIT_S)  # type: ignore[call-overload]  # an update or a delete
    (told,) = send(bench, server)
    assert (told.message_id, told.code, told.is_call) == (message_id, FILE_GONE, True)
    assert all(not one.message["Subject"].startswith("Ответ") for one in server.letters)
    kept = bench.notices(message_id)["answer"]
    assert (kept.channel, kept.state) == (Channel.CALL, NoticeState.WAITING)
    assert "К ответу есть файлы, по телефону их не передать: акт.pdf." in kept.told.words.spoken
