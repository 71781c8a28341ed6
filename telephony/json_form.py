"""Converts frozen dataclasses to JSON values and back, by their type annotations.

Supports str, int, float, bool, None, aware datetimes, StrEnum, Literal, ``X | None``,
``tuple[X, ...]`` and dataclasses of these.
"""

from __future__ import annotations

import dataclasses
import functools
import types
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


class JsonFormError(ValueError):
    """A value does not match its annotation; ``path`` is the dotted name of the field."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def to_json(value: object) -> object:
    """Converts a supported value to JSON-compatible types."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise TypeError(type(value).__name__)


def from_json(kind: type[T], value: object, path: str = "") -> T:
    """Builds a value of type ``kind``. Ignores unknown fields, for compatibility between versions.

    Raises JsonFormError if a field is missing or has another type.
    """
    return cast(T, _read(kind, value, path))


@functools.cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, value: object, path: str) -> object:
    origin = get_origin(kind)
    if origin is Literal:
        if value in get_args(kind) and isinstance(value, str):
            return value
        raise JsonFormError(path)
    if origin in (types.UnionType, Union):
        return _read_union(get_args(kind), value, path)
    if origin is tuple:
        if not isinstance(value, (list, tuple)):
            raise JsonFormError(path)
        return tuple(
            _read(get_args(kind)[0], item, f"{path}[{index}]") for index, item in enumerate(value)
        )
    if dataclasses.is_dataclass(kind):
        return _read_dataclass(kind, value, path)
    return _read_scalar(kind, value, path)


def _read_union(kinds: tuple[Any, ...], value: object, path: str) -> object:
    if value is None:
        if type(None) in kinds:
            return None
        raise JsonFormError(path)
    (kind,) = (item for item in kinds if item is not type(None))
    return _read(kind, value, path)


def _read_dataclass(kind: Any, value: object, path: str) -> object:
    if not isinstance(value, Mapping):
        raise JsonFormError(path)
    hints = _hints(kind)
    arguments: dict[str, object] = {}
    for field in dataclasses.fields(kind):
        field_path = f"{path}.{field.name}" if path else field.name
        if field.name in value:
            arguments[field.name] = _read(hints[field.name], value[field.name], field_path)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise JsonFormError(field_path)
    return kind(**arguments)


def _read_scalar(kind: Any, value: object, path: str) -> object:
    if kind is datetime:
        return _read_datetime(value, path)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _read_enum(kind, value, path)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind in (str, int, float, bool) and type(value) is kind:
        return value
    raise JsonFormError(path)


def _read_enum(kind: type[StrEnum], value: object, path: str) -> StrEnum:
    if not isinstance(value, str):
        raise JsonFormError(path)
    try:
        return kind(value)
    except ValueError as error:
        raise JsonFormError(path) from error


def _read_datetime(value: object, path: str) -> datetime:
    if not isinstance(value, str):
        raise JsonFormError(path)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise JsonFormError(path) from error
    if moment.tzinfo is None:
        raise JsonFormError(path)
    return moment
