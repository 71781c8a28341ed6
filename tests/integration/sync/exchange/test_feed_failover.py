"""The feed over a streaming pair: data lost with a primary is removed, and a superseded timeline is
not read.
"""

from __future__ import annotations

import pytest

from sync.errors import BranchRefused
from sync.exchange.feed import catch_up
from sync.store.central.connection import initialise
from sync.store.central.feed import CentralFeed
from sync.store.central.server_identity import Branch
from sync.store.central.shared_documents import put_documents
from tests.fakes.feed_target import HeldItems
from tests.fakes.postgres_pair import PostgresPair
from tests.integration.sync.exchange.test_feed import entry, titles


def test_a_branch_that_died_is_forgotten_and_never_read_again() -> None:
    with PostgresPair() as pair:
        first, second = pair.primary.dsn_of("postgres"), pair.standby.dsn_of("postgres")
        initialise(first)
        put_documents(first, [entry("q-1")])
        pair.wait_streamed()
        target = HeldItems()
        feed = CentralFeed(pair.dsn_of("postgres"))
        feed.connect()
        catch_up(feed, target)
        pair.stream.freeze()
        put_documents(first, [entry("q-2", "Погибнет с сервером")])
        catch_up(feed, target)
        assert set(titles(target)) == {"q-1", "q-2"}
        pair.primary.kill()
        pair.promote()
        put_documents(second, [entry("q-3")])
        feed.connect()
        assert catch_up(feed, target).is_whole
        assert set(titles(target)) == {"q-1", "q-3"}, "as the centre is now"

        # the former primary returns without fencing, first in the list and writable
        pair.primary.start()
        put_documents(first, [entry("q-4", "Мёртвая ветвь")])
        feed.connect()
        assert catch_up(feed, target).count == 0
        alone = CentralFeed(first)
        alone.connect()
        with pytest.raises(BranchRefused, match="older"):
            catch_up(alone, target)
        system = feed.start.server.partition("/")[0]
        newest = Branch(system, feed.start.timeline)
        feed.close()
        alone.close()
        for branch, why in ((newest, "older"), (Branch("another", 1), "other")):
            with pytest.raises(BranchRefused, match=why):
                CentralFeed(first, branch=lambda branch=branch: branch).connect()  # type: ignore[misc]
        assert set(titles(target)) == {"q-1", "q-3"}
