"""What people type for a day or an hour, as a value."""

from datetime import date, datetime, time


def read_date(text: str) -> date | None:
    """A day typed as ДД.ММ.ГГГГ, ДД.ММ.ГГ or with spaces or slashes; None when it is none."""
    cleaned = text.strip().replace("/", ".").replace(" ", ".").replace("-", ".")
    for pattern in ("%d.%m.%Y", "%d.%m.%y"):
        try:
            return datetime.strptime(cleaned, pattern).date()
        except ValueError:
            continue
    return None


def read_time(text: str) -> time | None:
    """A time typed as ЧЧ:ММ, ЧЧ.ММ, ЧЧ ММ or ЧЧММ; None when it is none."""
    cleaned = text.strip().replace(".", ":").replace(" ", ":").replace("-", ":")
    if len(cleaned) in (3, 4) and cleaned.isdigit():
        cleaned = f"{cleaned[:-2]}:{cleaned[-2:]}"
    try:
        return datetime.strptime(cleaned, "%H:%M").time()
    except ValueError:
        return None
