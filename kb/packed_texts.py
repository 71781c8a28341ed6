"""Many short texts in one piece of memory: as objects of their own they take five times as much."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Self, overload

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.uint32]

_TEXTS_OF_A_PACK = 16


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
    """A number for each of many texts, as a dictionary has it, in a twentieth of the place.

    Of each text only that is kept which it does not share with the one before, in packs that begin
    with a whole one.
    """

    def __init__(self, numbers: Iterable[tuple[str, int]]) -> None:
        """Texts come in the order of their code points, none of them longer than 255 bytes;
        numbers are from 0 to 4294967295."""
        noted, begins = array("I"), array("I")
        self._packed = memoryview(bytes(_packed(numbers, noted, begins)))
        self._begins, self._numbers = memoryview(begins), memoryview(noted)

    @classmethod
    def of(cls, packed: Bytes, begins: Numbers, numbers: Numbers) -> Self:
        """What ``arrays`` gave."""
        made = cls(())
        made._packed, made._begins, made._numbers = packed.data, begins.data, numbers.data
        return made

    @property
    def arrays(self) -> tuple[Bytes, Numbers, Numbers]:
        """The packs one behind another, where each of them begins, and the numbers."""
        return (
            np.frombuffer(self._packed, np.uint8),
            np.frombuffer(self._begins, np.uint32),
            np.frombuffer(self._numbers, np.uint32),
        )

    def get(self, text: str) -> int | None:
        """The number of the text, None of a text that is not among them."""
        encoded = text.encode()  # bytes of UTF-8 have the order of the code points
        pack = bisect_right(self._begins, encoded, key=self._first) - 1
        if pack < 0:
            return None
        for place, found in enumerate(self._texts(pack), pack * _TEXTS_OF_A_PACK):
            if found >= encoded:
                return self._numbers[place] if found == encoded else None
        return None

    def _first(self, begin: int) -> bytes:
        """The text that a pack begins with."""
        return bytes(self._packed[begin + 2 : begin + 2 + self._packed[begin + 1]])

    def _texts(self, pack: int) -> Iterator[bytes]:
        begin = self._begins[pack]
        end = self._begins[pack + 1] if pack + 1 < len(self._begins) else len(self._packed)
        packed = bytes(self._packed[begin:end])
        text, at = b"", 0
        while at < len(packed):
            own = at + 2
            at = own + packed[own - 1]
            text = text[: packed[own - 2]] + packed[own:at]
            yield text

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def nbytes(self) -> int:
        """What they take in memory."""
        return sum(each.nbytes for each in (self._packed, self._begins, self._numbers))


def _packed(
    numbers: Iterable[tuple[str, int]], noted: "array[int]", begins: "array[int]"
) -> bytearray:
    """Before each text's own bytes stands how many it shares, and how many those are."""
    packed = bytearray()
    before = b""
    for text, number in numbers:
        if len(noted) % _TEXTS_OF_A_PACK == 0:
            begins.append(len(packed))
            before = b""
        encoded = text.encode()
        shared = common_length(before, encoded)
        packed += bytes((shared, len(encoded) - shared))
        packed += encoded[shared:]
        noted.append(number)
        before = encoded
    return packed


def common_length(one: Sequence[object], other: Sequence[object]) -> int:
    """How many letters or bytes both begin with."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
