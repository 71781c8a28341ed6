"""The files of pymorphy's dictionary mapped instead of read: a page is in memory once it is asked.

Read they take 15 MB of the program's own, of which the texts of a day touch a small part.
"""

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_LENGTH = struct.Struct("=I")


def map_dawgs(analyzer: Any) -> None:
    """Let the word graphs of a MorphAnalyzer answer from their files, just as before."""
    for file, graph in _graphs(analyzer):
        units, guide = _mapped(file)
        vars(graph.dct)["_units"] = units
        vars(graph.guide)["_units"] = guide


def _graphs(analyzer: Any) -> Iterator[tuple[Path, Any]]:
    """Each graph with the file that pymorphy has read it from."""
    dictionary = analyzer.dictionary
    folder = Path(dictionary.path)
    yield folder / "words.dawg", dictionary.words
    for number, graph in enumerate(dictionary.prediction_suffixes_dawgs):
        yield folder / f"prediction-suffixes-{number}.dawg", graph
    yield folder / "p_t_given_w.intdawg", analyzer.prob_estimator.p_t_given_w


def _mapped(file: Path) -> tuple[memoryview, memoryview]:
    """The two parts of a file, each behind the number of its units, of 4 bytes and of 2."""
    with file.open("rb") as opened:
        # It lives as long as a view of it does.
        whole = memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))
    (count,) = _LENGTH.unpack_from(whole)
    end = _LENGTH.size + 4 * count
    (guided,) = _LENGTH.unpack_from(whole, end)
    begin = end + _LENGTH.size
    return whole[_LENGTH.size : end].cast("I"), whole[begin : begin + 2 * guided]
