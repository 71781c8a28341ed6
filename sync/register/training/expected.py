"""What a lesson expects of the record that is made of its call."""

from dataclasses import dataclass
from enum import StrEnum

from sync.register.calls import CallResult

Words = tuple[tuple[str, ...], ...]
"""What a text must say: of each group at least one beginning of a word, in small letters."""


class Given(StrEnum):
    """What the caller answers when asked."""

    GIVEN = "given"
    NOT_GIVEN = "not_given"


class WantedPublicity(StrEnum):
    """What the caller wants of publicity, and what becomes of it (6.8-6.12)."""

    PUBLIC = "public"
    NON_PUBLIC = "non_public"
    NO_PERSONAL_DATA = "no_personal_data"
    """He wants it public; with the personal data that he tells it may not be (6.12)."""


@dataclass(frozen=True, slots=True)
class ExpectedMessage:
    """One message that is to come of the call (6.1, 7.9)."""

    categories: tuple[str, ...]
    text: Words
    place: Words
    publicity: WantedPublicity
    clean: bool = False
    """The caller is coarse, and the text must not be."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a good record of the call has; what is empty or None is not looked at.

    ``entries`` are keys of the directory, any of them, ``script`` one of a text of the program.
    ``danger`` are the numbers of which one must be said before all else, by ``entries`` or in the
    content. ``tied``: the call belongs to a message that was there before.
    """

    results: tuple[CallResult, ...]
    content: Words = ()
    entries: tuple[str, ...] = ()
    script: str = ""
    danger: tuple[str, ...] = ()
    name: Given | None = None
    email: Given | None = None
    messages: tuple[ExpectedMessage, ...] = ()
    no_message: bool = False
    tied: bool = False
    dealt_with: bool = False


def read_expected(raw: dict[str, object]) -> Expected:
    """The expectations of ``lessons.json``; an unknown field is a TypeError."""
    values = dict(raw)
    results = tuple(CallResult(str(one)) for one in _list(values.pop("results")))
    messages = tuple(_message(one) for one in _list(values.pop("messages", [])))
    given = {
        name: Given(str(values.pop(name))) if name in values else None for name in ("name", "email")
    }
    return Expected(
        results=results,
        messages=messages,
        content=words(values.pop("content", [])),
        entries=_texts(values.pop("entries", [])),
        danger=_texts(values.pop("danger", [])),
        name=given["name"],
        email=given["email"],
        **values,  # type: ignore[arg-type]  # what is left is of plain types, or a TypeError
    )


def _message(raw: object) -> ExpectedMessage:
    if not isinstance(raw, dict):
        raise TypeError("a message is an object")
    return ExpectedMessage(
        categories=_texts(raw["categories"]),
        text=words(raw["text"]),
        place=words(raw["place"]),
        publicity=WantedPublicity(raw["publicity"]),
        clean=raw.get("clean") is True,
    )


def words(raw: object) -> Words:
    """Groups from texts as «ям|выбоин»."""
    return tuple(tuple(text.split("|")) for text in _texts(raw))


def _texts(raw: object) -> tuple[str, ...]:
    return tuple(str(one) for one in _list(raw))


def _list(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise TypeError("a list is expected")
    return raw
