"""Numbers of stems and words while texts are indexed."""

from __future__ import annotations

import gc
import weakref

from kb.search.index import EMPTY
from kb.search.numbering import Numbering
from kb.text import Stemmer


def test_each_word_and_each_new_stem_gets_the_next_number_once() -> None:
    numbering = Numbering(Stemmer(), EMPTY.vocabulary, 7)
    words = [numbering.of_word(word) for word in ("крыша", "двор", "крыши", "крыша")]

    assert words == [0, 1, 2, 0]
    assert numbering.new_stems == {"крыш": 7, "двор": 8}
    assert numbering.next_number == 9
    assert list(numbering.words()) == [
        ("крыша", "крыш", 7),
        ("двор", "двор", 8),
        ("крыши", "крыш", 7),
    ]


def test_it_is_gone_with_the_change_it_was_made_for() -> None:
    """It refers to the vocabulary before the change, which takes megabytes."""
    gc.disable()
    try:
        numbering = Numbering(Stemmer(), EMPTY.vocabulary, 0)
        numbering.of_texts(["протекает крыша"])
        seen = weakref.ref(numbering)
        del numbering

        assert seen() is None
    finally:
        gc.enable()
