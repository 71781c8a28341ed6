"""Publishes the operator's presence with PUBLISH, as a PIDF document with RPID.

RFC 3903 (PUBLISH), RFC 3863 (PIDF), RFC 4480 (RPID).
"""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import quoteattr

from telephony.presence import GONE, Presence, PublicationState
from telephony.sip.core import Core
from telephony.sip.dialogs.dialog import Exchange
from telephony.sip.effects import PresenceUpdated
from telephony.sip.registration_servers import BackOff
from telephony.sip.registration_state import (
    EXPIRES_LIMIT_S,
    minimum_s,
    renew_after_s,
    retry_after_s,
    seconds,
)
from telephony.sip.syntax.address import Address, NameAddress, Uri
from telephony.sip.syntax.message import Headers, Request, Response

MEDIA_TYPE = "application/pidf+xml"
_PIDF = "urn:ietf:params:xml:ns:pidf"


def presence_document(presence: Presence, entity: Uri, tuple_id: str) -> bytes:
    """Builds the PIDF document about ``entity``; ``tuple_id`` distinguishes the entity's phones.

    It has no line breaks and no timestamp, because it must fit into one datagram together with
    credentials.
    """
    basic = "open" if presence.takes_calls else "closed"
    activities = "".join(f"<r:{activity}/>" for activity in presence.activities)
    person = f"<d:person id={quoteattr(f'p{tuple_id}')}><r:activities>{activities}</r:activities>"
    namespaces = (
        f' xmlns:d="{_PIDF}:data-model" xmlns:r="{_PIDF}:rpid"' if presence.activities else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<presence xmlns="{_PIDF}"{namespaces} entity={quoteattr(str(entity))}>'
        f"<tuple id={quoteattr(f't{tuple_id}')}><status><basic>{basic}</basic></status></tuple>"
        f"{person + '</d:person>' if activities else ''}"
        "</presence>"
    ).encode()


_REFRESH = "refresh"
_AGAIN = "again"
_UNKNOWN_TAG = 412
_TOO_SHORT = 423
# The server does not support the event, method, user or format; a retry would fail as well.
_TAKES_NO_PRESENCE = (404, 405, 415, 489, 501, 604)
_PASSWORD_REFUSED = (401, 403, 407)
# The PBX may gain presence support later; the operator is not notified of the same failure again.
_NOT_TAKEN_S = 3600.0


class Publication:
    """One publication of one account at the server in use; at most one PUBLISH is pending.

    ``is_way_up`` returns whether the PBX knows this phone. ``advance`` is called at the end of each
    call of the user agent and sends the requests that are due.
    """

    def __init__(self, core: Core, is_way_up: Callable[[], bool]) -> None:
        self._core = core
        self._is_way_up = is_way_up
        self._call_id = core.identifiers.call_id()
        self._tag = core.identifiers.tag()
        self._tuple_id = core.identifiers.tag()
        self._sequence = 0
        self._expires_s = core.identity.expires_s
        self._back_off = BackOff(core.values.t1_s, core.identifiers.fraction)
        self._wanted: Presence | None = None
        self._told: Presence | None = None
        self._entity_tags: dict[Address, str] = {}
        """Ordered by age, the latest last."""
        self._is_stranger = False
        """Whether the server in use rejects the entity-tags of the other servers."""
        self._server: Address | None = None
        self._was_up = False
        self._is_due = False
        self._rests = False
        self._is_leaving = False
        self._attempt: Exchange | None = None
        self._state = PublicationState.OFF
        self._reported = PresenceUpdated(PublicationState.OFF, None, None)

    @property
    def busy(self) -> bool:
        """Whether a PUBLISH waits for its final response."""
        return self._attempt is not None

    def want(self, presence: Presence | None) -> None:
        """Publishes the presence; None withdraws it, after publishing "closed".

        Ignored after ``stop``, because no later request could withdraw it.
        """
        if self._is_leaving or presence == self._wanted:
            return
        if self._wanted is None:
            # An operator starts to work: retry regardless of the server's earlier response.
            self._core.cancel(self, _AGAIN)
            self._rests = False
        self._wanted = presence
        if presence is None and not self._entity_tags and self._attempt is None:
            self._is_over()
        elif self._state in (PublicationState.OFF, PublicationState.TOLD):
            self._report(PublicationState.WAITING)

    def doubt(self) -> None:
        """Publishes everything again: the server may have lost it, or a user requested it."""
        self._abandon()
        self._told = None
        self._back_off.reset()

    def stop(self) -> None:
        """Withdraws the publication, with one attempt."""
        self._is_leaving = True
        self._rests = False
        self._wanted = None

    def advance(self) -> None:
        """Follows changes of the server in use and sends the request that is due."""
        if not self._is_leaving:
            self._follow()
        if self._attempt is not None or self._rests or not self._was_up:
            return
        keeper = self._core.way_keeper
        if not self._is_leaving and keeper is not None and keeper.busy:
            return  # the check whether the server responds is pending
        self._send_next()

    def on_timer(self, name: str) -> None:
        if name == _REFRESH:
            self._is_due = True
        elif name == _AGAIN:
            self._rests = False

    # --- server in use ---

    def _follow(self) -> None:
        is_up, server = self._is_way_up(), self._core.server
        if is_up and (not self._was_up or server != self._server):
            self._abandon()
            self._told = None
            self._is_stranger = False
            self._server = server
            self._back_off.reset()
        elif not is_up and self._was_up:
            self._abandon()
            self._told = None
            if self._wanted is not None:
                self._report(PublicationState.WAITING)
        self._was_up = is_up

    def _abandon(self) -> None:
        self._core.cancel(self, _REFRESH, _AGAIN)
        self._rests = self._is_due = False
        if self._attempt is not None:
            self._attempt.abandon()
            self._attempt = None

    # --- PUBLISH ---

    def _send_next(self) -> None:
        wanted, tag = self._wanted, self._entity_tag
        if wanted is None:
            if tag is None:
                self._is_over()
            elif self._told != GONE:
                self._send(tag, GONE, self._expires_s)
            else:
                self._send(tag, None, 0)
        elif wanted != self._told:
            self._send(tag, wanted, self._expires_s)
        elif self._is_due:
            # A publication without an entity-tag can only be refreshed by sending it in full.
            self._send(tag, wanted if tag is None else None, self._expires_s)

    @property
    def _entity_tag(self) -> str | None:
        """Tag of the server in use, otherwise the latest of another: they may share their state."""
        own = None if self._server is None else self._entity_tags.get(self._server)
        if own is not None or self._is_stranger or self._wanted is None:
            return own
        return next(reversed(self._entity_tags.values()), None)

    def _is_over(self) -> None:
        self._told = None
        self._core.cancel(self, _REFRESH, _AGAIN)
        self._report(PublicationState.OFF)

    def _send(self, tag: str | None, presence: Presence | None, expires_s: int) -> None:
        """Without a presence, refreshes the publication for ``expires_s``; 0 removes it."""
        core, record = self._core, self._core.identity.address_of_record
        way = core.way_out(record.uri)
        body, content = b"", Headers()
        if presence is not None:
            body = presence_document(presence, record.uri, self._tuple_id)
            content = (("Content-Type", MEDIA_TYPE),)
        headers = (
            *way.routes,
            ("Max-Forwards", "70"),
            ("From", str(record.with_tag(self._tag))),
            ("To", str(NameAddress(record.uri))),
            ("Call-ID", self._call_id),
            ("CSeq", f"{self._next_sequence()} PUBLISH"),
            ("Event", "presence"),
            ("Expires", str(expires_s)),
            *((("SIP-If-Match", tag),) if tag is not None else ()),
            *content,
        )

        def on_final(response: Response | None) -> None:
            self._attempt = None
            self._on_final(response, tag, presence, expires_s)

        self._attempt = Exchange(core, way.destination, self._next_sequence, on_final)
        self._attempt.start(Request(headers, body, "PUBLISH", str(record.uri)))

    def _next_sequence(self) -> int:
        self._sequence += 1
        return self._sequence

    # --- responses ---

    def _on_final(
        self, response: Response | None, tag: str | None, presence: Presence | None, expires_s: int
    ) -> None:
        status_code = None if response is None else response.status_code
        if response is not None and response.status_code < 300:
            self._succeed(response, tag, presence, expires_s)
        elif status_code == _UNKNOWN_TAG and tag is not None:
            self._forget(tag)
        elif self._is_leaving:
            self._entity_tags.clear()  # one attempt only; the publication expires
        elif response is None:
            self._keeper_doubts()
            self._rest(PublicationState.FAILED, None, self._back_off.after_refusal_s())
        else:
            self._refused(response)

    def _succeed(
        self, response: Response, tag: str | None, presence: Presence | None, expires_s: int
    ) -> None:
        server = self._server
        self._is_due = False
        self._back_off.reset()
        self._entity_tags = {
            known_at: known
            for known_at, known in self._entity_tags.items()
            if known != tag and known_at != server
        }
        if expires_s == 0:
            self._told = None
            return
        given = response.first("SIP-ETag")
        if given and server is not None:
            self._entity_tags[server] = given
        if presence is not None:
            self._told = presence
        granted_s = seconds(response.first("Expires"), EXPIRES_LIMIT_S) or expires_s
        self._core.arm(self, _REFRESH, renew_after_s(granted_s, self._core.identifiers.fraction()))
        if self._wanted is not None and self._told == self._wanted:
            self._report(PublicationState.TOLD)

    def _forget(self, tag: str) -> None:
        """412: the server does not know the tag and needs the full document (section 4.4)."""
        server = self._server
        if server is not None and self._entity_tags.get(server) == tag:
            del self._entity_tags[server]
        else:
            self._is_stranger = True
        self._told = None

    def _keeper_doubts(self) -> None:
        if self._core.way_keeper is not None:
            self._core.way_keeper.suspect()

    def _refused(self, response: Response) -> None:
        status_code = response.status_code
        wanted_s = minimum_s(response)
        if status_code == _TOO_SHORT and wanted_s > self._expires_s:
            self._expires_s = wanted_s
            return
        asked_s = float(retry_after_s(response))
        if status_code in _TAKES_NO_PRESENCE:
            self._entity_tags.clear()
            self._rest(PublicationState.NOT_TAKEN, status_code, _NOT_TAKEN_S)
            return
        if self._core.fault_in(response) is not None:
            delay_s, shown = self._back_off.after_refusal_s(), None
        elif status_code in _PASSWORD_REFUSED:
            delay_s, shown = self._back_off.after_wrong_password_s(), status_code
        else:
            delay_s, shown = self._back_off.after_refusal_s(), status_code
        self._rest(PublicationState.FAILED, shown, max(delay_s, asked_s))

    def _rest(self, state: PublicationState, status_code: int | None, delay_s: float) -> None:
        self._told = None
        self._rests = True
        self._core.arm(self, _AGAIN, delay_s)
        self._report(state, status_code)

    def _report(self, state: PublicationState, status_code: int | None = None) -> None:
        """Emits the state if it differs from the last report."""
        self._state = state
        told = self._told if state is PublicationState.TOLD else None
        news = PresenceUpdated(state, told, status_code)
        if news != self._reported:
            self._reported = news
            self._core.emit(news)
