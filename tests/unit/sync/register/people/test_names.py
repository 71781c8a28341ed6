"""Names in letters: the dative and the greeting."""

from __future__ import annotations

import pytest

from sync.register.people.names import Declension, Sex
from sync.register.people.values import PersonName

DECLENSION = Declension()


@pytest.mark.parametrize(
    ("surname", "given_name", "patronymic", "dative", "greeting"),
    [
        ("Иванова", "Анна", "Петровна", "Ивановой Анне Петровне", "Уважаемая Анна Петровна!"),
        ("Толстой", "Лев", "Ильич", "Толстому Льву Ильичу", "Уважаемый Лев Ильич!"),
        ("Седых", "Павел", "Лукич", "Седых Павлу Лукичу", "Уважаемый Павел Лукич!"),
        ("Шевченко", "Любовь", "Ильинична", "Шевченко Любови Ильиничне",
         "Уважаемая Любовь Ильинична!"),
        ("Шмидт", "Вера", "Карловна", "Шмидт Вере Карловне", "Уважаемая Вера Карловна!"),
        ("Шмидт", "Карл", "Карлович", "Шмидту Карлу Карловичу", "Уважаемый Карл Карлович!"),
        ("Римская-Корсакова", "Анна-Мария", "Львовна",
         "Римской-Корсаковой Анне-Марии Львовне", "Уважаемая Анна-Мария Львовна!"),
        ("ПЕТРОВ", "ПЁТР", "ПЕТРОВИЧ", "Петрову Петру Петровичу", "Уважаемый Пётр Петрович!"),
        ("алиев", "гейдар", "алирза Оглы", "Алиеву Гейдару Алирза оглы",
         "Уважаемый Гейдар Алирза оглы!"),
        ("Мамедова", "Лейла", "Ахмед кызы", "Мамедовой Лейле Ахмед кызы",
         "Уважаемая Лейла Ахмед кызы!"),
        ("Кий", "Олег", "Ильич", "Кию Олегу Ильичу", "Уважаемый Олег Ильич!"),
        ("Заяц", "Олег", "Ильич", "Зайцу Олегу Ильичу", "Уважаемый Олег Ильич!"),
        ("Заяц", "Айгуль", "Ринатовна", "Заяц Айгули Ринатовне", "Уважаемая Айгуль Ринатовна!"),
        ("Ли", "Николь", "Ильинична", "Ли Николь Ильиничне", "Уважаемая Николь Ильинична!"),
        ("Бабаян", "Армен", "", "Бабаяну Армену", "Уважаемый Армен!"),
        ("Петрова", "", "", "Петровой", "Здравствуйте!"),
        ("", "Анна", "", "Анне", "Уважаемая Анна!"),
        ("Ли", "Саша", "", "Ли Саша", "Здравствуйте, Саша!"),
        ("Smith", "John", "", "Smith John", "Здравствуйте, John!"),
        ("Д", "", "", "Д", "Здравствуйте!"),
        ("", "", "", "", "Здравствуйте!"),
    ],
)  # fmt: skip
def test_a_name_in_a_letter(
    surname: str, given_name: str, patronymic: str, dative: str, greeting: str
) -> None:
    letter = DECLENSION.letter_name(PersonName(surname, given_name, patronymic))
    assert (letter.dative, letter.greeting) == (dative, greeting)


@pytest.mark.parametrize(
    ("sex", "dative", "greeting"),
    [
        (Sex.MALE, "Киму Саше", "Уважаемый Саша!"),
        (Sex.FEMALE, "Ким Саше", "Уважаемая Саша!"),
        (None, "Ким Саша", "Здравствуйте, Саша!"),
    ],
)
def test_the_sex_may_be_given(sex: Sex | None, dative: str, greeting: str) -> None:
    letter = DECLENSION.letter_name(PersonName("Ким", "Саша", ""), sex)
    assert (letter.dative, letter.greeting, letter.sex) == (dative, greeting, sex)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        (PersonName("ПЕТРОВА", "АННА", "ивановна"), "Анна Ивановна"),
        (PersonName("", "Анна", ""), "Анна"),
        (PersonName("Петрова", "", "Ивановна"), ""),
    ],
)
def test_what_a_person_is_called_by(name: PersonName, called: str) -> None:
    assert DECLENSION.letter_name(name).called == called
