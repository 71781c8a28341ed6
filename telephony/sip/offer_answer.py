"""Offer/answer negotiation of one call's media (RFC 3264), with SRTP keys (RFC 4568)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from telephony.settings import SrtpPolicy
from telephony.sip.sdp import (
    COMFORT_NOISE_PAYLOAD_TYPE,
    DEFAULT_FORMATS,
    DEFAULT_PTIME_MS,
    EXTENDED_REPORTS,
    FIRST_DYNAMIC_PAYLOAD_TYPE,
    USUAL_EVENT_CLOCK_HZ,
    VOIP_METRICS,
    Attribute,
    Choice,
    Crypto,
    LocalKeys,
    MediaDescription,
    SessionDescription,
    TelephoneEvent,
    VoiceFormat,
    choose,
    directions,
    names_extended_reports,
    ptime_ms,
    rtcp_port,
    wants_voip_metrics,
)
from telephony.srtp_keys import SrtpKeys

_EVENT_KEY = "TELEPHONE-EVENT"
_FIRST_EVENT_PAYLOAD_TYPE = 101
_COMFORT_NOISE_CLOCK_HZ = 8000


@dataclass(frozen=True, slots=True)
class LocalMedia:
    """Address at which this side receives the RTP of one call, and its formats, best first."""

    host: str
    port: int
    formats: tuple[VoiceFormat, ...] = DEFAULT_FORMATS
    srtp: SrtpPolicy = "off"


@dataclass(frozen=True, slots=True)
class AgreedMedia:
    """Media parameters agreed by both sides; ``sending`` and ``receiving`` are this side's view.

    ``format_parameters`` is the remote party's ``a=fmtp`` of the codec.
    ``telephone_event_clock_hz`` is the unit of digit durations; RTP timestamps of digits always use
    the codec's clock. ``srtp`` is None for plain RTP. ``wants_voip_metrics`` is the remote party's
    wish (RFC 3611).
    """

    host: str
    port: int
    codec: str
    payload_type: int
    telephone_event_payload_type: int | None
    sending: bool
    receiving: bool
    ptime_ms: int = DEFAULT_PTIME_MS
    comfort_noise_payload_type: int | None = None
    rtcp_port: int = 0
    srtp: SrtpKeys | None = None
    format_parameters: str = ""
    telephone_event_clock_hz: int = USUAL_EVENT_CLOCK_HZ
    wants_voip_metrics: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    formats: tuple[tuple[int, VoiceFormat], ...]
    events: tuple[TelephoneEvent, ...]
    comfort_noise: bool
    protocol: str
    cryptos: tuple[Crypto, ...]
    direction: str
    extended_reports: bool = True


class Negotiation:
    """Builds offers and answers, and increments the version of the o-line when they change.

    ``session_id`` is a decimal number, unique to the call; ``new_key`` returns 30 random bytes.
    ``local`` may be replaced between two descriptions.

    With the policy "allow" an offer is RTP/AVP with a=crypto, as accepted by baresip and most
    telephones: a peer without SRTP ignores the attribute. "require" offers RTP/SAVP.
    """

    def __init__(self, session_id: str, local: LocalMedia, new_key: Callable[[], bytes]) -> None:
        self.local = local
        self.far_holds = False
        """Whether the remote party has put the call on hold (RFC 3264, section 8.4)."""
        self._session_id = session_id
        self._keys = LocalKeys(new_key)
        self._version = 0
        self._last: SessionDescription | None = None
        self._agreed: AgreedMedia | None = None
        self._numbers: dict[str, int] = {}
        self._protocol: str | None = None
        self._place = 0

    def offer(self, *, holding: bool = False) -> SessionDescription:
        """Builds an offer of all formats; the agreed codec comes first, with its payload type."""
        direction = "sendrecv"
        if holding:
            direction = "inactive" if self.far_holds else "sendonly"
        formats = self._numbered_formats()
        clocks = {item.clock_hz for _, item in formats}
        event_clocks = sorted(clocks | {USUAL_EVENT_CLOCK_HZ})
        protocol, cryptos = self._offered_security()
        line = _Line(
            formats,
            tuple(
                TelephoneEvent(self._event_number(clock_hz, formats), clock_hz)
                for clock_hz in event_clocks
            ),
            _COMFORT_NOISE_CLOCK_HZ in clocks,
            protocol,
            cryptos,
            direction,
        )
        return self._describe(self._in_place(self._audio(line)))

    def answer(
        self, offer: SessionDescription, *, holding: bool = False
    ) -> tuple[SessionDescription, AgreedMedia] | None:
        """Returns the answer to ``offer`` and the agreed media; None if no media is usable."""
        choice = choose(offer, self.local.formats, self._policy)
        if choice is None:
            return None
        answered, keys = (None, None) if choice.crypto is None else self._keys.answer(choice.crypto)
        far_sends, far_receives = directions(offer, choice.media)
        self.far_holds = not far_receives
        agreed = _agree(offer, choice, keys, holding=holding)
        line = _Line(
            ((agreed.payload_type, choice.format),),
            () if choice.telephone_event is None else (choice.telephone_event,),
            agreed.comfort_noise_payload_type is not None,
            choice.media.protocol,
            () if answered is None else (answered,),
            _name_direction(far_receives, far_sends and not holding),
            names_extended_reports(offer, choice.media),
        )
        # Every m-line of the offer is answered at its position; port 0 refuses it (section 6).
        audio = self._audio(line)
        media = tuple(
            audio if index == choice.index else _refused(each)
            for index, each in enumerate(offer.media)
        )
        self._remember(agreed, choice)
        return self._describe(media), agreed

    def accept(self, answer: SessionDescription, *, holding: bool = False) -> AgreedMedia | None:
        """Returns the media agreed by the remote party's answer; None if no line matches."""
        choice = choose(answer, self.local.formats, self.local.srtp, self._keys)
        if choice is None:
            return None
        keys = None
        if choice.crypto is not None:
            keys = self._keys.accept((choice.crypto,))
        _, far_receives = directions(answer, choice.media)
        # A party on hold may answer "inactive" without putting this side on hold.
        if not holding:
            self.far_holds = not far_receives
        agreed = _agree(answer, choice, keys, holding=holding)
        self._remember(agreed, choice)
        return agreed

    @property
    def _policy(self) -> SrtpPolicy:
        """An encrypted call remains encrypted, because it is shown to the operator as such."""
        encrypted = self._agreed is not None and self._agreed.srtp is not None
        return "require" if encrypted else self.local.srtp

    def _remember(self, agreed: AgreedMedia, choice: Choice) -> None:
        """Stores the payload types, whose meaning must not change later (section 8.3.2)."""
        self._agreed = agreed
        self._place = choice.index
        self._numbers[choice.format.key] = agreed.payload_type
        event = choice.telephone_event
        if event is not None:
            self._numbers[f"{_EVENT_KEY}/{event.clock_hz}"] = event.payload_type
        self._protocol = choice.media.protocol

    def _numbered_formats(self) -> tuple[tuple[int, VoiceFormat], ...]:
        current = "" if self._agreed is None else self._agreed.codec
        formats = sorted(self.local.formats, key=lambda item: item.name != current)
        return tuple((self._number(item.key, item.payload_type), item) for item in formats)

    def _event_number(self, clock_hz: int, formats: tuple[tuple[int, VoiceFormat], ...]) -> int:
        used = {number for number, _ in formats}
        first = _FIRST_EVENT_PAYLOAD_TYPE + (clock_hz != _COMFORT_NOISE_CLOCK_HZ)
        return self._number(f"{_EVENT_KEY}/{clock_hz}", first, used)

    def _number(self, key: str, wanted: int, used: set[int] | None = None) -> int:
        taken = set(self._numbers.values()) | (used or set())
        if key not in self._numbers:
            number = wanted
            while number in taken and number >= FIRST_DYNAMIC_PAYLOAD_TYPE:
                number = FIRST_DYNAMIC_PAYLOAD_TYPE + (number + 1) % 32
            self._numbers[key] = number
        return self._numbers[key]

    def _offered_security(self) -> tuple[str, tuple[Crypto, ...]]:
        agreed, policy = self._agreed, self.local.srtp
        if agreed is None:
            protocol = "RTP/SAVP" if policy == "require" else "RTP/AVP"
            return protocol, () if policy == "off" else self._keys.offer()
        # The agreed protocol and the key of our direction are reused (RFC 4568, section 7.1.4).
        protocol = self._protocol or "RTP/AVP"
        return protocol, () if agreed.srtp is None else self._keys.offer((agreed.srtp.suite,))

    def _in_place(self, audio: MediaDescription) -> tuple[MediaDescription, ...]:
        """All m-lines of the call in their order: none may be left out (section 8)."""
        if self._last is None or self._agreed is None:
            return (audio,)
        return tuple(
            audio if index == self._place else _refused(each)
            for index, each in enumerate(self._last.media)
        )

    def _audio(self, line: _Line) -> MediaDescription:
        numbers = [number for number, _ in line.formats]
        attributes = [
            Attribute("rtpmap", f"{number} {item.encoding}") for number, item in line.formats
        ]
        attributes += [
            Attribute("fmtp", f"{number} {item.parameters}")
            for number, item in line.formats
            if item.parameters
        ]
        if line.comfort_noise:
            numbers.append(COMFORT_NOISE_PAYLOAD_TYPE)
            attributes.append(Attribute("rtpmap", f"{COMFORT_NOISE_PAYLOAD_TYPE} CN/8000"))
        for number, clock_hz in line.events:
            numbers.append(number)
            attributes += [
                Attribute("rtpmap", f"{number} telephone-event/{clock_hz}"),
                Attribute("fmtp", f"{number} 0-15"),
            ]
        if line.extended_reports:
            # Offered for this side: the remote party sends the reports or ignores the attribute
            # (RFC 3611).
            attributes.append(Attribute(EXTENDED_REPORTS, VOIP_METRICS))
        attributes += [crypto.attribute for crypto in line.cryptos]
        attributes += [Attribute("ptime", str(DEFAULT_PTIME_MS)), Attribute(line.direction)]
        formats = tuple(map(str, numbers))
        return MediaDescription(
            "audio", self.local.port, line.protocol, formats, None, tuple(attributes)
        )

    def _describe(self, media: tuple[MediaDescription, ...]) -> SessionDescription:
        host = self.local.host
        fresh = SessionDescription(self._session_id, str(self._version), host, host, media)
        if self._last is not None and fresh != self._last:
            self._version += 1
            fresh = replace(fresh, version=str(self._version))
        self._last = fresh
        return fresh


def _refused(media: MediaDescription) -> MediaDescription:
    return MediaDescription(media.kind, 0, media.protocol, media.formats or ("0",))


def _agree(
    remote: SessionDescription, choice: Choice, keys: SrtpKeys | None, *, holding: bool
) -> AgreedMedia:
    media, event = choice.media, choice.telephone_event
    far_sends, far_receives = directions(remote, media)
    return AgreedMedia(
        remote.host_of(media) or "",
        media.port,
        choice.format.name,
        choice.payload_type,
        None if event is None else event.payload_type,
        # A holding party must not be heard, although "sendonly" would allow it.
        sending=far_receives and not holding,
        receiving=far_sends and not holding,
        ptime_ms=ptime_ms(media),
        comfort_noise_payload_type=choice.comfort_noise,
        rtcp_port=rtcp_port(media),
        srtp=keys,
        format_parameters=choice.parameters,
        wants_voip_metrics=wants_voip_metrics(remote, media),
        telephone_event_clock_hz=USUAL_EVENT_CLOCK_HZ if event is None else event.clock_hz,
    )


def _name_direction(sending: bool, receiving: bool) -> str:
    if sending:
        return "sendrecv" if receiving else "sendonly"
    return "recvonly" if receiving else "inactive"
