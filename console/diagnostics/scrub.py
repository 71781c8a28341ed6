"""Takes out of logs whatever could name a person, also where the program should never write it.

The program's own lines hold codes by rule. What other libraries say, and what a bug leaves, holds
to no rule: of those only the place and the kind are kept.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from getpass import getuser
from pathlib import Path

OWN = ("console", "telephony", "kb", "sync")
LONGEST_CODE = 80
"""Of a value in the steps: a longer one is no code."""
LARGEST_COUNT = 9_999
"""Of a number in the steps: five digits are a telephone of a small town."""
SHORTEST_NAME = 3
"""Of a login or a folder that is looked for in the text; "/" is none."""

_LINE = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?P<level>[A-Z]+) (?P<name>[\w.]+) ?(?P<text>.*)"
)
_PLACE = re.compile(r'\s*File "(?P<file>[^"]*)", line (?P<line>\d+)(?:,)? in (?P<where>[\w<>.]+)')
_ERROR = re.compile(r"(?P<kind>(?:\w+\.)*\w*(?:Error|Exception|Warning|Interrupt))(?::.*)?")
_FAULT = re.compile(
    r"(?:Fatal Python error: [\w ]+|(?:Current t|T)hread 0x[0-9a-f]+.*|<no Python.*)"
)
_SECRET = re.compile(
    r"(?P<key>\b\w*(?:password|passwd|pwd|user|username|login)['\"]?\s*[=:]\s*)"
    r"(?:'[^']*'|\"[^\"]*\"|[^\s'\"]+)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+@\S+")
# Folders and files may be called by several words; what stands after the last folder is one word,
# or several up to an ending, or the two of a person right under the folder of all people.
_WORD = r"[^\s/\\:'\"]+"
_PATH = re.compile(
    rf"…?(?:[A-Za-z]:)?(?:[/\\]+{_WORD}(?: {_WORD}){{0,3}}(?=[/\\]))*[/\\]+"
    rf"(?P<name>{_WORD}(?: {_WORD}){{0,3}}\.[A-Za-z]\w{{0,4}}\b|{_WORD}(?: [A-Z][a-z]+\b)*)"
)
_OWN_FILE = re.compile(
    r"\w+\.pyi?|(?:register|directory|central|people)\.db(?:-wal|-shm|-journal)?"
    r"|places\.json|milestones\.jsonl|results\.jsonl|(?:console|phone|fault)\.log(?:\.\d)?"
    r"|console\.(?:toml|lock)|phone\.(?:sock|lock)|added_words\.txt"
)
# Of the digits of a machine: addresses of the network and of memory, and identities, which hold
# letters and, without the form of a UUID, no run of digits as long as a telephone's.
_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_MACHINE = re.compile(
    rf"(?<![\w.+])(?<!\d[\s()\-–—/])(?:{_OCTET}\.){{3}}{_OCTET}(?::\d{{1,5}})?(?![:.]?\w)"
    r"|(?<!\w)0x[0-9a-f]{8,16}(?!\w)"
    r"|(?<![\w\-])(?=[\d\-]*[a-f])(?:(?!\w*\d{10})[0-9a-f]{16,}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})(?![\w\-])"
)
_BETWEEN = r"[\s()\-.‑–—/_]{0,3}"
_NUMBER = re.compile(rf"(?P<port>(?<=:)\d{{1,5}}(?!{_BETWEEN}\d))|\+?\d(?:{_BETWEEN}\d){{4,}}")
_NOT_LATIN = re.compile(r"[^\W\d_a-zA-Z]+(?:[\s\-.]+[^\W\d_a-zA-Z]+)*")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{6})?(?:\+\d\d:\d\d)?")
_STEP = re.compile(r"[a-z_]{1,40}")
_CALL = re.compile(r"(?:[0-9a-f]{12})?")  # a digest: see Milestones
_CODE = re.compile(r"[a-z\d_.:+\-]*", re.ASCII)
_FORMS = {"at": _AT, "step": _STEP, "call": _CALL}
_OF_SEVERAL = ("hits", "keys", "kinds")


def names_here(data_directory: Path) -> tuple[str, ...]:
    """What names the person at this computer: folders and login, the longest first."""
    names = {str(Path.home()), str(data_directory.absolute())}
    try:
        names.add(getuser())
    except (OSError, KeyError, ImportError):  # an account without a name
        names.add(Path.home().name)
    names |= {name.replace("\\", "\\\\") for name in names}  # as a library quotes it
    return tuple(sorted((n for n in names if len(n) >= SHORTEST_NAME), key=len, reverse=True))


def without_people(text: str, names: Sequence[str] = ()) -> str:
    """One line without names of here, addresses, folders, long numbers and other alphabets.

    A number is long from five digits on. The program writes English into its logs: what is not
    Latin was typed by somebody.
    """
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "…", text, flags=re.IGNORECASE)
    text = _SECRET.sub(r"\g<key><secret>", text)
    text = _ADDRESS.sub("<address>", text)
    text = _PATH.sub(_file_name, text)
    text = _without_numbers(text)
    return _NOT_LATIN.sub("<text>", text)


def _file_name(found: re.Match[str]) -> str:
    """The name of a file of the program; any other may be a person's, as a folder's may."""
    name = found["name"].rstrip(".,;)")
    return f"…/{name}" if _OWN_FILE.fullmatch(name) else "…"


def _without_numbers(text: str) -> str:
    told, end = "", 0
    for kept in _MACHINE.finditer(text):
        told += _NUMBER.sub(_port, text[end : kept.start()]) + kept.group()
        end = kept.end()
    return told + _NUMBER.sub(_port, text[end:])


def _port(found: re.Match[str]) -> str:
    return found["port"] or "<number>"


def scrubbed_log(lines: Iterable[str], names: Sequence[str] = ()) -> Iterator[str]:
    """Lines of a log of the program or of a fault in it, each without its end of line.

    ``names`` are those of ``names_here``.
    """
    left_out = 0
    for line in lines:
        told = _told(line.rstrip("\r\n"), names)
        if told is None:
            left_out += 1
        else:
            yield told
    if left_out:
        yield f"({left_out} lines of another form are left out)"


def _told(line: str, names: Sequence[str]) -> str | None:
    if found := _LINE.fullmatch(line):
        head = f"{found['at']} {found['level']} {found['name']}"
        is_own = found["name"].partition(".")[0] in OWN
        return f"{head} {without_people(found['text'], names)}" if is_own else head
    if found := _PLACE.fullmatch(line):
        where = without_people(found["where"], names)
        file = without_people(found["file"], names)
        return f'  File "{file}", line {found["line"]}, in {where}'
    if _FAULT.fullmatch(line):
        return without_people(line, names)
    if found := _ERROR.fullmatch(line):
        return without_people(found["kind"], names)
    return None


def scrubbed_steps(lines: Iterable[str], names: Sequence[str] = ()) -> Iterator[str]:
    """Milestones with their codes and counts; names of files, which people choose, are left out."""
    for line in lines:
        try:
            step = json.loads(line)
        except ValueError:
            continue
        if isinstance(step, dict):
            kept = {key: value for key, value in step.items() if _is_code(key, value, names)}
            yield json.dumps(kept, ensure_ascii=False)


def _is_code(key: str, value: object, names: Sequence[str]) -> bool:
    """Whether this detail of a step can name nobody: a code in small letters, or a count."""
    if key == "file":
        return False
    if isinstance(value, str):
        form = _FORMS.get(key)
        if form is not None:
            return form.fullmatch(value) is not None
        words = value.split(" ") if key in _OF_SEVERAL else [value]
        return (
            len(value) <= LONGEST_CODE
            and all(_CODE.fullmatch(word) for word in words)
            and without_people(value, names) == value
        )
    return isinstance(value, bool) or (isinstance(value, int) and abs(value) <= LARGEST_COUNT)
