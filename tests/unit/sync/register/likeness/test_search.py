"""Search for similar earlier messages in a large set."""

from __future__ import annotations

import pytest

from sync.register.checks.morphology import Morphology
from sync.register.likeness.matters import Matters
from sync.register.likeness.search import Found, SimilarMessages, Verdict

TEXTS = {
    1: "На улице Мира, дом 5 яма на дороге.",
    2: "На улице Мира, дом 7 яма на дороге.",
    3: "Возле школы № 4 стая собак.",
    4: "По Мира, 5 не вывозят мусор.",
    5: "Ул. Мира, 5: огромная выбоина на проезжей части!",
}


@pytest.fixture
def messages(morphology: Morphology) -> SimilarMessages[int]:
    found = SimilarMessages(Matters(morphology.normal), TEXTS.__getitem__)
    for key, text in TEXTS.items():
        found.put(key, text)
    return found


def keys(found: list[Found[int]]) -> list[int]:
    return [each.key for each in found]


def find(messages: SimilarMessages[int], text: str, limit: int = 5) -> list[Found[int]]:
    return messages.find(text, in_term=lambda _: True, same_user=lambda _: False, limit=limit)


def test_repetitions_come_first_and_other_houses_not_at_all(
    messages: SimilarMessages[int],
) -> None:
    found = find(messages, "на улице мира дом 5: яма на дороге")
    assert keys(found) == [1, 5]
    assert [each.likeness.verdict for each in found] == [Verdict.REPEAT, Verdict.SIMILAR]
    assert keys(find(messages, "на улице мира дом 5: яма на дороге", limit=1)) == [1]


def test_the_term_of_each_decides_whether_it_is_repeated(messages: SimilarMessages[int]) -> None:
    found = messages.find(TEXTS[1], in_term=lambda key: key != 1, same_user=lambda _: True)
    assert {each.key: each.likeness.verdict for each in found}[1] is Verdict.SIMILAR


def test_numbers_of_things_find_their_message(messages: SimilarMessages[int]) -> None:
    assert keys(find(messages, "у школы 4 бродячие псы")) == [3]
    assert keys(find(messages, "у школы 5 бродячие псы")) == []


def test_a_message_that_was_removed_or_changed_is_found_no_more(
    messages: SimilarMessages[int],
) -> None:
    messages.remove(5)
    messages.remove(99)
    messages.put(1, "Отменено.")
    assert len(messages) == 4
    assert keys(find(messages, "Мира, 5: выбоина на дороге")) == []


def test_among_very_many_the_rare_words_decide(morphology: Morphology) -> None:
    texts = {number: f"ул. Мира, {number}: яма на дороге" for number in range(1, 31_000)}
    texts[0] = "ул. Мира, 40000: яма у беседки"
    messages = SimilarMessages(Matters(morphology.normal), texts.__getitem__)
    for key in (0, *range(1, 31_000, 1)):
        messages.put(key, texts[key])
    assert keys(find(messages, "яма на Мира, 40000, у беседки")) == [0]
