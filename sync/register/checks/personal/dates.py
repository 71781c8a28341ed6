"""Dates of birth, in figures and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sync.register.checks.personal.piece import DataType, Piece

MONTH = (
    r"(?:январ\w+|феврал\w+|марта|апрел\w+|мая|июн\w+|июл\w+|август\w*|сентябр\w+|октябр\w+|ноябр\w+"
    r"|декабр\w+|янв\.?|фев\.?|мар\.?|апр\.?|авг\.?|сен\.?|окт\.?|ноя\.?|дек\.?)"
)
YEAR = r"(?:19|20)\d\d"
ORDINAL = (
    r"(?:перв|втор|трет|четв[её]рт|пят|шест|седьм|восьм|девят|десят|\w{3,9}надцат|двадцат|тридцат|сороков"
    r"|пятидесят|шестидесят|семидесят|восьмидесят|девяност|двухтысячн)\w{1,4}"
)
SPOKEN_DAY = r"(?:(?:двадцать|тридцать)\s+)?" + ORDINAL
SPOKEN_YEAR = (
    r"(?:тысяча\s+девятьсот|две\s+тысячи|двухтысячн\w+)(?:\s+(?:двадцать|тридцать|сорок|пятьдесят"
    r"|шестьдесят|семьдесят|восемьдесят|девяносто))?(?:\s+" + ORDINAL + r")?"
)
DATE = (
    r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:" + YEAR + r"|\d\d)(?!\d)"
    r"|" + YEAR + r"[./-]\d{1,2}[./-]\d{1,2}(?!\d)"
    r"|\d{1,2}(?:-?(?:го|ое))?\s+" + MONTH + r"(?:\s+" + YEAR + r")?"
    r"|(?:январе|феврале|марте|апреле|мае|июне|июле|августе|сентябре|октябре|ноябре|декабре)\s+"
    + YEAR
    + r"|\b"
    + SPOKEN_DAY
    + r"\s+"
    + MONTH
    + r"(?:\s+"
    + SPOKEN_YEAR
    + r"|\s+"
    + YEAR
    + r")?)"
)
OF_YEAR = r"(?:\s*(?:года?|году|г\b\.?))?"
BORN = (
    r"(?:дат\w+\s+рожден\w+|день\s+рожден\w+|род(?:ил(?:ся|ась|ись)|\.)|рожден\w*|\bд\.?\s?/?\s?р\b\.?"
    r"|\bрожд\.|(?<![\w.]\s)(?<![\w.])р\.(?=\s*\d))"
)
AFTER_BORN = re.compile(
    r"(?<!\w)"
    + BORN
    + r"[\s:(,–—-]*(?:(?:я|он|она|мо[йея]\w*|мамы|отца|сына|дочери|у\s+\w+|в|была?)[\s:]+){0,3}"
    r"(?P<date>"
    + DATE
    + OF_YEAR
    + r"|(?:"
    + YEAR
    + r"|"
    + SPOKEN_YEAR
    + r")(?=\s*(?:г|$|[.,;)])))",
    re.IGNORECASE,
)
BEFORE_BORN = re.compile(
    r"(?<![\d.])(?P<date>(?:" + DATE + r"|" + YEAR + r"|(?<!\d)\d\d|\b" + SPOKEN_YEAR + r")"
    r"\s*[-–,(]?\s*(?:г\.?\s?/?р\b\.?|г\s?\.\s?рожд\w*\.?|год[а]?\s+рожден\w+|г\.?\s+рожден\w+"
    r"|года?\s+р\.|рожден\w+\b|д\.\s?р\.|гр\b))",
    re.IGNORECASE,
)
DATE_THEN_BORN = re.compile(
    r"(?P<date>" + DATE + OF_YEAR + r")[\s,]*(?:я\s+|он\s+|она\s+)?родил(?:ся|ась)\b", re.IGNORECASE
)
# To look for a date at each place is slow; most texts tell of no birth so.
IS_BORN = re.compile(r"родил(?:ся|ась)\b", re.IGNORECASE)
# Houses and cars are born in jest.
BUILT = re.compile(
    r"(?:дом|здани|школ|машин|автобус|лифт|мост|парк|котельн|труб)\w*\s*$", re.IGNORECASE
)


def find_birth_dates(text: str) -> Iterator[Piece]:
    """Dates that the text calls somebody's birth; a year alone counts."""
    then_born = (DATE_THEN_BORN,) if IS_BORN.search(text) else ()
    for pattern in (BEFORE_BORN, AFTER_BORN, *then_born):
        for match in pattern.finditer(text):
            if BUILT.search(text[: match.start()]) is None:
                yield Piece(DataType.BIRTH_DATE, match.start("date"), match.end("date"))
