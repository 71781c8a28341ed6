"""Detector of home addresses: a flat, with its house if given (Regulation 6.12).

A house without a flat is the location of the problem (6.1), not personal data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sync.register.checks.personal.piece import DataType, Piece, after, before
from sync.register.likeness.place import addresses_of
from sync.register.people.spoken_numbers import HUNDREDS, NUMBER_WORD, TENS

SPOKEN = r"(?:" + NUMBER_WORD + r")(?:\s+(?:" + NUMBER_WORD + r"))*"
ORDINAL = (
    rf"(?:(?:{'|'.join(HUNDREDS)})\s+)?(?:(?:{'|'.join(TENS)})\s+)?"
    r"(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят|\w{3,8}надцат|двадцат|тридцат|сороков"
    r"|пятидесят|шестидесят|семидесят|восьмидесят|девяност|сот)(?:ая|ой|ую|ой|ья|ьей|ью)"
)
LIVED_IN = (
    r"(?:кв\.?|кварт\.|кв-р[аыеу]|квартир(?:а|ы|е|у|ой)|квартирк(?:а|и|е|у|ой)|ком\.|комнат(?:а|ы|е|у))"
    r"(?:\s+(?:мо[яйюе]|моей|наш[аейу]\w?|у\s+меня))?"
)
FLAT = re.compile(
    r"(?<!\w)"
    + LIVED_IN
    + r"\s*(?:№|номер|N|-|:)?\s*(?:\d{1,4}(?:\s?[а-д](?!\w))?|"
    + ORDINAL
    + "|"
    + SPOKEN
    + r")"
    r"(?![\w]|\s*(?:кв\b|м\b|м2|метр|км|руб|тыс|сот|этаж|комнат|человек|кв\.\s?м|[-–]\s?\d|год))",
    re.IGNORECASE,
)
FLAT_AFTER = re.compile(
    r"(?<![\w.,/-])(?:\d{1,4}-?(?:й|я|ой|ая|ую|ю|ей)\s+квартир(?:а|ы|е|у|ой)(?!\w)"
    r"|(?<=из\s)\d{1,4}\s+квартиры(?!\w)|(?<=в\s)\d{1,4}\s+квартир[еу](?!\w)"
    r"|(?<=с\s)\d{1,4}\s+квартир(?:ы|ой)(?!\w)|\d{1,4}\s+квартира(?!\w)"
    rf"|(?<!\w){ORDINAL}\s+квартир(?:а|ы|е|у|ой)(?!\w))",
    re.IGNORECASE,
)
MARKER = (
    r"(?:улиц[аеуы]|ул\.?|проспект\w{0,2}|просп\.?|пр-к?т\.?|пр\.|переул\w+|пер\.?|площад[ьи]|пл\.|бульвар\w?"
    r"|б-р\.?|бул\.|шоссе|ш\.|микрорайон\w?|мкр?н?\.?|набережн\w+|наб\.|проезд\w?|пр-д\.?|тупик\w?|туп\."
    r"|алле[яие]|квартал\w?|кв-л\.?|линия|пос[её]л\w+|пос\.|село|с\.|станиц\w+|ст-ца|хутор\w?|снт|днт)"
)
NAME = (
    r"(?:\d+(?:-?[а-я]{1,3})?\s+)?[\w.-]*[а-яёa-z]{2}[\w-]*"
    r"(?:\s+(?!д\.|дом|кв)[\w.-]*[а-яё]{2}[\w-]*){0,2}?"
)
PROPER = r"(?:\d+\s+)?(?-i:[А-ЯЁ][\w.-]+)(?:\s+(?-i:[А-ЯЁ][\w-]+)){0,2}?"
CITY = (
    r"(?:\d{6},?\s*)?(?:(?:[\w-]+\s+(?:край|область|республика|обл\.)),?\s*)?"
    r"(?:(?:г\.|гор\.|город|город-курорт)\s*[А-ЯЁ][\w-]+(?:\s[А-ЯЁ][\w-]+)?,?\s*)?"
)
STREET = (
    r"(?:"
    + MARKER
    + r"\s*(?:им\.?\s*|имени\s+)?"
    + NAME
    + r"|"
    + PROPER
    + r"\s+"
    + MARKER
    + r"|"
    + PROPER
    + r")"
)
HOUSE_NUMBER = r"(?:\d{1,4}\s?[а-и]?(?!\w)(?:\s?[/-]\s?\d{1,3}[а-и]?)?|" + SPOKEN + r")"
PART = (
    r"(?:[\s,]*(?:корп(?:ус)?\.?|к\.?|стр(?:оение)?\.?|лит(?:ер)?\.?|подъезд|под\.|п\.|этаж|эт\.|секци[яи]|блок)"
    r"\s*№?\s*[\w]{1,3}|[\s,]*\d{1,2}-?(?:й)?\s+(?:подъезд|этаж))"
)
HOUSE = (
    r"(?:[\s,]*(?:дом(?:а|е|у)?|д)\.?\s*(?:№|номер|N)?\s*"
    + HOUSE_NUMBER
    + r"|[\s,]+"
    + HOUSE_NUMBER
    + r")"
    + PART
    + r"{0,3}"
)
BETWEEN = r"(?:[\s,;.()–—-]|(?:в|моя|наша|из|и)\s){0,6}$"
PLACE_BEFORE = re.compile(CITY + STREET + HOUSE + BETWEEN, re.IGNORECASE)
HOUSE_BEFORE = re.compile(
    r"(?<!\w)(?:дом(?:а|е|у)?|д)\.?\s*(?:№|номер)?\s*" + HOUSE_NUMBER + PART + r"{0,3}" + BETWEEN,
    re.IGNORECASE,
)
PLACE_AFTER = re.compile(
    r"[\s,(]*(?:(?:в|на|по|дома|доме|дом|д\.?|№|адресу|адрес|нашего|нашем)[\s:]*){0,4}(?P<place>(?:"
    + STREET
    + HOUSE
    + r"|(?:д\.|дом\w?)?\s*№?\s*\d{1,4}[а-и]?\s+(?:по|на)\s+"
    + STREET
    + r"|\d{1,4}[а-и]?(?=\W|$)))",
    re.IGNORECASE,
)
HOUSE_AFTER_WORD = re.compile(r"(?:дом\w?|д\.)\s*№?\s*$", re.IGNORECASE)
ANYWHERE = re.compile(
    r"(?:(?<!\w)(?:дом(?:а|е|у)?|д\.)\s*(?:№\s*)?\d{1,4}|(?<!\w)"
    + MARKER
    + r"\s*[\w.-]+(?:\s[\w-]+)?,?\s+\d{1,4})",
    re.IGNORECASE,
)
# «ул. Садовая, 5-12»: house and flat.
DASHED = re.compile(
    r"(?<!\w)(?P<place>(?:" + MARKER + r"\s*(?-i:[А-ЯЁ])[\w-]+(?:\s(?-i:[А-ЯЁ])[\w-]+)?|"
    r"(?-i:[А-ЯЁ])[\w-]+)\s*,?\s*(?:д(?:ом)?\.?\s*)?\d{1,3}[а-д]?(?:/\d{1,2})?\s?[-–]\s?\d{1,3})"
    r"(?![\w/:-]|[.,]\d|\s*(?:час|год|лет|мин|руб|дн|метр|этаж|марта|мая|июн|июл|август|янв|фев|апр|сен|окт"
    r"|ноя|дек|числ|процент|м\b))",
    re.IGNORECASE,
)
LIVING = re.compile(
    r"(?:прожив\w+|жив[уе]\w*|прописан\w*|зарегистрирован\w*|адрес\w*|жител\w+|собственни\w+|квартир\w+)"
    r"[^.!?\n]{0,60}$",
    re.IGNORECASE,
)
# «общежитие, д. 2, к. 9»: «к.» is a room or flat where people live, otherwise a block.
ROOM = re.compile(
    r"(?<!\w)(?P<place>(?:"
    + MARKER
    + r"\s*)?(?-i:[А-ЯЁ])[\w-]+,?\s*(?:д(?:ом)?\.?\s*)?\d{1,3}[а-д]?,?\s+к\.?\s?\d{1,3})"
    r"(?![\w.]*\d|,?\s*кв)",
    re.IGNORECASE,
)
ROOM_WORD = re.compile(
    r"общежити|прожива|прописан|зарегистрирован|приходите|жив[уе]", re.IGNORECASE
)
SEVERAL_HOUSES = re.compile(
    r"(?:дом(?:а|ов|ах|ами)|между|участк\w+|чётн\w+|нечетн\w+)[^.!?\n]{0,40}$", re.IGNORECASE
)
REACH = 110


def find_addresses(text: str) -> Iterator[Piece]:
    """Yields flats; an adjacent house is included in the span of its flat."""
    for pattern in (FLAT, FLAT_AFTER):
        for match in pattern.finditer(text):
            piece = _flat(text, match)
            if piece is not None:
                yield piece
    if ROOM_WORD.search(text) is not None:
        for match in ROOM.finditer(text):
            yield Piece(DataType.ADDRESS, match.start("place"), match.end("place"))
    for match in DASHED.finditer(text):
        said = before(text, match.start(), REACH)
        marked = re.match(MARKER, match["place"], re.IGNORECASE) is not None
        if (marked or LIVING.search(said)) and not SEVERAL_HOUSES.search(said):
            yield Piece(DataType.ADDRESS, match.start("place"), match.end("place"))


def _flat(text: str, match: re.Match[str]) -> Piece | None:
    begin = max(0, match.start() - REACH)
    said = text[begin : match.start()]
    for pattern in (PLACE_BEFORE, HOUSE_BEFORE):
        place = pattern.search(said)
        if place is not None:
            return Piece(DataType.ADDRESS, begin + place.start(), match.end())
    behind = PLACE_AFTER.match(after(text, match.end(), REACH))
    if behind is not None and _is_place(behind):
        return Piece(DataType.ADDRESS, match.start(), match.end() + behind.end())
    if ANYWHERE.search(text) is not None or addresses_of(text):
        return Piece(DataType.ADDRESS, match.start(), match.end())
    return None


def _is_place(behind: re.Match[str]) -> bool:
    """Whether the text after a flat is the house; a bare number needs the word «дом» before it."""
    if not behind["place"].strip().isdecimal():
        return True
    return HOUSE_AFTER_WORD.search(behind[0][: behind.start("place")]) is not None
