"""Submits one message to the city platform, and polls the platform for its answer.

After a request of unknown outcome the message is searched on the platform before it is sent again.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from sync.exchange.failures import grown_s
from sync.exchange.platform.events import (
    MessageAnswered,
    MessageEvent,
    MessagePosted,
    MessageRejected,
)
from sync.exchange.platform.port import (
    Accepted,
    NotFound,
    NotYet,
    PlatformPort,
    Rejected,
    Standing,
    TokenGiven,
    Unavailable,
)
from sync.store.local.messages.platform_queue import Claim, PlatformQueue, PostState

TOKEN_LOST = "token_lost"  # noqa: S105
TOKEN_PENDING = "token_pending"  # noqa: S105
ID_UNKNOWN = "id_unknown"
CONFLICT = "http_409"

AGE_PART = 20  # older messages are polled after 1/20 of their age
LONGEST_POLL_S = 3600.0


@dataclass(frozen=True, slots=True)
class JobSettings:
    """Intervals and limits of the exchange with the platform, in seconds.

    ``settle_s``: time for which the platform may still process a request with a lost response.
    Before it has passed, the message is neither searched for nor posted again.
    """

    batch_size: int = 20
    settle_s: float = 60.0
    first_delay_s: float = 2.0
    longest_delay_s: float = 300.0
    poll_s: float = 300.0
    intake_s: float = 60.0
    token_poll_s: float = 10.0
    token_patience_s: float = 86_400.0


class RoundClock:
    """Current time within a round, because its requests may take minutes."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._started_s = time.monotonic()

    def now(self) -> datetime:
        return self._at + timedelta(seconds=time.monotonic() - self._started_s)

    def after(self, delay_s: float) -> datetime:
        return self.now() + timedelta(seconds=delay_s)


class Posting:
    """Submits one message to the platform, one step per call."""

    def __init__(
        self,
        store: PlatformQueue,
        platform: PlatformPort,
        clock: RoundClock,
        settings: JobSettings,
    ) -> None:
        self._store = store
        self._platform = platform
        self._clock = clock
        self._settings = settings

    def carry_on(self, claim: Claim) -> MessageEvent | Unavailable | None:
        """Executes the next step and returns the event, the failure, or None without either."""
        if claim.state is PostState.TOKEN and claim.token is not None:
            return self._redeem(claim, claim.token)
        if claim.state is PostState.WAITING:
            return self._post(claim)
        found = self._look(claim)
        match found:
            case Accepted(platform_id):
                return self._posted(claim, platform_id)
            case NotFound():
                return self._post(claim)
            case Unavailable():
                return self._put_off(claim, found)
            case _:
                assert_never(found)

    def _post(self, claim: Claim) -> MessageEvent | Unavailable | None:
        now = self._clock.now()
        if not self._store.begin(claim, now, self._clock.after(self._settings.settle_s)):
            return None  # another worker has taken it
        outcome = self._platform.post(claim.message)
        match outcome:
            case Accepted(platform_id):
                return self._posted(claim, platform_id)
            case TokenGiven(token):
                next_try_at = self._clock.after(self._settings.token_poll_s)
                self._store.give_token(claim, token, next_try_at)
                return None
            case Rejected(code):
                return self._refused(claim, code)
            case Unavailable():
                return self._put_off(claim, outcome)
            case _:
                assert_never(outcome)

    def _refused(self, claim: Claim, code: str) -> MessageEvent | Unavailable | None:
        """Rejects the message, unless the platform refused it only because it already has it."""
        if claim.tries > 0 or code == CONFLICT:
            found = self._look(claim)
            match found:
                case Accepted(platform_id):
                    return self._posted(claim, platform_id)
                case NotFound():
                    pass
                case Unavailable():
                    return self._put_off(claim, Unavailable(found.kind, True, found.retry_after_s))
                case _:
                    assert_never(found)
        return self._rejected(claim, code)

    def _redeem(self, claim: Claim, token: str) -> MessageEvent | Unavailable | None:
        outcome = self._platform.redeem(token)
        match outcome:
            case Accepted(platform_id):
                return self._posted(claim, platform_id)
            case NotYet() | NotFound():
                age_s = self._age_s(claim)
                if age_s > self._settings.token_patience_s:
                    return self._token_lost(claim)
                delay_s = max(self._settings.token_poll_s, age_s / AGE_PART)
                next_try_at = self._clock.after(delay_s)
                self._store.put_off(claim, PostState.TOKEN, TOKEN_PENDING, next_try_at)
                return None
            case Unavailable():
                return self._wait_with_token(claim, outcome)
            case _:
                assert_never(outcome)

    def _token_lost(self, claim: Claim) -> MessageEvent | Unavailable:
        """Handles a token that the platform no longer knows: rejects the message unless it is found
        on the platform.

        The platform confirmed the message before, so a person must decide about another submission.
        """
        found = self._look(claim)
        match found:
            case Accepted(platform_id):
                return self._posted(claim, platform_id)
            case NotFound():
                return self._rejected(claim, TOKEN_LOST)
            case Unavailable():
                return self._wait_with_token(claim, found)
            case _:
                assert_never(found)

    def _wait_with_token(self, claim: Claim, failure: Unavailable) -> Unavailable:
        next_try_at = self._clock.after(failure.retry_after_s or self._jitter_s(claim))
        self._store.put_off(claim, PostState.TOKEN, failure.kind.value, next_try_at)
        return failure

    def _look(self, claim: Claim) -> Accepted | NotFound | Unavailable:
        return self._platform.find(claim.message, claim.first_begun_at or self._clock.now())

    def _put_off(self, claim: Claim, failure: Unavailable) -> Unavailable:
        """Reschedules the submission: after the delay the platform requested, or soon."""
        must_look = failure.may_have_it or claim.state is PostState.POSTING
        delay_s = failure.retry_after_s or 0.0
        if failure.may_have_it:
            delay_s = max(delay_s, self._settings.settle_s + self._jitter_s(claim))
        state = PostState.POSTING if must_look else PostState.WAITING
        self._store.put_off(claim, state, failure.kind.value, self._clock.after(delay_s))
        return failure

    def _posted(self, claim: Claim, platform_id: str) -> MessageEvent:
        now = self._clock.now()
        self._store.posted(claim, platform_id, now, self._clock.after(self._settings.poll_s))
        return MessagePosted(now, claim.message.id, str(claim.message.number), platform_id)

    def _rejected(self, claim: Claim, code: str) -> MessageEvent:
        self._store.reject(claim, code)
        return MessageRejected(self._clock.now(), claim.message.id, str(claim.message.number), code)

    def _jitter_s(self, claim: Claim) -> float:
        longest_s = grown_s(
            self._settings.first_delay_s, self._settings.longest_delay_s, claim.tries
        )
        return random.uniform(0.0, longest_s)  # noqa: S311

    def _age_s(self, claim: Claim) -> float:
        begun_at = claim.first_begun_at or self._clock.now()
        return (self._clock.now() - begun_at).total_seconds()


class Polling:
    """Polls the status of one message."""

    def __init__(
        self,
        store: PlatformQueue,
        platform: PlatformPort,
        clock: RoundClock,
        settings: JobSettings,
    ) -> None:
        self._store = store
        self._platform = platform
        self._clock = clock
        self._settings = settings

    def carry_on(self, claim: Claim) -> MessageEvent | Unavailable | None:
        """Polls once and returns the event or the failure, None if nothing has changed."""
        if claim.platform_id is None:
            raise ValueError("the message has no platform id")
        outcome = self._platform.standing(claim.platform_id)
        match outcome:
            case Standing():
                return self._note(claim, outcome)
            case NotFound():
                self._put_off(claim, ID_UNKNOWN, self._interval_s(claim))
                return None
            case Unavailable():
                delay_s = outcome.retry_after_s or self._interval_s(claim)
                self._put_off(claim, outcome.kind.value, delay_s)
                return outcome
            case _:
                assert_never(outcome)

    def _note(self, claim: Claim, standing: Standing) -> MessageEvent | None:
        now = self._clock.now()
        is_new = self._store.answered(
            claim,
            standing.status,
            standing.answer,
            now,
            None if standing.is_closed else self._clock.after(self._interval_s(claim)),
        )
        if not is_new or (standing.answer is None and not standing.is_closed):
            return None
        return MessageAnswered(
            now,
            claim.message.id,
            str(claim.message.number),
            standing.status,
            standing.is_closed,
        )

    def _put_off(self, claim: Claim, code: str, delay_s: float) -> None:
        self._store.put_off(claim, PostState.POSTED, code, self._clock.after(delay_s))

    def _interval_s(self, claim: Claim) -> float:
        registered_at = claim.message.registered_at or self._clock.now()
        age_s = (self._clock.now() - registered_at).total_seconds()
        usual_s = max(self._settings.poll_s, min(age_s / AGE_PART, LONGEST_POLL_S))
        # Random spread, because messages posted together would otherwise be polled together.
        return usual_s * random.uniform(0.8, 1.2)  # noqa: S311
