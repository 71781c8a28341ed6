"""The subset of JSON Schema that the schemas of the product use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
}
_KNOWN = {
    "$schema",
    "$defs",
    "$ref",
    "title",
    "type",
    "enum",
    "required",
    "properties",
    "additionalProperties",
    "items",
    "minLength",
    "minimum",
    "pattern",
}


def faults(schema: Mapping[str, Any], value: Any) -> list[str]:
    """Returns the violations of the schema; raises ValueError for an unknown keyword."""
    return list(_faults(schema, schema, value, "$"))


def _faults(root: Mapping[str, Any], rule: Mapping[str, Any], value: Any, at: str) -> Iterator[str]:
    if unknown := set(rule) - _KNOWN:
        raise ValueError(unknown)
    if "$ref" in rule:
        yield from _faults(root, root["$defs"][rule["$ref"].removeprefix("#/$defs/")], value, at)
        return
    if "enum" in rule and value not in rule["enum"]:
        yield f"{at}: {value!r}"
    if "type" in rule and not isinstance(value, _TYPES[rule["type"]]):
        yield f"{at}: no {rule['type']}"
        return
    match value:
        case str():
            yield from _of_text(rule, value, at)
        case int():
            if value < rule.get("minimum", value):
                yield f"{at}: too small"
        case dict():
            yield from _of_object(root, rule, value, at)
        case list():
            for place, part in enumerate(value):
                yield from _faults(root, rule.get("items", {}), part, f"{at}[{place}]")
        case _:
            yield f"{at}: {value!r}"


def _of_text(rule: Mapping[str, Any], value: str, at: str) -> Iterator[str]:
    if len(value) < rule.get("minLength", 0) or not re.search(rule.get("pattern", ""), value):
        yield f"{at}: {value!r}"


def _of_object(
    root: Mapping[str, Any], rule: Mapping[str, Any], value: Mapping[str, Any], at: str
) -> Iterator[str]:
    properties = rule.get("properties", {})
    yield from (f"{at}: without {name}" for name in rule.get("required", ()) if name not in value)
    for name, part in value.items():
        if name in properties:
            yield from _faults(root, properties[name], part, f"{at}.{name}")
        elif rule.get("additionalProperties") is False:
            yield f"{at}: {name} is not known"
