"""HTTP digest authentication for SIP: challenges, credentials and reuse of nonces.

RFC 7616, RFC 8760, RFC 3261 section 22.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from telephony.sip.syntax.address import GrammarError, split_outside
from telephony.sip.syntax.message import Request, Response

_HASHES = {"MD5": "md5", "SHA-256": "sha256"}
_QUOTED = frozenset({"username", "realm", "nonce", "uri", "response", "cnonce", "opaque"})


@dataclass(frozen=True, slots=True)
class Challenge:
    """One WWW-Authenticate or Proxy-Authenticate challenge that this phone can answer."""

    realm: str
    nonce: str
    algorithm: str = "MD5"
    """As sent by the server, in upper case: "MD5", "SHA-256-SESS"..."""
    qop: tuple[str, ...] = ()
    opaque: str | None = None
    stale: bool = False
    algorithm_given: bool = False


def parse_challenge(value: str) -> Challenge:
    """Parses a header value; raises GrammarError for other schemes and algorithms."""
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
    """Returns the first challenge of each realm that can be answered.

    The server lists them by its preference. Several challenges in one header field are accepted as
    well, although RFC 3261 section 20.27 requires one per field.
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
        # The scheme name precedes the first field of each challenge.
        if not texts or " " in name.strip(" \t"):
            texts.append(piece)
        else:
            texts[-1] = f"{texts[-1]}, {piece}"
    return texts


def credentials_field(credentials: str, name: str) -> str | None:
    """Returns one field of a value built by ``digest_value``; None if it is missing."""
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
    """Returns the Authorization or Proxy-Authorization value that answers ``challenge``."""
    algorithm = challenge.algorithm

    def hexdigest(text: str, tail: bytes = b"") -> str:
        name = _HASHES[algorithm.removesuffix("-SESS")]
        data = text.encode("utf-8", "surrogateescape") + tail
        # Registrars in use require MD5; the phone does not choose it.
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


K = TypeVar("K")
V = TypeVar("V")

_USER_ANSWER = "Authorization"
_PROXY_ANSWER = "Proxy-Authorization"
_ANSWERS = {"WWW-Authenticate": _USER_ANSWER, "Proxy-Authenticate": _PROXY_ANSWER}
# Limit of stored nonces and challenges, because a server may send any number of realms.
_REMEMBERED = 32


class _Space(NamedTuple):
    """Scope of a challenge: a registrar's credentials must not be sent to other servers."""

    registering: bool
    answer: str
    realm: str


@dataclass(slots=True)
class Authenticator:
    """Answers challenges with one account and counts the uses of each nonce (RFC 7616, 3.4).

    ``new_client_nonce`` returns a new random text at each call.
    """

    user: str
    password: str = field(repr=False)
    new_client_nonce: Callable[[], str]
    _uses: dict[str, int] = field(default_factory=dict, repr=False)
    _challenges: dict[_Space, Challenge] = field(default_factory=dict, repr=False)
    _accepted: dict[str, None] = field(default_factory=dict, repr=False)

    def authorise(self, request: Request, response: Response) -> Request | None:
        """Returns the challenged request with credentials; the caller must renew CSeq and Via.

        Every realm that challenges is answered, and realms that challenged earlier are answered
        again. Returns None if no challenge can be answered, or if the server refuses credentials
        for a nonce that it never accepted: the password is then wrong, and a retry could lock the
        account.
        """
        given = _given(request)
        asked = _asked(request, response)
        if not asked or any(self._refuses(given, *item) for item in asked.items()):
            for space in asked:
                self._challenges.pop(space, None)
            return None
        known = self._challenges
        answered = {space: known[space] for space in given if space in known} | asked
        for space, challenge in asked.items():
            _remember(known, space, challenge)
        return self._with_credentials(request, answered)

    def _refuses(self, given: dict[_Space, str], space: _Space, challenge: Challenge) -> bool:
        nonce = given.get(space)
        if nonce is None or challenge.stale:
            return False
        # Not every server sets "stale" when a nonce that it accepted expires.
        return nonce == challenge.nonce or nonce not in self._accepted

    def in_advance(self, request: Request) -> Request:
        """Returns a new request with the credentials that its next hop is expected to require.

        Only for REGISTER and for requests outside dialogs; it saves them a round trip.
        """
        spaces = self._challenges
        if not spaces or request.method in ("ACK", "CANCEL") or _given(request):
            return request
        if request.recipient.tag is not None:
            return request
        registering = request.method == "REGISTER"
        registrars = {space.realm for space in spaces if space.registering}
        wanted = {
            space: challenge
            for space, challenge in spaces.items()
            if space.registering is registering
            and challenge.nonce in self._accepted
            and (space.answer == _PROXY_ANSWER or space.realm in registrars)
        }
        return self._with_credentials(request, wanted)

    def note(self, request: Request, response: Response) -> None:
        """Records from a response that the request's credentials were accepted."""
        if not 100 < response.status_code < 300:
            return
        for space, nonce in _given(request).items():
            _remember(self._accepted, nonce, None)
            challenge = self._challenges.get(space)
            following = _next_nonce(response)
            if following and challenge is not None and space.answer == _USER_ANSWER:
                self._challenges[space] = replace(challenge, nonce=following)
                _remember(self._accepted, following, None)

    def _with_credentials(self, request: Request, answered: dict[_Space, Challenge]) -> Request:
        fields = tuple(
            (space.answer, self.credentials(challenge, request))
            for space, challenge in answered.items()
        )
        others = (item for item in request.headers if item[0] not in _ANSWERS.values())
        return replace(request, headers=(*others, *fields))

    def credentials(self, challenge: Challenge, request: Request) -> str:
        """Returns the header value for this request, with the next nonce count of the challenge."""
        count = self._uses.pop(challenge.nonce, 0) + 1
        _remember(self._uses, challenge.nonce, count)
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


def _asked(request: Request, response: Response) -> dict[_Space, Challenge]:
    registering = request.method == "REGISTER"
    return {
        _Space(registering, answer, challenge.realm): challenge
        for question, answer in _ANSWERS.items()
        for challenge in choose_challenges(response.values(question))
    }


def _given(request: Request) -> dict[_Space, str]:
    """Nonces for which the request carries credentials."""
    registering = request.method == "REGISTER"
    return {
        _Space(registering, name, credentials_field(value, "realm") or ""): nonce
        for name, value in request.headers
        if name in _ANSWERS.values() and (nonce := credentials_field(value, "nonce")) is not None
    }


def _next_nonce(response: Response) -> str | None:
    """Returns the nonce for the next request (RFC 7616, section 3.5)."""
    value = response.first("Authentication-Info")
    try:
        return None if value is None else credentials_field(f"Digest {value}", "nextnonce")
    except GrammarError:
        return None


def _remember(store: dict[K, V], key: K, value: V) -> None:
    """Stores the entry as the latest and drops the oldest ones above the limit."""
    store.pop(key, None)
    store[key] = value
    while len(store) > _REMEMBERED:
        del store[next(iter(store))]
