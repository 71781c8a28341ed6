"""The day and hour of the city, whatever zone the computer is set to."""

from datetime import datetime
from zoneinfo import ZoneInfo

CITY_ZONE = ZoneInfo("Europe/Moscow")


def city_now() -> datetime:
    """This moment in the city: an entry ends at its midnight and not at the server's."""
    return datetime.now(CITY_ZONE)
