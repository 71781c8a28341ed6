"""How a caller is greeted; the product speaks Russian alone to him."""

from sync.register.part_of_day import PartOfDay

_GREETINGS = {
    PartOfDay.MORNING: "Доброе утро",
    PartOfDay.DAY: "Добрый день",
    PartOfDay.EVENING: "Добрый вечер",
    PartOfDay.NIGHT: "Здравствуйте",
}


def greeting(part: PartOfDay) -> str:
    return _GREETINGS[part]


def greeting_by_name(part: PartOfDay, called: str) -> str:
    """«Добрый день, Анна Петровна»; empty where nobody is known."""
    return f"{_GREETINGS[part]}, {called}" if called else ""
