"""Whether a text holds somebody's number or address on the net: such a search is not kept."""

import re

LONGEST_PLAIN_NUMBER = 4  # digits: a house, a year, a law, an emergency number
_APART = r"[\s().+\u2010-\u2015\u2212-]*"  # as people part the digits of one number
_NUMBER = re.compile(rf"\d(?:{_APART}\d){{{LONGEST_PLAIN_NUMBER},}}")


def holds_contact(text: str) -> bool:
    """Whether the text has a number of five or more digits, or the sign of an address.

    A telephone, a passport, a card and a date of birth are all such numbers, however their digits
    are parted.
    """
    return "@" in text or "\uff20" in text or _NUMBER.search(text) is not None
