"""Registration plates of cars, in Cyrillic or Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sync.register.checks.personal.context import before
from sync.register.checks.personal.piece import DataType, Piece

LETTER = "[АВЕКМНОРСТУХABEKMHOPCTYX]"
REGION = r"(?:[1-9]?\d{2})(?:\s?(?:rus|рус))?"
END = r"(?![\w-])"
START = r"(?<![\w-])"
SOLID = re.compile(rf"{START}{LETTER}\d{{3}}{LETTER}{{2}}(?:[\s/|]?{REGION})?{END}", re.IGNORECASE)
SPACED = re.compile(
    rf"{START}{LETTER}[\s-]?\d{{3}}[\s-]?{LETTER}{{2}}[\s/,-]{{0,2}}(?:рег(?:ион)?\.?\s*)?{REGION}{END}"
)
# «в 100 км 26», so small letters with gaps need a car before them; likewise rarer kinds of plates.
LABELLED = re.compile(
    rf"{START}(?:{LETTER}[\s-]?\d{{3}}[\s-]?{LETTER}{{2}}|{LETTER}{{2}}\s?\d{{3,4}}"
    rf"|\d{{4}}\s?{LETTER}{{2}}|{LETTER}\s?\d{{4}})"
    rf"(?:[\s/,-]{{0,2}}(?:рег(?:ион)?\.?\s*)?{REGION})?{END}",
    re.IGNORECASE,
)
CAR = re.compile(
    r"(?:номер\w*|\bгос\w*|\bг\.?\s?/?\s?н\b\.?|\bг\.?р\.?з\b\.?|машин\w*|автомоб\w+|\bавто\b|\bа/м\b|такси"
    r"|мотоцикл\w*|мопед\w*|скутер\w*|прицеп\w*|\bгрз\b|водител\w+|тонирован\w+|джип\w*|фур\w+"
    r"|\bлад[аыуе]\b|ваз|жигул\w+|приор\w+|грант\w+|нив\w+|газел\w+|камаз\w*|тойот\w+|киа|хенд[аэ]й\w*"
    r"|хюнда\w+|солярис\w*|рено|логан\w*|бмв|мерседес\w*|ауди|фольксваген\w*|поло|шкод\w+|ниссан\w*"
    r"|форд\w*|мазд\w+|хонд\w+|лексус\w*|опел\w+|шевроле|датсун|чери|хавал\w*|джили|уаз\w*|bmw"
    r"|toyota|kia|lada|hyundai|audi|mercedes|nissan|ford|mazda|honda|lexus|volkswagen|skoda)"
    r"[^\n]{0,30}$",
    re.IGNORECASE,
)
KILOMETRES = re.compile(r"\d\s*[кk][мm]$", re.IGNORECASE)


def find_plates(text: str) -> Iterator[Piece]:
    """Every plate; one with gaps and no region only where a car is named before it."""
    for pattern in (SOLID, SPACED):
        for match in pattern.finditer(text):
            yield Piece(DataType.PLATE, match.start(), match.end())
    for match in LABELLED.finditer(text):
        if CAR.search(before(text, match.start())) and not KILOMETRES.search(match[0]):
            yield Piece(DataType.PLATE, match.start(), match.end())
