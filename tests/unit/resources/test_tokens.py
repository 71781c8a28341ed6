"""The colours of each theme are distinguishable: contrast by WCAG 2.2, 1.4.3 and 1.4.11."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

TOKENS: dict[str, Any] = json.loads(
    (Path(__file__).parents[3] / "resources" / "styles" / "tokens.json").read_text("utf-8")
)
TEXT, GRAPHICS = 4.5, 3.0
GROUNDS = ("app", "surface", "raised", "hover", "selected")
SOFT = ("accent-soft", "ok-soft", "warn-soft", "danger-soft", "wrap-soft", "neutral-soft")
READ = [
    *((text, ground) for text in ("text", "text-2") for ground in (*GROUNDS, *SOFT)),
    *(("text-3", ground) for ground in GROUNDS),
    *((role, ground) for role in ("accent", "ok", "warn", "danger", "wrap") for ground in GROUNDS),
    *((role, f"{role}-soft") for role in ("accent", "ok", "warn", "danger", "wrap")),
    ("accent-hover", "surface"),
    ("on-accent", "accent"),
    ("on-ok", "ok-fill"),
    ("on-danger", "danger-fill"),
]
SEEN = [
    *(("line-control", ground) for ground in ("app", "surface")),
    *(("focus", ground) for ground in GROUNDS),
    *((f"chart-{number}", "surface") for number in (1, 2, 3, 4, 5)),
    ("warn-mark", "surface"),
]
EXEMPT = {
    "text-disabled/surface",  # 1.4.3 exempts disabled controls
    "line/surface",  # decorative: never the only edge of a control
}


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, from 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(theme: str, pair: tuple[str, str]) -> float:
    colours = TOKENS["themes"][theme]
    light, dark = sorted((luminance(colours[role]) for role in pair), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_and_the_grey_of_the_standard() -> None:
    assert luminance("#FFFFFF") == pytest.approx(1)
    assert luminance("#000000") == 0
    assert (1.05 / (luminance("#767676") + 0.05)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", TOKENS["themes"])
def test_what_is_read_stands_out_from_its_ground(theme: str) -> None:
    assert {pair: found for pair in READ if (found := ratio(theme, pair)) < TEXT} == {}


@pytest.mark.parametrize("theme", TOKENS["themes"])
def test_edges_of_controls_the_focus_and_charts_can_be_seen(theme: str) -> None:
    assert {pair: found for pair in SEEN if (found := ratio(theme, pair)) < GRAPHICS} == {}


@pytest.mark.parametrize("theme", TOKENS["themes"])
def test_the_figures_beside_the_colours_are_theirs(theme: str) -> None:
    for name, told in TOKENS["contrast"][theme].items():
        text, _, ground = name.partition("/")
        assert ratio(theme, (text, ground)) == pytest.approx(told, abs=0.06), name
        known = (text, ground) in READ or (text, ground) in SEEN or name in EXEMPT
        assert known or ground == "sunken", name
