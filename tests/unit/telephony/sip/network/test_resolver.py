"""The order in which servers of a service are tried (RFC 2782)."""

from __future__ import annotations

from collections import Counter
from itertools import repeat

from hypothesis import given
from hypothesis import strategies as st

from telephony.sip.network.resolver import ServiceRecord, order_records

RECORDS = st.lists(
    st.builds(
        ServiceRecord,
        st.integers(0, 3),
        st.integers(0, 100),
        st.integers(1, 65535),
        st.sampled_from(["a", "b", "c"]),
    ),
    max_size=8,
)


@given(RECORDS, st.floats(0, 1, exclude_max=True))
def test_all_records_by_priority(records: list[ServiceRecord], chance: float) -> None:
    ordered = order_records(records, lambda: chance)
    assert sorted(ordered) == sorted(records)
    priorities = [record.priority for record in ordered]
    assert priorities == sorted(priorities)


def firsts(records: list[ServiceRecord]) -> Counter[str]:
    """Which record comes first how often, over a hundred chances."""
    counts: Counter[str] = Counter()
    for number in range(100):
        chance = repeat(number / 100)
        counts[order_records(records, chance.__next__)[0].target] += 1
    return counts


def test_the_weight_is_the_share_of_first_places() -> None:
    counts = firsts([ServiceRecord(1, 75, 1, "a"), ServiceRecord(1, 25, 1, "b")])
    assert 70 < counts["a"] < 80


def test_among_weights_of_zero_each_comes_first_as_often() -> None:
    counts = firsts([ServiceRecord(1, 0, 1, "a"), ServiceRecord(1, 0, 1, "b")])
    assert counts["a"] == counts["b"]
