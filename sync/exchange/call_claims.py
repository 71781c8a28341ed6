"""Claims on telephones, asked of the centre while a person waits with the hand on the key."""

from __future__ import annotations

from uuid import UUID

from sync.exchange.asking import ask_to_write
from sync.register.call_claims import CallClaim, Claimed
from sync.store.central_claims import claim_call, end_call_claim

ANSWER_LIMIT_S = 6.0  # whoever asked has long been told that nobody knows


class CentralClaims:
    """Every method waits for the network and raises CentreUnwritten; ``dsn`` is the workplace's."""

    def __init__(self, dsn: str, station: str) -> None:
        self._dsn = dsn
        self._station = station

    def claim(self, claim: CallClaim, *, is_forced: bool = False) -> Claimed:
        """Take the telephone or keep it; who came first has it, unless it is forced."""
        return ask_to_write(
            lambda opened: claim_call(
                self._dsn, self._station, claim, is_forced=is_forced, opened=opened
            ),
            ANSWER_LIMIT_S,
        )

    def end(self, id: UUID) -> None:
        """Give the telephone back."""
        ask_to_write(
            lambda opened: end_call_claim(self._dsn, self._station, id, opened=opened),
            ANSWER_LIMIT_S,
        )
