"""Detectors of phrases, emergencies and combined signs; topics of a text (Regulation 6.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from sync.register.checks.check import Detector, Sentence, finding, first_of_each_place, said_in
from sync.register.checks.finding import Finding, FindingKind, Level
from sync.register.checks.phrase_files import PhraseFile, ReadSentence, WordReader
from sync.register.checks.word_rules import WordRules
from sync.register.likeness.matters import Matters


@dataclass(frozen=True, slots=True)
class Sayings:
    """Phrases and word rules of one check."""

    reader: WordReader
    phrases: PhraseFile
    words: WordRules

    def phrases_in(self, read: ReadSentence) -> Iterator[tuple[str, int, int]]:
        """Yields type, start and end of the phrases found in a sentence, except entirely quoted
        ones.
        """
        for type_, start, end in said_in(read.sentence, self.phrases.phrases):
            inner = [word for word in read.words if start <= word.start < end]
            if not inner or not all(word.quoted for word in inner):
                yield type_, start, end

    def said_in(self, read: ReadSentence) -> list[tuple[str, int, int]]:
        """Returns type, start and end of all matches in a sentence, phrases first; none if
        excused.
        """
        by_words = list(self.words.said_in(read))
        if by_words and self.words.excuses(read):
            by_words = []
        said = [*self.phrases_in(read), *by_words]
        return [] if said and self.words.excuses_anything(read) else said


def phrase_detector(sayings: Sayings, kind: FindingKind, level: Level) -> Detector:
    """Builds a detector that checks each sentence separately.

    The type of a match becomes the type of the finding.
    """

    def detect(text: str) -> tuple[Finding, ...]:
        return first_of_each_place(
            finding(kind, level, type_, text, start, end)
            for read in sayings.reader.sentences(text)
            for type_, start, end in sayings.said_in(read)
        )

    return detect


def emergency_detector(sayings: Sayings) -> Detector:
    """Builds a detector for an ongoing danger to people; the finding's type names the danger.

    Past, feared, planned and already resolved dangers are ignored.
    """
    now, not_now, over = (sayings.phrases.parts[name] for name in ("<now>", "<not-now>", "<over>"))

    def goes_on(sentence: Sentence) -> bool:
        return not not_now.search(sentence.text) or bool(now.search(sentence.text))

    def detect(text: str) -> tuple[Finding, ...]:
        said = sayings.reader.sentences(text)
        found = first_of_each_place(
            finding(FindingKind.EMERGENCY, Level.WARN, type_, text, start, end)
            for sentence in said
            for type_, start, end in sayings.said_in(sentence)
            if goes_on(sentence.sentence)
        )
        return () if found and any(over.search(each.sentence.text) for each in said) else found

    return detect


_SIGN = "sign-"
_ENOUGH_SIGNS = 2


def sign_detector(
    sayings: Sayings,
    kind: FindingKind,
    level: Level,
    several: str,
    innocent: re.Pattern[str] | None,
) -> Detector:
    """Builds a detector for a text as a whole.

    The finding has the type of the match, or ``several``. A match whose type starts with "sign-"
    counts only with a second sign in the text. An excuse in one sentence, or a match of
    ``innocent``, cancels all findings: a complaint about advertising is not advertising.
    """

    def is_innocent(read: ReadSentence) -> bool:
        return sayings.words.excuses_anything(read) or (
            innocent is not None and innocent.search(read.sentence.text) is not None
        )

    def detect(text: str) -> tuple[Finding, ...]:
        read = sayings.reader.sentences(text)
        found = [each for sentence in read for each in sayings.phrases_in(sentence)]
        by_words = [each for sentence in read for each in sayings.words.said_in(sentence)]
        if by_words and not any(sayings.words.excuses(sentence) for sentence in read):
            found += by_words
        if not found or any(is_innocent(sentence) for sentence in read):
            return ()
        whole = [each for each in found if not each[0].startswith(_SIGN)]
        if whole:
            return first_of_each_place(
                finding(kind, level, type_, text, start, end) for type_, start, end in whole
            )
        signs = first_of_each_place(
            finding(kind, level, type_, text, start, end) for type_, start, end in found
        )
        if len({sign.type for sign in signs}) < _ENOUGH_SIGNS:
            return ()
        start, end = min(each[1] for each in found), max(each[2] for each in found)
        return (finding(kind, level, several, text, start, end),)

    return detect


# Topics and their concepts from likeness/matters.py. Concepts that fit any topic (a repair, a car,
# a queue, to fall, to break) belong to none.
_TOPICS = {
    "roads": "яма дорога тротуар люк бордюр",
    "signs": "светофор знак разметк переход скорость",
    "waste": "мусор контейнер",
    "light": "фонар освещени",
    "power": "электричеств",
    "water": "вода горячий холодный течь",
    "heat": "отопл",
    "sewer": "канализац арык",
    "trees": "дерево спил",
    "dogs": "собака",
    "snow": "снег лед сосулька",
    "transport": "автобус остановка",
    "playground": "качели",
    "noise": "шум",
    "lift": "лифт",
    "house": "подъезд домофон крыша подвал",
    "parking": "парковк",
    "grass": "трава",
    "pests": "крыса",
    "gas": "газ",
    "bills": "квитанц",
    "building": "стройка",
    "benefit": "льгота",
    "medicine": "врач",
    "school": "школ",
    "kindergarten": "садик",
    "internet": "интернет",
    "cemetery": "кладбищ",
    "trade": "торговля",
}
_TOPIC_OF = {matter: topic for topic, matters in _TOPICS.items() for matter in matters.split()}
# Related topics: the first of each line with each of the others. A problem with one topic often
# affects the related ones.
_NEAR_LINES = """
light power trees house lift
water heat sewer roads house
roads snow sewer signs transport parking building trees grass school
parking signs snow trade waste house noise
signs trees light
waste dogs pests trees grass snow trade sewer house building cemetery
trees grass power snow cemetery
house lift pests heat sewer snow gas power internet noise dogs
noise building trade roads dogs
grass dogs cemetery pests
transport snow signs school
gas heat
power internet lift water
school kindergarten
"""
_NEAR = frozenset(
    frozenset((line.split()[0], other))
    for line in _NEAR_LINES.strip().splitlines()
    for other in line.split()[1:]
)
# These topics cover other topics named with them if the text asks about money, rights or
# construction. A request about the service of a clinic, kindergarten or school covers nothing.
_OWN_MATTERS = {
    "medicine": re.compile(
        r"талон|терапевт|педиатр|к врачу|врач[ау]? не|(?:нужен|нужны|нет) врач|запис[аи]т"
        r"|не принима|при[её]м|регистратур"
    ),
    "kindergarten": re.compile(
        r"корм[ия]т|воспитател|пут[её]вк|мест[ао]? (?:в|не|нет)|очередь|закры|нет (?:детск|сад)"
    ),
    "school": re.compile(r"учител|урок|корм[ия]т|столов|класс"),
}
_OWN_MATTER = "own matter of "
_COVERING = frozenset({"bills", "benefit", "building", "medicine", "school", "kindergarten"})


# «Рынок» may be a stop, and «Рябинка» a shop.
_QUOTED_NAME = re.compile(r"«[^»]{1,40}»")
_KEPT_CLAUSES = 64


class Topics:
    """Finds the topics of texts; a thing named only to describe the location is not a topic."""

    def __init__(self, matters: Matters, places: PhraseFile) -> None:
        self._matters = matters
        self._place = places.parts["<beside>"]
        # Two searches for an additional question process the same clauses.
        self.of = lru_cache(_KEPT_CLAUSES)(self._of)

    def _of(self, text: str) -> frozenset[str]:
        """Returns the topics of a part of a message, given in lower case."""
        known = self._matters.named_in(self._place.sub(" ", _QUOTED_NAME.sub(" ", text)))
        topics = (_TOPIC_OF[matter] for matter in known if matter in _TOPIC_OF)
        return frozenset(_as_asked_for(topic, text) for topic in topics)


def _as_asked_for(topic: str, text: str) -> str:
    own = _OWN_MATTERS.get(topic)
    return topic if own is None or own.search(text) is None else _OWN_MATTER + topic


def are_two(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether both sets contain topics and have none in common."""
    mine, yours = frozenset(one), frozenset(other)
    return bool(mine and yours and not mine & yours)


def are_near(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether a topic of the one set is related to a topic of the other."""
    return any(frozenset(pair) in _NEAR for pair in product(one, other))


def are_far(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether the two sets are different topics that a single problem would not affect."""
    mine, yours = frozenset(one), frozenset(other)
    return are_two(mine, yours) and not (mine | yours) & _COVERING and not are_near(mine, yours)
