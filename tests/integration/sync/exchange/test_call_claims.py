"""Two workplaces and one number, over a real PostgreSQL: the first gets the lock, all are
notified.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg2
import pytest
from uuid_utils.compat import uuid7

from sync.errors import CentreUnwritten
from sync.exchange.claims import CentralClaims, ask_to_write
from sync.exchange.failures import FailureKind
from sync.exchange.feed import catch_up
from sync.exchange.feed_reader import FeedReader, FeedSettings
from sync.register.calls import calls
from sync.register.calls.missed import CallClaim, Claimed, ClaimHolder, ClaimStage
from sync.store.central.feed import CentralFeed
from sync.store.central.operators import HELD_S, WRITING_HELD_S, claim_call
from sync.store.local.calls.missed import ClaimBoard
from sync.store.local.register import RegisterStore
from tests.fakes.records import OPERATOR, new_call
from tests.fakes.rtp_peer import wait_until
from tests.integration.sync.exchange.test_feed import connected as feed_of
from tests.integration.sync.exchange.test_feed_records import send
from tests.integration.sync.store.central.test_central import query

PHONE = "+79005550151"
NAMES = ("Орлова Наталья", "Вторая Вера")


def claim_of(name: str, stage: ClaimStage = ClaimStage.CALLING, phone: str = PHONE) -> CallClaim:
    return CallClaim(uuid7(), phone, UUID(int=7), name, stage)


@pytest.fixture
def desks(dsn: str, store: RegisterStore) -> tuple[CentralClaims, CentralClaims]:
    query(dsn, "INSERT INTO station (station_id) VALUES ('0001'), ('0002') ON CONFLICT DO NOTHING")
    return CentralClaims(dsn, "0001"), CentralClaims(dsn, "0002")


def miss(store: RegisterStore, dsn: str) -> None:
    now = datetime.now(UTC)
    card = store.open_card(replace(new_call(1, now), caller_number=PHONE), OPERATOR).result()
    store.close(calls.missed(card, now, "caller_gave_up")).result()
    send(dsn, store)


def test_of_two_at_once_one_has_it_and_the_other_is_told_who(
    desks: tuple[CentralClaims, CentralClaims],
) -> None:
    both = [claim_of(name) for name in NAMES]
    with ThreadPoolExecutor() as hands:
        said = list(hands.map(lambda each: each[0].claim(each[1]), zip(desks, both, strict=True)))

    (first,) = (index for index, one in enumerate(said) if one.is_kept)
    assert said[1 - first] == Claimed(False, ClaimHolder(NAMES[first], ClaimStage.CALLING))
    forced = desks[1 - first].claim(both[1 - first], is_forced=True)
    assert forced == Claimed(is_kept=True)
    # a lock that was taken over can be neither released nor renewed by its former owner
    desks[first].end(both[first].id)
    renewed = desks[first].claim(both[first])
    assert renewed == Claimed(False, ClaimHolder(NAMES[1 - first], ClaimStage.CALLING))
    desks[1 - first].end(both[1 - first].id)
    assert desks[first].claim(both[first]).is_kept


def test_one_that_nobody_renews_is_over(
    dsn: str, desks: tuple[CentralClaims, CentralClaims]
) -> None:
    first, second = claim_of(NAMES[0]), claim_of(NAMES[1])
    assert desks[0].claim(first).is_kept
    # the program was restarted at the same desk
    again = claim_of(NAMES[0])
    assert desks[0].claim(again).is_kept
    query(dsn, "UPDATE call_claim SET until = now() - interval '1 second'")
    assert desks[1].claim(second).is_kept
    query(dsn, "UPDATE call_claim SET until = now() - interval '1 second'")
    desks[1].end(uuid7())
    assert query(dsn, "SELECT * FROM call_claim") == [], "no telephone stays there"


def test_a_talk_is_kept_where_somebody_has_missed_the_caller(
    dsn: str, desks: tuple[CentralClaims, CentralClaims], store: RegisterStore
) -> None:
    talk = claim_of(NAMES[1], ClaimStage.TALKING)
    assert desks[1].claim(talk) == Claimed(is_kept=False)
    miss(store, dsn)
    assert desks[1].claim(talk) == Claimed(is_kept=True)
    held = desks[0].claim(claim_of(NAMES[0]))
    assert held == Claimed(False, ClaimHolder(NAMES[1], ClaimStage.TALKING))


def test_a_record_that_is_written_down_is_told_too_and_holds_for_longer(
    dsn: str, desks: tuple[CentralClaims, CentralClaims], store: RegisterStore
) -> None:
    board = ClaimBoard()
    written = claim_of(NAMES[1], stage=ClaimStage.WRITING)
    assert not desks[1].claim(written).is_kept, "nobody has missed him"
    miss(store, dsn)
    assert desks[1].claim(written).is_kept
    with feed_of(dsn, station="0001") as central:
        catch_up(central, board)
    assert board.holders() == {PHONE: ClaimHolder(NAMES[1], ClaimStage.WRITING)}
    left_s = board.next_end_s()
    assert left_s is not None
    assert HELD_S < left_s <= WRITING_HELD_S
    # a second call from the same desk retains the lock for the usual time of a call
    assert desks[1].claim(replace(written, stage=ClaimStage.CALLING)).is_kept
    with feed_of(dsn, station="0001") as central:
        catch_up(central, board)
    left_s = board.next_end_s()
    assert left_s is not None
    assert left_s <= HELD_S


def test_a_call_that_was_missed_after_the_talk_is_not_with_who_writes_it_down(
    dsn: str, desks: tuple[CentralClaims, CentralClaims], store: RegisterStore
) -> None:
    miss(store, dsn)
    before, talked_at = datetime.now(UTC) - timedelta(hours=1), datetime.now(UTC)
    stale = replace(claim_of(NAMES[1], ClaimStage.WRITING), talked_at=before)
    assert not desks[1].claim(stale).is_kept, "nobody had missed him before that talk"
    written = replace(stale, talked_at=talked_at)
    assert desks[1].claim(written).is_kept
    board = ClaimBoard()
    with feed_of(dsn, station="0001") as central:
        catch_up(central, board)
    holder = ClaimHolder(NAMES[1], ClaimStage.WRITING, talked_at)
    assert board.holders() == {PHONE: holder}

    call = claim_of(NAMES[0])
    for missed_at in (None, before, talked_at):
        assert desks[0].claim(replace(call, missed_at=missed_at)) == Claimed(False, holder)
    later = replace(call, missed_at=talked_at + timedelta(seconds=1))
    assert desks[0].claim(later).is_kept
    assert desks[1].claim(written) == Claimed(False, ClaimHolder(NAMES[0], ClaimStage.CALLING))
    # the number is in a call with another caller, regardless of the time of a second missed call
    third = replace(claim_of(NAMES[1]), missed_at=talked_at + timedelta(hours=1))
    assert not desks[1].claim(third).is_kept


def test_a_stage_that_no_workplace_could_read_reaches_none(dsn: str, store: RegisterStore) -> None:
    """It would end the feed thread at all workplaces."""
    asked = (
        "SELECT id FROM claim_telephone('0001', '{id}', '{phone}', '{id}', 'Орлова Наталья',"
        " '{stage}', true, 60, NULL, NULL)"
    )
    miss(store, dsn)
    assert query(dsn, asked.format(id=uuid7(), phone=PHONE, stage="writing"))
    with pytest.raises(psycopg2.errors.CheckViolation):
        query(dsn, asked.format(id=uuid7(), phone=PHONE, stage="dreaming"))


def test_the_others_hear_of_it_at_once_and_of_a_renewal_at_the_next_look(
    dsn: str, desks: tuple[CentralClaims, CentralClaims]
) -> None:
    board, own = ClaimBoard(), ClaimBoard()
    looks = 0

    class Counted(CentralFeed):
        def wait(self, timeout_s: float, wake: object) -> bool:
            nonlocal looks
            looks += 1
            return super().wait(timeout_s, wake)  # type: ignore[arg-type]  # handed on

    settings = FeedSettings(poll_s=(60.0, 60.0), spread_s=0.0)
    reader = FeedReader(Counted(dsn, "0001"), [board], lambda _event: None, settings=settings)
    reader.start()
    try:
        wait_until(lambda: reader.status().has_looked)
        claim = claim_of(NAMES[1])
        assert desks[1].claim(claim).is_kept
        wait_until(lambda: board.holders() == {PHONE: ClaimHolder(NAMES[1], ClaimStage.CALLING)})
        heard = looks
        assert desks[1].claim(claim).is_kept
        answered = replace(claim, stage=ClaimStage.TALKING)
        assert desks[1].claim(answered).is_kept
        wait_until(lambda: board.holders() == {PHONE: ClaimHolder(NAMES[1], ClaimStage.TALKING)})
        assert looks == heard + 1
        with feed_of(dsn, station="0002") as central:
            catch_up(central, own)
        assert own.holders() == {}, "her own is no news"
        desks[1].end(claim.id)
        wait_until(lambda: board.holders() == {})
    finally:
        assert reader.stop(10.0)


def test_a_centre_that_is_away_says_so(dsn: str) -> None:
    away = CentralClaims(f"{dsn} port=1", "0001")
    with pytest.raises(CentreUnwritten, match="unreachable"):
        away.claim(claim_of(NAMES[0]))
    stranger = CentralClaims(dsn, "9999")  # not enrolled
    with pytest.raises(CentreUnwritten, match="refused"):
        stranger.claim(claim_of(NAMES[0]))


def test_an_answer_that_does_not_come_is_broken_off(
    dsn: str, desks: tuple[CentralClaims, CentralClaims]
) -> None:
    """The central database is reachable but hangs while the operator presses the key."""
    asked, opened = claim_of(NAMES[0]), list[Any]()

    def claim(told: Callable[[Any], None]) -> Claimed:
        def both(driver: Any) -> None:
            opened.append(driver)
            told(driver)

        return claim_call(dsn, "0001", asked, is_forced=False, opened=both)

    holder = psycopg2.connect(dsn)
    try:
        with holder.cursor() as cursor:
            cursor.execute("LOCK TABLE call_claim")
        with pytest.raises(CentreUnwritten, match=FailureKind.TIMED_OUT.value) as told:
            ask_to_write(claim, 0.3)
    finally:
        holder.close()
    cause = told.value.__context__
    assert isinstance(cause, psycopg2.Error)
    assert cause.pgcode is None, "the server has not answered, not even that it gives up"
    assert [driver.closed != 0 for driver in opened] == [True]
    assert desks[0].claim(asked).is_kept
