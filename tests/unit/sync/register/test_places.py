"""Streets, houses and landmarks: loaded from a table, suggested while typing, questioned if
unknown.
"""

from __future__ import annotations

import pytest

from sync.register.places import (
    Doubt,
    HouseRange,
    Landmark,
    PlaceBook,
    PlaceDoubt,
    PlaceList,
    PlaceRow,
    RowFault,
    RowProblem,
    Street,
    read_rows,
)

ROWS = (
    ("ул. Родниковая", "1-25, 12а", ""),
    ("Родниковая ул.", "14/2; 7к2", ""),
    ("улица Садовая", "2-48 чётные, 1-47 нечёт.", ""),
    ("пр-т Мира", "1-9", ""),
    ("ул. 8 Марта", "", ""),
    ("ул. 50 лет Октября", "1-5", ""),
    ("пер. Ново-Садовый", "3", ""),
    ("ул. Мирная", "", ""),
    ("", "", "Парк «Источник»"),
    ("пл. Курортная", "1", "Нарзанная галерея"),
    ("пл. Курортная", "", "Фонтан"),
)


GALLERY = "Нарзанная галерея (пл. Курортная, д. 1)"


def houses(street: str, *numbers: str) -> tuple[str, ...]:
    return tuple(f"{street}, д. {number}" for number in numbers)


def rows(*cells: tuple[str, str, str]) -> tuple[PlaceRow, ...]:
    return tuple(PlaceRow(line, *each) for line, each in enumerate(cells, start=2))


@pytest.fixture(scope="module")
def places() -> PlaceList:
    read = read_rows(rows(*ROWS))
    assert isinstance(read, PlaceList)
    return read


@pytest.fixture(scope="module")
def book(places: PlaceList) -> PlaceBook:
    return PlaceBook(places)


def test_rows_become_streets_in_their_order_with_all_their_houses(places: PlaceList) -> None:
    assert [street.title for street in places.streets] == [
        "ул. 50 лет Октября",
        "ул. 8 Марта",
        "пл. Курортная",
        "пр-т Мира",
        "ул. Мирная",
        "пер. Ново-Садовый",
        "ул. Родниковая",
        "ул. Садовая",
    ]
    spring = places.streets[6]
    assert spring == Street(
        "ул.", "Родниковая", (HouseRange(1, 25),), frozenset({"12а", "14/2", "7к2"})
    )
    assert places.streets[7].ranges == (HouseRange(1, 47, 2), HouseRange(2, 48, 2))
    assert places.landmarks == (
        Landmark("Нарзанная галерея", "пл. Курортная, д. 1"),
        Landmark("Парк «Источник»"),
        Landmark("Фонтан", "пл. Курортная"),
    )
    assert places.house_count == 28 + 48 + 9 + 5 + 1 + 1


def test_the_same_rows_make_the_same_list_in_any_order(places: PlaceList) -> None:
    assert read_rows(rows(*reversed(ROWS))) == places


def test_every_wrong_row_is_told_with_its_line() -> None:
    read = read_rows(
        rows(
            ("", " ", ""),
            ("", "5", ""),
            ("", "5", "Рынок"),
            ("ул.", "5", ""),
            ("Мира", "пять", ""),
            ("Мира", "12-4", ""),
            ("Мира", "1-48 чётные", ""),
            ("Мира", "2-48 нечет", ""),
            ("Мира", "1-9999", ""),
            ("Мира", "1-9, , 11", ""),
        )
    )
    assert read == (
        RowProblem(2, RowFault.EMPTY),
        RowProblem(3, RowFault.HOUSE_WITHOUT_STREET, "5"),
        RowProblem(4, RowFault.HOUSE_WITHOUT_STREET, "5"),
        RowProblem(5, RowFault.NO_NAME, "ул."),
        RowProblem(6, RowFault.NO_HOUSE, "пять"),
        RowProblem(7, RowFault.BACKWARDS, "12-4"),
        RowProblem(8, RowFault.OTHER_SIDE, "1-48 четные"),
        RowProblem(9, RowFault.OTHER_SIDE, "2-48 нечет"),
        RowProblem(10, RowFault.TOO_LONG, "1-9999"),
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("родн", ("ул. Родниковая",)),
        ("ул.Родн", ("ул. Родниковая",)),
        ("улица родниковая", ("ул. Родниковая",)),
        ("родниковая, д. 1", houses("ул. Родниковая", "1", "10", "11", "12", "12а", "13", "14")),
        ("родн 14/", ("ул. Родниковая, д. 14", "ул. Родниковая, д. 14/2")),
        ("родн дом 7 корп 2", ("ул. Родниковая, д. 7к2",)),
        ("родн 12 а", ("ул. Родниковая, д. 12а",)),
        ("пр-т мира 5", ("пр-т Мира, д. 5",)),
        ("проспект мир", ("пр-т Мира", "ул. Мирная")),  # the stated kind comes first
        ("мир", ("пр-т Мира", "ул. Мирная")),
        ("мира 99", ()),
        ("8 м", ("ул. 8 Марта",)),
        ("марта 8", ("ул. 8 Марта",)),
        ("октября 5", ("ул. 50 лет Октября, д. 5",)),
        ("ново садов", ("пер. Ново-Садовый",)),
        ("садов", ("пер. Ново-Садовый", "ул. Садовая")),
        ("садовая 47", ("ул. Садовая, д. 47",)),
        ("радниковая 3", ("ул. Родниковая, д. 3",)),  # misspelt
        ("рад", ()),  # too short for spelling correction
        ("источник", ("Парк «Источник»",)),
        ("наРЗ", (GALLERY,)),
        ("курорт", ("пл. Курортная", GALLERY, "Фонтан (пл. Курортная)")),
        ("родниковая у магазина", ()),
        ("ул.", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_places_are_found_by_beginnings(
    typed: str, found: tuple[str, ...], book: PlaceBook
) -> None:
    assert book.matches(typed) == found


def test_a_street_whose_houses_are_known_goes_on_to_one(book: PlaceBook) -> None:
    told = [book.wants_house(text) for text in ("ул. Садовая", "ул. Мирная", "Садовая")]
    assert told == [True, False, False]


def test_no_more_is_shown_than_fits(book: PlaceBook) -> None:
    assert len(book.matches("родниковая 1", limit=3)) == 3


@pytest.mark.parametrize(
    ("typed", "doubt"),
    [
        ("ул. Родниковая, д. 14", None),
        ("ул. Родниковая, 14а", None),  # a letter after a known house
        ("ул. Родниковая, 14/2", None),
        ("Родниковая 140", PlaceDoubt(Doubt.HOUSE, "ул. Родниковая", "140")),
        ("Родниковая 12 к 7", None),
        ("Садовая 0", PlaceDoubt(Doubt.HOUSE, "ул. Садовая", "0")),
        ("Родниковая, у аптеки", None),
        ("Родниковая", None),
        ("Родн 140", None),  # incomplete input
        ("ул. Мирная, 5", None),  # its houses are unknown
        ("ул. Небывалая, 5", PlaceDoubt(Doubt.STREET, "ул. Небывалая")),
        ("Небывалая, 5", None),  # it may be a landmark
        ("ул.", None),
        ("", None),
    ],
)
def test_what_the_list_does_not_know_is_pointed_out(
    typed: str, doubt: PlaceDoubt | None, book: PlaceBook
) -> None:
    assert book.doubt(typed) == doubt


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("родн 14", "ул. Родниковая, д. 14"),
        ("ул родн", "ул. Родниковая"),
        ("Родн 140", "ул. Родниковая"),  # the list has no such house
        ("Родниковая 14", None),
        ("парк источник", None),  # a landmark
        ("Небывалая, 5", None),
        ("ул.", None),
        ("", None),
    ],
)
def test_what_a_begun_street_goes_on_to_is_told(
    typed: str, meant: str | None, book: PlaceBook
) -> None:
    assert book.begun(typed) == meant


def test_a_letter_is_believed_of_a_single_house_too_and_words_are_no_house() -> None:
    street = Street("ул.", "Пробная", (), frozenset({"7", "9а"}))
    assert street.knows("7б")
    assert not street.knows("9")
    assert not street.knows("дом")
    assert street.houses_from("", 5) == ("7", "9а")
    odd = Street("ул.", "Пробная", (), frozenset({"стр"}))
    assert odd.houses_from("", 5) == ("стр",)


def test_without_a_list_nothing_is_found_or_doubted() -> None:
    book = PlaceBook(PlaceList())
    assert (book.matches("мира 5"), book.doubt("ул. Мира, 5")) == ((), None)
