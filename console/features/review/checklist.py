"""Check-list of section 6 of the Regulation for one message, and the draft of its refusal.

Checks only propose grounds of refusal. The reviewer decides.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from console.core import regulation_words
from console.shared.texts import ground_words
from sync.register.checks.finding import (
    Finding,
    FindingKind,
    Ground,
    Level,
    ground_of,
    proposed_grounds,
)
from sync.register.handling.contents import Contents, missing_of, proposed_ground
from sync.register.handling.handled import HandledMessage
from sync.register.handling.needs import REST_ON_EARLIER_MESSAGE
from sync.register.handling.standing import Standing
from sync.register.likeness.search import Verdict
from sync.register.messages import MessageProblem
from sync.register.people.values import Absence, PersonName

MOST_PHOTOS = 4
_SURE = frozenset({Level.A, Level.BLOCK, Level.GROUND})
# Only a reviewer can judge these.
_FOR_A_PERSON = frozenset({Ground.PERSONAL, Ground.ANSWERED_BEFORE, Ground.CATEGORY})
# Files of other formats and photos above the limit are rejected on arrival.
_OF_PHOTOS = frozenset({Ground.PHOTO_FORMAT, Ground.PHOTO_COUNT, Ground.PHOTO_EDITING})


class CheckState(StrEnum):
    """Status of a check-list line; no status alone causes a refusal."""

    FINE = "fine"
    FINDING = "finding"
    LOOK = "look"
    """The check found something, or the message has content that it cannot judge."""
    HIDES = "hides"
    """The message contains content of clause 6.12 and is therefore non-public."""
    PERSON = "person"
    """Always judged by the reviewer."""
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """Line of the check-list: clause, requirement and check result.

    `ground` is the ground for refusal that applies if the requirement is violated; None if there is
    none. `finding` is the index of the line's first finding, or -1.
    """

    paragraph: str
    text: str
    state: CheckState
    state_text: str
    ground: Ground | None = None
    finding: int = -1


def check_lines(
    standing: Standing,
    name: PersonName | Absence,
    findings: Sequence[Finding] | None,
    likest: Verdict | None,
    photo_grounds: Collection[Ground] = (),
    *,
    likeness_known: bool,
) -> tuple[CheckLine, ...]:
    """Returns the check-list lines in the order of the regulation.

    `findings` is None while the text check is running. `likest` is the verdict on the most similar
    earlier message, None if there is none. `photo_grounds` are the grounds found by the photo
    check.
    """
    contents = standing.contents
    states = {ground: _state(ground, contents, findings) for ground in Ground}
    states |= {ground: (CheckState.FINDING, -1) for ground in photo_grounds}
    states[Ground.REPEATED] = _repeated(likest) if likeness_known else (CheckState.WAITING, -1)
    of_grounds = {
        ground: _line(ground.value, regulation_words.requirement(ground), *found, ground=ground)
        for ground, found in states.items()
    }
    has_name = isinstance(name, PersonName)
    after_photos = (
        _line("6.8", ground_words.publicity_line(standing.publicity), CheckState.FINE),
        _line("6.9, 6.11", ground_words.seen_line(standing.may_be_public), CheckState.FINE),
        _confidential(standing, findings),
    )
    of_62 = _line("6.2", ground_words.named_voluntarily(has_name), CheckState.FINE)
    lines = list(of_grounds.values())
    category = lines.pop()
    return (lines[0], of_62, *lines[1:], *after_photos, category)


def _state(
    ground: Ground, contents: Contents, findings: Sequence[Finding] | None
) -> tuple[CheckState, int]:
    if ground is Ground.INCOMPLETE:
        missing = set(missing_of(contents)) - {MessageProblem.CATEGORY_MISSING}
        if missing or findings is None:
            return (CheckState.FINDING if missing else CheckState.FINE), -1
    if ground is Ground.CATEGORY and contents.category is None:
        return CheckState.LOOK, -1
    if ground in _FOR_A_PERSON:
        return CheckState.PERSON, -1
    if ground in _OF_PHOTOS:
        return _photos(ground, contents.photos), -1
    if findings is None:
        return CheckState.WAITING, -1
    touching = [(number, found) for number, found in enumerate(findings) if _touches(found, ground)]
    if not touching:
        return CheckState.FINE, -1
    sure = any(found.level in _SURE for _number, found in touching)
    return (CheckState.FINDING if sure else CheckState.LOOK), touching[0][0]


def _touches(found: Finding, ground: Ground) -> bool:
    coarse = found.kind is FindingKind.OBSCENE and ground is Ground.OBSCENE
    layout = found.kind is FindingKind.NOT_RUSSIAN and ground is Ground.NOT_RUSSIAN
    return coarse or layout or ground_of(found) is ground


def _photos(ground: Ground, photos: int) -> CheckState:
    if ground is Ground.PHOTO_COUNT:
        return CheckState.FINDING if photos > MOST_PHOTOS else CheckState.FINE
    return CheckState.PERSON if photos and ground is Ground.PHOTO_EDITING else CheckState.FINE


def _repeated(likest: Verdict | None) -> tuple[CheckState, int]:
    match likest:
        case Verdict.REPEAT:
            return CheckState.FINDING, -1
        case Verdict.SIMILAR:
            return CheckState.LOOK, -1
        case _:
            return CheckState.FINE, -1


def _confidential(standing: Standing, findings: Sequence[Finding] | None) -> CheckLine:
    marked = standing.confidential
    text = (
        ", ".join(ground_words.confidential_kind(kind) for kind in sorted(marked)).capitalize()
        if marked
        else ground_words.confidential_line()
    )
    found = [
        (number, each)
        for number, each in enumerate(findings or ())
        if each.kind is FindingKind.PERSONAL_DATA
    ]
    first = found[0][0] if found else -1
    if marked:
        return _line("6.12", text, CheckState.HIDES, first)
    if findings is None:
        return _line("6.12", text, CheckState.WAITING)
    doubtful = bool(found) or standing.contents.photos > 0
    return _line("6.12", text, CheckState.LOOK if doubtful else CheckState.FINE, first)


def _line(
    paragraph: str,
    text: str,
    state: CheckState,
    finding: int = -1,
    *,
    ground: Ground | None = None,
) -> CheckLine:
    state_text = {
        CheckState.FINE: ground_words.fine_state,
        CheckState.FINDING: ground_words.finding_state,
        CheckState.HIDES: ground_words.finding_state,
        CheckState.LOOK: ground_words.look_state,
        CheckState.PERSON: ground_words.look_state,
        CheckState.WAITING: ground_words.waiting_state,
    }[state]()
    return CheckLine(paragraph, text, state, state_text, ground, finding)


Explain = Callable[[Iterable[Ground]], str]
"""Returns the advice to the author on corrections for the given grounds for refusal."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Draft of a refusal. `proposed` is the generated explanation, `explanation` the edited one.

    `earlier_text` is the entered number of the earlier message that the grounds of clauses 6.3-8
    and 6.4 refer to; `earlier` is the message found by this number.
    """

    grounds: frozenset[Ground] = frozenset()
    explanation: str = ""
    proposed: str = ""
    earlier_text: str = ""
    earlier: HandledMessage | None = None
    touched: bool = False

    @property
    def needs_earlier(self) -> bool:
        return bool(self.grounds & REST_ON_EARLIER_MESSAGE)

    def toggled(self, ground: Ground, explain: Explain) -> "Refusal":
        """Returns a copy with the ground added or removed; the edited explanation is retained."""
        grounds = self.grounds ^ {ground}
        changed = replace(self, grounds=grounds, touched=True)
        return changed.explained(explain)

    def explained(self, explain: Explain) -> "Refusal":
        """Returns a copy with the explanation generated for the selected grounds.

        If the operator has edited the explanation, only new lines are appended to it.
        """
        proposed = explain(self.grounds)
        if self.explanation.strip() in ("", self.proposed.strip()):
            return replace(self, explanation=proposed, proposed=proposed)
        known = self.explanation
        new = [line for line in proposed.splitlines() if line and line not in known]
        new = [line for line in new if line not in self.proposed]
        explanation = "\n".join((known.rstrip(), *new)) if new else known
        return replace(self, explanation=explanation, proposed=proposed)


def preset_refusal(
    contents: Contents,
    findings: Iterable[Finding],
    photo_grounds: Iterable[Ground],
    likest: Verdict | None,
    was_answered: bool,
    explain: Explain,
) -> Refusal:
    """Returns a refusal draft with the grounds that the checks propose with certainty selected.

    `was_answered`: an earlier answer to the same author states why the issue cannot be solved, or
    when it will be. The reviewer can change the selection.
    """
    grounds = {each.ground for each in proposed_grounds(findings) if each.preset}
    grounds.update(photo_grounds)
    incomplete = proposed_ground(contents)
    if incomplete is not None:
        grounds.add(incomplete)
    if likest is Verdict.REPEAT:
        grounds.add(Ground.REPEATED)
    elif was_answered:
        grounds.add(Ground.ANSWERED_BEFORE)
    return Refusal(frozenset(grounds)).explained(explain)
