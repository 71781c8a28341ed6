"""Checks the English of docstrings, comments, documents and commit subjects.

    python -m tests.plain_language

Prints each finding with file, line and the standard term, and exits with 1 if a folder has more
than LIMIT findings per 1,000 words or if a commit subject is not plain. Subjects are checked from
the commit that added this file.
"""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("console", "telephony", "kb", "sync", "tests", "docs", ".")
LIMIT = 3.0  # findings per 1,000 words

# Words of this project's former dialect that outsiders do not understand, and what to write.
INSTEAD = {
    r"told": "notified, reported, logged, shown",
    r"tells?": "returns, reports, shows",
    r"begun": "started",
    r"beside": "next to, in the background, in addition to",
    r"anew": "again, rebuild",
    r"meanwhile": "concurrently, since then",
    r"whoever|whom": "the operator who, the component that",
    r"thereby": "a new sentence",
    r"in vain": "without a result",
    r"at once": "immediately",
    r"comes? back": "returns",
    r"stands?": "is, is stored in, is shown",
    r"lies": "is, is stored in",
    r"lets?": "allows",
    r"held up": "delayed",
    r"put on": "applied",
    r"by itself": "automatically, separately",
    r"of its own|of one's own": "dedicated, separate",
    r"what is|what was": "the noun: the state, the result, the text",
    r"that which|who was": "the noun",
    r"where it is|where there is": "if, when",
    r"until then": "the event: until the upload ends",
    r"as it came": "unchanged, as received",
    r"kept": "stored, saved, cached, retained",
    r"nobody": "no operator, no thread, unused",
    r"somebody": "the operator, a user, another operator",
    r"what (became|came) of": "the outcome of, the result of",
    r"who works here": "the signed-in operator",
    r"as (it|they) stands?": "in its current state",
    r"has dealt with": "has resolved",
    r"far side|near side": "remote party, own end",
    r"the telephone system": "the PBX",
    r"the centre": "the central database",
    r"on the disk": "committed, saved",
    r"the disk refuses": "a write fails",
    r"heard of": "received",
    r"goes on": "continues",
    r"once more": "again",
    r"any more": "no longer",
    r"all the same": "anyway, nevertheless",
}
_FINDINGS = re.compile(r"\b(?:" + "|".join(INSTEAD) + r")\b", re.IGNORECASE)
_CODE = re.compile(r"`+[^`]*`+")
_WORD = re.compile(r"[A-Za-z]+")

SUBJECT_COLUMNS = 72
_SUBJECT = re.compile(r"(?!(?:Have|Give|Keep|Let|Say|Take|Tell|Try) )[A-Z][a-z]+(?:-[a-z]+)? \S")


@dataclass(frozen=True, slots=True)
class Passage:
    """A docstring, a comment or a paragraph of a document, with the line where it starts."""

    path: Path
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A word to replace."""

    path: Path
    line: int
    word: str
    instead: str


def passages_of_code(path: Path, source: str) -> Iterator[Passage]:
    """All bare strings (docstrings, also of attributes) and comments of a module."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield Passage(path, node.lineno, text)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield Passage(path, token.start[0], token.string)


def passages_of_document(path: Path, text: str) -> Iterator[Passage]:
    """All lines of a Markdown document outside of code blocks."""
    is_code = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("```"):
            is_code = not is_code
        elif not is_code and not line.startswith("    "):
            yield Passage(path, number, line)


def findings_in(passage: Passage) -> Iterator[Finding]:
    """Words to replace, outside of code in backticks."""
    text = _CODE.sub(lambda code: "\n" * code.group().count("\n"), passage.text)
    for found in _FINDINGS.finditer(text):
        word = found.group()
        instead = next(
            instead for words, instead in INSTEAD.items() if re.fullmatch(words, word, re.I)
        )
        line = passage.line + text.count("\n", 0, found.start())
        yield Finding(passage.path, line, word, instead)


def words_in(passage: Passage) -> int:
    return len(_WORD.findall(_CODE.sub("", passage.text)))


def passages_of_folder(folder: str) -> Iterator[Passage]:
    """Passages of Python files and English documents below a folder; of the root, its own files."""
    pattern = "*" if folder == "." else "**/*"
    for path in sorted((ROOT / folder).glob(pattern)):
        if path.suffix == ".py" and path != Path(__file__):
            yield from passages_of_code(path, path.read_text(encoding="utf-8"))
        elif path.suffix == ".md" and not path.name.endswith(".ru.md"):
            yield from passages_of_document(path, path.read_text(encoding="utf-8"))


def faults_of_subjects(subjects: Iterable[str]) -> list[str]:
    """Commit subjects that are too long, or do not start with a plain imperative verb."""
    return [
        subject
        for subject in subjects
        if len(subject) > SUBJECT_COLUMNS or not _SUBJECT.match(subject)
    ]


def subjects_of_commits() -> list[str]:
    """Subjects of the commits since this file was added."""
    own = Path(__file__).relative_to(ROOT).as_posix()
    first = _git("log", "--diff-filter=A", "--format=%H", "--", own)
    return _git("log", "--no-merges", "--format=%s", f"{first[-1]}..HEAD") if first else []


def _git(*arguments: str) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def main() -> int:
    """Print findings and rates; 1 if a limit is exceeded."""
    code = 0
    for folder in FOLDERS:
        passages = list(passages_of_folder(folder))
        words = sum(map(words_in, passages))
        findings = [finding for passage in passages for finding in findings_in(passage)]
        rate = 1000 * len(findings) / max(1, words)
        for finding in findings:
            place = f"{finding.path.relative_to(ROOT)}:{finding.line}"
            print(f"{place}: {finding.word!r}: write {finding.instead}")
        print(f"-- {folder}: {words} words, {len(findings)} findings, {rate:.1f} per 1,000")
        if rate > LIMIT:
            print(f"-- {folder}: more than {LIMIT:.0f} per 1,000", file=sys.stderr)
            code = 1
    for subject in faults_of_subjects(subjects_of_commits()):
        print(f"commit subject: {subject!r}: an imperative verb and the object", file=sys.stderr)
        code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
