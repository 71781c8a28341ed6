"""Dialled addresses, the phone's own identity, and callers that it accepts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from telephony.identity import accepted_hosts, build_identity, dialled_uri, leads_past_server
from telephony.settings import PhoneSettings, SipAccount, TransportName
from telephony.sip.syntax.address import Address

ACCOUNT = SipAccount("pbx.example", "301", "secret", display_name="Operator", auth_user="auth301")


@pytest.mark.parametrize(
    ("number", "uri"),
    [
        ("+7 (900) 555-01-37", "sip:+79005550137@pbx.example"),
        ("112", "sip:112@pbx.example"),
        ("*72#", "sip:*72%23@pbx.example"),
        ("ivan.petrov", "sip:ivan.petrov@pbx.example"),
        ("sip:x@192.0.2.7:5099", "sip:x@192.0.2.7:5099"),
        ("", None),
        ("two words", None),
        ("sip:@", None),
        ("a\r\nb", None),
    ],
)
def test_dialled_numbers(number: str, uri: str | None) -> None:
    found = dialled_uri(number, ACCOUNT)
    assert (None if found is None else str(found)) == uri


FOUND = (
    Address("192.0.2.1", 5060),
    Address("192.0.2.2", 5080),
    Address("2001:db8::1", 5060),
)
NAMED = replace(
    ACCOUNT, server_host="PBX.example", backup_servers=("spare.example:5080", "192.0.2.3")
)


@pytest.mark.parametrize(
    ("dialled", "past"),
    [
        ("112", False),
        ("ivan.petrov", False),
        ("sip:112@pbx.example", False),
        ("sip:112@PBX.example:5060", False),
        ("sip:112@192.0.2.1", False),
        ("sip:112@192.0.2.1:5060", False),
        ("sip:112@192.0.2.2", False),
        ("sip:112@192.0.2.2:5080", False),
        ("sip:112@pbx.example.", False),
        ("sip:112@[2001:DB8:0::1]", False),
        ("sip:112@spare.example", False),
        ("sip:112@spare.example:5080", False),
        ("sip:112@192.0.2.3:5060", False),
        ("sips:112@pbx.example", False),
        ("sip:112@192.0.2.1:5070", True),
        ("sip:112@pbx.example:5080", True),
        ("sip:112@spare.example:5060", True),
        ("sip:112@192.0.2.77", True),
        ("sip:112@[2001:db8::2]", True),
        ("sip:112@example", True),
        ("sips:112@pbx.example.test", True),
    ],
)
def test_the_operator_s_own_words_decide_whether_the_server_is_in_between(
    dialled: str, past: bool
) -> None:
    target = dialled_uri(dialled, NAMED)
    assert target is not None
    assert leads_past_server(target, NAMED, FOUND) is past


def test_a_server_at_another_port_is_no_host_of_its_own_at_that_port() -> None:
    account = replace(ACCOUNT, server_port=5099)
    for dialled, past in (
        ("112", False),
        ("sip:1@pbx.example", False),
        ("sip:1@pbx.example:5060", True),
    ):
        target = dialled_uri(dialled, account)
        assert target is not None
        assert leads_past_server(target, account, ()) is past


def test_a_user_part_cannot_break_out_of_its_uri() -> None:
    found = dialled_uri("a@evil.example>;x", ACCOUNT)
    assert found is not None
    assert found.host == "pbx.example"
    assert "@evil" not in str(found)


def test_without_an_account_only_uris_can_be_dialled() -> None:
    assert dialled_uri("112", None) is None
    assert dialled_uri("sip:x@192.0.2.7", None) is not None


def test_identity_of_an_account() -> None:
    identity = build_identity(PhoneSettings(ACCOUNT), Address("192.0.2.10", 5070))
    assert str(identity.address_of_record) == '"Operator" <sip:301@pbx.example>'
    assert str(identity.contact) == "sip:301@192.0.2.10:5070"
    assert identity.server == Address("pbx.example", 5060)
    assert (identity.auth_user, identity.registers) == ("auth301", True)
    assert "secret" not in repr(identity)


@pytest.mark.parametrize("transport", ["tcp", "tls"])
def test_the_contact_names_the_transport_of_the_account(transport: TransportName) -> None:
    account = SipAccount("pbx.example", "301", "secret", 5061, transport=transport)
    identity = build_identity(PhoneSettings(account), Address("2001:db8::10", 5070))
    assert str(identity.contact) == f"sip:301@[2001:db8::10]:5070;transport={transport}"
    assert identity.server == Address("pbx.example", 5061, transport)


@pytest.mark.parametrize(
    ("settings", "hosts"),
    [
        (PhoneSettings(), set()),
        (PhoneSettings(accept_from=("127.0.0.1",)), {"127.0.0.1"}),
        (PhoneSettings(listen_host="192.0.2.10"), set()),
        (PhoneSettings(listen_host="192.0.2.10", accept_from=("192.0.2.2",)), {"192.0.2.2"}),
        (PhoneSettings(accept_from=("192.0.2.2", "*")), {"192.0.2.2", "*"}),
        (PhoneSettings(accept_from=("2001:DB8:0::7",)), {"2001:db8::7"}),
    ],
)
def test_who_is_answered(settings: PhoneSettings, hosts: set[str]) -> None:
    assert accepted_hosts(settings, frozenset()) == hosts
    assert accepted_hosts(settings, frozenset({"192.0.2.1"})) == hosts | {"192.0.2.1"}
