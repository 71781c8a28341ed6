"""SIP traces contain no credentials, nonces or media keys."""

from __future__ import annotations

import pytest

from telephony.sip.network.stream import mask_credentials
from tests.fakes.sip_messages import invite

DIGEST = (
    'Digest username="301", realm="pbx", nonce="n-secret", uri="sip:pbx", qop=auth, nc=00000001, '
    'cnonce="c-secret", response="r-secret", opaque="o-secret", algorithm=MD5'
)


@pytest.mark.parametrize(
    "name",
    [
        "Authorization",
        "Proxy-Authorization",
        "WWW-Authenticate",
        "proxy-authenticate",
        "AUTHORIZATION ",
    ],
)
def test_digests_are_masked_and_the_rest_stays(name: str) -> None:
    masked = mask_credentials(invite(f"{name}: {DIGEST}", "Subject: response=1"))
    assert b"secret" not in masked
    assert b'username="301", realm="pbx", nonce=***, uri="sip:pbx"' in masked
    assert b"response=***, opaque=***, algorithm=MD5\r\n" in masked
    assert b"Subject: response=1\r\n" in masked


def test_folded_fields_and_broken_quotes_are_masked_too() -> None:
    folded = DIGEST.replace(", ", ",\r\n  ")
    masked = mask_credentials(invite(f"Authorization: {folded}"))
    assert b"secret" not in masked
    masked = mask_credentials(invite('Authorization: Digest response="r-secret'))
    assert b"secret" not in masked


def test_next_nonces_and_other_schemes_are_masked() -> None:
    masked = mask_credentials(
        invite('Authentication-Info: nextnonce="a-secret", rspauth="b-secret"')
    )
    assert b"secret" not in masked
    masked = mask_credentials(invite("Authorization: Basic c2VjcmV0", "Subject: x"))
    assert b"c2VjcmV0" not in masked
    assert b"Authorization: Basic ***\r\nSubject: x\r\n" in masked


def test_media_keys_are_masked() -> None:
    body = "v=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0a2V5|2^20|1:4;inline:dHdv\r\n"
    masked = mask_credentials(invite(body=body + "a=crypto:2 X inline:dGhyZWU\r\n"))
    assert b"inline:***|2^20|1:4;inline:***\r\na=crypto:2 X inline:***\r\n" in masked


def test_a_message_without_secrets_stays_as_it_is() -> None:
    assert mask_credentials(invite()) == invite()
