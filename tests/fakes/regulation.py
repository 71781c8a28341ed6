"""A made-up regulation of a made-up city, as a text, a page and a document of a word processor."""

from __future__ import annotations

import io
import zipfile
from html import escape

from sync.register.regulation import ITEMS, PARAGRAPHS

_TITLES = {1: "Общие положения", 11: "Итоги работы"}


def own_text(number: str, edition: str = "первая") -> str:
    """What the city of the tests has written into a paragraph; long, and with a list."""
    if number in ITEMS:
        items = [f"Нет строки {place};" for place in range(1, ITEMS[number] + 1)]
        return "\n".join([f"Белоключевск, {edition} редакция, перечень:", *items])
    return (
        f"Белоключевск, {edition} редакция: правило номер {number.replace('.', ' и ')}.\n"
        "перечень из двух строк:\nпервая строка;\nвторая строка."
    )


def regulation_lines(edition: str = "первая") -> list[str]:
    """The lines of the whole document, in its usual form."""
    lines = ["ПОРЯДОК", "работы единого номера города Белоключевска", ""]
    section = 0
    for number in PARAGRAPHS:
        head = int(number.partition(".")[0])
        if head != section:
            section = head
            lines += ["", f"{section}. {_TITLES.get(section, f'Часть {section}')}", ""]
        first, *others = own_text(number, edition).split("\n")
        lines += [f"{number}.{first}" if "." in number else first, *others]
    return [*lines, "", "Приложение", "Список должностных лиц", ""]


def regulation_text(edition: str = "первая") -> str:
    return "\n".join(regulation_lines(edition))


def as_html(lines: list[str], *, numbered: int = 0) -> bytes:
    """A page of these lines; ``numbered`` items more whose numbers the browser makes."""
    body = "".join(f"<p>{escape(line)}</p>\n" for line in lines)
    items = "".join(f"<li>строка {each}</li>" for each in range(numbered))
    page = f"<!DOCTYPE html><html><head><title>7.3. не текст</title></head><body>{body}"
    return f"{page}<ol>{items}</ol><script>7.4. не текст</script></body></html>".encode()


def as_docx(lines: list[str], *, numbered: int = 0) -> bytes:
    """A document of these lines; ``numbered`` lines more with numbers of the word processor."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line[:5])}</w:t></w:r>'
        f'<w:r><w:t xml:space="preserve">{escape(line[5:])}</w:t></w:r></w:p>'
        for line in lines
    )
    own = "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>строка</w:t></w:r></w:p>" * numbered
    document = f'<w:document xmlns:w="{word}"><w:body>{paragraphs}{own}</w:body></w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return packed.getvalue()
