"""The refusal that is being made: its grounds, and what the author is to correct (7.7, 7.10)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from sync.register.checks.finding import Finding
from sync.register.checks.grounds import Ground, proposed_grounds
from sync.register.handling.contents import Contents, proposed_ground
from sync.register.handling.handled import HandledMessage
from sync.register.handling.needs import REST_ON_EARLIER_MESSAGE
from sync.register.likeness.compare import Verdict

Explain = Callable[[Iterable[Ground]], str]
"""What to correct, in the words of the grounds."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """``proposed`` is the explanation as the grounds make it, ``explanation`` as a person left it.

    ``earlier`` is the message that grounds 6.3-8 and 6.4 rest on, found by ``earlier_text``.
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
        """With the ground, or without it; what a person has written is kept."""
        grounds = self.grounds ^ {ground}
        changed = replace(self, grounds=grounds, touched=True)
        return changed.explained(explain)

    def explained(self, explain: Explain) -> "Refusal":
        """With the words of its grounds, unless a person has changed them: then added below."""
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
    """The grounds that the checks propose firmly, ticked beforehand; a person decides.

    ``was_answered``: the author has been told of the same matter why, or when, it is solved.
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
