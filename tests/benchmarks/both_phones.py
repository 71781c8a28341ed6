"""Our phone on its command line and Debian's baresip, with the same sound to say."""

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
"""Users of the proxy, for those who are called through one."""


@dataclass(frozen=True, slots=True)
class BothPhones:
    """Two phones that answer by themselves, say the sound and write down what they hear."""

    own: MeasuredPhone
    peer: BaresipCaller
    codec: str
    rate_hz: int
    own_file: Path
    peer_file: Path
    proxy: Address | None

    def call_own(self) -> Leg:
        """A call to our phone."""
        server = self.proxy or (self.own.host, self.own.port)
        return Leg(server, OWN_LINE, codec=self.codec)

    def call_peer(self) -> Leg:
        """A call to baresip."""
        return Leg(self.proxy or (LOOPBACK, self.peer.port), PEER_LINE, codec=self.codec)

    def own_heard(self, number: int = 1) -> Samples:
        """What our phone has heard in one of its calls, once it is over."""
        file = self.own_file
        if number > 1:
            file = file.with_stem(f"{file.stem}-{number}")
        return read_wav(file, self.rate_hz)

    def peer_heard(self) -> Samples:
        """What baresip has given its loudspeaker in its only call, once it is over."""
        # It writes the length last of all, when the call's end has been told already.
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
    """Both of them running, for so many calls at once, registered where there is a proxy.

    Without a sound both have null devices, and nothing is written down. Several calls of baresip
    cannot share the file of its loudspeaker: what it hears then is not kept.
    """
    said, own_file, peer_file = (folder / f"{each}.wav" for each in ("said", "ours", "baresip"))
    name = codec.lower()
    options = ["--bind", LOOPBACK, "--auto-answer", "0", "--codecs", name]
    # Calls that stand for ten desks are not the calls of one desk, which hold each other.
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
