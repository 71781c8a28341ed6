"""An e-mail address as it is read back letter by letter; the product speaks Russian alone."""

_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            *("эй", "би", "си", "ди", "и", "эф", "джи", "эйч", "ай", "джей", "кей", "эл", "эм"),
            *("эн", "оу", "пи", "кью", "ар", "эс", "ти", "ю", "ви", "дабл-ю", "экс", "уай", "зед"),
        ),
        strict=True,
    )
)
_DIGITS = dict(
    zip(
        "0123456789",
        ("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
        strict=True,
    )
)
_SIGNS = {
    ".": "точка",
    "-": "дефис",
    "_": "подчёркивание",
    "+": "плюс",
    "@": "собака",
    "'": "апостроф",
    "&": "амперсанд",
    "/": "косая черта",
    "=": "равно",
}
_DOMAINS = {
    "mail.ru": "мэйл точка ру",
    "yandex.ru": "яндекс точка ру",
    "gmail.com": "джимейл точка ком",
    "bk.ru": "би кей точка ру",
    "inbox.ru": "инбокс точка ру",
    "list.ru": "лист точка ру",
    "rambler.ru": "рамблер точка ру",
    "ya.ru": "я точка ру",
    "internet.ru": "интернет точка ру",
    "vk.com": "ви кей точка ком",
    "icloud.com": "айклауд точка ком",
    "outlook.com": "аутлук точка ком",
    "hotmail.com": "хотмейл точка ком",
    "yahoo.com": "яху точка ком",
}
"""Domains that everybody knows by ear."""
_ZONES = {"ru": "ру", "com": "ком", "org": "орг", "net": "нет", "su": "эс ю"}
_GREAT = "большая"


def email_aloud(address: str) -> str:
    """The address as it is dictated: «эй, эн, эн, эй, собака, мэйл точка ру»."""
    name, _at_sign, domain = address.rpartition("@")
    known = _DOMAINS.get(domain)
    return ", ".join((*_spelled(name), _SIGNS["@"], *((known,) if known else _domain(domain))))


def _domain(domain: str) -> list[str]:
    head, _dot, zone = domain.rpartition(".")
    said = _ZONES.get(zone)
    return [*_spelled(head), _SIGNS["."], *((said,) if said else _spelled(zone))]


def _spelled(text: str) -> list[str]:
    """A word for each character; a run of Russian letters is said as the word that it is."""
    said: list[str] = []
    russian = ""
    for character in text:
        small = character.lower()
        if small not in _LETTERS and small.isalpha():
            russian += character
            continue
        if russian:
            said.append(russian)
            russian = ""
        word = _LETTERS.get(small) or _DIGITS.get(small) or _SIGNS.get(small, character)
        said.append(f"{_GREAT} {word}" if character.isupper() else word)
    return [*said, russian] if russian else said
