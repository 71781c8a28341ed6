"""Compact data of the sentence encoder: byte matrices, packed texts, array file, model reader.

They save memory and start-up time. The results equal those of the encoder's own code.
"""

from __future__ import annotations

import json
import re
import struct
import sys
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from itertools import pairwise
from pathlib import Path
from typing import Any, Self, overload

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
_MOST = 127
_JOINED_COLUMNS = 256  # width of column groups with a common step, for joined matrices
_COLUMNS_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class _Block:
    """Columns of a matrix with the values ``counts * step``."""

    columns: slice
    step: np.float32
    counts: npt.NDArray[np.int8]

    def numbers(self) -> Matrix:
        found = self.counts.astype(np.float32)
        found *= self.step
        return found


class ByteMatrix:
    """Matrix stored as bytes, usable as the right operand of ``left @ matrix``.

    The product is calculated in column groups: a full float matrix would take four times the
    memory, and allocating a megabyte takes longer than the product.
    """

    __array_ufunc__ = None  # makes numpy use __rmatmul__

    def __init__(self, shape: tuple[int, ...], blocks: tuple[_Block, ...]) -> None:
        self.shape = shape
        self._blocks = blocks

    @classmethod
    def of(
        cls,
        shape: npt.NDArray[np.int64],
        columns: npt.NDArray[np.int64],
        steps: Matrix,
        counts: npt.NDArray[np.int8],
    ) -> Self:
        """Restores a matrix from ``arrays``."""
        height, width = shape.tolist()
        blocks, at = [], 0
        for (begin, end), step in zip(columns.tolist(), steps, strict=True):
            size = height * (end - begin)
            own = counts[at : at + size].reshape(height, end - begin)
            blocks.append(_Block(slice(begin, end), step, own))
            at += size
        return cls((height, width), tuple(blocks))

    @property
    def arrays(self) -> tuple[npt.NDArray[Any], ...]:
        """Arrays from which ``of`` restores the matrix: its shape; columns, steps and counts of all
        blocks.
        """
        return (
            np.array(self.shape, np.int64),
            np.array([(each.columns.start, each.columns.stop) for each in self._blocks], np.int64),
            np.array([each.step for each in self._blocks], np.float32),
            np.concatenate([each.counts.reshape(-1) for each in self._blocks]),
        )

    def __rmatmul__(self, left: Matrix) -> Matrix:
        product = np.empty((len(left), self.shape[1]), np.float32)
        for block in self._blocks:
            np.matmul(left, block.numbers(), out=product[:, block.columns])
        return product

    def whole(self) -> Matrix:
        matrix = np.empty(self.shape, np.float32)
        for block in self._blocks:
            matrix[:, block.columns] = block.numbers()
        return matrix

    @property
    def nbytes(self) -> int:
        """Memory in bytes."""
        return sum(block.counts.nbytes for block in self._blocks)


def in_bytes(matrix: Matrix) -> ByteMatrix | None:
    """Returns the matrix as bytes, in a quarter of the memory; None if values would be lost."""
    for width in (matrix.shape[1], _JOINED_COLUMNS):
        packed = ByteMatrix(matrix.shape, tuple(_blocks(matrix, width)))
        if np.array_equal(packed.whole(), matrix):
            return packed
    return None


def _blocks(matrix: Matrix, width: int) -> Iterator[_Block]:
    """Yields the blocks of a matrix; the columns of each group of ``width`` share a step."""
    for begin in range(0, matrix.shape[1], width):
        greatest = np.abs(matrix[:, begin : begin + width]).max()
        step = np.float32(greatest / _MOST) or np.float32(1)
        for first in range(begin, min(begin + width, matrix.shape[1]), _COLUMNS_AT_ONCE):
            columns = slice(first, min(first + _COLUMNS_AT_ONCE, begin + width))
            counts = np.rint(matrix[:, columns] / step).astype(np.int8)
            yield _Block(columns, step, np.ascontiguousarray(counts))


def pack_matrices(parts: MutableMapping[str, Any]) -> None:
    """Converts the matrices in ``parts``, also those in lists, to bytes if no values are lost."""
    for name, part in parts.items():
        parts[name] = [_packed(each) for each in part] if isinstance(part, list) else _packed(part)


def _packed(part: Any) -> Any:
    if isinstance(part, np.ndarray) and part.ndim == 2 and part.dtype == np.float32:
        return in_bytes(part) or part
    return part


Array = npt.NDArray[Any]
_FORM = "edinyi-nomer arrays 1"
_LONGEST_HEAD = 1 << 20


def keep(file: Path, made_of: str, arrays: Mapping[str, Array]) -> bool:
    """Writes the arrays atomically. Returns False on an I/O error; the previous file then remains.

    ``made_of`` identifies the versions of all sources from which the arrays were computed.
    """
    head = {
        "form": _FORM,
        "bytes": sys.byteorder,
        "made_of": made_of,
        "arrays": [
            (name, array.dtype.str, array.shape, zlib.crc32(_bytes_of(array)))
            for name, array in arrays.items()
        ],
    }
    # Two concurrent writers may corrupt the file; the checksums detect this.
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        with unfinished.open("wb") as stream:
            written = json.dumps(head).encode()
            stream.write(b"%08x %b\n" % (zlib.crc32(written), written))
            for array in arrays.values():
                stream.write(_bytes_of(array))
        unfinished.replace(file)
    except OSError:  # disk full or read-only folder: computed again at the next start
        with suppress(OSError):
            unfinished.unlink()
        return False
    return True


def kept(file: Path, made_of: str) -> Mapping[str, Array] | None:
    """Returns the arrays of the file; None if it is missing, damaged or from sources other than
    ``made_of``.
    """
    try:
        with file.open("rb") as stream:
            return _read(stream, made_of)
    except OSError:
        return None


def _read(stream: BufferedReader, made_of: str) -> Mapping[str, Array] | None:
    sum_of, _, written = stream.readline(_LONGEST_HEAD).rstrip(b"\n").partition(b" ")
    if not written or sum_of != b"%08x" % zlib.crc32(written):
        return None
    head = json.loads(written)
    if (head["form"], head["bytes"], head["made_of"]) != (_FORM, sys.byteorder, made_of):
        return None
    found: dict[str, Array] = {}
    for name, kind, shape, own_sum in head["arrays"]:
        array = np.empty(shape, kind)
        room = _bytes_of(array)
        if stream.readinto(room) != array.nbytes or zlib.crc32(room) != own_sum:
            return None
        found[name] = array
    return None if stream.read(1) else found


def _bytes_of(array: Array) -> memoryview:
    """Returns the memory of the array, without a copy if it is contiguous."""
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8).data


Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.uint32]

_TEXTS_OF_A_PACK = 16


class PackedTexts(Sequence[str]):
    """Sequence of texts in one buffer; each text is decoded on access."""

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
        """Restores a sequence from ``arrays``."""
        made = cls(())
        made._joined = joined.data
        made._ends = ends.data
        return made

    @property
    def arrays(self) -> tuple[Bytes, Numbers]:
        """Arrays from which ``of`` restores the sequence: the joined texts and their end offsets,
        starting with 0.
        """
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
        """Memory in bytes."""
        return len(self._joined) + len(self._ends) * self._ends.itemsize


class PackedNumbers:
    """Map from texts to numbers in a twentieth of the memory of a dictionary.

    Texts are stored without the prefix shared with the previous text, in packs that start with a
    full text.
    """

    def __init__(self, numbers: Iterable[tuple[str, int]]) -> None:
        """Packs pairs of text and number.

        Texts must be sorted by code points and at most 255 bytes long; numbers are 0 to 4294967295.
        """
        noted, begins = array("I"), array("I")
        self._packed = memoryview(bytes(_pack_texts(numbers, noted, begins)))
        self._begins, self._numbers = memoryview(begins), memoryview(noted)

    @classmethod
    def of(cls, packed: Bytes, begins: Numbers, numbers: Numbers) -> Self:
        """Restores a map from ``arrays``."""
        made = cls(())
        made._packed, made._begins, made._numbers = packed.data, begins.data, numbers.data
        return made

    @property
    def arrays(self) -> tuple[Bytes, Numbers, Numbers]:
        """Arrays from which ``of`` restores the map: the joined packs, their start offsets, and the
        numbers.
        """
        return (
            np.frombuffer(self._packed, np.uint8),
            np.frombuffer(self._begins, np.uint32),
            np.frombuffer(self._numbers, np.uint32),
        )

    def get(self, text: str) -> int | None:
        """Number of the text, or None if it is unknown."""
        encoded = text.encode()  # UTF-8 bytes sort like code points
        pack = bisect_right(self._begins, encoded, key=self._first) - 1
        if pack < 0:
            return None
        for place, found in enumerate(self._texts(pack), pack * _TEXTS_OF_A_PACK):
            if found >= encoded:
                return self._numbers[place] if found == encoded else None
        return None

    def _first(self, begin: int) -> bytes:
        """Returns the first text of the pack at this offset."""
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
        """Memory in bytes."""
        return sum(each.nbytes for each in (self._packed, self._begins, self._numbers))


def _pack_texts(
    numbers: Iterable[tuple[str, int]], noted: array[int], begins: array[int]
) -> bytearray:
    """Packs texts; each is preceded by the length of the prefix shared with the previous text and
    the length of its remainder.
    """
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
    """Length of the common prefix of two sequences."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


Rows = npt.NDArray[np.uint8]
RowNumbers = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]

_ROWS_OF_A_PACK = 16  # unpacked in 0.03 ms; a text needs about ten rows
_WITHOUT_HEAD = -15
_FOREIGN = re.compile(r"[^\W\d_А-Яа-яЁё]")


def is_kept(piece: str) -> bool:
    """Whether Russian texts need the piece, because it contains no letters of other scripts."""
    return _FOREIGN.search(piece) is None


def rows_in_file(weights: Path) -> Callable[[RowNumbers], Rows]:
    """Returns a function that reads rows from the encoder's file, which stores the rows by
    remainder.
    """

    def read(numbers: RowNumbers) -> Rows:
        found = []
        with np.load(weights) as file:
            blocks = sum(1 for name in file.files if name.startswith("q"))
            order = np.argsort(numbers % blocks, kind="stable")
            for block in _each_once(numbers % blocks):
                own = numbers[numbers % blocks == block]
                found.append(file[f"q{block + 1}"][own // blocks])
        rows: Rows = np.concatenate(found)[np.argsort(order)]
        return rows

    return read


def _each_once(numbers: RowNumbers | Places) -> list[int]:
    """Returns the sorted distinct values; np.unique would import numpy.ma, a megabyte."""
    return sorted(set(numbers.tolist()))


class PieceRows:
    """Compressed embedding rows by piece number, indexed like the full table. Not thread-safe.

    Compression saves more than half, because most values are small. Rows that are not in memory are
    loaded with ``read`` and then cached.
    """

    def __init__(
        self,
        shape: tuple[int, int],
        pieces: Sequence[str],
        read: Callable[[RowNumbers], Rows],
    ) -> None:
        """Creates the object without rows; ``shape`` is that of the full table, which is assigned
        afterwards in slices.
        """
        count, self._width = shape
        self._is_kept = np.ones(count, bool)
        self._is_kept[: len(pieces)] = [is_kept(piece) for piece in pieces]
        self._places: Places = np.full(count, -1, np.int32)
        self._packed: list[bytes] = []
        self._read = read

    @classmethod
    def of(
        cls,
        shape: RowNumbers,
        places: Places,
        joined: Rows,
        ends: RowNumbers,
        read: Callable[[RowNumbers], Rows],
    ) -> Self:
        """Restores rows from ``arrays``; no table needs to be assigned afterwards."""
        count, width = map(int, shape)
        made = cls((count, width), (), read)
        made._places = places.copy()
        whole = joined.tobytes()
        made._packed = [whole[begin:end] for begin, end in pairwise((0, *ends.tolist()))]
        return made

    @property
    def arrays(self) -> tuple[RowNumbers, Places, Rows, RowNumbers]:
        """Arrays from which ``of`` restores the rows: shape, row indices (-1 if absent), joined
        packs and their end offsets.
        """
        shape = np.array((len(self._places), self._width), np.int64)
        joined = np.frombuffer(b"".join(self._packed), np.uint8)
        ends = np.cumsum([len(pack) for pack in self._packed], dtype=np.int64)
        return shape, self._places, joined, ends

    def __setitem__(self, numbers: slice, rows: Rows) -> None:
        """Stores those of the assigned rows of the full table that Russian texts need."""
        all_numbers = np.arange(len(self._places))[numbers]
        kept = self._is_kept[numbers]
        self._keep(all_numbers[kept], rows[kept])

    def __getitem__(self, numbers: RowNumbers) -> Rows:
        absent = np.array(_each_once(numbers[self._places[numbers] < 0]), np.int64)
        if len(absent):
            self._keep(absent, self._read(absent))
        found: Rows = np.empty((len(numbers), self._width), np.uint8)
        packs, at = np.divmod(self._places[numbers], _ROWS_OF_A_PACK)
        for pack in _each_once(packs):
            of_pack = packs == pack
            found[of_pack] = self._unpacked(pack)[at[of_pack]]
        return found

    @property
    def nbytes(self) -> int:
        """Memory in bytes."""
        packed = sum(map(len, self._packed))
        return packed + int(self._places.nbytes + self._is_kept.nbytes)

    def _keep(self, numbers: RowNumbers, rows: Rows) -> None:
        for first in range(0, len(numbers), _ROWS_OF_A_PACK):
            several = slice(first, first + _ROWS_OF_A_PACK)
            place = len(self._packed) * _ROWS_OF_A_PACK
            self._places[numbers[several]] = np.arange(place, place + len(numbers[several]))
            packing = zlib.compressobj(wbits=_WITHOUT_HEAD, strategy=zlib.Z_HUFFMAN_ONLY)
            self._packed.append(packing.compress(rows[several].tobytes()) + packing.flush())

    def _unpacked(self, pack: int) -> Rows:
        rows = np.frombuffer(zlib.decompress(self._packed[pack], _WITHOUT_HEAD), np.uint8)
        return rows.reshape(-1, self._width)


VERSION = "0.2.1"  # of the encoder with these internals
_BELOW_EVERY_SCORE = 10.0
# Field numbers of the sentencepiece model file, in Protocol Buffers format.
_PIECE, _TRAINER = 1, 3
_TEXT, _SCORE = 1, 2
_CHARACTERS = 2


def read_cutter(pure: Any, model: Path) -> Any:
    """Reads the tokenizer from the model file; equivalent to UsePureTokenizer of ``pure``, with
    less memory.

    ``pure`` is the encoder's module ``pure_tokenizer`` of VERSION.
    """
    data = model.read_bytes()
    scores = array("f")
    pieces = PackedTexts(_read_pieces(data, scores))
    kind = pure.UsePureTokenizer
    cutter = kind.__new__(kind)
    vars(cutter).update(
        _pieces=pieces,
        _scores=scores,
        _unk_id=0,
        _bos_id=1,
        _eos_id=2,
        _unk_score=min(scores) - _BELOW_EVERY_SCORE,
        _max_len=max(map(len, pieces)),
        _prefixes=PackedNumbers(prefixes_of(pieces)),
        _normalizer=_normaliser(pure, data),
    )
    return cutter


def read_model(numpy: Any, weights: Path, cutter: Any) -> Any:
    """Reads the encoder's model without the embedding rows of pieces that Russian texts do not
    need.

    ``numpy`` is the encoder's module ``backends.numpy`` of VERSION. The complete table, 65 MB, is
    never in memory: only the needed rows of each block are stored.
    """

    def begin(model: Any, whole: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> None:
        # The array is not initialised, so it takes no memory yet.
        pieces = vars(cutter)["_pieces"]
        vars(model)["rows"] = PieceRows(whole.shape, pieces, rows_in_file(weights))

    model = in_part(numpy, begin)(str(weights), cutter)
    pack_matrices(vars(model))
    return model


def in_part(numpy: Any, begin: Callable[[Any, Any], None] | None = None) -> Any:
    """Returns a subclass of the encoder's model that uses the attribute ``rows`` as its table.

    ``begin`` is called with model and table when the table is assigned.
    """
    table = property(lambda model: vars(model)["rows"], begin)
    return type("InPart", (numpy.NumpyBackend,), {"table": table})


def prefixes_of(pieces: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yields all prefixes of the pieces in sorted order.

    A prefix that is itself a piece is paired with the piece number + 1, any other with 0. Pieces
    must not be empty; of equal pieces the last one is used.
    """
    count = len(pieces)
    texts = np.fromiter(pieces, f"U{max(map(len, pieces))}", count)
    places = np.argsort(texts, kind="stable").tolist()
    # Prefixes shared with the previous piece were already yielded.
    before = ""
    for at, place in enumerate(places):
        piece = pieces[place]
        if at + 1 < count and pieces[places[at + 1]] == piece:
            continue
        for length in range(common_length(before, piece) + 1, len(piece)):
            yield piece[:length], 0
        yield piece, place + 1
        before = piece


def _read_pieces(data: bytes, scores: array[float]) -> Iterator[str]:
    """Yields the pieces by number and appends their scores to ``scores``."""
    for field, start, end in _fields(data, 0, len(data)):
        if field == _PIECE:
            text, score = None, 0.0
            for part, begins, ends in _fields(data, start, end):
                if part == _TEXT:
                    text = data[begins:ends].decode()
                elif part == _SCORE:
                    (score,) = struct.unpack_from("<f", data, begins)
            if text is not None:
                scores.append(score)
                yield text


def _normaliser(pure: Any, data: bytes) -> Any:
    """Returns the character normaliser of the tokenizer."""
    characters = next(
        (
            data[begins:ends]
            for field, start, end in _fields(data, 0, len(data))
            if field == _TRAINER
            for part, begins, ends in _fields(data, start, end)
            if part == _CHARACTERS
        ),
        None,
    )
    normaliser = pure._Normalizer(characters)  # noqa: SLF001 (of this very version)
    units = vars(normaliser)["_units"]
    if units is not None:
        vars(normaliser)["_units"] = array("I", units)
    return normaliser


def _fields(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yields number, start and end of each field of a Protocol Buffers message."""
    place = start
    while place < end:
        key, place = _varint(data, place)
        match key & 7:
            case 0:  # varint
                ends = _varint(data, place)[1]
            case 1:
                ends = place + 8
            case 2:
                length, place = _varint(data, place)
                ends = place + length
            case 5:
                ends = place + 4
            case other:
                raise ValueError(f"unsupported wire type {other}")
        yield key >> 3, place, ends
        place = ends


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """Returns the value of the varint at this offset and its end offset."""
    number = shift = 0
    while True:
        byte = data[place]
        number |= (byte & 0x7F) << shift
        place += 1
        if byte < 0x80:
            return number, place
        shift += 7
