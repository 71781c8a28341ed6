"""Entries that fill a directory up to a size: Russian texts recombined into plausible prose.

About half of their words are short runs from the sentences of the given entries, the others are
from word lists by Zipf's law, and each text concentrates on a few words. No run is a complete
sentence, and no title is similar to a given title: a generated entry is never an accidental answer.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kb.entries.entries import Entry, EntryKind, PersonDetails, Phone, UnitDetails
from tests.benchmarks.search.lexicon import Lexeme, Lexicon

RUN_WORDS = (2, 5)  # copied from a sentence
BODY_WORDS_MEDIAN = 30
NEAR_TITLE = 0.6  # of a title's words in a made one: too near
WORD = re.compile(r"[а-яёА-ЯЁ]+(?:-[а-яёА-ЯЁ]+)*")
DIGITS = re.compile(r"\d")
OPENERS = (
    "Как", "Где", "Куда", "Можно ли", "Когда", "Почему", "Кто", "Нужно ли", "Сколько стоит",
    "Что делать, если", "Зачем", "Чем", "Какие документы на", "Кому сообщить про", "Порядок:",
)  # fmt: skip
BODIES = ("ООО", "АО", "МУП", "МБУ", "Отдел", "Центр", "Служба", "Участок", "Кооператив", "Бюро")
POSTS = ("начальник", "заместитель", "главный специалист", "диспетчер", "мастер", "заведующая")
FIRST_NAMES = ("Анна", "Борис", "Вера", "Глеб", "Дина", "Егор", "Зоя", "Иван", "Лев", "Нина",
               "Олег", "Пётр", "Рита", "Семён", "Тая", "Фёдор", "Юлия", "Яна")  # fmt: skip
PATRONYMICS = ("Антонович", "Викторовна", "Денисович", "Ильич", "Львовна", "Олегович", "Павловна")


def filled(
    given: Sequence[Entry], count: int, seed: int, others: Sequence[Entry] = ()
) -> Iterator[Entry]:
    """Yields the given entries first, then generated ones up to ``count``; the same seed gives the
    same texts.

    Generated ones are recombined from ``others`` too: a few given entries have too few sentences
    for a large directory without hundreds of repetitions.
    """
    yield from given
    maker = _Maker([*given, *others], seed)
    for number in range(count - len(given)):
        yield maker.entry(number)


class _Maker:
    def __init__(self, given: Sequence[Entry], seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311
        self._lexicon = Lexicon(seed)
        self._runs = list(_runs(given, self._chance))
        self._title_words = [
            word
            for entry in given
            if entry.kind is not EntryKind.PERSON
            for word in WORD.findall(entry.title.lower())
            if len(word) > 3
        ]
        self._titles = _Titles(given)
        self._topics = sorted({entry.topic for entry in given if entry.topic}) or [""]
        taken = {word for entry in given for word in WORD.findall(_text(entry).lower())}
        self._streets = [street for street in self._lexicon.streets if street not in taken]
        self._surnames = [name for name in self._lexicon.surnames if name not in taken]
        self._last_digits = {
            digits[-4:] for entry in given for digits in _numbers(entry) if len(digits) >= 4
        }

    def entry(self, number: int) -> Entry:
        chance = self._chance
        kind = chance.choices(tuple(EntryKind), (50, 15, 20, 10, 5))[0]
        entry_id = f"made-{number}"
        if kind is EntryKind.PERSON:
            return self._person(entry_id)
        title, theme = self._title(kind)
        while self._titles.near(title):
            title, theme = self._title(kind)
        names = tuple(
            " ".join(self._phrase(theme)[:3]) for _name in range(chance.choice((0, 1, 1, 2)))
        )
        if kind is EntryKind.TOPIC:
            return Entry(entry_id, kind, title, "", names=names)
        words = round(BODY_WORDS_MEDIAN * chance.lognormvariate(0, 0.5))
        body = self._prose(theme, words)
        spoken = "" if kind is EntryKind.UNIT else self._prose(theme, max(6, words // 4))
        return Entry(
            entry_id,
            kind,
            title,
            body,
            topic=chance.choice(self._topics),
            names=names,
            spoken=spoken,
            details=self._unit_details() if kind is EntryKind.UNIT else None,
        )

    def _person(self, entry_id: str) -> Entry:
        chance = self._chance
        surname = chance.choice(self._surnames).capitalize()
        noun = self._lexicon.nouns.draw(chance, 1)[0]
        post = f"{chance.choice(POSTS)} {noun.form(chance)}"
        return Entry(
            entry_id,
            EntryKind.PERSON,
            f"{surname} {chance.choice(FIRST_NAMES)} {chance.choice(PATRONYMICS)}",
            "",
            details=PersonDetails(post=post),
        )

    def _unit_details(self) -> UnitDetails:
        chance = self._chance
        street = chance.choice(self._streets).capitalize()
        last = f"{chance.randrange(10_000):04}"
        while last in self._last_digits:
            last = f"{chance.randrange(10_000):04}"
        number = f"+7 (87999) {chance.randrange(3, 10)}-{last[:2]}-{last[2:]}"
        extension = str(chance.randrange(1000, 10_000)) if chance.random() < 0.3 else ""
        return UnitDetails(
            address=f"ул. {street}, д. {chance.randrange(1, 200)}",
            phones=(Phone(number, extension),),
        )

    def _title(self, kind: EntryKind) -> tuple[str, list[Lexeme]]:
        """Returns a title with the words of its text: two nouns and two adjectives.

        In half of them the first word is from a given title, to give the texts the same subjects.
        """
        chance = self._chance
        theme = self._lexicon.nouns.draw(chance, 2) + self._lexicon.adjectives.draw(chance, 2)
        if chance.random() < 0.5:
            theme[0] = Lexeme(chance.choice(self._title_words), ("",))
        if kind is EntryKind.UNIT:
            place = self._lexicon.places.draw(chance, 1)[0].stem.capitalize()
            firm = chance.choice(self._lexicon.firms).capitalize()
            return f"{chance.choice(BODIES)} «{firm}» {theme[0].form(chance)}, {place}", theme
        words = self._phrase(theme)
        if chance.random() < 0.25:
            words = [*chance.choice(self._runs).split()[:2], *words]
        elif kind is EntryKind.QUESTION:
            words = [chance.choice(OPENERS), *words]
        title = " ".join(words)
        return title[0].upper() + title[1:], theme

    def _phrase(self, theme: Sequence[Lexeme]) -> list[str]:
        """A verb, an adjective and nouns, most of them of the theme."""
        chance = self._chance
        noun, other = theme[0], theme[1]
        words = [theme[2].form(chance), noun.form(chance)]
        draw = chance.random()
        if draw < 0.6:
            words.insert(0, self._lexicon.verbs.draw(chance, 1)[0].form(chance))
        if draw > 0.4:
            words.append(other.form(chance))
        if draw > 0.8:
            words += ["в", self._lexicon.places.draw(chance, 1)[0].stem.capitalize()]
        return words

    def _prose(self, theme: Sequence[Lexeme], words: int) -> str:
        """Sentences of about so many words, half of them runs and half drawn."""
        chance = self._chance
        sentences, length = [], 0
        drawn = iter(self._drawn(words))
        while length < words:
            parts = [chance.choice(self._runs), next(drawn), chance.choice(self._runs)]
            parts += [theme[chance.randrange(len(theme))].form(chance), next(drawn), next(drawn)]
            sentence = " ".join(parts)
            length += sentence.count(" ") + 1
            sentences.append(sentence[0].upper() + sentence[1:])
        return ". ".join(sentences) + "."

    def _drawn(self, count: int) -> list[str]:
        chance, lexicon = self._chance, self._lexicon
        share = count // 4 + 2
        lexemes = [
            *lexicon.nouns.draw(chance, 2 * share),
            *lexicon.adjectives.draw(chance, share),
            *lexicon.verbs.draw(chance, share),
        ]
        chance.shuffle(lexemes)
        return [lexeme.form(chance) for lexeme in lexemes]


class _Titles:
    """The given titles and names, to detect similar ones."""

    def __init__(self, given: Iterable[Entry]) -> None:
        self._sizes: list[int] = []
        self._of_word: dict[str, list[int]] = {}
        for entry in given:
            for title in (entry.title, *entry.names):
                words = _heads(title)
                if len(words) < 2:
                    continue  # a single word is not specific
                for word in words:
                    self._of_word.setdefault(word, []).append(len(self._sizes))
                self._sizes.append(len(words))

    def near(self, title: str) -> bool:
        shared = Counter(number for word in _heads(title) for number in self._of_word.get(word, ()))
        return any(count >= NEAR_TITLE * self._sizes[number] for number, count in shared.items())


def _heads(title: str) -> set[str]:
    """Returns the stems of a title's words."""
    return {word[:5] for word in WORD.findall(title.lower()) if len(word) > 3}


def _runs(given: Iterable[Entry], chance: random.Random) -> Iterator[str]:
    """Neighbouring words of a sentence, never all of it."""
    for entry in given:
        for sentence in re.split(r"[.!?:;]\s+", f"{entry.spoken} {entry.body}"):
            words = [word for word in sentence.split() if not DIGITS.search(word)]
            place = 0
            while len(words) - place > 1:
                length = min(chance.randint(*RUN_WORDS), len(words) - 1)
                yield " ".join(words[place : place + length]).strip(".,;:«»()").lower()
                place += length


def _numbers(entry: Entry) -> Iterator[str]:
    match entry.details:
        case UnitDetails(phones=phones) | PersonDetails(phones=phones):
            for phone in phones:
                yield re.sub(r"\D", "", phone.number)


def _text(entry: Entry) -> str:
    address = entry.details.address if isinstance(entry.details, UnitDetails) else ""
    return f"{entry.title} {address}"
