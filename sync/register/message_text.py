"""The text of a message with its place behind it, as everything that reads messages reads them."""

_ENDS = (".", "!", "?", "…")


def with_place(text: str, place: str) -> str:
    """Text and place as one text; the text alone where no place is stated.

    The place is a sentence of its own that begins with a capital, however it was typed: a bare
    name such as «родниковая 14» is told to be a street by that.
    """
    place = place.strip()
    return f"{text}{_join(text)}{place[:1].upper()}{place[1:]}" if place else text


def place_start(text: str) -> int:
    """Where in ``with_place`` the place behind the text begins."""
    return len(text) + len(_join(text))


def _join(text: str) -> str:
    return " " if text.rstrip().endswith(_ENDS) else ". "
