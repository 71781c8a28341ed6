"""Documents yield the same postings when indexed one by one and in bulk with arrays."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from kb.entries.attachments import Document
from kb.entries.entries import EntryKind
from kb.search.blocks import Block, FewDocuments
from kb.search.index import EMPTY
from kb.search.numbering import Numbering
from kb.text import Stemmer

FIRST = 7  # the number of the first document
TEXTS = st.lists(
    st.sampled_from(
        ["Крыша", "крыши", "а", "на", "Ёж", "2-52-52", "и-и", "МФЦ", "\x1f", "—", "😀"]
    ),
    max_size=6,
).map(" ".join)
DOCUMENTS = st.lists(
    st.builds(
        Document,
        kind=st.just(EntryKind.QUESTION),
        headings=st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
        body=TEXTS | st.just("протекает крыша " * 1500),
    ),
    min_size=1,
    max_size=5,
)
stem = Stemmer()


def _indexed(
    documents: Sequence[Document], block_of: type[Block] | type[FewDocuments], at_once: int
) -> tuple[list[str], dict[str, bytes], set[tuple[str, str]]]:
    """Headings, positions of each stem, and each word with its stem."""
    numbering = Numbering(stem, EMPTY.vocabulary, 0)
    block = block_of(numbering, FIRST)
    kept = []
    for number, document in enumerate(documents, 1):
        block.add(document)
        if number % at_once == 0:
            kept += block.cut()
    kept += block.cut()
    rows = block.rows()
    assert [number for number, _postings in rows] == sorted({number for number, _ in rows})
    name_of = {number: name for name, number in numbering.new_stems.items()}
    assert len(block) == len(documents) == len(kept)
    return (
        kept,
        {name_of[number]: postings for number, postings in rows},
        {(word, of) for word, of, _number in numbering.words()},
    )


@given(DOCUMENTS)
def test_postings_are_the_same_word_by_word_and_by_arrays(documents: list[Document]) -> None:
    one_by_one = _indexed(documents, FewDocuments, 1)

    assert _indexed(documents, Block, 1) == one_by_one
    assert _indexed(documents, Block, 3) == one_by_one
