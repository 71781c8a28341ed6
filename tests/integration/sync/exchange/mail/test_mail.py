"""Letters over real SMTP on loopback: the transmitted data, and the meaning of each rejection."""

from __future__ import annotations

import ssl
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from sync.errors import MailSettingsInvalid
from sync.exchange.mail.smtp import (
    Delivered,
    MailFailure,
    MailSecurity,
    NotNow,
    SmtpMail,
    SmtpSettings,
    Undeliverable,
)
from sync.register.handling.notices import RenderedNotice
from tests.fakes.certificates import CertificateAuthority
from tests.fakes.mail_server import GARBAGE, HANG_UP, SILENCE, MailServer

Outcome = Delivered | Undeliverable | NotNow

NOW = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
WORDS = RenderedNotice(
    "Сообщение № 2611-0001-00042-7 зарегистрировано",
    "Уважаемая Анна Петровна!\n\n.Точка в начале строки\n" + "длинно " * 300 + "\n",
    "<html><body><p>Уважаемая Анна Петровна!</p></body></html>",
    "Здравствуйте!",
)
TO = "author@test.invalid"
PLAIN = SmtpSettings(
    "127.0.0.1",
    "no-reply@belokluchevsk.example",
    "Единый номер, Белоключевск",
    security=MailSecurity.PLAIN,
    timeout_s=5,
)


def mail_to(server: MailServer, settings: SmtpSettings = PLAIN) -> SmtpMail:
    return SmtpMail(replace(settings, port=server.port), lambda: NOW)


def test_a_letter_comes_as_it_was_written() -> None:
    with MailServer() as server:
        mail = mail_to(server, replace(PLAIN, reply_to="line@белоключевск.рф"))
        header_id = mail.header_id("01900000-0000-7000-8000-000000000001")
        assert mail.send(TO, WORDS, header_id) == Delivered()
        assert mail.send("author@почта.рф", WORDS, header_id) == Delivered()
        mail.close()
        assert mail.send(TO, WORDS, header_id) == Delivered()
        mail.close()

    assert server.connections == 2
    first, second, _third = server.letters
    assert first.raw.isascii()
    assert max(map(len, first.raw.splitlines())) <= 78
    assert (first.sender, first.recipients) == ("no-reply@belokluchevsk.example", (TO,))
    assert second.recipients == ("author@xn--80a1acny.xn--p1ai",)
    message = first.message
    assert message["Subject"] == WORDS.subject
    # the newer parser of the library inserts a space between two encoded words of a name
    from_header = message_from_bytes(first.raw)["From"]
    assert str(make_header(decode_header(from_header))) == (
        "Единый номер, Белоключевск <no-reply@belokluchevsk.example>"
    )
    assert message["To"] == TO
    assert message["Reply-To"].startswith("line@xn--")
    assert message["Date"] == "Thu, 26 Nov 2026 15:00:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == header_id
    assert header_id == "<01900000-0000-7000-8000-000000000001@belokluchevsk.example>"
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == WORDS.text
    assert html.get_content().strip() == WORDS.html


def refused_at(place: Callable[[MailServer], deque[str]], *replies: str) -> list[Outcome]:
    with MailServer() as server:
        place(server).extend(replies)
        mail = mail_to(server, replace(PLAIN, timeout_s=1, limit_s=3))
        outcomes = [mail.send(TO, WORDS, "<one@test.invalid>") for _ in range(len(replies) + 1)]
        mail.close()
    return outcomes


def later(kind: MailFailure, code: str = "", *, may_have_it: bool = False) -> NotNow:
    return NotNow(kind, may_have_it, code)


def test_what_each_refusal_means() -> None:
    """After each rejection the next letter is sent."""
    try_later, refused = MailFailure.TRY_LATER, MailFailure.SENDER_REFUSED
    assert refused_at(
        lambda server: server.to_recipient,
        "451 4.7.1 Greylisted",
        "550 5.1.1 No such user",
        "554 5.7.1 Relay access denied",
        "421 4.3.2 Closing",
        "530 5.7.0 Authentication required",
        HANG_UP,
    ) == [
        later(try_later, "451"),
        Undeliverable("550"),
        later(refused, "554"),
        later(MailFailure.OVERLOADED, "421"),
        later(MailFailure.SIGN_IN_REFUSED, "530"),
        later(MailFailure.UNREACHABLE),
        Delivered(),
    ]
    assert refused_at(
        lambda server: server.to_sender, "553 5.1.8 Not your address", "452 4.3.1 Full"
    ) == [later(refused, "553"), later(try_later, "452"), Delivered()]
    assert refused_at(
        lambda server: server.to_data,
        "554 5.6.0 Not wanted",
        "452 4.2.2 Full",
        GARBAGE,
        HANG_UP,
        SILENCE,
    ) == [
        Undeliverable("554"),
        later(try_later, "452"),
        later(MailFailure.NOT_A_MAIL_SERVER, "-1", may_have_it=True),
        later(MailFailure.UNREACHABLE, may_have_it=True),
        later(MailFailure.TIMED_OUT, may_have_it=True),
        Delivered(),
    ]


def test_a_server_that_never_ends_its_answer_is_left() -> None:
    """Each line arrives in time, but the duration of the session is limited."""
    with MailServer() as server:
        server.to_recipient.append(SILENCE)
        mail = mail_to(server, replace(PLAIN, timeout_s=30, limit_s=0.5))
        assert mail.send(TO, WORDS, "<one@test.invalid>") == later(MailFailure.TIMED_OUT)
        assert mail.send(TO, WORDS, "<one@test.invalid>") == Delivered()
        mail.close()


def test_nobody_there() -> None:
    with MailServer() as server:
        port = server.port
    mail = SmtpMail(replace(PLAIN, port=port), lambda: NOW)
    assert mail.send(TO, WORDS, "<one@test.invalid>") == later(MailFailure.UNREACHABLE)
    assert mail.send(f"a@{'x' * 64}.example", WORDS, "<one@test.invalid>") == Undeliverable(
        "bad_domain"
    )
    mail.close()


@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
def test_letters_go_encrypted_to_the_server_that_is_meant(
    security: MailSecurity, tmp_path: Path
) -> None:
    authority = CertificateAuthority(tmp_path)
    other = CertificateAuthority(tmp_path, "other")
    settings = replace(
        PLAIN, security=security, ca_file=authority.file, user="notices", password="password-1"
    )
    for names, trusted, password, wanted in (
        (("127.0.0.1",), authority, "password-1", Delivered()),
        (("127.0.0.1",), authority, "wrong", later(MailFailure.SIGN_IN_REFUSED, "535")),
        (("127.0.0.1",), other, "password-1", later(MailFailure.TLS_REFUSED)),
        (("other.example",), authority, "password-1", later(MailFailure.TLS_REFUSED)),
    ):
        with MailServer(
            certificate=server_context(authority, *names),
            is_tls_from_start=security is MailSecurity.TLS,
            password=("notices", "password-1"),
        ) as server:
            chosen = replace(settings, ca_file=trusted.file, password=password)
            mail = mail_to(server, chosen)
            assert mail.send(TO, WORDS, "<one@test.invalid>") == wanted
            mail.close()
        sent = [(letter.is_encrypted, letter.is_signed_in) for letter in server.letters]
        assert sent == ([(True, True)] if wanted == Delivered() else [])


def server_context(authority: CertificateAuthority, *names: str) -> ssl.SSLContext:
    made = authority.issue(*names)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(str(made.certificate_file), str(made.key_file))
    return context


def test_a_server_without_encryption_or_sign_in_gets_nothing() -> None:
    with MailServer() as server:
        mail = mail_to(server, replace(PLAIN, security=MailSecurity.STARTTLS))
        assert mail.send(TO, WORDS, "<one@test.invalid>") == later(MailFailure.TLS_REFUSED)
        mail = mail_to(server, replace(PLAIN, user="notices", password="secret"))
        assert mail.send(TO, WORDS, "<one@test.invalid>") == later(
            MailFailure.SIGN_IN_REFUSED, "504"
        )
    assert server.letters == []


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (replace(PLAIN, host=""), "server"),
        (replace(PLAIN, port=70_000), "server"),
        (replace(PLAIN, sender="нет"), "address"),
        (replace(PLAIN, reply_to=f"a@{'x' * 64}.example"), "address"),
        (replace(PLAIN, user="notices"), "password"),
        (replace(PLAIN, user="notices", password="пароль"), "password"),
        (replace(PLAIN, ca_file=Path("absent.pem")), "ca_file"),
    ],
)
def test_settings_that_cannot_work(settings: SmtpSettings, code: str) -> None:
    with pytest.raises(MailSettingsInvalid) as caught:
        SmtpMail(settings, lambda: NOW)
    assert caught.value.code == code
    assert "secret" not in repr(replace(PLAIN, password="secret"))
