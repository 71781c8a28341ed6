"""Which voice line and format of a far side's description this phone can use."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from telephony.settings import SrtpPolicy
from telephony.sip.description.sdes import Crypto, read_cryptos
from telephony.sip.description.sdp import MediaDescription, SessionDescription
from telephony.sip.description.voice_formats import VoiceFormat
from telephony.srtp_keys import SrtpKeys

COMFORT_NOISE_PAYLOAD_TYPE = 13
DEFAULT_PTIME_MS = 20
EXTENDED_REPORTS = "rtcp-xr"
VOIP_METRICS = "voip-metrics"
# What most of the field says beside every encoding, whatever its clock rate.
USUAL_EVENT_CLOCK_HZ = 8000
_PLAIN = ("RTP/AVP", "RTP/AVPF")
_SECURE = ("RTP/SAVP", "RTP/SAVPF")
_ZERO_ADDRESSES = ("0.0.0.0", "::")  # noqa: S104

# Warn-codes of RFC 3261 section 20.43.
INCOMPATIBLE_ADDRESS = 301
INCOMPATIBLE_TRANSPORT = 302
MEDIA_NOT_AVAILABLE = 304
INCOMPATIBLE_FORMAT = 305


class AcceptsCryptos(Protocol):
    """Who knows which crypto lines were offered."""

    def accept(self, answered: tuple[Crypto, ...]) -> SrtpKeys | None:
        """The keys when one of the lines answers an offered one."""


class TelephoneEvent(NamedTuple):
    """Digits in RTP; ``clock_hz`` is what their durations count."""

    payload_type: int
    clock_hz: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A usable voice line with what it offers; ``crypto`` is None for plain RTP."""

    index: int
    media: MediaDescription
    format: VoiceFormat
    payload_type: int
    parameters: str
    telephone_event: TelephoneEvent | None
    comfort_noise: int | None
    crypto: Crypto | None


def choose(
    description: SessionDescription,
    formats: tuple[VoiceFormat, ...],
    srtp: SrtpPolicy,
    offered: AcceptsCryptos | None = None,
) -> Choice | None:
    """The first usable voice line and its first format that this side has too.

    ``offered`` makes it an answer: only a crypto line that takes an offered one counts.
    """
    for index, media in enumerate(description.media):
        if not _is_voice(media) or not is_address(description.host_of(media)):
            continue
        secured, crypto = _security(media, srtp, offered)
        found = _find_format(media, formats) if secured else None
        if found is not None:
            number, item = found
            return Choice(
                index,
                media,
                item,
                number,
                media.parameters_of(str(number)),
                _event_of(media, item.clock_hz),
                _comfort_noise_of(media, item.clock_hz),
                crypto,
            )
    return None


def find_mismatch(
    offer: SessionDescription, formats: tuple[VoiceFormat, ...], srtp: SrtpPolicy
) -> int | None:
    """The warn-code that says why nothing of the offer can be used; None when something can."""
    if choose(offer, formats, srtp) is not None:
        return None
    voices = [media for media in offer.media if _is_voice(media)]
    if not voices:
        return MEDIA_NOT_AVAILABLE
    if not any(is_address(offer.host_of(media)) for media in voices):
        return INCOMPATIBLE_ADDRESS
    if not any(_security(media, srtp, None)[0] for media in voices):
        return INCOMPATIBLE_TRANSPORT
    return INCOMPATIBLE_FORMAT


def _is_voice(media: MediaDescription) -> bool:
    return media.kind == "audio" and media.port != 0


def _security(
    media: MediaDescription, srtp: SrtpPolicy, offered: AcceptsCryptos | None
) -> tuple[bool, Crypto | None]:
    """Whether the line's protection suits the policy, and the key it gives."""
    secure = media.protocol in _SECURE
    if not secure and media.protocol not in _PLAIN:
        return False, None
    if srtp == "off":
        return not secure, None
    cryptos = read_cryptos(media)
    if offered is not None:
        cryptos = tuple(crypto for crypto in cryptos if offered.accept((crypto,)) is not None)
    if cryptos:
        return True, cryptos[0]
    return not secure and srtp == "allow", None


def is_address(host: str | None) -> bool:
    """Whether the media goes to an IP address; a name would have to be looked up (unused)."""
    try:
        ipaddress.ip_address(host or "")
    except ValueError:
        return False
    return True


def is_zero_address(description: SessionDescription, media: MediaDescription) -> bool:
    """Whether the media goes nowhere: the hold of RFC 2543 (RFC 3264 section 8.4)."""
    return description.host_of(media) in _ZERO_ADDRESSES


def directions(description: SessionDescription, media: MediaDescription) -> tuple[bool, bool]:
    """Whether the writer of the description sends, and whether it receives."""
    direction = description.direction_of(media)
    receives = direction in ("sendrecv", "recvonly") and not is_zero_address(description, media)
    return direction in ("sendrecv", "sendonly"), receives


def _find_format(
    media: MediaDescription, formats: tuple[VoiceFormat, ...]
) -> tuple[int, VoiceFormat] | None:
    encodings = media.encodings()
    for number in media.formats:
        for item in formats:
            if _means(number, encodings, item):
                return int(number), item
    return None


def _means(number: str, encodings: dict[str, str], item: VoiceFormat) -> bool:
    encoding = encodings.get(number)
    if encoding is not None:
        return encoding == item.key and _is_payload_type(number)
    # A static payload type needs no rtpmap (RFC 3551).
    return item.payload_type < 96 and number == str(item.payload_type)


def _is_payload_type(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= 127


def _event_of(media: MediaDescription, clock_hz: int) -> TelephoneEvent | None:
    """The telephone-event whose clock rate is the voice's (RFC 4733 section 2.1), or the usual."""
    encodings = media.encodings()
    for wanted_hz in (clock_hz, USUAL_EVENT_CLOCK_HZ):
        for number in media.formats:
            if encodings.get(number) == f"TELEPHONE-EVENT/{wanted_hz}" and _is_payload_type(number):
                return TelephoneEvent(int(number), wanted_hz)
    return None


def _comfort_noise_of(media: MediaDescription, clock_hz: int) -> int | None:
    number = str(COMFORT_NOISE_PAYLOAD_TYPE)
    known = media.encodings().get(number, "CN/8000") == "CN/8000"
    if clock_hz == 8000 and number in media.formats and known:
        return COMFORT_NOISE_PAYLOAD_TYPE
    return None


def ptime_ms(media: MediaDescription) -> int:
    """How long the far side wants its packets, within its maxptime."""
    wanted = _milliseconds(media, "ptime") or DEFAULT_PTIME_MS
    return min(wanted, _milliseconds(media, "maxptime") or wanted)


def _milliseconds(media: MediaDescription, name: str) -> int | None:
    text = (media.attribute(name) or "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 3 and 10 <= int(text) <= 60:
        return int(text)
    return None


def names_extended_reports(description: SessionDescription, media: MediaDescription) -> bool:
    """Whether the writer of the description knows extended reports (RFC 3611 section 5)."""
    return bool(_extended_reports(description, media))


def wants_voip_metrics(description: SessionDescription, media: MediaDescription) -> bool:
    """Whether it wants to be told by them how well it is heard."""
    formats = " ".join(_extended_reports(description, media)).lower().split()
    return VOIP_METRICS in formats


def _extended_reports(description: SessionDescription, media: MediaDescription) -> list[str]:
    return [
        value or ""
        for name, value in (*description.attributes, *media.attributes)
        if name == EXTENDED_REPORTS
    ]


def rtcp_port(media: MediaDescription) -> int:
    """Where the far side's RTCP is received (RFC 3605), else the port above its RTP."""
    text = (media.attribute("rtcp") or "").partition(" ")[0]
    if text.isascii() and text.isdigit() and len(text) <= 5 and 0 < int(text) <= 65535:
        return int(text)
    return min(media.port + 1, 65535)
