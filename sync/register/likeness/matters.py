"""What a text is about: words of municipal matters, each with all the words people have for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

Normal = Callable[[str], str]
"""The normal form of a word."""

# A line is one matter; the first word names it. Words are normal forms, * stands for any ending.
_MATTERS = """
яма выбоин* колдобин* ухаб* рытвин* провал* провалиться просадк* воронк* ямочн*
дорога дорожн* проезж* асфальт* автодорог* трасс* дорожка полотно
тротуар* пешеходн*
мусор* отход* помойк* свалк* тбо тко отброс* захламл*
контейнер* бак урна мусоровоз*
вывоз* вывезти убирать убрать уборка забирать забрать вычистить
фонар* светильник* лампа лампочка столб
освещени* свет светить освещать гореть темн* темнота потемки
электричеств* электроэнерг* напряжени* обесточ* электроснабжени* свет
вода водоснабжени* водопровод* кран водоканал
горячий гвс
холодный хвс
отопл* батарея радиатор* топить теплоснабжени* теплотрасс* тепло котельн* мерзнуть замерз* холодно
течь проте* потечь прорыв* прорвать затоп* затапл* зали* подтоп* лужа хлестать утечка
крыша кровл*
канализац* сток нечистот* фекал* засор*
люк* крышка колодец
запах* вонь вонять пахнуть смрад зловон*
дерево деревце ветка ветвь тополь ива клен ель сухостой крона
упасть рухнуть свалить* повалить* обрушить* падать наклонить*
спил* обрез* кронир* опил* вырубить
собака пес стая щенок псина бродячий безнадзорн*
снег сугроб* заснежен* снежный снегопад
лед гололед* наледь скользк* скользить обледен* посыпать посыпка каток
сосулька
чистить расчист* прочист* чистка очистить
автобус* маршрутк* троллейбус* рейс*
остановка павильон
расписание опаздывать интервал* график ждать дождаться
качели горка песочниц* карусель качаться
площадка
шум* громк* грохот* музыка крик* орать кричать
лифт*
подъезд* парадн*
домофон*
парковк* стоянк* припарк* парковать*
машина автомоб* авто
светофор*
знак разметк*
переход зебра
скамейк* лавочк* скамья
фонтан
забор ограждени* ограда
трава косить покос* бурьян* сорняк* заросл* амброзия
крыса мышь грызун* таракан* дератизац*
газ газовый
квитанц* платежк* начисл* счет перерасчет плата
стройка строительств* строить застройщик*
пыль дым дымить гарь копоть
граффити надпись
кладбищ* могила захоронени*
льгота субсиди* пособи* выплат* компенсац*
очередь
врач доктор терапевт педиатр поликлиник* больниц*
школ* школьн*
садик детсад* сад дошкольн*
подвал*
стена фасад* штукатурк* облицовк*
окно стекло
интернет связь
арык ливн* водоотвод* ливневк*
ремонт* отремонтировать чинить починить восстановить
сломать* разбить* поломк* неисправн* повред* отломать* разрушить* работать
торговля торговать ларек киоск рынок
пожар загореться возгоран*
"""
# Of each row a text may speak of several; two texts that share none of it are about two matters.
_APART = (
    ("горячий", "холодный"),
    ("вода", "электричеств", "газ", "отопл", "интернет", "освещени"),
    ("мусор", "снег", "трава", "яма", "собака", "дерево", "освещени", "автобус", "лифт"),
)
# What stands in every message, and tells nothing of its matter.
_EMPTY_WORDS = """
а без более бы быть в ваш весь во вот время все всегда второй вы где год город городской да даже
дать день для до добрый другой если есть еще же житель жить за здравствуйте и из или иметь их к
каждый как какой когда который кто ли лично мера месяц мешать много можно мой мочь мы на над надо
назад наконец нам начать наш не неделя нельзя несколько нет неоднократно никакой никто ничего но
нужно ну о об обратить обращаться обращение один около он она они от отвечать очень первый писать
по пожалуйста помогать помочь под подсказать пока поскольку постоянно почему при принять принимать
проблема просить просьба просто проверить раз разобраться район самый свой себя сегодня сделать
сейчас сказать сколько снова со сообщать сообщить спасибо срочно стать стоять так также там то
тогда только третий тут у уважаемый уже устранить человек через что чтобы это этот я внимание
администрация глава мэр дом двор улица вопрос территория рядом возле напротив адрес находиться
утро вечер ночь вчера завтра понедельник вторник среда четверг пятница суббота воскресенье
управляющий компания наша ходить идти ездить проехать пройти видеть смотреть знать большой огромный
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())
_WORD = re.compile(r"[а-я]+(?:-[а-я]+)*|[a-z]{2,}|\d+")
_SHORTEST = 3
_MATTER_WEIGHT = 2.0
# They go with many matters and make none by themselves.
_GENERAL_WORDS = """
ремонт сломать чистить вывоз дорога тротуар площадка подъезд машина очередь расписание упасть течь
стена школ врач
"""
_GENERAL = frozenset(_GENERAL_WORDS.split())
_WORD_WEIGHT = 0.7
_OTHER_MATTER_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Matter:
    """The matters of the table that a text names, and its other words that mean something."""

    known: frozenset[str]
    words: frozenset[str]


class Matters:
    """Knows the table; made once with what finds normal forms, which is asked for each word."""

    def __init__(self, normal: Normal) -> None:
        self._normal = normal
        self._whole: dict[str, set[str]] = {}
        self._beginnings: list[tuple[str, str]] = []
        for line in _MATTERS.strip().splitlines():
            words = line.split()
            name = words[0].rstrip("*")
            for word in words:
                if word.endswith("*"):
                    self._beginnings.append((word[:-1], name))
                else:
                    self._whole.setdefault(word, set()).add(name)

    def of(self, text: str) -> Matter:
        """What the text, freed of its places, is about."""
        known: set[str] = set()
        words: set[str] = set()
        for word in _WORD.findall(text.lower().replace("ё", "е")):
            normal = self._normal(word).replace("ё", "е")
            if normal in _EMPTY or word in _EMPTY or len(word) < _SHORTEST:
                continue
            named = self._named(normal) | self._named(word)
            if named:
                known |= named
            elif not word.isdigit():
                words.add(normal)
        return Matter(frozenset(known), frozenset(words))

    def _named(self, word: str) -> set[str]:
        found = set(self._whole.get(word, ()))
        found.update(name for beginning, name in self._beginnings if word.startswith(beginning))
        return found


def are_apart(one: Matter, other: Matter) -> bool:
    """Whether each speaks of a matter that is another one than the other's."""
    for row in _APART:
        mine, yours = one.known.intersection(row), other.known.intersection(row)
        if mine and yours and not mine & yours:
            return True
    return False


def share_none(one: Matter, other: Matter) -> bool:
    """Whether the table knows what each is about, and they have none of it in common."""
    return bool(one.known and other.known and not one.known & other.known)


def likeness_of(one: Matter, other: Matter) -> float:
    """How much of what they are about is shared, 0 to 1."""
    shared = _weight(one.known & other.known, one.words & other.words)
    mine, yours = _weight(one.known, one.words), _weight(other.known, other.words)
    if not mine or not yours:
        return 0.0
    dice = 2 * shared / (mine + yours)
    # A short message may say the same as a long one that also tells its story.
    likeness = (dice + shared / min(mine, yours)) / 2
    return likeness * _OTHER_MATTER_SHARE if share_none(one, other) else likeness


def _weight(known: frozenset[str], words: frozenset[str]) -> float:
    general = len(known & _GENERAL)
    return _MATTER_WEIGHT * (len(known) - general) + _WORD_WEIGHT * (general + len(words))
