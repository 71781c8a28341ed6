"""Digest authentication against the published examples of the RFCs, and its rules of use."""

from __future__ import annotations

import re

import pytest

from telephony.sip.auth import (
    Authenticator,
    Challenge,
    choose_challenge,
    digest_value,
    parse_challenge,
)
from telephony.sip.message import Request, Response
from telephony.sip.uri import GrammarError

RFC_2617 = Challenge(
    "testrealm@host.com",
    "dcd98b7102dd2f0e8b11d0f600bfb0c093",
    "MD5",
    ("auth", "auth-int"),
    "5ccc069c403ebaf9f0171e9517f40e41",
)
RFC_7616 = {
    "realm": "http-auth@example.org",
    "nonce": "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    "opaque": "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
}


def field(value: str, name: str) -> str | None:
    found = re.search(rf'\b{name}="?([^",]*)"?', value)
    return None if found is None else found.group(1)


def test_rfc_2617_section_3_5() -> None:
    value = digest_value(
        RFC_2617,
        method="GET",
        uri="/dir/index.html",
        user="Mufasa",
        password="Circle Of Life",
        client_nonce="0a4f113b",
    )
    assert field(value, "response") == "6629fae49393a05397450978507c4ef1"
    assert field(value, "nc") == "00000001"
    assert field(value, "opaque") == RFC_2617.opaque


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_rfc_7616_section_3_9_1(algorithm: str, response: str) -> None:
    challenge = parse_challenge(
        f'Digest realm="{RFC_7616["realm"]}", qop="auth, auth-int", algorithm={algorithm},'
        f' nonce="{RFC_7616["nonce"]}", opaque="{RFC_7616["opaque"]}"'
    )
    value = digest_value(
        challenge,
        method="GET",
        uri="/dir/index.html",
        user="Mufasa",
        password="Circle of Life",
        client_nonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    )
    assert field(value, "response") == response
    assert field(value, "algorithm") == algorithm


def test_rfc_2069_form_without_qop() -> None:
    # The sum follows RFC 2617 section 3.2.2.1 for servers that send no qop.
    value = digest_value(
        Challenge("testrealm@host.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093"),
        method="GET",
        uri="/dir/index.html",
        user="Mufasa",
        password="CircleOfLife",
    )
    assert field(value, "response") == "1949323746fe6a43ef61f9606e7febea"
    assert field(value, "cnonce") is None
    assert field(value, "algorithm") is None


@pytest.mark.parametrize(
    "value",
    [
        'Basic realm="x"',
        'Digest realm="x"',
        'Digest realm="x", nonce="y", algorithm=ROT13',
        "Digest",
    ],
)
def test_challenges_that_cannot_be_answered(value: str) -> None:
    with pytest.raises(GrammarError):
        parse_challenge(value)
    assert choose_challenge([value]) is None


def test_the_server_s_first_known_challenge_is_taken() -> None:
    challenge = choose_challenge(
        [
            'Digest realm="r", nonce="1", algorithm=SHA-512-256',
            'Digest realm="r", nonce="2", algorithm=SHA-256, qop="auth"',
            'Digest realm="r", nonce="3", algorithm=MD5',
        ]
    )
    assert challenge is not None
    assert challenge.nonce == "2"


def register() -> Request:
    return Request((("CSeq", "1 REGISTER"),), b"", "REGISTER", "sip:example.org")


def challenged(nonce: str, *, stale: bool = False, status_code: int = 401) -> Response:
    name = "WWW-Authenticate" if status_code == 401 else "Proxy-Authenticate"
    value = f'Digest realm="r", nonce="{nonce}", qop="auth"' + (", stale=TRUE" if stale else "")
    return Response(((name, value),), b"", status_code, "")


def authenticator() -> Authenticator:
    return Authenticator("user", "secret", lambda: "cnonce")


def test_a_proxy_is_answered_in_its_own_field() -> None:
    request = authenticator().authorise(register(), challenged("n", status_code=407))
    assert request is not None
    assert request.first("Proxy-Authorization") is not None
    assert request.first("Authorization") is None


def test_a_second_challenge_means_a_wrong_password_unless_it_is_stale() -> None:
    subject = authenticator()
    first = subject.authorise(register(), challenged("n1"))
    assert first is not None
    assert subject.authorise(first, challenged("n2")) is None
    again = subject.authorise(first, challenged("n2", stale=True))
    assert again is not None
    assert field(again.required("Authorization"), "nonce") == "n2"


def test_each_use_of_a_nonce_is_counted() -> None:
    subject = authenticator()
    counts = []
    for _ in range(3):
        request = subject.authorise(register(), challenged("same"))
        assert request is not None
        counts.append(field(request.required("Authorization"), "nc"))
    assert counts == ["00000001", "00000002", "00000003"]


def test_the_password_is_not_shown() -> None:
    assert "secret" not in repr(authenticator())
