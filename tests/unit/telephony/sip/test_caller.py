"""Identity of the caller, the dialed line, and the trusted source of both."""

from __future__ import annotations

import pytest

from telephony.sip.call_facts import Caller, read_caller
from telephony.sip.syntax.message import Request, parse_message
from tests.fakes.sip_messages import invite


def request(*headers: str, sender: str | None = None, to: str | None = None) -> Request:
    data = invite(*headers)
    if sender is not None:
        data = data.replace(b'"Ivan" <sip:+79005550137@192.0.2.20>', sender.encode())
    if to is not None:
        data = data.replace(b"<sip:301@192.0.2.1>", to.encode())
    message = parse_message(data)
    assert isinstance(message, Request)
    return message


FROM = Caller("+79005550137", "Ivan", "301")
SECOND = Caller("+79005550112", "", "301", True)
WITHHELD = Caller("", "", "301")


@pytest.mark.parametrize(
    ("headers", "caller"),
    [
        ((), FROM),
        (("P-Asserted-Identity: <tel:+7-900-555-01-12>",), SECOND),
        (
            ('P-Asserted-Identity: "Petr" <sip:+79005550112@pbx.example>',),
            Caller("+79005550112", "Petr", "301", True),
        ),
        # Of a SIP and a telephone identity the one with the number.
        (("P-Asserted-Identity: <sip:petr@pbx.example>, <tel:+79005550112>",), SECOND),
        (
            (
                "P-Asserted-Identity: <sip:petr@pbx.example>",
                "P-Asserted-Identity: <tel:+79005550112>",
            ),
            SECOND,
        ),
        (
            ("P-Asserted-Identity: <sip:petr@pbx.example>",),
            Caller("petr", "", "301", True),
        ),
        (("P-Asserted-Identity: <sip:pbx.example>",), FROM),
        (("P-Asserted-Identity: broken",), FROM),
        (('P-Asserted-Identity: "no end <sip:+79005550112@pbx.example>',), FROM),
        (("P-Preferred-Identity: <sip:+79005550112@pbx.example>",), FROM),
        (("Remote-Party-ID: <sip:+79005550112@pbx.example>;party=calling;screen=yes",), SECOND),
        (('Remote-Party-ID: <sip:+79005550112@pbx.example>;screen="yes";privacy=off',), SECOND),
        (("Remote-Party-ID: <sip:+79005550112@pbx.example>;party=calling;screen=no",), FROM),
        (("Remote-Party-ID: <sip:+79005550112@pbx.example>;party=calling",), FROM),
        (("Remote-Party-ID: <sip:+79005550112@pbx.example>;party=called;screen=yes",), FROM),
        (
            (
                "Remote-Party-ID: <sip:+79005550113@pbx.example>;screen=yes",
                "P-Asserted-Identity: <tel:+79005550112>",
            ),
            SECOND,
        ),
        (("P-Asserted-Identity: <sip:anonymous@anonymous.invalid>",), WITHHELD),
        (("Privacy: id",), WITHHELD),
        (("Privacy: id;critical", "P-Asserted-Identity: <tel:+79005550112>"), WITHHELD),
        (("Privacy: user",), WITHHELD),
        (("Privacy: header",), WITHHELD),
        (("Privacy: session",), FROM),
        (("Privacy: none", "P-Asserted-Identity: <tel:+79005550112>"), SECOND),
        (("Remote-Party-ID: <sip:+79005550112@pbx.example>;screen=yes;privacy=full",), WITHHELD),
    ],
)
def test_whose_number_is_shown(headers: tuple[str, ...], caller: Caller) -> None:
    assert read_caller(request(*headers), trusted=True) == caller


@pytest.mark.parametrize(
    "header",
    [
        "P-Asserted-Identity: <tel:+79005550112>",
        "Remote-Party-ID: <sip:+79005550112@pbx.example>;screen=yes",
        "P-Called-Party-ID: <sip:112@pbx.example>",
        "X-DID: 112",
    ],
)
def test_a_strangers_word_is_not_the_networks(header: str) -> None:
    assert read_caller(request(header), trusted=False) == FROM


def test_a_stranger_may_withhold_his_number() -> None:
    assert read_caller(request("Privacy: id"), trusted=False) == WITHHELD


@pytest.mark.parametrize(
    "sender",
    [
        '"Anonymous" <sip:anonymous@anonymous.invalid>',
        "<sip:anonymous@pbx.example>",
        "<sip:pbx.example>",
        '"Ivan" <sip:+79005550137@anonymous.invalid>',
    ],
)
def test_an_anonymous_caller_has_no_number(sender: str) -> None:
    assert read_caller(request(sender=sender), trusted=True).number == ""


@pytest.mark.parametrize(
    ("headers", "to", "line"),
    [
        ((), None, "301"),
        ((), "<sip:%2B7%28900%29555-01-12;ext=1@192.0.2.1;user=phone>", "+79005550112"),
        ((), "<tel:112>", "112"),
        # Without a user in To, the Request-URI is used.
        ((), "<sip:192.0.2.1>", "301"),
        (("P-Called-Party-ID: <sip:112@pbx.example>",), None, "112"),
        (("X-Called-Number: 112",), None, "112"),
        (("X-DID: <sip:112@pbx.example>", "P-Called-Party-ID: <sip:301@pbx.example>"), None, "112"),
        (("X-DNIS: sip:112@pbx.example",), None, "112"),
        (("X-DID: <broken",), None, "301"),
        (("P-Called-Party-ID: <sip:pbx.example>",), None, "301"),
    ],
)
def test_which_line_was_dialled(headers: tuple[str, ...], to: str | None, line: str) -> None:
    assert read_caller(request(*headers, to=to), trusted=True).dialled_line == line


def test_texts_are_printable_and_bounded() -> None:
    caller = read_caller(
        request(sender=f'"\u202eIv\x07an{"n" * 500}" <sip:u%00{"s" * 500}@192.0.2.20>'),
        trusted=True,
    )
    assert caller.name.startswith("Ivann")
    assert caller.number.startswith("us")
    assert len(caller.name) == len(caller.number) == 128
