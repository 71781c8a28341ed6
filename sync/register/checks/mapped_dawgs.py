"""The files of pymorphy's dictionary mapped instead of read: a page is in memory once it is asked.

Read they take 15 MB of the program's own, of which the texts of a day touch a small part.
"""

import mmap
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_LENGTH = struct.Struct("=I")


def map_dawgs(analyzer: Any) -> tuple[mmap.mmap, ...]:
    """Let the word graphs of a MorphAnalyzer answer from their files, just as before; the maps."""
    maps = []
    for file, graph in _graphs(analyzer):
        with file.open("rb") as opened:
            mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        units, guide = _parts(memoryview(mapped))
        vars(graph.dct)["_units"] = units
        vars(graph.guide)["_units"] = guide
        maps.append(mapped)
    return tuple(maps)


def let_pages_go(maps: Iterable[mmap.mmap]) -> None:
    """Count the pages that were asked as the system's again, which has them until it needs room.

    Around each page that is asked it maps fifteen more: some thousand words map the whole file.
    """
    advice = getattr(mmap, "MADV_DONTNEED", -1)  # not on Windows
    for each in maps if advice >= 0 else ():
        each.madvise(advice)


def _graphs(analyzer: Any) -> Iterator[tuple[Path, Any]]:
    """Each graph with the file that pymorphy has read it from."""
    dictionary = analyzer.dictionary
    folder = Path(dictionary.path)
    yield folder / "words.dawg", dictionary.words
    for number, graph in enumerate(dictionary.prediction_suffixes_dawgs):
        yield folder / f"prediction-suffixes-{number}.dawg", graph
    yield folder / "p_t_given_w.intdawg", analyzer.prob_estimator.p_t_given_w


def _parts(whole: memoryview) -> tuple[memoryview, memoryview]:
    """The two parts of a file, each behind the number of its units, of 4 bytes and of 2."""
    (count,) = _LENGTH.unpack_from(whole)
    end = _LENGTH.size + 4 * count
    (guided,) = _LENGTH.unpack_from(whole, end)
    begin = end + _LENGTH.size
    return whole[_LENGTH.size : end].cast("I"), whole[begin : begin + 2 * guided]
