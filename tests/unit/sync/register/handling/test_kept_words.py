"""Every text of a form draft is found, at any depth, and nothing else."""

from __future__ import annotations

from sync.register.handling.form_drafts import texts_of


def test_texts_stand_at_any_depth_and_names_of_fields_are_none() -> None:
    words = {
        "text": "Яма",
        "marked": ["name", {"place": "Садовая"}],
        "change": {"days": ({"reason": "Указ"},), "part": 7},
        "planned": None,
    }
    assert tuple(texts_of(words)) == ("Яма", "name", "Садовая", "Указ")
