"""Detector of accounts in social networks and messengers (Regulation 6.12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sync.register.checks.personal.piece import DataType, Piece, before

_HOSTS = (
    r"(?:vk\.com|vk\.ru|vkontakte\.ru|m\.vk\.com|t\.me|telegram\.me|ok\.ru|odnoklassniki\.ru|instagram\.com"
    r"|facebook\.com|fb\.com|tiktok\.com|twitter\.com|x\.com|youtube\.com|rutube\.ru|wa\.me|viber\.click|max\.ru"
    r"|threads\.net|dzen\.ru|pinterest\.com|discord\.gg|steamcommunity\.com)"
)
_LINK = re.compile(rf"(?<![\w.@])(?:https?://)?(?:www\.)?{_HOSTS}/@?[\w.-]+(?:/[\w.-]+)*", re.I)
_AT_NAME = re.compile(r"(?<![\w.@])@[a-z](?:[\w-]|\.(?=\w)){3,31}(?![\w@])", re.IGNORECASE)
_PLATFORM = (
    r"(?:телег[аиуеой]{1,2}|телеграм\w*|telegram|тг|tg|вк|vk|вконтакт\w*|контакте|инст[аыуеой]{1,2}|инстаграм\w*|instagram"
    r"|нельзяграм\w*|одноклассник\w*|ок|ok|дискорд\w*|discord|скайп\w*|skype|вайбер\w*|viber|вотсап\w*|ватсап\w*|whatsapp"
    r"|макс[еау]?|max|тик-?ток\w*|tiktok|твиттер\w*|twitter|фейсбук\w*|facebook|стим[еау]?|steam|ютуб\w*|youtube|рутуб\w*"
    r"|дзен\w*|сигнал\w*|signal|ник\w{0,2}|никнейм\w*|логин\w*|аккаунт\w*|профил\w+|юзернейм\w*)"
)
_FILLER = r"(?:\s*[-–—:=,«\"(]\s*|\s+(?:(?!\w*[a-z0-9_])[\w-]+\s+){0,3}|\s*)"
# Latin user name after the name of a network; it must contain a digit, dot or underscore, or be
# long.
_LABELLED = re.compile(
    rf"(?<![\w.@-]){_PLATFORM}(?!\w){_FILLER}(?P<name>@?[a-z](?:[\w-]|\.(?=\w)){{3,31}}|id\d{{5,12}})(?![\w@])",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:https?|www|telegram|whatsapp|viber|instagram|facebook|youtube|skype|discord|wi-?fi|online|offline|email|mail"
    r"|vkontakte|tiktok|stories|story|reels|android|iphone|windows|premium|direct|[\w.-]+\.(?:ru|com|net|org|рф|me|su|info)"
    r"|(?:\w+_)?bot)$",
    re.IGNORECASE,
)
# Pages of organisations and of the city are public.
_PUBLIC_NAME = re.compile(
    r"(?:official|offic|news|novost|gorod|city|admin|(?:^|[._/-])adm(?:$|[._/-])|adm_|_adm|mfc|edds|vodokanal|public|club\d"
    r"|group|gazeta|radio|kurort|school|shkola|museum|library|police|mvd|gibdd|magazin|shop|podslush|chp_|jkh|zhkh)",
    re.IGNORECASE,
)
_PUBLIC_WORD = re.compile(
    r"(?:администраци\w+|\bгород(?:а|ск\w+)\b|официальн\w+|управляющ\w+|\bук\b|\bтсж\b|канал\w*|групп[аыуе]\w*|сообществ\w*"
    r"|паблик\w*|редакци\w+|магазин\w*|компани\w+|газет\w+|музе\w+|школ\w+|водоканал\w*|министерств\w+|мэри\w+|депутат\w*)"
    r"[^.!?\n]{0,40}$",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:мо[йяеюё]\w*|мне|меня|автор\w*|хозяин\w*|е[ёе]|его|сосед\w*)\b", re.IGNORECASE
)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_REACH = 60


def find_account_names(text: str) -> Iterator[Piece]:
    """Yields links to personal pages, and user names in networks and messengers."""
    if _LATIN.search(text) is None:
        return
    for pattern in (_LINK, _LABELLED, _AT_NAME):
        for match in pattern.finditer(text):
            group = "name" if pattern is _LABELLED else 0
            name, start, end = match[group], match.start(group), match.end(group)
            if pattern is _LABELLED and not _is_name(name):
                continue
            if not _is_public(text, name, start):
                yield Piece(DataType.ACCOUNT_NAME, start, end)


def _is_name(name: str) -> bool:
    return name.isascii() and _NO_NAME.match(name) is None


def _is_public(text: str, name: str, start: int) -> bool:
    if _PUBLIC_NAME.search(name.rpartition("/")[2]):
        return True
    said = before(text, start, _REACH)
    return _PUBLIC_WORD.search(said) is not None and _OWN.search(said) is None
