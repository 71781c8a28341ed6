"""E-mail addresses, also those whose signs are written as words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sync.register.checks.personal.piece import DataType, Piece

LOCAL = r"[\w.%+-]{1,64}"
TOP_DOMAIN = r"(?:ru|рф|com|net|org|su|info|biz|by|kz|ua|am|az|ge|me|io|pro|online|рус)"
ADDRESS = re.compile(
    r"(?<![\w.@])" + LOCAL + r"\s?@\s?(?:[\w-]+\.)+[^\W\d_]{2,10}(?![\w@])", re.IGNORECASE
)
# «ivanov собака mail точка ru»: a dog in the yard has no domain behind it.
DOG = r"\s*[\(\[«\"]?\s*(?:собака|собачка|собакой|\bат\b|\bэт\b|\bat\b|dog)\s*[\)\]»\"]?\s*"
SIGN = re.compile(r"@|соба[кч]|\bат\b|\bэт\b|\bat\b|dog", re.IGNORECASE)
POINT = r"\s*[\(\[]?\s*(?:точка|\.|dot|тчк)\s*[\)\]]?\s*"
PROVIDER = (
    r"(?:mail|gmail|yandex|ya|rambler|bk|list|inbox|icloud|hotmail|outlook|yahoo|vk|"
    r"мейл|мэйл|майл|емейл|жмейл|джимейл|гмейл|гмайл|гугл|яндекс|я|рамблер|бк|лист|инбокс|"
    r"айклауд|хотмейл|аутлук)"
)
WORDED_TOP = r"(?:ру|ком|нет|орг|ком|рф|су|" + TOP_DOMAIN + ")"
WORDED = re.compile(
    r"(?<![\w.@])(?P<local>"
    + LOCAL
    + r"(?:\s+(?:точка|тире|дефис|подчёркивание|подчеркивание|нижнее подчёркивание"
    + r"|нижнее подчеркивание)\s+"
    + LOCAL
    + r")*)(?:"
    + DOG
    + r"|\s?@\s?)(?:"
    + PROVIDER
    + r"|[a-z0-9-]+)"
    + POINT
    + WORDED_TOP
    + r"(?![\w@])",
    re.IGNORECASE,
)


def find_emails(text: str) -> Iterator[Piece]:
    """Every e-mail address of a text; none without a sign of one, which is quick to look for."""
    if SIGN.search(text) is None:
        return
    for pattern in (ADDRESS, WORDED):
        for match in pattern.finditer(text):
            yield Piece(DataType.EMAIL, match.start(), match.end())
