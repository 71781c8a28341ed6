"""Prefixes of word pieces equal those of the encoder itself, in order."""

from hypothesis import given
from hypothesis import strategies as st

from kb.search.matrices import prefixes_of

PIECES = st.lists(st.text("▁дом房a", min_size=1, max_size=6), min_size=1, max_size=30)


def made_by_the_encoder(pieces: list[str]) -> dict[str, int]:
    """Prefixes as the encoder's constructor stores them in a dictionary."""
    prefixes: dict[str, int] = {}
    for number, piece in enumerate(pieces):
        for length in range(1, len(piece)):
            prefixes.setdefault(piece[:length], 0)
        prefixes[piece] = number + 1
    return prefixes


@given(PIECES)
def test_prefixes_of_any_pieces(pieces: list[str]) -> None:
    assert list(prefixes_of(pieces)) == sorted(made_by_the_encoder(pieces).items())
