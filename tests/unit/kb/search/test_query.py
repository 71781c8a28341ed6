"""Interpretation of queries: layout, stop words, unfinished and mistyped words."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.entries.changes import Synonym
from kb.search.query import LONGEST_TEXT, Query, Reader
from kb.search.rewording import Synonyms
from kb.search.vocabulary import MOST_STEMS, MOST_WORDS, Group, Vocabulary, Words
from kb.text import Stemmer, folded_words

TEXT = """
    Регистрация по месту жительства. Где взять справку о составе семьи. Замена паспорта.
    Батареи едва тёплые, есть ли Wi-Fi в библиотеке, ёж у подъезда, объём воды, жалоба.
    Полис, поликлиника, перерасчёт за отопление, отопительный сезон, МФЦ, 8799941234, 41234.
    Горводоканал. Тепловые сети. Управляющая компания: ЖЭК. Юридическая консультация. Схема. Авакян.
"""
stem = Stemmer()


def _vocabulary(text: str) -> Vocabulary:
    surfaces = sorted(set(folded_words(text)))
    stems = sorted({stem(surface) for surface in surfaces})
    numbers = [stems.index(stem(surface)) for surface in surfaces]
    return Vocabulary(Words(surfaces, numbers, stems), np.full(len(stems), 5, np.int32), 100)


KNOWN = _vocabulary(TEXT)
SYNONYMS = Synonyms(
    [
        Synonym("паспорт", "документ, удостоверяющий личность"),
        Synonym("ЖЭК", "управляющая компания", both_ways=True),
        Synonym("прописка", "регистрация по месту жительства"),
    ],
    stem,
)
READER = Reader(KNOWN, stem, SYNONYMS)
RUSSIAN = {"съема", "пасху", "авакяну"}
WITH_DICTIONARY = Reader(KNOWN, stem, SYNONYMS, RUSSIAN.__contains__)


def _read(text: str) -> Query:
    return READER.read(text)


def _only(groups: Iterable[Group]) -> Group:
    (group,) = groups
    return group


@pytest.mark.parametrize("form", ["справка", "справки", "справкой", "СПРАВКУ"])
def test_forms_of_a_word_stand_for_its_stem(form: str) -> None:
    assert _only(_read(f"{form} ").groups).stems[stem("справка")] == 1.0


def test_every_beginning_of_a_word_finds_it() -> None:
    """A search by prefixes of stems would find nothing at ``регистраци``."""
    whole = "регистрация"
    for length in range(1, len(whole) + 1):
        assert stem(whole) in _only(_read(whole[:length]).groups).stems


def test_words_cut_short_in_the_middle_are_expanded_too() -> None:
    spravka, family = _read("спра сем").groups

    assert stem("справка") in spravka.stems
    assert stem("семьи") in family.stems


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("htubcnhfwbz", ("регистрация",)),
        ("pfvtyf gfcgjhnf", ("замена", "паспорта")),
        (",fnfhtb", ("батареи",)),  # б sits on the comma (trap 2)
        (";fkj,f", ("жалоба",)),  # ж on the semicolon
        ("j,]`v", ("объем",)),  # ъ on the bracket, ё on the backtick
        ("gththfcx`n", ("перерасчет",)),
        ("VAW", ("мфц",)),
        ("паспорта pfvtyf", ("паспорта", "замена")),
    ],
)
def test_the_wrong_layout_is_undone_before_words_are_cut(
    typed: str, understood: tuple[str, ...]
) -> None:
    reading = _read(typed).reading

    assert reading.words == understood
    assert reading.layout_corrected


def test_russian_letters_for_a_latin_word_are_turned_back() -> None:
    assert _read("Цш-Аш").reading.words == ("wi", "fi")


@pytest.mark.parametrize("typed", ["Wi-Fi", "справка", "справка, паспорт", "12", "xyz", "ыыы", ""])
def test_what_is_known_or_hopeless_is_left_as_it_was_typed(typed: str) -> None:
    assert not _read(typed).reading.layout_corrected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("паспрота ", "паспорта"),
        ("паспота ", "паспорта"),
        ("пасспорта ", "паспорта"),
        ("рагистрация ", "регистрация"),
        ("тегистрация ", "регистрация"),
        ("регистарцыя ", "регистрация"),
        ("батарреи", "батареи"),
    ],
)
def test_typos_are_corrected_by_what_the_index_knows(typed: str, meant: str) -> None:
    query = _read(typed)

    assert query.reading.typos_corrected
    assert query.reading.words == (meant,)
    assert 0 < _only(query.groups).stems[stem(meant)] < 1


def test_a_word_of_russian_is_not_taken_for_a_slip_beside_others() -> None:
    """A similar word may raise entries for the other words, but does not find any itself."""
    query = WITH_DICTIONARY.read("съема паспорта ")
    unknown, passport = query.groups

    assert query.reading.words == ("съема", "паспорта")
    assert not query.reading.typos_corrected
    assert not unknown.drives
    assert passport.drives
    assert stem("схема") in unknown.stems


@pytest.mark.parametrize("typed", ["съема ", "c]tvf ", "и съема "])
def test_a_word_of_russian_alone_stays_and_its_neighbour_is_offered(typed: str) -> None:
    query = WITH_DICTIONARY.read(typed)

    assert query.reading.words[-1] == "съема"
    assert not query.reading.typos_corrected
    assert query.reading.offered == (*query.reading.words[:-1], "схема")
    assert _only(query.groups).stems == {}


def test_where_something_is_found_nothing_is_offered() -> None:
    assert WITH_DICTIONARY.read("съема паспорта ").reading.offered == ()
    assert WITH_DICTIONARY.read("паспрота ").reading.offered == ()


def test_a_name_of_russian_stands_for_its_other_cases() -> None:
    """The stemmer does not unify them."""
    assert stem("авакяну") != stem("авакян")
    query = WITH_DICTIONARY.read("паспорта авакяну ")

    assert query.groups[1].drives
    assert query.groups[1].stems[stem("авакян")] > 0.6
    assert query.reading.words == ("паспорта", "авакяну")


def test_an_unknown_word_is_mended_beside_a_dictionary_too() -> None:
    assert WITH_DICTIONARY.read("паспрота ").reading.words == ("паспорта",)


@pytest.mark.parametrize("typed", ["пасху", "gfc[e"])
def test_a_word_of_russian_tells_the_layout(typed: str) -> None:
    assert WITH_DICTIONARY.read(typed).reading.words == ("пасху",)


def test_an_unfinished_word_may_be_mistyped() -> None:
    assert stem("отопление") in _only(_read("отполе").groups).stems


def test_known_words_are_not_taken_for_typos() -> None:
    """Fuzzy search on every word costs more and finds worse (trap 8)."""
    query = _read("полис ")

    assert not query.reading.typos_corrected
    assert set(_only(query.groups).stems) == {"полис"}


def test_a_short_beginning_does_not_drive_the_search() -> None:
    """One to three letters fit too much; they narrow and rank (trap 4)."""
    passport, short = _read("паспорта по").groups

    assert passport.drives
    assert not short.drives
    assert short.beginning == "по"


def test_a_whole_abbreviation_drives_though_it_is_short() -> None:
    assert _only(_read("мфц").groups).drives


def test_small_words_are_left_out_unless_there_is_nothing_else() -> None:
    assert [group.typed for group in _read("где взять справку о семье ").groups] == [
        "взять",
        "справку",
        "семье",
    ]
    assert [group.typed for group in _read("где ").groups] == ["где"]


@pytest.mark.parametrize(
    "typed", ["+7 (87999) 4-12-34", "8 87999 41234", "87999 4 12 34", "7(87999)412-34 "]
)
def test_a_phone_is_one_word_in_any_spelling(typed: str) -> None:
    assert "8799941234" in _only(_read(typed).groups).stems


def test_a_phone_being_typed_is_found_on_the_way() -> None:
    assert "8799941234" in _only(_read("8(87999)4-1").groups).stems
    assert "41234" in _only(_read("4-12").groups).stems


def test_yo_and_ye_are_the_same_letter() -> None:
    assert _only(_read("перерасчет ").groups).stems == _only(_read("перерасчёт ").groups).stems


@given(st.text(max_size=60) | st.text(alphabet="пасорт gfcgjhn-,.'\"12", max_size=40))
def test_any_text_is_read_within_bounds(text: str) -> None:
    query = _read(text)

    assert len(query.groups) <= MOST_WORDS
    for group in query.groups:
        assert len(group.stems) <= MOST_STEMS
        assert all(0 < weight <= 1 for weight in group.stems.values())
        assert all(KNOWN.frequency(found) for found in group.stems)


def test_a_pasted_page_is_read_in_part() -> None:
    assert len(_read("паспорт " * LONGEST_TEXT).groups) == MOST_WORDS


def test_every_word_may_be_cut_short_and_mistyped_at_once() -> None:
    first, second = _read("поликлн регстрац").groups

    assert stem("поликлиника") in first.stems
    assert stem("регистрация") in second.stems


@pytest.mark.parametrize("typed", ["праавку", "ссправку", "аправку", "псравку", "правку"])
def test_the_first_letter_may_be_wrong_too(typed: str) -> None:
    assert stem("справку") in _only(_read(f"{typed} ").groups).stems


def test_what_is_corrected_weighs_less_the_more_is_wrong() -> None:
    weights = [
        _only(_read(typed).groups).stems[stem("регистрация")]
        for typed in ("регистрация ", "региструция ", "рогиструция ")
    ]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("spravka", "справку"),
        ("registratsiya", "регистрация"),
        ("registraciya", "регистрация"),
        ("registracija", "регистрация"),
        ("zhaloba", "жалоба"),
        ("ob'em", "объем"),
        ("yuridicheskaya", "юридическая"),
        ("juridicheskaja", "юридическая"),
        ("skhema", "схема"),
        ("shema", "схема"),
        ("tyoplye", "теплые"),
        ("poliklin", "поликлиника"),
        ("polikilnika", "поликлиника"),
        ("spavku", "справку"),
    ],
)
def test_latin_letters_are_read_in_any_usual_scheme(typed: str, meant: str) -> None:
    query = _read(typed)

    assert stem(meant) in _only(query.groups).stems
    assert not query.reading.layout_corrected


@pytest.mark.parametrize("typed", ["гор водоканал", "горводо канал"])
def test_words_written_apart_stand_for_the_one_they_make(typed: str) -> None:
    for group in _read(f"{typed} ").groups:
        assert stem("горводоканал") in group.stems


def test_words_written_together_are_read_apart() -> None:
    together = _only(_read("тепловыесети ").groups)

    assert (stem("тепловые"), stem("сети")) in together.phrases


def test_a_synonym_of_one_word_stands_beside_it() -> None:
    jek = _only(_read("жэк ").groups)

    assert jek.stems[stem("жэк")] == 1.0
    assert 0 < jek.phrases[(stem("управляющая"), stem("компания"))] < 1


def test_a_synonym_of_several_words_stands_for_all_of_them() -> None:
    for group in _read("управляющей компании ").groups:
        assert 0 < group.stems[stem("жэк")] < 1


def test_a_synonym_one_way_is_not_read_the_other_way() -> None:
    for group in _read("регистрация по месту жительства ").groups:
        assert stem("прописка") not in group.stems


@pytest.mark.parametrize("typed", ["паспрота ", "gfcgjhnf ", "pasporta ", "паспор"])
def test_synonyms_are_known_through_typos_layout_and_letters(typed: str) -> None:
    phrase = tuple(stem(word) for word in ("документ", "удостоверяющий", "личность"))

    assert phrase in _only(_read(typed).groups).phrases


def test_one_word_in_another_layout_is_turned_alone() -> None:
    assert _read("справка wi-fi gfcgjhnf").reading.words == ("справка", "wi", "fi", "паспорта")
