"""Text of every notification, for all combinations of present and absent facts."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from shutil import copytree

import pytest
from jinja2 import UndefinedError

from sync.exchange.mail.notice_facts import (
    FACTS_OF,
    ForOrgan,
    Letter,
    PassedOn,
    Refused,
    TakenIn,
    organ_addressed,
)
from sync.exchange.mail.texts import (
    ANNA,
    DUE,
    MESSAGE,
    NOBODY,
    NUMBER,
    OFFICE,
    ORGAN,
    NoticeTexts,
    letters,
)
from sync.register.checks.finding import Ground
from sync.register.handling.notices import Notice, Reminder

FOLDER = Path(__file__).resolve().parents[5] / "resources" / "templates" / "notices"
TEXTS = NoticeTexts(FOLDER)
# Void elements, which need no end tag.
VOID = frozenset({"br", "meta"})
LETTER_TAGS = VOID | {"html", "head", "body", "table", "tr", "td", "p", "b", "ul", "li"}


class Tags(HTMLParser):
    """Checks that only permitted tags are used and that each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in LETTER_TAGS
        assert not {name for name, _value in attrs} & {"src", "href", "background"}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_notice_has_its_templates_and_nothing_else_lies_there() -> None:
    kinds = [*Notice, *Reminder]
    assert set(FACTS_OF) == set(kinds)
    forms = ("subject", "text", "html", "spoken")
    wanted = {f"{kind.value}.{form}.j2" for kind in kinds for form in forms}
    parts = {"words.j2", "text.j2", "html.html.j2", "spoken.j2", "grounds.json"}
    frames = {f"{frame}.{form}.j2" for frame in ("letter", "organ") for form in forms[1:3]}
    assert {file.name for file in FOLDER.iterdir()} == wanted | parts | frames


def test_all_combinations_are_whole_letters() -> None:
    count = 0
    for letter in letters():
        made = TEXTS.rendered(letter)
        count += 1
        for part in (made.subject, made.text, made.html, made.spoken):
            assert part.strip()
            found = re.search(r"None|\{[{%#]|\(\)|, [.,]|: ?[.,]|\.\.|,\.|  +[а-яА-Я]", part)
            assert found is None or found[0].startswith("    "), (letter.kind, found, part)
        assert "\n" not in made.subject
        assert "\n\n\n" not in made.text
        assert "http" not in made.html.replace(OFFICE.portal, "")
        tags = Tags()
        tags.feed(made.html)
        assert tags.open == []
    assert count > 400


def test_a_letter_greets_by_name_and_declines_it() -> None:
    letter = Letter(Notice.REGISTERED, OFFICE, ANNA, MESSAGE, TakenIn(ORGAN, DUE))

    made = TEXTS.rendered(letter)

    assert made.text.startswith("Пробной Анне Петровне\n\nУважаемая Анна Петровна!\n\n")
    assert "Пробной Анне Петровне" in made.html
    assert made.spoken.startswith("Здравствуйте, Анна Петровна!")
    assert "до четверга, 10 декабря 2026 года" in made.spoken
    assert "Срок ответа: 10.12.2026, четверг" in made.text
    nameless = TEXTS.rendered(replace(letter, to=NOBODY))
    assert nameless.text.startswith("Здравствуйте!\n\nВаше сообщение")


def test_what_people_wrote_is_text_in_the_html() -> None:
    letter = Letter(
        Notice.REFUSED, OFFICE, ANNA, MESSAGE, Refused((Ground.INSULT,), "Без <script>", None)
    )

    made = TEXTS.rendered(letter)

    assert "Яма &lt;b&gt;&amp; люк&lt;/b&gt;" in made.html
    assert "Без &lt;script&gt;" in made.html
    assert "Яма <b>& люк</b>" in made.text


def test_a_refusal_names_each_ground_with_its_paragraph() -> None:
    grounds = (Ground.SEVERAL_QUESTIONS, Ground.CATEGORY)
    explanation = TEXTS.proposed_explanation(grounds[::-1])

    made = TEXTS.rendered(
        Letter(Notice.REFUSED, OFFICE, ANNA, MESSAGE, Refused(grounds, explanation, NUMBER))
    )

    assert "несколько вопросов по разным темам (пункт 6.3 Регламента)" in made.text
    assert "не соответствует темам и категориям Платформы (пункт 7.7 Регламента)" in made.text
    assert explanation.splitlines() == [TEXTS.ground(ground).correct for ground in grounds]
    assert explanation in made.text
    assert "Новое сообщение рассмотрят в течение двух рабочих дней" in made.text
    assert NUMBER in made.text


def test_a_text_of_6_12_is_not_in_the_letter_to_the_organ() -> None:
    held = Letter(
        Notice.MESSAGE_FOR_ORGAN,
        OFFICE,
        organ_addressed(ORGAN),
        MESSAGE,
        ForOrgan(ORGAN, None, is_public=False, is_text_withheld=True),
    )

    made = TEXTS.rendered(held)

    assert all("люк" not in part for part in (made.subject, made.text, made.html, made.spoken))
    assert "Личном кабинете" in made.text


def test_facts_of_another_notice_and_a_variable_that_is_missing_are_bugs(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not accept PassedOn"):
        TEXTS.rendered(Letter(Notice.ANSWER, OFFICE, ANNA, MESSAGE, PassedOn(ORGAN, 1002, DUE)))
    folder = copytree(FOLDER, tmp_path / "notices")
    (folder / "passed_on_by_votes.text.j2").write_text("{{ message.patronymic }}")
    with pytest.raises(UndefinedError):
        NoticeTexts(folder).rendered(
            Letter(Notice.PASSED_ON_BY_VOTES, OFFICE, ANNA, MESSAGE, PassedOn(ORGAN, 1002, DUE))
        )
