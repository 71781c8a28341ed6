"""A template of the central database is tested with every notification before it is accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.exchange.mail.texts import (
    TEMPLATES,
    NoticeTexts,
    letters,
    template_fault,
    template_names,
)
from sync.register.handling.notices import Notice

SUBJECT = "registered.subject.j2"
TEXT = "registered.text.j2"


@pytest.mark.parametrize("name", [SUBJECT, TEXT, "answer.html.j2", "refused.spoken.j2"])
def test_what_is_shipped_is_good(name: str) -> None:
    assert template_fault(name, (TEMPLATES / name).read_text(encoding="utf-8")) is None


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("letter", "Принято", "unknown_template"),
        ("grounds.json", "{}", "unknown_template"),
        (SUBJECT, "{{ message.number ", "syntax"),
        (SUBJECT, "{{ message.patronymic }}", "fails"),
        (SUBJECT, "{{ письмо }}", "fails"),
        # a deadline may be unset
        (TEXT, "{{ words.day(facts.answer_due) }}", "fails"),
        (TEXT, "{{ 1 / 0 }}", "fails"),
        (TEXT, "{{ facts.organ.__class__.__mro__ }}", "fails"),
        (TEXT, "{% if facts.organ %}Есть{% endif %}", "says_nothing"),
        (TEXT, "{% include 'nowhere.j2' %}", "fails"),
    ],
)
def test_a_slip_is_named(name: str, text: str, code: str) -> None:
    fault = template_fault(name, text)
    assert fault is not None
    assert fault.code == code


def test_a_part_of_all_letters_is_tried_with_all() -> None:
    words = (TEMPLATES / "words.j2").read_text(encoding="utf-8")
    assert template_fault("words.j2", words.replace("macro aloud(d)", "macro loud(d)")) is not None
    assert "words.j2" in template_names()


def test_a_template_of_the_centre_is_taken_and_one_that_fails_gives_way_to_the_shipped() -> None:
    texts, letter = NoticeTexts(TEMPLATES), next(letters(Notice.REGISTERED))
    shipped = texts.rendered(letter)
    assert texts.use({SUBJECT: "Принято: {{ message.number }}"})
    assert texts.rendered(letter).subject == f"Принято: {letter.message.number}"
    assert texts.rendered(letter).text == shipped.text
    assert texts.use({"answer.html.j2": "{{ message.text }}"})
    assert "&lt;b&gt;" in texts.rendered(next(letters(Notice.ANSWER))).html
    assert texts.use({SUBJECT: "{{ message.patronymic }}"})
    assert texts.rendered(letter) == shipped
    assert not texts.use({"words.j2": "{{ "})
    assert texts.rendered(letter) == shipped
    assert texts.use({})
    assert texts.rendered(letter) == shipped


def test_nothing_but_what_is_given_is_reached(tmp_path: Path) -> None:
    texts, letter = NoticeTexts(TEMPLATES), next(letters(Notice.REGISTERED))
    shipped = texts.rendered(letter)
    file = tmp_path / "secret"
    file.write_text("тайна", encoding="utf-8")
    for text in (
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        f"{{% include '{file}' %}}",
        "{{ message.__init__.__globals__ }}",
    ):
        assert texts.use({SUBJECT: text})
        assert texts.rendered(letter) == shipped
