"""Session descriptions as values (RFC 4566), voice formats, SRTP keys, and media selection.

SRTP keys are those of ``a=crypto`` lines (RFC 4568).
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, get_args

from telephony.settings import CodecName, SrtpPolicy
from telephony.srtp_keys import SrtpKeys, SrtpSuite

MEDIA_TYPE = "application/sdp"
_DIRECTIONS = ("sendrecv", "sendonly", "recvonly", "inactive")


class SdpError(ValueError):
    """Raised for text that is no session description; ``code`` names the line type."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Attribute(NamedTuple):
    """``a=name:value``; the value is None for a flag."""

    name: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class MediaDescription:
    """One m-line with the lines that belong to it. ``port`` 0 means refused."""

    kind: str
    port: int
    protocol: str
    formats: tuple[str, ...]
    host: str | None = None
    """Address of the media's own c-line."""
    attributes: tuple[Attribute, ...] = ()

    def attribute(self, name: str) -> str | None:
        """Returns the value of the first attribute ``name``; "" for a flag, None if absent."""
        return _find(self.attributes, name)

    def parameters_of(self, payload_type: str) -> str:
        """Returns the format parameters of a payload type (``a=fmtp``); "" if there are none."""
        for name, value in self.attributes:
            number, _, parameters = (value or "").partition(" ")
            if name == "fmtp" and number == payload_type:
                return parameters.strip()
        return ""

    @property
    def direction(self) -> str | None:
        """The media's own direction attribute; None if absent."""
        return _direction(self.attributes)

    def encodings(self) -> dict[str, str]:
        """Returns payload type to "NAME/clock rate" in upper case, from the rtpmap attributes."""
        found: dict[str, str] = {}
        for name, value in self.attributes:
            payload_type, _, encoding = (value or "").partition(" ")
            if name == "rtpmap" and encoding:
                name_and_rate = encoding.strip().upper().split("/")[:2]
                found.setdefault(payload_type, "/".join(name_and_rate))
        return found


@dataclass(frozen=True, slots=True)
class SessionDescription:
    """A complete offer or answer. ``host`` is the address of the session's c-line."""

    session_id: str
    version: str
    origin_host: str
    host: str | None
    media: tuple[MediaDescription, ...]
    attributes: tuple[Attribute, ...] = ()
    user: str = "-"

    def host_of(self, media: MediaDescription) -> str | None:
        """Returns the address to which the media is sent."""
        return media.host or self.host

    def direction_of(self, media: MediaDescription) -> str:
        """Returns the direction of the media from its writer's view; "sendrecv" by default."""
        return media.direction or _direction(self.attributes) or "sendrecv"


def _find(attributes: tuple[Attribute, ...], name: str) -> str | None:
    for key, value in attributes:
        if key == name:
            return "" if value is None else value
    return None


def _direction(attributes: tuple[Attribute, ...]) -> str | None:
    return next((name for name, _ in attributes if name in _DIRECTIONS), None)


def parse_sdp(body: bytes) -> SessionDescription:
    """Parses ``body``; lines of unknown types are skipped. Raises SdpError."""
    origin: list[str] | None = None
    session_host: str | None = None
    session_attributes: list[Attribute] = []
    media: list[MediaDescription] = []
    # The last m-line is rebuilt when all of its lines have been read.
    host: str | None = None
    attributes: list[Attribute] = []

    def finish_media() -> None:
        if media:
            last = media[-1]
            media[-1] = MediaDescription(
                last.kind, last.port, last.protocol, last.formats, host, tuple(attributes)
            )

    for raw in body.decode("utf-8", "surrogateescape").replace("\r", "\n").split("\n"):
        kind, equals, value = raw.strip(" \t").partition("=")
        if not equals:
            continue
        if kind == "o":
            origin = value.split()
        elif kind == "m":
            finish_media()
            media.append(_parse_media(value))
            host, attributes = None, []
        elif kind == "c":
            if media:
                host = _parse_connection(value)
            else:
                session_host = _parse_connection(value)
        elif kind == "a":
            name, colon, text = value.partition(":")
            attribute = Attribute(name, text if colon else None)
            (attributes if media else session_attributes).append(attribute)
    finish_media()
    if origin is None or len(origin) != 6:
        raise SdpError("o")
    user, session_id, version, _, _, origin_host = origin
    return SessionDescription(
        session_id,
        version,
        origin_host,
        session_host,
        tuple(media),
        tuple(session_attributes),
        user,
    )


def _parse_media(value: str) -> MediaDescription:
    pieces = value.split()
    if len(pieces) < 3:
        raise SdpError("m")
    port = pieces[1].partition("/")[0]
    if not (port.isascii() and port.isdigit()) or len(port) > 5 or int(port) > 65535:
        raise SdpError("m")
    return MediaDescription(pieces[0].lower(), int(port), pieces[2].upper(), tuple(pieces[3:]))


def _parse_connection(value: str) -> str:
    pieces = value.split()
    if len(pieces) != 3 or pieces[0] != "IN" or pieces[1] not in ("IP4", "IP6"):
        raise SdpError("c")
    return pieces[2].partition("/")[0]


def _address_type(host: str) -> str:
    return "IP6" if ":" in host else "IP4"


def serialise_sdp(description: SessionDescription) -> bytes:
    """Serialises the description. Raises ValueError if a field contains a line break."""
    origin_host = description.origin_host
    lines = [
        "v=0",
        f"o={description.user} {description.session_id} {description.version}"
        f" IN {_address_type(origin_host)} {origin_host}",
        "s=-",
    ]
    if description.host is not None:
        lines.append(f"c=IN {_address_type(description.host)} {description.host}")
    lines.append("t=0 0")
    lines += [_attribute_line(attribute) for attribute in description.attributes]
    for media in description.media:
        lines.append(" ".join([f"m={media.kind}", str(media.port), media.protocol, *media.formats]))
        if media.host is not None:
            lines.append(f"c=IN {_address_type(media.host)} {media.host}")
        lines += [_attribute_line(attribute) for attribute in media.attributes]
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError("line_break")
    return ("\r\n".join(lines) + "\r\n").encode("utf-8", "surrogateescape")


def _attribute_line(attribute: Attribute) -> str:
    return f"a={attribute.name}" + ("" if attribute.value is None else f":{attribute.value}")


KEY_BYTES = 30
SUITES: tuple[SrtpSuite, ...] = get_args(SrtpSuite)
_TAG_DIGITS = 9
# Session parameters that do not change the protection of packets (section 6.3).
_HARMLESS_PARAMETERS = ("WSH=", "FEC_ORDER=")


@dataclass(frozen=True, slots=True)
class Crypto:
    """One ``a=crypto`` line: suite, its writer's key, and the tag that an answer repeats."""

    tag: str
    suite: SrtpSuite
    key: bytes = field(repr=False)

    @property
    def attribute(self) -> Attribute:
        encoded = base64.b64encode(self.key).decode("ascii")
        return Attribute("crypto", f"{self.tag} {self.suite} inline:{encoded}")


def read_cryptos(media: MediaDescription) -> tuple[Crypto, ...]:
    """Returns the crypto lines of a media description that this phone supports, in order."""
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
    # "|1:4" puts a master key identifier into every packet, which this phone does not support.
    # Several keys in one line require it too.
    if method != "inline" or ";" in info or any(":" in option for option in options):
        return None
    try:
        key = base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    return Crypto(tag, suite, key) if len(key) == KEY_BYTES else None


class LocalKeys:
    """This side's keys of one call: one per suite, unchanged for the whole call."""

    def __init__(self, new_key: Callable[[], bytes]) -> None:
        self._new_key = new_key
        self._keys: dict[SrtpSuite, bytes] = {}

    def of(self, suite: SrtpSuite) -> bytes:
        """Returns the key of this suite; creates it at the first use."""
        if suite not in self._keys:
            self._keys[suite] = self._new_key()
        return self._keys[suite]

    def offer(self, suites: Iterable[SrtpSuite] = SUITES) -> tuple[Crypto, ...]:
        """Returns a line for each suite; the tag of a suite never changes."""
        return tuple(
            Crypto(str(SUITES.index(suite) + 1), suite, self.of(suite)) for suite in suites
        )

    def answer(self, offered: Crypto) -> tuple[Crypto, SrtpKeys]:
        """Returns the line that accepts the offered one, and the keys of both directions."""
        own = self.of(offered.suite)
        return Crypto(offered.tag, offered.suite, own), SrtpKeys(offered.suite, own, offered.key)

    def accept(self, answered: Iterable[Crypto]) -> SrtpKeys | None:
        """Returns the keys agreed by an answer to ``offer``; None if it fits no offered line."""
        for crypto in answered:
            if crypto.tag == str(SUITES.index(crypto.suite) + 1) and crypto.suite in self._keys:
                return SrtpKeys(crypto.suite, self._keys[crypto.suite], crypto.key)
        return None


FIRST_DYNAMIC_PAYLOAD_TYPE = 96


@dataclass(frozen=True, slots=True)
class VoiceFormat:
    """A voice encoding that the media can send and receive.

    ``payload_type`` is the static one, or the one that this side proposes. ``parameters`` is the
    value of ``a=fmtp``, "" for none.
    """

    name: str
    clock_hz: int
    payload_type: int
    channels: int = 1
    parameters: str = ""

    @property
    def encoding(self) -> str:
        """Value of ``a=rtpmap`` after the payload type."""
        channels = "" if self.channels == 1 else f"/{self.channels}"
        return f"{self.name}/{self.clock_hz}{channels}"

    @property
    def key(self) -> str:
        """Name and clock rate in upper case, for comparison."""
        return f"{self.name.upper()}/{self.clock_hz}"


PCMA = VoiceFormat("PCMA", 8000, 8)
PCMU = VoiceFormat("PCMU", 8000, 0)
# The clock rate is 8000 by an error of RFC 1890 that RFC 3551, section 4.5.2, retains.
G722 = VoiceFormat("G722", 8000, 9)
# Always "/2" in the description, regardless of the channels sent (RFC 7587, section 7).
OPUS = VoiceFormat("opus", 48000, 107, 2, "useinbandfec=1")
DEFAULT_FORMATS = (PCMA, PCMU)
_BY_SETTING: dict[CodecName, VoiceFormat] = {
    "pcma": PCMA,
    "pcmu": PCMU,
    "g722": G722,
    "opus": OPUS,
}


def formats_of(codecs: Iterable[CodecName]) -> tuple[VoiceFormat, ...]:
    """Returns the formats named in the settings, in the same order."""
    return tuple(_BY_SETTING[name] for name in codecs)


COMFORT_NOISE_PAYLOAD_TYPE = 13
DEFAULT_PTIME_MS = 20
EXTENDED_REPORTS = "rtcp-xr"
VOIP_METRICS = "voip-metrics"
# Clock rate that most phones use for telephone-event next to every codec.
USUAL_EVENT_CLOCK_HZ = 8000
_PLAIN = ("RTP/AVP", "RTP/AVPF")
_SECURE = ("RTP/SAVP", "RTP/SAVPF")
_ZERO_ADDRESSES = ("0.0.0.0", "::")  # noqa: S104

# Warn-codes of RFC 3261, section 20.43.
INCOMPATIBLE_ADDRESS = 301
INCOMPATIBLE_TRANSPORT = 302
MEDIA_NOT_AVAILABLE = 304
INCOMPATIBLE_FORMAT = 305


class AcceptsCryptos(Protocol):
    """Matches crypto lines with those that were offered."""

    def accept(self, answered: tuple[Crypto, ...]) -> SrtpKeys | None:
        """Returns the keys if one of the lines answers an offered one; otherwise None."""


class TelephoneEvent(NamedTuple):
    """Digits in RTP; ``clock_hz`` is the unit of their durations."""

    payload_type: int
    clock_hz: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A usable voice line with its selected parameters; ``crypto`` is None for plain RTP."""

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
    """Returns the first usable voice line with its first format that this side supports.

    With ``offered`` the description is an answer: only a crypto line that answers an offered one is
    accepted.
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
    """Returns the warn-code for an unusable offer; None if the offer is usable."""
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
    """Whether the line's protection satisfies the policy, and its crypto line."""
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
    """Whether ``host`` is an IP address; host names are not supported."""
    try:
        ipaddress.ip_address(host or "")
    except ValueError:
        return False
    return True


def is_zero_address(description: SessionDescription, media: MediaDescription) -> bool:
    """Whether the address is zero: the hold of RFC 2543 (RFC 3264, section 8.4)."""
    return description.host_of(media) in _ZERO_ADDRESSES


def directions(description: SessionDescription, media: MediaDescription) -> tuple[bool, bool]:
    """Returns whether the writer of the description sends, and whether it receives."""
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
    """The telephone-event with the codec's clock rate (RFC 4733, section 2.1), or 8000 Hz."""
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
    """Returns the packet duration that the remote party prefers, within its maxptime."""
    wanted = _milliseconds(media, "ptime") or DEFAULT_PTIME_MS
    return min(wanted, _milliseconds(media, "maxptime") or wanted)


def _milliseconds(media: MediaDescription, name: str) -> int | None:
    text = (media.attribute(name) or "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 3 and 10 <= int(text) <= 60:
        return int(text)
    return None


def names_extended_reports(description: SessionDescription, media: MediaDescription) -> bool:
    """Whether the writer of the description supports extended reports (RFC 3611, section 5)."""
    return bool(_extended_reports(description, media))


def wants_voip_metrics(description: SessionDescription, media: MediaDescription) -> bool:
    """Whether the writer requests reports with VoIP metrics."""
    formats = " ".join(_extended_reports(description, media)).lower().split()
    return VOIP_METRICS in formats


def _extended_reports(description: SessionDescription, media: MediaDescription) -> list[str]:
    return [
        value or ""
        for name, value in (*description.attributes, *media.attributes)
        if name == EXTENDED_REPORTS
    ]


def rtcp_port(media: MediaDescription) -> int:
    """Returns the remote party's RTCP port (RFC 3605), otherwise the port above its RTP."""
    text = (media.attribute("rtcp") or "").partition(" ")[0]
    if text.isascii() and text.isdigit() and len(text) <= 5 and 0 < int(text) <= 65535:
        return int(text)
    return min(media.port + 1, 65535)
