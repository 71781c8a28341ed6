"""Digest authentication against the published examples of the RFCs."""

from __future__ import annotations

import hashlib
import re

import pytest

from telephony.sip.authentication import (
    Challenge,
    choose_challenges,
    digest_value,
    parse_challenge,
)
from telephony.sip.syntax.address import GrammarError

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
    assert choose_challenges([value]) == ()


def test_the_server_s_first_known_challenge_of_each_realm_is_taken() -> None:
    challenges = choose_challenges(
        [
            'Digest realm="r", nonce="1", algorithm=SHA-512-256',
            'Digest realm="r", nonce="2", algorithm=SHA-256, qop="auth"',
            'Digest realm="other", nonce="3"',
            'Digest realm="r", nonce="4", algorithm=MD5',
        ]
    )
    assert [challenge.nonce for challenge in challenges] == ["2", "3"]


def test_several_challenges_in_one_field_are_told_apart() -> None:
    value = (
        'Digest realm="r", nonce="1", algorithm=SHA-512-256, qop="auth,auth-int", '
        'Digest realm="r", nonce="2", algorithm=SHA-256, Basic realm="r", '
        'Digest algorithm=MD5, realm="a, Digest b", nonce="3"'
    )
    challenges = choose_challenges([value])
    assert [(item.realm, item.nonce) for item in challenges] == [("r", "2"), ("a, Digest b", "3")]


def test_a_challenge_that_wants_the_body_covered_gets_it() -> None:
    # RFC 2617 section 3.2.2.3; without a body the hash is that of an empty one.
    challenge = Challenge("r", "n", "MD5", ("auth-int",))
    values = [
        digest_value(challenge, method="INVITE", uri="sip:a", user="u", password="p", body=body)
        for body in (b"", b"v=0")
    ]
    assert [field(value, "qop") for value in values] == ["auth-int", "auth-int"]
    assert field(values[0], "response") != field(values[1], "response")


@pytest.mark.parametrize("algorithm", ["MD5-sess", "SHA-256-sess"])
def test_session_variants_hash_both_nonces_into_the_secret(algorithm: str) -> None:
    challenge = parse_challenge(f'Digest realm="r", nonce="n", qop="auth", algorithm={algorithm}')
    value = digest_value(
        challenge, method="REGISTER", uri="sip:a", user="u", password="p", client_nonce="c"
    )

    def hexdigest(text: str) -> str:
        name = "md5" if algorithm.startswith("MD5") else "sha256"
        return hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()

    # RFC 7616 sections 3.4.2 and 3.4.1.
    secret = hexdigest(f"{hexdigest('u:r:p')}:n:c")
    expected = hexdigest(f"{secret}:n:00000001:c:auth:{hexdigest('REGISTER:sip:a')}")
    assert field(value, "response") == expected
    assert field(value, "algorithm") == algorithm
