"""Which of the centre's servers a workplace sends to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sync.errors import BranchRefused
from sync.exchange.failures import KNOWN_ERRORS, FailureKind, Transient, classify
from sync.exchange.timeline import REFUSED, Verdict, judge
from sync.exchange.watchdog import Watchdog
from sync.store.central import Central
from sync.store.central_facts import CentralFacts
from sync.store.central_hosts import central_hosts
from sync.store.central_mark import CentralMark


@dataclass(frozen=True, slots=True)
class Chosen:
    """A connected server that may be written to, what it is, and what that means."""

    central: Central
    facts: CentralFacts
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class RefusedServer:
    """A server that answered and must not be written to; ``name`` is its host and port."""

    name: str
    why: Verdict


class CentralChoice:
    """Looks at every server of a connection string, in order, and takes the newest branch.

    libpq would take the first that is writable, which may be a former primary that came back
    unfenced. Methods belong to one thread, but for ``abort``.
    """

    def __init__(
        self,
        dsn: str,
        limit_s: float,
        rule: Callable[[CentralMark | None, CentralFacts], Verdict] = judge,
    ) -> None:
        """``limit_s`` bounds each answer of a server; raises DsnInvalid."""
        self._rule = rule
        self._servers = [(host.name, Central(host.dsn)) for host in central_hosts(dsn)]
        self._asked = self._servers[0][1]
        self._hung: Central | None = None
        self._watchdog = Watchdog(self.abort, limit_s)
        self.refused: tuple[RefusedServer, ...] = ()
        """Those refused at the last look."""

    @property
    def has_hung(self) -> bool:
        """Whether the last watched block was broken off because its server did not answer."""
        return self._watchdog.has_bitten

    def watching(self) -> AbstractContextManager[None]:
        """Watch a block that asks the chosen server."""
        return self._watchdog.watching()

    def choose(self, mark: CentralMark | None) -> Chosen:
        """The server to write to, for a store with this mark; all others are left again.

        Raises one of KNOWN_ERRORS where there is none: BranchRefused if any was refused.
        """
        found: list[Chosen] = []
        failures: list[Exception] = []
        refused: list[RefusedServer] = []
        for name, central in self._in_order():
            if central is self._hung and found:
                continue  # it would keep us waiting again, and there is another
            self._asked = central
            try:
                with self.watching():
                    facts = central.look()
            except KNOWN_ERRORS as error:
                failures.append(error)
                continue
            verdict = self._rule(mark, facts)
            if verdict in REFUSED:
                central.close()
                refused.append(RefusedServer(name, verdict))
            else:
                found.append(Chosen(central, facts, verdict))
        self.refused = tuple(refused)
        if not found:
            raise _told(refused, failures)
        best = max(
            found,
            key=lambda each: (each.verdict is Verdict.SUCCESSOR, each.facts.branch.timeline),
        )
        for each in found:
            if each is not best:
                each.central.close()
        self._asked, self._hung = best.central, None
        return best

    def leave(self, *, is_hung: bool = False) -> None:
        """Close the connection; a server that hung is asked last the next time."""
        self._asked.close()
        if is_hung:
            self._hung = self._asked

    def abort(self) -> None:
        """Break off what is being asked of a server; for another thread."""
        self._asked.abort()

    def _in_order(self) -> Sequence[tuple[str, Central]]:
        return sorted(self._servers, key=lambda server: server[1] is self._hung)


def _told(refused: Sequence[RefusedServer], failures: Sequence[Exception]) -> Exception:
    """The failure that says most: what must be seen to, before what may pass by itself."""
    if refused:
        return BranchRefused(refused[0].why.value)
    passing = Transient(FailureKind.UNREACHABLE)
    return next((error for error in failures if classify(error) != passing), failures[0])
