"""Many short texts in one piece of memory: as objects of their own they take five times as much."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import overload


class PackedTexts(Sequence[str]):
    """Texts in the order they came; each is made anew when it is asked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        ends = array("I", (0,))
        joined = bytearray()
        for text in texts:
            joined += text.encode()
            ends.append(len(joined))
        self._joined = bytes(joined)
        self._ends = ends

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if place < 0 or place >= len(self):
            raise IndexError(place)
        return self._joined[self._ends[place] : self._ends[place + 1]].decode()

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
        self._numbers = array("I")
        self._texts = PackedTexts(self._noting(numbers))

    def _noting(self, numbers: Iterable[tuple[str, int]]) -> Iterator[str]:
        for text, number in numbers:
            self._numbers.append(number)
            yield text

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
