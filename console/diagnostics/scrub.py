"""Takes out of logs whatever could name a person, also where the program should never write it.

The program's own lines hold codes by rule. What other libraries say, and what a bug leaves, holds
to no rule: of those only the place and the kind are kept.
"""

import json
import re
from collections.abc import Iterable, Iterator

OWN = ("console", "telephony", "kb", "sync")
LONGEST_CODE = 80
"""Of a value in the steps: a longer one is no code."""

_LINE = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?P<level>[A-Z]+) (?P<name>[\w.]+) ?(?P<text>.*)"
)
_PLACE = re.compile(r'\s*File "(?P<file>[^"]*)", line (?P<line>\d+)(?:,)? in (?P<where>[\w<>.]+)')
_ERROR = re.compile(r"(?P<kind>(?:\w+\.)*\w*(?:Error|Exception|Warning|Interrupt))(?::.*)?")
_FAULT = re.compile(
    r"(?:Fatal Python error: [\w ]+|(?:Current t|T)hread 0x[0-9a-f]+.*|<no Python.*)"
)
_ADDRESS = re.compile(r"\S+@\S+")
_PATH = re.compile(r"(?:[A-Za-z]:)?(?:[/\\][^\s/\\:'\"]+)*[/\\](?P<name>[^\s/\\:'\"]+)")
# after a colon stands a port, and inside an identity there are letters
_NUMBER = re.compile(r"(?<![:\w])\+?\d(?:[\s()\-]{0,2}\d){4,}(?!\w)")
_NOT_LATIN = re.compile(r"[^\W\d_a-zA-Z]+(?:[\s\-.]+[^\W\d_a-zA-Z]+)*")
_CODE = re.compile(r"[\w.:+\- ]*", re.ASCII)


def without_people(text: str) -> str:
    """One line without addresses, folders, numbers of five digits and more, and other alphabets.

    The program writes English into its logs: what is not Latin was typed by somebody.
    """
    text = _ADDRESS.sub("<address>", text)
    text = _PATH.sub(_file_name, text)
    text = _NUMBER.sub("<number>", text)
    return _NOT_LATIN.sub("<text>", text)


def _file_name(found: re.Match[str]) -> str:
    """The name of a file without its folders; of a folder nothing, for it may be a person's."""
    return f"…/{found['name']}" if "." in found["name"] else "…"


def scrubbed_log(lines: Iterable[str]) -> Iterator[str]:
    """Lines of a log of the program or of a fault in it, each without its end of line."""
    left_out = 0
    for line in lines:
        told = _told(line.rstrip("\r\n"))
        if told is None:
            left_out += 1
        else:
            yield told
    if left_out:
        yield f"({left_out} lines of another form are left out)"


def _told(line: str) -> str | None:
    if found := _LINE.fullmatch(line):
        head = f"{found['at']} {found['level']} {found['name']}"
        is_own = found["name"].partition(".")[0] in OWN
        return f"{head} {without_people(found['text'])}" if is_own else head
    if found := _PLACE.fullmatch(line):
        where = without_people(found["where"])
        return f'  File "{without_people(found["file"])}", line {found["line"]}, in {where}'
    if found := _FAULT.fullmatch(line):
        return without_people(line)
    if found := _ERROR.fullmatch(line):
        return without_people(found["kind"])
    return None


def scrubbed_steps(lines: Iterable[str]) -> Iterator[str]:
    """Milestones with their codes and counts; names of files, which people choose, are left out."""
    for line in lines:
        try:
            step = json.loads(line)
        except ValueError:
            continue
        if isinstance(step, dict):
            kept = {key: value for key, value in step.items() if _is_code(key, value)}
            yield json.dumps(kept, ensure_ascii=False)


def _is_code(key: str, value: object) -> bool:
    if key in ("at", "step", "call"):
        return True
    if key == "file":
        return False
    if isinstance(value, str):
        is_code = len(value) <= LONGEST_CODE and _CODE.fullmatch(value) is not None
        return is_code and without_people(value) == value
    return isinstance(value, bool | int | float)
