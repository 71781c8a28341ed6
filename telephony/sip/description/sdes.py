"""Keys for SRTP in session descriptions: the crypto attribute (RFC 4568)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import get_args

from telephony.sip.description.sdp import Attribute, MediaDescription
from telephony.srtp_keys import SrtpKeys, SrtpSuite

KEY_BYTES = 30
SUITES: tuple[SrtpSuite, ...] = get_args(SrtpSuite)
_TAG_DIGITS = 9
# Session parameters that change nothing in how packets are protected (section 6.3).
_HARMLESS_PARAMETERS = ("WSH=", "FEC_ORDER=")


@dataclass(frozen=True, slots=True)
class Crypto:
    """One ``a=crypto`` line: a suite, its writer's key, and the tag an answer repeats."""

    tag: str
    suite: SrtpSuite
    key: bytes = field(repr=False)

    @property
    def attribute(self) -> Attribute:
        encoded = base64.b64encode(self.key).decode("ascii")
        return Attribute("crypto", f"{self.tag} {self.suite} inline:{encoded}")


def read_cryptos(media: MediaDescription) -> tuple[Crypto, ...]:
    """The crypto lines of a media description that this phone can use, in order."""
    values = (value for name, value in media.attributes if name == "crypto" and value)
    return tuple(crypto for crypto in map(_read_crypto, values) if crypto is not None)


def _read_crypto(value: str) -> Crypto | None:
    tag, *pieces = value.split()
    if len(pieces) < 2 or not (tag.isascii() and tag.isdigit() and len(tag) <= _TAG_DIGITS):
        return None
    name, key_parameters, *session_parameters = pieces
    suite = next((each for each in SUITES if each == name), None)
    # Unknown session parameters must not be accepted (section 5.1.2).
    if suite is None or not all(p.startswith(_HARMLESS_PARAMETERS) for p in session_parameters):
        return None
    method, _, info = key_parameters.partition(":")
    encoded, *options = info.split("|")
    # "|1:4" is a master key identifier in every packet, which this phone does not write;
    # several keys in one line need it too.
    if method != "inline" or ";" in info or any(":" in option for option in options):
        return None
    try:
        key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    return Crypto(tag, suite, key) if len(key) == KEY_BYTES else None


class LocalKeys:
    """This side's keys of one call: one a suite, the same for the whole call."""

    def __init__(self, new_key: Callable[[], bytes]) -> None:
        self._new_key = new_key
        self._keys: dict[SrtpSuite, bytes] = {}

    def of(self, suite: SrtpSuite) -> bytes:
        """The key for this suite."""
        if suite not in self._keys:
            self._keys[suite] = self._new_key()
        return self._keys[suite]

    def offer(self, suites: Iterable[SrtpSuite] = SUITES) -> tuple[Crypto, ...]:
        """A line for each suite; the tag of a suite never changes."""
        return tuple(
            Crypto(str(SUITES.index(suite) + 1), suite, self.of(suite)) for suite in suites
        )

    def answer(self, offered: Crypto) -> tuple[Crypto, SrtpKeys]:
        """The line that takes what the far side offered, and the keys of both directions."""
        own = self.of(offered.suite)
        return Crypto(offered.tag, offered.suite, own), SrtpKeys(offered.suite, own, offered.key)

    def accept(self, answered: Iterable[Crypto]) -> SrtpKeys | None:
        """The keys that an answer to ``offer`` agrees on; None when it fits no line of it."""
        for crypto in answered:
            if crypto.tag == str(SUITES.index(crypto.suite) + 1) and crypto.suite in self._keys:
                return SrtpKeys(crypto.suite, self._keys[crypto.suite], crypto.key)
        return None
