"""The sentence encoder's word pieces and their table, read into little room.

The encoder reads its file into 400,000 objects of Python, 35 MB. To pack them afterwards would not
help: of the room that so many objects leave among others, most is never given back. So the file
is read here, and its pieces never are objects all at once.
"""

import struct
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kb.byte_matrices import pack_matrices
from kb.packed_texts import PackedNumbers, PackedTexts, common_length
from kb.piece_rows import PieceRows, rows_in_file

VERSION = "0.2.1"  # of the encoder whose parts these are
_BELOW_EVERY_SCORE = 10.0
# Numbers of fields in the encoder's make of sentencepiece's model.
_PIECE, _TRAINER = 1, 3
_TEXT, _SCORE = 1, 2
_CHARACTERS = 2


def read_cutter(pure: Any, model: Path) -> Any:
    """What the module ``pure`` reads from the file as UsePureTokenizer, cutting alike.

    The module is the encoder's ``pure_tokenizer`` of VERSION.
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
    """What the module ``numpy`` makes of the weights, but for the rows of foreign pieces.

    The module is the encoder's ``backends.numpy`` of VERSION. Its table of all pieces, 65 MB, is
    in memory at no time: where it puts a block of rows in, those are kept that are needed.
    """

    def begin(model: Any, whole: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]") -> None:
        # Nothing stands in it yet, so it takes no memory.
        pieces = vars(cutter)["_pieces"]
        vars(model)["rows"] = PieceRows(whole.shape, pieces, rows_in_file(weights))

    model = in_part(numpy, begin)(str(weights), cutter)
    pack_matrices(vars(model))
    return model


def in_part(numpy: Any, begin: Callable[[Any, Any], None] | None = None) -> Any:
    """The kind of model whose table is its ``rows``; ``begin`` makes those of a whole table."""
    table = property(lambda model: vars(model)["rows"], begin)
    return type("InPart", (numpy.NumpyBackend,), {"table": table})


def prefixes_of(pieces: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Everything that a piece begins with, in order; with the piece's number and one, or with 0.

    Each piece has a letter at least; of those that are the same the last one has its number there.
    """
    count = len(pieces)
    texts = np.fromiter(pieces, f"U{max(map(len, pieces))}", count)
    places = np.argsort(texts, kind="stable").tolist()
    # What begins like the text before has stood there already, and what is new stands in order.
    before = ""
    for at, place in enumerate(places):
        piece = pieces[place]
        if at + 1 < count and pieces[places[at + 1]] == piece:
            continue
        for length in range(common_length(before, piece) + 1, len(piece)):
            yield piece[:length], 0
        yield piece, place + 1
        before = piece


def _read_pieces(data: bytes, scores: "array[float]") -> Iterator[str]:
    """The pieces in the order of their numbers, while their scores are noted."""
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
    """How letters are made alike before the cutting."""
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
    """Number, beginning and end of each field of a message in Protocol Buffers."""
    place = start
    while place < end:
        key, place = _varint(data, place)
        match key & 7:
            case 0:  # a varint
                ends = _varint(data, place)[1]
            case 1:
                ends = place + 8
            case 2:
                length, place = _varint(data, place)
                ends = place + length
            case 5:
                ends = place + 4
            case other:
                raise ValueError(f"wire type {other}")
        yield key >> 3, place, ends
        place = ends


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """The number at the place, and where it ends."""
    number = shift = 0
    while True:
        byte = data[place]
        number |= (byte & 0x7F) << shift
        place += 1
        if byte < 0x80:
            return number, place
        shift += 7
