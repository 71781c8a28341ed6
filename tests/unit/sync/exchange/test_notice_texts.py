"""Every notice in words, for all combinations of what may be told or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from shutil import copytree

import pytest
from jinja2 import UndefinedError

from sync.exchange.notice_facts import (
    FACTS_OF,
    AboutMessage,
    Addressee,
    Answered,
    AnswerReturned,
    DuplicateRemoved,
    ForOrgan,
    Letter,
    NoticeFacts,
    Office,
    PassedOn,
    PlanDue,
    Refused,
    SentToRework,
    TakenIn,
    organ_addressed,
    person_addressed,
)
from sync.exchange.notice_texts import NoticeTexts
from sync.register.checks.grounds import Ground
from sync.register.handling.answers import AnswerKind
from sync.register.handling.notices import TO_ORGAN, Notice, NoticeKind, Reminder
from sync.register.names import Declension
from sync.register.values import PersonName

FOLDER = Path(__file__).resolve().parents[4] / "resources" / "templates" / "notices"
TEXTS = NoticeTexts(FOLDER)
NUMBER = "2611-0001-00042-7"
ORGAN = "Управление городского хозяйства"
DUE = date(2026, 12, 10)
OFFICE = Office("Белоключевск", "+7 (87999) 2-00-00", "https://belokluchevsk.example/")
BARE_OFFICE = Office("Белоключевск")
MESSAGE = AboutMessage(
    NUMBER, "Яма <b>& люк</b>", "ул. Садовая, д. 3", "Ямы", date(2026, 11, 24), DUE, time(7, 30)
)
BARE_MESSAGE = AboutMessage(None, "", "", "", date(2026, 11, 24))
DECLENSION = Declension()
ANNA = person_addressed(
    DECLENSION.letter_name(PersonName("Пробная", "Анна", "Петровна")), "Пробная Анна Петровна"
)
NOBODY = person_addressed(DECLENSION.letter_name(PersonName("", "", "")), "")
DUES = (DUE, None)
WHETHER = (True, False)
# Tags of no contents, which need no end.
VOID = frozenset({"br", "meta"})
LETTER_TAGS = VOID | {"html", "head", "body", "table", "tr", "td", "p", "b", "ul", "li"}


def facts_of(kind: NoticeKind) -> Iterator[NoticeFacts]:
    """All kinds of facts that a notice may tell."""
    wanted = FACTS_OF[kind]
    if wanted is TakenIn:
        yield from (TakenIn(organ, due) for organ, due in product((ORGAN, ""), DUES))
    elif wanted is Refused:
        yield from (Refused((ground,), "Исправьте.", None) for ground in Ground)
        yield Refused((Ground.INSULT, Ground.REPEATED), "Исправьте <b>&", NUMBER)
    elif wanted is DuplicateRemoved:
        yield from (
            DuplicateRemoved(NUMBER, own, public, due)
            for own, public, due in product(WHETHER, WHETHER, DUES)
        )
    elif wanted is ForOrgan:
        yield from (
            ForOrgan(ORGAN, due, public, held)
            for due, public, held in product(DUES, WHETHER, WHETHER)
        )
    elif wanted is AnswerReturned:
        yield AnswerReturned(ORGAN, "Нет срока.")
    elif wanted is Answered:
        kinds = product(AnswerKind, (ORGAN, ""), ((), ("акт.pdf", "фото.jpg")), WHETHER, WHETHER)
        for answer, organ, files, further, shown in kinds:
            planned = DUE if answer is AnswerKind.PLANNED else None
            yield Answered(
                organ, answer, "Ответ <b>", planned, "меры", "причина", files, further, shown
            )
    elif wanted is PlanDue:
        yield from (
            PlanDue(ORGAN, DUE, measures, due) for measures, due in product(("ремонт", ""), DUES)
        )
    elif wanted is SentToRework:
        organs = (ORGAN,) if kind in TO_ORGAN else (ORGAN, "")
        yield from (
            SentToRework(organ, "Яма там же", count, due)
            for organ, count, due in product(organs, (1, 2), DUES)
        )
    else:
        yield from (PassedOn(ORGAN, 1002, due) for due in DUES)


def letters() -> Iterator[Letter]:
    for kind in FACTS_OF:
        people, organ = (ANNA, NOBODY), (organ_addressed(ORGAN),)
        whom: tuple[Addressee, ...] = organ if kind in TO_ORGAN else people
        numbered = replace(BARE_MESSAGE, number=NUMBER)
        may_lack_number = kind in (Notice.REFUSED, Notice.DUPLICATE_REMOVED)
        messages = (MESSAGE, BARE_MESSAGE if may_lack_number else numbered)
        offices = (OFFICE, BARE_OFFICE, replace(OFFICE, phone=""), replace(OFFICE, portal=""))
        for facts in facts_of(kind):
            for office, to, message in product(offices, whom, messages):
                yield Letter(kind, office, to, message, facts)


class Tags(HTMLParser):
    """Sees that every tag is of those letters use, and that each one is closed."""

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
    with pytest.raises(ValueError, match="tells no PassedOn"):
        TEXTS.rendered(Letter(Notice.ANSWER, OFFICE, ANNA, MESSAGE, PassedOn(ORGAN, 1002, DUE)))
    folder = copytree(FOLDER, tmp_path / "notices")
    (folder / "passed_on_by_votes.text.j2").write_text("{{ message.patronymic }}")
    with pytest.raises(UndefinedError):
        NoticeTexts(folder).rendered(
            Letter(Notice.PASSED_ON_BY_VOTES, OFFICE, ANNA, MESSAGE, PassedOn(ORGAN, 1002, DUE))
        )
