"""Thesaurus of city problems (roads, waste, lighting), and similarity of two texts by concept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

# Each line is a concept or continues one; the first word names it. Words are normal forms; an
# asterisk matches any ending.
MATTERS = """
яма ямы ям выбоин* колдобин* ухаб* рытвин* провал* провалиться просадк* воронк* ямочн* дыра дырка
яма дырявый раскоп* траншея вырыть перерыть котлован закопать зарыть
дорога дорожн* проезж* асфальт* заасфальт* автодорог* трасс* дорожка полотно грейдер* гравий
дорога щебен*
тротуар* пешеходн* дорожка
мусор* отход* помойк* свалк* тбо тко отброс* захламл* завален* завалить пакет венок хлам окурок
контейнер* бак урна мусоровоз*
вывоз* вывезти убирать убрать уборка забирать забрать вычистить
крупногабаритн* диван шкаф мебель
фонар* светильник* лампа лампочка
столб опора
освещени* свет светить освещать гореть темн* темнота потемки фонар*
электричеств* электроэнерг* напряжени* обесточ* электроснабжени* свет рубильник трансформатор*
электричеств* подстанц*
провод кабель лэп обрыв* оборва* электролин*
вода водоснабжени* водопровод* кран водоканал водян* колонка
напор* давление
ржав* коричнев* мутн* рыж*
горячий гвс кипяток
холодный хвс
отопл* батарея радиатор* топить теплоснабжени* теплотрасс* тепло котельн* мерзнуть замерз* холодно
отопл* обогреват* ледяной
течь проте* потечь прорыв* прорвать затоп* затапл* зали* подтоп* лужа хлестать утечка потоп море
течь бежать
крыша кровл* навес козырек
канализац* сток нечистот* фекал* засор* забит* забиться
люк* крышка колодец
запах* вонь вонять пахнуть смрад зловон* дышать задыхаться
дерево деревце ветка ветвь тополь ива клен ель береза сосна сухостой крона
упасть рухнуть свалить* повалить* обрушить* падать наклонить* накренить* валяться лежать сбить
упасть повалить повалят*
спил* обрез* кронир* опил* вырубить срубить
собака пес стая щенок псина бродячий безнадзорн* лаять лай лая
укусить кусать покусать искусать
свинья свинарник корова скот* коза курица навоз* поросенок
снег сугроб* заснежен* снежный снегопад
лед гололед* наледь скользк* скользить обледен* посыпать посыпка каток пескоразбрасывател* песок
лед реагент*
сосулька
чистить расчист* прочист* чистка очистить
автобус* маршрутк* троллейбус* рейс* маршрут
водитель кондуктор хам* грубить
переполнен* битком влезть забитый
конечный
остановка павильон
расписание опаздывать опоздать интервал* график ждать дождаться прийти приехать
качели горка песочниц* карусель качаться
площадка городок
детский ребенок ребятишки дети
шум* громк* грохот* музыка крик* орать кричать спать бас тишина
лифт*
подъезд* парадн*
домофон*
парковк* стоянк* припарк* парковать* грузовик фура ставить
газон
машина автомоб* авто
светофор*
знак
разметк* зебра
переход зебра пешеходн*
скорость гонять лихач* летать искусственн* неровность полицейский лежачий
скамейк* лавочк* скамья
фонтан
забор ограждени* ограда перегородить перекрыть огородить самовольн*
трава косить скос* покос* бурьян* сорняк* заросл* амброзия зарасти клещ
крыса мышь грызун* таракан* дератизац* блоха
комар мошка мошкара дезинсекц*
газ газовый газификац*
квитанц* платежк* начисл* начислять счет перерасчет плата тариф*
стройка строительств* строить застройщик*
пыль дым дымить гарь копоть жечь сжигать
граффити надпись
реклам* объявлени* листовка
кладбищ* могила захоронени* могилка
льгота субсиди* пособи* выплат* компенсац*
очередь
место путевка направлени*
врач доктор терапевт педиатр поликлиник* больниц* окулист талон фельдшер*
школ* школьн*
класс ученик третьекласс* первокласс*
садик детсад сад дошкольн*
еда столов* кормить каша повар питани* обед буфет
подвал*
стена фасад* штукатурк* облицовк* трещин*
окно стекло
интернет связь
арык ливн* водоотвод* ливневк* решетка дренаж*
лестниц* ступен* крыльцо
пандус инвалид* коляска колясочник съезд доступн*
бордюр* клумба цветник поребрик
ремонт* отремонтировать чинить починить восстановить
сломать* разбить* поломк* неисправн* повред* отломать* разрушить* работать
торговля торговать ларек киоск рынок магазин
пожар загореться возгоран*
врезка врезать подключ*
прием принимать записаться
бассейн*
пьян* алкогол* распивать выпивать пиво пивн*
почта почтов* почтальон*
голубь птица помет
чердак*
куст кустарник* стричь подстричь
учител* педагог* преподавател* урок
теплосет* теплотрасс* кипяток горячий
библиотек* читальн*
открыть открываться закрытый заработать
яма колея кочка ухабист* решето промоина
дорога проезд подвеска объезд грунтовка
лифт кабина кабинка подъемник
освещени* лампочка ощупь фонарик прожектор впотьмах
фонарь освещать прожектор плафон
электричеств* свеча свечка холодильник розетка щиток обесточить
вода умыться умываться помыться мыться чайник ведро раковина душ купаться
горячий помыться мыться чайник ледяной греть кипятить
отопл* обогреватель валенок стояк топиться озябнуть калорифер
собака свора овчарка псина кобель ошейник
снег лопата сугроб шуга наст
лед каток поскользнуться гололедица наледь посыпать
крыша таз тазик протечка
канализац* выгребн* туалет унитаз стояк
светофор* моргать мигать желтый
дверь доводчик магнит петля замок
парковк* заставить бросать эвакуатор
качели качеля качалка балансир
мусор* мусорка ворона воронье
контейнер* мусорка
шум* песня бас колонка караоке кутеж галдеж
скамейк* лавка сиденье присесть
дерево ствол сушняк сухар* акация каштан ясень орех тополиный
подвал* низ внизу сырость
колодец крышка
автобус* маршрутный
"""
# If two texts name concepts of the same row but no common one, their subjects differ.
APART = (
    ("горячий", "холодный"),
    ("вода", "электричеств", "газ", "отопл", "интернет", "освещени"),
    ("мусор", "снег", "трава", "яма", "собака", "дерево", "освещени", "автобус", "лифт"),
    ("садик", "бассейн", "библиотек", "кладбищ"),
)
# Words that occur in every message and do not indicate its subject.
_EMPTY_WORDS = """
а без более бы быть в ваш весь во вот время все всегда второй вы где год город городской да даже
дать день для до добрый другой если есть еще же житель жить за здравствуйте и из или иметь их к
каждый как какой когда который кто ли лично мера месяц мешать много можно мой мочь мы на над надо
назад наконец нам начать наш не неделя нельзя несколько нет неоднократно никакой никто ничего но
нужно ну о об обратить обращаться обращение один около он она они от отвечать очень первый писать
по пожалуйста помогать помочь под подсказать пока поскольку постоянно почему при принять
проблема просить просьба просто проверить раз разобраться район самый свой себя сегодня сделать
сейчас сказать сколько снова со сообщать сообщить спасибо срочно стать стоять так также там то
тогда только третий тут у уважаемый уже устранить человек через что чтобы это этот я внимание
администрация глава мэр дом двор улица вопрос территория рядом возле напротив адрес находиться
утро вечер ночь вчера завтра понедельник вторник среда четверг пятница суббота воскресенье
управляющий компания наша ходить идти ездить проехать пройти видеть смотреть знать большой огромный
начало прошлый обещать обещание давно старый новый бояться страшно невозможно опасный опасно сутки
час минута следующий опять снова подряд суд прокуратура жалоба жаловаться звонить позвонить трубка
брать реагировать люди пенсионер бабушка сын дочь дочка сосед соседка сосед должный пора хотеть
"""
EMPTY = frozenset(_EMPTY_WORDS.split())
# Concepts that occur with many subjects and do not define one.
_GENERAL_WORDS = """
ремонт сломать чистить вывоз дорога тротуар площадка подъезд машина очередь расписание упасть течь
стена школ врач детский место открыть окно газон лестниц торговля садик автобус остановка класс
кладбищ запах столб библиотек
"""
GENERAL = frozenset(_GENERAL_WORDS.split())


Normal = Callable[[str], str]
"""Function that returns the normal form of a word."""

_WORD = re.compile(r"[а-я]+(?:-[а-я]+)*|[a-z]{2,}|\d+")
_SHORTEST = 3
# Almost all word forms start like their normal form; these do not: льда, псы, яму.
_OPENING = 3
_OTHER_OPENINGS = frozenset({"льд", "льн", "псы", "пса", "псо", "псу", "ямы", "яме", "яму", "ямо"})
_MATTER_WEIGHT = 2.0
_WORD_WEIGHT = 0.7
_OTHER_MATTER_SHARE = 0.6
_GENERAL_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Matter:
    """Concepts named in a text, and its other meaningful words."""

    known: frozenset[str]
    words: frozenset[str]


class Matters:
    """Extracts concepts from texts. Create it once; ``normal`` is called for each word."""

    def __init__(self, normal: Normal) -> None:
        self._normal = normal
        self._whole: dict[str, set[str]] = {}
        self._beginnings: dict[str, set[str]] = {}
        for line in MATTERS.strip().splitlines():
            words = line.split()
            name = words[0].rstrip("*")
            for word in words:
                if word.endswith("*"):
                    self._beginnings.setdefault(word[:-1], set()).add(name)
                else:
                    self._whole.setdefault(word, set()).add(name)
        self._shortest = min(map(len, self._beginnings))
        known = (*self._whole, *self._beginnings)
        self._openings = {word[:_OPENING] for word in known} | _OTHER_OPENINGS

    def of(self, text: str) -> Matter:
        """Extracts the concepts and words of a text; the caller must have removed the locations."""
        known: set[str] = set()
        words: set[str] = set()
        for word in _WORD.findall(text.lower().replace("ё", "е")):
            normal = self._normal(word).replace("ё", "е")
            if normal in EMPTY or word in EMPTY or len(word) < _SHORTEST:
                continue
            named = self._named(normal) | self._named(word)
            if named:
                known |= named
            elif not word.isdigit():
                words.add(normal)
        return Matter(frozenset(known), frozenset(words))

    def named_in(self, text: str) -> frozenset[str]:
        """Returns only the concepts of a text; needs fewer normal forms than ``of``."""
        named: set[str] = set()
        for word in _WORD.findall(text.lower().replace("ё", "е")):
            if word[:_OPENING] in self._openings and word not in EMPTY:
                named |= self._named(word) or self._named(self._normal(word).replace("ё", "е"))
        return frozenset(named)

    def _named(self, word: str) -> set[str]:
        found = set(self._whole.get(word, ()))
        for length in range(self._shortest, len(word) + 1):
            found.update(self._beginnings.get(word[:length], ()))
        return found


def are_apart(one: Matter, other: Matter) -> bool:
    """Whether the two texts name different concepts of a row of ``APART`` and no common one."""
    for row in APART:
        mine, yours = one.known.intersection(row), other.known.intersection(row)
        if mine and yours and not mine & yours:
            return True
    return False


def share_none(one: Matter, other: Matter) -> bool:
    """Whether both texts have known concepts and no common one."""
    return bool(one.known and other.known and not one.known & other.known)


def likeness_of(one: Matter, other: Matter) -> float:
    """Returns the similarity of two subjects, 0 to 1."""
    shared = _weight(one.known & other.known, one.words & other.words)
    mine, yours = _weight(one.known, one.words), _weight(other.known, other.words)
    if not mine or not yours:
        return 0.0
    dice = 2 * shared / (mine + yours)
    # A short message may be equivalent to a long one with more details.
    likeness = (dice + shared / min(mine, yours)) / 2
    if share_none(one, other):
        return likeness * _OTHER_MATTER_SHARE
    if not (one.known & other.known) - GENERAL and not one.words & other.words:
        return likeness * _GENERAL_SHARE
    return likeness


def _weight(known: frozenset[str], words: frozenset[str]) -> float:
    general = len(known & GENERAL)
    return _MATTER_WEIGHT * (len(known) - general) + _WORD_WEIGHT * (general + len(words))
