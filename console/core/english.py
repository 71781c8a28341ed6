"""Translator for English: returns the source text with its nouns in singular or plural.

Counted nouns are written «call(s)» or «entry(ies)» in the source. English therefore needs no
translation file.
"""

import re

from PySide6.QtCore import QObject, QTranslator

from console.core.record_words import RECORD

_COUNTED = re.compile(r"(\w+?)(y?)\((ies|s)\)")


def in_number(source: str, count: int) -> str:
    """Returns the phrase with its nouns in singular or plural for the count; ``%n`` is not
    replaced.
    """

    def settle(noun: re.Match[str]) -> str:
        stem, y, ending = noun.groups()
        return stem + (y if count == 1 else ending if ending == "ies" else y + ending)

    return _COUNTED.sub(settle, source)


class English(QTranslator):
    """English translator: returns the source text, with counted nouns in singular or plural.

    Texts that are stored in records are translated into the language of the register instead.
    """

    def __init__(self, of_register: QTranslator, parent: QObject | None = None) -> None:
        """``of_register`` translates into the register's language."""
        super().__init__(parent)
        self._of_register = of_register

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        if context == RECORD:
            return self._of_register.translate(context, sourceText, disambiguation, n)
        return sourceText if n < 0 else in_number(sourceText, n)
