"""A real phone of the product on a real loop and real sockets, with awaitable events."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from telephony.calls.media import build_media
from telephony.events import PhoneEvent
from telephony.media.engine import MediaEngine
from telephony.phone import Phone
from telephony.settings import PhoneSettings
from telephony.sip.syntax.address import format_host_port
from telephony.sip.transactions import TimerValues

E = TypeVar("E")

NEIGHBOURS = PhoneSettings(accept_from=("127.0.0.1", "::1"))
"""A phone without a registrar that accepts calls from this machine."""


class PhoneBench:
    """``async with PhoneBench(settings) as bench`` runs ``bench.phone``.

    Its calls run in parallel unless ``side_by_side=False``, as for an operator.
    """

    def __init__(
        self,
        settings: PhoneSettings | None = None,
        timer_values: TimerValues | None = None,
        *,
        side_by_side: bool = True,
        media: MediaEngine | None = None,
    ) -> None:
        settings = settings or NEIGHBOURS
        self._queue: asyncio.Queue[PhoneEvent] = asyncio.Queue()
        self.events: list[PhoneEvent] = []
        self.phone = Phone(
            settings,
            self._queue.put_nowait,
            media or build_media(settings),
            timer_values=timer_values,
            side_by_side=side_by_side,
        )

    async def __aenter__(self) -> Self:
        await self.phone.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.phone.stop()

    @property
    def uri(self) -> str:
        """SIP address of the phone for direct calls."""
        local = self.phone.local_address
        return f"sip:301@{format_host_port(local.host, local.port)}"

    async def expect(
        self, kind: type[E], where: Callable[[E], bool] = lambda _: True, timeout_s: float = 10.0
    ) -> E:
        """Returns the next event of this kind; earlier events remain in ``events``."""
        async with asyncio.timeout(timeout_s):
            while True:
                event: Any = await self._queue.get()
                self.events.append(event)
                if isinstance(event, kind) and where(event):
                    return event
