"""HTTP digest for SIP as values: challenges and their answers (RFC 7616, 8760, 3261 s. 22)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from telephony.sip.syntax.uri import GrammarError, split_outside

_HASHES = {"MD5": "md5", "SHA-256": "sha256"}
_QUOTED = frozenset({"username", "realm", "nonce", "uri", "response", "cnonce", "opaque"})


@dataclass(frozen=True, slots=True)
class Challenge:
    """One WWW-Authenticate or Proxy-Authenticate value that this phone can answer."""

    realm: str
    nonce: str
    algorithm: str = "MD5"
    """As sent by the server, in upper case: "MD5", "SHA-256-SESS"..."""
    qop: tuple[str, ...] = ()
    opaque: str | None = None
    stale: bool = False
    algorithm_given: bool = False


def parse_challenge(value: str) -> Challenge:
    """The challenge of a header value; GrammarError for other schemes and algorithms."""
    scheme, _, rest = value.strip(" \t").partition(" ")
    if scheme.lower() != "digest":
        raise GrammarError("auth_scheme")
    fields: dict[str, str] = {}
    for piece in split_outside(rest, ","):
        name, _, text = piece.partition("=")
        fields.setdefault(name.strip(" \t").lower(), _unquoted(text.strip(" \t")))
    algorithm = fields.get("algorithm", "MD5").upper()
    if algorithm.removesuffix("-SESS") not in _HASHES:
        raise GrammarError("auth_algorithm")
    if "nonce" not in fields or "realm" not in fields:
        raise GrammarError("auth_fields")
    return Challenge(
        fields["realm"],
        fields["nonce"],
        algorithm,
        tuple(item.strip(" \t").lower() for item in fields.get("qop", "").split(",") if item),
        fields.get("opaque"),
        fields.get("stale", "").lower() == "true",
        "algorithm" in fields,
    )


def _unquoted(text: str) -> str:
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    signs: list[str] = []
    escaped = False
    for sign in text[1:-1]:
        if sign == "\\" and not escaped:
            escaped = True
        else:
            signs.append(sign)
            escaped = False
    return "".join(signs)


def choose_challenges(values: Iterable[str]) -> tuple[Challenge, ...]:
    """For each realm the first challenge that can be answered.

    The server lists them by its preference. Several in one field are taken as well, though
    RFC 3261 section 20.27 wants one in each.
    """
    chosen: dict[str, Challenge] = {}
    for value in values:
        for text in _split_challenges(value):
            try:
                challenge = parse_challenge(text)
            except GrammarError:
                continue
            if not challenge.qop or _choose_qop(challenge.qop):
                chosen.setdefault(challenge.realm, challenge)
    return tuple(chosen.values())


def _split_challenges(value: str) -> list[str]:
    try:
        pieces = split_outside(value, ",")
    except GrammarError:
        return []
    texts: list[str] = []
    for piece in pieces:
        name, _, _ = piece.partition("=")
        # A scheme stands before the first field of each challenge.
        if not texts or " " in name.strip(" \t"):
            texts.append(piece)
        else:
            texts[-1] = f"{texts[-1]}, {piece}"
    return texts


def credentials_field(credentials: str, name: str) -> str | None:
    """One field of a value that ``digest_value`` made; None when it is not there."""
    _, _, rest = credentials.partition(" ")
    for piece in split_outside(rest, ","):
        key, _, text = piece.partition("=")
        if key.strip(" \t") == name:
            return _unquoted(text)
    return None


def digest_value(
    challenge: Challenge,
    *,
    method: str,
    uri: str,
    user: str,
    password: str,
    nonce_count: int = 1,
    client_nonce: str = "",
    body: bytes = b"",
) -> str:
    """The value of Authorization or Proxy-Authorization that answers ``challenge``."""
    algorithm = challenge.algorithm

    def hexdigest(text: str, tail: bytes = b"") -> str:
        name = _HASHES[algorithm.removesuffix("-SESS")]
        data = text.encode("utf-8", "surrogateescape") + tail
        # MD5 is what the registrars of the field ask for; it is no choice of this phone.
        return hashlib.new(name, data, usedforsecurity=False).hexdigest()

    qop = _choose_qop(challenge.qop)
    secret = hexdigest(f"{user}:{challenge.realm}:{password}")
    if algorithm.endswith("-SESS"):
        secret = hexdigest(f"{secret}:{challenge.nonce}:{client_nonce}")
    subject = f"{method}:{uri}"
    if qop == "auth-int":
        subject = f"{subject}:{hexdigest('', body)}"
    count = f"{nonce_count:08x}"
    middle = f"{count}:{client_nonce}:{qop}:" if qop else ""
    response = hexdigest(f"{secret}:{challenge.nonce}:{middle}{hexdigest(subject)}")

    fields = [
        ("username", user),
        ("realm", challenge.realm),
        ("nonce", challenge.nonce),
        ("uri", uri),
        ("response", response),
    ]
    if challenge.algorithm_given:
        fields.append(("algorithm", algorithm.replace("SESS", "sess")))
    if qop:
        fields += [("qop", qop), ("nc", count)]
    if qop or algorithm.endswith("-SESS"):
        fields.append(("cnonce", client_nonce))
    if challenge.opaque is not None:
        fields.append(("opaque", challenge.opaque))
    return "Digest " + ", ".join(f"{name}={_shown(name, text)}" for name, text in fields)


def _choose_qop(offered: tuple[str, ...]) -> str:
    return next((qop for qop in ("auth", "auth-int") if qop in offered), "")


def _shown(name: str, text: str) -> str:
    if name not in _QUOTED:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
