"""Cache of the sentence encoder's tokenizer and weights in a file next to the directory.

Building them from the encoder's own files takes a second of CPU time; reading the cache takes
almost none.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from kb.search.matrices import (
    VERSION,
    Array,
    ByteMatrix,
    PackedNumbers,
    PackedTexts,
    PieceRows,
    in_part,
    keep,
    kept,
    read_cutter,
    read_model,
    rows_in_file,
)

_FORM = 2  # version of the cache format
_CUTTER = ("_unk_id", "_bos_id", "_eos_id", "_unk_score", "_max_len")
_OWN = ("rows", "sp", "threads", "_threadpool")  # attributes that are not arrays or are rebuilt


def cutter_and_model(pure: Any, numpy: Any, resources: Path, file: Path | None) -> tuple[Any, Any]:
    """Loads tokenizer and model from the cache file; if it is unusable, with ``read_cutter`` and
    ``read_model``.

    In the second case the cache file is written, if its folder is writable. ``pure`` and ``numpy``
    are the encoder's modules ``pure_tokenizer`` and ``backends.numpy`` of VERSION.
    """
    pieces, weights = resources / "sp.model", resources / "weights.npz"
    made_of = " ".join((f"{_FORM} {VERSION}", _state_of(pieces), _state_of(weights)))
    parts = None if file is None else kept(file, made_of)
    if parts is not None:
        return _put_together(pure, numpy, weights, parts)
    cutter = read_cutter(pure, pieces)
    model = read_model(numpy, weights, cutter)
    if file is not None:
        keep(file, made_of, _taken_apart(cutter, model))
    return cutter, model


def _state_of(file: Path) -> str:
    told = file.stat()
    return f"{told.st_size} {told.st_mtime_ns}"


def _taken_apart(cutter: Any, model: Any) -> dict[str, Array]:
    own = vars(cutter)
    normaliser = vars(own["_normalizer"])
    parts: dict[str, Array] = {
        "cutter": np.array([own[name] for name in _CUTTER], np.float64),
        "scores": np.frombuffer(own["_scores"], np.float32),
        "units": np.frombuffer(normaliser["_units"], np.uint32),
        "normalised": np.frombuffer(normaliser["_normalized"], np.uint8),
    }
    rows: PieceRows = vars(model)["rows"]
    for name, arrays in (
        ("pieces", own["_pieces"].arrays),
        ("prefixes", own["_prefixes"].arrays),
        ("rows", rows.arrays),
    ):
        parts |= {f"{name} {place}": each for place, each in enumerate(arrays)}
    for name, value in vars(model).items():
        if name in _OWN:
            continue
        for key, layer in (
            [(f"{name} {place}", each) for place, each in enumerate(value)]
            if isinstance(value, list)
            else [(f"{name} only", value)]
        ):
            if isinstance(layer, ByteMatrix):
                parts |= {f"bytes {key} {at}": each for at, each in enumerate(layer.arrays)}
            else:
                parts[f"layer {key}"] = np.asarray(layer)
    return parts


def _put_together(
    pure: Any, numpy: Any, weights: Path, parts: Mapping[str, Array]
) -> tuple[Any, Any]:
    cutter = pure.UsePureTokenizer.__new__(pure.UsePureTokenizer)
    *numbers, unk_score, longest = parts["cutter"].tolist()
    vars(cutter).update(
        zip(_CUTTER, (*map(int, numbers), unk_score, int(longest)), strict=True),
        _pieces=PackedTexts.of(*_several(parts, "pieces")),
        _scores=array("f", parts["scores"].tobytes()),
        _prefixes=PackedNumbers.of(*_several(parts, "prefixes")),
        _normalizer=_normaliser(pure, parts),
    )
    kind = in_part(numpy)
    model = kind.__new__(kind)
    shape, places, joined, ends = _several(parts, "rows")
    vars(model).update(
        _layers(parts),
        rows=PieceRows.of(shape, places, joined, ends, rows_in_file(weights)),
        sp=cutter,
        threads=None,
        _threadpool=None,
    )
    return cutter, model


def _layers(parts: Mapping[str, Array]) -> dict[str, Any]:
    layers: dict[str, Any] = {}
    for key, value in parts.items():
        layer: Any
        match key.split():
            case ["layer", name, place]:
                layer = value if value.ndim else value.item()
            case ["bytes", name, place, "0"]:
                layer = ByteMatrix.of(*_several(parts, f"bytes {name} {place}"))
            case _:
                continue
        if place == "only":
            layers[name] = layer
        else:
            layers.setdefault(name, []).append(layer)
    return layers


def _several(parts: Mapping[str, Array], name: str) -> list[Any]:
    return [value for key, value in parts.items() if key.rpartition(" ")[0] == name]


def _normaliser(pure: Any, parts: Mapping[str, Array]) -> Any:
    made = pure._Normalizer(None)  # noqa: SLF001 (of this very version)
    vars(made).update(
        _units=array("I", parts["units"].tobytes()), _normalized=parts["normalised"].tobytes()
    )
    ascii_table, two_byte = made._build_ascii_table()  # noqa: SLF001 (of this very version)
    vars(made).update(_ascii=ascii_table, _two_byte=two_byte)
    return made
