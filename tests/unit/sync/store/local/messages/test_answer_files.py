"""Files of answers are stored unchanged, each under a unique name (9.9)."""

from __future__ import annotations

from uuid import UUID

from uuid_utils.compat import uuid7

from sync.register.checks.photo_formats import FileFormat
from sync.register.handling.answers import Attachment
from sync.register.messages import message_from_call
from sync.store.local.messages.photos import AnswerFile, AnswerFiles
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, RANG_AT, new_call

WAIT_S = 10


def kept_message(store: RegisterStore) -> UUID:
    card = store.open_card(new_call(1), OPERATOR).result(WAIT_S)
    message = message_from_call(card, uuid7(), RANG_AT, OPERATOR)
    store.save_message(message).result(WAIT_S)
    return message.id


def pdf(name: str, content: bytes) -> AnswerFile:
    return AnswerFile(Attachment(name, FileFormat.PDF), content)


def test_a_taken_name_gets_a_number_and_the_same_file_keeps_its_name(
    store: RegisterStore,
) -> None:
    message_id, files = kept_message(store), AnswerFiles(store)

    first = files.keep(
        message_id, (pdf("акт.pdf", b"%PDF-1"), pdf("план.pdf", b"%PDF-2")), OPERATOR
    )
    assert [one.name for one in first.result(WAIT_S)] == ["акт.pdf", "план.pdf"]

    second = files.keep(
        message_id, (pdf("акт.pdf", b"%PDF-3"), pdf("копия.pdf", b"%PDF-1")), OPERATOR
    )
    assert [one.name for one in second.result(WAIT_S)] == ["акт (2).pdf", "акт.pdf"]

    assert files.content(message_id, "акт.pdf") == b"%PDF-1"
    assert files.content(message_id, "акт (2).pdf") == b"%PDF-3"
    assert files.content(message_id, "копия.pdf") is None
