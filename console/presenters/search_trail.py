"""Which texts were searched for before something was of use: what the editor is told of."""


class SearchTrail:
    """The searches of one call, in their order, until something of them is of use.

    A text counts once the operator paused over it. Another text after it that does not go on with
    its letters is a new wording, and the one before it has led to nothing so far.
    """

    def __init__(self) -> None:
        self._settled = ""
        self._reworded: list[str] = []
        self._given_up: list[str] = []

    def settle(self, text: str) -> None:
        """The operator paused over what was found for the text."""
        if not self._settled.startswith(text):  # taking letters back is on the way to other words
            self._move_to(text)

    def _move_to(self, text: str) -> None:
        if self._settled and not text.startswith(self._settled):
            self._reworded.append(self._settled)
        self._settled = text

    def wipe(self) -> tuple[str, ...]:
        """The operator emptied the field: the texts that are given up by that."""
        given_up = tuple(text for text in (*self._reworded, self._settled) if text)
        self._given_up += given_up
        self._reworded, self._settled = [], ""
        return given_up

    def use(self, text: str) -> tuple[str, ...]:
        """An entry found by the text was of use: the texts that had led to nothing before it."""
        self._move_to(text)
        before = (*self._given_up, *self._reworded)
        self._settled, self._reworded, self._given_up = "", [], []
        return tuple(dict.fromkeys(one for one in before if one != text))
