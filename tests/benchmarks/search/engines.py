"""The directory's search and its peers behind one interface, so a run measures all equally."""

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

import Stemmer
import tantivy

from kb import Directory, Entry
from kb.entries.changes import EntryPut
from kb.entries.entries import PersonDetails, ServiceDetails, TopicDetails, UnitDetails
from sync.register.checks.morphology import Morphology

LIMIT = 10
TITLE_WEIGHT = 4.0  # of a word in a title or another name against one in the text
WORD = re.compile(r"\w+")


@cache
def _is_russian() -> Callable[[str], bool]:
    return Morphology().has_right_form


class Engine(Protocol):
    """An index in its own folder."""

    name: str

    def open(self, folder: Path) -> None:
        """Opens the index of the folder, or creates an empty one."""

    def build(self, entries: Iterable[Entry]) -> None: ...

    def put(self, entries: Sequence[Entry]) -> None:
        """Change entries in one transaction."""

    def search(self, text: str) -> Sequence[str]:
        """Entry ids, best first, ten at most."""

    def close(self) -> None: ...


class Ours:
    name = "directory"

    def open(self, folder: Path) -> None:
        self._directory = Directory.open(folder / "directory.db")
        self._directory.use_dictionary(_is_russian())  # as the console does

    def build(self, entries: Iterable[Entry]) -> None:
        self._directory.replace_all(entries, "benchmark")

    def put(self, entries: Sequence[Entry]) -> None:
        self._directory.apply([EntryPut(entry) for entry in entries], "benchmark")

    def search(self, text: str) -> Sequence[str]:
        return [hit.entry_id for hit in self._directory.search(text, LIMIT)]

    def close(self) -> None:
        self._directory.close()


class WithMeaning(Ours):
    """By words and by meaning together, as in the typing pause."""

    name = "with meaning"

    def search(self, text: str) -> Sequence[str]:
        return [hit.entry_id for hit in self._directory.search_by_meaning(text, LIMIT)]


class Fts5:
    """A plain FTS5 table: any of the words, the last one unfinished, ordered by bm25."""

    def __init__(self, name: str, tokenizer: str, prepare: Callable[[str], list[str]]) -> None:
        self.name = name
        self._tokenizer = tokenizer
        self._prepare = prepare

    def open(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "fts5.db")
        self._connection.executescript(
            f"""
            PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS entry (number INTEGER PRIMARY KEY, id TEXT UNIQUE);
            CREATE VIRTUAL TABLE IF NOT EXISTS text USING fts5(
                title, names, body, tokenize = '{self._tokenizer}'
            );
            """
        )

    def build(self, entries: Iterable[Entry]) -> None:
        with self._connection:
            for entry in entries:
                self._insert(entry)

    def put(self, entries: Sequence[Entry]) -> None:
        with self._connection:
            for entry in entries:
                found = self._connection.execute(
                    "DELETE FROM entry WHERE id = ? RETURNING number", (entry.id,)
                ).fetchall()
                self._connection.executemany("DELETE FROM text WHERE rowid = ?", found)
                self._insert(entry)

    def _insert(self, entry: Entry) -> None:
        number = self._connection.execute(
            "INSERT INTO entry (id) VALUES (?)", (entry.id,)
        ).lastrowid
        fields = (" ".join(self._prepare(field)) for field in fields_of(entry))
        self._connection.execute(
            "INSERT INTO text (rowid, title, names, body) VALUES (?, ?, ?, ?)", (number, *fields)
        )

    def search(self, text: str) -> Sequence[str]:
        condition = self.condition(self._prepare(text))
        if not condition:
            return ()
        rows = self._connection.execute(
            "SELECT id FROM text JOIN entry ON number = text.rowid WHERE text MATCH ?"
            " ORDER BY bm25(text, ?, ?, 1.0) LIMIT ?",
            (condition, TITLE_WEIGHT, TITLE_WEIGHT, LIMIT),
        )
        return [entry_id for (entry_id,) in rows]

    def condition(self, words: Sequence[str]) -> str:
        whole = [f'"{word}"' for word in words[:-1]]
        return " OR ".join([*whole, *(f'"{word}"*' for word in words[-1:])])

    def close(self) -> None:
        self._connection.close()


class Trigrams(Fts5):
    def __init__(self) -> None:
        super().__init__("FTS5 trigram", "trigram", words_of)

    def condition(self, words: Sequence[str]) -> str:
        parts = {word[at : at + 3] for word in words for at in range(len(word) - 2)}
        return " OR ".join(f'"{part}"' for part in sorted(parts))


class Tantivy:
    """The better of its two fuzzy ways: only a word the index does not know may have typos."""

    name = "tantivy"
    FIELDS = (("title", TITLE_WEIGHT), ("names", TITLE_WEIGHT), ("body", 1.0))

    def __init__(self) -> None:
        self._stem = _stemmer()
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for name, _weight in self.FIELDS:
            builder.add_text_field(name, tokenizer_name="whitespace")
        self._schema = builder.build()

    def open(self, folder: Path) -> None:
        self._index = tantivy.Index(self._schema, str(folder))
        self._index.reload()
        self._searcher = self._index.searcher()

    def build(self, entries: Iterable[Entry]) -> None:
        self._write(entries, changed=False)

    def put(self, entries: Sequence[Entry]) -> None:
        self._write(entries, changed=True)

    def _write(self, entries: Iterable[Entry], *, changed: bool) -> None:
        writer = self._index.writer()
        for entry in entries:
            if changed:
                writer.delete_documents_by_term("id", entry.id)
            title, names, body = (" ".join(self._stem(field)) for field in fields_of(entry))
            writer.add_document(tantivy.Document(id=entry.id, title=title, names=names, body=body))
        writer.commit()
        if not changed:
            writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, text: str) -> Sequence[str]:
        stems = self._stem(text)
        if not stems:
            return ()
        words = [self._word(stem, last=place == len(stems)) for place, stem in enumerate(stems, 1)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, word) for word in words])
        hits = self._searcher.search(query, LIMIT).hits
        return [self._searcher.doc(address)["id"][0] for _score, address in hits]

    def _word(self, stem: str, *, last: bool) -> tantivy.Query:
        """The best field of one word."""
        known = any(self._searcher.doc_freq(field, stem) for field, _weight in self.FIELDS)
        query = tantivy.Query
        variants = []
        for field, weight in self.FIELDS:
            found = (
                query.term_query(self._schema, field, stem)
                if known
                else query.fuzzy_term_query(
                    self._schema, field, stem, distance=1 if len(stem) < 7 else 2, prefix=last
                )
            )
            variants.append(query.boost_query(found, weight))
        return query.disjunction_max_query(variants)

    def close(self) -> None:
        del self._searcher, self._index


def engines(*, meaning: bool = False) -> list[Engine]:
    """The directory first, by words or by words and meaning, then its peers."""
    return [
        WithMeaning() if meaning else Ours(),
        Fts5("FTS5 unicode61", "unicode61", words_of),
        Trigrams(),
        Fts5("FTS5 stems", "unicode61", _stemmer()),
        Tantivy(),
    ]


def words_of(text: str) -> list[str]:
    return WORD.findall(text.lower())


def fields_of(entry: Entry) -> tuple[str, str, str]:
    """Title, other names, and all the rest that can be asked for."""
    names, body = list(entry.names), [entry.spoken, entry.body]
    match entry.details:
        case UnitDetails() as unit:
            names.append(unit.short_title)
            body += [unit.address, unit.email]
            body += [f"{phone.number} {phone.extension} {phone.purpose}" for phone in unit.phones]
        case PersonDetails() as person:
            body += [person.post, person.email]
            body += [f"{phone.number} {phone.extension}" for phone in person.phones]
        case ServiceDetails() as service:
            body += [*service.steps, *service.documents, service.term, service.fee]
        case TopicDetails(route=route):
            body.append(route)
        case None:
            pass
    return entry.title, " ".join(names), " ".join(body)


def _stemmer() -> Callable[[str], list[str]]:
    stem = Stemmer.Stemmer("russian").stemWord
    known: dict[str, str] = {}

    def stems(text: str) -> list[str]:
        found = []
        for word in words_of(text.replace("ё", "е").replace("Ё", "Е")):
            if word not in known:
                known[word] = stem(word)
            found.append(known[word])
        return found

    return stems
