"""Detectors of texts without a subject, and of events without a date (Regulation 6.1)."""

from __future__ import annotations

import re
from collections.abc import Callable

from sync.register.checks.check import Detector, finding
from sync.register.checks.detectors import Sayings
from sync.register.checks.finding import NO_MATTER, Finding, FindingKind, Level
from sync.register.likeness.matters import EMPTY
from sync.register.likeness.place import place_of

PARAGRAPH = "6.1"
# Words of greetings, pleas and closings: a text of only these has no subject.
_FILLER_WORDS = """
ответ ждать ожидать терпеть тест тестовый проверка связь проверить три четыре пять отвечать
ответить редакция дорогой ситуация реакция ноль беда привет алло слышно слышать смотреть фото
фотография снимок прилагать прилагаться приложить перезвонить помощь помогите раз два нетерпение
уважение повторно повторный снова закончиться прекратиться заканчиваться прекращаться творить
твориться происходить делаться обращать обратить обращаться внимание убедительно рассмотреть
решить решать решение вопрос тетенька девушка дядя милый голубушка случиться общий короче такой
самый эээ ааа ммм эм хм ага угу ой ах эх блин нука мочь сможете смочь тип типа смысл случай дело
просто вообще уж хотя бы бог ради человек господин товарищ коллега здравствовать пожалуй вновь
звать житель улица дом подъезд корпус город кисловодск край ставропольский проспект переулок
проживать находиться адрес информация данный вышеуказанный указанный соответствующий надлежащий
образ оказать содействие заранее благодарный попросить спросить говорить понимать знать понятно
ясно написать сообщение обращение заявление добавить текст сюда тута прошлое весь это спокойный
скорый срочный немедленно как-нибудь что-нибудь кто-нибудь уже опять ещё еще хватит день добро
доброе здравия всем ребята люди люд друг файл вложение вложить прикрепить прикрепленный караул толк
кошмар ужас жуть срам позор стыд милость речь слово вчерашний позавчерашний сам чей елка палка елки
кончиться кончаться дозвониться достать надоесть устать сила нерв пятый четвертый шестой седьмой
десятый сотый куча туда мало внизу сверху выше ниже прошлый тема поводу повод насчет касаться
касательно
"""
_FILLER = frozenset(_FILLER_WORDS.split())
_WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)*|[a-z]+", re.IGNORECASE)
_SHORTEST = 3
_MOST_WORDS = 40  # longer texts are assumed to have a subject
_SAME_LETTER = re.compile(r"(.)\1+")


def no_matter_detector(normal: Callable[[str], str]) -> Detector:
    """Builds a detector of texts that only greet, plead or name a location; the finding spans the
    text.
    """

    def detect(text: str) -> tuple[Finding, ...]:
        if len(_WORD.findall(text)) > _MOST_WORDS:
            return ()
        _, rest = place_of(text)
        if any(_tells(word.lower(), normal) for word in _WORD.findall(rest)):
            return ()
        return (
            finding(FindingKind.INCOMPLETE, Level.WARN, NO_MATTER, text, 0, len(text), PARAGRAPH),
        )

    return detect


def _tells(word: str, normal: Callable[[str], str]) -> bool:
    if len(word) < _SHORTEST or _SAME_LETTER.fullmatch(word):
        return False
    plain = word.replace("ё", "е")
    forms = {plain, normal(word).replace("ё", "е")}
    return forms.isdisjoint(_FILLER) and forms.isdisjoint(EMPTY)


def no_date_detector(sayings: Sayings) -> Detector:
    """Builds a detector of texts about a single event without a date or time.

    Texts about an ongoing state need no date.
    """
    when, lasting = (sayings.phrases.parts[name] for name in ("<when>", "<lasting>"))

    def detect(text: str) -> tuple[Finding, ...]:
        read = sayings.reader.sentences(text)
        if any(
            when.search(each.sentence.text) or lasting.search(each.sentence.text) for each in read
        ):
            return ()
        events = (event for each in read for event in sayings.said_in(each))
        return tuple(
            finding(FindingKind.INCOMPLETE, Level.WARN, type_, text, start, end, PARAGRAPH)
            for type_, start, end in list(events)[:1]
        )

    return detect
