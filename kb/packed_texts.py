"""Many short texts in one piece of memory: as objects of their own they take five times as much."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Self, overload

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.uint32]


class PackedTexts(Sequence[str]):
    """Texts in the order they came; each is made anew when it is asked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        ends = array("I", (0,))
        joined = bytearray()
        for text in texts:
            joined += text.encode()
            ends.append(len(joined))
        self._joined = memoryview(bytes(joined))
        self._ends = memoryview(ends)

    @classmethod
    def of(cls, joined: Bytes, ends: Numbers) -> Self:
        """What ``arrays`` gave."""
        made = cls(())
        made._joined = joined.data
        made._ends = ends.data
        return made

    @property
    def arrays(self) -> tuple[Bytes, Numbers]:
        """All texts one behind another, and where each of them ends, 0 before the first."""
        return np.frombuffer(self._joined, np.uint8), np.frombuffer(self._ends, np.uint32)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if place < 0 or place >= len(self):
            raise IndexError(place)
        return str(self._joined[self._ends[place] : self._ends[place + 1]], "utf-8")

    def __len__(self) -> int:
        return len(self._ends) - 1

    @property
    def nbytes(self) -> int:
        """What they take in memory."""
        return len(self._joined) + len(self._ends) * self._ends.itemsize


class PackedNumbers:
    """A number for each of many texts, as a dictionary has it, in a tenth of the place."""

    def __init__(self, numbers: Iterable[tuple[str, int]]) -> None:
        """Texts come in the order of their code points; numbers are from 0 to 4294967295."""
        noted = array("I")
        self._texts = PackedTexts(_noting(numbers, noted))
        self._numbers = memoryview(noted)

    @classmethod
    def of(cls, joined: Bytes, ends: Numbers, numbers: Numbers) -> Self:
        """What ``arrays`` gave."""
        made = cls(())
        made._texts = PackedTexts.of(joined, ends)
        made._numbers = numbers.data
        return made

    @property
    def arrays(self) -> tuple[Bytes, Numbers, Numbers]:
        """Those of the texts, and the numbers."""
        return *self._texts.arrays, np.frombuffer(self._numbers, np.uint32)

    def get(self, text: str) -> int | None:
        """The number of the text, None of a text that is not among them."""
        place = bisect_left(self._texts, text)
        if place < len(self._numbers) and self._texts[place] == text:
            return self._numbers[place]
        return None

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def nbytes(self) -> int:
        """What they take in memory."""
        return self._texts.nbytes + len(self._numbers) * self._numbers.itemsize


def _noting(numbers: Iterable[tuple[str, int]], noted: "array[int]") -> Iterator[str]:
    for text, number in numbers:
        noted.append(number)
        yield text
