"""Personal data of Regulation 6.12 as findings."""

from __future__ import annotations

import pytest

from sync.register.checks.check import Detector
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.morphology import Morphology
from sync.register.checks.personal.detector import personal_data_detector
from sync.register.checks.personal.known import Known
from tests.benchmarks.marked_texts import Half, MarkedText, read_marked

OFFICIALS = Known(
    names=(
        "Лесной Пётр Ильич",
        "Зоя Марковна Ручьёва",
        "Чотчаева Мадина Исмаиловна",
        "Погосян А. С.",
        "Зуб Хасан Муратович",
        "Тимур Дзагоев",
        "Ибн Ахъяд",
        "",
    ),
    phones=("8 (87999) 2-10-15", "+7 900 555-01-99"),
    emails=("Priem@City.example",),
    world_known=(
        "Маяковский Владимир Владимирович",
        "Высоцкий Владимир Семёнович",
        "Пугачёва Алла Борисовна",
    ),
)


@pytest.fixture(scope="module")
def detect(morphology: Morphology) -> Detector:
    return personal_data_detector(morphology, Known(world_known=OFFICIALS.world_known))


@pytest.fixture(scope="module")
def detect_strangers(morphology: Morphology) -> Detector:
    return personal_data_detector(morphology, OFFICIALS)


def found(detector: Detector, text: str) -> list[tuple[str, str]]:
    return [(finding.type, finding.text) for finding in detector(text)]


def test_a_finding_tells_type_place_and_paragraph(detect: Detector) -> None:
    text = "Ответ прошу на petrova@mail.example, спасибо"

    assert list(detect(text)) == [
        Finding(
            FindingKind.PERSONAL_DATA, Level.BLOCK, "email", 15, 35, "petrova@mail.example", "6.12"
        )
    ]


def is_found(marked: MarkedText, findings: list[Finding]) -> bool:
    """Whether every marked place is found, and no type that is not marked."""
    return {place.type for place in marked.places} == {
        finding.type for finding in findings
    } and all(
        any(
            finding.type == place.type and finding.start < place.end and place.start < finding.end
            for finding in findings
        )
        for place in marked.places
    )


def test_what_is_marked_is_found_and_nothing_else(detect: Detector) -> None:
    texts = [marked for marked in read_marked("personal_data.txt") if marked.half is Half.TUNE]
    texts += read_marked("personal_data_seen.txt")
    wrong = [
        f"{marked.text}: {findings}"
        for marked in texts
        if not is_found(marked, findings := list(detect(marked.text)))
    ]

    assert len(texts) > 500
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "Пётр Ильич Лесной не отвечает",
        "писали Лесному П. И.",
        "разговор с Петром Ильичом Лесным",
        "у П.И. Лесного",
        "ЛЕСНОЙ ПЕТР ИЛЬИЧ",
        "обещала Зоя Марковна",
        "передали Зое Ручьёвой",
        "нагрубила Чотчаева М.И.",
        "с Мадиной Исмаиловной Чотчаевой",
        "к Погосян А.С.",
        "прошу помочь Зубу Хасану Муратовичу",
        "речь о Х.М. Зубе",
        "у Дзагоева Тимура",
        "в приёмную 2-10-15 не дозвониться, тел. 2-10-15",
        "номер +79005550199",
        "почта priem@city.example",
        "вечер, где читали Владимира Маяковского",
    ],
)
def test_people_and_contacts_of_the_directory_are_no_secret(
    detect_strangers: Detector, text: str
) -> None:
    assert found(detect_strangers, text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("сосед Лесной Иван Ильич", "Лесной Иван Ильич"),
        ("Чотчаев Мадин Исмаилович шумит", "Чотчаев Мадин Исмаилович"),
        ("подпись: Лесной К. И.", "Лесной К. И."),
        ("Дзагоева Тамара курит", "Дзагоева Тамара"),
        ("сосед Владимир Владимирович", "Владимир Владимирович"),
    ],
)
def test_a_namesake_of_an_official_is_somebody_else(
    detect_strangers: Detector, text: str, name: str
) -> None:
    assert found(detect_strangers, text) == [("fio", name)]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("СНИЛС 112-233-445 96", "snils"),
        ("ИНН 500100732258", "inn"),
        ("полис ОМС 2650123456789015", "oms"),
        ("номер карты 4276600012345671", "card"),
        ("БИК 044525225, счёт 40817810060001234567", "account"),
    ],
)
def test_a_wrong_check_digit_behind_its_label_is_a_warning(
    detect: Detector, text: str, type_: str
) -> None:
    assert [(finding.type, finding.level) for finding in detect(text)] == [(type_, Level.WARN)]
