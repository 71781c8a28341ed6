"""The Russian morphological dictionary is shared by all threads."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Lock

import pytest

from console.core import spelling
from console.core.spelling import OneMorphology
from sync.register.checks.morphology import Morphology

WORDS = ("стали", "печь", "яму", "замёл", "дворник", "варкалось", "хливкие", "шорьки")
THREADS = 8
WAIT_S = 30


def test_everybody_is_given_the_same_also_who_asks_at_the_same_moment() -> None:
    morphology = OneMorphology()
    together = Barrier(THREADS)

    def ask(_thread: int) -> Morphology:
        together.wait(WAIT_S)
        return morphology()

    with ThreadPoolExecutor(THREADS) as threads:
        given = list(threads.map(ask, range(THREADS)))

    assert len({id(each) for each in given}) == 1
    assert morphology() is given[0]


def test_threads_read_what_one_alone_reads() -> None:
    alone, shared = Morphology(), OneMorphology()()
    wanted = [(alone.readings(word), alone.has_form(word)) for word in WORDS]

    def read(_thread: int) -> list[tuple[object, bool]]:
        return [(shared.readings(word), shared.has_form(word)) for word in WORDS]

    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(read, range(THREADS))) == [wanted] * THREADS


def test_who_must_not_wait_is_given_it_when_somebody_has_asked() -> None:
    morphology = OneMorphology()
    given: list[Morphology] = []
    morphology.when_made(given.append)
    assert given == []

    made = morphology()
    morphology()
    assert given == [made]
    morphology.when_made(given.append)
    assert given == [made, made]


def test_nobody_is_kept_waiting_while_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    is_begun, goes_on = Event(), Event()

    def make(one_at_a_time: Lock) -> Morphology:
        is_begun.set()
        assert goes_on.wait(WAIT_S)
        return Morphology(one_at_a_time=one_at_a_time)

    monkeypatch.setattr(spelling, "Morphology", make)
    morphology = OneMorphology()
    given: list[Morphology] = []
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(morphology)
        assert is_begun.wait(WAIT_S)
        morphology.when_made(given.append)
        assert given == []
        goes_on.set()
    assert given == [asked.result()]
