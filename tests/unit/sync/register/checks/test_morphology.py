"""Dictionary results for single Russian words."""

from __future__ import annotations

import pytest

from sync.register.checks.morphology import Morphology


@pytest.fixture(scope="module")
def morphology() -> Morphology:
    return Morphology()


@pytest.mark.parametrize(
    ("form", "is_right"),
    [
        ("вывезут", True),
        ("бессонница", True),
        ("бессоница", False),  # the dictionary lists it as a misspelling
        ("вывизут", False),
    ],
)
def test_a_common_mistake_is_no_right_form(
    morphology: Morphology, form: str, is_right: bool
) -> None:
    assert morphology.has_right_form(form) is is_right


def test_the_dictionary_has_common_mistakes_too(morphology: Morphology) -> None:
    assert morphology.has_form("бессоница")
    assert not morphology.has_form("вывизут")
