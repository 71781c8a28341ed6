"""Share of queries with a right entry among the first three, compared with FTS5 and tantivy.

    python -m tests.benchmarks.kb_quality [--entries 50000] [--half tune|report]
        [--meaning] [--domain municipal|railway]

The expected entries are in a directory that is filled with generated ones. R@1 and R@3 are the
shares of queries with a right entry first and among the first three; a mean is taken over kinds,
not over queries. The required values are printed next to the figures.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.entries.entries import Entry
from tests.benchmarks.search.engines import Engine, Ours, WithMeaning, engines
from tests.benchmarks.search.fill import filled
from tests.benchmarks.search.queries import (
    NO_TITLE,
    Domain,
    Half,
    Query,
    asked_without_title,
    entries_of,
    queries_of,
    without_title,
)

MEAN = "mean over kinds"
OURS = (Ours.name, WithMeaning.name)


@dataclass(frozen=True, slots=True)
class Recall:
    """Shares of the queries of a kind, and how many there were."""

    first: float
    third: float
    count: int


LEAST = {"paraphrase": 0.61, "layout": 0.99, "all_prefix": 0.90, MEAN: 0.87}
LEAST_WITH_MEANING = LEAST | {"paraphrase": 0.68, MEAN: 0.90}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=50_000)
    parser.add_argument("--half", type=Half, choices=list(Half), help="both where none is named")
    parser.add_argument("--domain", type=Domain, choices=list(Domain), default=Domain.MUNICIPAL)
    parser.add_argument("--meaning", action="store_true", help="search by words and meaning")
    parser.add_argument("--each", type=int, default=120, help="queries of each kind that is made")
    parser.add_argument("--only", help="the engine whose name begins so")
    parser.add_argument("--misses", action="store_true", help="print what was not found")
    parser.add_argument("--seed", type=int, default=1)
    parsed = parser.parse_args()
    given = entries_of(parsed.domain)
    others = () if parsed.domain is Domain.MUNICIPAL else entries_of(Domain.MUNICIPAL)
    queries = [
        query
        for query in queries_of(parsed.domain, given, parsed.each, parsed.seed)
        if parsed.half in (None, query.half)
    ]
    recalls: dict[str, dict[str, Recall]] = {}
    for engine in engines(meaning=parsed.meaning):
        if engine.name.startswith(parsed.only or ""):
            with tempfile.TemporaryDirectory() as folder:
                engine.open(Path(folder))
                engine.build(filled(given, parsed.entries, parsed.seed, others))
                found = answered(engine, given, queries)
                engine.close()
            recalls[engine.name] = recalls_of(found)
            if parsed.misses:
                print_misses(engine.name, found)
    print(f"{parsed.entries} entries, {parsed.domain}, half {parsed.half or 'both'}: R@1 / R@3")
    print_table(recalls)
    return 0


def answered(
    engine: Engine, given: Sequence[Entry], queries: Sequence[Query]
) -> list[tuple[Query, Sequence[str]]]:
    """What the engine finds for each query; the last kind after the titles are gone."""
    titled = [query for query in queries if query.kind != NO_TITLE]
    found = [(query, engine.search(query.text)) for query in titled]
    engine.put([without_title(entry) for entry in asked_without_title(given)])
    untitled = [query for query in queries if query.kind == NO_TITLE]
    return found + [(query, engine.search(query.text)) for query in untitled]


def recalls_of(found: Iterable[tuple[Query, Sequence[str]]]) -> dict[str, Recall]:
    ranks: dict[str, list[tuple[bool, bool]]] = {}
    for query, ids in found:
        right = [entry_id in query.answers for entry_id in ids[:3]]
        ranks.setdefault(query.kind, []).append((any(right[:1]), any(right)))
    recalls = {
        kind: Recall(
            sum(first for first, _third in of_kind) / len(of_kind),
            sum(third for _first, third in of_kind) / len(of_kind),
            len(of_kind),
        )
        for kind, of_kind in ranks.items()
    }
    kinds = list(recalls.values())
    recalls[MEAN] = Recall(
        sum(recall.first for recall in kinds) / len(kinds),
        sum(recall.third for recall in kinds) / len(kinds),
        sum(recall.count for recall in kinds),
    )
    return recalls


def print_table(recalls: dict[str, dict[str, Recall]]) -> None:
    """Prints for each kind the first engine's figure, its required value, and the peers'."""
    names = list(recalls)
    head = f"{'kind':<16}{'n':>6}{'least':>8}{'':>8}"
    print(head + "".join(f"{name:>18}" for name in names))
    for kind, recall in recalls[names[0]].items():
        least = least_of(kind, recalls) if names[0] in OURS else None
        shown = "" if least is None else f"{least:.3f}"
        verdict = "" if least is None else "OK" if recall.third >= least else "MISSED"
        figures = "".join(
            f"{f'{recalls[name][kind].first:.2f} / {recalls[name][kind].third:.3f}':>18}"
            for name in names
        )
        print(f"{kind:<16}{recall.count:>6}{shown:>8}{verdict:>8}{figures}")


def least_of(kind: str, recalls: dict[str, dict[str, Recall]]) -> float | None:
    """What R@3 of a kind must reach; as much as plain stems where titles are missing."""
    if kind == NO_TITLE:
        stems = recalls.get("FTS5 stems")
        return None if stems is None else stems[kind].third
    return (LEAST_WITH_MEANING if WithMeaning.name in recalls else LEAST).get(kind)


def print_misses(name: str, found: Iterable[tuple[Query, Sequence[str]]]) -> None:
    for query, ids in found:
        if not query.answers & set(ids[:3]):
            wanted = ", ".join(sorted(query.answers))
            print(f"{name}\t{query.kind}\t{query.text}\t{wanted}\t{', '.join(ids[:3])}")


if __name__ == "__main__":
    sys.exit(main())
