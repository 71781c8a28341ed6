"""One account's credentials: asked for by a challenge, or given in advance (RFC 3261 s. 22)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from telephony.sip.authentication.digest import (
    Challenge,
    choose_challenges,
    credentials_field,
    digest_value,
)
from telephony.sip.syntax.message import Request, Response
from telephony.sip.syntax.uri import GrammarError

K = TypeVar("K")
V = TypeVar("V")

_USER_ANSWER = "Authorization"
_PROXY_ANSWER = "Proxy-Authorization"
_ANSWERS = {"WWW-Authenticate": _USER_ANSWER, "Proxy-Authenticate": _PROXY_ANSWER}
# However many realms and nonces a server invents, they must not pile up.
_REMEMBERED = 32


class _Space(NamedTuple):
    """Where one challenge holds: a registrar's must not go with calls to whoever answers them."""

    registering: bool
    answer: str
    realm: str


@dataclass(slots=True)
class Authenticator:
    """Answers challenges with one account, counting the uses of each nonce (RFC 7616 3.4).

    ``new_client_nonce`` gives a fresh random text at each call.
    """

    user: str
    password: str = field(repr=False)
    new_client_nonce: Callable[[], str]
    _uses: dict[str, int] = field(default_factory=dict, repr=False)
    _challenges: dict[_Space, Challenge] = field(default_factory=dict, repr=False)
    _accepted: dict[str, None] = field(default_factory=dict, repr=False)

    def authorise(self, request: Request, response: Response) -> Request | None:
        """The challenged request with credentials; CSeq and Via are the caller's to renew.

        Every realm that asks is answered, and those that asked before are answered again.
        None when no challenge can be answered, or when one refuses credentials that were
        just given for a nonce never accepted: the password is wrong, and trying again would
        lock the account.
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
        # Not every server says "stale" of a nonce that has been good for a while.
        return nonce == challenge.nonce or nonce not in self._accepted

    def in_advance(self, request: Request) -> Request:
        """A new request with what its way will ask for, as far as that is known already.

        Only REGISTER and requests outside of dialogs: it saves them a round trip.
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
        """Take an answer to a request that was sent: its credentials may have been accepted."""
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
        """The header value for this request, with the next count of the challenge's nonce."""
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
    """The nonces that the request has credentials for."""
    registering = request.method == "REGISTER"
    return {
        _Space(registering, name, credentials_field(value, "realm") or ""): nonce
        for name, value in request.headers
        if name in _ANSWERS.values() and (nonce := credentials_field(value, "nonce")) is not None
    }


def _next_nonce(response: Response) -> str | None:
    """The nonce to use from now on (RFC 7616 section 3.5)."""
    value = response.first("Authentication-Info")
    try:
        return None if value is None else credentials_field(f"Digest {value}", "nextnonce")
    except GrammarError:
        return None


def _remember(store: dict[K, V], key: K, value: V) -> None:
    """Put the entry last, and drop the oldest beyond what may be kept."""
    store.pop(key, None)
    store[key] = value
    while len(store) > _REMEMBERED:
        del store[next(iter(store))]
