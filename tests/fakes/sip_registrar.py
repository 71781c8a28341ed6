"""A strict registrar and a lossy network on a clock that only the test moves."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable

from telephony.sip.agent import UserAgent
from telephony.sip.authentication import credentials_field, digest_value, parse_challenge
from telephony.sip.effects import Datagram, Effect
from telephony.sip.syntax.address import Address
from telephony.sip.syntax.message import ParseError, Request, parse_message, with_top_via
from tests.fakes.sip_messages import NEAR, reply

PASSWORD = "secret"


class SimulatedRegistrar:
    """Binds contacts for exactly the granted time, with digest nonces that expire.

    ``away`` makes it silent, ``status`` is the response to everything, ``deaf`` drops OPTIONS,
    ``no_calls`` rejects INVITE with 503. ``sees`` is the source address of each datagram as the
    registrar sees it. Publications (RFC 3903) are in ``published``: the document and its expiry, by
    entity-tag, the newest last.
    """

    def __init__(
        self, address: Address, *, expires_s: float = 300.0, nonce_lifetime_s: float = 300.0
    ) -> None:
        self.address = address
        self.away = False
        self.deaf = False
        self.no_calls = False
        self.sees: Callable[[], Address] = lambda: NEAR
        self.status: str | None = None
        self.bindings: dict[str, float] = {}
        self.published: dict[str, tuple[bytes, float]] = {}
        self.tags = 0
        self.registered_at: list[float] = []
        self.refused = 0
        self.seen: list[tuple[float, str]] = []
        self._expires_s = expires_s
        self._nonce_lifetime_s = nonce_lifetime_s
        self._nonces: dict[str, float] = {}
        self._counts: dict[str, int] = {}
        self._answers: dict[str, bytes] = {}

    def restart(self) -> None:
        """Deletes all state, as the restart of a registrar that stores its bindings in
        memory does.
        """
        self.bindings.clear()
        self.published.clear()
        self._nonces.clear()
        self._answers.clear()

    def bound(self, now_s: float) -> bool:
        """Whether a call would reach the phone here."""
        return any(until_s > now_s for until_s in self.bindings.values())

    def known(self, now_s: float) -> list[bytes]:
        """Returns the documents that a watcher would receive, the newest last."""
        return [document for document, until_s in self.published.values() if until_s > now_s]

    def receive(self, data: bytes, now_s: float) -> bytes | None:
        """Returns the response to a datagram; the same response to the same request."""
        try:
            request = parse_message(data)
        except ParseError:
            return None  # CRLF keep-alive
        if self.away or not isinstance(request, Request):
            return None
        request = with_top_via(request, request.top_via.seen_from(self.sees()))
        self.seen.append((now_s, request.method))
        if request.method == "ACK" or (request.method == "OPTIONS" and self.deaf):
            return None
        branch = request.top_via.branch
        if branch not in self._answers:
            self._answers[branch] = self._answer(request, now_s)
        return self._answers[branch]

    def _answer(self, request: Request, now_s: float) -> bytes:
        if self.status is not None:
            return reply(request, self.status)
        if request.method == "INVITE":
            return reply(request, "503 No Lines" if self.no_calls else "180 Ringing")
        if request.method not in ("REGISTER", "PUBLISH"):
            return reply(request, "200 OK")
        credentials = request.first("Authorization")
        if credentials is None:
            return reply(request, "401 Unauthorized", self._challenge(now_s, stale=False))
        if not self._proves(credentials, request):
            self.refused += 1
            return reply(request, "401 Unauthorized", self._challenge(now_s, stale=False))
        nonce = credentials_field(credentials, "nonce") or ""
        count = int(credentials_field(credentials, "nc") or "0", 16)
        fresh = self._nonces.get(nonce, -1.0) > now_s and count > self._counts.get(nonce, 0)
        if not fresh:
            return reply(request, "401 Unauthorized", self._challenge(now_s, stale=True))
        self._counts[nonce] = count
        if request.method == "PUBLISH":
            return self._publish(request, now_s)
        return self._bind(request, now_s)

    def _challenge(self, now_s: float, *, stale: bool) -> str:
        nonce = f"n{len(self._nonces)}-{now_s}"
        self._nonces[nonce] = now_s + self._nonce_lifetime_s
        flag = ", stale=true" if stale else ""
        return f'WWW-Authenticate: Digest realm="r", nonce="{nonce}", qop="auth"{flag}'

    def _proves(self, credentials: str, request: Request) -> bool:
        challenge = parse_challenge(credentials)
        expected = digest_value(
            challenge,
            method=request.method,
            uri=request.uri,
            user=credentials_field(credentials, "username") or "",
            password=PASSWORD,
            nonce_count=int(credentials_field(credentials, "nc") or "0", 16),
            client_nonce=credentials_field(credentials, "cnonce") or "",
        )
        given = credentials_field(credentials, "response")
        return credentials_field(expected, "response") == given

    def _publish(self, request: Request, now_s: float) -> bytes:
        """Implements table 1 of RFC 3903: initial, refresh, modify, remove."""
        tag, body = request.first("SIP-If-Match"), request.body
        if tag is not None:
            document, until_s = self.published.pop(tag, (b"", 0.0))
            if until_s <= now_s:
                return reply(request, "412 Conditional Request Failed")
            body = body or document
        if not body:
            return reply(request, "400 Bad Request")
        granted_s = min(float(request.required("Expires")), self._expires_s)
        self.tags += 1
        fresh = f"tag{self.tags}"
        if granted_s:
            self.published[fresh] = body, now_s + granted_s
        return reply(request, "200 OK", f"SIP-ETag: {fresh}", f"Expires: {int(granted_s)}")

    def _bind(self, request: Request, now_s: float) -> bytes:
        asked_s = float(request.required("Expires"))
        for contact in request.values("Contact"):
            uri, _, parameters = contact.partition(">")
            if asked_s and "expires=0" not in parameters:
                self.bindings[uri.strip("<")] = now_s + min(asked_s, self._expires_s)
            else:
                self.bindings.pop(uri.strip("<"), None)
        self.registered_at.append(now_s)
        lines = [
            f"Contact: <{uri}>;expires={int(until_s - now_s)}"
            for uri, until_s in self.bindings.items()
            if until_s > now_s
        ]
        return reply(request, "200 OK", *lines)


class SimulatedNetwork:
    """Carries the datagrams of one user agent to its registrars and back."""

    def __init__(
        self,
        agent: UserAgent,
        registrars: tuple[SimulatedRegistrar, ...],
        *,
        loss: float = 0.0,
        delay_s: float = 0.02,
        seed: int = 1,
    ) -> None:
        self.now_s = 0.0
        self.effects: list[tuple[float, Effect]] = []
        self._agent = agent
        self._registrars = {registrar.address: registrar for registrar in registrars}
        self._loss = loss
        self._delay_s = delay_s
        self._random = random.Random(seed)  # noqa: S311
        self._queue: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()

    def at(self, at_s: float, action: Callable[[], None]) -> None:
        """Schedules an action."""
        heapq.heappush(self._queue, (at_s, next(self._numbers), action))

    def take(self, effects: list[Effect]) -> None:
        """Applies the effects of the user agent."""
        for effect in effects:
            self.effects.append((self.now_s, effect))
            if isinstance(effect, Datagram):
                self._carry(effect)

    def run(self, until_s: float, after_each: Callable[[], None] = lambda: None) -> None:
        """Advances the clock."""
        while True:
            timer_s = self._agent.next_at()
            event_s = self._queue[0][0] if self._queue else None
            due_s = min((at for at in (timer_s, event_s) if at is not None), default=until_s)
            if due_s >= until_s:
                self.now_s = until_s
                return
            self.now_s = max(self.now_s, due_s)
            if event_s is not None and event_s <= self.now_s:
                heapq.heappop(self._queue)[2]()
            else:
                self.take(self._agent.on_time(self.now_s))
            after_each()

    def _lost(self) -> bool:
        return self._random.random() < self._loss

    def _carry(self, datagram: Datagram) -> None:
        registrar = self._registrars.get(datagram.destination)
        if registrar is not None and not self._lost():
            self.at(self.now_s + self._delay_s, lambda: self._deliver(registrar, datagram.data))

    def _deliver(self, registrar: SimulatedRegistrar, data: bytes) -> None:
        answer = registrar.receive(data, self.now_s)
        if answer is not None and not self._lost():
            source = registrar.address
            self.at(self.now_s + self._delay_s, lambda: self._return(answer, source))

    def _return(self, data: bytes, source: Address) -> None:
        self.take(self._agent.receive(data, source, self.now_s))


CONTACT = f"sip:301@{NEAR.host}:{NEAR.port}"
