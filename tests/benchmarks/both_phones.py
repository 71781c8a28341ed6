"""The product's phone on its command line and Debian's baresip, with the same audio to send."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from telephony.media.samples import TELEPHONE_RATE_HZ, Samples
from telephony.media.wav import read_wav, write_wav
from tests.benchmarks.far_side import Leg
from tests.benchmarks.measured_phone import MeasuredPhone
from tests.benchmarks.plain_caller import LOOPBACK, Address
from tests.fakes.baresip import BaresipCaller, BaresipCodec, BaresipRegistration
from tests.fakes.kamailio import KamailioProxy
from tests.fakes.rtp_peer import wait_until

OWN_LINE = "301"
PEER_LINE = "302"
_PASSWORD = "line-secret"
USERS = {OWN_LINE: _PASSWORD, PEER_LINE: _PASSWORD}
"""Users of the proxy, for calls through it."""


@dataclass(frozen=True, slots=True)
class BothPhones:
    """Two phones that answer automatically, send the audio and record the received audio."""

    own: MeasuredPhone
    peer: BaresipCaller
    codec: str
    rate_hz: int
    own_file: Path
    peer_file: Path
    proxy: Address | None

    def call_own(self) -> Leg:
        """Calls the product's phone."""
        server = self.proxy or (self.own.host, self.own.port)
        return Leg(server, OWN_LINE, codec=self.codec)

    def call_peer(self) -> Leg:
        """Calls baresip."""
        return Leg(self.proxy or (LOOPBACK, self.peer.port), PEER_LINE, codec=self.codec)

    def own_heard(self, number: int = 1) -> Samples:
        """Returns the audio received by the product's phone in one of its calls, after its end."""
        file = self.own_file
        if number > 1:
            file = file.with_stem(f"{file.stem}-{number}")
        return read_wav(file, self.rate_hz)

    def peer_heard(self) -> Samples:
        """Returns the audio that baresip played in its only call, after its end."""
        # It writes the length last, after the end of the call was reported.
        wait_until(lambda: read_wav(self.peer_file, self.rate_hz).size > 0)
        return read_wav(self.peer_file, self.rate_hz)


@contextmanager
def both_phones(
    folder: Path,
    sound: Samples | None,
    *,
    codec: str = "PCMA",
    rate_hz: int = TELEPHONE_RATE_HZ,
    calls: int = 1,
    proxy: KamailioProxy | None = None,
    configuration: tuple[str, ...] = (),
) -> Iterator[BothPhones]:
    """Runs both for this number of parallel calls, registered if there is a proxy.

    Without audio both have null devices, and nothing is recorded. Several calls of baresip cannot
    share a loudspeaker file: their received audio is not recorded.
    """
    said, own_file, peer_file = (folder / f"{each}.wav" for each in ("said", "ours", "baresip"))
    name = codec.lower()
    options = ["--bind", LOOPBACK, "--auto-answer", "0", "--codecs", name]
    # The calls simulate ten desks; the calls of one desk would hold each other.
    configuration += (f"call_max_calls {calls}", "call_hold_other_calls no")
    registration = None
    if sound is not None:
        write_wav(said, sound, rate_hz)
        options += ["--play", str(said), "--record", str(own_file)]
        if calls == 1:
            configuration += (f"audio_player aufile,{peer_file}",)
    if proxy is None:
        options.append("--allow-any")
    else:
        secret = folder / "password"
        secret.write_text(_PASSWORD, encoding="utf-8")
        options += ["--server", f"{proxy.host}:{proxy.port}"]
        options += ["--user", OWN_LINE, "--password-file", str(secret)]
        registration = BaresipRegistration(proxy.host, proxy.port, _PASSWORD)
    with (
        MeasuredPhone(*options) as own,
        BaresipCaller(
            PEER_LINE,
            registration=registration,
            play=None if sound is None else said,
            auto_answer=True,
            codec=cast(BaresipCodec, name),
            configuration=configuration,
        ) as peer,
    ):
        if proxy is not None:
            proxy.wait_until_registered(OWN_LINE)
        server = None if proxy is None else (proxy.host, proxy.port)
        yield BothPhones(own, peer, codec, rate_hz, own_file, peer_file, server)
