"""Legally protected secrets, and accounts of people, as findings of 6.12."""

from __future__ import annotations

import pytest

from sync.register.checks.check import Detector, must_be_non_public
from sync.register.checks.morphology import Morphology
from sync.register.checks.personal.detector import personal_data_detector
from sync.register.checks.personal.known import Known
from sync.register.handling.contents import Confidential, confidential_of


@pytest.fixture(scope="module")
def detect(morphology: Morphology) -> Detector:
    return personal_data_detector(morphology, Known())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Пишу с документа под грифом «секретно».", Confidential.CLASSIFIED),
        ("Письмо с пометкой ДСП прилагаю.", Confidential.CONFIDENTIAL_BY_LAW),
        ("У меня во вкладе двести тысяч рублей.", Confidential.CONFIDENTIAL_BY_LAW),
        ("У соседа долг по кредиту.", Confidential.CONFIDENTIAL_BY_LAW),
        ("Доход её составил три миллиона.", Confidential.CONFIDENTIAL_BY_LAW),
        ("Мальчика они усыновили.", Confidential.CONFIDENTIAL_BY_LAW),
        ("В истории болезни моей мамы ошибка.", Confidential.HEALTH),
        ("Мой телеграм @lesnik_2001.", Confidential.PERSONAL_DATA),
    ],
)
def test_the_line_of_the_regulation_is_marked(
    text: str, line: Confidential, detect: Detector
) -> None:
    found = tuple(detect(text))
    assert must_be_non_public(found)
    assert line in confidential_of(found)


@pytest.mark.parametrize(
    "text",
    [
        "Мебель из ДСП выбросили к контейнеру.",
        "Приёмная главы города закрыта.",
        "Счёт за воду на три тысячи рублей пришёл с ошибкой.",
        "Как усыновить ребёнка, какие нужны документы?",
        "Дети из детского дома идут на праздник.",
        "Персонал поликлиники не хранит врачебную тайну.",
        "Канал администрации @gorod_news молчит.",
        "Страница управляющей компании vk.com/uk_rodnik не отвечает.",
        "В телеграме пишут, что воды не будет.",
    ],
)
def test_what_is_no_secret(text: str, detect: Detector) -> None:
    assert not list(detect(text))


@pytest.mark.parametrize(
    ("text", "type_", "found"),
    [
        ("Тг lesnik_2001", "account_name", "lesnik_2001"),
        ("Страница https://vk.com/id12345678 его", "account_name", "https://vk.com/id12345678"),
        ("Из сорок пятой квартиры дома 3 шум", "address", "сорок пятой квартиры дома 3"),
        ("Полис двадцать шесть ноль пять сорок один двести", "oms",
         "двадцать шесть ноль пять сорок один двести"),
        ("Полис ОСАГО ТТТ 7001234567", "oms", "ТТТ 7001234567"),
        ("Маме делают перевязки", "health", "делают перевязки"),
    ],
)  # fmt: skip
def test_the_words_are_pointed_at(text: str, type_: str, found: str, detect: Detector) -> None:
    assert (type_, found) in [(each.type, each.text) for each in detect(text)]
