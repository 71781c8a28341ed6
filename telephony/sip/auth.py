"""HTTP digest for SIP: MD5 and SHA-256, qop, nonce count, stale (RFC 7616, 8760, 3261 s. 22)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from telephony.sip.message import Request, Response, with_header
from telephony.sip.uri import GrammarError, split_outside

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


def choose_challenge(values: Iterable[str]) -> Challenge | None:
    """The first challenge that can be answered: the server lists them by its preference."""
    for value in values:
        try:
            challenge = parse_challenge(value)
        except GrammarError:
            continue
        if not challenge.qop or {"auth", "auth-int"} & set(challenge.qop):
            return challenge
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


@dataclass(slots=True)
class Authenticator:
    """Answers challenges with one account, counting the uses of each nonce (RFC 7616 3.4).

    ``new_client_nonce`` gives a fresh random text at each call.
    """

    user: str
    password: str = field(repr=False)
    new_client_nonce: Callable[[], str]
    _uses: dict[str, int] = field(default_factory=dict, repr=False)

    def authorise(self, request: Request, response: Response) -> Request | None:
        """The challenged request with credentials; CSeq and Via are the caller's to renew.

        None when the challenge cannot be answered, or when it refuses credentials that were
        just given for the same nonce: the password is wrong, and trying again would lock the
        account.
        """
        if response.status_code == 407:
            asks, answers = "Proxy-Authenticate", "Proxy-Authorization"
        else:
            asks, answers = "WWW-Authenticate", "Authorization"
        challenge = choose_challenge(response.values(asks))
        if challenge is None:
            return None
        given = request.first(answers)
        if given is not None and not challenge.stale and _same_realm(given, challenge.realm):
            return None
        return with_header(request, answers, self.credentials(challenge, request))

    def credentials(self, challenge: Challenge, request: Request) -> str:
        """The header value for this request, with the next count of the challenge's nonce."""
        count = self._uses.pop(challenge.nonce, 0) + 1
        self._uses[challenge.nonce] = count
        while len(self._uses) > 32:
            del self._uses[next(iter(self._uses))]
        return digest_value(
            challenge,
            method=request.method,
            uri=request.uri,
            user=self.user,
            password=self.password,
            nonce_count=count,
            client_nonce=self.new_client_nonce(),
            body=request.body,
        )


def _same_realm(credentials: str, realm: str) -> bool:
    _, _, rest = credentials.partition(" ")
    for piece in split_outside(rest, ","):
        name, _, text = piece.partition("=")
        if name.strip(" \t") == "realm":
            return _unquoted(text) == realm
    return False
