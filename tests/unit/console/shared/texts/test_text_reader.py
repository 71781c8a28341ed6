"""The shared text reader: checks and personal data, with one dictionary."""

from __future__ import annotations

import gc
import sys
from concurrent.futures import ThreadPoolExecutor

from console.shared.texts.reader import TextReader
from kb.entries.entries import Entry
from sync.register.checks.finding import FindingKind
from sync.register.checks.obscene import WordLists
from tests.fakes.console_directory import sample_person, sample_question
from tests.fakes.console_fakes import HeldExecutor

WAIT_S = 30


def test_the_rules_can_be_loaded_before_the_first_text_and_after_a_change() -> None:
    worker, reads = HeldExecutor(), list[str]()

    def entries() -> tuple[Entry, ...]:
        reads.append("directory")
        return ()

    reader = TextReader(worker, entries)
    reader.prepare()
    reader.prepare()
    assert len(worker.jobs) == 1
    worker.run(0)
    found = reader.check_message("Яма", "Садовая 5")
    worker.run(1)
    assert found.result(WAIT_S) == ()
    assert reads == ["directory"]
    reader.read_again()
    reader.read_again()
    assert len(worker.jobs) == 2  # a change is no work: hundreds may come while a text is read
    reader.prepare()
    worker.run(2)
    assert reads == ["directory"] * 2


def objects_of_rules() -> int:
    """Number of rule objects that the cyclic garbage collector examines."""
    modules = ("sync.register.checks.word_rules", "pymorphy3.tagset")
    return sum(type(one).__module__ in modules for one in gc.get_objects())


def test_the_rules_are_not_looked_into_for_cycles() -> None:
    """Thousands of permanent objects: their first collection blocked the window for 50 ms."""
    before = objects_of_rules()
    worker = HeldExecutor()
    reader = TextReader(worker, tuple)
    reader.prepare()
    worker.run(0)
    try:
        assert objects_of_rules() <= before
        gc.unfreeze()
        assert objects_of_rules() > before + 1000
    finally:
        gc.unfreeze()
        gc.collect()
        gc.freeze()  # objects frozen since the start would slow all later tests


def test_whom_the_directory_knows_is_read_anew_after_a_change() -> None:
    entries: list[Entry] = []
    reader = TextReader(ThreadPoolExecutor(1), lambda: entries)
    try:
        text = f"Звоните: +7 900 555-01-50, {sample_person().title}."
        kinds = {each.kind for each in reader.check(text).result(WAIT_S)}
        assert FindingKind.PERSONAL_DATA in kinds
        entries.append(sample_person())
        reader.read_again()
        assert reader.personal_data(text).result(WAIT_S) == ()
    finally:
        reader.close()


def test_the_rules_stay_where_a_change_of_the_directory_is_of_nobody_they_know() -> None:
    entries: list[Entry] = [sample_person()]
    worker, read, watches = HeldExecutor(), list[str](), [False]

    def audited(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and watches[0]:
            read.append(str(arguments[0]))

    reader = TextReader(worker, lambda: entries)
    reader.check("Яма")
    worker.run(0)
    sys.addaudithook(audited)
    entries.append(sample_question())
    reader.read_again()
    found = reader.personal_data(f"Звоните: {sample_person().title}.")
    watches[0] = True
    worker.run(1)
    watches[0] = False

    assert found.result(WAIT_S) == ()
    assert read == []  # the files of the rules


def test_the_words_of_the_city_hold_from_its_next_text_on() -> None:
    words = [WordLists()]
    reader = TextReader(ThreadPoolExecutor(1), tuple, lambda: words[-1])

    def obscene() -> list[str]:
        found = reader.check("Это херня, а не чебуреки").result(WAIT_S)
        return [each.text for each in found if each.kind is FindingKind.OBSCENE]

    try:
        assert obscene() == ["херня"]
        words.append(WordLists(frozenset({"херня"}), frozenset({"чебуреки"})))
        reader.read_again()
        assert obscene() == ["чебуреки"]
    finally:
        reader.close()


def test_the_texts_of_nobody_are_told_from_those_of_people() -> None:
    reader = TextReader(
        ThreadPoolExecutor(1), lambda: (sample_person(),), is_known={"синицына"}.__contains__
    )
    of_people = {
        "пробова анна петровна",
        "журавлёва",
        "жалоба на Журавлёву",
        "Садовая 5 квартира 3",
        "900 555 01 07",
        "probova@example.org",
        "паспорт 4512 345678",
    }
    of_nobody = {
        "вывоз мусора",
        "синицына",
        "справка об аллергии",
        "яма на Садовой",
        sample_person().title,
        "",
    }
    try:
        assert reader.of_nobody((*of_people, *of_nobody)).result(WAIT_S) == of_nobody
    finally:
        reader.close()


def test_others_ask_the_dictionary_that_texts_are_read_by() -> None:
    reader = TextReader(ThreadPoolExecutor(1), tuple)
    try:
        assert reader.with_dictionary(lambda used: used).result(WAIT_S) is reader.morphology()
    finally:
        reader.close()


def test_the_rules_give_way_between_their_phrases() -> None:
    """While a frame is painted they would compete with it for a third of a second."""
    worker, ways = HeldExecutor(), [0]

    def pass_by() -> None:
        ways[0] += 1

    reader = TextReader(worker, tuple, between=pass_by)
    reader.prepare()
    worker.run(0)
    made = ways[0]
    reader.read_again()
    reader.check("Яма")
    worker.run(1)

    assert made > 100
    assert ways[0] == made


def test_the_phrases_of_the_program_outlast_a_change_of_the_city() -> None:
    compiled: list[str] = []
    words = [WordLists()]
    worker = HeldExecutor()
    reader = TextReader(worker, tuple, lambda: words[-1])
    reader.check("Яма")
    worker.run(0)
    words.append(WordLists(frozenset({"херня"}), frozenset()))
    reader.read_again()
    reader.check("Это херня")
    sys.setprofile(
        lambda frame, event, _argument: (
            compiled.append(frame.f_code.co_name)
            if event == "call" and frame.f_code.co_filename.endswith("re/_compiler.py")
            else None
        )
    )
    try:
        worker.run(1)
    finally:
        sys.setprofile(None)

    assert compiled.count("compile") < 30
