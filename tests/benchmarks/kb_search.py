"""Search as it is typed: time of a keystroke, quality, build and change, beside a LIKE scan.

    python -m tests.benchmarks.kb_search [--entries 50000] [--queries 60]

Runs on the sample directory and on a large one recombined from its sentences. LIKE is measured
in the same run and on the same texts, so the ratio holds on a busy machine.
"""

import argparse
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from kb.changes import EntryPut
from kb.entries import Entry, EntryKind, ServiceDetails, UnitDetails
from kb.importers import read_folder
from kb.store import Directory

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "directory" / "sample"
LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
LIKE_SHARE = 20  # of the keystrokes, one in so many is also scanned by LIKE: it is slow

Search = Callable[[str], Sequence[str]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=50_000)
    parser.add_argument("--queries", type=int, default=60, help="titles typed letter by letter")
    parser.add_argument("--seed", type=int, default=1)
    parsed = parser.parse_args()
    content = read_folder(SAMPLE)
    with tempfile.TemporaryDirectory() as folder:
        measure("sample", content, content, Path(folder), parsed.queries, parsed.seed)
        large = blown_up(content, parsed.entries, random.Random(parsed.seed))  # noqa: S311
        measure("large", large, content, Path(folder), parsed.queries, parsed.seed)
    return 0


def measure(
    name: str,
    content: Sequence[Entry],
    asked: Sequence[Entry],
    folder: Path,
    queries: int,
    seed: int,
) -> None:
    """Print the figures of one directory; titles of ``asked`` are what is looked for."""
    chance = random.Random(seed)  # noqa: S311
    memory_before = peak_mb()
    path = folder / f"{name}.db"
    with closing(Directory.open(path)) as directory:
        started = time.process_time()
        directory.replace_all(content, "benchmark")
        build_s = time.process_time() - started
        print(f"\n{name}: {len(content)} entries, built in {build_s:.1f} s of cpu,", end="")
        print(f" files {file_mb(path):.1f} MB, peak +{peak_mb() - memory_before:.0f} MB")

        def search(text: str) -> Sequence[str]:
            return [hit.entry_id for hit in directory.search(text)]

        entries = list(asked)
        chosen = chance.sample(entries, min(queries, len(entries)))
        keystrokes = [
            entry.title[:length] for entry in chosen for length in range(1, len(entry.title) + 1)
        ]
        print_times("  keystroke", *times_of(search, keystrokes))
        with closing(like_table(content)) as connection:
            scanned = keystrokes[::LIKE_SHARE]
            like = times_of(lambda text: like_search(connection, text), scanned)
            ours = times_of(search, scanned)
            print_times("  LIKE scan", *like)
            ratio = sum(like[1]) / sum(ours[1])
            print(f"  LIKE takes {ratio:.1f} times the cpu of the search on the same texts")

        def change(title: str) -> None:
            directory.apply([EntryPut(replace(chosen[0], title=title))], "benchmark")

        changes = times_of(change, [entry.title for entry in chosen])
        directory.apply([EntryPut(chosen[0])], "benchmark")
        print_times("  one change", *changes)
        print_quality(search, chosen, chance)


def print_quality(search: Search, entries: Sequence[Entry], chance: random.Random) -> None:
    counts: dict[str, list[int]] = {}
    for entry in entries:
        for kind, typed in spellings(entry.title, chance):
            found = search(typed)
            first, third, asked = counts.setdefault(kind, [0, 0, 0])
            counts[kind] = [
                first + (found[:1] == [entry.id]),
                third + (entry.id in found[:3]),
                asked + 1,
            ]
    for kind, (first, third, asked) in counts.items():
        print(f"  {kind:<11} R@1 {first / asked:.2f}  R@3 {third / asked:.2f}  (n={asked})")


def spellings(title: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """The title as it stands and as it comes out under a hurried hand."""
    words = title.split()
    yield "exact", title
    yield "prefix", title[: -max(1, len(words[-1]) // 2)]
    yield "all_prefix", " ".join(word[: chance.randint(3, 5)] for word in words)
    place = chance.randrange(len(words))
    yield (
        "typo1",
        " ".join(
            mistyped(word, chance) if number == place else word for number, word in enumerate(words)
        ),
    )
    yield "typo_every", " ".join(mistyped(word, chance) for word in words)
    yield "layout", title.lower().translate(str.maketrans(CYRILLIC, LATIN))
    if len(words) > 3:
        yield "half", " ".join(chance.sample(words, len(words) // 2 + 1))


def mistyped(word: str, chance: random.Random) -> str:
    """The word with a letter wrong, lost, added or swapped, never the first."""
    if len(word) < 4:
        return word
    place = chance.randrange(1, len(word) - 1)
    head, letter, tail = word[:place], chance.choice(LETTERS), word[place + 1 :]
    return chance.choice(
        [head + letter + tail, head + tail, head + letter + word[place:],
         head + word[place + 1] + word[place] + word[place + 2 :]]
    )  # fmt: skip


def blown_up(content: Sequence[Entry], count: int, chance: random.Random) -> Sequence[Entry]:
    """The content and as many questions as are missing, recombined from its sentences.

    Some of their words get endings of other words, so that the vocabulary grows as language does.
    """
    titles = [entry.title.split() for entry in content]
    sentences = [
        sentence for entry in content for sentence in _texts(entry).split(". ") if sentence
    ]
    words = sorted({word.lower() for title in titles for word in title if len(word) > 5})
    pattern = next(entry for entry in content if entry.kind is EntryKind.QUESTION)
    made_up = list(content)
    for number in range(count - len(content)):
        first, second = chance.sample(titles, 2)
        head, tail = chance.choice(words), chance.choice(words)
        made = head[: len(head) // 2 + 1] + tail[len(tail) // 2 :]
        title = first[: len(first) // 2 + 1] + [made] + second[len(second) // 2 :]
        text = ". ".join(chance.sample(sentences, 6))
        made_up.append(
            replace(
                pattern,
                id=f"q-made-{number}",
                title=" ".join(title),
                names=(" ".join(chance.sample(words, 3)),),
                spoken=text[: len(text) // 4],
                body=text[len(text) // 4 :],
            )
        )
    return made_up


def _texts(entry: Entry) -> str:
    match entry.details:
        case UnitDetails(address=address):
            return f"{entry.body} {address}"
        case ServiceDetails(steps=steps):
            return f"{entry.spoken} {entry.body} {' '.join(steps)}"
        case _:
            return f"{entry.spoken} {entry.body}"


def like_table(content: Sequence[Entry]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE entry (id TEXT, text TEXT)")
    connection.executemany(
        "INSERT INTO entry VALUES (?, ?)",
        (
            (entry.id, " ".join((entry.title, *entry.names, _texts(entry))).lower())
            for entry in content
        ),
    )
    return connection


def like_search(connection: sqlite3.Connection, text: str) -> Sequence[str]:
    words = [f"%{word}%" for word in text.lower().split()]
    if not words:
        return ()
    condition = " AND ".join("text LIKE ?" for _word in words)
    query = f"SELECT id FROM entry WHERE {condition} LIMIT 9"  # noqa: S608
    return [found for (found,) in connection.execute(query, words)]


def times_of(act: Callable[[str], object], texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """Wall and cpu milliseconds of each call."""
    wall, cpu = [], []
    for text in texts:
        wall_started, cpu_started = time.perf_counter(), time.process_time()
        act(text)
        cpu.append((time.process_time() - cpu_started) * 1000)
        wall.append((time.perf_counter() - wall_started) * 1000)
    return wall, cpu


def print_times(name: str, wall: Sequence[float], cpu: Sequence[float]) -> None:
    figures = "  ".join(
        f"{kind} p50 {percentile(values, 0.5):.2f} p95 {percentile(values, 0.95):.2f}"
        for kind, values in (("wall", wall), ("cpu", cpu))
    )
    print(f"{name:<13} {figures} ms (n={len(wall)})")


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def file_mb(path: Path) -> float:
    """The file with its write-ahead log."""
    return sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*")) / 1e6


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
