"""Our phone on its command line and Debian's baresip, with the same sound to say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from telephony.media.samples import Samples
from telephony.media.wav import read_wav, write_wav
from tests.benchmarks.far_side import Leg
from tests.benchmarks.measured_phone import MeasuredPhone
from tests.benchmarks.plain_caller import LOOPBACK
from tests.fakes.rtp_peer import wait_until
from tests.fakes.sip_peers import BaresipCaller, BaresipCodec


@dataclass(frozen=True, slots=True)
class BothPhones:
    """Two phones that answer by themselves, say the sound and write down what they hear."""

    own: MeasuredPhone
    peer: BaresipCaller
    codec: str
    rate_hz: int
    own_file: Path
    peer_file: Path

    def call_own(self) -> Leg:
        """A call to our phone."""
        return Leg((self.own.host, self.own.port), "301", codec=self.codec)

    def call_peer(self) -> Leg:
        """A call to baresip."""
        return Leg((LOOPBACK, self.peer.port), "302", codec=self.codec)

    def own_heard(self) -> Samples:
        """What our phone has heard, once the call is over."""
        return read_wav(self.own_file, self.rate_hz)

    def peer_heard(self) -> Samples:
        """What baresip has given its loudspeaker, once the call is over."""
        # It writes the length last of all, when the call's end has been told already.
        wait_until(lambda: read_wav(self.peer_file, self.rate_hz).size > 0)
        return read_wav(self.peer_file, self.rate_hz)


@contextmanager
def both_phones(
    folder: Path,
    sound: Samples,
    *,
    codec: str = "PCMA",
    rate_hz: int = 8000,
    configuration: tuple[str, ...] = (),
) -> Iterator[BothPhones]:
    """Both of them running; the configuration is baresip's."""
    said, own_file, peer_file = (folder / f"{each}.wav" for each in ("said", "ours", "baresip"))
    write_wav(said, sound, rate_hz)
    name = codec.lower()
    options = (
        "--bind", LOOPBACK, "--allow-any", "--auto-answer", "0", "--codecs", name,
        "--play", str(said), "--record", str(own_file),
    )  # fmt: skip
    configuration += (f"audio_player aufile,{peer_file}",)
    with (
        MeasuredPhone(*options) as own,
        BaresipCaller(
            "302",
            play=said,
            auto_answer=True,
            codec=cast(BaresipCodec, name),
            configuration=configuration,
        ) as peer,
    ):
        yield BothPhones(own, peer, codec, rate_hz, own_file, peer_file)
