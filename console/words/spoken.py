"""Numbers and days as a voice says them; the product speaks Russian alone."""

from datetime import date

from sync.register.numbering import RegistrationNumber

_ONES = (
    *("ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"),
    *("десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать"),
    *("шестнадцать", "семнадцать", "восемнадцать", "девятнадцать"),
)
_TENS = (
    *("", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят"),
    *("восемьдесят", "девяносто"),
)
_HUNDREDS = (
    *("", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот"),
    "девятьсот",
)
_DAY_LINES = """
первого второго третьего четвёртого пятого шестого седьмого восьмого девятого десятого одиннадцатого
двенадцатого тринадцатого четырнадцатого пятнадцатого шестнадцатого семнадцатого восемнадцатого
девятнадцатого двадцатого
"""
_OF_DAY = ("", *_DAY_LINES.split())
_TO_WEEKDAY = (
    *("понедельника", "вторника", "среды", "четверга", "пятницы", "субботы", "воскресенья"),
)
_OF_MONTH = (
    *("", "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября"),
    *("октября", "ноября", "декабря"),
)


def number_aloud(number: RegistrationNumber) -> str:
    """A registration number in groups of two and three digits, every zero said.

    «двадцать шесть одиннадцать, ноль четыре семнадцать, ноль ноль, сто восемьдесят восемь, один»
    """
    counter = f"{number.counter:05d}"
    groups = (
        f"{_digits(number.period[:2])} {_digits(number.period[2:])}",
        f"{_digits(number.station[:2])} {_digits(number.station[2:])}",
        _digits(counter[:2]),
        _digits(counter[2:]),
        _digits(str(number.check)),
    )
    return ", ".join(groups)


def until_aloud(day: date) -> str:
    """«до четверга, двадцать шестого ноября»."""
    return f"до {_TO_WEEKDAY[day.weekday()]}, {_of_day(day.day)} {_OF_MONTH[day.month]}"


def _digits(digits: str) -> str:
    """A group as it is dictated: zeros at its head one by one, then the number."""
    rest = digits.lstrip("0")
    zeros = ["ноль"] * (len(digits) - len(rest))
    return " ".join([*zeros, *([_number(int(rest))] if rest else [])])


def _number(number: int) -> str:
    """A number from 1 to 999."""
    hundreds, rest = divmod(number, 100)
    words = [_HUNDREDS[hundreds]]
    if rest >= len(_ONES):
        tens, rest = divmod(rest, 10)
        words.append(_TENS[tens])
    if rest:
        words.append(_ONES[rest])
    return " ".join(word for word in words if word)


def _of_day(day: int) -> str:
    if day < len(_OF_DAY):
        return _OF_DAY[day]
    if day == 30:
        return "тридцатого"
    tens, ones = divmod(day, 10)
    return f"{_TENS[tens]} {_OF_DAY[ones]}"
