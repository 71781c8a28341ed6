"""Calls that hear each other through this phone; see MediaEngine.set_conference()."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

from telephony.media.resampling import RateAdapter
from telephony.media.samples import Samples

MemberT = TypeVar("MemberT")


class Conference(Generic[MemberT]):
    """Who hears whom beside the near side; used by the media thread, made by any."""

    def __init__(self, members: tuple[MemberT, ...] = ()) -> None:
        self.members = members
        self._rates: dict[tuple[MemberT, MemberT], RateAdapter] = {}

    def others(
        self, listener: MemberT, heard: Mapping[MemberT, Samples], count: int
    ) -> list[Samples]:
        """The voices of the other members for this listener, ``count`` samples each.

        ``heard`` has this frame's voice of every member on the clock, each of 8 or 16 kHz. To be
        called once a frame for each listener.
        """
        return [
            self._adapter(listener, speaker).fit(heard[speaker], count)
            for speaker in self.members
            if speaker != listener and speaker in heard
        ]

    def _adapter(self, listener: MemberT, speaker: MemberT) -> RateAdapter:
        return self._rates.setdefault((listener, speaker), RateAdapter())
