"""Personal data of Regulation 6.12 as findings."""

from __future__ import annotations

import pytest

from sync.register.checks.check import Detector
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.morphology import Morphology
from sync.register.checks.personal.detector import personal_data_detector
from sync.register.checks.personal.known import Known


@pytest.fixture(scope="module")
def detect() -> Detector:
    return personal_data_detector(Morphology(), Known())


def test_a_finding_tells_type_place_and_paragraph(detect: Detector) -> None:
    text = "Ответ прошу на petrova@mail.example, спасибо"

    assert list(detect(text)) == [
        Finding(
            FindingKind.PERSONAL_DATA, Level.BLOCK, "email", 15, 35, "petrova@mail.example", "6.12"
        )
    ]


def test_what_is_found_twice_is_told_once(detect: Detector) -> None:
    assert [finding.text for finding in detect("на petrova@mail.ru и ivan@mail.ru")] == [
        "petrova@mail.ru",
        "ivan@mail.ru",
    ]
