"""Rules for words in any inflected form: syntax and matches."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.register.checks.morphology import Morphology
from sync.register.checks.phrase_files import WordReader
from sync.register.checks.word_rules import read_word_rules

RULES = """# a comment
<beat>
бить побить

<body>
нос рука

harm
beat:1per .. body
body & =вам
-платить|~отдать мы
unless
шутка

any
*:NUMB рубль

unless
фильм

unless anything
сосед .. beat
"""


@pytest.fixture(scope="module")
def reader(morphology: Morphology) -> WordReader:
    return WordReader(morphology)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Я побью вам весь ваш нос", "побью вам весь ваш нос"),
        ("Побью я вас когда-нибудь прямо в ваш большой нос", None),  # more than four words between
        ("Вам руки", "Вам руки"),
        ("Руки ваши", None),
        ("Не побью нос", None),
        ("Не платят нам", "платят нам"),
        ("Платят нам", None),
        ("Отдайте нам", "Отдайте нам"),
        ("Не отдайте нам", "отдайте нам"),
        ("Не платят нам, шутка", None),
        ("Сказано: «побью нос»", None),
        ("Пабью нос", "Пабью нос"),
        ("Стоит 30 рублей", "30 рублей"),
        ("Бью", None),
        ("", None),
    ],
)
def test_what_a_rule_finds(text: str, said: str | None, reader: WordReader, tmp_path: Path) -> None:
    path = tmp_path / "rules.txt"
    path.write_text(RULES, encoding="utf-8")
    rules = read_word_rules(path)

    places = [place for read in reader.sentences(text) for place in rules.said_in(read)]

    assert [text[start:end] for _, start, end in places] == ([] if said is None else [said])


def test_what_excuses_all_of_a_file(reader: WordReader, tmp_path: Path) -> None:
    path = tmp_path / "rules.txt"
    path.write_text(RULES, encoding="utf-8")
    rules = read_word_rules(path)

    (film,) = reader.sentences("В «фильме» бьют")
    (neighbour,) = reader.sentences("Сосед не бьёт")

    assert rules.excuses(film)
    assert not rules.excuses_anything(film)
    assert rules.excuses_anything(neighbour)
    assert not rules.excuses(neighbour)


def test_a_name_with_a_slip_is_no_other_word(reader: WordReader) -> None:
    (read,) = reader.sentences("Живу на Пажаре")
    assert "пожар" not in read.normals
