"""The checks of section 6 on texts of different styles; the full set is in
tests/benchmarks/voices_quality.py.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sync.commands.rules import make_rules
from sync.register.checks.check import Rules, check
from sync.register.checks.finding import Ground, proposed_grounds
from sync.register.checks.morphology import Morphology
from sync.register.checks.personal.known import Known
from sync.register.checks.personal.piece import DataType
from tests.benchmarks.marked_texts import Half
from tests.benchmarks.voices_quality import CLEAN, CLEAN_PERSONAL, Share, voices_shares

LEAST = {"several": 0.6, "health": 0.75, CLEAN: 0.97, CLEAN_PERSONAL: 0.95}
LEAST_OF_OTHERS = 0.8


@pytest.fixture(scope="module")
def rules(morphology: Morphology) -> Rules:
    return make_rules(Known(), morphology=morphology)


@pytest.fixture(scope="module", params=list(Half))
def shares(request: pytest.FixtureRequest, rules: Rules) -> Mapping[str, Share]:
    return voices_shares(rules, "voices", request.param)


def test_every_class_is_read_rightly(shares: Mapping[str, Share]) -> None:
    too_few = {
        name: str(share)
        for name, share in shares.items()
        if share.share < LEAST.get(name, LEAST_OF_OTHERS)
    }
    assert not too_few


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("Мигрантов надо бить палками.", Ground.HARM),
        ("Детей этих давно пора лупить ремнём.", Ground.HARM),
        ("От цыган одна грязь и воровство.", Ground.HATRED),
        ("Начальник участка берёт конверты и закрывает глаза.", Ground.INSULT),
        ("Пусть ваш прораб пеняет на себя.", Ground.THREAT),
        ("Сдам комнату у вокзала.", Ground.OTHER_PURPOSE),
        ("Минтруд края не назначает нам выплату.", Ground.FEDERAL),
        ("Яма у магазина.", Ground.NO_PLACE),
        ("Яма на Кирова, 5, ой нет, на Кирова, 9.", Ground.NO_PLACE),
        ("Не горит фонарь на Зелёной или на Красивой.", Ground.NO_PLACE),
        ("Адрес: Кирова, 5. Труба течёт на Лесной, 8.", Ground.NO_PLACE),
        ("Фонарь не горит на Мира, 5, а на Лесной, 8 не вывозят мусор.", Ground.SEVERAL_QUESTIONS),
        ("Водитель автобуса 4 нахамил бабушке на остановке «Рынок».", Ground.INCOMPLETE),
        ("Здравствуйте! Прошу принять меры.", Ground.INCOMPLETE),
        ("Смотрите файл, сил больше нет.", Ground.INCOMPLETE),
        ("Таджиков всех собаками гнать надо.", Ground.HARM),
        ("Рассыпьте у площадки битое стекло, школьники отучатся бегать.", Ground.HARM),
        ("Армяне весь рынок подмяли, проходу нет.", Ground.HATRED),
        ("Приеду и сам вам окна повышибаю.", Ground.THREAT),
        ("Помогу списать долги законно.", Ground.OTHER_PURPOSE),
        ("Почта России третий месяц теряет мои бандероли.", Ground.FEDERAL),
        ("Напротив Сбербанка открытый люк.", Ground.NO_PLACE),
        ("Маршрутка проехала мимо, ждали на морозе полчаса.", Ground.NO_PLACE),
        ("Заделайте яму на Ленина и отловите собак в парке.", Ground.SEVERAL_QUESTIONS),
    ],
)
def test_a_ground_is_proposed(text: str, ground: Ground, rules: Rules) -> None:
    assert ground in [each.ground for each in proposed_grounds(check(text, rules))]


@pytest.mark.parametrize(
    "text",
    [
        "На 8 Марта, 3 прорвало трубу.",
        "Воры украли крышку люка вчера у дома 8 по Широкой.",
        "Мигранты вчера помогли расчистить снег у дома 5 на Мира, спасибо.",
        "Бабушку на Мира, 5 никто не защищает от собак, их стая.",
        "На Кисловодской, 5 между подъездами 2 и 3 провалился асфальт.",
        "На углу Мира и Кирова не работает светофор.",
        "Тротуар от дома 2 до дома 8 по улице Лесной разбит.",
        "Снег на Мира, 5 не чистят, дети падают, автобус не проедет.",
        "Водитель автобуса 4 вчера нахамил бабушке на остановке «Рынок».",
        "У поста ГИБДД на Кирова, 3 нет урны.",
        "Напротив Сбербанка на Кирова, 3 открытый люк.",
        "Автобус 15 проехал мимо остановки «Рынок».",
        "По маршруту 9 автобус ходит раз в час, на остановке «Рынок» толпа.",
        "Знак «Стоянка запрещена» на Мира, 20 закрыт ветками.",
    ],
)
def test_what_only_looks_dangerous_is_clean(text: str, rules: Rules) -> None:
    assert not check(text, rules)


@pytest.mark.parametrize(
    "text",
    [
        "Отцу ставят капельницы, лифт не работает.",  # "ель" is within the word
        "Сижу на гормонах, нервничать нельзя.",
        "Мне весной шунты поставили, по лестнице не поднимаюсь.",
        "Соседка пьёт запоями и не закрывает воду.",
    ],
)
def test_health_is_found_by_treatment_and_symptom(text: str, rules: Rules) -> None:
    assert DataType.HEALTH in {each.type for each in check(text, rules)}


@pytest.mark.parametrize(
    "text",
    [
        "С карты матери уходят алименты двадцать тысяч.",
        "Дочка им не родная, взяли из дома малютки.",
        "В справке о доходах у него шестьдесят тысяч.",
        "Врач рассказал мне про неё, что лечится.",
    ],
)
def test_what_the_law_keeps_secret_is_found(text: str, rules: Rules) -> None:
    assert DataType.BY_LAW in {each.type for each in check(text, rules)}
