"""Use of credentials: when, for which server, and when a password counts as wrong."""

from __future__ import annotations

import pytest

from telephony.sip.authentication import Authenticator, credentials_field
from telephony.sip.syntax.message import Request, Response

GOOD = Response((), b"", 200, "OK")


def out_of_dialog(method: str = "REGISTER") -> Request:
    headers = (("To", "<sip:301@example.org>"), ("CSeq", f"1 {method}"))
    return Request(headers, b"", method, "sip:example.org")


def challenge(
    nonce: str, *, realm: str = "r", stale: bool = False, proxy: bool = False
) -> tuple[str, str]:
    value = f'Digest realm="{realm}", nonce="{nonce}", qop="auth"'
    name = "Proxy-Authenticate" if proxy else "WWW-Authenticate"
    return name, value + (", stale=TRUE" if stale else "")


def challenged(*challenges: tuple[str, str]) -> Response:
    return Response(challenges, b"", 401, "")


def authenticator() -> Authenticator:
    return Authenticator("user", "secret", lambda: "cnonce")


def authorised(subject: Authenticator, request: Request, response: Response) -> Request:
    again = subject.authorise(request, response)
    assert again is not None
    return again


def fields(request: Request, name: str, answer: str = "Authorization") -> list[str | None]:
    return [credentials_field(value, name) for value in request.values(answer)]


def test_a_proxy_is_answered_in_its_own_field() -> None:
    request = authorised(authenticator(), out_of_dialog(), challenged(challenge("n", proxy=True)))
    assert fields(request, "nonce", "Proxy-Authorization") == ["n"]
    assert request.first("Authorization") is None


def test_a_second_challenge_means_a_wrong_password_unless_it_is_stale() -> None:
    subject = authenticator()
    first = authorised(subject, out_of_dialog(), challenged(challenge("n1")))
    assert subject.authorise(first, challenged(challenge("n2"))) is None
    first = authorised(subject, out_of_dialog(), challenged(challenge("n3")))
    again = authorised(subject, first, challenged(challenge("n4", stale=True)))
    assert fields(again, "nonce") == ["n4"]


def test_every_realm_of_one_answer_gets_its_credentials() -> None:
    response = challenged(
        challenge("n1"), challenge("n2", realm="second"), challenge("n3", realm="p", proxy=True)
    )
    request = authorised(authenticator(), out_of_dialog(), response)
    assert fields(request, "realm") == ["r", "second"]
    assert fields(request, "realm", "Proxy-Authorization") == ["p"]


def test_a_realm_that_asked_before_is_answered_again_with_the_next_count() -> None:
    subject = authenticator()
    first = authorised(subject, out_of_dialog(), challenged(challenge("p", proxy=True)))
    second = authorised(subject, first, challenged(challenge("u")))
    assert fields(second, "nc", "Proxy-Authorization") == ["00000002"]
    assert fields(second, "nc") == ["00000001"]


def test_each_use_of_a_nonce_is_counted() -> None:
    subject = authenticator()
    requests = [
        authorised(subject, out_of_dialog(), challenged(challenge("same"))) for _ in range(3)
    ]
    counts = [fields(request, "nc") for request in requests]
    assert counts == [["00000001"], ["00000002"], ["00000003"]]


def test_only_what_was_accepted_is_given_in_advance() -> None:
    subject = authenticator()
    request = authorised(subject, out_of_dialog(), challenged(challenge("n")))
    assert subject.in_advance(out_of_dialog()) == out_of_dialog()
    subject.note(request, GOOD)
    assert fields(subject.in_advance(out_of_dialog()), "nc") == ["00000002"]


@pytest.mark.parametrize("stale", [True, False])
def test_a_nonce_that_has_grown_old_is_replaced_though_the_server_may_not_say_stale(
    stale: bool,
) -> None:
    subject = authenticator()
    subject.note(authorised(subject, out_of_dialog(), challenged(challenge("n1"))), GOOD)
    refused = subject.in_advance(out_of_dialog())
    again = authorised(subject, refused, challenged(challenge("n2", stale=stale)))
    assert fields(again, "nonce") == ["n2"]
    # With the new nonce it is the password that is wrong now.
    assert subject.authorise(again, challenged(challenge("n3"))) is None


def test_two_calls_at_once_with_the_same_old_nonce_both_get_on() -> None:
    subject = authenticator()
    old = challenge("n1", proxy=True)
    subject.note(authorised(subject, out_of_dialog("INVITE"), challenged(old)), GOOD)
    calls = [subject.in_advance(out_of_dialog("INVITE")) for _ in range(2)]
    for number, call in enumerate(calls):
        fresh = challenge(f"fresh{number}", proxy=True)
        assert authorised(subject, call, challenged(fresh))


def test_the_next_nonce_of_a_server_is_used() -> None:
    subject = authenticator()
    request = authorised(subject, out_of_dialog(), challenged(challenge("n1")))
    following = Response((("Authentication-Info", 'qop=auth, nextnonce="n2"'),), b"", 200, "OK")
    subject.note(request, following)
    ahead = subject.in_advance(out_of_dialog())
    assert (fields(ahead, "nonce"), fields(ahead, "nc")) == (["n2"], ["00000001"])


def test_what_a_registrar_accepted_does_not_go_with_calls_and_the_other_way() -> None:
    subject = authenticator()
    subject.note(authorised(subject, out_of_dialog(), challenged(challenge("n1"))), GOOD)
    assert fields(subject.in_advance(out_of_dialog("INVITE")), "nonce") == []


def test_a_stranger_s_challenge_to_a_call_is_not_answered_in_advance_elsewhere() -> None:
    subject = authenticator()
    invite = authorised(
        subject, out_of_dialog("INVITE"), challenged(challenge("n1", realm="stranger"))
    )
    subject.note(invite, GOOD)
    assert fields(subject.in_advance(out_of_dialog("INVITE")), "nonce") == []


def test_requests_within_a_dialog_are_left_as_they_are() -> None:
    subject = authenticator()
    asked = challenged(challenge("n1", proxy=True))
    subject.note(authorised(subject, out_of_dialog("INVITE"), asked), GOOD)
    headers = (("To", "<sip:302@example.org>;tag=far"), ("CSeq", "2 BYE"))
    bye = Request(headers, b"", "BYE", "sip:302@192.0.2.20")
    assert subject.in_advance(bye) == bye


def test_a_server_that_invents_realms_does_not_fill_the_memory() -> None:
    subject = authenticator()
    for number in range(100):
        asked = challenged(challenge(f"n{number}", realm=f"r{number}"))
        subject.note(authorised(subject, out_of_dialog(), asked), GOOD)
    assert len(subject.in_advance(out_of_dialog()).values("Authorization")) <= 32


def test_the_password_is_not_shown() -> None:
    assert "secret" not in repr(authenticator())
