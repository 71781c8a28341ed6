"""Which voice format and direction both sides agree on (RFC 3264)."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, replace

from telephony.sip.sdp import Attribute, MediaDescription, SessionDescription

_PROTOCOLS = ("RTP/AVP", "RTP/AVPF")
_TELEPHONE_EVENT = "TELEPHONE-EVENT/8000"
_OFFERED_TELEPHONE_EVENT = "101"
_DEFAULT_PTIME_MS = 20


@dataclass(frozen=True, slots=True)
class VoiceFormat:
    """A voice encoding that the media can send and receive."""

    name: str
    clock_hz: int
    payload_type: int

    @property
    def encoding(self) -> str:
        return f"{self.name}/{self.clock_hz}"


PCMA = VoiceFormat("PCMA", 8000, 8)
PCMU = VoiceFormat("PCMU", 8000, 0)
DEFAULT_FORMATS = (PCMA, PCMU)


@dataclass(frozen=True, slots=True)
class LocalMedia:
    """Where this side receives one call's RTP, and which formats it takes, best first."""

    host: str
    port: int
    formats: tuple[VoiceFormat, ...] = DEFAULT_FORMATS


@dataclass(frozen=True, slots=True)
class AgreedMedia:
    """What both sides have agreed on; ``sending`` and ``receiving`` are this side's view."""

    host: str
    port: int
    codec: str
    payload_type: int
    telephone_event_payload_type: int | None
    sending: bool
    receiving: bool
    ptime_ms: int = _DEFAULT_PTIME_MS


@dataclass(frozen=True, slots=True)
class _Choice:
    index: int
    format: VoiceFormat
    payload_type: str
    telephone_event: str | None


class Negotiation:
    """One call's side of offer and answer; keeps the o-line's version rising as it changes.

    ``session_id`` is a number in decimal, unique to the call.
    """

    def __init__(self, session_id: str, local: LocalMedia) -> None:
        self.local = local
        self._session_id = session_id
        self._version = 0
        self._last: SessionDescription | None = None

    def offer(self) -> SessionDescription:
        """A full offer of all formats, both directions."""
        formats = [str(item.payload_type) for item in self.local.formats]
        maps = [(str(item.payload_type), item.encoding) for item in self.local.formats]
        media = self._audio(
            formats, maps, _OFFERED_TELEPHONE_EVENT, "RTP/AVP", "sendrecv", self.local.port
        )
        return self._describe((media,))

    def answer(self, offer: SessionDescription) -> tuple[SessionDescription, AgreedMedia] | None:
        """The answer to ``offer`` and what it agrees on; None when no format fits (488)."""
        choice = _choose(offer, self.local.formats)
        if choice is None:
            return None
        agreed = _agree(offer, choice)
        answered = offer.media[choice.index]
        direction = _name_direction(agreed.sending, agreed.receiving)
        audio = self._audio(
            [choice.payload_type],
            [(choice.payload_type, choice.format.encoding)],
            choice.telephone_event,
            answered.protocol,
            direction,
            self.local.port,
        )
        # Every m-line of the offer is answered in its place; port 0 refuses it (section 6).
        media = tuple(
            audio
            if index == choice.index
            else MediaDescription(line.kind, 0, line.protocol, line.formats or ("0",))
            for index, line in enumerate(offer.media)
        )
        return self._describe(media), agreed

    def accept(self, answer: SessionDescription) -> AgreedMedia | None:
        """What the far side's answer to our offer agrees on; None when it fits nothing."""
        choice = _choose(answer, self.local.formats)
        return None if choice is None else _agree(answer, choice)

    def _audio(
        self,
        formats: list[str],
        maps: list[tuple[str, str]],
        telephone_event: str | None,
        protocol: str,
        direction: str,
        port: int,
    ) -> MediaDescription:
        attributes = [Attribute("rtpmap", f"{number} {encoding}") for number, encoding in maps]
        if telephone_event is not None:
            formats = [*formats, telephone_event]
            attributes += [
                Attribute("rtpmap", f"{telephone_event} telephone-event/8000"),
                Attribute("fmtp", f"{telephone_event} 0-15"),
            ]
        attributes += [Attribute("ptime", str(_DEFAULT_PTIME_MS)), Attribute(direction)]
        return MediaDescription("audio", port, protocol, tuple(formats), None, tuple(attributes))

    def _describe(self, media: tuple[MediaDescription, ...]) -> SessionDescription:
        host = self.local.host
        fresh = SessionDescription(self._session_id, str(self._version), host, host, media)
        if self._last is not None and fresh != self._last:
            self._version += 1
            fresh = replace(fresh, version=str(self._version))
        self._last = fresh
        return fresh


def can_answer(offer: SessionDescription, formats: tuple[VoiceFormat, ...]) -> bool:
    """Whether any voice line of the offer can be accepted, before a port is taken for it."""
    return _choose(offer, formats) is not None


def _choose(description: SessionDescription, formats: tuple[VoiceFormat, ...]) -> _Choice | None:
    """The first usable voice line and its first format that this side has too."""
    for index, media in enumerate(description.media):
        usable = media.kind == "audio" and media.port != 0 and media.protocol in _PROTOCOLS
        if not usable or not _is_address(description.host_of(media)):
            continue
        encodings = media.encodings()
        for payload_type in media.formats:
            for item in formats:
                if _means(payload_type, encodings, item):
                    event = _telephone_event(media.formats, encodings)
                    return _Choice(index, item, payload_type, event)
    return None


def _is_address(host: str | None) -> bool:
    """Whether the media goes to an IP address; a name would have to be looked up (unused)."""
    try:
        ipaddress.ip_address(host or "")
    except ValueError:
        return False
    return True


def _means(payload_type: str, encodings: dict[str, str], item: VoiceFormat) -> bool:
    encoding = encodings.get(payload_type)
    if encoding is not None:
        return encoding == item.encoding and _is_payload_type(payload_type)
    # A static payload type needs no rtpmap (RFC 3551).
    return item.payload_type < 96 and payload_type == str(item.payload_type)


def _is_payload_type(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= 127


def _telephone_event(formats: tuple[str, ...], encodings: dict[str, str]) -> str | None:
    for payload_type in formats:
        if encodings.get(payload_type) == _TELEPHONE_EVENT and _is_payload_type(payload_type):
            return payload_type
    return None


def _agree(remote: SessionDescription, choice: _Choice) -> AgreedMedia:
    media = remote.media[choice.index]
    host = remote.host_of(media) or ""
    direction = remote.direction_of(media)
    # An address of zeros is the hold of RFC 2543 (RFC 3264 section 8.4).
    remote_receives = direction in ("sendrecv", "recvonly") and host not in ("0.0.0.0", "::")  # noqa: S104
    event = choice.telephone_event
    return AgreedMedia(
        host,
        media.port,
        choice.format.name,
        int(choice.payload_type),
        None if event is None else int(event),
        sending=remote_receives,
        receiving=direction in ("sendrecv", "sendonly"),
        ptime_ms=_ptime_ms(media),
    )


def _ptime_ms(media: MediaDescription) -> int:
    text = (media.attribute("ptime") or "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 3 and 10 <= int(text) <= 60:
        return int(text)
    return _DEFAULT_PTIME_MS


def _name_direction(sending: bool, receiving: bool) -> str:
    if sending:
        return "sendrecv" if receiving else "sendonly"
    return "recvonly" if receiving else "inactive"
